"""Quotation marks of every make: where quotations start and end, and how deep they stand.

Newspapers open quotations that they never close, open each paragraph of a long one anew and close only the
last, nest the same marks, and type apostrophes that look like closing marks. Nothing here refuses a text:
what has no partner ends with its paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.article import Span

_PAIRS = {"“": "”", "„": "”", "‟": "”", "〝": "〞", "«": "»", "‹": "›", "‘": "’", "‚": "’", "``": "''"}
_CLOSERS = frozenset(_PAIRS.values())
_STRAIGHT = frozenset({'"', "＂", "'", "''"})
_SINGLE = frozenset({"'", "‘", "’", "‚", "‹", "›"})
_MARK = re.compile(r"``|''|’’|‘‘|[\"＂“”„‟〝〞«»‹›‘’‚']")
_DOUBLED = {"‘‘": "“", "’’": "”"}
_SINGLE_CLOSER = re.compile(r"(?<=[\w.,;:!?…])'(?![\w'])")
#: Paragraphs that a quotation left open may run over before its mark is taken for a slip.
_FARTHEST = 8
#: Quotations inside each other, and characters in which a single mark's partner is looked for: more than any
#: news has, and few enough that a page of nothing but marks takes no longer than its length.
_DEEPEST = 12
_REACH = 2_000
_LOWER_WORD = re.compile(r" [a-z]")
_SINGLE_BORDER = re.compile(r"‘|(?<=[.,;:!?…])’")
_BEFORE_CLOSER = re.compile(r"[\w.,;:!?…)\]}%\-–—]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation within a paragraph.

    Attributes:
        start: offset of the opening mark.
        end: offset behind the closing mark, or the end of the paragraph where none closes it.
        inner: the span between the marks.
        depth: 0 for an outer quotation, 1 for one inside it, and so on.
        closed: whether a closing mark was found.
        single: whether the marks are single ones.
    """

    start: int
    end: int
    inner: Span
    depth: int
    closed: bool
    single: bool


def find_quotations(text: str, paragraph: Span) -> list[Quotation]:
    """Return the quotations of one paragraph in the order of their opening marks.

    Every mark either opens, closes the innermost quotation that it fits, or is an apostrophe.
    """
    start, end = paragraph
    found: list[Quotation] = []
    stack: list[tuple[int, int, str]] = []
    for match in _MARK.finditer(text, start, end):
        mark = _DOUBLED.get(match[0], match[0])
        at, behind = match.span()
        if _is_apostrophe(text, at, behind, mark):
            continue
        level = _closes(text, at, behind, mark, stack, paragraph)
        if level is not None:
            while len(stack) > level:
                opened, inner, opener = stack.pop()
                closed = len(stack) == level
                stop = (at, behind) if closed else (at, at)
                found.append(_made(opened, inner, *stop, len(stack), closed, opener))
        elif len(stack) < _DEEPEST and _opens(text, at, behind, mark, paragraph):
            stack.append((at, behind, mark))
    while stack:
        opened, inner, opener = stack.pop()
        if opener not in _SINGLE:
            found.append(_made(opened, inner, end, end, len(stack), False, opener))
    return sorted(found, key=lambda quotation: quotation.start)


def _made(start: int, inner: int, inner_end: int, end: int, depth: int, closed: bool, mark: str) -> Quotation:
    return Quotation(start, end, (inner, max(inner, inner_end)), depth, closed, mark in _SINGLE)


def _is_apostrophe(text: str, at: int, behind: int, mark: str) -> bool:
    """Tell a single mark inside a word ("don't", "O’Neill") from a quotation mark."""
    if mark not in ("'", "’", "‘"):
        return False
    before = text[at - 1] if at else " "
    after = text[behind] if behind < len(text) else " "
    return before.isalnum() and after.isalnum()


def _opens(text: str, at: int, behind: int, mark: str, paragraph: Span) -> bool:
    before = text[at - 1] if at > paragraph[0] else " "
    after = text[behind] if behind < paragraph[1] else " "
    if after.isspace():
        return False
    if mark in _PAIRS:
        return mark not in _SINGLE or not before.isalnum()
    if mark not in _STRAIGHT or before.isalnum() or before in ".;!?":
        return False
    if mark == "'":
        # 'Tis and the '90s open nothing: a straight single mark needs a partner in the same paragraph.
        return not after.isdigit() and _single_partner(text, behind, paragraph[1])
    return True


