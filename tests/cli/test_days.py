"""``timeline``, ``due``, ``said --date`` and ``judge --outcome`` on the sample articles."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import SAMPLES, Run

URL = "https://news.example/opened"


@pytest.fixture
def promised(run: Run) -> str:
    """Keep a sample and make its first statement a promise; return its id."""
    run("add", SAMPLES / "truce-wire.txt")
    first = json.loads(run("said", "--limit", "1", "--json").stdout)["id"]
    made = run(
        "judge",
        first,
        "--set",
        "outlook=promise",
        "--set",
        "due=2031-05-01/2031-05-31",
        "--set",
        "said=2031-02-03",
    )
    assert made.exit_code == 0
    return str(first)


def test_due_lists_and_judge_closes(run: Run, promised: str) -> None:
    """An open promise is listed with its day; closed, it shows outcome and evidence, until undone."""
    listed = run("due", "--open")
    assert "promise, due 2031-05-01 to 2031-05-31" in listed.stdout
    assert promised in listed.stdout
    assert run("due", "--closed").stderr.startswith("Nothing in the record fits.")
    closed = run("judge", promised, "--outcome", "kept", "--evidence", URL)
    assert f"kept: {URL}" in closed.stdout
    row = json.loads(run("due", "--closed", "--before", "2031-06-01", "--json").stdout)
    assert (row["outcome"], row["evidence"], row["due"]) == ("kept", URL, ["2031-05-01", "2031-05-31"])
    assert run("due", "--before", "2031-05-31", "--json").stdout == ""
    assert run("judge", promised, "--undo").exit_code == 0
    assert run("due", "--closed", "--json").stdout == ""


def test_judge_wants_evidence_for_an_outcome(run: Run, promised: str) -> None:
    """No evidence, evidence alone, and an outcome that there is none of are wrong use."""
    assert run("judge", promised, "--outcome", "kept").exit_code == 2
    assert run("judge", promised, "--accept", "--evidence", URL).exit_code == 2
    assert run("judge", promised, "--outcome", "won", "--evidence", URL).exit_code == 2
    assert run("judge", promised, "--set", "outcome=kept").exit_code == 2


def test_a_timeline_tells_both_dates(run: Run, promised: str) -> None:
    """The day of saying stands beside the day of publication."""
    speaker = json.loads(run("show", promised, "--json").stdout)["statements"]
    name = next(one["speaker"]["name"] for one in speaker if one["id"] == promised)
    shown = run("timeline", name, "--since", "2031")
    assert "said 2031-02-03, published" in " ".join(shown.stdout.split())
    rows = [json.loads(line) for line in run("timeline", name, "--json").stdout.splitlines()]
    said = [row["said"][0] for row in rows if row["said"]]
    assert said == sorted(said)


def test_what_a_range_leaves_out_is_told(run: Run, promised: str) -> None:
    """Statements published then whose day of saying is unknown are counted, and found when asked for."""
    known = run("said", "--since", "2000", "--json", "--limit", "1000")
    everything = run("said", "--since", "2000", "--date", "published", "--json", "--limit", "1000")
    missing = len(everything.stdout.splitlines()) - len(known.stdout.splitlines())
    assert missing > 0
    assert f"{missing} more statement" in known.stderr
    assert "--date published" in " ".join(known.stderr.split())
    assert everything.stderr == ""
