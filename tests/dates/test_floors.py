"""Days of saying on invented articles, and dates on the Recognizers cases, keep to their floors."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from onrecord.evaluation import dates

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def measurement(name: str) -> ModuleType:
    """Return a script of the benchmarks as a module."""
    spec = importlib.util.spec_from_file_location(f"benchmark_{name}", BENCHMARKS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def share(counts: dict[str, tuple[int, int]], name: str) -> float:
    """Return the share of a figure that is right."""
    right, count = counts[name]
    return right / count


def test_days_of_saying_reach_their_floors() -> None:
    """Of the invented articles, said, released, and what the text leaves open come out as marked."""
    counts = measurement("said").score()
    assert share(counts, "said") >= 0.94
    assert share(counts, "said: not told") >= 0.8
    assert share(counts, "released") >= 0.96
    assert share(counts, "later: said") >= 0.9
    assert share(counts, "later: released") >= 0.96
    assert share(counts, "last: said") >= 0.9
    assert share(counts, "final: said") >= 0.9


def test_the_key_of_saying_holds_days() -> None:
    """Days of the key are days, or two in order, and every statement stands in its article."""
    said = measurement("said")
    for case in said.json.loads(said.KEY.read_text(encoding="utf-8")):
        for one in case["statements"]:
            assert one["content"] in case["text"]
            for field in ("said", "released"):
                days = (one[field] or "2000-01-01").split("/")
                assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in days)
                assert days == sorted(days)
                assert days[-1] <= case["published"]


@pytest.mark.shared
def test_recognizers_cases_reach_their_floors(shared: Path) -> None:
    """Of the cases in scope that were not looked at, so many come out as the suite has them."""
    counts = measurement("recognizers").score(shared / "data" / "dates" / "recognizers_datetime_specs")
    assert share(counts, "odd: right") >= 0.30
    assert share(counts, "odd: nothing to find") >= 0.9


@pytest.mark.shared
def test_timeml_reaches_its_floors(shared: Path) -> None:
    """Of TimeBank and AQUAINT so many come out as marked, in the half not looked at, too."""
    report, _ = dates.evaluate(shared / "data" / "dates")
    assert report.failed == ()
    assert report.rows["first half: value"].figure >= 0.82
    assert report.rows["second half: span"].figure >= 0.90
    assert report.rows["second half: value"].figure >= 0.75


def test_invented_rows_reach_their_floor() -> None:
    """Of the invented expressions of the table, so many mean the days that a reader takes them for."""
    report, _ = dates.evaluate(BENCHMARKS / "dates.csv")
    assert report.rows["right"].figure >= 0.95
