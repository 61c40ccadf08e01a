"""When a statement was said: by the date of its cue, not by one inside the content or of another event."""

from __future__ import annotations

import pytest

from onrecord.article import Article, Speaker, Statement
from onrecord.dates.said import with_days

PUBLISHED = "2012-12-22"


def statement(
    text: str, content: str, cue: str, source: str, after: int = 0, speaker: str = "Ada Renn"
) -> Statement:
    """Return a statement of words of a text."""

    def span(words: str) -> tuple[tuple[int, int], ...]:
        at = text.index(words, after)
        return ((at, at + len(words)),)

    return Statement(
        id=f"{after}-{content}", type="indirect", content=span(content), text=content, cue=span(cue),
        source=span(source), speaker=Speaker(name=speaker), confidence=0.9,
    )  # fmt: skip


def dated(text: str, *statements: Statement, published: str | None = PUBLISHED) -> list[Statement]:
    """Return the statements with their days."""
    return with_days(Article(path="x", text=text, published=published), statements)


@pytest.mark.parametrize(
    ("text", "content", "first"),
    [
        ("Renn said on Thursday the port was open.", "the port was open", "2012-12-20"),
        ("On Thursday, Renn said the port was open.", "the port was open", "2012-12-20"),
        ("The port was open, Renn said in Tessarin on Thursday.", "The port was open", "2012-12-20"),
        ("Speaking on Thursday, Renn said the port was open.", "the port was open", "2012-12-20"),
        ("Renn said the port was closed on Thursday.", "the port was closed on Thursday", None),
        ("Renn, who was elected on Thursday, said the port was open.", "the port was open", None),
        ("After Thursday's attack, Renn said the port was open.", "the port was open", None),
        ("Friday 21 December 2012 09.05 GMT Renn said the port was open.", "the port was open", None),
        ("Renn said the port was open.", "the port was open", None),
    ],
)
def test_the_day_of_the_cue(text: str, content: str, first: str | None) -> None:
    """The day is that of the cue clause, and unknown where only other clauses have one."""
    (one,) = dated(text, statement(text, content, "said", "Renn"))
    assert (one.said.first if one.said else None) == first
    assert one.said is None or not one.said.inferred


@pytest.mark.parametrize(
    ("modified", "first"),
    [("2012-12-23T09:00:00Z", "2012-12-23"), ("2013-01-20", "2012-12-16"), (None, "2012-12-16")],
)
def test_a_text_written_on_tells_of_the_days_since(modified: str | None, first: str) -> None:
    """A weekday told as past may be one after publication if the text was changed within three days."""
    text = "Renn said early Sunday the port was open."
    article = Article(path="x", text=text, published=PUBLISHED, modified=modified)
    (found,) = with_days(article, [statement(text, "the port was open", "said", "Renn")])
    assert found.said is not None
    assert (found.said.first, found.said.last) == (first, first)


def test_a_participle_takes_the_day_of_the_verb_in_front() -> None:
    """Who rowed back on a day, saying something, said it on that day."""
    text = "Renn rowed back on Friday, saying the port was open."
    (one,) = dated(text, statement(text, "the port was open", "saying", "Renn"))
    assert one.said is not None
    assert (one.said.first, one.said.inferred) == ("2012-12-21", False)


def test_carried_on_is_inferred() -> None:
    """What the same speaker adds is of the same occasion, and marked as inferred; others get no day."""
    text = "Renn said on Thursday the port was open. It would stay so, she added. It would close, Orl said."
    first = statement(text, "the port was open", "said", "Renn")
    second = statement(text, "It would stay so", "added", "she", 40)
    third = statement(text, "It would close", "said", "Orl", 60, "Pim Orl")
    one, other, stranger = dated(text, first, second, third)
    assert one.said is not None
    assert other.said is not None
    assert (other.said.first, other.said.inferred) == (one.said.first, True)
    assert stranger.said is None


def test_released_apart_from_said() -> None:
    """The day on which words were cleared for release is not the day on which they were said."""
    text = "The port was open, Renn told reporters last night in comments cleared for release on Saturday."
    (one,) = dated(text, statement(text, "The port was open", "told", "Renn"))
    assert one.said is not None
    assert one.said.first == "2012-12-21"
    assert one.released is not None
    assert one.released.first == "2012-12-22"


def test_a_day_ends_with_publication() -> None:
    """What was said this week was said by the day of publication, and no later."""
    text = "Renn said this week the port was open."
    (one,) = dated(text, statement(text, "the port was open", "said", "Renn"), published="2012-12-19")
    assert one.said is not None
    assert (one.said.first, one.said.last) == ("2012-12-17", "2012-12-19")


def test_entries_of_a_live_blog_are_dated_by_their_headings() -> None:
    """Times on lines of their own date what stands under them; a single one is only the article's date."""
    entries = "Friday 9.15 a.m.\n\nRenn says the port is open.\n\nThursday 8 p.m.\n\nOrl says it is shut."
    first = statement(entries, "the port is open", "says", "Renn")
    second = statement(entries, "it is shut", "says", "Orl", 50, "Pim Orl")
    days = [one.said for one in dated(entries, first, second)]
    assert [(day.first, day.inferred) for day in days if day] == [("2012-12-21", True), ("2012-12-20", True)]
    single = "Friday 9.15 a.m.\n\nRenn says the port is open."
    (one,) = dated(single, statement(single, "the port is open", "says", "Renn"))
    assert one.said is None


def test_no_publication_day() -> None:
    """Without a publication day a weekday gives no day."""
    text = "Renn said on Thursday the port was open."
    (one,) = dated(text, statement(text, "the port was open", "said", "Renn"), published=None)
    assert one.said is None
