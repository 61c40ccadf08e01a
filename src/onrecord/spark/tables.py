"""The folder of Parquet tables: its schemas, and how what one part of an input gave is put into it at once.

    OUT/text/month=2031-03/UNIT-000.parquet     page, text, statement, mention: by month published
    OUT/story/month=2031-03/...                 made of the whole of them (:mod:`onrecord.spark.stories`)
    OUT/error/UNIT-000.parquet                  what could not be worked on, and why
    OUT/_committed/UNIT/unit.json               what is safe; OUT/_staging holds what is not yet

A task writes into a staging folder of its own and renames that to ``_committed/UNIT``: of several tries of
one unit the first to do so wins, whatever becomes of the others. From there its files are moved into the
tables; a move that was cut off is finished by whoever comes next. OUT is a file system that all workers
share and that renames folders as one step, which object stores do not.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.article import Article, Page, Statement
from onrecord.errors import InputError, RecordError
from onrecord.record import linking, rows
from onrecord.record.placing import address_of, storable
from onrecord.record.runs import Held

STAGING: Final = "_staging"
COMMITTED: Final = "_committed"
_UNIT: Final = "unit.json"

#: The month of articles of which no day of publication is known. No null, at which pandas and pyarrow fail.
NO_MONTH: Final = "undated"

_NOT_TEXT: Final = {
    "named": pa.bool_(), "hearsay": pa.bool_(), "confidence": pa.float64(), "id": pa.string(),
}  # fmt: skip


def _schema(*numbers: str, words: Iterable[str]) -> pa.Schema:
    fields = [pa.field(name, pa.int64(), nullable=False) for name in numbers]
    return pa.schema([*fields, *(pa.field(name, pa.string()) for name in words)])


#: Table -> its columns: those of the record. ``page_id`` is made from the path, the same in every run; a page
#: has one text here, so that it names the text too. Spans, parts and the rest are JSON, as in the record.
SCHEMAS: Final[Mapping[str, pa.Schema]] = {
    "page": _schema(
        "page_id", "n", "size",
        words=("input", "sha256", "path", "url", "media_type", "charset", "got", "given"),
    ),
    "text": _schema("page_id", words=("address", "reader", "model", *rows.TEXT_COLUMNS)),
    "statement": pa.schema(
        [
            pa.field("page_id", pa.int64(), nullable=False),
            *(pa.field(name, _NOT_TEXT.get(name, pa.string())) for name in rows.STATEMENT_COLUMNS),
        ]
    ),
    "mention": _schema("page_id", "start", "end", words=("words", "role", "name", "actor_id")),
    "error": _schema("n", words=("input", "path", "kind", "reason")),
}  # fmt: skip

Rows = dict[str, list[dict[str, Any]]]


def page_id(path: str) -> int:
    """Return the number of a page: 63 bits of a hash of its path."""
    digest = blake2b(storable(path).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little") >> 1


def rows_of(
    article: Article, page: Page, statements: list[Statement], *, source: str, n: int, reader: str, model: str
) -> Rows:
    """Return the rows of one page: table -> rows."""
    number = page_id(article.path)
    values = rows.statement_values
    once = {statement.id: statement for statement in reversed(statements)}
    kept = list(reversed(once.values()))
    return {
        "page": [
            {
                "page_id": number, "n": n, "size": len(page.data), "input": storable(source),
                "sha256": page.sha256, "path": storable(article.path), "url": page.url,
                "media_type": page.media_type, "charset": page.charset, "got": page.got,
                "given": rows.dumps(dict(page.given)),
            }
        ],
        "text": [
            {"page_id": number, "address": address_of(article), "reader": reader, "model": model}
            | dict(zip(rows.TEXT_COLUMNS, rows.text_values(article), strict=True))
        ],
        "statement": [
            {"page_id": number, **dict(zip(rows.STATEMENT_COLUMNS, values(one), strict=True))} for one in kept
        ],
        "mention": [
            {
                "page_id": number, "start": fact.place[1], "end": fact.place[2], "words": fact.words,
                "role": fact.place[0], "name": fact.place[3], "actor_id": fact.speaker.actor,
            }
            for fact in linking.facts_of(article, [Held(0, one) for one in kept])
        ],
    }  # fmt: skip


def error_row(error: InputError, *, source: str, n: int) -> dict[str, Any]:
    """Return the row of what could not be worked on."""
    return {
        "n": n, "input": storable(source), "path": storable(error.path), "kind": type(error).__name__,
        "reason": storable(error.reason),
    }  # fmt: skip


def month_of(day: str | None) -> str:
    """Return the month of a day of publication, as its folder is called."""
    return day[:7] if day else NO_MONTH


class Staged:
    """What one try of one unit has written so far; nothing of it is seen until :meth:`commit`.

    Args:
        out: the folder of tables.
        unit: the id of the unit.
    """

    def __init__(self, out: Path, unit: str) -> None:
        self._out, self._unit = out, unit
        self._folder = out / STAGING / f"{unit}.{uuid4().hex}"
        self._folder.mkdir(parents=True)
        self._part = 0

    def write(self, waiting: Mapping[tuple[str, str], list[dict[str, Any]]]) -> None:
        """Write rows, by table and month, as one file each."""
        for (table, month), values in waiting.items():
            inner = Path(table) if table == "error" else Path(table, f"month={month}")
            file = self._folder / inner / f"{self._unit}-{self._part:03}.parquet"
            file.parent.mkdir(parents=True, exist_ok=True)
            made = pa.Table.from_pylist(values, schema=SCHEMAS[table])
            pq.write_table(made, file, compression="zstd")
            _flush(file)
        self._part += 1

    def commit(self, said: Mapping[str, Any]) -> bool:
        """Make all of it seen; tell whether this try was the first to do so."""
        files = sorted(str(file.relative_to(self._folder)) for file in self._folder.rglob("*.parquet"))
        mark = self._folder / _UNIT
        mark.write_text(json.dumps({**said, "files": files}), encoding="utf-8")
        _flush(mark)
        target = self._out / COMMITTED / self._unit
        target.parent.mkdir(exist_ok=True)
        try:
            self._folder.rename(target)
        except OSError:
            if not target.is_dir():
                raise
            shutil.rmtree(self._folder, ignore_errors=True)
            finish(self._out, self._unit)
            return False
        finish(self._out, self._unit)
        return True

    def drop(self) -> None:
        """Take away what was written and is not committed."""
        shutil.rmtree(self._folder, ignore_errors=True)


def _flush(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def committed(out: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield id and mark of each unit that is safe.

    Raises:
        RecordError: a mark is damaged.
    """
    folder = out / COMMITTED
    for place in sorted(folder.iterdir()) if folder.is_dir() else ():
        try:
            said = json.loads((place / _UNIT).read_text(encoding="utf-8"))
            rows.strings("a mark", said["input"], *said["files"])
            if any(Path(file).is_absolute() or ".." in Path(file).parts for file in said["files"]):
                raise ValueError("a file outside of the folder")
        except (OSError, *rows.DAMAGE) as error:
            raise RecordError(f"{place}: the mark of a unit is damaged ({error}). Take it out") from error
        yield place.name, said


def finish(out: Path, unit: str) -> None:
    """Move the files of a committed unit into the tables, as far as that was not done."""
    folder = out / COMMITTED / unit
    for file in sorted(folder.rglob("*.parquet")):
        target = out / file.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # Another try of the unit has moved it in this moment.
            file.replace(target)


def withdraw(out: Path, unit: str, said: Mapping[str, Any]) -> None:
    """Take a unit out of the tables: its input is another one now."""
    for file in said["files"]:
        (out / file).unlink(missing_ok=True)
    shutil.rmtree(out / COMMITTED / unit)


def recover(out: Path) -> None:
    """Finish what an earlier run left between commit and tables, and drop what it left uncommitted."""
    for unit, _ in committed(out):
        if any((out / COMMITTED / unit).rglob("*.parquet")):
            finish(out, unit)
    shutil.rmtree(out / STAGING, ignore_errors=True)
