"""``review``, ``agreement``, and the corrections of ``judge`` that give ends and add statements."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.conftest import SAMPLES, Run


@pytest.fixture
def filled(run: Run) -> Run:
    """Run in a record of two articles."""
    assert run("add", str(SAMPLES / "truce-wire.txt")).exit_code == 0
    return run


def lines(run: Run, *args: str) -> list[dict[str, Any]]:
    """Return what a command prints as JSON."""
    result = run(*args, "--json")
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_two_coders_from_draw_to_agreement(filled: Run) -> None:
    """Two people answer apart, and what they say otherwise is printed side by side once both are done."""
    drawn = ("--drawn", "random", "--seed", "3", "--size", "4", "--coders", "2")
    assert "4 statements in the sample june" in filled("review", "sample", "june", *drawn).output
    for coder in ("ana", "ben"):
        for number in range(1, 5):
            verdict = "--reject" if (coder, number) == ("ben", 2) else "--accept"
            filled("review", "answer", "june", str(number), verdict, "--author", coder)
        if coder == "ana":
            early = filled("agreement", "june")
            assert early.exit_code == 2
            assert "not done by two coders yet" in early.stderr
    shown = filled("agreement", "june").output
    assert "ana and ben: 4 statements" in shown
    assert "2  statement:" in shown
    (found,) = lines(filled, "agreement", "june")
    assert found["units"] < 1
    assert [one["values"] for one in found["disagreements"]] == [["accept", "reject"]]
    assert "ana 4 done, 0 open; ben 4 done, 0 open" in filled("review", "list").output
    assert filled("judge", "--list").output == ""


def test_one_coder_judges(filled: Run) -> None:
    """Answers to a sample of one coder are judgements, and what is answered is no longer shown as open."""
    filled("review", "sample", "doubt", "--size", "2")
    filled("review", "answer", "doubt", "1", "--accept", "--set", "speaker=Nela Vost", "--author", "ana")
    assert [one["n"] for one in lines(filled, "review", "show", "doubt", "--author", "ana")] == [2]
    assert {one["field"] for one in lines(filled, "judge", "--list")} == {"speaker", "verdict"}
    assert lines(filled, "said", "--by", "Vost")[0]["verdict"] == "accept"


@pytest.mark.parametrize(
    "args",
    [
        ("review", "answer", "none", "1", "--accept"),
        ("review", "answer", "none", "1"),
        ("review", "answer", "none", "1", "--accept", "--set", "colour=red"),
        ("review", "show", "none"),
        ("agreement", "none"),
        ("judge", "--missed", "some words"),
        ("export", "words", "--format", "training"),
    ],
)
def test_wrong_use(filled: Run, args: tuple[str, ...]) -> None:
    """What means nothing is one line and status 2."""
    result = filled(*args)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_other_ends_and_missed_statements(filled: Run) -> None:
    """Ends are set, a missed statement is added, and both come out as training data."""
    row = lines(filled, "said", "spreadsheet")[0]
    words = " ".join(row["words"].split()[:3])
    (made,) = lines(filled, "judge", row["id"], "--set", f"content={words}")
    assert (made["value"], made["was"]) == (words, row["words"])
    late = filled("judge", row["id"], "--set", "office=clerk", "--based-on", "0")
    assert late.exit_code == 2
    assert "was judged meanwhile" in late.stderr
    headline = json.loads(filled("show", "1", "--json").stdout)["article"]["headline"]
    added = lines(filled, "judge", "--missed", headline, "--article", "1", "--set", "speaker=Nela Vost")
    assert [one["field"] for one in added] == ["added", "speaker"]
    for one in lines(filled, "said", "--limit", "100"):
        filled("judge", one["id"], "--accept")
    result = filled("export", "--format", "training", "--to", "judged.txt")
    assert "written to judged.txt" in result.output
    assert filled("export", "--format", "training", "--to", "judged.txt").exit_code == 0
    assert filled("export", "--format", "training").stdout.count("{c1 ") > 3
