from __future__ import annotations

from collections.abc import Iterator
from itertools import count, islice

import pytest

from onrecord.article import Page
from onrecord.batch import run
from onrecord.batch.entries import Step, ToDo
from onrecord.batch.pool import Job
from onrecord.batch.run import Crew, in_order


class Endless:
    """A pool that takes every job and answers none."""

    room = 10**9

    def put(self, job: Job) -> None:
        """Take a job."""

    def collect(self, seconds: float) -> None:
        """Answer nothing."""

    def model(self) -> str:
        """Return no version."""
        return ""

    def close(self) -> None:
        """Do nothing."""


@pytest.mark.parametrize(("size", "most"), [(10, run.MOST_STEPS), (20_000_000, 4)])
def test_what_waits_is_bounded(size: int, most: int) -> None:
    """While the first page is worked on, only so many others, and so many bytes, are taken in."""
    taken: list[int] = []

    def steps() -> Iterator[Step]:
        page = Page(b"x" * size, "text/plain")
        for n in count(1):
            taken.append(n)
            yield ToDo(input_id=1, path=f"a#{n}", n=n, name=str(n), page=page, sha256=str(n))

    assert list(islice(in_order(steps(), Crew(Endless(), None), lambda _: False), 5)) == [None] * 5
    assert len(taken) == most
