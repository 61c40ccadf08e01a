"""Statements as JSON lines: one object a line, keys as in the codebook."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO

from onrecord.export.codebook import COLUMNS
from onrecord.query import Row


def write_jsonl(rows: Iterable[Row], stream: IO[str]) -> int:
    """Write one JSON object a statement; return how many.

    Args:
        rows: as from :func:`onrecord.query.each`.
        stream: open for text in UTF-8.
    """
    number = 0
    for row in rows:
        values = {column.name: column.get(row) for column in COLUMNS}
        stream.write(json.dumps(values, ensure_ascii=False) + "\n")
        number += 1
    return number
