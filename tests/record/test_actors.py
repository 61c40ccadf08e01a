"""The lookup over a record: names that meet, offices by day, what lies behind it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from onrecord.record import Record, deciding, registering
from onrecord.record.actors import MOST_ALIKE, Nobody, RecordActors
from onrecord.speakers.lookup import Holder, Known, Term

TABLE = "terms.csv"


def term(
    role: str, first: str | None, last: str | None, *, actor: str = "", body: str | None = "Ruritania"
) -> Term:
    """Return a term of office."""
    return Term(actor=actor, role=role, body=body, first=first, last=last, evidence={"row": 1})


def keep(
    record: Record, actor: str, *terms: Term, names: Sequence[str] = (), kind: str = "person",
    source: str = TABLE, **identifiers: str,
) -> None:  # fmt: skip
    """Keep an actor of this id, whose label is its first name."""
    label, *others = names or (f"Oskar {actor.title()}",)
    with record.writing("testing") as connection:
        known = Known(
            id=actor, kind=kind, label=label, names=tuple(others), terms=terms, identifiers=identifiers
        )
        registering.save(connection, known, source=source)


def asked(record: Record, role: str, body: str | None, day: str) -> list[tuple[str, bool]]:
    """Return who held an office in a record alone."""
    with record.reading("testing") as connection:
        found = RecordActors(connection, Nobody()).holders(role, body, day)
    return [(one.actor.id, one.certain) for one in found]


def alike(record: Record, name: str) -> list[str]:
    """Return the ids of those in a record alone whose names meet a name."""
    with record.reading("testing") as connection:
        return [one.id for one in RecordActors(connection, Nobody()).alike(name)]


class Shipped(Nobody):
    """A registry that knows one actor, found by every name and in every office."""

    one = Known(
        id="shipped", kind="state", label="Ruritania", names=("Ruritania", "Ruritanie"),
        identifiers={"wikidata": "Q7"},
    )  # fmt: skip

    def get(self, actor: str) -> Known | None:
        """Return it."""
        return self.one if actor == "shipped" else None

    def alike(self, name: str) -> Sequence[Known]:
        """Return it."""
        return (self.one,)

    def holders(self, role: str, body: str | None, day: str) -> Sequence[Holder]:
        """Return it."""
        return (Holder(actor=self.one, term=term(role, None, None), certain=True),)


@pytest.mark.parametrize("name", ["Sergei Tarnov", "Sergey Tarnov", "Tarnov", "SERGEY TARNOV"])
def test_spellings_of_a_name_meet(record: Record, name: str) -> None:
    """An actor is found by every spelling of its name, and by the surname alone."""
    keep(record, "a", names=["Sergey Tarnov"])
    assert alike(record, name) == ["a"]


def test_a_common_word_gives_the_nearest_only(record: Record) -> None:
    """A word that hundreds of names have gives a bounded number, those that are written like it first."""
    for number in range(MOST_ALIKE + 40):
        keep(record, f"o{number}", names=[f"Fenna Lorren{'a' * (number % 7)}{number}"])
    keep(record, "it", names=["Fenna Lorren"])
    found = alike(record, "Fenna Lorren")
    assert len(found) <= MOST_ALIKE
    assert found[0] == "it"


@pytest.mark.parametrize(
    ("role", "body"),
    [
        ("foreign minister", "Ruritania"),
        ("Minister for Foreign Affairs", "Ruritania's"),
        ("minister of external affairs", "the Ruritania"),
    ],
)
def test_an_office_is_found_by_all_its_names(record: Record, role: str, body: str) -> None:
    """The names of one office and the forms of its body give the same holder."""
    keep(record, "a", term("Minister of Foreign Affairs", "2004-03-09", "2012-05-01"))
    assert asked(record, role, body, "2010-01-01") == [("a", True)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2002-04-30", []),
        ("2002-05-01", [("a", False)]),
        ("2002-05-31", [("a", True)]),
        ("2002-06-01", [("a", True)]),
        ("2006-12-31", [("a", True)]),
        ("2007-01-01", [("a", True)]),
        ("2007-12-31", [("a", False)]),
        ("2008-01-01", []),
    ],
)
def test_days_known_in_part_are_intervals(record: Record, day: str, expected: list[tuple[str, bool]]) -> None:
    """In a month or year that is all that is known, a holder is uncertain; outside of it there is none."""
    keep(record, "a", term("President", "2002-05", "2007"))
    assert asked(record, "president", "Ruritania", day) == expected


def test_terms_that_overlap_are_all_answers(record: Record) -> None:
    """Two who hold an office on one day are both given."""
    keep(record, "a", term("Vice President", "2001", "2004-06-30"))
    keep(record, "b", term("Vice President", "2004-06-01", "2008"))
    assert {actor for actor, _ in asked(record, "vice president", "Ruritania", "2004-06-15")} == {"a", "b"}


def test_a_term_without_end_goes_on_until_another_begins(record: Record) -> None:
    """An open term is certain until somebody else begins in the same office, and a possibility after that."""
    keep(record, "a", term("President", "2001-01-01", None))
    assert asked(record, "president", "Ruritania", "2020-01-01") == [("a", True)]
    keep(record, "b", term("President", "2010-01-01", "2014-01-01"))
    assert asked(record, "president", "Ruritania", "2009-01-01") == [("a", True)]
    assert asked(record, "president", "Ruritania", "2020-01-01") == [("a", False)]


def test_a_term_without_end_is_not_certain_after_its_table_ends(record: Record) -> None:
    """A table in which nothing begins any more says nothing of the years after that."""
    for year in range(1990, 2010):
        keep(record, f"m{year}", term("Mayor", f"{year}-01-01", f"{year}-12-31", body=f"Town {year}"))
    keep(record, "a", term("President", "2005-01-01", None))
    assert asked(record, "president", "Ruritania", "2012-01-01") == [("a", True)]
    assert asked(record, "president", "Ruritania", "2040-01-01") == [("a", False)]


def test_a_term_without_beginning_holds_on_its_last_day_only(record: Record) -> None:
    """How long before its end somebody held an office is not guessed at."""
    keep(record, "a", term("President", None, "2001-01-31"))
    assert asked(record, "president", "Ruritania", "2001-01-30") == []
    assert asked(record, "president", "Ruritania", "2001-01-31") == [("a", True)]


def test_a_gap_has_no_holder_and_shows_its_borders(record: Record) -> None:
    """Between two terms nobody holds the office, and those nearest to the day can be asked for."""
    keep(record, "a", term("President", "2001-01-01", "2002-01-01"))
    keep(record, "b", term("President", "2005-01-01", "2006-01-01"))
    assert asked(record, "president", "Ruritania", "2003-01-01") == []
    with record.reading("testing") as connection:
        near = RecordActors(connection, Nobody()).around("president", "Ruritania", "2003-01-01")
    assert [(one.actor.id, one.certain) for one in near] == [("a", False), ("b", False)]


def test_a_title_of_the_table_is_that_office_only(record: Record) -> None:
    """Where a table has the title asked for, an office that merely includes it is another office."""
    keep(record, "a", term("Minister of Trade", "2001-01-01", "2002-01-01"))
    keep(record, "b", term("Minister of Trade and Energy", "2003-01-01", "2004-01-01"))
    assert asked(record, "Minister of Trade", "Ruritania", "2003-06-01") == []
    assert asked(record, "trade minister", "Ruritania", "2003-06-01") == [("b", True)]
    assert asked(record, "energy minister", "Ruritania", "2003-06-01") == [("b", True)]


@pytest.mark.parametrize("role", ["former president", "president-elect", "ex-president"])
def test_who_held_it_once_does_not_hold_it(record: Record, role: str) -> None:
    """A former or coming holder is not looked up as the one of the day."""
    keep(record, "a", term("President", "2001-01-01", "2009-01-01"))
    assert asked(record, role, "Ruritania", "2005-01-01") == []


def test_a_body_within_the_role_counts(record: Record) -> None:
    """A body that the role itself names counts: "UN secretary-general" and its long form are one office."""
    keep(record, "a", term("Secretary-General of the United Nations", "2001", "2009", body=None))
    assert asked(record, "UN secretary-general", None, "2005-01-01") == [("a", True)]
    assert asked(record, "secretary general", "U.N.", "2005-01-01") == [("a", True)]


def test_the_same_actor_is_one_answer(record: Record) -> None:
    """Two terms of one actor that cover a day, and two tables, give the actor once."""
    keep(record, "a", term("President", "2001", "2005"), term("President", "2001-02-03", "2005-02-03"))
    keep(record, "a", term("President", "2001", "2005"), source="other.csv")
    assert asked(record, "president", "Ruritania", "2003-01-01") == [("a", True)]


def test_a_merged_actor_answers_as_the_other(record: Record) -> None:
    """Names, offices and ids of a merged actor lead to the one it was merged into."""
    keep(record, "a", names=["Oskar Amsel"])
    keep(record, "b", term("President", "2001", "2005"), names=["Ludvik Brandel"])
    deciding.merge(record, "a", "b", author="me")
    assert alike(record, "Ludvik Brandel") == ["a"]
    assert asked(record, "president", "Ruritania", "2003-01-01") == [("a", True)]
    with record.reading("testing") as connection:
        known = RecordActors(connection, Nobody()).get("b")
    assert known is not None
    assert (known.id, known.names, len(known.terms)) == ("a", ("Oskar Amsel", "Ludvik Brandel"), 1)


def test_the_shipped_registry_lies_behind(record: Record) -> None:
    """What the record does not know is asked of the package's own registry."""
    with record.reading("testing") as connection:
        actors = RecordActors(connection, Shipped())
        assert [one.id for one in actors.alike("Ruritania")] == ["shipped"]
        assert [one.actor.id for one in actors.holders("president", "Ruritania", "2001-01-01")] == ["shipped"]
        assert actors.get("nobody") is None


def test_the_record_goes_before_the_shipped_registry(record: Record) -> None:
    """An actor that the record holds under the same identifier stands for the shipped one, with its names."""
    keep(record, "mine", names=["Kingdom of Ruritania"], kind="state", wikidata="Q7")
    with record.reading("testing") as connection:
        actors = RecordActors(connection, Shipped())
        known = actors.get("shipped")
        (found,) = actors.alike("Ruritania")
    assert known is not None
    assert known.id == found.id == "mine"
    assert set(known.names) == {"Kingdom of Ruritania", "Ruritania", "Ruritanie"}
