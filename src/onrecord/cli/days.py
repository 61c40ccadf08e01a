"""``timeline`` and ``due``: an actor's statements in their order, and what was promised and foretold."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

import onrecord
from onrecord import query
from onrecord.cli import options
from onrecord.cli.asking import print_row
from onrecord.cli.layout import DIM, days, published_by
from onrecord.cli.output import Output
from onrecord.record.merging import OUTLOOKS


@click.command(
    short_help="Print what an actor said, in order.",
    epilog="\b\nExample:\n  onrecord timeline lavrov --since 2012-12",
)
@click.argument("actor")
@click.option("--about", metavar="NAME", help="Whom it is about: a name in any spelling, or an id.")
@click.option(
    "--officials", is_flag=True, help="Whoever held an office of that state or body on the day, too."
)
@click.option("--since", metavar="DAY", help="First day: 2012-12-22, 2012-12 or 2012.")
@click.option("--until", metavar="DAY", help="Last day.")
@options.date_option
@options.copies_option
@options.limit_option
@options.record_option
@options.json_option
def timeline(actor: str, limit: int, path: str, output: Output, **filters: Any) -> int:
    """Print the statements of ACTOR in the order in which they were said, each with the day of publication.

    ACTOR is a name in any spelling (the surname is enough), or an id. A day that the statement's own sentence
    does not tell, and that is carried over from another or taken from custom, is marked inferred. Statements
    whose day of saying is not known come last, in the order of publication.
    """
    with onrecord.Record(path, create=False) as record:
        rows = query.timeline(record, actor, limit=limit + 1, **filters)
        missing = options.unsaid(record, None, {**filters, "by": actor})
    for row in rows[:limit]:
        if output.json:
            output.line({**asdict(row), "statement": row.statement.to_json()})
        else:
            print_row(output, row, _when(row), [published_by(row.outlet, row.agency)])
    _end(output, rows, limit)
    options.tell_unsaid(output, missing)
    return output.status


@click.command(
    short_help="Print what was promised, threatened and foretold.",
    epilog="\b\nExample:\n  onrecord due --by lavrov --before 2013-01-01 --open",
)
@click.option("--by", metavar="NAME", help="Who says it: a name in any spelling, or an id.")
@click.option("--about", metavar="NAME", help="Whom it is about: a name in any spelling, or an id.")
@click.option("--before", metavar="DAY", help="What falls due before this day only.")
@click.option(
    "--open/--closed", "is_open", default=None, help="Only what nobody has closed yet, or only the rest."
)
@click.option("--outlook", type=click.Choice(OUTLOOKS), help="Of this kind only.")
@options.copies_option
@options.limit_option
@options.record_option
@options.json_option
def due(is_open: bool | None, limit: int, path: str, output: Output, **filters: Any) -> int:
    """Print the statements that look ahead, what falls due soonest first, with what became of them.

    A statement falls due on the last day that its words give; one that gives none comes last. `onrecord
    judge ID --outcome ... --evidence ...` closes one.
    """
    closed = None if is_open is None else not is_open
    with onrecord.Record(path, create=False) as record:
        rows = query.due(record, closed=closed, limit=limit + 1, **filters)
    for row in rows[:limit]:
        if output.json:
            output.line({**asdict(row), "statement": row.statement.to_json()})
        else:
            kind = row.statement.outlook or "ahead"
            when = f"{kind}, due {days(row.due)}" if days(row.due) else f"{kind}, no day"
            print_row(output, row, when, [_state(row), _when(row), published_by(row.outlet, row.agency)])
    _end(output, rows, limit)
    return output.status


def _when(row: query.Row) -> str:
    """Return when it was said, as far as known, and when it was published."""
    said, published = days(row.said), (row.published or "")[:10]
    told = f"said {said}{' (inferred)' if row.inferred else ''}" if said else "day of saying unknown"
    return f"{told}, published {published}" if published else told


def _state(row: query.Row) -> str:
    if row.outcome is None:
        return "open"
    return f"{row.outcome}: {row.evidence}" if row.evidence else row.outcome


def _end(output: Output, rows: list[query.Row], limit: int) -> None:
    if not rows:
        output.err.print("Nothing in the record fits.")
    elif len(rows) > limit:
        output.err.print(f"The first {limit}; --limit gives more.", style=DIM)
