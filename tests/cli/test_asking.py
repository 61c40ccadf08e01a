"""``said`` and ``show``."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from onrecord.article import Article, Speaker, Statement, statement_id
from onrecord.cli.layout import beside, between, days, facts, highlighted, ordered, statement_lines, who
from onrecord.cli.marking import marked_article
from tests.cli.conftest import SAMPLES, Run

WIRE = str(SAMPLES / "truce-wire.txt")
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def held(run: Run) -> Run:
    """Fill a record with the samples."""
    assert run("add", str(SAMPLES)).exit_code == 0
    return run


def test_said_filters(held: Run) -> None:
    """The filters narrow what is found, each in its own way."""

    def count(*arguments: str) -> int:
        return len(held("said", *arguments, "--json", "--limit", "1000").stdout.splitlines())

    everything = count()
    assert 0 < count("truce") < everything
    assert 0 < count("--by", "toruk") < everything
    assert 0 < count("--type", "direct") < everything
    assert 0 < count("--outlet", "terrace") < everything
    assert 0 < count("--since", "2025") < everything
    assert 0 < count("--until", "2024-12-31") < everything
    assert count("--min-confidence", "0.95") == 0
    assert len(held("said", "--limit", "3", "--json").stdout.splitlines()) == 3


def test_said_as_json(held: Run) -> None:
    """Each line has the words, who said them, where they stand, and the whole statement."""
    row = json.loads(held("said", "spreadsheet", "--json").stdout)
    assert row["speaker"] == "Hugo Tarrant"
    assert row["path"] == WIRE
    assert row["statement"]["id"] == row["id"]
    start, end = row["content"][0]
    assert Path(WIRE).read_text(encoding="utf-8")[start:end] in row["words"]


def test_said_cites(held: Run) -> None:
    """``--cite`` prints one line a statement with speaker, words and where from."""
    result = held("said", "spreadsheet", "--cite")
    (line,) = result.stdout.strip().splitlines()
    assert "Hugo Tarrant" in line
    assert "spreadsheet" in line
    assert "truce-wire.txt" in line


@pytest.mark.parametrize("width", [80, 120])
def test_said_fits_the_terminal(held: Run, width: int) -> None:
    """No line is wider than the terminal, and the word looked for stands out."""
    output = held("said", "truce", terminal=width).stdout
    assert max(len(line) for line in ESCAPES.sub("", output).splitlines()) <= width
    assert re.search(r"\x1b\[1;4mtruce", output)


def test_said_in_a_pipe_is_plain(held: Run) -> None:
    """In a pipe there is no escape sequence and no blank at the end of a line."""
    output = held("said", "truce").stdout
    assert "\x1b" not in output
    assert not any(line.endswith(" ") for line in output.splitlines())


def test_said_ranks(held: Run) -> None:
    """``--rank`` needs words, and orders by them."""
    assert held("said", "--rank").exit_code == 2
    assert json.loads(held("said", "truce", "--rank", "--json", "--limit", "1").stdout)["score"] is not None


def test_nothing_found_is_said(held: Run) -> None:
    """A question without an answer says so on standard error and is no failure."""
    result = held("said", "zeppelin")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "Nothing" in result.stderr


def test_what_attributes_is_shown(run: Run) -> None:
    """A denial does not read as an assertion: the cue stands in the row of each command and the citation."""
    text = "Yard owner in court\n\nRuben Achterberg denies eleven counts of fraud."
    article = Article(path="yard.txt", text=text, published="2024-05-01")
    at = text.index("Ruben")
    denies = (at + 17, at + 23)
    content = (at + 24, len(text) - 1)
    statement = Statement(
        id="a" * 16, type="indirect", content=(content,), text=article.quote((content,)), cue=(denies,),
        source=((at, at + 16),), speaker=Speaker(name="Ruben Achterberg"), confidence=0.9,
    )  # fmt: skip
    rows = [line.plain for line in statement_lines(Console(width=80), article, [statement])]
    assert "Ruben Achterberg — denies:" in rows[0]
    run("add", WIRE)
    assert re.search(r"^Hugo Tarrant.* — \w+:", run("said", "spreadsheet").stdout)
    assert re.search(r"^Hugo Tarrant.* \(\w+\): ", run("said", "spreadsheet", "--cite").stdout)


def test_a_long_row_keeps_its_cue() -> None:
    """A speaker that does not fit beside the date is wrapped, not cut."""
    left = who(Speaker(name="Ruben " * 12, office="owner of the yard"), "", "denies")
    lines = beside(Console(width=60), left, Text("published 2024-05-01"), 60)
    assert lines[-1].plain.endswith("— denies:")
    assert max(line.cell_len for line in lines) <= 60


def test_limit_says_more_only_when_there_is(held: Run) -> None:
    """The hint at ``--limit`` comes when something was left out, and not when all fitted."""
    found = len(held("said", "truce", "--json").stdout.splitlines())
    assert held("said", "truce", "--limit", str(found)).stderr == ""
    assert "--limit gives more" in held("said", "truce", "--limit", str(found - 1)).stderr


def test_ids_to_judge_by(held: Run) -> None:
    """``extract`` prints the beginning of each id, ``show`` those of statements that the record holds."""
    short = json.loads(held("said", "spreadsheet", "--json").stdout)["id"][:8]
    assert short in held("extract", WIRE).stdout
    assert short in held("show", WIRE).stdout
    assert short not in held("show", WIRE, "--record", "absent.onrecord").stdout


def test_show_of_what_is_no_article(held: Run) -> None:
    """A folder, a table of many and a file that is not there are told apart, in terms of the command."""
    folder = held("show", str(SAMPLES))
    table = held("show", str(SAMPLES / "articles.jsonl"), "--record", "absent.onrecord")
    absent = held("show", "nosuch.html")
    assert {one.exit_code for one in (folder, table, absent)} == {2}
    assert "is a folder" in folder.stderr
    assert "articles.jsonl#" in table.stderr
    assert "no such file" in absent.stderr
    assert "read_all" not in folder.stderr + table.stderr


def test_show_marks_without_colour(run: Run) -> None:
    """Without colour content, source and cue have brackets of their own, nested ones a longer number."""
    output = " ".join(run("show", WIRE).stdout.split())
    assert "{Front spokesman Jarek Ostrow} <said> Friday" in output
    assert '[1 truce "not worth the ink"]' in output
    assert "[11.1 it is over]" in output
    assert "│ 11.1 Pim's commander · indirect" in output


def test_show_marks_with_colour(run: Run) -> None:
    """With colour only content keeps its brackets; source, cue and content differ in style."""
    output = run("show", WIRE, terminal=80).stdout
    assert "{" not in output
    styles = [
        re.search(rf"(\x1b\[[0-9;]*m){words}", output) for words in ("Front spokesman", "said", r"\[1 ")
    ]
    assert len({found[1] for found in styles if found}) == 3


def test_show_honours_no_color(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """With NO_COLOR set, a terminal gets no colour, and the brackets instead."""
    monkeypatch.setenv("NO_COLOR", "1")
    output = run("show", WIRE, terminal=80).stdout
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]", output)
    assert "{Front spokesman" in ESCAPES.sub("", output)


@pytest.mark.parametrize("width", [80, 100, 120])
def test_show_fits_the_terminal(run: Run, width: int) -> None:
    """No line is wider than the terminal; from 100 columns on the notes stand beside the text."""
    output = ESCAPES.sub("", run("show", WIRE, terminal=width).stdout)
    assert max(len(line) for line in output.splitlines()) <= width
    beside = any(re.match(r"\S.*\S +│ ", line) for line in output.splitlines())
    assert beside == (width >= 100)


def test_show_from_the_record(held: Run) -> None:
    """A path, an article's number and a statement's id show the same article; rejected ones are named."""
    row = json.loads(held("said", "spreadsheet", "--json").stdout)
    by_path, by_number = held("show", WIRE).stdout, held("show", str(row["article"])).stdout
    assert by_path == by_number == held("show", row["id"]).stdout
    held("judge", row["id"], "--reject")
    assert f"Rejected and not marked: {row['id']}" in held("show", WIRE).stdout
    shown = json.loads(held("show", WIRE, "--json").stdout)
    assert row["id"] not in [one["id"] for one in shown["statements"]]


def test_show_a_row_of_a_table(run: Run) -> None:
    """One row of a table is shown by FILE#id, without a record too."""
    assert "Stobbs" in run("show", str(SAMPLES / "articles.jsonl#minister-quits")).stdout


