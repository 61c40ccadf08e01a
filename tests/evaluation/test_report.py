"""Counts, figures, intervals and calibration."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.evaluation import Count, Report, calibrate, tabulate

SCORED = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


def test_f1_is_of_the_summed_counts() -> None:
    """Articles are added up before the figure is made (micro average)."""
    row = tabulate([{"found": Count(1, 2, 1, 1)}, {"found": Count(1, 2, 1, 7)}])["found"]
    assert (row.count.precision, row.count.recall) == (0.5, 0.25)
    assert row.figure == pytest.approx(1 / 3)


def test_an_interval_holds_the_figure_and_is_the_same_each_time() -> None:
    """The bootstrap over articles is seeded, and its interval lies around the figure."""
    articles = [{"found": Count(n % 4, 4, n % 4, 5)} for n in range(20)]
    row, again = tabulate(articles)["found"], tabulate(articles)["found"]
    assert row.interval is not None
    low, high = row.interval
    assert low < row.figure < high
    assert row == again


def test_articles_all_alike_have_an_interval_of_no_width() -> None:
    """Where every article has the same counts, drawing them again changes nothing."""
    row = tabulate([{"found": Count(1, 2, 1, 2)}] * 10)["found"]
    assert row.interval == (0.5, 0.5)


def test_few_articles_have_no_interval() -> None:
    """A bootstrap over a handful of articles is not given."""
    assert tabulate([{"found": Count(1, 2, 1, 2)}] * 4)["found"].interval is None


def test_a_field_that_is_marked_nowhere_has_no_row() -> None:
    """A share of nothing is no figure."""
    assert tabulate([{"due": Count()}]) == {}


@given(SCORED)
def test_bins_are_of_equal_mass(scored: list[tuple[float, bool]]) -> None:
    """Bins hold all predictions, differ in size by one at most and rise in confidence."""
    table = calibrate(scored)
    assert table is not None
    sizes = [b.size for b in table.bins]
    assert sum(sizes) == len(scored)
    assert max(sizes) - min(sizes) <= 1
    assert [b.confidence for b in table.bins] == sorted(b.confidence for b in table.bins)


@given(SCORED)
def test_the_calibration_error_is_a_share(scored: list[tuple[float, bool]]) -> None:
    """The expected calibration error lies between 0 and 1, whatever the order of the predictions."""
    table, reversed_table = calibrate(scored), calibrate(scored[::-1])
    assert table is not None
    assert 0 <= table.error <= 1
    assert table == reversed_table


def test_confidence_that_means_what_it_says_has_no_error() -> None:
    """Seven right of ten at 0.7 is no error; all wrong at 0.7 is an error of 0.7."""
    right = [(0.7, number < 7) for number in range(10)]
    table, wrong = calibrate(right, bins=1), calibrate([(0.7, False)] * 10, bins=5)
    assert table is not None
    assert wrong is not None
    assert table.error == pytest.approx(0)
    assert wrong.error == pytest.approx(0.7)


def test_the_more_certain_half_is_counted_apart() -> None:
    """Where the certain predictions are right and the others wrong, the half says 1 and all say one half."""
    table = calibrate([(0.1 * n, n >= 5) for n in range(10)])
    assert table is not None
    assert (table.certain_half, table.all) == (1.0, 0.5)


def test_a_report_is_printed_and_is_plain_json() -> None:
    """The table names every row and failure, and to_json gives the same figures as plain values."""
    rows = tabulate([{"attribution relaxed": Count(1, 2, 1, 2)}])
    report = Report("gold", 1, rows, calibrate([(0.5, True)]), ("ferry: no text",))
    printed = str(report)
    assert "attribution relaxed" in printed
    assert "50.00" in printed
    assert "failed: ferry: no text" in printed
    plain = json.loads(json.dumps(report.to_json()))
    assert plain["rows"]["attribution relaxed"]["figure"] == 0.5
    assert plain["calibration"]["certain_half"] == 1.0
