"""The keys of dates and of outlook in benchmarks have the shape that their descriptions state."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "benchmarks"
DATES = ["id", "kind", "published", "file", "start", "end", "text", "expression_start", "expression_end"]
DATES += ["first", "last", "vague", "type", "note"]


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a key, each with all the columns of its header."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def days(row: dict[str, str], *columns: str) -> list[date]:
    """Return the days that the columns of a row give, those left empty passed over."""
    given = [row[column] for column in columns if row[column]]
    assert all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) for day in given), row
    return [date.fromisoformat(day) for day in given]


def test_date_rows_have_the_described_columns_and_come_once() -> None:
    """Every row fills just the described columns, ids are in order and no expression comes twice."""
    table = rows("dates.csv")
    assert all(list(row) == DATES and None not in row.values() for row in table)
    ids = [row["id"] for row in table]
    assert ids == sorted(set(ids))
    places = [(row["published"], row["file"], row["text"], row["expression_start"]) for row in table]
    assert len(set(places)) == len(places)


def test_invented_rows_hold_a_text_with_the_expression() -> None:
    """An invented row has a sentence with the expression as whole words in it, and no file."""
    for row in (row for row in rows("dates.csv") if row["kind"] == "invented"):
        assert row["id"].startswith("i")
        assert not row["file"] + row["start"] + row["end"]
        expression = row["text"][int(row["expression_start"]) : int(row["expression_end"])]
        assert expression
        assert expression == expression.strip()
        assert re.search(rf"(?<!\w){re.escape(expression)}(?!\w)", row["text"])


def test_collected_rows_hold_offsets_only() -> None:
    """A row from the wires has no text, and its expression lies within its passage."""
    for row in (row for row in rows("dates.csv") if row["kind"] == "wires"):
        assert row["id"].startswith("w")
        assert re.fullmatch(r"T17-(egypt|iraq|libya)-\d+", row["file"])
        assert not row["text"]
        start, end = int(row["start"]), int(row["end"])
        assert 0 <= start <= int(row["expression_start"]) < int(row["expression_end"]) <= end


def test_intervals_are_days_in_order() -> None:
    """Intervals are real days in order, a set has none, and a vague row has both ends."""
    for row in rows("dates.csv"):
        assert len(days(row, "published")) == 1
        interval = days(row, "first", "last")
        assert interval == sorted(interval)
        assert row["type"] in {"DATE", "TIME", "DURATION", "SET"}
        assert row["vague"] in {"yes", "no"}
        assert row["note"].strip()
        if row["type"] == "SET":
            assert not interval
        if row["vague"] == "yes":
            assert len(interval) == 2


def test_weekdays_named_alone_fall_on_that_weekday() -> None:
    """An invented expression that is the name of a weekday, or last or next with one, means such a day."""
    names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    seen = 0
    for row in (row for row in rows("dates.csv") if row["kind"] == "invented"):
        expression = row["text"][int(row["expression_start"]) : int(row["expression_end"])]
        weekday = expression.removeprefix("last ").removeprefix("next ")
        if weekday in names:
            first, last = days(row, "first", "last")
            assert first == last
            assert first.weekday() == names.index(weekday)
            seen += 1
    assert seen > 5


def test_date_counts_are_those_described() -> None:
    """The description's table gives the true number of rows for each kind and type."""
    described = (FOLDER / "dates.md").read_text(encoding="utf-8")
    table = rows("dates.csv")
    assert f"holds {len(table)} date expressions" in described
    types = Counter((row["kind"], row["type"]) for row in table)
    vague = Counter(row["kind"] for row in table if row["vague"] == "yes")
    for kind in ("invented", "wires"):
        counts = [types[kind, name] for name in ("DATE", "TIME", "DURATION", "SET")]
        line = " | ".join(map(str, [kind, sum(counts), *counts, vague[kind]]))
        assert f"| {line} |" in described
        assert sum(counts) >= 100


def test_outlook_rows_have_the_described_columns_and_come_once() -> None:
    """Every row marks one sentence of one article, in order, and no sentence comes twice."""
    table = rows("outlook.csv")
    columns = ["id", "file", "start", "end", "published", "outlook", "due_first", "due_last", "due_vague"]
    assert all(list(row) == columns and None not in row.values() for row in table)
    assert [row["id"] for row in table] == [f"o{number:03}" for number in range(1, len(table) + 1)]
    assert all(re.fullmatch(r"T17-(egypt|iraq|libya)-\d+", row["file"]) for row in table)
    assert all(0 <= int(row["start"]) < int(row["end"]) for row in table)
    assert len({(row["file"], row["start"]) for row in table}) == len(table)


def test_due_days_follow_publication_and_need_an_outlook() -> None:
    """A due interval is two days in order that end no earlier than publication, and never stands at none."""
    for row in rows("outlook.csv"):
        (published,) = days(row, "published")
        due = days(row, "due_first", "due_last")
        assert len(due) in (0, 2)
        assert due == sorted(due)
        assert row["due_vague"] in {"yes", "no"}
        if due:
            assert row["outlook"] != "none"
            assert due[1] >= published
        else:
            assert row["due_vague"] == "no"


def test_outlook_counts_are_those_described() -> None:
    """The description gives the true number of each outlook and its due days; half of the rows are none."""
    described = (FOLDER / "outlook.md").read_text(encoding="utf-8")
    table = rows("outlook.csv")
    marks = Counter(row["outlook"] for row in table)
    due = Counter(row["outlook"] for row in table if row["due_first"])
    assert set(marks) == {"plan", "prediction", "promise", "threat", "deadline", "none"}
    assert all(f"| {mark} | {count} | {due[mark]} |" in described for mark, count in marks.items())
    assert marks["none"] == len(table) - marks["none"] == 100
