"""What a record holds of its actors, for people to look at: lists, and one actor with its evidence."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from onrecord.record import deciding, registering, rows
from onrecord.record.actors import RecordActors, known_actors
from onrecord.record.deciding import Decision
from onrecord.record.store import Store
from onrecord.speakers import naming
from onrecord.speakers.lookup import Known, Lookup

_MEMBERS: Final = "(SELECT id FROM actor WHERE coalesce(merged_into, id) = ?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name as it came in: from which source, in which script and language."""

    name: str
    source: str
    script: str | None
    language: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """A term of office as it came in.

    Attributes:
        role: the office.
        body: country or organisation that it belongs to.
        first: first day known, as precise as known.
        last: last day known, likewise.
        source: the table that says so, or ``text``.
        evidence: its row there, or text and spans.
    """

    role: str
    body: str | None
    first: str | None
    last: str | None
    source: str
    evidence: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An actor in a list: how many offices and names are held of it, how many statements are linked to it."""

    id: str
    kind: str | None
    label: str
    names: int
    offices: int
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A statement linked to an actor: its id, day, headline and words."""

    id: str
    day: str | None
    headline: str | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """All that a record holds of an actor.

    Attributes:
        id: its id.
        kind: person, organisation, state, media or group.
        label: the name it is shown by.
        merged: ids of the actors that were merged into it.
        names: its names with their sources.
        identifiers: scheme to value.
        offices: its terms of office, oldest first.
        statements: how many statements are its own.
        mentions: how many mentions mean it, as speaker or otherwise.
        first: its first statement by day, ``None`` without one.
        last: its last.
        decisions: what people decided about it.
    """

    id: str
    kind: str | None
    label: str
    merged: tuple[str, ...] = ()
    names: tuple[Name, ...] = ()
    identifiers: Mapping[str, str] = field(default_factory=dict)
    offices: tuple[Tenure, ...] = ()
    statements: int = 0
    mentions: int = 0
    first: Spoken | None = None
    last: Spoken | None = None
    decisions: tuple[Decision, ...] = ()


def list_actors(
    store: Store, query: str | None = None, *, kind: str | None = None, limit: int | None = None
) -> list[Listed]:
    """Return the actors of a record, those with most statements first.

    Args:
        store: the record.
        query: part of a name: its beginning, a whole name in another spelling, or an id.
        kind: of this kind only.
        limit: at most so many.
    """
    with store.reading("listing actors") as connection:
        chosen, values = "", []
        if query is not None:
            chosen = " AND a.id IN (SELECT value FROM json_each(?))"
            values = [json.dumps(_matching(connection, query))]
        if kind is not None:
            chosen += " AND a.kind = ?"
            values.append(kind)
        found = connection.execute(
            "SELECT a.id, a.kind, coalesce(a.judged_label, a.label) AS shown, "  # noqa: S608
            "(SELECT coalesce(sum(c.printings), 0) FROM count_actor c WHERE c.actor_id = a.id) AS said "
            f"FROM actor a WHERE a.merged_into IS NULL{chosen} ORDER BY said DESC, shown, a.id LIMIT ?",
            (*values, -1 if limit is None else limit),
        ).fetchall()
        held = {one.id: one for one in known_actors(connection, [row[0] for row in found])}
        return [
            Listed(
                id=actor, kind=kind_, label=label, names=len(held[actor].names),
                offices=len(held[actor].terms), statements=said,
            )
            for actor, kind_, label, said in found
        ]  # fmt: skip


def holders(
    store: Store, role: str, body: str | None, day: str, *, shipped: Lookup | None = None
) -> list[tuple[Known, Tenure, bool]]:
    """Return who held an office on a day: the actor, the term that says so, and whether it is certain.

    ``shipped`` is the registry behind the record's, the package's own when not given.
    """
    with store.reading("asking who held an office") as connection:
        found = RecordActors(connection, shipped).holders(role, body, day)
    return [
        (
            one.actor,
            Tenure(
                role=one.term.role, body=one.term.body, first=one.term.first, last=one.term.last,
                source=str(one.term.evidence.get("source") or ""), evidence=one.term.evidence,
            ),
            one.certain,
        )
        for one in found
    ]  # fmt: skip


