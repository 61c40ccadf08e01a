"""What people decide about actors: two are one, names belong to another, it goes by another label.

A decision is an appended row of ``actor_judgement`` and is taken back by another. Nothing that came in is
rewritten: :func:`settle` derives from the decisions that hold which actor each row answers for, so they
stand through every import and refresh, and what is undone is as it was.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from onrecord.errors import QueryError
from onrecord.record import registering, rows
from onrecord.record.actors import shipped_registry
from onrecord.record.merging import Decided, effective
from onrecord.record.store import Store, now
from onrecord.speakers import naming
from onrecord.speakers.lookup import Known

#: The source of names that a person gave.
JUDGED: Final = "judgement"

#: The source of actors that a person made, naming them as speakers.
NAMED: Final = "person"

_COLUMNS: Final = "id, actor_id, action, value, was, author, reason, made, undoes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A person's decision about an actor.

    Attributes:
        id: number of the decision, in the order made.
        actor: id of the actor decided on, as it was then.
        action: ``merge``, ``split``, ``rename``, or ``undo`` when it takes one back.
        value: for a merge ``{"into": ID}``, for a split ``{"names": [...], "to": ID}``, for a renaming
            ``{"label": NAME}``, for an undoing what held before.
        was: what held before: the label, or the id that it answered to.
        author: who decided.
        reason: why, in their words.
        made: when, ISO 8601 in UTC.
        undoes: number of the decision that it takes back.
        holds: whether it holds now: not undone, and no undoing.
    """

    id: int
    actor: str
    action: str
    value: Any
    was: Any
    author: str
    reason: str | None
    made: str
    undoes: int | None
    holds: bool


def decisions(connection: sqlite3.Connection, actor: str | None = None) -> list[Decision]:
    """Return all decisions in the order made, or those on one actor: on it or on what was merged into it."""
    found = connection.execute(f"SELECT {_COLUMNS} FROM actor_judgement ORDER BY id").fetchall()  # noqa: S608
    holding = {one.id for one in effective(Decided(row[0], row[2], None, row[8]) for row in found)}
    made = [
        Decision(
            id=row[0], actor=row[1], action=row[2], value=rows.loads(row[3], f"judgement {row[0]}"),
            was=rows.loads(row[4], f"judgement {row[0]}"), author=row[5], reason=row[6], made=row[7],
            undoes=row[8], holds=row[0] in holding,
        )
        for row in found
    ]  # fmt: skip
    if actor is None:
        return made
    mine = {actor} | {
        row[0] for row in connection.execute("SELECT id FROM actor WHERE merged_into = ?", (actor,))
    }
    return [one for one in made if one.actor in mine or _other(one) in mine]


def merge(store: Store, actor: str, other: str, *, author: str, reason: str | None = None) -> Decision:
    """Decide that two actors are one, known from now on by the id and label of the first.

    Raises:
        QueryError: there is no such actor, they are one already, or nobody decides.
        RecordError: the record cannot be written.
    """
    with store.writing(f"merging {other} into {actor}") as connection:
        kept, gone = find(connection, actor), find(connection, other)
        if kept == gone:
            raise QueryError(f"{actor} and {other} are one actor already ({kept})")
        return _decide(connection, gone, "merge", {"into": kept}, gone, author, reason)


def split(
    store: Store, actor: str, names: Sequence[str], *, author: str, reason: str | None = None
) -> Decision:
    """Decide that some of an actor's names are those of another actor, who is made.

    Offices and identifiers stay where they are.

    Raises:
        QueryError: there is no such actor or name, no name would be left, or nobody decides.
        RecordError: the record cannot be written.
    """
    with store.writing(f"splitting {actor}") as connection:
        kept = find(connection, actor)
        held = _names(connection, kept)
        moved = list(dict.fromkeys(_held_name(held, name, kept) for name in names))
        if not moved:
            raise QueryError("name at least one of the actor's names to split off")
        label, kind = connection.execute(
            "SELECT coalesce(judged_label, label), kind FROM actor WHERE id = ?", (kept,)
        ).fetchone()
        if not set(held) - set(moved):
            raise QueryError(f"{kept} would be left without a name. Leave it one, or rename it")
        new = _new_id(connection, kept, moved)
        connection.execute(
            "INSERT INTO actor (id, kind, label, made) VALUES (?, ?, ?, ?)", (new, kind, moved[0], now())
        )
        return _decide(connection, kept, "split", {"names": moved, "to": new}, label, author, reason)


