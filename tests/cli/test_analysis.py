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
