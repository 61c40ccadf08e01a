from __future__ import annotations

import itertools
import re
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import query, reasons
from onrecord.article import Article, Speaker, Statement
from onrecord.record import Extractor, Record, linking, registering
from onrecord.record.meaning import meant
from onrecord.record.preferring import Preferring
from onrecord.speakers import naming
from onrecord.speakers.lookup import Known, Term
from tests.record import stub
from tests.record.conftest import Open

_SAID = re.compile(
    r"(“[^”]*”) said (?P<office>(?:[A-Z]\w+ ){0,2}Minister )?"
    r"(?P<name>[A-Z]\w+(?: [A-Z]\w+)?|the Russian foreign minister)"
)

_GIVEN = ("Sergei", "Ilka", "Nela", "Oren", "Petra")


def find(article: Article) -> list[Statement]:
    """Every “…” said Name, with an office before it; names in the quotation are what it is about."""
    found = []
    for match in _SAID.finditer(article.text):
        base = stub.statement(article, match, (match.span(1),))
        named = not match["name"].startswith("the ")
        office = (match["office"] or "").strip()
        start = match.start("name")
        speaker = Speaker(
            name=match["name"],
            kind="person" if named else "unnamed",
            named=named,
            spans=(match.span("name"),),
            office=office or None,
            office_spans=((start - len(office) - 1, start - 1),) if office else (),
            why="name",
        )
        about = [
            {"name": word[0], "spans": (word.span(),), "actor": None, "kind": "state"}
            for word in re.compile(r"Russia|Syria").finditer(article.text, *match.span(1))
        ]
        found.append(
            replace(
                base,
                source=(match.span("name"),),
                cue=(),
                said=None,
                speaker=speaker,
                about=tuple(about),
            )
        )
    return found


def find_first(article: Article) -> list[Statement]:
    """Only the first statement of an article."""
    return find(article)[:1]


FINDER = Extractor("linker-1", find)
FIRST = Extractor("linker-2", find_first)

PAGES: dict[str, tuple[str, str]] = {
    "named": (
        "2031-03-07",
        "“We will not leave.” said Russian Foreign Minister Sergei Varov. “No.” said Ilka Sorn.",
    ),
    "described": (
        "2031-03-07",
        "“The ships sail.” said the Russian foreign minister. “Yes.” said Sergey Varov.",
    ),
    "surname": ("2031-04-02", "“Wait for Russia.” said Varov. “Wait.” said Ilka Sorn."),
    "later": ("2031-03-09", "“The ships sailed.” said the Russian foreign minister."),
    "namesake": ("2031-03-08", "“Rain is due.” said Chilean Foreign Minister Sergei Varov."),
}


def page(name: str) -> Article:
    """Make one of the pages."""
    day, text = PAGES[name]
    text = f"Report {name}\n\n{text}\n"
    return stub.article(text, path=f"{name}.txt", url=f"https://news.example/{name}", published=day)


def links(record: Record) -> dict[tuple[str, str, int], Any]:
    """Return each mention with its page, role and place: the actor's label and the candidates' labels."""
    return {
        (url, role, start): (label, tuple(sorted(filter(None, (candidates or "").split("|")))))
        for url, role, start, label, candidates in record.rows(
            "SELECT x.url, m.role, m.start, a.label, (SELECT group_concat(o.label || ' ' || c.why, '|') FROM "
            "mention_candidate c JOIN actor o ON o.id = c.actor_id WHERE c.mention_id = m.id) FROM mention m "
            "JOIN text x ON x.id = m.text_id LEFT JOIN actor a ON a.id = m.actor_id"
        )
    }


def minister_of(role: str, last: str) -> Term:
    """Make a term of office of Russia from January 2031."""
    return Term(actor="Q77", role=role, body="Russia", first="2031-01-01", last=last)


def offices(record: Record) -> list[tuple[Any, ...]]:
    """Return the learned offices."""
    return record.rows(
        "SELECT a.label, f.role, f.first_day, f.last_day FROM office f JOIN actor a ON a.id = f.actor_id "
        "WHERE f.source = 'text' ORDER BY 1, 2, 3"
    )


@pytest.fixture
def record(opened: Open) -> Record:
    """Open an empty record whose finder knows offices."""
    return opened(FINDER)


