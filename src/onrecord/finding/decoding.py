"""From the encoder's scores to drafts of statements, one article at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from onrecord.finding.linking import Draft, Linker
from onrecord.finding.scores import DISTANCES, LINKS, TAGS, Floats, WindowScores
from onrecord.finding.segments import Segment, find_segments
from onrecord.finding.words import Words


def _no_distance() -> Floats:
    return np.zeros((len(LINKS), DISTANCES), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the decoder adds to the encoder's scores; chosen on held-out training articles.

    Attributes:
        tags, nested_tags: added to the score of each of the 7 tags, at the first and second level.
        nothing: added to "linked to nothing", for each of the 3 links.
        distance: learned score of each distance bucket, (3 links, buckets).
    """

    tags: tuple[float, ...] = (0.0,) * len(TAGS)
    nested_tags: tuple[float, ...] = (0.0,) * len(TAGS)
    nothing: tuple[float, ...] = (0.0,) * len(LINKS)
    distance: Floats = field(default_factory=_no_distance)


def decode(windows: Sequence[WindowScores], words: Words, settings: Settings) -> list[Draft]:
    """Return the statements of an article in the order of the text, nested ones under their parent."""
    drafts: list[Draft] = []
    for window in windows:
        linker = Linker(window, words, settings.distance, settings.nothing)
        top = linker.drafts(_segments(window, 0, words, settings.tags))
        inner = _segments(window, 1, words, settings.nested_tags)
        for draft in top if inner else ():
            held = [s for s in inner if _holds(draft, s)]
            draft.nested = [d for d in linker.drafts(held) if _is_part(d, draft)]
        drafts += top
    return drafts


def _segments(window: WindowScores, level: int, words: Words, biases: Sequence[float]) -> list[Segment]:
    breaks = [gap == 2 for gap in words.gaps[window.first : window.behind]]
    return find_segments(window.tags[level], window.first, biases, breaks)


def _holds(draft: Draft, segment: Segment) -> bool:
    return any(part.first <= segment.first and segment.last <= part.last for part in draft.content)


def _is_part(nested: Draft, parent: Draft) -> bool:
    """Ask of a nested statement a source or a cue of its own, and fewer words than its parent has."""
    whole = sum(s.last - s.first + 1 for s in parent.content)
    part = sum(s.last - s.first + 1 for s in nested.content)
    return part < whole and (nested.cue is not None or nested.source is not None)
