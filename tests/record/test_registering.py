"""Keeping actors: what is kept, what is refused, and that nothing is kept twice."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record import Record, registering
from onrecord.speakers.lookup import Known, Term

KNOWN = Known(
    id="a",
    kind="person",
    label="Oskar Amsel",
    names=("O. Amsel", "أوسكار أمسل"),
    terms=(Term(actor="a", role="President", body="Ruritania", first="2001", last=None),),
    identifiers={"wikidata": "Q7"},
)


def test_keeping_again_changes_nothing(record: Record) -> None:
    """The same actor from the same source is new once."""
    with record.writing("testing") as connection:
        assert registering.save(connection, KNOWN, source="x")
        assert not registering.save(connection, KNOWN, source="x")
    counts = [
        record.value(f"SELECT count(*) FROM {table}")
        for table in ("actor", "actor_name", "actor_identifier", "office")
    ]
    assert counts == [1, 3, 1, 1]
    assert list(record.verify()) == []


def test_scripts_of_names_are_kept(record: Record) -> None:
    """Each name is kept with the script it is written in."""
    with record.writing("testing") as connection:
        registering.save(connection, KNOWN, source="x")
    scripts = record.rows("SELECT script FROM actor_name ORDER BY id")
    assert scripts == [("latin",), ("latin",), ("arabic",)]


def test_an_identifier_stays_with_the_first(record: Record) -> None:
    """A second actor that claims an identifier is told whose it is, and does not get it."""
    with record.writing("testing") as connection:
        registering.save(connection, KNOWN, source="x")
        registering.save(connection, Known(id="b", kind="person", label="Ludvik Brandel"), source="x")
        assert registering.claim(connection, "b", "wikidata", "Q7", source="x") == "a"
    assert record.value("SELECT count(*) FROM actor_identifier") == 1


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "empty"),
        (" \u200f ", "empty"),
        ("...", "no letter"),
        ("x" * 10_000, "10,000 characters"),
        ("Oskar\x07Amsel", "no text"),
        ("Oskar \ud800", "no text"),
    ],
)
def test_what_is_no_name_is_refused(name: str, message: str) -> None:
    """What cannot be a name is refused with what is wrong with it."""
    with pytest.raises(ValueError, match=message):
        registering.clean(name)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_a_kept_name_is_stable(name: str) -> None:
    """Cleaning what was cleaned changes nothing, and nothing kept turns a line round."""
    try:
        kept = registering.clean(name)
    except ValueError:
        return
    assert registering.clean(kept) == kept
    assert not re.search("[\u200e\u200f\u202a-\u202e]", kept)


def test_combining_marks_are_composed() -> None:
    """A name is the same whether its accents are letters of their own or not."""
    assert registering.clean("Jose\u0301  Ramos") == "José Ramos"


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_bounds_enclose_every_day_that_may_be_meant(day: date, length: int) -> None:
    """A day, month or year is the interval of the days that begin with what is written."""
    written = day.isoformat()[:length]
    first, last = registering.bounds(written)
    assert first is not None
    assert last is not None
    assert first <= day.isoformat() <= last
    assert first.startswith(written)
    assert last.startswith(written)


@pytest.mark.parametrize("day", ["2014s", "2012-13", "2012-02-30", "0", "12-2012", "", "２０１２"])
def test_what_is_no_day_is_refused(day: str) -> None:
    """What is no day of the calendar is refused, with how to write one."""
    with pytest.raises(ValueError, match="2012-12-22"):
        registering.bounds(day)


def test_an_office_that_ends_before_it_begins_is_refused(record: Record) -> None:
    """A term that ends before it begins is not kept; one within a year that is all that is known may be."""
    reversed_, within = (
        Term(actor="a", role="President", first=first, last=last)
        for first, last in (("2012-05-01", "2012-04"), ("2012-05-01", "2012"))
    )
    with record.writing("testing") as connection:
        registering.save(connection, KNOWN, source="x")
        with pytest.raises(ValueError, match="before it begins"):
            registering.add_term(connection, "a", reversed_, source="x")
        assert registering.add_term(connection, "a", within, source="x")


def test_keys_of_other_rules_are_made_again(record: Record) -> None:
    """Keys that an older version made, or none made, are made again once, and names are found by them."""
    with record.writing("testing") as connection:
        registering.save(connection, KNOWN, source="x")
        before = connection.execute("SELECT * FROM name_key UNION ALL SELECT key, office_id FROM office_key")
        wanted = set(before.fetchall())
        connection.execute("DELETE FROM name_key")
        connection.execute("DELETE FROM office_key")
        connection.execute("INSERT OR REPLACE INTO registry VALUES ('keys', 'old')")
        assert registering.rekey(connection)
        made = connection.execute("SELECT * FROM name_key UNION ALL SELECT key, office_id FROM office_key")
        assert set(made.fetchall()) == wanted
        assert not registering.rekey(connection)


def test_deleting_leaves_nothing(record: Record) -> None:
    """An actor that is taken out takes its names, keys, identifiers and offices with it."""
    with record.writing("testing") as connection:
        registering.save(connection, KNOWN, source="x")
        registering.delete(connection, "a")
    for table in ("actor", "actor_name", "name_key", "actor_identifier", "office", "office_key"):
        assert record.value(f"SELECT count(*) FROM {table}") == 0
