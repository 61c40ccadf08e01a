"""``stories list``, ``show`` and ``diff`` as a user calls them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import SAMPLES, Run

WIRE = [
    "The harbour of Torvik stays shut until the grain ships are searched, the port office said.",
    "Mayor Ilka Sorn told reporters: “We will open the northern gate before the first of May.”",
    "Nine ships wait in the roads, and two of them carry fuel for the northern islands.",
    "Dockers began their strike on Monday after a crane fell on a storehouse near the mole.",
    "Nobody was hurt, but the storehouse burned for two days and the smoke reached the town.",
    "Insurers put the damage at four million crowns and sent three men to look at the crane.",
]
EDITED = [WIRE[0], WIRE[1].replace("before the first of May", "soon after the first of May"), *WIRE[3:5]]


def write(name: str, headline: str, sentences: list[str]) -> None:
    """Write an article as a text file."""
    Path(name).write_text(f"{headline}\n\n" + "\n\n".join(sentences) + "\n", encoding="utf-8")


def added(run: Run) -> None:
    """Add a wire text, an edited copy of it and another report."""
    write("wire.txt", "Torvik harbour stays shut", WIRE)
    write("copy.txt", "Ships wait for Torvik", EDITED)
    write("other.txt", "Bridge opens", [f"The bridge over river {n} opened in year {n}." for n in range(9)])
    assert run("add", "wire.txt", "--outlet", "Coast", "--published", "2031-03-07").exit_code == 0
    assert run("add", "copy.txt", "other.txt", "--outlet", "Hill", "--published", "2031-03-08").exit_code == 0


def test_a_line_for_each_story_names_its_articles(run: Run) -> None:
    """The copy is in one story with its wire text; the other report is a story of its own."""
    added(run)
    lines = [json.loads(line) for line in run("stories", "list", "--json").stdout.splitlines()]
    told = [
        [(Path(one["path"]).name, one["outlet"], one["published"]) for one in line["articles"]]
        for line in lines
    ]
    assert told == [
        [("wire.txt", "Coast", "2031-03-07"), ("copy.txt", "Hill", "2031-03-08")],
        [("other.txt", "Hill", "2031-03-08")],
    ]
    assert len(run("stories", "list", "--least", "2", "--json").stdout.splitlines()) == 1


def test_a_story_is_shown_by_id_or_by_one_of_its_articles(run: Run) -> None:
    """Headlines stand below each other, with outlet and day."""
    added(run)
    number = json.loads(run("stories", "list", "--json").stdout.splitlines()[0])["id"]
    by_id, by_path = run("stories", "show", str(number)), run("stories", "show", "copy.txt")
    assert by_id.stdout == by_path.stdout
    assert "Torvik harbour stays shut" in by_id.stdout
    assert "Ships wait for Torvik" in by_id.stdout
    (told,) = json.loads(run("stories", "show", "copy.txt", "--json").stdout)["quotations"]
    assert {form["words"][26:] for form in told} == {
        "gate before the first of May.", "gate soon after the first of May.",
    }  # fmt: skip
    assert "Quoted in different words:" in by_id.stdout
    assert run("stories", "show", "12").exit_code == 2


def test_a_diff_names_what_was_cut_and_flags_the_quotation_that_was_changed(run: Run) -> None:
    """What a copy left out, and the words it put into a mouth."""
    added(run)
    (line,) = run("stories", "diff", "wire.txt", "--json").stdout.splitlines()
    compared = json.loads(line)
    assert compared["cut"] == [WIRE[2], WIRE[5]]
    assert compared["added"] == []
    (quotation,) = compared["quotations"]
    assert quotation["first"] == "We will open the northern gate before the first of May."
    assert quotation["other"] == "We will open the northern gate soon after the first of May."
    assert "quoted otherwise" in run("stories", "diff", "wire.txt").stdout


def test_said_prints_a_statement_of_copies_once(run: Run) -> None:
    """The other printing stands below it with outlet, day, place, id and own words; --copies prints both."""
    run("add", SAMPLES / "grain-strait-post.txt", SAMPLES / "grain-strait-lakeland.html")
    asked = ("said", "bread last")
    (line,) = [json.loads(text) for text in run(*asked, "--json").stdout.splitlines()]
    (witness,) = line["witnesses"]
    assert {line["outlet"], witness["outlet"]} == {"Carrow Morning Post", "The Lakeland Standard"}
    assert (line["printings"], witness["words"] != line["words"]) == (2, True)
    printed = " ".join(run(*asked).stdout.split())
    assert printed.count(f"also {witness['outlet']} · 2025-02-04") == 1
    assert witness["id"] in printed
    assert witness["words"] in printed
    assert len(run(*asked, "--copies", "--json").stdout.splitlines()) == 2
    shown = json.loads(run("show", SAMPLES / "grain-strait-post.txt", "--json").stdout)
    elsewhere = {one["outlet"] for printings in shown["witnesses"].values() for one in printings}
    assert elsewhere == {"The Lakeland Standard"}
    assert "1 more printing" in run("show", SAMPLES / "grain-strait-post.txt").stdout
    exported = [json.loads(text) for text in run("export", *asked[1:], "--json").stdout.splitlines()]
    assert [row["witness_outlets"] for row in exported] == [[witness["outlet"]]]
