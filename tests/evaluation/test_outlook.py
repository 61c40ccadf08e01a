"""Scores of what statements look ahead to: both ways of answering, class, and due days."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.article import Article, Interval, Statement
from onrecord.errors import InputError
from onrecord.evaluation import outlook

TEXT = "Renn vowed to open the bridge in May 2031. Orl said rain will fall. Pim said it was dry."
HEAD = "id,file,start,end,published,outlook,due_first,due_last,due_vague\n"


def table(folder: Path) -> tuple[Path, Path]:
    """Write a table of three sentences and its one article."""
    first, second = TEXT.index(" Orl"), TEXT.index(" Pim")
    rows = [
        f"o1,a,0,{first},2031-02-01,promise,2031-05-01,2031-05-31,no",
        f"o2,a,{first + 1},{second},2031-02-01,prediction,,,no",
        f"o3,a,{second + 1},{len(TEXT)},2031-02-01,none,,,no",
    ]
    data, articles = folder / "t.csv", folder / "a.jsonl"
    data.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    articles.write_text(json.dumps({"id": "a", "text": TEXT}) + "\n", encoding="utf-8")
    return data, articles


def extract(_article: Article) -> list[Statement]:
    """Find the first statement only, with outlook and due days."""
    due = Interval(first="2031-05-01", last="2031-05-31", rule="month")
    content = ((TEXT.index("to open"), TEXT.index(". Orl")),)
    return [
        Statement(
            id="s", type="indirect", content=content, text="", outlook="promise", due=due, confidence=0.9
        )
    ]


def test_rows_are_scored_by_statements_and_by_sentences(tmp_path: Path) -> None:
    """A sentence without a statement is nothing ahead by itself, and is read whole for the other rows."""
    rows = outlook.evaluate(*table(tmp_path), extract).rows
    assert (rows["found: ahead"].count.predicted, rows["found: ahead"].count.gold) == (1, 2)
    assert rows["found: class"].count.recall == 0.5
    assert rows["sentence: class"].count.recall == 1.0
    assert rows["found: due"].figure == 1.0
    assert rows["found: belief as promise"].figure == 0.0


def test_a_forecast_taken_for_a_promise_is_wrong(tmp_path: Path) -> None:
    """It looks ahead, but a belief is no promise."""
    data, articles = table(tmp_path)
    data.write_text(data.read_text("utf-8").replace("promise", "prediction"), encoding="utf-8")
    rows = outlook.evaluate(data, articles, extract).rows
    assert rows["found: ahead"].count.precision == 1.0
    assert rows["found: ahead, belief no promise"].count.precision == 0.0


def test_a_table_without_its_columns_is_refused(tmp_path: Path) -> None:
    """The missing column is named."""
    data, articles = table(tmp_path)
    data.write_text("id,file\no1,a\n", encoding="utf-8")
    with pytest.raises(InputError, match="start"):
        outlook.evaluate(data, articles, extract)
