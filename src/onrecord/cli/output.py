"""What every command prints with: safe text, JSON lines, failures, progress."""

from __future__ import annotations

import errno
import json
import logging
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

from onrecord.article import Article
from onrecord.errors import InputError

Item = TypeVar("Item")

#: Characters that would steer a terminal, turn the order of a line round, or cannot be encoded.
_STEERING: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0]"
)

#: What JSON allows unescaped and a terminal, a line splitter or an encoder stumbles over.
_STUMBLING: Final = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

#: A space at which no line is broken: a noncharacter, which no text may hold.
TIE: Final = "\ufdd0"

#: How many rows of one table are named that fail for the same reason; the others are counted.
_MOST_ALIKE: Final = 5

#: What the library says in terms of Python, and what it is on the command line.
_WORDING: Final = {
    "with columns={'text': 'COLUMN'}, or --columns": "with --columns",
    ", or allow_private=True in the library": "",
}


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
        failures: inputs that could not be worked on.
        alike: how many rows of a table failed for one reason; the first of them are named.
    """

    json: bool = False
    failures: int = 0
    alike: Counter[tuple[str, str]] = field(default_factory=Counter)
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

    def unbroken(self, words: str) -> None:
        """Print one line as it is, however long: a path that is broken cannot be copied."""
        self.out.print(Text(words), soft_wrap=True)

    def fail(self, path: str, reason: str) -> None:
        """Name an input that could not be worked on; of many rows of a table with one reason the first."""
        self.failures += 1
        table, hash_sign, _ = path.rpartition("#")
        if hash_sign:
            self.alike[table, reason] += 1
            if self.alike[table, reason] > _MOST_ALIKE:
                return
        self.err.print(Text(f"onrecord: {plain(path)}: {plain(in_options(reason))}"), soft_wrap=True)

    def finish(self) -> int:
        """Count the failures that were not named, and return the exit status."""
        for (table, reason), count in self.alike.items():
            if count > _MOST_ALIKE:
                more = f"{number(count - _MOST_ALIKE, 'more row')}: {plain(in_options(reason))}"
                self.err.print(Text(f"onrecord: {plain(table)}: {more}"), soft_wrap=True)
        self.alike.clear()
        return self.status

    def good(self, results: Iterable[Article | InputError]) -> Iterator[Article]:
        """Yield the articles; name each input that gave none."""
        for result in results:
            if isinstance(result, InputError):
                self.fail(result.path, result.reason)
            else:
                yield result

    @contextmanager
    def progress(self, doing: str, total: int | None) -> Iterator[Bar]:
        """Show a progress bar on standard error while nothing is printed.

        There is none when standard output or standard error is no terminal, nor with ``--json``. Results are
        printed after it, or in :meth:`Bar.aside`.

        Args:
            doing: one word for what is done.
            total: how many there are, ``None`` when that is not known.
        """
        shown = self.err.is_terminal and sys.stdout.isatty() and not self.json
        columns = (
            TextColumn("{task.description}"),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(
            *columns, console=self.err, transient=True, disable=not shown, expand=True,
            redirect_stdout=False, redirect_stderr=False,
        ) as progress:  # fmt: skip
            yield Bar(progress, progress.add_task(doing, total=total))


@dataclass(slots=True)
class Bar:
    """A progress bar that may not be there."""

    progress: Progress
    task: TaskID

    def step(self) -> None:
        """Say that one more is done."""
        self.progress.advance(self.task)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Take the bar away while something is printed."""
        self.progress.stop()
        yield
        self.progress.start()


class WarningLines(logging.Handler):
    """Prints what the library warns of, each a safe line on standard error."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print one warning, on the standard error of this moment."""
        click.echo(f"onrecord: {plain(in_options(record.getMessage()))}", err=True)


class _Console(Console):
    """A console that leaves it to the command to end when nobody reads its output any more."""

    def on_broken_pipe(self) -> None:
        """Hand the error on; rich itself would end with the status of a failure."""
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


def in_options(message: str) -> str:
    """Return a message of the library with options in the place of arguments."""
    for said, meant in _WORDING.items():
        message = message.replace(said, meant)
    return message


def wrapped(console: Console, text: Text | str, width: int) -> list[Text]:
    """Return the lines of a text at this width, without blanks at their ends; :data:`TIE` becomes a space."""
    lines = (Text(text) if isinstance(text, str) else text).wrap(console, max(width, 20))
    for line in lines:
        line.rstrip()
        line.plain = line.plain.replace(TIE, " ")
    return list(lines)


def stepping(items: Iterable[Item], step: Callable[[], None]) -> Iterator[Item]:
    """Yield the items; move the bar on when the next one is asked for, which is when one is done."""
    for item in items:
        yield item
        step()


def number(count: int, noun: str, plural: str | None = None) -> str:
    """Return a count with its noun: "1 article", "1,200 articles"."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def _console(*, stderr: bool) -> Console:
    return _Console(stderr=stderr, highlight=False, markup=False, emoji=False)