def rename(store: Store, actor: str, name: str, *, author: str, reason: str | None = None) -> Decision:
    """Decide by which name an actor is shown; it is found by it too.

    Raises:
        QueryError: there is no such actor, that is no name, it bears it already, or nobody decides.
        RecordError: the record cannot be written.
    """
    with store.writing(f"renaming {actor}") as connection:
        kept = find(connection, actor)
        try:
            label = registering.clean(name)
        except ValueError as error:
            raise QueryError(f"that is no name for {kept}: {error}") from error
        (was,) = connection.execute(
            "SELECT coalesce(judged_label, label) FROM actor WHERE id = ?", (kept,)
        ).fetchone()
        if was == label:
            raise QueryError(f"{kept} is shown as {label!r} already")
        return _decide(connection, kept, "rename", {"label": label}, was, author, reason)


def undo(store: Store, number: int, *, author: str, reason: str | None = None) -> Decision:
    """Take a decision about actors back. Undoing an undoing brings the first one back.

    Raises:
        QueryError: there is no such decision, it is undone already, or nobody decides.
        RecordError: the record cannot be written.
    """
    with store.writing(f"undoing decision {number}") as connection:
        made = {one.id: one for one in decisions(connection)}
        one = made.get(number)
        if one is None:
            raise QueryError(f"there is no decision {number} on an actor. `onrecord actors undo` lists them")
        holding = one.holds
        if one.action == "undo":
            holding = not any(later.undoes == number and _stands(later, made) for later in made.values())
        if not holding:
            raise QueryError(f"decision {number} is undone already")
        return _decide(connection, one.actor, "undo", one.was, one.value, author, reason, number)


def find(connection: sqlite3.Connection, actor: str) -> str:
    """Return the id that an actor's id answers to now.

    Raises:
        QueryError: there is no such actor.
    """
    row = connection.execute(
        "SELECT coalesce(merged_into, id) FROM actor WHERE id = ?", (actor.strip(),)
    ).fetchone()
    if row is None:
        raise QueryError(
            f"there is no actor {actor!r} in the record. Find its id with `onrecord actors list`"
        )
    return str(row[0])


def settle(connection: sqlite3.Connection) -> None:
    """Derive from the decisions that hold which actor each row answers for, and by which label.

    A merge that would close a circle, which only a record put together by hand can hold, changes nothing.
    """
    everything = decisions(connection)
    connection.execute("UPDATE actor SET merged_into = NULL WHERE merged_into IS NOT NULL")
    connection.execute("UPDATE actor SET judged_label = NULL WHERE judged_label IS NOT NULL")
    connection.execute("UPDATE actor_name SET moved_to = NULL WHERE moved_to IS NOT NULL")
    connection.execute("DELETE FROM actor_name WHERE source = ?", (JUDGED,))
    parents = _parents(connection, everything)
    for actor in parents:
        connection.execute("UPDATE actor SET merged_into = ? WHERE id = ?", (_last(parents, actor), actor))
    for one in everything:
        if one.holds and one.action == "split":
            _move(connection, one)
        elif one.holds and one.action == "rename" and _is_held(connection, one.actor):
            label = str(one.value["label"])
            connection.execute("UPDATE actor SET judged_label = ? WHERE id = ?", (label, one.actor))
            registering.add_name(connection, one.actor, label, source=JUDGED)


