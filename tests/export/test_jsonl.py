from __future__ import annotations

import io
import json

from onrecord.export import COLUMNS, write_jsonl
from onrecord.query import Row


def test_each_line_is_a_statement_with_the_columns_of_the_codebook(rows: list[Row]) -> None:
    """Keys are the columns in their order; spans are lists; text is as printed."""
    stream = io.StringIO()
    assert write_jsonl(rows, stream) == 2
    first, second = (json.loads(line) for line in stream.getvalue().splitlines())
    assert list(first) == list(second) == [column.name for column in COLUMNS]
    assert first["words"] == "“The grain stores are safe, and they will stay so,”"
    assert (first["office"], first["verdict"], first["judged"]) == ("=warden()", "accept", ["office"])
    assert first["content_spans"] == [list(span) for span in rows[0].content]
    assert (second["office"], second["said_first"], second["judged"]) == (None, None, [])


def test_nothing_gives_an_empty_file() -> None:
    """No statement, no line."""
    stream = io.StringIO()
    assert write_jsonl([], stream) == 0
    assert stream.getvalue() == ""
