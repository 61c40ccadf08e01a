"""From marked texts to training examples: windows of pieces with tags and links."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from onrecord.article import Span, Spans
from onrecord.finding.pieces import Vocabulary
from onrecord.finding.quotation import QuotationMap
from onrecord.finding.scores import LINKS, TAGS, distance_buckets
from onrecord.finding.windows import cut_windows
from onrecord.finding.words import Words, split_words
from training.corpus import Marked, MarkedText

UNKNOWN = -100
ROLES = ("source", "cue", "content")


@dataclass(slots=True)
class Segment:
    """A run of words that plays one role: ``first`` to ``last``, both included."""

    role: str
    first: int
    last: int
    statement: int


@dataclass(slots=True)
class Level:
    """Tags of the words of a text at one level of nesting, and the segments behind them.

    Attributes:
        tags: one a word.
        segments: what has a tag. Words that serve several statements ("X confirmed it, but warned that ...")
            are there once for each.
        unknown: statements and roles of which the place is not known; they teach no link.
    """

    tags: list[int]
    segments: list[Segment]
    unknown: set[tuple[int, str]] = field(default_factory=set)


@dataclass(slots=True)
class Example:
    """A text ready to be cut: its words, their pieces, and both levels of marks."""

    name: str
    words: Words
    pieces: list[tuple[int, ...]]
    levels: tuple[Level, Level]
    #: A teacher's probabilities, (words, 2 levels, 7 tags), NaN where it says nothing.
    taught: NDArray[np.float32] | None = None


def make_example(text: MarkedText, vocabulary: Vocabulary) -> Example:
    """Turn a marked text into words with tags and segments."""
    paragraphs = list(text.paragraphs)
    words = split_words(text.text, paragraphs, QuotationMap(text.text, paragraphs))
    pieces = vocabulary.pieces(words.strings)
    tops = [i for i, s in enumerate(text.statements) if s.parent is None]
    inner = [i for i, s in enumerate(text.statements) if s.parent in tops]
    top = _level(text.statements, tops, words, text.unread)
    if text.nested_marked:
        nested = _level(text.statements, inner, words, text.unread)
        # Inside contents only: what stands outside can hold no nested statement.
        inside = set(_covered([s for i in tops for s in text.statements[i].content], words))
        nested.tags = [tag if i in inside else UNKNOWN for i, tag in enumerate(nested.tags)]
    else:
        nested = Level([UNKNOWN] * len(words), [])
    return Example(text.name, words, pieces, (top, nested))


def _level(statements: Sequence[Marked], chosen: list[int], words: Words, unread: Spans) -> Level:
    tags = [0] * len(words)
    segments: list[Segment] = []
    placed: set[tuple[str, int, int]] = set()
    unknown: set[tuple[int, str]] = set()
    for number in chosen:
        for role in ROLES:
            for first, last in _runs(getattr(statements[number], role), words):
                shared = (role, first, last) in placed
                if any(tags[first : last + 1]) and not shared:
                    unknown.add((number, role))
                    continue
                segments.append(Segment(role, first, last, number))
                placed.add((role, first, last))
                begin = TAGS.index(f"B-{role}")
                tags[first : last + 1] = [begin] + [begin + 1] * (last - first)
    for i in _covered(unread, words):
        tags[i] = UNKNOWN
    return Level(tags, segments, unknown)


def _covered(spans: Sequence[Span], words: Words) -> list[int]:
    """Return the indices of the words that lie in ``spans`` by half or more."""
    found = []
    starts = np.asarray(words.starts)
    for start, end in spans:
        low = max(0, int(np.searchsorted(starts, start, "right")) - 1)
        high = int(np.searchsorted(starts, end, "left"))
        for i in range(low, high):
            shared = min(end, words.ends[i]) - max(start, words.starts[i])
            if 2 * shared >= words.ends[i] - words.starts[i]:
                found.append(i)
    return found


def _runs(spans: Spans, words: Words) -> list[Span]:
    """Return the runs of consecutive words in ``spans``, cut at paragraphs."""
    covered = sorted(set(_covered(spans, words)))
    if not covered:
        return []
    borders = [
        0,
        *(k for k in range(1, len(covered)) if _broken(covered[k - 1], covered[k], words)),
        len(covered),
    ]
    return [(covered[a], covered[b - 1]) for a, b in pairwise(borders)]


def _broken(left: int, right: int, words: Words) -> bool:
    return right != left + 1 or words.paragraphs[left] != words.paragraphs[right]


def cut(example: Example, rng: random.Random | None, most: int) -> Iterator[tuple[int, int]]:
    """Yield windows of an example; with ``rng`` their size varies, so that no border is learned by heart."""
    limit = rng.randint(most // 2, most) if rng else most
    yield from cut_windows(example.words, [len(p) for p in example.pieces], limit)


@dataclass(slots=True)
class Batch:
    """Tensors for one step. Links are flat lists: one row a segment that is linked from."""

    inputs: tuple[Tensor, Tensor, Tensor, Tensor, Tensor]
    tags: Tensor
    taught: Tensor
    links: list[LinkRow]


@dataclass(slots=True)
class LinkRow:
    """One segment, its candidates, and which of them is right (0 is "none")."""

    link: int
    window: int
    first: int
    last: int
    candidates: list[tuple[int, int]]
    buckets: list[int]
    right: int


def collate(
    items: Sequence[tuple[Example, int, int]], vocabulary: Vocabulary, rng: random.Random | None = None
) -> Batch:
    """Put windows side by side, padded to the longest; with ``rng`` some right links are taken away."""
    length = 2 + max(sum(len(e.pieces[i]) for i in range(a, b)) for e, a, b in items)
    count = len(items)
    arrays = np.zeros((5, count, length), dtype=np.int64)
    arrays[0] = vocabulary.pad
    tags = np.full((count, length, 2), UNKNOWN, dtype=np.int64)
    taught = np.full((count, length, 2, len(TAGS)), np.nan, dtype=np.float32)
    links: list[LinkRow] = []
    for row, (example, first, behind) in enumerate(items):
        at = 1
        place: dict[int, int] = {}
        arrays[0, row, 0] = vocabulary.start
        for i in range(first, behind):
            place[i] = at
            size = len(example.pieces[i])
            arrays[0, row, at : at + size] = example.pieces[i]
            arrays[1, row, at : at + size] = example.words.cases[i] + 1
            arrays[2, row, at] = example.words.gaps[i] + 1
            arrays[3, row, at : at + size] = example.words.quotes[i] + 1
            tags[row, at] = example.levels[0].tags[i], example.levels[1].tags[i]
            if example.taught is not None:
                taught[row, at] = example.taught[i]
            at += size
        arrays[0, row, at] = vocabulary.end
        arrays[4, row, : at + 1] = 1
        for level in example.levels:
            links += _links(level, row, first, behind, place, example.words, rng)
    inputs = tuple(torch.from_numpy(a) for a in arrays)
    return Batch(inputs, torch.from_numpy(tags), torch.from_numpy(taught), links)  # type: ignore[arg-type]


#: How often the right candidate is hidden from a link while training. The tagger misses one cue in five, and
#: a content whose cue was missed must not go to the next best one.
_HIDDEN = 0.15


def _links(
    level: Level,
    row: int,
    first: int,
    behind: int,
    place: dict[int, int],
    words: Words,
    rng: random.Random | None,
) -> list[LinkRow]:
    inside = [s for s in level.segments if first <= s.first and s.last < behind]
    rows = []
    for number, (origin, target) in enumerate(LINKS):
        targets = [s for s in inside if s.role == target]
        candidates = list({(s.first, s.last): s for s in targets}.values())
        for segment in (s for s in inside if s.role == origin):
            if (segment.statement, target) in level.unknown:
                continue
            own = {(s.first, s.last) for s in targets if s.statement == segment.statement}
            offered = candidates
            if rng and rng.random() < _HIDDEN:
                offered = [c for c in candidates if (c.first, c.last) not in own]
            right = [k for k, c in enumerate(offered, 1) if (c.first, c.last) in own]
            rows.append(
                LinkRow(
                    number,
                    row,
                    place[segment.first],
                    place[segment.last],
                    [(place[c.first], place[c.last]) for c in offered],
                    _buckets(segment, offered, words),
                    right[0] if right else 0,
                )
            )
    return rows


def _buckets(origin: Segment, targets: Sequence[Segment], words: Words) -> list[int]:
    gaps = [t.first - origin.last if t.first > origin.last else t.last - origin.first for t in targets]
    same = [words.paragraphs[origin.first] == words.paragraphs[t.first] for t in targets]
    return distance_buckets(np.asarray(gaps, dtype=np.int64), np.asarray(same, dtype=bool)).tolist()
