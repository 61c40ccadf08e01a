"""Absolute dates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading import dates


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Published: 07:05 March 4, 2016", "2016-03-04T07:05"),
        ("Tue Mar 8, 2016 10:15 pm EST", "2016-03-08T22:15-05:00"),
        ("Tuesday, 3 March 2020", "2020-03-03"),
        ("22/12/2012 14:05 GMT", "2012-12-22T14:05Z"),
        ("12.3.2020", "2020-03-12"),
        ("Dec. 22, 2012, 3:05 p.m. ET", "2012-12-22T15:05"),
        ("3rd of May 1999", "1999-05-03"),
    ],
)
def test_printed_dates(line: str, value: str) -> None:
    """A printed date is read as precisely as it is printed."""
    found = dates.find_date(line)
    assert found is not None
    assert found[0] == value


@pytest.mark.parametrize(
    "line", ["03/04/2012", "31 February 2020", "May 2012", "on 22 December", "12345678", "version 1.2.3"]
)
def test_doubtful_dates(line: str) -> None:
    """What may be two days, no day or no date at all says nothing."""
    assert dates.find_date(line) is None


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2019-12-30T05:03-0500", "2019-12-30T05:03-05:00"),
        ("2012-12-22T00:00:00Z", "2012-12-22"),
        ("2020-01-20T06:05:18.000Z", "2020-01-20T06:05:18Z"),
        ("20200816", "2020-08-16"),
        ("2023-11-09 04:00:00", "2023-11-09T04:00:00"),
        ("2023-13-09", None),
        ("2023-01-01T99:99:99", "2023-01-01"),
        ("yesterday", None),
    ],
)
def test_declared_dates(value: str, iso: str | None) -> None:
    """Declared dates become ISO 8601; midnight means that only the day is known; nonsense nothing."""
    assert dates.parse_declared(value) == iso


def test_url_days() -> None:
    """An address names a day by folders or digits, and a number that is no day says nothing."""
    assert dates.from_url("https://x.example/world/2020/jan/20/title") == "2020-01-20"
    assert dates.from_url("https://x.example/story/2020-02-19/title") == "2020-02-19"
    assert dates.from_url("https://x.example/20121222-title") == "2012-12-22"
    assert dates.from_url("https://x.example/2020/08/23646/") is None


def test_other_languages() -> None:
    """A labelled date in a language that is known is read, and without a year it is not made up."""
    assert dates.from_prose_in("22 de diciembre de 2012", "es") == "2012-12-22"
    assert dates.from_prose_in("22 de diciembre", "es") is None


@given(st.dates())
def test_round_trip(day: object) -> None:
    """An ISO day from 1900 to 2099 is read as itself."""
    text = str(day)
    assert dates.parse_declared(text) == (text if text[:2] in ("19", "20") else None)
