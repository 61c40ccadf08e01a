from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import QueryError, RecordError
from onrecord.query import Row
from onrecord.record import SETTABLE, Record
from tests.record import stub
from tests.record.conftest import Open


def state(record: Record) -> list[tuple[str, str | None, str, str | None]]:
    """Return what questions do, as far as judgements may change it."""
    return [(row.id, row.speaker, row.type, row.verdict) for row in record.said(limit=100)]


def grain(record: Record) -> Row:
    """Ask for the statement on the grain stores."""
    return record.said("grain")[0]


def test_a_set_field_holds_in_every_question(record: Record) -> None:
    """A corrected name is shown, found by, and marked as judged; the old one finds nothing."""
    record.add(stub.article())
    made = record.judge(
        grain(record).id, field="speaker", value="Milan  Dravetz", author="ana", reason="spelling"
    )
    assert (made.was, made.value, made.place) == ("Milan Dravec", "Milan Dravetz", "placed")
    assert [row.judged for row in record.said(by="dravetz")] == [("speaker",)]
    assert record.said(by="dravec") == []
    assert list(record.verify()) == []


def test_another_speaker_takes_the_machines_office_and_kind_along(record: Record) -> None:
    """What was said of somebody else does not stay with the corrected name."""
    record.add(stub.article())
    record.judge(grain(record).id, field="speaker", value="Nela Vost", author="ana")
    assert grain(record).kind is None


def test_a_rejected_statement_is_not_returned_and_comes_back_when_undone(record: Record) -> None:
    """Rejecting hides, undoing shows again; both are kept as judgements."""
    record.add(stub.article())
    before = state(record)
    made = record.judge(grain(record).id, reject=True, author="ana")
    assert record.said("grain") == []
    assert list(record.verify()) == []
    record.undo(made.id, author="ben")
    assert state(record) == before
    assert [one.place for one in record.judgements()] == ["undone", "undo"]


def test_the_day_a_person_gives_moves_the_statement_in_time(record: Record) -> None:
    """A corrected day of speaking is what since, until and the order go by."""
    record.add(stub.article())
    record.judge(grain(record).id, field="said", value="2030-11-02", author="ana")
    assert [row.words[:10] for row in record.said(until="2030-12-31")] == ["“The grain"]
    assert [row.day for row in record.said()] == ["2031-03-07", "2030-11-02"]
    assert list(record.verify()) == []


def test_words_of_the_article_may_be_given_as_source(record: Record) -> None:
    """A source is set by its words, which are found in the article, nearest to the content."""
    record.add(stub.article())
    record.judge(grain(record).id, field="addressee", value="the press", author="ana")
    assert grain(record).addressee == "the press"
    with pytest.raises(QueryError, match="do not stand in the article"):
        record.judge(grain(record).id, field="source", value="the mayor", author="ana")


VALUES = {
    "speaker": "Ilka Sorn", "office": "port warden", "kind": "person", "type": "mixed", "hearsay": "true",
    "act": "promise", "outlook": "plan", "said": "2031-03-01/2031-03-05", "due": "2031-12-31",
    "released": None, "content": "The grain stores are safe",
    "source": "Ilka Sorn", "cue": "said", "via": None, "addressee": "the press", "occasion": "talks",
}  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(fields=st.lists(st.sampled_from(sorted(SETTABLE)), min_size=1, max_size=6), seed=st.integers(0, 99))
def test_undoing_everything_brings_everything_back(
    tmp_path_factory: pytest.TempPathFactory, fields: list[str], seed: int
) -> None:
    """After any judgements, undone in any order, the record answers as before and still holds all of them."""
    path = tmp_path_factory.mktemp("undo") / "a"
    with Record(path, extractor=stub.FINDER, reader=stub.READER) as record:
        record.add(stub.article())
        before = record.said(limit=100)
        number = grain(record).id
        made = [record.judge(number, field=name, value=VALUES[name], author="ana").id for name in fields]
        assert record.said(limit=100) != before
        random.Random(seed).shuffle(made)
        for one in made:
            record.undo(one, author="ben")
        assert record.said(limit=100) == before
        assert len(record.judgements()) == 2 * len(fields)
        assert list(record.verify()) == []


def test_an_undone_undoing_brings_the_judgement_back(record: Record) -> None:
    """Undo, and undo that: the first decision holds again."""
    record.add(stub.article())
    made = record.judge(grain(record).id, field="speaker", value="Ilka Sorn", author="ana")
    undoing = record.undo(made.id, author="ben")
    with pytest.raises(QueryError, match="undone already"):
        record.undo(made.id, author="ben")
    record.undo(undoing.id, author="ana")
    assert grain(record).speaker == "Ilka Sorn"


def test_the_later_judgement_of_a_field_wins(record: Record) -> None:
    """Two people disagree: the later word holds, and undoing it brings the earlier back."""
    record.add(stub.article())
    number = grain(record).id
    record.judge(number, field="office", value="warden", author="ana")
    second = record.judge(number, field="office", value="harbour master", author="ben")
    assert (grain(record).office, second.was) == ("harbour master", "warden")
    record.undo(second.id, author="ana")
    assert grain(record).office == "warden"


