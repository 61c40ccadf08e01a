"""Measure the speaker rules on marked articles, the statements given.

::

    python benchmarks/speakers.py --data ../shared/data/syria --only syria08 syria11
    python benchmarks/speakers.py --gum ../shared/data/gum
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

from onrecord.article import Article, Span, Spans, Statement
from onrecord.speakers import resolve

TITLES = {
    "the",
    "of",
    "a",
    "an",
    "mr",
    "mrs",
    "ms",
    "dr",
    "president",
    "minister",
    "prime",
    "foreign",
    "secretary",
    "senator",
    "sen",
    "rep",
    "king",
    "queen",
}


def words(name: str | None) -> list[str]:
    """Return the lower-case words of a name without titles and without what stands in brackets."""
    plain = re.sub(r"\(.*?\)", "", name or "")
    return [word for word in re.findall(r"\w+", plain.lower()) if word not in TITLES]


def same_name(answer: str | None, key: str | None) -> bool:
    """Tell whether surname, all the key's words or half of all words (Jaccard) are the same."""
    one, two = words(answer), words(key)
    if not one or not two:
        return False
    both, either = set(one) & set(two), set(one) | set(two)
    return one[-1] == two[-1] or set(two) <= set(one) or len(both) / len(either) >= 0.5


def locate(text: str, needle: str | None, around: int) -> Spans:
    """Return the span of the words nearest to the offset."""
    if not needle:
        return ()
    starts = [m.start() for m in re.finditer(r"(?<!\w)" + re.escape(needle) + r"(?!\w)", text)]
    if not starts:
        return ()
    start = min(starts, key=lambda at: abs(at - around))
    return ((start, start + len(needle)),)


def from_key(text: str, key: list[dict[str, Any]]) -> list[Statement]:
    """Build statements from a key that gives strings and line numbers."""
    lines = text.split("\n")
    made = []
    for row in key:
        offset = sum(len(line) + 1 for line in lines[: row["line"] - 1])
        content: list[Span] = []
        for part in row["content"]:
            at = text.find(part, max(0, offset - 2))
            at = at if at >= 0 else text.find(part)
            content.append((at, at + len(part)))
            offset = at + len(part)
        start, end = content[0][0], content[-1][1]
        cue = min(
            (locate(text, row["cue"], at) for at in (start, end)),
            key=lambda spans: min(abs(spans[0][1] - start), abs(spans[0][0] - end)) if spans else 0,
        )
        source = min(
            (locate(text, row["source"], at) for at in (start, cue[0][0] if cue else end, end)),
            key=lambda spans: abs(spans[0][0] - (cue[0][0] if cue else start)) if spans else 0,
        )
        made.append(
            Statement(
                id=row["id"],
                type=row["type"],
                content=tuple(content),
                source=source,
                cue=cue,
                text=" ".join(row["content"]),
                parent=row["parent"],
                confidence=1.0,
            )
        )
    return made


def score(folder: Path, only: list[str], markers: str, show: bool) -> None:
    """Print speaker, kind, office and via for each marker's key."""
    for marker in markers:
        tally: Counter[str] = Counter()
        for path in sorted(folder.glob(f"*.{marker}.json")):
            name = path.name.split(".")[0]
            if name not in only:
                continue
            text = (folder / f"{name}.txt").read_text("utf-8")
            key = json.loads(path.read_text("utf-8"))["statements"]
            found = resolve(Article(path=name, text=text), from_key(text, key))
            for row, statement in zip(key, found, strict=True):
                count(tally, row, statement, text, show, f"{name}.{marker} {row['id']}")
        precision = tally["via_both"] / max(1, tally["via_found"])
        recall = tally["via_both"] / max(1, tally["via_key"])
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        total = max(1, tally["all"])
        print(
            f"key {marker}: statements {tally['all']}  speaker {100 * tally['speaker'] / total:.1f}  "
            f"kind {100 * tally['kind'] / total:.1f}  named {100 * tally['named'] / total:.1f}  "
            f"office {100 * tally['office'] / max(1, tally['office_key']):.1f} (of {tally['office_key']})  "
            f"via F1 {100 * f1:.1f}"
        )


def count(
    tally: Counter[str], row: dict[str, Any], statement: Statement, text: str, show: bool, label: str
) -> None:
    """Add one statement to the tally."""
    speaker = statement.speaker
    name, kind = (speaker.name, speaker.kind) if speaker else (None, None)
    office = speaker.office if speaker else None
    right = {
        "speaker": same_name(name, row["speaker"]),
        "kind": kind == row["speaker_kind"],
        "named": bool(speaker and speaker.named) == row["speaker_named"],
        "via_both": bool(statement.via and row["via"]),
    }
    tally.update(key for key, value in right.items() if value)
    tally.update({"all": 1, "via_found": bool(statement.via), "via_key": bool(row["via"])})
    if row["office"]:
        good = bool(
            set(re.findall(r"\w+", row["office"].lower())) & set(re.findall(r"\w+", (office or "").lower()))
        )
        tally.update({"office_key": 1, "office": good})
    if show and not (right["speaker"] and right["kind"] and bool(statement.via) == bool(row["via"])):
        via = [text[start:end] for start, end in statement.via]
        print(
            f"{label}: {row['source']!r} -> {name!r} {kind} via {via} ({speaker.why if speaker else None}); "
            f"key {row['speaker']!r} {row['speaker_kind']} via {row['via']}"
        )


