"""Articles: those that have the words, and one of them whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from onrecord.answers import ArticleRow, Shown, ShownStatement
from onrecord.article import Article, Statement
from onrecord.errors import QueryError
from onrecord.query import witnesses
from onrecord.record import Record, adding, ids, judging, links, merging, search, standing


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


def show(record: Record, key: str | int) -> Shown:
    """Return one article with its statements and what people decided about them.

    Args:
        record: an open record.
        key: a statement id or the beginning of one, a url, a path, the number of an article, or the SHA-256
            of a page or the beginning of one. An ``int`` is the number of an article and nothing else.

    Raises:
        QueryError: nothing in the record is meant by it, or several things are.
    """
    with record.reading("showing") as connection:
        article_id = key if isinstance(key, int) else _article_id(record, adding.storable(key.strip()))
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
        standing_rows = record.rows(
            "SELECT id, actor_id, key, same_as FROM standing WHERE article_id = ?", (article_id,)
        )
        actors = {number: actor for number, actor, *_ in standing_rows}
        places = {number: (key, same_as) for number, _, key, same_as in standing_rows}
        printed = witnesses.witnesses(record, {group for _, group in places.values() if group is not None})
        repeated = witnesses.repetitions(record, [place for place, _ in places.values()])

    def beside(one: Statement) -> dict[str, Any]:
        place, group = places.get(one.id, (0, None))
        _, known = printed.get(group, (0, [])) if group is not None else (0, [])
        return {
            "witnesses": witnesses.others(place, one.text, known), "repetitions": repeated.get(place, ()),
        }  # fmt: skip

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
            **beside(one.statement),
        )
        for one in sorted(held, key=lambda one: one.statement.content)
    ]
    return Shown(
        id=article_id, article=replace(article, page=page), statements=tuple(shown),
        versions=tuple(added for (added,) in versions), reader=reader, model=model,
    )  # fmt: skip


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
