"""The accuracy of the shipped model, through the whole path, does not fall under its floors."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord import pipeline
from onrecord.evaluation import Report, evaluate
from onrecord.inference import SHIPPED

REPOSITORY = Path(__file__).parents[2]
FLOORS: dict[str, dict[str, Any]] = tomllib.loads(
    (REPOSITORY / "benchmarks" / "floors.toml").read_text(encoding="utf-8")
)
SHARED_SETS = [name for name, floor in FLOORS.items() if floor["kind"] != "gold"]


@pytest.fixture(scope="module", autouse=True)
def model() -> None:
    """Skip while no model is shipped."""
    if not (SHIPPED / "manifest.json").exists():
        pytest.skip(f"no model in {SHIPPED}")


def figure(report: Report, name: str) -> float:
    """Return the figure that a floor is about: ``row.figure``, ``row.recall``, ``calibration.error``."""
    row, _, part = name.rpartition(".")
    if row == "calibration":
        assert report.calibration is not None
        return float(getattr(report.calibration, part))
    return report.rows[row].figure if part == "figure" else float(getattr(report.rows[row].count, part))


def check(floor: dict[str, Any], data: Path) -> None:
    """Fail with the whole table when a figure is under its floor."""
    report = evaluate(floor["kind"], data / floor["data"], pipeline.extract, only=floor.get("only"))
    assert report.failed == ()
    under = [
        f"{name} is {figure(report, name):.4f}, floor {least}"
        for name, least in floor["least"].items()
        if figure(report, name) < least
    ]
    over = [
        f"{name} is {figure(report, name):.4f}, ceiling {most}"
        for name, most in floor.get("most", {}).items()
        if figure(report, name) > most
    ]
    assert not under + over, "\n".join([*under, *over, str(report)])


@pytest.mark.shared
@pytest.mark.parametrize("name", SHARED_SETS)
def test_no_figure_on_research_data_is_under_its_floor(shared: Path, name: str) -> None:
    """Reading and extraction of the marked sets beside the checkout reach every figure of floors.toml."""
    check(FLOORS[name], shared)


def test_no_figure_on_the_gold_articles_is_under_its_floor() -> None:
    """Reading and extraction of the project's own marked articles reach every figure of floors.toml."""
    check(FLOORS["gold"], REPOSITORY)
