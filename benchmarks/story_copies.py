"""Copies of articles, cut and edited by script at known strength, to measure how many are found again.

Three hundred articles are drawn by fixed seed from those with at least twelve sentences, none of them half
in another one drawn. Each is changed as a desk changes an agency's text:

- a share of its sentences is kept, 1.0 to 0.3 in equal numbers: the first ones, or the lead and others at
  random;
- every tenth, twentieth or fiftieth word, or none, gives way to another word of its article, and one of the
  sentences kept in twelve is reworded further, every fourth word of it;
- half have two or three neighbouring paragraphs in another order; a paragraph is up to three sentences;
- the names of agencies are exchanged, the dateline is cut and a new one set, the headline is new;
- some get a paragraph of the desk's own at the end, made of words of other articles, and a credit line.

Nothing of the package is used. One JSON object a line: id, of (the article copied), kept (the share of the
sentences), text, title, date (one or two days later at most), outlet.

Run: python benchmarks/story_copies.py --data ../shared/data/wires > copies.jsonl
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

FILE = "t17-libya-egypt-iraq.jsonl"
SEED = 20110311
COPIES = 300
KEPT = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3)
LEAST_SENTENCES = 12
#: One word in so many is swapped; 0 swaps none.
SWAPS = (0, 50, 20, 10)
#: A sentence that more articles hold than this is part of a page's frame, and no text of the article.
FRAME = 3
OUTLETS = ("Tesmar Courier", "Orrin Evening Post", "The Kelder Standard", "Valmore Today", "Daily Pell")
TOWNS = ("TESMAR", "ORRIN", "KELDER", "VALMORE")
AGENCIES = {
    "Reuters": ("AP", "AFP", "the agency"),
    "CNN": ("Reuters", "AP", "the broadcaster"),
    "Associated Press": ("Reuters", "Agence France-Presse"),
    "AFP": ("Reuters", "AP"),
    "AP": ("Reuters", "AFP"),
}
CREDITS = ("(With agencies)", "Agencies contributed to this report.", "(Reuters, AP)", "")

Row = dict[str, Any]


def runs_of(text: str) -> set[tuple[str, ...]]:
    """Return the distinct runs of five lowercase word tokens of a text."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


def read_articles(data: Path) -> list[tuple[Row, list[str]]]:
    """Return each article of the corpus with its sentences, without those that stand in several articles."""
    with (data / FILE).open(encoding="utf-8") as lines:
        rows: list[Row] = [json.loads(line) for line in lines]
    sentences = [[line.strip() for line in row["text"].split("\n") if line.strip()] for row in rows]
    held = Counter(sentence for lines in sentences for sentence in set(lines))
    return [
        (row, [line for line in lines if held[line] <= FRAME])
        for row, lines in zip(rows, sentences, strict=True)
    ]


def pick(articles: list[tuple[Row, list[str]]], chance: random.Random) -> list[tuple[Row, list[str]]]:
    """Return the articles to copy: long enough, and none with half of its text in another one picked."""
    picked: list[tuple[Row, list[str]]] = []
    taken: list[set[tuple[str, ...]]] = []
    for row, lines in chance.sample(articles, len(articles)):
        runs = runs_of(" ".join(lines))
        if len(lines) < LEAST_SENTENCES or any(
            len(runs & other) >= min(len(runs), len(other)) / 2 for other in taken
        ):
            continue
        picked.append((row, lines))
        taken.append(runs)
        if len(picked) == COPIES:
            return picked
    raise SystemExit(f"only {len(picked)} articles of {FILE} are long enough and apart; {COPIES} are needed")


def swap(sentence: str, every: int, words: list[str], chance: random.Random) -> str:
    """Return a sentence in which one word in so many, at random places, is another one of the list."""
    tokens = sentence.split()
    count = round(len(tokens) / every + chance.random() - 0.5) if every else 0
    for place in chance.sample(range(len(tokens)), min(max(count, 0), len(tokens))):
        tokens[place] = chance.choice(words)
    return " ".join(tokens)


def exchange_agencies(text: str, chance: random.Random) -> str:
    """Return a text in which each agency goes by one other name, the same throughout."""
    names = {name: chance.choice(others) for name, others in AGENCIES.items()}
    pattern = r"\b(?:" + "|".join(map(re.escape, AGENCIES)) + r")\b"
    return re.sub(pattern, lambda found: names[found.group()], text)


def cut(lines: list[str], kept: float, chance: random.Random) -> list[str]:
    """Return so many of the sentences, in order: the first ones, or the lead and others at random."""
    count = max(1, round(kept * len(lines)))
    if chance.random() < 0.5:
        return lines[:count]
    return [lines[0], *(lines[i] for i in sorted(chance.sample(range(1, len(lines)), count - 1)))]


def reorder(paragraphs: list[str], chance: random.Random) -> list[str]:
    """Return the paragraphs with two or three neighbours below the lead in another order."""
    if len(paragraphs) < 4:
        return paragraphs
    start = chance.randrange(1, len(paragraphs) - 2)
    moved = paragraphs[start : start + 3]
    chance.shuffle(moved)
    return [*paragraphs[:start], *moved, *paragraphs[start + 3 :]]


def copy(number: int, row: Row, lines: list[str], others: list[str], chance: random.Random) -> Row:
    """Return one copy, changed at the strength that its number gives."""
    kept = KEPT[number % len(KEPT)]
    words = [word for line in lines for word in re.findall(r"[^\W\d_]{3,}", line)]
    every = chance.choice(SWAPS)
    body = [
        swap(line, 4 if chance.random() < 1 / 12 else every, words, chance)
        for line in cut(lines, kept, chance)
    ]
    body[0] = re.sub(r"^.{0,200}?\((?:Reuters|CNN|AP|AFP)\)\s*-*\s*", "", body[0])
    size = chance.randint(1, 3)
    paragraphs = [" ".join(body[i : i + size]) for i in range(0, len(body), size)]
    if chance.random() < 0.5:
        paragraphs = reorder(paragraphs, chance)
    day = date.fromisoformat(row["date"]) + timedelta(days=chance.choice((0, 0, 1, 2)))
    paragraphs[0] = f"{chance.choice(TOWNS)}, {day:%b} {day.day}: {paragraphs[0]}"
    text = exchange_agencies("\n\n".join(paragraphs), chance)
    if chance.random() < 0.3:
        text += "\n\n" + " ".join(chance.choices(others, k=30)).capitalize() + "."
    return {
        "id": f"copy-{number + 1:03}",
        "of": row["id"],
        "kept": kept,
        "text": "\n\n".join(filter(None, (text, chance.choice(CREDITS)))),
        "title": " ".join(chance.sample(words, min(7, len(words)))).capitalize(),
        "date": day.isoformat(),
        "outlet": chance.choice(OUTLETS),
    }


def main() -> int:
    """Print the copies, a JSON object a line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help=f"folder that holds {FILE}")
    options = parser.parse_args()
    chance = random.Random(SEED)
    articles = read_articles(options.data)
    others = [word for _, lines in articles[::25] for line in lines for word in line.lower().split()]
    for number, (row, lines) in enumerate(pick(articles, chance)):
        print(json.dumps(copy(number, row, lines, others, chance), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
