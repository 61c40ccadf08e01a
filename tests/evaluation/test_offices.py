"""Questions about dated offices: the key is the table's own, and the figure holds on the shared table."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord import cli
from onrecord.errors import InputError
from onrecord.evaluation import offices

HEAD = "jurisdiction,position,person,person_qid,start,end\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Write a table with whole and partial days, an open end, an overlap, a gap and rows that are none."""
    rows = [
        "Ruritania,President,A,Q1,2000-01-01,2002-06",
        "Ruritania,President,B,Q2,2002-06-15,2004",
        "Ruritania,President,C,Q3,2010-01-01,",
        "Ruritania,President,D,Q4,2009-01-01,2008-01-01",
        "Ruritania,President,E,Q5,2014s,",
        "Lakeland,Minister of Rivers,F,Q6,1999,1999-03-01",
    ]
    path = tmp_path / "terms.csv"
    path.write_text(HEAD + "\n".join(rows) + "\n")
    return path


@pytest.mark.parametrize(
    ("day", "surely", "perhaps"),
    [
        ("1999-12-31", "", ""),
        ("2002-05-31", "Q1", "Q1"),
        ("2002-06-01", "Q1", "Q1"),
        ("2002-06-02", "", "Q1"),
        ("2002-06-20", "Q2", "Q1 Q2"),
        ("2004-06-01", "", "Q2"),
        ("2008-06-01", "", ""),
        ("2030-01-01", "Q3", "Q3"),
    ],
)
def test_the_key_is_that_of_the_rows(table: Path, day: str, surely: str, perhaps: str) -> None:
    """Who surely and who perhaps held an office follows from the days as the table writes them."""
    question = offices.ask(offices.read(table), ("Ruritania", "President"), date.fromisoformat(day))
    assert question.surely == set(surely.split())
    assert question.perhaps == set(perhaps.split())


def test_the_same_questions_are_drawn_again(table: Path) -> None:
    """The seed decides the questions, half of them on days without a holder."""
    read = offices.read(table)
    drawn = offices.draw(read, 20)
    assert drawn == offices.draw(read, 20)
    assert drawn != offices.draw(read, 20, seed=1)
    assert sum(bool(one.perhaps) for one in drawn) == 10


@pytest.mark.parametrize(
    ("answer", "right"),
    [({"Q2"}, True), ({"Q1", "Q2"}, True), ({"Q1"}, False), (set(), False), ({"Q2", "Q9"}, False)],
)
def test_an_answer_names_all_and_no_other(table: Path, answer: set[str], right: bool) -> None:
    """Right is an answer with all who surely held the office and nobody who cannot have."""
    question = offices.ask(offices.read(table), ("Ruritania", "President"), date(2002, 6, 20))
    assert offices.Answered(question, frozenset(answer)).right == right


def test_silence_is_right_only_where_nobody_is_known(table: Path) -> None:
    """On a day without a holder any answer is wrong; on a day with a possible one, silence is."""
    read = offices.read(table)
    nobody, perhaps = (
        offices.ask(read, ("Ruritania", "President"), date(year, 6, 1)) for year in (2008, 2004)
    )
    assert offices.Answered(nobody, frozenset()).right
    assert not offices.Answered(nobody, frozenset({"Q1"})).right
    assert not offices.Answered(perhaps, frozenset()).right


def test_the_table_is_answered_by_a_record_of_its_own(table: Path) -> None:
    """Imported into a record, the table answers the questions drawn from it."""
    answered = offices.evaluate(table)
    assert [str(one) for one in answered if not one.right] == []
    assert offices.report(answered).rows["right"].figure == 1


def test_what_is_no_table_is_named(tmp_path: Path) -> None:
    """A table without the columns is refused with the one that is missing."""
    (tmp_path / "x.csv").write_text("name,age\nA,7\n")
    with pytest.raises(InputError, match="'jurisdiction'"):
        offices.read(tmp_path / "x.csv")


def test_the_command_prints_the_figures(table: Path) -> None:
    """``evaluate --set offices`` gives the share right, and where nobody was known to hold the office."""
    result = CliRunner().invoke(cli.main, ["evaluate", "--set", "offices", "--data", str(table), "--json"])
    rows = json.loads(result.stdout)["rows"]
    assert rows["right"]["predicted"] == 500
    assert rows["silent, no holder known"]["figure"] == 1


@pytest.mark.shared
def test_the_shared_table(shared: Path) -> None:
    """Of 500 questions at least 97 % are answered right, and none where the table knows nobody."""
    answered = offices.evaluate(shared / "data" / "offices" / "holders21.csv")
    assert sum(one.right for one in answered) >= 0.97 * len(answered) == 485
    assert [str(one) for one in answered if one.answer and not one.question.perhaps] == []
