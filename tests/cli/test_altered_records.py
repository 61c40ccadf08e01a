"""A stranger's record with one cell altered: every command ends with a clear line, never a traceback."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import cli, pipeline, reading
from onrecord.article import Article, Interval, Statement, statement_id
from onrecord.record import Record
from tests.record import stub

COMMANDS = (
    ("said",),
    ("said", "northern", "--rank", "--json", "--cite"),
    ("said", "--by", "Sorn", "--cite"),
    ("show", "1"),
    ("show", "3", "--json"),
    ("export", "--to", "out.csv"),
    ("export", "--to", "out.jsonl"),
    ("judge", "--list"),
    ("judge", "--list", "--json"),
    ("verify",),
    ("refresh",),
    ("verify", "--json"),
    ("remove", "https://news.example/port", "--reason", "asked", "--author", "R. Blum"),
)

DEEP = "[" * 3_000 + "]" * 3_000
INTERVAL = '"first":%s,"last":%s,"spans":%s,"rule":%s,"inferred":false,"vague":false'


class NotText(bytes):
    """Bytes that are kept as text."""


#: What a cell is altered to.
VALUES: dict[str, object] = {
    "null": None,
    "a word": "x",
    "nothing": "",
    "bytes": b"\xff\xfe",
    "text that is no UTF-8": NotText(b"a\xed\xa0\x80b"),
    "a NUL": "a\0b",
    "control characters": "x\x1b[31mESC\r\n\u2028y",
    "much text": "word " * 200_000,
    "minus one": -1,
    "a huge number": 2**62,
    "a real": 1.5,
    "infinity": float("inf"),
    "a day without end": "9999999-01-01",
    "the last day": "9999-12-31",
    "broken JSON": '{"speaker":',
    "deep JSON": DEEP,
    "JSON null": "null",
    "a JSON list": "[]",
    "a list of numbers": "[1,2]",
    "a JSON object": '{"a":1}',
    "a JSON string": '"x"',
    "a JSON number": "7",
    "JSON infinity": "[[1,1e999]]",
    "JSON with half a character": '"\\ud800"',
    "spans out of range": "[[0,4611686018427387904]]",
    "spans below zero": "[[-5,-2]]",
    "spans turned round": "[[5,2]]",
    "spans of words": '[["a","b"]]',
    "spans of three": "[[1,2,3]]",
    "a span of nothing": "[[5,5]]",
    "parts out of range": '{"body":[[0,99999999]],"headline":[[7,3]]}',
    "parts of words": '{"body":"abc"}',
    "half a character in JSON": '{"speaker":"\\ud800","outlet":"\\ud800","about":[{"name":"\\ud800"}]}',
    "a speaker that is a list": '{"speaker":[],"outlet":[]}',
    "a speaker that is an object": '{"speaker":{"spans":5},"kind":{},"office":[1]}',
    "a speaker with odd parts": '{"speaker":{"why":[1],"candidates":7,"office_spans":[[0,9e99]]}}',
    "a verdict that is an object": '{"verdict":{"a":1},"hearsay":{"a":1},"type":{"a":1},"act":[2]}',
    "about numbers": '{"about":[5]}',
    "about odd names": '{"about":[{"name":[1],"spans":[[1,2]]}]}',
    "about without end": '{"about":' + DEEP + "}",
    "odd days": '{"said":{' + INTERVAL % ("5", "[]", "[]", '"x"') + "}}",
    "days of odd words": '{"said":{' + INTERVAL % ('"\\u001b]0;x"', '"x"', "[]", '"x"') + "}}",
    "days with odd spans": '{"due":{' + INTERVAL % ("null", "null", "7", '"x"') + "}}",
    "days of other parts": '{"released":{"first":null,"last":null,"spans":[],"more":1}}',
    "a day as a number": '{"said":20310307,"due":["2031"],"released":{}}',
    "words of other types": '{"source":5,"cue":["a"],"via":{},"addressee":true,"occasion":1e9}',
    "a day of one": "2031-03-07",
}


def enrich(article: Article) -> list[Statement]:
    """Return what the stub finds, with a value in every field and one statement within the other."""
    first, *others = stub.find(article) or [None]
    if first is None:
        return []
    day = Interval(first="2031-03-05", last="2031-03-06", spans=((0, 7),), rule="day")
    (start, end), *_ = first.content
    assert first.speaker is not None
    full = replace(
        first, hearsay=True, act="say", outlook="promise", via=((0, 7),), addressee=((8, 13),),
        occasion=((14, 20),), about=({"name": "Port", "spans": ((0, 7),)},), said=day, released=day, due=day,
        speaker=replace(
            first.speaker, office=article.text[:7], office_spans=((0, 7),),
            candidates=({"actor": "a", "score": 1},),
        ),
    )  # fmt: skip
    inner = ((start + 1, end - 1),)
    nested = replace(
        first, id=statement_id(article.text_sha256, inner), content=inner, text=article.quote(inner),
        parent=first.id,
    )  # fmt: skip
    return [full, nested, *others]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Make a small record with something in every table that the commands read."""
    path = tmp_path_factory.mktemp("whole") / "news.onrecord"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "extract", enrich)
        patch.setattr(pipeline, "model_version", lambda: "first")
        patch.setattr(reading.pages, "READER_VERSION", "first")
        make(path)
        yield path


