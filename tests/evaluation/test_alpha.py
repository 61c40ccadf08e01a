"""Krippendorff's alpha against published examples and ones reckoned by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.evaluation.alpha import _expected, _gaps, nominal, unitizing


def test_nominal_alpha_of_the_published_example() -> None:
    """Four coders, twelve units, missing values: 0.743 (Hayes and Krippendorff 2007; Krippendorff 2011)."""
    coders = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]
    assert nominal(list(zip(*coders, strict=True))) == pytest.approx(0.743, abs=0.0005)


def test_nominal_alpha_of_the_binary_example() -> None:
    """Two coders, ten units, binary: 0.095 (Krippendorff 2011, section A)."""
    one = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    other = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert nominal(list(zip(one, other, strict=True))) == pytest.approx(0.095, abs=0.0005)


def test_nominal_alpha_by_hand() -> None:
    """Three units of two coders, one apart: 2 pairs unequal of 6 values, 1 - 5 * 2 / (36 - 18) = 4 / 9."""
    assert nominal([("a", "a"), ("b", "b"), ("a", "b")]) == pytest.approx(4 / 9)


def test_unitizing_alpha_of_the_published_example() -> None:
    """One category of two, a continuum of 300: observed .0144, expected .0532 (Krippendorff 1995, 2004)."""
    one = [(225, 295), (370, 400)]
    other = [(220, 300), (355, 375), (400, 420)]
    shifted = [[(start - 150, end - 150) for start, end in units] for units in (one, other)]
    found = unitizing(shifted, 300)
    assert found == pytest.approx(1 - 0.0144 / 0.0532, abs=0.002)
    assert found == pytest.approx(0.7285, abs=0.0001)


def test_unitizing_agrees_with_another_program_on_both_categories() -> None:
    """DKPro Statistics (Krippendorff2004Test): .0144 and .0532, 0 and .0490, 0.7286, for both 0.8591."""
    units = {
        "c": [[(75, 145), (220, 250)], [(70, 150), (205, 225), (250, 270)]],
        "k": [[(30, 90), (150, 200)], [(30, 90), (150, 200)]],
    }
    expected = {
        name: _expected(coders, [_gaps(one, 300) for one in coders], 300) for name, coders in units.items()
    }
    assert expected == {"c": pytest.approx(0.0532, abs=0.0001), "k": pytest.approx(0.0490, abs=0.0001)}
    first = unitizing(units["c"], 300) or 0.0
    assert first == pytest.approx(0.7286, abs=0.0001)
    assert unitizing(units["k"], 300) == 1
    observed = (1 - first) * expected["c"]
    assert observed == pytest.approx(0.0144, abs=0.0001)
    assert 1 - observed / sum(expected.values()) == pytest.approx(0.8591, abs=0.0005)


def test_unitizing_alpha_by_hand() -> None:
    """One unit that the other left out: 2 * 2^2 / (2 * 10^2) observed; expected as reckoned beside.

    Two of ten in one unit, gaps of 4, 4 and 10: 2 / 10 * 4 * (3 + 3 + 9) / (20 * 19 - 2) = 12 / 378.
    """
    assert unitizing([[(4, 6)], []], 10) == pytest.approx(1 - (2 * 4 / 200) / (12 / 378))


def test_nothing_to_disagree_about() -> None:
    """No unit, or one value everywhere, has no alpha."""
    assert unitizing([[], []], 10) is None
    assert nominal([("a", "a"), ("a", "a")]) is None
    assert nominal([]) is None


@pytest.mark.parametrize("units", [[(0, 11)], [(-1, 2)], [(3, 3)], [(1, 5), (4, 6)]])
def test_units_that_cannot_be(units: list[tuple[int, int]]) -> None:
    """Units out of the continuum, empty or over one another are refused."""
    with pytest.raises(ValueError, match="overlaps another or is out"):
        unitizing([units, []], 10)


@given(cuts=st.sets(st.integers(0, 60), min_size=2, max_size=12), moved=st.integers(1, 5))
def test_the_same_units_agree_and_others_less(cuts: set[int], moved: int) -> None:
    """Alpha is 1 for the same units, less when one begins elsewhere, and the order of coders is nothing."""
    borders = sorted(cuts)
    units = list(zip(borders[::2], borders[1::2], strict=False))
    length = 70 + moved
    assert unitizing([units, units], length) == pytest.approx(1)
    other = [*units[:-1], (units[-1][0], units[-1][1] + moved)]
    found = unitizing([units, other], length)
    assert found is not None
    assert found < 1
    assert found == pytest.approx(unitizing([other, units], length))
