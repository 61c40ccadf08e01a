"""Stories: marked pairs, cut and edited copies, and what adding one more article costs.

    python benchmarks/stories.py --data ../shared/data/wires [--copies copies.jsonl] [--articles 10000]

``--copies`` is what benchmarks/story_copies.py prints. The cost is that of adding one made-up article of 300
words, every fifth a cut copy of an earlier one, to a record that holds ``--articles`` of them: the median CPU
of a hundred, beside that around the hundredth. No statements are looked for.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from onrecord.article import Article
from onrecord.evaluation import stories
from onrecord.record import Extractor, Reader, Record

HERE = Path(__file__).parent
FILE = "t17-libya-egypt-iraq.jsonl"


def copies(originals: Path, path: Path) -> None:
    """Print how many copies are in one story with the article that they were made from."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    articles = [json.loads(line) for line in originals.read_text(encoding="utf-8").splitlines()]
    told = stories.stories(
        Article(path=row["id"], text=row["text"], published=row["date"], url=f"https://a.example/{row['id']}")
        for row in [*articles, *rows]
    )
    found: dict[float, list[bool]] = defaultdict(list)
    for row in rows:
        found[row["kept"]].append(told[row["id"]] == told[row["of"]])
    for kept, hits in sorted(found.items()):
        print(f"copies with {kept:.1f} kept: {sum(hits)} of {len(hits)}")


def cost(count: int) -> None:
    """Print what adding an article costs in a small record and in one of ``count`` articles."""
    drawn = random.Random(7)
    words = [f"w{number}" for number in range(20_000)]
    weights = [1 / (number + 1) for number in range(20_000)]
    made: list[list[str]] = []

    def one(number: int) -> Article:
        if number % 5 == 4:
            sentences = drawn.choice(made)[:12]
        else:
            sentences = [" ".join(drawn.choices(words, weights, k=15)) + "." for _ in range(20)]
            made.append(sentences)
        text = "\n\n".join(sentence.capitalize() for sentence in sentences)
        return Article(path=f"{number}", text=text, url=f"https://a.example/{number}", published="2031-03-07")

    extractor = Extractor("none", lambda _: [])
    reader = Reader("none", lambda page, path: Article(path=path, text=page.data.decode()))
    spent: dict[str, list[float]] = {"first": [], "last": []}
    with (
        tempfile.TemporaryDirectory() as folder,
        Record(Path(folder) / "r.onrecord", extractor=extractor, reader=reader) as record,
    ):
        for number in range(count):
            article = one(number)
            begun = time.process_time()
            record.add(article)
            if 100 <= number < 200 or number >= count - 100:
                spent["first" if number < 200 else "last"].append(time.process_time() - begun)
    low, high = (1000 * statistics.median(spent[name]) for name in ("first", "last"))
    print(f"adding the 100th {low:.2f} ms, the {count:,}th {high:.2f} ms: {high / low:.2f} times")


def main() -> None:
    """Measure what the arguments give data for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--copies", type=Path)
    parser.add_argument("--articles", type=int, default=10_000)
    given = parser.parse_args()
    if given.data:
        print(stories.evaluate(HERE / "stories.csv", given.data / FILE))
    if given.data and given.copies:
        copies(given.data / FILE, given.copies)
    cost(given.articles)


if __name__ == "__main__":
    main()
