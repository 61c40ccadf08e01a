"""``onrecord spark extract``: its cost against ``onrecord add``, a worker killed in the middle, memory.

    python benchmarks/spark.py [cost] [kill] [--data WIRES] [--articles N] [--print]

Without a name all are measured.

cost    CPU seconds of all processes, user and system, from an archive to tables on ``local[2,4]``, against
        ``onrecord add --workers 2`` on the same archive; real texts, written into WARC and into Parquet by
        this script, where ``--data`` names them (JSON lines with ``text``), else invented ones. Start-up is
        left out by taking a small archive from a larger one, and told beside.
kill    kill -9 of the Python worker of a task in the middle of 20,000 articles; then the tables are counted
        and the largest resident memory of each kind of process on the way is told
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from made_up_news import Story, stories, write_rows, write_warc
from table import machine, publish, rows

HERE = Path(__file__).resolve().parent
WORDS, SHORT = 600, 60
FEW, MANY = 40, 240
MOST_OVERHEAD = 1.25
#: Extracts FILE into OUT in so many units.
EXTRACT = """
import sys
from pathlib import Path
from onrecord.spark import extract, session
file, out, parts = sys.argv[1:]
split = -(-Path(file).stat().st_size // int(parts))
print(extract([file], out, spark=session("local[2,4]"), split=split))
"""
KINDS = {"java": "Spark itself (Java)", "pyspark.daemon": "Python workers", "onrecord.batch": "models"}


def texts(data: Path | None, count: int) -> list[Story]:
    """Return real texts as stories, or invented ones."""
    if data is None:
        return list(stories(count, WORDS))
    found = []
    for number, line in enumerate(data.read_text(encoding="utf-8").splitlines()[:count]):
        head, *paragraphs = [one for one in json.loads(line)["text"].splitlines() if one.strip()]
        found.append(Story(number, head[:200], date(2011, 3, 1 + number % 28), tuple(paragraphs or [head])))
    return found


def write_parquet(path: Path, made: list[Story]) -> None:
    """Write stories as a table with a row an article."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = [
        {
            "title": one.headline,
            "date": one.day.isoformat(),
            "url": f"https://wire.example/{one.number}",
            "text": "\n\n".join(one.paragraphs),
        }
        for one in made
    ]
    pq.write_table(pa.Table.from_pylist(table), path, row_group_size=16)


def spent(command: list[str]) -> float:
    """Return CPU seconds of a command and of all that it started.

    Spark does not wait for the processes that it starts, so that the system does not add up their time: they
    are looked at five times a second, and what each had last counts.
    """
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    ticks: dict[int, int] = {}
    while process.poll() is None:
        parents = {one: above for one, above, _ in living()}
        ticks |= {one: used for one, _, used in living() if descends(one, process.pid, parents)}
        time.sleep(0.2)
    assert process.returncode == 0
    return sum(ticks.values()) / os.sysconf("SC_CLK_TCK")


