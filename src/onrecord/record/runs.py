"""The statements of a run, and which of them is the one that a person judged."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from onrecord.article import Article, Spans, Statement, statement_id
from onrecord.record import anchors, rows

_SAVED: Final = ", ".join(rows.STATEMENT_COLUMNS)


@dataclass(frozen=True, slots=True)
class Held:
    """A statement of a run with its row."""

    pk: int
    statement: Statement


def held_statements(connection: sqlite3.Connection, run_id: int, origin: str = "model") -> list[Held]:
    """Return the statements of a run that the model found, or those kept in it on a person's word."""
    found = connection.execute(
        f"SELECT pk, {_SAVED} FROM statement WHERE run_id = ? AND origin = ? ORDER BY pk",  # noqa: S608
        (run_id, origin),
    )
    return [Held(pk, rows.statement_from(values)) for pk, *values in found.fetchall()]


def save_statements(
    connection: sqlite3.Connection, run_id: int, statements: Iterable[Statement], origin: str = "model"
) -> list[Held]:
    """Write the statements of a run; the same content found twice is kept once."""
    marks = ",".join("?" * (len(rows.STATEMENT_COLUMNS) + 1))
    sql = f"INSERT INTO statement (run_id, {_SAVED}) VALUES ({marks})"  # noqa: S608
    once = {statement.id: statement for statement in reversed(list(statements))}
    held: list[Held] = []
    for statement in reversed(once.values()):
        cursor = connection.execute(sql, (run_id, *rows.statement_values(statement, origin)))
        assert cursor.lastrowid is not None
        held.append(Held(cursor.lastrowid, statement))
    return held


def missed(
    article: Article, roles: Mapping[str, Spans], type_: str | None, others: Sequence[Statement]
) -> Statement:
    """Return a statement that a person adds.

    Args:
        article: the article.
        roles: the spans of ``content``, and of ``source`` and ``cue`` where there are any.
        type_: direct, indirect or mixed; told by the quotation marks when ``None``.
        others: the statements that stand; the narrowest whose content holds this one's is its parent.
    """
    content = roles["content"]
    if type_ is None:
        # Here, as it loads numpy: asking a record does without.
        from onrecord.finding.quotation import QuotationMap
        from onrecord.finding.shaping import statement_type

        lines = [match.span() for match in re.finditer(r"[^\n]+", article.text)]
        type_ = statement_type(content, article.text, QuotationMap(article.text, lines).quotations)
    around = [
        one
        for one in others
        if all(any(a <= start and end <= b for a, b in one.content) for start, end in content)
    ]
    parent = min(around, key=lambda one: sum(end - start for start, end in one.content), default=None)
    return Statement(
        id=statement_id(article.text_sha256, content), type=type_, content=content,
        text=article.quote(content), source=roles.get("source", ()), cue=roles.get("cue", ()),
        parent=parent.id if parent else None, confidence=1.0,
    )  # fmt: skip


def match(
    connection: sqlite3.Connection, statement_pk: int | None, article: Article, spans: Spans,
    held: list[Held],
) -> Held | None:  # fmt: skip
    """Return the statement of the run that is the one judged, ``None`` when it was not found again.

    A nested statement and the one around it share most of their words: a statement that is nearer to another
    one of the judged run than to the judged one is that other, found again.

    Args:
        connection: the record.
        statement_pk: the row judged.
        article: the text of the run.
        spans: where the judged words stand in it.
        held: the statements of the run.
    """
    near = [one for one in held if anchors.same_content(one.statement.content, spans)]
    if not near:
        return None
    best = max(near, key=lambda one: anchors.overlap(one.statement.content, spans))
    if best.statement.content == spans:
        return best
    score = anchors.overlap(best.statement.content, spans)
    others = _beside(connection, statement_pk, article)
    taken = any(
        other != spans and anchors.overlap(best.statement.content, other) >= score for other in others
    )
    return None if taken else best


def keep(
    connection: sqlite3.Connection, run_id: int, statement_pk: int | None, article: Article, spans: Spans,
    held: list[Held], kept: dict[str, Held], *, save: bool,
) -> Held | None:  # fmt: skip
    """Return the judged statement as one of the run, its spans moved to the present text."""
    found = judged_row(connection, statement_pk)
    if found is None:
        return None
    statement, old = found
    moved = anchors.move(statement, old, article, spans)
    if moved.id not in kept:
        parent = _parent(connection, statement_pk, article)
        stands = any(one.statement.id == parent for one in held)
        moved = replace(moved, parent=parent if stands else None)
        saved = save_statements(connection, run_id, [moved], "judgement") if save else [Held(0, moved)]
        kept[moved.id] = saved[0]
    return kept[moved.id]


def judged_row(connection: sqlite3.Connection, statement_pk: int | None) -> tuple[Statement, Article] | None:
    """Return the statement of a row with its text, ``None`` when it was removed."""
    columns = ", ".join(f"s.{name}" for name in rows.STATEMENT_COLUMNS)
    row = connection.execute(
        f"SELECT x.text, {columns} FROM statement s JOIN run r ON r.id = s.run_id "  # noqa: S608
        "JOIN text x ON x.id = r.text_id WHERE s.pk = ?",
        (statement_pk,),
    ).fetchone()
    return (rows.statement_from(row[1:]), Article(path="", text=row[0])) if row else None


def _beside(connection: sqlite3.Connection, statement_pk: int | None, article: Article) -> Iterator[Spans]:
    """Yield where the contents that overlapped the judged one in its run stand in the present text."""
    found = judged_row(connection, statement_pk)
    if found is None:
        return
    judged, old = found
    columns = ", ".join(f"o.{name}" for name in rows.STATEMENT_COLUMNS)
    for values in connection.execute(
        f"SELECT {columns} FROM statement s JOIN statement o ON o.run_id = s.run_id AND "  # noqa: S608
        "o.pk <> s.pk WHERE s.pk = ?",
        (statement_pk,),
    ).fetchall():
        content = rows.statement_from(values).content
        if anchors.overlap(content, judged.content):
            spans = _moved(content, old, article)
            if spans is not None:
                yield spans


def _parent(connection: sqlite3.Connection, statement_pk: int | None, article: Article) -> str | None:
    """Return the id that the judged statement's parent has in the present text."""
    row = connection.execute(
        "SELECT o.pk FROM statement s JOIN statement o ON o.run_id = s.run_id AND o.id = s.parent "
        "WHERE s.pk = ?",
        (statement_pk,),
    ).fetchone()
    found = judged_row(connection, row[0]) if row else None
    if found is None:
        return None
    parent, old = found
    spans = _moved(parent.content, old, article)
    return statement_id(article.text_sha256, spans) if spans else None


def _moved(content: Spans, old: Article, new: Article) -> Spans | None:
    return anchors.locate_all(new.text, [anchors.make(old.text, span) for span in content])
