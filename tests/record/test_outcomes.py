"""Closing what was promised: as a judgement that is appended, taken back, handed on, and outlives a model."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord import query
from onrecord.article import Article, Interval, Statement
from onrecord.errors import QueryError
from onrecord.record import Extractor, Record, migrations, outcomes, patches, patching, store
from tests.record import stub
from tests.record.conftest import Open

URL = "https://news.example/opened"


def find(article: Article) -> list[Statement]:
    """As the stub, and what "will" is a promise for the end of the year."""
    year = Interval(first="2031-03-07", last="2031-12-31", rule="year")
    return [
        replace(one, outlook="promise", due=year) if "will open" in one.text else one
        for one in stub.find(article)
    ]


AHEAD = Extractor("ahead-1", find)
LATER = Extractor("ahead-2", find)


@pytest.fixture
def record(opened: Open) -> Record:
    """Open a record with a promise in it."""
    held = opened(AHEAD)
    held.add(stub.article())
    return held


def promise(record: Record) -> query.Row:
    """Return the statement that promises."""
    (row,) = query.said(record, "gate")
    return row


def close(record: Record) -> None:
    """Close the promise as kept."""
    record.judge(promise(record).id, outcome="kept", evidence=URL, author="ana")


def test_an_outcome_closes_a_statement_and_undoing_opens_it(record: Record) -> None:
    """The row carries outcome and evidence until the judgement is taken back."""
    made = record.judge(promise(record).id, outcome="kept", evidence=URL, author="ana")
    assert (made.field, made.value, made.evidence) == ("outcome", "kept", URL)
    row = promise(record)
    assert (row.outcome, row.evidence, row.judged) == ("kept", URL, ())
    assert query.due(record, closed=True) == [row]
    record.undo(made.id, author="ben")
    assert promise(record).outcome is None
    assert [one.id for one in query.due(record, closed=False)] == [row.id]
    assert list(record.verify()) == []


def test_a_statement_is_evidence_with_the_address_of_its_article(record: Record) -> None:
    """The beginning of an id is enough; the address tells the article in another record."""
    other = query.said(record, "stores")[0].id
    record.judge(promise(record).id, outcome="broken", evidence=other[:8], author="ana")
    assert promise(record).evidence == other
    assert json.loads(record.value("SELECT value FROM judgement"))["address"] == "news.example/port"


def test_an_outcome_outlives_a_new_model(record: Record, opened: Open) -> None:
    """It finds its statement again, also when the model finds nothing any more."""
    close(record)
    for finder in (LATER, stub.BLIND):
        again = opened(finder)
        list(again.refresh())
        assert [(row.outcome, row.evidence) for row in query.due(again)] == [("kept", URL)]
        assert list(again.verify()) == []


def test_an_outcome_travels_in_a_patch_file_once(record: Record, tmp_path: Path) -> None:
    """It is applied with author and evidence, held the second time, and a conflict where closed otherwise."""
    close(record)
    lines = [json.dumps(line) for line in patches.export(record)]
    with Record(tmp_path / "theirs", extractor=AHEAD, reader=stub.READER) as theirs:
        theirs.add(stub.article())
        assert [one.state for one in patching.apply(theirs, lines)] == ["applied"]
        assert [one.state for one in patching.apply(theirs, lines)] == ["held"]
        assert (promise(theirs).outcome, promise(theirs).evidence) == ("kept", URL)
        assert list(theirs.verify()) == []
    with Record(tmp_path / "others", extractor=AHEAD, reader=stub.READER) as others:
        others.add(stub.article())
        others.judge(promise(others).id, outcome="broken", evidence=URL, author="cid")
        (done,) = patching.apply(others, lines)
        assert done.state == "conflict"
        assert "'broken' here (cid" in (done.reason or "")
        assert promise(others).outcome == "broken"


@pytest.mark.parametrize(
    "value",
    [
        "kept",
        {"outcome": "won", "evidence": URL},
        {"outcome": "kept"},
        {"outcome": "kept", "evidence": "javascript:alert(1)"},
        {"outcome": "kept", "evidence": URL, "name": "x"},
        {"outcome": "unclear", "evidence": 7},
    ],
)
def test_a_patch_with_no_outcome_of_ours_is_named(record: Record, value: object) -> None:
    """A stranger's line that holds something else is not read, and nothing is written."""
    close(record)
    head, line = patches.export(record)
    (done,) = patching.apply(record, [json.dumps(head), json.dumps({**line, "value": value})])
    assert done.state == "failed"
    assert len(record.judgements()) == 1


