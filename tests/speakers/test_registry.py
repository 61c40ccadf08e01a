"""The registry that ships with the package: its files, and what it answers."""

from __future__ import annotations

from collections import Counter

import pytest

from onrecord.speakers.naming import SAME, compare
from onrecord.speakers.registry import KNOWN_UNTIL, shipped
from onrecord.speakers.states import all_states, states


def found(name: str) -> set[str]:
    """Return the ids of the actors that bear the name by the automatic bar."""
    return {
        actor.id
        for actor in shipped().alike(name)
        if any(compare(name, one, actor.kind).score >= SAME for one in actor.names)
    }


def held(role: str, body: str | None, day: str) -> list[tuple[str, bool]]:
    """Return label and certainty of the holders."""
    return [(holder.actor.label, holder.certain) for holder in shipped().holders(role, body, day)]


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("the Kremlin", "onrecord:state/RU"),
        ("Whitehall", "onrecord:state/GB"),
        ("Foggy Bottom", "onrecord:state/US"),
        ("Élysée", "onrecord:state/FR"),
        ("Elysee", "onrecord:state/FR"),
        ("Россия", "onrecord:state/RU"),
        ("USA", "onrecord:state/US"),
        ("U.N.", "onrecord:body/UN"),
        ("Nato", "onrecord:body/NATO"),
        ("League of Arab States", "onrecord:body/LAS"),
        ("Itar-Tass", "onrecord:media/tass"),
        ("SANA", "onrecord:media/sana"),
        ("Ban Ki Moon", "onrecord:person/ban-ki-moon"),
        ("Mohammed el-Baradei", "onrecord:person/mohamed-elbaradei"),
    ],
)
def test_alike(name: str, actor: str) -> None:
    """States, seats of power, bodies, agencies and heads are found by the names of news."""
    assert found(name) == {actor}


def test_a_capital_leads_to_its_state() -> None:
    """A capital brings the state as something alike, not as a name of it."""
    assert "onrecord:state/RU" in {actor.id for actor in shipped().alike("Moscow")}
    assert not found("Moscow")


@pytest.mark.parametrize("name", ["", "Karl Thornbury", "Niger River Salt Company", "\x00"])
def test_strangers(name: str) -> None:
    """What the files do not know is nobody."""
    assert not found(name)


@pytest.mark.parametrize(
    ("role", "body", "day", "expected"),
    [
        ("Secretary-General", "United Nations", "2012-12-22", [("Ban Ki-moon", True)]),
        ("UN secretary-general", None, "2012-12-22", [("Ban Ki-moon", True)]),
        ("chief", "NATO", "2012-12-22", [("Anders Fogh Rasmussen", True)]),
        ("foreign policy chief", "EU", "2012-12-22", [("Catherine Ashton", True)]),
        ("head", "IMF", "2011-06-01", []),
        ("managing director", "IMF", "2011-05-18", [("Dominique Strauss-Kahn", True)]),
        ("secretary general", "Arab League", "2011-07-15", [("Nabil Elaraby", False)]),
        ("former secretary-general", "UN", "2012-12-22", []),
        ("president", "Elbonia", "2012-12-22", []),
    ],
)
def test_holders(role: str, body: str | None, day: str, expected: list[tuple[str, bool]]) -> None:
    """An office is answered for days that a term covers, certainly only where the days are known."""
    result = held(role, body, day)
    assert [one for one in result if one[1]] == [one for one in expected if one[1]]
    assert set(expected) <= set(result)
    assert bool(result) == bool(expected)


def test_the_present_is_not_certain() -> None:
    """A term without an end is certain up to the day when the files were gone through."""
    assert held("secretary-general", "UN", KNOWN_UNTIL) == [("António Guterres", True)]
    assert held("secretary-general", "UN", "2026-01-01") == [("António Guterres", False)]


def test_around_a_gap() -> None:
    """In a gap the nearest holders on both sides are given, and none is certain."""
    near = shipped().around("managing director", "IMF", "2011-06-01")
    assert [(one.actor.label, one.certain) for one in near] == [
        ("Dominique Strauss-Kahn", False),
        ("Christine Lagarde", False),
    ]


def test_one_person_with_several_offices() -> None:
    """Terms of one person in several bodies are one actor's."""
    guterres = shipped().get("onrecord:person/antonio-guterres")
    assert guterres is not None
    assert {term.body for term in guterres.terms} == {
        "United Nations",
        "United Nations High Commissioner for Refugees",
    }


def test_ids_and_items_are_unique() -> None:
    """No two actors share an id or a Wikidata item, and every id tells its kind."""
    actors = list(shipped())
    items = Counter(actor.identifiers["wikidata"] for actor in actors if "wikidata" in actor.identifiers)
    assert [item for item, count in items.items() if count > 1] == []
    assert all(item[0] == "Q" and item[1:].isdigit() for item in items)
    sorts = {"state": "state", "organisation": "body", "media": "media", "person": "person"}
    assert all(actor.id.startswith(f"onrecord:{sorts[str(actor.kind)]}/") for actor in actors)
    assert len({actor.id for actor in actors}) == len(actors)


def test_terms_are_in_order_and_have_sources() -> None:
    """Each term begins before it ends, names its source, and belongs to a body of the registry."""
    for actor in shipped():
        for term in actor.terms:
            assert term.first is not None
            assert term.last is None or term.first <= term.last
            assert term.evidence["source"]
            assert shipped().get(term.evidence["body"]) is not None
            assert shipped().get(term.actor) is actor


def test_names_meet_no_other_actor() -> None:
    """Every name of every actor finds that actor, and none of another kind by the automatic bar."""
    for actor in shipped():
        for name in actor.names if actor.kind != "state" else actor.names[:2]:
            assert actor.id in found(name), name


def test_states_have_codes_and_sources() -> None:
    """Every state has a code, an item, a source, and a name that leads back to it."""
    assert len({state.code for state in all_states()}) == len(all_states())
    for state in all_states():
        assert len(state.code) == 2
        assert state.wikidata
        assert state.source
        assert states().of(state.name) == state.name


def test_spellings_of_a_capital() -> None:
    """Spellings of one capital share the usual one; two capitals do not."""
    assert states().capitals["kiev"] == states().capitals["kyiv"] == "Kyiv"
    assert states().capitals["dodoma"] != states().capitals["dar es salaam"]
