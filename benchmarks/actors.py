"""What a registry of 100,000 actors costs beside extraction, in one run on the same articles.

    python benchmarks/actors.py --data ../shared/data [--actors 100000] [--articles 84] [--out FOLDER]

The registry: every person of ``offices/holders21.csv`` with its terms, and as many people again as are
wanted, whose given names and surnames are drawn from that table's own (so that common names are common),
every tenth with a second spelling, every third with an office drawn from the table's. The articles:
``polnear/dev``, read, extracted, and linked into the record one after the other. CPU seconds of this process:
of ``extract``, of what linking the articles asks of the registry, of what is asked for earlier articles that
are linked again because of what they teach, and of linking as a whole, which also writes.
"""

from __future__ import annotations

import argparse
import csv
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from onrecord import extract, read
from onrecord.article import Article, Statement
from onrecord.record import Record, importing, linking, registering
from onrecord.record.preferring import Preferring
from onrecord.speakers.lookup import Known, Term
from table import REPOSITORY, machine, publish, rows

MOST_SHARE = 0.1
SEED = 7


@dataclass
class Clock:
    """CPU seconds spent in some calls, and how many there were."""

    spent: float = 0.0
    calls: int = 0
    inside: bool = False

    def around(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """Return the call with its time counted; calls within it are not counted again."""

        def timed(*args: Any, **extra: Any) -> Any:
            if self.inside:
                return call(*args, **extra)
            self.inside, begun = True, time.process_time()
            try:
                return call(*args, **extra)
            finally:
                self.inside = False
                self.spent += time.process_time() - begun
                self.calls += 1

        return timed


_AGAIN = [0]


def linking_again(call: Callable[..., Any]) -> Callable[..., Any]:
    """Return the call that links an earlier article again, with what it asks told apart."""

    def marked(*args: Any) -> Any:
        _AGAIN[0] += 1
        try:
            return call(*args)
        finally:
            _AGAIN[0] -= 1

    return marked


def choosing(own: Callable[..., Any], again: Callable[..., Any]) -> Callable[..., Any]:
    """Return the first call while an article of its own is linked, the second while one is linked again."""
    return lambda *args: (again if _AGAIN[0] else own)(*args)


def people(table: Path, count: int) -> Iterator[Known]:
    """Yield made-up people whose names are put together from the table's."""
    chance = random.Random(SEED)
    with table.open(encoding="utf-8", newline="") as stream:
        held = list(csv.DictReader(stream))
    named = [row["person"].split() for row in held if len(row["person"].split()) > 1]
    for number in range(count):
        given, surname = chance.choice(named)[:-1], chance.choice(named)[-1]
        name = " ".join([*given, surname])
        terms = ()
        if number % 3 == 0:
            row = chance.choice(held)
            year = chance.randrange(1900, 2020)
            terms = (
                Term(
                    actor="", role=row["position"], body=row["jurisdiction"] or None, first=str(year),
                    last=str(year + 4), evidence={"row": number},
                ),
            )  # fmt: skip
        others = (name.replace("i", "y"),) if number % 10 == 0 else ()
        yield Known(id=f"p{number}", kind="person", label=name, names=others, terms=terms)


def fill(record: Record, table: Path, count: int) -> int:
    """Import the table, then keep people up to the count; return how many actors there are."""
    importing.import_actors(record, str(table))
    held = int(record.value("SELECT count(*) FROM actor"))
    with record.writing("benchmark") as connection:
        for known in people(table, max(0, count - held)):
            registering.save(connection, known, source="made up")
    return int(record.value("SELECT count(*) FROM actor"))


def extracted(folder: Path, count: int) -> tuple[list[tuple[Article, list[Statement]]], float]:
    """Read articles and find their statements; return them with the CPU seconds that finding took."""
    articles = [read(str(path)) for path in sorted(folder.glob("text/*.txt"))[:count]]
    extract(articles[0])
    begun = time.process_time()
    found = [(article, extract(article)) for article in articles]
    return found, time.process_time() - begun


def main() -> None:
    """Measure and publish."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--actors", type=int, default=100_000)
    parser.add_argument("--articles", type=int, default=84)
    parser.add_argument("--out", type=Path, default=REPOSITORY / "benchmarks" / "results")
    options = parser.parse_args()
    table = options.data / "offices" / "holders21.csv"
    own, again, links = Clock(), Clock(), Clock()
    for name in ("get", "alike", "holders", "around"):
        asking = getattr(Preferring, name)
        setattr(Preferring, name, choosing(own.around(asking), again.around(asking)))
    linking.Linker._again = linking_again(linking.Linker._again)  # type: ignore[method-assign]
    for name in ("article", "finish"):
        setattr(linking.Linker, name, links.around(getattr(linking.Linker, name)))
    with tempfile.TemporaryDirectory() as folder, Record(Path(folder) / "actors.onrecord") as record:
        begun = time.process_time()
        actors = fill(record, table, options.actors)
        filling = time.process_time() - begun
        size = sum(path.stat().st_size for path in Path(folder).iterdir()) / 1e6
        found, finding = extracted(options.data / "polnear" / "dev", options.articles)
        for number, (article, statements) in enumerate(found):
            # A day that the offices of the registry cover, where the file names none.
            dated = replace(article, published=article.published or f"2005-03-{number % 28 + 1:02}")
            record.add(dated, statements)
    body = [
        (what, f"{spent:.2f}", f"{1000 * spent / len(found):.1f}", f"{spent / finding:.3f}")
        for what, spent in (
            ("extract", finding),
            ("looking up, for the articles", own.spent),
            ("looking up, for earlier ones linked again", again.spent),
            ("linking in all, writing included", links.spent),
        )
    ]
    lines = [
        "# A registry of actors beside extraction",
        "",
        machine(),
        f"{actors:,} actors ({size:.0f} MB, made in {filling:.0f} s of CPU), {len(found)} articles, "
        f"{own.calls:,} look-ups for them and {again.calls:,} for earlier ones. CPU seconds.",
        "",
        *rows(("", "CPU s", "ms an article", "share of extract"), body),
        "",
        f"Wanted: looking up for an article takes less than {MOST_SHARE} of extract.",
    ]
    publish("actors", lines, options.out)


if __name__ == "__main__":
    main()
