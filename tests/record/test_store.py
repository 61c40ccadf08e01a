from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from onrecord.errors import QueryError, RecordError
from onrecord.record import Record, migrations, store
from tests.record import stub
from tests.record.conftest import Open


def version(path: Path) -> tuple[int, int, list[str]]:
    """Application id, user version, migrations done."""
    connection = sqlite3.connect(path)
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        number = connection.execute("PRAGMA user_version").fetchone()[0]
        done = [name for (name,) in connection.execute("SELECT name FROM migration ORDER BY name")]
    finally:
        connection.close()
    return application, number, done


def said(path: Path) -> int:
    """Open a record, ask, and close it."""
    with Record(path) as record:
        return len(record.said())


def test_opening_makes_a_record_with_all_migrations(path: Path) -> None:
    """A missing file becomes a record that names itself and every migration it has had."""
    Record(path).close()
    names = [name for name, _ in migrations.MIGRATIONS]
    assert version(path) == (store.APPLICATION_ID, len(names), sorted(names))


def test_migrations_are_named_by_their_order() -> None:
    """Each migration is mNNN_name, numbered from 1 without a gap, as their order decides what runs."""
    numbers = [int(name[1:4]) for name, _ in migrations.MIGRATIONS]
    assert numbers == list(range(1, len(numbers) + 1))


