"""Statements that copies print are one statement with several witnesses."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import query
from onrecord.article import Article
from onrecord.record import Record
from tests.record import stub
from tests.stories.test_families import wire

LONG = (
    "“The ferry stays in port, and we will open the northern gate before the first of May,” said Ilka Sorn."
)
CUT = "“We will open the northern gate before the first of May,” said Ilka Sorn."
CHANGED = (
    "“The ferry stays in port, and we may open the northern gate after the first of May,” said Ilka Sorn."
)
SHORT = "“Nobody asked us about the grain on the mole,” said Milan Dravec."
BODY = wire(21)


def printed(outlet: str, said: list[str], day: str = "2031-03-07", body: list[str] = BODY) -> Article:
    """Make an article of one wire text, with these sentences in it."""
    return stub.article(
        f"Headline of {outlet}\n\n{' '.join([*body[:6], *said, *body[6:]])}\n",
        path=f"{outlet}.txt",
        url=f"https://{outlet}.example/",
        outlet=outlet,
        published=day,
    )


COAST = printed("coast", [LONG, SHORT])
HILL = printed("hill", [CUT], "2031-03-08")
ISLE = printed("isle", [CHANGED, SHORT], "2031-03-09")
ELSEWHERE = printed("elsewhere", [LONG], "2031-03-08", wire(22))


@pytest.fixture
def filled(record: Record) -> Record:
    """Three printings of one wire text, and another report with the same quotation."""
    list(record.add_all([HILL, ELSEWHERE, ISLE, COAST]))
    return record


def outlets(rows: list[query.Row]) -> list[tuple[str | None, list[str | None]]]:
    """Return the outlet of each row, with those of its witnesses."""
    return [(row.outlet, [one.outlet for one in row.witnesses]) for row in rows]


def test_what_copies_print_is_one_row_with_its_witnesses(filled: Record) -> None:
    """The fullest printing that was published first stands for the cut and the changed one."""
    assert outlets(filled.said("gate")) == [("elsewhere", []), ("coast", ["isle", "hill"])]
    row = filled.said("gate", outlet="coast")[0]
    isle, hill = row.witnesses
    assert (row.printings, row.same_as) == (3, None)
    assert isle.words == CHANGED.partition(" said")[0].removesuffix(",”") + ",”"
    assert (hill.published, hill.url, hill.path) == ("2031-03-08", "https://hill.example/", "hill.txt")
    assert filled.said("grain")[0].witnesses[0].words is None


def test_every_printing_is_a_row_when_asked_for(filled: Record) -> None:
    """Each of them names the one that stands for it, and has the others beside it."""
    rows = filled.said("gate", copies=True)
    assert outlets(rows) == [
        ("isle", ["coast", "hill"]),
        ("elsewhere", []),
        ("hill", ["coast", "isle"]),
        ("coast", ["isle", "hill"]),
    ]
    assert [row.same_as for row in rows] == [rows[3].id, None, rows[3].id, None]


def test_a_question_that_only_a_copy_answers_gives_that_copy(filled: Record) -> None:
    """Outlet, words and day are those of the printing found, whatever stands for it elsewhere."""
    assert outlets(filled.said("gate", outlet="hill")) == [("hill", ["coast", "isle"])]
    assert outlets(filled.said("after")) == [("isle", ["coast", "hill"])]
    found = filled.said("gate", since="2031-03-08", until="2031-03-08", date="published")
    assert outlets(found) == [("elsewhere", []), ("hill", ["coast", "isle"])]


def test_every_way_of_asking_counts_them_once(filled: Record) -> None:
    """Rows one by one, ranked, in order of time, and every count."""
    assert len(filled.said(order="rank", words="gate")) == 2
    assert len(list(query.each(filled))) == 3
    assert len(list(query.each(filled, copies=True))) == 6
    assert outlets(query.timeline(filled, "sorn")) == [("coast", ["isle", "hill"]), ("elsewhere", [])]
    assert len(query.timeline(filled, "sorn", copies=True)) == 4
    assert query.unsaid(filled, "gate", since="2031") == 2
    counted = [(one.value, one.statements, one.articles) for one in query.counts(filled)]
    assert counted == [("Ilka Sorn", 2, 4), ("Milan Dravec", 1, 2)]
    assert [(one.value, one.statements) for one in query.counts(filled, copies=True)] == [
        ("Ilka Sorn", 4),
        ("Milan Dravec", 2),
    ]
    assert {one.value: one.statements for one in query.counts(filled, "outlet")} == {
        "coast": 2, "isle": 2, "hill": 1, "elsewhere": 1,
    }  # fmt: skip
    totals = query.totals(filled)
    assert (totals.statements, totals.printings) == (3, 6)


def test_a_day_that_one_printing_tells_is_not_unknown(record: Record) -> None:
    """A copy that cut the day of saying is not counted among what has none."""
    record.add(printed("coast", [LONG.replace("Sorn.", "Sorn on 2031-03-06.")]))
    record.add(printed("hill", [CUT], "2031-03-08"))
    assert query.unsaid(record, since="2031") == 0
    assert query.unsaid(record, since="2031", copies=True) == 1
    assert outlets(record.said(since="2031-03-06", until="2031-03-06")) == [("coast", ["hill"])]


def test_pages_of_an_answer_with_copies_fit_together(filled: Record) -> None:
    """Limit and offset count answers, not printings."""
    whole = filled.said()
    assert [filled.said(limit=1, offset=number)[0] for number in range(3)] == whole


def test_a_rejected_printing_does_not_hide_the_others(filled: Record) -> None:
    """The next one stands for the rest; taking the judgement back brings the first one back."""
    coast = filled.said("gate", outlet="coast")[0]
    made = filled.judge(coast.id, reject=True, author="ana")
    assert outlets(filled.said("gate")) == [("isle", ["hill"]), ("elsewhere", [])]
    filled.undo(made.id, author="ana")
    assert filled.said("gate", outlet="coast")[0] == coast


def test_what_a_person_corrected_stands_for_its_copies(filled: Record) -> None:
    """The corrected printing is the row, the copies stay its witnesses, and it is found as corrected."""
    hill = filled.said("gate", outlet="hill")[0]
    filled.judge(hill.id, field="speaker", value="Perel Orn", author="ana")
    (row,) = filled.said("gate", by="Orn")
    assert outlets([row]) == [("hill", ["coast", "isle"])]
    assert row.judged == ("speaker",)


def test_other_speakers_and_what_one_article_says_twice_stay_apart(record: Record) -> None:
    """The same words by another speaker are another statement, and so are words repeated."""
    twice = [SHORT, BODY[0], SHORT]
    record.add(printed("coast", twice))
    record.add(printed("hill", [*twice, SHORT.replace("Milan Dravec", "Perel Orn")]))
    assert [len(row.witnesses) for row in record.said("grain", by="dravec")] == [1, 1]
    assert outlets(record.said("grain", by="orn")) == [("hill", [])]


def test_a_quotation_cut_in_two_stands_by_the_whole_one(record: Record) -> None:
    """Both pieces are witnesses of it."""
    pieces = ["“The ferry stays in port,” said Ilka Sorn.", CUT]
    list(record.add_all([printed("hill", pieces), printed("coast", [LONG])]))
    assert outlets(record.said(by="sorn")) == [("coast", ["hill", "hill"])]


def test_a_removed_article_is_no_witness(filled: Record) -> None:
    """The others stand as if it had never been there."""
    filled.remove("https://coast.example/", reason="asked", author="ana")
    assert outlets(filled.said("gate")) == [("isle", ["hill"]), ("elsewhere", [])]
    filled.remove("https://isle.example/", reason="asked", author="ana")
    assert [row.printings for row in filled.said("gate")] == [1, 1]


PIECES = printed("moor", ["“The ferry stays in port,” said Ilka Sorn.", CUT, SHORT, SHORT])
UNNAMED = printed("vale", [LONG.replace("Ilka Sorn", "Sorn"), SHORT.replace("Milan Dravec", "Perel Orn")])
MIXED = printed("weir", [LONG], body=[*BODY[:8], *wire(22)[:7]])
ALL = [COAST, HILL, ISLE, ELSEWHERE, PIECES, UNNAMED, MIXED]


def grouped(record: Record) -> set[frozenset[tuple[str | None, tuple[tuple[int, int], ...], bool]]]:
    """Return the printings of every statement: outlet, place in it, and whether it stands for the others."""
    found: dict[str, set[tuple[str | None, tuple[tuple[int, int], ...], bool]]] = {}
    names = {}
    for number, pk, same_as, place in record.rows(
        "SELECT key, statement_pk, same_as, same_rank FROM standing WHERE verdict IS NOT 'reject'"
    ):
        names[number] = (str(same_as or pk), not place)
    for row in query.each(record, copies=True):
        ((group, first),) = [
            names[key]
            for (key,) in record.rows(
                "SELECT key FROM standing WHERE id = ? AND article_id = ?", (row.id, row.article)
            )
        ]
        found.setdefault(group, set()).add((row.outlet, row.content, first))
    return {frozenset(group) for group in found.values()}


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_order_of_arrival_changes_no_group(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Any order, batches, removals and rejections give the groups of what is left."""
    folder: Path = tmp_path_factory.mktemp("order")
    order = data.draw(st.permutations(ALL))
    cut = data.draw(st.integers(0, len(ALL)))
    removed = data.draw(st.sets(st.sampled_from(["coast", "weir", "moor"]), max_size=2))
    rejected = data.draw(st.sampled_from(["isle", "vale", "hill"]))
    with Record(folder / "one", extractor=stub.FINDER, reader=stub.READER) as record:
        list(record.add_all(order[:cut]))
        list(record.add_all(order[cut:]))
        for outlet in removed:
            record.remove(f"https://{outlet}.example/", reason="asked", author="ana")
        record.judge(record.said(outlet=rejected)[0].id, reject=True, author="ana")
        found = grouped(record)
        assert list(record.verify()) == []
    with Record(folder / "other", extractor=stub.FINDER, reader=stub.READER) as record:
        list(record.add_all(one for one in ALL if one.outlet not in removed))
        record.judge(record.said(outlet=rejected)[0].id, reject=True, author="ana")
        assert grouped(record) == found
