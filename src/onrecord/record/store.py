"""The file: opening, migrating, transactions, and what SQLite's errors mean to the user."""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from onrecord.errors import OnrecordError, RecordError
from onrecord.record.migrations import MIGRATIONS
from onrecord.record.rows import DAMAGE

#: "onrc" in ASCII, at a fixed place of the file's header: tells a record from other SQLite files.
APPLICATION_ID: Final = 0x6F6E7263

#: How long a writer waits for another, in seconds. One transaction of ours takes well under one.
BUSY_SECONDS: Final = 60

#: After so many steps of SQLite's machine the time is looked at: a few hundred times a second.
_STEPS: Final = 20_000

_TABLE: Final = re.compile(r"\s*CREATE (?:VIRTUAL )?TABLE (\w+)")

#: How Python's module says that a text is no UTF-8; it gives no code.
_NO_UTF8: Final = "Could not decode to UTF-8"

_FAULT: Final = "Run `onrecord verify`; if it finds nothing, this is a fault of onrecord: report it"

_PRAGMAS: Final = (
    "PRAGMA foreign_keys = ON",
    # A record may come from a stranger: its views and triggers may not call functions with side effects.
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    # 64 MiB: with the default of 2 MiB the index pages of a large record are read again for each question.
    "PRAGMA cache_size = -65536",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA secure_delete = ON",
)


def now() -> str:
    """Return the present time, ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def explain(path: str, error: sqlite3.Error, doing: str) -> RecordError:
    """Turn an error of SQLite into one that says what is wrong and what to do."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if _NO_UTF8 in str(error):
        what = "the record is damaged (text that is no UTF-8). Run `onrecord verify`"
    elif "FULL" in name or "full" in str(error):
        what = "the disk is full; what was committed before is safe. Free some space and run the same again"
    elif "READONLY" in name:
        what = "the record is read-only. Work on a copy, or make the file and its folder writable"
    elif "BUSY" in name or "LOCKED" in name:
        what = f"another process has been writing for {BUSY_SECONDS} s. Wait for it and run the same again"
    elif "INTERRUPT" in name:
        what = "this takes longer than is allowed. Ask for more words, one speaker or fewer days"
    elif "NOTADB" in name:
        what = "this file is not a record (not a SQLite database). Name another with --record"
    elif "CORRUPT" in name:
        what = f"the file is damaged ({error}). Run `onrecord verify`, and restore it from a copy"
    elif "CANTOPEN" in name:
        what = "the file cannot be opened. Check that the folder exists and that you may read and write there"
    elif "IOERR" in name:
        what = f"the disk failed or is full ({error}); what was committed before is safe. Run the same again"
    else:
        what = f"{error}. {_FAULT}"
    return RecordError(f"{path}: {doing}: {what}")


def is_of_one_value(error: RecordError) -> bool:
    """Return whether only a value was wrong, so that the other articles can still be worked on."""
    cause = error.__cause__
    return not isinstance(cause, sqlite3.Error | OSError) or (
        isinstance(cause, sqlite3.IntegrityError) or _NO_UTF8 in str(cause)
    )


