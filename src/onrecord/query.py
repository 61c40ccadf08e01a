"""ASK: who said what. Functions that take a record and return rows; they never write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Literal

from onrecord import fetching
from onrecord.answers import ArticleRow, Count, Row, Shown, ShownStatement, Totals, citation
from onrecord.article import Article
from onrecord.errors import QueryError
from onrecord.record import Record, adding, ids, judging, links, merging, search, standing

__all__ = [
    "GROUPS",
    "ArticleRow",
    "Count",
    "Order",
    "Row",
    "Shown",
    "ShownStatement",
    "Totals",
    "articles",
    "citation",
    "counts",
    "due",
    "each",
    "said",
    "show",
    "timeline",
    "totals",
    "unsaid",
]

Order = Literal["newest", "rank"]
Date = Literal["said", "published", "due"]

#: What ``counts`` can count by.
GROUPS: Final = ("speaker", "outlet", "type", "month", "year")


#: How answers are put in order by a date, before the order of the text.
_NEWEST: Final = {"published": "s.published DESC, ", "due": "s.due_last DESC, "}
_OLDEST: Final = {
    "said": "s.said_first IS NULL, s.said_first, s.said_last, s.published IS NULL, s.published",
    "published": "s.published IS NULL, s.published",
    "due": "s.due_last NULLS LAST, s.due_first",
}

#: What looks ahead: as the index ``standing_ahead`` has it.
_AHEAD: Final = "(s.outlook IS NOT NULL OR s.due_last IS NOT NULL OR s.outcome IS NOT NULL)"

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
    order: Order = "newest",
    limit: int = 50,
    offset: int = 0,
) -> list[Row]:
    """Return who said what, newest first or best first. Statements that a person rejected are left out.

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
        "type": type, "outlet": outlet, "min_confidence": min_confidence,
    }  # fmt: skip
    question = fetching.question(record, words, filters)
    if order == "rank":
        if not words:
            raise QueryError("ranking needs words to rank by. Give some, or order by newest")
        return _ranked(record, question, limit, offset)
    with fetching.asking(record, question):
        keys = record.rows(
            f"SELECT s.key FROM {question.tables} WHERE {question.where} "  # noqa: S608
            f"ORDER BY {_NEWEST.get(date, '')}{_key(question)} DESC LIMIT ? OFFSET ?",
            (*question.values, limit, offset),
        )
        return fetching.fetch(record, [key for (key,) in keys])


def each(record: Record, words: str | None = None, **filters: Any) -> Iterator[Row]:
    """Yield every statement that :func:`said` would return without a limit, newest first.

    Raises:
        QueryError, RecordError: as :func:`said`.
    """
    question = fetching.question(record, words, filters)
    key = _key(question)
    below = 1 << 62
    while True:
        # Chunk by chunk below the last key: a reader of a million rows holds up no writer.
        with fetching.asking(record, question):
            found = record.rows(
                f"SELECT s.key FROM {question.tables} WHERE {question.where} AND {key} < ? "  # noqa: S608
                f"ORDER BY {key} DESC LIMIT {fetching.CHUNK}",
                (*question.values, below),
            )
            chunk = fetching.fetch(record, [number for (number,) in found])
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
        return int(record.value(sql, question.values))


def timeline(record: Record, by: str, *, limit: int = 50, offset: int = 0, **filters: Any) -> list[Row]:
    """Return the statements of an actor in the order in which they were made, oldest first.

    Those whose day of saying is not known come last, in the order of publication.

    Args:
        record: an open record.
        by: as in :func:`said`.
        limit: at most so many rows.
        offset: leave out so many first.
        filters: as in :func:`said`; ``date="published"`` puts all of them in the order of publication,
            ``date="due"`` in that in which they fall due.

    Raises:
        QueryError: a question that means nothing.
    """
    return _oldest(
        record, fetching.question(record, None, {**filters, "by": by}), filters.get("date"), "", limit, offset
    )


def due(
    record: Record,
    *,
    by: str | None = None,
    before: str | None = None,
    closed: bool | None = None,
    outlook: str | None = None,
    limit: int = 50,
    offset: int = 0,
    **filters: Any,
) -> list[Row]:
    """Return what was promised, threatened, planned and foretold, what falls due soonest first.

    Those that name no day on which they fall due come last. A statement falls due on the last day of
    :attr:`Row.due`. It is closed once a person has decided what became of it (:attr:`Row.outcome`).

    Args:
        record: an open record.
        by: as in :func:`said`.
        before: leave out what falls due on this day, ISO 8601, or later, or on no day that is known; a month
            or a year means its first day.
        closed: those that are closed, or those that are open; ``None`` for both.
        outlook: promise, threat, prediction, plan or deadline.
        limit: at most so many rows.
        offset: leave out so many first.
        filters: as in :func:`said`, without its days.

    Raises:
        QueryError: a question that means nothing.
    """
    conditions, values = [_AHEAD], []
    first = search.day(before, last=False)
    if first is not None:
        conditions.append("s.due_last < ?")
        values.append(first)
    if closed is not None:
        conditions.append(f"s.outcome IS {'NOT ' if closed else ''}NULL")
    if outlook is not None:
        if outlook not in merging.OUTLOOKS:
            raise QueryError(f"outlook = {outlook!r}: expected one of {', '.join(merging.OUTLOOKS)}")
        conditions.append("s.outlook = ?")
        values.append(outlook)
    question = fetching.question(record, None, {**filters, "by": by})
    return _oldest(record, question, "due", " AND ".join(["", *conditions]), limit, offset, values)


