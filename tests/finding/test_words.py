"""Words and windows: nothing lost, nothing twice."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.finding.finder import readable
from onrecord.finding.quotation import QuotationMap
from onrecord.finding.windows import cut_windows
from onrecord.finding.words import Words, split_words


def _words(text: str) -> Words:
    paragraphs = readable(Article(path="-", text=text))
    return split_words(text, paragraphs, QuotationMap(text, paragraphs))


@given(st.text(max_size=200))
def test_words_are_the_text_without_space(text: str) -> None:
    """The words in order are every character that is not space, and lie where they say."""
    words = _words(text)
    assert "".join(words.strings) == "".join(text.split())
    assert all(text[a:b] == w for a, b, w in zip(words.starts, words.ends, words.strings, strict=True))


def test_case_gap_and_quote_of_each_word() -> None:
    """What lower-cased pieces lose is kept beside them."""
    words = _words("“We go,” NATO said\nin 2012.")
    assert words.strings == ["“", "We", "go", ",", "”", "NATO", "said", "in", "2012", "."]
    assert words.cases == [0, 2, 1, 0, 0, 3, 1, 1, 5, 0]
    assert words.gaps == [2, 0, 1, 0, 0, 1, 1, 2, 1, 0]
    assert words.quotes == [3, 1, 1, 1, 4, 0, 0, 0, 0, 0]
    assert words.paragraphs == [0, 0, 0, 0, 0, 0, 0, 1, 1, 1]


@given(st.lists(st.integers(1, 30), min_size=1, max_size=60), st.integers(4, 40), st.lists(st.booleans()))
def test_windows_cover_each_word_once(sizes: list[int], most: int, breaks: list[bool]) -> None:
    """Windows follow each other without overlap or gap, and none holds more than allowed."""
    text = "".join(
        f"w{'.' if i % 7 == 6 else ''}" + ("\n" if i < len(breaks) and breaks[i] else " ")
        for i in range(len(sizes))
    )
    words = _words(text)
    counts = [1 + i % most for i in range(len(words))]
    windows = cut_windows(words, counts, most)
    assert windows[0][0] == 0
    assert windows[-1][1] == len(words)
    assert all(a[1] == b[0] for a, b in itertools.pairwise(windows))
    assert all(sum(counts[a:b]) <= most for a, b in windows)


def test_windows_end_where_paragraphs_end() -> None:
    """A paragraph that fits is never cut."""
    words = _words("a b c d\ne f g h\ni j k l")
    assert cut_windows(words, [1] * 12, 9) == [(0, 8), (8, 12)]


def test_windows_share_the_text_evenly() -> None:
    """Two windows of one article are of nearly the same length, so that padding is small."""
    words = _words("\n".join(["a b c d"] * 10))
    assert cut_windows(words, [1] * 40, 36) == [(0, 20), (20, 40)]


def test_no_words_no_windows() -> None:
    """An empty text has no window."""
    assert cut_windows(_words(" \n "), [], 10) == []
