"""Adding articles: page, text, run and statements in one transaction."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from onrecord.article import Article, Page, Statement
from onrecord.errors import InputError, RecordError
from onrecord.record import rows, standing
from onrecord.record.store import Store, now
from onrecord.record.values import Added, Extractor, Reader

#: Articles in one transaction of ``add_all``, and how long one may gather them, in seconds. Each commit waits
#: for the disk; a crash costs at most what is gathered.
BATCH: Final = 64
BATCH_SECONDS: Final = 2.0

#: Two texts under one address are versions of one article when they share this part of the shorter one's
#: three-word runs. Sites that give every page the same canonical address, and files that are overwritten
#: with another article, share next to none.
SAME_ARTICLE: Final = 0.2

_MOST_WORDS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article with its statements, ready to be written."""

    article: Article
    page: Page
    statements: list[Statement]


def address_of(article: Article) -> str:
    """Return what tells that two pages are versions of one: url, else absolute path, else the page's hash.

    A url without a path is a site's front page, which templates often give as the address of every article.
    """
    url = article.url or (article.page.url if article.page else None)
    if url:
        try:
            parts = urlsplit(url)
        except ValueError:
            return url
        if parts.path not in ("", "/") or parts.query:
            query = f"?{parts.query}" if parts.query else ""
            return f"{parts.netloc.lower()}{parts.path}{query}" or url
    if article.path.partition("#")[0] in ("", "-"):
        return f"sha256:{rows.page_of(article).sha256}"
    return storable(str(Path(article.path).absolute()))


def same_article(one: str, other: str) -> bool:
    """Return whether two texts under one address are versions of one article."""
    first, second = _runs(one), _runs(other)
    least = min(len(first), len(second))
    return not least or len(first & second) >= SAME_ARTICLE * least


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.split(maxsplit=_MOST_WORDS)[:_MOST_WORDS]
    return set(zip(words, words[1:], words[2:], strict=False))


def find_page(connection: sqlite3.Connection, page: Page) -> tuple[int, int] | None:
    """Return page id and article id of a page that the record holds: same bytes, url and what was given.

    A url that only one of the two knows makes no other page of it (one was fetched, one saved).
    """
    row = connection.execute(
        "SELECT id, article_id FROM page WHERE sha256 = ? AND given = ? AND (url IS NULL OR ? IS "
        "NULL OR url = ?)",
        (page.sha256, rows.dumps(dict(page.given)), page.url, page.url),
    ).fetchone()
    return (row[0], row[1]) if row else None


def storable(path: str) -> str:
    """Return a path with the bytes that are no UTF-8, which file names may hold, written out."""
    return path.encode("utf-8", "backslashreplace").decode()


def known(store: Store, article: Article, *, force: bool) -> Added | None:
    """Return what adding comes to where nothing is to be looked for: the page is held, or was removed."""
    with store.reading(f"adding {article.path}") as connection:
        return _known(connection, article, rows.page_of(article), force=force)


def prepare(article: Article, statements: Iterable[Statement] | None, extractor: Extractor) -> Prepared:
    """Find the statements of an article.

    Raises:
        InputError: the finder cannot work on the article, or its text cannot be stored.
    """
    try:
        for value in rows.text_values(article):
            str(value).encode()
    except UnicodeEncodeError as error:
        reason = f"it holds half a character ({error.object[error.start]!a}). Give the file in UTF-8"
        raise InputError(article.path, reason) from error
    found = extractor.extract(article) if statements is None else list(statements)
    return Prepared(article, rows.page_of(article), found)


def write(store: Store, prepared: list[Prepared], reader: str, model: str, *, force: bool) -> list[Added]:
    """Write articles in one transaction."""
    first = prepared[0].article.path
    doing = f"adding {first}" if len(prepared) == 1 else f"adding {first} and {len(prepared) - 1} more"
    with store.writing(doing) as connection:
        index = standing.Index(connection)
        done = [_write(connection, index, one, reader, model, force=force) for one in prepared]
        index.flush()
    return done


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
        added = known(store, article, force=force)
        if added is not None:
            yield added
            continue
        store.require_writable(f"adding {article.path}")
        try:
            prepared = prepare(article, None, extractor())
        except InputError as error:
            page = rows.page_of(article)
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


