"""Archives of made-up articles, and runs over them with stub workers."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord import query
from onrecord.batch import Run
from onrecord.errors import InputError
from onrecord.export import write_csv, write_jsonl
from onrecord.record import Added, Extractor, Reader, Record
from tests.batch import worker

COMMAND = (sys.executable, "-m", "tests.batch.worker")

_NAMES = ("Milan Dravec", "Ilka Sorn", "Nela Horat", "Oren Pell", "Petra Vasik", "Dravec", "Sorn")


def row(number: int, more: str = "") -> dict[str, str]:
    """Make one row of an archive: a report with two statements, whose speakers other reports name too."""
    first, second = _NAMES[number % 7], _NAMES[number % 5]
    text = (
        f"The council of ward {number % 3} met on Friday to talk about grain and the northern port.\n\n"
        f"“Ward number {number} has grain for {number + 3} days,” said {first}. {more}"
        f"“Ask me again about road {number * 31} before the end of the year,” said {second}.\n\n"
        f"{'Nobody else spoke to the press. ' * (number % 4)}"
    )
    return {
        "id": f"r{number}", "title": f"Report {number} from the wards", "text": text,
        "date": f"2031-{number % 12 + 1:02}-{number % 28 + 1:02}", "outlet": "Coast Courier",
        "url": f"https://news.example/report/{number}",
    }  # fmt: skip


def write_archive(path: Path, rows: Iterable[dict[str, str]]) -> Path:
    """Write rows as JSON lines."""
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    return path


def open_record(path: Path) -> Record:
    """Open a record with the stub finder that the workers have."""
    return Record(
        path, extractor=Extractor("finder-1", worker.find), reader=Reader("reader-1", worker.reread)
    )


Add = Callable[..., dict[str, Added | InputError]]


@pytest.fixture
def add(tmp_path: Path) -> Add:
    """Add inputs to the record of this test; returns what became of each item, by path."""

    def adding(*inputs: Path, workers: int = 1, **options: object) -> dict[str, Added | InputError]:
        given = options.pop("given", {})
        with open_record(tmp_path / "news.onrecord") as record:
            run = Run(
                record, [str(one) for one in inputs], given, workers=workers, command=COMMAND, **options
            )  # type: ignore[arg-type]
            return {one.path: one for one in run}

    return adding


def exported(path: Path) -> tuple[str, str]:
    """Return the export of a record, as JSON lines and CSV, without the time when files were opened."""
    with Record(path, read_only=True) as record:
        lines, table = io.StringIO(), io.StringIO(newline="")
        rows = [replace(one, retrieved=None) for one in query.each(record)]
        write_jsonl(rows, lines)
        write_csv(rows, table)
    return lines.getvalue(), table.getvalue()
