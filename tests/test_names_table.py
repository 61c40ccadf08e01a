"""The key of name pairs in benchmarks/names.csv has the shape that its description states."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "benchmarks"
KINDS = ("person", "organisation", "state")
ANSWERS = ("yes", "no", "possible")


def rows() -> list[dict[str, str]]:
    """Return the rows of the table."""
    with (FOLDER / "names.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_columns_and_values() -> None:
    """Every row has the five columns, all filled without outer spaces, and a known kind and answer."""
    for row in rows():
        assert list(row) == ["one", "other", "kind", "same", "note"]
        assert all(value and value == value.strip() for value in row.values()), row
        assert row["kind"] in KINDS, row
        assert row["same"] in ANSWERS, row


def test_no_pair_comes_twice() -> None:
    """Two names differ within a row, and no row repeats another, in whichever order."""
    pairs = [frozenset((row["one"], row["other"])) for row in rows()]
    assert all(len(pair) == 2 for pair in pairs)
    assert len(set(pairs)) == len(pairs)


def test_combining_marks_survive() -> None:
    """Some names are still decomposed, so that an editor that normalises the file is noticed."""
    assert sum(not unicodedata.is_normalized("NFC", row["other"]) for row in rows()) >= 2


def test_counts_are_those_described() -> None:
    """The description's table gives the true number of pairs for each kind and answer."""
    described = (FOLDER / "names.md").read_text(encoding="utf-8")
    counted = Counter((row["kind"], row["same"]) for row in rows())
    for kind in KINDS:
        line = re.search(rf"^\| {kind} \| (\d+) \| (\d+) \| (\d+) \|$", described, re.MULTILINE)
        assert line is not None
        assert [int(number) for number in line.groups()] == [counted[kind, answer] for answer in ANSWERS]
