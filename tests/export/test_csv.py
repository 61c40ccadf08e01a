from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.export import COLUMNS, write_csv
from onrecord.export.csv import FORMULA, cell
from onrecord.query import Row


def read(rows: list[Row]) -> list[dict[str, str]]:
    """Write and read again as any CSV reader would."""
    stream = io.StringIO(newline="")
    assert write_csv(rows, stream) == len(rows)
    stream.seek(0)
    return list(csv.DictReader(stream))


def test_the_header_names_the_columns_of_the_codebook(rows: list[Row]) -> None:
    """One header, one row a statement, unknown values empty, lists and spans as the codebook says."""
    first, second = read(rows)
    assert list(first) == [column.name for column in COLUMNS]
    assert first["words"] == "“The grain stores are safe, and they will stay so,”"
    assert (first["verdict"], first["judged"]) == ("accept", "office")
    assert first["content_spans"] == f"{rows[0].content[0][0]}-{rows[0].content[0][1]}"
    assert (second["office"], second["said_first"], second["confidence"]) == ("", "", "0.9")


def test_a_formula_in_a_judgement_is_neutralised(rows: list[Row]) -> None:
    """What a page or a person wrote never runs in a spreadsheet."""
    assert read(rows)[0]["office"] == "'=warden()"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1+1"])
def test_every_beginning_of_a_formula_is_neutralised(text: str) -> None:
    """Each sign that some spreadsheet takes for a formula gets a mark before it."""
    assert cell(text, "text") == "'" + text


@given(text=st.text(max_size=40))
def test_text_survives_but_for_the_mark(text: str) -> None:
    """No other text is changed, whatever quotes, commas and line ends it holds; no cell starts a formula."""
    written = cell(text, "text")
    assert not written.lstrip(" ").startswith(FORMULA)
    assert written.removeprefix("'") == text.replace("\0", "�").removeprefix("'")
    stream = io.StringIO(newline="")
    csv.writer(stream).writerow([written, "x"])
    stream.seek(0)
    assert next(csv.reader(stream)) == [written, "x"]


def test_line_ends_and_commas_stay_within_their_cell(rows: list[Row]) -> None:
    """A headline over two lines with quotes is one cell."""
    altered = replace(rows[0], headline='Grain, "safe"\nin store')
    assert read([altered])[0]["headline"] == 'Grain, "safe"\nin store'
