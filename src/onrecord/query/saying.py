"""Who said what: statements by their words, speaker, day, outlet, newest or best first."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final, Literal

from onrecord.answers import Row
from onrecord.errors import QueryError
from onrecord.query import fetching, witnesses
from onrecord.record import Record, search

Order = Literal["newest", "rank"]
Date = Literal["said", "published", "due"]

#: How the newest are put first by a date, before the order of the text.
_NEWEST: Final = {"published": "s.published DESC, ", "due": "s.due_last DESC, "}

#: Ranking scores every match, and questions must answer in a fraction of a second on a million statements:
#: among more matches than this, the newest are ranked.
MOST_RANKED: Final = 20_000


def said(
    record: Record,
    words: str | None = None,
    *,
    by: str | None = None,
    about: str | None = None,
    officials: bool = False,
    since: str | None = None,
    until: str | None = None,
    date: Date = "said",
    type: str | None = None,  # noqa: A002 - the field's name
    outlet: str | None = None,
    min_confidence: float | None = None,
    act: str | None = None,
    kind: str | None = None,
    named: bool | None = None,
    copies: bool = False,
    repeated: bool = False,
    order: Order = "newest",
    limit: int = 50,
    offset: int = 0,
) -> list[Row]:
    """Return who said what, newest first or best first. Statements that a person rejected are left out.

    What the articles of one story print in common is one row, with the other printings as its witnesses.

    Args:
        record: an open record.
        words: words of the content, all of which must stand in it, in any order; ``"a phrase"``, ``begin*``,
            ``-without``. Case and accents do not matter.
        by: who made it: an actor's id, or a name; the surname is enough. Every form of the name is found, by
            the actor that it was linked to, and whatever speaker has these words in the name.
        about: whom it is about: an actor's id, or a name, found in the same way; or words that stand in it.
        officials: with ``by``, also whoever held an office of that state or body on the day.
        since: first day, ISO 8601; a month or a year means its first day.
        until: last day, ISO 8601; a month or a year means its last day.
        date: which of its days ``since`` and ``until`` go by: ``said``, ``published`` or ``due``. What has no
            such day is not found; :func:`unsaid` tells how many those are. Newest first goes by the same date
            when it is not ``said``, else by :attr:`Row.day`.
        type: direct, indirect or mixed.
        outlet: words of the outlet's name.
        min_confidence: 0 to 1; what a person accepted always passes.
        act: what kind of speech act it is: say, deny, accuse and so on (:mod:`onrecord.acts`).
        kind: what the speaker is: person, organisation, state, media, group or unnamed.
        named: whether a proper name stands for the speaker.
        copies: a row for every printing of a statement.
        repeated: only what its speaker said in the same words on another day too.
        order: ``newest``, or ``rank`` (BM25 of the words; among very many matches, of the newest 20,000).
        limit: at most so many rows.
        offset: leave out so many first.

    Raises:
        QueryError: a question that means nothing: no such day or type, nothing to look for, to rank by.
        RecordError: the record cannot be read.
    """
    if order not in ("newest", "rank"):
        raise QueryError(f"order = {order!r}: expected newest or rank")
    if limit < 0 or offset < 0:
        raise QueryError(f"limit = {limit}, offset = {offset}: expected numbers from 0 up")
    filters = {
        "by": by, "about": about, "officials": officials, "since": since, "until": until, "date": date,
        "type": type, "outlet": outlet, "min_confidence": min_confidence, "copies": copies,
        "act": act, "kind": kind, "named": named,
        "repeated": repeated,
    }  # fmt: skip
    question = fetching.question(record, words, filters)
    if order == "rank":
        if not words:
            raise QueryError("ranking needs words to rank by. Give some, or order by newest")
        return _ranked(record, question, limit, offset)
    with fetching.asking(record, question) as connection:
        sql = (
            f"SELECT s.key, s.same_as, s.same_rank FROM {question.tables} WHERE {question.where} "  # noqa: S608
            f"ORDER BY {newest(question, date)}"
        )
        found = witnesses.answers(connection, question, sql, question.values, limit, offset)
        return fetching.fetch(record, [key for key, *_ in found])


def each(record: Record, words: str | None = None, **filters: Any) -> Iterator[Row]:
    """Yield every statement that :func:`said` would return without a limit, newest first.

    Raises:
        QueryError, RecordError: as :func:`said`.
    """
    question = fetching.question(record, words, filters)
    key = _key(question)
    below = 1 << 62
    once = witnesses.Once(question)
    while True:
        # Chunk by chunk below the last key: a reader of a million rows holds up no writer.
        with fetching.asking(record, question) as connection:
            found = record.rows(
                f"SELECT s.key, s.same_as, s.same_rank FROM {question.tables} WHERE {question.where} "  # noqa: S608
                f"AND {key} < ? ORDER BY {key} DESC LIMIT {fetching.CHUNK}",
                (*question.values, below),
            )
            chunk = fetching.fetch(record, [number for number, *_ in once.choose(connection, found)])
        yield from chunk
        if len(found) < fetching.CHUNK:
            return
        below = found[-1][0]


def unsaid(record: Record, words: str | None = None, **filters: Any) -> int:
    """Return how many statements were published on the days asked for and have no known day of saying.

    They are what a question by ``date="published"`` finds beside those that one by ``said`` may find.

    Args:
        record: an open record.
        words: as in :func:`said`.
        filters: as in :func:`said`, with ``since`` or ``until``; the date that they name makes no difference.

    Raises:
        QueryError: a question that means nothing.
    """
    question = fetching.question(record, words, {**filters, "date": search.UNSAID})
    with fetching.asking(record, question):
        sql = f"SELECT count(*) FROM {question.tables} WHERE {question.where}"  # noqa: S608
        if not question.copies:
            # What another printing tells the day of is not unsaid.
            sql = (
                f"SELECT count(DISTINCT {witnesses.STATEMENT}) FROM {question.tables} "  # noqa: S608
                f"WHERE {question.where} AND NOT EXISTS (SELECT 1 FROM standing k WHERE "
                "k.same_as = s.same_as AND k.said_first IS NOT NULL)"
            )
        return int(record.value(sql, question.values))


def newest(question: search.Question, date: str) -> str:
    """Return SQL for the order in which the newest come first by a date."""
    return f"{_NEWEST.get(date, '')}{_key(question)} DESC"


def _key(question: search.Question) -> str:
    """Return what a question is walked by, from which newest first comes without sorting."""
    return "search.rowid" if question.searched else "s.key"


#: SQL for how well a match fits: of the columns of the index only the words count.
_SCORE: Final = "bm25(search, 1.0, 0.0, 0.0, 0.0)"


def _ranked(record: Record, question: search.Question, limit: int, offset: int) -> list[Row]:
    with fetching.asking(record, question) as connection:
        if question.by_index:
            found = list(islice(_best(connection, question), offset, offset + limit))
        else:
            sql = (
                "SELECT key, same_as, same_rank, score FROM (SELECT s.key AS key, s.same_as AS same_as, "  # noqa: S608
                f"s.same_rank AS same_rank, {_SCORE} AS score FROM {question.tables} "
                f"WHERE {question.where} ORDER BY search.rowid DESC LIMIT {MOST_RANKED}) "
                "ORDER BY score, key DESC"
            )
            found = witnesses.answers(connection, question, sql, question.values, limit, offset)
        return fetching.fetch(record, [row[0] for row in found], {row[0]: row[3] for row in found})


def _best(connection: sqlite3.Connection, question: search.Question) -> Iterator[tuple[Any, ...]]:
    """Yield the answers to a question that the index alone decides, best first.

    The rows that matches stand for are read as they are wanted: they lie all over the file, and reading
    20,000 of them from a disk takes ten times what ranking does.
    """
    scored = connection.execute(
        f"SELECT rowid, {_SCORE} FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT {MOST_RANKED}",  # noqa: S608
        question.values,
    ).fetchall()
    scored.sort(key=lambda one: (one[1], -one[0]))
    once = witnesses.Once(question)
    for at in range(0, len(scored), fetching.CHUNK):
        some = scored[at : at + fetching.CHUNK]
        stands = {
            row[0]: row
            for row in connection.execute(
                "SELECT key, same_as, same_rank FROM standing WHERE verdict IS NOT 'reject' AND key IN "  # noqa: S608
                f"({','.join('?' * len(some))})",
                [key for key, _ in some],
            )
        }
        yield from once.choose(connection, [(*stands[key], score) for key, score in some if key in stands])
