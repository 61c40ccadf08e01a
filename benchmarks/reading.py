"""How well web pages are read: titles, dates, and strings that must and must not be in the body.

Run: python benchmarks/reading.py --data ../shared/data/pages
"""

from __future__ import annotations

import argparse
import html
import json
import time
import unicodedata
from pathlib import Path
from typing import Any

from onrecord import reading
from onrecord.article import Article
from onrecord.errors import InputError


def fold(text: str | None) -> str:
    """Return a text so that quotation marks, entities, white space and composed letters do not count."""
    for mark, plain in (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"')):
        text = html.unescape(text or "").replace(mark, plain)
    return unicodedata.normalize("NFC", " ".join((text or "").split()))


def body_of(article: Article) -> str:
    """Return the body, from the dateline on: it opens the first paragraph."""
    spans = article.parts.get("body", ())
    start = min([spans[0][0], *(span[0] for span in article.parts.get("dateline", ()))]) if spans else 0
    return article.text[start : spans[-1][1]] if spans else ""


def score(data: Path) -> tuple[dict[str, list[int]], list[str]]:
    """Return name -> [right, of] for each measure, and a line for each miss."""
    gold: list[dict[str, Any]] = json.loads((data / "gold.json").read_text(encoding="utf-8"))
    counts = {
        name: [0, 0]
        for name in ("title", "date", "author", "with in body", "with in text", "without in body")
    }
    misses: list[str] = []

    def count(name: str, right: bool, miss: str | None = None) -> None:
        counts[name][0] += right
        counts[name][1] += 1
        if miss and right == (name == "without in body"):
            misses.append(miss)

    for entry in gold:
        name = entry["file"]
        try:
            article = reading.read(data / "html" / name)
        except InputError as error:
            article = Article(path=name, text="")
            misses.append(f"{name}: not read: {error.reason}")
        body = fold(body_of(article))
        count(
            "title",
            fold(article.headline) == fold(entry["title"]),
            f"{name}: title {article.headline!r}, gold {entry['title']!r}",
        )
        day = (article.published or "")[:10]
        count(
            "date",
            day == entry["date"],
            f"{name}: date {article.published} from {article.published_from}, gold {entry['date']}",
        )
        if entry["author"]:
            right = fold(article.byline).casefold() == fold(entry["author"]).casefold()
            count("author", right, f"{name}: author {article.byline!r}, gold {entry['author']!r}")
        for words in entry["with"]:
            count("with in body", fold(words) in body, f"{name}: not in the body: {words!r}")
            count("with in text", fold(words) in fold(article.text))
        for words in entry["without"]:
            count("without in body", fold(words) in body, f"{name}: in the body: {words!r}")
    return counts, misses


def main() -> None:
    """Print the table and each miss."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="folder with gold.json and html/")
    arguments = parser.parse_args()
    start = time.process_time()
    counts, misses = score(arguments.data)
    seconds = time.process_time() - start
    for name, (right, total) in counts.items():
        print(f"{name:16} {right:3} of {total:3}  {100 * right / max(1, total):5.1f} %")
    print(f"{'CPU seconds':16} {seconds:.1f}")
    for miss in misses:
        print("  " + miss)


if __name__ == "__main__":
    main()
