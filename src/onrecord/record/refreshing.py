"""Reading and extracting again with the present reader and model, page by page."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Final

from onrecord.article import FIELDS, Article, Statement
from onrecord.errors import InputError, RecordError
from onrecord.record import adding, counting, rows, standing, verifying
from onrecord.record.linking import Linker
from onrecord.record.store import Store, is_of_one_value, now
from onrecord.record.values import Change, Extractor, Reader, Refreshed
from onrecord.stories import families

_DUE: Final = (
    "FROM article a JOIN run r ON r.id = a.run_id WHERE a.id > ? AND (r.reader <> ? OR r.model <> ?)"
)


def due(store: Store, extractor: Extractor, reader: Reader) -> int:
    """Return how many articles stand on another reader or model than the present ones."""
    return int(store.value(f"SELECT count(*) {_DUE}", (0, reader.version, extractor.version)))


def refresh(store: Store, extractor: Extractor, reader: Reader) -> Iterator[Refreshed]:
    """Bring each article that is due up to the present reader and model, one transaction each.

    A full-text index that does not agree with its words is made again first, and so is a table of counts that
    does not agree with what stands. What earlier versions have not done for stories is done first, too.
    """
    while True:
        with store.writing("making stories") as connection:
            if not families.catch_up(connection):
                break
    for table in verifying.damaged_indexes(store):
        with store.writing(f"making the index {table} again") as connection:
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")  # noqa: S608
    with store.reading("checking the counts") as connection:
        miscounted = list(counting.wrong(connection))
    for table in miscounted:
        with store.writing(f"counting anew for {table}") as connection:
            counting.make_again(connection, table)
    last = 0
    while True:
        # By id and one at a time: whatever another process adds or refreshes meanwhile is seen.
        found = store.value(f"SELECT min(a.id) {_DUE}", (last, reader.version, extractor.version))
        if found is None:
            return
        last = int(found)
        try:
            done = _refresh(store, last, extractor, reader)
        except RecordError as error:
            if not is_of_one_value(error):
                raise
            done = Refreshed(article=last, path=f"article {last}", url=None, error=str(error))
        yield done


def _refresh(store: Store, article_id: int, extractor: Extractor, reader: Reader) -> Refreshed:
    with store.reading(f"refreshing article {article_id}") as connection:
        row = connection.execute(
            "SELECT p.id, p.path, coalesce(x.url, p.url), r.reader FROM article a JOIN page p ON "
            "p.id = a.page_id "
            "JOIN text x ON x.id = a.text_id JOIN run r ON r.id = a.run_id WHERE a.id = ?",
            (article_id,),
        ).fetchone()
        if row is None:
            return Refreshed(article=article_id, path="", url=None, error="removed meanwhile")
        page_id, path, url, read_by = row
        try:
            found = standing.standing_article(connection, article_id)
            page = adding.load_page(connection, page_id)
        except RecordError as error:
            return Refreshed(article=article_id, path=path, url=url, error=str(error))
    if found is None:
        return Refreshed(article=article_id, path=path, url=url, error="removed meanwhile")
    present = found[0]
    try:
        if page.media_type == rows.ARTICLE_TYPE:
            article = rows.article_from_page(page, path)
        else:
            article = present if read_by == reader.version else reader.reread(page, path)
        statements = extractor.extract(article)
    except (InputError, RecordError) as error:
        reason = error.reason if isinstance(error, InputError) else str(error)
        return Refreshed(article=article_id, path=path, url=url, error=reason)
    with store.writing(f"refreshing {path}") as connection:
        before = _orphans(connection, article_id)
        changed = _write(
            connection, article_id, page_id, article, statements, reader.version, extractor.version
        )
        if changed is None:
            return Refreshed(
                article=article_id, path=path, url=url, error="altered by another process meanwhile"
            )
        lost = sorted(_orphans(connection, article_id) - before)
    differing = tuple(
        name for name in ("text", *FIELDS, "parts", "declared") if _differs(present, article, name)
    )
    return Refreshed(
        article=article_id,
        path=path,
        url=article.url or url,
        fields=differing,
        change=changed,
        orphans=tuple(lost),
    )


def _write(
    connection: sqlite3.Connection, article_id: int, page_id: int, article: Article,
    statements: list[Statement], reader: str, model: str,
) -> Change | None:  # fmt: skip
    stands = connection.execute("SELECT page_id, text_id FROM article WHERE id = ?", (article_id,)).fetchone()
    if stands[0] != page_id:
        return None
    text_id = adding.save_text(connection, page_id, article, reader)
    run_id = connection.execute(
        "INSERT INTO run (text_id, reader, model, made) VALUES (?,?,?,?)", (text_id, reader, model, now())
    ).lastrowid
    assert run_id is not None
    held = standing.save_statements(connection, run_id, statements)
    connection.execute(
        "UPDATE article SET text_id = ?, run_id = ? WHERE id = ?", (text_id, run_id, article_id)
    )
    index = standing.Index(connection)
    linker = Linker(connection, index)
    linker.article(article_id, held)
    families.place(connection, article_id, index.moved)
    change = standing.settle(connection, index, article_id, held)
    linker.finish()
    index.flush()
    return change


def _orphans(connection: sqlite3.Connection, article_id: int) -> set[int]:
    found = connection.execute(
        "SELECT j.id FROM judgement j JOIN placement p ON p.judgement_id = j.id "
        "WHERE j.article_id = ? AND p.place = 'orphan'",
        (article_id,),
    )
    return {number for (number,) in found.fetchall()}


def _differs(one: Article, other: Article, name: str) -> bool:
    old, new = getattr(one, name), getattr(other, name)
    return dict(old) != dict(new) if name == "parts" else bool(old != new)
