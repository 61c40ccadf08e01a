"""The key of speakers in benchmarks/speakers has the shape that its description states."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "benchmarks" / "speakers"
KINDS = ("person", "organisation", "state", "media", "group", "unnamed")
FIELDS = ["content", "speaker", "also", "kind", "named", "also_kinds"]
#: A longer "name" would be a sentence of the article, which the key must not hold.
LONGEST = 8


def articles() -> list[dict[str, Any]]:
    """Return the articles of the key."""
    lines = (FOLDER / "polnear-dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def statements() -> list[dict[str, Any]]:
    """Return the statements of all articles."""
    return [statement for article in articles() for statement in article["statements"]]


def test_articles_come_once_with_a_hash_and_known_fields() -> None:
    """Fifteen articles, each once, with the hash of its text and statements of just the described fields."""
    names = [article["article"] for article in articles()]
    assert len(names) == len(set(names)) == 15
    assert names == sorted(names)
    for article in articles():
        assert list(article) == ["article", "text_sha256", "statements"]
        assert re.fullmatch(r"[0-9a-f]{64}", article["text_sha256"])
        assert all(list(statement) == FIELDS for statement in article["statements"])


def test_spans_are_ordered_and_no_content_comes_twice() -> None:
    """Fragments of a content follow each other, and contents follow each other in their article."""
    for article in articles():
        contents = [statement["content"] for statement in article["statements"]]
        for content in contents:
            assert content
            assert all(0 <= start < end for start, end in content)
            assert all(one[1] <= two[0] for one, two in pairwise(content))
        assert all(one < two for one, two in pairwise(contents))


def test_names_and_kinds_are_well_formed() -> None:
    """A speaker has a kind from the list, a null speaker has nothing, and names are short and given once."""
    for statement in statements():
        names = [statement["speaker"], *statement["also"]]
        kinds = [statement["kind"], *statement["also_kinds"]]
        if statement["speaker"] is None:
            assert names == kinds == [None]
            assert statement["named"] is False
            continue
        assert len(set(names)) == len(names), names
        assert all(name and name == name.strip() and len(name.split()) <= LONGEST for name in names), names
        assert len(set(kinds)) == len(kinds), names
        assert set(kinds) <= set(KINDS), names
        assert not (statement["named"] and statement["kind"] == "unnamed"), names


def test_counts_are_those_described() -> None:
    """The description's table gives the true number of statements for each kind, named and not."""
    described = (FOLDER / "README.md").read_text(encoding="utf-8")
    counted = Counter((statement["kind"], statement["named"]) for statement in statements())
    for kind in KINDS:
        line = re.search(rf"^\| {kind} \| (\d+) \| (\d+) \|$", described, re.MULTILINE)
        assert line is not None
        assert [int(number) for number in line.groups()] == [counted[kind, True], counted[kind, False]]
    assert f"for {len(statements())} attributions" in described
