"""Adding articles: page, text, run and statements in one transaction."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from onrecord.article import Article, Page, Statement
from onrecord.errors import InputError, RecordError
from onrecord.record import rows, standing
from onrecord.record.linking import Linker
from onrecord.record.placing import Placed, done, find_place, place_article, said_of
from onrecord.record.placing import address_of as address_of
from onrecord.record.placing import storable as storable
from onrecord.record.store import Store, now
from onrecord.record.values import Added, Extractor, Reader
from onrecord.stories import families

#: Articles in one transaction of ``add_all``, and how long one may gather them, in seconds. Each commit waits
#: for the disk; a crash costs at most what is gathered.
BATCH: Final = 64
BATCH_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article with its statements, ready to be written."""

    article: Article
    page: Page
    statements: list[Statement]
    reason: str | None = None


def prepare(
    placed: Placed, extractor: Extractor, article: Article, statements: Iterable[Statement] | None = None
) -> Prepared:
    """Find the statements of a placed article, unless the caller has found them.

    Raises:
        InputError: the finder cannot work on the article, or its text cannot be stored.
    """
    given = statements
    # The caller's statements are of the text as the caller read it.
    if placed.article.text != article.text:
        given = None
    article = placed.article
    require_whole(article)
    found = extractor.extract(article) if given is None else list(given)
    return Prepared(article, placed.page, found, placed.reason)


def require_whole(article: Article) -> None:
    """Refuse an article that no UTF-8 can hold.

    Raises:
        InputError: it holds half a character.
    """
    try:
        for value in rows.text_values(article):
            str(value).encode()
    except UnicodeEncodeError as error:
        reason = f"it holds half a character ({error.object[error.start]!a}). Give the file in UTF-8"
        raise InputError(article.path, reason) from error


@contextmanager
def linking(store: Store, doing: str) -> Iterator[Linker]:
    """One write transaction; what was linked and indexed in it is finished before it ends."""
    with store.writing(doing) as connection:
        index = standing.Index(connection)
        linker = Linker(connection, index)
        yield linker
        linker.finish()
        index.flush()


def write(store: Store, prepared: list[Prepared], reader: str, model: str, *, force: bool) -> list[Added]:
    """Write articles in one transaction."""
    first = prepared[0].article.path
    doing = f"adding {first}" if len(prepared) == 1 else f"adding {first} and {len(prepared) - 1} more"
    with linking(store, doing) as linker:
        return [write_one(linker, one, reader, model, force=force) for one in prepared]


def add_all(
    store: Store,
    articles: Iterable[Article],
    extractor: Callable[[], Extractor],
    reader: Callable[[], Reader],
    *,
    force: bool,
) -> Iterator[Added]:
    """Add articles in batches; what cannot be added is reported and the rest goes on.

    The extractor is asked for at the first article that needs it: a folder that is held already is passed
    over without loading a model.
    """
    waiting: list[Prepared] = []
    begun = time.monotonic()
    for article in articles:
        page = rows.page_of(article)
        if any(one.page.sha256 == page.sha256 or one.article.path == article.path for one in waiting):
            # What this one is to the record depends on what has become of the other.
            yield from write(store, waiting, reader().version, extractor().version, force=force)
            waiting = []
        try:
            placed = place_article(store, article, reader, force=force)
            if isinstance(placed, Added):
                yield placed
                continue
            store.require_writable(f"adding {article.path}")
            prepared = prepare(placed, extractor(), article)
        except InputError as error:
            yield Added(path=article.path, state="failed", page=page.sha256, reason=error.reason)
            continue
        if not waiting:
            begun = time.monotonic()
        waiting.append(prepared)
        if len(waiting) >= BATCH or time.monotonic() - begun > BATCH_SECONDS:
            yield from write(store, waiting, reader().version, extractor().version, force=force)
            waiting = []
    if waiting:
        yield from write(store, waiting, reader().version, extractor().version, force=force)


def write_one(linker: Linker, one: Prepared, reader: str, model: str, *, force: bool) -> Added:
    """Write one article within a transaction."""
    article, page, connection = one.article, one.page, linker.connection
    # Another process may have added or removed it while the statements were looked for.
    place = find_place(connection, article, page)
    held = done(connection, article, page, place, force=force)
    if held is not None:
        return held
    if said_of(page, place) != page.given:
        reason = "another process has added or altered it meanwhile. Add it again"
        return Added(path=article.path, state="failed", page=page.sha256, reason=reason)
    article_id = place.article_id or _new_article(connection, article)
    page_id = _page(connection, article_id, article.path, page)
    text_id = save_text(connection, page_id, article, reader)
    count = stand(linker, article_id, page_id, text_id, one.statements, reader, model)
    return Added(
        path=article.path, state=place.state, article=article_id, page=page.sha256, statements=count,
        reason=one.reason if place.state == "reread" else None,
    )  # fmt: skip