class Store:
    """One open record file with its transactions. :class:`onrecord.Record` adds what is done with it.

    Args:
        path: the file.
        create: make it when it does not exist.
        read_only: never write, not even to migrate. A file that may not be written is opened so too.
        any_thread: let other threads use it too, one after the other, never two at a time.

    Raises:
        RecordError: the file is missing, is no record, is of a newer version, or cannot be opened.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        create: bool = True,
        read_only: bool = False,
        any_thread: bool = False,
    ) -> None:
        self.path = os.fspath(path)
        self._any_thread = any_thread
        file = Path(self.path)
        if file.is_dir():
            raise RecordError(f"{self.path}: this is a folder. Name a file for the record")
        exists = file.exists()
        if not exists and (read_only or not create):
            raise RecordError(
                f"{self.path}: there is no record here. Make one with `onrecord add`, or name it"
            )
        if not exists and not file.absolute().parent.is_dir():
            raise RecordError(
                f"{self.path}: the folder {file.absolute().parent} does not exist. Make it first"
            )
        self.read_only = read_only or (exists and not os.access(file, os.W_OK))
        with self.guard("opening"):
            self._connection = self._connect(file.absolute())
            try:
                self._prepare()
            except BaseException:
                self._connection.close()
                raise

    def _connect(self, file: Path) -> sqlite3.Connection:
        uri = file.as_uri() + ("?mode=ro" if self.read_only else "?mode=rwc")
        connection = self._open(uri)
        if self.read_only:
            try:
                connection.execute("SELECT count(*) FROM sqlite_master")
            except sqlite3.OperationalError:
                # A folder where nothing can be written has no room for the -shm file that WAL needs. With no
                # -wal file beside it the record is whole as it lies, and may be read as it lies.
                connection.close()
                if Path(f"{file}-wal").exists():
                    raise
                connection = self._open(uri + "&immutable=1")
        return connection

    def _open(self, uri: str) -> sqlite3.Connection:
        # Autocommit: each transaction is begun by name, so that none is left open by accident.
        return sqlite3.connect(
            uri,
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=not self._any_thread,
        )

    def _prepare(self) -> None:
        application = self._pragma("application_id")
        empty = not self.value("SELECT count(*) FROM sqlite_master")
        if application != APPLICATION_ID and (not empty or self.read_only):
            raise RecordError(f"{self.path}: this SQLite file is no record of onrecord. Name another one")
        version = self._check_version()
        self._check_tables()
        for pragma in _PRAGMAS:
            self._connection.execute(pragma)
        if self.read_only:
            if version < len(MIGRATIONS):
                raise RecordError(
                    f"{self.path}: written by an older onrecord (version {version} of {len(MIGRATIONS)}) and "
                    "opened read-only. Open it once for writing, or a copy of it"
                )
            return
        self._wal()
        # FULL: a commit is on the disk before it is reported, so that not even a power cut takes it back.
        self._connection.execute("PRAGMA synchronous = FULL")
        if version < len(MIGRATIONS):
            self._migrate()

    def _check_version(self) -> int:
        version = self._pragma("user_version")
        if version > len(MIGRATIONS):
            raise RecordError(
                f"{self.path}: written by a newer onrecord (version {version}, this one knows "
                f"{len(MIGRATIONS)}). Upgrade: pip install --upgrade onrecord"
            )
        return version

    def _check_tables(self) -> None:
        """Refuse a file in which a view stands for one of our tables: it may be without end."""
        made = {name for _, sql in MIGRATIONS for one in sql for name in _TABLE.findall(one)} | {"migration"}
        views = {" ".join(one.split()) for _, sql in MIGRATIONS for one in sql}
        found = self.rows("SELECT lower(name), type, sql FROM sqlite_master WHERE type <> 'table'")
        for name, kind, sql in found:
            if name == "search_row" and " ".join(str(sql).split()) not in views:
                raise RecordError(f"{self.path}: the view {name} is altered: this is no record of ours")
            if name in made:
                raise RecordError(f"{self.path}: {name} is a {kind} and no table: this is no record of ours")

    def _wal(self) -> None:
        """Switch to WAL; two processes that make the same file at once must wait for each other by hand."""
        give_up = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError:
                if time.monotonic() > give_up:
                    raise
                time.sleep(0.02)
            else:
                return

    def _migrate(self) -> None:
        for number, (name, statements) in enumerate(MIGRATIONS, start=1):
            with self.writing(f"migration {name}"):
                if self._check_version() >= number:
                    continue  # another process has done it while we waited
                if number == 1:
                    self._connection.execute(
                        "CREATE TABLE migration (name TEXT PRIMARY KEY, applied TEXT NOT NULL)"
                    )
                for statement in statements:
                    self._connection.execute(statement)
                self._connection.execute("INSERT INTO migration VALUES (?, ?)", (name, now()))
                self._connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                self._connection.execute(f"PRAGMA user_version = {number}")

    def _pragma(self, name: str) -> int:
        return int(self._connection.execute(f"PRAGMA {name}").fetchone()[0])

    @contextmanager
    def guard(self, doing: str) -> Iterator[None]:
        """Raise what SQLite raises inside, and what stored values of another kind than ours raise.

        Raises:
            RecordError: with the file and what was done with it.
        """
        try:
            yield
        except sqlite3.Error as error:
            raise explain(self.path, error, doing) from error
        except OnrecordError:
            raise
        except UnicodeEncodeError as error:
            what = f"{error.object!a} holds half a character, which no UTF-8 can hold. Give it in UTF-8"
            raise RecordError(f"{self.path}: {doing}: {what}") from error
        except DAMAGE as error:
            # The record may be a stranger's, and SQLite keeps values of any type in any column.
            what = f"a value in the record is not of its kind ({type(error).__name__}: {error})"
            raise RecordError(f"{self.path}: {doing}: {what}. {_FAULT}") from error

    def require_writable(self, doing: str) -> None:
        """Raise unless the record may be written; called before long work that would be in vain.

        Raises:
            RecordError: it is open read-only.
        """
        if self.read_only:
            what = "the record is open read-only. Work on a copy, or make the file writable"
            raise RecordError(f"{self.path}: {doing}: {what}")

    @contextmanager
    def writing(self, doing: str) -> Iterator[sqlite3.Connection]:
        """One write transaction: all of it or nothing.

        Raises:
            RecordError: the record is read-only, or SQLite refuses.
        """
        self.require_writable(doing)
        with self.guard(doing):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self, doing: str) -> Iterator[sqlite3.Connection]:
        """One view of the record: what others write meanwhile is not seen."""
        with self.guard(doing):
            if self._connection.in_transaction:
                yield self._connection
                return
            self._connection.execute("BEGIN")
            try:
                yield self._connection
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query.

        Raises:
            RecordError: SQLite refuses.
        """
        with self.guard("reading"):
            return self._connection.execute(sql, values).fetchall()

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """Return the first column of the first row, ``None`` when there is none."""
        rows = self.rows(sql, values)
        return rows[0][0] if rows else None

    def limit(self, seconds: float | None) -> None:
        """Give up, with a RecordError, what takes longer than so many seconds from now; ``None``: never."""
        until = time.monotonic() + (seconds or 0)
        late = None if seconds is None else lambda: time.monotonic() > until
        self._connection.set_progress_handler(late, _STEPS)

    def close(self) -> None:
        """Close the file. What was committed stays; a record that is closed cannot be used again."""
        with self.guard("closing"):
            self._connection.close()
