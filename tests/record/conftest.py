"""A fresh record with the stub reader and finder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from onrecord.record import Extractor, Reader, Record
from tests.record import stub

Open = Callable[..., Record]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the record of this test lies."""
    return tmp_path / "news.onrecord"


@pytest.fixture
def opened(path: Path) -> Iterator[Open]:
    """Open the record of this test, with another reader or finder where asked; all are closed at the end."""
    held: list[Record] = []

    def opening(extractor: Extractor = stub.FINDER, reader: Reader = stub.READER, **options: bool) -> Record:
        held.append(Record(path, extractor=extractor, reader=reader, **options))
        return held[-1]

    yield opening
    for record in held:
        record.close()


@pytest.fixture
def record(opened: Open) -> Record:
    """Open an empty record."""
    return opened()
