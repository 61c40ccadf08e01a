"""Text with marks on it, cut where any mark begins or ends, so that marks may overlap in any way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

#: Of so many marks on one place the rest are left out: a record of a stranger may hold any number.
MOST_AT_ONCE: Final = 40


@dataclass(frozen=True, slots=True)
class Mark:
    """One span of text with what it is.

    Attributes:
        start: in code points, like ``end``.
        end: exclusive.
        role: what the words are: ``content``, ``source``, ``cue``, ``hit``.
        of: id of the statement that they belong to; empty for none.
    """

    start: int
    end: int
    role: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that the same marks lie on throughout.

    Attributes:
        text: its words.
        roles: what they are.
        depth: how many contents lie on it: more than one where a statement stands within another.
        of: ids of the statements whose content, source or cue it is, the innermost last.
        opens: ids of the statements whose content begins here.
    """

    text: str
    roles: frozenset[str]
    depth: int
    of: tuple[str, ...]
    opens: tuple[str, ...]

    @property
    def classes(self) -> str:
        """Classes of style: the roles, and how deep a content it is (1 to 3)."""
        found = sorted(self.roles)
        return " ".join([*found, f"depth{min(self.depth, 3)}"] if self.depth else found)


def segments(text: str, start: int, end: int, marks: Iterable[Mark]) -> Iterator[Segment]:
    """Yield the stretches of ``text[start:end]``, in order, none of them empty.

    Args:
        text: the whole text.
        start: first code point.
        end: behind the last one.
        marks: any that lie on it, in any order; what reaches over the ends is cut there.
    """
    inside = sorted(
        (mark for mark in marks if mark.start < end and mark.end > start and mark.start < mark.end),
        key=lambda mark: (mark.start, -mark.end),
    )
    cuts = sorted({start, end, *(m.start for m in inside), *(m.end for m in inside)})
    cuts = [cut for cut in cuts if start <= cut <= end]
    active: list[Mark] = []
    at = 0
    for cut, until in pairwise(cuts):
        active = [mark for mark in active if mark.end > cut]
        opens: list[str] = []
        while at < len(inside) and inside[at].start <= cut:
            mark = inside[at]
            at += 1
            if mark.end > cut and len(active) < MOST_AT_ONCE:
                active.append(mark)
            if mark.role == "content" and mark.of and mark.start >= start:
                opens.append(mark.of)
        of = dict.fromkeys(mark.of for mark in active if mark.of)
        yield Segment(
            text=text[cut:until],
            roles=frozenset(mark.role for mark in active),
            depth=sum(mark.role == "content" for mark in active),
            of=tuple(of),
            opens=tuple(dict.fromkeys(opens)),
        )


def excerpt(text: str, places: Iterable[tuple[int, int]], most: int) -> tuple[int, int]:
    """Return which stretch of a text to show: at most ``most`` code points, around the first place.

    It begins and ends between words.
    """
    if len(text) <= most:
        return 0, len(text)
    first = min((start for start, _ in places), default=0)
    start = min(max(0, first - most // 3), len(text) - most)
    end = start + most
    if start:
        blank = text.find(" ", start, first)
        start = blank + 1 if blank >= 0 else start
    if end < len(text):
        blank = text.rfind(" ", max(start, end - 40), end)
        end = blank if blank > first else end
    return start, end
