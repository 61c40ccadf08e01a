"""The actors of a record as resolving asks for them: the lookup over its tables and the shipped registry.

Rows stay as they came in. What people decided is laid over them by columns that
:mod:`onrecord.record.deciding` derives: an actor that was merged into another answers as that other
(``merged_into`` names the last one, however many there were), and a name that was split off answers as the
actor it was moved to. Writing is in :mod:`onrecord.record.registering`.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from heapq import nsmallest
from typing import Any, Final

from onrecord.record import rows
from onrecord.speakers import naming, registry, spelling, terms
from onrecord.speakers.lookup import Holder, Known, Lookup, Term

#: The source of what was learned from texts.
LEARNED: Final = "text"

#: How many actors a single word finds at most; more than that bear no name that tells who is meant.
MOST_ALIKE: Final = 32
#: How many actors a name of several words finds at most.
MOST_ALIKE_FULL: Final = 16
#: For each of these, how many names are compared with the one asked for, where more meet it.
_COMPARED: Final = 4
#: A sound that more names have tells nobody apart.
_COMMON: Final = 250

#: Before the keys of whole words as they are written, beside those of :func:`onrecord.speakers.naming.keys`.
WORD: Final = "v:"

#: From this many terms on, a table's own days tell how far it sees.
_LEAST_TERMS: Final = 10
#: A table that has begun no term for this many times its usual gap between two beginnings has ended.
_GAPS: Final = 10

_WORDS: Final = re.compile(r"\w+")

_COLUMNS: Final = (
    "f.id, coalesce(a.merged_into, a.id), f.role, f.body, f.first_day, f.last_day, f.evidence, f.source, "
    "f.first_from, f.first_to, f.last_from, f.last_to"
)
_OFFICES: Final = (
    f"SELECT k.key, {_COLUMNS} FROM office_key k JOIN office f ON f.id = k.office_id "  # noqa: S608
    "JOIN actor a ON a.id = f.actor_id WHERE k.body_key = ? AND k.key IN (?, ?, ?)"
)
#: A term without a first day is known on its last day only; one without a last day goes on.
_COVERING: Final = (
    " AND coalesce(f.first_from, f.last_from) <= ? AND (f.last_to >= ? OR (f.last_to IS NULL AND "
    "f.first_from IS NOT NULL))"
)


@dataclass(frozen=True, slots=True)
class _Office:
    """One row of the office table with the key by which it was found."""

    key: str
    id: int
    actor: str
    term: Term
    source: str
    first: tuple[str | None, str | None]
    last: tuple[str | None, str | None]


class RecordActors:
    """The :class:`onrecord.speakers.lookup.Lookup` over a record, with the shipped registry behind it.

    What the record holds of an actor comes first: one of the shipped registry that the record holds too, by
    its id or by an identifier, is given as the record has it.

    Args:
        connection: of a record; every answer is read from it anew.
        shipped: the registry behind it; the package's own when not given.
    """

    def __init__(self, connection: sqlite3.Connection, shipped: Lookup | None = None) -> None:
        self._connection = connection
        self._shipped = shipped if shipped is not None else shipped_registry()
        self._stamp: str | None = None
        # Read once for each state of the registry: an article names the same few actors many times.
        self._found: dict[str, tuple[Known, ...]] = {}
        self._actors: dict[str, Known] = {}
        self._horizons: dict[str, str] = {}

    @property
    def stamp(self) -> str | None:
        """The state of the registry that was read last."""
        return self._stamp

    def get(self, actor: str) -> Known | None:
        """Return the actor of this id, or the one that it was merged into."""
        self._refresh()
        root = self._root(actor)
        if root is not None:
            return next(iter(self._known([root])), None)
        found = self._shipped.get(actor)
        return found and (self._own(found) or found)

    def by_identifier(self, scheme: str, value: str) -> Known | None:
        """Return the actor of the record that bears an identifier, such as ``wikidata`` and ``Q123``."""
        root = claimant(self._connection, scheme, value)
        return self.get(root) if root else None

    def alike(self, name: str) -> Sequence[Known]:
        """Return the actors that bear a name whose keys meet those of ``name``; scoring is the caller's.

        Those whose words are written most alike come first, then those that share most keys; at most
        :data:`MOST_ALIKE` of the record, for a full name :data:`MOST_ALIKE_FULL`.
        """
        self._refresh()
        if name not in self._found:
            own = self._known(self._meeting(name))
            seen = {one.id for one in own}
            for shipped in self._shipped.alike(name):
                known = self._own(shipped) or shipped
                if known.id not in seen:
                    seen.add(known.id)
                    own.append(known)
            self._found[name] = tuple(own)
        return self._found[name]

    def _meeting(self, name: str) -> list[str]:
        """Return the actors of the record whose names share keys with a name, the nearest only."""
        full = len(name.split()) > 1
        keys = naming.probes(name) if full else self._selective(name)
        shared = dict(
            self._connection.execute(
                "SELECT name_id, count(*) FROM name_key WHERE key IN (SELECT value FROM json_each(?)) "
                "GROUP BY name_id",
                (_array(keys),),
            ).fetchall()
        )
        most = MOST_ALIKE_FULL if full else MOST_ALIKE
        if len(shared) > most:
            numbers = self._nearest(name, shared, most)
        else:
            numbers = sorted(shared, key=lambda number: (-shared[number], number))
        roots = dict(
            self._connection.execute(
                "SELECT n.id, coalesce(a.merged_into, a.id) FROM actor_name n JOIN actor a "
                "ON a.id = coalesce(n.moved_to, n.actor_id) WHERE n.id IN (SELECT value FROM json_each(?))",
                (_array(numbers),),
            ).fetchall()
        )
        return list(dict.fromkeys(roots[number] for number in numbers if number in roots))

    def _selective(self, name: str) -> set[str]:
        """Return the keys to look a single word up by, without those of sounds that too many names have.

        Of a word that sounds like hundreds of others, only the names that spell it so are found.
        """
        keys = naming.probes(name) | {f"{WORD}{word}" for word in written(name)}
        counted = self._connection.execute(
            "SELECT key, count(*) FROM name_key WHERE key IN (SELECT value FROM json_each(?)) GROUP BY key",
            (_array(keys),),
        ).fetchall()
        common = {key for key, count in counted if count > _COMMON and not key.startswith((WORD, "="))}
        return set(keys) - common

    def _nearest(self, name: str, shared: Mapping[int, int], most: int) -> list[int]:
        """Return the names that have most pairs of letters in common with a name, then most keys.

        One common word finds thousands of names in a large registry; comparing them all would take longer
        than reading the article. Those without beginning or end of the last word are compared only where few
        have them.
        """
        folded = " ".join(written(name))
        last = folded.rpartition(" ")[2]
        found = self._connection.execute(
            "SELECT id, folded FROM actor_name WHERE id IN (SELECT value FROM json_each(?)) ORDER BY "
            "2 * (instr(folded, ?) > 0) + (instr(folded, ?) > 0) + (instr(folded, ?) > 0) DESC, id LIMIT ?",
            (_array(shared), last, last[:3], last[-3:], _COMPARED * most),
        ).fetchall()
        pairs = _pairs(folded)
        ranked = [(-_alike(pairs, other), -shared[number], number) for number, other in found]
        return [number for _, _, number in nsmallest(most, ranked)]

    def _refresh(self) -> None:
        """Forget what was read before the last change of the registry."""
        row = self._connection.execute("SELECT value FROM registry WHERE name = 'stamp'").fetchone()
        stamp = row[0] if row else None
        if stamp is None or stamp != self._stamp:
            self._found.clear()
            self._actors.clear()
            self._horizons.clear()
            self._stamp = stamp

    def holders(self, role: str, body: str | None, day: str) -> Sequence[Holder]:
        """Return who held the office on the day (ISO 8601); empty when no term is known to cover it.

        Within one table, a title that it has for the body is that office and no other; else the names of the
        office meet by the rules of :mod:`onrecord.speakers.terms`, and a term with several departments
        answers for one of them where nobody holds that alone. ``certain`` is whether the days as known
        enclose the day: not within a day known in part, not of a term without an end once somebody else has
        begun in that office or the table has ended.
        """
        office = terms.office(role, body)
        if office.role is None:
            return ()
        self._refresh()
        keys = _keys(office)
        covering = self._offices(office.body, keys, _COVERING, (day, day))
        best = self._best(office.body, keys, covering)
        if not best:
            return self._shipped.holders(role, body, day)
        held: dict[str, tuple[_Office, bool]] = {}
        for one in best:
            certain = self._certain(office.body, one, day)
            if one.actor not in held or (certain and not held[one.actor][1]):
                held[one.actor] = one, certain
        known = {one.id: one for one in self._known(list(held))}
        return tuple(
            Holder(actor=known[actor], term=one.term, certain=certain)
            for actor, (one, certain) in held.items()
            if actor in known
        )

    def around(self, role: str, body: str | None, day: str) -> Sequence[Holder]:
        """Return who held the office last before the day and who first after it, none of them certain."""
        office = terms.office(role, body)
        if office.role is None:
            return ()
        self._refresh()
        keys = _keys(office)
        terms_of = self._best(office.body, keys, self._offices(office.body, keys, "", ()))
        before = [one for one in terms_of if (end := one.last[1] or one.first[1]) is not None and end < day]
        after = [
            one for one in terms_of if (start := one.first[0] or one.last[0]) is not None and start > day
        ]
        if not (before or after):
            asking = getattr(self._shipped, "around", None)
            return asking(role, body, day) if asking else ()
        nearest = [max(before, key=lambda one: one.last[1] or one.first[1] or "")] if before else []
        nearest += [min(after, key=lambda one: one.first[0] or one.last[0] or "")] if after else []
        known = {one.id: one for one in self._known([one.actor for one in nearest])}
        return tuple(
            Holder(actor=known[one.actor], term=one.term, certain=False)
            for one in nearest
            if one.actor in known
        )

    def _offices(
        self, body: str, keys: tuple[str, str, str], where: str, values: tuple[str, ...]
    ) -> list[_Office]:
        found = self._connection.execute(f"{_OFFICES}{where} ORDER BY f.id", (body, *keys, *values))
        return [_office(row[0], row[1:]) for row in found.fetchall()]

    def _best(self, body: str, keys: tuple[str, str, str], found: list[_Office]) -> list[_Office]:
        """Return, table by table, the terms whose title meets what was asked for most closely."""
        by_source: dict[str, list[_Office]] = defaultdict(list)
        for one in found:
            by_source[one.source].append(one)
        best = []
        for source, several in by_source.items():
            exact = source != LEARNED and self._has(body, keys[0], source)
            for key in keys[:1] if exact else keys[1:]:
                fitting = [one for one in several if one.key == key]
                best += fitting
                if fitting:
                    break
        return best

    def _has(self, body: str, key: str, source: str) -> bool:
        return self._connection.execute(
            "SELECT 1 FROM office_key k JOIN office f ON f.id = k.office_id "
            "WHERE k.body_key = ? AND k.key = ? AND f.source = ? LIMIT 1",
            (body, key, source),
        ).fetchone() is not None  # fmt: skip

    def _certain(self, body: str, one: _Office, day: str) -> bool:
        begun = one.first[1] or one.last[1]
        if begun is None or begun > day:
            return False
        if one.last[0] is not None:
            return day <= one.last[0]
        return day <= self._horizon(one.source) and not self._succeeded(body, one, day)

    def _succeeded(self, body: str, one: _Office, day: str) -> bool:
        """Return whether somebody else began in the same office after one whose end is not known."""
        return self._connection.execute(
            "SELECT 1 FROM office_key k JOIN office f ON f.id = k.office_id "
            "JOIN actor a ON a.id = f.actor_id "
            "WHERE k.body_key = ? AND k.key = ? AND f.source = ? AND f.first_from > ? AND f.first_from <= ? "
            "AND coalesce(a.merged_into, a.id) <> ? LIMIT 1",
            (body, one.key, one.source, one.first[1], day, one.actor),
        ).fetchone() is not None  # fmt: skip

    def _horizon(self, source: str) -> str:
        """Return the last day that a table can see.

        That is the day on which it was made, which a table does not say. One with many terms shows it: it
        ends where terms no longer begin at their usual rate. Of one with few, the user's word holds.
        """
        if source not in self._horizons:
            count, first, last = self._connection.execute(
                "SELECT count(*), min(first_from), max(first_from) FROM office WHERE source = ? "
                "AND first_from IS NOT NULL",
                (source,),
            ).fetchone()
            horizon = date.max
            if count >= _LEAST_TERMS:
                newest = date.fromisoformat(last)
                gap = (newest - date.fromisoformat(first)) / (count - 1)
                horizon = min(newest, date.max - timedelta(days=1) - gap * _GAPS) + gap * _GAPS
            self._horizons[source] = horizon.isoformat()
        return self._horizons[source]

    def _root(self, actor: str) -> str | None:
        row = self._connection.execute(
            "SELECT coalesce(merged_into, id) FROM actor WHERE id = ?", (actor,)
        ).fetchone()
        return row and str(row[0])

    def _own(self, shipped: Known) -> Known | None:
        """Return the record's actor that is the same as one of the shipped registry."""
        root = self._root(shipped.id)
        for scheme, value in shipped.identifiers.items():
            root = root or claimant(self._connection, scheme, value)
        if root is None:
            return None
        own = next(iter(self._known([root])), None)
        if own is None:
            return None
        more = tuple(name for name in shipped.names if name not in own.names)
        return replace(own, kind=own.kind or shipped.kind, names=own.names + more)

    def _known(self, roots: list[str]) -> list[Known]:
        """Return the actors of these ids, none of which is merged, in this order."""
        missing = [root for root in roots if root not in self._actors]
        if missing:
            self._actors |= {one.id: one for one in known_actors(self._connection, missing)}
        return [self._actors[root] for root in roots if root in self._actors]


