"""The app as a whole: its pages answer, and errors speak."""

from __future__ import annotations

import hashlib
import json

import pytest
from fastapi.testclient import TestClient

from onrecord.web.pages import FOLDER


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
