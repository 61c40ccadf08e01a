r"""Score nested statements on the passages that are kept for the figure and never trained on.

python -m training.kept src/onrecord/models

A nested statement is found when an answer shares half of its content's words (Jaccard), and right when half
of its source's words are shared as well.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from onrecord.article import Article, Statement
from onrecord.finding.finder import Finder
from onrecord.inference import Encoder
from training.corpus import MarkedText
from training.measure import Found, paired_sets, places_in
from training.own import read_passages


def nested_of(text: MarkedText, statements: list[Statement]) -> tuple[Found, Found]:
    """Return content and source, as places, of the nested statements marked and of those found."""
    marked = [
        (places_in(one.content, text.text), places_in(one.source, text.text))
        for one in text.statements
        if one.parent is not None
    ]
    found = [
        (places_in(one.content, text.text), places_in(one.source, text.text))
        for one in statements
        if one.parent is not None
    ]
    return marked, found


def main() -> None:
    """Print both figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("model", type=Path)
    finder = Finder(Encoder(options.parse_args().model))
    count = {"marked": 0, "answers": 0, "found": 0, "right": 0}
    for text in read_passages(kept_for_figure=True):
        marked, answers = nested_of(text, finder.find(Article(path=text.name, text=text.text)))
        count["marked"] += len(marked)
        count["answers"] += len(answers)
        count["right"] += len(paired_sets(marked, answers, 0.5))
        bare: Found = [(content, frozenset()) for content, _ in marked]
        count["found"] += len(paired_sets(bare, answers, 0.5))
    both = max(1, count["marked"] + count["answers"])
    print(
        f"{count}: found F1 {200 * count['found'] / both:.1f}, with source {200 * count['right'] / both:.1f}"
    )


if __name__ == "__main__":
    main()
