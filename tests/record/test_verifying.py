from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.record import Record
from tests.record import stub
from tests.record.conftest import Open


@pytest.fixture
def damage(path: Path, opened: Open) -> Callable[..., set[str]]:
    """Make a record, alter it behind its back, and return what verify says is wrong."""

    def damaging(*statements: str) -> set[str]:
        record = opened()
        record.add(stub.article())
        record.add(stub.numbered(1))
        record.judge(record.said("grain stores")[0].id, field="office", value="warden", author="ana")
        assert list(record.verify()) == []
        record.close()
        connection = sqlite3.connect(path)
        for name in ("statement_is_fixed", "judgement_is_fixed", "judgement_is_kept", "anchor_is_fixed"):
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.close()
        with Record(path) as record:
            found = list(record.verify())
        return {f"{one.what}: {one.message}" for one in found if not one.which.endswith(("_fixed", "_kept"))}

    return damaging


GRAIN = "(SELECT statement_pk FROM standing WHERE judged IS NOT NULL)"


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("UPDATE page_bytes SET data = x'ffffffff'", "page: stored bytes cannot be unpacked"),
        ("UPDATE page_bytes SET size = 3", "page: stored bytes unpack to"),
        (
            "UPDATE page_bytes SET (size, data) = (SELECT size, data FROM page_bytes b WHERE b.rowid = 1)",
            "page: page .* its bytes have another hash",
        ),
        ("UPDATE text SET text = text || '.'", "text: text or fields do not have the hash"),
        ("UPDATE text SET outlet = 'Hill Gazette'", "text: text or fields do not have the hash"),
        ("UPDATE text SET parts = '{\"headline\":[[0,99999]]}'", "text: a span of headline is out of bounds"),
        ("UPDATE text SET parts = 'no'", "text: cannot be read"),
        (
            f"UPDATE statement SET content = '[[1,99999]]' WHERE pk = {GRAIN}",
            "statement: its content is out of",
        ),
        (f"UPDATE statement SET content = '[]' WHERE pk = {GRAIN}", "statement: .*it has no content"),
        (
            f"UPDATE statement SET words = 'Never.' WHERE pk = {GRAIN}",
            "statement: its stored words are not those",
        ),
        (
            f"UPDATE statement SET id = '00112233' WHERE pk = {GRAIN}",
            "statement: its id is not that of its text",
        ),
        (f"UPDATE statement SET source = '[[9,4]]' WHERE pk = {GRAIN}", "statement: its source is out of"),
        (f"UPDATE statement SET parent = 'feed' WHERE pk = {GRAIN}", "statement: its parent feed is not in"),
        (f"UPDATE statement SET confidence = 7 WHERE pk = {GRAIN}", "statement: its confidence 7.0 is not"),
        (f"UPDATE statement SET rest = '{{' WHERE pk = {GRAIN}", "statement: statement .* damaged"),
        ("UPDATE standing SET speaker = 'Nobody'", "statement: its standing row is not what was found"),
        ("UPDATE standing SET key = key + (1 << 24)", "index: it is filed under another day"),
        ("DELETE FROM standing", "statement: it was found and does not stand"),
        ("UPDATE count_month SET statements = 7", "index: the counts are not those of what stands"),
        (
            "INSERT INTO count_about VALUES ('nobody', 'actor61', '', 1, 1)",
            "index: the counts are not those of what stands",
        ),
        ("INSERT INTO count_actor VALUES ('nobody', '', 1, 1)", "index: the counts are not those of what"),
        ("DELETE FROM search_data WHERE id > 10", "index: the full-text index does not agree"),
        ("UPDATE anchor SET exact = 'Never.'", "judgement: its anchor is not in the text"),
        ("DELETE FROM placement", "judgement: it is neither placed nor listed"),
        ("UPDATE placement SET place = 'orphan'", "judgement: it is listed elsewhere"),
        (
            "UPDATE judgement SET value = '\"ruler\"'",
            "statement: its standing row is not what was found and judged",
        ),
        ("DELETE FROM text WHERE id = 1", "file: refers to no row of text"),
        ("DROP INDEX standing_article", "file: this index is missing or altered"),
        (
            "CREATE TRIGGER spy AFTER INSERT ON page BEGIN SELECT 1; END",
            "file: a trigger that onrecord did not make",
        ),
    ],
)
def test_verify_names_what_was_altered(damage: Callable[..., set[str]], sql: str, message: str) -> None:
    """Each kind of damage is found and told in its own words."""
    found = damage(sql)
    assert any(re.match(message, one) for one in found), found


def test_verify_names_a_statement_left_without_its_page(damage: Callable[..., set[str]]) -> None:
    """A row that stands although its article does not is found."""
    found = damage("UPDATE article SET page_id = NULL, text_id = NULL, run_id = NULL WHERE id = 1")
    assert "statement: it stands, but its page does not" in found


def test_a_sound_record_has_no_problems_read_only(opened: Open) -> None:
    """Verify needs no write, and finds nothing wrong where nothing is."""
    list(opened().add_all(map(stub.numbered, range(5))))
    assert list(opened(read_only=True).verify()) == []


def test_views_of_the_users_own_are_no_problem(path: Path, opened: Open) -> None:
    """What other tools save as a view in the file does no harm."""
    opened().add(stub.article())
    connection = sqlite3.connect(path)
    connection.execute("CREATE VIEW mine AS SELECT * FROM page")
    connection.close()
    assert list(opened().verify()) == []


def test_verify_sees_one_moment_while_another_process_adds(opened: Open) -> None:
    """What is added in the middle of a verification is neither checked by half nor held up."""
    record, other = opened(), opened()
    list(record.add_all(map(stub.numbered, range(3))))
    problems = record.verify()
    assert next(problems, None) is None
    other.add(stub.article())
    assert list(record.verify()) == []


def test_a_damaged_page_of_the_database_is_named(path: Path, opened: Open) -> None:
    """Bytes overwritten in the file are found, or refused with the file's name."""
    record = opened()
    list(record.add_all(map(stub.numbered, range(200))))
    record.close()
    data = bytearray(path.read_bytes())
    for at in range(len(data) // 2 // 4096 * 4096, len(data), 4096):
        data[at : at + 64] = b"\xff" * 64
    path.write_bytes(data)
    with Record(path) as record:
        assert {one.what for one in record.verify()} == {"file"}
