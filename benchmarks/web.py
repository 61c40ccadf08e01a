"""What a request costs the web app on a record of a million statements: CPU, memory, and a writer beside it.

    python benchmarks/record.py --keep big.onrecord     # makes the record, once
    python benchmarks/web.py big.onrecord [--requests 60] [--out FILE]

The app runs as users run it, ``onrecord serve``, in a process of its own, on the record as made: with abouts
put in where it has none (every fourth statement is about another speaker, drawn by Zipf's law), which changes
the file. CPU is what Linux counts for all threads of that process (``/proc``, in nanoseconds) from before a
request to after its answer. *Warm* is after one request of the kind, each with other words, speakers, outlets
and days. *Cold* is the first request of a server just started, with the file's pages dropped from the
machine's cache before it starts, where that is allowed; what a start takes is told apart. The writer adds
articles to the same file, as fast as it can, while requests are made.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import platform
import random
import re
import sqlite3
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

from onrecord.article import Article
from onrecord.record import Extractor, Reader, Record, links
from record import DAYS, World, articles

COLD = 3


def put_abouts_in(path: Path) -> int:
    """Have every fourth statement speak about another actor, unless some do; return how many do."""
    world = World(7)
    with Record(path) as record:
        held = record.value("SELECT coalesce(sum(printings), 0) FROM count_about")
        if held:
            return int(held)
        names = {f"{name.lower().replace(' ', '-')}" for name in world.speakers}
        known = {row[0] for row in record.rows("SELECT id FROM actor")} & names
        keys = record.rows("SELECT key FROM standing WHERE (statement_pk & 3) = 0 AND actor_id IS NOT NULL")
        with record.writing("putting abouts in") as connection:
            for (key,) in keys:
                about = world.speaker().lower().replace(" ", "-")
                if about in known:
                    connection.execute(
                        "UPDATE standing SET about_actors = ? WHERE key = ?", (links.token(about), key)
                    )
            connection.execute("INSERT INTO search (search) VALUES ('rebuild')")
        return int(record.value("SELECT coalesce(sum(printings), 0) FROM count_about"))


def requests(path: Path) -> dict[str, Callable[[], str]]:
    """Return the commonest requests; each call asks with other words."""
    world = World(20261102)
    chance = random.Random(3)
    with Record(path, read_only=True) as record:
        last = int(record.value("SELECT max(id) FROM article"))
        ids = [
            row[0]
            for row in record.rows(f"SELECT id FROM standing WHERE key % {max(1, last // 400)} = 0 LIMIT 300")
        ]

    def since() -> str:
        return (date(2014, 1, 1) + timedelta(days=world.random.randrange(DAYS))).isoformat()

    def actor() -> str:
        return world.speaker().lower().replace(" ", "-")

    def search(line: str, **beside: str) -> str:
        return f"/?q={quote(line)}" + "".join(f"&{name}={value}" for name, value in beside.items())

    return {
        "first page": lambda: "/",
        "search: a word": lambda: search(world.asked_word()),
        "search: a word, by rank": lambda: search(world.asked_word(), sort="rank"),
        "search: word + by + since": lambda: search(
            f'{world.asked_word()} by:"{world.speaker().split()[1]}" since:{since()}'
        ),
        "search: by + outlet + type": lambda: search(
            f'by:"{world.speaker().split()[1]}" outlet:"{world.outlet()}" type:direct'
        ),
        "search: about": lambda: search(f'about:"{actor()}"'),
        "article": lambda: f"/article/{chance.randint(1, last)}",
        "link to a statement": lambda: f"/statement/{chance.choice(ids)}",
        "actor": lambda: f"/actor/{actor()}",
        "actors": lambda: "/actors",
        "overview": lambda: "/overview",
        "overview of a year": lambda: f"/overview?since={since()[:4]}&until={since()[:4]}",
        "review": lambda: "/review",
    }


class Server:
    """``onrecord serve`` in a process of its own."""

    def __init__(self, path: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "onrecord", "serve", "--record", str(path), "--read-only", "--port", "0"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        assert self.process.stdout
        begun = time.perf_counter()
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if found := re.search(r"http://[\w.:\[\]]+", line):
                self.base = found[0].rstrip("/")
                self.started = (self.cpu(), (time.perf_counter() - begun) * 1000)
                return
        raise SystemExit("the server did not start: " + "".join(lines))

    def cpu(self) -> float:
        """Return the CPU that all its threads have had, in milliseconds."""
        spent = 0
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            spent += int((task / "schedstat").read_text().split()[0])
        return spent / 1e6

    def peak(self) -> float:
        """Return the most memory it has had, in MB (resident)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        return int(found[1]) / 1000 if found else 0.0

    def ask(self, address: str) -> tuple[float, float, int]:
        """Return CPU and time of one request in milliseconds, and the status of its answer."""
        before, begun = self.cpu(), time.perf_counter()
        try:
            with urllib.request.urlopen(self.base + address, timeout=60) as answer:
                answer.read()
                status = answer.status
        except urllib.error.HTTPError as error:
            status = error.code
        took = (time.perf_counter() - begun) * 1000
        return self.cpu() - before, took, status

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(20)


