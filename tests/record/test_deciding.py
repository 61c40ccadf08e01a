"""Decisions about actors: they hold through imports, are taken back without a trace, and close no circle."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import QueryError
from onrecord.record import Record, deciding, importing, registering
from onrecord.record.actors import Nobody, RecordActors
from onrecord.speakers.lookup import Known

DERIVED = (
    "SELECT id, merged_into, judged_label FROM actor ORDER BY id",
    "SELECT actor_id, name, source, moved_to FROM actor_name ORDER BY actor_id, name, source",
)
TABLE = "person,person_qid,position,country,start,end\n" + "".join(
    f"{name},Q{n},Mayor,Ruritania,200{n},200{n}\n"
    for n, name in enumerate(["Oskar Amsel", "Ludvik Brandel", "Fenna Corvin"], 1)
)


@pytest.fixture
def filled(record: Record, tmp_path: Path) -> Record:
    """Three mayors of one table."""
    (tmp_path / "mayors.csv").write_text(TABLE)
    importing.import_actors(record, str(tmp_path / "mayors.csv"))
    return record


def derived(record: Record) -> list[list[tuple[object, ...]]]:
    """Return all that decisions have made of the rows."""
    return [record.rows(sql) for sql in DERIVED]


def known(record: Record, actor: str) -> Known:
    """Return an actor."""
    with record.reading("testing") as connection:
        found = RecordActors(connection, Nobody()).get(actor)
    assert found is not None
    return found


def test_a_merge_holds_through_an_import(filled: Record, tmp_path: Path) -> None:
    """What was merged stays merged when the same table, or one with more, is imported."""
    deciding.merge(filled, "Q1", "Q2", author="me", reason="one man")
    before = derived(filled)
    importing.import_actors(filled, str(tmp_path / "mayors.csv"))
    assert derived(filled) == before
    (tmp_path / "more.csv").write_text(TABLE.replace("Mayor", "Judge"))
    importing.import_actors(filled, str(tmp_path / "more.csv"))
    assert known(filled, "Q2").id == "Q1"
    assert len(known(filled, "Q1").terms) == 4


def test_merges_add_up(filled: Record) -> None:
    """One merged into another that is merged in turn answers as the last, in one step."""
    deciding.merge(filled, "Q2", "Q3", author="me")
    deciding.merge(filled, "Q1", "Q2", author="me")
    assert filled.rows("SELECT id, merged_into FROM actor WHERE kind = 'person' ORDER BY id") == [
        ("Q1", None), ("Q2", "Q1"), ("Q3", "Q1"),
    ]  # fmt: skip


def test_a_circle_of_merges_is_refused(filled: Record) -> None:
    """Merging what is one already is refused with its id, however long the way round."""
    deciding.merge(filled, "Q1", "Q2", author="me")
    deciding.merge(filled, "Q2", "Q3", author="me")
    with pytest.raises(QueryError, match="one actor already"):
        deciding.merge(filled, "Q3", "Q1", author="me")


def test_a_circle_in_the_rows_is_no_circle(filled: Record) -> None:
    """Decisions of a stranger's record that close a circle leave every actor with an answer."""
    with filled.writing("testing") as connection:
        for gone, kept in (("Q1", "Q2"), ("Q2", "Q3"), ("Q3", "Q1")):
            connection.execute(
                "INSERT INTO actor_judgement (actor_id, action, value, was, author, made) "
                "VALUES (?, 'merge', ?, 'null', 'stranger', '2024-01-01T00:00:00Z')",
                (gone, f'{{"into":"{kept}"}}'),
            )
        deciding.settle(connection)
    assert {known(filled, actor).id for actor in ("Q1", "Q2", "Q3")} == {"Q3"}


def test_a_split_moves_names_and_holds_through_an_import(filled: Record, tmp_path: Path) -> None:
    """Names that were split off answer as the actor made, whichever table gives them later."""
    with filled.writing("testing") as connection:
        registering.add_name(connection, "Q1", "Oskar Amsel junior", source="x")
    made = deciding.split(filled, "Q1", ["oskar amsel JUNIOR"], author="me")
    new = made.value["to"]
    assert known(filled, new).names == ("Oskar Amsel junior",)
    assert known(filled, "Q1").names == ("Oskar Amsel",)
    (tmp_path / "more.csv").write_text(TABLE.replace("Oskar Amsel,", "Oskar Amsel junior,"))
    importing.import_actors(filled, str(tmp_path / "more.csv"))
    assert known(filled, "Q1").names == ("Oskar Amsel",)


