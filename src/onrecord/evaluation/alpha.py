"""Krippendorff's alpha: how far people who marked the same texts agree, beyond what chance would bring.

1 is perfect agreement, 0 what chance brings, below 0 worse than that. ``None`` stands where there is nothing
to disagree about: one value, or no stretch marked, in all the data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import permutations

from onrecord.article import Span


def nominal(units: Sequence[Sequence[Hashable | None]]) -> float | None:
    """Return Krippendorff's alpha of nominal values.

    Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability; the same as Hayes and Krippendorff
    (2007), "Answering the Call for a Standard Reliability Measure for Coding Data", Communication Methods and
    Measures 1(1).

    Args:
        units: for each unit the values that the coders gave it; ``None`` for a coder who gave none. A unit
            with fewer than two values cannot be paired and does not count.
    """
    paired = [[value for value in unit if value is not None] for unit in units]
    paired = [unit for unit in paired if len(unit) > 1]
    total = sum(len(unit) for unit in paired)
    everywhere = Counter(value for unit in paired for value in unit)
    expected = total**2 - sum(count**2 for count in everywhere.values())
    if not expected:
        return None
    # Each unit's pairs of unequal values, weighted so that every value counts once.
    observed = sum(
        (len(unit) ** 2 - sum(count**2 for count in Counter(unit).values())) / (len(unit) - 1)
        for unit in paired
    )
    return 1 - (total - 1) * observed / expected


def unitizing(coders: Sequence[Sequence[Span]], length: int) -> float | None:
    """Return Krippendorff's alpha for which stretches of a continuum are units.

    Two units that overlap disagree by the squares of the distances between their beginnings and between their
    ends, a unit within a stretch that another left out by the square of its length: Krippendorff, K. (1995),
    "On the Reliability of Unitizing Continuous Data", Sociological Methodology 25; (2004), "Measuring the
    Reliability of Qualitative Text Analysis Data", Quality & Quantity 38. The tests hold its worked example.

    Args:
        coders: for each coder the units, ``(start, end)`` with 0 <= start < end <= length; those of one coder
            do not overlap.
        length: of the continuum.

    Raises:
        ValueError: there are fewer than two coders, or units overlap or are out of bounds.
    """
    if len(coders) < 2:
        raise ValueError("agreement needs two coders")
    marked = [sorted(units) for units in coders]
    gaps = [_gaps(units, length) for units in marked]
    expected = _expected(marked, gaps, length)
    if not expected:
        return None
    observed = sum(
        _apart(marked[one], marked[other], gaps[other]) + _within(marked[other], gaps[one])
        for one, other in permutations(range(len(marked)), 2)
    )
    return 1 - observed / (len(marked) * (len(marked) - 1) * length**2) / expected


def _gaps(units: list[Span], length: int) -> list[Span]:
    """Return the stretches between the units of one coder."""
    at, found = 0, []
    for start, end in units:
        if not at <= start < end <= length:
            raise ValueError(f"the unit {start}-{end} overlaps another or is out of the continuum 0-{length}")
        found += [(at, start)] if at < start else []
        at = end
    return [*found, (at, length)] if at < length else found


def _apart(units: list[Span], others: list[Span], gaps: list[Span]) -> int:
    """Return the disagreement of one coder's units with another's units and gaps."""
    overlapping = sum(
        (start - first) ** 2 + (end - last) ** 2
        for start, end in units
        for first, last in others
        if start < last and first < end
    )
    return overlapping + _within(units, gaps)


def _within(units: list[Span], gaps: list[Span]) -> int:
    """Return the disagreement of units that lie whole in a stretch that another coder left out."""
    return sum(
        (end - start) ** 2
        for start, end in units
        if any(first <= start and end <= last for first, last in gaps)
    )


def _expected(marked: list[list[Span]], gaps: list[list[Span]], length: int) -> float:
    """Return the disagreement that all units and gaps give on average over all ways to lay them out."""
    lengths = [end - start for units in marked for start, end in units]
    empty = [end - start for stretches in gaps for start, end in stretches]
    many = len(marked) * length
    weight = many * (many - 1) - sum(one * (one - 1) for one in lengths)
    total = 0.0
    for one in lengths:
        among_units = (len(lengths) - 1) / 3 * (2 * one**3 - 3 * one**2 + one)
        in_gaps = one**2 * sum(gap - one + 1 for gap in empty if gap >= one)
        total += among_units + in_gaps
    return 2 / length * total / weight if weight else 0.0
