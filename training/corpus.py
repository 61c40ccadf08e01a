"""Marked texts to train on: the PolNeAR corpus, and the project's own passages."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.article import Span, Spans

_SENTENCE_END = re.compile(r"([.!?][\"”’')]*)\s+(?=[\"“‘(]?[A-Z])")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|St|Jr|Sr|vs|No)\.$")
_ANNOTATOR = re.compile(r"_[0-9a-f]{4}$")


@dataclass(frozen=True, slots=True)
class Marked:
    """One marked statement; ``parent`` is the index of the statement whose content holds it."""

    content: Spans
    source: Spans
    cue: Spans
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text and its statements.

    Attributes:
        name: of the document, for logs and for the split.
        text: the text; offsets are code points.
        statements: what was marked.
        unread: spans that the markers set aside, on which nothing is learned.
        nested_marked: whether nested statements were marked at all.
    """

    name: str
    text: str
    statements: tuple[Marked, ...]
    unread: Spans = ()
    nested_marked: bool = False
    paragraphs: tuple[Span, ...] = field(default=())


def paragraphs_of(text: str) -> tuple[Span, ...]:
    """Return the lines of ``text`` that are not blank, as spans without outer space."""
    found = []
    for match in re.finditer(r"[^\n]+", text):
        line = match[0]
        if line.strip():
            start = match.start() + len(line) - len(line.lstrip())
            found.append((start, match.start() + len(line.rstrip())))
    return tuple(found)


def one_sentence_a_line(text: MarkedText) -> MarkedText:
    """Return the text with each sentence as a paragraph, as many archives and scrapers store news."""
    found: list[Span] = []
    for start, end in text.paragraphs:
        at = start
        for match in _SENTENCE_END.finditer(text.text, start, end):
            if not _ABBREVIATION.search(text.text, at, match.end(1)):
                found.append((at, match.end(1)))
                at = match.end()
        found.append((at, end))
    return dataclasses.replace(text, paragraphs=tuple(s for s in found if s[0] < s[1]))


def read_polnear(folder: Path) -> Iterator[MarkedText]:
    """Yield the articles of one part of PolNeAR (Newell et al. 2018), first annotator by name."""
    files: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        files.setdefault(_ANNOTATOR.sub("", path.stem), path)
    for name, path in files.items():
        text = (folder / "text" / f"{name}.txt").read_text(encoding="utf-8")
        statements, unread = _read_brat(path)
        yield MarkedText(name, text, statements, unread, paragraphs=paragraphs_of(text))


def _read_brat(path: Path) -> tuple[tuple[Marked, ...], Spans]:
    marks: dict[str, Spans] = {}
    unread: list[Span] = []
    statements = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        fields = line.split("\t")
        if len(fields) < 2:
            continue
        if fields[0].startswith("T"):
            kind, places = fields[1].split(" ", 1)
            spans = tuple((int(a), int(b)) for a, b in (x.split(" ") for x in places.split(";")))
            marks[fields[0]] = spans
            if kind == "Discard":
                unread += spans
        elif fields[0].startswith("E"):
            statements.append(fields[1])
    return tuple(m for m in (_statement(event, marks) for event in statements) if m.content), tuple(unread)


def _statement(event: str, marks: dict[str, Spans]) -> Marked:
    roles: dict[str, list[Span]] = {"Content": [], "Source": [], "Cue": []}
    for part in event.split():
        role, mark = part.split(":")
        role = role.rstrip("0123456789")
        if role in roles:
            roles[role] += marks.get(mark, ())
    return Marked(*(tuple(sorted(set(roles[role]))) for role in ("Content", "Source", "Cue")))


def is_held_out(text: MarkedText, share: float = 0.1) -> bool:
    """Say whether a training article is kept from the encoder, to choose and calibrate on."""
    digest = hashlib.sha256(text.name.encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32 < share
