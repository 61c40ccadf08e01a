"""What an article is to the record: held already, the same page read in another way, a version, or new."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from onrecord.article import Article, Page
from onrecord.errors import InputError
from onrecord.record import rows
from onrecord.record.store import Store
from onrecord.record.values import Added, Reader, State

#: Two texts under one address are versions of one article when they share this part of the shorter one's
#: three-word runs. Sites that give every page the same canonical address, and files that are overwritten
#: with another article, share next to none.
SAME_ARTICLE: Final = 0.2

_MOST_WORDS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article belongs in the record.

    Attributes:
        state: ``unchanged``, ``reread`` (the bytes are held, something else was said of them), ``version``
            or ``new``.
        article_id: the article it belongs to, ``None`` for a new one.
        given: what was said of the page it follows; it holds on where nothing else is said.
        url: where that page was fetched from, when its bytes are the same.
        charset: what the server declared for it.
    """

    state: State
    article_id: int | None = None
    given: Mapping[str, str] | None = None
    url: str | None = None
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """An article as it is to be written: read with what was said of it now and before."""

    article: Article
    page: Page
    reason: str | None = None


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


def storable(path: str) -> str:
    """Return a path with the bytes that are no UTF-8, which file names may hold, written out."""
    return path.encode("utf-8", "backslashreplace").decode()


def find_place(connection: sqlite3.Connection, article: Article, page: Page) -> Place:
    """Return where an article belongs, as the record stands now.

    The same bytes are the same page, under whatever path, unless the url differs or, under another path,
    something else was said of them: two outlets may print one wire text. A url that only one of the two
    knows makes no other page of it (one was fetched, one saved).
    """
    address = address_of(article)
    found = _same_bytes(connection, article, page, address)
    if found is not None:
        return found
    for article_id, text, given in connection.execute(
        "SELECT a.id, x.text, p.given FROM article a JOIN text x ON x.id = a.text_id JOIN page p "
        "ON p.id = a.page_id WHERE a.address = ? ORDER BY a.id DESC",
        (address,),
    ):
        if same_article(text, article.text):
            return Place("version", article_id, rows.loads(given, f"the page of article {article_id}"))
    return Place("new")


def _same_bytes(connection: sqlite3.Connection, article: Article, page: Page, address: str) -> Place | None:
    """Return the place of a page whose bytes are held, that under the same address or path first."""
    newest: dict[int, tuple[Any, ...]] = {}
    for row in connection.execute(
        "SELECT p.article_id, p.given, p.url, p.charset, p.path, a.address, p.id = a.page_id, s.path "
        "FROM page p JOIN article a ON a.id = p.article_id LEFT JOIN page s ON s.id = a.page_id "
        "WHERE p.sha256 = ? ORDER BY p.id DESC",
        (page.sha256,),
    ):
        # A fragment names a place within a page.
        if row[2] and page.url and row[2].partition("#")[0] != page.url.partition("#")[0]:
            continue
        newest.setdefault(row[0], row)
    path = storable(article.path)
    here = [row for row in newest.values() if path == row[4] or address == row[5]]
    for row in [*here, *(row for row in newest.values() if row not in here)]:
        article_id, words, url, charset, _, _, stands, last = row
        given = rows.loads(words, f"page {page.sha256}")
        if row in here and not stands and last == path:
            # The page went back to what it was. Snapshots of it under other paths come in any order.
            return Place("version", article_id, given, url, charset)
        if all(given.get(name) == value for name, value in page.given.items()):
            return Place("unchanged", article_id, given)
        if row in here or all(given.get(name, value) == value for name, value in page.given.items()):
            # An older copy does not come to stand again by what is said of it.
            state: State = "reread" if stands else "unchanged"
            return Place(state, article_id, given, url, charset)
    return None


def said_of(page: Page, place: Place) -> dict[str, str]:
    """Return what holds of a page: what is said now, and what was said before and not now."""
    if page.media_type == rows.ARTICLE_TYPE:  # Made in memory, with everything that is known of it.
        return dict(page.given)
    return {**(place.given or {}), **page.given}


def place_article(
    store: Store, article: Article, reader: Callable[[], Reader], *, force: bool
) -> Placed | Added:
    """Return an article as it is to be written, or what adding it comes to where nothing is.

    Where more was said of its page before, or something else now, the page is read again with all of it.

    Raises:
        InputError: the page cannot be read so.
    """
    page = rows.page_of(article)
    with store.reading(f"adding {article.path}") as connection:
        place = find_place(connection, article, page)
        held = done(connection, article, page, place, force=force)
    if held is not None:
        return held
    given = said_of(page, place)
    if given == page.given and place.state != "reread":
        return Placed(article, page)
    page = replace(page, given=given, url=page.url or place.url, charset=page.charset or place.charset)
    again = reader().reread(page, article.path)
    if place.state != "reread":
        return Placed(again, page)
    before = dict(place.given or {})
    if _digest_with(page, before, article.path, reader()) == _digest(again):
        return _unchanged(store, article, page, place)
    told = ", ".join(
        f"{name.removeprefix('column:')} {value!r}" + (f" (was {before[name]!r})" if name in before else "")
        for name, value in sorted(given.items())
        if before.get(name) != value
    )
    return Placed(again, page, f"the same page, read again with {told}")


def done(
    connection: sqlite3.Connection, article: Article, page: Page, place: Place, *, force: bool
) -> Added | None:
    """Return what adding comes to where nothing is to be written: the page is held, or was removed."""
    if place.state == "unchanged":
        return Added(
            path=article.path, state="unchanged", article=place.article_id, page=page.sha256,
            statements=_count(connection, place),
        )  # fmt: skip
    reason = None if force or place.state == "reread" else _refused(connection, page)
    if reason is not None:
        return Added(path=article.path, state="refused", page=page.sha256, reason=reason)
    return None


def _unchanged(store: Store, article: Article, page: Page, place: Place) -> Added:
    with store.reading(f"adding {article.path}") as connection:
        count = _count(connection, place)
    return Added(
        path=article.path, state="unchanged", article=place.article_id, page=page.sha256, statements=count
    )


def _count(connection: sqlite3.Connection, place: Place) -> int:
    sql = "SELECT count(*) FROM standing WHERE article_id = ?"
    return int(connection.execute(sql, (place.article_id,)).fetchone()[0])


def _refused(connection: sqlite3.Connection, page: Page) -> str | None:
    """Return why a page is kept out, ``None`` when it was never removed."""
    row = connection.execute(
        "SELECT removed, author, reason FROM tombstone WHERE sha256 = ? ORDER BY id DESC", (page.sha256,)
    ).fetchone()
    if row is None:
        return None
    removed, author, reason = row
    return f"removed on {removed[:10]} by {author} ({reason}). Add it with --force if it is to be held again"


def _digest(article: Article) -> str:
    return str(rows.text_values(article)[rows.TEXT_COLUMNS.index("digest")])


def _digest_with(page: Page, given: Mapping[str, str], path: str, reader: Reader) -> str | None:
    """Return the digest of a page read with other words said of it, ``None`` where it cannot be read so."""
    try:
        return _digest(reader.reread(replace(page, given=given), path))
    except InputError:
        return None
