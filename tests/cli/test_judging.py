"""``judge``."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from onrecord.record import judging
from tests.cli.conftest import SAMPLES, Run

WIRE = str(SAMPLES / "truce-wire.txt")


@pytest.fixture
def statement(run: Run) -> str:
    """Return the id of a statement in a fresh record."""
    run("add", WIRE)
    return str(json.loads(run("said", "spreadsheet", "--json").stdout)["id"])


def test_correction_is_answered(run: Run, statement: str) -> None:
    """A field that is set is what ``said`` answers from then on, marked as set by a person."""
    result = run("judge", statement, "--set", "speaker=Hugo T. Tarrant", "--reason", "his own spelling")
    assert result.exit_code == 0
    assert "speaker: Hugo Tarrant -> Hugo T. Tarrant" in result.output
    assert "marker, " in result.output
    row = json.loads(run("said", "spreadsheet", "--json").stdout)
    assert row["speaker"] == "Hugo T. Tarrant"
    assert row["judged"] == ["speaker"]
    assert "speaker set by a person" in run("said", "spreadsheet").output


def test_several_fields_are_set_at_once(run: Run, statement: str) -> None:
    """Each ``--set`` is a judgement of its own, and none of them is lost."""
    assert run("judge", statement, "--set", "speaker=H. Tarrant", "--set", "office=analyst").exit_code == 0
    row = json.loads(run("said", "spreadsheet", "--json").stdout)
    assert (row["speaker"], row["office"]) == ("H. Tarrant", "analyst")
    assert len(run("judge", "--list", "--json").stdout.splitlines()) == 2


def test_a_kill_between_two_settings_leaves_neither(
    run: Run, statement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several ``--set`` are one transaction: what fails at the second takes the first back."""
    append = judging._append

    def fail_at_the_second(connection: Any, article: int, one: Any, field: str, *rest: Any) -> int:
        if field == "office":
            raise sqlite3.OperationalError("database or disk is full")
        return append(connection, article, one, field, *rest)

    monkeypatch.setattr(judging, "_append", fail_at_the_second)
    result = run("judge", statement, "--set", "speaker=H. Tarrant", "--set", "office=analyst")
    assert result.exit_code == 1
    assert "the disk is full" in result.stderr
    monkeypatch.undo()
    assert run("judge", "--list").stdout == ""


@pytest.mark.parametrize("second", ["act=sing", "speaker=Somebody"])
def test_several_fields_are_set_or_none(run: Run, statement: str, second: str) -> None:
    """A value that cannot be, or a field given twice, leaves everything as it was."""
    result = run("judge", statement, "--set", "speaker=H. Tarrant", "--set", second)
    assert result.exit_code == 2
    assert run("judge", "--list").stdout == ""


def test_beginnings_of_ids(run: Run, statement: str) -> None:
    """Six characters of an id will do everywhere, and fewer are refused with the least that is needed."""
    assert run("judge", statement[:6], "--accept").exit_code == 0
    assert "accept" in run("judge", statement[:6], "--list").stdout
    assert run("judge", statement[:6], "--undo").exit_code == 0
    result = run("judge", statement[:5] if not statement[:5].isdigit() else "abcde", "--reject")
    assert result.exit_code == 2
    assert "at least the first 6" in result.stderr


def test_undo_prints_the_words(run: Run, statement: str) -> None:
    """What takes a judgement back names the words that were judged, and leaves no empty line."""
    run("judge", statement, "--accept")
    output = run("judge", statement, "--undo").stdout
    assert "spreadsheet" in output
    assert "\n\n" not in output


def test_correction_is_visible_everywhere(run: Run, statement: str) -> None:
    """``show`` and the citation say that a person set a field, as ``said`` does."""
    run("judge", statement, "--set", "office=analyst")
    for shown in (run("show", WIRE), run("said", "spreadsheet", "--cite"), run("said", "spreadsheet")):
        assert "office set by a person" in " ".join(shown.stdout.split()).replace(" │", "")


def test_nothing_means_unknown(run: Run, statement: str) -> None:
    """``--set FIELD=`` sets the field to unknown."""
    run("judge", statement, "--set", "office=analyst")
    run("judge", statement, "--set", "office=")
    assert json.loads(run("said", "spreadsheet", "--json").stdout)["office"] is None


def test_rejected_is_not_answered_until_undone(run: Run, statement: str) -> None:
    """A rejected statement is found no longer; ``--undo`` brings it back, by the beginning of its id too."""
    run("judge", statement, "--reject")
    assert run("said", "spreadsheet").stdout == ""
    assert "takes back 1" in run("judge", statement[:8], "--undo").output
    assert run("said", "spreadsheet").stdout
    assert run("judge", statement, "--undo").exit_code == 2


def test_undo_by_number(run: Run, statement: str) -> None:
    """A judgement is taken back by its number, too."""
    run("judge", statement, "--set", "act=say")
    run("judge", statement, "--accept")
    assert "takes back 1" in run("judge", "1", "--undo").output
    row = json.loads(run("said", "spreadsheet", "--json").stdout)
    assert row["statement"]["act"] is None
    assert row["verdict"] == "accept"


def test_list_of_judgements(run: Run, statement: str) -> None:
    """``--list`` prints all judgements with author and reason, as JSON too."""
    run("judge", statement, "--accept", "--author", "R. Blum", "--reason", "heard the tape")
    output = run("judge", "--list").output
    assert "R. Blum" in output
    assert "heard the tape" in output
    (line,) = run("judge", statement, "--list", "--json").stdout.splitlines()
    assert json.loads(line)["value"] == "accept"


def test_unknown_statement_is_two(run: Run, statement: str) -> None:
    """A statement that is not there is wrong use, in one line."""
    result = run("judge", "0" * 16, "--accept")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1


def test_judgement_needs_an_author(run: Run, statement: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a name from anywhere there is no judgement."""
    monkeypatch.delenv("USER")
    result = run("judge", statement, "--accept")
    assert result.exit_code == 2
    assert "--author" in result.stderr
    assert "ONRECORD_AUTHOR" in result.stderr


def test_a_patch_file_is_written_and_applied(run: Run, statement: str) -> None:
    """Export and apply: the second record answers as the first, twice is once, a conflict is status 1."""
    run("judge", statement, "--set", "kind=group")
    assert run("judge", "--export", "ours.jsonl").exit_code == 0
    run("add", WIRE, "--record", "theirs.onrecord")
    there = ("--record", "theirs.onrecord")
    assert run("judge", "--apply", "ours.jsonl", *there).stdout.strip() == "1 applied"
    assert run("judge", "--apply", "ours.jsonl", *there).stdout.strip() == "1 held already"
    assert json.loads(run("said", "spreadsheet", "--json", *there).stdout)["kind"] == "group"
    run("add", WIRE, "--record", "others.onrecord")
    run("judge", statement, "--set", "kind=media", "--record", "others.onrecord")
    result = run("judge", "--apply", "ours.jsonl", "--record", "others.onrecord")
    assert result.exit_code == 1
    assert "ours.jsonl, line 2: statement" in result.stderr


def test_a_patch_file_is_never_written_over_something_else(run: Run, statement: str) -> None:
    """A file that is no patch file stays as it is."""
    Path("notes.txt").write_text("mine")
    assert run("judge", "--export", "notes.txt").exit_code == 2
    assert Path("notes.txt").read_text() == "mine"


def test_a_file_that_is_no_patch_is_refused(run: Run, statement: str) -> None:
    """One line names it."""
    result = run("judge", "--apply", WIRE)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) <= 3
    assert "truce-wire.txt" in result.stderr