def test_an_older_record_is_brought_up_to_date(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening an older file for writing applies what it lacks and leaves what it holds."""
    with Record(path, extractor=stub.FINDER, reader=stub.READER) as record:
        record.add(stub.article())
    later = (*migrations.MIGRATIONS, ("later", ("CREATE TABLE later (id INTEGER)",)))
    monkeypatch.setattr(store, "MIGRATIONS", later)
    with Record(path) as record:
        assert record.value("SELECT count(*) FROM later") == 0
        assert len(record.said()) == 2
    assert version(path)[1:] == (len(later), sorted(name for name, _ in later))


def test_a_failing_migration_leaves_the_record_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of a migration or nothing: half of its tables never stay."""
    Record(path).close()
    broken = ("broken", ("CREATE TABLE half (id INTEGER)", "CREATE TABLE half (id INTEGER)"))
    monkeypatch.setattr(store, "MIGRATIONS", (*migrations.MIGRATIONS, broken))
    with pytest.raises(RecordError, match="broken"):
        Record(path)
    monkeypatch.undo()
    with Record(path) as record:
        assert record.value("SELECT count(*) FROM sqlite_master WHERE name = 'half'") == 0


def test_a_newer_record_is_refused(path: Path) -> None:
    """A file of a later version is left alone, with the advice to upgrade."""
    Record(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {len(migrations.MIGRATIONS) + 1}")
    connection.close()
    with pytest.raises(RecordError, match=r"newer onrecord.*[Uu]pgrade"):
        Record(path)


def test_an_older_record_is_not_migrated_read_only(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading never writes, so an older file opened read-only is refused with what to do."""
    Record(path).close()
    monkeypatch.setattr(store, "MIGRATIONS", (*migrations.MIGRATIONS, ("later", ())))
    with pytest.raises(RecordError, match="older onrecord"):
        Record(path, read_only=True)


def test_a_foreign_sqlite_file_is_refused_untouched(path: Path) -> None:
    """Somebody else's database is not turned into a record."""
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipe (name TEXT)")
    connection.close()
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(RecordError, match="no record of onrecord"):
            Record(path, read_only=read_only)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_untouched(path: Path) -> None:
    """A text file is not overwritten."""
    path.write_text("Harbour talks end without a date. " * 100)
    with pytest.raises(RecordError, match="not a record"):
        Record(path)
    assert path.read_text().startswith("Harbour talks")


def test_a_record_cut_short_is_reported(path: Path) -> None:
    """A record of which the end is missing raises an error that names it, not one of SQLite's."""
    with Record(path, extractor=stub.FINDER, reader=stub.READER) as record:
        record.add(stub.article())
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    with pytest.raises(RecordError, match=r"news\.onrecord"):
        said(path)


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("missing.onrecord", {"create": False}, "there is no record here"),
        ("missing.onrecord", {"read_only": True}, "there is no record here"),
        ("nowhere/news.onrecord", {}, "does not exist"),
        (".", {}, "a folder"),
    ],
)
def test_a_path_without_a_record_says_so(
    tmp_path: Path, name: str, options: dict[str, bool], message: str
) -> None:
    """Each way in which a path can hold no record has its own clear line, and nothing is made."""
    with pytest.raises(RecordError, match=message):
        Record(tmp_path / name, **options)
    assert list(tmp_path.iterdir()) == []


def test_a_read_only_record_answers_and_refuses_to_write(opened: Open) -> None:
    """Read-only serves questions and verify, and every writer gets one clear error."""
    opened().add(stub.article())
    record = opened(read_only=True)
    number = record.said("grain")[0].id
    assert list(record.verify()) == []
    for write in (
        lambda: record.add(stub.numbered(1)),
        lambda: record.judge(number, accept=True, author="ana"),
        lambda: record.remove("https://news.example/port", reason="asked", author="ana"),
        lambda: list(record.add_all([stub.numbered(2)])),
    ):
        with pytest.raises(RecordError, match="read-only"):
            write()


def test_a_read_only_record_opens_without_its_side_files(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be written beside it, a record that was closed well is read as it lies."""
    with Record(path, extractor=stub.FINDER, reader=stub.READER) as record:
        record.add(stub.article())
    connect = store.Store._open

    def refusing(self: store.Store, uri: str) -> sqlite3.Connection:
        if "immutable" not in uri:
            connection = connect(self, "file::memory:?mode=ro")
            connection.close()
            return _Refusing(":memory:")
        return connect(self, uri)

    class _Refusing(sqlite3.Connection):
        def execute(self, *_: object) -> sqlite3.Cursor:
            raise sqlite3.OperationalError("unable to open database file")

    monkeypatch.setattr(store.Store, "_open", refusing)
    with Record(path, read_only=True) as record:
        assert len(record.said()) == 2


def test_a_file_without_write_permission_opens_read_only(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record that may not be written still answers, without being asked to open read-only."""
    with Record(path, extractor=stub.FINDER, reader=stub.READER) as record:
        record.add(stub.article())
    monkeypatch.setattr(store.os, "access", lambda *_: False)
    with Record(path) as record:
        assert record.read_only
        assert len(record.said()) == 2


def test_a_failing_transaction_leaves_nothing_and_the_record_usable(record: Record) -> None:
    """What an exception interrupts is rolled back, and the next transaction works."""

    def fail() -> None:
        with record.writing("failing") as connection:
            connection.execute("INSERT INTO story (made) VALUES ('now')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert record.value("SELECT count(*) FROM story") == 0
    assert record.add(stub.article()).state == "new"


@pytest.mark.parametrize("name", ["standing", "search_row"])
def test_a_view_in_the_place_of_a_table_is_refused(path: Path, name: str) -> None:
    """A stranger's record whose table is a view without end is refused before anything is asked of it."""
    Record(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"DROP {'VIEW' if name == 'search_row' else 'TABLE'} {name}")
    endless = "WITH RECURSIVE n (key) AS (SELECT 1 UNION ALL SELECT key + 1 FROM n) SELECT key FROM n"
    connection.execute(f"CREATE VIEW {name} AS {endless}")
    connection.commit()
    connection.close()
    for read_only in (False, True):
        with pytest.raises(RecordError, match="no record of ours"):
            Record(path, read_only=read_only)


def test_a_value_of_another_kind_is_told_with_the_file(record: Record) -> None:
    """What stored values of other types raise is one error of ours; what we raise ourselves is kept."""
    with (
        pytest.raises(RecordError, match=r"news\.onrecord: asking: a value .*TypeError") as told,
        record.reading("asking"),
    ):
        len(5)  # type: ignore[arg-type]
    assert store.is_of_one_value(told.value)
    with pytest.raises(QueryError, match="no such day"), record.reading("asking"):
        raise QueryError("no such day")
