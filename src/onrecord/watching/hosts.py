"""When a host may be asked again: a pause after every question, a longer one after every failure."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from onrecord.errors import FetchError, InputError
from onrecord.record import feeds
from onrecord.record.store import Store

#: Seconds after the first failure in which a host or a feed is left alone; doubled with each further one.
FIRST_WAIT: Final = 60.0
#: The longest such wait: for a host that answers with errors, and for one that is not reached at all, as when
#: it is our own network that is gone.
LONGEST_WAIT: Final = 6 * 3600.0
LONGEST_UNREACHED: Final = 600.0
#: A host that asks for a longer wait than this, in Retry-After, gets this.
LONGEST_ASKED: Final = 24 * 3600.0
#: The longest pause between two pages of one host that its robots.txt may ask for.
LONGEST_DELAY: Final = 24 * 3600.0

_MOST_KEPT: Final = 10_000


class Clock:
    """The time. Tests put another in its place."""

    def now(self) -> float:
        """Return seconds since 1970."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


class Hosts:
    """The hosts that are asked, and when each may be asked again.

    Args:
        store: the record; failures outlast the program there.
        clock: the time.
        pause: seconds between two questions to one host.
    """

    def __init__(self, store: Store, clock: Clock, pause: float) -> None:
        self._store = store
        self._clock = clock
        self._pause = pause
        self._next: dict[str, float] = {}
        self._left: dict[str, feeds.Host | None] = {}

    def ready(self, host: str) -> float:
        """Return the time at which a host may be asked."""
        left = self.left(host)
        return max(self._next.get(host, 0.0), seconds(left.due) if left else 0.0)

    def left(self, host: str) -> feeds.Host | None:
        """Return why and until when a host is left alone, ``None`` where it last answered."""
        if host not in self._left:
            self._forget()
            self._left[host] = feeds.host(self._store, host)
        return self._left[host]

    def asked(self, host: str, delay: float) -> None:
        """Note that a host has just been asked; ``delay`` is the pause that it wants."""
        self._next[host] = self._clock.now() + max(self._pause, min(delay, LONGEST_DELAY))

    def answered(self, host: str) -> None:
        """Note that a host has answered as it should."""
        if self.left(host) is not None:
            self._keep(host, None)

    def failed(self, host: str, error: InputError) -> str:
        """Note that a host has failed; return until when it is left alone."""
        before = self.left(host)
        failures = before.failures + 1 if before else 1
        reached = not isinstance(error, FetchError) or error.reached
        wait = backoff(failures, LONGEST_WAIT if reached else LONGEST_UNREACHED)
        if isinstance(error, FetchError) and error.retry_after is not None:
            wait = min(max(error.retry_after, self._pause), LONGEST_ASKED)
        due = stamp(self._clock.now() + wait)
        self._keep(host, feeds.Host(failures, due, error.reason))
        return due

    def _keep(self, host: str, left: feeds.Host | None) -> None:
        feeds.keep_host(self._store, host, left)
        self._left[host] = left

    def _forget(self) -> None:
        """Keep the memory of hosts that need not wait from growing without end."""
        if len(self._left) > _MOST_KEPT:
            self._left.clear()
            now = self._clock.now()
            self._next = {host: ready for host, ready in self._next.items() if ready > now}


def backoff(failures: int, longest: float) -> float:
    """Return how many seconds to wait after so many failures in a row."""
    return float(min(FIRST_WAIT * 2 ** min(failures - 1, 20), longest))


def host_of(url: str) -> str:
    """Return the host of an address with its port, as hosts are told apart here."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return url  # It is no address, and refused when it is asked for.


def stamp(moment: float) -> str:
    """Return a time as the record keeps it: ISO 8601 in UTC, to the second."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def seconds(words: str) -> float:
    """Return the seconds since 1970 of a time as :func:`stamp` writes it."""
    return datetime.fromisoformat(words).timestamp()
