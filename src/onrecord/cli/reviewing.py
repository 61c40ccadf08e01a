"""``review`` and ``agreement``: go through samples of statements, and compare two coders."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click
from rich.text import Text

import onrecord
from onrecord import review as reviews
from onrecord.cli import options
from onrecord.cli.layout import DIM
from onrecord.cli.output import Output, number, plain
from onrecord.review import Item
from onrecord.review.coding import CODED
from onrecord.review.samples import DRAWN, MOST

_name = click.argument("name")


@click.group(
    short_help="Go through a sample of statements, alone or with a second coder.",
    epilog="\b\nExamples:\n  onrecord review sample june --size 50 --drawn random --seed 7 --coders 2\n"
    "  onrecord review show june\n  onrecord review answer june 1 --accept --set speaker='Jarek Ostrow'",
)
def review() -> None:
    """Draw samples of statements, and say of each what is right."""


@review.command(
    "sample",
    short_help="Draw a sample and keep it by a name.",
    epilog="\b\nExample:\n  onrecord review sample doubtful --size 30 --by Ostrow",
)
@_name
@click.option("--drawn", type=click.Choice(list(DRAWN)), default="uncertain", show_default=True,
              help="Least certain first, or by chance.")  # fmt: skip
@click.option("--size", metavar="N", type=click.IntRange(1, MOST), default=100, show_default=True,
              help="How many statements.")  # fmt: skip
@click.option("--seed", metavar="N", type=click.IntRange(0), default=0, show_default=True,
              help="Of the draw by chance.")  # fmt: skip
@click.option("--coders", type=click.IntRange(1, 2), default=1, show_default=True,
              help="1: answers are judgements at once; 2: two people answer apart.")  # fmt: skip
@options.question_options
@options.author_option
@options.record_option
@options.json_option
def sample(
    name: str, drawn: str, size: int, seed: int, coders: int, words: str | None, author: str | None,
    path: str, output: Output, **filters: Any,
) -> int:  # fmt: skip
    """Draw statements that fit a question, or any, and keep them as the sample NAME.

    The filters are those of `said`. What is added to the record later does not change the sample.
    """
    who = options.required_author(author)
    with onrecord.Record(path, create=False) as record:
        asked = {key: value for key, value in filters.items() if (key, value) != ("date", "said")}
        made = reviews.make(
            record, name, author=who, drawn=drawn, size=size, seed=seed, coders=coders, words=words, **asked
        )
        count = len(reviews.items(record, made.name))
    if output.json:
        output.line({**asdict(made), "items": count})
    else:
        output.text(f"{number(count, 'statement')} in the sample {plain(made.name)}")
    return output.status


@review.command("list", short_help="Name the samples.", epilog="\b\nExample:\n  onrecord review list")
@options.record_option
@options.json_option
def list_(path: str, output: Output) -> int:
    """List the samples, with how far each coder has come."""
    with onrecord.Record(path, read_only=True) as record:
        found = [(one, reviews.progress(record, one.name)) for one in reviews.samples(record)]
    for one, told in found:
        if output.json:
            output.line({**asdict(one), "progress": [asdict(each) for each in told]})
            continue
        done = "; ".join(f"{plain(each.coder)} {each.done} done, {each.open} open" for each in told)
        what = f"{one.drawn}, {one.size}, {number(one.coders, 'coder')}"
        output.text(f"{plain(one.name)}: {what}; {done or 'not begun'}")
    return output.status


@review.command(
    "show", short_help="Print what is open in a sample.", epilog="\b\nExample:\n  onrecord review show june"
)
@_name
@click.option("--all", "everything", is_flag=True, help="What is answered too.")
@options.author_option
@options.record_option
@options.json_option
def show(name: str, everything: bool, author: str | None, path: str, output: Output) -> int:
    """Print the statements of the sample NAME that the author has not answered."""
    with onrecord.Record(path, read_only=True) as record:
        drawn = reviews.sample(record, name)
        answered = {n for n, *_ in reviews.answers(record, drawn, (author or "").strip())}
        found = reviews.items(record, name)
    for item in found:
        if everything or (item.n not in answered and item.statement is not None):
            _print_item(output, item, done=item.n in answered)
    return output.status


def _print_item(output: Output, item: Item, *, done: bool) -> None:
    statement = item.statement
    if output.json:
        output.line(
            {
                "n": item.n, "article": item.article, "done": done, "verdict": item.verdict,
                "statement": statement.to_json() if statement else None,
                "words": statement.text if statement else None,
            }
        )  # fmt: skip
    elif statement is None:
        output.text(Text(f"{item.n}  stands no more", style=DIM))
    else:
        speaker = plain(str(statement.speaker or "?"))
        output.text(
            f"{item.n}  {speaker} ({statement.type}, {statement.confidence:.2f}): {plain(statement.text)}"
        )


@review.command(
    "answer",
    short_help="Answer one statement of a sample.",
    epilog="\b\nExamples:\n  onrecord review answer june 3 --reject\n"
    "  onrecord review answer june 4 --accept --set content='the exact words'",
)
@_name
@click.argument("n", type=click.IntRange(1))
@click.option("--accept", is_flag=True, help="It is right, but for what is set.")
@click.option("--reject", is_flag=True, help="It is no statement, or not that of its source.")
@click.option("--set", "settings", metavar="FIELD=VALUE", multiple=True,
              help="Set content, speaker or type; nothing after = for unknown.")  # fmt: skip
@options.author_option
@options.record_option
@options.json_option
def answer(
    name: str, n: int, accept: bool, reject: bool, settings: tuple[str, ...], author: str | None, path: str,
    output: Output,
) -> int:  # fmt: skip
    """Say of statement N of the sample NAME whether it is one, and what is otherwise than it stands.

    In a sample of one coder the answer is a judgement; of two, it is kept apart until both are done.
    """
    if accept == reject:
        raise click.UsageError("give exactly one of --accept and --reject")
    values: dict[str, object] = {}
    for one in settings:
        field, equals, words = (part.strip() for part in one.partition("="))
        if not equals or field not in CODED:
            raise click.UsageError(f"{one!r} is not of the form FIELD=VALUE with one of {', '.join(CODED)}")
        values[field] = words or None
    who = options.required_author(author)
    with onrecord.Record(path, create=False) as record:
        reviews.answer(record, name, n, coder=who, verdict="accept" if accept else "reject", values=values)
        told = [each for each in reviews.progress(record, name) if each.coder == who.strip()]
    for each in told:
        if output.json:
            output.line(asdict(each))
        else:
            output.text(f"{each.done} done, {each.open} open")
    return output.status


@review.command(
    "adopt",
    short_help="Take over what two coders agree on.",
    epilog="\b\nExample:\n  onrecord review adopt june",
)
@_name
@options.author_option
@options.record_option
@options.json_option
def adopt(name: str, author: str | None, path: str, output: Output) -> int:
    """Make judgements of what both coders of the sample NAME answered alike.

    What they say otherwise stays as it stands, for a person to decide (`onrecord agreement` lists it).
    """
    who = options.required_author(author)
    with onrecord.Record(path, create=False) as record:
        count = reviews.adopt(record, name, author=who)
    if output.json:
        output.line({"sample": name, "adopted": count})
    else:
        output.text(f"{number(count, 'statement')} taken over")
    return output.status


@click.command(
    short_help="Tell how far two coders of a sample agree.",
    epilog="\b\nExample:\n  onrecord agreement june",
)
@click.argument("sample")
@options.record_option
@options.json_option
def agreement(sample: str, path: str, output: Output) -> int:
    """Print Krippendorff's alpha of the two coders of a SAMPLE, and what they say otherwise, side by side.

    Units: which stretches are statements. Speakers and types: of what both accepted. 1 is perfect agreement,
    0 what chance brings.
    """
    with onrecord.Record(path, read_only=True) as record:
        found = reviews.compare(record, sample)
    if output.json:
        output.line(asdict(found))
        return output.status
    first, second = (plain(coder) for coder in found.coders)
    output.text(f"{first} and {second}: {number(found.items, 'statement')}")
    for name, value in (("units", found.units), ("speakers", found.speakers), ("types", found.types)):
        output.text(f"  {name:<9} {'nothing to disagree about' if value is None else format(value, '.3f')}")
    for one in found.disagreements:
        where = one.n if one.n is not None else "added"
        output.text(f"{where}  {one.what}: {plain(one.words)}")
        for coder, words in zip((first, second), one.values, strict=True):
            output.text(f"{coder}: {plain(words) if words is not None else '-'}", 4)
    if found.left_out:
        output.text(f"left out, as the text changed in between: {', '.join(map(str, found.left_out))}")
    return output.status
