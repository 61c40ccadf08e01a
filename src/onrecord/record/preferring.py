"""The registry as linking sees it: what was imported stands before what was learned from texts alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from onrecord.record.actors import LEARNED, RecordActors
from onrecord.speakers import naming, terms
from onrecord.speakers.linking import TEXTS, body_of
from onrecord.speakers.lookup import Holder, Known, Term
from onrecord.speakers.states import states

_ONLY_LEARNED: Final = (
    "SELECT 1 FROM actor a WHERE a.id = ? AND a.merged_into IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM actor_name n WHERE n.actor_id = a.id AND n.source <> ?) "
    "AND NOT EXISTS (SELECT 1 FROM actor_identifier i WHERE i.actor_id = a.id) "
    "AND NOT EXISTS (SELECT 1 FROM actor o WHERE o.merged_into = a.id) "
    "AND NOT EXISTS (SELECT 1 FROM actor_judgement j WHERE j.actor_id = a.id)"
)

#: The days on which a text, and no other, proves an office.
_OWN: Final = (
    "SELECT coalesce(a.merged_into, a.id), e.body_key, e.role_key, e.day FROM office_evidence e "
    "JOIN actor a ON a.id = e.actor_id WHERE e.text_id = ? AND NOT EXISTS (SELECT 1 FROM office_evidence o "
    "WHERE o.actor_id = e.actor_id AND o.body_key = e.body_key AND o.role_key = e.role_key "
    "AND o.day = e.day AND o.text_id <> e.text_id)"
)

#: Body, role and day.
Proof = tuple[str, str, str]


class Preferring:
    """A lookup that leaves out a learned actor where an imported one bears the same name.

    An actor that texts alone have made gives way to one of an imported table, unless both held office of
    states and of no common one. Its mentions then move over, and nothing is left to rest on it.
    """

    def __init__(self, connection: sqlite3.Connection, actors: RecordActors) -> None:
        self._connection = connection
        self._actors = actors
        self._own: dict[str, set[Proof]] = {}
        self._stamp: str | None = None
        self._learned: dict[str, bool] = {}

    def set_text(self, text_id: int) -> None:
        """Leave out, from now on, what this text alone tells of an actor: it does not prove itself."""
        self._own = {}
        for actor, *proof in self._connection.execute(_OWN, (text_id,)).fetchall():
            self._own.setdefault(actor, set()).add((proof[0], proof[1], proof[2]))

    def get(self, actor: str) -> Known | None:
        """Return the actor of this id, or the one that it was merged into."""
        return self._actors.get(actor)

    def alike(self, name: str) -> Sequence[Known]:
        """Return the actors that bear a name whose keys meet those of ``name``."""
        found = [self._without_own(one) for one in self._actors.alike(name)]
        if self._stamp is None or self._stamp != self._actors.stamp:
            self._stamp = self._actors.stamp
            self._learned.clear()
        learned = {one.id for one in found if self._is_learned(one.id)}
        if not learned or len(learned) == len(found):
            return found
        given = [one for one in found if one.id not in learned]
        return [
            one
            for one in found
            if one.id not in learned or not any(same_actor(one, other) for other in given)
        ]

    def holders(self, role: str, body: str | None, day: str) -> Sequence[Holder]:
        """Return who held the office on the day."""
        return self._actors.holders(role, body, day)

    def around(self, role: str, body: str | None, day: str) -> Sequence[Holder]:
        """Return who held the office last before the day and who first after it."""
        return self._actors.around(role, body, day)

    def _without_own(self, known: Known) -> Known:
        own = self._own.get(known.id)
        if not own:
            return known
        return replace(known, terms=tuple(part for term in known.terms for part in _without(term, own)))

    def _is_learned(self, actor: str) -> bool:
        if actor not in self._learned:
            self._learned[actor] = self.only_learned(actor)
        return self._learned[actor]

    def only_learned(self, actor: str) -> bool:
        """Tell whether texts alone have made an actor, and nobody has decided anything about it."""
        return self._connection.execute(_ONLY_LEARNED, (actor, LEARNED)).fetchone() is not None


def _without(term: Term, own: set[Proof]) -> Iterator[Term]:
    """Yield what is left of a learned term without some of the days that make it."""
    if term.evidence.get("source") != TEXTS or not term.first or not term.last:
        yield term
        return
    office = terms.office(term.role, term.body)
    first: str | None = term.first
    for body, role, day in sorted(own):
        if (body, role) == (office.body, office.role) and first and first <= day <= term.last:
            if first < day:
                yield replace(term, first=first, last=_beside(day, -1))
            first = _beside(day, 1) if day < term.last else None
    if first:
        yield replace(term, first=first)


def _beside(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def same_actor(learned: Known, given: Known) -> bool:
    """Tell whether a learned actor is one that was imported, as far as names and states of office tell."""
    if None not in (learned.kind, given.kind) and learned.kind != given.kind:
        return False
    if not any(
        naming.compare(learned.label, name, learned.kind).score >= naming.SAME for name in given.names
    ):
        return False
    one, other = _states(learned), _states(given)
    return not one or not other or bool(one & other)


def _states(known: Known) -> set[str]:
    return {body for body in map(body_of, known.terms) if body and states().of(body)}
