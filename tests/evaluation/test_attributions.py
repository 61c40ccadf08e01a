"""Scores of attributions."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from onrecord.article import Article, Spans, Statement
from onrecord.evaluation import evaluate
from onrecord.evaluation.attributions import attribution_counts
from onrecord.evaluation.corpora import Key
from onrecord.evaluation.tokens import Tokens

from .reference import ROLES, load_tool, noisy, plain, statement

NAMES = {
    "tok source": "tokens source",
    "tok cue": "tokens cue",
    "tok content": "tokens content",
    "content ov": "content overlap",
    "content ex": "content exact",
    "content j50": "content half",
    "attr relaxed": "attribution relaxed",
    "attr exact": "attribution exact",
    "attr ex+cue": "attribution exact with cue",
}
TEXT = 'The ferry will sail, Orla Venn said. She added that "nobody" was told.'


def spans_of(words: str) -> tuple[tuple[int, int], ...]:
    """Where the words stand in TEXT."""
    start = TEXT.index(words)
    return ((start, start + len(words)),)


FERRY = Key(content=spans_of("The ferry will sail"), source=spans_of("Orla Venn"), cue=spans_of("said"))
NOBODY = Key(content=spans_of('that "nobody" was told'), source=spans_of("She"), cue=spans_of("added"))


def gold_lines(path: Path) -> dict[str, list[dict[str, list[list[int]]]]]:
    """Article -> its marked attributions."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {row["doc"]: row["attributions"] for row in rows}


def spans(pairs: list[list[int]]) -> Spans:
    """Turn lists into spans."""
    return tuple((start, end) for start, end in pairs)


@pytest.mark.shared
@pytest.mark.parametrize("seed", [1, 2])
def test_every_figure_is_the_reference_scorers(shared: Path, seed: int) -> None:
    """On marked articles with random losses, moved borders, doubles and inventions both scorers agree."""
    reference = load_tool(shared, "score_attributions")
    rng = random.Random(seed)
    gold_file = shared / "data/polnear/dev_gold.jsonl"
    gold = gold_lines(gold_file)
    texts = {name: plain(shared / f"data/polnear/dev/text/{name}.txt").text for name in gold}
    found = {
        name: noisy(rng, [[spans(marked[role]) for role in ROLES] for marked in rows], len(texts[name]))
        for name, rows in gold.items()
    }
    predictions = {
        name: [{role: getattr(s, role) for role in ROLES} for s in rows] for name, rows in found.items()
    }
    expected, _ = reference.score(gold, predictions, texts)

    report = evaluate("polnear", gold_file, lambda article: found[Path(article.path).stem], read=plain)

    assert len(expected) == 2 * len(NAMES)
    for name, counts in expected.items():
        part, _, short = name.rpartition(":")
        row = report.rows[("quoted: " if part else "") + NAMES[short]]
        figures = (row.count.precision, row.count.recall, row.figure)
        assert figures == pytest.approx(reference.prf(counts), abs=1e-9), name


@pytest.mark.shared
def test_standoff_and_gold_lines_hold_the_same_attributions(shared: Path) -> None:
    """The first annotators' files by name are the gold lines; only the attributions without content miss."""
    gold = gold_lines(shared / "data/polnear/dev_gold.jsonl")

    def as_marked(article: Article) -> list[Statement]:
        rows = gold[Path(article.path).stem]
        return [statement(*(spans(row[role]) for role in ("content", "source", "cue"))) for row in rows]

    report = evaluate("polnear", shared / "data/polnear/dev", as_marked, read=plain)

    assert report.articles == len(gold)
    empty = sum(not row["content"] for rows in gold.values() for row in rows)
    for name in ("attribution exact with cue", "attribution relaxed", "content exact"):
        count = report.rows[name].count
        assert count.gold - count.right_gold == count.predicted - count.right_predicted == empty
    for role in ROLES:
        assert report.rows[f"spans {role}"].figure == report.rows[f"tokens {role}"].figure == 1.0


def test_relaxed_needs_half_of_content_and_source() -> None:
    """Half of the tokens of both is enough for relaxed, and exact asks for all of them."""
    half = statement(spans_of("ferry will"), spans_of("Venn"))
    counts, right = attribution_counts(Tokens(TEXT), [FERRY], [half])
    assert (counts["attribution relaxed"].f1, counts["attribution exact"].f1, right) == (1.0, 0.0, [True])


def test_a_wrong_source_is_a_wrong_attribution() -> None:
    """The same content on another's word is right as content and wrong as attribution."""
    counts, right = attribution_counts(Tokens(TEXT), [FERRY], [statement(FERRY.content, NOBODY.source)])
    assert (counts["content exact"].f1, counts["attribution relaxed"].f1, right) == (1.0, 0.0, [False])


def test_quotation_marks_at_the_edge_do_not_count() -> None:
    """Exact is about letters and digits: a quotation mark more or less at the border changes nothing."""
    found = statement(spans_of('that "nobody" was told.'), NOBODY.source)
    counts, _ = attribution_counts(Tokens(TEXT), [NOBODY], [found])
    assert counts["attribution exact"].f1 == 1.0


def test_the_quoted_part_leaves_out_what_belongs_elsewhere() -> None:
    """A prediction for a statement without quotation marks is neither right nor false in the quoted part."""
    both = [statement(FERRY.content, FERRY.source), statement(NOBODY.content, NOBODY.source)]
    counts, _ = attribution_counts(Tokens(TEXT), [FERRY, NOBODY], both)
    row = counts["quoted: attribution relaxed"]
    assert (row.predicted, row.gold, row.f1) == (1, 1, 1.0)


def test_one_span_in_two_attributions_counts_once() -> None:
    """``spans`` are distinct: a source that stands for two contents is one span."""
    found = [statement(FERRY.content, FERRY.source), statement(NOBODY.content, FERRY.source)]
    counts, _ = attribution_counts(Tokens(TEXT), [FERRY], found)
    assert counts["spans source"].predicted == 1


def test_nested_statements_are_left_out(tmp_path: Path) -> None:
    """A statement with a parent is no prediction where the corpus marks none inside another."""
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text" / "ferry.txt").write_text(TEXT, encoding="utf-8")
    brat = (
        "T1\tContent 0 19\tThe ferry will sail",
        "T2\tSource 21 30\tOrla Venn",
        "E1\tAttribution:T9 Content:T1 Source:T2",
    )
    (tmp_path / "attributions" / "ferry_x1.ann").write_text("\n".join(brat), encoding="utf-8")

    def extract(article: Article) -> list[Statement]:
        return [
            statement(FERRY.content, FERRY.source, id="outer"),
            statement(NOBODY.content, NOBODY.source, id="inner", parent="outer"),
        ]

    report = evaluate("polnear", tmp_path, extract, read=plain)
    assert report.rows["attribution exact"].count.predicted == 1
    assert report.rows["attribution exact"].figure == 1.0
