"""Which characters end a row of a table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord import reading
from onrecord.article import Article


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85", "\v", "\f", "\x1c", "\x1d", "\x1e"])
@pytest.mark.parametrize("kind", ["csv", "quoted", "open", "json"])
def test_break_within_a_cell(tmp_path: Path, mark: str, kind: str) -> None:
    """A row of CSV or JSON that holds a rare line break is one row still, and so is the next."""
    first, second = f"The warden said{mark}yes on Monday.", f"The quay{mark} is shut."
    words = {
        "csv": f"title,text\nOne,{first}\nTwo,{second}\n",
        "quoted": f'title,text\nOne,"{first}"\r\nTwo,"{second}"\r\n',
        "open": f'title,text\nBad,"never closed\nOne,{first}\nTwo,{second}\n',
        "json": "".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in (first, second)),
    }[kind]
    path = tmp_path / ("table.json" if kind == "json" else "table.csv")
    path.write_bytes(words.encode())
    rows = [row for row in reading.read_all([path]) if isinstance(row, Article)]
    assert len(rows) == 2
    assert [row.text.split()[-1] for row in rows] == ["Monday.", "shut."]
