"""What holds for every text and every span."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Article, Statement
from onrecord.speakers import resolve
from onrecord.speakers.states import states

WORDS = st.sampled_from(
    [
        "Orlov",
        "Pavel",
        "al-Tarem",
        "the",
        "said",
        "he",
        "she",
        "they",
        "who",
        "I",
        "we",
        '"No,"',
        ".",
        ",",
        "(OCR)",
        "Ministry",
        "of",
        "Moscow",
        "Mrs.",
        "minister",
        "\n",
        "’s",
        "Jr.",
        "U.S.",
        "“",
        "”",
        "quoted",
        "as",
        "saying",
        "told",
        "state",
        "television",
        "according",
        "to",
        "reports",
        "Syrian",
        "officials",
        "—",
        "Harbour",
        "Times",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=60).map(" ".join))
SPANS = st.lists(st.tuples(st.integers(-5, 260), st.integers(-5, 260)), max_size=3).map(tuple)
STATEMENTS = st.lists(
    st.builds(
        Statement,
        id=st.sampled_from("abcdef"),
        type=st.just("direct"),
        content=SPANS,
        text=st.just(""),
        source=SPANS,
        cue=SPANS,
        parent=st.one_of(st.none(), st.sampled_from("abcdefg")),
        confidence=st.just(1.0),
    ),
    max_size=6,
)


@settings(max_examples=300, deadline=None)
@given(TEXTS, STATEMENTS)
def test_any_text_and_spans(text: str, statements: list[Statement]) -> None:
    """Nothing raises, order and given fields stay, and every span that is filled in lies inside the text."""
    found = resolve(Article(path="test", text=text), statements)
    blank: dict[str, Any] = {"speaker": None, "via": (), "hearsay": None, "about": ()}
    assert [replace(statement, **blank) for statement in found] == statements
    for statement in found:
        spans = [*statement.via, *(span for actor in statement.about for span in actor["spans"])]
        if statement.speaker:
            spans += statement.speaker.spans + statement.speaker.office_spans
        assert all(0 <= start <= end <= len(text) for start, end in spans)


@settings(max_examples=60, deadline=None)
@given(TEXTS, STATEMENTS)
def test_same_again(text: str, statements: list[Statement]) -> None:
    """Resolving what is resolved already changes nothing."""
    article = Article(path="test", text=text)
    once = resolve(article, statements)
    assert resolve(article, once) == once


def test_many_people_do_not_stall() -> None:
    """Two thousand people in one article of one sentence take no more than a few seconds."""
    text = ", ".join(
        f"N{'abcdefghij'[i % 10]}{'klmnopqrst'[i // 10 % 10]}{'ou'[i % 2]}{'uvwxyzab'[i // 100 % 8]}o Varga"
        for i in range(2000)
    )
    statement = Statement(id="a", type="direct", content=((0, 3),), text="", source=((4, 9),), confidence=1.0)
    many = [
        replace(
            statement, id=str(at), content=((at * 10, at * 10 + 9),), source=((at * 10 + 4, at * 10 + 9),)
        )
        for at in range(1000)
    ]
    begun = time.process_time()
    resolve(Article(path="test", text=text), many)
    assert time.process_time() - begun < 10


def test_one_state_for_a_name() -> None:
    """No name of a state is the name of two, and every seat of power leads to a state of the table."""
    tables = states()
    assert set(tables.seats.values()) | set(tables.demonyms.values()) <= set(tables.names.values())
    assert tables.of("the Kremlin") == tables.of("Moscow") == "Russia"
