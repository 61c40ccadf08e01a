"""The app as a whole: its pages answer, and errors speak."""

from __future__ import annotations

import hashlib
import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from onrecord.record import Record
from onrecord.web import create_app, records
from onrecord.web.pages import FOLDER
from onrecord.web.records import Reading
from tests.web.conftest import HERE, KEYS


def test_first_page(web: TestClient) -> None:
    """The first page shows statements of the record."""
    answer = web.get("/")
    assert answer.status_code == 200
    assert "Search" in answer.text
    assert answer.text.count("<li>") > 10


@pytest.mark.parametrize(
    ("path", "status"), [("/nowhere", 404), ("/article/999999", 404), ("/statement/none", 404)]
)
def test_missing_pages(web: TestClient, path: str, status: int) -> None:
    """What is not there is answered by a page that says so."""
    answer = web.get(path)
    assert answer.status_code == status
    assert 'role="alert"' in answer.text


def test_vendored_files() -> None:
    """Each file of others is the one that its manifest names, with its licence beside it."""
    vendor = FOLDER / "static" / "vendor"
    manifest = json.loads((vendor / "manifest.json").read_text())
    named = {one["file"] for one in manifest} | {one["licence_file"] for one in manifest} | {"manifest.json"}
    assert {one.name for one in vendor.iterdir()} == named
    for one in manifest:
        assert hashlib.sha256((vendor / one["file"]).read_bytes()).hexdigest() == one["sha256"], one["file"]


def test_a_question_without_end_is_given_up(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes too long is stopped and said to be so, and the next question is answered."""
    monkeypatch.setattr(records, "LONGEST_SECONDS", 0.05)

    @app.get("/endless")
    def endless(record: Reading) -> None:
        record.rows("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n")

    with TestClient(app, base_url=HERE) as client:
        answer = client.get("/endless")
        assert answer.status_code == 503
        assert "longer than is allowed" in answer.text
        monkeypatch.setattr(records, "LONGEST_SECONDS", 10)
        assert client.get("/").status_code == 200


def test_reading_goes_on_while_another_writes(record_path: Path, app: FastAPI) -> None:
    """A reader is answered at once while a writer holds the record, and sees what was there before."""
    with Record(record_path, extractor=KEYS) as writer, TestClient(app, base_url=HERE) as client:
        before = client.get("/search.json").json()["rows"]
        with writer.writing("a test") as connection:
            connection.execute("DELETE FROM placement")
            begun = time.monotonic()
            assert client.get("/search.json").json()["rows"] == before
            assert time.monotonic() - begun < 5


def test_many_readers_share_few_connections(app: FastAPI) -> None:
    """Forty questions at once are all answered, by no more open records than allowed."""
    with TestClient(app, base_url=HERE) as client, ThreadPoolExecutor(40) as pool:
        found = list(pool.map(lambda _: client.get("/search.json").status_code, range(40)))
        assert found == [200] * 40
        assert len(app.state.records._free[True]) <= records.READERS


def test_every_page_is_data_too(web: TestClient) -> None:
    """Each address answers as JSON with .json behind its path."""
    identity = web.get("/search.json").json()["rows"][0]["id"]
    paths = [
        "/search",
        "/article/1",
        "/article/1/source",
        "/article/1/history",
        "/actors",
        "/overview",
        "/review",
    ]
    for path in [*paths, f"/statement/{identity}/why", f"/statement/{identity}"]:
        answer = web.get(f"{path}.json")
        assert answer.status_code == 200, path
        assert isinstance(answer.json(), dict), path
    assert web.get("/article/999999.json").json()["status"] == 404


def test_an_empty_record_says_what_to_do(tmp_path: Path) -> None:
    """A record without a page names the command that adds some."""
    path = tmp_path / "empty.onrecord"
    Record(path).close()
    with TestClient(create_app(path), base_url=HERE) as client:
        for page in ("/", "/actors", "/overview", "/review", "/history"):
            assert client.get(page).status_code == 200, page
        assert "onrecord add" in client.get("/").text
