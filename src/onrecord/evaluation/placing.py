"""Finding again: substrings in a text, and the spans of one copy of a text in another.

Both go by the characters that are not white space, so that a reader may join lines or widen a gap.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from onrecord.article import Span, Spans, Statement
from onrecord.evaluation.corpora import Key, key_of


class TextDiffersError(ValueError):
    """Two texts that should be copies differ in more than white space."""


class Letters:
    """A text without its white space, and where each character stood."""

    def __init__(self, text: str) -> None:
        self.places = [i for i, character in enumerate(text) if not character.isspace()]
        self.text = "".join(text[i] for i in self.places)

    def span(self, start: int, end: int) -> Span:
        """Return the span in the whole text of characters ``start`` to ``end`` of the bare one."""
        return self.places[start], self.places[end - 1] + 1


def moved(statements: Sequence[Statement], text: str, onto: str) -> list[Statement]:
    """Return the statements with their spans moved from ``text`` onto a copy with other white space.

    Raises:
        TextDiffersError: the two texts differ in more than white space.
    """
    if text == onto:
        return list(statements)
    here, there = Letters(text), Letters(onto)
    if here.text != there.text:
        raise TextDiffersError("the text that was read differs from the marked one in more than white space")

    def move(spans: Spans) -> Spans:
        parts = ((bisect_left(here.places, start), bisect_left(here.places, end)) for start, end in spans)
        return tuple(there.span(first, last) for first, last in parts if first < last)

    return [
        replace(s, content=move(s.content), source=move(s.source), cue=move(s.cue), via=move(s.via))
        for s in statements
    ]


def place(rows: Sequence[Mapping[str, Any]], text: str) -> tuple[Key, ...]:
    """Find the substrings of marked statements in a text.

    Where the content stands more than once, the place whose foregoing words agree longest with the row's
    ``context`` is taken, and of those the first after the statement before it. Source and cue are whole
    words, the ones nearest to the content. A content that is not in the text, because the reader left it
    out, has no span and can only be missed.
    """
    letters = Letters(text)
    keys = []
    last = 0
    for row in rows:
        content = _content(letters, row["content"], row.get("context") or "", last)
        last = max([last, *(bisect_left(letters.places, start) for start, _ in content[:1])])
        source, cue = (nearest(text, row.get(role), content) for role in ("source", "cue"))
        keys.append(key_of(row, content=content, source=source, cue=cue, said=row.get("said_at")))
    return tuple(keys)


def _content(letters: Letters, content: Sequence[str], context: str, last: int) -> Spans:
    """Return a span for each piece of a content, in order; none when one is not there."""
    bare = ["".join(words.split()) for words in content]
    if not bare or not all(bare):
        return ()
    start = _best(letters.text, bare[0], "".join(context.split()), last)
    spans = []
    for words in bare:
        start = letters.text.find(words, start) if start >= 0 else -1
        if start < 0:
            return ()
        spans.append(letters.span(start, start + len(words)))
        start += len(words)
    return tuple(spans)


def _best(text: str, words: str, context: str, last: int) -> int:
    """Return where ``words`` stand, -1 if nowhere."""
    starts = [match.start() for match in re.finditer(f"(?={re.escape(words)})", text)]
    return max(starts, key=lambda s: (_agreement(text[:s], context), s >= last, -s), default=-1)


def _agreement(before: str, context: str) -> int:
    """Return the length of the common end."""
    longest = min(len(before), len(context))
    return next((n for n in range(longest) if before[-1 - n] != context[-1 - n]), longest)


def nearest(
    text: str, words: str | None, content: Sequence[Span], apart: Sequence[Span] | None = None
) -> Spans:
    """Return the place of the words nearest to the content; none when there is none.

    It lies outside of ``apart``, which is the content when not given.
    """
    if not words or not words.split() or not content:
        return ()
    taken = content if apart is None else apart
    pattern = r"\s+".join(map(re.escape, words.split()))
    places = [m.span() for m in re.finditer(rf"(?<!\w){pattern}(?!\w)", text)]
    outside = [(s, e) for s, e in places if not any(s < end and start < e for start, end in taken)]

    def distance(place: Span) -> int:
        return min(max(start - place[1], place[0] - end) for start, end in content)

    return (min(outside, key=distance),) if outside else ()
