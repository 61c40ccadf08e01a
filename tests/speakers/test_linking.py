from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from onrecord.article import Speaker
from onrecord.speakers import naming, terms
from onrecord.speakers.linking import described_office, link
from onrecord.speakers.lookup import Holder, Known, Term


@dataclass
class Few:
    """A registry of a few actors, held as the real ones hold them: by key."""

    actors: list[Known] = field(default_factory=list)

    def get(self, actor: str) -> Known | None:
        """Return the actor of this id."""
        return next((one for one in self.actors if one.id == actor), None)

    def alike(self, name: str) -> Sequence[Known]:
        """Return the actors with a key of this name."""
        wanted = naming.probes(name)
        return [one for one in self.actors if any(wanted & naming.keys(own) for own in one.names)]

    def _holding(self, role: str, body: str | None) -> list[tuple[Known, Term]]:
        office = terms.office(role, body)
        return [
            (one, term)
            for one in self.actors
            for term in one.terms
            if (terms.office(term.role, term.body).body, terms.office(term.role, term.body).role)
            == (office.body, office.role)
        ]

    def holders(self, role: str, body: str | None, day: str) -> Sequence[Holder]:
        """Return who held the office on the day."""
        return [
            Holder(actor=one, term=term, certain=len(term.first or "") == 10)
            for one, term in self._holding(role, body)
            if (term.first or "")[:10] <= day <= (term.last or "9999")
        ]

    def around(self, role: str, body: str | None, day: str) -> Sequence[Holder]:
        """Return all holders, none certain."""
        return [Holder(actor=one, term=term, certain=False) for one, term in self._holding(role, body)]


def person(name: str, *offices: tuple[str, str, str, str | None], number: int = 1) -> Known:
    """Make a person with offices: role, body, first and last day."""
    actor = f"{name.lower().replace(' ', '-')}-{number}"
    held = tuple(Term(actor=actor, role=r, body=b, first=f, last=t) for r, b, f, t in offices)
    return Known(id=actor, kind="person", label=name, names=(name,), terms=held)


VAROV = person("Sergei Varov", ("foreign minister", "Russia", "2030-01-10", "2033-05-01"))
ELDER = person("Tom Reller", ("president", "France", "2001-01-01", "2009-01-01"), number=1)
YOUNGER = person("Tom Reller", ("president", "France", "2017-01-01", "2025-01-01"), number=2)


def said_by(name: str, office: str | None = None, *, named: bool = True, kind: str = "person") -> Speaker:
    """Make a speaker as an article resolves one."""
    return Speaker(name=name, kind=kind, named=named, office=office)


def test_a_full_name_in_another_spelling_is_the_actor() -> None:
    """Sergey Varov is Sergei Varov."""
    assert link(said_by("Sergey Varov"), "2031-03-07", (), Few([VAROV])).actor == VAROV.id


def test_a_surname_alone_is_a_candidate_and_no_more() -> None:
    """Nothing but the surname: no actor, a candidate with its reason."""
    found = link(said_by("Varov"), "2031-03-07", (), Few([VAROV]))
    assert found.actor is None
    assert [(one.actor, "surname" in one.why) for one in found.candidates] == [(VAROV.id, True)]


@pytest.mark.parametrize(
    ("speaker", "company", "day", "found"),
    [
        (said_by("Varov", "Russian Foreign Minister"), (), "2031-03-07", True),
        (said_by("Varov"), ("Russia", "Osmar Dellin"), "2031-03-07", True),
        (said_by("Varov"), ("Finland",), "2031-03-07", False),
        (said_by("Varov"), ("Russia",), "2044-03-07", False),
        (said_by("Varov"), ("Russia",), None, False),
    ],
)
def test_office_or_company_on_the_day_settles_a_surname(
    speaker: Speaker, company: tuple[str, ...], day: str | None, found: bool
) -> None:
    """The office that he held, or his state in the article in his time; no other state or time."""
    assert (link(speaker, day, company, Few([VAROV])).actor == VAROV.id) is found


def test_namesakes_are_told_apart_by_the_day_of_office_or_not_at_all() -> None:
    """Two presidents of one name: the one in office then; between their terms both are candidates."""
    both = Few([ELDER, YOUNGER])
    assert link(said_by("Tom Reller", "French President"), "2005-06-01", (), both).actor == ELDER.id
    assert link(said_by("Tom Reller", "French President"), "2020-06-01", (), both).actor == YOUNGER.id
    between = link(said_by("Tom Reller"), "2013-06-01", (), both)
    assert between.actor is None
    assert ["one of 2 of this name" in one.why for one in between.candidates] == [True, True]


