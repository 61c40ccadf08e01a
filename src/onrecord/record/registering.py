"""Writing actors into a record: their names with index keys, identifiers and terms of office.

Every function works within the caller's write transaction and is idempotent: what is held already changes
nothing. None of them overwrites a label or a kind that is held.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from onrecord.record import rows
from onrecord.record.actors import WORD, claimant, written
from onrecord.record.store import now
from onrecord.speakers import naming, terms
from onrecord.speakers.lookup import Known, Term

#: The longest name, role or body that is kept, in code points.
LONGEST: Final = 500

#: What the stored keys follow from: the rules of names and offices, and their tables.
_RULES: Final = re.compile(r"(?:naming|terms|states|spelling|\w+_names)\.py|\w+\.(?:csv|tsv)")

_DAY: Final = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?", re.ASCII)
#: Characters that show nothing and turn lines round, or are no characters.
_INVISIBLE: Final = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufdd0-\ufdef]")

Bounds = tuple[str | None, str | None]


def clean(words: str, what: str = "name") -> str:
    """Return a name as it is kept: composed (NFC), blanks single, no marks that only steer a line.

    Raises:
        ValueError: nothing is left, it is longer than :data:`LONGEST`, or no text.
    """
    if len(words) > LONGEST * 4:
        raise ValueError(f"the {what} has {len(words):,} characters, {LONGEST} are the most")
    kept = " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", words)).split())
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in kept):
        raise ValueError(f"the {what} {kept[:60]!a} holds characters that are no text")
    if len(kept) > LONGEST:
        raise ValueError(f"the {what} has {len(kept):,} characters, {LONGEST} are the most")
    if not any(letter.isalnum() for letter in kept):
        raise ValueError(f"the {what} is empty" if not kept else f"the {what} {kept!r} has no letter")
    return kept


def bounds(day: str | None) -> Bounds:
    """Return the first and last day that a day known in part may be: "2002-05" is all of May.

    Raises:
        ValueError: it is no day, month or year of ISO 8601.
    """
    if day is None:
        return None, None
    found = _DAY.fullmatch(day)
    try:
        if found is None:
            raise ValueError(day)
        year, month = int(found["year"]), int(found["month"] or 0)
        if found["day"]:
            return (whole := date(year, month, int(found["day"])).isoformat()), whole
        first = date(year, month or 1, 1)
        until = month or 12
        return first.isoformat(), date(year, until, monthrange(year, until)[1]).isoformat()
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{day!r} is no day. Write it as 2012-12-22, 2012-12 or 2012") from error


def save(connection: sqlite3.Connection, known: Known, *, source: str, named: bool = True) -> bool:
    """Keep an actor with its names, identifiers and terms; return whether anything of it was new.

    An identifier that another actor bears is left with that one. With ``named`` false the names are left for
    the caller to add.

    Raises:
        ValueError: a name, a role or a day cannot be kept.
    """
    before = connection.total_changes
    connection.execute(
        "INSERT OR IGNORE INTO actor (id, kind, label, made) VALUES (?, ?, ?, ?)",
        (known.id, known.kind, clean(known.label), now()),
    )
    if known.kind:
        connection.execute("UPDATE actor SET kind = ? WHERE id = ? AND kind IS NULL", (known.kind, known.id))
    for name in dict.fromkeys((known.label, *known.names)) if named else ():
        add_name(connection, known.id, name, source=source)
    for scheme, value in known.identifiers.items():
        claim(connection, known.id, scheme, value, source=source)
    for term in known.terms:
        add_term(connection, known.id, term, source=source)
    return connection.total_changes > before


def add_name(
    connection: sqlite3.Connection, actor: str, name: str, *, source: str, language: str | None = None
) -> bool:
    """Keep a name of an actor with the keys it is found by; return whether it is new from this source.

    Raises:
        ValueError: it cannot be kept (:func:`clean`).
    """
    kept = clean(name)
    cursor = connection.execute(
        "INSERT OR IGNORE INTO actor_name (actor_id, name, folded, script, language, source) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (actor, kept, fold(kept), script(kept), language, source),
    )
    if cursor.rowcount <= 0:
        return False
    _key_name(connection, cursor.lastrowid, kept)
    return True


def claim(connection: sqlite3.Connection, actor: str, scheme: str, value: str, *, source: str) -> str | None:
    """Keep an identifier of an actor, unless another bears it; return the id of that other."""
    held = claimant(connection, scheme, value)
    if held is not None:
        row = connection.execute(
            "SELECT coalesce(merged_into, id) FROM actor WHERE id = ?", (actor,)
        ).fetchone()
        return None if row and row[0] == held else held
    connection.execute(
        "INSERT OR IGNORE INTO actor_identifier (actor_id, scheme, value, source) VALUES (?, ?, ?, ?)",
        (actor, scheme, value, source),
    )
    return None


def add_term(connection: sqlite3.Connection, actor: str, term: Term, *, source: str) -> bool:
    """Keep a term of office of an actor; return whether this source has not said so before.

    Raises:
        ValueError: the role cannot be kept, a day is none, or the term ends before it begins.
    """
    role = clean(term.role, "office")
    body = clean(term.body, "body") if term.body else None
    first, last = bounds(term.first), bounds(term.last)
    if first[0] and last[1] and last[1] < first[0]:
        raise ValueError(f"the office ends ({term.last}) before it begins ({term.first})")
    cursor = connection.execute(
        "INSERT OR IGNORE INTO office (actor_id, role, body, first_day, last_day, evidence, source, "
        "first_from, first_to, last_from, last_to) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (actor, role, body, term.first, term.last, rows.dumps(dict(term.evidence)), source, *first, *last),
    )
    if cursor.rowcount <= 0:
        return False
    _key_office(connection, cursor.lastrowid, role, body)
    return True


def drop_name(connection: sqlite3.Connection, actor: str, name: str, *, source: str) -> None:
    """Take out a name that a source gave an actor."""
    connection.execute(
        "DELETE FROM actor_name WHERE actor_id = ? AND name = ? AND source = ?", (actor, name, source)
    )


def delete(connection: sqlite3.Connection, actor: str) -> None:
    """Take out an actor with its names, identifiers and terms; nothing else may refer to it."""
    for table in ("actor_name", "actor_identifier", "office"):
        connection.execute(f"DELETE FROM {table} WHERE actor_id = ?", (actor,))  # noqa: S608
    connection.execute("DELETE FROM actor WHERE id = ?", (actor,))


def rekey(connection: sqlite3.Connection) -> bool:
    """Make all index keys again if other rules made them; return whether they were made."""
    row = connection.execute("SELECT value FROM registry WHERE name = 'keys'").fetchone()
    version = keys_version()
    if row is not None and row[0] == version:
        return False
    connection.execute("DELETE FROM name_key")
    connection.execute("DELETE FROM office_key")
    for number, name in connection.execute("SELECT id, name FROM actor_name").fetchall():
        _key_name(connection, number, name)
    for number, role, body, first, last in connection.execute(
        "SELECT id, role, body, first_day, last_day FROM office"
    ).fetchall():
        _key_office(connection, number, role, body)
        try:
            known = (*bounds(first), *bounds(last))
        except ValueError:  # a day that other rules took: the term stays, and covers no day
            known = (None, None, None, None)
        connection.execute(
            "UPDATE office SET first_from = ?, first_to = ?, last_from = ?, last_to = ? WHERE id = ?",
            (*known, number),
        )
    connection.execute("INSERT OR REPLACE INTO registry (name, value) VALUES ('keys', ?)", (version,))
    return True


@cache
def keys_version() -> str:
    """Return what tells the rules that keys are made by from others: a digest of the files that hold them."""
    digest = hashlib.sha256(WORD.encode())
    for file in sorted(files("onrecord.speakers").iterdir(), key=lambda one: one.name):
        if _RULES.fullmatch(file.name):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def relabel(connection: sqlite3.Connection, given: str, label: str) -> None:
    """Give the offices whose position or body is kept under its identifier the name that it has."""
    found = connection.execute(
        "SELECT id, role, body FROM office WHERE role = ? OR body = ?", (given, given)
    ).fetchall()
    for number, role, body in found:
        named = label if role == given else role, label if body == given else body
        connection.execute("UPDATE OR IGNORE office SET role = ?, body = ? WHERE id = ?", (*named, number))
        connection.execute("DELETE FROM office_key WHERE office_id = ?", (number,))
        _key_office(connection, number, *named)


def names_of(connection: sqlite3.Connection, actors: Iterable[str]) -> set[str]:
    """Return all names kept of these actors, whomever they were moved to since."""
    return {
        name
        for actor in actors
        for (name,) in connection.execute("SELECT name FROM actor_name WHERE actor_id = ?", (actor,))
    }


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Return a name in lower case without accents, as it is compared and searched."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def script(name: str) -> str | None:
    """Return the script of a name's first letter, as Unicode names it ("latin", "cyrillic", "arabic")."""
    for letter in name:
        if letter.isalpha():
            return unicodedata.name(letter, "").partition(" ")[0].lower() or None
    return None


def _key_name(connection: sqlite3.Connection, number: int | None, name: str) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO name_key (key, name_id) VALUES (?, ?)",
        [(key, number) for key in naming.keys(name) | {f"{WORD}{word}" for word in written(name)}],
    )


def _key_office(connection: sqlite3.Connection, number: int | None, role: str, body: str | None) -> None:
    office = terms.office(role, body)
    keys = [f"={office.words}"]
    if office.role is not None:
        keys += [f"~{office.role}", *(f"<{one}" for one in office.includes)]
    connection.executemany(
        "INSERT OR IGNORE INTO office_key (body_key, key, office_id) VALUES (?, ?, ?)",
        [(office.body, key, number) for key in keys],
    )
