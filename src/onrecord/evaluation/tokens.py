r"""The units that everything is counted in: word tokens of a text, and one-to-one matching over them.

A word token is a maximal run of letters, digits and underscores (``\w+``). A token belongs to a set of spans
when at least half of its characters are covered, so spaces and punctuation never count, and a border that
cuts a word in two is decided by the larger part.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from onrecord.article import Span

_WORD = re.compile(r"\w+")
_QUOTATION_MARK = re.compile(r"[\"“”„‟«»〝〞＂]|''|``|’’|‘‘")


class Tokens:
    """The word tokens of one text, and what spans of it cover."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._lengths: list[int] = []
        self._token_of: dict[int, int] = {}
        for number, word in enumerate(_WORD.finditer(text)):
            self._lengths.append(word.end() - word.start())
            self._token_of.update(dict.fromkeys(range(*word.span()), number))

    def characters(self, spans: Iterable[Span]) -> frozenset[int]:
        """Return the positions of all word characters under the spans; what lies outside the text is cut."""
        last = len(self.text)
        covered = {i for start, end in spans for i in range(max(0, start), min(end, last))}
        return frozenset(covered & self._token_of.keys())

    def covered(self, characters: Iterable[int]) -> frozenset[int]:
        """Return the numbers of the tokens of which at least half the characters are given."""
        counts = Counter(self._token_of[position] for position in characters)
        return frozenset(token for token, count in counts.items() if 2 * count >= self._lengths[token])

    def of(self, spans: Iterable[Span]) -> frozenset[int]:
        """Return the numbers of the tokens that belong to the spans."""
        return self.covered(self.characters(spans))

    def quoted(self, spans: Iterable[Span]) -> bool:
        """Tell whether a double quotation mark, of any make, stands inside one of the spans."""
        return any(_QUOTATION_MARK.search(self.text[max(0, start) : end]) for start, end in spans)

    def near_quotation(self, spans: Iterable[Span]) -> bool:
        """Tell whether a double quotation mark stands inside or beside one of the spans.

        Beside: next to it but for white space, and after the span also past one comma or full stop.
        """
        return any(_QUOTATION_MARK.search(self._surroundings(*span)) for span in spans)

    def _surroundings(self, start: int, end: int) -> str:
        last = len(self.text)
        start = min(max(0, start), last)
        end = min(max(start, end), last)
        before = len(self.text[:start].rstrip())
        after = last - len(self.text[end:].lstrip())
        doubled = self.text[max(0, before - 2) : before] in ("``", "''")
        return self.text[max(0, before - (2 if doubled else 1)) : after + 2]


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share of common members among all members; 0 when both sets are empty."""
    common = len(one & other)
    return common / (len(one) + len(other) - common) if common else 0.0


def maximum_matching(weights: Sequence[Sequence[float]]) -> dict[int, int]:
    """Pair rows with columns one to one, as many as can be; return column -> row.

    Augmenting paths (Kuhn 1955; Hopcroft and Karp 1973 for the bound that is not needed at this size). A
    weight of 0 forbids a pair. The number of pairs is unique; which of several largest matchings is taken
    follows from the order: rows with fewest candidates first, each trying its heaviest candidate first
    and of equal ones the last.
    """
    candidates = [
        sorted((column for column, weight in enumerate(row) if weight > 0), key=lambda c: (row[c], c))[::-1]
        for row in weights
    ]
    row_of: dict[int, int] = {}
    for row in sorted(range(len(candidates)), key=lambda r: len(candidates[r])):
        _augment(row, candidates, row_of)
    return row_of


def _augment(root: int, candidates: Sequence[Sequence[int]], row_of: dict[int, int]) -> None:
    """Give ``root`` a column, moving other rows to other columns where that helps.

    A stack and no recursion: a path may be as long as an article has statements.
    """
    tried: set[int] = set()
    stack = [(root, iter(candidates[root]))]
    path: list[int] = []
    while stack:
        _, untried = stack[-1]
        column = next((c for c in untried if c not in tried), None)
        if column is None:
            stack.pop()
            if path:
                path.pop()
            continue
        tried.add(column)
        path.append(column)
        if column not in row_of:
            row_of.update({c: row for (row, _), c in zip(stack, path, strict=True)})
            return
        holder = row_of[column]
        stack.append((holder, iter(candidates[holder])))


def greedy_matching(weights: Sequence[Sequence[float]], least: float) -> list[tuple[int, int]]:
    """Pair rows with columns one to one, highest weight first, down to ``least``; return (row, column).

    Of equal weights the last row and column go first.
    """
    ranked = sorted(
        (
            (weight, r, c)
            for r, row in enumerate(weights)
            for c, weight in enumerate(row)
            if weight > 0 and weight >= least
        ),
        reverse=True,
    )
    rows: set[int] = set()
    columns: set[int] = set()
    pairs = []
    for _, row, column in ranked:
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            pairs.append((row, column))
    return pairs
