"""Who speaks where a medium hands the words on and was found as their source.

"State radio quoted a pilot as saying ..." and "the pilot was quoted by state radio as saying ..." are the
pilot's words; the medium belongs to their chain.
"""

from __future__ import annotations

import re
from typing import Final

from ..article import Span, Statement
from . import lexicon as lex
from .layout import Layout
from .phrases import trim

_ACTIVE: Final = re.compile(
    r"(?:\w+ly )?(?:quot|cit)(?:ed|es|ing)\s+"
    r"(?P<who>(?:[^;:.\"“”\n]|(?<=\b[A-Z])\.){2,120}?),?\s+as\s+\w+ing\b",
    re.IGNORECASE,
)
#: A source that has its own source in a clause of its own ("the agency, which quoted a medic").
_WHICH: Final = re.compile(
    r",\s+(?:which\s+(?:\w+\s)?(?:quoted|quotes|cited|cites)|quoting)\s+(?P<who>[^,;:.\"“”\n]{2,80})$",
    re.IGNORECASE,
)
_PASSIVE: Final = re.compile(
    r"\b(?:is|was|were|been|being)\s+(?:\w+\s+)?(?:quoted|cited|reported)\s+"
    r"(?:as saying\s+)?(?:\w+\s+)?by\s+$",
    re.IGNORECASE,
)
_AS_SAYING: Final = re.compile(r",?\s+as\s+\w+ing\b", re.IGNORECASE)
_CLAUSE: Final = lex.word_set(
    "as when because but and since if while where after before that than then which"
)
_FARTHEST: Final = 60
_REACH: Final = 140
_LONGEST: Final = 10


def speaking(layout: Layout, statement: Statement) -> Span | None:
    """Return the span of who speaks where the source handed the words on; ``None`` where it did not."""
    if not statement.source:
        return None
    start = statement.source[0][0]
    inner = _WHICH.search(layout.text, start, statement.source[-1][1])
    if inner:
        return trim(layout.text, *inner.span("who"))
    before = _PASSIVE.search(layout.text, max(0, start - _FARTHEST), start)
    if before and (
        "reported" not in before.group().lower()
        or "saying" in before.group().lower()
        or _AS_SAYING.match(layout.text, statement.source[0][1])
    ):
        # What is reported of somebody ("was reported by two papers to have left") is not his word.
        return _subject(layout, before.start())
    for cue, _ in statement.cue:
        found = _ACTIVE.match(layout.text, cue, cue + _REACH)
        if found and statement.source[-1][1] <= cue:
            return trim(layout.text, *found.span("who"))
        if found and found.start("who") <= start < found.end("who"):
            return None
    return None


def quotes(layout: Layout, verb: int) -> bool:
    """Tell whether "quoted somebody as saying" begins at the offset."""
    return bool(_ACTIVE.match(layout.text, verb, verb + _REACH))


def _subject(layout: Layout, end: int) -> Span | None:
    """Return the noun phrase before the verb that begins at the offset."""
    last = layout.word_at(end) - 1
    if last < 0:
        return None
    begin, _ = layout.sentence_span(layout.sentence(layout.words[last].start))
    first = last
    while first and last - first < _LONGEST and layout.words[first - 1].start >= begin:
        before = layout.words[first - 1]
        if before.lower in _CLAUSE or layout.gap(first - 1).strip() not in ("", "'s", "’s"):
            break
        first -= 1
    words = layout.words[first : last + 1]
    return (words[0].start, words[-1].end) if words[0].lower not in lex.RELATIVES else None
