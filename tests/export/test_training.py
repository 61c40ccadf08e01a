"""What people decided, written as the statement finder reads it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.export.training import write_training
from onrecord.record import Record
from tests.record import stub

passages = pytest.importorskip("training.passages", reason="the folder training/ is not beside the package")


def exported(record: Record) -> str:
    """Return the training data of a record."""
    stream = io.StringIO()
    write_training(record, stream)
    return stream.getvalue()


def words(passage: object, role: str) -> list[str]:
    """Return the words of a role, statement by statement."""
    return [
        " […] ".join(passage.text[start:end] for start, end in statement[role])  # type: ignore[attr-defined]
        for statement in passage.statements  # type: ignore[attr-defined]
    ]


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """Open a record of one article."""
    made = Record(tmp_path / "a", extractor=stub.FINDER, reader=stub.READER)
    made.add(stub.article())
    return made


def test_only_what_was_gone_through_is_written(record: Record) -> None:
    """A paragraph with a statement that nobody has judged is left out; once all are, it is written."""
    grain, gate = record.said("grain")[0], record.said("gate")[0]
    record.judge(grain.id, accept=True, author="ana")
    assert exported(record) == ""
    record.judge(gate.id, reject=True, author="ana")
    (found,) = passages.parse(exported(record))
    assert words(found, "content") == [grain.words]
    assert words(found, "source") == ["Milan Dravec"]
    assert words(found, "cue") == ["said"]


def test_added_and_nested_statements_are_read_back(record: Record) -> None:
    """A statement inside another, and one with other ends, come back with their parent."""
    grain, gate = record.said("grain")[0], record.said("gate")[0]
    record.judge(grain.id, accept=True, author="ana")
    record.correct(gate.id, {"content": "“We will open the northern gate"}, author="ana")
    record.add_statement(grain.article, {"content": "they will stay so"}, author="ana")
    (found,) = passages.parse(exported(record))
    assert words(found, "content") == [grain.words, "they will stay so", "“We will open the northern gate"]
    assert [statement["parent"] for statement in found.statements] == [None, 0, None]


@settings(max_examples=10, deadline=None)
@example(spans=[(22, 5)])
@example(spans=[(65, 8), (70, 3)])
@given(spans=st.lists(st.tuples(st.integers(0, 80), st.integers(1, 40)), min_size=1, max_size=6, unique=True))
def test_whatever_was_marked_can_be_read(
    tmp_path_factory: pytest.TempPathFactory, spans: list[tuple[int, int]]
) -> None:
    """Statements that lie over one another in any way, and braces in the text, give passages that parse."""
    text = (
        "A top line\n\nSome {odd} words in a row, and some more of them, and then\n\nthe last {one } of it."
    )
    with Record(tmp_path_factory.mktemp("t") / "a", extractor=stub.BLIND, reader=stub.READER) as record:
        number = record.add(stub.article(text)).article
        assert number is not None
        added = set()
        for start, length in spans:
            content = text[start : start + length].strip()
            at = text.find(content, start) if content else -1
            if at < 0 or not any(map(str.isalnum, content)) or (at, len(content)) in added:
                continue
            added.add((at, len(content)))
            values = {"content": [(at, at + len(content))], "source": "words", "cue": "then"}
            record.add_statement(number, values, author="ana")
        for passage in passages.parse(exported(record)):
            assert passage.statements
