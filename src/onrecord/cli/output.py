"""What every command prints with: safe text, JSON lines, failures, progress."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

from onrecord.article import Article
from onrecord.errors import InputError

#: Characters that would steer a terminal, turn the order of a line round, or cannot be encoded.
_STEERING: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0]"
)

#: What JSON allows unescaped and a terminal, a line splitter or an encoder stumbles over.
_STUMBLING: Final = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

#: A space at which no line is broken: a noncharacter, which no text may hold.
TIE: Final = "\ufdd0"

#: Files that hold many articles: how many is not known before they are read.
_TABLES: Final = (".csv", ".tsv", ".jsonl", ".ndjson", ".json")


def plain(text: str) -> str:
    """Return text from outside as one line that is safe to print on a terminal."""
    return unsteered(" ".join(text.split()))


def unsteered(text: str) -> str:
    """Return text, its lines kept, without what would steer a terminal."""
    return _STEERING.sub("\ufffd", text)


def json_line(value: Mapping[str, Any]) -> str:
    """Return a value as one line of JSON in which nothing can steer a terminal or break the line."""
    line = json.dumps(value, ensure_ascii=False)
    return _STUMBLING.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


@dataclass(slots=True)
class Output:
    """The streams of one run, and how many inputs have failed in it.

    Attributes:
        json: print JSON lines and nothing else on standard output.
        failures: inputs that could not be worked on; each was named on standard error.
    """

    json: bool = False
    failures: int = 0
    out: Console = field(default_factory=lambda: _console(stderr=False))
    err: Console = field(default_factory=lambda: _console(stderr=True))

    @property
    def status(self) -> int:
        """Exit status: 0 when every input was worked on, else 1."""
        return 1 if self.failures else 0

    @property
    def coloured(self) -> bool:
        """Whether colour can be relied on to tell things apart."""
        return self.out.color_system is not None and not self.out.no_color

    def line(self, value: Mapping[str, Any]) -> None:
        """Print one JSON line."""
        click.echo(json_line(value))

    def text(self, text: Text | str = "", indent: int = 0) -> None:
        """Print text wrapped to the width, every line indented."""
        for line in wrapped(self.out, text, self.out.width - indent):
            self.out.print(Text(" " * indent) + line, soft_wrap=True)

    def fail(self, path: str, reason: str) -> None:
        """Name an input that could not be worked on."""
        self.failures += 1
        self.err.print(Text(f"onrecord: {plain(path)}: {plain(reason)}"), soft_wrap=True)

    def good(self, results: Iterable[Article | InputError]) -> Iterator[Article]:
        """Yield the articles; name each input that gave none."""
        for result in results:
            if isinstance(result, InputError):
                self.fail(result.path, result.reason)
            else:
                yield result

    @contextmanager
    def progress(self, doing: str, total: int | None, *, beside: bool = False) -> Iterator[Bar]:
        """Show a progress bar on standard error, when that is a terminal.

        Args:
            doing: one word for what is done.
            total: how many there are, ``None`` when that is not known.
            beside: results are printed meanwhile; then no bar when they go to a terminal too.
        """
        shown = self.err.is_terminal and not (beside and sys.stdout.isatty())
        columns = (
            TextColumn("{task.description}"),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=self.err, transient=True, disable=not shown, expand=True) as progress:
            yield Bar(progress, progress.add_task(doing, total=total))


@dataclass(slots=True)
class Bar:
    """A progress bar that may not be there."""

    progress: Progress
    task: TaskID

    def step(self) -> None:
        """Say that one more is done."""
        self.progress.advance(self.task)


def wrapped(console: Console, text: Text | str, width: int) -> list[Text]:
    """Return the lines of a text at this width, without blanks at their ends; :data:`TIE` becomes a space."""
    lines = (Text(text) if isinstance(text, str) else text).wrap(console, max(width, 20))
    for line in lines:
        line.rstrip()
        line.plain = line.plain.replace(TIE, " ")
    return list(lines)


def count_inputs(sources: Iterable[str]) -> int | None:
    """Return how many articles these inputs hold, ``None`` when that shows only in reading."""
    total = 0
    for source in sources:
        if source == "-" or source.lower().endswith(_TABLES) or Path(source).is_dir():
            return None
        total += 1
    return total


def number(count: int, noun: str, plural: str | None = None) -> str:
    """Return a count with its noun: "1 article", "1,200 articles"."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def _console(*, stderr: bool) -> Console:
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)
