"""The manifest: what was given to be added, how far it was gone through, what became of each item.

It lies in the record. The row of an item is written in the transaction that adds its article, so that a run
which was stopped at any moment goes on behind the last article that is safe.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, Literal

from onrecord.record import rows
from onrecord.record.placing import storable
from onrecord.record.store import Store, now

ItemState = Literal["waiting", "done", "failed", "refused"]

#: Rows that are read, or written where nothing else is, at a time.
_TOGETHER: Final = 1000

#: A file that was changed so lately, in nanoseconds, may change again without its time of change showing it.
_FRESH: Final = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Mark:
    """What tells that a file has not changed: size in bytes, and time of change in nanoseconds."""

    size: int
    modified: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One input in the manifest.

    Attributes:
        id: its number.
        path: absolute path of a file, or URL.
        given: what the user said of it.
        mark: the file as it was gone through; ``None`` where it may have changed since without its showing.
        reached: where in the file the next item begins, in bytes, when that is known.
        state: ``waiting`` until it was gone through to its end, then ``done``; else ``failed``.
        error: why.
        at: when that was so, ISO 8601 in UTC.
    """

    id: int
    path: str
    given: Mapping[str, str]
    mark: Mark | None
    reached: int | None
    state: str
    error: str | None
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What became of one item of an input.

    Attributes:
        n: its place in the input, from 1.
        name: what stands behind the path and ``#``; empty for the only item of an input.
        sha256: of the bytes of its page, ``None`` where there are none.
        state: ``waiting`` for another try, ``done``, ``failed`` or ``refused``.
        error: why it failed or was refused.
    """

    n: int
    name: str
    sha256: str | None
    state: ItemState
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An input or item that failed: its path, why, and when (ISO 8601 in UTC)."""

    path: str
    error: str
    at: str


def key_of(path: str) -> str:
    """Return what an input is known by: an absolute path, or the URL as it is."""
    return path if "://" in path else storable(str(Path(path).absolute()))


def mark_of(path: str) -> Mark | None:
    """Return the mark of a file, ``None`` for what is no file or was changed a moment ago."""
    try:
        found = Path(path).stat()
    except (OSError, ValueError):
        return None
    if time.time_ns() - found.st_mtime_ns < _FRESH:
        return None
    return Mark(found.st_size, found.st_mtime_ns)


