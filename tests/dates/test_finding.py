"""Date expressions: which words are one, which days they mean, and that nothing can break or stall it."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.dates import DateExpression, find_dates

SATURDAY = date(2012, 12, 22)
TODAY = date(2026, 11, 1)


def found(text: str, published: date | None = SATURDAY) -> list[DateExpression]:
    """Return what is found, on a fixed day of reading."""
    return find_dates(text, published, today=TODAY)


@pytest.mark.parametrize(
    ("text", "first", "last", "rule"),
    [
        ("He resigned on Friday.", "2012-12-21", "2012-12-21", "weekday"),
        ("He resigned on Saturday.", "2012-12-22", "2012-12-22", "weekday"),
        ("He will resign on Friday.", "2012-12-28", "2012-12-28", "weekday"),
        ("He will resign on Saturday.", "2012-12-22", "2012-12-22", "weekday"),
        ("She could not be reached on Friday.", "2012-12-21", "2012-12-21", "weekday"),
        ("The two sides signed a new water plan Friday.", "2012-12-21", "2012-12-21", "weekday"),
        ("They would fight Friday's ruling.", "2012-12-21", "2012-12-21", "weekday"),
        ("They will stand in Sunday's election.", "2012-12-23", "2012-12-23", "weekday"),
        ("She agreed to meet him on Monday.", "2012-12-24", "2012-12-24", "weekday"),
        ("Until Friday, they had kept silent.", "2012-12-21", "2012-12-21", "weekday"),
        ("The road stays shut until Monday.", "2012-12-22", "2012-12-24", "weekday"),
        ("They would honour the Dec. 3 accord.", "2012-12-03", "2012-12-03", "named day"),
        ("A dividend is paid to holders of record Jan. 15.", "2013-01-15", "2013-01-15", "named day"),
        ("The vote held last Saturday failed.", "2012-12-15", "2012-12-15", "weekday of a week"),
        ("She told reporters last night.", "2012-12-21", "2012-12-21", "last night"),
        ("Shells fell overnight.", "2012-12-21", "2012-12-22", "overnight"),
        ("It rained earlier this month.", "2012-12-01", "2012-12-22", "period"),
        ("It will rain later this year.", "2012-12-22", "2012-12-31", "period"),
        ("They met last week.", "2012-12-10", "2012-12-16", "period"),
        ("They met over the weekend.", "2012-12-22", "2012-12-23", "weekend"),
        ("The river rose in the past three days.", "2012-12-19", "2012-12-22", "past or coming time"),
        ("The bridge fell three days ago.", "2012-12-19", "2012-12-19", "so long ago"),
        ("It opened two months ago.", "2012-10-01", "2012-10-31", "so long ago"),
        ("It has been closed since Monday.", "2012-12-17", "2012-12-22", "weekday"),
        ("They must pay by the end of this year.", "2012-12-22", "2012-12-31", "period"),
        ("He would visit before the end of this year.", "2012-12-22", "2012-12-31", "period"),
        ("The 20-month conflict goes on.", "2011-04-22", "2012-12-22", "duration with a start"),
        ("It rose in the third quarter.", "2012-07-01", "2012-09-30", "quarter"),
        ("It began in the late 1990s.", "1997-01-01", "1999-12-31", "decade"),
        ("It began on Dec. 3.", "2012-12-03", "2012-12-03", "named day"),
        ("It began on 3 December 2009.", "2009-12-03", "2009-12-03", "named day"),
        ("It began in mid-November.", "2012-11-11", "2012-11-20", "month"),
        ("They spoke on Good Friday.", "2012-04-06", "2012-04-06", "feast"),
        ("They spoke on Orthodox Easter 2012.", "2012-04-15", "2012-04-15", "feast"),
        ("They met on Christmas Day 2011.", "2011-12-25", "2011-12-25", "feast"),
        ("He spoke between Monday and Wednesday.", "2012-12-17", "2012-12-19", "weekday"),
        ("A 1996 law forbids it.", "1996-01-01", "1996-12-31", "year"),
        ("It was the talk of the 1996 elections.", "1996-01-01", "1996-12-31", "year"),
        ("The loan is due 2015.", "2015-01-01", "2015-12-31", "year"),
        ("It sank in January nineteen ninety-seven.", "1997-01-01", "1997-01-31", "month"),
        ("They met in the last week of July.", "2012-07-23", "2012-07-29", "week of a month"),
        ("They met in the week of Dec. 5.", "2012-12-03", "2012-12-09", "week of a day"),
        ("He was shot last fall in his home.", "2012-09-01", "2012-11-30", "season"),
        ("The toll takes effect Feb. 20.", "2013-02-20", "2013-02-20", "named day"),
        ("Sales rose in Q3 2011.", "2011-07-01", "2011-09-30", "quarter"),
        ("It was last year's third quarter.", "2011-07-01", "2011-09-30", "quarter"),
        ("Prices fell a week ago Friday.", "2012-12-14", "2012-12-14", "weekday some weeks off"),
        ("They pay on the 15th of next month.", "2013-01-15", "2013-01-15", "numbered day"),
        ("It sank in the early hours of Thursday.", "2012-12-20", "2012-12-20", "weekday"),
        ("It will be paid three weeks from tomorrow.", "2013-01-07", "2013-01-13", "so long from now"),
    ],
)
def test_days_of_an_expression(text: str, first: str, last: str, rule: str) -> None:
    """An expression means the days that a reader of the newspaper takes it for."""
    (one,) = found(text)
    assert one.interval is not None
    assert (one.interval.first, one.interval.last, one.rule) == (first, last, rule)


def test_a_fronted_date_belongs_to_the_clause_behind_it() -> None:
    """A promise in front does not turn the day of the next clause into one to come."""
    one, other = found("He vowed they would be freed by Monday, and on Thursday he said they would not.")
    assert one.interval is not None
    assert one.interval.last == "2012-12-24"
    assert other.interval is not None
    assert other.interval.first == "2012-12-20"


def test_results_are_compared_with_the_quarter_a_year_before() -> None:
    """In a report of a quarter, last year's figure and that of the same period are the quarter's."""
    values = [
        one.value for one in found("It earned $3 million in the third quarter against $2 million last year.")
    ]
    assert values == ["2012-Q3", "2011-Q3"]
    values = [
        one.value for one in found("Sales rose in the third quarter. In the same period last year they fell.")
    ]
    assert values == ["2012-Q3", "2011-Q3"]


def test_counts_from_the_event_before() -> None:
    """What is called the next day counts from the day that the text has told, and names it as its anchor."""
    first, second = found("The dam burst on Dec. 3. The next day the town was empty.")
    assert first.anchored == "published"
    assert second.interval is not None
    assert second.interval.first == "2012-12-04"
    assert (second.anchor, second.anchored) == ("2012-12-03", "text")


@pytest.mark.parametrize(
    ("text", "type_", "value"),
    [
        ("They march every Friday.", "SET", "XXXX-WXX-5"),
        ("The talks lasted two weeks.", "DURATION", "P2W"),
        ("It begins at 9 a.m. Tuesday.", "TIME", "2012-12-25T09:00"),
        ("It is held twice a week.", "SET", "P1W"),
    ],
)
def test_type_and_value(text: str, type_: str, value: str) -> None:
    """Types and values are those of TIMEX3; sets and lengths of time have no days."""
    (one,) = found(text)
    assert (one.type, one.value) == (type_, value)


@pytest.mark.parametrize(
    "text",
    [
        "In all 1998 people came.",
        "The Sunday Times reported it.",
        "They march on.",
        "It may rain.",
        "$1999 a head",
        "It was the third flood in as many weeks.",
        "She wrote for the party daily Korvat.",
    ],
)
def test_no_date(text: str) -> None:
    """Counts, names and verbs that look like dates are none."""
    assert not found(text)


@pytest.mark.parametrize(
    ("text", "published", "reason"),
    [
        ("He spoke on Friday.", None, "not known"),
        ("He spoke on Friday.", date(2099, 1, 1), "in the future"),
        ("He spoke on 31 April 2012.", SATURDAY, "no such day"),
        ("He spoke on Feb. 29, 2011.", SATURDAY, "no such day"),
        ("It happened three centuries ago.", date(1, 1, 1), "outside the years"),
        ("He spoke in Ramadan.", SATURDAY, "calendar"),
        ("He spoke on 4/5/2012.", SATURDAY, "either way"),
    ],
)
def test_no_days_but_a_reason(text: str, published: date | None, reason: str) -> None:
    """Where the days cannot be had there are none, and the reason is told."""
    (one,) = found(text, published)
    assert one.interval is None
    assert reason in (one.reason or "")


def test_29_february_without_a_year() -> None:
    """29 February is looked for in a year that has one."""
    (one,) = found("It sank on Feb. 29.", date(2011, 6, 1))
    assert one.interval is not None
    assert one.interval.first in ("2008-02-29", "2012-02-29")


@pytest.mark.parametrize(
    "text",
    [
        "31 May 2011 " * 100_000,
        "1 2 3 4 5 6 7 8 9 " * 20_000,
        "two " * 100_000,
        "a" * 500_000,
        "in the last " * 30_000,
    ],
)
def test_long_texts_take_no_longer_a_character(text: str) -> None:
    """Time grows with the length of the text and no faster, whatever stands in it."""
    part = text[: len(text) // 4]
    began = time.process_time()
    find_dates(part, SATURDAY, today=TODAY)
    quarter = time.process_time() - began
    began = time.process_time()
    find_dates(text, SATURDAY, today=TODAY)
    assert time.process_time() - began < 8 * quarter + 0.5


_WORDS = st.sampled_from(
    [
        "on",
        "Friday",
        "May",
        "31",
        "April",
        "2012",
        "the",
        "last",
        "three",
        "weeks",
        "ago",
        "before",
        "end",
        "of",
        "year",
        "29",
        "Feb.",
        "two",
        "days",
        "later",
        "since",
        "in",
        "next",
        "every",
        "morning",
        "a.m.",
        "9",
        "early",
        "1990s",
        "quarter",
        "Easter",
        ".",
        ",",
        "—",
        "\n",
        "\n\n",
        "12/22",
        "0001-01-01",
        "9999-12-31",
        "thousand",
        "years",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS, max_size=25).map(" ".join), st.one_of(st.none(), st.dates()))
def test_offsets_order_and_idempotence(text: str, published: date | None) -> None:
    """Expressions stand where they say, do not overlap, have days in order, and come out the same again."""
    first = find_dates(text, published, today=TODAY)
    end = 0
    for one in first:
        ((start, stop),) = one.spans
        assert end <= start < stop <= len(text)
        assert text[start:stop] == one.text
        end = stop
        assert (one.interval is None) == (one.reason is not None)
        if one.interval and one.interval.first and one.interval.last:
            assert one.interval.first <= one.interval.last
    assert find_dates(text, published, today=TODAY) == first
