"""What is remembered of feeds: how each last answered, which pages it has listed, what became of them.

Every function is one transaction, so that a watch that is stopped at any moment goes on where it was. Times
are ISO 8601 in UTC, to the second.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.reading.feeds import Entry
from onrecord.record.store import Store

#: Pages that one feed may have waiting; what it lists beyond them is taken up when some of them are done.
MOST_WAITING: Final = 200_000

_COLUMNS: Final = "id, url, index_id, said, read, etag, modified, failures, error, due"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, or a sitemap that an index names.

    Attributes:
        id: its number in the record.
        url: its address.
        index_id: the sitemap index that names it, ``None`` for one that a person named.
        said: when it was last altered, as that index says.
        read: what ``said`` was when it was last read through.
        etag: header of its last answer, like ``modified``.
        failures: how often in a row it gave nothing.
        error: why, the last time.
        due: it is not asked for before.
    """

    id: int
    url: str
    index_id: int | None
    said: str | None
    read: str | None
    etag: str | None
    modified: str | None
    failures: int
    error: str | None
    due: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """A page that a feed lists and that is to be fetched.

    Attributes:
        id: its number in the record.
        url: its address.
        updated: the newest time that a feed has given for it.
        asked: when it was last asked for.
        tries: how often in a row that ended in an error.
        same: how often in a row it was fetched again and found unaltered.
    """

    id: int
    url: str
    updated: str | None
    asked: str | None
    tries: int
    same: int


@dataclass(frozen=True, slots=True)
class Host:
    """A server that is left alone for a while.

    Attributes:
        failures: how often in a row it failed.
        due: nothing is asked of it before.
        error: why.
    """

    failures: int
    due: str
    error: str


def find(store: Store, url: str) -> Feed:
    """Return the feed of an address; one that is not known is made."""
    with store.writing(f"watching {url}") as connection:
        connection.execute("INSERT INTO feed (url) VALUES (?) ON CONFLICT DO NOTHING", (url,))
        row = connection.execute(f"SELECT {_COLUMNS} FROM feed WHERE url = ?", (url,)).fetchone()  # noqa: S608
    return Feed(*row)


def parts(store: Store, index: Feed, now: str, limit: int) -> list[Feed]:
    """Return the sitemaps of an index that are to be asked for: what is new or altered, the newest first.

    Of those of which the index does not say when they were altered, the one that was asked for longest ago
    comes first.
    """
    return [
        Feed(*row)
        for row in store.rows(
            f"SELECT {_COLUMNS} FROM feed WHERE index_id = ? AND (due IS NULL OR due <= ?) "  # noqa: S608
            "AND (read IS NULL OR said > read OR said IS NULL) ORDER BY said DESC, asked, id LIMIT ?",
            (index.id, now, limit),
        )
    ]


def list_entries(store: Store, feed: Feed, entries: Sequence[Entry], now: str, again: Sequence[int]) -> int:
    """Remember what a feed lists; return how many pages and sitemaps are new or said to be altered.

    A page that was fetched is fetched again once a feed gives a time for it that is newer than the one before
    and than its fetching.

    Args:
        store: the record.
        feed: the feed.
        entries: some of what it lists, with no time that lies ahead.
        now: the present time.
        again: seconds after its last fetching in which a page is not fetched again, by how often in a row it
            was fetched again and found unaltered.
    """
    new = 0
    with store.writing(f"watching {feed.url}") as connection:
        for entry in entries:
            new += (_list_part if entry.sitemap else _list_page)(connection, feed, entry, now, again)
    return new


def _list_part(
    connection: sqlite3.Connection, feed: Feed, entry: Entry, _now: str, _again: Sequence[int]
) -> bool:
    # A sitemap that a person named, or another index, stays theirs.
    done = connection.execute(
        "INSERT INTO feed (url, index_id, said) VALUES (?, ?, ?) ON CONFLICT (url) DO UPDATE "
        "SET said = excluded.said WHERE index_id = excluded.index_id AND said IS NOT excluded.said",
        (entry.url, feed.id, entry.updated),
    )
    return done.rowcount > 0


def _list_page(
    connection: sqlite3.Connection, feed: Feed, entry: Entry, now: str, again: Sequence[int]
) -> bool:
    row = connection.execute(
        "SELECT id, updated, state, asked, same FROM feed_item WHERE url = ?", (entry.url,)
    ).fetchone()
    if row is None:
        connection.execute(
            "INSERT INTO feed_item (feed_id, url, updated, listed, state) VALUES (?, ?, ?, ?, 'waiting')",
            (feed.id, entry.url, entry.updated, now),
        )
        return True
    item_id, updated, state, asked, same = row
    if entry.updated is None or entry.updated <= (updated or ""):
        return False
    connection.execute("UPDATE feed_item SET updated = ? WHERE id = ?", (entry.updated, item_id))
    if state == "waiting" or entry.updated <= (asked or ""):
        return False
    gap = again[min(same, len(again) - 1)]
    connection.execute(
        "UPDATE feed_item SET state = 'waiting', tries = 0, error = NULL, "
        "due = strftime('%Y-%m-%dT%H:%M:%SZ', asked, ?) WHERE id = ?",
        (f"+{gap} seconds", item_id),
    )
    return True


