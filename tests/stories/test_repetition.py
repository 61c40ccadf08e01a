"""The same words by the same speaker on another day are another statement, linked as a repetition."""

from __future__ import annotations

from onrecord import query
from onrecord.record import Record
from tests.stories.test_families import wire
from tests.stories.test_witnesses import BODY, CHANGED, CUT, LONG, printed

AGAIN = wire(23)


def days(rows: list[query.Row]) -> list[tuple[str | None, list[str]]]:
    """Return the day of each row with the days of its repetitions."""
    return [(row.day, [one.day for one in row.repetitions]) for row in rows]


def test_the_same_words_on_another_day_are_linked_both_ways(record: Record) -> None:
    """Each is a row that names the other; copies are one repetition, and case and marks do not count."""
    shouted = LONG.replace("The ferry stays", "THE FERRY STAYS").replace("port, and", "port and")
    list(
        record.add_all(
            [
                printed("coast", [LONG]),
                printed("hill", [LONG], "2031-03-08"),
                printed("later", [shouted], "2031-05-01", AGAIN),
                printed("isle", [shouted], "2031-05-02", AGAIN),
            ]
        )
    )
    assert days(record.said("ferry")) == [("2031-05-01", ["2031-03-07"]), ("2031-03-07", ["2031-05-01"])]
    later, first = record.said("ferry")
    assert [one.id for one in first.repetitions] == [later.id]
    assert first.repetitions[0].url == "https://later.example/"


def test_an_article_is_shown_with_printings_and_repetitions(record: Record) -> None:
    """Each statement of it has those that a row of an answer has."""
    list(record.add_all([printed("coast", [LONG]), printed("hill", [CUT], "2031-03-08")]))
    record.add(printed("later", [LONG], "2031-05-01", AGAIN))
    (shown,) = query.show(record, "coast.txt").statements
    row = record.said("ferry", outlet="coast")[0]
    assert (shown.witnesses, shown.repetitions) == (row.witnesses, row.repetitions)
    assert ([one.outlet for one in shown.witnesses], len(shown.repetitions)) == (["hill"], 1)


def test_other_words_speakers_and_copies_are_no_repetitions(record: Record) -> None:
    """A changed quotation, another speaker, a few words, and the printings of one statement."""
    list(
        record.add_all(
            [
                printed("coast", [LONG, "“No comment,” said Ilka Sorn."]),
                printed("hill", [LONG], "2031-03-08"),
                printed("isle", [CHANGED, "“No comment,” said Ilka Sorn."], "2031-05-01", AGAIN),
                printed("moor", [LONG.replace("Ilka Sorn", "Perel Orn")], "2031-05-02", wire(24)),
            ]
        )
    )
    assert not any(row.repetitions for row in record.said(copies=True))
    assert record.said(repeated=True) == []


def test_repetitions_are_asked_for_and_follow_what_people_decide(record: Record) -> None:
    """A rejected statement repeats nothing, and a corrected speaker may make a repetition of it."""
    record.add(printed("coast", [CUT, LONG.replace("Ilka Sorn", "Perel Orn")]))
    record.add(printed("later", [CUT, LONG], "2031-05-01", AGAIN))
    assert days(record.said(repeated=True)) == [
        ("2031-05-01", ["2031-03-07"]),
        ("2031-03-07", ["2031-05-01"]),
    ]
    made = record.judge(record.said(repeated=True)[0].id, reject=True, author="ana")
    assert record.said(repeated=True) == []
    record.undo(made.id, author="ana")
    record.judge(record.said(by="Orn")[0].id, field="speaker", value="Ilka Sorn", author="ana")
    assert len(record.said(repeated=True)) == 4


def test_what_is_removed_leaves_no_trace_among_repeated_words(record: Record) -> None:
    """The key of words that come again is kept as long as they do, and verify finds one that is gone."""
    record.add(printed("coast", [LONG]))
    assert record.value("SELECT count(*) FROM repeated_words") == 0
    record.add(printed("later", [LONG], "2031-05-01", AGAIN))
    assert record.value("SELECT count(*) FROM repeated_words") == 1
    with record.writing("damaging") as connection:
        connection.execute("DELETE FROM repeated_words")
    assert "not among those that are" in " ".join(problem.message for problem in record.verify())
    with record.writing("mending") as connection:
        connection.execute("UPDATE standing SET words_key = words_key")
    assert list(record.verify()) == []
    record.remove(record.said("ferry")[0].page, reason="asked", author="ana")
    assert record.value("SELECT count(*) FROM repeated_words") == 0


def test_a_record_of_an_earlier_version_is_brought_up_to_date(record: Record) -> None:
    """Its articles join stories, their statements groups, and repetitions are found, as if added now."""
    from onrecord.stories import telling

    list(
        record.add_all(
            [
                printed("coast", [LONG]),
                printed("hill", [CUT], "2031-03-08"),
                printed("later", [LONG], "2031-05-01", AGAIN),
                printed("other", ["“Nobody asked us,” said Milan Dravec."], "2031-05-01", BODY[:3]),
            ]
        )
    )
    wanted = record.said(copies=True), telling.stories(record)
    with record.writing("taking back") as connection:
        connection.execute("DELETE FROM registry WHERE name = 'stories'")
        connection.execute("UPDATE text SET story_id = NULL")
        connection.execute("UPDATE standing SET same_as = NULL, same_rank = NULL, words_key = NULL")
        for table in ("story_link", "shingle", "sketch", "story_alias", "story"):
            connection.execute(f"DELETE FROM {table}")
    assert not any(row.witnesses or row.repetitions for row in record.said())
    telling.ready(record)
    assert (record.said(copies=True), telling.stories(record)) == wanted
