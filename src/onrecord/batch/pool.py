"""Who works on pages: processes with a model each, or this process itself.

Both take pages with :meth:`put` and give answers back with :meth:`collect`, in any order.
"""

from __future__ import annotations

import json
import queue
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Final, Protocol

from onrecord.article import Article, Page, Statement
from onrecord.batch.messages import Answer, answer_from_bytes, page_to_bytes
from onrecord.batch.work import work
from onrecord.errors import InputError, ModelError, OnrecordError, RecordError
from onrecord.record import Reader

#: Starts a worker; the number of its socket is added. -P keeps the folder one stands in, which may be a
#: stranger's, off the module path.
COMMAND: Final = (sys.executable, "-P", "-m", "onrecord.batch")

#: Pages that wait at one worker beside the one it works on, so that it goes on while this process writes,
#: which it does for some seconds at a time.
AHEAD: Final = 48

#: Seconds for one page. A page of a million characters takes about two minutes.
MOST_SECONDS: Final = 600.0

#: A worker that holds more, in bytes, is replaced when it has answered. Ordinary ones hold a quarter of it.
MOST_MEMORY: Final = 1_000_000_000

#: An answer that is longer, in bytes, is none: a million characters and their statements are a tenth of it.
MOST_BYTES: Final = 1 << 28

#: How often a page is tried whose worker dies.
MOST_TRIES: Final = 2

#: How often in a row workers may die before they are ready.
MOST_STILLBORN: Final = 3


@dataclass(slots=True)
class Job:
    """A page to be worked on.

    Attributes:
        page: what to read.
        path: the name of its input.
        answer: what became of it, ``None`` while nothing has.
        tries: how many workers have died over it.
    """

    page: Page
    path: str
    answer: Answer | None = None
    tries: int = 0


class Pool(Protocol):
    """What takes jobs and fills in their answers."""

    @property
    def room(self) -> int:
        """How many more jobs are taken before somebody would have to wait."""

    def put(self, job: Job) -> None:
        """Take a job."""

    def collect(self, seconds: float) -> None:
        """Wait until a job is answered, at most so long; put the answers where they belong."""

    def model(self) -> str:
        """Return the version of what finds the statements."""

    def close(self) -> None:
        """Let go of what is still worked on."""


class Here:
    """The present process, one job after the other."""

    def __init__(
        self,
        reader: Callable[[], Reader],
        extract: Callable[[Article], list[Statement]],
        version: Callable[[], str],
    ) -> None:
        self._reader, self._extract, self._version = reader, extract, version
        self._waiting: deque[Job] = deque()

    @property
    def room(self) -> int:
        """One job at a time."""
        return 0 if self._waiting else 1

    def put(self, job: Job) -> None:
        """Take a job, to be worked on in :meth:`collect`."""
        self._waiting.append(job)

    def collect(self, seconds: float) -> None:  # noqa: ARG002 - a page takes as long as it takes
        """Work on a job."""
        if self._waiting:
            job = self._waiting.popleft()
            job.answer = work(job.page, job.path, self._reader(), self._extract)

    def model(self) -> str:
        """Return the version of what finds the statements; loads it."""
        return self._version()

    def close(self) -> None:
        """Forget what waits."""
        self._waiting.clear()


@dataclass(eq=False)
class _Worker:
    process: subprocess.Popen[bytes]
    connection: Connection
    ready: bool = False
    retiring: bool = False
    since: float = 0.0
    jobs: deque[Job] = field(default_factory=deque)
    sending: queue.SimpleQueue[bytes | None] = field(default_factory=queue.SimpleQueue)
    threads: tuple[threading.Thread, ...] = ()

    def start(self, inbox: queue.SimpleQueue[tuple[_Worker, bytes | None]]) -> None:
        """Begin to send and to receive, each in a thread: neither side waits while the other is busy."""
        self.threads = (
            threading.Thread(target=self.send, daemon=True),
            threading.Thread(target=self.receive, args=(inbox,), daemon=True),
        )
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        """End the process, whatever it does, and what belongs to it here."""
        self.process.kill()
        self.process.wait()
        self.sending.put(None)
        for thread in self.threads:
            thread.join()
        self.connection.close()

    def send(self) -> None:
        """Send what is put into the queue."""
        while (message := self.sending.get()) is not None:
            try:
                self.connection.send_bytes(message)
            except OSError:  # It has died, and so will the other thread find.
                return

    def receive(self, inbox: queue.SimpleQueue[tuple[_Worker, bytes | None]]) -> None:
        """Put each answer into the inbox, and ``None`` behind the last one."""
        while True:
            try:
                message = self.connection.recv_bytes(MOST_BYTES)
            except (EOFError, OSError):
                inbox.put((self, None))
                return
            inbox.put((self, message))


