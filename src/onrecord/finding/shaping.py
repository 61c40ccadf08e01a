"""From a draft in words to spans in the text, and to the type of a statement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from onrecord.article import Span, Spans
from onrecord.finding.quotation import Quotation, QuotationMap
from onrecord.finding.segments import Segment
from onrecord.finding.words import Words

#: Shares of the letters of a content that stand in quotation marks. Fully quoted contents are rarely at
#: exactly 1, because an editor's "[sic]" or a stray "and" stands outside the marks.
_DIRECT: Final = 0.95

#: A preposition of time or place at the end of a source.
_LEFT_BEHIND: Final = re.compile(r"\s+(?:on|in|at|by|late|early|of|from|for|with)$", re.IGNORECASE)
_LONGEST_NUMBER: Final = 20
_CONTRACTED: Final = re.compile(r"['’](?:t|re|ve|ll|d|m)\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)+[^\W\d_]{0,3}")

_EDGES: Final = " \t\r\n,;:–—-"


def content_spans(segments: Iterable[Segment], words: Words, text: str, quotations: QuotationMap) -> Spans:
    """Return the spans of a content's fragments, with the quotation marks that belong to them."""
    spans = []
    for segment in segments:
        start, end = words.starts[segment.first], words.ends[segment.last]
        start, end = _with_marks(start, end, text, quotations)
        start, end = _whole_words(*_trimmed(start, end, text), text)
        if _letters(text[start:end]):
            spans.append((start, end))
    return tuple(spans)


def whole_quotations(content: Spans, quotations: Sequence[Quotation], around: Spans) -> Spans:
    """Let a nested content that opens with a quotation mark run to the mark that closes it.

    A quotation inside a quotation is one piece, however many sentences it has; the encoder, which learned the
    second level from little, often stops at the first. ``around``, the parent's content, is never left.
    """
    spans = []
    for start, end in content:
        for quotation in quotations:
            limit = max((b for a, b in around if a <= start and end <= b), default=end)
            if quotation.start == start and end < quotation.end <= limit:
                end = quotation.end
        spans.append((start, end))
    return tuple(spans)


def source_span(segment: Segment | None, words: Words, text: str) -> Spans:
    """Return the span of a source as :func:`role_span` does, without a preposition left behind it.

    In "The ministry on Sunday said" the day is no part of who says it.
    """
    spans = role_span(segment, words, text)
    if not spans:
        return ()
    ((start, end),) = spans
    match = _LEFT_BEHIND.search(text, start, end)
    return ((start, match.start()),) if match else spans


def role_span(segment: Segment | None, words: Words, text: str) -> Spans:
    """Return the span of a source or a cue, without signs at its edges."""
    if segment is None:
        return ()
    start, end = words.starts[segment.first], words.ends[segment.last]
    while start < end and not text[start].isalnum() and text[start] not in "[@#$":
        start += 1
    while start < end and not text[end - 1].isalnum() and text[end - 1] not in ")].%":
        end -= 1
    if text[start:end].endswith(".") and not _abbreviated(text[start:end]):
        end -= 1
    return ((start, end),) if start < end else ()


def _abbreviated(words: str) -> bool:
    """Say whether a final stop belongs to the last word ("Jr.", "U.S.", "Gov.")."""
    last = words.rsplit(None, 1)[-1]
    return (len(last) <= 4 and last[0].isupper()) or last.count(".") > 1


def statement_type(content: Spans, text: str, quotations: Sequence[Quotation]) -> str:
    """Return direct, indirect or mixed by the share of letters that stand inside ``quotations``."""
    inside = total = 0
    for start, end in content:
        total += _count(text[start:end])
        done = start
        for a, b in sorted(q.inner for q in quotations if q.start < end and q.end > start):
            # Quotations may stand in one another: no letter is counted twice.
            a, b = max(a, done), min(b, end)
            if a < b:
                inside += _count(text[a:b])
                done = b
    if not inside:
        return "indirect"
    return "direct" if inside >= _DIRECT * total else "mixed"


def _with_marks(start: int, end: int, text: str, quotations: QuotationMap) -> Span:
    """Take in a mark when no letter stands between it and the edge of the span."""
    for place in (start, end - 1):
        quotation = quotations.around(place)
        if quotation is None or not quotation.closed:
            continue
        inner_start, inner_end = quotation.inner
        if quotation.start < start and not _letters(text[inner_start:start]):
            start = quotation.start
        if start <= quotation.start and end < quotation.end and not _letters(text[end:inner_end]):
            end = quotation.end
    return start, end


def _whole_words(start: int, end: int, text: str) -> Span:
    """Let no span begin or end within a number ("2" of "2.4bn") or end within "won't"."""
    for match in _NUMBER.finditer(text, max(0, start - _LONGEST_NUMBER), end + _LONGEST_NUMBER):
        if match.start() < start < match.end():
            start = match.start()
        if match.start() < end < match.end():
            end = match.end()
    rest = _CONTRACTED.match(text, end)
    return start, rest.end() if rest and text[end - 1].isalpha() else end


def _count(words: str) -> int:
    return sum(map(str.isalnum, words))


def _letters(words: str) -> bool:
    return any(map(str.isalnum, words))


def _trimmed(start: int, end: int, text: str) -> Span:
    while start < end and (text[start] in _EDGES or text[start] in "”»›),.;"):
        start += 1
    while start < end and text[end - 1] in _EDGES:
        end -= 1
    # A final stop outside quotation marks ends the sentence of the report, not the content.
    if text[end - 1 : end] == "." and text[max(start, end - 4) : end].count(".") == 1:
        end -= 1
    return start, end
