"""Taking pages out: bytes, texts and statements go, a tombstone and the judgements stay."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from onrecord.article import Article
from onrecord.errors import QueryError
from onrecord.record import anchors, rows, standing
from onrecord.record.laying import BAND
from onrecord.record.linking import Linker
from onrecord.record.placing import address_of, storable
from onrecord.record.store import Store, now
from onrecord.record.values import Removed
from onrecord.stories import families


def remove(store: Store, page: str, *, reason: str, author: str) -> Removed:
    """Remove the page of this hash, or every version of the pages with this url or path."""
    if not reason.strip() or not author.strip():
        raise QueryError("a removal needs a reason and an author. Give --reason and --author")
    with store.writing(f"removing {page}") as connection:
        found = _find(connection, page)
        if not found:
            raise QueryError(_not_held(connection, page))
        articles = sorted({article_id for _, article_id in found})
        before = _count(connection, articles)
        index = standing.Index(connection)
        linker = Linker(connection, index)
        for article_id in articles:
            gone = [page_id for page_id, owner in found if owner == article_id]
            _fall_back(linker, article_id, gone)
        hashes, tombstones = [], []
        for page_id, _ in found:
            sha256, tombstone = _bury(connection, page_id, reason.strip(), author.strip())
            hashes.append(sha256)
            tombstones.append(tombstone)
        for article_id in articles:
            _forget_words(connection, article_id)
            _take_again(connection, article_id)
            standing.settle(connection, index, article_id)
        linker.finish()
        index.flush()
        removed = Removed(
            pages=tuple(dict.fromkeys(hashes)), statements=before - _count(connection, articles),
            tombstones=tuple(tombstones),
        )  # fmt: skip
    return removed if _wipe(store) else replace(removed, wiped=False)


def _find(connection: sqlite3.Connection, page: str) -> list[tuple[int, int]]:
    wanted = storable(page.strip())
    by_hash = connection.execute(
        "SELECT id, article_id FROM page WHERE sha256 = ?", (wanted.lower(),)
    ).fetchall()
    if by_hash:
        return [(one, owner) for one, owner in by_hash]
    if wanted == "-":
        raise QueryError("'-' names no page: what came from a pipe has no path. Give its url or its SHA-256")
    path = storable(str(Path(wanted).absolute()))
    held = connection.execute(
        "SELECT id, article_id FROM page WHERE article_id IN ("
        "SELECT article_id FROM page WHERE path = ? OR url = ? UNION "
        "SELECT id FROM article WHERE address IN (?, ?)) ORDER BY id",
        (path, wanted, address_of(Article(path="", text="", url=wanted)), path),
    ).fetchall() or _as_typed(connection, wanted)
    articles = sorted({owner for _, owner in held})
    if len(articles) > 1:
        named = connection.execute(
            "SELECT id, sha256, path, url FROM page WHERE id IN (SELECT max(id) FROM page WHERE article_id "  # noqa: S608
            f"IN ({','.join('?' * len(articles))}) GROUP BY article_id) ORDER BY id",
            articles,
        ).fetchall()
        names = "; ".join(f"{sha256} ({url or path})" for _, sha256, path, url in named)
        what = f"{page!r} names {len(articles)} articles"
        raise QueryError(f"{what}. Give the SHA-256 of the one meant: {names}")
    return [(one, owner) for one, owner in held]


def _as_typed(connection: sqlite3.Connection, wanted: str) -> list[tuple[int, int]]:
    """Return the pages of an article known by its url that were given under this relative path.

    The folder they were given in is not known, so the file that lies there now must have their bytes.

    Raises:
        QueryError: there is no such file, so that a page of another folder may be meant.
    """
    given = connection.execute(
        "SELECT a.id, a.address, p.sha256, coalesce(p.url, a.address) FROM page p JOIN article a "
        "ON a.id = p.article_id WHERE p.path = ? ORDER BY p.id",
        (wanted,),
    ).fetchall()
    given = [row for row in given if not Path(row[1]).is_absolute()]
    file = Path(wanted)
    there = None
    with suppress(OSError):  # what cannot be read, or be a file's name, is no file
        if file.is_file():
            there = _sha256_of(file)
    if there is None and given:
        names = "; ".join(f"{sha256} ({url})" for _, _, sha256, url in given)
        what = f"no file {str(file.absolute())!r} is there to tell which page {wanted!r} was given for"
        raise QueryError(f"{what}. Give the url or the SHA-256 of the one meant: {names}")
    articles = sorted({owner for owner, _, sha256, _ in given if sha256 == there})
    marks = ",".join("?" * len(articles))
    return connection.execute(
        f"SELECT id, article_id FROM page WHERE article_id IN ({marks}) ORDER BY id",  # noqa: S608
        articles,
    ).fetchall()


def _not_held(connection: sqlite3.Connection, page: str) -> str:
    """Return why nothing is found, and under which path the file's bytes are held if they are."""
    try:
        file = Path(page.strip())
        sha256 = _sha256_of(file) if file.is_file() else None
    except (OSError, ValueError):  # No name of a file, or one that may not be read: it tells us nothing.
        sha256 = None
    held = connection.execute("SELECT path FROM page WHERE sha256 = ? ORDER BY id", (sha256,)).fetchall()
    if not held:
        return f"no page {page!r} is in the record. Give its url, its path or its SHA-256"
    names = ", ".join(repr(path) for (path,) in dict.fromkeys(held))
    return f"the page {page!r} is held as {names}. Give that path, or its SHA-256 {sha256}"


