"""``read`` and ``extract``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.cli.conftest import REPOSITORY, SAMPLES, Run

OURS = REPOSITORY / "docs" / "extract.schema.json"
WIRE = str(SAMPLES / "truce-wire.txt")
GERMAN = (
    "Der Minister sagte am Freitag, dass die Regierung den Vertrag nicht verlängern werde. "
    "Die Gespräche seien gescheitert, und neue Verhandlungen seien nicht geplant.\n"
) * 4


def lines(output: str) -> list[dict[str, Any]]:
    """Return the JSON lines of an output."""
    return [json.loads(line) for line in output.splitlines()]


def test_extract_keeps_the_contract(run: Run) -> None:
    """Every line of ``extract --json`` on the samples is as our schema says."""
    result = run("extract", str(SAMPLES), "--json")
    assert result.exit_code == 0
    validator = Draft202012Validator(json.loads(OURS.read_text(encoding="utf-8")))
    found = lines(result.stdout)
    assert sum(len(line["statements"]) for line in found) > 200
    for line in found:
        validator.validate(line)


@pytest.mark.shared
def test_extract_keeps_the_shared_contract(run: Run, shared: Path) -> None:
    """Every line is as the schema that outside checks use says."""
    validator = Draft202012Validator(json.loads((shared / "extract.schema.json").read_text(encoding="utf-8")))
    for line in lines(run("extract", str(SAMPLES), "--json").stdout):
        validator.validate(line)


@pytest.mark.shared
def test_our_schema_asks_for_the_same(shared: Path) -> None:
    """Our schema requires the same keys everywhere, and allows the same values, as the shared one."""

    def shape(schema: Any, definitions: Any) -> Any:
        if "$ref" in schema:
            schema = definitions[schema["$ref"].rpartition("/")[2]]
        of = {name: shape(one, definitions) for name, one in schema.get("properties", {}).items()}
        items = shape(schema["items"], definitions) if isinstance(schema.get("items"), dict) else None
        return sorted(schema.get("required", [])), schema.get("enum"), of, items

    ours = json.loads(OURS.read_text(encoding="utf-8"))
    theirs = json.loads((shared / "extract.schema.json").read_text(encoding="utf-8"))
    one, other = shape(ours, ours["$defs"]), shape(theirs, theirs["$defs"])
    # Ours names the places that a date may come from; theirs only describes them.
    where = one[2]["article"][2]
    where["published_from"] = ([], None, {}, None)
    assert one == other


def test_read_is_extract_without_statements(run: Run) -> None:
    """``read --json`` prints the line of ``extract --json`` less the statements."""
    read = lines(run("read", WIRE, "--json").stdout)
    extracted = lines(run("extract", WIRE, "--json").stdout)
    assert extracted[0].pop("statements")
    assert read == extracted


def test_one_failure_leaves_the_rest(run: Run) -> None:
    """An input that fails is named in one line; the others are done; the status is 1."""
    result = run("extract", "absent.txt", WIRE, "--json")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "absent.txt" in result.stderr
    assert [line["path"] for line in lines(result.stdout)] == [WIRE]


def test_other_language_is_said(run: Run) -> None:
    """An article in a language that the finder does not know is named, not guessed at; reading it works."""
    Path("bericht.txt").write_text(GERMAN, encoding="utf-8")
    result = run("extract", "bericht.txt", WIRE, "--json")
    assert result.exit_code == 1
    assert result.stderr.startswith("onrecord: bericht.txt: ")
    assert "English" in result.stderr
    assert [line["path"] for line in lines(result.stdout)] == [WIRE]
    assert lines(run("read", "bericht.txt", "--json").stdout)[0]["article"]["language"] == "de"


def test_standard_input(run: Run) -> None:
    """A dash reads standard input."""
    result = run("read", "-", "--json", input=Path(WIRE).read_bytes())
    (line,) = lines(result.stdout)
    assert line["path"] == "-"
    assert line["text"] == Path(WIRE).read_text(encoding="utf-8")


def test_what_the_file_does_not_say(run: Run) -> None:
    """``--published`` and ``--outlet`` fill what the file does not say, and are named as its place."""
    Path("note.txt").write_text(
        "Rail talks fail\n\nThe ferry union said talks had failed.\n" * 3, encoding="utf-8"
    )
    given = ("--published", "2024-03-01", "--outlet", "Harbour Gazette")
    article = lines(run("read", "note.txt", "--json", *given).stdout)[0]["article"]
    assert article["published"] == "2024-03-01"
    assert article["published_from"] == "option"
    assert article["outlet"] == "Harbour Gazette"


def test_columns_of_a_table(run: Run) -> None:
    """``--columns`` names what a table's columns hold, and the rows become articles of their own."""
    rows = "nr,prose,when\n1,The ferry union said on Monday that talks had failed.,2024-03-01\n"
    Path("table.csv").write_text(rows, encoding="utf-8")
    result = run("read", "table.csv", "--columns", "text=prose,published=when", "--json")
    (line,) = lines(result.stdout)
    assert line["path"].startswith("table.csv#")
    assert line["article"]["published"] == "2024-03-01"
    assert "ferry union" in line["text"]


def test_text_for_people(run: Run) -> None:
    """Without ``--json`` the statements are listed with speaker, type and words, within the width."""
    for width in (80, 120):
        result = run("extract", WIRE, terminal=width)
        assert "Lidia Marchetti-Poole" in result.output
        assert "not worth the ink" in result.output
    plain = run("extract", WIRE).output.splitlines()
    assert max(len(line) for line in plain) <= 80
    assert not any(line.endswith(" ") for line in plain)


def test_fields_for_people(run: Run) -> None:
    """``read`` prints the fields that are known, and how long the body is."""
    output = run("read", WIRE).output
    assert 'headline    Front spokesman: truce "not worth the ink"' in output
    assert "outlet" not in output
    assert "paragraphs" in output
