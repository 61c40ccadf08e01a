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

TITLES = set("the of a an mr mrs ms dr president minister prime foreign secretary senator sen rep king queen".split())


def words(name: str | None) -> list[str]:
    """Return the lower-case words of a name without titles and without what stands in brackets."""
    plain = re.sub(r"\(.*?\)", "", name or "")
    return [word for word in re.findall(r"\w+", plain.lower()) if word not in TITLES]


def same_name(answer: str | None, key: str | None) -> bool:
    """Same surname, or the key's words all in the answer, or Jaccard of the words at least one half."""
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
        cue = min((locate(text, row["cue"], at) for at in (start, end)),
                  key=lambda spans: min(abs(spans[0][1] - start), abs(spans[0][0] - end)) if spans else 0)
        source = min((locate(text, row["source"], at) for at in (start, cue[0][0] if cue else end, end)),
                     key=lambda spans: abs(spans[0][0] - (cue[0][0] if cue else start)) if spans else 0)
        made.append(Statement(id=row["id"], type=row["type"], content=tuple(content), source=source, cue=cue,
                              text=" ".join(row["content"]), parent=row["parent"], confidence=1.0))
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
        print(f"key {marker}: statements {tally['all']}  speaker {100 * tally['speaker'] / total:.1f}  "
              f"kind {100 * tally['kind'] / total:.1f}  named {100 * tally['named'] / total:.1f}  "
              f"office {100 * tally['office'] / max(1, tally['office_key']):.1f} (of {tally['office_key']})  via F1 {100 * f1:.1f}")


def count(tally: Counter[str], row: dict[str, Any], statement: Statement, text: str, show: bool, label: str) -> None:
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
        good = bool(set(re.findall(r"\w+", row["office"].lower())) & set(re.findall(r"\w+", (office or "").lower())))
        tally.update({"office_key": 1, "office": good})
    if show and not (right["speaker"] and right["kind"] and bool(statement.via) == bool(row["via"])):
        via = [text[start:end] for start, end in statement.via]
        print(f"{label}: {row['source']!r} -> {name!r} {kind} via {via} ({speaker.why if speaker else None}); "
              f"key {row['speaker']!r} {row['speaker_kind']} via {row['via']}")


def main() -> None:
    """Read the options and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder of marked articles")
    parser.add_argument("--only", nargs="+", default=[], help="the articles to score")
    parser.add_argument("--markers", default="ab")
    parser.add_argument("--show", action="store_true", help="print what is wrong")
    options = parser.parse_args()
    if options.data:
        begun = time.process_time()
        score(options.data, options.only, options.markers, options.show)
        print(f"{time.process_time() - begun:.2f} s CPU")


if __name__ == "__main__":
    main()