def test_an_office_of_another_state_keeps_a_namesake_apart() -> None:
    """A Chilean senator is not the Russian minister of the same name."""
    found = link(said_by("Sergei Varov", "Chilean Foreign Minister"), "2031-03-07", (), Few([VAROV]))
    assert found.actor is None
    assert [one.apart for one in found.candidates] == [True]


def test_another_office_and_nothing_of_his_own_keeps_an_imported_namesake_apart() -> None:
    """A constable is not the minister of the same name, unless the minister's state is in the article."""
    imported = replace(VAROV, identifiers={"wikidata": "Q77"})
    constable = said_by("Sergei Varov", "Harbour Constable")
    assert link(constable, "2031-03-07", ("Finland",), Few([imported])).actor is None
    assert link(constable, "2031-03-07", ("Russia",), Few([imported])).actor == VAROV.id


def test_a_first_name_or_a_likely_spelling_is_not_settled_by_company() -> None:
    """The company speaks for a surname as the actor's own name has it, and for nothing less."""
    for name in ("Sergei", "Warow"):
        assert link(said_by(name), "2031-03-07", ("Russia",), Few([VAROV])).actor is None


def test_an_office_with_nobody_named_resolves_by_its_day_and_says_so() -> None:
    """The Russian foreign minister is whoever held the office that day; the reason names both."""
    found = link(
        said_by("the Russian foreign minister", named=False, kind="unnamed"), "2031-03-07", (), Few([VAROV])
    )
    assert found.actor == VAROV.id
    assert found.why is not None
    assert found.why.startswith("office: foreign minister of russia on 2031-03-07")


@pytest.mark.parametrize(
    ("words", "day", "reason"),
    [
        ("the Russian foreign minister", "2034-01-01", "held it until 2033-05-01"),
        ("the Russian foreign minister", "2029-01-01", "held it from 2030-01-10"),
        ("the Kremlin's Middle East envoy", "2031-01-01", "the article does not name him or her"),
    ],
)
def test_a_day_outside_the_evidence_or_a_shared_office_is_a_candidate_with_its_reason(
    words: str, day: str, reason: str
) -> None:
    """Nothing is resolved across a gap in silence; an envoy may be one of several."""
    envoy = person("Mika Bogan", ("Middle East envoy", "Russia", "2030-01-01", "2032-01-01"))
    found = link(said_by(words, named=False, kind="unnamed"), day, (), Few([VAROV, envoy]))
    assert found.actor is None
    assert [reason in one.why for one in found.candidates] == [True]


@pytest.mark.parametrize(
    "words",
    [
        "a senior Russian official",
        "Russian ministers", "the former Russian foreign minister",
        "the minister", "a Russian foreign minister", "his foreign minister",
        "activists in the north", "x" * 10_000,
    ],
)  # fmt: skip
def test_what_describes_no_one_holder_is_no_office(words: str) -> None:
    """Several people, one of several, one who no longer holds it, or an office of nobody knows whom."""
    described = described_office(words)
    unnamed = said_by(words, named=False, kind="unnamed")
    assert link(unnamed, "2031-03-07", (), Few([VAROV])).actor is None
    assert described is None or described[0] != "foreign minister"


def test_a_body_links_by_name_and_never_to_a_person() -> None:
    """A state and its ministry are the state; an organisation is nobody with a person's name."""
    russia = Known(id="ru", kind="state", label="Russia", names=("Russia", "Russian Federation"))
    few = Few([russia, person("Varov")])
    assert link(said_by("Russian Federation", kind="state"), None, (), few).actor == "ru"
    assert link(said_by("Russia's foreign ministry", kind="state"), None, (), few).actor == "ru"
    assert link(said_by("Varov", kind="organisation"), None, (), few).actor is None


def test_two_thousand_names_take_seconds_at_most() -> None:
    """An article with 2,000 people does not stall."""
    names = [f"Person{n} Nam{n % 500}" for n in range(2000)]
    few = Few([VAROV])
    begun = time.process_time()
    for name in names:
        link(said_by(name), "2031-03-07", names, few)
    assert time.process_time() - begun < 10
