"""``said`` and ``show``: questions to the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

import click
from rich.text import Text

import onrecord
from onrecord import query
from onrecord.answers import by_people
from onrecord.article import Article, Speaker
from onrecord.cli import options
from onrecord.cli.layout import DIM, beside, days, facts, highlighted, published_by, short_id, who
from onrecord.cli.marking import marked_article
from onrecord.cli.output import Output, number, plain, wrapped
from onrecord.errors import InputError, QueryError

#: Below a row at most so many other printings are named.
_MOST_PRINTED: Final = 5


@click.command(
    short_help="Find who said what.",
    epilog="\b\nExamples:\n  onrecord said 'chemical weapons' --by lavrov --since 2012-12-01\n"
    "  onrecord said --outlet gulf --type direct --cite",
)
@options.question_options
@click.option(
    "--rank/--newest", "ranked", help="Best match of the words first, or newest first (the default)."
)
@options.limit_option
@click.option("--cite", is_flag=True, help="Print each as a citation to paste.")
@options.record_option
@options.json_option
def said(
    words: str | None,
    ranked: bool,
    limit: int,
    cite: bool,
    path: str,
    output: Output,
    **filters: Any,
) -> int:
    """Find who said what: statements whose words hold all of WORDS.

    WORDS may hold "a phrase", begin* and -without. Without WORDS every statement fits.

    A statement that copies of one story print is one answer, with the other printings below it.

    --since and --until go by the day on which it was said; what has no such day is counted and left out.
    --date published goes by the day of publication, --date due by the day on which a promise falls due.
    """
    order: query.Order = "rank" if ranked else "newest"
    with onrecord.Record(path, create=False) as record:
        rows = query.said(record, words, order=order, limit=limit + 1, **filters)
        missing = options.unsaid(record, words, filters)
    for row in rows[:limit]:
        if output.json:
            citation = {"citation": query.citation(row)} if cite else {}
            output.line({**asdict(row), "statement": row.statement.to_json(), **citation})
        elif cite:
            click.echo(plain(query.citation(row)) + "\n")
        else:
            _print_found(output, row, words)
    if not rows:
        output.err.print("Nothing in the record fits.")
    elif len(rows) > limit:
        output.err.print(f"The first {limit}; --limit gives more.", style=DIM)
    options.tell_unsaid(output, missing)
    return output.status


@click.command(
    short_help="Print an article with its statements marked.",
    epilog="\b\nExamples:\n  onrecord show page.html\n  onrecord show 3f2a9c0d11ab45ce | less -R",
)
@click.argument("what", metavar="FILE|URL|ID", type=click.Path(readable=False, allow_dash=True))
@click.option("--first", metavar="N", type=click.IntRange(min=1), help="Print the first paragraphs only.")
@click.option("--allow-private", is_flag=True, help="Fetch a URL on a private or loopback address too.")
@options.record_option
@options.json_option
def show(what: str, first: int | None, allow_private: bool, path: str, output: Output) -> int:
    """Print an article with its statements marked, and who makes them.

    A page that the record holds is shown as it stands there, with what people decided. An ID is that of a
    statement, of an article (its number) or of a page (its SHA-256). Any other FILE or URL is read and
    extracted now, and nothing is kept.
    """
    found = _find(what, path, allow_private)
    article = found.article
    statements = [one.statement for one in found.statements if one.verdict != "reject"]
    rejected = [one.statement.id for one in found.statements if one.verdict == "reject"]
    if output.json:
        told = {**article.to_json(), "statements": [statement.to_json() for statement in statements]}
        output.line({**told, **(found.beside() if found.kept else {})})
        return output.status
    for line in marked_article(
        output.out, article, statements, coloured=output.coloured, most=first, remarks=found.remarks()
    ):
        output.out.print(line, soft_wrap=True)
    if rejected:
        output.text(Text(f"Rejected and not marked: {', '.join(rejected)}", style=DIM))
    return output.status


@dataclass(frozen=True, slots=True)
class _Found:
    """An article that is to be shown, and whether the record holds it."""

    article: Article
    statements: tuple[query.ShownStatement, ...]
    kept: bool = False

    def remarks(self) -> dict[str, list[str]]:
        """Return what is to be said of each statement beside its fields: what a person decided, its id."""
        return {
            one.statement.id: [
                *by_people(one.verdict, one.judged),
                f"{number(len(one.witnesses), 'more printing')}" if one.witnesses else "",
                *(
                    f"the same words {again.day} ({again.id[:8]})"
                    for again in one.repetitions[:_MOST_PRINTED]
                ),
                short_id(one.statement) if self.kept else "",
            ]
            for one in self.statements
        }

    def beside(self) -> dict[str, Any]:
        """Return, by statement id, the other printings and the repetitions of those that have any."""
        return {
            name: {
                one.statement.id: [asdict(other) for other in getattr(one, name)]
                for one in self.statements
                if getattr(one, name)
            }
            for name in ("witnesses", "repetitions")
        }


def _find(what: str, path: str, allow_private: bool) -> _Found:
    """Return what the record holds under this name, else what is read from it now."""
    outside = (
        what == "-"
        or "://" in what
        or any(Path(name).exists() for name in (what, what.partition("#")[0]) if name)
    )
    missing = f"{what}: there is no such file"
    if Path(path).exists() and what != "-":
        try:
            with onrecord.Record(path, create=False) as record:
                shown = query.show(record, what)
        except QueryError as error:
            if not outside:
                raise QueryError(f"{missing}; in the record {path}: {error}") from error
        else:
            return _Found(shown.article, shown.statements, kept=True)
    if not outside:
        raise QueryError(f"{missing}, and no record {path} in which it could be an id")
    article = _read(what, allow_private)
    found = onrecord.extract(article)
    return _Found(
        article, tuple(query.ShownStatement(statement=one, verdict=None, judgements=()) for one in found)
    )


def _read(what: str, allow_private: bool) -> Article:
    """Read the one article that is to be shown."""
    if Path(what).is_dir():
        raise QueryError(f"{what} is a folder. Name one file in it; `onrecord extract` takes a whole folder")
    first, second = (*islice(onrecord.read_all([what], allow_private=allow_private), 2), None, None)[:2]
    if isinstance(first, InputError):
        raise first
    if first is None:
        raise QueryError(f"{what} holds no article")
    if second is not None:
        raise QueryError(f"{what} holds several articles. Name one of them, such as {first.path}")
    return first


def print_row(
    output: Output, row: query.Row, when: str, more: Sequence[str], words: str | None = None
) -> None:
    """Print one statement: who, and beside it when; the words; below them what else is known of it.

    Args:
        output: where to.
        row: the statement.
        when: what stands beside the speaker.
        more: facts that stand before its type, confidence, what people decided, and its id.
        words: words of the question, which stand out.
    """
    console = output.out
    width = min(console.width, 110)
    speaker = who(Speaker(name=row.speaker, office=row.office), row.source or "", row.cue or "")
    for line in beside(console, speaker, Text(when), width):
        console.print(line, soft_wrap=True)
    for line in wrapped(console, highlighted(row.words, words), width - 2):
        console.print(Text("  ") + line, soft_wrap=True)
    decided = by_people(row.verdict, row.judged)
    known = [*more, row.type, f"{row.confidence:.2f}", *decided, row.id]
    for line in facts(console, known, width - 2):
        console.print(Text("  ") + line, soft_wrap=True)
    _print_witnesses(output, row, width)
    console.print()


def _print_witnesses(output: Output, row: query.Row, width: int) -> None:
    """Print where else the statement is printed, and in which words where they differ."""
    console = output.out
    for one in row.witnesses[:_MOST_PRINTED]:
        where = published_by(one.outlet, None) or Path(one.path).name
        known = [f"also {where}", (one.published or "")[:10], one.url or one.path, one.id]
        for line in facts(console, known, width - 2):
            console.print(Text("  ") + line, soft_wrap=True)
        if one.words is not None:
            for line in wrapped(console, Text(plain(one.words), style=DIM), width - 4):
                console.print(Text("    ") + line, soft_wrap=True)
    for again in row.repetitions[:_MOST_PRINTED]:
        where = published_by(again.outlet, None) or Path(again.path).name
        known = [f"the same words {again.day}", where, again.id]
        for line in facts(console, known, width - 2):
            console.print(Text("  ") + line, soft_wrap=True)
    left = row.printings - 1 - min(len(row.witnesses), _MOST_PRINTED)
    if left > 0:
        console.print(Text(f"  and {number(left, 'more printing')}; --json lists them", style=DIM))


def _print_found(output: Output, row: query.Row, words: str | None) -> None:
    said, published = days(row.said), (row.published or "")[:10]
    when = f"said {said}" if said else f"published {published}" if published else ""
    outlet = published_by(row.outlet, row.agency) or Path(row.path).name
    print_row(output, row, when, [outlet, f"published {published}" if published and said else ""], words)
