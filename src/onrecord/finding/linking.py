"""From segments to statements: which content goes with which cue, which cue with which source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from onrecord.finding.scores import LINKS, Floats, Ints, WindowScores, distance_buckets
from onrecord.finding.segments import Segment
from onrecord.finding.words import Words

#: Weight of the direct link from content to source beside the way over the cue.
_DIRECT: Final = 0.5
#: Paragraphs between the two ends of a link. In PolNeAR 0.6 % of the contents cross a single paragraph's end;
#: in texts with a sentence a line, a long quotation crosses several.
_FARTHEST: Final = 4
_TOO_FAR: Final = -1e3


@dataclass(slots=True)
class Draft:
    """A statement in words, before it becomes one in offsets.

    Attributes:
        content: its fragments in order.
        cue, source: at most one segment each.
        cue_link, source_link: log probabilities of the links chosen.
        paired: log probability that the content links straight to that source.
    """

    content: list[Segment]
    cue: Segment | None = None
    source: Segment | None = None
    cue_link: float = 0.0
    source_link: float = 0.0
    paired: float = 0.0
    nested: list[Draft] = field(default_factory=list)


class Linker:
    """Links the segments of one window.

    Args:
        window: the encoder's scores.
        words: of the article.
        distance: score of each distance bucket, (3 links, buckets).
        biases: added to "nothing" for each of the three links.
    """

    def __init__(self, window: WindowScores, words: Words, distance: Floats, biases: Sequence[float]) -> None:
        self._window = window
        self._distance = distance
        self._biases = biases
        self._paragraphs = np.asarray(words.paragraphs[window.first : window.behind])

    def drafts(self, segments: Sequence[Segment]) -> list[Draft]:
        """Return the statements among the segments of one level, in order of their first content."""
        contents = [s for s in segments if s.role == "content"]
        cues = [s for s in segments if s.role == "cue"]
        sources = [s for s in segments if s.role == "source"]
        if not contents:
            return []
        to_cue = self._probabilities(0, contents, cues)
        cue_to_source = self._probabilities(1, cues, sources)
        to_source = self._probabilities(2, contents, sources)
        by_cue: dict[int, list[int]] = {}
        for number, row in enumerate(to_cue):
            by_cue.setdefault(int(row.argmax()), []).append(number)
        drafts = []
        for choice, members in by_cue.items():
            if choice == 0:
                drafts += [self._without_cue(contents[m], to_source[m], sources) for m in members]
                continue
            pull = cue_to_source[choice - 1] + _DIRECT * to_source[members].mean(0)
            best = int(pull.argmax())
            drafts.append(
                Draft(
                    [contents[m] for m in members],
                    cues[choice - 1],
                    sources[best - 1] if best else None,
                    float(np.mean([to_cue[m][choice] for m in members])),
                    float(cue_to_source[choice - 1][best]),
                    float(to_source[members].mean(0)[best]),
                )
            )
        return sorted(drafts, key=lambda draft: draft.content[0].first)

    def _without_cue(self, content: Segment, to_source: Floats, sources: Sequence[Segment]) -> Draft:
        best = int(to_source.argmax())
        source = sources[best - 1] if best else None
        return Draft([content], None, source, 0.0, float(to_source[best]), float(to_source[best]))

    def _probabilities(self, link: int, origins: Sequence[Segment], targets: Sequence[Segment]) -> Floats:
        """Return log probabilities (origins, 1 + targets); column 0 is "nothing"."""
        scores = np.zeros((len(origins), 1 + len(targets)), dtype=np.float32)
        if not len(origins):
            return scores
        offset = self._window.first
        start = [s.first - offset for s in origins]
        stop = [s.last - offset for s in origins]
        vectors = self._window.links[:, link]
        scores[:, 0] = self._window.nothing[start, link] + self._biases[link]
        if targets:
            to_start = [s.first - offset for s in targets]
            to_stop = [s.last - offset for s in targets]
            asked = vectors[start, 0, 0] + vectors[stop, 0, 1]
            offered = vectors[to_start, 1, 0] + vectors[to_stop, 1, 1]
            near = self._near(link, origins, targets)
            scores[:, 1:] = asked @ offered.T / np.sqrt(asked.shape[1]) + near
        highest = scores.max(1, keepdims=True)
        total = np.log(np.exp(scores - highest).sum(1, keepdims=True)) + highest
        return np.asarray(scores - total, dtype=np.float32)

    def _near(self, link: int, origins: Sequence[Segment], targets: Sequence[Segment]) -> Floats:
        """Return the score of the distance from each origin to each target."""
        first, last = _ends(origins)
        to_first, to_last = _ends(targets)
        paragraphs = self._paragraphs
        offset = self._window.first
        apart = np.abs(paragraphs[first - offset][:, None] - paragraphs[to_first - offset][None])
        ahead = to_first[None] > last[:, None]
        gaps = np.where(ahead, to_first[None] - last[:, None], to_last[None] - first[:, None])
        scores = self._distance[link][distance_buckets(gaps, apart == 0)]
        return np.where(apart > _FARTHEST, _TOO_FAR, scores).astype(np.float32)


def _ends(segments: Sequence[Segment]) -> tuple[Ints, Ints]:
    return np.asarray([s.first for s in segments]), np.asarray([s.last for s in segments])


assert LINKS == (("content", "cue"), ("cue", "source"), ("content", "source"))