def gum(folder: Path, show: bool) -> None:
    """Print how often a pronoun beside a verb of saying resolves to a name of its own coreference chain.

    The corpus marks no statements: each "X said" and "said X", where X is one mention, gives one.
    """
    tally: Counter[str] = Counter()
    for path in sorted((folder / "coref/gum/conll").glob("GUM_*.conll")):
        if path.name.split("_")[1] not in ("news", "interview"):
            continue
        text, tokens, chains = read_gum(path, folder)
        made, keys = sayings(text, tokens, chains)
        for statement, names in zip(resolve(Article(path=path.name, text=text), made), keys, strict=True):
            word = text[slice(*statement.source[0])].lower()
            group = "he" if word in ("he", "she") else "they" if word == "they" else "names"
            if not names:
                continue
            answer = statement.speaker.name if statement.speaker else None
            right = any(same_name(answer, name) for name in names)
            tally.update({f"{group}_all": 1, group: right})
            if show and not right:
                start = statement.source[0][0]
                print(
                    f"{path.stem}: {text[max(0, start - 200) : start + 60]!r} -> {answer!r}; key {names[:3]}"
                )
    for group in ("he", "they", "names"):
        total = max(1, tally[f"{group}_all"])
        print(f"GUM {group}: {100 * tally[group] / total:.1f} of {tally[f'{group}_all']}")


def read_gum(path: Path, folder: Path) -> tuple[str, list[Span], list[tuple[int, int, str]]]:
    """Return text, token spans and mentions (first token, last token, chain) of one document."""
    breaks = set()
    count = 0
    for line in (folder / f"coref/gum/tsv/{path.stem}.tsv").read_text("utf-8").splitlines():
        if line.startswith("#Text="):
            breaks.add(count)
        elif re.match(r"\d+-\d+\t", line):
            count += 1
    text, tokens, mentions = "", [], []
    opened: dict[str, list[int]] = {}
    for line in path.read_text("utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) < 3 or line.startswith("#"):
            continue
        word = cells[1]
        at = len(tokens)
        glue = (
            not text
            or word in {",", ".", ";", ":", "?", "!", ")", "'s", "’s", "n't", "%"}
            or text[-1] in "(["
        )
        text += "\n" if at in breaks and at else "" if glue else " "
        tokens.append((len(text), len(text) + len(word)))
        text += word
        for begin, chain, end in re.findall(r"(\(?)([^()_\s][^()\s]*)(\)?)", cells[2]):
            number = "-".join(chain.split("-")[:2])
            if begin:
                opened.setdefault(number, []).append(at)
            if end and opened.get(number):
                mentions.append((opened[number].pop(), at, number))
    return text, tokens, mentions


def sayings(
    text: str, tokens: list[Span], mentions: list[tuple[int, int, str]]
) -> tuple[list[Statement], list[list[str]]]:
    """Return a statement for each mention beside a verb of saying, and the proper names of its chain."""
    says = {
        "said",
        "says",
        "added",
        "explained",
        "stated",
        "told",
        "noted",
        "wrote",
        "argued",
        "claimed",
        "announced",
    }
    names: dict[str, list[str]] = {}
    for first, last, chain in mentions:
        said = text[tokens[first][0] : tokens[last][1]]
        if re.match(r"(?:[A-Z][\w.’'-]*\s?)+$", said) and said.lower() not in (
            "he",
            "she",
            "they",
            "i",
            "we",
            "it",
        ):
            names.setdefault(chain, []).append(said)
    rows = []
    for first, last, chain in mentions:
        after = text[slice(*tokens[last + 1])] if last + 1 < len(tokens) else ""
        before = text[slice(*tokens[first - 1])] if first else ""
        mark = text[slice(*tokens[first - 2])] if first > 1 else ""
        follows = before in says and mark in {",", '"', "”", "'"}
        cue = last + 1 if after in says else first - 1 if follows else None
        if cue is None:
            continue
        source = (tokens[first][0], tokens[last][1])
        line = (text.rfind("\n", 0, source[0]) + 1, (text + "\n").find("\n", source[1]))
        low, high = min(source[0], tokens[cue][0]), max(source[1], tokens[cue][1])
        content = tuple(span for span in ((line[0], low), (high, line[1])) if span[1] - span[0] > 3)
        rows.append((content or ((low, high),), source, tokens[cue], names.get(chain, [])))
    rows.sort()
    made = [
        Statement(
            id=str(number),
            type="mixed",
            content=row[0],
            source=(row[1],),
            cue=(row[2],),
            text="",
            confidence=1.0,
        )
        for number, row in enumerate(rows)
    ]
    return made, [row[3] for row in rows]


def main() -> None:
    """Read the options and print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="folder of marked articles")
    parser.add_argument("--gum", type=Path, help="folder of the GUM corpus")
    parser.add_argument("--only", nargs="+", default=[], help="the articles to score")
    parser.add_argument("--markers", default="ab")
    parser.add_argument("--show", action="store_true", help="print what is wrong")
    options = parser.parse_args()
    if options.data:
        begun = time.process_time()
        score(options.data, options.only, options.markers, options.show)
        print(f"{time.process_time() - begun:.2f} s CPU")
    if options.gum:
        gum(options.gum, options.show)


if __name__ == "__main__":
    main()
