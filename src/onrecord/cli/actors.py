"""``actors``: who is in the record, under which names and in which offices, and what people decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, Final

import click
from rich.text import Text

import onrecord
from onrecord.cli import options
from onrecord.cli.layout import DIM, SPEAKER
from onrecord.cli.output import Output, number, plain, wrapped
from onrecord.errors import InputError
from onrecord.record import deciding, describing, importing
from onrecord.record.deciding import Decision
from onrecord.record.describing import Description, Spoken, Tenure

_KINDS: Final = ("person", "organisation", "state", "media", "group")
#: Roles that are ties and no offices.
_TIES: Final = ("citizen", "member")
_FORMATS: Final = {
    "table": "a table of office terms",
    "wikidata": "Wikidata entities",
    "ftm": "FollowTheMoney",
}
_MOST_WORDS: Final = 3

_reason = click.option("--reason", metavar="WORDS", help="Why.")


@click.group(
    short_help="Who is in the record: list, show, import, correct.",
    epilog="\b\nExamples:\n  onrecord actors import holders.csv\n  onrecord actors list lavrov",
)
def actors() -> None:
    """Look at the actors of the record, import some, and decide which of them are one."""


@actors.command(
    "import",
    short_help="Import actors and their offices.",
    epilog="\b\nExample:\n  onrecord actors import holders.csv wikidata.json",
)
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(readable=False, allow_dash=True)
)
@click.option(
    "--source", metavar="NAME", help="The name they are evidence by; the file's own when not given."
)
@options.record_option
@options.json_option
def import_(files: tuple[str, ...], source: str | None, path: str, output: Output) -> int:
    """Import each FILE: a table of office terms (CSV), Wikidata entities, or FollowTheMoney entities.

    The format shows in the content. The same file again changes nothing; a row that cannot be used is named
    and passed over. A table needs a column for the person and one for the position.
    """
    done = []
    with onrecord.Record(path) as record, output.progress("Importing", None) as bar:
        for file in files:
            failed: list[InputError] = []
            try:
                imported = importing.import_actors(
                    record, file, source=source, step=bar.step, rejected=failed.append
                )
            except InputError as error:
                output.fail(error.path, error.reason)
                continue
            done.append((file, imported))
            with bar.aside():
                for one in failed:
                    output.fail(one.path, one.reason)
    for file, imported in done:
        if output.json:
            output.line({"file": file, **asdict(imported)})
        else:
            output.unbroken(f"{plain(file)}: {_FORMATS[imported.format]}, {number(imported.rows, 'row')}")
            new = [
                number(imported.actors, "new actor"), number(imported.names, "new name"),
                number(imported.offices, "new term", "new terms"),
            ]  # fmt: skip
            known = imported.actors or imported.names or imported.offices
            output.unbroken("  " + (", ".join(new) if known else "nothing that was not held already"))
    return output.finish()


@actors.command(
    "list",
    short_help="List actors, or who held an office.",
    epilog="\b\nExamples:\n  onrecord actors list lavrov\n"
    "  onrecord actors list --office 'foreign minister' --of Russia --on 2012-12-22",
)
@click.argument("query", required=False)
@click.option("--kind", type=click.Choice(_KINDS), help="Of this kind only.")
@click.option("--office", metavar="ROLE", help="Who held this office; with --of and --on.")
@click.option("--of", "body", metavar="BODY", help="The country or organisation of the office.")
@click.option("--on", "day", metavar="DAY", callback=options.day, help="The day on which it was held.")
@click.option(
    "--limit", metavar="N", type=click.IntRange(min=1), default=50, show_default=True, help="At most so many."
)
@options.record_option
@options.json_option
def list_(
    query: str | None, kind: str | None, office: str | None, body: str | None, day: str | None, limit: int,
    path: str, output: Output,
) -> int:  # fmt: skip
    """List the actors of the record whose name is like QUERY or begins so, most statements first."""
    if bool(office) != bool(day) or (body and not office):
        raise click.UsageError("to ask who held an office give --office ROLE and --on DAY, and --of BODY")
    if office and (query or kind):
        raise click.UsageError("give QUERY or --office, not both")
    with onrecord.Record(path, create=False) as record:
        if office:
            held = describing.holders(record, office, body, str(day))
            for known, tenure, certain in held[:limit]:
                _print_holder(output, known.id, known.label, tenure, certain)
            found = len(held)
            known_otherwise = bool(held) or describing.knows_office(record, office, body, str(day))
        else:
            listed = describing.list_actors(record, query, kind=kind, limit=limit + 1)
            found = len(listed)
            for one in listed[:limit]:
                if output.json:
                    output.line(asdict(one))
                else:
                    _print_listed(output, one)
    if not found and office and not known_otherwise:
        named = f"{office!r} of {body!r}" if body else repr(office)
        output.err.print(
            f"No office is known by the name {plain(named)} on any day: is it spelled so?", markup=False
        )
    elif not found:
        output.err.print("Nobody is known to have held it then." if office else "Nobody in the record fits.")
    elif found > limit:
        output.err.print(f"The first {limit}; --limit gives more.", style=DIM)
    return output.status


@actors.command(
    short_help="Print all that is held of an actor.",
    epilog="\b\nExample:\n  onrecord actors show Q123",
)
@click.argument("actor", metavar="ID")
@options.record_option
@options.json_option
def show(actor: str, path: str, output: Output) -> int:
    """Print an actor's names, identifiers, offices with their evidence, statements, and what was decided."""
    with onrecord.Record(path, create=False) as record:
        described = describing.describe(record, actor)
    if output.json:
        output.line(asdict(described))
    else:
        _print_description(output, described)
    return output.status


