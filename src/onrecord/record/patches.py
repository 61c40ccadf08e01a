"""The lines of a patch file: judgements as JSON, written from a record, and read as a stranger's.

Each names the article by address and hashes and the words by a TextQuoteSelector of the W3C Web Annotation
Data Model (2017, section 4.2.4), so that it finds its place in a record with other numbers, another reader
or another model.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as column
from typing import Any, Final

from onrecord.errors import QueryError, RecordError
from onrecord.record import anchors, deciding, merging, outcomes, rows
from onrecord.record.laying import ADDED, BAND, ROLES
from onrecord.record.store import Store

#: The longest line of a patch file that is read, in code points; how many spans one statement may have.
LONGEST: Final = 1_000_000
MOST_SPANS: Final = 200
#: The longest name, in code points.
LONGEST_NAME: Final = 500

_VERSION: Final = 1
_MADE: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_VERDICTS: Final = ("accept", "reject")


class LineError(ValueError):
    """A line that is no judgement."""


@dataclass(frozen=True, slots=True)
class Line:
    """One judgement of a patch file."""

    number: int
    id: int
    field: str
    value: Any
    author: str
    reason: str | None
    made: str
    undoes: int | None
    where: Mapping[str, Any] = column(default_factory=dict)
    quotes: tuple[anchors.Anchor, ...] = ()


def export(store: Store) -> Iterator[dict[str, Any]]:
    """Yield the lines of a patch file with all judgements of a record, in the order made.

    Judgements whose page was removed are left out: their words are gone.
    """
    with store.reading("exporting judgements") as connection:
        yield {"onrecord": "judgements", "version": _VERSION}
        quotes, given_words = _selectors(connection)
        kept: set[int] = set()
        for row in connection.execute(
            "SELECT j.id, j.field, j.value, j.author, j.reason, j.made, j.undoes, a.address, x.sha256, "
            "p.sha256, x.url FROM judgement j JOIN article a ON a.id = j.article_id "
            "LEFT JOIN text x ON x.id = a.text_id LEFT JOIN page p ON p.id = a.page_id ORDER BY j.id"
        ).fetchall():
            number, name, value, author, reason, made, undoes, address, text, page, url = row
            if number not in quotes and undoes not in kept:
                continue
            kept.add(number)
            given = rows.loads(value, f"judgement {number}")
            line = {"id": number, "field": name, "author": author, "reason": reason, "made": made}
            if undoes is not None:
                yield {**line, "undoes": undoes}
                continue
            article = {"address": address, "url": url, "text": text, "page": page}
            target = {"source": article, "selector": quotes[number]}
            words = given_words.get(number, {})
            if name == ADDED:
                given = {**given, **words}
            elif name in words:
                given = {"quotes": words[name]}
            yield {**line, "value": _portable(connection, given), "target": target}
        for one in deciding.decisions(connection):
            if one.holds:
                yield {
                    "actor": one.actor, "action": one.action, "value": one.value, "author": one.author,
                    "reason": one.reason, "made": one.made,
                }  # fmt: skip


def _selectors(
    connection: sqlite3.Connection,
) -> tuple[dict[int, list[dict[str, Any]]], dict[int, dict[str, list[dict[str, Any]]]]]:
    """Return the selectors of each judgement: of the words judged, and role by role of those that it sets."""
    judged: dict[int, list[dict[str, Any]]] = {}
    given: dict[int, dict[str, list[dict[str, Any]]]] = {}
    roles = {band: role for role, band in ROLES.items()}
    for number, n, exact, prefix, suffix, start in connection.execute(
        "SELECT judgement_id, n, exact, prefix, suffix, start FROM anchor ORDER BY judgement_id, n"
    ).fetchall():
        words = {"exact": exact, "prefix": prefix, "suffix": suffix, "start": start}
        selector = {"type": "TextQuoteSelector", **words}
        if n < BAND:
            judged.setdefault(number, []).append(selector)
        elif n // BAND in roles:
            given.setdefault(number, {}).setdefault(roles[n // BAND], []).append(selector)
    return judged, given


def objects(lines: Iterable[str], failed: dict[int, str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the objects of a file with their line numbers, once its first line says that it is ours."""
    headed = False
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        problem: str | None = None
        value: Any = None
        if len(line) > LONGEST:
            problem = f"longer than {LONGEST:,} characters"
        else:
            try:
                value = rows.loads(line, "it")
            except RecordError:
                problem = "no JSON"
        if not headed:
            if not isinstance(value, dict) or value.get("onrecord") != "judgements":
                raise QueryError(
                    "this is no file of judgements. Make one with `onrecord judge --export FILE`"
                )
            if value.get("version") != _VERSION:
                raise QueryError(
                    f"a file of judgements of version {value.get('version')!r}; this one reads 1"
                )
            headed = True
        elif problem or not isinstance(value, dict):
            failed[number] = problem or "no JSON object"
        else:
            yield number, value
    if not headed:
        raise QueryError("this is no file of judgements: it is empty")


