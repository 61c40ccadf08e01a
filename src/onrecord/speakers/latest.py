"""Which of some actors is named last before an offset, found without walking through all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from .cast import Member


class Latest:
    """The mentions of some members in text order.

    An article may name thousands of people, and each of thousands of descriptions asks for the nearest.
    """

    def __init__(self, members: Iterable[Member]) -> None:
        self.members = list(members)
        places = sorted(
            (mention.start, number)
            for number, member in enumerate(self.members)
            for mention in member.mentions
        )
        self._starts = [start for start, _ in places]
        self._owners = [number for _, number in places]

    def before(self, offset: int) -> Member | None:
        """Return the member whose last mention before the offset is the nearest to it."""
        at = bisect_left(self._starts, offset)
        return self.members[self._owners[at - 1]] if at else None

    def nearest(self, offset: int) -> Member | None:
        """Return the same; failing that the member that is named first."""
        return self.before(offset) or (self.members[self._owners[0]] if self._owners else None)
