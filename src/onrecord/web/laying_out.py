"""An article as blocks to print, each with its statements' marks, in parts that a browser can hold."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.answers import ShownStatement
from onrecord.article import Article
from onrecord.web.marking import Mark, Segment, segments

#: An article with more statements is shown in parts of about so many.
MOST_STATEMENTS: Final = 400

#: Parts whose words stand within other parts, or are shown at the head of the page.
_WITHIN: Final = frozenset({"outlet", "published", "modified", "url", "agency", "dateline"})


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, headline or other part of an article: its name and its place in the text."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Numbered:
    """A statement with its number in the article, and the number of the one that it stands within."""

    number: int
    shown: ShownStatement
    within: int | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a block, and the statements that begin with it."""

    segment: Segment
    opens: tuple[Numbered, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One part of an article as it is printed.

    Attributes:
        blocks: name of each block with its pieces.
        notes: the statements that begin in them.
        part: which part this is, from 1.
        parts: how many there are.
        statements: how many statements the article has.
    """

    blocks: Sequence[tuple[str, Sequence[Piece]]]
    notes: Sequence[Numbered]
    part: int
    parts: int
    statements: int


def sheet(article: Article, shown: Sequence[ShownStatement], part: int, at: str | None = None) -> Sheet:
    """Lay out one part of an article.

    Args:
        article: its text and parts.
        shown: its statements, in the order of the text; rejected ones are listed and not marked.
        part: which part, from 1; the last where there are fewer.
        at: id of a statement: the part in which it begins, whatever ``part`` says.
    """
    numbers = {one.statement.id: n for n, one in enumerate(shown, start=1)}
    numbered = [
        Numbered(n, one, numbers.get(one.statement.parent or "")) for n, one in enumerate(shown, start=1)
    ]
    groups = list(_parts(list(blocks(article, shown)), numbered))
    if at is not None:
        part = next(
            (
                n
                for n, (_, notes) in enumerate(groups, start=1)
                if any(one.shown.statement.id == at for one in notes)
            ),
            part,
        )
    part = min(max(part, 1), len(groups))
    here, notes = groups[part - 1]
    first, last = here[0].start if here else 0, here[-1].end if here else 0
    marks = list(_marks(shown, first, last))
    by_id = {one.shown.statement.id: one for one in numbered}
    return Sheet(
        blocks=_pieces(article, here, marks, by_id), notes=notes, part=part, parts=len(groups),
        statements=len(shown),
    )  # fmt: skip


def blocks(article: Article, shown: Sequence[ShownStatement]) -> Iterator[Block]:
    """Yield the blocks of an article in order, none over another, and every statement within one."""
    named = {span: name for name, spans in article.parts.items() if name not in _WITHIN for span in spans}
    found = [Block(name, *span) for span, name in named.items()]
    if not any(block.name == "body" for block in found):
        found += _lines(article.text, 0, len(article.text))
    begins = sorted(
        start
        for one in shown
        for start, _ in (*one.statement.content, *one.statement.source, *one.statement.cue)
    )
    at = 0
    for block in sorted(found, key=lambda block: (block.start, -block.end)):
        if bisect_left(begins, at) < bisect_left(begins, block.start):
            yield from _lines(article.text, at, block.start)
        if block.end > at:
            yield Block(block.name, max(block.start, at), block.end)
            at = block.end
    if bisect_left(begins, at) < len(begins):
        yield from _lines(article.text, at, len(article.text))


def _lines(text: str, start: int, end: int) -> Iterator[Block]:
    at = start
    for line in text[start:end].split("\n"):
        if line.strip():
            yield Block("body", at, at + len(line))
        at += len(line) + 1


def _parts(
    found: Sequence[Block], numbered: Sequence[Numbered]
) -> Iterator[tuple[Sequence[Block], Sequence[Numbered]]]:
    """Yield the blocks in parts of about :data:`MOST_STATEMENTS`, with the statements that begin there."""
    here: list[Block] = []
    notes: list[Numbered] = []
    waiting = sorted(numbered, key=lambda one: one.shown.statement.content)
    at = 0
    for block in found:
        begun = at
        while at < len(waiting) and waiting[at].shown.statement.content[0][0] < block.end:
            at += 1
        if here and len(notes) + at - begun > MOST_STATEMENTS:
            yield here, notes
            here, notes = [], []
        here.append(block)
        notes.extend(waiting[begun:at])
    notes.extend(waiting[at:])
    yield here, notes


def _marks(shown: Sequence[ShownStatement], first: int, last: int) -> Iterator[Mark]:
    for one in shown:
        if one.verdict == "reject":
            continue
        statement = one.statement
        for role, spans in (
            ("content", statement.content), ("source", statement.source), ("cue", statement.cue),
        ):  # fmt: skip
            for start, end in spans:
                if start < last and end > first:
                    yield Mark(start, end, role, statement.id)


def _pieces(
    article: Article, here: Sequence[Block], marks: Sequence[Mark], numbered: Mapping[str, Numbered]
) -> list[tuple[str, list[Piece]]]:
    """Return the blocks with their marks; a statement in several stretches is numbered at its first one."""
    found = []
    begun: set[str] = set()
    ordered = sorted(marks, key=lambda mark: mark.start)
    low = 0
    open_: list[Mark] = []
    for block in here:
        while low < len(ordered) and ordered[low].start < block.end:
            open_.append(ordered[low])
            low += 1
        open_ = [mark for mark in open_ if mark.end > block.start]
        pieces = []
        for segment in segments(article.text, block.start, block.end, open_):
            opens = [one for one in segment.opens if one not in begun]
            begun.update(opens)
            pieces.append(Piece(segment, tuple(numbered[one] for one in opens)))
        found.append((block.name, pieces))
    return found