def test_a_full_name_becomes_an_actor_and_an_office_is_learned(record: Record) -> None:
    """Named with first and last name beside an office: an actor, and the office on that day."""
    record.add(page("named"))
    ((label, role, first, last),) = offices(record)
    assert (label, role, first, last) == (
        "Sergei Varov",
        "Russian Foreign Minister",
        "2031-03-07",
        "2031-03-07",
    )
    assert record.value("SELECT count(*) FROM actor WHERE kind = 'person'") == 2
    assert list(record.verify()) == []


def test_days_that_follow_one_another_are_one_term_and_a_gap_is_a_gap(record: Record) -> None:
    """Evidence on the 7th, 8th and 10th: two terms."""
    for day in ("2031-03-10", "2031-03-07", "2031-03-08"):
        text = f"Report {day}\n\n“It is day {day}.” said Russian Foreign Minister Sergei Varov.\n"
        record.add(stub.article(text, path=f"{day}.txt", url=f"https://news.example/{day}", published=day))
    assert [row[2:] for row in offices(record)] == [
        ("2031-03-07", "2031-03-08"),
        ("2031-03-10", "2031-03-10"),
    ]
    record.remove("https://news.example/2031-03-07", reason="asked", author="ana")
    assert [row[2:] for row in offices(record)] == [
        ("2031-03-08", "2031-03-08"),
        ("2031-03-10", "2031-03-10"),
    ]
    assert list(record.verify()) == []


def test_the_order_of_pages_makes_no_difference(opened: Open, tmp_path: Any) -> None:
    """Every order of the pages gives the same links, candidates and offices."""
    outcomes = []
    for number, order in enumerate(itertools.permutations(PAGES)):
        if number % 12 and number != 119:
            continue
        with Record(tmp_path / f"{number}.onrecord", extractor=FINDER, reader=stub.READER) as one:
            for name in order:
                one.add(page(name))
            outcomes.append((links(one), offices(one)))
            assert list(one.verify()) == []
    assert all(outcome == outcomes[0] for outcome in outcomes)


def test_a_removed_page_takes_with_it_what_rested_on_it(record: Record) -> None:
    """Removing a page leaves the record as if it had never been added."""
    for name in ("named", "surname", "later"):
        record.add(page(name))
    before = links(record), offices(record), record.rows("SELECT id, label FROM actor ORDER BY id")
    record.add(page("namesake"))
    assert links(record) != before[0]
    record.remove("https://news.example/namesake", reason="asked", author="ana")
    assert (links(record), offices(record), record.rows("SELECT id, label FROM actor ORDER BY id")) == before
    for name in ("named", "surname", "later"):
        record.remove(f"https://news.example/{name}", reason="asked", author="ana")
    assert record.rows("SELECT * FROM actor WHERE kind = 'person'") == []
    assert record.rows("SELECT * FROM linked_name") == record.rows("SELECT * FROM office_evidence") == []


def test_a_refresh_that_finds_less_forgets_the_rest(opened: Open) -> None:
    """A model that no longer finds a statement leaves no actor behind that only this statement named."""
    opened(FINDER).add(page("named"))
    later = opened(FIRST)
    list(later.refresh())
    assert [label for (label,) in later.rows("SELECT label FROM actor WHERE kind = 'person'")] == [
        "Sergei Varov"
    ]
    assert list(later.verify()) == []


def test_linking_again_changes_nothing(record: Record) -> None:
    """Going over all mentions again writes no row."""
    for name in PAGES:
        record.add(page(name))
    before = links(record)
    with record.writing("linking") as connection:
        assert linking.relink(connection) == 0
    assert links(record) == before


def test_an_imported_actor_takes_over_from_a_learned_one(record: Record) -> None:
    """An import of the same person moves the mentions to the imported actor; the learned one goes."""
    record.add(page("named"))
    minister = Known(
        id="Q77", kind="person", label="Sergey Varov", names=("Sergey Varov",),
        identifiers={"wikidata": "Q77"}, terms=(minister_of("Minister of Foreign Affairs", "2033-01-01"),),
    )  # fmt: skip
    with record.writing("importing") as connection:
        registering.save(connection, minister, source="table")
        linking.relink(connection, naming.keys("Sergey Varov"))
    assert record.rows("SELECT id FROM actor WHERE kind = 'person' ORDER BY id") == [("Q77",), ("ilka-sorn",)]
    assert [row.actor for row in query.said(record, by="varov")] == ["Q77"]
    assert list(record.verify()) == []


