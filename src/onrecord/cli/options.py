"""Options that several commands share, and how their values are read."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeVar

import click

import onrecord
from onrecord import query
from onrecord.article import Article
from onrecord.cli.layout import DIM
from onrecord.cli.output import Output, number
from onrecord.errors import InputError
from onrecord.reading.sources import said_of
from onrecord.record.search import DATES, TYPES

Command = TypeVar("Command", bound=Callable[..., Any])

DEFAULT_RECORD: Final = "news.onrecord"


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _output(_context: click.Context, _parameter: click.Parameter, value: bool) -> Output:
    return Output(json=value)


def _columns(context: click.Context, parameter: click.Parameter, value: str | None) -> dict[str, str] | None:
    if value is None:
        return None
    pairs = [pair.partition("=") for pair in value.split(",")]
    if not all(name.strip() and column.strip() for name, _, column in pairs):
        raise click.BadParameter(f"{value!r} is not of the form text=body,published=date", context, parameter)
    return {name.strip(): column.strip() for name, _, column in pairs}


def day(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Check that a value is a day.

    Raises:
        click.BadParameter: it is none.
    """
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        message = f"{value!r} is no day. Write it as 2012-12-22"
        raise click.BadParameter(message, context, parameter) from error


#: ``--json``; the command receives the :class:`Output` of its run.
json_option = click.option(
    "--json", "output", is_flag=True, callback=_output, help="Print JSON lines instead of text."
)

record_option = click.option(
    "--record", "path", metavar="PATH", envvar="ONRECORD_RECORD", default=DEFAULT_RECORD, show_default=True,
    show_envvar=True, type=click.Path(dir_okay=False), help="The record file.",
)  # fmt: skip

#: ``--workers``.
workers_option = click.option(
    "--workers", metavar="N", type=click.IntRange(min=1), default=cores, show_default="all cores",
    help="Processes that read and extract, each with its own model.",
)  # fmt: skip

sources_argument = click.argument(
    "sources", metavar="FILE...", nargs=-1, required=True, type=click.Path(readable=False, allow_dash=True)
)

author_option = click.option(
    "--author", metavar="NAME", envvar=["ONRECORD_AUTHOR", "USER"], show_envvar=True, help="Who decides this."
)


def required_author(author: str | None) -> str:
    """Return who decides.

    Raises:
        click.UsageError: nobody is named.
    """
    if author is None or not author.strip():
        raise click.UsageError("say who decides this: give --author NAME, or set ONRECORD_AUTHOR")
    return author


#: ``--date``, beside ``--since`` and ``--until``.
date_option = click.option(
    "--date", type=click.Choice(list(DATES)), default="said", show_default=True,
    help="Which date --since, --until and the order go by.",
)  # fmt: skip

limit_option = click.option(
    "--limit", metavar="N", type=click.IntRange(min=1), default=50, show_default=True, help="At most so many."
)


def unsaid(record: onrecord.Record, words: str | None, filters: Mapping[str, Any]) -> int:
    """Return how many statements a question by the day of saying leaves out, as that day is not known."""
    asked = filters.get("date") == "said" and (filters.get("since") or filters.get("until"))
    return query.unsaid(record, words, **filters) if asked else 0


def tell_unsaid(output: Output, missing: int) -> None:
    """Say how many statements were left out: unknown is not the day of publication."""
    if missing:
        were = f"{number(missing, 'more statement')} {'was' if missing == 1 else 'were'}"
        what = f"{were} published then, on an unknown day of saying: --date published finds them."
        output.err.print(what, style=DIM)


def _words(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> str | None:
    if len(value) > 1:
        together = shlex.quote(" ".join(value))
        message = f"several words go in quotes: {context.command_path} {together}"
        raise click.BadParameter(message, context, parameter)
    return value[0] if value else None


def reading_options(command: Command) -> Command:
    """Add the options that say what a file does not say of itself."""
    for option in (
        click.option(
            "--allow-private", is_flag=True, help="Fetch URLs on private and loopback addresses too."
        ),
        click.option(
            "--columns", metavar="FIELD=COLUMN,...", callback=_columns,
            help="Which columns of a table hold what, such as text=body,published=date.",
        ),
        click.option("--outlet", metavar="NAME", help="Who published it, where the file does not say."),
        click.option(
            "--published", metavar="DAY", callback=day,
            help="When it was published, where the file does not say.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


def read_inputs(sources: Sequence[str], **given: Any) -> Iterator[Article | InputError]:
    """Read the inputs with what :func:`reading_options` gave.

    Raises:
        click.UsageError: an option means nothing; no input has been read then.
    """
    try:
        return onrecord.read_all(sources, **given)
    except InputError as error:
        raise click.UsageError(str(error)) from error


#: ``--copies``.
copies_option = click.option(
    "--copies", is_flag=True, help="Every printing of a statement by itself; else copies are its witnesses."
)


def said_of_inputs(**given: Any) -> dict[str, str]:
    """Return what :func:`reading_options` gave, as what is said of each page.

    Raises:
        click.UsageError: an option means nothing.
    """
    try:
        return said_of(**given)
    except InputError as error:
        raise click.UsageError(str(error)) from error


def question_options(command: Command) -> Command:
    """Add the argument and the options that say which statements are asked for."""
    for option in (
        click.option(
            "--repeated", is_flag=True, help="Only what its speaker also said on another day, word for word."
        ),
        copies_option,
        click.option(
            "--min-confidence", metavar="P", type=click.FloatRange(0, 1),
            help="Leave out what is less sure, 0 to 1.",
        ),
        click.option("--outlet", metavar="NAME", help="Words of the outlet's name."),
        click.option("--type", type=click.Choice(TYPES), help="How the words are given."),
        date_option,
        click.option("--until", metavar="DAY", help="Last day."),
        click.option("--since", metavar="DAY", help="First day: 2012-12-22, 2012-12 or 2012."),
        click.option("--about", metavar="NAME", help="Whom it is about: a name in any spelling, or an id."),
        click.option(
            "--officials", is_flag=True,
            help="With --by: whoever held an office of that state or body on the day, too.",
        ),
        click.option(
            "--by", metavar="NAME",
            help="Who says it: a name in any spelling (the surname is enough), or an id.",
        ),
        click.argument("words", metavar="[WORDS]", nargs=-1, callback=_words),
    ):  # fmt: skip
        command = option(command)
    return command
