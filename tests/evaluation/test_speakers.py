"""Scores of speakers, apart from the finder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.article import Article, Statement
from onrecord.errors import InputError
from onrecord.evaluation import evaluate

TEXT = "Ivo Marl, mayor of Tarn, slept.\n“It rained,” he said.\n“It poured,” residents said.\n"


def nothing(article: Article) -> list[Statement]:
    """Find no statement."""
    return []


def syria(folder: Path, **changes: Any) -> Path:
    """Write an article with a marker's key."""
    row = {
        "id": "s1",
        "content": ["“It rained,”"],
        "source": "he",
        "cue": "said",
        "type": "direct",
        "speaker": "Ivo Marl",
        "speaker_named": True,
        "speaker_kind": "person",
        "office": "mayor of Tarn",
        "via": [],
        "parent": None,
        "line": 2,
        "said_at": None,
        "said_basis": None,
        "act": "say",
        **changes,
    }
    (folder / "tarn.txt").write_text(TEXT, "utf-8")
    (folder / "tarn.a.json").write_text(json.dumps({"id": "tarn", "statements": [row]}), "utf-8")
    return folder


def polnear(folder: Path, **changes: Any) -> tuple[Path, Path]:
    """Write an article with marked attributions, and a file of speakers."""
    (folder / "text").mkdir()
    (folder / "attributions").mkdir()
    (folder / "text" / "tarn.txt").write_text(TEXT, "utf-8")
    start = TEXT.index("“It poured")
    source = TEXT.index("residents")
    lines = [
        f"T1\tContent {start} {start + 12}\tx",
        f"T2\tSource {source} {source + 9}\tresidents",
        f"T3\tCue {source + 10} {source + 14}\tsaid",
        "E1\tContent:T1 Source:T2 Cue:T3",
    ]
    (folder / "attributions" / "tarn_ann.ann").write_text("\n".join(lines), "utf-8")
    row = {
        "content": [[start, start + 12]],
        "speaker": "residents",
        "kind": "unnamed",
        "named": False,
        **changes,
    }
    key = folder / "key.jsonl"
    key.write_text(json.dumps({"article": "tarn", "statements": [row]}) + "\n", "utf-8")
    return folder, key


def test_given_apart_from_found(tmp_path: Path) -> None:
    """With nothing found there are figures for the marked statements given, and none for found ones."""
    report = evaluate("speakers", syria(tmp_path), nothing)
    figures = {name: row.figure for name, row in report.rows.items()}
    assert figures["given: speaker"] == figures["given: kind"] == figures["given: office"] == 1
    assert "speaker" not in figures
    assert figures["given: rule pronoun-subject"] == 1


def test_wrong_name(tmp_path: Path) -> None:
    """A speaker other than the marked one is wrong, whatever his kind."""
    report = evaluate("speakers", syria(tmp_path, speaker="Ana Dorr"), nothing)
    assert (report.rows["given: speaker"].figure, report.rows["given: kind"].figure) == (0, 1)


def test_key_file(tmp_path: Path) -> None:
    """Attributions take their speakers from a file of names, and have neither office nor chain to score."""
    data, key = polnear(tmp_path)
    report = evaluate("speakers", data, nothing, str(key))
    assert report.rows["given: unnamed speaker"].figure == 1
    assert report.rows["given: kind"].figure == 0
    assert not {"given: office", "given: via"} & set(report.rows)


def test_key_file_with_finer_fields(tmp_path: Path) -> None:
    """A file of speakers that marks the chain is scored on chain and office too."""
    data, key = polnear(tmp_path, id="s1", via=["the radio"], office="farmers", parent=None)
    rows = evaluate("speakers", data, nothing, str(key)).rows
    assert (rows["given: via"].figure, rows["given: office"].figure) == (0, 0)


def test_key_file_about_a_table(tmp_path: Path) -> None:
    """A file of speakers may be about rows of a table, and then brings the statements with it."""
    start, source = TEXT.index("“It poured"), TEXT.index("residents")
    row = {
        "content": [[start, start + 12]],
        "source": [[source, source + 9]],
        "cue": [[source + 10, source + 14]],
        "speaker": "residents",
        "kind": "unnamed",
        "named": False,
    }
    line = {"article": "n1", "file": "news.jsonl", "statements": [row]}
    (tmp_path / "news.jsonl").write_text(json.dumps({"id": "n1", "text": TEXT}) + "\n", "utf-8")
    (tmp_path / "key.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    report = evaluate("speakers", tmp_path, nothing, str(tmp_path / "key.jsonl"))
    assert (report.rows["given: speaker"].figure, report.rows["given: speaker"].count.gold) == (1, 1)
    (tmp_path / "key.jsonl").write_text(json.dumps({**line, "article": "n2"}) + "\n", "utf-8")
    with pytest.raises(InputError, match="n2"):
        evaluate("speakers", tmp_path, nothing, str(tmp_path / "key.jsonl"))


@pytest.mark.parametrize("changes", [{"also_kinds": ["group"]}, {"kind": "group"}])
def test_also_kinds(tmp_path: Path, changes: dict[str, Any]) -> None:
    """A kind that the key allows beside its own is right."""
    data, key = polnear(tmp_path, **changes)
    assert evaluate("speakers", data, nothing, str(key)).rows["given: kind"].figure == 1


def test_no_speaker_to_tell(tmp_path: Path) -> None:
    """A marked statement of which nobody can tell the speaker is not scored."""
    data, key = polnear(tmp_path, speaker=None, kind=None)
    assert not evaluate("speakers", data, nothing, str(key)).rows


def test_attributions_without_names(tmp_path: Path) -> None:
    """Attributions without a file of names are refused with what to give."""
    data, _ = polnear(tmp_path)
    with pytest.raises(InputError, match="--key FILE"):
        evaluate("speakers", data, nothing)


@pytest.mark.parametrize(
    "line", ["{}", "[1]", '{"article": "tarn", "statements": [{"content": [[1]]}]}', "x"]
)
def test_bad_line(tmp_path: Path, line: str) -> None:
    """A line of another kind is refused with its number."""
    data, key = polnear(tmp_path)
    key.write_text("\n" + line, "utf-8")
    with pytest.raises(InputError, match="#2"):
        evaluate("speakers", data, nothing, str(key))
