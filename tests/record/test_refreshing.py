from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Article, Page
from onrecord.errors import InputError
from onrecord.record import Extractor, Reader, Record
from tests.record import stub
from tests.record.conftest import Open


def test_nothing_is_due_with_the_present_reader_and_model(record: Record) -> None:
    """A record that is up to date is not touched."""
    list(record.add_all(map(stub.numbered, range(3))))
    assert record.due() == 0
    assert list(record.refresh()) == []


def test_a_new_model_changes_what_stands_and_says_what(opened: Open) -> None:
    """Each page is extracted again; what came, went and altered is told by statement."""
    opened().add(stub.article())
    record = opened(stub.WIDER)
    before = {row.id for row in record.said()}
    (done,) = record.refresh()
    after = {row.id for row in record.said()}
    assert set(done.change.removed) == before
    assert set(done.change.added) == after
    assert done.changed
    assert record.value("SELECT count(*) FROM statement") == 4  # the first run is kept
    assert list(record.verify()) == []


def test_altered_statements_are_told_apart_from_new_ones(opened: Open) -> None:
    """A model that finds the same content with another speaker alters it, and its id stays."""

    def renamed(article: Article) -> list[stub.Statement]:
        found = stub.find(article)
        return [replace(found[0], speaker=stub.Speaker(name="Somebody Else")), *found[1:]]

    opened().add(stub.article())
    record = opened(Extractor("finder-9", renamed))
    number = record.said("grain")[0].id
    (done,) = record.refresh()
    assert (done.change.added, done.change.removed, done.change.altered) == ((), (), (number,))
    assert [row.id for row in record.said(by="somebody")] == [number]


@settings(max_examples=10, deadline=None)
@given(models=st.lists(st.sampled_from(["finder-1", "finder-2", "finder-3"]), min_size=1, max_size=4))
def test_refreshing_twice_is_refreshing_once(
    tmp_path_factory: pytest.TempPathFactory, models: list[str]
) -> None:
    """After any sequence of models, a second refresh with the last finds nothing due."""
    path = tmp_path_factory.mktemp("twice") / "a"
    finders = {one.version: one for one in (stub.FINDER, stub.WIDER, stub.BLIND)}
    with Record(path, extractor=stub.FINDER, reader=stub.READER) as record:
        record.add(stub.article())
        record.judge(record.said("grain")[0].id, accept=True, author="ana")
    for model in models:
        with Record(path, extractor=finders[model], reader=stub.READER) as record:
            list(record.refresh())
            before = record.said()
            assert list(record.refresh()) == []
            assert record.said() == before
            assert [row.verdict for row in record.said("grain")] == ["accept"]
            assert list(record.verify()) == []


def test_a_new_reader_makes_a_new_text_of_the_same_page(opened: Open) -> None:
    """What the newer reader reads otherwise stands, and the fields that differ are named."""

    def titled(page: Page, path: str) -> Article:
        return replace(stub.read_text(page, path), headline="Another title", agency="Wire")

    opened().add(stub.article())
    record = opened(reader=Reader("reader-2", titled))
    (done,) = record.refresh()
    assert done.fields == ("headline", "agency")
    assert not done.change
    assert record.said("grain")[0].agency == "Wire"
    assert list(record.verify()) == []


def test_refresh_goes_on_where_it_stopped(opened: Open) -> None:
    """Stopped after any page, the next call does the rest and none twice."""
    list(opened().add_all(map(stub.numbered, range(6))))
    first = opened(stub.WIDER).refresh()
    done = [next(first).article for _ in range(2)]
    first.close()  # type: ignore[attr-defined]
    done += [one.article for one in opened(stub.WIDER).refresh()]
    assert sorted(done) == sorted(set(done))
    assert len(done) == 6


def test_a_page_that_can_no_longer_be_read_keeps_what_stands(opened: Open) -> None:
    """A reader that refuses one page is told of, and what stood before still stands."""

    def refusing(page: Page, path: str) -> Article:
        if path == "1.txt":
            raise InputError(path, "deeper than allowed")
        return stub.read_text(page, path)

    list(opened().add_all(map(stub.numbered, range(3))))
    record = opened(reader=Reader("reader-2", refusing))
    errors = {done.path: done.error for done in record.refresh()}
    assert errors == {"0.txt": None, "1.txt": "deeper than allowed", "2.txt": None}
    assert len(record.said()) == 6


