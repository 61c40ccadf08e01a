from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import SAMPLES, Run

WIRE = str(SAMPLES / "truce-wire.txt")
GOOD = {
    "id": "a",
    "title": "Harbour",
    "text": "“The mill stands,” said Ilka Sorn. " * 9,
    "outlet": "Quay News",
}
BAD = {"id": "b", "title": "", "text": "", "outlet": "Quay News"}


def archive(*rows: dict[str, str]) -> Path:
    """Write an archive into the folder one stands in."""
    path = Path("archive.jsonl")
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_inputs_counts_items(run: Run) -> None:
    """An archive has a line with its items by state; files of one page are counted together by folder."""
    run("add", str(archive(GOOD, BAD)), WIRE)
    lines = run("inputs").output.splitlines()
    assert lines[0] == "archive.jsonl: 2 items: 1 done, 1 failed"
    assert lines[1].endswith("articles/: 1 file: 1 done")


def test_inputs_names_what_failed(run: Run) -> None:
    """``--failed`` names each item that failed with its reason, and nothing else."""
    run("add", str(archive(GOOD, BAD)), "absent.txt")
    lines = run("inputs", "--failed").output.splitlines()
    assert [line.partition(": ")[0] for line in lines] == ["absent.txt", "archive.jsonl#b"]
    assert run("inputs", "--failed", "--json").output.count('"error": ') == 2


def test_nothing_failed_is_said(run: Run) -> None:
    """``--failed`` says so when nothing has."""
    run("add", WIRE)
    assert run("inputs", "--failed").output == "Nothing failed\n"


def test_retry_tries_what_failed(run: Run) -> None:
    """``--retry`` adds what can be read by now and names what still fails."""
    run("add", "late.txt", str(archive(GOOD, BAD)))
    Path("late.txt").write_bytes(Path(WIRE).read_bytes())
    result = run("inputs", "--retry")
    assert result.exit_code == 1
    assert "archive.jsonl#b" in result.stderr
    assert "2 articles: 1 new, 1 failed" in result.stdout
    assert run("inputs", "--failed").output.count("\n") == 1


def test_inputs_as_json(run: Run) -> None:
    """``--json`` prints a line for each input."""
    run("add", str(archive(GOOD)))
    line = json.loads(run("inputs", "--json").output)
    assert line["path"].endswith("archive.jsonl")
    assert (line["state"], line["items"]) == ("done", {"done": 1})
