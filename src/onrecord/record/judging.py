"""Judgements: appended, anchored to the words judged, taken back by another judgement."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any, Final

from onrecord.article import Article, Spans, statement_id
from onrecord.errors import QueryError
from onrecord.record import (
    anchors,
    changes,
    deciding,
    laying,
    links,
    merging,
    outcomes,
    registering,
    rows,
    runs,
    standing,
)
from onrecord.record.actors import RecordActors
from onrecord.record.laying import ADDED, BAND, ROLES
from onrecord.record.linking import SHIPPED
from onrecord.record.store import Store, now
from onrecord.record.values import Judgement
from onrecord.speakers.lookup import Known

_SELECT: Final = (
    "SELECT j.id, j.statement_id, j.article_id, j.field, j.value, j.was, j.author, j.reason, "
    "j.made, j.undoes, "
    "(SELECT group_concat(exact, ' […] ') FROM (SELECT exact FROM anchor WHERE judgement_id = "
    "j.id AND n < 1000 ORDER BY n)), "
    "p.place, p.statement_id FROM judgement j JOIN placement p ON p.judgement_id = j.id "
)


def judge(
    store: Store,
    statement: str,
    values: Mapping[str, object],
    *,
    author: str,
    reason: str | None,
    article: int | None,
    based_on: int | None = None,
) -> list[Judgement]:
    """Append a judgement for each field, all or none.

    A field is ``verdict``, ``outcome`` (its value is the outcome and the evidence), or one that can be set.
    ``based_on`` is the number of the last judgement on the statement that the author has seen, 0 for none.
    """
    require_author(author)
    with store.writing(f"judging {statement}") as connection:
        article_id, statement_id = changes.find(connection, statement, article)
        changes.check(connection, article_id, statement_id, based_on)
        made = []
        for field, value in values.items():
            number = _judge(connection, article_id, statement_id, field, value, author, reason)
            made.append(number)
            if field == "content":
                statement_id = changes.find(connection, statement_id, article_id)[1]
        return select(connection, f"WHERE j.id IN ({','.join('?' * len(made))})", tuple(made))


def require_author(author: str) -> None:
    """Refuse a judgement that nobody makes.

    Raises:
        QueryError: the name is empty.
    """
    if not author.strip():
        raise QueryError("a judgement needs an author. Give a name with --author")


def _judge(
    connection: sqlite3.Connection, article_id: int, statement_id: str, field: str, value: object,
    author: str, reason: str | None,
) -> int:  # fmt: skip
    """Append one judgement, settle its article, and return its number."""
    found = standing.standing_article(connection, article_id)
    assert found is not None
    text, text_id, run_id = found
    one, decided = _held(connection, article_id, text, run_id, statement_id)
    kept: Any
    if field == outcomes.OUTCOME:
        outcome, evidence = value if isinstance(value, tuple) else (value, None)
        kept = outcomes.decided(connection, outcome, evidence, statement_id)
        if merging.merge(one.statement, decided, text).outlook is None:
            what = f"statement {statement_id} is not known to look ahead"
            raise QueryError(f"{what}. Say what it is first, such as --set outlook=promise")
    elif field == "speaker" and isinstance(value, Mapping):
        kept = deciding.create(connection, value)
    else:
        near = one.statement.content[0]
        kept = value if field == "verdict" else merging.check(field, value, text, near)
    if field == "speaker" and isinstance(kept, str):
        kept = chosen(connection, kept) or kept
    return append(connection, article_id, text_id, text, one, field, kept, decided, author, reason, now())


def append(
    connection: sqlite3.Connection, article_id: int, text_id: int, article: Article, one: standing.Held,
    field: str, value: Any, decided: Mapping[str, Any], author: str, reason: str | None, made: str,
) -> int:  # fmt: skip
    """Append a checked judgement on a statement, settle its article, and return its number.

    Args:
        connection: within a write transaction.
        article_id: the article.
        text_id: its standing text.
        article: the same.
        one: the statement.
        field: what is decided.
        value: as it is kept.
        decided: what people decided of the statement before.
        author: who decides.
        reason: why.
        made: when, ISO 8601 in UTC.
    """
    was = decided.get(field) if field in merging.BESIDE else _was(one, decided, field, article)
    quotes = _quoted(field, value, article)
    kept = value
    if field != ADDED and quotes:
        # The words themselves are kept as anchors, which a takedown takes out.
        kept, was = {"quoted": len(quotes[field])}, None
        if field == "content":
            kept["id"] = statement_id(article.text_sha256, quotes[field])
    elif field == ADDED:
        kept = {"type": value["type"]}
    number = _append(connection, article_id, one, field, kept, was, author, reason, made)
    connection.executemany(
        "INSERT INTO anchor (judgement_id, n, exact, prefix, suffix, start, text_id) VALUES (?,?,?,?,?,?,?)",
        [
            (number, n + band, quote.exact, quote.prefix, quote.suffix, quote.start, text_id)
            for band, spans in [
                (0, one.statement.content),
                *((ROLES[r] * BAND, s) for r, s in quotes.items()),
            ]
            for n, quote in enumerate(anchors.make(article.text, span) for span in spans)
        ],
    )
    _settle(connection, article_id)
    return number


def _quoted(field: str, value: Any, article: Article) -> dict[str, Spans]:
    """Return role -> the spans that a judgement sets for it."""
    if field == ADDED:
        return {role: spans for role in ("source", "cue") if (spans := value.get(role))}
    if not isinstance(value, Mapping) or "spans" not in value:
        return {}
    spans = tuple((start, end) for start, end in value["spans"])
    if field == "content":
        merging.require_content(spans, article)
    return {field: spans} if spans else {}


def add(
    store: Store,
    article: int,
    values: Mapping[str, object],
    *,
    author: str,
    reason: str | None = None,
) -> list[Judgement]:
    """Add a statement that was not found, as a judgement, with what is set of it further.

    Args:
        store: the record.
        article: number of the article.
        values: ``content`` (words of the article or spans), and what else is known of it: any of
            :data:`onrecord.record.SETTABLE`. ``type`` is told by the quotation marks when not given.
        author: who decides.
        reason: why.

    Raises:
        QueryError: there is no such article, the words are not in it, or the statement stands already.
        RecordError: the record cannot be written.
    """
    require_author(author)
    with store.writing(f"adding a statement to article {article}") as connection:
        found = standing.standing_article(connection, article)
        if found is None:
            raise QueryError(f"there is no article {article} in the record. `onrecord show` prints numbers")
        given = dict(values)
        made_at = now()
        one, first = adding_to(connection, article, *found, given, author, reason, made_at)
        made = [first]
        for field, value in given.items():
            if field not in ("content", "source", "cue", "type"):
                made.append(_judge(connection, article, one, field, value, author, reason))
        return select(connection, f"WHERE j.id IN ({','.join('?' * len(made))})", tuple(made))


def adding_to(
    connection: sqlite3.Connection, article_id: int, article: Article, text_id: int, run_id: int,
    given: Mapping[str, object], author: str, reason: str | None, made: str,
) -> tuple[str, int]:  # fmt: skip
    """Append the judgement that adds a statement; return the statement's id and the judgement's number."""
    if "content" not in given:
        raise QueryError("name the words of the statement (content)")
    roles: dict[str, Spans] = {}
    for role in ("content", "source", "cue"):
        value = merging.check(role, given[role], article) if given.get(role) else None
        if isinstance(value, str):
            at = merging.nearest(article.text, value, roles["content"][0])
            roles[role] = (at,) if at else ()
        elif value is not None:
            roles[role] = tuple((start, end) for start, end in value["spans"])
    merging.require_content(roles["content"], article)
    type_ = given.get("type")
    named = None if type_ is None else merging.check("type", type_, article)
    laid = laying.lay(connection, article_id, article, run_id)
    number = statement_id(article.text_sha256, roles["content"])
    if any(one.statement.id == number for one in laid.held):
        raise QueryError(f"a statement with these words stands already ({number}). Accept or correct it")
    if number not in laid.kept:
        missed = runs.missed(article, roles, named, [one.statement for one in laid.held])
        runs.save_statements(connection, run_id, [missed], "judgement")
    kept = runs.held_statements(connection, run_id, "judgement")
    row = next(one for one in kept if one.statement.id == number)
    value = {"type": row.statement.type, "source": row.statement.source, "cue": row.statement.cue}
    made_one = append(connection, article_id, text_id, article, row, ADDED, value, {}, author, reason, made)
    return number, made_one


def undo(store: Store, judgement: int, *, author: str, reason: str | None) -> Judgement:
    """Append a judgement that takes another one back; undoing an undoing brings it back."""
    require_author(author)
    with store.writing(f"undoing judgement {judgement}") as connection:
        row = connection.execute("SELECT article_id FROM judgement WHERE id = ?", (judgement,)).fetchone()
        if row is None:
            raise QueryError(f"there is no judgement {judgement}. `onrecord judge --list` shows them")
        history = [
            merging.Decided(number, "", None, undoes)
            for number, undoes in connection.execute(
                "SELECT id, undoes FROM judgement WHERE article_id = ?", row
            ).fetchall()
        ]
        taken_back = {one.undoes for one in history if one.undoes is not None and holds(one, history)}
        if judgement in taken_back:
            raise QueryError(f"judgement {judgement} is undone already")
        number = append_undo(connection, judgement, author, reason, now())
        return select(connection, "WHERE j.id = ?", (number,))[0]


def append_undo(
    connection: sqlite3.Connection, judgement: int, author: str, reason: str | None, made: str
) -> int:
    """Append a judgement that takes another one back, settle its article, and return its number."""
    article_id, statement_id, statement_pk, value, was = connection.execute(
        "SELECT article_id, statement_id, statement_pk, value, was FROM judgement WHERE id = ?", (judgement,)
    ).fetchone()
    number = connection.execute(
        "INSERT INTO judgement (article_id, statement_id, statement_pk, field, value, was, author, reason, "
        "made, undoes) VALUES (?,?,?,'undo',?,?,?,?,?,?)",
        (article_id, statement_id, statement_pk, was, value, author, reason, made, judgement),
    ).lastrowid
    assert number is not None
    _settle(connection, article_id)
    return number


def select(connection: sqlite3.Connection, where: str = "", values: tuple[Any, ...] = ()) -> list[Judgement]:
    """Return judgements in the order made. ``where`` is SQL of ours, never of a user."""
    found = connection.execute(f"{_SELECT} {where} ORDER BY j.id", values).fetchall()
    for row in found:
        rows.strings(f"judgement {row[0]}", *(row[n] for n in (1, 3, 6, 8, 11)))
        rows.strings(f"judgement {row[0]}", *(row[n] for n in (7, 10, 12) if row[n] is not None))
    return [
        Judgement(
            id=row[0], statement=row[1], article=row[2], field=row[3],
            value=_value(connection, row[0], row[3], value := rows.loads(row[4], f"judgement {row[0]}")),
            was=row[10] if row[3] == "content" else _shown(rows.loads(row[5], f"judgement {row[0]}")),
            author=row[6], reason=row[7], made=row[8], undoes=row[9], exact=row[10], place=row[11],
            now=row[12], actor=value.get("actor") if isinstance(value, dict) else None,
            evidence=value.get("evidence") if isinstance(value, dict) else None,
        )
        for row in found
    ]  # fmt: skip


def chosen(connection: sqlite3.Connection, words: str) -> dict[str, Any] | None:
    """Return the actor whose id or name these words are, ``None`` when no actor or several bear the name.

    An actor of the shipped registry is brought into the record.
    """
    known = bearer(connection, words)
    if known is None:
        return None
    if links.root(connection, known.id) is None:
        registering.save(connection, known, source=SHIPPED)
    return {"actor": known.id, "name": known.label, "kind": known.kind}


def bearer(connection: sqlite3.Connection, words: str) -> Known | None:
    """Return the actor whose id or name these words are, ``None`` when no actor or several bear the name."""
    actors = RecordActors(connection)
    known = actors.get(words)
    if known is not None:
        return known
    bearing = [one for one in actors.alike(words) if _bears(one, words)]
    return bearing[0] if len(bearing) == 1 else None


def _bears(actor: Known, name: str) -> bool:
    return registering.fold(name) in map(registering.fold, (actor.label, *actor.names))


def _value(connection: sqlite3.Connection, number: int, field: str, value: Any) -> Any:
    """Return a value as it is shown: of words set by place those words, ``None`` when they were taken out."""
    if field == ADDED:
        return None
    if not isinstance(value, dict) or "quoted" not in value:
        return _shown(value)
    band = ROLES.get(field, 0) * BAND
    found = connection.execute(
        "SELECT exact FROM anchor WHERE judgement_id = ? AND n BETWEEN ? AND ? ORDER BY n",
        (number, band, band + BAND - 1),
    ).fetchall()
    return " […] ".join(str(exact) for (exact,) in found) or None


def _shown(value: Any) -> Any:
    """Return a value as it is shown: of an actor the name, of an outcome what became of the statement."""
    return value.get("outcome", value.get("name")) if isinstance(value, dict) else value


def holds(one: merging.Decided, history: list[merging.Decided]) -> bool:
    """Tell whether a judgement is not taken back by one that holds itself."""
    return not any(later.undoes == one.id and holds(later, history) for later in history)


def _held(
    connection: sqlite3.Connection, article_id: int, article: Article, run_id: int, statement_id: str
) -> tuple[standing.Held, dict[str, Any]]:
    laid = laying.lay(connection, article_id, article, run_id)
    one = next(one for one in laid.held if one.statement.id == statement_id)
    return one, laid.decided.get(statement_id, {})


def _was(one: standing.Held, decided: Mapping[str, Any], field: str, article: Article) -> Any:
    if field == "content":
        return None  # the words judged, which are kept as anchors
    merged = merging.merge(one.statement, decided, article)
    if field in ("speaker", "kind", "office"):
        name = "name" if field == "speaker" else field
        return getattr(merged.speaker, name) if merged.speaker else None
    value = getattr(merged, field)
    if field in ("said", "released", "due"):
        return f"{value.first}/{value.last}" if value else None
    return article.quote(value) or None if isinstance(value, tuple) else value


def _append(
    connection: sqlite3.Connection, article_id: int, one: standing.Held, field: str, value: Any, was: Any,
    author: str, reason: str | None, made: str,
) -> int:  # fmt: skip
    cursor = connection.execute(
        "INSERT INTO judgement (article_id, statement_id, statement_pk, field, value, was, author, reason, "
        "made) VALUES (?,?,?,?,?,?,?,?,?)",
        (
            article_id, one.statement.id, one.pk, field, rows.dumps(value), rows.dumps(was),
            author.strip(), reason, made,
        ),
    )  # fmt: skip
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _settle(connection: sqlite3.Connection, article_id: int) -> None:
    index = standing.Index(connection)
    standing.settle(connection, index, article_id)
    index.flush()