def make(path: Path) -> None:
    """Write the record: versions, judgements of each kind, one taken back, one orphan, a page removed."""
    with Record(path) as record:
        record.add(stub.article())
        number = record.said("grain")[0].id
        record.judge(number, author="R. Blum", field="speaker", value="Milan Ravec", reason="misprint")
        record.judge(number, author="R. Blum", field="said", value="2031-03-07")
        record.judge(number, author="R. Blum", field="source", value="Milan Dravec")
        taken = record.judge(number, author="R. Blum", field="hearsay", value="yes")
        record.undo(taken.id, author="R. Blum")
        gate = record.said("gate")[0].id
        record.judge(gate, author="R. Blum", accept=True)
        record.add(stub.article(stub.PORT.replace("at noon", "at one")))
        record.add(stub.numbered(4))
        record.add(stub.numbered(5))
        record.judge(record.said("road")[0].id, author="R. Blum", reject=True)
        record.remove("https://news.example/report/4", reason="asked", author="R. Blum")
        record._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def cells(path: Path) -> list[tuple[str, str, int]]:
    """Return table, column and number of the row of every cell; full-text tables by what they are kept in."""
    connection = sqlite3.connect(path)
    found = []
    for table, sql in connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
    ).fetchall():
        if sql.startswith("CREATE VIRTUAL"):
            continue
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        (rows,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        found += [(table, column, row) for column in columns for row in range(min(rows, 9))]
    connection.close()
    return found


def alter(path: Path, table: str, column: str, row: int, value: object) -> bool:
    """Put a value into one cell past every constraint and trigger; return whether SQLite let it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        kept = connection.execute("SELECT sql, name FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = CASE WHEN type = 'trigger' "
            "THEN replace(sql, 'RAISE(ABORT', 'nullif(1') "
            "ELSE replace(sql, CASE WHEN sql LIKE '%WITHOUT ROWID%' THEN '' ELSE 'NOT NULL' END, '') END "
            "WHERE type = 'trigger' OR name = ?",
            (table,),
        )
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("foreign_keys = OFF", "ignore_check_constraints = ON"):
            connection.execute(f"PRAGMA {pragma}")
        done = _put(connection, table, column, row, value)
        connection.execute("PRAGMA writable_schema = ON")
        connection.executemany("UPDATE sqlite_master SET sql = ? WHERE name = ?", kept)
    return done


def _put(connection: sqlite3.Connection, table: str, column: str, row: int, value: object) -> bool:
    columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
    keys = [name for _, name, _, _, _, key in columns if key] or ["rowid"]
    order = ", ".join(f'"{key}"' for key in keys)
    at = connection.execute(
        f"SELECT {order} FROM {table} ORDER BY {order} LIMIT 1 OFFSET ?", (row,)
    ).fetchone()
    put = "CAST(? AS TEXT)" if isinstance(value, NotText) else "?"
    where = " AND ".join(f'"{key}" IS ?' for key in keys)
    try:
        connection.execute(f'UPDATE {table} SET "{column}" = {put} WHERE {where}', (value, *at))
    except (sqlite3.IntegrityError, sqlite3.OperationalError):
        return False
    return True


@pytest.fixture(scope="module")
def altered(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Stand in an empty folder where every command finds the altered record, due for ``refresh``."""
    folder = tmp_path_factory.mktemp("altered")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(pipeline, "extract", enrich)
        patch.setattr(pipeline, "model_version", lambda: "second")
        patch.delenv("ONRECORD_RECORD", raising=False)
        yield folder / "news.onrecord"


def restore(whole: Path, path: Path) -> None:
    """Put the whole record in the place of the altered one."""
    for rest in ("-wal", "-shm"):
        Path(f"{path}{rest}").unlink(missing_ok=True)
    shutil.copyfile(whole, path)


def test_the_whole_record_is_answered_from(whole: Path, altered: Path) -> None:
    """Unaltered, the record of these tests gives every command something to print, and no failure."""
    restore(whole, altered)
    for command in COMMANDS:
        result = CliRunner().invoke(cli.main, list(command))
        assert result.exit_code == 0, (command, result.stderr)
        assert result.stdout or command == ("verify", "--json")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_altered_cell_ends_in_a_traceback(whole: Path, altered: Path, data: st.DataObject) -> None:
    """One cell of another type, form or size: each command does its work or says in clear lines why not."""
    table, column, row = data.draw(st.sampled_from(cells(whole)), label="cell")
    value = data.draw(st.sampled_from(sorted(VALUES)), label="value")
    restore(whole, altered)
    if not alter(altered, table, column, row, VALUES[value]):
        return
    for command in COMMANDS:
        result = CliRunner().invoke(cli.main, list(command))
        assert isinstance(result.exception, SystemExit | None), (command, result.exception)
        assert result.exit_code in (0, 1, 2), (command, result.exit_code)
        if result.exit_code:
            assert all(line.startswith("onrecord: ") for line in result.stderr.splitlines()), command
            assert result.stderr
