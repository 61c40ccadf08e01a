"""The turns of a transcript: who speaks in which stretch, by the labels that open its lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from typing import Final, NamedTuple

from . import lexicon as lex
from .layout import Layout

_LABEL: Final = re.compile(
    r"^(?P<label>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3})(?: \([^()\n]{1,40}\))?:[ \t]+(?=\S)|"
    r"^(?P<letter>[QA])[.:][ \t]+(?=\S)|^\(\((?P<bracketed>[A-Z][^()\n]{0,40})\)\):?[ \t]+(?=\S)",
    re.MULTILINE,
)
#: Labels that open lines of lists and notes, and name nobody.
_NOT_NAMES: Final = lex.word_set("note update related read contact editor photo source caption published")
#: So many labelled lines, of so many speakers of whom one speaks again, make a transcript.
_LEAST_TURNS, _LEAST_SPEAKERS = 3, 2


class Turn(NamedTuple):
    """One turn: whom its label names, in full where only initials stand there; its start; what is said."""

    label: str
    start: int
    said: int
    end: int


def find_turns(layout: Layout) -> list[Turn]:
    """Return the turns of a transcript in order; none where the text is no transcript.

    A turn goes on until the next label. The last one ends with its paragraph, since nothing tells it from
    what the author adds.
    """
    found = [
        match for match in _LABEL.finditer(layout.text) if _name(match).split()[0].lower() not in _NOT_NAMES
    ]
    names = _in_full([_name(match) for match in found])
    counts = Counter(name.split()[-1] for name in names)
    again = [(match, name) for match, name in zip(found, names, strict=True) if counts[name.split()[-1]] > 1]
    if len(found) < _LEAST_TURNS or len(counts) < _LEAST_SPEAKERS or not again:
        return []
    turns = []
    for (match, name), following in zip(again, [*again[1:], None], strict=True):
        line_end = layout.text.find("\n", match.end())
        last = line_end if line_end >= 0 else len(layout.text)
        end = following[0].start() if following else last
        turns.append(Turn(name, match.start(), match.end(), end))
    return turns


def _in_full(labels: list[str]) -> list[str]:
    """Return the labels with the initials of earlier ones ("JR:" after "Jane Roe:") written out."""
    full: dict[str, str] = {}
    found = []
    for label in labels:
        words = label.split()
        if len(words) > 1:
            full.setdefault("".join(word[0] for word in words), label)
        found.append(full.get(label.replace(".", ""), label))
    return found


def _name(match: re.Match[str]) -> str:
    return match["label"] or match["letter"] or match["bracketed"] or ""


def turn_at(turns: list[Turn], offset: int) -> Turn | None:
    """Return the turn in which the offset lies."""
    at = bisect_right(turns, offset, key=lambda turn: turn.start) - 1
    return turns[at] if at >= 0 and offset < turns[at].end else None
