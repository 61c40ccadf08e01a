from __future__ import annotations

from pathlib import Path

from onrecord import query
from onrecord.record import Record
from tests.record import stub
from tests.record.test_runs import INNER, OUTER, TEXT, both, opening


def ends(first: str, last: str) -> dict[str, object]:
    """Return the correction that has a content go from some words to others."""
    return {"content": [[TEXT.index(first), TEXT.index(last) + len(last)]]}


def parents(record: Record) -> dict[str, str | None]:
    """Return id -> parent of what stands; an answer and the article tell the same."""
    told = {row.id: row.statement.parent for row in record.said()}
    shown = {one.statement.id: one.statement.parent for one in query.show(record, 1).statements}
    assert told == shown
    return told


def test_a_nested_statement_names_the_one_around_it_by_its_present_id(path: Path) -> None:
    """Other ends give the outer one another id, which the nested one names until they are taken back."""
    outer, inner = (one.id for one in both(stub.article(TEXT)))
    with opening(path, "both", both) as record:
        record.add(stub.article(TEXT))
        (made,) = record.correct(outer, ends("the envoy", "came"), author="ana")
        assert made.now not in (None, outer)
        assert parents(record) == {made.now: None, inner: made.now}
        again = record.correct(str(made.now), ends(OUTER, "snow"), author="ana")[0]
        assert parents(record)[inner] is None, "its last word is out of the outer one"
        record.undo(again.id, author="ana")
        record.undo(made.id, author="ana")
        assert parents(record) == {outer: None, inner: outer}
        assert list(record.verify()) == []


def test_a_nested_statement_with_other_ends_is_nested_where_it_still_lies(path: Path) -> None:
    """Shortened it stays within the outer one; when it reaches beyond it is within none."""
    outer, inner = (one.id for one in both(stub.article(TEXT)))
    with opening(path, "both", both) as record:
        record.add(stub.article(TEXT))
        (made,) = record.correct(inner, ends(INNER, INNER), author="ana")
        assert parents(record) == {outer: None, made.now: outer}
        (wide,) = record.correct(str(made.now), ends("that the", "snow"), author="ana")
        assert parents(record) == {outer: None, wide.now: None}
