"""Offices learned from texts: each place that says so is a row, from which terms of office are derived.

A text proves an office on its own day. Days that follow one another make one term; a gap between two is a
gap, and nobody is known to hold the office in it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

from onrecord.article import Speaker
from onrecord.record import links, registering, rows
from onrecord.record.actors import LEARNED
from onrecord.speakers import naming, terms
from onrecord.speakers.linking import LIFETIME, TEXTS
from onrecord.speakers.lookup import Term
from onrecord.speakers.states import states

#: Office words longer than this are no office.
LONGEST: Final = 200

#: An office speaks for a surname on the days around it, so many (:mod:`onrecord.speakers.linking`).
AROUND: Final = 366

Group = tuple[str, str, str]
Window = tuple[str, str]
Due = tuple[str, Window]

_EVER: Final[Window] = ("", "9999-12-31")
_OF_GROUP: Final = "actor_id = ? AND body_key = ? AND role_key = ?"


def office_key(body: str) -> str:
    """Return the key under which descriptions of the offices of a body are linked again."""
    return f"office:{body}"


def learn(
    connection: sqlite3.Connection, text_id: int, day: str | None,
    taught: Sequence[tuple[str, Speaker, links.Place]],
) -> list[Due]:  # fmt: skip
    """Keep what a text says of who held which office on its day, in place of what it said before.

    Args:
        connection: within a write transaction.
        text_id: the text.
        day: its day; without one it proves nothing.
        taught: actor, speaker with the office's spans, and the place of the name.

    Returns:
        the keys of names and offices that are to be linked again, with the days concerned.
    """
    wanted: dict[tuple[str, str, str, str, str], str] = {}
    for actor, speaker, place in taught if day else ():
        words = " ".join((speaker.office or "").split())
        office = terms.office(words)
        if day and office.role and 0 < len(words) <= LONGEST:
            spans = [*map(list, speaker.office_spans), [place[1], place[2]]]
            wanted.setdefault((actor, office.body, office.role, day, words), rows.dumps(spans))
    held = {
        tuple(row[:5]): row[5]
        for row in connection.execute(
            "SELECT actor_id, body_key, role_key, day, role, spans FROM office_evidence WHERE text_id = ?",
            (text_id,),
        ).fetchall()
    }
    if held == wanted:
        return []
    changed = [row for row in {**held, **wanted} if held.get(row) != wanted.get(row)]
    connection.executemany(
        f"DELETE FROM office_evidence WHERE text_id = ? AND {_OF_GROUP} AND day = ? AND role = ?",  # noqa: S608
        [(text_id, *row) for row in changed if row in held],
    )
    connection.executemany(
        "INSERT INTO office_evidence (text_id, actor_id, body_key, role_key, day, role, spans) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(text_id, *row, wanted[row]) for row in changed if row in wanted],
    )
    due: list[Due] = []
    for group in sorted({row[:3] for row in changed}):
        _rebuild(connection, group)
        for changed_day in sorted({row[3] for row in changed if row[:3] == group}):
            due += _concerned(connection, group, changed_day)
    return due


def forget(connection: sqlite3.Connection, text_id: int) -> list[Due]:
    """Take out what rested on a text; return what is to be linked again."""
    return learn(connection, text_id, None, ())


def names_in_texts(connection: sqlite3.Connection, actor: str) -> set[str]:
    """Return the full names by which texts mention an actor."""
    found = connection.execute(
        "SELECT DISTINCT n.name FROM mention m JOIN linked_name n ON n.id = m.name_id WHERE m.actor_id = ? "
        "AND m.role <> ?",
        (actor, links.VIA),
    )
    return {name for (name,) in found.fetchall() if len(name.split()) > 1}


def is_referred_to(connection: sqlite3.Connection, actor: str) -> bool:
    """Tell whether a person's decision names an actor."""
    return (
        connection.execute(
            "SELECT 1 FROM judgement WHERE field = 'speaker' AND value LIKE '{%' AND instr(value, ?) "
            "UNION ALL SELECT 1 FROM actor_judgement WHERE actor_id = ? OR instr(value, ?) LIMIT 1",
            (rows.dumps(actor), actor, rows.dumps(actor)),
        ).fetchone()
        is not None
    )


def _rebuild(connection: sqlite3.Connection, group: Group) -> None:
    """Make the terms of one office of one actor again from the rows that prove it; write what differs."""
    actor, body, role = group
    wanted = {(term.role, term.first, term.last): term for term in _terms(connection, group)}
    for number, words, first, last, kept in connection.execute(
        "SELECT id, role, first_day, last_day, evidence FROM office WHERE actor_id = ? AND source = ?",
        (actor, LEARNED),
    ).fetchall():
        office = terms.office(words)
        if (office.body, office.role) != (body, role):
            continue
        term = wanted.get((words, first, last))
        if term is not None and rows.dumps(dict(term.evidence)) == kept:
            del wanted[words, first, last]
        else:
            connection.execute("DELETE FROM office WHERE id = ?", (number,))
    for term in wanted.values():
        registering.add_term(connection, actor, term, source=LEARNED)


