"""On which day a thing was said, and on which its words were let out: the invented articles of ``said.json``.

    python benchmarks/said.py [--show] [--found]

Each article has the day of publication, its text, and its statements in order: content, cue and source as
words of the text, the speaker's name, and the days of ``said`` and ``released``, both ends included (one day,
or FIRST/LAST; ``null`` where the text does not tell). The answers were written before the code was run on
them, in four lots: the ids of the first begin with ``d``; those of ``e``, ``f`` and ``g`` (``later:``,
``last:``, ``final:``) were each written after the rules had been mended on the lot before. A day that follows
for a reader without being printed (the same speaker going on) is in the key too.

Right is both days the same, ``null`` included. By default the statements are given as marked, so that only
the days are measured; with ``--found`` they are the ones that the whole path finds, and one that is not found
is wrong where the key has a day.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from onrecord import pipeline
from onrecord.article import Article, Interval, Span, Speaker, Statement
from onrecord.dates.said import with_days

KEY = Path(__file__).with_name("said.json")


def place(text: str, marked: dict[str, Any], after: int) -> tuple[Span, Span, Span]:
    """Return content, cue and source: the content from ``after`` on, the others nearest in its sentence."""
    start = text.index(marked["content"], after)
    content = start, start + len(marked["content"])

    def apart(one: Span, other: Span) -> int:
        between = text[one[1] : other[0]] or text[other[1] : one[0]]
        return len(between) + (1000 if re.search(r"[.!?][”\"]? [A-Z]|;", between) else 0)

    def places(words: str) -> list[Span]:
        found = [(one.start(), one.end()) for one in re.finditer(re.escape(words), text)]
        return [one for one in found if one[1] <= content[0] or one[0] >= content[1]]

    cue, source = min(
        itertools.product(places(marked["cue"]), places(marked["source"])),
        key=lambda pair: apart(pair[0], content) + apart(pair[1], content) + apart(*pair),
    )
    return content, cue, source


def marked_statements(article: Article, marked: Sequence[dict[str, Any]]) -> list[Statement]:
    """Return the statements of the key, without days."""
    done, after = [], 0
    for number, one in enumerate(marked):
        content, cue, source = place(article.text, one, after)
        after = content[0]
        done.append(
            Statement(
                id=str(number),
                type="indirect",
                content=(content,),
                text=one["content"],
                cue=(cue,),
                source=(source,),
                speaker=Speaker(name=one["speaker"]) if one["speaker"] else None,
                confidence=1.0,
            )
        )
    return done


def days(found: Interval | None) -> str | None:
    """Return an interval as the key writes it."""
    if found is None:
        return None
    return found.first if found.first == found.last else f"{found.first}/{found.last}"


def answers(case: dict[str, Any], found: bool) -> list[Statement | None]:
    """Return for each statement of the key the one that answers for it."""
    article = Article(path=case["id"], text=case["text"], published=case["published"], language="en")
    given = marked_statements(article, case["statements"])
    if not found:
        return list(with_days(article, given))
    extracted = pipeline.extract(article)

    def best(one: Statement) -> Statement | None:
        start, end = one.content[0]
        common = [
            (sum(max(0, min(end, high) - max(start, low)) for low, high in other.content), other)
            for other in extracted
        ]
        size, answer = max(common, key=lambda pair: pair[0], default=(0, None))
        return answer if 2 * size >= end - start else None

    return [best(one) for one in given]


def score(found: bool = False, show: bool = False) -> dict[str, tuple[int, int]]:
    """Return how many of the days are right, of how many: all, those the key gives, those it leaves open."""
    counts: dict[str, list[int]] = {}
    for case in json.loads(KEY.read_text(encoding="utf-8")):
        for key, answer in zip(case["statements"], answers(case, found), strict=True):
            for field in ("said", "released"):
                got = days(getattr(answer, field)) if answer else None
                right = got == key[field]
                part = {"d": "", "e": "later: ", "f": "last: ", "g": "final: "}[case["id"][0]]
                for name in (part + field, f"{part}{field}: {'told' if key[field] else 'not told'}"):
                    count = counts.setdefault(name, [0, 0])
                    count[0] += right
                    count[1] += 1
                if show and not right:
                    print(f"{case['id']} {field}: {key['content'][:50]!r} is {key[field]}, found {got}")
    return {name: (right, all_) for name, (right, all_) in sorted(counts.items())}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--show", action="store_true", help="print what is wrong, too")
    parser.add_argument("--found", action="store_true", help="with the statements that the whole path finds")
    given = parser.parse_args()
    for name, (right, count) in score(given.found, given.show).items():
        print(f"{name:<26} {right:>3} of {count:>3}  {100 * right / count:.1f}")


if __name__ == "__main__":
    main()
