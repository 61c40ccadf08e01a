"""``dates``: the date expressions in a file, so that the grammar can be used and checked on its own."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from onrecord.cli import options
from onrecord.cli.output import Output, plain
from onrecord.dates import DateExpression, find_dates


@click.command(
    short_help="Print the date expressions in a text.",
    epilog="\b\nExample:\n  onrecord dates story.txt --published 2012-12-22 --json",
)
@options.sources_argument
@options.reading_options
@options.json_option
def dates(sources: tuple[str, ...], output: Output, **given: Any) -> int:
    """Print every date expression in each FILE with the days it means, and from which day it counts.

    An interval runs from its first to its last day, both included. Where there is none, the line says why.
    """
    for article in output.good(options.read_inputs(sources, **given)):
        try:
            published = date.fromisoformat((article.published or "")[:10])
        except ValueError:
            published = None
        for found in find_dates(article.text, published):
            if output.json:
                output.line({"path": article.path, **found.to_json()})
            else:
                output.text(_line(found))
    return output.finish()


def _line(found: DateExpression) -> str:
    interval = found.interval
    days = f"no days: {found.reason}"
    if interval:
        days = (
            f"{interval.first or '...'} to {interval.last or '...'}"
            if interval.first != interval.last
            else f"{interval.first}"
        )
    doubts = ", ".join(name for name, on in (("vague", found.vague), ("inferred", found.inferred)) if on)
    anchor = f"; from {found.anchor}" if found.anchor else ""
    meaning = f"{found.type} {found.value or '?'}; {found.rule}{anchor}{'; ' + doubts if doubts else ''}"
    return f"{plain(found.text)}: {days} [{meaning}]"
