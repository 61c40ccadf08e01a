from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import QueryError
from onrecord.record import search


@pytest.fixture(scope="module")
def index() -> sqlite3.Connection:
    """Make a full-text index with the record's columns."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE search USING fts5 (words, speaker, about, outlet)")
    return connection


@given(words=st.text(max_size=60), by=st.text(max_size=20))
def test_no_words_are_a_syntax_error(index: sqlite3.Connection, words: str, by: str) -> None:
    """Whatever a user types is a question or an error of ours, never one of the full-text index."""
    try:
        question = search.question(words, by, None, None, None, None, None, None)
    except QueryError:
        return
    if question.searched:
        expression = question.values[0]
        assert isinstance(
            index.execute("SELECT * FROM search WHERE search MATCH ?", (expression,)).fetchall(), list
        )


@pytest.mark.parametrize(
    ("words", "wanted", "excluded"),
    [
        ("grain stores", ['"grain"', '"stores"'], []),
        ('"grain stores" safe', ['"grain stores"', '"safe"'], []),
        ("“grain stores”", ['"grain stores"'], []),
        ("«grain stores»", ['"grain stores"'], []),
        ('"grain stores', ['"grain stores"'], []),
        ("grai*", ['"grai" *'], []),
        ('"grain sto"*', ['"grain sto" *'], []),
        ("grain -wheat", ['"grain"'], ['"wheat"']),
        ('grain -"winter wheat"', ['"grain"'], ['"winter wheat"']),
        ("al-Sorn", ['"al-Sorn"'], []),
        ("NOT AND OR NEAR(x)", ['"NOT"', '"AND"', '"OR"', '"NEAR(x)"'], []),
        ("words:grain ^grain", ['"words:grain"', '"^grain"'], []),
        ("grain & - * ''", ['"grain"'], []),
    ],
)
def test_words_are_taken_as_the_user_means_them(words: str, wanted: list[str], excluded: list[str]) -> None:
    """Phrases, beginnings and exclusions are understood; everything else is a word."""
    found = search.match(words, "words")
    assert found == ([f"{{words}} : {term}" for term in wanted], [f"{{words}} : {term}" for term in excluded])


@pytest.mark.parametrize(
    ("words", "message"),
    [("!!!", "no word to look for"), ("-grain", "at least one word"), ("a " * 101, "may have 100 words")],
)
def test_a_question_without_words_to_look_for_is_refused(words: str, message: str) -> None:
    """Signs alone, exclusions alone or a flood of words have a clear line each."""
    with pytest.raises(QueryError, match=message):
        search.question(words, None, None, None, None, None, None, None)


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ("2031", "2031", ("2031-01-01", "2031-12-31")),
        ("2031-02", "2031-02", ("2031-02-01", "2031-02-28")),
        ("2032-02", "2032-02", ("2032-02-01", "2032-02-29")),
        ("2031-02-07", "2031-02-07", ("2031-02-07", "2031-02-07")),
    ],
)
def test_months_and_years_stand_for_all_their_days(since: str, until: str, days: tuple[str, str]) -> None:
    """A month or a year begins with its first day and ends with its last."""
    asked = search.question(None, None, None, since, until, None, None, None)
    assert asked.values == search.question(None, None, None, *days, None, None, None).values


@pytest.mark.parametrize(
    "day", ["", "yesterday", "31-02-07", "2031-02-30", "2031-13", "2031-1-1-1", "２０３１"]
)
def test_what_is_no_day_is_refused(day: str) -> None:
    """A wrong date is an error, never an empty answer."""
    with pytest.raises(QueryError, match="is no day"):
        search.question(None, None, None, day, None, None, None, None)


def test_a_turned_range_is_refused() -> None:
    """Since after until is an error, never an empty answer."""
    with pytest.raises(QueryError, match="is after until"):
        search.question(None, None, None, "2032", "2031", None, None, None)
