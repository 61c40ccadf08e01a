"""The registry as linking sees it: what was imported stands before what was learned from texts alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from onrecord.record.actors import LEARNED, RecordActors
from onrecord.speakers import naming
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


class Preferring:
    """A lookup that leaves out a learned actor where an imported one bears the same name.

    An actor that texts alone have made gives way to one of an imported table, unless both held office of
    states and of no common one. Its mentions then move over, and nothing is left to rest on it.
    """

    def __init__(self, connection: sqlite3.Connection, actors: RecordActors) -> None:
        self._connection = connection
        self._actors = actors
        self._text_id = 0

    def set_text(self, text_id: int) -> None:
        """Leave out, from now on, what this text alone tells of an actor: it does not prove itself."""
        self._text_id = text_id

    def get(self, actor: str) -> Known | None:
        """Return the actor of this id, or the one that it was merged into."""
        return self._actors.get(actor)

    def alike(self, name: str) -> Sequence[Known]:
        """Return the actors that bear a name whose keys meet those of ``name``."""
        found = [self._without_own(one) for one in self._actors.alike(name)]
        learned = [one for one in found if self.only_learned(one.id)]
        if not learned or len(learned) == len(found):
            return found
        given = [one for one in found if one not in learned]
        return [
            one for one in found if one not in learned or not any(same_actor(one, other) for other in given)
        ]

    def holders(self, role: str, body: str | None, day: str) -> Sequence[Holder]:
        """Return who held the office on the day."""
        return self._actors.holders(role, body, day)

    def around(self, role: str, body: str | None, day: str) -> Sequence[Holder]:
        """Return who held the office last before the day and who first after it."""
        return self._actors.around(role, body, day)

    def _without_own(self, known: Known) -> Known:
        kept = tuple(term for term in known.terms if not self._is_own(term))
        return known if len(kept) == len(known.terms) else replace(known, terms=kept)

    def _is_own(self, term: Term) -> bool:
        """Tell whether a term rests on the text that is being linked, and on no other."""
        texts = term.evidence.get("texts") if term.evidence.get("source") == TEXTS else None
        if not texts or all(text.get("text") != self._text_id for text in texts):
            return False
        other = self._connection.execute(
            "SELECT 1 FROM office_evidence WHERE actor_id = ? AND text_id <> ? AND "
            "day BETWEEN ? AND ? LIMIT 1",
            (term.actor, self._text_id, term.first, term.last),
        ).fetchone()
        return other is None

    def only_learned(self, actor: str) -> bool:
        """Tell whether texts alone have made an actor, and nobody has decided anything about it."""
        return self._connection.execute(_ONLY_LEARNED, (actor, LEARNED)).fetchone() is not None


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
