"""Scores of date expressions: against TimeML articles, and against a table of expressions with their days.

TimeML (a folder of ``.tml`` files, with its subfolders)
    The definitions of TempEval-3 (UzZaman et al. 2013), task A, over what stands in ``TEXT``: ``span`` is F1
    with any overlap, one to one; ``span exact`` with the same bounds; ``type`` and ``value`` count a pair as
    right when that attribute agrees, too, over all that is found and marked. Expressions without words, which
    annotators add for implied times, are left out; a range told by its two ends counts as these two, as
    TimeML marks them. The articles of each folder are cut in two by file name:
    ``first half`` was looked at while the rules were made, ``second half`` was not.

Table (CSV, columns as in ``benchmarks/dates.md``)
    An expression is found when one overlaps it; of several the one with the largest overlap. ``right``: both
    days agree, an open side as such; of a vague row: marked vague, and the days overlap. ``near``: right,
    or the days in common are at least half of those in either.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from onrecord.article import Span
from onrecord.dates import DateExpression, find_dates
from onrecord.errors import InputError
from onrecord.evaluation.corpora import read_text
from onrecord.evaluation.report import Count, Report, tabulate

_LARGEST: Final = 20_000_000
_COLUMNS: Final = (
    "kind",
    "published",
    "file",
    "start",
    "end",
    "text",
    "expression_start",
    "expression_end",
    "first",
    "last",
    "vague",
    "type",
)


@dataclass(frozen=True, slots=True)
class Marked:
    """A TIMEX3 of a TimeML article: its span, type and value."""

    span: Span
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class Judged:
    """One marked expression with what was found for it.

    Attributes:
        where: the article or row, and the words.
        text: the words.
        expected: what is marked.
        answer: what was found, ``None`` for nothing.
        right: whether that is right.
        seen: whether the errors may be looked at: not in the half that is kept for reporting.
    """

    where: str
    text: str
    expected: str
    answer: str | None
    right: bool
    seen: bool = True

    def __str__(self) -> str:
        return f"{self.where}: {' '.join(self.text.split())!r} is {self.expected}, found {self.answer}"


def evaluate(data: Path, articles: Path | None = None) -> tuple[Report, list[Judged]]:
    """Find the dates in marked articles, or in the sentences of a table, and score them.

    Args:
        data: a folder of TimeML articles, or a table.
        articles: JSON lines with ``id``, ``text`` of the articles that rows of a table point into; without it
            these rows are left out.

    Raises:
        InputError: the data are in neither layout.
    """
    return _table(data, articles) if data.is_file() else _timeml(data)


def _timeml(data: Path) -> tuple[Report, list[Judged]]:
    folders: dict[Path, list[Path]] = defaultdict(list)
    for path in sorted(data.rglob("*.tml")):
        folders[path.parent].append(path)
    if not folders:
        raise InputError(str(data), "holds no TimeML article (.tml), and is no table of dates (CSV)")
    counts, judged, failed = [], [], []
    for paths in folders.values():
        for number, path in enumerate(paths):
            first = number < (len(paths) + 1) // 2
            try:
                text, published, marked = read_timeml(path)
            except InputError as error:
                failed.append(str(error))
                continue
            found = [end for one in find_dates(text, published) for end in _ends(one)]
            pairs = _pairs([one.span for one in marked], [one.spans[0] for one in found])
            counts.append(_timeml_counts("first half: " if first else "second half: ", marked, found, pairs))
            judged += _timeml_judged(path.name, text, marked, found, pairs, first)
    report = Report(kind="dates", articles=len(counts), rows=tabulate(counts), failed=tuple(failed))
    return report, judged


_JOINT: Final = re.compile(r"\s+(?:and|to|until|till|through)\s+")


def _ends(one: DateExpression) -> list[DateExpression]:
    """Return the two ends of "from 1991 to 1997", which TimeML marks apart; else the expression itself."""
    values, joints = (one.value or "").split("/"), list(_JOINT.finditer(one.text))
    if len(values) != 2 or len(joints) != 1 or not re.search(r"[A-Za-z]|\d{4}", one.text[joints[0].end() :]):
        return [one]
    start, joint = one.spans[0][0], joints[0]
    first = start, start + joint.start()
    second = start + joint.end(), one.spans[0][1]
    return [
        replace(one, spans=(first,), text=one.text[: joint.start()], value=values[0]),
        replace(one, spans=(second,), text=one.text[joint.end() :], value=values[1]),
    ]


def read_timeml(path: Path) -> tuple[str, date | None, list[Marked]]:
    """Return the text of a TimeML article, the day of its creation, and the expressions marked in the text.

    Raises:
        InputError: it is too large, no XML, or has no text.
    """
    import lxml.etree

    if path.stat().st_size > _LARGEST:
        raise InputError(str(path), f"is larger than {_LARGEST:,} bytes")
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = lxml.etree.fromstring(path.read_bytes(), parser)
    except lxml.etree.XMLSyntaxError as error:
        raise InputError(str(path), f"is no XML: {error}") from error
    body = root.find(".//TEXT")
    if body is None:
        raise InputError(str(path), "has no TEXT element: is it TimeML?")
    published = None
    for one in root.iter("TIMEX3"):
        if one.get("functionInDocument") in ("CREATION_TIME", "PUBLICATION_TIME"):
            published = _day((one.get("value") or "")[:10])
            break
    pieces: list[str] = []
    marked: list[Marked] = []
    _walk(body, pieces, marked, 0)
    return "".join(pieces), published, [one for one in marked if one.span[0] < one.span[1]]


def _walk(element: Any, pieces: list[str], marked: list[Marked], at: int, depth: int = 0) -> int:
    """Collect the text of an element and the TIMEX3 in it; return the offset behind it."""
    start = at
    if depth > 100:
        return at
    if isinstance(element.tag, str):
        if element.text:
            pieces.append(element.text)
            at += len(element.text)
        for child in element:
            at = _walk(child, pieces, marked, at, depth + 1)
            if child.tail:
                pieces.append(child.tail)
                at += len(child.tail)
        if element.tag == "TIMEX3":
            marked.append(Marked((start, at), element.get("type") or "", element.get("value") or ""))
    return at


def _timeml_counts(
    half: str, marked: Sequence[Marked], found: Sequence[DateExpression], pairs: list[tuple[int, int]]
) -> dict[str, Count]:
    def count(right: int) -> Count:
        return Count(right, len(found), right, len(marked))

    return {
        f"{half}span": count(len(pairs)),
        f"{half}span exact": count(sum(marked[i].span == found[j].spans[0] for i, j in pairs)),
        f"{half}type": count(sum(marked[i].type == found[j].type for i, j in pairs)),
        f"{half}value": count(sum(marked[i].value == found[j].value for i, j in pairs)),
    }


def _timeml_judged(
    name: str,
    text: str,
    marked: Sequence[Marked],
    found: Sequence[DateExpression],
    pairs: list[tuple[int, int]],
    seen: bool,
) -> list[Judged]:
    to, used = dict(pairs), {j for _, j in pairs}
    judged = []
    for i, one in enumerate(marked):
        other = found[to[i]] if i in to else None
        answer = f"{other.type} {other.value} ({other.rule})" if other else None
        right = other is not None and other.value == one.value
        judged.append(
            Judged(name, text[one.span[0] : one.span[1]], f"{one.type} {one.value}", answer, right, seen)
        )
    for j, other in enumerate(found):
        if j not in used:
            judged.append(
                Judged(name, other.text, "nothing", f"{other.type} {other.value} ({other.rule})", False, seen)
            )
    return judged


def _pairs(marked: Sequence[Span], found: Sequence[Span]) -> list[tuple[int, int]]:
    """Return pairs that overlap, one to one, largest overlap first."""
    overlaps = []
    at = 0
    order = sorted(range(len(found)), key=lambda j: found[j])
    for i, span in sorted(enumerate(marked), key=lambda one: one[1]):
        while at < len(order) and found[order[at]][1] <= span[0]:
            at += 1
        for j in order[at:]:
            if found[j][0] >= span[1]:
                break
            overlaps.append((min(span[1], found[j][1]) - max(span[0], found[j][0]), i, j))
    pairs, left, right = [], set(), set()
    for _, i, j in sorted(overlaps, key=lambda one: (-one[0], one[1], one[2])):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((i, j))
    return sorted(pairs)


def _table(data: Path, articles: Path | None) -> tuple[Report, list[Judged]]:
    texts = _articles(articles) if articles else {}
    counts, judged, failed = [], [], []
    for number, row in _rows(data):
        text = row["text"]
        if row["file"]:
            if not articles:
                continue
            if row["file"] not in texts:
                failed.append(f"{data}#{number}: no article {row['file']!r} in {articles}")
                continue
            text = texts[row["file"]]
        try:
            span = int(row["expression_start"]), int(row["expression_end"])
            published = date.fromisoformat(row["published"])
        except ValueError as error:
            raise InputError(f"{data}#{number}", f"has no such offset or day: {error}") from error
        found = _at(find_dates(text, published), span)
        one = _judge(row, number, text[span[0] : span[1]], found)
        counts.append(_table_counts(row, found, one.right))
        judged.append(one)
    return Report(
        kind="dates", articles=len(judged), rows=tabulate(counts), failed=tuple(failed), unit="expressions"
    ), judged


def _rows(data: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    reader = csv.DictReader(io.StringIO(read_text(data), newline=""))
    missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise InputError(
            str(data), f"has no column {missing[0]!r}: a table of dates has {', '.join(_COLUMNS)}"
        )
    try:
        for number, row in enumerate(reader, 2):
            yield number, {name: row.get(name) or "" for name in (*_COLUMNS, "id")}
    except csv.Error as error:
        raise InputError(str(data), f"is no CSV: {error}") from error


def _articles(path: Path) -> dict[str, str]:
    try:
        rows = [json.loads(line) for line in read_text(path).split("\n") if line.strip()]
        return {str(row["id"]): str(row["text"]) for row in rows}
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            str(path), f"is no file of articles in JSON lines with id and text: {error}"
        ) from error


def _at(found: Sequence[DateExpression], span: Span) -> DateExpression | None:
    best, size = None, 0
    for one in found:
        common = min(span[1], one.spans[0][1]) - max(span[0], one.spans[0][0])
        if common > size:
            best, size = one, common
    return best


def _judge(row: Mapping[str, str], number: int, words: str, found: DateExpression | None) -> Judged:
    expected = row["first"] or None, row["last"] or None
    days = _days(found)
    if row["vague"] == "yes":
        right = bool(found and found.vague and (_common(days, expected) > 0 or days == expected))
    else:
        right = found is not None and days == expected
    answer = f"{days[0]} to {days[1]} ({found.rule})" if found else None
    return Judged(f"{row['id'] or number}", words, f"{expected[0]} to {expected[1]}", answer, right)


def _table_counts(row: Mapping[str, str], found: DateExpression | None, right: bool) -> dict[str, Count]:
    expected = row["first"] or None, row["last"] or None
    days = _days(found)
    near = right or (found is not None and _common(days, expected) >= 0.5)
    return {
        "found": Count.share(int(found is not None), 1),
        "right": Count.share(int(right), 1),
        f"right: {row['kind']}": Count.share(int(right), 1),
        "near": Count.share(int(near), 1),
        "type": Count.share(int(found is not None and found.type == row["type"]), 1),
        "vague": Count.share(int(found is not None and found.vague == (row["vague"] == "yes")), 1),
    }


def _days(found: DateExpression | None) -> tuple[str | None, str | None]:
    return (found.interval.first, found.interval.last) if found and found.interval else (None, None)


def _common(one: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> float:
    """Return the days in common, as a share of those in either; 0 where a side is open."""
    days = [_day(value or "") for value in (*one, *other)]
    if None in days:
        return 0.0
    first, last, first2, last2 = (day.toordinal() for day in days if day)
    common = min(last, last2) - max(first, first2) + 1
    return max(0, common) / (max(last, last2) - min(first, first2) + 1)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
