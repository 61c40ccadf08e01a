"""Articles that print one wire text are one story, whatever came first."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.record import Record
from onrecord.stories import families, relation, telling
from tests.record import stub

_NAMES = [
    "harbour",
    "grain",
    "mayor",
    "bridge",
    "ferry",
    "council",
    "strike",
    "winter",
    "road",
    "market",
    "school",
    "river",
    "tower",
    "mill",
]


def wire(number: int, length: int = 14) -> list[str]:
    """Make the sentences of a made-up report; no two reports share a run of words."""
    drawn = random.Random(number)
    words = [f"{name}{number}x{place}" for place in range(6) for name in _NAMES]
    return [" ".join(drawn.choices(words, k=12)).capitalize() + "." for _ in range(length)]


def printed(path: str, sentences: list[str], day: str = "2031-03-07") -> Article:
    """Make the article that prints these sentences."""
    return stub.article(
        f"Headline of {path}\n\n" + " ".join(sentences),
        path=path,
        url=f"https://news.example/{path}",
        outlet=path,
        published=day,
    )


ONE, TWO, THREE = wire(1), wire(2), wire(3)
ARTICLES = [
    printed("a", ONE),
    printed("b", ONE[:8], "2031-03-08"),
    printed("c", [*ONE[:5], *wire(9)[:2], *ONE[7:11]], "2031-03-06"),
    printed("d", TWO),
    printed("e", [*TWO[:10], *THREE[10:]]),
    printed("f", THREE),
    printed("g", [*wire(4)[:9], *ONE[11:]]),
    printed("h", [*wire(5), *wire(6)]),
    printed("i", wire(5)),
    printed("j", wire(6)),
]


def stories(record: Record) -> set[tuple[int, frozenset[str]]]:
    """Return id and outlets of every story."""
    found: dict[int, set[str]] = {}
    for story, outlet in record.rows(
        "SELECT x.story_id, x.outlet FROM article a JOIN text x ON x.id = a.text_id"
    ):
        found.setdefault(story, set()).add(outlet)
    return {(story, frozenset(outlets)) for story, outlets in found.items()}


def groups(record: Record) -> set[frozenset[str]]:
    """Return the outlets of every story."""
    return {outlets for _, outlets in stories(record)}


def test_cut_and_edited_copies_join_and_shared_background_does_not(record: Record) -> None:
    """Copies of a text are one story; a report that only shares its last paragraphs is another."""
    list(record.add_all(ARTICLES[:7]))
    assert groups(record) == {frozenset("abc"), frozenset("de"), frozenset("f"), frozenset("g")}


def test_a_round_up_joins_no_stories(record: Record) -> None:
    """Two reports that stand side by side in a third article stay two stories."""
    list(record.add_all(ARTICLES[7:]))
    assert not any({"i", "j"} <= group for group in groups(record))


def test_a_story_that_gets_an_earlier_member_keeps_its_old_id(record: Record) -> None:
    """The id is that of the first published; one that was used before leads to it."""
    record.add(ARTICLES[0])
    (old,) = (story for story, _ in stories(record))
    record.add(ARTICLES[2])
    (new,) = (story for story, _ in stories(record))
    assert old != new
    assert record.rows("SELECT alias, story_id FROM story_alias") == [(old, new)]


def test_stories_of_earlier_rules_are_made_again(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """They get the ids that new rules give them, and the old ids lead there."""
    with monkeypatch.context() as earlier:
        earlier.setattr(relation, "MOST", 0.9)
        earlier.setattr(families, "RULES", 0)
        list(record.add_all(ARTICLES))
    before = stories(record)
    assert frozenset("abc") not in groups(record)
    assert list(record.verify()) != []
    list(record.refresh())
    assert groups(record) >= {frozenset("abc"), frozenset("de")}
    assert list(record.verify()) == []
    for story, _ in before:
        assert telling.show(record, str(story)).articles


def test_a_sentence_said_a_hundred_thousand_times_and_millions_of_words_do_not_stall(record: Record) -> None:
    """What is no news costs no more than a long article."""
    record.add(printed("loop", ["The same line is here again."] * 100_000))
    record.add(printed("many", [" ".join(f"w{number}" for number in range(150_000))]))
    record.add(printed("empty", []))
    assert len(groups(record)) == 3


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_order_of_arrival_changes_nothing(tmp_path_factory: object, data: st.DataObject) -> None:
    """Any order, any split into batches and any removals give the stories of those that are left."""
    folder = Path(tmp_path_factory.mktemp("order"))  # type: ignore[attr-defined]
    order = data.draw(st.permutations(range(len(ARTICLES))))
    removed = data.draw(st.sets(st.integers(0, len(ARTICLES) - 1), max_size=3))
    cut = data.draw(st.integers(0, len(order)))
    with Record(folder / "one", extractor=stub.FINDER, reader=stub.READER) as record:
        list(record.add_all(ARTICLES[number] for number in order[:cut]))
        list(record.add_all(ARTICLES[number] for number in order[cut:]))
        for number in removed:
            record.remove(str(ARTICLES[number].url), reason="asked", author="ana")
        found = stories(record)
    with Record(folder / "other", extractor=stub.FINDER, reader=stub.READER) as record:
        list(record.add_all(one for number, one in enumerate(ARTICLES) if number not in removed))
        assert stories(record) == found
