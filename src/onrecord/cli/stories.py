"""``stories``: which articles print one wire text, and what each made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import click
from rich.text import Text

import onrecord
from onrecord.cli import options
from onrecord.cli.layout import DIM, SPEAKER, facts, published_by
from onrecord.cli.output import Output, number, plain
from onrecord.stories import telling
from onrecord.stories.quotations import Wording


@click.group(
    short_help="Which articles print one wire text.",
    epilog="\b\nExamples:\n  onrecord stories list --least 2\n  onrecord stories diff 81234567890",
)
def stories() -> None:
    """Look at the stories of the record: the articles that print one wire text."""


@stories.command(
    "list", short_help="List stories.", epilog="\b\nExample:\n  onrecord stories list --least 2 --json"
)
@click.option(
    "--least", metavar="N", type=click.IntRange(min=1), default=1, show_default=True,
    help="Leave out stories with fewer articles.",
)  # fmt: skip
@click.option(
    "--limit", metavar="N", type=click.IntRange(min=1), help="At most so many; 50, and with --json all."
)
@click.option(
    "--again", is_flag=True, help="Make all stories again first, where `verify` finds fault with them."
)
@options.record_option
@options.json_option
def list_(least: int, limit: int | None, again: bool, path: str, output: Output) -> int:
    """List the stories of the record, those with most articles first."""
    most = limit if limit is not None or output.json else 50
    with onrecord.Record(path, create=False) as record:
        telling.ready(record, again=again)
        found = telling.stories(record, least=least, limit=most)
    for story in found:
        _print_story(output, story)
    if not found:
        output.err.print("No story in the record fits.")
    return output.status


@stories.command(short_help="Print one story.", epilog="\b\nExample:\n  onrecord stories show 81234567890")
@click.argument("story", metavar="ID|FILE|URL")
@options.record_option
@options.json_option
def show(story: str, path: str, output: Output) -> int:
    """Print which outlet printed a story when, under which headline: by its id, or an article in it.

    Quotations that its articles print in different words stand below.
    """
    with onrecord.Record(path, create=False) as record:
        telling.ready(record)
        found = telling.show(record, story)
        told = telling.wordings(record, found)
    if output.json:
        output.line(telling.as_line(found, told))
        return output.status
    _print_story(output, found)
    _print_wordings(output, found, told)
    return output.status


@stories.command(
    short_help="Print what each outlet kept, cut, added and changed.",
    epilog="\b\nExample:\n  onrecord stories diff 81234567890",
)
@click.argument("story", metavar="ID|FILE|URL")
@options.record_option
@options.json_option
def diff(story: str, path: str, output: Output) -> int:
    """Compare each article of a story with the one published first, sentence by sentence."""
    with onrecord.Record(path, create=False) as record:
        telling.ready(record)
        found = telling.show(record, story)
        compared = telling.diff(record, found)
    if output.json:
        for one in compared:
            output.line({"story": found.id, "first": asdict(found.articles[0]), **asdict(one)})
        return output.status
    _print_story(output, found)
    for one in compared:
        _print_comparison(output, one)
    return output.status


def _print_story(output: Output, story: telling.Story) -> None:
    if output.json:
        output.line(telling.as_line(story))
        return
    credit = f", {plain(story.agency)}" if story.agency else ""
    output.text(Text(f"{story.id}  {number(len(story.articles), 'article')}{credit}", style=SPEAKER))
    for member in story.articles:
        known = [
            member.published or "no date",
            published_by(member.outlet, member.agency),
            member.url or member.path,
        ]
        output.text(plain(member.headline or "(no headline)"), indent=2)
        for line in facts(output.out, known, output.out.width - 4):
            output.out.print(Text("    ") + line, soft_wrap=True)
    output.text()


def _print_wordings(output: Output, story: telling.Story, told: Sequence[tuple[Wording, ...]]) -> None:
    names = {
        member.article: published_by(member.outlet, None) or member.url or member.path
        for member in story.articles
    }
    for forms in told:
        output.text(Text("Quoted in different words:", style=SPEAKER))
        for one in forms:
            output.text(f"“{plain(one.words)}”", indent=2)
            output.text(Text(plain(", ".join(names[number] for number in one.articles)), style=DIM), indent=4)
        output.text()


def _print_comparison(output: Output, one: telling.Comparison) -> None:
    where = published_by(one.article.outlet, one.article.agency) or one.article.path
    shares = f"keeps {100 * one.kept:.0f} %, {100 * one.own:.0f} % its own"
    moved = ", in another order" if one.moved else ""
    output.text(Text(f"{plain(where)}: {shares}{moved}", style=SPEAKER))
    for quotation in one.quotations:
        output.text(f"! quoted otherwise: “{plain(quotation.first)}”", indent=2)
        output.text(f"  here: “{plain(quotation.other)}”", indent=2)
    for before, after in one.changed:
        output.text(f"~ {plain(before)}", indent=2)
        output.text(f"  {plain(after)}", indent=2)
    for sentence in one.cut:
        output.text(Text(f"- {plain(sentence)}", style=DIM), indent=2)
    for sentence in one.added:
        output.text(f"+ {plain(sentence)}", indent=2)
    output.text()
