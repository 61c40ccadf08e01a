"""Asking by the three dates: said, published and due, which are never mixed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import query
from onrecord.article import Article, Interval, Statement
from onrecord.errors import QueryError
from onrecord.record import Extractor, Record
from tests.record import stub

TEXT = (
    "Ferry line\n\n"
    "“One is old,” said Ilka Sorn on 2031-01-05. “Two is new,” said Ilka Sorn on 2031-02-10. "
    "“Three is never dated,” said Ilka Sorn. “Four sails in May,” said Milan Dravec on 2031-02-01.\n"
)


def _days(first: str | None, last: str | None, *, inferred: bool = False) -> Interval:
    return Interval(first=first, last=last, rule="test", inferred=inferred)


def _find(article: Article) -> list[Statement]:
    """As the stub, with the days and outlooks of these tests."""
    set_by_hand = {
        "One": {"said": _days("2031-01-01", "2031-01-05", inferred=True)},
        "Two": {"outlook": "prediction", "due": _days("2031-05-01", "2031-05-31")},
        "Three": {"outlook": "threat"},
        "Four": {"outlook": "promise", "due": _days("2031-04-01", "2031-04-30")},
    }
    return [replace(one, **set_by_hand[one.text[1:].split()[0]]) for one in stub.find(article)]  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """Four statements in an article of 7 March 2031."""
    path = tmp_path_factory.mktemp("days") / "news.onrecord"
    with Record(path, extractor=Extractor("days", _find), reader=stub.READER) as record:
        record.add(stub.article(TEXT))
        yield record


def words(rows: list[query.Row]) -> list[str]:
    """Return the first word of each."""
    return [row.words[1:].split()[0] for row in rows]


@pytest.mark.parametrize(
    ("date", "since", "until", "wanted"),
    [
        ("said", "2031-02", None, ["Two", "Four"]),
        ("said", None, "2031-02-01", ["Four", "One"]),
        ("said", "2031-01-03", "2031-01-04", ["One"]),
        ("said", "2031-01-06", "2031-01-31", []),
        ("said", "2031-03", None, []),
        ("published", "2031-03-07", "2031-03-07", ["One", "Two", "Three", "Four"]),
        ("published", None, "2031-02", []),
        ("due", "2031-04-30", None, ["Two", "Four"]),
        ("due", None, "2031-04-30", ["Four"]),
        ("due", "2031-06", None, []),
    ],
)
def test_since_and_until_go_by_the_date_asked_for(
    held: Record, date: query.Date, since: str | None, until: str | None, wanted: list[str]
) -> None:
    """An interval that has a day in common fits; what has no such day does not."""
    found = words(query.said(held, since=since, until=until, date=date))
    assert sorted(found) == sorted(wanted)
    if date != "published":
        assert found == wanted
    by = words(query.said(held, by="sorn", since=since, until=until, date=date))
    assert sorted(by) == sorted(word for word in wanted if word != "Four")
    assert sorted(words(list(query.each(held, since=since, until=until, date=date)))) == sorted(wanted)


def test_what_has_no_day_of_saying_is_counted_apart(held: Record) -> None:
    """How many were published then without a known day of saying, so that nothing is dropped in silence."""
    assert query.unsaid(held, since="2031-03-07", until="2031-03-07") == 1
    assert query.unsaid(held, "never", since="2031-03-01") == 1
    assert query.unsaid(held, since="2031-01-01", until="2031-02-28") == 0


def test_a_date_of_another_name_is_refused(held: Record) -> None:
    """The message names those that there are."""
    with pytest.raises(QueryError, match="expected one of said, published, due"):
        query.said(held, since="2031", date="printed")  # type: ignore[arg-type]


def test_months_are_counted_by_the_date_asked_for(held: Record) -> None:
    """A statement without that date is counted under no month, never under another date's."""
    counted = {one.value: one.statements for one in query.counts(held, "month")}
    assert counted == {"2031-01": 1, "2031-02": 2, None: 1}
    assert [(one.value, one.statements) for one in query.counts(held, "month", date="published")] == [
        ("2031-03", 4)
    ]


