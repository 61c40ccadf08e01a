"""A site to watch, a record to add to, and a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from onrecord.record import Record
from onrecord.watching import Told, Trouble, Watch
from tests.record import stub
from tests.watching.site import FakeClock, Site, serving

Round = Callable[..., tuple[list[Told], list[Trouble]]]


@pytest.fixture
def clock() -> FakeClock:
    """Return the time of the watch and of the server's log."""
    return FakeClock()


@pytest.fixture
def site(clock: FakeClock) -> Iterator[Site]:
    """Serve a site without pages."""
    with serving(Site(clock)) as site:
        yield site


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    """Open an empty record with a small finder."""
    with Record(tmp_path / "news.onrecord", extractor=stub.FINDER) as record:
        yield record


@pytest.fixture
def once(record: Record, clock: FakeClock) -> Round:
    """Make one round through feeds, by a watch that remembers only what the record does."""

    def once(*urls: str, **options: object) -> tuple[list[Told], list[Trouble]]:
        given = {"pause": 1.0, "allow_private": True, "clock": clock} | options
        return parted(Watch(record, urls, **given).round(3600))  # type: ignore[arg-type]

    return once


def parted(tellings: Iterable[Told | Trouble]) -> tuple[list[Told], list[Trouble]]:
    """Return what came of the feeds, and what could not be had."""
    found = list(tellings)
    told = [one for one in found if isinstance(one, Told)]
    return told, [one for one in found if isinstance(one, Trouble)]
