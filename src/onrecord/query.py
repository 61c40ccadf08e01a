"""ASK: who said what. Functions that take a record and return rows; they never write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Literal

from onrecord.answers import ArticleRow, Count, Row, Shown, ShownStatement, Totals, citation
from onrecord.article import Article, Statement
from onrecord.errors import QueryError, RecordError
from onrecord.record import Record, adding, judging, links, merging, rows, search, standing
from onrecord.record.meaning import meant

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
    "each",
    "said",
    "show",
    "totals",
]

Order = Literal["newest", "rank"]

#: What ``counts`` can count by.
GROUPS: Final = ("speaker", "outlet", "type", "month", "year")


#: What :func:`said`, :func:`each` and :func:`counts` filter by.
FILTERS: Final = ("by", "about", "officials", "since", "until", "type", "outlet", "min_confidence")

#: Ranking scores every match, and questions must answer in a fraction of a second on a million statements:
#: among more matches than this, the newest are ranked.
MOST_RANKED: Final = 20_000

_CHUNK: Final = 200
_TEXT_ID: Final = 15  # place of the text's number in what _fetch selects
_SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]?[A-Z0-9])")
_LONGEST_CONTEXT: Final = 1200


def said(
    record: Record,
    words: str | None = None,
    *,
    by: str | None = None,
    about: str | None = None,
    officials: bool = False,
    since: str | None = None,
    until: str | None = None,
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
        "by": by, "about": about, "officials": officials, "since": since, "until": until, "type": type,
        "outlet": outlet, "min_confidence": min_confidence,
    }  # fmt: skip
    question = _question(record, words, filters)
    if order == "rank":
        if not words:
            raise QueryError("ranking needs words to rank by. Give some, or order by newest")
        return _ranked(record, question, limit, offset)
    with _asking(record, question):
        keys = record.rows(
            f"SELECT s.key FROM {question.tables} WHERE {question.where} "  # noqa: S608
            f"ORDER BY {'search.rowid' if question.searched else 's.key'} DESC LIMIT ? OFFSET ?",
            (*question.values, limit, offset),
        )
        return _fetch(record, [key for (key,) in keys])


def each(record: Record, words: str | None = None, **filters: Any) -> Iterator[Row]:
    """Yield every statement that :func:`said` would return without a limit, newest first.

    Raises:
        QueryError, RecordError: as :func:`said`.
    """
    question = _question(record, words, filters)
    key = "search.rowid" if question.searched else "s.key"
    below = 1 << 62
    while True:
        # Chunk by chunk below the last key: a reader of a million rows holds up no writer.
        with _asking(record, question):
            found = record.rows(
                f"SELECT s.key FROM {question.tables} WHERE {question.where} AND {key} < ? "  # noqa: S608
                f"ORDER BY {key} DESC LIMIT {_CHUNK}",
                (*question.values, below),
            )
            chunk = _fetch(record, [number for (number,) in found])
        yield from chunk
        if len(found) < _CHUNK:
            return
        below = found[-1][0]


def counts(
    record: Record, of: str = "speaker", words: str | None = None, *, limit: int = 50, **filters: Any
) -> list[Count]:
    """Return how many statements each speaker, outlet, type, month or year has, most first.

    Args:
        record: an open record.
        of: one of :data:`GROUPS`.
        words: as in :func:`said`.
        limit: at most so many.
        filters: as in :func:`said`.

    Raises:
        QueryError: there is no such group or filter.
    """
    columns = {"month": "substr(s.day, 1, 7)", "year": "substr(s.day, 1, 4)"}
    if of not in GROUPS:
        raise QueryError(f"cannot count by {of!r}. Count by one of {', '.join(GROUPS)}")
    question = _question(record, words, filters)
    with _asking(record, question):
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
            judged=tuple(name for name in decided.get(one.statement.id, {}) if name != "verdict"),
        )
        for one in sorted(held, key=lambda one: one.statement.content)
    ]
    return Shown(
        id=article_id, article=replace(article, page=page), statements=tuple(shown),
        versions=tuple(added for (added,) in versions), reader=reader, model=model,
    )  # fmt: skip


def _question(record: Record, words: str | None, filters: Mapping[str, Any]) -> search.Question:
    """Return a question as SQL, the actors that it names looked up.

    Raises:
        QueryError: there is no such filter, or it means nothing.
    """
    unknown = filters.keys() - set(FILTERS)
    if unknown:
        raise QueryError(f"no such filter: {', '.join(sorted(unknown))}")
    by, about = filters.get("by"), filters.get("about")
    if filters.get("officials") and not by:
        raise QueryError('officials of whom? Name a state or a body too: by="Russia", or --by Russia')
    for name, value in (("by", by), ("about", about)):
        if isinstance(value, str) and not value.strip():
            raise QueryError(f"{name} is empty. Give a name or an actor's id, or leave it out")
    with record.reading("looking up actors") as connection:
        makers = meant(connection, by, officials=bool(filters.get("officials")))
        mentioned = meant(connection, about)
    return search.question(
        words, by, about, filters.get("since"), filters.get("until"), filters.get("type"),
        filters.get("outlet"), filters.get("min_confidence"), makers, mentioned,
    )  # fmt: skip


@contextmanager
def _asking(record: Record, question: search.Question) -> Iterator[None]:
    """One view of the record in which a question may be asked."""
    with record.reading("searching") as connection:
        if question.is_meant is not None:
            connection.create_function("is_meant", 2, question.is_meant, deterministic=True)
        yield


def _ranked(record: Record, question: search.Question, limit: int, offset: int) -> list[Row]:
    with _asking(record, question):
        found = record.rows(
            "SELECT key, score FROM (SELECT s.key AS key, bm25(search, 1.0, 0.0, 0.0, 0.0) AS score "  # noqa: S608
            f"FROM {question.tables} WHERE {question.where} ORDER BY search.rowid DESC LIMIT {MOST_RANKED}) "
            "ORDER BY score, key DESC LIMIT ? OFFSET ?",
            (*question.values, limit, offset),
        )
        return _fetch(record, [key for key, _ in found], dict(found))


def _fetch(record: Record, keys: list[int], scores: dict[int, float] | None = None) -> list[Row]:
    """Return the rows of these keys, in their order."""
    statement_columns = ", ".join(f"t.{name}" for name in rows.STATEMENT_COLUMNS)
    found: dict[int, Row] = {}
    linked: dict[int, links.Links] = {}
    for at in range(0, len(keys), _CHUNK):
        some = keys[at : at + _CHUNK]
        for row in record.rows(
            "SELECT s.key, s.article_id, s.verdict, s.judged, s.day, x.text, x.published, x.outlet, "  # noqa: S608
            "x.agency, x.headline, coalesce(x.url, p.url), p.path, p.got, p.sha256, s.actor_id, x.id, "
            f"{statement_columns} "
            "FROM standing s JOIN statement t ON t.pk = s.statement_pk JOIN article a ON a.id = s.article_id "
            "JOIN text x ON x.id = a.text_id JOIN page p ON p.id = a.page_id WHERE s.key IN "
            f"({','.join('?' * len(some))})",
            some,
        ):
            text_id = row[_TEXT_ID]
            if text_id not in linked:
                linked[text_id] = _links(record, text_id)
            found[row[0]] = _row(row, linked[text_id], scores.get(row[0]) if scores else None)
    if len(found) < len(keys):
        what = f"{len(keys) - len(found)} rows that were found stand on no statement or article"
        raise RecordError(f"{record.path}: the record is damaged: {what}. Run `onrecord verify`")
    return [found[key] for key in keys]


def _links(record: Record, text_id: int) -> links.Links:
    with record.reading("reading links") as connection:
        return links.load(connection, text_id)


def _row(row: tuple[Any, ...], linked: links.Links, score: float | None) -> Row:
    (
        _,
        article_id,
        verdict,
        judged,
        day,
        text,
        published,
        outlet,
        agency,
        headline,
        url,
        path,
        got,
        sha256,
        actor,
        _,
        *kept,
    ) = row
    rows.strings("path and words", path, sha256, text)
    fields = (day, verdict, published, outlet, agency, headline, url, got, actor)
    rows.strings("a field", *(value for value in fields if value is not None))
    decided = merging.sound_values(rows.loads(judged, path), path) if judged else {}
    article = Article(path=path, text=text)
    statement = links.filled(merging.merge(rows.statement_from(kept), decided, article), linked, actor)
    speaker = statement.speaker
    context, context_start = _context(text, statement)
    return Row(
        id=statement.id, article=article_id, words=statement.text, type=statement.type,
        speaker=speaker.name if speaker else None, office=speaker.office if speaker else None,
        kind=speaker.kind if speaker else None, actor=actor,
        source=article.quote(statement.source) or None, cue=article.quote(statement.cue) or None,
        addressee=article.quote(statement.addressee) or None, day=day,
        said=(statement.said.first, statement.said.last) if statement.said else None,
        due=(statement.due.first, statement.due.last) if statement.due else None,
        published=published, outlet=outlet, agency=agency, headline=headline, url=url, path=path,
        retrieved=got,
        confidence=statement.confidence, verdict=verdict,
        judged=tuple(name for name in decided if name != "verdict"), content=statement.content,
        context=context, context_start=context_start, page=sha256, statement=statement, score=score,
    )  # fmt: skip


def _context(text: str, statement: Statement) -> tuple[str, int]:
    """Return the sentences that hold content, source and cue, within their paragraphs."""
    spans = [*statement.content, *statement.source, *statement.cue]
    near = [span for span in spans if abs(span[0] - statement.content[0][0]) < _LONGEST_CONTEXT]
    first = min((start for start, _ in near), default=0)
    last = max((end for _, end in near), default=0)
    left = max(text.rfind("\n", 0, first) + 1, first - _LONGEST_CONTEXT)
    right = text.find("\n", last)
    right = min(len(text) if right < 0 else right, last + _LONGEST_CONTEXT)
    for end in _SENTENCE_END.finditer(text, left, first + 3):
        if end.end() <= first:
            left = end.end()
    after = _SENTENCE_END.search(text, max(left, last - 2), right)
    right = after.end() if after and after.end() >= last else right
    stretch = text[left:right]
    return stretch.strip(), left + len(stretch) - len(stretch.lstrip())


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
    if not found and key.isdigit() and len(key) < judging.SHORTEST_ID:
        found = record.rows("SELECT id FROM article WHERE id = ?", (int(key),))
    if not found and key.isalnum() and len(key) >= judging.SHORTEST_ID:
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
