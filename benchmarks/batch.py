"""``onrecord add`` on an archive: cost against the bare model, two workers against one, memory, kill -9.

    python benchmarks/batch.py [cost] [workers] [memory] [kills] [--form FORM] [--articles N] [--print]

Without a name all four are measured. Archives are made up (``made_up_news.py``); the command runs as
users run it, in processes of its own, and CPU is that of all its processes, user and system.

cost      CPU seconds an article from the archive to the record, beside the bare forward pass over the same
          texts (``speed_worker.py bare-1``); start-up is left out by taking a small archive from a larger
          one. What reading, extracting and writing take is measured in one process.
workers   the same archive with one process and with two workers, wall and CPU time. On a machine with other
          work the CPU is what tells: two cores take half of it.
memory    the resident memory of the process that writes and of its workers at a tenth of an archive, at half
          of it and near its end
kills     kill -9 at twenty random moments; then the export is compared with that of one single run
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from made_up_news import stories, write_pages, write_rows, write_warc
from table import machine, publish, rows

HERE = Path(__file__).resolve().parent
COMMAND = (sys.executable, "-m", "onrecord")
FORMS = {"warc": (write_warc, ".warc.gz"), "jsonl": (write_rows, ".jsonl"), "html": (write_pages, "")}
WORDS = 600
SHORT = 60
MOST_RATIO = 1.7
LEAST_SPEEDUP = 1.8
KILLS = 20
ROUNDS = 2


@dataclass
class Spent:
    """Wall and CPU seconds of a command and all that it started."""

    wall: float
    cpu: float


def archive(folder: Path, count: int, words: int, form: str) -> Path:
    """Make an archive, unless it is there."""
    write, suffix = FORMS[form]
    path = folder / f"{count}-{words}{suffix}"
    if not path.exists():
        write(path, stories(count, words))
    return path


def run(*arguments: str | Path) -> Spent:
    """Run the command line to its end."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([*COMMAND, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Spent(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def added(folder: Path, source: Path, workers: int) -> Spent:
    """Add an archive to a new record."""
    record = folder / "new.onrecord"
    for suffix in ("", "-wal", "-shm"):
        Path(f"{record}{suffix}").unlink(missing_ok=True)
    return run("add", source, "--record", record, "--workers", str(workers))


def busy() -> str:
    """Return how many processes wanted a processor in the last minute."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def bare(folder: Path, count: int) -> float:
    """Return CPU seconds an article of the encoder alone."""
    texts = folder / "texts"
    texts.mkdir(exist_ok=True)
    paths = []
    for one in stories(count, WORDS):
        paths.append(texts / f"{one.number}.txt")
        paths[-1].write_text(f"{one.headline}\n\n" + "\n\n".join(one.paragraphs), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, str(HERE / "speed_worker.py"), "bare-1"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    out, _ = process.communicate(json.dumps([str(path) for path in paths]) + "\npass\npass\n")
    passes = [json.loads(line)["cpu"] for line in out.splitlines()[1:]]
    return float(min(passes)) / count


def parts(folder: Path, source: Path, count: int) -> dict[str, float]:
    """Return CPU seconds an article of reading, extracting and the rest, in this process."""
    from onrecord import pipeline, reading
    from onrecord.batch import Run
    from onrecord.record import Extractor, Reader, Record

    spent = {"reading": 0.0, "extracting": 0.0}

    def timed(name: str, step: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object) -> object:
            begun = time.process_time()
            try:
                return step(*arguments)
            finally:
                spent[name] += time.process_time() - begun

        return call

    extractor = Extractor(pipeline.model_version(), timed("extracting", pipeline.extract))  # type: ignore[arg-type]
    reader = Reader(reading.READER_VERSION, timed("reading", reading.reread))  # type: ignore[arg-type]
    begun = time.process_time()
    with Record(folder / "parts.onrecord", extractor=extractor, reader=reader) as record:
        for _ in Run(record, [str(source)], {}):
            pass
    spent["enumerating and writing"] = time.process_time() - begun - sum(spent.values())
    return {name: seconds / count for name, seconds in spent.items()}


def cost(folder: Path, form: str, count: int) -> tuple[list[str], bool]:
    """Measure CPU an article against the bare forward pass."""
    few = max(20, count // 10)
    small, large = archive(folder, few, WORDS, form), archive(folder, count, WORDS, form)
    alone: list[float] = []
    each: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(ROUNDS):
        alone.append(bare(folder, min(count, 100)))
        for workers, costs in each.items():
            more = added(folder, large, workers).cpu - added(folder, small, workers).cpu
            costs.append(more / (count - few))
    alone_best = min(alone)
    body = [
        (f"`add --workers {workers}`", f"{min(costs) * 1000:.0f}", f"{min(costs) / alone_best:.2f}")
        for workers, costs in each.items()
    ]
    for name, seconds in parts(folder, large, count).items():
        body.append((f"of which {name}", f"{seconds * 1000:.0f}", f"{seconds / alone_best:.2f}"))
    body.append(("the bare forward pass", f"{alone_best * 1000:.0f}", "1.00"))
    lines = [
        f"## Cost: {count} articles of about {WORDS} words, {form}", "",
        *rows(("", "CPU ms an article", "ratio"), body), "",
        f"The best of {ROUNDS} rounds of each. Wanted: at most {MOST_RATIO}. {busy()}.", "",
    ]  # fmt: skip
    return lines, max(map(min, each.values())) <= MOST_RATIO * alone_best


def workers(folder: Path, form: str, count: int) -> tuple[list[str], bool]:
    """Measure two workers against one process."""
    source = archive(folder, count, WORDS, form)
    body, spent = [], []
    for number in (1, 2):
        spent.append(added(folder, source, number))
        body.append((f"{number}", f"{spent[-1].wall:.1f}", f"{spent[-1].cpu:.1f}"))
    wall = spent[0].wall / spent[1].wall
    by_cpu = 2 * spent[0].cpu / spent[1].cpu
    lines = [
        f"## Two workers against one: {count} articles, {form}", "",
        *rows(("workers", "wall s", "CPU s"), body), "",
        f"Two are {wall:.2f} times as fast by the clock ({busy()}), and {by_cpu:.2f} times by CPU time on "
        f"two cores of their own. Wanted: at least {LEAST_SPEEDUP}.", "",
    ]  # fmt: skip
    return lines, by_cpu >= LEAST_SPEEDUP


def memory(folder: Path, form: str, count: int) -> tuple[list[str], bool]:
    """Measure resident memory at a tenth of an archive and at its end."""
    source = archive(folder, count, SHORT, form)
    record = folder / "memory.onrecord"
    arguments = [*COMMAND, "add", str(source), "--record", str(record), "--workers", "2", "--json"]
    begun = time.perf_counter()
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    seen: dict[int, list[float]] = {}
    for number, _ in enumerate(process.stdout, start=1):
        if number in (count // 10, count // 2, count - count // 20):
            seen[number] = resident(process.pid)
    process.wait()
    body = [
        (f"{number:,}", f"{held[0]:.0f}", " and ".join(f"{one:.0f}" for one in held[1:]))
        for number, held in seen.items()
    ]
    first, last = seen[min(seen)], seen[max(seen)]
    lines = [
        f"## Memory: {count:,} articles of about {SHORT} words, {form}, two workers", "",
        *rows(("articles", "process that writes, MB", "workers, MB"), body), "",
        f"{time.perf_counter() - begun:.0f} s ({busy()}).", "",
    ]  # fmt: skip
    return lines, sum(last) <= 1.2 * sum(first)


def resident(pid: int) -> list[float]:
    """Return the resident memory of a process and of its children, in MB."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    found = []
    for one in (str(pid), *children):
        pages = int(Path(f"/proc/{one}/statm").read_text().split()[1])
        found.append(pages * resource.getpagesize() / 1e6)
    return found


