"""How fast a record of a million statements takes them in and answers: add rate, size, CPU of questions.

    python benchmarks/record.py [--statements 1000000] [--per-article 12] [--copied 0.2] [--keep PATH]
                                [--out FILE]

All text is made up here from a seed: words by Zipf's law (exponent 1.0 over 30,000 made-up words, forty of
which are every other time the first of a fixed phrase), 200 speakers and 50 outlets (Zipf as well), days
over ten years in the order of a crawl that is shuffled within each month, 12 statements an article (or as
many as ``--per-article`` says), 24 words a statement. One article of five prints eight statements of one of
the fifty before it, so that copies are found and counted once (``--copied 0``: none does). Each question is
asked with 200 different words, speakers, outlets and days, drawn as a user would: by their frequency among
the words of 50 to 3,000 in rank, so common ones weigh most. CPU is that of this process, user and system.
"""

from __future__ import annotations

import argparse
import itertools
import os
import platform
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from onrecord.article import Article, Interval, Page, Speaker, Statement, statement_id
from onrecord.query import counts, due, timeline
from onrecord.record import Extractor, Reader, Record

VOCABULARY = 30_000
SPEAKERS = 200
OUTLETS = 50
DAYS = 3650
PER_ARTICLE = 12
WORDS = 24
COPIED = 8
ASKED = 200
#: The frequency ranks that the words of questions come from: not "the" and "of", not what stands once.
ASKED_RANKS = (50, 3000)

#: What one would write first: full-text search, then speaker and day from the table, then sorted.
PLAIN = (
    "SELECT s.key FROM search JOIN standing s ON s.key = search.rowid WHERE search MATCH ? "
    "AND s.speaker LIKE ? AND s.day >= ? ORDER BY s.day DESC LIMIT 50"
)

_CONSONANTS = "bdfghklmnprstvz"
_VOWELS = "aeiou"


