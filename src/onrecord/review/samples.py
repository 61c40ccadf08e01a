"""Samples: which statements are to be gone through, drawn once and kept by name."""

from __future__ import annotations

import hashlib
import heapq
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from onrecord.article import Article, Statement
from onrecord.errors import QueryError
from onrecord.query import fetching
from onrecord.record import Record, anchors, changes, laying, links, merging, rows, runs, standing
from onrecord.record.store import now

#: How a sample is drawn.
DRAWN: Final[Mapping[str, str]] = {
    "uncertain": "the statements that nobody has judged, least certain first",
    "random": "by chance, the same for the same seed",
}

#: Statements that one sample may have.
MOST: Final = 10_000

_LONGEST_NAME: Final = 100
_COLUMNS: Final = "id, name, drawn, seed, size, coders, question, author, made"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A sample of statements.

    Attributes:
        id: its number.
        name: by which it is asked for.
        drawn: one of :data:`DRAWN`.
        seed: of the draw by chance.
        size: how many statements were asked for.
        coders: 1: answers become judgements at once; 2: two people answer apart.
        question: words and filters that its statements fit.
        author: who had it drawn.
        made: when, ISO 8601 in UTC.
    """

    id: int
    name: str
    drawn: str
    seed: int
    size: int
    coders: int
    question: Mapping[str, Any]
    author: str
    made: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One statement of a sample as it stands now.

    Attributes:
        n: its number in the sample, from 1.
        article: number of the article.
        statement: with what people decided outside of samples of two coders; ``None`` when it stands no more.
        text_id: number of the article's text.
        text: the article.
        verdict: what was decided of it so far.
    """

    n: int
    article: int
    statement: Statement | None
    text_id: int | None = None
    text: Article | None = field(default=None, repr=False)
    verdict: str | None = None


def make(
    record: Record, name: str, *, author: str, drawn: str = "uncertain", size: int = 100, seed: int = 0,
    coders: int = 1, words: str | None = None, **filters: Any,
) -> Sample:  # fmt: skip
    """Draw a sample and keep it by name; what is added to the record later does not change it.

    A draw by chance takes the statements with the smallest hashes of seed and statement, so that the same
    seed draws nearly the same ones after pages were added (bottom-k sampling, Cohen and Kaplan 2007).

    Args:
        record: an open record.
        name: by which it is asked for.
        author: who has it drawn.
        drawn: one of :data:`DRAWN`.
        size: how many statements.
        seed: of the draw by chance.
        coders: 1 or 2.
        words: as in :func:`onrecord.query.said`.
        **filters: likewise.

    Raises:
        QueryError: the name is taken or none, the numbers mean nothing, or no statement fits.
        RecordError: the record cannot be written.
    """
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST_NAME or "/" in name or not name.isprintable():
        raise QueryError(f"a sample needs a name of up to {_LONGEST_NAME} characters without a slash")
    if drawn not in DRAWN or coders not in (1, 2) or not 1 <= size <= MOST:
        what = f"drawn {drawn!r}, {size} statements, {coders} coders"
        raise QueryError(f"{what}: expected {' or '.join(DRAWN)}, 1 to {MOST}, 1 or 2")
    if not author.strip():
        raise QueryError("a sample needs an author. Give a name with --author")
    asked = {name: value for name, value in filters.items() if value not in (None, False)}
    question = fetching.question(record, words, asked)
    with fetching.asking(record, question) as connection:
        only = " AND s.judged IS NULL" if drawn == "uncertain" else ""
        found = connection.execute(
            "SELECT s.confidence, s.id, s.article_id, s.statement_pk "  # noqa: S608
            f"FROM {question.tables} WHERE {question.where}{only}",
            question.values,
        )
        chosen = _draw(found, drawn, size, seed)
    if not chosen:
        raise QueryError("no statement fits that is not judged yet: there is nothing to draw from")
    with record.writing(f"drawing the sample {name}") as connection:
        if connection.execute("SELECT 1 FROM review_sample WHERE name = ?", (name,)).fetchone():
            raise QueryError(f"there is a sample {name!r} already. Give another name")
        kept = rows.dumps({**({"words": words} if words else {}), **asked})
        number = connection.execute(
            "INSERT INTO review_sample (name, drawn, seed, size, coders, question, author, made) "
            "VALUES (?,?,?,?,?,?,?,?)",
            (name, drawn, seed, size, coders, kept, author.strip(), now()),
        ).lastrowid
        connection.executemany(
            "INSERT INTO review_item (sample_id, n, article_id, statement_id, statement_pk) "
            "VALUES (?,?,?,?,?)",
            [(number, n, article, one, pk) for n, (one, article, pk) in enumerate(chosen, start=1)],
        )
    return sample(record, name)


