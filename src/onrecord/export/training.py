"""Judgements as training data: what people went through whole, in the markup of the finder's passages.

A passage is a run of paragraphs in which every statement was decided by a person; what nobody has looked at
teaches nothing, as a statement missed there would be taught to be none. Roles stand in braces, ``{c1 ...}``
content, ``{s1 ...}`` source, ``{q1 ...}`` cue; a repeated tag is a further fragment of its role.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

from onrecord import query
from onrecord.answers import Shown, ShownStatement
from onrecord.article import Span, Spans, Statement
from onrecord.record import Record

#: Paragraphs and statements of one passage at most; the markup numbers statements with two digits.
MOST_PARAGRAPHS: Final = 12
MOST_STATEMENTS: Final = 99

#: What shows that a person has looked at a statement's ends.
_LOOKED_AT: Final = frozenset(("verdict", "added", "content", "source", "cue"))

_TAGS: Final = (("content", "c"), ("source", "s"), ("cue", "q"))
_BRACES: Final = str.maketrans("{}", "()")
#: The first line of every passage.
HEAD: Final = "# judged"

_SEPARATOR: Final = "---"


@dataclass(frozen=True, slots=True)
class _Tag:
    start: int
    end: int
    letter: str
    number: int


def write_training(record: Record, stream: IO[str]) -> int:
    """Write the passages that people went through; return how many statements stand in them.

    Args:
        record: an open record.
        stream: open for text in UTF-8.
    """
    count = 0
    first = True
    for text, statements in _passages(record):
        stream.write(("" if first else f"{_SEPARATOR}\n") + f"{HEAD}\n{text}\n")
        first = False
        count += statements
    return count


def _passages(record: Record) -> Iterator[tuple[str, int]]:
    judged = record.rows("SELECT DISTINCT article_id FROM judgement ORDER BY article_id")
    standing = record.rows("SELECT id FROM article WHERE run_id IS NOT NULL")
    held = {number for (number,) in standing}
    for (number,) in judged:
        if number in held:
            yield from _of_article(query.show(record, number))


def _of_article(shown: Shown) -> Iterator[tuple[str, int]]:
    text = shown.article.text
    lines = _lines(text)
    runs: list[tuple[int, int, list[ShownStatement]]] = []
    for one in shown.statements:
        spans = [span for role, _ in _TAGS for span in getattr(one.statement, role)]
        touched = [n for n, (start, end) in enumerate(lines) if any(a < end and start < b for a, b in spans)]
        if touched:
            runs.append((touched[0], touched[-1], [one]))
    for first, last, statements in _joined(runs):
        wanted = _told_apart(text, [one for one in statements if one.verdict != "reject"])
        if not all(_looked_at(one) for one in statements) or len(wanted) > MOST_STATEMENTS:
            continue
        paragraphs = [line for line in lines[first : last + 1] if text[slice(*line)].strip() != _SEPARATOR]
        if 0 < len(paragraphs) <= MOST_PARAGRAPHS:
            yield "\n\n".join(_marked(text, line, wanted) for line in paragraphs), len(wanted)


def _looked_at(one: ShownStatement) -> bool:
    return one.verdict is not None or any(
        made.field in _LOOKED_AT and made.place == "placed" for made in one.judgements
    )


def _joined(
    runs: list[tuple[int, int, list[ShownStatement]]],
) -> Iterator[tuple[int, int, list[ShownStatement]]]:
    """Yield runs of paragraphs with their statements, those that share a paragraph as one."""
    kept: tuple[int, int, list[ShownStatement]] | None = None
    for first, last, statements in sorted(runs, key=lambda run: run[:2]):
        if kept is not None and first <= kept[1]:
            kept = (kept[0], max(kept[1], last), kept[2] + statements)
            continue
        if kept is not None:
            yield kept
        kept = (first, last, statements)
    if kept is not None:
        yield kept


def _lines(text: str) -> list[Span]:
    """Return the lines of a text that are not blank, without outer space."""
    found: list[Span] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            start = at + len(line) - len(line.lstrip())
            found.append((start, at + len(line.rstrip())))
        at += len(line) + 1
    return found


def _marked(text: str, line: Span, statements: list[ShownStatement]) -> str:
    """Return one paragraph with its tags."""
    tags = []
    for number, one in enumerate(statements, start=1):
        own: list[Span] = []
        roles = _roles(text, one.statement)
        # A source or cue inside its own content takes that part out of it: a tag cannot stand in its own.
        for role, letter in reversed(_TAGS):
            spans = _without(_within(roles.get(role, ()), line), own)
            own += spans
            tags += [_Tag(start, end, letter, number) for start, end in _trimmed(text, spans)]
    return _written(text, line, _nested(text, tags))


def _roles(text: str, statement: Statement) -> dict[str, Spans]:
    """Return role -> spans; source and cue are left out where they leave nothing of the content."""
    left = _without(list(statement.content), [*statement.source, *statement.cue])
    if not _trimmed(text, left):
        return {"content": statement.content}
    return {role: getattr(statement, role) for role, _ in _TAGS}


def _told_apart(text: str, statements: list[ShownStatement]) -> list[ShownStatement]:
    """Leave out a statement of which the markup would keep the same content as of one before it."""
    kept: dict[tuple[Span, ...], ShownStatement] = {}
    for one in statements:
        roles = _roles(text, one.statement)
        taken = [*roles.get("source", ()), *roles.get("cue", ())]
        kept.setdefault(tuple(_trimmed(text, _without(list(roles["content"]), taken))), one)
    return list(kept.values())


def _within(spans: Spans, line: Span) -> list[Span]:
    cut = [(max(start, line[0]), min(end, line[1])) for start, end in spans]
    return [(start, end) for start, end in cut if start < end]


def _without(spans: list[Span], taken: list[Span]) -> list[Span]:
    """Return spans without what is taken."""
    for first, last in taken:
        spans = [
            part
            for start, end in spans
            for part in ((start, min(end, first)), (max(start, last), end))
            if part[0] < part[1]
        ]
    return spans


def _trimmed(text: str, spans: list[Span]) -> list[Span]:
    found = []
    for start, end in spans:
        words = text[start:end]
        first = start + len(words) - len(words.lstrip())
        if words.strip():
            found.append((first, first + len(words.strip())))
    return found


def _nested(text: str, tags: list[_Tag]) -> list[_Tag]:
    """Return tags of which none overlaps another by half: what does is cut in two at the other's border."""
    waiting, found = sorted(tags, key=_widest_first), list[_Tag]()
    while waiting:
        tag = waiting.pop(0)
        border = next((one.end for one in found if one.start < tag.start < one.end < tag.end), None)
        if border is None:
            found.append(tag)
            continue
        parts = _trimmed(text, [(tag.start, border), (border, tag.end)])
        waiting += [_Tag(start, end, tag.letter, tag.number) for start, end in parts]
        waiting.sort(key=_widest_first)
    return found


def _widest_first(tag: _Tag) -> tuple[int, int, int, str]:
    return tag.start, -tag.end, tag.number, tag.letter


def _written(text: str, line: Span, tags: list[_Tag]) -> str:
    """Return the words of a line with braces around the tags, which nest."""
    out: list[str] = []
    open_tags: list[_Tag] = []
    at = line[0]
    for tag in [*tags, None]:
        behind = line[1] if tag is None else tag.start
        while open_tags and (tag is None or open_tags[-1].end <= tag.start):
            closing = open_tags.pop()
            out.append(text[at : closing.end].translate(_BRACES) + "}")
            at = closing.end
        out.append(text[at:behind].translate(_BRACES))
        at = behind
        if tag is not None:
            out.append(f"{{{tag.letter}{tag.number} ")
            open_tags.append(tag)
    return "".join(out)
