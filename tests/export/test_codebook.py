from __future__ import annotations

import io
import re

from onrecord.export import COLUMNS, write_codebook


def test_every_column_is_explained_once() -> None:
    """The codebook has a line with kind, meaning and ground for each column, in the order of writing."""
    stream = io.StringIO()
    write_codebook(stream)
    lines = re.findall(r"^\| (\w+) \| (\w+) \| (.+) \| (.+) \|$", stream.getvalue(), re.MULTILINE)
    explained = [name for name, *_ in lines if name != "column"]
    assert explained == [column.name for column in COLUMNS]
    assert len(set(explained)) == len(explained)
    assert all(len(meaning) > 20 for _, _, meaning, _ in lines[1:])


def test_every_kind_is_one_that_the_formats_write() -> None:
    """A column of an unknown kind would be written wrongly without anyone noticing."""
    assert {column.kind for column in COLUMNS} == {"text", "number", "day", "time", "list", "spans"}
