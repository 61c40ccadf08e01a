"""Pairs of articles by how much text they share, and the sample of them that is marked in stories.csv.

The measure is brute force and owes nothing to the package: lowercase word tokens, the distinct runs of five,
and the containment of a pair, which is the number of runs both have over the number the smaller one has.
All pairs fall into strata by containment; from each a number is drawn by fixed seed.

Run: python benchmarks/story_pairs.py --data ../shared/data/wires [--check benchmarks/stories.csv | --draw FILE]
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
SEED = 20110217

#: Name, least containment, pairs to draw. Most are drawn where the answer is least plain; no pair that shares
#: nothing can be one text, so a few of them are enough to keep the measure honest.
STRATA = (
    ("half", 0.5, 60),
    ("third", 0.3, 40),
    ("sixth", 0.15, 60),
    ("little", 0.05, 25),
    ("trace", 1e-9, 10),
    ("nothing", 0.0, 5),
)


class Pair(NamedTuple):
    """Two articles, by id in the order of the file, and their containment."""

    one: str
    other: str
    containment: float


def read_articles(data: Path) -> list[tuple[str, str]]:
    """Return id and text of each article of the corpus, in its order."""
    with (data / FILE).open(encoding="utf-8") as lines:
        return [(row["id"], row["text"]) for row in map(json.loads, lines)]


def runs_of(text: str) -> set[tuple[str, ...]]:
    """Return the distinct runs of five lowercase word tokens of a text."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def measure(articles: list[tuple[str, str]]) -> dict[tuple[int, int], float]:
    """Return the containment of each pair of articles that share any run, by their places in the corpus."""
    holders: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    sizes = []
    for place, (_, text) in enumerate(articles):
        runs = runs_of(text)
        sizes.append(len(runs))
        for run in runs:
            holders[run].append(place)
    shared: Counter[tuple[int, int]] = Counter()
    for places in holders.values():
        shared.update(combinations(places, 2))
    return {pair: count / min(sizes[pair[0]], sizes[pair[1]]) for pair, count in shared.items()}


def stratum_of(containment: float) -> str:
    """Return the name of the stratum that a containment falls into."""
    return next(name for name, least, _ in STRATA if containment >= least)


def stratify(articles: list[tuple[str, str]]) -> dict[str, list[Pair]]:
    """Return stratum -> all its pairs, in the order of the corpus."""
    containments = measure(articles)
    strata: dict[str, list[Pair]] = {name: [] for name, _, _ in STRATA}
    for i, j in combinations(range(len(articles)), 2):
        containment = containments.get((i, j), 0.0)
        strata[stratum_of(containment)].append(Pair(articles[i][0], articles[j][0], containment))
    return strata


def draw(strata: dict[str, list[Pair]]) -> list[tuple[str, str, str, str, str, str]]:
    """Return the sample: id, one, other, stratum, containment, weight (pairs of the stratum to one drawn).

    The rows are shuffled, so that who marks them from the top does not learn the stratum from the place.
    """
    chance = random.Random(SEED)
    rows = [
        (*pair[:2], name, f"{pair.containment:.4f}", f"{len(strata[name]) / number:.4f}")
        for name, _, number in STRATA
        for pair in chance.sample(strata[name], number)
    ]
    chance.shuffle(rows)
    return [(f"p{place:03}", *row) for place, row in enumerate(rows, 1)]


def main() -> int:
    """Print the size of each stratum; draw the sample, or compare a marked one with it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help=f"folder that holds {FILE}")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", type=Path, help="marked sample whose pairs and weights must be those drawn")
    what.add_argument("--draw", type=Path, help="file to write the sample to, unmarked")
    options = parser.parse_args()
    articles = read_articles(options.data)
    strata = stratify(articles)
    print(f"{len(articles)} articles, {sum(map(len, strata.values()))} pairs")
    for name, least, number in STRATA:
        print(f"{name:8} containment >= {least:<5.2g} {len(strata[name]):7} pairs, {number} drawn")
    rows = draw(strata)
    if options.draw:
        with options.draw.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(("id", "one", "other", "stratum", "containment", "weight", "label", "note"))
            writer.writerows((*row, "", "") for row in rows)
    if options.check:
        with options.check.open(encoding="utf-8", newline="") as marked:
            found = list(csv.DictReader(marked))
        columns = ("id", "one", "other", "stratum", "containment", "weight")
        wrong = sum(tuple(row[name] for name in columns) != want for row, want in zip(found, rows, strict=False))
        wrong += abs(len(found) - len(rows)) + sum(row["label"] not in ("same", "not") for row in found)
        labels = Counter((row["stratum"], row["label"]) for row in found)
        for name, _, _ in STRATA:
            print(f"{name:8} same {labels[name, 'same']:3}  not {labels[name, 'not']:3}")
        print(f"{wrong} rows of {options.check} differ from the sample drawn or bear no label")
        return 1 if wrong else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
