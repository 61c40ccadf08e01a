"""Archives on Spark: tables as one machine makes them, whole whatever dies, and taken by a record."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.batch import Run
from onrecord.record import Record, rows
from tests.batch.conftest import exported, open_record, row, write_archive

pytest.importorskip("pyspark", reason="the extra spark is not installed")
pytestmark = pytest.mark.filterwarnings("default")

Extract = Callable[..., Any]


def local(path: Path, *inputs: Path) -> Path:
    """Add inputs on this machine, as `add` does."""
    with open_record(path) as record:
        list(Run(record, [str(one) for one in inputs], {}))
    return path


def table(folder: Path, name: str) -> list[dict[str, Any]]:
    """Return all rows of a table."""
    import pyarrow.parquet as pq

    files = sorted((folder / name).rglob("*.parquet"))
    return [one for file in files for one in pq.ParquetFile(file).read().to_pylist()]


def imported(path: Path, folder: Path, **wanted: str) -> Path:
    """Import tables into a record."""
    from onrecord.spark.importing import Slice, import_tables

    with Record(path) as record:
        found = list(import_tables(record, folder, Slice(**wanted)))
        assert [one for one in found if one.state == "failed"] == []
        assert list(record.verify(pages=True)) == []
    return path


def said(path: Path) -> list[str]:
    """Return the export of a record without the hash of pages and the time when files were opened."""
    lines = exported(path)[0].splitlines()
    return sorted(re.sub(r'"page(?:_sha256)?": "[0-9a-f]{64}"', "", line) for line in lines)


def told(path: Path) -> list[tuple[Any, ...]]:
    """Return path and story of each standing article."""
    with Record(path, read_only=True) as record:
        return sorted(
            record.rows(
                "SELECT p.path, x.story_id FROM article a JOIN text x ON x.id = a.text_id "
                "JOIN page p ON p.id = a.page_id"
            )
        )


def copies(count: int) -> list[dict[str, str]]:
    """Return reports of which every third prints most of the one before, and one prints a page again."""
    made: list[dict[str, str]] = []
    for number in range(count):
        one = row(number, more=" ".join(f"The {number}th barge carried crate {n}." for n in range(30)))
        if number % 3 == 2:
            one["text"] = made[-1]["text"] + "\n\nIt rained on the day after, a clerk wrote."
        made.append(one)
    again = {**row(1), "text": made[1]["text"] + "\n\nMore is to follow.", "id": "again"}
    return [*made, again]


def test_tables_hold_what_one_machine_finds(extract: Extract, tmp_path: Path) -> None:
    """Text, statement and mention rows, and stories, equal those of a record of the same archive."""
    from onrecord.spark import stories

    archive = write_archive(tmp_path / "a.jsonl", copies(12))
    path = local(tmp_path / "local.onrecord", archive)
    found = extract(archive)
    assert (found.pages, found.errors) == (13, 0)
    assert found.units > 3
    tables = tmp_path / "tables"
    assert stories(tables, spark=_session()) == len({one for _, one in told(path)})
    paths = {one["page_id"]: one["path"] for one in table(tables, "page")}
    with Record(path, read_only=True) as record:
        for name, columns, join in (
            ("text", rows.TEXT_COLUMNS, "t.page_id = p.id"),
            ("statement", rows.STATEMENT_COLUMNS, "t.run_id IN (SELECT r.id FROM run r JOIN text x ON "
             "x.id = r.text_id WHERE x.page_id = p.id)"),
            ("mention", ("start", "end", "words", "role"), "t.text_id IN (SELECT id FROM text x WHERE "
             "x.page_id = p.id)"),
        ):  # fmt: skip
            marks = ", ".join(f't."{column}"' for column in columns)
            held = record.rows(f"SELECT p.path, {marks} FROM {name} t JOIN page p ON {join}")
            if name == "mention":  # of texts that stand
                standing = {path for path, _ in told(path)}
            made = [
                (paths[one["page_id"]], *(one[column] for column in columns)) for one in table(tables, name)
            ]
            if name == "mention":
                made = [one for one in made if one[0] in standing]
                held = [one for one in held if one[0] in standing]
            assert sorted(made, key=repr) == sorted(map(_truths(columns), held), key=repr), name
    members = sorted((paths[one["page_id"]], one["story_id"]) for one in table(tables, "story"))
    assert members == told(path)
    assert len({story for _, story in members}) < len(members)
    assert said(imported(tmp_path / "imported.onrecord", tables)) == said(path)
    assert told(tmp_path / "imported.onrecord") == told(path)


def _session() -> Any:
    from onrecord.spark import session

    return session()


def _truths(columns: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """SQLite has no truth values."""
    places = {1 + columns.index(name) for name in ("named", "hearsay") if name in columns}

    def convert(values: Any) -> tuple[Any, ...]:
        return tuple(
            bool(value) if place in places and value is not None else value
            for place, value in enumerate(values)
        )

    return convert


def test_a_killed_worker_loses_and_doubles_nothing(extract: Extract, tmp_path: Path) -> None:
    """Kill -9 of a Spark worker in the middle of a unit: the tables are whole, each page in them once."""
    flag = tmp_path / "killed"
    made = [row(number) for number in range(30)]
    made[14]["text"] += f"KILL ONCE ({flag})"
    extract(write_archive(tmp_path / "a.jsonl", made))
    assert flag.exists()
    names = [one["path"].rpartition("#")[2] for one in table(tmp_path / "tables", "page")]
    assert sorted(names) == sorted(f"r{number}" for number in range(30))
    ids = [(one["page_id"], one["id"]) for one in table(tmp_path / "tables", "statement")]
    assert len(ids) == len(set(ids)) == 60


def test_a_bad_page_is_a_row_and_a_rerun_does_what_is_left(extract: Extract, tmp_path: Path) -> None:
    """What fails, by an error, by killing who works on it or by being no row, is named; the rest goes on."""
    made = [row(number) for number in range(9)]
    made[2]["text"] += "BREAK"
    made[5]["text"] += "DIE NOW"
    archive = write_archive(tmp_path / "a.jsonl", made)
    with archive.open("a", encoding="utf-8") as stream:
        stream.write("[1]\n")
    first = extract(archive, tmp_path / "missing.jsonl")
    assert (first.pages, first.errors) == (7, 4)
    errors = {Path(one["path"]).name: one["reason"] for one in table(tmp_path / "tables", "error")}
    assert set(errors) == {"a.jsonl#r2", "a.jsonl#r5", "a.jsonl#10", "missing.jsonl"}
    assert "twice" in errors["a.jsonl#r5"]
    again = extract(archive, write_archive(tmp_path / "b.jsonl", [row(50)]))
    assert (again.units, again.settled, again.pages) == (1, first.units - 1, 1)
    write_archive(archive, [row(number) for number in range(3)])
    extract(archive)
    names = sorted(Path(one["path"]).name for one in table(tmp_path / "tables", "page"))
    assert names == ["a.jsonl#r0", "a.jsonl#r1", "a.jsonl#r2", "b.jsonl#r50"]


def test_parquet_in_and_others_read_what_comes_out(extract: Extract, tmp_path: Path) -> None:
    """A Parquet file gives what JSON lines of the same rows give; DuckDB and pandas read the tables."""
    import duckdb
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    made = [row(number) for number in range(6)]
    made[3]["date"] = ""
    pq.write_table(pa.Table.from_pylist(made), tmp_path / "a.parquet")
    extract(tmp_path / "a.parquet")
    tables = tmp_path / "tables"
    texts = {(one["headline"], one["digest"]) for one in table(tables, "text")}
    with Record(local(tmp_path / "local.onrecord", write_archive(tmp_path / "a.jsonl", made))) as record:
        assert texts == set(record.rows("SELECT headline, digest FROM text"))
    counted = duckdb.sql(
        f"SELECT month, count(*) FROM read_parquet('{tables}/text/*/*.parquet', hive_partitioning=true) "
        "GROUP BY 1 ORDER BY 1"
    ).fetchall()
    assert [number for _, number in counted] == [1, 1, 1, 1, 1, 1]
    assert "2031-02" in [str(month) for month, _ in counted]
    frame = pd.read_parquet(tables / "statement")
    assert len(frame) == 12
    assert (frame["month"] == "undated").sum() == 2
    assert set(frame["speaker"]) >= {"Milan Dravec", "Ilka Sorn"}


def test_slices_are_imported_once(extract: Extract, tmp_path: Path) -> None:
    """A month, a speaker and words each choose their articles; what is held is passed by."""
    extract(write_archive(tmp_path / "a.jsonl", [row(number) for number in range(14)]))
    tables = tmp_path / "tables"
    numbers: Callable[[Path], set[int]] = lambda path: {  # noqa: E731
        int(json.loads(line)["url"].rpartition("/")[2]) for line in exported(path)[0].splitlines()
    }
    assert numbers(imported(tmp_path / "month.onrecord", tables, month="2031-03")) == {2}
    assert numbers(imported(tmp_path / "words.onrecord", tables, words="road 93")) == {3}
    speakers = numbers(imported(tmp_path / "speaker.onrecord", tables, speaker="oren pell"))
    assert speakers == {number for number in range(14) if 3 in (number % 7, number % 5)}
    imported(tmp_path / "speaker.onrecord", tables)
    imported(tmp_path / "speaker.onrecord", tables)
    assert numbers(tmp_path / "speaker.onrecord") == set(range(14))


def test_tables_that_do_not_agree_are_refused(extract: Extract, tmp_path: Path) -> None:
    """A text that was altered in the tables is named and not imported."""
    import pyarrow.parquet as pq

    from onrecord.spark.importing import import_tables

    extract(write_archive(tmp_path / "a.jsonl", [row(1), row(2)]))
    file = next((tmp_path / "tables" / "text").rglob("*.parquet"))
    held = pq.ParquetFile(file).read()
    lies = held.to_pylist()
    lies[0]["text"] = lies[0]["text"].replace("grain", "sand")
    pq.write_table(type(held).from_pylist(lies, schema=held.schema), file)
    with Record(tmp_path / "news.onrecord") as record:
        states = sorted(one.state for one in import_tables(record, tmp_path / "tables"))
    assert states == ["failed", "new"]


def test_a_manifest_is_data(tmp_path: Path) -> None:
    """Paths that lead out of the manifest's folder, patterns and URLs open nothing."""
    from onrecord.spark.inputs import read_manifest

    (tmp_path / "in").mkdir()
    archive = write_archive(tmp_path / "in" / "a.jsonl", [row(1)])
    write_archive(tmp_path / "b.jsonl", [row(2)])
    manifest = tmp_path / "in" / "paths"
    manifest.write_text("a.jsonl\n../b.jsonl\n*.jsonl\nhttp://news.example/a\n")
    found = list(read_manifest(str(manifest)))
    assert [(one.input, one.error is None) for one in found[:1]] == [(str(archive), True)]
    assert len(found) == 4
    assert all(one.error for one in found[1:])


def test_a_commit_that_was_cut_off_is_finished(tmp_path: Path) -> None:
    """Of two tries of a unit one wins; files that were not moved when it died are moved by the next run."""
    from onrecord.spark import tables

    bad = {"n": 1, "input": "a", "path": "a#1", "kind": "InputError", "reason": "no"}
    first, second = tables.Staged(tmp_path, "u"), tables.Staged(tmp_path, "u")
    for one in (first, second):
        one.write({("error", ""): [bad]})
    assert [first.commit({"input": "a"}), second.commit({"input": "a"})] == [True, False]
    (tmp_path / "error" / "u-000.parquet").rename(tmp_path / "moved")
    (tmp_path / tables.COMMITTED / "u" / "error").mkdir(exist_ok=True)
    (tmp_path / "moved").rename(tmp_path / tables.COMMITTED / "u" / "error" / "u-000.parquet")
    tables.recover(tmp_path)
    assert len(table(tmp_path, "error")) == 1
