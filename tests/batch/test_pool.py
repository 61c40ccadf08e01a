from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.article import Page
from onrecord.batch import pool
from onrecord.batch.pool import Job, Workers
from onrecord.errors import InputError
from tests.batch.conftest import COMMAND, row


def job(number: int, more: str = "") -> Job:
    """Make the job of one page."""
    one = row(number)
    one["text"] += more
    return Job(Page(json.dumps(one).encode(), "application/json"), f"a.jsonl#{number}")


@pytest.fixture
def workers() -> Iterator[Workers]:
    """Start one worker."""
    started = Workers(1, COMMAND)
    yield started
    started.close()


def settle(workers: Workers, *jobs: Job) -> None:
    """Collect until all jobs are answered."""
    while any(one.answer is None for one in jobs):
        workers.collect(1.0)


def reason(one: Job) -> str:
    """Return why a job failed."""
    assert one.answer
    assert isinstance(one.answer.found, InputError)
    return one.answer.found.reason


def found(one: Job) -> int:
    """Return how many statements were found."""
    assert one.answer
    assert not isinstance(one.answer.found, InputError), one.answer.found
    return len(one.answer.found[1])


def test_a_page_whose_worker_dies_is_tried_once_more(workers: Workers, tmp_path: Path) -> None:
    """Another worker takes its place and its pages, that one first."""
    jobs = [job(0, f"DIE ONCE ({tmp_path / 'died'})"), job(1)]
    for one in jobs:
        workers.put(one)
    settle(workers, *jobs)
    assert [found(one) for one in jobs] == [2, 2]
    assert [one.tries for one in jobs] == [1, 0]


def test_a_page_that_takes_too_long_is_given_up(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its worker is ended, the page fails at once, and those behind it are worked on."""
    hanging, after = job(0, "HANG"), job(1)
    workers.put(hanging)
    workers.put(after)
    workers.model()
    monkeypatch.setattr(pool, "MOST_SECONDS", 0.0)
    settle(workers, hanging)
    monkeypatch.undo()
    settle(workers, after)
    assert "takes longer than" in reason(hanging)
    assert found(after) == 2


def test_a_worker_that_grows_is_replaced(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that holds too much answers what it has been sent; another one goes on."""
    first = workers._workers[0].process.pid
    monkeypatch.setattr(pool, "MOST_MEMORY", 1)
    one, other = job(0), job(1)
    workers.put(one)
    settle(workers, one)
    assert workers._workers[0].process.pid != first
    monkeypatch.undo()
    workers.put(other)
    settle(workers, other)
    assert found(other) == 2


def test_a_worker_of_another_make_is_no_worker() -> None:
    """When no worker gets ready, the last status is told and nothing is waited for."""
    with pytest.raises(Exception, match="do not start: the last one ended with status 3"):
        Workers(1, ("python", "-c", "raise SystemExit(3)")).model()
