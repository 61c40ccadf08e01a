"""Which sentences of one article stand in another one, word for word or edited."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from onrecord.stories.wording import Sentence

#: Runs of this many words are what two sentences are compared by: an edit of one word breaks three of them.
RUN: Final = 3

#: Between two runs that are shared so many other words are an edit.
EDIT: Final = 2

#: From this share of its words on a sentence counts as kept.
KEPT: Final = 0.5

#: A run that stands in more sentences than this tells none of them from the others.
_MOST_PLACES: Final = 12


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence of one article that stands in the other.

    Attributes:
        here: its number in this article.
        there: the number of the sentence of the other article that shares most with it.
        share: how much of its words stand in the other article, 0 to 1.
    """

    here: int
    there: int
    share: float


@dataclass(frozen=True)
class Runs:
    """The sentences of one article with the places of their runs of words."""

    sentences: Sequence[Sentence]

    @cached_property
    def places(self) -> dict[tuple[str, ...], list[int]]:
        """Run -> the numbers of the sentences in which it stands."""
        found: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, sentence in enumerate(self.sentences):
            for run in set(runs(sentence.words)):
                found[run].append(number)
        return found


def runs(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the runs of :data:`RUN` words; of a shorter sentence, all its words as one."""
    if len(words) < RUN:
        return [words]
    return list(zip(*(words[place:] for place in range(RUN)), strict=False))


def align(one: Runs, other: Runs) -> list[Match]:
    """Return the sentences of ``one`` that stand in ``other``, in the order of ``one``."""
    found = []
    for number, sentence in enumerate(one.sentences):
        shared: Counter[int] = Counter()
        own = runs(sentence.words)
        held = []
        for run in own:
            places = other.places.get(run)
            held.append(places is not None)
            if places is not None and len(places) <= _MOST_PLACES:
                shared.update(places)
        if not shared:
            continue
        share = covered(held, len(sentence.words)) / len(sentence.words)
        if share >= KEPT:
            # The earliest of those that share most: the answer depends on nothing but the two texts.
            there = min(shared, key=lambda place: (-shared[place], place))
            found.append(Match(number, there, share))
    return found


def covered(held: list[bool], size: int) -> int:
    """Return how many words lie in runs that are shared, small edits between them counted in.

    Args:
        held: of each run of :func:`runs`, in their order, whether the other text has it.
        size: how many words there are.
    """
    if size < RUN:
        return size if held[0] else 0
    count, end = 0, -1
    for start, there in enumerate(held):
        if not there:
            continue
        begin = start if end < 0 or start - end > EDIT else end
        count += start + RUN - max(begin, end, 0)
        end = start + RUN
    return count
