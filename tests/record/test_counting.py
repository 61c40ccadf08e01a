from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.article import Article, Statement
from onrecord.record import Extractor, Record, counting, links
from tests.record import stub


def find_about(article: Article) -> list[Statement]:
    """As the stub does, each statement about Ilka Sorn."""
    about = ({"name": "Ilka Sorn", "kind": "person", "spans": [list(stub_span(article))]},)
    return [replace(one, about=about) for one in stub.find(article)]


def stub_span(article: Article) -> tuple[int, int]:
    """Return where her name stands."""
    at = article.text.index("Ilka Sorn")
    return at, at + len("Ilka Sorn")


ABOUT = Extractor("finder-about", find_about)

_STEPS = st.lists(
    st.tuples(st.sampled_from(("add", "reject", "name", "undo", "remove", "refresh")), st.integers(1, 4)),
    min_size=2, max_size=5,
)  # fmt: skip


def _do(path: Path, step: str, number: int) -> None:
    with Record(path, extractor=ABOUT if step != "refresh" else stub.FINDER, reader=stub.READER) as record:
        rows = record.said(copies=True)
        if step == "add":
            record.add(stub.numbered(number, outlet=f"Gazette {number % 2}"), force=True)
        elif step == "refresh":
            list(record.refresh())
        elif step == "remove" and rows:
            record.remove(rows[number % len(rows)].page, reason="asked", author="ana")
        elif step == "undo" and (made := [one for one in record.judgements() if one.undoes is None]):
            undone = {one.undoes for one in record.judgements()}
            left = [one for one in made if one.id not in undone]
            if left:
                record.undo(left[number % len(left)].id, author="ana")
        elif rows and step in ("reject", "name"):
            chosen = rows[number % len(rows)]
            if step == "reject":
                record.judge(chosen.id, author="ana", reject=True)
            else:
                who = ("ilka-sorn", "a clerk", None)[number % 3]
                record.judge(chosen.id, author="ana", field="speaker", value=who)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_STEPS)
def test_counts_are_those_of_what_stands_whatever_was_done(
    tmp_path: Path, steps: list[tuple[str, int]]
) -> None:
    """Adding, judging, undoing, refreshing and removing leave every count right."""
    path = tmp_path / "counted.onrecord"
    path.unlink(missing_ok=True)
    _do(path, "add", 1)
    for step, number in steps:
        _do(path, step, number)
    connection = sqlite3.connect(path)
    try:
        assert list(counting.wrong(connection)) == []
    finally:
        connection.close()


def test_what_is_said_about_an_actor_is_counted(path: Path) -> None:
    """A statement counts once for each actor whom it mentions, under the word that stands for him."""
    with Record(path, extractor=ABOUT, reader=stub.READER) as record:
        record.add(stub.numbered(3))
        found = record.rows("SELECT actor_id, about, month, printings, statements FROM count_about")
    assert sorted(found) == [
        (who, links.token("ilka-sorn"), "2031-04", 1, 1) for who in ("ilka-sorn", "milan-dravec")
    ]


def test_refresh_counts_anew_where_counts_are_wrong(path: Path) -> None:
    """Counts that somebody altered are made again by refresh, and verify finds nothing any more."""
    with Record(path, extractor=ABOUT, reader=stub.READER) as record:
        record.add(stub.numbered(3))
        for table in counting.TABLES:
            with record.writing("altering") as connection:
                connection.execute(f"DELETE FROM {table}")
        assert [one.which for one in record.verify()] == list(counting.TABLES)
        list(record.refresh())
        assert list(record.verify()) == []
