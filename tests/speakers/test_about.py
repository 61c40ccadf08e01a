from __future__ import annotations

from typing import Any

import pytest

from tests.speakers.marked import resolved


def mentioned(text: str, number: int = 0) -> list[tuple[str, list[str]]]:
    """Return name and words of each mention in the content of one statement of a marked text."""
    statement = resolved(text)[number]
    plain = "".join(part.rpartition(">")[2] for part in text.split("<"))
    return [(item["name"], [plain[start:end] for start, end in item["spans"]]) for item in statement.about]


def item(text: str) -> dict[str, Any]:
    """Return the only mention in the content of the first statement."""
    (only,) = resolved(text)[0].about
    return dict(only)


def test_a_surname_is_given_the_fullest_name() -> None:
    """A surname in the content goes by the name that the article gives in full, with its own span."""
    text = (
        "Minister Ana Dorvat met lawmakers. <s1>The union</s1> <q1>said</q1> <c1>Dorvat would go before "
        "Dorvat was sacked</c1>."
    )
    assert mentioned(text) == [("Ana Dorvat", ["Dorvat", "Dorvat"])]


def test_states_and_bodies_are_actors_and_towns_are_not() -> None:
    """A capital stands for the state; a place alone is nobody."""
    text = "<s1>He</s1> <q1>said</q1> <c1>Moscow and the United Nations met in Geneva</c1>."
    assert [name for name, _ in mentioned(text)] == ["Russia", "United Nations"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "President Ana Dorvat left. <s1>Tom Reller</s1> <q1>said</q1>: <c1>“She will be back.”</c1>",
            [("Ana Dorvat", ["She"])],
        ),
        (
            "President Ana Dorvat met Minister Maria Kosk. <s1>Tom Reller</s1> <q1>said</q1>: "
            "<c1>“She will be back.”</c1>",
            [],
        ),
        ("<s1>Tom Reller</s1> <q1>said</q1> <c1>he would be back</c1>.", [("Tom Reller", ["he"])]),
        ("<s1>Mr Tom Reller</s1> <q1>said</q1>: <c1>“He will be back.”</c1>", []),
    ],
)
def test_a_pronoun_counts_where_it_can_mean_one_person_only(
    text: str, found: list[tuple[str, list[str]]]
) -> None:
    """The only woman, the speaker of himself; not one of two, nor the speaker in his quotation."""
    assert mentioned(text) == found


def test_what_only_capitals_speak_for_has_no_kind() -> None:
    """A bare capitalised word may be anything."""
    assert (
        item("<s1>The union</s1> <q1>said</q1> <c1>it would fight Varkesh to the end</c1>.")["kind"] is None
    )
