"""``export`` and ``evaluate``."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tests.cli.conftest import REPOSITORY, SAMPLES, Run

KEYS = str(REPOSITORY / "tests" / "gold")
WIRE = str(SAMPLES / "truce-wire.txt")


def test_export_to_a_file(run: Run) -> None:
    """A file by its suffix, and a codebook beside it that explains each of its columns."""
    run("add", WIRE)
    result = run("export", "--to", "out.csv")
    assert result.output == "23 statements written to out.csv, columns in out.csv.codebook.md\n"
    with Path("out.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 23
    codebook = Path("out.csv.codebook.md").read_text(encoding="utf-8")
    assert all(f"| {column} |" in codebook for column in rows[0])


def test_export_to_a_pipe(run: Run) -> None:
    """Without a file standard output gets CSV, or JSON lines when asked for, filtered as by ``said``."""
    run("add", WIRE)
    assert run("export").stdout.startswith("id,")
    lines = run("export", "--by", "tarrant", "--format", "jsonl").stdout.splitlines()
    assert {json.loads(line)["speaker"] for line in lines} == {"Hugo Tarrant"}
    assert run("export", "--by", "tarrant", "--json").stdout.splitlines() == lines


def test_export_is_told_in_json(run: Run) -> None:
    """With a file and ``--json`` one line says what was written."""
    run("add", WIRE)
    line = json.loads(run("export", "--to", "out.jsonl", "--json").stdout)
    assert line == {
        "file": "out.jsonl", "format": "jsonl", "statements": 23, "codebook": "out.jsonl.codebook.md",
    }  # fmt: skip


def test_export_spares_the_record(run: Run) -> None:
    """An export onto the record is wrong use and leaves the record whole."""
    run("add", WIRE)
    before = Path("news.onrecord").read_bytes()
    for target in ("news.onrecord", "./news.onrecord-wal"):
        result = run("export", "--to", target, "--force")
        assert result.exit_code == 2
        assert "is the record itself" in result.stderr
    assert Path("news.onrecord").read_bytes() == before
    assert run("verify").exit_code == 0


def test_export_replaces_only_exports(run: Run) -> None:
    """An earlier export is replaced, a file of the user's only with ``--force``."""
    run("add", WIRE)
    Path("notes.csv").write_text("my own notes\n", encoding="utf-8")
    refused = run("export", "--to", "notes.csv")
    assert refused.exit_code == 2
    assert refused.stderr.count("\n") == 1
    assert Path("notes.csv").read_text(encoding="utf-8") == "my own notes\n"
    assert run("export", "--to", "notes.csv", "--force").exit_code == 0
    assert run("export", "--to", "notes.csv").exit_code == 0


def test_export_where_nothing_can_be_written(run: Run) -> None:
    """A file that cannot be written is named in one line, status 1."""
    run("add", WIRE)
    result = run("export", "--to", "absent/out.csv")
    assert result.exit_code == 1
    assert result.stderr == "onrecord: absent/out.csv: No such file or directory\n"


def test_evaluate_prints_figures(run: Run) -> None:
    """What answers from the keys finds all that they mark."""
    result = run("evaluate", "--set", "gold", "--data", KEYS, "--only", "truce-wire", "--json")
    report = json.loads(result.stdout)
    assert report["articles"] == 1
    assert report["rows"]["statements"]["figure"] == 1
    assert result.exit_code == 0


def test_evaluate_shows_articles(run: Run) -> None:
    """``--show`` prints each article with what was found marked."""
    result = run("evaluate", "--set", "gold", "--data", KEYS, "--only", "truce-wire", "--show")
    assert "{Front spokesman Jarek Ostrow}" in result.output
    assert "gold: 1 articles" in result.output


def test_evaluate_names_what_fails(run: Run) -> None:
    """A folder without marked articles is one line and status 1."""
    Path("empty").mkdir()
    result = run("evaluate", "--set", "gold", "--data", "empty")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1


def test_evaluate_scores_pairs_of_one_text(run: Run, tmp_path: Path) -> None:
    """``--set stories`` weighs the pairs of a table by whether their articles came into one story."""
    text = (
        "The ferry sank off Tarrow point on Tuesday with forty people aboard. "
        "Boats from three villages picked up all but two of them before dark. "
        "The owner said the pumps had been checked in the spring and found in order. "
        "A fisherman who saw it go down said it leaned for a minute and then was gone."
    )
    other = (
        "The council voted nine to four to close the library on Sundays from autumn. "
        "Readers filled the gallery and sang until the chairman cleared it. "
        "Savings of eleven thousand crowns a year are hoped for, the treasurer told the meeting. "
        "The oldest borrower, who is ninety-one, promised to come on Sundays all the same."
    )
    articles = tmp_path / "articles.jsonl"
    lines = [
        {"id": name, "text": words, "date": "2024-03-05"}
        for name, words in (("a", text), ("b", text), ("c", other))
    ]
    articles.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    table = tmp_path / "pairs.csv"
    table.write_text("one,other,label,weight\na,b,same,1\na,c,same,3\nb,c,not,1\n", encoding="utf-8")
    result = run("evaluate", "--set", "stories", "--data", table, "--articles", articles, "--json")
    found = json.loads(result.stdout)
    assert (found["pairs"], found["precision"], found["recall"]) == (3, 1.0, 0.25)


def test_evaluate_of_pairs_asks_for_their_articles(run: Run, tmp_path: Path) -> None:
    """``--set stories`` without --articles is a usage error that says what is missing."""
    table = tmp_path / "pairs.csv"
    table.write_text("one,other,label,weight\n", encoding="utf-8")
    result = run("evaluate", "--set", "stories", "--data", table)
    assert result.exit_code == 2
    assert "--articles" in result.stderr