def kills(folder: Path, form: str, count: int) -> tuple[list[str], bool]:
    """Kill the command at random moments, let it finish, and compare the exports."""
    source = archive(folder, count, SHORT, form)
    whole, broken = folder / "whole.onrecord", folder / "broken.onrecord"
    took = run("add", source, "--record", whole, "--workers", "2").wall
    wanted = exports(whole, form)
    chance, killed, equal = random.Random(20261124), 0, []
    while killed < KILLS:
        command = [*COMMAND, "add", str(source), "--record", str(broken), "--workers", "2"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.05, 0.5) * took)
        process.send_signal(signal.SIGKILL)
        if process.wait() == -signal.SIGKILL:
            killed += 1
        else:  # It was done before: that record is compared, and the next one begins.
            equal.append(exports(broken, form) == wanted)
            for suffix in ("", "-wal", "-shm"):
                Path(f"{broken}{suffix}").unlink(missing_ok=True)
    run("add", source, "--record", broken, "--workers", "2")
    run("verify", "--record", broken)
    equal.append(exports(broken, form) == wanted)
    same = (
        "byte for byte" if form == "warc" else "byte for byte but for the time at which the file was opened"
    )
    lines = [
        f"## kill -9 at {KILLS} moments: {count} articles, {form}", "",
        f"{killed} runs were killed, {len(equal)} records finished by the run after. Their exports as JSON "
        f"lines and CSV equal those of one run {same}: {sum(equal)} of {len(equal)}. `onrecord verify` finds"
        " nothing wrong.", "",
    ]  # fmt: skip
    return lines, all(equal)


def exports(record: Path, form: str) -> list[str]:
    """Return both exports of a record; the time of opening is left out of those of a file that tells none."""
    texts = []
    for suffix in ("jsonl", "csv"):
        file = record.with_suffix(f".{suffix}")
        run("export", "--record", record, "--to", file, "--force")
        text = file.read_text(encoding="utf-8")
        texts.append(
            text if form == "warc" else re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|\+00:00)", "", text)
        )
    return texts


MEASURED = {"cost": (cost, 300), "workers": (workers, 300), "memory": (memory, 20_000), "kills": (kills, 300)}


def main() -> int:
    """Measure and write the table; fail where a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", nargs="*", choices=[*MEASURED, []], help="all when none is named")
    parser.add_argument("--form", choices=tuple(FORMS), default="warc")
    parser.add_argument("--articles", type=int, help="so many instead of what each takes")
    parser.add_argument("--out", type=Path, default=HERE / "results")
    parser.add_argument("--print", action="store_true", help="print the table and write no file")
    arguments = parser.parse_args()
    lines = ["# Adding archives", "", machine("onnxruntime", "trafilatura", "numpy"), ""]
    passed = True
    for name in arguments.what or MEASURED:
        measure, count = MEASURED[name]
        with tempfile.TemporaryDirectory() as folder:
            more, kept = measure(Path(folder), arguments.form, arguments.articles or count)
        lines += more
        passed = passed and kept
        print("\n".join(more), file=sys.stderr, flush=True)
    publish("batch", lines, None if arguments.print else arguments.out)
    return int(not passed)


if __name__ == "__main__":
    sys.exit(main())