class Manifest:
    """The manifest of an open record.

    Args:
        store: the record.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def enter(self, paths: Iterable[str], given: Mapping[str, str]) -> None:
        """Enter inputs as waiting that are new, or of which something else is said now.

        What was said of an input before holds on where nothing else is said.

        Raises:
            RecordError: the record cannot be written.
        """
        waiting = iter(paths)
        while some := list(islice(waiting, _TOGETHER)):
            with self._store.writing(f"entering {some[0]}") as connection:
                for path in some:
                    _enter(connection, key_of(path), given)

    def find(self, path: str) -> Input | None:
        """Return the input that was given as this path."""
        return next(iter(self._select("WHERE path = ?", (key_of(path),))), None)

    def inputs(self, *states: str) -> list[Input]:
        """Return the inputs in one of these states, or all, in the order in which they were first given."""
        chosen = f"WHERE state IN ({','.join('?' * len(states))}) " if states else ""
        return self._select(f"{chosen}ORDER BY id", states)

    def inputs_with_counts(self) -> Iterator[tuple[Input, dict[str, int]]]:
        """Yield every input with how many of its items are in each state."""
        for one in self.inputs():
            yield one, self.counts(one.id)

    def failures(self) -> Iterator[Failure]:
        """Yield every input that could not be gone through, and every item that failed."""
        for path, name, error, at in self._store.rows(
            "SELECT path, '', error, at FROM input WHERE state = 'failed' UNION ALL "
            "SELECT i.path, t.name, t.error, t.at FROM input_item t "
            "JOIN input i ON i.id = t.input_id WHERE t.state = 'failed'"
        ):
            whole = f"{path}#{name}" if name else path
            yield Failure(path=whole, error=error, at=at)

    def item(self, input_id: int, n: int) -> Item | None:
        """Return one item of an input."""
        return next(self.items(input_id, "AND n = ?", (n,)), None)

    def items(self, input_id: int, condition: str = "", values: tuple[object, ...] = ()) -> Iterator[Item]:
        """Yield the items of an input in their order, a few at a time."""
        sql = (
            f"SELECT n, name, sha256, state, error FROM input_item WHERE input_id = ? {condition} AND n > ? "  # noqa: S608
        )
        last = 0
        while found := self._store.rows(f"{sql} ORDER BY n LIMIT {_TOGETHER}", (input_id, *values, last)):
            for n, name, sha256, state, error in found:
                yield Item(n=n, name=name, sha256=sha256, state=state, error=error)
            last = found[-1][0]

    def counts(self, input_id: int) -> dict[str, int]:
        """Return how many items of an input are in each state."""
        sql = "SELECT state, count(*) FROM input_item WHERE input_id = ? GROUP BY state"
        return {state: int(count) for state, count in self._store.rows(sql, (input_id,))}

    def is_whole(self, input_id: int) -> bool:
        """Tell whether no item waits for another try, and the page of every item that is done is held."""
        return not self._store.value(
            "SELECT EXISTS (SELECT 1 FROM input_item WHERE input_id = ? AND state = 'waiting') OR "
            "EXISTS (SELECT 1 FROM input_item i WHERE i.input_id = ? AND i.state = 'done' AND NOT EXISTS "
            "(SELECT 1 FROM page p WHERE p.sha256 = i.sha256))",
            (input_id, input_id),
        )

    def retry(self) -> int:
        """Have what failed waiting again; return how many items and inputs that are."""
        with self._store.writing("trying failed inputs again") as connection:
            failed = connection.execute(
                "UPDATE input_item SET state = 'waiting' WHERE state = 'failed'"
            ).rowcount
            connection.execute(
                "UPDATE input SET state = 'waiting' WHERE state = 'done' AND id IN "
                "(SELECT input_id FROM input_item WHERE state = 'waiting')"
            )
            unread = connection.execute("UPDATE input SET state = 'waiting' WHERE state = 'failed'").rowcount
        return failed + unread

    def _select(self, condition: str, values: Sequence[object]) -> list[Input]:
        return [
            Input(
                id=number, path=path, given=rows.loads(given, path), reached=reached, state=state,
                error=error, at=at, mark=None if modified is None else Mark(size, modified),
            )
            for number, path, given, size, modified, reached, state, error, at in self._store.rows(
                f"SELECT id, path, given, size, modified, reached, state, error, at FROM input {condition}",  # noqa: S608
                values,
            )
        ]  # fmt: skip


def save_item(connection: sqlite3.Connection, input_id: int, item: Item, reached: int | None) -> None:
    """Write what became of an item, within the transaction that adds its article."""
    connection.execute(
        "INSERT OR REPLACE INTO input_item (input_id, n, name, sha256, state, error, at) "
        "VALUES (?,?,?,?,?,?,?)",
        (input_id, item.n, storable(item.name), item.sha256, item.state, item.error, now()),
    )
    if reached is not None:
        connection.execute("UPDATE input SET reached = ? WHERE id = ?", (reached, input_id))


def save_end(
    connection: sqlite3.Connection, input_id: int, items: int, mark: Mark | None, error: str | None = None
) -> None:
    """Write that an input was gone through to its end, or that it could not be and why.

    Args:
        connection: within a write transaction.
        input_id: the input.
        items: how many items it has; rows of more are of an earlier, longer file.
        mark: the file as it was before it was gone through.
        error: why its end was not reached.
    """
    size, modified = (mark.size, mark.modified) if mark and error is None else (None, None)
    if error is None:
        connection.execute("DELETE FROM input_item WHERE input_id = ? AND n > ?", (input_id, items))
    connection.execute(
        "UPDATE input SET state = ?, error = ?, size = ?, modified = ?, reached = NULL, at = ? WHERE id = ?",
        ("done" if error is None else "failed", error, size, modified, now(), input_id),
    )


def _enter(connection: sqlite3.Connection, key: str, given: Mapping[str, str]) -> None:
    row = connection.execute("SELECT id, given FROM input WHERE path = ?", (key,)).fetchone()
    if row is None:
        connection.execute(
            "INSERT INTO input (path, given, state, at) VALUES (?,?,'waiting',?)",
            (key, rows.dumps(dict(given)), now()),
        )
        return
    number, before = row[0], rows.loads(row[1], key)
    said = {**before, **given}
    if said != before:
        connection.execute("DELETE FROM input_item WHERE input_id = ?", (number,))
        connection.execute(
            "UPDATE input SET given = ?, state = 'waiting', modified = NULL, reached = NULL WHERE id = ?",
            (rows.dumps(said), number),
        )
