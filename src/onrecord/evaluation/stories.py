"""How well articles that print one wire text are told from others, on a table of marked pairs.

The table is CSV with the columns ``one``, ``other`` (ids of articles), ``label`` (``same`` or ``not``) and
``weight``: how many pairs of all articles a row stands for. All articles go into one record, and a pair
counts as joined when both are in one story. The figures are those of the weighted counts.
"""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.article import Article
from onrecord.errors import InputError
from onrecord.record import Extractor, Reader, Record


@dataclass(frozen=True, slots=True)
class Found:
    """Weighted counts of pairs.

    Attributes:
        pairs: rows of the table.
        joined: weight of the pairs in one story.
        marked: weight of the pairs marked ``same``.
        right: weight of those that are both.
    """

    pairs: int
    joined: float
    marked: float
    right: float

    @property
    def precision(self) -> float:
        """Share of what is joined that is marked ``same``; 0 when nothing is joined."""
        return self.right / self.joined if self.joined else 0.0

    @property
    def recall(self) -> float:
        """Share of what is marked ``same`` that is joined; 0 when nothing is marked."""
        return self.right / self.marked if self.marked else 0.0

    def to_json(self) -> dict[str, Any]:
        """Return the counts and figures as plain values."""
        counts = {"pairs": self.pairs, "joined": self.joined, "marked": self.marked, "right": self.right}
        return {"kind": "stories", **counts, "precision": self.precision, "recall": self.recall}

    def __str__(self) -> str:
        figures = f"precision {100 * self.precision:.1f}, recall {100 * self.recall:.1f}"
        return f"stories: {self.pairs} pairs, weighted: {figures}"


def evaluate(data: Path, articles: Path) -> Found:
    """Put all articles into one record and compare its stories with the marked pairs.

    Args:
        data: the table.
        articles: JSON lines with ``id``, ``text`` and ``date``.

    Raises:
        InputError: a row names no article, or lacks a column.
    """
    return score(data, stories(read_articles(articles)))


def score(data: Path, told: Mapping[str, int]) -> Found:
    """Compare stories with the marked pairs.

    Args:
        data: the table.
        told: id of an article -> its story.

    Raises:
        InputError: a row names no article, or lacks a column.
    """
    pairs, joined, marked, right = 0, 0.0, 0.0, 0.0
    with data.open(encoding="utf-8", newline="") as stream:
        for number, row in enumerate(csv.DictReader(stream), 2):
            try:
                together = told[row["one"]] == told[row["other"]]
                weight, same = float(row["weight"]), row["label"] == "same"
            except (KeyError, ValueError, TypeError) as error:
                reason = f"names no article, or lacks one, other, label or weight ({error})"
                raise InputError(f"{data}#{number}", reason) from error
            pairs += 1
            joined += weight * together
            marked += weight * same
            right += weight * (together and same)
    return Found(pairs, joined, marked, right)


def stories(articles: Iterable[Article]) -> dict[str, int]:
    """Return path -> story of articles put into one new record; no statements are looked for."""
    extractor = Extractor("none", lambda _: [])
    reader = Reader("none", lambda page, path: Article(path=path, text=page.data.decode()))
    with (
        tempfile.TemporaryDirectory() as folder,
        Record(Path(folder) / "stories.onrecord", extractor=extractor, reader=reader) as record,
    ):
        for _ in record.add_all(articles):
            pass
        return dict(
            record.rows(
                "SELECT p.path, x.story_id FROM article a JOIN text x ON x.id = a.text_id "
                "JOIN page p ON p.id = a.page_id"
            )
        )


def read_articles(path: Path) -> Iterator[Article]:
    """Yield the articles of a file of JSON lines with ``id``, ``text`` and ``date``."""
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            try:
                row = json.loads(line)
                yield Article(
                    path=str(row["id"]), text=str(row["text"]), published=row.get("date"),
                    url=f"https://articles.example/{row['id']}",
                )  # fmt: skip
            except (KeyError, ValueError, TypeError) as error:
                raise InputError(f"{path}#{number}", f"is no article in JSON ({error})") from error
