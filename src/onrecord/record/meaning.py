"""Which actors the words of a question mean: an id, or a name in any spelling."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from onrecord.record import links
from onrecord.record.actors import RecordActors
from onrecord.speakers import naming, terms
from onrecord.speakers.linking import described_office
from onrecord.speakers.lookup import Known
from onrecord.speakers.states import fold, states

#: Signs by which words are a search expression and no name.
_EXPRESSION: Final = re.compile(r'["*“„«]|(?:^|\s)-')

#: Whoever speaks for a state, behind its name or that of its people.
_OF_STATE: Final = re.compile(r" (?:government|officials?)$")
_OFFICIALS: Final = re.compile(r" officials?\s*$", re.IGNORECASE)

#: A day beyond all days, for terms whose end is not known.
_LAST: Final = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom the words of a question mean.

    Attributes:
        actors: their ids.
        exact: whether the words are an id, so that no other words are looked for.
        terms: actors who are meant on some days only, with first and last day of each term.
    """

    actors: tuple[str, ...] = ()
    exact: bool = False
    terms: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    def holds(self, actor: str | None, day: str | None) -> bool:
        """Tell whether an actor is meant on a day; those who are meant on no day in particular always are."""
        if actor is None or actor not in self.terms or actor in self.actors:
            return True
        return day is not None and any(first <= day <= last for first, last in self.terms[actor])

    def tokens(self) -> list[str]:
        """Return the words of the full-text index that stand for them."""
        return [links.token(actor) for actor in (*self.actors, *self.terms)]


def meant(connection: sqlite3.Connection, words: str | None, *, officials: bool = False) -> Meant:
    """Return whom words mean.

    Args:
        connection: of the record.
        words: an actor's id, a name or a surname; what else it may be, the caller looks for as words.
        officials: whoever held an office of them, too, on the days on which they held it.
    """
    if words is None or not words.strip() or _EXPRESSION.search(words):
        return Meant()
    actors = RecordActors(connection)
    known = actors.get(words.strip())
    if known is not None:
        found = [known]
    else:
        scored = [
            (max(naming.compare(words, name, one.kind).score for name in (one.label, *one.names)), one)
            for one in actors.alike(words)
        ]
        bar = naming.SAME if any(score >= naming.SAME for score, _ in scored) else naming.CANDIDATE
        found = [one for score, one in scored if score >= bar]
        stands_for = _states(actors, words)
        officials = officials or bool(stands_for and _OFFICIALS.search(words))
        found += [one for one in stands_for if one not in found]
    ids = tuple(one.id for one in found)
    held = _terms(connection, {terms.body_key(one.label) for one in found}) if officials else {}
    described = described_office(words) if known is None else None
    if described:
        held |= _terms(connection, [described[1]], terms.office(*described))
    return Meant(ids, known is not None, held)


def _states(actors: RecordActors, words: str) -> list[Known]:
    """Return the state that a capital, a seat of power or the name of a people stands for."""
    table = states()
    key = _OF_STATE.sub("", " ".join(fold(words.strip()).split()))
    state = table.of(key) or table.demonyms.get(key)
    if state is None:
        return []
    alike = (one for one in actors.alike(state) if one.kind == "state")
    return [
        one
        for one in alike
        if any(naming.compare(name, state, "state").score >= naming.SAME for name in (one.label, *one.names))
    ]


def _terms(
    connection: sqlite3.Connection, bodies: Iterable[str], office: terms.Office | None = None
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return who has statements and held an office of one of the bodies, with the days as far as known.

    Where ``office`` is given, only those who held that one.
    """
    held: dict[str, list[tuple[str, str]]] = {}
    asked = (f"={office.words}", f"~{office.role}", f"<{office.role}") if office else ("~%",)
    which = "k.key IN (?, ?, ?)" if office else "k.key LIKE ?"
    for body in sorted(filter(None, bodies)):
        for actor, first, last in connection.execute(
            "SELECT DISTINCT coalesce(a.merged_into, a.id), coalesce(f.first_from, f.last_from), "  # noqa: S608
            "CASE WHEN f.last_day IS NULL THEN ? ELSE f.last_to END "
            "FROM office_key k JOIN office f ON f.id = k.office_id JOIN actor a ON a.id = f.actor_id "
            "WHERE k.body_key = ? AND coalesce(f.first_from, f.last_from) IS NOT NULL "
            f"AND {which} AND EXISTS "
            "(SELECT 1 FROM standing s WHERE s.actor_id = coalesce(a.merged_into, a.id))",
            (_LAST, body, *asked),
        ).fetchall():
            held.setdefault(actor, []).append((first, last or first))
    return {actor: tuple(sorted(days)) for actor, days in sorted(held.items())}
