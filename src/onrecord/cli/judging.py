"""``judge``: what a person decides about a statement."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Final

import click
from rich.text import Text

import onrecord
from onrecord.cli import options
from onrecord.cli.layout import DIM
from onrecord.cli.output import Output, number, plain, wrapped
from onrecord.errors import QueryError
from onrecord.export import replacing
from onrecord.record import OUTCOMES, SETTABLE, Judgement, Record, patches, patching
from onrecord.record.ids import SHORTEST_ID

_FIELDS = "\b\nFields and what they may be set to (nothing after = for unknown):\n" + "\n".join(
    f"  {name:<10} {meaning}" for name, meaning in SETTABLE.items()
)


#: How a patch file begins.
_HEAD: Final = '{"onrecord": "judgements"'

_STATES: Final = {
    "applied": "applied", "held": "held already", "undone": "taken back", "conflict": "in conflict",
    "failed": "not read",
}  # fmt: skip

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
    "  onrecord judge 3f2a9c0d11ab45ce --undo\n"
    "  onrecord judge 3f2a9c0d11ab45ce --outcome kept --evidence https://example.org/report\n"
    "  onrecord judge --export ours.jsonl\n\n" + _FIELDS,
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
@click.option(
    "--outcome",
    type=click.Choice(list(OUTCOMES)),
    help="What became of what it promised or foretold.",
)
@click.option("--evidence", metavar="STATEMENT|URL", help="With --outcome: what shows that.")
@click.option(
    "--missed", metavar="WORDS", help="Add these words of --article N as a statement; --set adds to it."
)
@click.option("--based-on", metavar="N", type=click.IntRange(0),
              help="Refuse if somebody has judged it after judgement N.")  # fmt: skip
@click.option("--undo", is_flag=True, help="Take back the last judgement on it, or the one of this number.")
@click.option("--list", "listing", is_flag=True, help="Print the judgements on STATEMENT, or all.")
@click.option(
    "--export",
    "exported",
    metavar="FILE",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="Write all judgements to a patch file, for a colleague's record.",
)
@click.option(
    "--apply",
    "applied",
    metavar="FILE",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="Lay a patch file over this record; list what it conflicts with.",
)
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
    outcome: str | None,
    evidence: str | None,
    missed: str | None,
    based_on: int | None,
    undo: bool,
    listing: bool,
    exported: str | None,
    applied: str | None,
    reason: str | None,
    article: int | None,
    author: str | None,
    path: str,
    output: Output,
) -> int:
    """Accept, reject or correct a STATEMENT, given by its id or the first 6 or more characters of one.

    A judgement is added and never written over; it stays when pages and models change. --list marks those
    that have lost their place as orphans.

    --outcome closes a statement that looks ahead (`onrecord due` lists them): a promise, threat or plan was
    kept or broken, what was foretold happened or did not, or it is unclear. All but that need the evidence.

    A patch file keeps author and time of each judgement. Applying it again changes nothing; what is decided
    otherwise here is named on standard error and not applied, and the exit status is 1.
    """
    ways = (accept, reject, settings and missed is None, outcome, missed, undo, listing, exported, applied)
    _check_ways(sum(map(bool, ways)), outcome, evidence)
    if exported is not None or applied is not None:
        if statement is not None:
            raise click.UsageError("a patch file is of all judgements: leave out the STATEMENT")
        return _export(path, exported, output) if exported else _apply(path, str(applied), output)
    if missed is not None:
        return _add(
            path, missed, article, statement, settings, options.required_author(author), reason, output
        )
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
            last = int(str(statement)) if numbered else _last(record, str(statement))
            made = [record.undo(last, author=who, reason=reason)]
        else:
            named = str(statement)
            if settings:
                made = record.correct(named, dict(settings), author=who, reason=reason, article=article,
                    based_on=based_on,
                )  # fmt: skip
            else:
                made = [
                    record.judge(
                        named, author=who, accept=accept, reject=reject, outcome=outcome, evidence=evidence,
                        reason=reason, article=article, based_on=based_on,
                    )
                ]  # fmt: skip
        words = {one.id: one.exact for one in record.judgements()} if any(one.undoes for one in made) else {}
    for one in made:
        if output.json:
            output.line(asdict(one))
        else:
            _print_judgement(output, one, one.exact or words.get(one.undoes or 0) or "")
    return output.status


def _add(
    path: str, words: str, article: int | None, statement: str | None, settings: tuple[Setting, ...],
    author: str, reason: str | None, output: Output,
) -> int:  # fmt: skip
    """Add a statement that was not found."""
    if statement is not None or article is None:
        raise click.UsageError("--missed names the article with --article N, and no STATEMENT")
    with onrecord.Record(path, create=False) as record:
        values = {**dict(settings), "content": words}
        made = record.add_statement(article, values, author=author, reason=reason)
    for one in made:
        if output.json:
            output.line(asdict(one))
        else:
            _print_judgement(output, one, one.exact or "")
    return output.status


def _check_ways(count: int, outcome: str | None, evidence: str | None) -> None:
    """Refuse more or fewer than one way to judge, and evidence of nothing."""
    if count != 1:
        choices = "--accept, --reject, --set, --outcome, --missed, --undo, --list, --export and --apply"
        raise click.UsageError(f"give exactly one of {choices}")
    if evidence is not None and outcome is None:
        raise click.UsageError("--evidence is for an outcome: give --outcome too")


def _export(path: str, target: str, output: Output) -> int:
    """Write a patch file, whole or not at all."""
    with onrecord.Record(path, create=False) as record:
        lines = [json.dumps(line, ensure_ascii=False) for line in patches.export(record)]
    if target == "-":
        for line in lines:
            click.echo(line)
        return output.status
    check_patch(Path(target))
    with replacing([Path(target)]) as (stream,):
        stream.writelines(f"{line}\n" for line in lines)
    count = len(lines) - 1
    if output.json:
        output.line({"file": target, "judgements": count})
    else:
        output.text(f"{number(count, 'judgement')} written to {plain(target)}")
    return output.status


def _apply(path: str, source: str, output: Output) -> int:
    """Lay a patch file over the record."""
    with (
        click.open_file(source, encoding="utf-8", errors="backslashreplace") as stream,
        onrecord.Record(path, create=False) as record,
    ):
        try:
            done = patching.apply(record, stream)
        except QueryError as error:
            raise QueryError(f"{source}: {error}") from error
    for one in done:
        if output.json:
            output.line(asdict(one))
        elif one.state in ("conflict", "failed"):
            output.err.print(
                f"{plain(source)}, line {one.line}: {plain(one.reason or one.state)}", soft_wrap=True
            )
    if not output.json:
        states = [one.state for one in done]
        kinds = ("applied", "held", "undone", "conflict", "failed")
        counted = ", ".join(f"{states.count(kind)} {_STATES[kind]}" for kind in kinds if kind in states)
        output.text(counted or "No judgements in it")
    return 1 if any(one.state in ("conflict", "failed") for one in done) else output.status


def check_patch(target: Path) -> None:
    """Check that a patch file may be written there: nothing is there, or an earlier one.

    Raises:
        QueryError: another file would be lost.
    """
    if not target.exists():
        return
    with target.open(encoding="utf-8", errors="replace") as stream:
        if not stream.readline(200).startswith(_HEAD):
            raise QueryError(f"{target} is there already and is no file of judgements. Name another file")


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
    shown = f"{_shown(one.value)}: {one.evidence}" if one.evidence else _shown(one.value)
    what = {"verdict": f"{one.value}", "undo": f"takes back {one.undoes}"}.get(
        one.field, f"{one.field}: {_shown(one.was)} -> {shown}"
    )
    state = "" if one.place in ("placed", "undo") else f" ({one.place})"
    output.text(f"{one.id}  {one.now or one.statement}  {plain(what)}{state}")
    for line in wrapped(output.out, plain(words), output.out.width - 4)[:3] if words else ():
        output.out.print(Text("    ") + line, soft_wrap=True)
    why = f": {plain(one.reason)}" if one.reason else ""
    output.out.print(Text(f"    {plain(one.author)}, {one.made[:10]}{why}", style=DIM), soft_wrap=True)


def _shown(value: object) -> str:
    return "unknown" if value is None else str(value)
