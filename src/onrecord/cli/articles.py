"""``read`` and ``extract``: what is in a file, without a record."""

from __future__ import annotations

from typing import Any

import click

import onrecord
from onrecord.article import FIELDS, Article, Statement
from onrecord.cli import options
from onrecord.cli.layout import heading, statement_lines
from onrecord.cli.output import Output, number, plain
from onrecord.errors import InputError


@click.command(
    short_help="Print the parts of an article.",
    epilog="\b\nExample:\n  onrecord read page.html --outlet 'The Lakeland Post'",
)
@options.sources_argument
@options.reading_options
@options.json_option
def read(sources: tuple[str, ...], output: Output, **given: Any) -> int:
    """Print what is read from each FILE: the article's parts and fields."""
    results = options.read_inputs(sources, **given)
    for article in output.good(results):
        if output.json:
            output.line(article.to_json())
        else:
            _print_fields(output, article)
    return output.finish()


@click.command(
    short_help="Print the statements in an article.",
    epilog="\b\nExample:\n  onrecord extract news/*.html --json > statements.jsonl",
)
@options.sources_argument
@options.reading_options
@options.json_option
def extract(sources: tuple[str, ...], output: Output, **given: Any) -> int:
    """Print the statements in each FILE: who says what, in which words."""
    results = options.read_inputs(sources, **given)
    for article in output.good(results):
        try:
            statements = onrecord.extract(article)
        except InputError as error:
            output.fail(error.path, error.reason)
            continue
        if output.json:
            lines = [statement.to_json() for statement in statements]
            output.line({**article.to_json(), "statements": lines})
        else:
            _print_statements(output, article, statements)
    return output.finish()


def _print_fields(output: Output, article: Article) -> None:
    output.out.print(plain(article.path), style="bold", soft_wrap=True)
    for name in FIELDS:
        value = getattr(article, name)
        if value is None or name == "published_from":
            continue
        where = " (in the metadata only)" if name in article.declared else ""
        if name == "published" and article.published_from:
            where = f" (from {article.published_from})"
        _print_field(output, name, f"{plain(value)}{where}")
    body = article.parts.get("body", ())
    words = sum(len(article.text[start:end].split()) for start, end in body)
    _print_field(output, "body", f"{number(len(body), 'paragraph')}, {number(words, 'word')}")
    output.text()


def _print_field(output: Output, name: str, value: str) -> None:
    first, *rest = heading(output.out, value, output.out.width - 14)
    output.out.print(f"  {name:<11} {first}", soft_wrap=True)
    for line in rest:
        output.out.print(" " * 14 + line, soft_wrap=True)


def _print_statements(output: Output, article: Article, statements: list[Statement]) -> None:
    output.text()
    for line in heading(output.out, article.headline or article.path, output.out.width):
        output.out.print(line, style="bold", soft_wrap=True)
    known = [
        article.path,
        article.outlet,
        (article.published or "")[:10],
        number(len(statements), "statement"),
    ]
    output.text(" · ".join(plain(part) for part in known if part))
    output.text()
    for laid in statement_lines(output.out, article, statements):
        output.out.print(laid, soft_wrap=True)
