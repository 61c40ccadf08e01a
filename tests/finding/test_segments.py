"""Tags to segments, segments to statements."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from onrecord.finding.decoding import Settings, decode
from onrecord.finding.quotation import QuotationMap
from onrecord.finding.scores import DISTANCES, LINK_WIDTH, LINKS, TAGS, WindowScores, distance_buckets
from onrecord.finding.segments import find_segments
from onrecord.finding.words import Words, split_words

FREE = (0.0,) * len(TAGS)


def _tags(path: list[int]) -> np.ndarray:
    scores = np.full((len(path), len(TAGS)), -8.0, dtype=np.float32)
    scores[range(len(path)), path] = -0.01
    return scores


def _words(text: str) -> Words:
    return split_words(text, [(0, len(text))], QuotationMap(text, [(0, len(text))]))


def test_begin_tags_split_neighbours() -> None:
    """Two begin tags side by side are two segments."""
    found = find_segments(_tags([5, 6, 5, 6, 0, 1, 3]), 10, FREE, [True] + [False] * 6)
    assert [(s.role, s.first, s.last) for s in found] == [
        ("content", 10, 11), ("content", 12, 13), ("source", 15, 15), ("cue", 16, 16),
    ]  # fmt: skip


def test_inside_tag_needs_its_begin() -> None:
    """An inside tag behind nothing becomes the start of no segment unless the path as a whole is better."""
    found = find_segments(_tags([0, 6, 6, 0]), 0, FREE, [True, False, False, False])
    assert all(s.role == "content" for s in found)
    assert [(s.first, s.last) for s in found] in ([], [(0, 2)], [(1, 2)])


def test_segments_end_with_their_paragraph() -> None:
    """A segment never runs over a paragraph's end."""
    found = find_segments(_tags([5, 6, 6, 6]), 0, FREE, [True, False, True, False])
    assert all(not (s.first < 2 <= s.last) for s in found)


@given(arrays(np.float32, (12, len(TAGS)), elements=st.floats(-9, 0, width=32)))
def test_segments_never_overlap(tags: np.ndarray) -> None:
    """Whatever the scores, segments are in order and apart."""
    found = find_segments(tags, 0, FREE, [True] + [False] * 11)
    assert all(a.last < b.first for a, b in itertools.pairwise(found))


def test_links_choose_cue_and_source() -> None:
    """Content goes to the cue it points to, cue to its source; fragments of one cue are one statement."""
    words = _words("Yes , Ana said . No")
    tags = np.stack([_tags([5, 0, 1, 3, 0, 5]), _tags([0] * 6)])
    links = np.zeros((6, len(LINKS), 2, 2, LINK_WIDTH), dtype=np.float32)
    links[:, :, 0, 0, 0] = links[:, :, 1, 0, 0] = 8.0
    window = WindowScores(0, 6, tags, links, np.zeros((6, len(LINKS)), dtype=np.float32))
    (draft,) = decode([window], words, Settings())
    assert [s.first for s in draft.content] == [0, 5]
    assert draft.cue is not None
    assert draft.source is not None
    assert words.strings[draft.source.first] == "Ana"


def test_content_without_cue_stands_alone() -> None:
    """A quotation with neither cue nor source is a statement all the same."""
    words = _words("No one wins")
    tags = np.stack([_tags([5, 6, 6]), _tags([0] * 3)])
    links = np.zeros((3, len(LINKS), 2, 2, LINK_WIDTH), dtype=np.float32)
    window = WindowScores(0, 3, tags, links, np.zeros((3, len(LINKS)), dtype=np.float32))
    (draft,) = decode([window], words, Settings())
    assert draft.cue is None
    assert draft.source is None


@given(st.integers(-5000, 5000), st.booleans())
def test_distance_buckets_are_in_range(words: int, same: bool) -> None:
    """Every distance has a bucket."""
    (bucket,) = distance_buckets(np.asarray([words]), np.asarray([same]))
    assert 0 <= bucket < DISTANCES