def test_splitting_off_the_label_leaves_another(filled: Record) -> None:
    """An actor whose label was split off is shown by a name that it has left."""
    with filled.writing("testing") as connection:
        registering.add_name(connection, "Q1", "O. Amsel", source="x")
    deciding.split(filled, "Q1", ["Oskar Amsel"], author="me")
    assert known(filled, "Q1").label == "O. Amsel"


def test_a_new_label_is_found_and_shown(filled: Record) -> None:
    """A renamed actor is shown by its new name, and found by both."""
    deciding.rename(filled, "Q1", "Oskár Amszel", author="me")
    assert known(filled, "Q1").label == "Oskár Amszel"
    assert set(known(filled, "Q1").names) == {"Oskár Amszel", "Oskar Amsel"}


def test_a_decision_says_who_and_why(filled: Record) -> None:
    """A decision is kept with author, reason, and what held before."""
    deciding.rename(filled, "Q1", "Oskar A.", author=" me ", reason="so he signs")
    with filled.reading("testing") as connection:
        (one,) = deciding.decisions(connection)
    assert (one.author, one.reason, one.value, one.was, one.holds) == (
        "me", "so he signs", {"label": "Oskar A."}, "Oskar Amsel", True,
    )  # fmt: skip


def test_decisions_are_never_rewritten(filled: Record) -> None:
    """The rows of decisions can be added to only."""
    deciding.rename(filled, "Q1", "Oskar A.", author="me")
    for sql in ("UPDATE actor_judgement SET author = 'you'", "DELETE FROM actor_judgement"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            filled._connection.execute(sql)


@pytest.mark.parametrize("author", ["", "  "])
def test_nobody_decides_nothing(filled: Record, author: str) -> None:
    """Without an author nothing is decided."""
    with pytest.raises(QueryError, match="--author"):
        deciding.merge(filled, "Q1", "Q2", author=author)
    assert known(filled, "Q2").id == "Q2"


def test_what_means_nothing_is_refused(filled: Record) -> None:
    """Unknown actors, names and decisions, and a split of everything, are refused in a line."""
    for deciding_it in (
        lambda: deciding.merge(filled, "Q1", "Q99", author="me"),
        lambda: deciding.split(filled, "Q1", ["Nobody Else"], author="me"),
        lambda: deciding.split(filled, "Q1", ["Oskar Amsel"], author="me"),
        lambda: deciding.rename(filled, "Q1", "x" * 10_000, author="me"),
        lambda: deciding.rename(filled, "Q1", "Oskar Amsel", author="me"),
        lambda: deciding.undo(filled, 7, author="me"),
    ):
        with pytest.raises(QueryError):
            deciding_it()


def test_undone_twice_is_refused_and_undoing_an_undoing_brings_it_back(filled: Record) -> None:
    """A decision is taken back once; taking that back makes it hold again."""
    deciding.merge(filled, "Q1", "Q2", author="me")
    taken = deciding.undo(filled, 1, author="me")
    assert known(filled, "Q2").id == "Q2"
    with pytest.raises(QueryError, match="undone already"):
        deciding.undo(filled, 1, author="me")
    deciding.undo(filled, taken.id, author="me")
    assert known(filled, "Q2").id == "Q1"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from("mr"), st.integers(1, 3), st.integers(1, 3)), max_size=5))
def test_undoing_everything_leaves_what_was(filled: Record, steps: list[tuple[str, int, int]]) -> None:
    """Whatever was merged and renamed, taking it all back in any record leaves the rows as they came in."""
    before = derived(filled)
    made = []
    for action, one, other in steps:
        try:
            if action == "m":
                made.append(deciding.merge(filled, f"Q{one}", f"Q{other}", author="me"))
            else:
                made.append(deciding.rename(filled, f"Q{one}", f"Name {other}", author="me"))
        except QueryError:
            continue
    for one in made:
        deciding.undo(filled, one.id, author="me")
    assert derived(filled) == before


def test_the_record_is_sound_after_decisions(filled: Record) -> None:
    """Checking the record finds nothing wrong after merging, splitting, renaming and undoing."""
    with filled.writing("testing") as connection:
        registering.add_name(connection, "Q1", "O. Amsel", source="x")
    deciding.split(filled, "Q1", ["O. Amsel"], author="me")
    deciding.merge(filled, "Q2", "Q3", author="me")
    deciding.undo(filled, 1, author="me")
    assert list(filled.verify()) == []
