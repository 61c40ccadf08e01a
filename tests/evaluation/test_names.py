"""Scores of name pairs: what counts as merged, what is reported, and the floor of the shipped comparison."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.cli import main
from onrecord.errors import InputError
from onrecord.evaluation.names import judge, report

KEY = Path(__file__).parents[2] / "benchmarks" / "names.csv"
TABLE = """one,other,kind,same,note
Sergei Vornikov,Sergey Vornikov,person,yes,
Sergei Vornikov,Bogdan Halm,person,yes,missed
Peter Halm,Paul Halm,person,no,
Bogdan Halm,"Halm, Bogdan",person,no,merged
Halm,Bogdan Halm,person,possible,
Halm,Sergei Vornikov,person,possible,no candidate
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Write a small table of pairs."""
    path = tmp_path / "names.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_counts(table: Path) -> None:
    """Precision is over what was merged, recall over what is the same; possible pairs have their own row."""
    rows = report(judge(table)).rows
    merged = rows["merged"].count
    assert (merged.right_predicted, merged.predicted, merged.gold) == (1, 2, 2)
    assert rows["possible, as candidate"].figure == 0.5
    assert rows["not the same, kept apart"].figure == 0.5


def test_what_is_wrong_is_named(table: Path) -> None:
    """Each pair that was taken wrongly says how."""
    assert [pair.wrong for pair in judge(table)] == [None, "missed", None, "merged", None, "no candidate"]


def test_command_line(table: Path) -> None:
    """The command prints the figures, and the wrong pairs where they are asked for."""
    result = CliRunner().invoke(main, ["evaluate", "--set", "names", "--data", str(table), "--show"])
    assert "merged: Bogdan Halm / Halm, Bogdan" in result.output
    assert "names: 6 pairs" in result.output


@pytest.mark.parametrize(
    ("text", "reason"),
    [("a,b\n1,2\n", "no column 'one'"), (TABLE + "A,B,person,maybe,\n", "say"), (TABLE + "A\n", "None")],
)
def test_other_tables(tmp_path: Path, text: str, reason: str) -> None:
    """A table of another form, or an answer of another kind, is named with its row."""
    path = tmp_path / "names.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=reason):
        judge(path)


def test_floor() -> None:
    """Of the pairs of the key nothing is merged wrongly, and most that are the same are merged."""
    rows = report(judge(KEY)).rows
    assert rows["merged"].count.precision == 1.0
    assert rows["merged"].count.recall >= 0.80
    assert rows["possible, as candidate"].figure >= 0.90
