"""The act of a statement: by its cue first, else by mood and content."""

from __future__ import annotations

import pytest

from onrecord.acts import act_of
from onrecord.article import Statement


def act(cue: str, text: str, outlook: str | None = None) -> str:
    """Return the act of a statement of these words."""
    one = Statement(id="s", type="indirect", content=((0, 1),), text=text, outlook=outlook, confidence=0.9)
    return act_of(one, cue)


@pytest.mark.parametrize(
    ("cue", "text", "expected"),
    [
        ("said", "the bridge was closed", "say"),
        ("denied", "closing the bridge", "deny"),
        ("accused", "the harbour board of hiding the report", "accuse"),
        ("urged", "Talmark to reopen the bridge", "demand"),
        ("called on", "Talmark to reopen the bridge", "demand"),
        ("cautioned", "that the bridge was weak", "warn"),
        ("praised", "the ferrymen", "praise"),
        ("rejected", "the offer", "reject"),
        ("conceded", "that the bridge was weak", "admit"),
        ("opposes", "the toll", "stance"),
        ("did not deny", "closing the bridge", "say"),
        ("told", "to leave the bridge", "demand"),
        ("asked", "whether the bridge would open", "demand"),
        ("declined to say", "whether the bridge would open", "say"),
    ],
)
def test_the_cue_tells_the_act(cue: str, text: str, expected: str) -> None:
    """A cue that names an act gives it; one of speaking alone gives "say"."""
    assert act(cue, text) == expected


@pytest.mark.parametrize(
    ("text", "outlook", "expected"),
    [
        ("Talmark must reopen the bridge", None, "demand"),
        ("we will rebuild your school", "promise", "promise"),
        ("we will sink every boat", "threat", "warn"),
        ("the river will rise", "prediction", "predict"),
        ("it would open the bridge", "plan", "promise"),
        ("the bridge will open in May", "plan", "say"),
        ("no boats had been moved", None, "deny"),
        ("the toll could lead to chaos", None, "warn"),
        ("mistakes had been made", None, "admit"),
        ("the board is to blame for the flood", None, "accuse"),
        ("We do not own any boats", None, "deny"),
    ],
)
def test_mood_and_content_decide_behind_a_plain_cue(text: str, outlook: str | None, expected: str) -> None:
    """Behind "said" the act is that of the words."""
    assert act("said", text, outlook) == expected
