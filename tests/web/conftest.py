"""A record of the sample articles behind the web app, and ways to ask it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from onrecord import reading
from onrecord.record import Extractor, Record
from onrecord.web import create_app
from tests.cli.conftest import SAMPLES, extract_from_keys

#: Where the app thinks that it is; tests that are not about the Host header go by it.
HERE = "http://127.0.0.1:8321"

KEYS = Extractor("keys", extract_from_keys)


@pytest.fixture(scope="session")
def sample_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the record of the sample articles, with the statements that their keys mark: once."""
    path = tmp_path_factory.mktemp("sample") / "sample.onrecord"
    with Record(path, extractor=KEYS) as record:
        found = list(reading.read_all([str(SAMPLES)]))
        list(record.add_all(one for one in found if not isinstance(one, Exception)))
    return path


@pytest.fixture
def record_path(sample_record: Path, tmp_path: Path) -> Path:
    """Where a copy of the sample record lies, which a test may change."""
    return Path(shutil.copy(sample_record, tmp_path / "news.onrecord"))


@pytest.fixture(scope="session")
def reading_app(sample_record: Path) -> FastAPI:
    """Serve the sample record for reading only."""
    return create_app(sample_record, read_only=True, extractor=KEYS)


@pytest.fixture
def web(reading_app: FastAPI) -> Iterator[TestClient]:
    """Ask the sample record; nothing can be changed."""
    with TestClient(reading_app, base_url=HERE) as client:
        yield client


@pytest.fixture
def app(record_path: Path) -> FastAPI:
    """Serve a copy of the sample record."""
    return create_app(record_path, extractor=KEYS, author="ana")


@pytest.fixture
def editing(app: FastAPI) -> Iterator[TestClient]:
    """Ask and change a copy of the sample record, as a browser that has opened a page of it."""
    with TestClient(app, base_url=HERE) as client:
        page = client.get("/").text
        found = re.search(r'name="csrf" content="([0-9a-f]+)"', page)
        assert found
        client.headers["X-CSRF-Token"] = found[1]
        yield client
