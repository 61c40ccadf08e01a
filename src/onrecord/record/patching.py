"""Laying a patch file over a record: what people decided elsewhere, with their names and times.

What a person decided otherwise in this record is a conflict: it is listed, and nothing of it is applied.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from onrecord.article import Article
from onrecord.errors import QueryError
from onrecord.record import (
    anchors,
    deciding,
    judging,
    laying,
    links,
    merging,
    patches,
    registering,
    rows,
    standing,
)
from onrecord.record.actors import RecordActors
from onrecord.record.patches import Line, LineError
from onrecord.record.store import Store
from onrecord.speakers import naming

_PLACED: Final = frozenset(("spans", "quoted", "type"))
_HASH: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What became of one line of a patch file.

    Attributes:
        line: its number.
        state: ``applied``; ``held``, when the record has it already; ``undone``, when it was taken back
            before it was exported; ``conflict``, when it cannot be applied; ``failed``, when the line is
            none.
        reason: why not.
        judgement: number of the judgement in the record, for what was applied to a statement.
    """

    line: int
    state: str
    reason: str | None = None
    judgement: int | None = None


@dataclass(frozen=True, slots=True)
class _Target:
    """The statement of this record that a line is about."""

    article_id: int
    article: Article
    text_id: int
    held: standing.Held
    decided: Mapping[str, Any]


class _ConflictError(Exception):
    """A line that cannot be applied to this record."""


def apply(store: Store, lines: Iterable[str]) -> list[Applied]:
    """Lay a patch file over a record, in one transaction; what is held already changes nothing.

    Args:
        store: the record.
        lines: of the file.

    Raises:
        QueryError: it is no patch file.
        RecordError: the record cannot be written.
    """
    failed: dict[int, str] = {}
    parsed: dict[int, Line] = {}
    decisions: list[tuple[int, dict[str, Any]]] = []
    for number, value in patches.objects(lines, failed):
        try:
            if "action" in value:
                decisions.append((number, patches.decision_of(value)))
            else:
                line = patches.line_of(number, value)
                if line.id in parsed:
                    raise LineError(f"the id {line.id} stands twice in the file")
                parsed[line.id] = line
        except LineError as error:
            failed[number] = str(error)
    done = [Applied(line=number, state="failed", reason=reason) for number, reason in failed.items()]
    with store.writing("applying judgements") as connection:
        done += [_decide(connection, number, value) for number, value in decisions]
        done += _Applying(connection, parsed).run()
    return sorted(done, key=lambda one: one.line)