def counts(
    record: Record, of: str = "speaker", words: str | None = None, *, limit: int = 50, **filters: Any
) -> list[Count]:
    """Return how many statements each speaker, outlet, type, month or year has, most first.

    Args:
        record: an open record.
        of: one of :data:`GROUPS`. Months and years are those of the date that
            ``date`` names, ``said`` when it names none; the value is ``None`` for those without it.
        words: as in :func:`said`.
        limit: at most so many.
        filters: as in :func:`said`.

    Raises:
        QueryError: there is no such group or filter.
    """
    day = {"published": "s.published", "due": "s.due_last"}.get(str(filters.get("date")), "s.said_last")
    columns = {"month": f"substr({day}, 1, 7)", "year": f"substr({day}, 1, 4)"}
    if of not in GROUPS:
        raise QueryError(f"cannot count by {of!r}. Count by one of {', '.join(GROUPS)}")
    question = fetching.question(record, words, filters)
    with fetching.asking(record, question):
        found = record.rows(
            f"SELECT {columns.get(of, 's.' + of)} AS value, count(*), count(DISTINCT s.article_id) "  # noqa: S608
            f"FROM {question.tables} WHERE {question.where} GROUP BY value ORDER BY 2 DESC, 1 LIMIT ?",
            (*question.values, limit),
        )
    return [Count(value=value, statements=number, articles=articles) for value, number, articles in found]


def articles(
    record: Record,
    words: str | None = None,
    *,
    since: str | None = None,
    until: str | None = None,
    outlet: str | None = None,
    limit: int = 50,
    offset: int = 0,
) -> list[ArticleRow]:
    """Return articles whose headline or text has the words, newest first, those without a day last.

    Args:
        record: an open record.
        words: as in :func:`said`, over headline and text.
        since: first day of publication, as in :func:`said`.
        until: last day of publication.
        outlet: words of the outlet's name, in this order.
        limit: at most so many rows.
        offset: leave out so many first.

    Raises:
        QueryError: a question that means nothing.
        RecordError: the record cannot be read.
    """
    where, values = search.article_question(words, since, until, outlet)
    found = record.rows(
        "SELECT a.id, x.headline, x.outlet, x.agency, x.published, coalesce(x.url, p.url), p.path, p.got, "  # noqa: S608
        "(SELECT count(*) FROM standing s WHERE s.article_id = a.id AND s.verdict IS NOT 'reject'), p.sha256 "
        "FROM article a JOIN text x ON x.id = a.text_id JOIN page p ON p.id = a.page_id "
        f"WHERE {where} ORDER BY x.published_day DESC, a.id DESC LIMIT ? OFFSET ?",
        (*values, limit, offset),
    )
    names = ArticleRow.__slots__
    return [ArticleRow(**dict(zip(names, row, strict=True))) for row in found]


def totals(record: Record) -> Totals:
    """Return what a record holds, as numbers."""
    with record.reading("counting"):
        articles, pages, judgements, orphans, removed = record.rows(
            "SELECT (SELECT count(*) FROM article WHERE run_id IS NOT NULL), (SELECT count(*) FROM page), "
            "(SELECT count(*) FROM judgement), "
            "(SELECT count(*) FROM placement WHERE place IN ('orphan', 'removed')), "
            "(SELECT count(*) FROM tombstone)"
        )[0]
        statements, speakers, outlets, first, last = record.rows(
            "SELECT count(*), count(DISTINCT speaker), count(DISTINCT outlet), min(day), max(day) "
            "FROM standing WHERE verdict IS NOT 'reject'"
        )[0]
    return Totals(
        articles=articles, pages=pages, statements=statements, speakers=speakers, outlets=outlets,
        judgements=judgements, orphans=orphans, removed=removed, first_day=first, last_day=last,
    )  # fmt: skip


