"""What the encoder says of the words of one window, before anything is decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

#: O, then begin and inside of source, cue and content.
TAGS: Final = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
#: Pairs of roles that are linked, from -> to. The second is used where a cue has been found, the third also
#: where there is none ("... — Name").
LINKS: Final = (("content", "cue"), ("cue", "source"), ("content", "source"))
LINK_WIDTH: Final = 64

#: Distances in words between two segments fall into these buckets, by sign and by same paragraph or not.
_EDGES: Final = (1, 2, 3, 5, 9, 17, 33, 65)
DISTANCES: Final = 4 * (len(_EDGES) + 1)


@dataclass(frozen=True, slots=True)
class WindowScores:
    """Scores of the words ``first`` to ``behind`` (exclusive) of an article.

    Attributes:
        tags: log probabilities, (2 levels, words, 7).
        links: vectors, (words, 3 links, 2 sides, 2 ends, 64): side 0 links from, side 1 is linked to; end 0
            is taken at a segment's first word, end 1 at its last, and the two are added.
        nothing: scores of "linked to nothing", (words, 3).
    """

    first: int
    behind: int
    tags: Floats
    links: Floats
    nothing: Floats


def distance_buckets(words: Ints, same_paragraph: NDArray[np.bool_]) -> Ints:
    """Return the bucket of each signed distance in words."""
    size = np.searchsorted(_EDGES, np.abs(words), side="right")
    group = (words < 0).astype(np.int64) + 2 * (~same_paragraph).astype(np.int64)
    return np.asarray(size + (len(_EDGES) + 1) * group, dtype=np.int64)
