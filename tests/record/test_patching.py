from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import query
from onrecord.errors import QueryError
from onrecord.record import Extractor, Record, patches, patching
from tests.record import stub

HEAD = '{"onrecord": "judgements", "version": 1}'


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Record, Record]]:
    """Two records with the same page, added under other numbers."""
    ours = Record(tmp_path / "ours.onrecord", extractor=stub.FINDER, reader=stub.READER)
    theirs = Record(tmp_path / "theirs.onrecord", extractor=stub.FINDER, reader=stub.READER)
    theirs.add(stub.numbered(3))
    for record in (ours, theirs):
        record.add(stub.article())
    yield ours, theirs
    ours.close()
    theirs.close()


def grain(record: Record) -> query.Row:
    """Return the statement on the grain stores."""
    (row,) = query.said(record, "stores")
    return row


def lines(record: Record) -> list[str]:
    """Return a record's patch file."""
    return [json.dumps(line) for line in patches.export(record)]


def states(record: Record, patch: list[str]) -> list[str]:
    """Apply a patch and return what became of its lines."""
    return [one.state for one in patching.apply(record, patch)]


def test_a_patch_brings_judgements_with_author_and_time(pair: tuple[Record, Record]) -> None:
    """What was decided in one record holds in the other, under the same name and time."""
    ours, theirs = pair
    made = ours.judge(grain(ours).id, field="speaker", value="ilka-sorn", author="ana", reason="heard it")
    ours.judge(grain(ours).id, accept=True, author="ben")
    assert states(theirs, lines(ours)) == ["applied", "applied"]
    row = grain(theirs)
    assert (row.speaker, row.actor, row.verdict) == ("Ilka Sorn", "ilka-sorn", "accept")
    kept = theirs.judgements()[0]
    assert (kept.author, kept.made, kept.reason) == (made.author, made.made, made.reason)
    assert list(theirs.verify()) == []


def test_applying_again_changes_nothing(pair: tuple[Record, Record]) -> None:
    """A second time every line is held already, and no row is added."""
    ours, theirs = pair
    ours.judge(grain(ours).id, field="kind", value="group", author="ana")
    ours.judge(grain(ours).id, reject=True, author="ana")
    patching.apply(theirs, lines(ours))
    before = theirs.rows("SELECT * FROM judgement")
    assert states(theirs, lines(ours)) == ["held", "held"]
    assert theirs.rows("SELECT * FROM judgement") == before
    assert states(ours, lines(theirs)) == ["held", "held"]


def test_what_is_decided_otherwise_is_a_conflict_and_stays(pair: tuple[Record, Record]) -> None:
    """The record's own decision stays; the line names both deciders; the rest is applied."""
    ours, theirs = pair
    ours.judge(grain(ours).id, field="kind", value="group", author="ana")
    ours.judge(grain(ours).id, accept=True, author="ana")
    theirs.judge(grain(theirs).id, field="kind", value="media", author="ben")
    kind, verdict = patching.apply(theirs, lines(ours))
    assert (kind.state, verdict.state) == ("conflict", "applied")
    assert kind.reason is not None
    assert "'media' here (ben" in kind.reason
    assert "'group' there (ana" in kind.reason
    assert grain(theirs).kind == "media"


def test_what_was_taken_back_is_taken_back_in_the_other_record_too(pair: tuple[Record, Record]) -> None:
    """An undone judgement is not applied; one that was applied before is undone by the next patch."""
    ours, theirs = pair
    made = ours.judge(grain(ours).id, reject=True, author="ana")
    early = lines(ours)
    ours.undo(made.id, author="ana")
    assert states(theirs, lines(ours)) == ["undone", "undone"]
    assert states(theirs, early) == ["applied"]
    assert query.said(theirs, "stores") == []
    assert states(theirs, lines(ours)) == ["held", "applied"]
    assert states(theirs, lines(ours)) == ["held", "held"]
    assert grain(theirs).verdict is None


