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

#: Why a page is not read as its key says, by file and measure.
REASONS = {
    ("scmp.com.playbook.html", "without"): "the words also open a sentence of the article itself",
    (
        "salon.com.emissions.html",
        "with",
    ): "an editor's note that stands in a section of its own above the article",
    ("thelocal.se.tattooed.html", "with"): "it is the standfirst, a part of its own",
    ("axios.com.future.html", "with"): "a newsletter of several stories, of which the first is taken",
    ("axios.com.future.html", "author"): "the page as saved does not name the author",
    ("stardewvalleywiki.com.penny.html", "with"): "a table of a wiki, which is no news",
    ("stardewvalleywiki.com.penny.html", "date"): "the page as saved shows the day of its last change only",
    ("japantimes.co.jp.surgical.html", "author"): "the agency, which is a field of its own",
}


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


def score(data: Path) -> tuple[dict[str, list[int]], list[tuple[str, str, str]]]:
    """Return measure -> [right, of], and for each miss the file, the measure and what is wrong."""
    gold: list[dict[str, Any]] = json.loads((data / "gold.json").read_text(encoding="utf-8"))
    counts = {
        name: [0, 0]
        for name in ("title", "date", "author", "with in body", "with in text", "without in body")
    }
    misses: list[tuple[str, str, str]] = []

    def count(name: str, file: str, right: bool, miss: str) -> None:
        counts[name][0] += right
        counts[name][1] += 1
        if right == (name == "without in body") and name != "with in text":
            misses.append((file, name.split()[0], miss))

    for entry in gold:
        file = entry["file"]
        try:
            article = reading.read(data / "html" / file)
        except InputError as error:
            article = Article(path=file, text="")
            misses.append((file, "read", error.reason))
        body = fold(body_of(article))
        same = fold(article.headline) == fold(entry["title"])
        count("title", file, same, f"title {article.headline!r}, key {entry['title']!r}")
        same = (article.published or "")[:10] == entry["date"]
        count(
            "date", file, same, f"date {article.published} from {article.published_from}, key {entry['date']}"
        )
        if entry["author"]:
            same = fold(article.byline).casefold() == fold(entry["author"]).casefold()
            count("author", file, same, f"author {article.byline!r}, key {entry['author']!r}")
        for words in entry["with"]:
            count("with in body", file, fold(words) in body, f"not in the body: {words!r}")
            count("with in text", file, fold(words) in fold(article.text), "")
        for words in entry["without"]:
            count("without in body", file, fold(words) in body, f"in the body: {words!r}")
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
    for name, measure, miss in misses:
        print(f"  {name}: {miss} [{REASONS.get((name, measure), 'not explained')}]")


if __name__ == "__main__":
    main()
