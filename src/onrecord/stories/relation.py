"""Whether two articles print one wire text: containment of sentences, and what it is that they share.

Most of the shorter article must stand in the longer one, sentence for sentence (containment, for the longer
one may hold much else; Broder 1997). That is not enough: two reports of one war share the paragraphs on how
it began. So the news must be among what is shared: the opening of the shorter one, or, when both appeared
within a day, whatever stands in it, for then its opening was written anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from onrecord.stories.alignment import Match, Runs, align
from onrecord.stories.wording import Sentence

#: So much of the shorter article must stand in the longer one: half of it, less the words that were edited.
MOST: Final = 0.45

#: Or, when its opening is shared and its sentences are reworded, half of them and this share of its words: so
#: many sentences at least that the lines of a site do not make them up.
MOST_SENTENCES: Final = 0.5
REWORDED: Final = 12
LEAST_WORDS: Final = 0.3

#: With an opening of its own and no day to go by, so much.
NEARLY_ALL: Final = 0.7

#: The sentences that tell an article's news, and how many of them must be shared: one may be of the site.
OPENING: Final = 4
OF_OPENING: Final = 2

#: What is left of a page without an article has fewer words: it prints nothing.
LEAST: Final = 12

#: Of a text of so few words, a caption or a line of a ticker, nearly all must be shared.
SHORT: Final = 40

#: Days within which a text may come again under a new opening.
RENEWED: Final = 1


@dataclass(frozen=True, slots=True)
class Print:
    """What is compared of one article: its sentences, and the day it was published (ISO 8601)."""

    runs: Runs
    day: str | None

    @property
    def sentences(self) -> Sequence[Sentence]:
        """The sentences that are compared."""
        return self.runs.sentences


@dataclass(frozen=True, slots=True)
class Relation:
    """What two articles share.

    Attributes:
        kept: how much of the one, by words, stands in the other, 0 to 1.
        kept_of_other: how much of the other stands in the one.
        matches: the sentences of the one that stand in the other.
        matches_of_other: the sentences of the other that stand in the one.
        same: whether they print one text.
    """

    kept: float
    kept_of_other: float
    matches: Sequence[Match]
    matches_of_other: Sequence[Match]
    same: bool


def relate(one: Print, other: Print) -> Relation:
    """Compare two articles. The answer for (B, A) is that for (A, B), sides exchanged."""
    matches, back = align(one.runs, other.runs), align(other.runs, one.runs)
    kept, kept_of_other = kept_share(one, matches), kept_share(other, back)
    if is_longer(one, other):
        same = _is_same(other, kept_of_other, back, one)
    else:
        same = _is_same(one, kept, matches, other)
    return Relation(kept, kept_of_other, matches, back, same)


def _is_same(short: Print, kept: float, matches: Sequence[Match], long: Print) -> bool:
    size = _size(short)
    if size < LEAST:
        return False
    most = kept >= (NEARLY_ALL if size < SHORT else MOST)
    if sum(match.here < OPENING for match in matches) >= min(OF_OPENING, len(short.sentences)):
        return most or _is_reworded(short, kept, matches)
    if not most:
        return False
    apart = _days_apart(short.day, long.day)
    return kept >= NEARLY_ALL if apart is None else apart <= RENEWED


def _is_reworded(short: Print, kept: float, matches: Sequence[Match]) -> bool:
    """Tell whether most of the shorter article is shared sentence for sentence, if not word for word."""
    return kept >= LEAST_WORDS and len(matches) >= max(REWORDED, MOST_SENTENCES * len(short.sentences))


def kept_share(one: Print, matches: Sequence[Match]) -> float:
    """Return the share of an article's words that lie in sentences which the other one has."""
    total = _size(one)
    kept = sum(len(one.sentences[match.here].words) * match.share for match in matches)
    return kept / total if total else 0.0


def is_longer(one: Print, other: Print) -> bool:
    """Tell which of two articles is the longer one; of two with as many words, their words tell."""
    mine, yours = _size(one), _size(other)
    if mine != yours:
        return mine > yours
    return [sentence.words for sentence in one.sentences] > [sentence.words for sentence in other.sentences]


def _size(one: Print) -> int:
    return sum(len(sentence.words) for sentence in one.sentences)


def _days_apart(one: str | None, other: str | None) -> int | None:
    if one is None or other is None:
        return None
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