@pytest.mark.parametrize(
    ("outcome", "evidence", "message"),
    [
        ("won", URL, "expected one of kept, broken, happened, not, unclear"),
        ("kept", None, "Give the id of a statement or a URL"),
        ("kept", " ", "Give the id of a statement or a URL"),
        ("kept", "ftp://news.example/a", "an http or https URL"),
        ("kept", "https://news.example/a b", "an http or https URL"),
        ("kept", "http://" + "a" * 3000, "an http or https URL"),
        ("kept", "ffffffffffff", "no statement 'ffffffffffff' stands"),
    ],
)
def test_an_outcome_without_proof_is_refused(
    record: Record, outcome: str, evidence: str | None, message: str
) -> None:
    """Each wrong outcome or evidence is told, and nothing is written."""
    with pytest.raises(QueryError, match=message):
        record.judge(promise(record).id, outcome=outcome, evidence=evidence, author="ana")
    assert record.judgements() == []


def test_a_statement_proves_nothing_of_itself_and_only_what_looks_ahead_is_closed(record: Record) -> None:
    """Neither the promise as its own evidence, nor a statement of the present, makes a judgement."""
    own = promise(record).id
    with pytest.raises(QueryError, match="no evidence for itself"):
        record.judge(own, outcome="kept", evidence=own, author="ana")
    with pytest.raises(QueryError, match="not known to look ahead"):
        record.judge(query.said(record, "stores")[0].id, outcome="kept", evidence=URL, author="ana")
    record.judge(own, outcome="unclear", author="ana")
    assert promise(record).outcome == "unclear"


def test_a_stored_outcome_of_another_form_is_damage(record: Record) -> None:
    """What a stranger's record holds in its place is named, not believed."""
    assert outcomes.is_outcome({"outcome": "kept", "evidence": URL})
    assert not outcomes.is_outcome(["kept"])
    assert not outcomes.is_outcome({"outcome": "kept", "evidence": "a/b", "address": "x"})


def taken_back(sql: str) -> str | None:
    """Return what undoes a step that adds a column or an index to the standing rows."""
    words = sql.split()
    if sql.startswith("ALTER TABLE standing ADD COLUMN"):
        return f"ALTER TABLE standing DROP COLUMN {words[5]}"
    return f"DROP INDEX {words[2]}" if sql.startswith("CREATE INDEX standing") else None


def test_an_older_record_gets_its_days_and_outlooks(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The step that adds the columns fills them as settling would, judged values first."""
    with Record(path, extractor=AHEAD, reader=stub.READER) as held:
        held.add(stub.article())
        held.judge(
            query.said(held, "stores")[0].id, field="said", value="2031-03-01/2031-03-02", author="ana"
        )
        held.judge(promise(held).id, field="outlook", value="plan", author="ana")
        columns = ("published", "said_first", "said_last", "due_first", "due_last", "outlook", "outcome")
        kept = f"SELECT key, statement_pk, verdict, judged, {', '.join(columns)} FROM standing ORDER BY key"
        wanted = held.rows(kept)
    (name, steps), (after, later) = migrations.MIGRATIONS[4:6]
    assert (name, after) == ("m005_days", "m006_witnesses")
    connection = sqlite3.connect(path)
    triggers = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'standing_*'"
    ).fetchall()
    for trigger, _ in triggers:
        connection.execute(f"DROP TRIGGER {trigger}")
    since = [sql for _, some in migrations.MIGRATIONS[6:] for sql in some if taken_back(sql)]
    for sql in reversed(since):
        connection.execute(str(taken_back(sql)))
    for index in ("standing_ahead", "standing_published", "standing_same", "story_ungrouped"):
        connection.execute(f"DROP INDEX {index}")
    connection.execute("DROP VIEW merged")
    for column in (*columns, "same_as", "same_rank"):
        connection.execute(f"ALTER TABLE standing DROP COLUMN {column}")
    connection.execute("ALTER TABLE story DROP COLUMN grouped")
    connection.execute("CREATE VIEW merged AS SELECT id FROM standing")
    for step in (*steps, *later, *since, *(sql for _, sql in triggers)):
        connection.execute(step)
    assert connection.execute(kept).fetchall() == wanted
    connection.commit()
    connection.close()
    assert store.MIGRATIONS is migrations.MIGRATIONS
    with Record(path, extractor=AHEAD, reader=stub.READER) as held:
        assert list(held.verify()) == []