@dataclass(slots=True)
class _Applying:
    """One patch file on its way into a record."""

    connection: sqlite3.Connection
    lines: dict[int, Line]
    made: dict[int, int] = field(default_factory=dict)

    def run(self) -> list[Applied]:
        history = [merging.Decided(one.id, one.field, None, one.undoes) for one in self.lines.values()]
        holding = {one.id for one in merging.effective(history)}
        return [
            self._one(line, line.id in holding, history) for line in sorted(self.lines.values(), key=_by_id)
        ]

    def _one(self, line: Line, holds: bool, history: list[merging.Decided]) -> Applied:
        try:
            if line.undoes is not None:
                return self._undo(line, history)
            target = self._target(line)
            if target is None:
                return self._add(line, holds=holds)
            value = self._value(line, target)
            held = self._held(line, target, value)
            if held is not None:
                self.made[line.id] = held
                return Applied(line=line.number, state="held", judgement=held)
            if not holds:
                return Applied(line=line.number, state="undone", reason="it was taken back")
            self._agree(line, target, value)
            number = self._append(line, target, value)
        except _ConflictError as error:
            return Applied(line=line.number, state="conflict", reason=str(error))
        self.made[line.id] = number
        return Applied(line=line.number, state="applied", judgement=number)

    def _undo(self, line: Line, history: list[merging.Decided]) -> Applied:
        target = self.made.get(line.undoes or 0)
        if target is None:
            return Applied(line=line.number, state="undone", reason="what it takes back is not in the record")
        row = self.connection.execute(
            "SELECT id FROM judgement WHERE undoes = ? AND author = ? AND made = ?",
            (target, line.author, line.made),
        ).fetchone()
        if row is not None:
            self.made[line.id] = int(row[0])
            return Applied(line=line.number, state="held", judgement=int(row[0]))
        if not judging.holds(next(one for one in history if one.id == line.id), history):
            return Applied(line=line.number, state="undone", reason="it was taken back")
        if self.connection.execute("SELECT 1 FROM judgement WHERE undoes = ?", (target,)).fetchone():
            return Applied(line=line.number, state="held", judgement=target)
        number = judging.append_undo(self.connection, target, line.author, line.reason, line.made)
        self.made[line.id] = number
        return Applied(line=line.number, state="applied", judgement=number)

    def _add(self, line: Line, *, holds: bool) -> Applied:
        """Add the statement that a line adds."""
        if not holds:
            return Applied(line=line.number, state="undone", reason="it was taken back")
        given: dict[str, Any] = {"type": line.value.get("type")}
        given |= {role: {"quotes": line.value[role]} for role in ("source", "cue") if line.value.get(role)}
        selectors = [asdict(quote) for quote in line.quotes]
        for article_id in _articles(self.connection, line.where):
            found = standing.standing_article(self.connection, article_id)
            if found is None or anchors.locate_all(found[0].text, line.quotes) is None:
                continue
            try:
                _, number = judging.adding_to(
                    self.connection, article_id, *found, {**given, "content": {"quotes": selectors}},
                    line.author, line.reason, line.made,
                )  # fmt: skip
            except QueryError as error:
                raise _ConflictError(str(error)) from error
            self.made[line.id] = number
            return Applied(line=line.number, state="applied", judgement=number)
        raise _ConflictError(f"the words {line.quotes[0].exact[:60]!r} stand in no article of this record")

    def _target(self, line: Line) -> _Target | None:
        """Return the standing statement that a line is about, ``None`` where it adds one."""
        articles = _articles(self.connection, line.where)
        if not articles:
            name = line.where.get("url") or line.where.get("address") or "its article"
            raise _ConflictError(f"{name} is not in this record")
        found: list[_Target] = []
        worded = False
        for article_id in articles:
            standing_text = standing.standing_article(self.connection, article_id)
            if standing_text is None:
                continue
            article, text_id, run_id = standing_text
            spans = anchors.locate_all(article.text, line.quotes)
            worded = worded or spans is not None
            laid = laying.lay(self.connection, article_id, article, run_id)
            match = laid.find(spans) if spans else None
            if match is not None and (line.field != laying.ADDED or match.statement.content == spans):
                decided = laid.decided.get(match.statement.id, {})
                found.append(_Target(article_id, article, text_id, match, decided))
        if not found and line.field == laying.ADDED:
            return None
        if not found:
            what = "no statement was found in them" if worded else "they do not stand in the article"
            raise _ConflictError(f"the words {line.quotes[0].exact[:60]!r}: {what}")
        return found[0]

    def _value(self, line: Line, target: _Target) -> Any:
        """Return the value as this record keeps it."""
        if line.field == laying.ADDED:
            return {"type": target.held.statement.type}
        if line.field in merging.BESIDE:
            return line.value
        value = line.value
        if line.field == "speaker" and isinstance(value, dict):
            return _local(self.connection, value)
        try:
            return merging.check(line.field, value, target.article)
        except QueryError as error:
            raise _ConflictError(str(error)) from error

    def _held(self, line: Line, target: _Target, value: Any) -> int | None:
        """Return the judgement of the record that this line is."""
        for number, kept in self.connection.execute(
            "SELECT j.id, j.value FROM judgement j JOIN placement p ON p.judgement_id = j.id WHERE "
            "j.article_id = ? AND j.field = ? AND j.author = ? AND j.made = ? AND ? IN (j.statement_id, "
            "p.statement_id) ORDER BY j.id",
            (target.article_id, line.field, line.author.strip(), line.made, target.held.statement.id),
        ).fetchall():
            if number not in self.made.values() and _same(rows.loads(kept, f"judgement {number}"), value):
                return int(number)
        return None

    def _agree(self, line: Line, target: _Target, value: Any) -> None:
        """Refuse what a person decided otherwise in this record."""
        if line.field in target.decided and not _same(target.decided[line.field], value):
            row = self.connection.execute(
                "SELECT j.author, j.made FROM judgement j JOIN placement p ON p.judgement_id = j.id WHERE "
                "j.article_id = ? AND j.field = ? AND p.place = 'placed' AND p.statement_id = ? "
                "ORDER BY j.id DESC LIMIT 1",
                (target.article_id, line.field, target.held.statement.id),
            ).fetchone()
            author, made = row or ("somebody", "")
            here, there = _shown(target.decided[line.field]), _shown(value)
            raise _ConflictError(
                f"statement {target.held.statement.id}: {line.field} is {here} here ({author}, {made[:10]}), "
                f"and {there} there ({line.author}, {line.made[:10]})"
            )

    def _append(self, line: Line, target: _Target, value: Any) -> int:
        return judging.append(
            self.connection, target.article_id, target.text_id, target.article, target.held, line.field,
            value, target.decided, line.author, line.reason, line.made,
        )  # fmt: skip


