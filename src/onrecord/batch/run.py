"""One run: pages go to those who work on them, and what comes back is written in the order of the input.

Whatever the number of workers, articles are written one after the other in the order in which the inputs give
them, and so the record is the same. What is ready early waits in a window of bounded length.
"""

from __future__ import annotations

import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from onrecord.batch.entries import End, Failed, Inputs, Settled, Step, ToDo
from onrecord.batch.manifest import Item, ItemState, save_end, save_item
from onrecord.batch.pool import COMMAND, Here, Job, Pool, Workers
from onrecord.batch.work import work
from onrecord.errors import InputError, RecordError
from onrecord.record import Added, Record, adding, placing
from onrecord.record.store import is_of_one_value

#: Up to so many pages are worked on by this process: to start others takes longer.
FEW: Final = 16

#: The window: at most so many steps, and so many bytes of pages (one page may be larger).
MOST_STEPS: Final = 512
MOST_BYTES: Final = 64_000_000

#: Steps in one transaction, how long one may gather them, in seconds, and bytes of their pages. What a text
#: teaches of actors has others linked again once a transaction: for 300 reports of one war that took 24 ms an
#: article when written together, 55 when written 64 at a time (2026-11). A crash costs what is gathered.
TOGETHER: Final = 256
SECONDS: Final = 10.0

#: How long to wait for an answer before looking whether something is due to be written, in seconds.
_TICK: Final = 0.2

Result = Added | InputError


@dataclass(slots=True)
class Slot:
    """A step in the window, with the job that it waits for."""

    step: Step
    job: Job | None = None

    @property
    def ready(self) -> bool:
        """Whether nothing is waited for."""
        return self.job is None or self.job.answer is not None

    @property
    def size(self) -> int:
        """Bytes of the page that is held for it."""
        return len(self.job.page.data) if self.job else 0


class Crew:
    """Who works: this process while there is little to do, from then on those that ``hire`` starts.

    Args:
        here: this process.
        hire: starts others, ``None`` for never.
    """

    def __init__(self, here: Here, hire: Callable[[], Pool] | None) -> None:
        self.pool: Pool = here
        self._hire = hire
        self._waiting: list[Job] = []

    @property
    def room(self) -> int:
        """How many more jobs are taken."""
        return 1 if self._hire is not None else self.pool.room

    def put(self, job: Job) -> None:
        """Take a job; hire others when there are more than :data:`FEW`."""
        if self._hire is None:
            self.pool.put(job)
            return
        self._waiting.append(job)
        if len(self._waiting) > FEW:
            self.start(more=True)

    def start(self, *, more: bool) -> None:
        """Begin with what waits; ``more``: others are hired for it, as this is not all."""
        if self._hire is not None and more:
            self.pool = self._hire()
        self._hire = None
        for job in self._waiting:
            self.pool.put(job)
        self._waiting.clear()


def in_order(steps: Iterator[Step], crew: Crew, is_held: Callable[[str], bool]) -> Iterator[Slot | None]:
    """Yield the steps in their order, each when it is ready; ``None`` when one has to be waited for.

    A page that is held already is left to the record, which will find no work in it.
    """
    window: deque[Slot] = deque()
    size, ended = 0, False
    while window or not ended:
        if not ended and crew.room > 0 and len(window) < MOST_STEPS and size < MOST_BYTES:
            step = next(steps, None)
            if step is None:
                ended = True
                crew.start(more=False)
            else:
                slot = Slot(step)
                if isinstance(step, ToDo) and not is_held(step.sha256):
                    slot.job = Job(step.page, step.path)
                    crew.put(slot.job)
                window.append(slot)
                size += slot.size
            waited = 0.0
        else:
            crew.start(more=not ended)
            waited = _TICK
        if window and window[0].ready:
            size -= window[0].size
            yield window.popleft()
        elif window:
            if waited:
                yield None
            crew.pool.collect(waited)


@dataclass(slots=True)
class _Pending:
    step: ToDo | Failed | End
    what: adding.Prepared | Added | InputError | None