def known_actors(connection: sqlite3.Connection, roots: Iterable[str]) -> list[Known]:
    """Return the actors of these ids, with all that is held of those merged into them, in this order.

    An id that is not held, or is merged into another, gives nothing.
    """
    wanted = list(dict.fromkeys(roots))
    array = _array(wanted)
    mine = "(SELECT value FROM json_each(?))"
    actors = connection.execute(
        "SELECT id, coalesce(judged_label, label), kind FROM actor WHERE merged_into IS NULL AND "  # noqa: S608
        f"id IN {mine}",
        (array,),
    ).fetchall()
    root_of = dict(
        connection.execute(
            f"SELECT id, merged_into FROM actor WHERE merged_into IN {mine}",  # noqa: S608
            (array,),
        ).fetchall()
    )
    root_of |= {actor: actor for actor, _, _ in actors}
    members = _array(root_of)
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for actor, name in _names(connection, members):
        names[root_of[actor]][name] = None
    identifiers: dict[str, dict[str, str]] = defaultdict(dict)
    for actor, scheme, value in connection.execute(
        f"SELECT actor_id, scheme, value FROM actor_identifier WHERE actor_id IN {mine} "  # noqa: S608
        "ORDER BY scheme, value",
        (members,),
    ).fetchall():
        # The actor's own before those of what was merged into it.
        if actor == root_of[actor] or scheme not in identifiers[root_of[actor]]:
            identifiers[root_of[actor]][scheme] = value
    held: dict[str, list[Term]] = defaultdict(list)
    for row in connection.execute(
        f"SELECT {_COLUMNS} FROM office f JOIN actor a ON a.id = f.actor_id WHERE f.actor_id IN {mine} "  # noqa: S608
        "ORDER BY coalesce(f.first_from, f.last_from, ''), f.id",
        (members,),
    ).fetchall():
        held[row[1]].append(_office("", row).term)
    found = {
        actor: Known(
            id=actor, kind=kind, label=label, names=tuple(dict.fromkeys((label, *names[actor]))),
            terms=tuple(held[actor]), identifiers=dict(identifiers[actor]),
        )
        for actor, label, kind in actors
    }  # fmt: skip
    return [found[root] for root in wanted if root in found]


