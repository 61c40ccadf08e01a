"""Statements and citations laid out as lines for a terminal of any width."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from onrecord.article import Article, Interval, Speaker, Statement
from onrecord.cli.output import plain, wrapped

DIM: Final = "dim"
SPEAKER: Final = "bold"
MATCH: Final = "bold underline"

#: What stands for a speaker of whom nothing is known.
NOBODY: Final = "(no source named)"

#: A word of a question, with the star that asks for words which begin so; none that is to be left out.
_WANTED: Final = re.compile(r"(?<![-\w])(\w+)(\*?)")

Pair = tuple[str | None, str | None]


def heading(console: Console, text: str, width: int) -> list[str]:
    """Return one line of outside text cut into safe lines of at most this width."""
    return [line.plain for line in wrapped(console, plain(text), width)]


def who(speaker: Speaker | None, source: str = "", cue: str = "") -> Text:
    """Return the speaker's name, or the words of the source, with office and the words that attribute."""
    name = speaker.name if speaker and speaker.name else source
    text = Text(plain(name) or NOBODY, style=SPEAKER)
    if speaker and speaker.office and plain(speaker.office).lower() not in plain(name).lower():
        text.append(f", {plain(speaker.office)}", style="not bold")
    if cue.strip():
        # Without the cue "denies" and "welcomes" would read alike.
        text.append(f" — {plain(cue)}:", style="not bold")
    return text


def short_id(statement: Statement) -> str:
    """Return as much of a statement's id as tells it from others."""
    return statement.id[:8]


def days(interval: Interval | Pair | None) -> str:
    """Return an interval as one day or as two, "" when nothing is known."""
    first, last = (
        (interval.first, interval.last) if isinstance(interval, Interval) else interval or (None, None)
    )
    if first and last and first != last:
        return f"{first} to {last}"
    if first and not last:
        return f"{first} or later"
    return f"{last} or earlier" if last and not first else first or ""


def ordered(statements: Sequence[Statement]) -> list[tuple[str, int, Statement]]:
    """Return the statements numbered as they are shown.

    Returns:
        number, depth and statement: "1", "2" for those that stand in no other, "2.1" for the first inside
        the second.
    """
    children: dict[str | None, list[Statement]] = {}
    known = {statement.id for statement in statements}
    for statement in statements:
        parent = statement.parent if statement.parent in known and statement.parent != statement.id else None
        children.setdefault(parent, []).append(statement)
    numbered: list[tuple[str, int, Statement]] = []

    def below(parent: str | None, prefix: str, depth: int) -> None:
        for n, statement in enumerate(children.pop(parent, ()), start=1):
            numbered.append((f"{prefix}{n}", depth, statement))
            below(statement.id, f"{prefix}{n}.", depth + 1)

    below(None, "", 0)
    return numbered


def statement_lines(console: Console, article: Article, statements: Sequence[Statement]) -> Iterator[Text]:
    """Yield the lines of a list of statements: who, how and how sure; below it the words."""
    numbered = ordered(statements)
    margin = max((len(number) for number, _, _ in numbered), default=0) + 1
    for number, depth, statement in numbered:
        label = f"{number:>{margin}}  "
        indent = len(label) + 2 * depth
        right = Text(f"{statement.type}  {statement.confidence:.2f}  {short_id(statement)}", style=DIM)
        left = who(statement.speaker, article.quote(statement.source), article.quote(statement.cue))
        first, *rest = beside(console, left, right, console.width - indent)
        yield Text(label, style=DIM) + Text("  " * depth) + first
        for line in rest:
            yield Text(" " * indent) + line
        for line in wrapped(console, plain(article.quote(statement.content)), console.width - indent):
            yield Text(" " * indent) + line
        yield Text()


def between(left: Text, right: Text, width: int) -> Text:
    """Return one line with one text at either end; the left one is cut when there is no room for it."""
    left = left.copy()
    if not right.plain:
        left.truncate(width, overflow="ellipsis")
        return left
    left.truncate(max(width - right.cell_len - 2, 10), overflow="ellipsis")
    return left + Text(" " * max(width - left.cell_len - right.cell_len, 2)) + right


def beside(console: Console, left: Text, right: Text, width: int) -> list[Text]:
    """Return one text beside another, which stands at the end of the first line; the left one is wrapped."""
    room = width - right.cell_len - 2 if right.plain else width
    first, *rest = wrapped(console, left, room)
    return [between(first, right, width), *rest]


def facts(console: Console, parts: Sequence[str], width: int) -> list[Text]:
    """Return short facts on as few lines as fit, a dot between them, broken only when they must be."""
    lines: list[str] = []
    for part in filter(None, (plain(part) for part in parts)):
        longer = f"{lines[-1]} · {part}" if lines else part
        if lines and Text(longer).cell_len <= width:
            lines[-1] = longer
        else:
            lines.append(part)
    return [Text(line.plain, style=DIM) for whole in lines for line in wrapped(console, whole, width)]


def highlighted(text: str, words: str | None) -> Text:
    """Return safe text in which the words looked for stand out."""
    shown = Text(plain(text))
    wanted = [(fold(word), bool(star)) for word, star in _WANTED.findall(words or "")]
    for found in re.finditer(r"\w+", shown.plain):
        word = fold(found[0])
        if any(word == one or (star and word.startswith(one)) for one, star in wanted):
            shown.stylize(MATCH, *found.span())
    return shown


def fold(word: str) -> str:
    """Return a word without case and accents, as the search compares it."""
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in parts if not unicodedata.combining(char))


def published_by(outlet: str | None, agency: str | None) -> str:
    """Return the outlet with the agency whose text it is, as far as known."""
    if outlet and agency and agency.lower() not in outlet.lower():
        return f"{outlet} ({agency})"
    return outlet or agency or ""
