"""Pairs of articles by how much text they share, and the sample of them that is marked in stories.csv.

The measure is brute force and owes nothing to the package: lowercase word tokens, the distinct runs of five,
and the containment of a pair, which is the number of runs both have over the number the smaller one has.
All pairs fall into strata by containment; from each a number is drawn by fixed seed. Most pairs of a middling
containment share the box of links at the foot of one site's pages and nothing else, so the strata also look
at the own containment: the same without the runs that more than twenty articles hold.

Run: python benchmarks/story_pairs.py --data ../shared/data/wires [--check benchmarks/stories.csv]
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

FILE = "t17-libya-egypt-iraq.jsonl"
RUN = 5
#: A run that more articles hold than this is part of a page's frame, or a set phrase.
COMMON = 20
SEED = 20110217

#: Name, least containment, least own containment, pairs to draw: most where the answer is least plain.
STRATA = (
    ("half", 0.5, 0.0, 60),
    ("third", 0.3, 0.15, 35),
    ("sixth", 0.15, 0.15, 40),
    ("frame", 0.15, 0.0, 20),
    ("little", 0.05, 0.05, 25),
    ("little frame", 0.05, 0.0, 10),
    ("trace", 1e-9, 0.0, 6),
    ("nothing", 0.0, 0.0, 4),
)

Run = tuple[str, ...]


class Pair(NamedTuple):
    """Two articles, by id in the order of the file, and their containment."""

    one: str
    other: str
    containment: float


def read_articles(data: Path) -> list[tuple[str, str]]:
    """Return id and text of each article of the corpus, in its order."""
    with (data / FILE).open(encoding="utf-8") as lines:
        return [(row["id"], row["text"]) for row in map(json.loads, lines)]


def runs_of(text: str) -> set[Run]:
    """Return the distinct runs of five lowercase word tokens of a text."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def measure(runs: list[set[Run]], common: int | None = None) -> dict[tuple[int, int], float]:
    """Return the containment of each pair of articles that share any run, by their places in the corpus.

    With `common`, runs that more articles than this hold are left out on both sides.
    """
    holders: defaultdict[Run, list[int]] = defaultdict(list)
    for place, own in enumerate(runs):
        for run in own:
            holders[run].append(place)
    sizes: Counter[int] = Counter()
    shared: Counter[tuple[int, int]] = Counter()
    for places in holders.values():
        if common is None or len(places) <= common:
            sizes.update(places)
            shared.update(combinations(places, 2))
    return {pair: count / min(sizes[pair[0]], sizes[pair[1]]) for pair, count in shared.items()}


def stratify(articles: list[tuple[str, str]]) -> dict[str, list[Pair]]:
    """Return stratum -> all its pairs, in the order of the corpus."""
    runs = [runs_of(text) for _, text in articles]
    all_runs, own_runs = measure(runs), measure(runs, COMMON)
    strata: dict[str, list[Pair]] = {name: [] for name, *_ in STRATA}
    for pair in combinations(range(len(articles)), 2):
        whole, own = all_runs.get(pair, 0.0), own_runs.get(pair, 0.0)
        name = next(name for name, least, least_own, _ in STRATA if whole >= least and own >= least_own)
        strata[name].append(Pair(articles[pair[0]][0], articles[pair[1]][0], whole))
    return strata


def draw(strata: dict[str, list[Pair]]) -> list[tuple[str, ...]]:
    """Return the sample: id, one, other, stratum, containment, weight (pairs of the stratum to one drawn).

    The rows are shuffled, so that whoever marks them does not learn the stratum from the place.
    """
    chance = random.Random(SEED)
    rows = [
        (*pair[:2], name, f"{pair.containment:.4f}", f"{len(strata[name]) / number:.4f}")
        for name, _, _, number in STRATA
        for pair in chance.sample(strata[name], number)
    ]
    chance.shuffle(rows)
    return [(f"p{place:03}", *row) for place, row in enumerate(rows, 1)]


def write(rows: list[tuple[str, ...]], path: Path) -> None:
    """Write the sample with empty labels and notes."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("id", "one", "other", "stratum", "containment", "weight", "label", "note"))
        writer.writerows((*row, "", "") for row in rows)


def check(rows: list[tuple[str, ...]], path: Path) -> int:
    """Print the labels of a marked sample by stratum; return how many rows are not as drawn or unmarked."""
    with path.open(encoding="utf-8", newline="") as marked:
        found = list(csv.DictReader(marked))
    columns = ("id", "one", "other", "stratum", "containment", "weight")
    as_drawn = sum(
        tuple(row[name] for name in columns) == want and row["label"] in ("same", "not")
        for row, want in zip(found, rows, strict=False)
    )
    labels = Counter((row["stratum"], row["label"]) for row in found)
    for name, *_ in STRATA:
        print(f"{name:12} same {labels[name, 'same']:3}  not {labels[name, 'not']:3}")
    return max(len(found), len(rows)) - as_drawn


def main() -> int:
    """Print the size of each stratum; write the sample, or compare a marked one with it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help=f"folder that holds {FILE}")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", type=Path, help="marked sample: its rows must be those drawn, with labels")
    what.add_argument("--draw", type=Path, help="file to write the sample to, unmarked")
    options = parser.parse_args()
    articles = read_articles(options.data)
    strata = stratify(articles)
    print(f"{len(articles)} articles, {sum(map(len, strata.values()))} pairs")
    for name, least, least_own, number in STRATA:
        print(f"{name:12} {least:5.2g} own {least_own:5.2g}: {len(strata[name]):7} pairs, {number:3} drawn")
    rows = draw(strata)
    if options.draw:
        write(rows, options.draw)
    if options.check:
        wrong = check(rows, options.check)
        print(f"{wrong} rows of {options.check} differ from the sample drawn or bear no label")
        return 1 if wrong else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
