"""Marks on text: it stays whole, and each stretch carries exactly the marks that lie on it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.web.marking import MOST_AT_ONCE, Mark, excerpt, segments

SPANS = st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from(("content", "source", "cue")))


@given(st.text(max_size=30), st.lists(SPANS, max_size=12), st.integers(0, 30), st.integers(0, 30))
def test_segments_cover_the_text(text: str, spans: list[tuple[int, int, str]], one: int, other: int) -> None:
    """Whatever marks overlap, the stretches are the text, and each has the marks of all its characters."""
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    marks = [Mark(first, last, role, str(n)) for n, (first, last, role) in enumerate(spans)]
    found = list(segments(text, start, end, marks))
    assert "".join(segment.text for segment in found) == text[start:end]
    at = start
    for segment in found:
        assert segment.text
        for place in range(at, at + len(segment.text)):
            on = [mark for mark in marks if mark.start <= place < mark.end]
            assert segment.roles == {mark.role for mark in on}
            assert set(segment.of) == {mark.of for mark in on}
            assert segment.depth == sum(mark.role == "content" for mark in on)
        at += len(segment.text)


def test_a_statement_opens_where_it_begins() -> None:
    """A content is announced at its first stretch, outer ones before inner ones, and not where it goes on."""
    marks = [Mark(2, 8, "content", "inner"), Mark(2, 10, "content", "outer"), Mark(0, 2, "source", "outer")]
    found = list(segments("ab cdefghijk", 0, 12, marks))
    assert [(segment.text, segment.opens) for segment in found] == [
        ("ab", ()), (" cdefg", ("outer", "inner")), ("hi", ()), ("jk", ()),
    ]  # fmt: skip


def test_marks_without_number_are_cut_off() -> None:
    """Thousands of marks on one place cost no more than a few dozen."""
    marks = [Mark(n, 40_000 - n, "content", str(n)) for n in range(20_000)]
    assert max(segment.depth for segment in segments("x" * 40_000, 0, 40_000, marks)) == MOST_AT_ONCE


@given(st.text(alphabet="ab ", max_size=300), st.integers(0, 300), st.integers(1, 100))
def test_an_excerpt_holds_the_place(text: str, place: int, most: int) -> None:
    """An excerpt is no longer than allowed and holds the place that it is for."""
    place = min(place, max(0, len(text) - 1))
    start, end = excerpt(text, [(place, place + 1)], most)
    assert 0 <= start <= end <= len(text)
    assert end - start <= most
    assert not text or start <= place < end
