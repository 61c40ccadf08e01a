"""What statements look ahead to: each kind, and what only seems to look ahead."""

from __future__ import annotations

import pytest

from onrecord.article import Speaker, Statement
from onrecord.dates.outlook import outlook_of


def outlook(
    cue: str, text: str, source: str = "Minister Ada Renn", kind: str = "person", dated: bool = False
) -> str | None:
    """Return the outlook of what a minister says."""
    speaker = Speaker(name="Ada Renn", kind=kind, office="minister")
    quoted = "direct" if text.startswith('"') else "indirect"
    one = Statement(
        id="s", type=quoted, content=((0, len(text)),), text=text, speaker=speaker, confidence=0.9
    )
    return outlook_of(one, cue, source, dated)


@pytest.mark.parametrize(
    ("cue", "text", "expected"),
    [
        ("vowed", "to rebuild the harbour", "promise"),
        ("pledged", "that the toll would stay low", "promise"),
        ("vowed", "to crush the raiders", "threat"),
        ("threatened", "to burn the fleet", "threat"),
        ("said", '"We will attack the harbour."', "threat"),
        ("said", '"The raiders will pay for this."', "threat"),
        ("said", '"We will help every family."', "promise"),
        ("said", "she would travel to Lesma", "plan"),
        ("plans", "to open the bridge", "plan"),
        ("said", "the talks are due to resume", "plan"),
        ("hopes", "to finish the wall", "plan"),
        ("predicted", "a dry winter", "prediction"),
        ("expects", "her to win the vote", "prediction"),
        ("vowed", "to take the fight to the river towns", "promise"),
        ("said", "the toll will cost votes", "prediction"),
        ("thinks", "the bank will fail", "prediction"),
        ("said", "the bridge is likely to fall", "prediction"),
        ("told", "the tenants that they had six days to move out", "deadline"),
    ],
)
def test_each_kind(cue: str, text: str, expected: str) -> None:
    """What is promised, threatened, planned, foretold and limited is told apart."""
    assert outlook(cue, text) == expected


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        ("said", "the bridge was closed"),
        ("believes", "the captain is ill"),
        ("hopes", "the captain will recover"),
        ("urged", "Talmark to open the bridge"),
        ("expects", "her to pay the toll"),
        ("said", "it would be a mistake to close the bridge"),
        ("said", '"That would cost us the harbour."'),
        ("said", "the harbour would have burned"),
        ("had promised", "to rebuild the harbour"),
        ("had expected", "a dry winter"),
        ("asked", "whether the bridge would open"),
        ("said", "it was the will of the people"),
        ("said", "he would often walk to the harbour"),
        ("did not say", "when it would open"),
        ("said", '"Who will pay for the bridge?"'),
    ],
)
def test_what_only_seems_to_look_ahead(cue: str, text: str) -> None:
    """Beliefs of the present, hopes, demands, unreal cases, habits, questions and past promises are none."""
    assert outlook(cue, text) is None


def test_a_belief_is_no_promise() -> None:
    """What somebody thinks will be done for others is a forecast."""
    assert outlook("believes", "the council will help the families") == "prediction"


def test_a_demand_with_a_limit_is_a_deadline() -> None:
    """A demand becomes a deadline by the day that it names."""
    assert outlook("ordered", "the tenants to leave by Friday", dated=True) == "deadline"
    assert outlook("ordered", "the tenants to leave") is None


def test_a_long_content_does_not_stall() -> None:
    """A content of nothing but words that look ahead is answered, however long it is."""
    assert outlook("said", "we will " * 50_000) == "plan"
