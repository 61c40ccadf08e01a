"""Datasette, the real one, opens a record: its tables, foreign keys, full-text search and views work."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from onrecord.record import Record
from tests.record import stub

METADATA = Path(__file__).parents[2] / "docs" / "datasette.json"

ADDRESSES = {
    "database": "/news.json",
    "key": "/news/standing.json?_labels=on&_size=1&_shape=objects",
    "text": "/news/text.json?_search=northern+port&_shape=objects&_col=headline",
    "words": "/news/search_row.json?_search=grain&_shape=objects",
    "merged": "/news/merged.json?_shape=objects&_sort=speaker",
    "page": "/news/standing",
    "row": "/news/article/1",
}

#: A process of its own: Datasette's imports warn, and warnings are errors here.
SCRIPT = """
import asyncio, json, sys
from datasette.app import Datasette

async def main():
    datasette = Datasette([sys.argv[1]], metadata=json.loads(sys.argv[3]))
    found = {}
    for name, address in json.loads(sys.argv[2]).items():
        answer = await datasette.client.get(address)
        found[name] = [answer.status_code, answer.text]
    print(json.dumps(found))

asyncio.run(main())
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Ask Datasette about a record, with the metadata that the documents give."""
    pytest.importorskip("datasette", reason="datasette is not installed (pip install 'onrecord[dev]')")
    path = tmp_path_factory.mktemp("datasette") / "news.onrecord"
    with Record(path, extractor=stub.FINDER, reader=stub.READER) as record:
        record.add(stub.article())
        record.add(stub.numbered(3))
    given = [str(path), json.dumps(ADDRESSES), METADATA.read_text()]
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SCRIPT, *given],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    found = json.loads(run.stdout)
    assert {name: status for name, (status, _) in found.items()} == dict.fromkeys(ADDRESSES, 200)
    return {
        name: json.loads(text) if ".json" in ADDRESSES[name] else text for name, (_, text) in found.items()
    }


def tables(answers: dict[str, Any]) -> dict[str, Any]:
    """Return its tables by name."""
    return {one["name"]: one for one in answers["database"]["tables"]}


def test_foreign_keys_are_known(answers: dict[str, Any]) -> None:
    """What stands leads to the statement as found and to its article, and an article to what stands."""
    keys = {
        one["column"]: one["other_table"] for one in tables(answers)["standing"]["foreign_keys"]["outgoing"]
    }
    assert keys == {"statement_pk": "statement", "article_id": "article"}
    assert answers["key"]["rows"][0]["article_id"]["value"] in (1, 2)
    for table in ("statement", "article"):
        assert re.search(rf'href="/news/{table}/\d+"', answers["page"])
    assert 'href="/news/standing?article_id=1"' in answers["row"]


def test_full_text_is_searched(answers: dict[str, Any]) -> None:
    """Words of an article find its text, and words of a statement the statement."""
    assert [row["headline"] for row in answers["text"]["rows"]] == ["Harbour talks end without a date"]
    assert {row["speaker"].split(" actor")[0] for row in answers["words"]["rows"]} == {"Milan Dravec"}
    assert all("grain" in row["words"] for row in answers["words"]["rows"])


def test_views_answer(answers: dict[str, Any]) -> None:
    """The view for readers of the file has each statement as it stands, with its article."""
    assert {"merged", "search_row"} <= {one["name"] for one in answers["database"]["views"]}
    assert [(row["speaker"], row["outlet"]) for row in answers["merged"]["rows"]] == [
        (name, "Coast Courier") for name in ("Ilka Sorn", "Ilka Sorn", "Milan Dravec", "Milan Dravec")
    ]
