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
from onrecord.record.judging import SHORTEST_ID

_FIELDS = "\b\nFields and what they may be set to (nothing after = for unknown):\n" + "\n".join(
    f"  {name:<10} {meaning}" for name, meaning in SETTABLE.items()
)


Setting = tuple[str, str | None]


def _settings(
    context: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[Setting, ...]:
    found: dict[str, str | None] = {}
    for value in values:
        field, equals, words = (part.strip() for part in value.partition("="))
        if not equals or field not in SETTABLE:
            message = f"{value!r} is not of the form FIELD=VALUE with one of the fields {', '.join(SETTABLE)}"
            raise click.BadParameter(message, context, parameter)
        if field in found:
            raise click.BadParameter(f"{field} is set twice. Set each field once", context, parameter)
        found[field] = words or None
    return tuple(found.items())


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
    "settings",
    metavar="FIELD=VALUE",
    multiple=True,
    callback=_settings,
    help="Correct one field of those below; may be given several times.",
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
    settings: tuple[Setting, ...],
    undo: bool,
    listing: bool,
    reason: str | None,
    article: int | None,
    author: str | None,
    path: str,
    output: Output,
) -> int:
    """Accept, reject or correct a STATEMENT, given by its id or the first 6 or more characters of one.

    A judgement is added and never written over; it stays when pages and models change. --list marks those
    that have lost their place as orphans.
    """
    if accept + reject + bool(settings) + undo + listing != 1:
        raise click.UsageError("give exactly one of --accept, --reject, --set, --undo and --list")
    if statement is None and not listing:
        raise click.UsageError("name the STATEMENT; `onrecord said` prints the ids")
    numbered = undo and str(statement).isdigit() and len(str(statement)) < SHORTEST_ID
    if statement is not None and not numbered:
        _check_id(statement)
    who = "" if listing else options.required_author(author)
    with onrecord.Record(path, create=False) as record:
        if listing:
            made = record.judgements(statement and _whole_id(record, statement))
        elif undo:
            number = int(str(statement)) if numbered else _last(record, str(statement))
            made = [record.undo(number, author=who, reason=reason)]
        else:
            named = str(statement)
            if settings:
                made = record.correct(named, dict(settings), author=who, reason=reason, article=article)
            else:
                made = [
                    record.judge(
                        named, author=who, accept=accept, reject=reject, reason=reason, article=article
                    )
                ]
        words = {one.id: one.exact for one in record.judgements()} if any(one.undoes for one in made) else {}
    for one in made:
        if output.json:
            output.line(asdict(one))
        else:
            _print_judgement(output, one, one.exact or words.get(one.undoes or 0) or "")
    return output.status


def _check_id(statement: str) -> None:
    """Check that this may be an id or the beginning of one."""
    if len(statement) < SHORTEST_ID or not statement.isalnum():
        raise click.UsageError(
            f"{statement!r} is no statement id. Give the 16 characters that `onrecord said` prints, "
            f"or at least the first {SHORTEST_ID}"
        )


def _last(record: Record, statement: str) -> int:
    """Return the number of the last judgement on a statement that is not taken back."""
    found = [
        one for one in record.judgements(_whole_id(record, statement)) if one.place not in ("undone", "undo")
    ]
    if not found:
        raise click.UsageError(f"there is no judgement on statement {statement} to take back")
    return found[-1].id


def _whole_id(record: Record, beginning: str) -> str:
    """Return the id, now or as judged, that this begins, among those that were judged."""
    ids = {name for one in record.judgements() for name in (one.statement, one.now) if name}
    fitting = [name for name in ids if name.startswith(beginning.lower())]
    if len(fitting) > 1:
        raise click.UsageError(f"{beginning!r} begins several statement ids. Give more of it")
    return fitting[0] if fitting else beginning


def _print_judgement(output: Output, one: Judgement, words: str) -> None:
    what = {"verdict": f"{one.value}", "undo": f"takes back {one.undoes}"}.get(
        one.field, f"{one.field}: {_shown(one.was)} -> {_shown(one.value)}"
    )
    state = "" if one.place in ("placed", "undo") else f" ({one.place})"
    output.text(f"{one.id}  {one.now or one.statement}  {plain(what)}{state}")
    for line in wrapped(output.out, plain(words), output.out.width - 4)[:3] if words else ():
        output.out.print(Text("    ") + line, soft_wrap=True)
    why = f": {plain(one.reason)}" if one.reason else ""
    output.out.print(Text(f"    {plain(one.author)}, {one.made[:10]}{why}", style=DIM), soft_wrap=True)


def _shown(value: object) -> str:
    return "unknown" if value is None else str(value)
