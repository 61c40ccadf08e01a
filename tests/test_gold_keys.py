"""The keys in tests/gold say what a careful reader finds in the sample articles.

Here they are held to their texts. A key names its article (``file``), its fields and its statements in
the order of the text. ``context`` is what stands right before the statement's first fragment in the visible
text, white space collapsed. Statements that ``may_join`` lists together
belong to one long quotation: a finder may join or part them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from onrecord.article import FIELDS

HERE = Path(__file__).parent
ARTICLES = HERE.parent / "examples" / "articles"
KEYS = sorted((HERE / "gold").glob("*.json"))
ACTS = {
    "say", "deny", "accuse", "demand", "warn", "promise", "predict", "praise", "reject", "admit", "stance",
}  # fmt: skip
KINDS = {"person", "organisation", "state", "media", "group", "unnamed"}
STATEMENT = {
    "id", "content", "source", "cue", "type", "speaker", "speaker_kind", "speaker_named", "via", "parent",
    "addressee", "said_at", "said_basis", "act", "context",
}  # fmt: skip
#: Source, cue and the rest stand at most this many characters from the content.
NEAR = 500

each_key = pytest.mark.parametrize("key", KEYS, ids=lambda path: path.stem)


def load(path: Path) -> dict[str, Any]:
    """Read one key."""
    key: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return key


def rows() -> dict[str, dict[str, str]]:
    """Read the articles of the JSON lines file by their ids."""
    lines = (ARTICLES / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, lines)}


def visible(name: str) -> str:
    """Return what a reader of the named example sees, white space collapsed."""
    path, _, row = name.partition("#")
    file = HERE.parent / path
    if row:
        text = f"{rows()[row]['title']}\n\n{rows()[row]['text']}"
    elif file.suffix == ".html":
        body = html.document_fromstring(file.read_text(encoding="utf-8")).find("body")
        assert body is not None
        text = body.text_content()
    else:
        text = file.read_text(encoding="utf-8")
    return collapse(text)


def collapse(text: str) -> str:
    """Turn every run of white space into one space."""
    return re.sub(r"\s+", " ", text)


def place(statement: dict[str, Any], text: str) -> tuple[int, int]:
    """Return where the statement's content begins and ends; its first fragment follows the context."""
    head = statement["context"] + statement["content"][0]
    assert text.count(head) == 1, f"{statement['id']}: {text.count(head)} places for {head!r}"
    start = text.index(head) + len(statement["context"])
    end = start
    for fragment in statement["content"]:
        at = text.find(fragment, end)
        assert at >= 0, f"{statement['id']}: {fragment!r} does not follow the fragment before it"
        end = at + len(fragment)
    return start, end


def mentions(statement: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the substrings that stand somewhere near the content, each with its field."""
    for name in ("source", "cue", "addressee", "said_basis"):
        if statement[name] is not None:
            yield name, statement[name]
    for via in statement["via"]:
        yield "via", via


def test_every_example_has_a_key_and_every_key_an_example() -> None:
    """Examples and keys name each other, one to one."""
    files = {f"examples/articles/{path.name}" for path in ARTICLES.iterdir() if path.suffix != ".jsonl"}
    files |= {f"examples/articles/articles.jsonl#{row}" for row in rows()}
    assert sorted(load(path)["file"] for path in KEYS) == sorted(files)


@each_key
def test_fields_are_known_and_stand_in_the_page(key: Path) -> None:
    """A key gives no field that an article lacks, and the printed ones can be read off the page."""
    gold = load(key)
    path, _, row = gold["file"].partition("#")
    file = HERE.parent / path
    page = json.dumps(rows()[row], ensure_ascii=False) if row else file.read_text("utf-8")
    both = collapse(page) + "\n" + visible(gold["file"])
    assert set(gold["article"]) < set(FIELDS)
    for name, value in gold["article"].items():
        if value is not None and name not in {"published", "language"}:
            assert value in both, f"{name}: {value!r} is not in {gold['file']}"


@each_key
def test_every_word_of_a_statement_is_in_the_text(key: Path) -> None:
    """Each content has one place, after its context, and source, cue and the rest stand near it."""
    gold = load(key)
    text = visible(gold["file"])
    for statement in gold["statements"]:
        start, end = place(statement, text)
        around = text[max(0, start - NEAR) : end + NEAR]
        for name, words in mentions(statement):
            assert words in around, f"{statement['id']}: {name} {words!r} is not near its content"


@each_key
def test_statements_are_well_formed(key: Path) -> None:
    """Ids count up, values come from the closed lists, days are days, and nothing is left out."""
    statements = load(key)["statements"]
    assert [s["id"] for s in statements] == [f"s{n}" for n in range(1, len(statements) + 1)]
    for s in statements:
        assert set(s) == STATEMENT
        assert s["content"]
        assert all(part == part.strip() and part for part in s["content"])
        assert s["type"] in {"direct", "indirect", "mixed"}
        assert s["act"] in ACTS
        assert (s["speaker"] is None) == (s["speaker_kind"] is None)
        assert s["speaker_kind"] in KINDS | {None}
        assert (s["said_at"] is None) == (s["said_basis"] is None)
        if s["said_at"]:
            first, last = map(date.fromisoformat, s["said_at"])
            assert first <= last


@each_key
def test_nested_and_joined_statements_fit_their_partners(key: Path) -> None:
    """A nested statement lies inside its parent, and statements that may join belong to one speaker."""
    gold = load(key)
    text = visible(gold["file"])
    by_id = {s["id"]: s for s in gold["statements"]}
    for statement in gold["statements"]:
        if statement["parent"] is not None:
            outer, inner = place(by_id[statement["parent"]], text), place(statement, text)
            assert outer[0] <= inner[0], statement["id"]
            assert inner[1] <= outer[1], statement["id"]
            assert outer != inner, statement["id"]
    for pair in gold.get("may_join", []):
        assert len({by_id[name]["speaker"] for name in pair}) == 1
