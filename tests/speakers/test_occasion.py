from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import Article, Statement, statement_id
from onrecord.speakers.occasion import with_occasions


def _statement(text: str, content: str, cue: str) -> tuple[Article, Statement]:
    article = Article(path="a", text=text)
    at, said = text.index(content), text.index(cue)
    spans = ((at, at + len(content)),)
    return article, Statement(
        id=statement_id(article.text_sha256, spans), type="direct", content=spans, text=content,
        cue=((said, said + len(cue)),), confidence=0.9,
    )  # fmt: skip


CASES = [
    ("“No,” Hale told reporters on Friday.", "“No,”", "told", "reporters", ""),
    (
        "Mr. Hale told the Vellin Review that the dam is safe.",
        "that the dam is safe",
        "told",
        "the Vellin Review",
        "",
    ),
    ("He urged Norrland to open the gates.", "to open the gates", "urged", "Norrland", ""),
    ("She was told that “nobody left”.", "that “nobody left”", "was told", "", ""),
    (
        "In a letter to the harbour council, Hale said the quay was safe.",
        "the quay was safe",
        "said",
        "the harbour council",
        "In a letter to the harbour council",
    ),
    (
        "“We stay,” she said in an interview with Radio Tessar on Monday.",
        "“We stay,”",
        "said",
        "Radio Tessar",
        "in an interview with Radio Tessar",
    ),
    (
        "Hale told reporters aboard a government plane that it would rain.",
        "that it would rain",
        "told",
        "reporters",
        "aboard a government plane",
    ),
    ("“Never,” Hale told reporters in Korvat.", "“Never,”", "told", "reporters", "in Korvat"),
    ("“Never,” Hale said at a news conference.", "“Never,”", "said", "", "at a news conference"),
    (
        "“Never,” Hale said in a speech at Tessar University.",
        "“Never,”",
        "said",
        "",
        "in a speech at Tessar University",
    ),
    (
        "Hale warned members of the upper house that time is short.",
        "that time is short",
        "warned",
        "members of the upper house",
        "",
    ),
    (
        "Hale said the letter to the mayor in Korvat was lost.",
        "the letter to the mayor in Korvat was lost",
        "said",
        "",
        "",
    ),
    ("“Fine,” said Hale, who lives in Korvat.", "“Fine,”", "said", "", ""),
    ("Hale, in March, said it was late.", "it was late", "said", "", ""),
    ("He told himself it was late.", "it was late", "told", "", ""),
]


@pytest.mark.parametrize(("text", "content", "cue", "addressee", "occasion"), CASES)
def test_the_clause_of_the_cue_tells(
    text: str, content: str, cue: str, addressee: str, occasion: str
) -> None:
    """The words to whom and where are taken from the cue's clause, and from nothing that is said."""
    article, statement = _statement(text, content, cue)
    (found,) = with_occasions(article, [statement])
    assert (article.quote(found.addressee), article.quote(found.occasion)) == (addressee, occasion)


@given(
    text=st.text("told inat aletrspech,.”“\nAB", max_size=80),
    cut=st.tuples(st.integers(0, 40), st.integers(1, 30)),
)
def test_spans_lie_within_any_text(text: str, cut: tuple[int, int]) -> None:
    """Whatever the text is, the spans are of words in it."""
    low, high = min(cut[0], len(text)), min(cut[0] + cut[1], len(text))
    statement = Statement(
        id="x", type="direct", content=((0, low),), text=text[:low], cue=((low, high),), confidence=0.5
    )
    (found,) = with_occasions(Article(path="a", text=text), [statement])
    for start, end in (*found.addressee, *found.occasion):
        assert 0 <= start < end <= len(text)


def test_a_long_line_of_hearers_does_not_stall() -> None:
    """Hundreds of thousands of characters without a stop are cut, not searched again and again."""
    text = "told a " * 50_000
    statement = Statement(
        id="x", type="direct", content=((0, 4),), text="told", cue=((7, 11),), confidence=0.5
    )
    assert len(with_occasions(Article(path="a", text=text), [statement] * 50)) == 50


@pytest.mark.parametrize("source", ["a clerk at the Tessar Bank", "a clerk"])
def test_where_the_source_works_is_no_occasion(source: str) -> None:
    """A place in the words for the source, or right behind them, is of the source."""
    text = "“Fine,” said a clerk at the Tessar Bank."
    article, statement = _statement(text, "“Fine,”", "said")
    at = text.index(source)
    statement = replace(statement, source=((at, at + len(source)),))
    assert with_occasions(article, [statement])[0].occasion == ()


def test_a_paper_named_like_an_event_is_none() -> None:
    """The Post is no post."""
    article, statement = _statement("He was quoted by the Korvat Post as saying “no”.", "“no”", "saying")
    assert with_occasions(article, [statement])[0].occasion == ()