def test_show_of_nothing_is_two(held: Run) -> None:
    """What is neither a file nor in the record is wrong use, in one line."""
    result = held("show", "nonsense")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1


def test_show_the_first_paragraphs(run: Run) -> None:
    """``--first`` stops early and says how much is left."""
    output = run("show", WIRE, "--first", "2").stdout
    assert re.search(r"… \d+ paragraphs more\n$", output)


def test_hostile_text_cannot_steer(run: Run) -> None:
    """An escape sequence in an article is shown as a replacement character."""
    Path("bad.txt").write_text(
        'Quay closed\n\nThe harbour master said on Monday that the quay \x1b[2J was closed "for good".\n' * 2,
        encoding="utf-8",
    )
    for verb in ("read", "extract", "show"):
        assert "\x1b" not in run(verb, "bad.txt").output


WORDS = st.text(alphabet="abc d\n", min_size=1, max_size=60)


@st.composite
def marked(draw: st.DrawFn) -> tuple[Article, list[Statement]]:
    """Draw an article of one body part with statements anywhere in it."""
    text = "x" + draw(WORDS).replace("\n", " ") + "x"
    place = st.integers(0, len(text) - 1)
    statements = []
    for _ in range(draw(st.integers(0, 4))):
        spans = []
        for _ in range(3):
            start = draw(place)
            spans.append((start, draw(st.integers(start + 1, len(text)))))
        content, source, cue = spans
        statements.append(
            Statement(
                id=statement_id(text, (content,)), type="direct", content=(content,), text="",
                source=(source,), cue=(cue,), confidence=0.5,
            )
        )  # fmt: skip
    return Article(path="a.txt", text=text, parts={"body": ((0, len(text)),)}), statements


