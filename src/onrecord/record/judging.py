"""Judgements: appended, anchored to the words judged, taken back by another judgement."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any, Final

from onrecord.article import Article
from onrecord.errors import QueryError
from onrecord.record import anchors, ids, links, merging, outcomes, registering, rows, standing
from onrecord.record.actors import RecordActors
from onrecord.record.linking import SHIPPED
from onrecord.record.store import Store, now
from onrecord.record.values import Judgement
from onrecord.speakers.lookup import Known

_SELECT: Final = (
    "SELECT j.id, j.statement_id, j.article_id, j.field, j.value, j.was, j.author, j.reason, "
    "j.made, j.undoes, "
    "(SELECT group_concat(exact, ' […] ') FROM (SELECT exact FROM anchor WHERE judgement_id = "
    "j.id ORDER BY n)), "
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
) -> list[Judgement]:
    """Append a judgement for each field, all or none.

    A field is ``verdict``, ``outcome`` (its value is the outcome and the evidence), or one that can be set.
    """
    if not author.strip():
        raise QueryError("a judgement needs an author. Give a name with --author")
    with store.writing(f"judging {statement}") as connection:
        article_id, statement_id = ids.find(connection, statement, article)
        made = [
            _judge(connection, article_id, statement_id, field, value, author, reason)
            for field, value in values.items()
        ]
        marks = ",".join("?" * len(made))
        return select(connection, f"WHERE j.id IN ({marks})", tuple(made))


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
    else:
        kept = value if field == "verdict" else merging.check(field, value, text)
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
    number = _append(connection, article_id, one, field, value, was, author, reason, made)
    connection.executemany(
        "INSERT INTO anchor (judgement_id, n, exact, prefix, suffix, start, text_id) VALUES (?,?,?,?,?,?,?)",
        [
            (number, n, quote.exact, quote.prefix, quote.suffix, quote.start, text_id)
            for n, quote in enumerate(anchors.make(article.text, span) for span in one.statement.content)
        ],
    )
    _settle(connection, article_id)
    return number


def undo(store: Store, judgement: int, *, author: str, reason: str | None) -> Judgement:
    """Append a judgement that takes another one back; undoing an undoing brings it back."""
    if not author.strip():
        raise QueryError("a judgement needs an author. Give a name with --author")
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
            value=_shown(value := rows.loads(row[4], f"judgement {row[0]}")),
            was=_shown(rows.loads(row[5], f"judgement {row[0]}")),
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
    actors = RecordActors(connection)
    known = actors.get(words)
    if known is None:
        bearing = [one for one in actors.alike(words) if _bears(one, words)]
        known = bearing[0] if len(bearing) == 1 else None
    if known is None:
        return None
    if links.root(connection, known.id) is None:
        registering.save(connection, known, source=SHIPPED)
    return {"actor": known.id, "name": known.label, "kind": known.kind}


def _bears(actor: Known, name: str) -> bool:
    return registering.fold(name) in map(registering.fold, (actor.label, *actor.names))


def _shown(value: Any) -> Any:
    """Return a value as it is shown: of an actor the name, of an outcome what became of the statement."""
    return value.get("outcome", value.get("name")) if isinstance(value, dict) else value


def holds(one: merging.Decided, history: list[merging.Decided]) -> bool:
    """Tell whether a judgement is not taken back by one that holds itself."""
    return not any(later.undoes == one.id and holds(later, history) for later in history)


def _held(
    connection: sqlite3.Connection, article_id: int, article: Article, run_id: int, statement_id: str
) -> tuple[standing.Held, dict[str, Any]]:
    held = standing.held_statements(connection, run_id)
    held, decided, _ = standing.place(connection, article_id, article, run_id, held)
    one = next(one for one in held if one.statement.id == statement_id)
    return one, decided.get(statement_id, {})


def _was(one: standing.Held, decided: Mapping[str, Any], field: str, article: Article) -> Any:
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
