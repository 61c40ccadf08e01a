"""``why``, and the filters by actor."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import SAMPLES, Run


@pytest.fixture
def statement(run: Run) -> str:
    """Return the id of a statement in a fresh record."""
    run("add", str(SAMPLES / "truce-wire.txt"))
    return str(json.loads(run("said", "spreadsheet", "--json").stdout)["id"])


def test_why_tells_rule_and_decider(run: Run, statement: str) -> None:
    """The rule before, the person after a judgement, and only the field that is asked for."""
    result = run("why", statement[:8], "--field", "speaker")
    assert result.exit_code == 0
    assert "rule: key" in result.output
    run("judge", statement, "--set", "speaker=none", "--reason", "not said so")
    assert "decided by marker, " in run("why", statement).output
    (line,) = run("why", statement, "--field", "speaker", "--json").stdout.splitlines()
    assert json.loads(line)["value"] is None


def test_why_of_nothing_is_wrong_use(run: Run, statement: str) -> None:
    """An id that no statement has, or a field without reasons."""
    assert run("why", "0000000000").exit_code == 2
    assert run("why", statement, "--field", "confidence").exit_code == 2


def test_officials_need_a_state_or_body(run: Run, statement: str) -> None:
    """Officials of nobody is no question."""
    result = run("said", "--officials")
    assert result.exit_code == 2
    assert "officials of whom" in result.stderr


def test_a_row_carries_its_actor(run: Run, statement: str) -> None:
    """JSON of a row has the actor's id or null."""
    assert "actor" in json.loads(run("said", "spreadsheet", "--json").stdout)


@pytest.mark.parametrize("option", ["--by", "--about"])
def test_an_empty_name_is_no_question(run: Run, statement: str, option: str) -> None:
    """A name that is blank is wrong use, and does not stand for everybody."""
    result = run("said", option, " ")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{option[2:]} is empty" in result.stderr
