"""A task: one unit read, its statements found by a worker process with the model, its tables committed.

The model lies in a process of its own beside the task's (:class:`onrecord.batch.pool.Workers`, as on one
machine), loaded once and kept for the tasks that follow: a page that takes too long, grows too large or kills
whoever works on it costs that page and not the task.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from onrecord import reading
from onrecord.batch.pool import COMMAND, Job, Workers
from onrecord.errors import InputError
from onrecord.reading.item import Item
from onrecord.spark import tables
from onrecord.spark.inputs import Unit, read_unit

#: Pages, and bytes of them, that wait in a task: one works while others are read and written.
AHEAD: Final = 16
AHEAD_BYTES: Final = 60_000_000

#: What a task gathers before it writes a file: so many code points of text, or pages.
GATHERED: Final = 16_000_000
GATHERED_PAGES: Final = 4_000

_TICK: Final = 0.2


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds of all units of a run.

    Attributes:
        out: the folder of tables.
        given: what the user says of the pages.
        command: starts the process with the model; that of the task's own Python when empty.
    """

    out: str
    given: Mapping[str, str]
    command: tuple[str, ...] = ()


@cache
def pool(command: tuple[str, ...]) -> Workers:
    """Return this process's worker; started once."""
    return Workers(1, command or COMMAND)


@dataclass(slots=True)
class _Waiting:
    n: int
    job: Job | InputError


def answers(
    items: Iterator[tuple[int, Item | InputError]], workers: Workers
) -> Iterator[tuple[int, Job | InputError]]:
    """Yield each page with its answer, in order; only a few are held at a time."""
    window: deque[_Waiting] = deque()
    held, ended = 0, False
    while window or not ended:
        while not ended and len(window) < AHEAD and held < AHEAD_BYTES:
            found = next(items, None)
            if found is None:
                ended = True
                break
            n, item = found
            if isinstance(item, InputError):
                window.append(_Waiting(n, item))
                continue
            job = Job(item.page, item.path)
            held += len(item.page.data)
            workers.put(job)
            window.append(_Waiting(n, job))
        while window and (isinstance(window[0].job, InputError) or window[0].job.answer is not None):
            one = window.popleft()
            held -= 0 if isinstance(one.job, InputError) else len(one.job.page.data)
            yield one.n, one.job
        if window:
            workers.collect(_TICK)


def work_unit(unit: Unit, settings: Settings) -> dict[str, int]:
    """Work on a unit and commit it; return how many pages, statements and errors that were."""
    out = Path(settings.out)
    if (out / tables.COMMITTED / unit.id).is_dir():  # An earlier try of the task got so far.
        tables.finish(out, unit.id)
        return {"pages": 0, "statements": 0, "errors": 0}
    staged = tables.Staged(out, unit.id)
    try:
        counts = _write(unit, settings, staged)
        said = {"input": unit.input, "size": unit.size, "modified": unit.modified, "part": unit.part}
        first = staged.commit({**said, **counts})
    except BaseException:
        staged.drop()
        raise
    return counts if first else dict.fromkeys(counts, 0)


def _write(unit: Unit, settings: Settings, staged: tables.Staged) -> dict[str, int]:
    counts = {"pages": 0, "statements": 0, "errors": 0}
    waiting: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    gathered = pages = 0
    workers = pool(settings.command)
    workers.model()
    for n, job in answers(read_unit(unit, settings.given), workers):
        made = _rows(job, unit, n, workers.model())
        if isinstance(made, InputError):
            waiting["error", ""].append(tables.error_row(made, source=unit.input, n=n))
            counts["errors"] += 1
        else:
            month = tables.month_of(made["text"][0]["published_day"])
            for table, values in made.items():
                if values:
                    waiting[table, month] += values
            counts["pages"] += 1
            counts["statements"] += len(made["statement"])
            gathered += len(made["text"][0]["text"])
        pages += 1
        if gathered > GATHERED or pages > GATHERED_PAGES:
            staged.write(waiting)
            waiting.clear()
            gathered = pages = 0
    if waiting:
        staged.write(waiting)
    return counts


def _rows(job: Job | InputError, unit: Unit, n: int, model: str) -> tables.Rows | InputError:
    if isinstance(job, InputError):
        return job
    assert job.answer is not None
    if isinstance(job.answer.found, InputError):
        return job.answer.found
    article, statements = job.answer.found
    return tables.rows_of(
        article, job.page, statements, source=unit.input, n=n, reader=reading.READER_VERSION, model=model
    )