def _terms(connection: sqlite3.Connection, group: Group) -> Iterator[Term]:
    """Yield a term for each run of days that follow one another, with the texts of its first and last day."""
    found = connection.execute(
        "SELECT e.day, e.role, e.spans, x.sha256, e.text_id FROM office_evidence e JOIN text x "  # noqa: S608
        f"ON x.id = e.text_id WHERE {_OF_GROUP} ORDER BY e.day, x.sha256, e.role, e.text_id",
        group,
    ).fetchall()
    run: list[tuple[Any, ...]] = []
    for row in found:
        if run and date.fromisoformat(row[0]) - date.fromisoformat(run[-1][0]) > timedelta(days=1):
            yield _term(group[0], run)
            run = []
        run.append(row)
    if run:
        yield _term(group[0], run)


def _term(actor: str, run: list[tuple[Any, ...]]) -> Term:
    first, last = run[0][0], run[-1][0]
    shown = [run[0]] if first == last else [run[0], next(row for row in run if row[0] == last)]
    texts = [
        {"text": text_id, "sha256": sha256, "day": day, "spans": rows.loads(spans, "an office's evidence")}
        for day, _, spans, sha256, text_id in shown
    ]
    evidence = {"source": TEXTS, "texts": texts}
    return Term(actor=actor, role=run[0][1], first=first, last=last, evidence=evidence)


def _concerned(connection: sqlite3.Connection, group: Group, day: str) -> Iterator[Due]:
    """Yield what is to be linked again because a day of an office came or went."""
    actor, body, _ = group
    before, same, after = connection.execute(
        f"SELECT max(CASE WHEN day < ? THEN day END), max(day = ?), min(CASE WHEN day > ? THEN day END) "  # noqa: S608
        f"FROM office_evidence WHERE {_OF_GROUP}",
        (day, day, day, *group),
    ).fetchone()
    texts = connection.execute(
        f"SELECT count(DISTINCT text_id) FROM office_evidence WHERE {_OF_GROUP} AND day = ?",  # noqa: S608
        (*group, day),
    ).fetchone()[0]
    if same and texts > 2:
        return  # other texts say the same of that day
    windows = {(day, day)}  # a second text proves it to the first one
    if texts < 2:
        if body:
            yield office_key(body), (before or "", after or _EVER[1])
        windows = _windows(before, day, after) | _unusual(connection, group, day)
    keys = {key for name in registering.names_of(connection, [actor]) for key in naming.keys(name)}
    for key in sorted(keys):
        for window in sorted(windows):
            yield key, window


def _unusual(connection: sqlite3.Connection, group: Group, day: str) -> set[Window]:
    """Return the other days on which an office speaks against a name: another state, or a lifetime away.

    What at least two other texts tell is no news, not even to one of them, which is left out itself.
    """
    actor, body, role = group
    first, last, held = connection.execute(
        "SELECT min(day), max(day), count(DISTINCT CASE WHEN body_key = ? AND NOT (role_key = ? AND day = ?) "
        "THEN text_id END) FROM office_evidence WHERE actor_id = ?",
        (body, role, day, actor),
    ).fetchone()
    if held < 2 and body and states().of(body):
        return {_EVER}
    early, late = int(min(first or day, day)[:4]), int(max(last or day, day)[:4])
    return {
        ("0001-01-01", f"{max(late - LIFETIME, 0):04}-12-31"),
        (f"{early + LIFETIME:04}-01-01", _EVER[1]),
    }


def _windows(before: str | None, day: str, after: str | None) -> set[Window]:
    """Return the days to which one is the nearest of its neighbours, and to which it is without their own."""
    at = date.fromisoformat(day).toordinal()
    first, last = _shift(day, -AROUND), _shift(day, AROUND)
    found = {(one, one) for one in (before, after) if one and first <= one <= last}
    if before:
        first = max(first, _shift(before, (at - date.fromisoformat(before).toordinal()) // 2))
    if after:
        last = min(last, _shift(day, (date.fromisoformat(after).toordinal() - at + 1) // 2))
    return found | {(first, last)}


def _shift(day: str, days: int) -> str:
    at = date.fromisoformat(day).toordinal() + days
    return date.fromordinal(min(max(at, 1), date.max.toordinal())).isoformat()
