"""``show``'s picture of an article: statements marked in the text, and beside or below it who says them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rich.console import Console
from rich.text import Text

from onrecord.article import Article, Span, Statement
from onrecord.cli.layout import DIM, days, facts, heading, ordered, published_by, who
from onrecord.cli.output import TIE, number, plain, wrapped

#: From this width on, the notes stand beside the text.
WIDE: Final = 100

_NOTES_WIDTH: Final = 36
_WIDEST_TEXT: Final = 76

_CONTENT: Final = "green"
_NESTED: Final = "green underline"
_SOURCE: Final = "bold cyan"
_CUE: Final = "magenta"

#: Parts whose words are printed as the head of the article or not at all.
_FIELDS_ONLY: Final = (
    "outlet",
    "published",
    "modified",
    "url",
    "agency",
    "dateline",
    "credit",
    "section",
    "byline",
)

_COLOURED_MARKS: Final = {"source": ("", ""), "cue": ("", "")}
_PLAIN_MARKS: Final = {"source": ("{", "}"), "cue": ("<", ">")}


@dataclass(frozen=True, slots=True)
class _Mark:
    """One span of one statement as it is to be shown."""

    start: int
    end: int
    open: str
    close: str
    style: str
    rank: int


def marked_article(
    console: Console,
    article: Article,
    statements: Sequence[Statement],
    *,
    coloured: bool,
    most: int | None = None,
    remarks: Mapping[str, Sequence[str]] | None = None,
) -> Iterator[Text]:
    """Yield the lines of an article with its statements marked.

    Args:
        console: gives the width.
        article: what was read.
        statements: those to mark.
        coloured: colour tells source, cue and content apart; else brackets of three kinds do.
        most: stop after this many blocks of text.
        remarks: what else the note on a statement says, by its id.
    """
    yield from _head(console, article, coloured)
    numbered = ordered(statements)
    marks = _marks(numbered, coloured)
    blocks = _blocks(article, statements)
    beside = console.width >= WIDE and console.is_terminal
    width = min(console.width - _NOTES_WIDTH - 3, _WIDEST_TEXT) if beside else min(console.width, WIDE)
    titles = article.parts.get("headline", ())
    for block in blocks[:most]:
        text = _mark_block(article.text, block, marks)
        if any(start < block[1] and block[0] < end for start, end in titles):
            text.stylize_before("bold")
        here = [one for one in numbered if block[0] <= one[2].content[0][0] < block[1]]
        lines = wrapped(console, text, width)
        notes = [
            line
            for one in here
            for line in _note(
                console,
                article,
                one,
                (remarks or {}).get(one[2].id, ()),
                _NOTES_WIDTH if beside else width - 4,
            )
        ]
        yield from _side_by_side(lines, notes, width) if beside else _below(lines, notes)
        yield Text()
    if most is not None and len(blocks) > most:
        yield Text(f"… {number(len(blocks) - most, 'paragraph')} more", style=DIM)


def _head(console: Console, article: Article, coloured: bool) -> Iterator[Text]:
    known = [
        article.section,
        published_by(article.outlet, article.agency),
        (article.published or "")[:16].replace("T", " "),
        article.byline and f"by {article.byline}",
        article.url,
    ]
    yield from facts(console, [part for part in known if part], min(console.width, WIDE))
    legend = Text("marked: ", style=DIM)
    opening, closing = _marks_of("source", coloured)
    legend.append_text(Text.assemble(("[1 words]", _CONTENT), " of statement 1, "))
    legend.append_text(Text.assemble((f"{opening}source{closing}", _SOURCE), ", "))
    opening, closing = _marks_of("cue", coloured)
    legend.append_text(Text.assemble((f"{opening}cue{closing}", _CUE)))
    yield legend
    yield Text()
    if article.headline and "headline" in article.declared and "headline" not in article.parts:
        for line in heading(console, article.headline, min(console.width, WIDE)):
            yield Text(line, style="bold")
        yield Text()


def _marks_of(role: str, coloured: bool) -> tuple[str, str]:
    return (_COLOURED_MARKS if coloured else _PLAIN_MARKS)[role]


def _marks(numbered: Sequence[tuple[str, int, Statement]], coloured: bool) -> list[_Mark]:
    found: list[_Mark] = []
    for label, depth, statement in numbered:
        style = _NESTED if depth else _CONTENT
        found += [_Mark(a, b, f"[{label}{TIE}", "]", style, depth) for a, b in statement.content]
    # Several statements may share a source or a cue; it is marked once.
    for role, style in (("source", _SOURCE), ("cue", _CUE)):
        spans: set[Span] = {span for _, _, statement in numbered for span in getattr(statement, role)}
        opening, closing = _marks_of(role, coloured)
        found += [_Mark(a, b, opening, closing, style, 100) for a, b in spans]
    return found


def _blocks(article: Article, statements: Sequence[Statement]) -> list[Span]:
    """Return the stretches of text to show, in order: the parts, and what else a statement stands in."""
    shown = {name: spans for name, spans in article.parts.items() if name not in _FIELDS_ONLY}
    spans = sorted({span for some in shown.values() for span in some}, key=lambda span: (span[0], -span[1]))
    if not spans:
        spans = list(_paragraphs(article.text, 0, len(article.text)))
    needed = [span for s in statements for span in (*s.content, *s.source, *s.cue)]
    for start, end in needed:
        if not any(a < end and start < b for a, b in spans):
            first = article.text.rfind("\n", 0, start) + 1
            last = article.text.find("\n", end)
            spans.append((first, last if last >= 0 else len(article.text)))
    blocks: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if blocks and end <= blocks[-1][1]:
            continue
        blocks.append((max(start, blocks[-1][1]) if blocks else start, end))
    return blocks


def _paragraphs(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for line in text[start:end].splitlines(keepends=True):
        if line.strip():
            yield at, at + len(line.rstrip())
        at += len(line)


def _mark_block(text: str, block: Span, marks: Sequence[_Mark]) -> Text:
    """Return the words of a block with every mark that reaches into it; marks are closed at its borders."""
    start, end = block
    inside = [
        _Mark(max(m.start, start), min(m.end, end), m.open, m.close, m.style, m.rank)
        for m in marks
        if m.start < end and start < m.end
    ]
    inside.sort(key=lambda mark: (mark.start, -mark.end, mark.rank))
    cuts = sorted({start, end, *(m.start for m in inside), *(m.end for m in inside)})
    shown = Text()
    for n, cut in enumerate(cuts):
        for mark in sorted((m for m in inside if m.end == cut), key=lambda m: (-m.start, -m.rank)):
            shown.append(mark.close, style=mark.style)
        for mark in (m for m in inside if m.start == cut):
            shown.append(mark.open, style=mark.style)
        if n + 1 < len(cuts):
            covering = [m for m in inside if m.start <= cut < m.end]
            style = " ".join(m.style for m in sorted(covering, key=lambda m: m.rank))
            shown.append(_one_line(text[cut : cuts[n + 1]]), style=_last_colour(style))
    return shown


def _one_line(text: str) -> str:
    """Make a piece of a paragraph safe, with its blanks at either end kept."""
    if not text.strip():
        return " " if text else ""
    left = " " if text[0].isspace() else ""
    right = " " if text[-1].isspace() else ""
    return f"{left}{plain(text)}{right}"


def _last_colour(style: str) -> str:
    """Return one style for words under several marks: the last colour, and every other attribute."""
    words = style.split()
    colours = [word for word in words if word not in ("bold", "underline")]
    others = sorted({word for word in words if word in ("bold", "underline")})
    return " ".join([*others, *colours[-1:]])


def _note(
    console: Console,
    article: Article,
    one: tuple[str, int, Statement],
    remarks: Sequence[str],
    width: int,
) -> Iterator[Text]:
    label, _, statement = one
    first = Text(f"{label} ", style=DIM) + who(statement.speaker, article.quote(statement.source))
    known = [
        statement.type,
        f"{statement.confidence:.2f}",
        days(statement.said) and f"said {days(statement.said)}",
        *remarks,
    ]
    indent = " " * (len(label) + 1)
    last = facts(console, [part for part in known if part], width - len(indent))
    together = first + Text(" · " + last[0].plain, style=DIM) if len(last) == 1 else first
    if together is not first and together.cell_len <= width:
        yield together
        return
    for n, line in enumerate(wrapped(console, first, width - len(indent))):
        yield Text(indent if n else "") + line
    for line in last:
        yield Text(indent) + line


def _side_by_side(lines: list[Text], notes: list[Text], width: int) -> Iterator[Text]:
    for n in range(max(len(lines), len(notes))):
        left = lines[n] if n < len(lines) else Text()
        if n >= len(notes):
            yield left
            continue
        yield left + Text(" " * (width - left.cell_len) + " │ ", style=DIM) + notes[n]


def _below(lines: list[Text], notes: list[Text]) -> Iterator[Text]:
    yield from lines
    for note in notes:
        yield Text("  │ ", style=DIM) + note
