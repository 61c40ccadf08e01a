"""A quick score for choosing while training: content and source both right, on held-out articles.

The figures that are reported come from ``onrecord evaluate``; this one needs no exported model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import torch

from onrecord.article import Span
from onrecord.finding.decoding import Settings, decode
from onrecord.finding.linking import Draft
from onrecord.finding.pieces import Vocabulary
from onrecord.finding.scores import LINK_WIDTH, LINKS, TAGS, WindowScores
from onrecord.finding.segments import Segment
from onrecord.finding.windows import cut_windows
from onrecord.finding.words import Words
from training.corpus import MarkedText
from training.examples import collate, make_example
from training.network import Finder

_WORD = re.compile(r"\w+")
Found = list[tuple[frozenset[int], frozenset[int]]]


def window_scores(
    finder: Finder, vocabulary: Vocabulary, text: MarkedText, most: int
) -> tuple[Words, list[WindowScores]]:
    """Run the network over one text and return what the decoder reads."""
    example = make_example(text, vocabulary)
    sizes = [len(p) for p in example.pieces]
    found = []
    finder.eval()
    for first, behind in cut_windows(example.words, sizes, most):
        batch = collate([(example, first, behind)], vocabulary)
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            tags, vectors, nothing = finder(*batch.inputs)
        heads = [1]
        for size in sizes[first : behind - 1]:
            heads.append(heads[-1] + size)
        scores = tags[0, heads].float().view(len(heads), 2, len(TAGS)).log_softmax(-1).transpose(0, 1)
        links = vectors[0, heads].float().view(len(heads), len(LINKS), 2, 2, LINK_WIDTH)
        found.append(
            WindowScores(first, behind, scores.numpy(), links.numpy(), nothing[0, heads].float().numpy())
        )
    return example.words, found


def predict(finder: Finder, vocabulary: Vocabulary, text: MarkedText, most: int) -> Found:
    """Return content and source of each statement that the finder sees in a text, as sets of places."""
    words, windows = window_scores(finder, vocabulary, text, most)
    settings = Settings(distance=finder.link_bias.weight.detach().view(len(LINKS), -1).numpy())
    return places_of(decode(windows, words, settings), words, text.text)


def places_of(drafts: Sequence[Draft], words: Words, text: str) -> Found:
    """Return content and source of each draft as sets of places of words."""

    def places(segments: Sequence[Segment]) -> frozenset[int]:
        return places_in([(words.starts[s.first], words.ends[s.last]) for s in segments], text)

    return [(places(d.content), places([d.source] if d.source else [])) for d in drafts]


def measure(texts: Sequence[MarkedText], found: Sequence[Found]) -> dict[str, float]:
    """Return F1 relaxed and exact of (content, source), greedily paired; nested ones are left out."""
    marked = sum(sum(s.parent is None for s in text.statements) for text in texts)
    count = sum(map(len, found))
    figures: dict[str, float] = {"marked": marked, "found": count}
    for name, least in (("relaxed", 0.5), ("exact", 1.0)):
        right = sum(len(paired(text, guess, least)) for text, guess in zip(texts, found, strict=True))
        figures[name] = round(200 * right / max(1, marked + count), 2)
    return figures


def paired(text: MarkedText, guess: Found, least: float) -> set[int]:
    """Return which guesses are right: content and source share at least ``least`` of their places."""
    return paired_sets(gold_of(text), guess, least)


def paired_sets(marked: Found, guess: Found, least: float) -> set[int]:
    """Return which guesses are right, greedily, the likest first."""
    pairs = []
    for i, gold in enumerate(marked):
        for j, answer in enumerate(guess):
            if not gold[0].isdisjoint(answer[0]):
                pairs.append((_same(gold, answer), i, j))
    taken: dict[int, int] = {}
    for value, i, j in sorted(pairs, reverse=True):
        if value >= least and i not in taken and j not in taken.values():
            taken[i] = j
    return set(taken.values())


@cache
def gold_of(text: MarkedText) -> Found:
    """Return content and source of each outer statement of the key."""
    return [
        (places_in(s.content, text.text), places_in(s.source, text.text))
        for s in text.statements
        if s.parent is None
    ]


def _same(gold: tuple[frozenset[int], frozenset[int]], guess: tuple[frozenset[int], frozenset[int]]) -> float:
    content = len(gold[0] & guess[0]) / max(1, len(gold[0] | guess[0]))
    if not gold[1]:
        return content
    return min(content, len(gold[1] & guess[1]) / len(gold[1] | guess[1]))


def places_in(spans: Sequence[Span], text: str) -> frozenset[int]:
    """Return the places of the words in ``spans``: their first letters, so that sets stay small."""
    return frozenset(a + m.start() for a, b in spans for m in _WORD.finditer(text[a:b]))
