"""Scores of statements: found, speaker and the finer fields."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.article import Article, Interval, Speaker, Statement
from onrecord.errors import InputError
from onrecord.evaluation import Report, corpora, evaluate
from onrecord.evaluation.corpora import Key
from onrecord.evaluation.statements import match_statements, same_name, statement_counts
from onrecord.evaluation.tokens import Tokens

from .reference import load_tool, noisy, plain, statement

CASE = "reports/gulf-news-2012-12-22"
NAMES = ["Orla Venn", "activists", "Lavrov", "Bashar al-Assad", "state television", None]


def guessed(rng: random.Random, keys: Sequence[Key], text: str) -> list[Statement]:
    """Return noisy statements with fields that are sometimes the key's and sometimes not."""
    found = noisy(rng, [(key.source, key.cue, key.content) for key in keys], len(text))
    for number, guess in enumerate(found):
        key = rng.choice(keys)
        near = min(keys, key=lambda k: abs(k.content[0][0] - (guess.content or ((0, 0),))[0][0]))
        key = near if rng.random() < 0.7 else key
        day = key.said or ("2011-03-30", "2011-03-30")
        speaker = Speaker(name=rng.choice([key.speaker, *NAMES]), kind=key.kind, office=key.office)
        found[number] = replace(
            guess,
            type=key.type or "direct",
            speaker=speaker if rng.random() < 0.9 else None,
            act=key.act,
            via=((0, 5),) if key.via else (),
            parent="other" if key.parent else None,
            said=Interval(first=day[0], last=day[1], rule="made up") if rng.random() < 0.6 else None,
            due=Interval(first="2012-12-22", last="2012-12-31", rule="made up"),
        )
    return found


def line(article: Article, found: Sequence[Statement]) -> dict[str, object]:
    """Return what ``extract --json`` prints for the article."""
    return {**article.to_json(), "statements": [s.to_json() for s in found]}


def share(report: Report, name: str) -> float:
    """Return a figure as the reference prints it."""
    return round(100 * report.rows[name].figure, 1) if name in report.rows else 0.0


@pytest.mark.shared
@pytest.mark.parametrize(("seed", "marker"), [(1, "a"), (2, "b"), (3, "a")])
def test_syria_figures_are_the_reference_scorers(shared: Path, seed: int, marker: str) -> None:
    """On keys with lost, moved, doubled and invented statements and mixed fields both scorers agree."""
    reference = load_tool(shared, "score_statements")
    rng = random.Random(seed)
    folder, names = shared / "data/syria", ["syria08", "syria11"]
    marked = corpora.syria(folder, marker, names)
    found = {m.name: guessed(rng, m.keys, m.text) for m in marked}
    printed = {m.name: json.loads(json.dumps(line(plain(m.path), found[m.name]))) for m in marked}
    files = [(f"{folder}/{name}.txt", f"{folder}/{name}.{marker}.json") for name in names]
    with pytest.warns(ResourceWarning):
        expected = reference.syria(printed, str(folder), files)

    report = evaluate("syria", folder, lambda a: found[Path(a.path).stem], key=marker, only=names, read=plain)

    statements = report.rows["statements"].count
    assert (statements.predicted, statements.gold) == (expected["predicted"], expected["gold"])
    assert (100 * statements.precision, 100 * statements.recall) == pytest.approx(
        (expected["P"], expected["R"]), abs=0.05
    )
    ours = {"F": "statements", "top_R": "outer statements", "via_F": "via", "nested_F": "nested"}
    ours |= {name: name for name in ("speaker", "type", "kind", "act", "said", "office")}
    assert {name: share(report, ours[name]) for name in ours} == {name: expected[name] for name in ours}


@pytest.mark.shared
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_case_figures_are_the_reference_scorers(shared: Path, seed: int) -> None:
    """On the model case with made-up finds both scorers count the same."""
    reference = load_tool(shared, "score_statements")
    folder = shared / CASE
    (marked,) = corpora.case(folder)
    found = guessed(random.Random(seed), marked.keys, marked.text)
    article = replace(plain(marked.path), agency="Reuters", published="2012-12-22T15:49", section="Elsewhere")
    with pytest.warns(ResourceWarning):
        expected = reference.case({"article": json.loads(json.dumps(line(article, found)))}, str(folder))

    report = evaluate("case", folder, lambda a: found, read=lambda path: article)

    rows = {name: row.count for name, row in report.rows.items()}
    statements = rows["statements"]
    assert (statements.right_gold, statements.gold) == (expected["found"], expected["of"])
    assert statements.predicted - statements.right_predicted == expected["extra"]
    assert rows["speaker of all marked"].gold == expected["speakers"]
    assert rows["article fields"].right_gold == expected["fields"] == 2
    assert {name: rows[name].right_gold for name in ("source", "speaker", "type", "nested")} == {
        name: expected[name] for name in ("source", "speaker", "type", "nested")
    }
    for name in ("said", "due", "released"):
        count = rows[f"{name} of all marked"]
        assert (count.right_gold, count.gold) == (expected[name], expected[f"{name}_of"])


@pytest.mark.shared
def test_white_space_may_differ_between_the_copies(shared: Path) -> None:
    """A reader that joins lines gets the same figures: spans are moved onto the marked text."""
    (marked,) = corpora.case(shared / CASE)
    wide = " \n".join(marked.text.split())
    moved = [offset for offset, character in enumerate(wide) if not character.isspace()]
    places = [offset for offset, character in enumerate(marked.text) if not character.isspace()]
    there = dict(zip(places, moved, strict=True))
    found = [
        statement(tuple((there[start], there[end - 1] + 1) for start, end in key.content))
        for key in marked.keys
    ]
    article = Article(path="wide", text=wide)

    report = evaluate("case", shared / CASE, lambda a: found, read=lambda path: article)

    assert report.rows["statements"].figure == 1.0
    assert report.failed == ()


