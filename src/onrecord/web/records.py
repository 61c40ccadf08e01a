"""Open records for requests: each is used by one request at a time, and readers never wait for a writer.

A handler asks for one by its type: ``record: Reading`` to ask, ``record: Writing`` to change.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Annotated, Any, Final

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from onrecord.errors import RecordError
from onrecord.record import Record

#: At most so many requests read at a time; each record open keeps up to 64 MiB of the file in memory.
READERS: Final = 3


#: A question that takes longer is given up: others wait for its reader.
LONGEST_SECONDS: Final = 10.0


class Records:
    """The open records of one app.

    Args:
        path: the record file.
        read_only: never write to it.
        how: further arguments of :class:`onrecord.Record`.

    Raises:
        RecordError: it cannot be opened.
    """

    def __init__(self, path: str | os.PathLike[str], *, read_only: bool, **how: Any) -> None:
        self.path = os.fspath(path)
        self._how = {**how, "create": False, "any_thread": True}
        # Opened for writing once, so that its tables are brought up to date before anybody reads.
        with Record(path, read_only=read_only, create=False, **how) as record:
            self.read_only = record.read_only
        self._free: dict[bool, list[Record]] = {True: [], False: []}
        # Writers wait for each other here and not in SQLite, where they would hold a thread.
        self._room = {True: asyncio.Semaphore(READERS), False: asyncio.Semaphore(1)}

    @asynccontextmanager
    async def use(self, *, read_only: bool) -> AsyncIterator[Record]:
        """Lend an open record to one request."""
        async with self._room[read_only]:
            free = self._free[read_only]
            record = free.pop() if free else await run_in_threadpool(self._open, read_only)
            if read_only:
                record.limit(LONGEST_SECONDS)
            try:
                yield record
            except RecordError:
                # Its connection may be what is wrong: the next request opens another.
                record.close()
                raise
            except BaseException:
                free.append(record)
                raise
            free.append(record)

    def open_readers(self) -> Sequence[Record]:
        """Open all that may be lent for reading, before there are requests; return them.

        Raises:
            RecordError: the file cannot be opened.
        """
        free = self._free[True]
        while len(free) < READERS:
            free.append(self._open(True))
        return tuple(free)

    def _open(self, read_only: bool) -> Record:
        return Record(self.path, read_only=read_only, **self._how)

    def close(self) -> None:
        """Close the records that are lent to nobody."""
        for free in self._free.values():
            while free:
                free.pop().close()


async def _reading(request: Request) -> AsyncIterator[Record]:
    records: Records = request.app.state.records
    async with records.use(read_only=True) as record:
        yield record


async def _writing(request: Request) -> AsyncIterator[Record]:
    records: Records = request.app.state.records
    async with records.use(read_only=False) as record:
        yield record


#: A record to ask; handlers that take it are plain functions, so that they run beside each other.
Reading = Annotated[Record, Depends(_reading)]

#: A record to change, one request at a time. Only for POST: :mod:`onrecord.web.trust` refuses forged ones.
Writing = Annotated[Record, Depends(_writing)]