def stand(
    linker: Linker, article_id: int, page_id: int, text_id: int, statements: list[Statement], reader: str,
    model: str,
) -> int:  # fmt: skip
    """Write a run and make it the one that stands; return how many statements it found."""
    connection = linker.connection
    run_id = connection.execute(
        "INSERT INTO run (text_id, reader, model, made) VALUES (?,?,?,?)", (text_id, reader, model, now())
    ).lastrowid
    assert run_id is not None
    held = standing.save_statements(connection, run_id, statements)
    connection.execute(
        "UPDATE article SET page_id = ?, text_id = ?, run_id = ? WHERE id = ?",
        (page_id, text_id, run_id, article_id),
    )
    linker.article(article_id, held)
    standing.settle(connection, linker.index, article_id, held)
    families.place(connection, article_id, linker.index.moved)
    return len(held)


def save_text(connection: sqlite3.Connection, page_id: int, article: Article, reader: str) -> int:
    """Write a page's text, unless it was read so before; return its id."""
    values = rows.text_values(article)
    digest = values[rows.TEXT_COLUMNS.index("digest")]
    row = connection.execute(
        "SELECT id FROM text WHERE page_id = ? AND digest = ?", (page_id, digest)
    ).fetchone()
    if row is not None:
        return int(row[0])
    columns = ("page_id", "reader", "made", *rows.TEXT_COLUMNS)
    text_id = connection.execute(
        f"INSERT INTO text ({', '.join(columns)}) VALUES ({','.join('?' * len(columns))})",  # noqa: S608
        (page_id, reader, now(), *values),
    ).lastrowid
    assert text_id is not None
    connection.execute(
        "INSERT INTO text_search (rowid, headline, text) VALUES (?,?,?)",
        (text_id, article.headline, article.text),
    )
    return text_id


def _new_article(connection: sqlite3.Connection, article: Article) -> int:
    cursor = connection.execute(
        "INSERT INTO article (address, added) VALUES (?, ?)", (address_of(article), now())
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _page(connection: sqlite3.Connection, article_id: int, path: str, page: Page) -> int:
    connection.execute(
        "INSERT INTO page_bytes (sha256, size, codec, data) VALUES (?,?,'zlib',?) ON CONFLICT DO NOTHING",
        (page.sha256, len(page.data), rows.pack(page.data)),
    )
    cursor = connection.execute(
        "INSERT INTO page (article_id, sha256, path, url, media_type, charset, got, given, added) "
        "VALUES (?,?,?,?,?,?,?,?,?)",
        (
            article_id, page.sha256, storable(path), page.url, page.media_type, page.charset, page.got,
            rows.dumps(dict(page.given)), now(),
        ),
    )  # fmt: skip
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def load_page(connection: sqlite3.Connection, page_id: int) -> Page:
    """Return a stored page, its bytes checked against their hash.

    Raises:
        RecordError: the bytes are not those that were added.
    """
    row = connection.execute(
        "SELECT b.data, b.size, p.sha256, p.media_type, p.charset, p.url, p.got, p.given "
        "FROM page p JOIN page_bytes b ON b.sha256 = p.sha256 WHERE p.id = ?",
        (page_id,),
    ).fetchone()
    if row is None:
        raise RecordError(f"page {page_id}: its bytes are missing. Run `onrecord verify`")
    data, size, sha256, media_type, charset, url, got, given = row
    plain = rows.unpack(data, size)
    if hashlib.sha256(plain).hexdigest() != sha256:
        raise RecordError(f"page {sha256}: its bytes have another hash. Run `onrecord verify`")
    said = rows.loads(given, f"page {sha256}")
    try:
        rows.strings("media type and what was said of it", media_type, *said.keys(), *said.values())
        rows.strings("charset, url and time", *(one for one in (charset, url, got) if one is not None))
    except rows.DAMAGE as error:
        raise RecordError(f"page {sha256}: the record is damaged ({error}). Run `onrecord verify`") from error
    return Page(plain, media_type, charset, url, got, said)
