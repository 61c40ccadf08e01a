"""Statements as CSV (RFC 4180): a header, one row a statement, columns as in the codebook."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import IO, Any, Final

from onrecord.export.codebook import COLUMNS
from onrecord.query import Row

#: A cell that begins with one of these is taken for a formula by one spreadsheet or another (OWASP, "CSV
#: Injection"); the full-width forms are folded to plain ones by some.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(rows: Iterable[Row], stream: IO[str]) -> int:
    """Write a header and one row a statement; return how many statements.

    Args:
        rows: as from :func:`onrecord.query.each`.
        stream: open for text in UTF-8 with ``newline=""``.
    """
    writer = csv.writer(stream)
    writer.writerow([column.name for column in COLUMNS])
    number = 0
    for row in rows:
        writer.writerow([cell(column.get(row), column.kind) for column in COLUMNS])
        number += 1
    return number


def cell(value: Any, kind: str) -> str:
    """Return a value as the text of a cell."""
    if value is None:
        return ""
    if kind == "number":
        return str(value)
    if kind == "spans":
        return ";".join(f"{start}-{end}" for start, end in value)
    text = "; ".join(value) if kind == "list" else str(value)
    text = text.replace("\0", "�")
    # White space before the sign does not stop every spreadsheet.
    return "'" + text if text.lstrip(" ").startswith(FORMULA) else text