def _move(connection: sqlite3.Connection, one: Decision) -> None:
    """Let the names that a decision splits off answer for the actor it made, whichever source gave them."""
    target = one.value["to"]
    if not _is_held(connection, target):
        return
    for name in one.value["names"]:
        connection.execute(
            "UPDATE actor_name SET moved_to = ? WHERE name = ? AND moved_to IS NULL AND actor_id IN "
            "(SELECT id FROM actor WHERE coalesce(merged_into, id) = (SELECT coalesce(merged_into, id) "
            "FROM actor WHERE id = ?))",
            (target, name, one.actor),
        )
    root, label = connection.execute(
        "SELECT r.id, coalesce(r.judged_label, r.label) FROM actor a JOIN actor r "
        "ON r.id = coalesce(a.merged_into, a.id) WHERE a.id = ?",
        (one.actor,),
    ).fetchone()
    left = _names(connection, root)
    if left and label not in left:
        connection.execute("UPDATE actor SET judged_label = ? WHERE id = ?", (left[0], root))


def _parents(connection: sqlite3.Connection, everything: Iterable[Decision]) -> dict[str, str]:
    """Return actor -> the one it answers as, one step; what an undone split had made goes back."""
    parents: dict[str, str] = {}
    for one in everything:
        merged = one.holds and one.action == "merge"
        if not merged and (one.action != "split" or one.holds):
            continue
        gone, kept = (one.actor, one.value["into"]) if merged else (one.value["to"], one.actor)
        if not (_is_held(connection, gone) and _is_held(connection, kept)):
            continue
        gone, kept = _last(parents, gone), _last(parents, kept)
        if gone != kept:
            parents[gone] = kept
    return parents


def _last(parents: dict[str, str], actor: str) -> str:
    while actor in parents:
        actor = parents[actor]
    return actor


def _is_held(connection: sqlite3.Connection, actor: object) -> bool:
    return connection.execute("SELECT 1 FROM actor WHERE id = ?", (actor,)).fetchone() is not None


def _decide(
    connection: sqlite3.Connection, actor: str, action: str, value: Any, was: Any, author: str,
    reason: str | None, undoes: int | None = None, made_at: str | None = None,
) -> Decision:  # fmt: skip
    if not author.strip():
        raise QueryError("a decision about an actor needs an author. Give a name with --author")
    cursor = connection.execute(
        "INSERT INTO actor_judgement (actor_id, action, value, was, author, reason, made, undoes) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (actor, action, rows.dumps(value), rows.dumps(was), author.strip(), reason, made_at or now(), undoes),
    )
    settle(connection)
    made = next(one for one in decisions(connection) if one.id == cursor.lastrowid)
    relink(connection, _concerned(connection, made))
    return made


def adopt(connection: sqlite3.Connection, decision: Mapping[str, Any]) -> None:
    """Keep a decision that was made in another record, with its author and time.

    Args:
        connection: within a write transaction.
        decision: ``actor``, ``action`` (merge, rename or split), ``value``, ``author``, ``reason``, ``made``.

    Raises:
        QueryError: it is about an actor or a name that this record does not hold.
        ValueError: a name in it cannot be kept.
    """
    actor, action, value = find(connection, decision["actor"]), decision["action"], dict(decision["value"])
    was: Any = actor
    if action == "rename":
        value["label"] = registering.clean(value["label"])
    elif action == "split":
        held = _names(connection, actor)
        value["names"] = [_held_name(held, name, actor) for name in value["names"]]
        if not set(held) - set(value["names"]):
            raise QueryError(f"{actor} would be left without a name")
        connection.execute(
            "INSERT OR IGNORE INTO actor (id, kind, label, made) "
            "SELECT ?, kind, ?, ? FROM actor WHERE id = ?",
            (value["to"], value["names"][0], now(), actor),
        )
    elif find(connection, value["into"]) == actor:
        raise QueryError(f"{actor} and {value['into']} are one actor already")
    if action != "merge":
        (was,) = connection.execute(
            "SELECT coalesce(judged_label, label) FROM actor WHERE id = ?", (actor,)
        ).fetchone()
    author, reason = decision["author"], decision["reason"]
    _decide(connection, actor, action, value, was, author, reason, made_at=decision["made"])


