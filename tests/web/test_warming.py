"""Warming: what a server does before it says that it is there."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from onrecord.web import warming
from onrecord.web.records import READERS, Records


def test_all_readers_are_open_before_the_first_request(sample_record: Path) -> None:
    """The records that requests read are opened once, and those are lent."""
    records = Records(sample_record, read_only=True)
    warming.warm(records)
    readers = records.open_readers()
    assert len(readers) == READERS
    assert readers == records.open_readers()
    records.close()


@pytest.mark.skipif(not hasattr(os, "posix_fadvise"), reason="this system cannot be asked to read ahead")
def test_the_file_is_read_ahead_as_far_as_memory_goes(
    sample_record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole file is asked for where half of the free memory holds it, else as much as that."""
    size = sample_record.stat().st_size
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "posix_fadvise", lambda _, start, length, __: asked.append((start, length)))
    monkeypatch.setattr(warming, "_PIECE", 100_000)
    assert warming.read_ahead(str(sample_record)) == size
    assert [start for start, _ in asked] == list(range(0, size, 100_000))
    assert sum(length for _, length in asked) == size
    monkeypatch.setattr(os, "sysconf", lambda name: 60_000 if name == "SC_AVPHYS_PAGES" else 2)
    assert warming.read_ahead(str(sample_record)) == 60_000


def test_where_the_system_cannot_be_asked_nothing_is_read_ahead(
    sample_record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the call, as on macOS and Windows, a server starts without reading ahead."""
    monkeypatch.delattr(os, "posix_fadvise", raising=False)
    assert warming.read_ahead(str(sample_record)) == 0


def test_a_damaged_record_still_starts(record_path: Path) -> None:
    """What a question meets is told by the page that asks it, and does not keep the server from starting."""
    with sqlite3.connect(record_path) as connection:
        connection.execute("UPDATE standing SET day = x'ff', speaker = 7, said_last = x'00'")
    connection.close()
    records = Records(record_path, read_only=True)
    warming.warm(records)
    assert len(records.open_readers()) == READERS
    records.close()
