"""A run on Spark: the units that are not done yet, each a task, and what became of them."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from pyspark.sql import SparkSession

from onrecord import reading
from onrecord.errors import RecordError
from onrecord.spark import tables
from onrecord.spark.inputs import SPLIT_BYTES, Unit, read_manifest, units
from onrecord.spark.working import Settings, work_unit

#: How often a task is tried. Spark's own default is once on ``local``, four times on a cluster.
TRIES: Final = 4

_SETTINGS: Final = "_settings.json"
_COUNTED: Final = "pages long, statements long, errors long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """What a run came to.

    Attributes:
        units: how many units it worked on.
        settled: how many an earlier run had committed.
        pages: of which there are articles now.
        statements: found in them.
        errors: pages and files that could not be worked on.
    """

    units: int
    settled: int
    pages: int
    statements: int
    errors: int


def session(master: str | None = None) -> SparkSession:
    """Return the session at hand, or start one.

    Args:
        master: as Spark has it; ``local[N,4]``, all cores and four tries a task, when not given.
    """
    held = SparkSession.getActiveSession()
    if held is not None:
        return held
    builder = SparkSession.builder.appName("onrecord")
    # With spark-submit the master is its own option.
    if master or "SPARK_ENV_LOADED" not in os.environ:
        builder = builder.master(master or f"local[{os.cpu_count() or 1},{TRIES}]")
    if (master or "local").startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        for name, value in _LOCAL.items():
            builder = builder.config(name, value)
    return builder.config("spark.task.maxFailures", str(TRIES)).getOrCreate()


_LOCAL: Final = {
    "spark.ui.enabled": "false",
    "spark.log.level": "ERROR",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.showConsoleProgress": "false",
}


def extract(
    inputs: Sequence[str],
    out: str | Path,
    *,
    spark: SparkSession | None = None,
    manifest: str | None = None,
    base: str | None = None,
    given: Mapping[str, str] | None = None,
    split: int = SPLIT_BYTES,
    command: Sequence[str] = (),
) -> Extracted:
    """Read archives and find their statements on Spark; the same call again goes on where it stopped.

    Args:
        inputs: files, folders and patterns that every worker can open: whatever ``onrecord add`` reads, and
            Parquet with a row an article.
        out: the folder of tables (:mod:`onrecord.spark.tables`), which all workers share.
        spark: the session to run in.
        manifest: a file that names more inputs, one path a line.
        base: the folder that its paths are under.
        given: what holds of all pages (``outlet``, ``published``, ``column:FIELD``).
        split: bytes of a file that one task takes; another value for the same folder is refused.
        command: starts a process with the model; that of the workers' own Python when not given.

    Raises:
        InputError: the manifest cannot be read.
        RecordError: the folder holds tables that were made with something else.
    """
    place = Path(out).absolute()
    place.mkdir(parents=True, exist_ok=True)
    _require_same(place, dict(given or {}), split)
    tables.recover(place)
    wanted = {unit.id: unit for unit in units(inputs, split)}
    if manifest is not None:
        wanted |= {unit.id: unit for unit in read_manifest(manifest, base, split)}
    done = _settled(place, wanted)
    waiting = [unit for unit in wanted.values() if unit.id not in done]
    counts = _run(spark or session(), waiting, Settings(str(place), dict(given or {}), tuple(command)))
    return Extracted(units=len(waiting), settled=len(done), **counts)


def _run(spark: SparkSession, waiting: list[Unit], settings: Settings) -> dict[str, int]:
    counts = {"pages": 0, "statements": 0, "errors": 0}
    if not waiting:
        return counts

    def work(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        for batch in batches:
            for number in batch.column(0).to_pylist():
                yield pa.RecordBatch.from_pylist([work_unit(waiting[number], settings)])

    frame = spark.range(0, len(waiting), 1, len(waiting)).mapInArrow(work, _COUNTED)
    for row in frame.collect():
        for name in counts:
            counts[name] += row[name]
    return counts


def _settled(out: Path, wanted: Mapping[str, Unit]) -> set[str]:
    """Return the units that are done; take out those of files that have changed since."""
    now = {unit.input: (unit.size, unit.modified) for unit in wanted.values()}
    done = set()
    for unit, said in list(tables.committed(out)):
        mark = (said.get("size"), said.get("modified"))
        # What could not be opened is tried again.
        if now.get(said["input"], mark) != mark or (unit in wanted and wanted[unit].error):
            tables.withdraw(out, unit, said)
        elif unit in wanted:
            done.add(unit)
    return done


def _require_same(out: Path, given: dict[str, str], split: int) -> None:
    """Refuse to mix tables that were made with something else.

    Raises:
        RecordError: they were.
    """
    from onrecord import pipeline

    said: dict[str, Any] = {
        "reader": reading.READER_VERSION, "model": pipeline.model_version(), "given": given, "split": split
    }  # fmt: skip
    file = out / _SETTINGS
    if not file.exists():
        partial = file.with_suffix(".partial")
        partial.write_text(json.dumps(said), encoding="utf-8")
        partial.replace(file)
        return
    try:
        before = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise RecordError(f"{file}: is damaged ({error}). Give another folder with --out") from error
    if before != said:
        differing = ", ".join(name for name in said if before.get(name) != said[name])
        raise RecordError(f"{out}: was made with another {differing}. Give another folder with --out")
