"""The search box: what a line means, and how it is written back."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.errors import QueryError
from onrecord.query import box

#: Text with much of what the box takes for its own.
LINES = st.lists(
    st.sampled_from([*box.OPERATORS, *'":-*“”„« ', "grain", "été", "x y", "by:", "Since:", "\0", "\n", "yes"])
    | st.text(max_size=5)
).map("".join)


def test_operators_and_words() -> None:
    """Operators give filters, the rest are words, phrases and words to leave out, in any order and case."""
    asked = box.parse(
        'grain "northern gate" By:"milan  dravec" -rail since:2031-02 TYPE:direct “road block”*'
    )
    assert asked.words == 'grain "northern gate" -rail "road block"*'
    assert asked.filters == {"by": "milan dravec", "since": "2031-02", "type": "direct"}


def test_values_are_read_as_what_they_mean() -> None:
    """Yes and no are truth values, a confidence is a number."""
    filters = box.parse("named:no copies:yes confidence:0.8").filters
    assert filters == {"named": False, "copies": True, "min_confidence": 0.8}


def test_what_is_no_operator_is_a_word() -> None:
    """A colon alone makes no operator, and within quotation marks nothing does."""
    assert box.parse('10:30 "by:ilka" wires:').terms == ("10:30", '"by:ilka"', "wires:")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("by:", "has no value"),
        ("by:ilka by:milan", "twice"),
        ("-outlet:gazette", "only words"),
        ("x" * 3000, "3000 characters"),
    ],
)
def test_lines_that_mean_nothing(line: str, says: str) -> None:
    """What cannot be asked is refused with the reason."""
    with pytest.raises(QueryError, match=says):
        box.parse(line)


@pytest.mark.parametrize("line", ["named:perhaps", "confidence:much"])
def test_values_that_mean_nothing(line: str) -> None:
    """A value that is none of its operator's is refused."""
    with pytest.raises(QueryError, match="Write"):
        _ = box.parse(line).filters


@given(LINES)
def test_a_question_written_back_is_the_same_question(line: str) -> None:
    """Whatever is typed is refused or understood, and what is written back asks the same."""
    try:
        asked = box.parse(line)
    except QueryError:
        return
    assert box.parse(asked.line()) == asked


@example("", "a\0b")
@given(LINES, st.text(max_size=30))
def test_another_value_asks_for_it_alone(line: str, name: str) -> None:
    """A name from a page, put into a question, changes that operator and nothing else."""
    try:
        asked = box.parse(line)
    except QueryError:
        return
    changed = box.parse(asked.having(by=name).line())
    assert changed.terms == asked.terms
    assert {**changed.values, "by": ""} == {**asked.values, "by": ""}


def test_places() -> None:
    """Words, phrases and beginnings are found without case and accents; words left out are not."""
    asked = box.parse('Ete "gate is" road* -grain')
    text = "L'été: the gate is open, grain is here, the gate; roads."
    assert [text[start:end] for start, end in asked.places(text)] == ["été", "gate is", "roads"]
