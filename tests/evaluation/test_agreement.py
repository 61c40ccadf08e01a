"""Agreement between annotators, and of the finder with each."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.article import Article, Statement
from onrecord.errors import InputError
from onrecord.evaluation import agreement

from .reference import plain, statement

TEXT = "The ferry will sail, Orla Venn said. She added that nobody was told."
FERRY = "T1\tContent 0 19\tThe ferry\nT2\tSource 21 30\tOrla Venn\nE1\tAttribution:T2 Content:T1 Source:T2\n"
NOBODY = "T3\tContent 47 67\tthat nobody\nT4\tSource 37 40\tShe\nE2\tAttribution:T4 Content:T3 Source:T4\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """One article that two have marked, and one that a single annotator has."""
    for folder in ("text", "attributions"):
        (tmp_path / folder).mkdir()
    for name in ("ferry", "lonely"):
        (tmp_path / "text" / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "attributions" / "ferry_1a.ann").write_text(FERRY, encoding="utf-8")
    (tmp_path / "attributions" / "ferry_2b.ann").write_text(FERRY + NOBODY, encoding="utf-8")
    (tmp_path / "attributions" / "lonely_1a.ann").write_text(FERRY, encoding="utf-8")
    return tmp_path


def test_people_are_compared_both_ways(corpus: Path) -> None:
    """One agreed attribution of one and of two marked gives precision, recall and F1 of two thirds."""
    report = agreement(corpus)
    row = report.rows["people: attribution relaxed"]
    assert report.articles == 1
    assert row.count.precision == pytest.approx(2 / 3)
    assert row.figure == pytest.approx(2 / 3)


def test_the_finder_is_compared_with_each_annotator(corpus: Path) -> None:
    """What the finder finds is held against every annotator's file of the same articles."""

    def extract(article: Article) -> list[Statement]:
        return [statement(((0, 19),), ((21, 30),))]

    row = agreement(corpus, extract, read=plain).rows["finder: attribution exact"]
    assert (row.count.right_predicted, row.count.predicted, row.count.gold) == (2, 2, 3)


def test_a_corpus_marked_once_has_no_agreement(corpus: Path) -> None:
    """Without an article that several have marked there is nothing to compare, and that is said."""
    with pytest.raises(InputError, match="several annotators"):
        agreement(corpus, only=["lonely"])