def test_a_judgement_finds_its_statement_under_another_model(
    tmp_path: Path, pair: tuple[Record, Record]
) -> None:
    """The words tell which statement is meant where the borders moved a little."""
    ours, _ = pair
    ours.judge(grain(ours).id, field="kind", value="group", author="ana")
    with Record(tmp_path / "wider.onrecord", extractor=stub.WIDER, reader=stub.READER) as wider:
        wider.add(stub.article())
        assert states(wider, lines(ours)) == ["applied"]
        assert states(wider, lines(ours)) == ["held"]
        assert grain(wider).kind == "group"


@pytest.mark.parametrize(
    ("extractor", "article", "reason"),
    [
        (stub.FINDER, stub.numbered(1), "is not in this record"),
        (stub.BLIND, stub.article(), "no statement was found in them"),
    ],
)
def test_what_finds_no_place_is_a_conflict(
    tmp_path: Path, pair: tuple[Record, Record], extractor: Extractor, article: Any, reason: str
) -> None:
    """Another article, or a model that found nothing there: listed, not applied."""
    ours, _ = pair
    ours.judge(grain(ours).id, accept=True, author="ana")
    with Record(tmp_path / "other.onrecord", extractor=extractor, reader=stub.READER) as other:
        other.add(article)
        (one,) = patching.apply(other, lines(ours))
        assert (one.state, reason in (one.reason or "")) == ("conflict", True)
        assert other.judgements() == []


def test_an_actor_unknown_here_stays_a_name(pair: tuple[Record, Record]) -> None:
    """The id of somebody else's actor means nothing; his name does."""
    ours, theirs = pair
    ours.judge(grain(ours).id, field="speaker", value="ilka-sorn", author="ana")
    patch = [
        line.replace("ilka-sorn", "milan-dravec").replace("Ilka Sorn", "Nela Vost") for line in lines(ours)
    ]
    assert states(theirs, patch) == ["applied"]
    assert (grain(theirs).speaker, grain(theirs).actor) == ("Nela Vost", None)


def test_a_decision_about_actors_travels_too(pair: tuple[Record, Record]) -> None:
    """A renaming is applied with its author, once."""
    from onrecord.record import deciding

    ours, theirs = pair
    deciding.rename(ours, "ilka-sorn", "Ilka Sorn-Adel", author="ana")
    assert states(theirs, lines(ours)) == ["applied"]
    assert states(theirs, lines(ours)) == ["held"]
    assert theirs.value("SELECT judged_label FROM actor WHERE id = 'ilka-sorn'") == "Ilka Sorn-Adel"
    with theirs.reading("looking") as connection:
        assert [one.author for one in deciding.decisions(connection)] == ["ana"]


@pytest.mark.parametrize("patch", [[], ["{}"], ["x"], ['{"onrecord": "judgements", "version": 9}'], ["[1]"]])
def test_what_is_no_patch_file_is_refused(pair: tuple[Record, Record], patch: list[str]) -> None:
    """Any other file is refused as a whole, in one line."""
    with pytest.raises(QueryError, match="judgements"):
        patching.apply(pair[0], patch)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)
_KEYS = ("id", "field", "value", "author", "made", "reason", "undoes", "target", "action", "actor")


@settings(max_examples=60, deadline=None)
@given(changes=st.dictionaries(st.sampled_from(_KEYS), _JSON, min_size=1, max_size=4))
def test_a_hostile_line_is_named_and_nothing_breaks(
    tmp_path_factory: pytest.TempPathFactory, changes: dict[str, Any]
) -> None:
    """Whatever a line holds, it is applied, held, in conflict or named as none; the record stays whole."""
    path = tmp_path_factory.mktemp("hostile") / "news.onrecord"
    with Record(path, extractor=stub.FINDER, reader=stub.READER) as record:
        record.add(stub.article())
        made = record.judge(grain(record).id, field="kind", value="group", author="ana")
        line = {**json.loads(lines(record)[1]), **changes}
        record.undo(made.id, author="ana")
        found = patching.apply(record, [HEAD, json.dumps(line)])
        assert {one.state for one in found} <= {"applied", "held", "undone", "conflict", "failed"}
        assert list(record.verify()) == []
