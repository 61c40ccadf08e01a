"""Scores of what statements look ahead to, against a table of sentences (``benchmarks/outlook.md``).

How a sentence is turned into an answer: the article is extracted whole; the statements whose content lies
at least half within the sentence answer for it, and of several outlooks the first of deadline, threat,
promise, plan, prediction counts. ``found:`` rows score these answers alone, so that a sentence in which no
statement was found answers that nothing is ahead. ``sentence:`` rows take the sentence itself for the
content, without source and cue, where no statement was found in it.

``ahead``: some outlook against none. ``ahead, belief no promise``: the same, but a forecast that comes out as
a promise counts as wrong too. ``class``: the same outlook; a wrong one counts against precision and
recall. ``belief as promise``: the share of the rows without an outlook that came out as promise. ``due``:
of the rows found that have due days, those with the same two days, or of a vague one, a vague interval that
overlaps.
"""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from onrecord.article import Article, Interval, Statement, statement_id
from onrecord.dates.due import with_outlook
from onrecord.dates.outlook import ORDER
from onrecord.errors import InputError
from onrecord.evaluation.corpora import read_text
from onrecord.evaluation.report import Count, Report, tabulate

_COLUMNS: Final = ("file", "start", "end", "published", "outlook", "due_first", "due_last", "due_vague")


@dataclass(frozen=True, slots=True)
class _Row:
    """A marked sentence: where it stands, what it looks ahead to, and when that falls due."""

    start: int
    end: int
    published: str
    outlook: str | None
    due: tuple[str, str] | None
    vague: bool


def evaluate(data: Path, articles: Path, extract: Callable[[Article], list[Statement]]) -> Report:
    """Extract the articles of a table of sentences and score what is found to look ahead.

    Args:
        data: the table.
        articles: JSON lines with ``id`` and ``text`` of the articles that its rows point into.
        extract: finds the statements of an article, with their outlook.

    Raises:
        InputError: the table or the articles are not in that layout.
    """
    texts = _articles(articles)
    counts, failed = [], []
    for file, rows in _rows(data).items():
        if file not in texts:
            failed.append(f"{file}: no such article in {articles}")
            continue
        article = Article(path=file, text=texts[file], published=rows[0].published, language="en")
        statements = extract(article)
        counts += [_counts(article, row, statements) for row in rows]
    return Report(
        kind="outlook", articles=len(counts), rows=tabulate(counts), failed=tuple(failed), unit="sentences"
    )


def _counts(article: Article, row: _Row, statements: Sequence[Statement]) -> dict[str, Count]:
    inside = [one for one in statements if _inside(one, row)]
    answer = _first(inside)
    whole = answer if inside else _first(with_outlook(article, [_sentence(article, row)]))
    return {**_scored("found", row, answer), **_scored("sentence", row, whole)}


def _scored(name: str, row: _Row, answer: Statement | None) -> dict[str, Count]:
    outlook = answer.outlook if answer else None
    ahead = int(bool(outlook and row.outlook))
    right = int(outlook is not None and outlook == row.outlook)
    sound = ahead and int((outlook, row.outlook) != ("promise", "prediction"))
    counts = {
        f"{name}: ahead": Count(ahead, int(bool(outlook)), ahead, int(bool(row.outlook))),
        f"{name}: ahead, belief no promise": Count(sound, int(bool(outlook)), sound, int(bool(row.outlook))),
        f"{name}: class": Count(right, int(bool(outlook)), right, int(bool(row.outlook))),
        f"{name}: {row.outlook or 'none'}": Count.share(int(outlook == row.outlook), 1),
    }
    if row.outlook is None:
        counts[f"{name}: belief as promise"] = Count.share(int(outlook == "promise"), 1)
    elif answer and row.due:
        counts[f"{name}: due"] = Count.share(int(_due_right(row, answer.due)), 1)
    elif answer:
        counts[f"{name}: no due given"] = Count.share(int(answer.due is None), 1)
    return counts


def _due_right(row: _Row, due: Interval | None) -> bool:
    assert row.due is not None
    if due is None or due.first is None or due.last is None:
        return False
    if row.vague:
        return due.vague and due.first <= row.due[1] and row.due[0] <= due.last
    return (due.first, due.last) == row.due


def _inside(statement: Statement, row: _Row) -> bool:
    """Tell whether at least half of a content lies within the sentence."""
    size = sum(end - start for start, end in statement.content)
    common = sum(max(0, min(end, row.end) - max(start, row.start)) for start, end in statement.content)
    return size > 0 and 2 * common >= size


def _first(statements: Sequence[Statement]) -> Statement | None:
    ahead = [one for one in statements if one.outlook]
    return min(ahead, key=lambda one: ORDER.index(one.outlook or "")) if ahead else None


def _sentence(article: Article, row: _Row) -> Statement:
    content = ((row.start, row.end),)
    return Statement(
        id=statement_id(article.text_sha256, content),
        type="indirect",
        content=content,
        text=article.quote(content),
        confidence=0.0,
    )


def _rows(data: Path) -> Mapping[str, list[_Row]]:
    reader = csv.DictReader(io.StringIO(read_text(data), newline=""))
    missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise InputError(str(data), f"has no column {missing[0]!r}: it needs {', '.join(_COLUMNS)}")
    found: dict[str, list[_Row]] = defaultdict(list)
    try:
        for row in reader:
            found[row["file"]].append(
                _Row(
                    start=int(row["start"]),
                    end=int(row["end"]),
                    published=row["published"],
                    outlook=None if row["outlook"] == "none" else row["outlook"],
                    due=(row["due_first"], row["due_last"]) if row["due_first"] else None,
                    vague=row["due_vague"] == "yes",
                )
            )
    except (csv.Error, TypeError, ValueError) as error:
        raise InputError(str(data), f"is no table of sentences: {error}") from error
    return found


def _articles(path: Path) -> dict[str, str]:
    try:
        rows = [json.loads(line) for line in read_text(path).split("\n") if line.strip()]
        return {str(row["id"]): str(row["text"]) for row in rows}
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            str(path), f"is no file of articles in JSON lines with id and text: {error}"
        ) from error