def refused(connection: sqlite3.Connection, page: Page) -> str | None:
    """Return why a page is kept out, ``None`` when it was never removed."""
    row = connection.execute(
        "SELECT removed, author, reason FROM tombstone WHERE sha256 = ? ORDER BY id DESC", (page.sha256,)
    ).fetchone()
    if row is None:
        return None
    removed, author, reason = row
    return f"removed on {removed[:10]} by {author} ({reason}). Add it with --force if it is to be held again"


def _known(connection: sqlite3.Connection, article: Article, page: Page, *, force: bool) -> Added | None:
    found = find_page(connection, page)
    if found is not None:
        count = connection.execute(
            "SELECT count(*) FROM standing WHERE article_id = ?", (found[1],)
        ).fetchone()[0]
        return Added(
            path=article.path, state="unchanged", article=found[1], page=page.sha256, statements=count
        )
    reason = None if force else refused(connection, page)
    if reason is not None:
        return Added(path=article.path, state="refused", page=page.sha256, reason=reason)
    return None


def _write(
    connection: sqlite3.Connection,
    index: standing.Index,
    one: Prepared,
    reader: str,
    model: str,
    *,
    force: bool,
) -> Added:
    article, page = one.article, one.page
    # Another process may have added or removed it while the statements were looked for.
    held = _known(connection, article, page, force=force)
    if held is not None:
        return held
    article_id, state = _article(connection, article)
    page_id = _page(connection, article_id, article.path, page)
    text_id = save_text(connection, page_id, article, reader)
    count = stand(connection, index, article_id, page_id, text_id, one.statements, reader, model)
    return Added(
        path=article.path,
        state="version" if state else "new",
        article=article_id,
        page=page.sha256,
        statements=count,
    )


def stand(
    connection: sqlite3.Connection, index: standing.Index, article_id: int, page_id: int, text_id: int,
    statements: list[Statement], reader: str, model: str,
) -> int:  # fmt: skip
    """Write a run and make it the one that stands; return how many statements it found."""
    run_id = connection.execute(
        "INSERT INTO run (text_id, reader, model, made) VALUES (?,?,?,?)", (text_id, reader, model, now())
    ).lastrowid
    assert run_id is not None
    held = standing.save_statements(connection, run_id, statements)
    connection.execute(
        "UPDATE article SET page_id = ?, text_id = ?, run_id = ? WHERE id = ?",
        (page_id, text_id, run_id, article_id),
    )
    standing.settle(connection, index, article_id, held)
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


def _article(connection: sqlite3.Connection, article: Article) -> tuple[int, bool]:
    """Return the id of the article that this is a version of, or of a new one, and which of both it is."""
    address = address_of(article)
    versions = connection.execute(
        "SELECT a.id, x.text FROM article a JOIN text x ON x.id = a.text_id WHERE a.address = ? "
        "ORDER BY a.id DESC",
        (address,),
    ).fetchall()
    for article_id, text in versions:
        if same_article(text, article.text):
            return int(article_id), True
    cursor = connection.execute("INSERT INTO article (address, added) VALUES (?, ?)", (address, now()))
    assert cursor.lastrowid is not None
    return cursor.lastrowid, False


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
    data, size, sha256, media_type, charset, url, got, given = connection.execute(
        "SELECT b.data, b.size, p.sha256, p.media_type, p.charset, p.url, p.got, p.given "
        "FROM page p JOIN page_bytes b ON b.sha256 = p.sha256 WHERE p.id = ?",
        (page_id,),
    ).fetchone()
    plain = rows.unpack(data, size)
    if hashlib.sha256(plain).hexdigest() != sha256:
        raise RecordError(f"page {sha256}: its bytes have another hash. Run `onrecord verify`")
    return Page(plain, media_type, charset, url, got, rows.loads(given, f"page {sha256}"))
