"""A run over inputs on the command line: the bar with rate and time left, what failed, the sum at the end."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import click
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from onrecord.cli.output import Output, number, plain
from onrecord.errors import InputError

if TYPE_CHECKING:
    from onrecord.batch import Run

_STATES: Final = {
    "new": "new",
    "version": "a new version of one held",
    "unchanged": "held already",
    "reread": "held already and read again with what you gave",
    "refused": "refused",
    "failed": "failed",
}

#: How often the bar is moved, in seconds: a run passes over settled items faster than anybody can look.
_STEP: Final = 0.1


def report(output: Output, run: Run, path: str) -> int:
    """Go through the inputs, name what fails, print what became of the rest; return the exit status.

    Args:
        output: of this command.
        run: not begun.
        path: the record, as it is called by the user.
    """
    states: Counter[str] = Counter()
    statements = 0
    with interruptible("what was added stays"), _bar(output, run) as bar:
        for result in run:
            if isinstance(result, InputError):
                states["failed"] += 1
                output.fail(result.path, result.reason)
            else:
                states[result.state] += 1
                statements += result.statements if result.state in ("new", "version") else 0
                if result.state in ("failed", "refused"):
                    output.fail(result.path, result.reason or result.state)
                if output.json:
                    output.line(asdict(result))
            bar.move(states.total())
    if not output.json:
        known = [f"{states[state]:,} {words}" for state, words in _STATES.items() if states[state]]
        output.unbroken(f"{number(states.total(), 'article')}: {', '.join(known)}" if known else "No article")
        output.unbroken(f"{number(statements, 'statement')} added to {plain(path)}")
    return output.finish()


@contextmanager
def interruptible(kept: str) -> Iterator[None]:
    """Say in one line what Ctrl-C leaves, before it ends the command."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo(f"onrecord: interrupted; {kept}, and the same command again goes on from there", err=True)
        raise


class _Bar:
    """The bar of a run, by the bytes of its files; where none are known it only runs."""

    def __init__(self, progress: Progress, run: Run) -> None:
        self._progress, self._run = progress, run
        self._task = progress.add_task("Adding", total=None, articles="", rate="")
        self._begun = self._moved = time.monotonic()

    def move(self, articles: int) -> None:
        """Show how many articles there were so far."""
        now = time.monotonic()
        if self._progress.disable or now - self._moved < _STEP:
            return
        self._moved = now
        self._progress.update(
            self._task, total=self._run.total or None, completed=self._run.position,
            articles=number(articles, "article"), rate=f"{articles / (now - self._begun):,.1f}/s",
        )  # fmt: skip


@contextmanager
def _bar(output: Output, run: Run) -> Iterator[_Bar]:
    """Show a bar on standard error; none where a stream is no terminal, nor with ``--json``."""
    shown = output.err.is_terminal and sys.stdout.isatty() and not output.json
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        TextColumn("{task.fields[articles]}"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=output.err, transient=True, disable=not shown, expand=True,
        redirect_stdout=False, redirect_stderr=False,
    ) as progress:  # fmt: skip
        yield _Bar(progress, run)