def waiting(store: Store, feed: Feed) -> int:
    """Return how many pages of a feed wait, those of an index's sitemaps too."""
    return int(
        store.value(
            "SELECT count(*) FROM feed_item WHERE state = 'waiting' AND feed_id IN "
            "(SELECT id FROM feed WHERE id = ? OR index_id = ?)",
            (feed.id, feed.id),
        )
    )


def next_items(store: Store, feed: Feed, now: str, limit: int) -> list[Item]:
    """Return pages of a feed that may be asked for now: those that have not failed first, then the newest."""
    found = store.rows(
        "SELECT id, url, updated, asked, tries, same FROM feed_item WHERE state = 'waiting' AND feed_id IN "
        "(SELECT id FROM feed WHERE id = ? OR index_id = ?) AND (due IS NULL OR due <= ?) "
        "ORDER BY error IS NOT NULL, tries, updated DESC, id LIMIT ?",
        (feed.id, feed.id, now, limit),
    )
    return [Item(*row) for row in found]


def held(store: Store, item: Item) -> bool:
    """Return whether the record has a page of this address that need not be asked for.

    That is one got since a feed said that it was altered, and since it was last asked for: a watch that was
    stopped between adding a page and noting it finds it so.
    """
    got = store.value(
        "SELECT max(substr(coalesce(got, added), 1, 19)) FROM "
        "(SELECT got, added FROM page WHERE path = ? UNION ALL SELECT got, added FROM page WHERE url = ?)",
        (item.url, item.url),
    )
    return got is not None and got >= max(item.updated or "", item.asked or "")[:19]


def removed(store: Store, item: Item) -> str | None:
    """Return why a page of this address was once taken out of the record."""
    rows = store.rows(
        "SELECT removed, author, reason FROM tombstone WHERE path = ? OR url = ? ORDER BY id DESC LIMIT 1",
        (item.url, item.url),
    )
    if not rows:
        return None
    day, author, reason = rows[0]
    return f"removed on {day[:10]} by {author} ({reason}); `onrecord add --force` brings it back"


def ask_item(store: Store, item: Item, now: str) -> None:
    """Note that a page is about to be asked for."""
    with store.writing(f"watching {item.url}") as connection:
        connection.execute("UPDATE feed_item SET asked = ? WHERE id = ?", (now, item.id))


def settle(store: Store, item: Item, state: str, error: str | None = None, *, same: int = 0) -> None:
    """Note what became of a page: ``done``, ``failed`` or ``refused``."""
    with store.writing(f"watching {item.url}") as connection:
        connection.execute(
            "UPDATE feed_item SET state = ?, error = ?, same = ?, tries = 0, due = NULL WHERE id = ?",
            (state, error, same, item.id),
        )


def put_off(store: Store, item: Item, due: str, error: str, *, tries: int) -> None:
    """Note that a page gave an error that may pass; ``tries`` is how many in a row were its own."""
    with store.writing(f"watching {item.url}") as connection:
        connection.execute(
            "UPDATE feed_item SET tries = ?, due = ?, error = ? WHERE id = ?", (tries, due, error, item.id)
        )


def leave(store: Store, feed: Feed, items: Sequence[tuple[str, int]]) -> None:
    """Note that pages are not asked for before a time each, as their hosts are left alone."""
    with store.writing(f"watching {feed.url}") as connection:
        connection.executemany("UPDATE feed_item SET due = ? WHERE id = ?", items)


def ask_feed(store: Store, feed: Feed, now: str) -> None:
    """Note that a feed is about to be asked for."""
    with store.writing(f"watching {feed.url}") as connection:
        connection.execute("UPDATE feed SET asked = ? WHERE id = ?", (now, feed.id))


def answered(
    store: Store, feed: Feed, now: str, etag: str | None, modified: str | None, *, whole: bool = True
) -> None:
    """Note that a feed has answered, and that all it lists is remembered unless it is not ``whole``."""
    with store.writing(f"watching {feed.url}") as connection:
        connection.execute(
            "UPDATE feed SET answered = ?, etag = ?, modified = ?, read = ?, failures = 0, error = NULL, "
            "due = NULL WHERE id = ?",
            (now, etag, modified, (feed.said or now) if whole else None, feed.id),
        )


def failed(store: Store, feed: Feed, due: str, error: str) -> None:
    """Note that a feed has given nothing."""
    with store.writing(f"watching {feed.url}") as connection:
        connection.execute(
            "UPDATE feed SET failures = failures + 1, due = ?, error = ? WHERE id = ?", (due, error, feed.id)
        )


def host(store: Store, name: str) -> Host | None:
    """Return why and until when a host is left alone, ``None`` where it last answered."""
    rows = store.rows("SELECT failures, due, error FROM feed_host WHERE host = ?", (name,))
    return Host(*rows[0]) if rows else None


def keep_host(store: Store, name: str, kept: Host | None) -> None:
    """Note until when a host is left alone; ``None`` where it has answered."""
    with store.writing(f"watching {name}") as connection:
        connection.execute("DELETE FROM feed_host WHERE host = ?", (name,))
        if kept is not None:
            values = (name, kept.failures, kept.due, kept.error)
            connection.execute("INSERT INTO feed_host VALUES (?, ?, ?, ?)", values)
