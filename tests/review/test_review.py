"""Samples that are drawn, gone through by one or two coders, and compared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord import review
from onrecord.errors import ConflictError, QueryError, RecordError
from onrecord.record import Record
from tests.record import stub


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    """Open a record of twelve articles with two statements each."""
    with Record(tmp_path / "news.onrecord", extractor=stub.FINDER, reader=stub.READER) as opened:
        list(opened.add_all(stub.numbered(number) for number in range(12)))
        yield opened


def ids(record: Record, name: str) -> list[str | None]:
    """Return the statements of a sample."""
    return [item.statement and item.statement.id for item in review.items(record, name)]


def test_a_sample_by_chance_is_the_same_for_the_same_seed(record: Record) -> None:
    """The seed decides which statements are drawn, and pages added later change none that is."""
    for name, seed in (("one", 7), ("again", 7), ("other", 8)):
        review.make(record, name, author="ana", drawn="random", size=8, seed=seed)
    assert ids(record, "one") == ids(record, "again") != ids(record, "other")
    before = ids(record, "one")
    list(record.add_all(stub.numbered(number) for number in range(12, 15)))
    assert ids(record, "one") == before
    review.make(record, "later", author="ana", drawn="random", size=8, seed=7)
    assert len(set(ids(record, "later")) & set(before)) >= 6


def test_the_least_certain_come_first(tmp_path: Path) -> None:
    """What nobody has judged is drawn in the order of its confidence."""
    with Record(tmp_path / "a", extractor=stub.FINDER, reader=stub.READER) as record:
        doubtful = stub.article()
        record.add(stub.numbered(1))
        record.add(doubtful, stub.find_wider(doubtful))
        record.judge(record.said("grain stores")[0].id, accept=True, author="ana")
        review.make(record, "doubt", author="ana", size=3)
        found = [item.statement.confidence for item in review.items(record, "doubt") if item.statement]
        assert found == [0.5, 0.9, 0.9]


def test_a_sample_fits_its_question(record: Record) -> None:
    """Only statements of whom was asked for are drawn; one that nothing fits is refused."""
    review.make(record, "sorn", author="ana", drawn="random", by="Sorn", size=100)
    assert len(ids(record, "sorn")) == 12
    with pytest.raises(QueryError, match="no statement fits"):
        review.make(record, "none", author="ana", by="Nobody Else")
    with pytest.raises(QueryError, match="already"):
        review.make(record, "sorn", author="ana")


def test_one_coder_judges_at_once(record: Record) -> None:
    """Each answer is a judgement of the coder; progress counts what is left."""
    review.make(record, "mine", author="ana", size=3)
    first = review.items(record, "mine")[0]
    review.answer(record, "mine", 1, coder="ana", verdict="accept", values={"speaker": "Nela Vost"})
    review.answer(record, "mine", 2, coder="ana", verdict="reject")
    assert [one.field for one in record.judgements()] == ["speaker", "verdict", "verdict"]
    assert first.statement is not None
    assert record.said(by="Vost")[0].id == first.statement.id
    (told,) = review.progress(record, "mine")
    assert (told.coder, told.done, told.open) == ("ana", 2, 1)
    left = review.next_open(record, "mine", "ana")
    assert left is not None
    assert left.n == 3


def test_a_judgement_in_between_is_told(record: Record) -> None:
    """An answer that rests on an older state is refused, and nothing is kept of it."""
    review.make(record, "mine", author="ana", size=1)
    (item,) = review.items(record, "mine")
    assert item.statement is not None
    record.judge(item.statement.id, reject=True, author="ben", article=item.article)
    with pytest.raises(ConflictError, match="rejected it"):
        review.answer(record, "mine", 1, coder="ana", verdict="accept", based_on=0)
    assert review.coders(record, "mine") == []


def both(record: Record, one: str, other: str) -> None:
    """Have two coders accept all of a sample but the first, and say otherwise of that."""
    review.make(record, "two", author="ana", drawn="random", seed=1, size=6, coders=2)
    for item in review.items(record, "two"):
        if item.n > 1:
            review.answer(record, "two", item.n, coder=one, verdict="accept")
            review.answer(record, "two", item.n, coder=other, verdict="accept")
    review.answer(record, "two", 1, coder=one, verdict="accept", values={"speaker": "Nela Vost"})


def test_neither_of_two_sees_the_others_answers(record: Record) -> None:
    """Answers change nothing in the record, and are not compared before both are done."""
    before = record.said(limit=100)
    both(record, "ana", "ben")
    assert record.said(limit=100) == before
    assert record.judgements() == []
    with pytest.raises(QueryError, match="ben has 1 left"):
        review.compare(record, "two")
    with pytest.raises(QueryError, match="for two coders, and has them"):
        review.answer(record, "two", 1, coder="cem", verdict="accept")


def test_what_two_coders_say_otherwise_is_set_side_by_side(record: Record) -> None:
    """A rejection, another speaker, other ends: each is listed and lowers the alpha of its kind."""
    both(record, "ana", "ben")
    review.answer(record, "two", 1, coder="ben", verdict="accept")
    found = review.compare(record, "two")
    assert [(one.n, one.what, one.values[0]) for one in found.disagreements] == [(1, "speaker", "Nela Vost")]
    assert found.items == 6
    assert found.units == pytest.approx(1)
    assert found.speakers is not None
    assert found.speakers < 1
    assert found.types is None
    review.answer(record, "two", 1, coder="ben", verdict="reject")
    found = review.compare(record, "two")
    assert [(one.what, one.values) for one in found.disagreements] == [("statement", ("accept", "reject"))]
    assert found.units is not None
    assert found.units < 1
    (item,) = review.items(record, "two", only=2)
    assert item.statement is not None
    start, end = item.statement.content[0]
    review.answer(record, "two", 2, coder="ben", verdict="accept", values={"content": [(start, end - 5)]})
    narrow = review.compare(record, "two")
    assert [one.what for one in narrow.disagreements] == ["statement", "ends"]
    assert narrow.units is not None
    assert narrow.units < found.units


def test_what_both_say_is_taken_over_once(record: Record) -> None:
    """Agreed answers become judgements, what differs stays as it was, and a second time changes nothing."""
    both(record, "ana", "ben")
    with pytest.raises(QueryError, match="ben has 1 left"):
        review.adopt(record, "two", author="cem")
    review.answer(record, "two", 1, coder="ben", verdict="accept")
    for coder in ("ana", "ben"):
        review.answer(record, "two", 2, coder=coder, verdict="accept", values={"speaker": "Nela Vost"})
        review.answer(record, "two", 3, coder=coder, verdict="reject")
    assert review.adopt(record, "two", author="cem") == 5
    assert [row.verdict for row in record.said(by="Vost")] == ["accept"]
    verdicts = [item.verdict for item in review.items(record, "two")]
    assert verdicts == [None, "accept", "reject", "accept", "accept", "accept"]
    assert {one.reason for one in record.judgements()} == {"sample two: ana and ben agree"}
    assert review.adopt(record, "two", author="cem") == 0
    assert list(record.verify()) == []


def test_two_namings_of_one_actor_agree(record: Record) -> None:
    """One coder types the name of an actor, the other its number: they mean the same."""
    both(record, "ana", "ben")
    number = record.said(by="Sorn")[0].actor
    assert number is not None
    review.answer(record, "two", 1, coder="ana", verdict="accept", values={"speaker": "Ilka Sorn"})
    review.answer(record, "two", 1, coder="ben", verdict="accept", values={"speaker": number})
    assert review.compare(record, "two").disagreements == ()


def test_what_only_one_adds_is_a_disagreement(record: Record) -> None:
    """A statement that a coder adds counts as a unit of that coder alone."""
    both(record, "ana", "ben")
    review.answer(record, "two", 1, coder="ben", verdict="accept", values={"speaker": "Nela Vost"})
    agreed = review.compare(record, "two")
    assert agreed.units == pytest.approx(1)
    (item,) = review.items(record, "two", only=1)
    assert item.text is not None
    review.answer_missed(record, "two", item.article, {"content": item.text.headline}, coder="ben")
    found = review.compare(record, "two")
    assert [(one.n, one.what) for one in found.disagreements] == [(None, "statement")]
    assert dict(zip(found.coders, found.disagreements[0].values, strict=True)) == {
        "ana": None,
        "ben": "added",
    }
    assert found.units is not None
    assert found.units < 1


def test_a_removed_page_leaves_its_items_out(record: Record) -> None:
    """A takedown takes its statements out of a sample, and the rest can still be compared."""
    both(record, "ana", "ben")
    review.answer(record, "two", 1, coder="ben", verdict="accept")
    item = review.items(record, "two", only=1)[0]
    assert item.text is not None
    assert item.text.url is not None
    record.remove(item.text.url, reason="asked to", author="ana")
    assert review.items(record, "two", only=1)[0].statement is None
    found = review.compare(record, "two")
    assert found.items < 6
    assert found.disagreements == ()
    assert list(record.verify()) == []


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("", {}),
        ("a/b", {}),
        ("a", {"size": 0}),
        ("a", {"coders": 3}),
        ("a", {"drawn": "all"}),
    ],
)
def test_samples_that_mean_nothing(record: Record, name: str, how: dict[str, object]) -> None:
    """A sample without a name, size or known way is refused."""
    with pytest.raises(QueryError):
        review.make(record, name, author="ana", **how)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("value", "[]"),
        ("value", '{"verdict": 7}'),
        ("value", '{"verdict": "accept", "content": [["a", 1]]}'),
        ("value", '{"verdict": "accept", "content": 5}'),
        ("text_id", "x"),
    ],
)
def test_a_strangers_answers_end_in_one_line(record: Record, column: str, value: object) -> None:
    """Answers of another form than ours are an error of the record, and no fault of the program."""
    both(record, "ana", "ben")
    review.answer(record, "two", 1, coder="ben", verdict="accept")
    with record.writing("altering") as connection:
        connection.execute("DROP TRIGGER review_answer_is_fixed")
        connection.execute(f"UPDATE review_answer SET {column} = ? WHERE n = 1", (value,))
    try:
        assert review.compare(record, "two").items <= 6
    except RecordError as error:
        assert "two" in str(error) or "answer" in str(error)  # noqa: PT017
