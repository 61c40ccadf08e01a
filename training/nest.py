r"""Mark nested statements in PolNeAR with a finder trained on its outer ones.

python -m training.nest src/onrecord/models --polnear ../shared/data/polnear/train --to nested.json

The corpus marks no statement inside another. But the content of one is itself a text in which people say
that others said, so a finder that reads each content on its own finds them. Its answers, where it is sure,
train the second level of the next finder, which reads them in their place and at no extra cost.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
from pathlib import Path
from typing import Any

from onrecord.article import Article, Span, Spans
from onrecord.finding.finder import Finder
from onrecord.inference import Encoder
from training.corpus import Marked, MarkedText, read_polnear

#: Contents shorter than this hold no source, cue and content of their own.
_FEWEST_LETTERS = 15


def nested_in(finder: Finder, text: MarkedText, least: float) -> list[dict[str, Any]]:
    """Return what the finder sees in the contents of a text: parent, content, source, cue."""
    found = []
    for number, statement in enumerate(text.statements):
        for start, end in statement.content:
            if end - start < _FEWEST_LETTERS:
                continue
            for inner in finder.find(Article(path=text.name, text=text.text[start:end])):
                sure = inner.confidence >= least and inner.parent is None and inner.cue and inner.source
                if sure and inner.content != ((0, end - start),):
                    roles = {
                        role: [[a + start, b + start] for a, b in getattr(inner, role)]
                        for role in ("content", "source", "cue")
                    }
                    found.append({"parent": number, **roles})
    return found


def with_nested(text: MarkedText, found: list[dict[str, Any]]) -> MarkedText:
    """Return the text with the nested statements of :func:`nested_in` among its own."""

    def spans(pairs: list[Span]) -> Spans:
        return tuple((a, b) for a, b in pairs)

    added = tuple(
        Marked(spans(item["content"]), spans(item["source"]), spans(item["cue"]), item["parent"])
        for item in found
    )
    return dataclasses.replace(text, statements=text.statements + added, nested_marked=True)


def main() -> None:
    """Write the nested statements of each training article."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("model", type=Path)
    options.add_argument("--polnear", type=Path, required=True)
    options.add_argument("--to", type=Path, required=True)
    options.add_argument("--least", type=float, default=0.6, help="confidence from which an answer counts")
    given = options.parse_args()
    finder = Finder(Encoder(given.model, threads=2))
    found = {text.name: nested_in(finder, text, given.least) for text in read_polnear(given.polnear)}
    given.to.write_text(json.dumps(found))
    print(f"{sum(map(len, found.values()))} nested statements in {len(found)} articles")


if __name__ == "__main__":
    main()
