"""Words of a text as the model sees them: offsets, and what lower-cased word pieces lose.

A word is a maximal run of letters, digits and underscores, or a single other sign; this is how BERT's own
basic tokeniser splits, so that word borders and word pieces never cross. Case, the gap before a word, and
whether it stands in quotation marks are given to the model as three small extra inputs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from onrecord.article import Span
from onrecord.finding.quotation import Quotation, QuotationMap

_WORD = re.compile(r"\w+|[^\w\s]")

#: Sizes of the three extra inputs.
CASES, GAPS, QUOTES = 6, 3, 5  # 0 is kept for padding


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some paragraphs, one entry a word in every list.

    Attributes:
        starts, ends: offsets in the text.
        cases: 0 sign, 1 lower, 2 Capitalised, 3 UPPER, 4 mIxed, 5 digits.
        gaps: 0 nothing before the word, 1 space, 2 start of a paragraph.
        quotes: 0 outside quotation marks, 1 inside double ones, 2 inside single ones, 3 an opening mark,
            4 a closing mark.
        paragraphs: index of the paragraph the word stands in.
    """

    starts: list[int]
    ends: list[int]
    strings: list[str]
    cases: list[int]
    gaps: list[int]
    quotes: list[int]
    paragraphs: list[int]

    def __len__(self) -> int:
        return len(self.starts)


def split_words(text: str, paragraphs: Sequence[Span], quotations: QuotationMap) -> Words:
    """Return the words of ``paragraphs``, in order, with what the model is told of each."""
    words = Words([], [], [], [], [], [], [])
    for number, (start, end) in enumerate(paragraphs):
        previous = -1
        quotation: Quotation | None = None
        for match in _WORD.finditer(text, start, end):
            at, behind = match.span()
            if quotation is None or at >= quotation.end:
                quotation = quotations.around(at)
            words.starts.append(at)
            words.ends.append(behind)
            words.strings.append(match[0])
            words.cases.append(_case(match[0]))
            words.gaps.append(2 if previous < 0 else int(at > previous))
            words.quotes.append(_quote(at, quotation))
            words.paragraphs.append(number)
            previous = behind
    return words


def _quote(at: int, quotation: Quotation | None) -> int:
    if quotation is None:
        return 0
    if at < quotation.inner[0]:
        return 3
    if at >= quotation.inner[1] and quotation.closed:
        return 4
    return 2 if quotation.single else 1


@lru_cache(maxsize=20_000)
def _case(word: str) -> int:
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) > 1 else 2
    if word.istitle():
        return 2
    if word.isdigit():
        return 5
    return 4 if any(map(str.isalpha, word)) else 0
