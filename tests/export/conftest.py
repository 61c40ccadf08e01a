"""Rows to export."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.query import Row
from onrecord.record import Record
from tests.record import stub


@pytest.fixture
def rows(tmp_path: Path) -> list[Row]:
    """Two statements of one article, one of them corrected and confirmed."""
    with Record(tmp_path / "news.onrecord", extractor=stub.FINDER, reader=stub.READER) as record:
        record.add(stub.article())
        number = record.said("grain")[0].id
        record.judge(number, field="office", value="=warden()", author="ana")
        record.judge(number, accept=True, author="ana")
        return record.said()