@given(marked())
def test_marks_leave_the_words(made: tuple[Article, list[Statement]]) -> None:
    """Less its marks, a marked paragraph is the paragraph, wherever the spans stand."""
    article, statements = made
    console = Console(width=10_000)
    lines = [line.plain for line in marked_article(console, article, statements, coloured=False)]
    paragraph = next(line for line in lines if "x" in line and not line.startswith("marked"))
    assert re.sub(r"\[\d[\d.]* |[\]{}<>]", "", paragraph).split() == article.text.split()
    assert paragraph.count("[") == paragraph.count("]") == len(statements)


def test_nested_are_numbered_below() -> None:
    """A statement inside another is numbered after it, and a parent that is not there is no parent."""

    def make(name: str, parent: str | None) -> Statement:
        return Statement(id=name, type="direct", content=((0, 1),), text="a", parent=parent, confidence=1)

    numbered = ordered([make("a", None), make("b", None), make("c", "b"), make("d", "gone"), make("e", "c")])
    assert [(number, depth, one.id) for number, depth, one in numbered] == [
        ("1", 0, "a"), ("2", 0, "b"), ("2.1", 1, "c"), ("2.1.1", 2, "e"), ("3", 0, "d"),
    ]  # fmt: skip


@given(st.text(), st.text(), st.integers(20, 200))
def test_two_texts_on_a_line_fit(left: str, right: str, width: int) -> None:
    """A text at either end of a line: never wider than asked for, when the right one leaves room."""
    right = right[:4]
    assert between(Text(left), Text(right), width).cell_len <= max(width, Text(right).cell_len + 12)


def test_days() -> None:
    """An interval is shown as one day, two, or as open."""
    assert days(("2012-12-22", "2012-12-22")) == "2012-12-22"
    assert days(("2012-12-21", "2012-12-22")) == "2012-12-21 to 2012-12-22"
    assert days((None, "2012-12-22")) == "2012-12-22 or earlier"
    assert days(("2012-12-22", None)) == "2012-12-22 or later"
    assert days(None) == ""


def test_facts_break_between_facts() -> None:
    """Facts that do not fit on a line go to the next one whole."""
    lines = facts(Console(width=40), ["a" * 20, "", "b" * 20, "c" * 10], 40)
    assert [line.plain for line in lines] == ["a" * 20, f"{'b' * 20} · {'c' * 10}"]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("cafe", ["Café"]), ("tru*", ["truce", "truces"]), ("truce -café", ["truce"]), (None, [])],
)
def test_highlight_is_what_was_looked_for(asked: str | None, shown: list[str]) -> None:
    """Words stand out as the search finds them: without case and accents, beginnings only with a star."""
    text = highlighted("Café truce truces", asked)
    assert [text.plain[span.start : span.end] for span in text.spans] == shown