def _names(connection: sqlite3.Connection, members: str) -> list[tuple[str, str]]:
    rows_of = connection.execute(
        "SELECT id, actor_id, name FROM actor_name WHERE moved_to IS NULL AND actor_id IN "
        "(SELECT value FROM json_each(?)) UNION ALL "
        "SELECT id, moved_to, name FROM actor_name WHERE moved_to IN (SELECT value FROM json_each(?)) "
        "ORDER BY 1",
        (members, members),
    ).fetchall()
    return [(actor, name) for _, actor, name in rows_of]


def claimant(connection: sqlite3.Connection, scheme: str, value: str) -> str | None:
    """Return the id of the actor that an identifier belongs to, the one it was merged into if it was."""
    row = connection.execute(
        "SELECT coalesce(a.merged_into, a.id) FROM actor_identifier i JOIN actor a ON a.id = i.actor_id "
        "WHERE i.scheme = ? AND i.value = ? ORDER BY a.rowid LIMIT 1",
        (scheme, value),
    ).fetchone()
    return row and str(row[0])


def shipped_registry() -> Lookup:
    """Return the registry that the package ships."""
    return registry.shipped()


class Nobody:
    """A registry that knows nobody: for asking a record alone."""

    def get(self, actor: str) -> Known | None:  # noqa: ARG002
        """Return nobody."""
        return None

    def alike(self, name: str) -> Sequence[Known]:  # noqa: ARG002
        """Return nobody."""
        return ()

    def holders(self, role: str, body: str | None, day: str) -> Sequence[Holder]:  # noqa: ARG002
        """Return nobody."""
        return ()