@pytest.mark.parametrize(
    ("answer", "key", "same"),
    [
        ("Orla Venn", "Venn", True),
        ("Foreign Minister Orla Venn", "Orla Venn", True),
        ("the harbour master", "harbour master of Carrow", True),
        ("Merrow", "Merrow (government)", True),
        ("Tobias Venn-Lind", "Orla Dresk", False),
        (None, "Orla Dresk", False),
        ("the president", "the president", False),
    ],
)
def test_names_are_compared_without_titles(answer: str | None, key: str, same: bool) -> None:
    """Surname, all of the key's words or half of all words make it the same speaker, titles put aside."""
    assert same_name(answer, key) is same


def test_two_keys_may_be_found_as_one() -> None:
    """A statement that covers two keys which may be joined counts as both and as no false one."""
    text = "one two three four five six seven eight"
    keys = [Key(id="a", content=((0, 18),)), Key(id="b", content=((19, 39),))]
    whole = [statement(((0, 39),))]
    pairs = match_statements(Tokens(text), keys, whole, may_join=[("a", "b")])
    count = statement_counts(keys, whole, pairs)["statements"]
    assert (count.right_gold, count.right_predicted, count.predicted) == (2, 1, 1)


GOLD = {
    "file": "ferry.txt",
    "article": {"headline": "Ferry to sail", "published": "2024-05-22", "agency": None},
    "statements": [
        {
            "id": "s1",
            "content": ["it will sail"],
            "source": "Venn",
            "speaker": "Orla Venn",
            "type": "indirect",
        },
        {
            "id": "s2",
            "content": ["it will sail", "on Monday"],
            "source": "he",
            "context": "Dresk, he says ",
            "speaker": "Dresk",
            "type": "direct",
        },
    ],
}
FERRY = "Venn said it will sail.\n\nAsked by Venn, the Dresk, he\nsays it will sail, she heard, on Monday.\n"


def test_gold_keys_are_placed_by_the_words_before(tmp_path: Path) -> None:
    """A content that stands twice goes where its context says, a source to the nearest whole word."""
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "ferry.json").write_text(json.dumps(GOLD), encoding="utf-8")
    (tmp_path / "ferry.txt").write_text(FERRY, encoding="utf-8")
    second = FERRY.rindex("it will sail")
    monday = FERRY.index("on Monday")
    he = FERRY.index(", he") + 2

    def extract(article: Article) -> list[Statement]:
        return [
            statement(((10, 22),), ((0, 4),), speaker=Speaker(name="Venn"), confidence=0.9),
            statement(((second, second + 12), (monday, monday + 9)), ((he, he + 2),), confidence=0.4),
        ]

    def read(path: Path) -> Article:
        return replace(plain(path), headline="Ferry to sail", published="2024-05-22T08:00")

    report = evaluate("gold", tmp_path / "gold", extract, read=read)

    assert report.rows["attribution exact"].figure == 1.0
    assert report.rows["article fields"].figure == 1.0
    assert report.rows["speaker"].figure == 0.5
    assert report.calibration is not None
    assert report.calibration.certain_half == 1.0


def test_a_statement_that_the_reader_left_out_is_missed_and_named(tmp_path: Path) -> None:
    """A marked content that is not in the text read counts as marked and not found."""
    (tmp_path / "ferry.json").write_text(json.dumps(GOLD), encoding="utf-8")
    (tmp_path / "ferry.txt").write_text(FERRY, encoding="utf-8")

    def read(path: Path) -> Article:
        return Article(path=str(path), text=FERRY.partition(", on")[0])

    report = evaluate("gold", tmp_path, lambda article: [statement(((10, 22),))], read=read)

    statements = report.rows["statements"].count
    assert (statements.right_gold, statements.gold) == (1, 2)
    assert report.lost == ("ferry s2",)


def test_an_article_that_cannot_be_read_is_missed_and_named(tmp_path: Path) -> None:
    """A refused input counts as one in which nothing was found, and the report says which and why."""
    (tmp_path / "ferry.json").write_text(json.dumps(GOLD), encoding="utf-8")
    (tmp_path / "ferry.txt").write_text(FERRY, encoding="utf-8")

    def read(path: Path) -> Article:
        raise InputError(str(path), "is no news")

    report = evaluate("gold", tmp_path, lambda article: [], read=read)

    assert report.rows["statements"].count.gold == 2
    assert report.rows["statements"].figure == 0.0
    (failed,) = report.failed
    assert "is no news" in failed


def test_a_key_whose_words_are_not_in_the_text_is_named(tmp_path: Path) -> None:
    """A substring that the marked text does not hold is an error that names the key and the statement."""
    (tmp_path / "ferry.txt").write_text(FERRY, encoding="utf-8")
    row = {"id": "s7", "line": 1, "content": ["never printed"], "said_basis": None}
    (tmp_path / "ferry.a.json").write_text(json.dumps({"statements": [row]}), encoding="utf-8")
    with pytest.raises(InputError, match=r"ferry\.a\.json: statement s7"):
        evaluate("syria", tmp_path, lambda article: [], read=plain)
