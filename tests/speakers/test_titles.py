"""What stands before a name and is no part of it."""

from __future__ import annotations

import pytest

from .marked import names


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Reader Megan Todd", "Megan Todd"),
        ("Shopkeeper Imran Aziz", "Imran Aziz"),
        ("Cllr Jean Tapper", "Jean Tapper"),
        ("Judge Howard Pell QC", "Howard Pell"),
        ("The bishop, H.E. Tomas Arbel", "Tomas Arbel"),
        ("Brigadier Adel Marl", "Adel Marl"),
        ("Prosecuting, Simon Vane", "Simon Vane"),
        ("Philip Strand KC, prosecuting,", "Philip Strand"),
        ("The bishop, the Right Reverend Alan Moule,", "Alan Moule"),
        ("DCP (North) Meera Nair", "Meera Nair"),
    ],
)
def test_name_without_what_is_no_part_of_it(source: str, name: str) -> None:
    """Roles that open a sentence, forms of address and letters behind a name are no part of it."""
    assert names(f"<s1>{source}</s1> <q1>said</q1> <c1>it hurt</c1>.") == [name]


def test_first_name_that_ends_like_a_calling() -> None:
    """A given name that ends as callings do stays in the name."""
    assert names("<s1>Walter Paul Todd</s1> <q1>said</q1> <c1>it hurt</c1>.") == ["Walter Paul Todd"]
