"""The documents: what they show is what is printed, what they name is there."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import onrecord
from onrecord import cli
from onrecord.reading import limits

REPOSITORY = Path(__file__).parents[1]
DOCS = REPOSITORY / "docs"
PAGES = [REPOSITORY / "README.md", *sorted(DOCS.glob("*.md"))]

#: What may differ from one machine or day to another: the last digits of a confidence, and with them whether
#: a doubtful statement is found; the day of reading.
_VARYING = re.compile(r"\b[01]\.\d\d\b|\b\d+(?= statements?\b)|(?<=retrieved )\d{4}-\d\d-\d\d")


@pytest.fixture(scope="module")
def build() -> ModuleType:
    """Load docs/build.py."""
    spec = importlib.util.spec_from_file_location("build", DOCS / "build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def blocks(language: str) -> list[tuple[Path, str]]:
    """Return every block of a language in the pages."""
    pattern = re.compile(rf"^```{language}\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    return [(page, code) for page in PAGES for code in pattern.findall(page.read_text(encoding="utf-8"))]


def test_commands_page_is_current(build: ModuleType) -> None:
    """docs/commands.md is what the commands' help says; ``python docs/build.py`` brings it up to date."""
    assert (DOCS / "commands.md").read_text(encoding="utf-8") == build.commands_page()


@pytest.mark.parametrize("name", sorted(cli.main.commands))
def test_every_command_has_a_section(name: str) -> None:
    """Every command has a section of its own in docs/commands.md."""
    assert f"\n## onrecord {name}\n" in (DOCS / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_shown_output_is_real(build: ModuleType, page: Path) -> None:
    """What a page shows below a command is what the command prints."""
    text = page.read_text(encoding="utf-8")
    assert _VARYING.sub("#", build.rerun(text)) == _VARYING.sub("#", text)


@pytest.mark.parametrize(("page", "code"), blocks("python"))
def test_python_runs(
    page: Path,
    code: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The Python in the pages runs, and prints something."""
    shutil.copy(REPOSITORY / "examples" / "articles" / "op-ed-dam.html", tmp_path / "page.html")
    (tmp_path / "examples").symlink_to(REPOSITORY / "examples")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(compile(code, str(page), "exec"), names)
    if isinstance(record := names.get("record"), onrecord.Record):
        record.close()
    assert capsys.readouterr().out


def test_readme_api_is_short() -> None:
    """The README's Python is at most ten lines."""
    ((_, code),) = [block for block in blocks("python") if block[0].name == "README.md"]
    assert len(code.splitlines()) <= 10


def test_record_page_names_every_table(tmp_path: Path) -> None:
    """docs/record.md names every table and view of a record, and no other."""
    path = tmp_path / "new.onrecord"
    onrecord.Record(path).close()
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
    connection.close()
    made = {
        name for (name,) in rows if not re.match(r"sqlite_|(text_)?search_(data|idx|docsize|config)$", name)
    }
    table = (DOCS / "record.md").read_text(encoding="utf-8").partition("## Tables")[2].partition("\n## ")[0]
    named = {
        name
        for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
        for name in re.findall("`(.*?)`", row)
    }
    assert named | {"search_row"} == made


def test_trust_page_has_the_limits() -> None:
    """The limits in docs/trust.md are those that the readers keep."""
    page = (DOCS / "trust.md").read_text(encoding="utf-8")
    for shown in (
        f"one file or page | {limits.MAX_BYTES // 1_000_000} MB |",
        f"one article | {limits.MAX_CHARACTERS:,} |",
        f"one row of a table | {limits.MAX_ROW:,} |",
        f"HTML above {limits.DOUBTFUL_BYTES // 1_000_000} MB or {limits.DOUBTFUL_DEPTH} elements deep",
        f"{limits.CONFINED_SECONDS} s and {limits.CONFINED_BYTES // 1_000_000} MB",
        f"{limits.FETCH_SECONDS:.0f} s, {limits.FETCH_SILENCE:.0f} s of silence",
        f"redirects | {limits.MAX_REDIRECTS} |",
    ):
        assert shown in page


def test_links_lead_somewhere() -> None:
    """Every relative link of the pages leads to a file of the repository."""
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_demo_runs() -> None:
    """The demonstration reads every sample and fits into 80 columns."""
    environment = {**os.environ, "COLUMNS": "80"}
    demo = [sys.executable, str(REPOSITORY / "examples" / "demo.py")]
    result = subprocess.run(demo, capture_output=True, text=True, env=environment, cwd=REPOSITORY)
    assert result.returncode == 0, result.stderr
    assert "not read" not in result.stdout
    assert result.stdout.count("$ onrecord") == 2
    assert max(len(line) for line in result.stdout.splitlines()) <= 80