def show(record: Record, key: str) -> Shown:
    """Return one article with its statements and what people decided about them.

    Args:
        record: an open record.
        key: a statement id or the beginning of one, a url, a path, the number of an article, or the SHA-256
            of a page or the beginning of one.

    Raises:
        QueryError: nothing in the record is meant by it, or several things are.
    """
    with record.reading("showing") as connection:
        article_id = _article_id(record, adding.storable(key.strip()))
        found = standing.standing_article(connection, article_id)
        if found is None:
            raise QueryError(f"{key!r} was removed from the record")
        article, _, run_id = found
        page_id, reader, model = record.rows(
            "SELECT a.page_id, r.reader, r.model FROM article a JOIN run r ON r.id = a.run_id WHERE a.id = ?",
            (article_id,),
        )[0]
        held, decided, _ = standing.place(connection, article_id, article, run_id)
        judgements = judging.select(connection, "WHERE j.article_id = ?", (article_id,))
        versions = record.rows("SELECT added FROM page WHERE article_id = ? ORDER BY id", (article_id,))
        page = adding.load_page(connection, page_id)
        linked = links.load(connection, standing.text_of(connection, run_id))
        actors = dict(record.rows("SELECT id, actor_id FROM standing WHERE article_id = ?", (article_id,)))
    shown = [
        ShownStatement(
            statement=links.filled(
                merging.merge(one.statement, decided.get(one.statement.id, {}), article),
                linked,
                actors.get(one.statement.id),
            ),
            verdict=decided.get(one.statement.id, {}).get("verdict"),
            judgements=tuple(made for made in judgements if made.now == one.statement.id),
            judged=tuple(name for name in decided.get(one.statement.id, {}) if name not in merging.BESIDE),
        )
        for one in sorted(held, key=lambda one: one.statement.content)
    ]
    return Shown(
        id=article_id, article=replace(article, page=page), statements=tuple(shown),
        versions=tuple(added for (added,) in versions), reader=reader, model=model,
    )  # fmt: skip


def _key(question: search.Question) -> str:
    """Return what a question is walked by, from which newest first comes without sorting."""
    return "search.rowid" if question.searched else "s.key"


def _oldest(
    record: Record, question: search.Question, date: str | None, further: str, limit: int, offset: int,
    values: Sequence[str] = (),
) -> list[Row]:  # fmt: skip
    """Return what a question finds under further conditions, oldest first by a date."""
    if limit < 0 or offset < 0:
        raise QueryError(f"limit = {limit}, offset = {offset}: expected numbers from 0 up")
    with fetching.asking(record, question):
        found = record.rows(
            f"SELECT s.key FROM {question.tables} WHERE {question.where}{further} "  # noqa: S608
            f"ORDER BY {_OLDEST[date or 'said']}, s.article_id, s.statement_pk LIMIT ? OFFSET ?",
            (*question.values, *values, limit, offset),
        )
        return fetching.fetch(record, [key for (key,) in found])


def _ranked(record: Record, question: search.Question, limit: int, offset: int) -> list[Row]:
    with fetching.asking(record, question):
        found = record.rows(
            "SELECT key, score FROM (SELECT s.key AS key, bm25(search, 1.0, 0.0, 0.0, 0.0) AS score "  # noqa: S608
            f"FROM {question.tables} WHERE {question.where} ORDER BY search.rowid DESC LIMIT {MOST_RANKED}) "
            "ORDER BY score, key DESC LIMIT ? OFFSET ?",
            (*question.values, limit, offset),
        )
        return fetching.fetch(record, [key for key, _ in found], dict(found))


def _article_id(record: Record, key: str) -> int:
    """Return the number of the article that a key means."""
    if not key:
        raise QueryError("nothing was named to show. Give a statement id, a url or a path")
    absolute = str(Path(key).absolute())
    found = record.rows(
        "SELECT DISTINCT article_id FROM page WHERE path IN (?, ?) OR url = ? OR sha256 = ? UNION "
        "SELECT id FROM article WHERE address IN (?, ?) ORDER BY 1 DESC",
        (key, absolute, key, key.lower(), absolute, adding.address_of(Article(path=key, text="", url=key))),
    )
    if not found and key.isdigit() and len(key) < ids.SHORTEST_ID:
        found = record.rows("SELECT id FROM article WHERE id = ?", (int(key),))
    if not found and key.isalnum() and len(key) >= ids.SHORTEST_ID:
        low = key.lower()
        found = record.rows(
            "SELECT DISTINCT article_id FROM standing WHERE id >= ? AND id < ? UNION "
            "SELECT DISTINCT article_id FROM page WHERE sha256 >= ? AND sha256 < ? ORDER BY 1 DESC",
            (low, low + "~", low, low + "~"),
        )
        if len(found) > 1 and len(key) < 16:
            raise QueryError(f"{key!r} begins several ids. Give more of it")
    if not found:
        raise QueryError(f"nothing in the record is meant by {key!r}. Give a statement id, a url or a path")
    return int(found[0][0])
