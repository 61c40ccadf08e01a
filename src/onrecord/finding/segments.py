"""From tag scores to segments: the best path of begin and inside tags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.finding.scores import TAGS, Floats

_IMPOSSIBLE = -1e4
_ROLE_OF = [None, *(tag.split("-")[1] for tag in TAGS[1:])]


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of words that plays one role.

    Attributes:
        role: source, cue or content.
        first, last: indices of its words in the article, both included.
        certainty: mean log probability of its tags, and of the tag that ends it.
    """

    role: str
    first: int
    last: int
    certainty: float


def find_segments(
    tags: Floats, offset: int, biases: Sequence[float], breaks: Sequence[bool]
) -> list[Segment]:
    """Return the segments on the best path through one window.

    Args:
        tags: log probabilities, (words, 7).
        offset: index in the article of the window's first word.
        biases: added to the score of each of the 7 tags.
        breaks: whether a segment must end before the word (a new paragraph).
    """
    if not len(tags):
        return []
    path = _best_path(tags + np.asarray(biases, dtype=np.float32), breaks)
    chosen = tags[np.arange(len(tags)), path].tolist()
    segments = []
    start = -1
    for i, tag in enumerate([*path, 0]):
        if start >= 0 and (tag == 0 or tag % 2 == 1):
            role = _ROLE_OF[path[start]]
            certainty = sum(chosen[start:i]) / (i - start)
            segments.append(Segment(str(role), offset + start, offset + i - 1, certainty))
            start = -1
        if tag % 2 == 1:
            start = i
    return segments


def _best_path(scores: Floats, breaks: Sequence[bool]) -> list[int]:
    """Viterbi (1967) over the tags; inside tags only behind their own begin or inside tag.

    Seven tags are too few for arrays to pay: plain numbers, one variable a tag, take a quarter of the time.
    """
    back: list[tuple[int, int, int, int]] = []
    rows = iter(zip(scores.tolist(), breaks, strict=True))
    (none, b1, _, b2, _, b3, _), _ = next(rows)
    i1 = i2 = i3 = _IMPOSSIBLE
    for (to_none, to_b1, to_i1, to_b2, to_i2, to_b3, to_i3), ends in rows:
        best = (none, b1, i1, b2, i2, b3, i3)
        top = max(best)
        back.append((best.index(top), 1 if b1 >= i1 else 2, 3 if b2 >= i2 else 4, 5 if b3 >= i3 else 6))
        if ends:
            i1, i2, i3 = to_i1 + 2 * _IMPOSSIBLE, to_i2 + 2 * _IMPOSSIBLE, to_i3 + 2 * _IMPOSSIBLE
        else:
            i1 = to_i1 + (b1 if b1 >= i1 else i1)
            i2 = to_i2 + (b2 if b2 >= i2 else i2)
            i3 = to_i3 + (b3 if b3 >= i3 else i3)
        none, b1, b2, b3 = top + to_none, top + to_b1, top + to_b2, top + to_b3
    best = (none, b1, i1, b2, i2, b3, i3)
    path = [best.index(max(best))]
    for came in reversed(back):
        tag = path[-1]
        path.append(came[tag // 2] if tag % 2 == 0 else came[0])
    return path[::-1]


assert TAGS == ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