def _alike(pairs: frozenset[str], other: str) -> float:
    """Return how much of the letter pairs of a name are in another (containment)."""
    return len(pairs & _pairs(other)) / len(pairs) if pairs else 0.0


@lru_cache(maxsize=131072)
def _pairs(name: str) -> frozenset[str]:
    """Return the pairs of letters of each word of a folded name, in Latin letters, with those at its ends."""
    return frozenset(f"^{word}$"[at : at + 2] for word in written(name) for at in range(len(word) + 1))


def written(name: str) -> list[str]:
    """Return the words of a name in lower-case Latin letters."""
    words = _WORDS.findall(name.casefold())
    return [word if word.isascii() else spelling.fold(word) for word in words]


def _keys(office: terms.Office) -> tuple[str, str, str]:
    """Return the keys that an office is looked up by: its own words, its role, a role that it is part of."""
    return f"={office.words}", f"~{office.role}", f"<{office.role}"


@lru_cache(maxsize=32768)
def _office(key: str, row: tuple[Any, ...]) -> _Office:
    # Who is often in the news has hundreds of learned terms, which are read again after every article.
    number, actor, role, body, first, last, evidence, source, *bounds = row
    term = Term(
        actor=actor, role=role, body=body, first=first, last=last,
        evidence=rows.loads(evidence, f"office {number}"),
    )  # fmt: skip
    return _Office(key, number, actor, term, source, (bounds[0], bounds[1]), (bounds[2], bounds[3]))


def _array(values: Iterable[str] | Iterable[int]) -> str:
    return json.dumps(list(values))
