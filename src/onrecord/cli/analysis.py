"""``export`` and ``evaluate``: files for other tools, and figures."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

import click

import onrecord
from onrecord import query
from onrecord.article import Article, Statement
from onrecord.cli import options
from onrecord.cli.marking import marked_article
from onrecord.cli.output import Output, number, plain, stepping, unsteered

if TYPE_CHECKING:
    from onrecord.evaluation import Report

_SUFFIXES: Final = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
_KINDS: Final = (
    "polnear", "syria", "case", "gold", "speakers", "names", "offices", "dates", "outlook", "stories"
)  # fmt: skip


@click.command(
    short_help="Write statements to a file for other tools.",
    epilog="\b\nExamples:\n  onrecord export --to statements.csv\n"
    "  onrecord export 'truce' --since 2024-08 --format jsonl | jq .words",
)
@options.question_options
@click.option(
    "--to", "target", metavar="FILE", default="-", type=click.Path(dir_okay=False, allow_dash=True),
    help="Where to; standard output when not given.",
)  # fmt: skip
@click.option("--format", "form", type=click.Choice(["csv", "jsonl", "training"]), help="By the file's name.")
@click.option("--force", is_flag=True, help="Write over a FILE that is not an earlier export.")
@options.record_option
@options.json_option
def export(
    words: str | None, target: str, form: str | None, force: bool, path: str, output: Output, **filters: Any
) -> int:
    """Write all statements that fit, or with no filter all statements, as CSV or JSON lines.

    --format training writes the stretches that people went through whole, in the markup that the statement
    finder is trained with; filters are not for it.

    The filters are those of `said`. Beside a FILE stands FILE.codebook.md, which explains every column. An
    earlier export in FILE is replaced once the new one is whole; any other file only with --force. With
    --json and a FILE, one line says what was written; without a FILE, --json means --format jsonl.
    """
    from onrecord.export import check_target, replacing, write_codebook, write_csv, write_jsonl

    if form == "training":
        return _export_training(target, path, output, force=force, asked=words is not None)
    form = form or _SUFFIXES.get(Path(target).suffix.lower()) or ("jsonl" if output.json else "csv")
    write = write_csv if form == "csv" else write_jsonl
    with onrecord.Record(path, create=False) as record:
        rows = query.each(record, words, **filters)
        options.tell_unsaid(output, options.unsaid(record, words, filters))
        if target == "-":
            with _standard_output() as stream:
                write(rows, stream)
            return output.status
        codebook = f"{target}.codebook.md"
        files = [Path(target), Path(codebook)]
        for file in files:
            check_target(file, Path(path), force=force)
        with output.progress("Writing", None) as bar, replacing(files) as (data, explained):
            count = write(stepping(rows, bar.step), data)
            write_codebook(explained)
    if output.json:
        output.line({"file": target, "format": form, "statements": count, "codebook": codebook})
    else:
        output.text(f"{number(count, 'statement')} written to {plain(target)}, columns in {plain(codebook)}")
    return output.status


def _export_training(target: str, path: str, output: Output, *, force: bool, asked: bool) -> int:
    """Write what people went through as training data of the statement finder."""
    from onrecord.export import check_target, replacing
    from onrecord.export.training import write_training

    if asked:
        raise click.UsageError("training data are of all that people went through: leave out the words")
    with onrecord.Record(path, create=False) as record:
        if target == "-":
            with _standard_output() as stream:
                write_training(record, stream)
            return output.status
        check_target(Path(target), Path(path), force=force)
        with replacing([Path(target)]) as (stream,):
            count = write_training(record, stream)
    if output.json:
        output.line({"file": target, "format": "training", "statements": count})
    else:
        output.text(f"{number(count, 'statement')} written to {plain(target)}")
    return output.status


@click.command(
    short_help="Score what is found in marked articles.",
    epilog="\b\nExamples:\n  onrecord evaluate --set polnear --data polnear/dev\n"
    "  onrecord evaluate --set gold --data keys/ --only truce-wire --show",
)
@click.option("--set", "kind", type=click.Choice(_KINDS), required=True, help="Layout and definitions.")
@click.option(
    "--data",
    metavar="DIR",
    required=True,
    type=click.Path(exists=True, path_type=Path),
    help="The marked articles.",
)
@click.option("--key", metavar="NAME", default="a", show_default=True, help="Whose key of several.")
@click.option("--only", metavar="NAME", multiple=True, help="This article only; may be given several times.")
@click.option(
    "--agreement", "people", is_flag=True, help="Compare those who marked the same articles (polnear)."
)
@click.option(
    "--articles",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON lines with the articles that a table points into (dates, outlook, stories).",
)
@click.option("--show", "showing", is_flag=True, help="Print each article with what was found in it, too.")
@options.json_option
def evaluate(
    kind: Any, data: Path, key: str, only: tuple[str, ...], people: bool, articles: Path | None,
    showing: bool, output: Output,
) -> int:  # fmt: skip
    """Read and extract marked articles, and print how much of what is marked was found.

    The definitions of each figure are in docs/evaluation.md; articles that cannot be read count as articles
    in which nothing was found, and make the exit status 1.
    """
    if people and kind != "polnear":
        raise click.UsageError("--agreement needs --set polnear, whose articles several people have marked")
    if kind == "names":
        return _evaluate_names(data, showing, output)
    if kind == "dates":
        return _evaluate_dates(data, articles, showing, output)
    if kind == "outlook":
        return _evaluate_outlook(data, articles, output)
    if kind == "offices":
        return _evaluate_offices(data, showing, output)
    if kind == "stories":
        return _evaluate_stories(data, articles, output)
    from onrecord import evaluation

    found: list[tuple[Article, list[Statement]]] = []
    with output.progress("Extracting", None) as bar:

        def extract(article: Article) -> list[Statement]:
            statements = onrecord.extract(article)
            if showing:
                found.append((article, statements))
            bar.step()
            return statements

        if people:
            report = evaluation.agreement(data, extract, only=only)
        else:
            report = evaluation.evaluate(kind, data, extract, key, only)
    for article, statements in found:
        output.out.print(f"\n== {plain(article.path)}\n", soft_wrap=True)
        for line in marked_article(output.out, article, statements, coloured=output.coloured):
            output.out.print(line, soft_wrap=True)
    return _print_report(report, output)


def _print_report(report: Report, output: Output, wrong: list[str] | None = None) -> int:
    """Print the figures, behind what was ``wrong`` where that is shown, and name the inputs that failed."""
    if output.json:
        output.line({**report.to_json(), **({} if wrong is None else {"wrong": wrong})})
    else:
        for one in wrong or ():
            click.echo(unsteered(plain(f"wrong: {one}")))
        click.echo(unsteered(str(replace(report, failed=()))))
    for failed in report.failed:
        name, _, reason = failed.partition(": ")
        output.fail(name, reason)
    return output.finish()


def _evaluate_names(data: Path, showing: bool, output: Output) -> int:
    """Score how names are told together and apart; ``showing``: name each pair that was taken wrongly."""
    from onrecord.evaluation import names

    judged = names.judge(data)
    report = names.report(judged)
    if output.json:
        wrong = [{"pair": [one.one, one.other], "wrong": one.wrong} for one in judged if one.wrong]
        output.line({**report.to_json(), **({"wrong": wrong} if showing else {})})
        return output.status
    for one in judged if showing else ():
        if one.wrong:
            click.echo(unsteered(plain(str(one))))
    click.echo(unsteered(str(report)))
    return output.status


def _evaluate_dates(data: Path, articles: Path | None, showing: bool, output: Output) -> int:
    """Score date expressions; ``showing``: name each one that is wrong, but none of the half kept unseen."""
    from onrecord.evaluation import dates

    report, judged = dates.evaluate(data, articles)
    wrong = [str(one) for one in judged if one.seen and not one.right]
    return _print_report(report, output, wrong if showing else None)


def _evaluate_outlook(data: Path, articles: Path | None, output: Output) -> int:
    """Score what statements look ahead to; totals only, so that the table stays a measure."""
    from onrecord.evaluation import outlook

    if articles is None:
        raise click.UsageError("--set outlook needs --articles, the file that its rows point into")
    with output.progress("Extracting", None) as bar:

        def extract(article: Article) -> list[Statement]:
            statements = onrecord.extract(article)
            bar.step()
            return statements

        report = outlook.evaluate(data, articles, extract)
    return _print_report(report, output)


def _evaluate_stories(data: Path, articles: Path | None, output: Output) -> int:
    """Score which articles are taken for prints of one text."""
    from onrecord.evaluation import stories

    if articles is None:
        raise click.UsageError("--set stories needs --articles FILE: the articles that the pairs are of")
    found = stories.evaluate(data, articles)
    if output.json:
        output.line(found.to_json())
    else:
        click.echo(str(found))
    return output.status


def _evaluate_offices(data: Path, showing: bool, output: Output) -> int:
    """Score who held which office on a day; ``showing``: name each question that was answered wrongly."""
    from onrecord.evaluation import offices

    with output.progress("Importing", None) as bar:
        answered = offices.evaluate(data, bar.step)
    wrong = [one for one in answered if not one.right]
    report = offices.report(answered)
    if output.json:
        output.line({**report.to_json(), **({"wrong": [str(one) for one in wrong]} if showing else {})})
        return output.status
    for one in wrong if showing else ():
        click.echo(unsteered(plain(f"wrong: {one}")))
    click.echo(unsteered(str(report)))
    return output.status


@contextmanager
def _standard_output() -> Iterator[IO[str]]:
    """Give standard output to write to; it is made safe when it is a terminal."""
    if sys.stdout.isatty():
        kept = io.StringIO(newline="")
        yield kept
        click.echo(unsteered(kept.getvalue()), nl=False)
    else:
        yield sys.stdout