def knows_office(store: Store, role: str, body: str | None, day: str) -> bool:
    """Tell whether anybody is known to have held an office, on a day or before or after it."""
    with store.reading("asking about an office") as connection:
        actors = RecordActors(connection)
        return bool(actors.holders(role, body, day) or actors.around(role, body, day))


def describe(store: Store, actor: str) -> Description:
    """Return all that a record holds of an actor, given its id or that of one merged into it.

    Raises:
        QueryError: there is no such actor.
    """
    with store.reading("describing an actor") as connection:
        root = deciding.find(connection, actor)
        (known,) = known_actors(connection, [root])
        named = connection.execute(
            "SELECT n.name, n.source, n.script, n.language FROM actor_name n "  # noqa: S608
            f"WHERE coalesce(n.moved_to, n.actor_id) IN {_MEMBERS} ORDER BY n.id",
            (root,),
        ).fetchall()
        held = connection.execute(
            "SELECT id, role, body, first_day, last_day, source, evidence FROM office "  # noqa: S608
            f"WHERE actor_id IN {_MEMBERS} ORDER BY coalesce(first_from, last_from, ''), id",
            (root,),
        ).fetchall()
        merged = connection.execute("SELECT id FROM actor WHERE merged_into = ? ORDER BY id", (root,))
        return Description(
            id=root, kind=known.kind, label=known.label, merged=tuple(row[0] for row in merged.fetchall()),
            names=tuple(Name(name=n, source=s, script=w, language=t) for n, s, w, t in named),
            identifiers=dict(known.identifiers),
            offices=tuple(
                Tenure(
                    role=role, body=body, first=first, last=last, source=source,
                    evidence=rows.loads(evidence, f"office {number}"),
                )
                for number, role, body, first, last, source, evidence in held
            ),
            statements=_sum(connection, root),
            mentions=_count(connection, f"mention WHERE actor_id IN {_MEMBERS}", root),
            first=_spoken(connection, root, "ASC"), last=_spoken(connection, root, "DESC"),
            decisions=tuple(deciding.decisions(connection, root)),
        )  # fmt: skip


def _matching(connection: sqlite3.Connection, query: str) -> list[str]:
    """Return the ids of the actors that bear a name like this, whose name begins so, or that have this id."""
    found = [one.id for one in RecordActors(connection).alike(query) if _fits(query, one)]
    start = registering.fold(" ".join(query.split()))
    beginning = connection.execute(
        "SELECT DISTINCT coalesce(a.merged_into, a.id) FROM actor_name n "
        "JOIN actor a ON a.id = coalesce(n.moved_to, n.actor_id) "
        "WHERE n.folded >= ? AND n.folded < ? LIMIT 1000",
        (start, start + "\U0010ffff"),
    ).fetchall()
    own = connection.execute(
        "SELECT coalesce(merged_into, id) FROM actor WHERE id = ?", (query.strip(),)
    ).fetchall()
    return list(dict.fromkeys([*found, *(row[0] for row in beginning), *(row[0] for row in own)]))


def _fits(query: str, one: Known) -> bool:
    return any(naming.compare(query, name, one.kind).score >= naming.CANDIDATE for name in one.names)


def _sum(connection: sqlite3.Connection, actor: str) -> int:
    """Return how many statements an actor makes, from the table of counts."""
    sql = "SELECT coalesce(sum(printings), 0) FROM count_actor WHERE actor_id = ?"
    return int(connection.execute(sql, (actor,)).fetchone()[0])


def _count(connection: sqlite3.Connection, what: str, actor: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {what}", (actor,)).fetchone()[0])  # noqa: S608


def _spoken(connection: sqlite3.Connection, actor: str, order: str) -> Spoken | None:
    row = connection.execute(
        "SELECT s.id, s.day, x.headline, t.words FROM standing s JOIN statement t ON t.pk = s.statement_pk "  # noqa: S608
        "JOIN article a ON a.id = s.article_id JOIN text x ON x.id = a.text_id "
        "WHERE s.actor_id = ? AND s.verdict IS NOT 'reject' AND s.day IS NOT NULL "
        f"ORDER BY s.key {order} LIMIT 1",
        (actor,),
    ).fetchone()
    return row and Spoken(id=row[0], day=row[1], headline=row[2], words=row[3])