def test_by_finds_every_form_and_officials_on_their_days(record: Record) -> None:
    """By a name: other spellings and offices; by a state: its office holders on the days they held it."""
    minister = Known(
        id="Q77", kind="person", label="Sergei Varov", names=("Sergei Varov",),
        terms=(minister_of("foreign minister", "2031-03-08"),),
    )  # fmt: skip
    with record.writing("importing") as connection:
        registering.save(connection, minister, source="table")
    for name in ("named", "described", "later"):
        record.add(page(name))
    found = [row.words for row in query.said(record, by="Varov")]
    assert sorted(found) == ["“The ships sail.”", "“We will not leave.”", "“Yes.”"]
    assert {row.id for row in query.said(record, by="Q77")} == {
        row.id for row in query.said(record, by="Varov")
    }
    officials = query.said(record, by="Russia", officials=True)
    assert query.said(record, by="Russian officials") == officials
    assert {row.words for row in officials} >= set(found)
    assert "“No.”" not in {row.words for row in officials}
    with record.writing("importing") as connection:
        connection.execute("DELETE FROM office WHERE actor_id = 'Q77' AND source = 'table'")
        linking.relink(connection)
    assert "“Yes.”" in {row.words for row in query.said(record, by="Varov")}


@pytest.mark.parametrize("words", ["Russian Foreign Minister", "the foreign minister of Russia"])
def test_by_an_office_finds_its_holder_on_his_days(record: Record, words: str) -> None:
    """An office with no name asks for who held it, on the days on which he is known to have held it."""
    minister = Known(
        id="Q77", kind="person", label="Sergei Varov", names=("Sergei Varov",),
        terms=(minister_of("foreign minister", "2031-03-08"),),
    )  # fmt: skip
    with record.writing("importing") as connection:
        registering.save(connection, minister, source="table")
    for name in ("named", "later"):
        record.add(page(name))
    on_his_days = {row.id for row in query.said(record, by="Q77") if (row.day or "") <= "2031-03-08"}
    assert on_his_days
    assert on_his_days <= {row.id for row in query.said(record, by=words)}


@pytest.mark.parametrize(
    "words", ["Moscow", "the Kremlin", "Russian", "the Russian Government", "Kremlin officials"]
)
def test_by_a_seat_or_a_people_finds_the_state(record: Record, words: str) -> None:
    """A capital, a seat of power and an adjective mean the state that they stand for."""
    with record.reading("asking") as connection:
        assert "onrecord:state/RU" in meant(connection, words).actors


def test_about_an_actor_finds_whom_the_content_mentions(record: Record) -> None:
    """By id only the linked mentions, by name the words too."""
    record.add(page("surname"))
    (row,) = query.said(record, about="onrecord:state/RU")
    assert row.words == "“Wait for Russia.”"
    assert [item["actor"] for item in row.statement.about] == ["onrecord:state/RU"]
    assert query.said(record, about="Russian Federation") == [row]


def test_why_names_rule_words_day_and_candidates(record: Record) -> None:
    """The reason of a speaker who is not linked lists the candidates; of one who is, the link."""
    for name in ("named", "later"):
        record.add(page(name))
    (row,) = query.said(record, "ships sailed")
    (reason,) = reasons.why(record, row.id, "speaker")
    assert reason.actor is None
    assert [one.words for one in reason.words] == ["the Russian foreign minister"]
    (row,) = query.said(record, "leave")
    (reason,) = reasons.why(record, row.id[:8], "speaker")
    assert (reason.actor, reason.day) == ("sergei-varov", "2031-03-07")
    assert reason.link is not None


def test_a_judged_actor_wins_and_is_undone(record: Record) -> None:
    """A judgement by an actor's id links; none takes the link away; undoing brings it back."""
    record.add(page("named"))
    (row,) = query.said(record, "leave")
    made = record.judge(row.id, field="speaker", value="ilka-sorn", author="ana")
    assert (made.value, made.actor) == ("Ilka Sorn", "ilka-sorn")
    assert [one.id for one in query.said(record, by="ilka-sorn", limit=5) if one.id == row.id] == [row.id]
    nobody = record.judge(row.id, field="speaker", value="none", author="ana")
    assert [one.actor for one in query.said(record, "leave")] == [None]
    record.undo(nobody.id, author="ana")
    record.undo(made.id, author="ana")
    assert [one.actor for one in query.said(record, "leave")] == ["sergei-varov"]
    assert list(record.verify()) == []


def test_a_judged_name_that_nobody_or_several_bear_stays_words(record: Record) -> None:
    """No actor is made of a name that a person typed."""
    record.add(page("named"))
    (row,) = query.said(record, "leave")
    made = record.judge(row.id, field="speaker", value="Nela Vost", author="ana")
    assert (made.value, made.actor) == ("Nela Vost", None)
    assert [one.actor for one in query.said(record, by="Nela Vost")] == [None]


