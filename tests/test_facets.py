"""Facets: pages and counts of what a question finds, exact until there is too much of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord import query
from onrecord.query import facets
from onrecord.record import Record
from tests.record import stub


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """Thirty articles of two statements each, one speaker in all of them."""
    path = tmp_path_factory.mktemp("facets") / "news.onrecord"
    with Record(path, extractor=stub.FINDER, reader=stub.READER) as record:
        list(record.add_all(stub.numbered(number) for number in range(30)))
        yield record


def test_counts_are_those_of_the_questions_they_lead_to(filled: Record) -> None:
    """Each value is counted as often as a question for it finds statements."""
    found = facets.browse(filled, "grain")
    assert (found.statements, found.more, found.total) == (30, False, None)
    assert {one.value: one.statements for one in found.facets["type"]} == {"direct": 30}
    for one in found.facets["speaker"]:
        assert len(query.said(filled, "grain", by=one.value, limit=100)) == one.statements
    for one in found.facets["month"]:
        assert one.value is None


def test_months_go_by_the_date_asked_for(filled: Record) -> None:
    """By the day of publication the months are those of publication, newest first."""
    months = facets.browse(filled, date="published").facets["month"]
    assert [one.value for one in months] == sorted((one.value or "" for one in months), reverse=True)
    for one in months:
        rows = query.said(filled, date="published", since=one.value, until=one.value, limit=100)
        assert len(rows) == one.statements


@pytest.mark.parametrize("order", ["newest", "rank"])
def test_pages_are_those_of_the_question(filled: Record, order: query.Order) -> None:
    """Page by page the same statements come in the same order as in one go."""
    whole = [row.id for row in query.said(filled, "grain", order=order, limit=100)]
    paged: list[str] = []
    for offset in range(0, 40, 7):
        page = facets.browse(filled, "grain", order=order, limit=7, offset=offset)
        assert page.further == (offset + 7 < 30)
        paged += [row.id for row in page.rows]
    assert paged == whole


def test_of_very_much_the_newest_is_counted(filled: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limit the counts are of the newest, and say so; pages behind them are found all the same."""
    monkeypatch.setattr(facets, "MOST_COUNTED", 10)
    found = facets.browse(filled, limit=4, offset=40)
    assert (found.statements, found.more, found.total) == (10, True, 60)
    assert sum(one.statements for one in found.facets["type"]) == 10
    assert [row.id for row in found.rows] == [row.id for row in query.said(filled, limit=4, offset=40)]


def test_what_the_days_leave_out_is_counted(filled: Record) -> None:
    """A question by the day of saying tells how many were published then on an unknown day of saying."""
    found = facets.browse(filled, "grain", since="2031-01", until="2031-06")
    assert found.statements == 0
    assert found.undated == query.unsaid(filled, "grain", since="2031-01", until="2031-06") > 0


def test_a_corrected_field_is_counted_as_corrected(tmp_path: Path) -> None:
    """What a person decided of act, speaker and kind holds in counts and in questions."""
    path = tmp_path / "news.onrecord"
    with Record(path, extractor=stub.FINDER, reader=stub.READER) as record:
        record.add(stub.article())
        one, other = (row.id for row in record.said())
        record.judge(one, field="act", value="deny", author="ana")
        record.judge(other, field="kind", value="media", author="ana")
        record.judge(other, field="speaker", value=None, author="ana")
        assert [row.id for row in record.said(act="deny")] == [one]
        assert [row.id for row in record.said(kind="media")] == [other]
        assert [row.id for row in record.said(named=True)] == [one]
        acts = {one.value: one.statements for one in facets.browse(record).facets["act"]}
        assert acts == {"deny": 1, None: 1}
