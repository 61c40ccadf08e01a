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
    segments = []
    start = -1
    for i, tag in enumerate([*path, 0]):
        if start >= 0 and (tag == 0 or tag % 2 == 1):
            role = _ROLE_OF[path[start]]
            certainty = float(np.mean([tags[k, path[k]] for k in range(start, i)]))
            segments.append(Segment(str(role), offset + start, offset + i - 1, certainty))
            start = -1
        if tag % 2 == 1:
            start = i
    return segments


def _best_path(scores: Floats, breaks: Sequence[bool]) -> list[int]:
    """Viterbi (1967) over the tags; inside tags only behind their own begin or inside tag.

    Seven tags are too few for arrays to pay: in plain numbers it takes half the time.
    """
    inside = range(2, len(TAGS), 2)
    back: list[list[int]] = []
    best: list[float] = []
    for row, ends in zip(scores.tolist(), breaks, strict=True):
        if not best:
            best = [_IMPOSSIBLE if tag in inside else score for tag, score in enumerate(row)]
            continue
        top = max(best)
        before = best.index(top)
        came = [before] * len(row)
        following = [top + score for score in row]
        for tag in inside:
            begun, gone_on = best[tag - 1], best[tag]
            came[tag] = tag - 1 if begun >= gone_on else tag
            following[tag] = row[tag] + (2 * _IMPOSSIBLE if ends else max(begun, gone_on))
        back.append(came)
        best = following
    path = [best.index(max(best))]
    for came in reversed(back):
        path.append(came[path[-1]])
    return path[::-1]
