"""Ends that people give statements, statements that they add, and decisions that come in between."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import query
from onrecord.errors import ConflictError, QueryError
from onrecord.record import Reader, Record, patches, patching
from tests.record import stub
from tests.record.conftest import Open

MISSED = "Two days of talks on the northern port ended on Friday."


def words(record: Record) -> list[str]:
    """Return the words of all statements, in the order of the text."""
    return [row.words for row in sorted(record.said(limit=100), key=lambda row: row.content)]


def grain(record: Record) -> query.Row:
    """Return the statement on the grain stores."""
    return record.said("grain")[0]


def test_other_ends_hold_in_every_question(record: Record) -> None:
    """A statement with other ends is found by its words only, under a new id that the old one leads to."""
    record.add(stub.article())
    old = grain(record)
    (made,) = record.correct(old.id, {"content": "The grain stores are safe"}, author="ana")
    new = grain(record)
    assert (new.words, new.speaker, new.verdict) == ("The grain stores are safe", "Milan Dravec", None)
    assert record.said("stay") == []
    assert (made.exact, made.value) == (old.words, "The grain stores are safe")
    assert record.judge(old.id, accept=True, author="ben").now == new.id
    assert list(record.verify()) == []


def test_what_was_decided_before_goes_along(record: Record) -> None:
    """A speaker set before the ends holds for the statement with other ends, and after they are undone."""
    record.add(stub.article())
    old = grain(record).id
    record.correct(old, {"speaker": "Nela Vost"}, author="ana")
    (ends,) = record.correct(old, {"content": "The grain stores are safe"}, author="ana")
    record.correct(grain(record).id, {"office": "warden"}, author="ben")
    assert (grain(record).speaker, grain(record).office) == ("Nela Vost", "warden")
    record.undo(ends.id, author="ana")
    assert (grain(record).id, grain(record).speaker, grain(record).office) == (old, "Nela Vost", "warden")
    assert list(record.verify()) == []


@settings(max_examples=8, deadline=None)
@given(cuts=st.lists(st.tuples(st.integers(62, 100), st.integers(110, 150)), min_size=1, max_size=4))
def test_undone_ends_bring_the_first_back(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[tuple[int, int]]
) -> None:
    """Whatever ends were given one after the other, undone from the last they leave what was found."""
    with Record(tmp_path_factory.mktemp("ends") / "a", extractor=stub.FINDER, reader=stub.READER) as record:
        record.add(stub.article())
        before = record.said(limit=100)
        number, made = before[0].id, []
        text = stub.PORT
        for start, end in cuts:
            while text[start].isspace():
                start += 1
            while text[end - 1].isspace():
                end -= 1
            made += record.correct(number, {"content": [(start, end)]}, author="ana")
            assert list(record.verify()) == []
        for one in reversed(made):
            record.undo(one.id, author="ana")
        assert record.said(limit=100) == before


def test_ends_survive_another_model_and_an_altered_page(opened: Open) -> None:
    """A blind model and a page with a new paragraph leave the ends that a person gave."""
    record = opened()
    record.add(stub.article())
    record.correct(grain(record).id, {"content": "The grain stores are safe"}, author="ana")
    record.close()
    record = opened(extractor=stub.BLIND)
    list(record.refresh())
    assert words(record) == ["The grain stores are safe"]
    record.add(stub.article("A new line on top\n\n" + stub.PORT))
    assert words(record) == ["The grain stores are safe"]
    assert list(record.verify()) == []
    record.close()
    record = opened(reader=Reader("reader-2", stub.read_text))
    list(record.refresh())
    assert len(words(record)) == 2
    assert words(record)[0] == "The grain stores are safe"
    assert list(record.verify()) == []


def test_a_statement_that_was_missed_can_be_added(opened: Open) -> None:
    """It stands with what was said of it, through another model and page, until it is taken back."""
    record = opened()
    added = record.add(stub.article()).article
    assert added is not None
    made = record.add_statement(
        added, {"content": MISSED, "source": "the press", "speaker": "Nela Vost"}, author="ana"
    )
    assert [one.field for one in made] == ["added", "speaker"]
    row = record.said("Two days of talks")[0]
    assert (row.speaker, row.source, row.type, row.verdict) == (
        "Nela Vost",
        "the press",
        "indirect",
        "accept",
    )
    record.close()
    record = opened(extractor=stub.BLIND)
    list(record.refresh())
    record.add(stub.article("A new line on top\n\n" + stub.PORT))
    assert words(record) == [MISSED]
    record.undo(made[0].id, author="ben")
    assert words(record) == []
    assert list(record.verify()) == []


def test_what_stands_cannot_be_added(record: Record) -> None:
    """The same words twice, words of elsewhere and no words are refused."""
    added = record.add(stub.article()).article
    assert added is not None
    with pytest.raises(QueryError, match="stands already"):
        record.add_statement(added, {"content": list(map(list, grain(record).content))}, author="ana")
    with pytest.raises(QueryError, match="do not stand in the article"):
        record.add_statement(added, {"content": "never printed"}, author="ana")
    with pytest.raises(QueryError, match="no article 99"):
        record.add_statement(99, {"content": MISSED}, author="ana")


@pytest.mark.parametrize(
    "spans",
    [[], [(0, 10_000)], [(20, 10)], [(5, 9), (2, 4)], [("a", "b")], [(-1, 5)], [(31, 33)], "x" * 3000],
)
def test_spans_that_mean_nothing_are_refused(record: Record, spans: object) -> None:
    """Spans out of bounds, out of order, empty or of blanks set nothing."""
    record.add(stub.article())
    with pytest.raises(QueryError):
        record.correct(grain(record).id, {"content": spans}, author="ana")
    assert record.judgements() == []


def test_the_place_of_a_source_may_be_given(record: Record) -> None:
    """Of words that stand twice, the span says which is meant."""
    record.add(stub.article())
    place = stub.PORT.rindex("northern")
    record.correct(grain(record).id, {"source": [(place, place + 8)]}, author="ana")
    assert grain(record).statement.source == ((place, place + 8),)
    assert list(record.verify()) == []


def test_a_new_actor_can_be_named_as_speaker(record: Record) -> None:
    """An actor that nobody knew is made, found by its name, and the statement is its own."""
    record.add(stub.article())
    record.correct(grain(record).id, {"speaker": {"new": "Oda Trell", "kind": "person"}}, author="ana")
    assert (grain(record).speaker, grain(record).actor) == ("Oda Trell", "oda-trell")
    assert [row.id for row in record.said(by="Trell")] == [grain(record).id]
    assert list(record.verify()) == []


def test_a_decision_that_another_came_before_is_refused(record: Record) -> None:
    """The second of two who saw the same state is told what the first decided; nothing of either is lost."""
    record.add(stub.article())
    number = grain(record).id
    seen = record.last_judgement(number)
    record.correct(number, {"speaker": "Nela Vost"}, author="ana", based_on=seen)
    with pytest.raises(ConflictError, match=r"ana .*set speaker to 'Nela Vost'"):
        record.correct(number, {"speaker": "Ilka Sorn"}, author="ben", based_on=seen)
    assert grain(record).speaker == "Nela Vost"
    record.correct(number, {"speaker": "Ilka Sorn"}, author="ben", based_on=record.last_judgement(number))
    assert grain(record).speaker == "Ilka Sorn"


def test_ends_given_and_taken_back_are_decisions_in_between(record: Record) -> None:
    """One who still looks at the old ends, or at ends since undone, is refused too."""
    record.add(stub.article())
    number = grain(record).id
    (ends,) = record.correct(number, {"content": "The grain stores are safe"}, author="ana", based_on=0)
    with pytest.raises(ConflictError, match="The grain stores are safe"):
        record.judge(number, reject=True, author="ben", based_on=0)
    narrow = grain(record).id
    seen = record.last_judgement(narrow)
    record.undo(ends.id, author="ana")
    with pytest.raises(ConflictError, match="took judgement"):
        record.judge(narrow, reject=True, author="ben", based_on=seen)


def test_ends_and_additions_travel_in_a_patch(record: Record, tmp_path: Path) -> None:
    """Another record takes both over; the same patch again changes nothing."""
    added = record.add(stub.article()).article
    assert added is not None
    record.correct(grain(record).id, {"content": "The grain stores are safe"}, author="ana")
    record.correct(grain(record).id, {"office": "warden"}, author="ana")
    record.add_statement(added, {"content": MISSED, "source": "the press"}, author="ana")
    lines = [json.dumps(line) for line in patches.export(record)]
    with Record(tmp_path / "b", extractor=stub.FINDER, reader=stub.READER) as other:
        other.add(stub.article())
        assert [one.state for one in patching.apply(other, lines)] == ["applied"] * 3
        assert words(other) == words(record)
        assert [row.office for row in other.said("grain")] == ["warden"]
        assert [one.state for one in patching.apply(other, lines)] == ["held"] * 3
        assert words(other) == words(record)
        assert list(other.verify()) == []


def test_a_takedown_takes_the_words_of_judgements_too(record: Record) -> None:
    """After a removal the file holds none of the words that a person gave a statement for its ends."""
    record.add(stub.article())
    record.correct(grain(record).id, {"content": "The grain stores are safe"}, author="ana")
    record.remove("https://news.example/port", reason="asked to", author="ana")
    assert [one.value for one in record.judgements()] == [None]
    assert not record.rows("SELECT * FROM anchor")