def test_a_damaged_page_does_not_stop_the_rest(opened: Open) -> None:
    """A page whose stored bytes are damaged is told of, keeps what stands, and the others are refreshed."""
    record = opened()
    list(record.add_all(map(stub.numbered, range(3))))
    with record.writing("damaging") as connection:
        connection.execute("UPDATE page_bytes SET data = x'00' WHERE rowid = 1")
    record = opened(stub.WIDER)
    errors = [done.error for done in record.refresh()]
    assert sum("stored bytes" in error for error in errors if error) == 1
    assert errors.count(None) == 2
    assert (record.due(), len(record.said())) == (1, 6)


def test_a_model_that_moves_a_border_keeps_the_judgement(opened: Open) -> None:
    """The corrected speaker holds for the statement that the next model finds in nearly the same place."""
    record = opened()
    record.add(stub.article())
    record.judge(record.said("grain")[0].id, field="speaker", value="Mila Dravec", author="ana")
    record = opened(stub.WIDER)
    list(record.refresh())
    row = record.said("grain")[0]
    assert (row.speaker, row.words[-1]) == ("Mila Dravec", ",")
    assert list(record.verify()) == []


@pytest.mark.parametrize("decision", ["accept", "speaker"])
def test_what_a_person_confirmed_stays_when_the_model_no_longer_finds_it(opened: Open, decision: str) -> None:
    """An accepted or corrected statement stands on the person's word, and leaves with an undo."""
    record = opened()
    record.add(stub.article())
    number = record.said("grain")[0].id
    if decision == "accept":
        made = record.judge(number, accept=True, author="ana")
    else:
        made = record.judge(number, field="speaker", value="Mila Dravec", author="ana")
    record = opened(stub.BLIND)
    list(record.refresh())
    assert [row.id for row in record.said()] == [number]
    assert record.orphans() == []
    assert list(record.verify()) == []
    record.undo(made.id, author="ana")
    assert record.said() == []
    assert list(record.verify()) == []


def test_a_kept_statement_moves_with_an_edited_page(opened: Open) -> None:
    """On a person's word it also stands in the next version of the page, with its spans moved."""
    record = opened()
    record.add(stub.article())
    record.judge(record.said("grain")[0].id, accept=True, author="ana")
    record = opened(stub.BLIND)
    record.add(stub.article("Update. " + stub.PORT))
    (row,) = record.said()
    assert (row.source, row.words) == ("Milan Dravec", "“The grain stores are safe, and they will stay so,”")
    assert list(record.verify()) == []


def test_a_rejection_that_is_no_longer_needed_is_moot_and_works_again_when_it_is(opened: Open) -> None:
    """What a person rejected and the model no longer finds is no orphan; found again, it stays out."""
    record = opened()
    record.add(stub.article())
    record.judge(record.said("grain")[0].id, reject=True, author="ana")
    record = opened(stub.BLIND)
    list(record.refresh())
    assert [made.place for made in record.judgements()] == ["moot"]
    assert (record.said(), record.orphans()) == ([], [])
    record = opened(stub.FINDER)
    list(record.refresh())
    assert [row.speaker for row in record.said()] == ["Ilka Sorn"]
    assert list(record.verify()) == []


def test_judgements_that_lose_their_place_are_told_by_the_refresh(opened: Open) -> None:
    """A reader that drops the judged words orphans the judgement and says which."""

    def shortened(page: Page, path: str) -> Article:
        return replace(stub.read_text(page, path), text="Only a line.\n", parts={})

    record = opened()
    record.add(stub.article())
    made = record.judge(record.said("grain")[0].id, accept=True, author="ana")
    record = opened(reader=Reader("reader-2", shortened))
    (done,) = record.refresh()
    assert done.orphans == (made.id,)
    assert [one.id for one in record.orphans()] == [made.id]
    assert list(record.verify()) == []


def test_an_article_made_in_memory_is_refreshed_from_its_own_json(opened: Open) -> None:
    """Without a page there is nothing to read again; the finder sees the article as it was added."""
    article = replace(stub.article(), page=None)
    opened().add(article)
    seen: list[Article] = []

    def find(article: Article) -> list[stub.Statement]:
        seen.append(article)
        return stub.find(article)

    record = opened(Extractor("finder-9", find), Reader("reader-2", lambda *_: pytest.fail("read again")))
    (done,) = record.refresh()
    assert (seen, done.changed) == ([article], False)


def test_a_damaged_index_is_made_again(record: Record) -> None:
    """What verify finds wrong with the full-text index, a refresh mends, with nothing due."""
    list(record.add_all(map(stub.numbered, range(3))))
    with record.writing("testing") as connection:
        connection.execute("DELETE FROM search_data WHERE id > 10")
    assert [problem.which for problem in record.verify()] == ["search"]
    assert list(record.refresh()) == []
    assert list(record.verify()) == []
    assert len(record.said("grain")) == 3