def test_an_altered_mention_is_found(record: Record) -> None:
    """Verify compares the words of mentions with the text, and the learned offices with theirs."""
    record.add(page("named"))
    with record.writing("altering") as connection:
        connection.execute("UPDATE mention SET start = start - 1 WHERE role = 'speaker'")
        connection.execute("UPDATE office_evidence SET spans = '[[0, 3], [1, 2]]'")
    assert {problem.what for problem in record.verify()} >= {"mention", "office"}


def test_two_thousand_people_in_one_article_take_seconds(record: Record) -> None:
    """An article that names 2,000 people is added without a stall."""
    words = " ".join(
        f"“Word {n}.” said Pers{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}o Na{chr(97 + n // 676)}mek."
        for n in range(2000)
    )
    added = record.add(stub.article(f"All of them\n\n{words}\n"))
    assert added.statements == 2000


def _template(number: int, people: int, days: int) -> Article:
    """Make one of many pages in the same words about the same few people."""
    names = [f"{given} {surname}" for surname in ("Varov", "Sorn", "Kelm", "Dratt") for given in _GIVEN]
    name = names[number % people]
    day = date(2031, 3, 1) + timedelta(days=number * 7 % days)
    text = f"Report {number}\n\n“It is round {number}.” said Russian Foreign Minister {name}.\n"
    address = f"https://news.example/{number}"
    return stub.article(text, path=f"{number}.txt", url=address, published=day.isoformat())


def test_linking_again_does_not_grow_with_what_is_held(
    opened: Open, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 400 pages about 20 people, a day each, the last 100 ask hardly more than the second."""
    asked = 0
    alike = Preferring.alike

    def counted(self: Preferring, name: str) -> Any:
        nonlocal asked
        asked += 1
        return alike(self, name)

    monkeypatch.setattr(Preferring, "alike", counted)
    counts = []
    with Record(tmp_path / "many.onrecord", extractor=FINDER, reader=stub.READER) as one:
        for number in range(400):
            one.add(_template(number, 20, 401))
            if number % 100 == 99:
                counts.append(asked)
    grown = [after - before for before, after in itertools.pairwise(counts)]
    # Were every page of a person linked again, the last hundred would ask twice as often as the second.
    assert grown[-1] <= 1.2 * grown[0], grown


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 59), min_size=2, max_size=14, unique=True), st.data())
def test_adding_and_removing_ends_where_linking_all_again_does(
    numbers: list[int], data: st.DataObject
) -> None:
    """After pages came and went in any order, linking every mention again changes no link and no reason."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Record(Path(folder) / "one.onrecord", extractor=FINDER, reader=stub.READER) as one,
    ):
        for number in numbers:
            one.add(_template(number, 5, 20))
            if number % 3 == 0:
                name = list(PAGES)[number // 3 % len(PAGES)]
                one.add(page(name))
        for number in data.draw(st.lists(st.sampled_from(numbers), max_size=3, unique=True)):
            one.remove(f"https://news.example/{number}", reason="asked", author="ana")
        before = _all(one)
        with one.writing("linking") as connection:
            linking.relink(connection)
        assert _all(one) == before


def _all(record: Record) -> list[tuple[Any, ...]]:
    return record.rows(
        "SELECT m.text_id, m.role, m.start, m.actor_id, m.why, c.actor_id, c.score, c.why FROM mention m "
        "LEFT JOIN mention_candidate c ON c.mention_id = m.id ORDER BY 1, 2, 3, 6"
    )


def test_keys_that_other_rules_made_are_made_again(record: Record) -> None:
    """Adding a page to a record whose keys are of other rules makes the keys of its mentions again."""
    record.add(page("named"))
    held = record.rows("SELECT * FROM linked_name_key ORDER BY 1, 2")
    with record.writing("ageing") as connection:
        connection.execute("UPDATE linked_name_key SET key = 'old:' || key")
        connection.execute("DELETE FROM name_key")
        connection.execute("UPDATE registry SET value = 'old' WHERE name IN ('keys', 'linked')")
    record.add(page("surname"))
    keys = record.rows("SELECT * FROM linked_name_key ORDER BY 1, 2")
    assert set(held) <= set(keys)
    assert not [key for key, _ in keys if key.startswith("old:")]
    assert record.value("SELECT count(*) FROM name_key") > 0
