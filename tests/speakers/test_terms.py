"""Keys of offices and bodies: the names of one office meet, other offices stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.speakers import terms

SAME = [
    ("foreign minister", "Russian", "Minister of Foreign Affairs", "the Russian Federation"),
    ("Russia's foreign minister", None, "Minister for External Relations", "Russia"),
    ("Secretary of State", "US", "foreign minister", "American"),
    ("U.S. Secretary of State", None, "Secretary of State", "the United States of America"),
    ("Foreign Secretary", "British", "foreign minister", "UK"),
    ("defense minister", "Syrian", "Minister of National Defence", "Syrian Arab Republic"),
    ("Defense Secretary", "U.S.", "Secretary of Defence", "United States"),
    ("premier", "Chinese", "Premier of the State Council", "China"),
    ("German chancellor", None, "Federal Chancellor", "Germany"),
    ("chancellor", "UK", "finance minister", "British"),
    ("president", "Egyptian", "President of the Republic", "Egypt"),
    ("President of the Russian Federation", None, "president", "Russia"),
    ("home secretary", "UK", "Secretary of State for the Home Department", "the United Kingdom"),
    ("interior minister", "French", "Minister of the Interior", "France"),
    ("central bank governor", "Russian", "Governor of the Central Bank", "Russia"),
    ("Senate president", "US", "President of the Senate", "US"),
    ("army chief of staff", "Egypt", "Chief of Staff of the Army", "Egypt"),
    ("deputy foreign minister", "Iran", "Deputy Minister of Foreign Affairs", "Iran"),
    ("vice premier", "China", "Deputy Prime Minister", "China"),
    ("UN Secretary-General", None, "Secretary General of the United Nations", None),
    ("ambassador to the U.S.", "French", "Ambassador to the United States of America", "France"),
    ("UN ambassador", "Russian", "Permanent Representative to the United Nations", "Russia"),
    ("foreign ministry spokeswoman", "Chinese", "Spokesperson of the Foreign Ministry", "China"),
]

APART = [
    ("president", "US", "vice president", "US"),
    ("president", "US", "President of the Senate", "US"),
    ("Secretary of State", "Vatican", "foreign minister", "Vatican"),
    ("Foreign Secretary", "India", "foreign minister", "India"),
    ("foreign minister", "Russia", "deputy foreign minister", "Russia"),
    ("minister of state for foreign affairs", "UK", "foreign secretary", "UK"),
    ("foreign minister", "Russia", "foreign minister", "Syria"),
    ("foreign minister", "North Korea", "foreign minister", "South Korea"),
    ("president", "Russia", "President of Bashkortostan", "Russia"),
    ("ambassador to Turkey", "Russia", "ambassador to Syria", "Russia"),
    ("chancellor", "UK", "chancellor", "Germany"),
    ("acting president", "Russia", "president", "Russia"),
]


def keys(role: str, body: str | None) -> tuple[str, str | None]:
    """Return the keys of body and role."""
    found = terms.office(role, body)
    return found.body, found.role


@pytest.mark.parametrize(("role", "body", "other", "of"), SAME)
def test_names_of_one_office_meet(role: str, body: str | None, other: str, of: str | None) -> None:
    """Two names that news and registries have for one office give one key."""
    assert keys(role, body) == keys(other, of)


@pytest.mark.parametrize(("role", "body", "other", "of"), APART)
def test_other_offices_stay_apart(role: str, body: str | None, other: str, of: str | None) -> None:
    """Offices that sound alike and are not the same give two keys."""
    assert keys(role, body) != keys(other, of)


@pytest.mark.parametrize(
    "role", ["former president", "ex-president", "then-President", "president-elect", "shadow prime minister",
             "the late president", "presidential candidate"],
)  # fmt: skip
def test_who_does_not_hold_it_has_no_key(role: str) -> None:
    """What was, will be or would be held has no key to be looked up by."""
    assert terms.office(role, "US").role is None


@pytest.mark.parametrize(
    ("role", "part"),
    [
        ("Minister of Foreign Affairs and Trade", "minister:foreign"),
        ("Minister of the Economy, Finances and Industry", "minister:finance"),
        ("Deputy Prime Minister and Foreign Minister", "minister:foreign"),
        ("Deputy Prime Minister and Foreign Minister", "deputy prime minister"),
        ("Interim President", "president"),
    ],
)
def test_an_office_includes_others(role: str, part: str) -> None:
    """A minister of several departments is each of them, and who acts for a president is asked for as one."""
    assert part in terms.office(role, "Syria").includes


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ("Russian", "russia"), ("Russia’s", "russia"), ("the Russian Federation", "russia"),
        ("Россия", "russia"),
        ("French Republic", "france"), ("the Syrian government", "syria"), ("Government of Iran", "iran"),
        ("U.N.", "united nations"), ("Türkiye", "turkey"), ("the U.S.", "united states"),
        ("Zenda Rowing Club", "zenda rowing club"), ("", ""), (None, ""),
    ],
)  # fmt: skip
def test_bodies_by_every_form(body: str | None, key: str) -> None:
    """Name, adjective, possessive and formal name of a body give one key; an unknown body its own words."""
    assert terms.body_key(body) == key


@given(st.text(max_size=60), st.text(max_size=30))
def test_any_text_has_keys(role: str, body: str) -> None:
    """No text is too odd for a key, and case makes none of its own."""
    found = terms.office(role, body)
    assert found == terms.office(f"  {role} ", body)
    assert found.role is None or found.role == found.role.casefold()


def test_the_length_that_is_read_is_bounded() -> None:
    """A role of a hundred thousand words takes no longer than a long one."""
    found = terms.office("minister of " + "rivers and " * 100_000, "x" * 100_000)
    assert len(found.words) <= terms.LONGEST
    assert len(found.body) <= terms.LONGEST