def line_of(number: int, value: Mapping[str, Any]) -> Line:
    """Return a judgement of a patch file.

    Raises:
        LineError: the line holds something else.
    """
    given, name = value.get("id"), value.get("field")
    if not isinstance(given, int) or isinstance(given, bool):
        raise LineError(f"its id is {given!r}, a number is wanted")
    author, reason, made = _by(value)
    undoes = value.get("undoes")
    if undoes is not None:
        if not isinstance(undoes, int) or undoes >= given:
            raise LineError(f"it undoes {undoes!r}, which is no judgement before it")
        return Line(number, given, "undo", None, author, reason, made, undoes)
    if not isinstance(name, str) or (name not in merging.BESIDE and name not in merging.SETTABLE):
        raise LineError(f"there is no field {name!r}")
    wanted = value.get("value")
    if name == "verdict" and wanted not in _VERDICTS:
        raise LineError(f"its verdict is {wanted!r}, accept or reject is wanted")
    if name == outcomes.OUTCOME and not outcomes.is_outcome(wanted):
        raise LineError(f"its outcome is none of {', '.join(outcomes.OUTCOMES)} with its evidence")
    if name == ADDED and not (isinstance(wanted, dict) and not set(wanted) - {"type", "source", "cue"}):
        raise LineError("it adds a statement without saying which (type, source and cue)")
    where, quotes = _place(value.get("target"))
    return Line(number, given, name, wanted, author, reason, made, None, where, quotes)


def _by(value: Mapping[str, Any]) -> tuple[str, str | None, str]:
    author, reason, made = value.get("author"), value.get("reason"), value.get("made")
    if not isinstance(author, str) or not author.strip() or len(author) > LONGEST_NAME:
        raise LineError("it names no author")
    if reason is not None and (not isinstance(reason, str) or len(reason) > merging.LONGEST):
        raise LineError("its reason is no text, or too long")
    if not isinstance(made, str) or not _MADE.fullmatch(made):
        raise LineError(f"its time {made!r} is not of the form 2012-12-22T10:00:00Z")
    return author, reason, made


def _place(target: Any) -> tuple[Mapping[str, Any], tuple[anchors.Anchor, ...]]:
    source = target.get("source") if isinstance(target, dict) else None
    selectors = target.get("selector") if isinstance(target, dict) else None
    if (
        not isinstance(source, dict)
        or not isinstance(selectors, list)
        or not 0 < len(selectors) <= MOST_SPANS
    ):
        raise LineError("it names no article and words (target with source and selector)")
    for name in ("address", "url", "text", "page"):
        if not isinstance(source.get(name), str | None):
            raise LineError(f"the article's {name} is no text")
    found = []
    for one in selectors:
        words = [one.get(name) for name in ("exact", "prefix", "suffix")] if isinstance(one, dict) else [None]
        start = one.get("start", 0) if isinstance(one, dict) else None
        if not all(isinstance(word, str) for word in words) or not words[0] or not isinstance(start, int):
            raise LineError("a selector is no TextQuoteSelector with exact, prefix and suffix")
        found.append(
            anchors.Anchor(
                one["exact"], one["prefix"], one["suffix"], max(0, min(start, rows.MOST_PAGE_BYTES))
            )
        )
    return source, tuple(found)


def _portable(connection: sqlite3.Connection, value: Any) -> Any:
    """Return a value with what tells its actor in another record."""
    if not isinstance(value, dict) or "actor" not in value:
        return value
    identifiers = dict(
        connection.execute(
            "SELECT scheme, value FROM actor_identifier WHERE actor_id = ? ORDER BY scheme, value DESC",
            (value.get("actor"),),
        ).fetchall()
    )
    return {**value, "identifiers": identifiers}


def decision_of(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return a decision about an actor.

    Raises:
        LineError: the line holds something else.
    """
    author, reason, made = _by(value)
    action, given, actor = value.get("action"), value.get("value"), value.get("actor")
    wanted = {"merge": ("into",), "rename": ("label",), "split": ("names", "to")}.get(str(action))
    if wanted is None or not isinstance(actor, str) or not isinstance(given, dict):
        raise LineError(f"it is no decision about an actor ({action!r})")
    for name in wanted:
        parts = given.get(name) if name == "names" else [given.get(name)]
        if not isinstance(parts, list) or not parts or not all(isinstance(one, str) and one for one in parts):
            raise LineError(f"its {name} is missing or no text")
    return {
        "actor": actor, "action": action, "value": {name: given[name] for name in wanted}, "author": author,
        "reason": reason, "made": made,
    }  # fmt: skip