def _single_partner(text: str, start: int, end: int) -> bool:
    reach = text[start : min(end, start + _REACH)]
    return any(match.start() > 1 for match in _SINGLE_CLOSER.finditer(reach))


def _closes(
    text: str, at: int, behind: int, mark: str, stack: list[tuple[int, int, str]], paragraph: Span
) -> int | None:
    """Return the depth in ``stack`` of the quotation that ``mark`` closes, or ``None``."""
    before = text[at - 1] if at > paragraph[0] else " "
    for level in range(len(stack) - 1, -1, -1):
        opener = stack[level][2]
        if mark == opener and mark in _STRAIGHT:
            after = text[behind] if behind < paragraph[1] else " "
            if not before.isspace() or after.isspace():
                return level
        elif _PAIRS.get(opener) == mark or (opener in ("``", "„") and mark in ('"', "“")):
            if mark in _SINGLE and not _ends_single(text, behind, before, paragraph[1]):
                continue
            return level
    return None


def _ends_single(text: str, behind: int, before: str, end: int) -> bool:
    """Tell a single closing mark from the apostrophe of a plural ("the boys’ fault,’ he said")."""
    if not _BEFORE_CLOSER.match(before) and before not in "”\"'":
        return False
    if before == "s" and _LOWER_WORD.match(text, behind):
        nearest = _SINGLE_BORDER.search(text, behind, min(end, behind + _REACH))
        return nearest is None or nearest[0] == "‘"
    return True


class QuotationMap:
    """The quotations of a whole text, those that run over several paragraphs in one piece.

    A quotation that its paragraph leaves open goes on until a closing mark without an opening one, if the
    paragraphs in between hold no other marks; a new opening mark starts a new quotation.

    Args:
        text: the article's text.
        paragraphs: spans, in order.
    """

    def __init__(self, text: str, paragraphs: Sequence[Span]) -> None:
        self.quotations: list[Quotation] = []
        waiting: int | None = None  # place in the list of a quotation left open
        waited = 0
        for paragraph in paragraphs:
            found = find_quotations(text, paragraph)
            stray = None if waiting is None else _stray_closer(text, paragraph, found)
            if waiting is not None and stray:
                opened = self.quotations[waiting]
                inner = (opened.inner[0], stray[0])
                self.quotations[waiting] = replace(opened, end=stray[1], inner=inner, closed=True)
                waiting = None
            elif found or waited >= _FARTHEST:
                waiting = None
            waited += 1
            self.quotations += found
            outer = [k for k, q in enumerate(found) if q.depth == 0]
            if outer and not found[outer[-1]].closed and not found[outer[-1]].single:
                waiting, waited = len(self.quotations) - len(found) + outer[-1], 0
        self._outer = [item for item in self.quotations if item.depth == 0]
        self._starts = [item.start for item in self._outer]

    def around(self, place: int) -> Quotation | None:
        """Return the outermost quotation whose marks enclose ``place``, or ``None``."""
        index = bisect_right(self._starts, place) - 1
        if index >= 0 and place < self._outer[index].end:
            return self._outer[index]
        return None

    def within(self, span: Span) -> list[Quotation]:
        """Return the quotations that start and end inside ``span``."""
        return [item for item in self.quotations if span[0] <= item.start and item.end <= span[1]]


def _stray_closer(text: str, paragraph: Span, found: list[Quotation]) -> Span | None:
    """Return a double closing mark before the first quotation of a paragraph, if there is one."""
    end = min((q.start for q in found), default=paragraph[1])
    for match in _MARK.finditer(text, paragraph[0], end):
        mark = _DOUBLED.get(match[0], match[0])
        if mark in _SINGLE or match.start() == paragraph[0]:
            continue
        if mark in _CLOSERS or (mark in _STRAIGHT and not text[match.start() - 1].isspace()):
            return match.span()
    return None
