"""The facts that ship with the package, as a lookup: states, large international bodies, news agencies.

Ids are stable and tell what they name: ``onrecord:state/RU`` (ISO 3166-1 code), ``onrecord:body/UN``,
``onrecord:media/tass``, ``onrecord:person/ban-ki-moon`` (heads of the bodies). Every row of the files
(``states.csv``, ``bodies.csv``, ``agencies.csv``, ``heads.csv``) names where it is to be checked; a term
carries that as evidence, with file and row.

A seat of power is a name of the state whose government sits there ("the Kremlin"). A capital is none, since
most mentions of one mean the place: it leads to the state only as something alike.
"""

from __future__ import annotations

import calendar
import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

from . import naming, terms
from .lookup import Holder, Known, Term
from .states import State, all_states, states

#: Up to then the files know of successors: that a term went on after this day they do not tell.
KNOWN_UNTIL: Final = "2024-12-31"

_PREFIX: Final = "onrecord:"
_CHIEF: Final = ("chief", "head")
#: Offices that are not the first of their body.
_BELOW: Final = ("Special Envoy", "High Representative")


class Registry:
    """The shipped facts; see :class:`onrecord.speakers.lookup.Lookup`."""

    def __init__(self, actors: Iterable[Known], titles: Mapping[int, Sequence[tuple[str, str]]]) -> None:
        """Index the actors; ``titles``: role and body that news writes for the office of a row."""
        self._actors = {actor.id: actor for actor in actors}
        self._by_key: dict[str, dict[str, None]] = defaultdict(dict)
        self._offices: dict[tuple[str, str], list[tuple[Known, Term]]] = defaultdict(list)
        for actor in self._actors.values():
            for key in _keys(actor):
                self._by_key[key][actor.id] = None
            for term in actor.terms:
                for office in self._titles(term, titles.get(term.evidence["row"], ())):
                    self._offices[office].append((actor, term))

    def __len__(self) -> int:
        return len(self._actors)

    def __iter__(self) -> Iterator[Known]:
        return iter(self._actors.values())

    def get(self, actor: str) -> Known | None:
        """Return the actor of this id; ``None`` for one that the package does not ship."""
        return self._actors.get(actor)

    def alike(self, name: str) -> Sequence[Known]:
        """Return the actors that bear a name whose keys meet those of ``name``."""
        found: dict[str, None] = {}
        state = states().of(name) or states().named(name)
        if state:
            found.update(self._by_key.get("@" + state, {}))
        for key in sorted(naming.probes(name)):
            found.update(self._by_key.get(key, {}))
        return [self._actors[actor] for actor in found]

    def holders(self, role: str, body: str | None, day: str) -> Sequence[Holder]:
        """Return who held the office on the day (ISO 8601); empty when no term is known to cover it.

        ``certain`` is false on days that lie in a date known by month or year only, and from
        :data:`KNOWN_UNTIL` on for terms without an end.
        """
        return tuple(
            Holder(actor=actor, term=term, certain=_encloses(term, day))
            for actor, term in self._holding(role, body)
            if _may_cover(term, day)
        )

    def around(self, role: str, body: str | None, day: str) -> Sequence[Holder]:
        """Return who held the office last before the day and who first after it, none of them certain."""
        held = self._holding(role, body)
        before = [one for one in held if one[1].last and _day(one[1].last, last=True) < day]
        after = [one for one in held if one[1].first and _day(one[1].first) > day]
        nearest = [max(before, key=lambda one: one[1].last or "")] if before else []
        nearest += [min(after, key=lambda one: one[1].first or "")] if after else []
        return tuple(Holder(actor=actor, term=term, certain=False) for actor, term in nearest)

    def _titles(self, term: Term, more: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
        """Return body and role of a term, by every name of the body."""
        roles = (term.role,) if term.role.startswith(_BELOW) else (term.role, *_CHIEF)
        named = [(role, term.evidence["body"]) for role in roles] + [*more]
        found = set()
        for role, body in named:
            for name in self._actors[body].names:
                office = terms.office(role, name)
                if office.role:
                    found |= {(office.body, one) for one in (office.role, *office.includes)}
        return found

    def _holding(self, role: str, body: str | None) -> list[tuple[Known, Term]]:
        office = terms.office(role, body)
        if office.role is None:
            return []
        return self._offices.get((office.body, office.role), [])


@cache
def shipped() -> Registry:
    """Return the registry that ships with the package, read once."""
    return Registry([*map(_state, all_states()), *_bodies(), *_agencies(), *_heads()], _titles())


def _keys(actor: Known) -> set[str]:
    """Return the keys that an actor is held under; a state's names in all languages have one."""
    if actor.kind == "state":
        seats = [name for name in actor.names if not states().named(name)]
        return {"@" + actor.label}.union(*(naming.keys(name) for name in seats))
    return set().union(*(naming.keys(name) for name in actor.names))


def _state(state: State) -> Known:
    names = (state.name, *state.other_names, *state.seats, *state.names_elsewhere)
    return Known(
        id=f"{_PREFIX}state/{state.code}",
        kind="state",
        label=state.name,
        names=tuple(dict.fromkeys(names)),
        identifiers={"wikidata": state.wikidata, "iso3166": state.code},
    )


def _bodies() -> Iterator[Known]:
    for _, row in _rows("bodies.csv"):
        yield _known(row, "body", "organisation")


def _agencies() -> Iterator[Known]:
    for _, row in _rows("agencies.csv"):
        yield _known(row, "media", "media")


def _heads() -> Iterator[Known]:
    bodies = {row["code"]: row for _, row in _rows("bodies.csv")}
    people: dict[str, list[tuple[int, Mapping[str, str]]]] = defaultdict(list)
    for number, row in _rows("heads.csv"):
        people[row["code"]].append((number, row))
    for held in people.values():
        first = held[0][1]
        others = ";".join(row["other_names"] for _, row in held)
        item = next((row["wikidata"] for _, row in held if row["wikidata"]), "")
        person = _known({**first, "other_names": others, "wikidata": item}, "person", "person")
        yield Known(
            id=person.id,
            kind=person.kind,
            label=person.label,
            names=person.names,
            terms=tuple(_term(person.id, number, row, bodies[row["body"]]) for number, row in held),
            identifiers=person.identifiers,
        )


def _titles() -> dict[int, list[tuple[str, str]]]:
    """Return, by row of ``heads.csv``, role and id of the body by which news calls the office too."""
    found = {}
    for number, row in _rows("heads.csv"):
        pairs = [one.partition(":") for one in row["also_called"].split(";") if one]
        found[number] = [(role, f"{_PREFIX}body/{body}") for body, _, role in pairs]
    return found


def _known(row: Mapping[str, str], sort: str, kind: str) -> Known:
    others = [name for name in row["other_names"].split(";") if name]
    return Known(
        id=f"{_PREFIX}{sort}/{row['code']}",
        kind=kind,
        label=row["name"],
        names=tuple(dict.fromkeys((row["name"], *others))),
        identifiers={"wikidata": row["wikidata"]} if row["wikidata"] else {},
    )


def _term(actor: str, number: int, row: Mapping[str, str], body: Mapping[str, str]) -> Term:
    evidence = {
        "registry": "onrecord",
        "file": "heads.csv",
        "row": number,
        "source": row["source"],
        "body": f"{_PREFIX}body/{row['body']}",
    }
    return Term(
        actor=actor,
        role=row["role"],
        body=body["name"],
        first=row["first"] or None,
        last=row["last"] or None,
        evidence=evidence,
    )


def _rows(name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of one of the package's own files with their line numbers."""
    text = files(__package__).joinpath(name).read_text("utf-8")
    yield from enumerate(csv.DictReader(io.StringIO(text, newline="")), 2)


def _day(date: str, *, last: bool = False) -> str:
    """Return the first day, or the last, that a date of any precision may mean."""
    if len(date) == 4:
        return f"{date}-12-31" if last else f"{date}-01-01"
    if len(date) == 7:
        days = calendar.monthrange(int(date[:4]), int(date[5:]))[1]
        return f"{date}-{days:02}" if last else f"{date}-01"
    return date


def _may_cover(term: Term, day: str) -> bool:
    return (term.first is None or _day(term.first) <= day) and (
        term.last is None or day <= _day(term.last, last=True)
    )


def _encloses(term: Term, day: str) -> bool:
    if term.first is None or day < _day(term.first, last=True):
        return False
    return day <= (_day(term.last) if term.last else KNOWN_UNTIL)