@actors.command(
    short_help="Decide that two actors are one.",
    epilog="\b\nExample:\n  onrecord actors merge Q123 x4f0c2a --reason 'same man, Arabic spelling'",
)
@click.argument("actor", metavar="A")
@click.argument("others", metavar="B...", nargs=-1, required=True)
@_reason
@options.author_option
@options.record_option
@options.json_option
def merge(
    actor: str, others: tuple[str, ...], reason: str | None, author: str | None, path: str, output: Output
) -> int:
    """Decide that each B is the same actor as A. A's id and label stand for all; the others' ids live on."""
    who = options.required_author(author)
    with onrecord.Record(path, create=False) as record:
        made = [deciding.merge(record, actor, other, author=who, reason=reason) for other in others]
    _print_decisions(output, made)
    return output.status


@actors.command(
    short_help="Decide that names belong to another actor.",
    epilog="\b\nExample:\n  onrecord actors split Q123 'George Brandel junior' --reason 'his son'",
)
@click.argument("actor", metavar="A")
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@_reason
@options.author_option
@options.record_option
@options.json_option
def split(
    actor: str, names: tuple[str, ...], reason: str | None, author: str | None, path: str, output: Output
) -> int:
    """Decide that each NAME of A is that of another actor, who is made.

    Offices and identifiers stay with A.
    """
    who = options.required_author(author)
    with onrecord.Record(path, create=False) as record:
        made = deciding.split(record, actor, names, author=who, reason=reason)
    _print_decisions(output, [made])
    return output.status


@actors.command(
    short_help="Decide by which name an actor is shown.",
    epilog="\b\nExample:\n  onrecord actors rename Q123 'Walid al-Muallem'",
)
@click.argument("actor", metavar="A")
@click.argument("name", metavar="NAME")
@_reason
@options.author_option
@options.record_option
@options.json_option
def rename(actor: str, name: str, reason: str | None, author: str | None, path: str, output: Output) -> int:
    """Decide that A is shown as NAME, and found by it; its other names stay."""
    who = options.required_author(author)
    with onrecord.Record(path, create=False) as record:
        made = deciding.rename(record, actor, name, author=who, reason=reason)
    _print_decisions(output, [made])
    return output.status


@actors.command(
    short_help="Take back a decision about actors.",
    epilog="\b\nExamples:\n  onrecord actors undo --list\n  onrecord actors undo 3",
)
@click.argument("decision", metavar="N", type=int, required=False)
@click.option("--list", "listing", is_flag=True, help="Print all decisions about actors.")
@_reason
@options.author_option
@options.record_option
@options.json_option
def undo(
    decision: int | None, listing: bool, reason: str | None, author: str | None, path: str, output: Output
) -> int:
    """Take back decision N on actors: what it merged, split or renamed is as it was."""
    if listing == (decision is not None):
        raise click.UsageError("give the number N of a decision, or --list")
    who = "" if listing else options.required_author(author)
    with onrecord.Record(path, create=False) as record:
        if decision is not None:
            made = [deciding.undo(record, decision, author=who, reason=reason)]
        else:
            with record.reading("reading decisions") as connection:
                made = deciding.decisions(connection)
    _print_decisions(output, made)
    return output.status