def test_a_timeline_is_in_the_order_of_saying(held: Record) -> None:
    """Oldest first, the undated last; inferred days are told; other dates on demand."""
    rows = query.timeline(held, "sorn")
    assert words(rows) == ["One", "Two", "Three"]
    assert [row.inferred for row in rows] == [True, False, None]
    assert words(query.timeline(held, "sorn", date="published")) == ["One", "Two", "Three"]
    assert words(query.timeline(held, "sorn", since="2031-02")) == ["Two"]
    assert words(query.timeline(held, "sorn", limit=1, offset=1)) == ["Two"]


def test_what_falls_due_soonest_comes_first(held: Record) -> None:
    """By the last day of the interval; what names no day comes last; the filters narrow it."""
    assert words(query.due(held)) == ["Four", "Two", "Three"]
    assert words(query.due(held, by="sorn")) == ["Two", "Three"]
    assert words(query.due(held, before="2031-05-31")) == ["Four"]
    assert words(query.due(held, before="2031-06")) == ["Four", "Two"]
    assert words(query.due(held, outlook="threat")) == ["Three"]
    assert query.due(held, closed=True) == []
    with pytest.raises(QueryError, match="expected one of promise, threat"):
        query.due(held, outlook="hope")


def test_addressee_and_place_are_told_by_name(tmp_path: Path) -> None:
    """The addressee is an actor where the article names one who is known; the place has no preposition."""
    text = "Ferry\n\n“Go,” said Ilka Sorn in Korvat to Dravec. “No,” said Milan Dravec.\n"

    def find(article: Article) -> list[Statement]:
        first, second = stub.find(article)
        whom, where = text.index("Dravec"), text.index("in Korvat")
        return [replace(first, addressee=((whom, whom + 6),), occasion=((where, where + 9),)), second]

    with Record(tmp_path / "news", extractor=Extractor("whom", find), reader=stub.READER) as record:
        record.add(stub.article(text))
        first, second = query.said(record)
        assert (first.addressee_actor, first.place, first.occasion) == ("milan-dravec", "Korvat", "in Korvat")
        assert (second.addressee_actor, second.place) == (None, None)


_INTERVALS = st.lists(
    st.one_of(st.none(), st.tuples(st.integers(0, 700), st.sampled_from((0, 0, 0, 1, 6, 30, 364, 3000)))),
    min_size=1, max_size=12,
)  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_INTERVALS, st.lists(st.integers(-5, 1100), min_size=3, max_size=3), st.booleans())
def test_an_interval_of_any_length_fits_a_question_of_a_day_in_common(
    tmp_path: Path, intervals: list[tuple[int, int] | None], days: list[int], searched: bool
) -> None:
    """Up to a day, everything that began by then is found, whenever it ended."""

    def iso(day: int) -> str:
        return (date(2031, 1, 1) + timedelta(days=day)).isoformat()

    def find(article: Article) -> list[Statement]:
        found = stub.find(article)
        told = [one and _days(iso(one[0]), iso(sum(one))) for one in intervals]
        return [replace(one, said=said) for one, said in zip(found, told, strict=True)]

    text = "".join(f"“Ferry {n},” said Ilka Sorn. " for n in range(len(intervals)))
    path = Path(tempfile.mkdtemp(dir=tmp_path)) / "news.onrecord"
    with Record(path, extractor=Extractor("days", find), reader=stub.READER) as record:
        record.add(stub.article(f"Ferries\n\n{text}\n"))
        for until in days:
            for since in (None, min(until, days[0])):
                rows = query.said(
                    record, "ferry" if searched else None, until=iso(until),
                    since=None if since is None else iso(since),
                )  # fmt: skip
                wanted = [
                    n
                    for n, one in enumerate(intervals)
                    if one and one[0] <= until and (since is None or sum(one) >= since)
                ]
                assert sorted(int(row.words.split()[1].strip(",”")) for row in rows) == wanted
