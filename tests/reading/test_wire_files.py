"""Files and folders of what wire services send: told by their content, an article for each item."""

from __future__ import annotations

import gzip
import json
import warnings
from pathlib import Path

import pytest

from onrecord import reading
from onrecord.article import Article
from onrecord.errors import InputError, WithheldError
from tests.reading import wire_samples as samples
from tests.reading.test_wire import PLAIN


def test_message_of_many(tmp_path: Path) -> None:
    """Each item of a message is an article FILE#id or an error in its place; packages are passed over."""
    items = [samples.news_item(guid=f"urn:hw:{n}", content=PLAIN.replace("May", f"May {n}")) for n in (1, 2)]
    killed = samples.news_item(guid="urn:hw:3", status="stat:canceled")
    path = tmp_path / "message.xml"
    path.write_text(samples.message(*items, samples.PACKAGE, killed), encoding="utf-8")
    found = list(reading.read_all([path]))
    assert [one.path for one in found] == [f"{path}#urn:hw:{n}" for n in (1, 2, 3)]
    assert [type(one) for one in found] == [Article, Article, WithheldError]
    one = reading.read(f"{path}#urn:hw:2")
    assert "May 2" in one.text
    with pytest.raises(InputError, match="no item"):
        reading.read(f"{path}#urn:hw:4")


def test_list_of_objects(tmp_path: Path) -> None:
    """A JSON list, and JSON lines, of news objects give an article each, named by its URI."""
    objects = [samples.ninjs(2, uri=f"urn:hw:{n}") for n in (1, 2)]
    listed, lines = tmp_path / "a.json", tmp_path / "b.jsonl"
    listed.write_text(json.dumps(objects), encoding="utf-8")
    lines.write_text("\n".join(map(json.dumps, objects)), encoding="utf-8")
    found = list(reading.read_all([listed, lines]))
    assert [one.path for one in found] == [f"{path}#urn:hw:{n}" for path in (listed, lines) for n in (1, 2)]
    assert all(isinstance(one, Article) and one.published_from == "ninjs versioncreated" for one in found)


def test_known_by_content(tmp_path: Path) -> None:
    """Items are found in folders whatever their names, and other XML and JSON there is passed over."""
    (tmp_path / "one.dat").write_text(samples.news_item(), encoding="utf-8")
    (tmp_path / "two").write_bytes(samples.ninjs_bytes(1, uri="urn:hw:2"))
    (tmp_path / "three.xml").write_bytes(samples.nitf().replace('encoding="UTF-8"', "").encode("utf-16"))
    (tmp_path / "four.xml.gz").write_bytes(gzip.compress(samples.news_item().encode()))
    (tmp_path / "other.xml").write_text("<config><item>1</item></config>", encoding="utf-8")
    (tmp_path / "package.json").write_text('{"name": "x", "uri": "y"}', encoding="utf-8")
    with warnings.catch_warnings(record=True):
        warnings.simplefilter("always")
        found = list(reading.read_all([tmp_path]))
    assert [Path(one.path).name for one in found] == ["four.xml.gz", "one.dat", "three.xml", "two"]
    assert all(isinstance(one, Article) for one in found)
