"""The same quotation printed in different words: which outlet of a story has which.

Quotations are told by their marks, so that this holds for what no statement was found in too. Of those that
share most of their words the fullest comes first. One that is only cut, at an end or where an ellipsis says
so, is no other wording, and neither is an editor's insertion in brackets.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from onrecord.article import Span
from onrecord.finding.quotation import find_quotations
from onrecord.stories.witnesses import Printing, Words, gather
from onrecord.stories.wording import MOST_WORDS, fold

#: A quotation of fewer words is a term, and two of them say nothing of one another.
LEAST_QUOTED: Final = 4

_INSERTED: Final = re.compile(r"\[[^\]\n]{0,80}\]")
_LEFT_OUT: Final = re.compile(r"\.\.\.|…|\[\.\.\.\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One wording of a quotation.

    Attributes:
        words: as first printed, without the marks.
        articles: numbers of the articles that print it so, in the order given.
    """

    words: str
    articles: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """What is looked at of one article: its number, its text, and the spans of its paragraphs."""

    article: int
    text: str
    paragraphs: Sequence[Span]


def wordings(texts: Sequence[Text]) -> list[tuple[Wording, ...]]:
    """Return the quotations that the articles of a story print in different words, the fullest wording first.

    Args:
        texts: the articles, the first published first.
    """
    quoted = [(one, words) for one in texts for words in _quoted(one)]
    places = {one.article: place for place, one in enumerate(texts)}
    printings = []
    for number, (one, words) in enumerate(quoted):
        folded = _compared(words)
        if len(folded) >= LEAST_QUOTED:
            order = (f"{places[one.article]:09}", "", number, 0)
            printings.append(Printing(number, one.article, order, folded))
    found = []
    for group in sorted(gather(printings), key=lambda group: group[0].order):
        forms: dict[Words, list[Printing]] = defaultdict(list)
        for printing in sorted(group, key=lambda printing: printing.order):
            forms[printing.words].append(printing)
        fullest = group[0].words
        others = [
            form
            for form in forms
            if form != fullest
            and differs(fullest, form, cut=bool(_LEFT_OUT.search(quoted[forms[form][0].pk][1])))
        ]
        if others:
            found.append(tuple(_wording(forms[form], quoted) for form in (fullest, *others)))
    return found


def _wording(printings: Sequence[Printing], quoted: Sequence[tuple[Text, str]]) -> Wording:
    articles = dict.fromkeys(one.article for one in printings)
    return Wording(words=quoted[printings[0].pk][1], articles=tuple(articles))


def differs(fullest: Words, other: Words, *, cut: bool = False) -> bool:
    """Tell whether two quotations have different words where they overlap.

    Args:
        fullest: the words of one.
        other: of the other.
        cut: whether the other says that it leaves words out.
    """
    steps = SequenceMatcher(None, fullest, other, autojunk=False).get_opcodes()
    for place, (step, *_) in enumerate(steps):
        at_an_end = place in (0, len(steps) - 1)
        if step == "replace" or (step == "insert" and not at_an_end):
            return True
        if step == "delete" and not at_an_end and not cut:
            return True
    return False


def _compared(words: str) -> Words:
    return fold(_INSERTED.sub(" ", words))


def _quoted(one: Text) -> Iterator[str]:
    """Yield the outer quotations of an article that are closed."""
    room = MOST_WORDS
    for paragraph in one.paragraphs:
        for quotation in find_quotations(one.text, paragraph):
            if quotation.depth or not quotation.closed or quotation.single:
                continue
            words = " ".join(one.text[slice(*quotation.inner)].split())
            room -= len(words.split())
            if room < 0:
                return
            yield words.rstrip(",")