def _draw(found: Iterator[Any], drawn: str, size: int, seed: int) -> list[tuple[str, int, int]]:
    """Return id, article and row of the statements drawn, in the order to go through them."""

    def by_chance(row: Any) -> tuple[Any, ...]:
        return hashlib.sha256(f"{seed}\0{row[1]}\0{row[2]}".encode()).digest(), row[1]

    def by_doubt(row: Any) -> tuple[Any, ...]:
        return row[0], row[1], row[2]

    chosen = heapq.nsmallest(size, found, key=by_chance if drawn == "random" else by_doubt)
    return [(number, article, pk) for _, number, article, pk in chosen]


def samples(record: Record) -> list[Sample]:
    """Return all samples in the order made."""
    with record.guard("reading samples"):
        return [_sample(row) for row in record.rows(f"SELECT {_COLUMNS} FROM review_sample ORDER BY id")]  # noqa: S608


def sample(record: Record, name: str) -> Sample:
    """Return a sample by its name.

    Raises:
        QueryError: there is none of this name.
    """
    found = record.rows(f"SELECT {_COLUMNS} FROM review_sample WHERE name = ?", (name,))  # noqa: S608
    if not found:
        raise QueryError(f"there is no sample {name!r}. `onrecord review list` names them")
    with record.guard("reading a sample"):
        return _sample(found[0])


def _sample(row: tuple[Any, ...]) -> Sample:
    number, name, drawn, seed, size, coders, question, author, made = row
    rows.strings("a sample", name, drawn, author, made)
    return Sample(
        id=number, name=name, drawn=drawn, seed=seed, size=size, coders=coders,
        question=dict(rows.loads(question, f"sample {name}")), author=author, made=made,
    )  # fmt: skip


def items(record: Record, name: str, *, only: int | None = None) -> list[Item]:
    """Return the statements of a sample as they stand now, or the one of a number.

    Raises:
        QueryError: there is no such sample or number.
    """
    one = sample(record, name)
    with record.reading("reading a sample") as connection:
        found = connection.execute(
            "SELECT n, article_id, statement_id, statement_pk FROM review_item WHERE sample_id = ? AND "
            "? IN (n, 0) ORDER BY n",
            (one.id, only or 0),
        ).fetchall()
        if not found:
            raise QueryError(f"sample {name!r} has no statement {only}")
        read: dict[int, _Read | None] = {}
        for _, article, _, _ in found:
            if article not in read:
                read[article] = _read(connection, article)
        return [_item(connection, n, read[article], article, *row) for n, article, *row in found]


def standing_numbers(record: Record, name: str) -> list[int]:
    """Return the numbers of the statements of a sample that stand; those removed since are left out.

    Most are told by their id alone, without reading their articles.
    """
    found = record.rows(
        "SELECT i.n, EXISTS (SELECT 1 FROM standing s WHERE s.id = i.statement_id AND s.article_id = "
        "i.article_id) FROM review_item i WHERE i.sample_id = ? ORDER BY i.n",
        (sample(record, name).id,),
    )
    return [n for n, stands in found if stands or items(record, name, only=n)[0].statement is not None]


@dataclass(frozen=True, slots=True)
class _Read:
    """An article with the judgements laid over it."""

    article: Article
    text_id: int
    laid: laying.Laid
    linked: links.Links


def _read(connection: sqlite3.Connection, article_id: int) -> _Read | None:
    found = standing.standing_article(connection, article_id)
    if found is None:
        return None
    article, text_id, run_id = found
    laid = laying.lay(connection, article_id, article, run_id)
    return _Read(article, text_id, laid, links.load(connection, text_id))


def _item(
    connection: sqlite3.Connection, n: int, read: _Read | None, article: int, statement: str, pk: int | None
) -> Item:
    held = None if read is None else _find(connection, read, article, statement, pk)
    if read is None or held is None:
        return Item(n=n, article=article, statement=None)
    decided = read.laid.decided.get(held.statement.id, {})
    actor = links.actor_of(connection, read.linked, held.statement, decided)
    merged = links.filled(merging.merge(held.statement, decided, read.article), read.linked, actor)
    return Item(
        n=n, article=article, statement=merged, text_id=read.text_id, text=read.article,
        verdict=decided.get("verdict"),
    )  # fmt: skip


def _find(
    connection: sqlite3.Connection, read: _Read, article: int, statement: str, pk: int | None
) -> runs.Held | None:
    """Return the statement that was drawn: by its id, what people made of it, or its words."""
    by_id = {one.statement.id: one for one in read.laid.held}
    if statement in by_id:
        return by_id[statement]
    try:
        _, number = changes.find(connection, statement, article)
    except QueryError:
        number = ""
    if number in by_id:
        return by_id[number]
    drawn = runs.judged_row(connection, pk)
    if drawn is None:
        return None
    quotes = [anchors.make(drawn[1].text, span) for span in drawn[0].content]
    spans = anchors.locate_all(read.article.text, quotes)
    return read.laid.find(spans, pk) if spans else None
