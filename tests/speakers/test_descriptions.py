"""Epithets and other definite descriptions of somebody named before."""

from __future__ import annotations

import pytest

from .marked import names


@pytest.mark.parametrize("words", ["The former all-rounder", "The dad-of-two", "The Belgian", "The Dutchman"])
def test_epithet_of_the_only_person(words: str) -> None:
    """An epithet is the person whom the sentence before names alone."""
    assert names(f"Paul Hurley slept. <s1>{words}</s1> <q1>said</q1> <c1>it hurt</c1>.") == ["Paul Hurley"]


def test_epithet_of_one_of_two() -> None:
    """An epithet that may mean either of two persons stays what it is."""
    text = "Paul Hurley called Karl Marl. <s1>The Dutchman</s1> <q1>said</q1> <c1>it hurt</c1>."
    assert names(text) == ["The Dutchman"]


def test_a_people_is_no_person() -> None:
    """A plural of a people is no person named before."""
    assert names("Paul Hurley slept. <s1>The French</s1> <q1>said</q1> <c1>no</c1>.") != ["Paul Hurley"]


def test_a_deputy_is_not_whom_he_stands_in_for() -> None:
    """The deputy mayor is not the mayor."""
    text = "The mayor, Paul Hurley, slept. <s1>The deputy mayor</s1> <q1>said</q1> <c1>it hurt</c1>."
    assert names(text) == ["The deputy mayor"]


def test_an_office_held_before_is_no_epithet() -> None:
    """A former president whom nobody names stays a person without a name, also as the one who is he later."""
    text = (
        "Karl Marl slept beside Paul Dorr. <s1>The former president</s1> <q1>said</q1> <c1>no</c1>. "
        "<s2>A representative for Mr. Dorr</s2> <q2>said</q2> <c2>yes</c2>."
    )
    assert names(text) == ["The former president", "A representative for Mr. Dorr"]