def made_up(number: int, syllables: int = 3) -> str:
    """Return the made-up word of a number."""
    word = ""
    for _ in range(syllables):
        number, rest = divmod(number * 7919 + 13, len(_CONSONANTS) * len(_VOWELS))
        word += _CONSONANTS[rest % len(_CONSONANTS)] + _VOWELS[rest // len(_CONSONANTS)]
    return word + (_CONSONANTS[number % len(_CONSONANTS)] if number else "")


class World:
    """The made-up words, speakers and outlets, drawn by Zipf's law."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.words = [f"{made_up(n)}{'' if n < 5000 else n % 97}" for n in range(VOCABULARY)]
        self.weights = list(itertools.accumulate(1 / (n + 1) for n in range(VOCABULARY)))
        self.phrases = {self.words[n]: f"{self.words[n]} {self.words[n + 1000]}" for n in range(60, 100)}
        self.speakers = [
            f"{made_up(n + 11, 2).title()} {made_up(n + 977, 3).title()}" for n in range(SPEAKERS)
        ]
        self.speaker_weights = list(itertools.accumulate(1 / (n + 1) for n in range(SPEAKERS)))
        self.outlets = [f"The {made_up(n + 401, 2).title()} Courier" for n in range(OUTLETS)]
        self.outlet_weights = list(itertools.accumulate(1 / (n + 1) for n in range(OUTLETS)))

    def sentence(self) -> str:
        """Return one statement's words."""
        drawn = self.random.choices(self.words, cum_weights=self.weights, k=WORDS)
        return " ".join(
            self.phrases[word] if word in self.phrases and self.random.random() < 0.5 else word
            for word in drawn
        )

    def asked_word(self) -> str:
        """Return a word that somebody would ask for."""
        low, high = ASKED_RANKS
        ranks = range(low, high)
        return self.words[self.random.choices(ranks, weights=[1 / (n + 1) for n in ranks])[0]]

    def asked_phrase(self) -> str:
        """Return one of the fixed phrases."""
        return self.random.choice(list(self.phrases.values()))

    def speaker(self) -> str:
        """Return a speaker."""
        return self.random.choices(self.speakers, cum_weights=self.speaker_weights)[0]

    def outlet(self) -> str:
        """Return an outlet."""
        return self.random.choices(self.outlets, cum_weights=self.outlet_weights)[0]


def articles(
    world: World, count: int, per_article: int, copied: float
) -> Iterator[tuple[Article, list[Statement]]]:
    """Yield articles with their statements, by month, shuffled within it; a share of them copies."""
    first = date(2014, 1, 1)
    recent: deque[list[tuple[str, str]]] = deque(maxlen=50)
    for number in range(count):
        month = number * DAYS // count // 30
        day = (first + timedelta(days=min(DAYS - 1, month * 30 + world.random.randrange(30)))).isoformat()
        kept = world.random.choice(recent)[:COPIED] if recent and world.random.random() < copied else []
        sentences = [*kept, *((world.sentence(), world.speaker()) for _ in range(per_article - len(kept)))]
        recent.append(sentences)
        text = "\n\n".join(f"“{words},” said {speaker}." for words, speaker in sentences)
        url = f"https://news.example/{number}"
        page = Page(text.encode(), "text/plain", url=url, got=f"{day}T12:00:00Z")
        outlet = world.outlet()
        article = Article(
            path=f"crawl.jsonl#{number}", text=text, outlet=outlet, headline=sentences[0][0][:60],
            published=day, published_from="meta", language="en", url=url, page=page,
        )  # fmt: skip
        yield article, list(statements(world, article, sentences))


def statements(world: World, article: Article, sentences: list[tuple[str, str]]) -> Iterator[Statement]:
    """Yield the statements of one made-up article."""
    sha256 = article.text_sha256
    at = 0
    for words, name in sentences:
        content = ((at, at + len(words) + 3),)
        source = at + len(words) + len("“,” said ")
        yield Statement(
            id=statement_id(sha256, content), type=world.random.choice(("direct", "indirect", "mixed")),
            content=content, text=article.quote(content), source=((source, source + len(name)),),
            cue=((source - 5, source - 1),), confidence=round(world.random.betavariate(5, 2), 4),
            **dates(world, article),
            speaker=Speaker(name=name, kind="person", named=True, spans=((source, source + len(name)),)),
        )  # fmt: skip
        at += len(words) + len("“,” said ") + len(name) + 3


def dates(world: World, article: Article) -> dict[str, Any]:
    """Return a day of saying for six statements of ten, for one an outlook, most often with a due day."""
    day = date.fromisoformat(article.published or "")
    found: dict[str, Any] = {}
    if world.random.random() < 0.6:
        first = day - timedelta(days=world.random.randrange(7))
        last = min(day, first + timedelta(days=world.random.choice((0, 0, 0, 2))))
        found["said"] = Interval(first=first.isoformat(), last=last.isoformat(), rule="benchmark")
    if world.random.random() < 0.1:
        found["outlook"] = world.random.choice(("promise", "threat", "prediction", "plan", "deadline"))
        if world.random.random() < 0.7:
            last = day + timedelta(days=world.random.randrange(400))
            found["due"] = Interval(first=day.isoformat(), last=last.isoformat(), rule="benchmark")
    return found


@dataclass
class Filling:
    """What adding took, making texts left out: seconds, and CPU seconds of each tenth of the articles."""

    seconds: float
    tenths: list[float]


def fill(path: Path, count: int, per_article: int, seed: int, copied: float) -> Filling:
    """Make a record of ``count`` statements."""
    world = World(seed)
    found: dict[str, list[Statement]] = {}
    left_out = [0.0, 0.0]
    number_of_articles = count // per_article

    def made() -> Iterator[Article]:
        made_ones = articles(world, number_of_articles, per_article, copied)
        while True:
            begun = time.perf_counter(), time.process_time()
            one = next(made_ones, None)
            if one is None:
                return
            found[one[0].path] = one[1]
            left_out[0] += time.perf_counter() - begun[0]
            left_out[1] += time.process_time() - begun[1]
            yield one[0]

    extractor = Extractor("benchmark", lambda article: found.pop(article.path))
    reader = Reader("benchmark", lambda page, path: Article(path=path, text=page.data.decode()))
    begun = time.perf_counter()
    last = time.process_time()
    tenths: list[float] = []
    with Record(path, extractor=extractor, reader=reader) as record:
        for number, _ in enumerate(record.add_all(made()), start=1):
            if number >= (len(tenths) + 1) * number_of_articles // 10:
                now = time.process_time() - left_out[1]
                tenths.append(now - last)
                last = now
                print(f"  {number} articles, the last tenth in {tenths[-1]:.0f} s of CPU", file=sys.stderr)
    return Filling(time.perf_counter() - begun - left_out[0], tenths)


def questions(world: World) -> dict[str, Callable[[Record], int]]:
    """Return the commonest questions; each call asks with other words."""

    def surname() -> str:
        return world.speaker().split()[1]

    def actor() -> str:
        # The id that adding makes of a full name.
        return world.speaker().lower().replace(" ", "-")

    def since() -> str:
        return (date(2014, 1, 1) + timedelta(days=world.random.randrange(DAYS))).isoformat()

    return {
        "words, newest first": lambda r: len(r.said(world.asked_word())),
        "words + by + since": lambda r: len(r.said(world.asked_word(), by=surname(), since=since())),
        "words + by": lambda r: len(r.said(world.asked_word(), by=surname())),
        "words + actor": lambda r: len(r.said(world.asked_word(), by=actor())),
        "actor": lambda r: len(r.said(by=actor())),
        "by + since": lambda r: len(r.said(by=surname(), since=since())),
        "by + since, published": lambda r: len(r.said(by=surname(), since=since(), date="published")),
        "by + until": lambda r: len(r.said(by=surname(), until=since())),
        "due": lambda r: len(due(r)),
        "due + before": lambda r: len(due(r, before=since(), closed=False)),
        "due + by": lambda r: len(due(r, by=surname())),
        "due + by + before": lambda r: len(due(r, by=surname(), before=since())),
        "timeline": lambda r: len(timeline(r, surname())),
        "timeline + since": lambda r: len(timeline(r, surname(), since=since())),
        "phrase by rank": lambda r: len(r.said(f'"{world.asked_phrase()}"', order="rank")),
        "word by rank": lambda r: len(r.said(world.asked_word(), order="rank")),
        "words + outlet + type + confidence": lambda r: len(
            r.said(world.asked_word(), outlet=world.outlet(), type="direct", min_confidence=0.7)
        ),
        "two words, newest first": lambda r: len(r.said(f"{world.asked_word()} {world.asked_word()}")),
        "beginning of a word + by": lambda r: len(r.said(f"{world.asked_word()[:3]}*", by=surname())),
        "speakers who use a word, counted": lambda r: len(counts(r, "speaker", world.asked_word())),
        "for comparison: words + by + since, plain": lambda r: len(
            r.rows(PLAIN, (f"words : {world.asked_word()}", f"% {surname()}", since()))
        ),
    }


def ask(path: Path, seed: int) -> list[tuple[str, float, float, float, float]]:
    """Return for each question its name, p50, p95 and worst CPU in milliseconds, and mean number of rows."""
    table = []
    for name, question in questions(World(seed + 1)).items():
        spent, answered = [], []
        with Record(path, read_only=True) as record:
            for _ in range(ASKED):
                begun = time.process_time()
                answered.append(question(record))
                spent.append((time.process_time() - begun) * 1000)
        cuts = statistics.quantiles(spent, n=20)
        table.append((name, cuts[9], cuts[18], max(spent), statistics.mean(answered)))
        print(f"  {name}: p50 {cuts[9]:.1f} ms, p95 {cuts[18]:.1f} ms", file=sys.stderr)
    return table


def report(
    given: argparse.Namespace, filled: Filling | None, size: int,
    table: list[tuple[str, float, float, float, float]],
) -> str:  # fmt: skip
    """Return the results as Markdown."""
    count = given.statements
    articles_of_a_tenth = count // given.per_article / 10
    rate = (
        f"{count / filled.seconds:,.0f} statements a second, {filled.seconds:,.0f} s"
        if filled
        else "not measured"
    )
    lines = [
        f"# The record at {count:,} statements, {date.today().isoformat()}",
        "",
        f"`python benchmarks/record.py --statements {count} --per-article {given.per_article}` on "
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}.",
        "",
        f"- added: {rate} (one process, each commit on the disk; pages, texts and both indexes "
        "included, finding statements not)",
    ]
    if filled:
        rates = [articles_of_a_tenth / seconds for seconds in filled.tenths]
        lines.append(
            f"- articles a CPU second, tenth by tenth: {', '.join(f'{rate:.0f}' for rate in rates)}; "
            f"the last tenth at {100 * rates[-1] / rates[0]:.0f} % of the first"
        )
    lines += [
        f"- {size / 1e6:,.0f} MB on disk, {size / count:,.0f} bytes a statement, article and page included",
        "",
        f"| question ({ASKED} each) | p50 CPU, ms | p95 CPU, ms | worst, ms | rows, mean |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name, p50, p95, worst, rows in table:
        lines.append(f"| {name} | {p50:.1f} | {p95:.1f} | {worst:.1f} | {rows:.1f} |")
    return "\n".join([*lines, ""])


def main() -> None:
    """Fill a record, ask, and write the results."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--per-article", type=int, default=PER_ARTICLE)
    parser.add_argument("--seed", type=int, default=20261101)
    parser.add_argument("--copied", type=float, default=0.2, help="share of articles that are copies")
    parser.add_argument("--keep", type=Path, help="make the record here, or ask the one that is here")
    parser.add_argument("--out", type=Path, help="write the results here as well")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "bench.onrecord"
        filled = None
        if not path.exists():
            filled = fill(path, given.statements, given.per_article, given.seed, given.copied)
        text = report(given, filled, path.stat().st_size, ask(path, given.seed))
    print(text)
    if given.out:
        given.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