def _concerned(connection: sqlite3.Connection, made: Decision) -> set[str]:
    actors = {made.actor, _other(made) or made.actor}
    if made.undoes is not None:
        undone = next(one for one in decisions(connection) if one.id == made.undoes)
        actors |= {undone.actor, _other(undone) or undone.actor}
    return actors


def relink(connection: sqlite3.Connection, actors: Iterable[str] | None) -> None:
    """Have the mentions looked at again that may mean one of these actors, or all mentions.

    Within the caller's write transaction, after its last change.
    """
    try:
        from onrecord.record import linking
    except ImportError:
        return
    if actors is None:
        linking.relink(connection)
        return
    concerned = list(actors)
    keys = {key for name in registering.names_of(connection, concerned) for key in naming.keys(name)}
    for actor in concerned:
        for (body,) in connection.execute("SELECT DISTINCT body FROM office WHERE actor_id = ?", (actor,)):
            keys.add(linking.office_key(body))
    linking.relink(connection, keys=keys)


def _other(one: Decision) -> str | None:
    """Return the second actor that a decision is about."""
    value = one.value if isinstance(one.value, dict) else {}
    other = value.get("into") or value.get("to")
    return str(other) if other is not None else None


def _stands(one: Decision, made: dict[int, Decision]) -> bool:
    return not any(later.undoes == one.id and _stands(later, made) for later in made.values())


def _names(connection: sqlite3.Connection, actor: str) -> list[str]:
    found = connection.execute(
        "SELECT n.name FROM actor_name n JOIN actor a ON a.id = coalesce(n.moved_to, n.actor_id) "
        "WHERE coalesce(a.merged_into, a.id) = ? ORDER BY n.id",
        (actor,),
    ).fetchall()
    return list(dict.fromkeys(name for (name,) in found))


def _held_name(held: Sequence[str], name: str, actor: str) -> str:
    wanted = registering.fold(" ".join(name.split()))
    fitting = [one for one in held if one == name] or [one for one in held if registering.fold(one) == wanted]
    if not fitting:
        shown = ", ".join(repr(one) for one in held[:10])
        raise QueryError(f"{actor} has no name {name!r}. Its names are {shown}")
    return fitting[0]


def _new_id(connection: sqlite3.Connection, actor: str, names: Sequence[str]) -> str:
    """Return the id of the actor that a split makes: the same in every record for the same split."""
    for number in range(1000):
        given = rows.dumps([actor, sorted(names), number])
        new = "x" + hashlib.sha256(given.encode()).hexdigest()[:12]
        if not _is_held(connection, new):
            return new
    raise QueryError(f"{actor} was split this way a thousand times")


def create(connection: sqlite3.Connection, given: Mapping[str, Any]) -> dict[str, Any]:
    """Make an actor that a person names as a speaker, within the caller's write transaction.

    Args:
        connection: within a write transaction.
        given: ``new``, the name, and ``kind``: person, organisation, state, media or group.

    Returns:
        the value of a judgement on a speaker.

    Raises:
        QueryError: that is no name, or no kind.
    """
    kind = given.get("kind", "person")
    if kind not in ("person", "organisation", "state", "media", "group"):
        raise QueryError(f"kind = {kind!r}: an actor is one of person, organisation, state, media, group")
    try:
        name = registering.clean(str(given.get("new") or ""))
    except ValueError as error:
        raise QueryError(f"that is no name for a new actor: {error}") from error
    known = Known(id=_free_id(connection, name), kind=kind, label=name, names=(name,))
    registering.save(connection, known, source=NAMED)
    relink(connection, [known.id])
    return {"actor": known.id, "name": name, "kind": kind}


def _free_id(connection: sqlite3.Connection, name: str) -> str:
    """Return an id made from a name that no actor has."""
    plain = registering.fold(name).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60]
    if len(base) < 3:
        base = "actor-" + hashlib.sha256(name.encode()).hexdigest()[:12]
    number, wanted = 1, base
    while _is_held(connection, wanted) or shipped_registry().get(wanted):
        number += 1
        wanted = f"{base}-{number}"
    return wanted