def living() -> list[tuple[int, int, int]]:
    """Return process, parent, and ticks of CPU of all processes."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        found.append((int(folder.name), int(status[1]), int(status[11]) + int(status[12])))
    return found


def descends(one: int, root: int, parents: dict[int, int]) -> bool:
    """Tell whether a process is the root or was started by it, directly or not."""
    above: int | None = one
    while above and above != root:
        above = parents.get(above)
    return above == root


def on_spark(file: Path, out: Path, parts: int = 8) -> list[str]:
    """Return the command that extracts a file."""
    return [sys.executable, "-c", EXTRACT, str(file), str(out), str(parts)]


def cost(folder: Path, data: Path | None, count: int | None) -> tuple[list[str], bool]:
    """Measure CPU an article on Spark and with ``add``."""
    many = count or MANY
    body, ratios = [], []
    forms: dict[str, Callable[[Path, list[Story]], None]] = {
        "warc.gz": lambda path, made: write_warc(path, iter(made)),
        "parquet": write_parquet,
    }
    local: dict[int, float] = {}
    for form, write in forms.items():
        costs: dict[str, dict[int, float]] = {"add": {}, "spark": {}}
        for number in (FEW, many):
            file = folder / f"{number}.{form}"
            write(file, texts(data, number))
            if form == "warc.gz":
                record = folder / f"{number}.onrecord"
                command = [sys.executable, "-m", "onrecord", "add", str(file), "--record", str(record)]
                local[number] = spent([*command, "--workers", "2"])
            costs["add"][number] = local[number]
            costs["spark"][number] = spent(on_spark(file, folder / f"{form}-{number}"))
        each = {name: (found[many] - found[FEW]) / (many - FEW) for name, found in costs.items()}
        ratios.append(each["spark"] / each["add"])
        whole = costs["spark"][many] / costs["add"][many]
        body.append(
            (form, f"{each['add'] * 1000:.0f}", f"{each['spark'] * 1000:.0f}", f"{ratios[-1]:.2f}",
             f"{costs['spark'][FEW] - FEW * each['spark']:.0f}", f"{whole:.2f}")
        )  # fmt: skip
    lines = [
        f"## Cost: {many} articles against {FEW}, {'real texts' if data else 'invented texts'}", "",
        *rows(("archive", "`add`, CPU ms an article", "Spark", "ratio", "start of Spark, CPU s",
               f"ratio of all, {many} articles"), body), "",
        f"Spark's beside `add` of the WARC file with two workers. Wanted: at most {MOST_OVERHEAD}.", "",
    ]  # fmt: skip
    return lines, max(ratios) <= MOST_OVERHEAD


def kill(folder: Path, _data: Path | None, count: int | None) -> tuple[list[str], bool]:
    """Kill one worker in the middle of a large archive; watch the memory; count the tables."""
    import pyarrow.parquet as pq

    many = count or 20_000
    file, out = folder / "archive.jsonl", folder / "tables"
    write_rows(file, stories(many, SHORT))
    begun = time.perf_counter()
    process = subprocess.Popen(on_spark(file, out, 40), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most: defaultdict[str, float] = defaultdict(float)
    killed = 0
    while process.poll() is None:
        held = processes(process.pid)
        for kind, found in held.items():
            most[kind] = max([most[kind], *(size for _, size in found)])
        if not killed and len(list((out / "_committed").glob("*"))) >= 20:
            workers = sorted(held["pyspark.daemon"])
            if len(workers) > 1:
                killed = workers[-1][0]
                os.kill(killed, signal.SIGKILL)
        time.sleep(1)
    files = {name: list((out / name).rglob("*.parquet")) for name in ("page", "statement", "error")}
    paths = Counter(one for path in files["page"] for one in column(pq, path, "path"))
    said = Counter(
        pair
        for path in files["statement"]
        for pair in zip(column(pq, path, "page_id"), column(pq, path, "id"), strict=True)
    )
    errors = sum(pq.ParquetFile(path).metadata.num_rows for path in files["error"])
    whole = bool(killed) and len(paths) == many and max(paths.values()) == 1 and max(said.values()) == 1
    lines = [
        f"## kill -9 of one worker in the middle of {many:,} articles of about {SHORT} words", "",
        f"Killed: {'yes' if killed else 'no'}. Afterwards {len(paths):,} of {many:,} pages, "
        f"{len(paths) - sum(paths.values()):,} twice, {len(said):,} statements, "
        f"{sum(said.values()) - len(said):,} twice, {errors} errors; exit status {process.returncode}. "
        f"{time.perf_counter() - begun:.0f} s.", "",
        "Largest resident memory of one process:", "",
        *rows(("process", "MB"), [(name, f"{most[kind]:.0f}") for kind, name in KINDS.items()]), "",
    ]  # fmt: skip
    return lines, whole and not errors


def column(pq: Any, path: Path, name: str) -> list[Any]:
    """Return a column of a Parquet file."""
    found: list[Any] = pq.ParquetFile(path).read([name]).column(0).to_pylist()
    return found


def processes(root: int) -> dict[str, list[tuple[int, float]]]:
    """Return process and resident MB of those that descend from one, by kind."""
    parents = {one: above for one, above, _ in living()}
    found: dict[str, list[tuple[int, float]]] = {kind: [] for kind in KINDS}
    for one in parents:
        if one == root or not descends(one, root, parents):
            continue
        try:
            words = Path(f"/proc/{one}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            pages = int(Path(f"/proc/{one}/statm").read_text().split()[1])
        except (OSError, IndexError):
            continue
        kind = next((kind for kind in KINDS if kind in words), None)
        if kind:
            found[kind].append((one, pages * resource.getpagesize() / 1e6))
    return found


MEASURED = {"cost": cost, "kill": kill}


def main() -> int:
    """Measure and write the table; fail where a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", nargs="*", choices=[*MEASURED, []], help="all when none is named")
    parser.add_argument("--data", type=Path, help="JSON lines of real texts")
    parser.add_argument("--articles", type=int, help="so many instead of what each takes")
    parser.add_argument("--out", type=Path, default=HERE / "results")
    parser.add_argument("--print", action="store_true", help="print the table and write no file")
    given = parser.parse_args()
    lines = ["# Archives on Spark", "", machine("pyspark", "pyarrow", "onnxruntime"), ""]
    passed = True
    for name in given.what or MEASURED:
        with tempfile.TemporaryDirectory() as folder:
            more, kept = MEASURED[name](Path(folder), given.data, given.articles)
        lines += more
        passed = passed and kept
        print("\n".join(more), file=sys.stderr, flush=True)
    publish("spark", lines, None if given.print else given.out)
    return int(not passed)


if __name__ == "__main__":
    sys.exit(main())
