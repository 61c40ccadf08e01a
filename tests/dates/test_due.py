"""When what a statement looks ahead to falls due."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import Article, Speaker, Statement
from onrecord.dates.due import with_outlook


def looked_ahead(text: str, content: str, cue: str, published: str | None = "2012-12-22") -> Statement:
    """Return the one statement of a text."""
    at, cue_at = text.index(content), text.index(cue)
    one = Statement(
        id="s",
        type="indirect",
        content=((at, at + len(content)),),
        text=content,
        cue=((cue_at, cue_at + len(cue)),),
        source=((0, 4),),
        speaker=Speaker(name="Ada Renn", kind="person"),
        confidence=0.9,
    )
    return with_outlook(Article(path="x", text=text, published=published), [one])[0]


@pytest.mark.parametrize(
    ("content", "first", "last"),
    [
        ("to visit Lesma before the end of this year", "2012-12-22", "2012-12-31"),
        ("to visit Lesma next week", "2012-12-24", "2012-12-30"),
        ("to visit Lesma by Friday", "2012-12-22", "2012-12-28"),
        ("to visit Lesma within a month", "2012-12-22", "2013-01-22"),
        ("to visit Lesma", None, None),
        ("to visit Lesma as she did last week", None, None),
    ],
)
def test_due_days(content: str, first: str | None, last: str | None) -> None:
    """The day or the limit in the content is when it falls due; a past day is none."""
    one = looked_ahead(f"Renn promised {content}.", content, "promised")
    assert one.outlook == "promise"
    assert (one.due.first if one.due else None, one.due.last if one.due else None) == (first, last)


def test_due_has_its_words_and_rule() -> None:
    """The days rest on spans of the text and a rule; vague words are marked."""
    text = "Renn promised to visit Lesma soon."
    one = looked_ahead(text, "to visit Lesma soon", "promised")
    assert one.due is not None
    assert one.due.vague
    assert one.due.rule
    assert [text[start:end] for start, end in one.due.spans] == ["soon"]


def test_no_due_without_outlook_or_publication_day() -> None:
    """What looks to nothing falls due never, and relative days need a day to count from."""
    assert looked_ahead("Renn said the port was open.", "the port was open", "said").due is None
    assert looked_ahead("Renn promised to come next week.", "to come next week", "promised", None).due is None


@given(st.text(max_size=200))
def test_any_content_is_read(content: str) -> None:
    """No content makes it fail, and nothing but outlook and due is changed."""
    text = f"Renn vowed {content}"
    span = ((11, len(text)),)
    one = Statement(id="s", type="mixed", content=span, text=content, cue=((5, 10),), confidence=0.5)
    (done,) = with_outlook(Article(path="x", text=text, published="2012-12-22"), [one])
    assert (done.id, done.content, done.text) == (one.id, one.content, one.text)
