"""Datelines and agencies at the head of a report."""

from __future__ import annotations

import pytest

from onrecord.reading.openings import agency_line, find_opening


@pytest.mark.parametrize(
    ("words", "dateline", "agency", "rest"),
    [
        ("Moscow: Trains", "Moscow", None, "Trains"),
        ("MOSCOW (Reuters) — Trains", "MOSCOW", "Reuters", "Trains"),
        ("BEIJING, Dec. 22 (Xinhua) -- Trains", "BEIJING", "Xinhua", "Trains"),
        ("MOSCOW, December 22. /TASS/. Trains", "MOSCOW", "TASS", "Trains"),
        ("(AP) — Trains", None, "AP", "Trains"),
        ("LUNE, Ardin, Aug. 30, 2024 (Northwire) -- Trains", "LUNE, Ardin", "Northwire", "Trains"),
        ("WASHINGTON ― Trains", "WASHINGTON", None, "Trains"),
        ("KARAVOL, Tuesday — Trains", "KARAVOL", None, "Trains"),
        ("KARAVOL, Tuesday: Trains", "KARAVOL", None, "Trains"),
        ("TEL HARRAN // Trains", "TEL HARRAN", None, "Trains"),
        ("BRUSSELS—Trains", "BRUSSELS", None, "Trains"),
        ("HOUSTON, Texas (KTRK) -- Trains", "HOUSTON, Texas", None, "Trains"),
        ("LONDON | Tue Mar 8, 2016 10:15 pm EST LONDON (Reuters) - Trains", "LONDON", "Reuters", "Trains"),
    ],
)
def test_openings(words: str, dateline: str | None, agency: str | None, rest: str) -> None:
    """Each house style of opening is split into place, agency and the report's own words."""
    opening = find_opening(words)
    assert words[opening.start :] == rest
    assert (words[slice(*opening.dateline)] if opening.dateline else None) == dateline
    assert (words[slice(*opening.agency)] if opening.agency else None) == agency


@pytest.mark.parametrize(
    "words",
    [
        "Lavrov: Russia will not",
        "NATO - the alliance",
        "QUESTION (Herald): Did you?",
        "JOHN SMITH - who came late",
        "I — the man",
        "Sen. Paul (R-KY) – who",
        "BREAKING — Trains",
    ],
)
def test_no_opening(words: str) -> None:
    """Names, abbreviations and labels before a colon or dash are no dateline."""
    assert find_opening(words).start == 0


def test_unlisted_place() -> None:
    """A place that no list has is a dateline if the text speaks of being there."""
    words = "Kestral: The ferry lay at the quay."
    assert find_opening(words).dateline is None
    assert find_opening(words, words + " It has been in Kestral for a week.").dateline == (0, 7)


def test_agency_lines() -> None:
    """A line of agency names is a credit, a sentence with one is not."""
    assert agency_line("Source: AFP / Reuters") == (8, 21)
    assert agency_line("Reuters was told") is None
