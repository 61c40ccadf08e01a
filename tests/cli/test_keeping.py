"""``add``, ``remove``, ``refresh`` and ``verify``."""

from __future__ import annotations

import json
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord import pipeline
from onrecord.record import rows, store
from tests.cli.conftest import SAMPLES, Run, extract_from_keys

WIRE = str(SAMPLES / "truce-wire.txt")


def test_add_says_what_it_did(run: Run) -> None:
    """Adding counts articles and statements; adding the same again says that they are held."""
    assert run("add", WIRE).output == "1 article: 1 new\n23 statements added to news.onrecord\n"
    assert run("add", WIRE).output == "1 article: 1 held already\n0 statements added to news.onrecord\n"


def test_add_goes_on(run: Run) -> None:
    """An input that fails is named and counted; the others are added; the status is 1."""
    result = run("add", "absent.txt", WIRE)
    assert result.exit_code == 1
    assert result.stderr.startswith("onrecord: absent.txt: ")
    assert "2 articles: 1 new, 1 failed" in result.stdout


def test_add_as_json(run: Run) -> None:
    """``--json`` prints a line for each article added."""
    (line,) = run("add", WIRE, "--json").stdout.splitlines()
    added = json.loads(line)
    assert added["state"] == "new"
    assert added["statements"] == 23


def test_removed_stays_out(run: Run) -> None:
    """What was removed is refused with the reason, status 1, until it is added by force."""
    run("add", WIRE)
    removed = run("remove", WIRE, "--reason", "court order", "--author", "R. Blum")
    assert removed.output == f"{WIRE}: 1 page and 23 statements removed, wiped from the file\n"
    assert run("said", "truce").stdout == ""
    again = run("add", WIRE)
    assert again.exit_code == 1
    assert "court order" in again.stderr
    assert "1 refused" in again.stdout
    assert run("add", WIRE, "--force").exit_code == 0
    assert run("said", "truce").stdout


def test_remove_says_when_a_reader_holds_the_log(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another program reads an older view, the words are said not to be wiped yet."""
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.1)
    run("add", WIRE)
    reader = sqlite3.connect(tmp_path / "news.onrecord", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM page").fetchone()
    removed = run("remove", WIRE, "--reason", "court order", "--author", "R. Blum")
    reader.close()
    assert removed.exit_code == 0
    assert "not yet wiped" in removed.output


def test_verify_reads_pages_again_when_asked(run: Run, tmp_path: Path) -> None:
    """A text that was altered with its hashes is found by reading its page again, and not otherwise."""
    run("add", WIRE)
    assert run("verify", "--pages").exit_code == 0
    connection = sqlite3.connect(tmp_path / "news.onrecord")
    path, *values = connection.execute(
        f"SELECT p.path, {', '.join(f'x.{name}' for name in rows.ARTICLE_COLUMNS)} FROM text x JOIN page p "
        "ON p.id = x.page_id"
    ).fetchone()
    now = rows.text_values(replace(rows.article_from(values, path), byline="Somebody Else"))
    columns = ", ".join(f"{name} = ?" for name in rows.TEXT_COLUMNS)
    connection.execute(f"UPDATE text SET {columns}", now)
    connection.commit()
    connection.close()
    assert run("verify").exit_code == 0
    found = run("verify", "--pages")
    assert found.exit_code == 1
    assert "gives another text or fields" in found.stderr


def test_warnings_cannot_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    """What the reader warns of is a line of ours on standard error, control characters taken out."""
    day, words = "\x1b]0;title\x07", "“The mill stands,” said Ilse Varga. " * 9
    (tmp_path / "t.csv").write_text(f'title,text,date\nMill,"{words}",{day}\n', encoding="utf-8")
    result = run("read", "t.csv")
    assert result.exit_code == 0
    (line,) = result.stderr.splitlines()
    assert line.startswith("onrecord: t.csv")
    assert "is no date" in line
    assert "\x1b" not in line
    folder = tmp_path / "odd\x1b[31mname"
    folder.mkdir()
    (folder / "a.txt").write_text("Mill\n\n" + words, encoding="utf-8")
    (folder / "b.zip").write_bytes(b"PK")
    assert "passed over" in (told := run("read", str(folder)).stderr)
    assert "\x1b" not in told


def test_remove_names_what_it_lacks(run: Run) -> None:
    """A page that is not held is named, the others are removed, the status is 1."""
    run("add", WIRE)
    result = run("remove", "absent.txt", WIRE, "--reason", "asked", "--author", "R. Blum")
    assert result.exit_code == 1
    assert result.stderr.startswith("onrecord: absent.txt: ")
    assert "1 page" in result.stdout


def test_refresh_shows_changes(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new model's refresh says what it changed in each article, and is then done."""
    run("add", WIRE)
    assert run("refresh").output == "All is up to date\n"
    monkeypatch.setattr(pipeline, "model_version", lambda: "keys 2")
    monkeypatch.setattr(pipeline, "extract", lambda article: extract_from_keys(article)[2:])
    assert run("refresh").output == f"{WIRE}: 2 statements gone\n1 article refreshed, 1 altered\n"
    assert run("refresh").output == "All is up to date\n"


def test_verify_finds_damage(run: Run) -> None:
    """A sound record verifies; one with an altered text is named, status 1."""
    shutil.copy(WIRE, "wire.txt")
    run("add", "wire.txt")
    assert run("verify").output == "news.onrecord: nothing wrong\n"
    with sqlite3.connect("news.onrecord") as connection:
        connection.execute("UPDATE text SET text = replace(text, 'ink', 'tea')")
    connection.close()
    result = run("verify")
    assert result.exit_code == 1
    assert "problem" in result.stdout
    assert "wire.txt" in result.stderr
    assert run("verify", "--json").stdout.startswith('{"what": ')


def test_a_folder_is_no_record(run: Run) -> None:
    """A record that is a folder is wrong use."""
    Path("folder").mkdir()
    assert run("add", WIRE, "--record", "folder").exit_code == 2


def test_interrupted_add_says_what_stays(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends ``add`` with one line: what was added stays, and the same again goes on."""

    def interrupted(article: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "extract", interrupted)
    result = run("add", WIRE)
    assert result.exit_code == 130
    assert "what was added stays" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_many_alike_are_counted(run: Run) -> None:
    """Of many rows of a table that fail for one reason five are named, and the others counted."""
    Path("bad.csv").write_text("text,outlet\n" + ",Quay News\n" * 40, encoding="utf-8")
    result = run("add", "bad.csv")
    assert result.exit_code == 1
    *named, rest = result.stderr.splitlines()
    assert len(named) == 5
    assert rest.startswith("onrecord: bad.csv: 35 more rows: ")
    assert "40 failed" in result.stdout


def test_table_without_text_names_the_option(run: Run) -> None:
    """A table of which no column is known to hold text names the option that says which, and no Python."""
    Path("odd.csv").write_text("nr,zzz\n1,2\n", encoding="utf-8")
    result = run("read", "odd.csv")
    assert result.exit_code == 1
    assert "--columns text=COLUMN" in result.stderr
    assert "columns={" not in result.stderr
