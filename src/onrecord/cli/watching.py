"""``watch``: feeds and news sitemaps, read again and again."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from types import FrameType
from typing import Final

import click

import onrecord
from onrecord.cli import options
from onrecord.cli.output import Output, in_options, number, plain
from onrecord.errors import InputError
from onrecord.reading.feeds import address, read_list
from onrecord.reading.limits import MAX_BYTES
from onrecord.watching import Told, Trouble, Watch

_UNITS: Final = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}
_URL: Final = re.compile(r"https?://", re.IGNORECASE)

#: What became of pages, in the words of a line.
_STATES: Final = {
    "new": "new",
    "version": "altered",
    "unchanged": "unaltered",
    "reread": "read again",
    "held": "held already",
    "refused": "refused",
    "failed": "failed",
    "later": "put off",
}


def _seconds(context: click.Context, parameter: click.Parameter, value: str) -> float:
    """Read a length of time.

    Raises:
        click.BadParameter: it is none.
    """
    found = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?)\s*([smhd]?)", value.strip())
    length = float(found[1]) * _UNITS[found[2]] if found else 0.0
    if length < 1:
        message = f"{value!r} is no time of a second or more. Write 90s, 15m or 2h"
        raise click.BadParameter(message, context, parameter)
    return length


@click.command(
    short_help="Add what is new in feeds, until stopped.",
    epilog="\b\nExamples:\n  onrecord watch feeds.opml --every 30m\n"
    "  onrecord watch https://news.example/rss.xml --once",
)
@click.argument("sources", metavar="FEED...", nargs=-1, required=True)
@click.option("--allow-private", is_flag=True, help="Ask private and loopback addresses too.")
@click.option(
    "--max",
    "most",
    metavar="N",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    help="At most so many pages of each feed in a round; the others wait for the next.",
)
@click.option(
    "--pause",
    metavar="SECONDS",
    type=click.FloatRange(min=0, max=3600),
    default=2.0,
    show_default=True,
    help="Between two questions to one host.",
)
@click.option(
    "--every",
    metavar="TIME",
    default="15m",
    show_default=True,
    callback=_seconds,
    help="From the beginning of one round to that of the next: 90s, 15m, 2h.",
)
@click.option("--once", is_flag=True, help="Make one round and end.")
@options.record_option
@options.json_option
def watch(
    sources: tuple[str, ...],
    once: bool,
    every: float,
    pause: float,
    most: int,
    allow_private: bool,
    path: str,
    output: Output,
) -> int:
    """Read each FEED again and again, and add the pages that are new in it or said to be altered.

    A FEED is the address of a feed (RSS, Atom, JSON Feed) or of a news sitemap; or a file that lists such
    addresses, as OPML or one a line; - for standard input. What was seen is remembered in the record, so that
    the watch may be stopped at any moment (Ctrl-C) and goes on from there. robots.txt is followed.
    """
    urls = list(_addresses(sources, output))
    if not urls:
        output.err.print("No feed to watch.")
        return output.finish() or 1
    with onrecord.Record(path) as record:
        watching = Watch(record, urls, pause=pause, most=most, allow_private=allow_private)
        with _stopping(watching):
            pages, statements = _print(watching.round(every) if once else watching.rounds(every), output)
    if not output.json:
        known = _counts(pages)
        what = f": {known}" if known else ""
        output.unbroken(f"{number(sum(pages.values()), 'page')}{what}")
        output.unbroken(f"{number(statements, 'statement')} added to {plain(path)}")
    status = output.finish()
    return status if once and not watching.stopping else 0


def _addresses(sources: Sequence[str], output: Output) -> Iterator[str]:
    """Yield the addresses that are named, or listed in files that are named."""
    listed: Iterable[str | InputError]
    for source in sources:
        try:
            listed = [address(source, source)] if _URL.match(source) else read_list(_bytes(source), source)
            for found in listed:
                if isinstance(found, InputError):
                    output.fail(found.path, found.reason)
                else:
                    yield found
        except InputError as error:
            output.fail(error.path, error.reason)


def _bytes(source: str) -> bytes:
    """Return what is in a file, or on standard input.

    Raises:
        InputError: it cannot be read, or is too large.
    """
    try:
        if source == "-":
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(source).open("rb") as file:
                data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(source, f"is no address, and no file that can be read: {reason}") from error
    if len(data) > MAX_BYTES:
        raise InputError(source, f"is larger than {MAX_BYTES:,} bytes")
    return data


def _print(tellings: Iterator[Told | Trouble], output: Output) -> tuple[Counter[str], int]:
    """Print what a watch tells as it comes; return how many pages came to what, and how many statements."""
    pages: Counter[str] = Counter()
    statements = 0
    for told in tellings:
        if isinstance(told, Trouble):
            output.fail(told.url, told.reason)
            continue
        pages.update(told.pages)
        statements += told.statements
        if output.json:
            output.line(asdict(told))
        else:
            output.unbroken(f"{told.at} {plain(told.feed)}: {_line(told)}")
            sys.stdout.flush()
    return pages, statements


def _line(told: Told) -> str:
    """Return what came of a feed in a round, in words."""
    known = [
        told.state if told.state in ("left alone", "not reached", "failed") else "",
        _counts(Counter(told.pages)),
        f"{told.waiting:,} waiting" if told.waiting else "",
    ]
    reason = f" ({plain(in_options(told.reason))})" if told.state == "left alone" and told.reason else ""
    return (", ".join(part for part in known if part) or "nothing new") + reason


def _counts(pages: Counter[str]) -> str:
    return ", ".join(f"{pages[state]:,} {words}" for state, words in _STATES.items() if pages[state])


@contextmanager
def _stopping(watching: Watch) -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end the watch after the page in hand; a second one ends it at once."""

    def stop(number: int, _frame: FrameType | None) -> None:
        watching.stop()
        signal.signal(number, before[signal.Signals(number)])
        # Straight to the file: a signal may come in the middle of another line.
        os.write(2, b"onrecord: stopping after the page in hand; once more stops at once\n")

    before = {one: signal.signal(one, stop) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