def _sha256_of(file: Path) -> str | None:
    """Return the hash of a file, ``None`` when it is larger than any page that is held."""
    if file.stat().st_size > rows.MOST_PAGE_BYTES:
        return None
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _fall_back(linker: Linker, article_id: int, gone: list[int]) -> None:
    """Make the newest version that is left the one that stands, or none."""
    connection = linker.connection
    marks = ",".join("?" * len(gone))
    row = connection.execute(
        "SELECT p.id, x.id, r.id FROM page p JOIN text x ON x.page_id = p.id JOIN run r "  # noqa: S608
        "ON r.text_id = x.id "
        f"WHERE p.article_id = ? AND p.id NOT IN ({marks}) ORDER BY p.id DESC, r.id DESC LIMIT 1",
        (article_id, *gone),
    ).fetchone()
    stands = connection.execute("SELECT page_id FROM article WHERE id = ?", (article_id,)).fetchone()[0]
    if stands in gone:
        connection.execute(
            "UPDATE article SET page_id = ?, text_id = ?, run_id = ? WHERE id = ?",
            (*(row or (None, None, None)), article_id),
        )
    linker.article(article_id)
    families.place(connection, article_id, linker.index.moved)
    standing.settle(connection, linker.index, article_id)


def _bury(connection: sqlite3.Connection, page_id: int, reason: str, author: str) -> tuple[str, int]:
    sha256, path, url = connection.execute(
        "SELECT sha256, path, url FROM page WHERE id = ?", (page_id,)
    ).fetchone()
    texts = connection.execute("SELECT id, headline, text FROM text WHERE page_id = ?", (page_id,)).fetchall()
    for text_id, headline, text in texts:
        connection.execute(
            "INSERT INTO text_search (text_search, rowid, headline, text) VALUES ('delete',?,?,?)",
            (text_id, headline, text),
        )
        for table in ("mention_candidate WHERE mention_id IN (SELECT id FROM mention WHERE text_id = ?)",
                      "mention WHERE text_id = ?",
                      "statement WHERE run_id IN (SELECT id FROM run WHERE text_id = ?)",
                      "run WHERE text_id = ?",
                      "text WHERE id = ?"):  # fmt: skip
            connection.execute(f"DELETE FROM {table}", (text_id,))  # noqa: S608
    connection.execute("DELETE FROM page WHERE id = ?", (page_id,))
    connection.execute(
        "DELETE FROM page_bytes WHERE sha256 = ? AND NOT EXISTS (SELECT 1 FROM page WHERE page.sha256 = ?)",
        (sha256, sha256),
    )
    cursor = connection.execute(
        "INSERT INTO tombstone (sha256, path, url, reason, author, removed) VALUES (?,?,?,?,?,?)",
        (sha256, path, url, reason, author, now()),
    )
    assert cursor.lastrowid is not None
    return str(sha256), cursor.lastrowid


def _forget_words(connection: sqlite3.Connection, article_id: int) -> None:
    """Take the quoted words out of judgements that stand nowhere any more and were made on a removed text.

    The judgement itself stays: who decided what, and when. Words that the version left also prints are not
    what was taken down.
    """
    connection.execute(
        "DELETE FROM anchor WHERE text_id NOT IN (SELECT id FROM text) AND judgement_id IN ("
        "SELECT j.id FROM judgement j JOIN placement p ON p.judgement_id = j.id "
        "WHERE j.article_id = ? AND p.place <> 'placed')",
        (article_id,),
    )


def _take_again(connection: sqlite3.Connection, article_id: int) -> None:
    """Anchor the judgements that stand in the version left there: the context goes with the page."""
    found = standing.standing_article(connection, article_id)
    if found is None:
        return
    article, text_id, _ = found
    gone = connection.execute(
        "SELECT DISTINCT n.judgement_id FROM anchor n JOIN judgement j ON j.id = n.judgement_id "
        "WHERE j.article_id = ? AND n.text_id NOT IN (SELECT id FROM text)",
        (article_id,),
    ).fetchall()
    for (number,) in gone:
        quotes = connection.execute(
            "SELECT n, exact, prefix, suffix, start FROM anchor WHERE judgement_id = ? ORDER BY n", (number,)
        ).fetchall()
        connection.execute("DELETE FROM anchor WHERE judgement_id = ?", (number,))
        bands: dict[int, list[anchors.Anchor]] = {}
        for n, *quote in quotes:
            bands.setdefault(n // BAND, []).append(anchors.kept(quote, f"judgement {number}"))
        for band, found_in in bands.items():
            for n, span in enumerate(anchors.locate_all(article.text, found_in) or ()):
                made = anchors.make(article.text, span)
                connection.execute(
                    "INSERT INTO anchor (judgement_id, n, exact, prefix, suffix, start, text_id) VALUES "
                    "(?,?,?,?,?,?,?)",
                    (number, band * BAND + n, made.exact, made.prefix, made.suffix, made.start, text_id),
                )


def _count(connection: sqlite3.Connection, articles: list[int]) -> int:
    marks = ",".join("?" * len(articles))
    sql = f"SELECT count(*) FROM standing WHERE article_id IN ({marks})"  # noqa: S608
    return int(connection.execute(sql, articles).fetchone()[0])


def _wipe(store: Store) -> bool:
    """Overwrite what the deletions have left in the full-text index and the write-ahead log.

    Returns:
        whether the log could be emptied.
    """
    with store.writing("wiping removed words") as connection:
        connection.execute("INSERT INTO search (search) VALUES ('optimize')")
        connection.execute("INSERT INTO text_search (text_search) VALUES ('optimize')")
    # One that reads an older view holds the log; it is emptied when the last one closes the record.
    ((busy, *_),) = store.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    return not busy
