"""The command line: one verb a step of the work, each one call of the library.

Exit status: 0 done; 1 some inputs failed (each named on standard error, the rest done) or the record or the
model cannot be used; 2 wrong use; 130 interrupted; 141 the reader of our output has gone away.
"""

from __future__ import annotations

import logging
import os
import sys
from typing import Any, Final, NoReturn

import click

from onrecord import __version__
from onrecord.cli import (
    actors,
    analysis,
    articles,
    asking,
    dates,
    days,
    inputs,
    judging,
    keeping,
    reasons,
    reviewing,
    serving,
    spark,
    stories,
    watching,
)
from onrecord.cli.output import WarningLines, in_options, plain
from onrecord.errors import OnrecordError, QueryError

INTERRUPTED: Final = 130
READER_GONE: Final = 141


class ReaderGoneError(Exception):
    """Nobody reads our output any more."""


class Commands(click.Group):
    """A group whose commands return their exit status, and whose expected errors are one line each."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the verbs in the order of the work."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; click itself would turn a reader that went away into a failure."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ReaderGoneError from error

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run one command and leave with its exit status."""
        _steady_streams()
        _tell_warnings()
        extra["standalone_mode"] = False
        try:
            status = super().main(*args, **extra)
            sys.stdout.flush()
        except click.exceptions.Abort:
            status = INTERRUPTED
        except click.ClickException as error:
            error.show()
            status = error.exit_code
        except (ReaderGoneError, BrokenPipeError):
            _forget_stdout()
            status = READER_GONE
        except (OnrecordError, OSError) as error:
            click.echo(f"onrecord: {plain(_message(error))}", err=True)
            status = 2 if isinstance(error, QueryError) else 1
            _flush_or_forget()
        sys.exit(status if isinstance(status, int) else 0)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="\b\nExample:\n  onrecord add news/\n  onrecord said 'chemical weapons' --since 2012-12-01",
)
@click.version_option(__version__, prog_name="onrecord")
def main() -> None:
    """Keep who said what in the news: offline, with proof, and open to correction.

    A FILE may be a page (HTML), a text, a table of articles (CSV, TSV, JSON lines), a folder of these, a URL,
    or - for standard input. Exit status: 0 done, 1 some inputs failed, 2 wrong use.
    """


for _command in (
    articles.read,
    articles.extract,
    dates.dates,
    keeping.add,
    inputs.inputs,
    keeping.remove,
    keeping.refresh,
    watching.watch,
    asking.said,
    asking.show,
    days.timeline,
    days.due,
    reasons.why,
    keeping.verify,
    judging.judge,
    reviewing.review,
    reviewing.agreement,
    actors.actors,
    stories.stories,
    spark.spark,
    spark.import_,
    analysis.export,
    serving.serve,
    analysis.evaluate,
):
    main.add_command(_command)


def _message(error: Exception) -> str:
    if isinstance(error, OSError) and not isinstance(error, OnrecordError):
        return f"{error.filename or 'output'}: {error.strerror or error}"
    return in_options(str(error))


def _steady_streams() -> None:
    """Let no character that the terminal's encoding lacks end a run halfway."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _tell_warnings() -> None:
    """Have the library's warnings printed safely: Python itself would print them as they are."""
    logger = logging.getLogger("onrecord")
    if not any(isinstance(handler, WarningLines) for handler in logger.handlers):
        logger.addHandler(WarningLines(logging.WARNING))


def _flush_or_forget() -> None:
    """Write what is still to be written; what cannot be, on a full disk, must not fail again at the end."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        _forget_stdout()


def _forget_stdout() -> None:
    """Point standard output at nothing, so that the interpreter's last flush does not fail again."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):
        return
