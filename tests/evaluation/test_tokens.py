"""Tokens and matchings."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.evaluation.tokens import Tokens, greedy_matching, jaccard, maximum_matching

TEXT = st.text(st.sampled_from("ab é“”\"'`\n .,9_"), max_size=40)
SPANS = st.lists(st.tuples(st.integers(-5, 50), st.integers(-5, 50)), max_size=4)
WEIGHTS = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=width, max_size=width), max_size=5
    )
)


def largest(weights: list[list[float]]) -> int:
    """Return the size of the largest matching, by trying all."""
    rows, columns = len(weights), len(weights[0]) if weights else 0
    places = [*range(columns), *[-1] * rows]
    tries = (zip(range(rows), order, strict=False) for order in set(permutations(places, rows)))
    return max((sum(c >= 0 and weights[r][c] > 0 for r, c in pairs) for pairs in tries), default=0)


@given(WEIGHTS)
def test_a_maximum_matching_is_one_to_one_and_largest(weights: list[list[float]]) -> None:
    """No other pairing of allowed rows and columns holds more pairs."""
    pairs = maximum_matching(weights)
    assert len(set(pairs.values())) == len(pairs) == largest(weights)
    assert all(weights[row][column] > 0 for column, row in pairs.items())


@given(WEIGHTS, st.sampled_from([0.4, 0.6]))
def test_a_greedy_matching_leaves_nothing_to_pair(weights: list[list[float]], least: float) -> None:
    """Every pair reaches the least weight, and every allowed pair left out has a side that is taken."""
    pairs = greedy_matching(weights, least)
    rows, columns = {r for r, _ in pairs}, {c for _, c in pairs}
    assert len(rows) == len(columns) == len(pairs)
    for r, row in enumerate(weights):
        for c, weight in enumerate(row):
            assert ((r, c) in pairs and weight >= least) or weight < least or r in rows or c in columns


def test_a_long_chain_is_augmented_without_recursion() -> None:
    """A path through thousands of rows, each moved by one column, is found."""
    size = 1500
    weights = [[float(column in (row, row + 1)) for column in range(size)] for row in range(size)]
    assert len(maximum_matching(weights)) == size


@given(TEXT, SPANS)
def test_spans_of_any_value_cover_tokens_of_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    """Spans outside the text, empty or reversed ones cover nothing and never fail."""
    tokens = Tokens(text)
    everything = tokens.of([(0, len(text))])
    assert tokens.of(spans) <= everything
    assert all(text[i].isalnum() or text[i] == "_" for i in tokens.characters(spans))
    tokens.near_quotation(spans)
    assert tokens.quoted(spans) <= tokens.quoted([(0, len(text))])


def test_half_a_word_belongs_and_less_does_not() -> None:
    """A token counts from half of its characters on."""
    tokens = Tokens("ferries sail")
    assert tokens.of([(0, 3)]) == frozenset()
    assert tokens.of([(0, 4), (8, 10)]) == {0, 1}


def test_a_mark_after_a_comma_is_near() -> None:
    """A closing quotation mark after one comma touches, one after two words does not."""
    tokens = Tokens("It sails,” he said, and „later“ too")
    assert tokens.near_quotation([(0, 8)])
    assert not tokens.near_quotation([(14, 18)])


@given(st.frozensets(st.integers(0, 9)), st.frozensets(st.integers(0, 9)))
def test_jaccard_is_symmetric_and_one_only_for_equal_sets(one: frozenset[int], other: frozenset[int]) -> None:
    """The measure has its textbook properties; two empty sets share nothing."""
    value = jaccard(one, other)
    assert value == jaccard(other, one)
    assert (value == 1.0) == (one == other and bool(one))
