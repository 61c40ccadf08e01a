"""What a watch tells: what came of each feed in a round, and what could not be had."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

#: What a page may come to; the first four are the record's own words.
STATES: Final = ("new", "version", "unchanged", "reread", "held", "refused", "failed", "later")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that could not be had, or is wrong in a feed.

    Attributes:
        url: the page, the feed, or ``FEED#N`` for one thing that the feed lists.
        reason: what is wrong.
    """

    url: str
    reason: str


@dataclass(slots=True)
class Told:
    """What came of one feed in one round.

    Attributes:
        feed: its address.
        at: when that was, ISO 8601 in UTC.
        state: ``read``; ``unchanged`` since it was last read; ``failed``; ``left alone`` as it or its host
            failed before; ``not reached`` before the round was over or stopped.
        listed: how many pages it lists that are new or said to be altered.
        faulty: how many things it lists that are no pages.
        pages: how many of its pages came to what: one of :data:`STATES`.
        statements: how many statements were found in new pages and new versions.
        waiting: how many of its pages are left for later rounds.
        reason: why it failed or is left alone.
    """

    feed: str
    at: str = ""
    state: str = "not reached"
    listed: int = 0
    faulty: int = 0
    pages: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STATES, 0))
    statements: int = 0
    waiting: int = 0
    reason: str | None = None
