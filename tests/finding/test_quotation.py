"""Quotation marks: which open, which close, which are apostrophes."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.finding.quotation import QuotationMap, find_quotations

CASES = [
    ("“We leave,” she said. “Soon.”", ["“We leave,”", "“Soon.”"]),
    ('"We leave," she said. "Soon."', ['"We leave,"', '"Soon."']),
    ("«We leave», she said.", ["«We leave»"]),
    ("„We leave,“ she said.", ["„We leave,“"]),
    ("``We leave,'' she said.", ["``We leave,''"]),
    ("‘We leave,’ she said.", ["‘We leave,’"]),
    ("'We don't leave,' she said.", ["'We don't leave,'"]),
    ("The dogs' home was 'in ruins'.", ["'in ruins'"]),
    ("‘It’s not the boys’ fault,’ he said.", ["‘It’s not the boys’ fault,’"]),
    ("the '90s were hard", []),
    ("Rock ’n’ roll, O’Dell’s way", []),
    ("“The first paragraph runs on.", ["“The first paragraph runs on."]),
    ("say “no, “never” and", ["“no, “never” and", "“never”"]),
    ("He said \"this is 'fine' for us\".", ["\"this is 'fine' for us\"", "'fine'"]),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_marks_of_every_make(text: str, wanted: list[str]) -> None:
    """Each way to print a quotation is read as a person reads it."""
    found = [text[q.start : q.end] for q in find_quotations(text, (0, len(text)))]
    assert found == wanted


def test_never_closed_inner_mark_leaves_the_outer_open() -> None:
    """Of two quotations that share one closing mark the inner ends there, the outer with the paragraph."""
    text = "“And we said: “Why us? Go yourselves.”"
    outer, inner = find_quotations(text, (0, len(text)))
    assert (outer.closed, outer.depth) == (False, 0)
    assert (inner.closed, inner.depth) == (True, 1)


@given(st.text(alphabet="ab .,'\"“”‘’«»`s\n", max_size=80))
def test_quotations_stay_inside_their_paragraph(text: str) -> None:
    """Whatever the marks, quotations lie in the paragraph and inner spans in their quotation."""
    for quotation in find_quotations(text, (0, len(text))):
        start, end = quotation.inner
        assert 0 <= quotation.start <= start <= end <= quotation.end <= len(text)


@given(st.text(alphabet="ab .,'\"“”‘’«»", max_size=80))
def test_outer_quotations_do_not_overlap(text: str) -> None:
    """Two quotations of depth 0 never share a place."""
    outer = [q for q in QuotationMap(text, [(0, len(text))]).quotations if q.depth == 0]
    assert all(a.end <= b.start for a, b in itertools.pairwise(outer))


def test_place_outside_any_quotation() -> None:
    """Between two quotations there is none around."""
    text = "“Yes,” he said. “No.”"
    quotations = QuotationMap(text, [(0, len(text))])
    assert quotations.around(text.index("said")) is None
    assert quotations.around(text.index("No")) is not None


OPEN_LATER = [
    ("“We stay.\nWe fight.\nWe win,” he said.", "“We stay.\nWe fight.\nWe win,”"),
    ('"We stay.\nWe win," he said. "Yes."', '"We stay.\nWe win,"'),
    ("“We stay.\n“We win,” he said.", "“We stay."),
]


@pytest.mark.parametrize(("text", "wanted"), OPEN_LATER)
def test_quotation_closed_paragraphs_later(text: str, wanted: str) -> None:
    """A quotation left open ends at the next stray closing mark, or where a paragraph opens anew."""
    paragraphs, at = [], 0
    for line in text.split("\n"):
        paragraphs.append((at, at + len(line)))
        at += len(line) + 1
    first = QuotationMap(text, paragraphs).quotations[0]
    assert text[first.start : first.end] == wanted


@pytest.mark.parametrize(
    "text", [" 'a" * 20_000, "“ «a" * 20_000, ' "a' * 20_000, "“a\n" * 20_000, "‘s ’a " * 20_000]
)
def test_a_page_of_nothing_but_marks_ends(text: str) -> None:
    """Time grows with the length, whatever the marks: 60 KB of them took a minute once."""
    paragraphs, at = [], 0
    for line in text.split("\n"):
        paragraphs.append((at, at + len(line)))
        at += len(line) + 1
    started = time.process_time()
    QuotationMap(text, paragraphs)
    assert time.process_time() - started < 8