@dataclass(slots=True)
class Writer:
    """Writes what is ready, many steps in one transaction, with what the manifest says of them.

    Attributes:
        record: open for writing.
        crew: tells the version of what found the statements.
        force: add pages that were once removed.
        settled: yield what an earlier run has settled, too.
        position: how far the inputs have been gone through, in bytes.
    """

    record: Record
    crew: Crew
    force: bool
    settled: bool
    position: int = 0
    _waiting: list[_Pending] = field(default_factory=list)
    _hashes: set[str] = field(default_factory=set)
    _paths: set[str] = field(default_factory=set)
    _bytes: int = 0
    _begun: float = 0.0

    def take(self, slot: Slot) -> Iterator[Result]:
        """Take the next step; yield what has become of this and earlier ones, once it is safe on disk."""
        step = slot.step
        self.position = step.position
        if isinstance(step, Settled):
            if self.settled and step.result is not None:
                yield step.result
            return
        if isinstance(step, ToDo) and (step.sha256 in self._hashes or step.path in self._paths):
            # What this one is to the record depends on what has become of the other.
            yield from self.flush()
        if not self._waiting:
            self._begun = time.monotonic()
        self._waiting.append(
            _Pending(step, self._place(step, slot.job) if isinstance(step, ToDo) else step.error)
        )
        if isinstance(step, ToDo):
            self._bytes += len(step.page.data)
            self._hashes.add(step.sha256)
            self._paths.add(step.path)
        if len(self._waiting) >= TOGETHER or self._bytes > MOST_BYTES:
            yield from self.flush()

    def due(self) -> Iterator[Result]:
        """Write what has waited long enough."""
        if self._waiting and time.monotonic() - self._begun > SECONDS:
            yield from self.flush()

    def flush(self) -> Iterator[Result]:
        """Write all that waits, in one transaction."""
        waiting, self._waiting, self._bytes = self._waiting, [], 0
        self._hashes.clear()
        self._paths.clear()
        if not waiting:
            return
        try:
            results = self._write(waiting)
        except RecordError as error:
            if not is_of_one_value(error):
                raise
            results = [self._write_alone(one) for one in waiting]
        yield from (result for result in results if result is not None)

    def _place(self, step: ToDo, job: Job | None) -> adding.Prepared | Added | InputError:
        """Return a page as it is to be written, or what adding it comes to where nothing is."""
        answer = job.answer if job else work(step.page, step.path, self.record.reader, lambda _: [])
        assert answer is not None
        if isinstance(answer.found, InputError):
            return answer.found
        article, statements = answer.found
        try:
            placed = placing.place_article(self.record, article, lambda: self.record.reader, force=self.force)
            if isinstance(placed, Added):
                return placed
            if job is not None and placed.article is article:
                return adding.Prepared(article, placed.page, statements, placed.reason)
            return adding.prepare(placed, self.record.extractor, article)
        except InputError as error:
            return error

    def _write(self, waiting: list[_Pending]) -> list[Result | None]:
        first, more = waiting[0].step.path, len(waiting) - 1
        results: list[Result | None] = []
        with adding.linking(
            self.record, f"adding {first} and {more} more" if more else f"adding {first}"
        ) as linker:
            for one in waiting:
                result = one.what
                if isinstance(result, adding.Prepared):
                    model = self.crew.pool.model()
                    result = adding.write_one(
                        linker, result, self.record.reader.version, model, force=self.force
                    )
                if isinstance(result, InputError) and isinstance(one.step, ToDo):
                    page, reason = one.step.sha256, result.reason
                    result = Added(path=result.path, state="failed", page=page, reason=reason)
                _note(linker.connection, one.step, result)
                results.append(result)
        return results

    def _write_alone(self, one: _Pending) -> Result | None:
        """Write one step in a transaction of its own; where that fails too, write that it has failed."""
        try:
            return self._write([one])[0]
        except RecordError as error:
            if not is_of_one_value(error):
                raise
            failed = InputError(one.step.path, str(error))
            return self._write([_Pending(one.step, failed)])[0]


def _note(connection: sqlite3.Connection, step: ToDo | Failed | End, result: Result | None) -> None:
    """Write into the manifest what has become of a step."""
    if step.input_id is None:
        return
    if isinstance(step, End):
        save_end(connection, step.input_id, step.items, step.mark, step.error.reason if step.error else None)
        return
    state: ItemState = "done"
    if isinstance(result, InputError):
        state = "failed"
    elif result is not None and result.state in ("failed", "refused"):
        state = "refused" if result.state == "refused" else "failed"
    error = result.reason if result is not None and state != "done" else None
    sha256 = step.sha256 if isinstance(step, ToDo) else None
    item = Item(n=step.n, name=step.name, sha256=sha256, state=state, error=error)
    save_item(connection, step.input_id, item, step.reached)


class Run:
    """One run over inputs: iterate over it once; it yields what has become of each item, once it is on disk.

    Args:
        record: where to.
        sources: files, folders, URLs, ``-``.
        given: what the user says of them (``outlet``, ``published``, ``column:FIELD``).
        allow_private: fetch from private and loopback addresses too.
        force: add pages that were once removed, and work again on what is settled.
        settled: yield what an earlier run has settled, too.
        workers: processes with a model each; 1 for none but this one.
        command: starts a worker.
    """

    def __init__(
        self, record: Record, sources: Sequence[str], given: Mapping[str, str], *,
        allow_private: bool = False, force: bool = False, settled: bool = True, workers: int = 1,
        command: Sequence[str] = COMMAND,
    ) -> None:  # fmt: skip
        self._record = record
        self._inputs = Inputs(record, sources, given, allow_private, force)
        here = Here(
            lambda: record.reader,
            lambda article: record.extractor.extract(article),
            lambda: record.extractor.version,
        )
        crew = Crew(here, (lambda: Workers(workers, command)) if workers > 1 else None)
        self._writer = Writer(record, crew, force, settled)

    @property
    def total(self) -> int:
        """Bytes of all files."""
        return self._inputs.total

    @property
    def position(self) -> int:
        """How many of them have been gone through."""
        return self._writer.position

    def __iter__(self) -> Iterator[Result]:
        writer = self._writer
        self._record.require_writable("adding")
        self._inputs.enter()
        try:
            for slot in in_order(self._inputs.steps(), writer.crew, self._is_held):
                if slot is None:
                    yield from writer.due()
                else:
                    yield from writer.take(slot)
            yield from writer.flush()
        except KeyboardInterrupt:
            for _ in writer.flush():
                pass
            raise
        finally:
            writer.crew.pool.close()

    def _is_held(self, sha256: str) -> bool:
        return self._record.value("SELECT 1 FROM page WHERE sha256 = ?", (sha256,)) is not None
