"""Stories on the development key, whose errors may be read: unlike those of stories.csv.

    python benchmarks/stories_dev.py --wires ../shared/data/wires --polnear ../shared/data/polnear [--errors]

No pair of the key is one of stories.csv; of those whose stratum does not end in "one", neither article is.
"""

from __future__ import annotations

import argparse
import csv
import json
import tempfile
from collections import Counter
from pathlib import Path

from onrecord.evaluation import stories

HERE = Path(__file__).parent
FILE = "t17-libya-egypt-iraq.jsonl"


def gather(wires: Path, polnear: Path, into: Path) -> None:
    """Write the articles of both corpora as JSON lines with id, date and text."""
    with into.open("w", encoding="utf-8") as out:
        out.write((wires / FILE).read_text(encoding="utf-8"))
        for path in sorted((polnear / "train" / "text").glob("*.txt")):
            row = {"id": path.stem, "date": path.stem.split("_")[1], "text": path.read_text(encoding="utf-8")}
            out.write(json.dumps(row) + "\n")


def main() -> None:
    """Print the score, by stratum on request which pairs are wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--wires", type=Path, required=True)
    parser.add_argument("--polnear", type=Path, required=True)
    parser.add_argument("--errors", action="store_true", help="name the pairs that are wrong")
    given = parser.parse_args()
    key = HERE / "stories-dev.csv"
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder) / "articles.jsonl"
        gather(given.wires, given.polnear, articles)
        told = stories.stories(stories.read_articles(articles))
        print(stories.score(key, told))
    with key.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    counts: Counter[str] = Counter()
    for row in rows:
        joined = told[row["one"]] == told[row["other"]]
        kind = (
            ("right" if joined else "missed") if row["label"] == "same" else ("false" if joined else "apart")
        )
        counts[kind] += 1
        if given.errors and kind in ("missed", "false"):
            print(kind, row["id"], row["one"], row["other"], row["stratum"], row["weight"], row["note"])
    print(f"unweighted: {counts['right']} right, {counts['missed']} missed, {counts['false']} joined falsely")


if __name__ == "__main__":
    main()
