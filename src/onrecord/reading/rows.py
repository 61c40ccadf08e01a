"""Tables of articles as items: one row a page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from onrecord.article import Page
from onrecord.errors import InputError, LimitError, NoArticleError
from onrecord.reading import decode, ninjs, streams, tables, wire
from onrecord.reading.doubts import Doubts
from onrecord.reading.item import Item, now, position
from onrecord.reading.limits import MAX_BYTES

#: Ending of a file's name -> kind of table.
SUFFIXES: Final = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "\t",
    ".tab": "\t",
    ".json": "json",
}


def sniff_table(head: bytes) -> str | None:
    """Tell JSON lines and tables with a header in input without a telling name."""
    line = decode.decode(head).lstrip("\ufeff").lstrip().split("\n", 1)[0]
    if line.startswith("{"):
        try:
            return "jsonl" if isinstance(json.loads(line), dict) else None
        except (ValueError, RecursionError):
            return None
    return tables.guess_delimiter(line) if len(line) < 1_000 and tables.is_header(line) else None


def read_table(
    stream: BinaryIO, kind: str, path: str, given: Mapping[str, str], wanted: str | None, file: BinaryIO
) -> Iterator[Item | InputError]:
    """Read the rows of a table; with ``wanted`` the row of that number or id only.

    Args:
        stream: the table, unpacked.
        kind: as :data:`SUFFIXES` has it.
        path: its name.
        given: what the user says of it.
        wanted: number or id of the only row wanted.
        file: what is read for it, packed or not: how far tells how much is done.

    Raises:
        InputError: it cannot be read on; the rows before that have been yielded.
    """
    if kind == "json":
        data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise LimitError(
                path, f"is larger than {MAX_BYTES:,} bytes; write it as JSON lines, one article a line"
            )
        rows: Iterator[tables.Row | InputError] = _json_rows(decode.decode(data), path)
    else:
        lines = streams.lines(stream)
        if kind == "csv":
            first = next(lines, "")
            kind = tables.guess_delimiter(first)
            lines = _chain(first, lines)
        rows = tables.read_rows(lines, kind, path)
    seen: set[str] = set()
    number = 0
    doubts = Doubts(path, given)
    for number, row in enumerate(rows, start=1):
        if isinstance(row, InputError):
            if wanted in (None, str(number)):
                yield row
            continue
        name = _row_name(row, number, given, seen)
        if wanted is not None and wanted not in (name, str(number)):
            continue
        media = wire.NINJS if ninjs.is_ninjs(row) else decode.ROW
        if media == decode.ROW and doubts.waits(row, name) and wanted is None:
            continue
        yield from doubts.without_text()
        data = json.dumps(row, ensure_ascii=False).encode("utf-8", "replace")
        page = Page(data=data, media_type=media, got=now(), given=dict(given))
        yield Item(f"{path}#{name}", page, position(file))
        if wanted is not None:
            return
    if wanted is not None:
        raise InputError(f"{path}#{wanted}", "no row with this number or id")
    if number == 0:
        raise NoArticleError(path, "is a table without rows")
    doubts.finish()


def _row_name(row: tables.Row, number: int, given: Mapping[str, str], seen: set[str]) -> str:
    """Return a row's id where it has one of its own, else its number."""
    column = tables.find_columns(row, given).get("id")
    value = row.get("uri" if ninjs.is_ninjs(row) and "uri" in row else column or "")
    name = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not name or len(name) > 200 or name in seen:
        return str(number)
    seen.add(name)
    return name


def _json_rows(words: str, path: str) -> Iterator[tables.Row | InputError]:
    """Read a JSON file: an object or a list of objects, or JSON lines under another name."""
    try:
        value = json.loads(words)
    except (ValueError, RecursionError):
        yield from tables.read_rows(tables.split_lines(words), "jsonl", path)
        return
    for number, row in enumerate(value if isinstance(value, list) else [value], start=1):
        yield (
            row
            if isinstance(row, dict)
            else InputError(f"{path}#{number}", "is no JSON object; the row is left out")
        )


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest
