"""The text as words, sentences, lines and quotations, each with its span: what every rule looks at."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final, NamedTuple

from ..article import Span
from .lexicon import (
    ABBREVIATIONS,
    ARTICLE_PREFIXES,
    BEFORE_MONTHS,
    CALENDAR,
    GIVEN_ENDINGS,
    MEDIA_HEADS,
    NAMES_OF_MONTHS,
    TITLES,
)

_WORD: Final = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]\w*(?:['’\-‑][^\W\d_]\w*)*")
_POSSESSIVE: Final = re.compile(r"['’][sS]$")
_CONTRACTION: Final = re.compile(r"(?<=\w)(?:n['’]t|['’](?:d|ve|re|ll|m))$")
_SENTENCE_END: Final = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z])|\n+")
_QUOTE: Final = re.compile(r"[\"“”«»„]|''|``")
#: In a line of at least this many words, with at least this share of capitals, capitals mark no names.
_TITLE_WORDS: Final = 5
_TITLE_SHARE: Final = 0.7
#: A line that ends with a full stop is a sentence unless nearly all its long words have capitals.
_SENTENCE_SHARE: Final = 0.95
#: A sentence is cut after so many characters: a page without full stops must not make every rule slow.
_LONGEST: Final = 3000


class Word(NamedTuple):
    """A word with its span; ``text`` is without a possessive ending, which ``possessive`` tells."""

    start: int
    end: int
    text: str
    lower: str
    possessive: bool
    name: bool


class Layout:
    """Words, sentences, lines and quotations of one text, found once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = [_word(m, text) for m in _WORD.finditer(text)]
        for at, word in enumerate(self.words[:-1]):
            if word.lower in CALENDAR and word.text[0].isupper() and self._begins_name(at):
                self.words[at] = word._replace(name=True)
        self.word_starts = [word.start for word in self.words]
        self.lowers = {word.text for word in self.words if word.text.islower()}
        self.places: dict[str, list[int]] = {}
        for at, word in enumerate(self.words):
            self.places.setdefault(word.lower, []).append(at)
        self.inner_names = self._find_inner_names()
        self.sentence_starts = _sentence_starts(text)
        self.line_starts = [0] + [m.end() for m in re.finditer(r"\n+", text)]
        self.quotes = _quotes(text)
        self._quote_starts = [start for start, _ in self.quotes]
        self.title_lines = self._find_title_lines()

    def sentence(self, offset: int) -> int:
        """Return the number of the sentence that holds the offset."""
        return max(0, bisect_right(self.sentence_starts, offset) - 1)

    def sentence_span(self, number: int) -> Span:
        """Return the span of a sentence."""
        starts = self.sentence_starts
        end = starts[number + 1] if number + 1 < len(starts) else len(self.text)
        return starts[number], end

    def line(self, offset: int) -> int:
        """Return the number of the line (the paragraph) that holds the offset; empty lines do not count."""
        return max(0, bisect_right(self.line_starts, offset) - 1)

    def quoted(self, offset: int) -> bool:
        """Tell whether the offset lies inside quotation marks."""
        at = bisect_right(self._quote_starts, offset) - 1
        return at >= 0 and offset < self.quotes[at][1]

    def words_in(self, start: int, end: int) -> list[Word]:
        """Return the words that begin inside the span."""
        return self.words[self.word_at(start) : self.word_at(end)]

    def word_at(self, offset: int) -> int:
        """Return the index of the first word that begins at or after the offset."""
        return bisect_right(self.word_starts, offset - 1)

    def gap(self, index: int) -> str:
        """Return what stands between word ``index`` and the next one."""
        return self.text[self.words[index].end : self.words[index + 1].start]

    def _begins_name(self, at: int) -> bool:
        """Tell whether a word of the calendar begins a name: "Sunday Times", "the Sun", "Jan Petr Dorr"."""
        word, following = self.words[at], self.words[at + 1]
        if following.lower in MEDIA_HEADS:
            return True
        if word.text == "Sun" and at and self.words[at - 1].lower == "the":
            return True
        before = self.words[at - 1].lower if at else ""
        return (
            word.lower in NAMES_OF_MONTHS
            and following.name
            and following.lower not in TITLES
            and self.gap(at) == " "
            and before not in BEFORE_MONTHS
            and not self.text[max(0, word.start - 3) : word.start].strip()[-1:].isdigit()
        )

    def _find_inner_names(self) -> frozenset[str]:
        """Return the words written with a capital where no sentence begins."""
        return frozenset(
            self.words[at].lower
            for at in range(1, len(self.words))
            if self.words[at].name and self.gap(at - 1).strip() in ("", ",") and "\n" not in self.gap(at - 1)
        )

    def _find_title_lines(self) -> frozenset[int]:
        titles = set()
        bounds = [*self.line_starts, len(self.text) + 1]
        for number, start in enumerate(self.line_starts):
            words = self.words_in(start, bounds[number + 1])
            long = [word for word in words if len(word.text) > 3]
            if len(words) < _TITLE_WORDS or not long:
                continue
            capitals = sum(word.text[0].isupper() for word in long)
            lower = sum(word.text[0].islower() for word in words)
            # The first line is a headline even where a full stop was put after it.
            first = number == 0 and len(bounds) > 2 and self.sentence(bounds[1] - 1) == 0
            ended = not first and self.text[start : bounds[number + 1]].rstrip().endswith((".", ".”", '."'))
            if (
                capitals >= (_SENTENCE_SHARE if ended else _TITLE_SHARE) * len(long)
                and lower <= 0.4 * len(words)
                and len(words) < 30
            ):
                titles.add(number)
        return frozenset(titles)


