"""Finding a judged passage again in another version of its text.

An anchor is the TextQuoteSelector of the W3C Web Annotation Data Model (2017, section 4.2.4): the exact words
with the words before and after. The start is a hint only, for words that stand in a text more than once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from onrecord.article import Article, Interval, Span, Spans, Speaker, Statement, statement_id
from onrecord.errors import RecordError

#: Code points kept before and after the exact words. Annotation tools use 32; a page of news repeats phrases
#: ("he said on Tuesday") that fill 32.
CONTEXT: Final = 64

#: Words shorter than this stand in many places by chance, and need some of their context beside them.
SHORT: Final = 24
SHORT_NEEDS: Final = 12

#: A found statement is taken for the one judged when their contents share at least this much (Jaccard): a
#: model may move a border ("that", a closing mark), but half of the words are another statement.
SAME_CONTENT: Final = 0.5

#: How far such a border may move, in code points. A statement around the one judged, or within it, can
#: share most of the words and begins or ends a clause away.
NEAR: Final = 16

_MOST_PLACES: Final = 2000
_FOLDED: Final = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'"}
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words in their context.

    Attributes:
        exact: the words.
        prefix: up to :data:`CONTEXT` code points before.
        suffix: up to :data:`CONTEXT` code points after.
        start: where the words began, in code points.
    """

    exact: str
    prefix: str
    suffix: str
    start: int


def kept(values: Sequence[Any], where: str) -> Anchor:
    """Return the anchor of stored values, in the order of its attributes.

    Raises:
        RecordError: one is of another type.
    """
    exact, prefix, suffix, start = values
    if not all(isinstance(one, str) for one in (exact, prefix, suffix)) or not isinstance(start, int):
        raise RecordError(f"{where}: the record is damaged (its anchor is none). Run `onrecord verify`")
    return Anchor(exact, prefix, suffix, start)


def make(text: str, span: Span) -> Anchor:
    """Return the anchor of a span of ``text``."""
    start, end = span
    return Anchor(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], start)


def locate(text: str, anchor: Anchor) -> Span | None:
    """Return where the anchor's words stand in ``text``, or ``None``.

    Among several places the one with the most context around it wins, then the nearest to where the words
    began. If they stand nowhere to the letter, white space and the make of quotation marks are let pass.
    """
    if not anchor.exact:
        return None
    found = _best(text, anchor)
    if found is not None:
        return found
    folded, places = _fold(text)
    if folded == text:
        return None
    exact, prefix, suffix = (_fold(part)[0] for part in (anchor.exact, anchor.prefix, anchor.suffix))
    loose = Anchor(exact, prefix, suffix, anchor.start)
    found = _best(folded, loose) if loose.exact else None
    return (places[found[0]], places[found[1] - 1] + 1) if found is not None else None


def locate_all(text: str, anchors: Sequence[Anchor]) -> Spans | None:
    """Return where all fragments of one content stand, in order, or ``None`` when one of them is gone."""
    spans: list[Span] = []
    for anchor in anchors:
        span = locate(text, anchor)
        if span is None or (spans and span[0] < spans[-1][1]):
            return None
        spans.append(span)
    return tuple(spans) or None


def overlap(one: Iterable[Span], other: Iterable[Span]) -> float:
    """Return how much of the code points under either are under both (Jaccard), 0 to 1.

    The spans of one content do not overlap each other. A stranger's record may hold spans of any length, so
    lengths are reckoned and not counted out.
    """
    first, second = list(one), list(other)
    shared = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in first for b in second)
    union = sum(end - start for start, end in (*first, *second)) - shared
    return shared / union if union > 0 else 0.0


def same_content(one: Spans, other: Spans) -> bool:
    """Return whether two contents are one statement's, each border moved a little at most."""
    borders = abs(one[0][0] - other[0][0]), abs(one[-1][1] - other[-1][1])
    return max(borders) <= NEAR and overlap(one, other) >= SAME_CONTENT


def move(statement: Statement, old: Article, new: Article, content: Spans) -> Statement:
    """Return the statement with its spans in the new text; spans whose words are gone are left out."""

    def moved(value: Any, name: str = "") -> Any:
        if isinstance(value, Speaker | Interval):
            return replace(value, **{n: moved(getattr(value, n), n) for n in value.__slots__})
        if isinstance(value, dict):
            return {key: moved(item, key) for key, item in value.items()}
        if isinstance(value, tuple) and (name.endswith("spans") or name in _SPAN_FIELDS):
            found = (locate(new.text, make(old.text, span)) for span in value)
            return tuple(span for span in found if span is not None)
        if isinstance(value, tuple):
            return tuple(moved(item) for item in value)
        return value

    fields = {name: moved(getattr(statement, name), name) for name in statement.__slots__}
    fields |= {"id": statement_id(new.text_sha256, content), "content": content, "text": new.quote(content)}
    return Statement(**fields)


_SPAN_FIELDS: Final = frozenset({"source", "cue", "via", "addressee", "occasion"})


def _best(text: str, anchor: Anchor) -> Span | None:
    best: tuple[int, int, int] | None = None
    at = text.find(anchor.exact)
    places = 0
    while at >= 0 and places < _MOST_PLACES:
        end = at + len(anchor.exact)
        before = _common(anchor.prefix[::-1], text[max(0, at - CONTEXT) : at][::-1])
        after = _common(anchor.suffix, text[end : end + CONTEXT])
        score = before + after
        edges = len(anchor.prefix) + len(anchor.suffix)
        if len(anchor.exact) >= SHORT or score >= min(SHORT_NEEDS, edges):
            best = max(best or (-1, 0, 0), (score, -abs(at - anchor.start), at))
        places += 1
        at = text.find(anchor.exact, at + 1)
    return (best[2], best[2] + len(anchor.exact)) if best else None


def _common(one: str, other: str) -> int:
    """Return how many code points two strings share from the start."""
    for number, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return number
    return min(len(one), len(other))


def _fold(text: str) -> tuple[str, list[int]]:
    """Return the text with single spaces and plain quotation marks, and where each character came from."""
    out: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text.translate(_FOLDED)):
        blank = char.isspace()
        if blank and out and out[-1] == " ":
            continue
        out.append(" " if blank else char)
        places.append(place)
    return "".join(out), places