def _print_listed(output: Output, one: describing.Listed) -> None:
    said = number(one.statements, "statement") if one.statements else ""
    offices = number(one.offices, "office") if one.offices else ""
    facts = ", ".join(part for part in (one.kind or "", offices, said) if part)
    line = (
        Text(f"{plain(one.id):<14} ") + Text(plain(one.label), style=SPEAKER) + Text(f"  {facts}", style=DIM)
    )
    output.out.print(line, soft_wrap=True)


def _print_holder(output: Output, actor: str, label: str, tenure: Tenure, certain: bool) -> None:
    if output.json:
        output.line({"id": actor, "label": label, "office": asdict(tenure), "certain": certain})
        return
    doubt = "" if certain else "  perhaps: the day is not surely within the term"
    line = Text(f"{plain(actor):<14} ") + Text(plain(label), style=SPEAKER)
    output.out.print(line + Text(f"  {_tenure(tenure)}{doubt}", style=DIM), soft_wrap=True)


def _print_description(output: Output, one: Description) -> None:
    output.text(Text(plain(one.label), style=SPEAKER))
    output.text(f"{plain(one.id)}{', ' + one.kind if one.kind else ''}")
    if one.merged:
        output.text(f"merged into it: {', '.join(map(plain, one.merged))}")
    _section(output, "Names", _names(one))
    _section(
        output, "Identifiers", [f"{plain(name)} {plain(value)}" for name, value in one.identifiers.items()]
    )
    _section(output, "Offices", [_evidenced(held) for held in one.offices if held.role not in _TIES])
    _section(output, "Ties", [_evidenced(held) for held in one.offices if held.role in _TIES])
    output.text()
    said = number(one.statements, "statement") if one.statements else "no statement linked"
    output.text(f"{said}, {number(one.mentions, 'mention')}")
    for word, spoken in (("first", one.first), ("last", one.last)):
        if spoken is not None and one.statements:
            _print_spoken(output, word, spoken)
    if one.decisions:
        _section(output, "Decisions", [])
        _print_decisions(output, one.decisions)


def _names(one: Description) -> list[str]:
    sources: dict[str, list[str]] = {}
    for name in one.names:
        sources.setdefault(name.name, []).append(name.source)
    return [f"{plain(name)}  ({', '.join(map(plain, sorted(set(held))))})" for name, held in sources.items()]


def _section(output: Output, title: str, lines: Iterable[str]) -> None:
    kept = list(lines)
    if kept or title == "Decisions":
        output.text()
        output.text(Text(title, style="underline"))
    for line in kept:
        output.text(line, indent=2)


def _evidenced(held: Tenure) -> str:
    if held.source == "text":
        return f"{_tenure(held)}  (learned from texts)"
    return f"{_tenure(held)}  ({plain(held.source)}{_row(held.evidence)})"


def _row(evidence: Mapping[str, Any]) -> str:
    row = evidence.get("row")
    return f", row {row}" if isinstance(row, int) else ""


def _tenure(held: Tenure) -> str:
    of = f" of {plain(held.body)}" if held.body else ""
    if held.first and held.first == held.last:
        days = f"on {held.first}"
    elif held.first or held.last:
        days = f"{held.first or '?'} to {held.last or '?'}"
    else:
        days = "days unknown"
    return f"{plain(held.role)}{of}, {days}"


def _print_spoken(output: Output, word: str, spoken: Spoken) -> None:
    output.text(f"{word}: {spoken.day}  {spoken.id[:8]}  {plain(spoken.headline or '')}".rstrip(), indent=2)
    for line in wrapped(output.out, plain(spoken.words), output.out.width - 4)[:_MOST_WORDS]:
        output.out.print(Text("    ") + line, soft_wrap=True)


def _print_decisions(output: Output, made: Iterable[Decision]) -> None:
    several = list(made)
    for one in several:
        if output.json:
            output.line(asdict(one))
            continue
        state = "" if one.holds or one.action == "undo" else " (undone)"
        output.unbroken(f"{one.id}  {plain(_decided(one))}{state}")
        why = f": {plain(one.reason)}" if one.reason else ""
        output.out.print(Text(f"    {plain(one.author)}, {one.made[:10]}{why}", style=DIM), soft_wrap=True)
    if not several and not output.json:
        output.err.print("Nothing has been decided about actors.")


def _decided(one: Decision) -> str:
    if one.action == "merge":
        return f"{one.actor} is {one.value['into']}"
    if one.action == "split":
        return f"{', '.join(one.value['names'])} of {one.actor} is {one.value['to']}"
    if one.action == "rename":
        return f"{one.actor} is shown as {one.value['label']}"
    return f"takes back {one.undoes}"