def _word(match: re.Match[str], text: str) -> Word:
    start, end = match.span()
    words = match.group()
    marked = "'" in words or "’" in words
    possessive = marked and bool(_POSSESSIVE.search(words))
    if possessive:
        words = words[:-2]
        end -= 2
    elif marked and (contraction := _CONTRACTION.search(words)):
        words = words[: contraction.start()]
        end = start + len(words)
    elif words[-1] in "sS" and text[end : end + 2] in ("’ ", "' "):
        possessive = True
    lower = words.lower()
    return Word(start, end, words, lower, possessive, _is_name(words, lower))


def _is_name(word: str, lower: str) -> bool:
    """Tell whether the word is written as a part of a name: capital, or "al-" and the like before one."""
    if word == lower or lower in CALENDAR:
        return False
    if lower.startswith(ARTICLE_PREFIXES):
        _, _, rest = lower.partition("-") if "-" in lower else ("", "", lower[2:])
        return bool(rest) and (word[0].isupper() or word[-len(rest)].isupper())
    if not word[0].isupper():
        return False
    last = word.rsplit("-", 1)[-1]
    # "US-led" and "Damascus-based" are adjectives; "Jean-Claude" and "Secretary-General" are not.
    return last[0].isupper() or lower in TITLES or word.isupper() or last in GIVEN_ENDINGS


def _sentence_starts(text: str) -> list[int]:
    starts = [0]
    for match in _SENTENCE_END.finditer(text):
        if text[match.start()] == ".":
            before = re.search(r"([^\W\d_][\w.]*)$", text[max(0, match.start() - 12) : match.start()])
            word = before.group().lower() if before else ""
            if word in ABBREVIATIONS or len(word) == 1 or "." in word:
                continue
        starts.extend(range(starts[-1] + _LONGEST, match.end(), _LONGEST))
        starts.append(match.end())
    starts.extend(range(starts[-1] + _LONGEST, len(text), _LONGEST))
    return starts


def _quotes(text: str) -> list[Span]:
    """Return the stretches inside quotation marks; a straight one left open ends with its line."""
    spans: list[Span] = []
    opened: int | None = None
    mark = ""
    for match in _QUOTE.finditer(text):
        sign = match.group()
        if opened is not None and text.find("\n", opened, match.start()) >= 0:
            line_end = text.find("\n", opened)
            spans.append((opened, line_end))
            opened = None
        if opened is None:
            if sign not in "”»" or sign == "»":
                opened, mark = match.start(), sign
        elif sign in ('"', "''", "”", "»", "«") and (mark == sign or mark not in ('"', "''")):
            spans.append((opened, match.end()))
            opened = None
    if opened is not None:
        line_end = text.find("\n", opened)
        spans.append((opened, line_end if line_end >= 0 else len(text)))
    return spans
