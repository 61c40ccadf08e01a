"""Read the invented news passages beside this file, marked with statements in braces.

The markup is described in ``passages/README.md``. ``parse`` is strict: a slip in the markup is an error
with its line, because a passage that is silently misread would train the finder on a wrong answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

FOLDER = Path(__file__).parent / "passages"
FILES = (
    "nested.txt",
    "headlines.txt",
    "genres.txt",
    "conflict.txt",
    "diplomacy.txt",
    "hard.txt",
    "wires.txt",
    "newspaper.txt",
    "dispatches.txt",
)
SEPARATOR = "---"
ROLES = {"c": "content", "s": "source", "q": "cue"}

_KIND = re.compile(r"# ([a-z]+)")
_OPEN = re.compile(r"\{([csq])([1-9][0-9]?) ")


class Marked(TypedDict):
    """One marked statement; spans are ``[start, end]`` code points of the passage's text, end exclusive."""

    source: list[list[int]]
    cue: list[list[int]]
    content: list[list[int]]
    parent: int | None


@dataclass(frozen=True)
class Passage:
    """One passage without its markup.

    Attributes:
        kind: the form that it stands for (``nested``, ``headline``, ``wire`` ...).
        text: the plain text; paragraphs are separated by an empty line.
        statements: in the order of their first content span. ``parent`` is the index in this list of the
            innermost statement whose content holds all content spans of this one, or None.

    """

    kind: str
    text: str
    statements: list[Marked]


@dataclass(frozen=True)
class _Tag:
    role: str
    number: int
    start: int
    line: int


def parse(text: str) -> list[Passage]:
    """Return the passages of one file, in order.

    Raises:
        ValueError: the markup is bad; the message begins with ``line N:`` and says what is wrong.

    """
    return [_passage(block, line) for block, line in _blocks(text)]


def load(folder: Path = FOLDER) -> dict[str, list[Passage]]:
    """Return the passages of every file in the folder, by file name.

    Raises:
        ValueError: as ``parse``, the message begins with the file's name.

    """
    passages = {}
    for name in FILES:
        try:
            passages[name] = parse((folder / name).read_text(encoding="utf-8"))
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from error
    return passages


def _blocks(text: str) -> Iterator[tuple[list[str], int]]:
    """Yield the lines of each block with the 1-based number of its first line."""
    block: list[str] = []
    first = 1
    for number, line in enumerate(text.split("\n"), start=1):
        if line == SEPARATOR:
            yield block, first
            block, first = [], number + 1
        else:
            block.append(line)
    if any(line.strip() for line in block):
        yield block, first


def _passage(block: list[str], line: int) -> Passage:
    while block and not block[0].strip():
        block, line = block[1:], line + 1
    kind = _KIND.fullmatch(block[0]) if block else None
    if kind is None:
        raise ValueError(f"line {line}: a block begins with a line '# kind'")
    body, line = block[1:], line + 1
    while body and not body[0].strip():
        body, line = body[1:], line + 1
    while body and not body[-1].strip():
        body = body[:-1]
    if not body:
        raise ValueError(f"line {line}: the block has no text")
    text, spans = _strip_tags("\n".join(body), line)
    return Passage(kind[1], text, _statements(spans, line))


def _strip_tags(marked: str, line: int) -> tuple[str, list[tuple[_Tag, int]]]:
    """Return the text without tags, and each tag with the end of its span in that text."""
    plain: list[str] = []
    length = 0
    open_tags: list[_Tag] = []
    closed: list[tuple[_Tag, int]] = []
    position = 0
    while position < len(marked):
        character = marked[position]
        if character == "{":
            tag = _OPEN.match(marked, position)
            if tag is None:
                near = marked[position : position + 20]
                raise ValueError(f"line {line}: no tag such as '{{c1 ' at {near!r}")
            opened = _Tag(ROLES[tag[1]], int(tag[2]), length, line)
            _check_nesting(opened, open_tags)
            open_tags.append(opened)
            position = tag.end()
            continue
        if character == "}":
            if not open_tags:
                raise ValueError(f"line {line}: a closing brace without an opening one")
            opened = open_tags.pop()
            _check_edges("".join(plain)[opened.start :], opened)
            closed.append((opened, length))
        else:
            plain.append(character)
            length += 1
            line += character == "\n"
        position += 1
    if open_tags:
        last = open_tags[-1]
        raise ValueError(f"line {last.line}: {last.role} {last.number} is never closed")
    return "".join(plain), closed


def _check_nesting(opened: _Tag, open_tags: list[_Tag]) -> None:
    if any(tag.number == opened.number for tag in open_tags):
        raise ValueError(f"line {opened.line}: {opened.role} {opened.number} stands inside its own statement")


def _check_edges(span: str, tag: _Tag) -> None:
    if not span.strip():
        raise ValueError(f"line {tag.line}: {tag.role} {tag.number} is empty")
    if span != span.strip():
        raise ValueError(f"line {tag.line}: {tag.role} {tag.number} begins or ends with a space: {span!r}")
    if "\n\n" in span:
        raise ValueError(f"line {tag.line}: {tag.role} {tag.number} runs over a paragraph: tag each part")


def _statements(spans: list[tuple[_Tag, int]], line: int) -> list[Marked]:
    by_number: dict[int, Marked] = {}
    for tag, end in sorted(spans, key=lambda item: item[0].start):
        marked = by_number.setdefault(tag.number, Marked(source=[], cue=[], content=[], parent=None))
        marked[tag.role].append([tag.start, end])  # type: ignore[literal-required]
    for number, marked in by_number.items():
        if not marked["content"]:
            role = "source" if marked["source"] else "cue"
            raise ValueError(f"line {line}: {role} {number} of this block has no content")
    statements = sorted(by_number.values(), key=lambda marked: (marked["content"][0][0], -_length(marked)))
    for index, marked in enumerate(statements):
        marked["parent"] = _parent(index, statements, line)
    return statements


def _parent(index: int, statements: list[Marked], line: int) -> int | None:
    inner = statements[index]
    around = [number for number, outer in enumerate(statements) if number != index and _holds(outer, inner)]
    if any(statements[number]["content"] == inner["content"] for number in around):
        raise ValueError(f"line {line}: two statements of this block have the same content")
    return min(around, key=lambda number: _length(statements[number]), default=None)


def _holds(outer: Marked, inner: Marked) -> bool:
    return all(any(a <= start and end <= b for a, b in outer["content"]) for start, end in inner["content"])


def _length(marked: Marked) -> int:
    return sum(end - start for start, end in marked["content"])
