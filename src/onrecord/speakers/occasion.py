"""To whom something was said and on what occasion: the words of the cue's clause that tell.

Looked for in the sentence of the cue, outside of what is said: "told reporters", "in a letter to the
council", "in an interview with the Vellin Review", "aboard a government plane", "in Brussels". The words
alone are taken; nothing is carried over from another statement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ..article import Article, Span, Spans, Statement

#: How far from the cue its clause is looked for, in characters.
_FARTHEST: Final = 300
_STOP: Final = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘(\[]?[A-Z])|\n")
_SHORT: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|Sgt|Sen|Rep|Gov|St|No|Prof|Rev|[A-Z])\.$")

#: A noun phrase: an article or possessive, then words up to one that begins something else.
_END: Final = (
    r"that|in|on|at|by|as|to|of|for|with|from|after|before|when|while|where|who|whom|whose|which|about|over"
    r"|during|since|until|if|how|what|why|there|he|she|it|they|we|i|you|his|her|is|are|was|were|had|has|have"
    r"|will|would|could|should|may|might|must|can|said|says|saying|not|also|and|but|or|because|via|through"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|today|late|early|earlier|last|this|against"
    r"|aboard|outside|inside|near|following|amid"
)
_WORD: Final = rf"(?!(?i:{_END})\b)[\w'’&.-]*\w"
_PHRASE: Final = (
    rf"(?:(?i:the|a|an|his|her|its|their|this|our|some|several)\s+)?{_WORD}(?:[ \n]{_WORD}){{0,5}}"
)
#: What belongs to a noun phrase behind it: "members of the council".
_OF: Final = rf"(?:\s+of\s+{_PHRASE})?"

_TOLD: Final = re.compile(
    r"(?<!\bbe )(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbeen )"
    r"\b(?i:told|tells|tell|telling|informed|informs|informing|assured|assures|assuring|reminded|reminds|urged"
    r"|urges|urging|asked|asks|asking|warned|warns|warning|advised|advises|ordered|orders|implored|pressed"
    r"|called on|calls on|calling on|appealed to|appeals to|wrote to|writing to|spoke to|speaking to|said to"
    r"|talking to|addressing|called upon)\s+"
    rf"(?P<whom>{_PHRASE}{_OF})"
)
_KINDS: Final = (
    "interview|statement|letter|speech|address|conference|briefing|meeting|rally|summit|debate|hearing|session"
    "|visit|tweet|message|email|e-mail|call|conversation|talks|ceremony|sermon|broadcast|remarks|comments"
    "|testimony|lecture|op-ed|article|post|forum|appearance|gathering|dinner|speeches|statements"
)
_EVENT: Final = re.compile(
    r"\b(?i:in|at|during|by|on|through|via)\s+"
    rf"(?:(?i:the|a|an|his|her|its|their|this|separate)\s+)?(?:[\w'’-]+\s+){{0,4}}?(?:{_KINDS})\b"
    rf"(?:\s+(?P<link>(?i:with|to|before|for|in|on|at))\s+(?P<whom>{_PHRASE}{_OF}))?"
)
_ABOARD: Final = re.compile(rf"\b(?i:aboard|on board)\s+{_PHRASE}")
_PLACE: Final = re.compile(
    r"\b(?:in|In|at|At|near|outside)\s+"
    r"(?P<place>(?:the\s+)?(?!(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec)[a-z]*\b)"
    r"[A-Z][\w'’.-]*\w(?:[ -](?:of\s+)?[A-Z][\w'’-]*\w){0,3})"
)
#: What does not hear: "told the truth", and what is asked for or warned of.
_NO_HEARER: Final = re.compile(
    r"(?i)(?:the\s+)?(?:truth|lies?|story|question|questions|restraint|caution|calm|patience|action)\b"
    r"|(?:himself|herself|themselves|itself)\b"
)
_OTHER_CLAUSE: Final = re.compile(r"\b(?:who|whom|whose|which|that|where|because|after|when|while|but|and)\b")


def with_occasions(article: Article, statements: Sequence[Statement]) -> list[Statement]:
    """Return the statements with ``addressee`` and ``occasion`` as far as their cue's clause tells.

    ``occasion`` has a span for each phrase: the event, the vehicle, the place, in the order of the text.
    """
    closed = sorted({span for one in statements if one.parent is None for span in one.content})
    masked = _masked(article.text, closed)
    return [
        _told(article.text, one, masked if one.parent is None else _masked(article.text, one.content))
        for one in statements
    ]


def _told(text: str, statement: Statement, masked: str) -> Statement:
    marks = statement.cue or statement.source
    if not marks:
        return statement
    cue = marks[0][0], marks[-1][1]
    low, high = _sentence(text, cue)
    clause = masked[low:high]
    whom: Span | None = None
    found: list[Span] = []
    for match in _TOLD.finditer(clause):
        if _near(match.start(), match.end(), cue, low) and not _NO_HEARER.match(match["whom"]):
            whom = whom or _trimmed(clause, match.span("whom"))
    for match in _EVENT.finditer(clause):
        if not _reaches(clause, match.start(), match.end(), cue, low):
            continue
        found.append(_trimmed(clause, match.span()))
        if match["whom"] and match["link"].lower() in ("with", "to", "before"):
            whom = whom or _trimmed(clause, match.span("whom"))
    for pattern in (_ABOARD, _PLACE):
        for match in pattern.finditer(clause):
            apart = all(match.end() <= start or match.start() >= end for start, end in found)
            if (
                apart
                and not _of_source(clause, match, statement.source, low)
                and _reaches(clause, match.start(), match.end(), cue, low)
            ):
                found.append(_trimmed(clause, match.span()))
    if whom is None and not found:
        return statement
    return replace(
        statement,
        addressee=statement.addressee or (((whom[0] + low, whom[1] + low),) if whom else ()),
        occasion=statement.occasion or tuple((start + low, end + low) for start, end in sorted(found)),
    )


def _sentence(text: str, cue: Span) -> Span:
    """Return the sentence of a cue, cut where it is long."""
    low, high = max(0, cue[0] - _FARTHEST), min(len(text), cue[1] + _FARTHEST)
    for stop in _STOP.finditer(text, low, cue[0]):
        if not _SHORT.search(text[max(0, stop.start() - 5) : stop.start() + 1]):
            low = stop.end()
    for stop in _STOP.finditer(text, cue[1], high):
        if not _SHORT.search(text[max(0, stop.start() - 5) : stop.start() + 1]):
            return low, stop.start()
    return low, high


def _masked(text: str, said: Sequence[Span]) -> str:
    """Return the text with what is said blotted out, every other character at its place."""
    parts, at = [], 0
    for start, end in said:
        if at < end:
            start = max(start, at)
            parts += [text[at:start], "|" * (end - start)]
            at = end
    return "".join([*parts, text[at:]])


def _near(start: int, end: int, cue: Span, low: int) -> bool:
    """Tell whether words are part of the cue or touch it."""
    return start + low <= cue[1] + 1 and cue[0] <= end + low + 1


def _reaches(clause: str, start: int, end: int, cue: Span, low: int) -> bool:
    """Tell whether nothing but the cue's own clause stands between it and these words."""
    first, last = cue[0] - low, cue[1] - low
    between = clause[last:start] if start >= last else clause[end:first] if end <= first else ""
    return len(between) < 120 and not _OTHER_CLAUSE.search(between)


def _of_source(clause: str, match: re.Match[str], source: Spans, low: int) -> bool:
    """Tell whether a place is in the words for the source, or behind them and theirs: "an analyst at ..."."""
    start, end = match.start() + low, match.end() + low
    inside = any(start < last and first < end for first, last in source)
    return inside or (clause[match.start()] in "aA" and any(0 <= start - last <= 1 for _, last in source))


def _trimmed(clause: str, span: Span) -> Span:
    """Return a span without blanks and marks at its ends."""
    start, end = span
    words = clause[start:end].rstrip(" \n.,;'’-")
    return start, start + len(words)