@contextmanager
def serving(path: Path) -> Iterator[Server]:
    """Run a server while it is needed."""
    server = Server(path)
    try:
        yield server
    finally:
        server.stop()


def drop(path: Path) -> None:
    """Have the machine forget what it holds of the file."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def write_beside(path: Path, seconds: float, count: multiprocessing.Queue[int]) -> None:
    """Add articles for some seconds, each in a transaction of its own; put how many into the queue."""
    world = World(int(time.time()))
    found = {}
    extractor = Extractor("benchmark", lambda article: found.pop(article.path))
    reader = Reader("benchmark", lambda page, path: Article(path=path, text=page.data.decode()))
    done, until = 0, time.monotonic() + seconds
    with Record(path, extractor=extractor, reader=reader) as record:
        for article, statements in articles(world, 10_000, 12, 0.0):
            if time.monotonic() > until:
                break
            found[article.path] = statements
            url = f"https://added.example/{world.random.random()}"
            page = replace(article.page, url=url) if article.page else None
            record.add(replace(article, url=url, page=page))
            done += 1
    count.put(done)


def measure(
    path: Path, times: int
) -> tuple[list[tuple[str, list[float], list[float], list[float]]], float, list[tuple[float, float]]]:
    """Return for each request its CPU cold and warm and its time warm; the server's memory; its starts."""
    table = []
    starts = []
    asked = requests(path)
    with serving(path) as server:
        for name, address in asked.items():
            status = server.ask(address())[2]
            if status >= 400 and name != "article":
                print(f"  {name}: status {status}, left out", file=sys.stderr)
                continue
            spent = [server.ask(address()) for _ in range(times)]
            table.append((name, [], [cpu for cpu, _, _ in spent], [took for _, took, _ in spent]))
            cuts = statistics.quantiles(table[-1][2], n=20)
            print(f"  {name}: p50 {cuts[9]:.0f}, p95 {cuts[18]:.0f} ms", file=sys.stderr)
        peak = server.peak()
    for name, cold, _, _ in table:
        for _ in range(COLD):
            drop(path)
            with serving(path) as server:
                starts.append(server.started)
                cold.append(server.ask(asked[name]())[0])
    return table, peak, starts


def beside_a_writer(path: Path, seconds: float) -> tuple[int, list[float], list[float]]:
    """Return how many articles a writer added while requests were made, their times, and those without it."""
    asked = [one for name, one in requests(path).items() if name in ("search: a word", "article", "actor")]
    count: multiprocessing.Queue[int] = multiprocessing.Queue()
    with serving(path) as server:
        for one in asked:
            server.ask(one())
        alone = [server.ask(asked[n % 3]())[1] for n in range(60)]
        writer = multiprocessing.Process(target=write_beside, args=(path, seconds, count))
        writer.start()
        during = []
        while writer.is_alive() and len(during) < 5000:
            during.append(server.ask(asked[len(during) % 3]())[1])
        writer.join()
    return count.get(), during, alone


def report(path: Path, times: int, seconds: float) -> str:
    """Return the results as Markdown."""
    abouts = put_abouts_in(path)
    with Record(path, read_only=True) as record:
        statements = record.value("SELECT sum(printings) FROM count_month")
    table, peak, starts = measure(path, times)
    added, during, alone = beside_a_writer(path, seconds)
    lines = [
        f"# The web app at {statements:,} statements, {date.today().isoformat()}",
        "",
        f"`python benchmarks/web.py {path.name} --requests {times}` on {platform.machine()}, "
        f"{os.cpu_count()} cores, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}; "
        f"{path.stat().st_size / 1e6:,.0f} MB on disk, {abouts:,} statements about another actor.",
        "",
        f"CPU of the server, ms, of {times} requests each; cold: the middle and the worst of {COLD} servers.",
        "",
        "| request | p50 | p95 | worst | cold | cold, worst |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, cold, warm, _ in table:
        cuts = statistics.quantiles(warm, n=20)
        cells = (cuts[9], cuts[18], max(warm), statistics.median(cold), max(cold))
        lines.append(f"| {name} | " + " | ".join(f"{cell:.0f}" for cell in cells) + " |")
    lines += [
        "",
        f"- most memory of the server: {peak:.0f} MB (resident)",
        f"- a start, the file not in memory: {statistics.median(cpu for cpu, _ in starts):.0f} ms CPU, "
        f"{statistics.median(took for _, took in starts):.0f} ms by the clock, worst "
        f"{max(took for _, took in starts):.0f} ms",
        f"- beside a writer that added {added} articles in {seconds:.0f} s: {len(during)} requests, "
        f"p50 {statistics.median(during):.0f} ms, worst {max(during):.0f} ms by the clock; "
        f"alone p50 {statistics.median(alone):.0f} ms, worst {max(alone):.0f} ms",
    ]
    return "\n".join([*lines, ""])


def main() -> None:
    """Measure, and write the results."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("record", type=Path, help="made by benchmarks/record.py --keep")
    parser.add_argument("--requests", type=int, default=60, help="of each kind")
    parser.add_argument("--seconds", type=float, default=15, help="how long the writer writes")
    parser.add_argument("--out", type=Path, help="write the results here as well")
    given = parser.parse_args()
    text = report(given.record, given.requests, given.seconds)
    print(text)
    if given.out:
        given.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
