"""``actors``: import, list, show, merge, split, rename, undo."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import SAMPLES, Run

TABLE = (
    "person,person_qid,position,country,start,end\n"
    "Timur Tarnov,Q901,Minister of Foreign Affairs,Russia,2004-03-09,\n"
    "Fenna Lorren,Q902,Mayor of Zenda,Ruritania,2002-05,2007\n"
)


@pytest.fixture
def table(tmp_path: Path) -> str:
    """Write a table of two terms into the folder where commands run."""
    (tmp_path / "terms.csv").write_text(TABLE)
    return "terms.csv"


@pytest.fixture
def filled(run: Run, table: str) -> Run:
    """Run commands on a record that holds the table."""
    assert run("actors", "import", table).exit_code == 0
    return run


def lines(output: str) -> list[dict[str, Any]]:
    """Return the JSON lines of an output."""
    return [json.loads(line) for line in output.splitlines()]


def test_import_says_what_it_brought(run: Run, table: str) -> None:
    """The format and what was new are said; again, that nothing was."""
    first, again = run("actors", "import", table), run("actors", "import", table)
    assert first.exit_code == again.exit_code == 0
    assert "2 new actors, 2 new names, 2 new terms" in first.output
    assert "held already" in again.output


def test_import_names_bad_rows_and_ends_with_one(run: Run, tmp_path: Path) -> None:
    """A bad row is one line with its number, the rest is imported, the status is 1."""
    (tmp_path / "bad.csv").write_text(TABLE + "Oskar Amsel,Q903,Mayor,Ruritania,2010,2009\n")
    result = run("actors", "import", "bad.csv", "--json")
    assert result.exit_code == 1
    assert result.stderr.startswith("onrecord: bad.csv#4: ")
    assert len(result.stderr.splitlines()) == 1
    assert lines(result.stdout)[0] | {"actors": 2, "offices": 2, "bad": 1} == lines(result.stdout)[0]


def test_a_file_of_the_wrong_kind_is_one_line(run: Run) -> None:
    """A page is no registry of actors, and nothing but that is said."""
    result = run("actors", "import", str(SAMPLES / "truce-wire.txt"))
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert "no registry of actors" in result.stderr


def test_import_reads_standard_input(run: Run) -> None:
    """A minus sign stands for standard input."""
    result = run("actors", "import", "-", "--source", "mine", input=TABLE)
    assert result.exit_code == 0
    assert "mine" in run("actors", "show", "Q901").output


def test_list_finds_spellings(filled: Run) -> None:
    """Actors are listed by a name like the query, with id, kind and counts."""
    found = lines(filled("actors", "list", "tarnov", "--json").stdout)
    assert found == [
        {"id": "Q901", "kind": "person", "label": "Timur Tarnov", "names": 1, "offices": 1, "statements": 0}
    ]
    assert "Fenna Lorren" in filled("actors", "list").output
    assert filled("actors", "list", "Zzyzx").output.strip() == "Nobody in the record fits."


def test_list_answers_who_held_an_office(filled: Run) -> None:
    """An office, its body and a day give the holder; a day outside gives nobody."""
    asked = ("actors", "list", "--office", "Russian foreign minister", "--on")
    assert "Timur Tarnov" in filled(*asked, "2012-12-22").output
    assert filled(*asked, "2001-01-01").output.strip() == "Nobody is known to have held it then."
    unknown = filled("actors", "list", "--office", "foriegn minister", "--of", "Russia", "--on", "2012-12-22")
    assert "No office is known by the name 'foriegn minister' of 'Russia'" in unknown.output
    doubtful = filled(
        "actors", "list", "--office", "mayor of Zenda", "--of", "Ruritania", "--on", "2007-06-01"
    )
    assert "perhaps" in doubtful.output


def test_show_prints_everything(filled: Run) -> None:
    """Names with their sources, identifiers, and offices with the row that says so."""
    output = filled("actors", "show", "Q902").output
    for words in ("Fenna Lorren  (terms.csv)", "wikidata Q902", "Mayor of Zenda", "2002-05 to 2007", "row 3"):
        assert words in output
    (shown,) = lines(filled("actors", "show", "Q902", "--json").stdout)
    assert shown["offices"][0]["evidence"] == {"row": 3, "source": "terms.csv"}


def test_linked_statements_are_counted(run: Run, tmp_path: Path) -> None:
    """An actor's statements are counted, and the first and the last shown."""
    run("add", *map(str, sorted(SAMPLES.glob("*.txt"))))
    (most, *_) = lines(run("actors", "list", "--json").stdout)
    (shown,) = lines(run("actors", "show", most["id"], "--json").stdout)
    assert shown["statements"] == most["statements"] > 0
    assert shown["first"]["day"] <= shown["last"]["day"]


def test_merge_split_rename_and_undo(filled: Run) -> None:
    """Each decision is printed with its number, shown with the actor, and taken back by that number."""
    filled("actors", "rename", "Q901", "Timur T.", "--author", "me", "--reason", "so he signs")
    assert "Timur T." in filled("actors", "list", "Timur T").output
    split = lines(filled("actors", "split", "Q901", "Timur T.", "--json").stdout)[0]
    merged = filled("actors", "merge", "Q901", "Q902")
    assert merged.exit_code == 0
    shown = filled("actors", "show", "Q902").output
    assert "merged into it: Q902" in shown
    assert "so he signs" in shown
    for number in (3, 2, 1):
        assert filled("actors", "undo", str(number)).exit_code == 0
    listed = {one["id"]: one["label"] for one in lines(filled("actors", "list", "--json").stdout)}
    assert listed == {"Q901": "Timur Tarnov", "Q902": "Fenna Lorren"}
    assert split["value"]["to"] not in listed
    assert len(lines(filled("actors", "undo", "--list", "--json").stdout)) == 6


@pytest.mark.parametrize(
    "arguments",
    [
        ("merge", "Q901", "Q901"),
        ("merge", "Q901", "Q777"),
        ("split", "Q901", "Nobody"),
        ("rename", "Q901", "..."),
        ("undo", "7"),
        ("undo",),
        ("undo", "7", "--list"),
        ("show", "Q777"),
        ("list", "--office", "mayor"),
        ("list", "--of", "Ruritania"),
        ("list", "x", "--office", "mayor", "--on", "2001-01-01"),
    ],
)
def test_what_means_nothing_is_two(filled: Run, arguments: tuple[str, ...]) -> None:
    """Wrong use ends with 2 and one message, and decides nothing."""
    result = filled("actors", *arguments)
    assert result.exit_code == 2
    assert result.stderr.strip()
    assert result.stdout == ""
    assert "Nothing has been decided" in filled("actors", "undo", "--list").stderr


def test_hostile_names_are_printed_safely(run: Run, tmp_path: Path) -> None:
    """Names that would steer a terminal or turn a line round do not reach it as they are."""
    (tmp_path / "x.csv").write_text("person,position\nOskar \u202eAmsel,Mayor \u009b31m\nשרה לביא,Mayor\n")
    result = run("actors", "import", "x.csv")
    assert result.exit_code == 1
    output = run("actors", "list").output + result.stderr
    assert "\u202e" not in output
    assert "\u009b" not in output
    assert "שרה לביא" in output
