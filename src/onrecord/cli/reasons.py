"""``why``: the rule, the words, the day and the candidates behind a field."""

from __future__ import annotations

from dataclasses import asdict

import click
from rich.text import Text

import onrecord
from onrecord import reasons
from onrecord.cli import options
from onrecord.cli.layout import DIM
from onrecord.cli.output import Output, plain, wrapped


@click.command(
    short_help="Say why a field of a statement is what it is.",
    epilog="\b\nExamples:\n  onrecord why 3f2a9c0d11ab45ce\n  onrecord why 3f2a9c0d --field speaker --json",
)
@click.argument("statement", metavar="ID")
@click.option("--field", type=click.Choice(reasons.FIELDS), help="This field only.")
@options.record_option
@options.json_option
def why(statement: str, field: str | None, path: str, output: Output) -> int:
    """Say why the fields of a statement are what they are.

    ID is that of a statement, as `onrecord said` prints it, or its beginning. Each field comes with the rule
    that decided, or the person who did; the words it rests on, with their place in the article's text; and of
    names the actor, how it was found, by which day, or which actors it may be.
    """
    with onrecord.Record(path, create=False) as record:
        found = reasons.why(record, statement, field)
    for reason in found:
        if output.json:
            output.line(asdict(reason))
        else:
            _print(output, reason)
    if not found:
        output.err.print("Nothing is known of it.")
    return output.status


def _print(output: Output, reason: reasons.Reason) -> None:
    head = Text(f"{reason.field}: ", style=DIM) + Text(plain(reason.value or "unknown"), style="bold")
    _lines(output, head, 0)
    if reason.judged:
        _lines(output, Text(f"decided by {plain(reason.judged)}"), 1)
    else:
        _lines(output, Text(f"rule: {plain(reason.rule or 'none')}"), 1)
    for words in reason.words:
        _lines(output, Text(f"words: {plain(words.words)} ({words.start} to {words.end})"), 1)
    if reason.actor:
        _lines(output, Text(f"actor: {plain(reason.actor)}"), 1)
    if reason.link:
        _lines(output, Text(f"linked by {plain(reason.link)}"), 1)
    if reason.day and (reason.actor or reason.candidates):
        _lines(output, Text(f"day: {plain(reason.day)}, the article's", style=DIM), 1)
    for one in reason.candidates:
        _lines(
            output,
            Text(f"may be {plain(one.name)} ({plain(one.actor)}) {one.score:.2f}: {plain(one.why)}"),
            1,
        )


def _lines(output: Output, text: Text, depth: int) -> None:
    for line in wrapped(output.out, text, output.out.width - 2 * depth - 2):
        output.out.print(Text("  " * depth) + line, soft_wrap=True)
