"""Titles, roles and offices directly before a name."""

from __future__ import annotations

import re
from typing import Final

from ..article import Span
from . import lexicon as lex
from .layout import Layout, Word
from .states import states

#: What stands between an office and its place.
_OF_PLACES: Final = frozenset({"of", "to", "in", "for", "from", "at"})


def modifiers(layout: Layout, first: int, name: int) -> tuple[int, Span | None, str | None, bool]:
    """Return where title and modifiers before the name begin, the title's span, and the gender."""
    words, text = layout.words, layout.text
    index = name - 1
    titled = index >= 0 and words[index].lower in lex.TITLES and _near(layout, index)
    if index > 0 and not titled and not words[index].name and _near(layout, index):
        # Whatever one is chief of ("chief engineer"), it is an office.
        titled = words[index - 1].lower == "chief" and layout.gap(index - 1) == " "
    if name > first and not titled:
        titled = any(word.lower in lex.TITLES for word in words[first:name])
    if not titled or words[index].possessive:
        return words[first].start, None, None, False
    head = index
    while head >= first and words[head].lower not in lex.TITLES:
        head -= 1
    begin = head
    while begin > 0 and head - begin < 9:
        gap = layout.gap(begin - 1)
        if gap not in ("-", "\u00a0") and not joins(words[begin - 1], gap):
            break
        before = words[begin - 1]
        linked = _linked(words, begin)
        if linked:
            begin -= linked
            continue
        if not (
            before.lower in lex.OFFICE_MODIFIERS
            or before.lower in lex.TITLES
            or (before.lower in lex.BODY_NOUNS | lex.PORTFOLIOS and before.text.islower())
            or before.name
            or before.lower in states().demonyms
        ) or opener(before):
            break
        if before.name and begin < head and layout.words[begin].name and before.lower in lex.given_names():
            # "Joe Roe leading President Ivo Marl": the words before are another's name, and no office.
            begin = head
            break
        begin -= 1
    start = words[_owner(layout, begin)].start
    label = [word.lower for word in words[begin : index + 1]]
    gender = "m" if lex.MEN.intersection(label) else "f" if lex.WOMEN.intersection(label) else None
    end = words[index].end + (text[words[index].end : words[index].end + 1] == ".")
    title = (start, end) if not lex.HONORIFICS.issuperset(lex.TITLES.intersection(label)) else None
    if lex.OFFICES.intersection(label):
        title = (start, end)
    return words[begin].start, title, gender, True


def _near(layout: Layout, index: int) -> bool:
    gap = layout.gap(index)
    # A full stop after a whole word ends a sentence: the name after it bears no title.
    return gap in (" ", "\u00a0") or (gap == ". " and layout.words[index].lower in lex.ABBREVIATIONS)


def gender_of(label: str) -> str | None:
    """Return the gender that a title or role tells: ``m``, ``f`` or ``None``."""
    words = set(re.findall(r"\w+", label.lower()))
    return "m" if words & lex.MEN else "f" if words & lex.WOMEN else None


def joins(word: Word, gap: str) -> bool:
    """Tell whether what stands behind a word joins it to the next one of a name."""
    if gap in (" ", "\u00a0", " & ", "\u2011"):
        return True
    return gap == ". " and (len(word.text) == 1 or word.lower in lex.ABBREVIATIONS)


def opener(word: Word) -> bool:
    """Tell whether the word is a small word with a sentence's capital; "US" is none."""
    return word.lower in lex.OPENERS and not (word.text.isupper() and len(word.text) > 1)


def role_before(layout: Layout, first: int, last: int) -> Span | None:
    """Return the span of a word for a person that opens a sentence before a name ("Shopkeeper Jane Roe").

    Inside a sentence it has no capital, so that nothing else tells it from a first name.
    """
    word = layout.words[first]
    names = lex.given_names()
    if last - first < 2 or word.start not in layout.sentence_starts or word.lower in names:
        return None
    if not word.lower.endswith(lex.PERSON_ENDINGS) or word.lower in layout.inner_names:
        return None
    return (
        (word.start, word.end)
        if layout.words[first + 1].lower in names and layout.gap(first) == " "
        else None
    )


def _linked(words: list[Word], begin: int) -> int:
    """Return how many words before the index join an office to its first part ("Minister of")."""
    if begin < 2:
        return 0
    link, head, first = words[begin - 1].lower, words[begin - 2].lower, words[begin]
    # "A representative for Mr Marl" is somebody else.
    held = first.name and first.lower not in lex.HONORIFICS | {"president", "senator", "mayor"}
    if link in ("of", "for") and head in lex.OF_OFFICES | lex.FOR_OFFICES and held:
        return 2
    joined = words[begin].lower in lex.OFFICES | lex.OFFICE_MODIFIERS
    return (
        2
        if link == "and" and joined and words[begin].name and head in lex.OFFICES and words[begin - 2].name
        else 0
    )


def _owner(layout: Layout, begin: int) -> int:
    """Return the index of the first word of whose office it is ("Tarn's minister"), else the same."""
    words, at = layout.words, begin - 1
    owned = at >= 0 and words[at].possessive and words[at].name
    if not owned or layout.gap(at) not in ("'s ", "’s ", "’ ", "' "):
        return begin
    while at and words[at - 1].name and layout.gap(at - 1) == " " and not opener(words[at - 1]):
        at -= 1
    return at


def held_of(words: list[Word], first: int, last: int) -> int:
    """Return where the name begins in a run that opens with the place of an office before it; 0 for none.

    "President of Belmora Ivo Marl", "the envoy to New Belmora Ivo Marl", "minister for the South Ivo Marl".
    """
    link = first - 1 - (first > 1 and words[first - 1].lower == "the")
    if not office_before(words, first):
        return 0
    table, names = states(), lex.given_names()
    heads = lex.ORGANISATION_HEADS | lex.MEDIA_HEADS
    of_lands = words[link - 1].lower in lex.OF_LANDS
    for name in range(min(first + 3, last - 1), first, -1):
        if any(word.lower in lex.TITLES for word in words[first:name]):
            # "a spokesman for President Ivo Marl": another than him.
            continue
        if any(word.lower in heads for word in words[name : last + 1]):
            continue
        place = " ".join(word.lower for word in words[first:name])
        known = of_lands and (table.of(place) is not None or place in lex.PLACES)
        if known or (words[name].lower in names and words[first].lower not in names):
            return name
    return 0


def holder_in_body(layout: Layout, first: int, last: int) -> int:
    """Return where a rank and a person's name follow a body's in one run; 0 when none does.

    "The spokesman of the Ministry of Ports Brigadier Ivo Marl".
    """
    words = layout.words
    for at in range(first + 2, last):
        ranked = words[at].lower in lex.MILITARY | lex.HONORIFICS and words[at].text[0].isupper()
        body = any(word.lower in lex.ORGANISATION_HEADS for word in words[first:at])
        rest = any(word.lower in lex.ORGANISATION_HEADS for word in words[at : last + 1])
        if ranked and body and not rest and words[at].text.lower() not in ("saint", "st", "major", "general"):
            return at
    return 0


def office_before(words: list[Word], first: int) -> bool:
    """Tell whether an office of or for what the run names stands before it ("the spokesman of the")."""
    link = first - 1 - (first > 1 and words[first - 1].lower == "the")
    return link > 0 and words[link].lower in _OF_PLACES and words[link - 1].lower in lex.OFFICES
