"""``judge``: what a person decides about a statement."""

from __future__ import annotations

from dataclasses import asdict

import click
from rich.text import Text

import onrecord
from onrecord.cli import options
from onrecord.cli.layout import DIM
from onrecord.cli.output import Output, plain, wrapped
from onrecord.record import SETTABLE, Judgement, Record

_FIELDS = "\b\nFields and what they may be set to (nothing after = for unknown):\n" + "\n".join(
    f"  {name:<10} {meaning}" for name, meaning in SETTABLE.items()
)


Setting = tuple[str, str | None]


def _setting(context: click.Context, parameter: click.Parameter, value: str | None) -> Setting | None:
    if value is None:
        return None
    field, equals, words = value.partition("=")
    if not equals or field.strip() not in SETTABLE:
        message = f"{value!r} is not of the form FIELD=VALUE with one of the fields {', '.join(SETTABLE)}"
        raise click.BadParameter(message, context, parameter)
    return field.strip(), words.strip() or None


@click.command(
    short_help="Accept, reject or correct a statement.",
    epilog="\b\nExamples:\n  onrecord judge 3f2a9c0d11ab45ce --set speaker='Jarek Ostrow'\n"
    "  onrecord judge 3f2a9c0d11ab45ce --undo\n\n" + _FIELDS,
)
@click.argument("statement", required=False)
@click.option("--accept", is_flag=True, help="It is right as it stands.")
@click.option("--reject", is_flag=True, help="It is no statement, or not that of its source.")
@click.option(
    "--set",
    "setting",
    metavar="FIELD=VALUE",
    callback=_setting,
    help="Correct one field; they are below.",
)
@click.option("--undo", is_flag=True, help="Take back the last judgement on it, or the one of this number.")
@click.option("--list", "listing", is_flag=True, help="Print the judgements on STATEMENT, or all.")
@click.option("--reason", metavar="WORDS", help="Why.")
@click.option("--article", metavar="N", type=int, help="Its number, where several have the same text.")
@options.author_option
@options.record_option
@options.json_option
def judge(
    statement: str | None,
    accept: bool,
    reject: bool,
    setting: Setting | None,
    undo: bool,
    listing: bool,
    reason: str | None,
    article: int | None,
    author: str | None,
    path: str,
    output: Output,
) -> int:
    """Accept, reject or correct a STATEMENT, given by its id or the beginning of one.

    A judgement is added and never written over; it stays when pages and models change. --list marks those
    that have lost their place as orphans.
    """
    if accept + reject + (setting is not None) + undo + listing != 1:
        raise click.UsageError("give exactly one of --accept, --reject, --set, --undo and --list")
    if statement is None and not listing:
        raise click.UsageError("name the STATEMENT; `onrecord said` prints the ids")
    with onrecord.Record(path, create=False) as record:
        if listing:
            made = record.judgements(statement)
        elif undo:
            made = [record.undo(_last(record, str(statement)), author=author or "", reason=reason)]
        else:
            field, value = setting or (None, None)
            verdict = {"accept": accept, "reject": reject}
            made = [
                record.judge(
                    str(statement), author=author or "", field=field, value=value, reason=reason,
                    article=article, **verdict,
                )
            ]  # fmt: skip
    for one in made:
        if output.json:
            output.line(asdict(one))
        else:
            _print_judgement(output, one)
    return output.status


def _last(record: Record, statement: str) -> int:
    """Return the number of the judgement that ``--undo`` means."""
    if statement.isdigit() and len(statement) < 6:
        return int(statement)
    standing = [
        one for one in record.judgements(_whole_id(record, statement)) if one.place not in ("undone", "undo")
    ]
    if not standing:
        raise click.UsageError(f"there is no judgement on statement {statement} to take back")
    return standing[-1].id


def _whole_id(record: Record, beginning: str) -> str:
    """Return the id, now or as judged, that this begins, among those that were judged."""
    ids = {name for one in record.judgements() for name in (one.statement, one.now) if name}
    fitting = [name for name in ids if name.startswith(beginning.lower())]
    return fitting[0] if len(fitting) == 1 else beginning


def _print_judgement(output: Output, one: Judgement) -> None:
    what = {"verdict": f"{one.value}", "undo": f"takes back {one.undoes}"}.get(
        one.field, f"{one.field}: {_shown(one.was)} -> {_shown(one.value)}"
    )
    state = "" if one.place in ("placed", "undo") else f" ({one.place})"
    output.text(f"{one.id}  {one.now or one.statement}  {plain(what)}{state}")
    for line in wrapped(output.out, plain(one.exact or ""), output.out.width - 4)[:3]:
        output.out.print(Text("    ") + line, soft_wrap=True)
    why = f": {plain(one.reason)}" if one.reason else ""
    output.out.print(Text(f"    {plain(one.author)}, {one.made[:10]}{why}", style=DIM), soft_wrap=True)


def _shown(value: object) -> str:
    return "unknown" if value is None else str(value)
