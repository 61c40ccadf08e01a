"""Drafts become spans: which marks belong to a content, what type it is, what a role's span leaves out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.finding.quotation import QuotationMap, find_quotations
from onrecord.finding.segments import Segment
from onrecord.finding.shaping import (
    content_spans,
    role_span,
    source_span,
    statement_type,
    whole_quotations,
)
from onrecord.finding.words import Words, split_words


def _read(text: str) -> tuple[Words, QuotationMap]:
    quotations = QuotationMap(text, [(0, len(text))])
    return split_words(text, [(0, len(text))], quotations), quotations


def _segment(words: Words, first: str, last: str) -> Segment:
    return Segment("content", words.strings.index(first), words.strings.index(last), 0.0)


def _content(text: str, first: str, last: str) -> str:
    words, quotations = _read(text)
    ((start, end),) = content_spans([_segment(words, first, last)], words, text, quotations)
    return text[start:end]


def test_content_keeps_its_quotation_marks() -> None:
    """A content that lacks one of its marks is given it."""
    assert _content("“We go,” she said.", "We", "go") == "“We go,”"
    assert _content("“We go,” she said.", "“", "go") == "“We go,”"


def test_indirect_content_leaves_the_final_stop_to_the_sentence() -> None:
    """The full stop of the report is not part of what was said."""
    assert _content("She said they would go.", "they", ".") == "they would go"


def test_content_without_a_letter_is_none() -> None:
    """Marks alone are no content."""
    words, quotations = _read("“…” she said.")
    assert content_spans([_segment(words, "“", "”")], words, "“…” she said.", quotations) == ()


ROLES = [
    ("Ilse Varga , said", 0, 2, "Ilse Varga"),
    ("Lt . Gov . Varga", 0, 4, "Lt . Gov . Varga"),
    ("Martin Luther King Jr.", 0, 4, "Martin Luther King Jr."),
    ("the minister.", 0, 2, "the minister"),
    ("the group (GNW)", 0, 4, "the group (GNW)"),
]


@pytest.mark.parametrize(("text", "first", "last", "wanted"), ROLES)
def test_roles_lose_signs_at_their_edges(text: str, first: int, last: int, wanted: str) -> None:
    """Commas and sentence stops at the edge of a source are not part of it; those of abbreviations are."""
    words, _ = _read(text)
    ((start, end),) = role_span(Segment("source", first, last, 0.0), words, text)
    assert text[start:end] == wanted


def test_a_source_ends_before_a_preposition_left_behind() -> None:
    """A day or place that the encoder has left out of a source takes its preposition along."""
    text = "The government of Osmira on"
    words, _ = _read(text)
    ((start, end),) = source_span(Segment("source", 0, 4, 0.0), words, text)
    assert text[start:end] == "The government of Osmira"


def test_contents_do_not_cut_numbers() -> None:
    """A content that ends within a figure runs to the figure's end."""
    assert _content("She hid losses of 2.4bn crowns.", "losses", "2") == "losses of 2.4bn"


def test_contents_do_not_cut_contractions() -> None:
    """A content that ends before the "not" of a contraction takes it in."""
    assert _content("They tell me it won't.", "it", "won") == "it won't"


TYPES = [
    ("“We go,” she said.", "direct"),
    ("She said they would go.", "indirect"),
    ("She said they would “never” go.", "mixed"),
]


@pytest.mark.parametrize(("text", "wanted"), TYPES)
def test_marks_set_the_type(text: str, wanted: str) -> None:
    """All in marks is direct, none indirect, some mixed."""
    content = ((0, 8),) if wanted == "direct" else ((9, len(text)),)
    assert statement_type(content, text, find_quotations(text, (0, len(text)))) == wanted


def test_nested_quotation_runs_to_its_closing_mark() -> None:
    """What the encoder cut after the first sentence of an inner quotation is made whole."""
    text = "“And we replied: “Why us? Go yourselves.” That was all,” he said."
    _, quotations = _read(text)
    start = text.index("“Why")
    parent = ((0, text.index(" he said")),)
    content = ((start, text.index("?") + 1),)
    ((_, end),) = whole_quotations(content, quotations.quotations, parent)
    assert text[start:end] == "“Why us? Go yourselves.”"


def test_nested_quotation_never_leaves_its_parent() -> None:
    """A quotation that ends behind the parent's content is not followed there."""
    text = "“We said: “No. Never,” he said. Again.”"
    _, quotations = _read(text)
    start = text.index("“No")
    parent = ((0, start + 4),)
    assert whole_quotations(((start, start + 4),), quotations.quotations, parent) == ((start, start + 4),)


@given(st.text(alphabet="ab .,'\"“”‘’«»()", min_size=1, max_size=60), st.data())
def test_spans_stay_in_the_text(text: str, data: st.DataObject) -> None:
    """Whatever the segment, its span lies in the text, is not empty, and holds a letter."""
    words, quotations = _read(text)
    if not len(words):
        return
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    for start, end in content_spans([Segment("content", first, last, 0.0)], words, text, quotations):
        assert 0 <= start < end <= len(text)
        assert any(c.isalnum() for c in text[start:end])
    for start, end in role_span(Segment("source", first, last, 0.0), words, text):
        assert 0 <= start < end <= len(text)