class Workers:
    """Processes with a model each.

    A worker that dies over a page (killed, out of memory) is replaced, and the page tried once more; when
    that one dies too, the page is answered as failed. So is one that takes longer than :data:`MOST_SECONDS`.

    Args:
        count: how many.
        command: starts one; the descriptor of its socket is added.
    """

    def __init__(self, count: int, command: Sequence[str] = COMMAND) -> None:
        self._command = tuple(command)
        self._waiting: deque[Job] = deque()
        self._model: str | None = None
        self._stillborn = 0
        self._workers: list[_Worker] = []
        self._inbox: queue.SimpleQueue[tuple[_Worker, bytes | None]] = queue.SimpleQueue()
        try:
            for _ in range(count):
                self._workers.append(self._start())
        except BaseException:
            self.close()
            raise

    @property
    def room(self) -> int:
        """How many jobs it takes until each worker has :data:`AHEAD` waiting."""
        held = len(self._waiting) + sum(len(worker.jobs) for worker in self._workers)
        return len(self._workers) * (1 + AHEAD) - held

    def put(self, job: Job) -> None:
        """Take a job, and send it where there is room."""
        self._waiting.append(job)
        self._feed()

    def collect(self, seconds: float) -> None:
        """Take the answers that have come; replace the workers that died or take too long."""
        try:
            while True:
                worker, message = self._inbox.get(timeout=seconds) if seconds else self._inbox.get_nowait()
                self._hear(worker, message)
                seconds = 0.0
        except queue.Empty:
            pass
        for worker in list(self._workers):
            if worker.ready and worker.jobs and time.monotonic() - worker.since > MOST_SECONDS:
                job = worker.jobs.popleft()
                job.answer = Answer(
                    InputError(job.path, f"takes longer than {MOST_SECONDS:.0f} s to work on")
                )
                self._replace(worker)
        self._feed()

    def model(self) -> str:
        """Return the version that the workers say they have; waits for the first to be ready."""
        while self._model is None:
            self.collect(1.0)
        return self._model

    def close(self) -> None:
        """End every worker."""
        for worker in self._workers:
            worker.stop()
        self._workers.clear()

    def _start(self) -> _Worker:
        ours, theirs = socket.socketpair()
        with theirs:
            # Ctrl-C reaches every process of a terminal's group; what it means is decided here.
            process = subprocess.Popen(  # noqa: S603 - a fixed command
                [*self._command, str(theirs.fileno())], pass_fds=[theirs.fileno()], process_group=0,
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            )  # fmt: skip
        worker = _Worker(process, Connection(ours.detach()))
        worker.start(self._inbox)
        return worker

    def _feed(self) -> None:
        """Hand what waits to the workers that have least to do."""
        while self._waiting:
            fit = [one for one in self._workers if not one.retiring and len(one.jobs) <= AHEAD]
            if not fit:
                return
            worker = min(fit, key=lambda one: len(one.jobs))
            job = self._waiting.popleft()
            if not worker.jobs:
                worker.since = time.monotonic()
            worker.jobs.append(job)
            worker.sending.put(page_to_bytes(job.page, job.path))

    def _hear(self, worker: _Worker, message: bytes | None) -> None:
        if worker not in self._workers:
            return  # It has been replaced.
        if message is None:
            self._bury(worker)
            return
        if not worker.ready:
            self._greet(worker, message)
            return
        job = worker.jobs.popleft()
        worker.since = time.monotonic()
        try:
            job.answer = answer_from_bytes(message, job.page, job.path)
        except (ValueError, KeyError, TypeError, RecordError) as error:
            job.answer = Answer(InputError(job.path, f"gave no sound answer ({error})"))
        worker.retiring = worker.retiring or job.answer.memory > MOST_MEMORY
        if worker.retiring and not worker.jobs:
            self._replace(worker)

    def _greet(self, worker: _Worker, message: bytes) -> None:
        said = json.loads(message)
        if "error" in said:
            raise ModelError(said["error"])
        self._model = str(said["model"])
        self._stillborn = 0
        worker.ready = True
        worker.since = time.monotonic()

    def _bury(self, worker: _Worker) -> None:
        """Replace a worker that has died; the page it was at is tried once more, then given up."""
        status = worker.process.wait()
        if worker.ready and worker.jobs:
            job = worker.jobs[0]
            job.tries += 1
            if job.tries >= MOST_TRIES:
                worker.jobs.popleft()
                job.answer = Answer(
                    InputError(job.path, f"the process that worked on it {_ended(status)}, twice")
                )
        elif not worker.ready:
            self._stillborn += 1
            if self._stillborn >= MOST_STILLBORN:
                raise OnrecordError(
                    f"the processes that find statements do not start: the last one {_ended(status)}. "
                    "Run it with --workers 1 to see why"
                )
        self._replace(worker)

    def _replace(self, worker: _Worker) -> None:
        """Start another one; what waited at the old one is first in turn."""
        self._waiting.extendleft(reversed(worker.jobs))
        worker.stop()
        self._workers[self._workers.index(worker)] = self._start()


def _ended(status: int) -> str:
    if status == -9:
        return "was killed (out of memory?)"
    return f"ended by signal {-status}" if status < 0 else f"ended with status {status}"