@pytest.mark.parametrize("statement", ["PREFIX", "WHOLE"])
def test_a_statement_is_named_by_its_id_or_the_beginning_of_it(record: Record, statement: str) -> None:
    """Eight characters are enough where they begin one id only."""
    record.add(stub.article())
    number = grain(record).id
    given_id = number[:8].upper() if statement == "PREFIX" else number
    assert record.judge(given_id, accept=True, author="ana").now == number
    assert record.said(min_confidence=0.99)[0].verdict == "accept"


def test_the_same_text_in_two_articles_needs_the_article_named(record: Record) -> None:
    """Two papers with one text share ids; a judgement says which it means."""
    record.add(stub.article())
    added = record.add(stub.article(path="b.txt", url="https://other.example/port", outlet="Hill Gazette"))
    number = grain(record).id
    with pytest.raises(QueryError, match="several articles"):
        record.judge(number, reject=True, author="ana")
    record.judge(number, reject=True, author="ana", article=added.article)
    assert [row.outlet for row in record.said("grain")] == ["Coast Courier"]
    assert list(record.verify()) == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "exactly one"),
        ({"accept": True, "reject": True}, "exactly one"),
        ({"field": "colour", "value": "red"}, "no field that can be set"),
        ({"field": "verdict", "value": "reject"}, "use accept, reject or outcome"),
        ({"field": "type", "value": "loud"}, "expected one of direct"),
        ({"field": "type", "value": None}, "always has a type"),
        ({"field": "said", "value": "yesterday"}, "expected a day"),
        ({"field": "said", "value": "2031-03-05/2031-03-01"}, "expected a day"),
        ({"field": "hearsay", "value": "perhaps"}, "true or false"),
        ({"field": "office", "value": 7}, "expected the speaker's office"),
        ({"field": "office", "value": "x" * 5000}, "longer than"),
        ({"field": "office", "value": "\ud83d"}, "half a character"),
        ({"accept": True, "author": " "}, "needs an author"),
    ],
)
def test_a_judgement_that_means_nothing_is_refused(
    record: Record, options: dict[str, object], message: str
) -> None:
    """Each wrong field or value has a line that says what would be right, and nothing is written."""
    record.add(stub.article())
    with pytest.raises(QueryError, match=message):
        record.judge(grain(record).id, **{"author": "ana", **options})  # type: ignore[arg-type]
    assert record.judgements() == []


@pytest.mark.parametrize("statement", ["", "abc", "0000000000000000", "'; DROP TABLE page; --"])
def test_an_unknown_statement_is_refused(record: Record, statement: str) -> None:
    """An id that names nothing is an error, never a judgement of something else."""
    record.add(stub.article())
    with pytest.raises(QueryError, match="no statement"):
        record.judge(statement, accept=True, author="ana")


def test_judgements_cannot_be_rewritten(record: Record) -> None:
    """The tables themselves refuse to alter or drop a judgement, or to alter a statement."""
    record.add(stub.article())
    record.judge(grain(record).id, accept=True, author="ana")
    for sql in (
        "UPDATE judgement SET author = 'x'",
        "DELETE FROM judgement",
        "UPDATE statement SET words = ''",
    ):
        with (
            pytest.raises(RecordError, match=r"append-only|never rewritten"),
            record.writing("testing") as db,
        ):
            db.execute(sql)


def test_an_edited_page_keeps_judgements_on_words_it_still_has(opened: Open) -> None:
    """Edits around the statement carry the judgement to the new version."""
    record = opened()
    record.add(stub.article())
    record.judge(grain(record).id, field="speaker", value="Mila Dravec", author="ana")
    record.add(stub.article("Update: " + stub.PORT.replace("Nobody else", "No one else")))
    assert (grain(record).speaker, record.orphans()) == ("Mila Dravec", [])
    assert list(record.verify()) == []


def test_edited_words_orphan_the_judgement_until_they_are_back(opened: Open) -> None:
    """A judgement whose words are gone is listed, applies to nothing, and returns with the words."""
    record = opened()
    record.add(stub.article())
    made = record.judge(grain(record).id, field="speaker", value="Mila Dravec", author="ana")
    record.add(stub.article(stub.PORT.replace("grain stores", "grain silos")))
    assert [(one.id, one.place, one.exact) for one in record.orphans()] == [
        (made.id, "orphan", "“The grain stores are safe, and they will stay so,”")
    ]
    assert grain(record).speaker == "Milan Dravec"
    assert list(record.verify()) == []
    record.add(stub.article(stub.PORT + "A line more.\n"))
    assert (grain(record).speaker, record.orphans()) == ("Mila Dravec", [])


def test_an_author_that_no_utf8_can_hold_is_refused(record: Record) -> None:
    """What a terminal hands on in another encoding is told in words, and nothing is written."""
    record.add(stub.article())
    with pytest.raises(RecordError, match="half a character"):
        record.judge(grain(record).id, accept=True, author="Ren\udce9")
    assert record.judgements() == []
