"""The values that the steps hand on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import FIELDS, Article, Interval, Page, Speaker, Statement, statement_id

ARTICLE = Article(path="a.txt", text="“Yes,” she said. “No.”", parts={"body": ((0, 22),)}, headline=None)


def test_quote_joins_fragments() -> None:
    """The words under several spans are joined by an ellipsis in brackets."""
    assert ARTICLE.quote([(0, 6), (17, 22)]) == "“Yes,” […] “No.”"


def test_article_json_has_every_field() -> None:
    """The article object of the contract has each field, null where unknown, parts as lists, and declared."""
    line = ARTICLE.to_json()
    assert set(line) == {"path", "text", "article"}
    assert set(line["article"]) == {*FIELDS, "parts", "declared"}
    assert line["article"]["parts"] == {"body": [[0, 22]]}
    assert line["article"]["headline"] is None


def test_page_hash() -> None:
    """A page is known by the SHA-256 of its bytes."""
    assert Page(data=b"abc", media_type="text/plain").sha256.startswith("ba7816bf")


@given(st.text())
def test_text_hash_takes_any_text(text: str) -> None:
    """Every text has a hash, one with lone surrogates too."""
    assert len(Article(path="x", text=text + "\ud800").text_sha256) == 64


def test_statement_id_depends_on_text_and_content() -> None:
    """The id of a statement changes with the text or the content spans, and with nothing else."""
    one = statement_id("aa", ((0, 6),))
    assert one == statement_id("aa", ((0, 6),))
    assert (
        len(
            {
                one,
                statement_id("ab", ((0, 6),)),
                statement_id("aa", ((0, 7),)),
                statement_id("aa", ((0, 6), (7, 8))),
            }
        )
        == 4
    )


def test_statement_json_is_plain() -> None:
    """A statement's JSON has lists for spans and objects for speaker and dates, without its words."""
    statement = Statement(
        id="x",
        type="direct",
        content=((0, 6),),
        text="“Yes,”",
        speaker=Speaker(name="Ada Quill", spans=((7, 10),)),
        said=Interval(first="2020-01-01", last="2020-01-01", rule="day"),
        confidence=0.5,
    )
    line = statement.to_json()
    assert "text" not in line
    assert line["content"] == [[0, 6]]
    assert line["speaker"]["spans"] == [[7, 10]]
    assert line["said"]["rule"] == "day"
    assert line["via"] == []


def test_speaker_prints_as_name() -> None:
    """A speaker prints as its name, an unknown one as a question mark."""
    assert str(Speaker(name="Ada Quill")) == "Ada Quill"
    assert str(Speaker()) == "?"