def _by_id(line: Line) -> int:
    return line.id


def _articles(connection: sqlite3.Connection, where: Mapping[str, Any]) -> list[int]:
    """Return the articles that a line may mean: by page, by text, by address, in this order."""
    found: dict[int, None] = {}
    for sql, value in (
        ("SELECT article_id FROM page WHERE sha256 = ? ORDER BY article_id", where.get("page")),
        ("SELECT a.id FROM article a JOIN text x ON x.id = a.text_id WHERE x.sha256 = ?", where.get("text")),
        ("SELECT id FROM article WHERE address = ?", where.get("address")),
    ):
        if value and (sql.endswith("address = ?") or _HASH.fullmatch(value)):
            found.update((number, None) for (number,) in connection.execute(sql, (value,)).fetchall())
    address = where.get("address")
    # One page may stand under several addresses: the one named comes first.
    return sorted(found, key=lambda number: not _is_at(connection, number, address))


def _is_at(connection: sqlite3.Connection, article_id: int, address: Any) -> bool:
    row = connection.execute("SELECT address FROM article WHERE id = ?", (article_id,)).fetchone()
    return bool(row and row[0] == address)


def _local(connection: sqlite3.Connection, value: Mapping[str, Any]) -> Any:
    """Return the speaker as this record knows the actor; where it knows none, the name alone."""
    name, kind, actor = value.get("name"), value.get("kind"), value.get("actor")
    identifiers = value.get("identifiers") or {}
    if (
        not isinstance(name, str)
        or not 0 < len(name) <= patches.LONGEST_NAME
        or not isinstance(identifiers, dict)
    ):
        raise _ConflictError("its speaker has no name")
    if kind is not None and kind not in merging.KINDS:
        raise _ConflictError(f"its speaker's kind is {kind!r}")
    actors = RecordActors(connection)
    known = None
    for scheme, identifier in identifiers.items():
        if isinstance(identifier, str):
            known = known or actors.by_identifier(str(scheme), identifier)
    if known is None and isinstance(actor, str):
        # The same id may be somebody else's in another record: the name must be his too.
        one = actors.get(actor)
        names = (one.label, *one.names) if one else ()
        known = one if any(naming.compare(name, own).score >= naming.SAME for own in names) else None
    found = judging.chosen(connection, known.id if known else name)
    return {**found, "name": name} if found else name


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        if one.keys() & _PLACED or other.keys() & _PLACED:
            return _words_count(one) == _words_count(other) and ("spans" not in one or one == other)
        if "outcome" in one or "outcome" in other:
            return one.get("outcome") == other.get("outcome")
        return bool(one.get("actor") == other.get("actor"))
    return bool(_name(one) == _name(other))


def _words_count(value: Mapping[str, Any]) -> tuple[int | None, Any]:
    """Return what two records hold alike of words set by place: how many stretches, and the type."""
    return value.get("quoted", len(value["spans"]) if "spans" in value else None), value.get("type")


def _name(value: Any) -> Any:
    name = value.get("name") if isinstance(value, dict) else value
    return registering.fold(name) if isinstance(name, str) else name


def _shown(value: Any) -> str:
    name = value.get("outcome", value.get("name")) if isinstance(value, dict) else value
    return "unknown" if name is None else repr(name)


def _decide(connection: sqlite3.Connection, number: int, value: Mapping[str, Any]) -> Applied:
    """Apply a decision about an actor."""
    for one in deciding.decisions(connection):
        if (one.actor, one.action) != (value["actor"], value["action"]):
            continue
        if one.value == value["value"] and (one.author, one.made) == (value["author"], value["made"]):
            return Applied(line=number, state="held")
        if one.holds and one.value == value["value"]:
            return Applied(line=number, state="held")
        if one.holds and one.action != "split":
            otherwise = f"{one.action} {json.dumps(one.value)}"
            what = f"actor {one.actor}: {one.author} decided otherwise here ({otherwise})"
            return Applied(line=number, state="conflict", reason=what)
    named = [value["actor"], *([value["value"]["into"]] if value["action"] == "merge" else [])]
    for actor in named:
        if links.root(connection, actor) is None:
            return Applied(
                line=number, state="conflict", reason=f"there is no actor {actor!r} in this record"
            )
    try:
        deciding.adopt(connection, value)
    except (QueryError, ValueError) as error:
        return Applied(line=number, state="conflict", reason=str(error))
    return Applied(line=number, state="applied")
