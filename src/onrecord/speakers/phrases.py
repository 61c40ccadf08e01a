"""What the words of a source say about who speaks: its head, its modifiers, and the name inside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from . import lexicon as lex
from .cast import Cast
from .layout import Layout, Word
from .mentions import Mention
from .states import states

_ENDS: Final = " \t\n,;:.—–-\"“”'‘’()[]"
_BREAK: Final = re.compile(r"[,;()—–]|\s--?\s")
_CLAUSE: Final = lex.word_set("who which that whose whom where when said says is was are were has have had")
_HEAD_STOPS: Final = lex.PREPOSITIONS | _CLAUSE


@dataclass(frozen=True, slots=True)
class Phrase:
    """One stretch of a source between commas.

    Attributes:
        words: its words.
        core: the words before the first preposition or relative clause.
        tail: the words from there on.
        mention: the name that is the head of the core, if one is.
        start: where the phrase begins; a number may stand before its first word.
        end: where it ends; a number may stand after its last word.
    """

    words: tuple[Word, ...]
    core: tuple[Word, ...]
    tail: tuple[Word, ...]
    mention: Mention | None
    start: int
    end: int

    @property
    def head(self) -> str:
        """The head noun, lower case."""
        return self.core[-1].lower if self.core else self.words[-1].lower

    @property
    def said(self) -> int:
        """Where the phrase ends without a relative clause; one that hangs on a bare "many" belongs to it."""
        at = next((at for at, word in enumerate(self.words) if word.lower in lex.RELATIVES), 0)
        bare = at == 1 or self.head in lex.QUANTIFIERS | {"those", "people"}
        return self.end if not at or bare else self.words[at - 1].end

    @property
    def opener(self) -> str:
        """The first word, lower case."""
        return self.words[0].lower


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without punctuation at its ends, kept inside the text."""
    start, end = max(0, min(start, len(text))), max(0, min(end, len(text)))
    while start < end and text[start] in _ENDS:
        start += 1
    while end > start and text[end - 1] in _ENDS:
        end -= 1
    return start, end


def split(layout: Layout, cast: Cast, start: int, end: int) -> list[Phrase]:
    """Return the phrases of a source, in order, without what stands in brackets. A name is never cut."""
    phrases = []
    at, bracketed = start, False
    for match in _BREAK.finditer(layout.text, start, end):
        if not bracketed:
            phrases.append(_phrase(layout, cast, at, match.start()))
        sign = match.group()
        bracketed = sign == "(" or (bracketed and sign != ")")
        at = match.end()
    if not bracketed:
        phrases.append(_phrase(layout, cast, at, end))
    return [phrase for phrase in phrases if phrase]


def _phrase(layout: Layout, cast: Cast, start: int, end: int) -> Phrase | None:
    words = tuple(layout.words_in(start, end))
    if not words:
        return None
    mentions = [mention for mention in cast.between(start - 60, end) if mention.end > start]
    inside = {word.start: m for m in mentions for word in layout.words_in(m.start, m.end)}
    cut = len(words)
    for index, word in enumerate(words):
        if index and word.lower in _HEAD_STOPS and word.start not in inside:
            title = (
                word.lower == "of"
                and words[index - 1].lower in lex.OF_OFFICES
                and any(m.start > word.start for m in mentions)
                and words[index + 1 : index + 2]
                and (words[index + 1].lower in lex.OF_OFFICE_ENDS)
            )
            if not title:
                cut = index
                break
        if index and _reduced(words[index - 1], word) and word.start not in inside:
            cut = index
            break
    core = words[:cut]
    while len(core) > 1 and core[-1].text in lex.POSTNOMINALS:
        core = core[:-1]
    head = inside.get(core[-1].start) if core else None
    if head and core[-1].possessive and core[-1].end < end - 2:
        head = None
    begin, stop = trim(layout.text, start, end)
    return Phrase(words, core, words[cut:], head, begin, max(stop, words[-1].end))


def _reduced(before: Word, word: Word) -> bool:
    """Tell whether a participle opens a clause behind people or papers ("residents reached by telephone")."""
    people = before.lower in lex.GROUP_NOUNS | lex.TITLES | lex.DOCUMENTS or before.lower.endswith(
        ("people", "person")
    )
    return people and not word.name and word.lower.endswith(("ed", "ing", "given", "shown", "read", "sent"))


def state_of(words: tuple[Word, ...] | list[Word]) -> str | None:
    """Return the state that a name, demonym or capital among the words stands for."""
    table = states()
    lowers = [word.lower for word in words]
    for size in (3, 2, 1):
        for at in range(len(lowers) - size + 1):
            key = " ".join(lowers[at : at + size])
            if not words[at].text[0].isupper():
                continue
            found = table.demonyms.get(key) or table.of(key)
            if found:
                return found
    return None


def speaks_for_state(words: Sequence[Word]) -> bool:
    """Tell whether a body is a ministry, an embassy, the armed forces or a seat of government of a state."""
    lowers = [word.lower for word in words]
    while lowers and lowers[0] in lex.DETERMINERS:
        lowers = lowers[1:]
    if not lowers:
        return False
    if lowers[-1] in lex.STATE_BODIES or " ".join(lowers) in lex.GOVERNMENTS:
        return True
    if lowers[0] in ("ministry", "department", "embassy") and lowers[1:2] in (["of"], ["for"]):
        return True
    if lowers[-1] in lex.FORCES:
        return len(lowers) == 1 or (len(lowers) == 2 and state_of(list(words)) is not None)
    return " ".join(lowers[-2:]) in ("armed forces", *lex.GOVERNMENTS)
