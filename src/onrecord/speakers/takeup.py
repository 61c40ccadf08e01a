"""Definite phrases that take up what was said more fully: "the commission", "the two governments"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from ..article import Span
from . import lexicon as lex
from .phrases import Phrase
from .scene import Scene, Verdict

_LINKS: Final = lex.word_set("of for on")
_JOINTS: Final = lex.word_set("and or but said says was were is are has have had who that which")
_ASKING: Final = lex.word_set("what how why where when which whom whether")
_PARTNERS: Final = lex.word_set(
    "governments countries states sides capitals nations neighbours neighbors armies"
)
_BROADCAST: Final = lex.word_set("broadcaster channel station")
_PAIR_BACK: Final = 3
_MOST: Final = 60


def fullest(scene: Scene, phrase: Phrase) -> Span | None:
    """Return the span of the fuller phrase that a definite one takes up, the earliest with the same head.

    It must hold all words of the definite one and say more: before its head, or after it with "of", "for"
    or "on".
    """
    wanted = {word.lower for word in phrase.core if word.lower not in lex.DETERMINERS}
    words = scene.layout.words
    last = scene.layout.word_at(phrase.start)
    for at in scene.layout.places.get(phrase.head, ())[:_MOST]:
        if at >= last:
            break
        span = _whole(scene, at)
        inside = {word.lower for word in scene.layout.words_in(*span)} if span else set()
        if span and wanted < inside and scene.layout.line(words[at].start) not in scene.layout.title_lines:
            return span
    return None


def _whole(scene: Scene, at: int) -> Span | None:
    """Return the noun phrase around a head noun, without determiner; ``None`` without a clear left end."""
    layout, words = scene.layout, scene.layout.words
    first = at
    while first and at - first < 3 and layout.gap(first - 1) == " ":
        before = words[first - 1]
        if before.lower in lex.DETERMINERS | lex.PREPOSITIONS | lex.PRONOUNS | _JOINTS | lex.OPENERS:
            break
        if not before.name and before.lower.endswith(("ed", "ly")):
            break
        first -= 1
    if first and words[first - 1].lower in lex.NUMBERS and layout.gap(first - 1) == " ":
        first -= 1
    opened = first and words[first - 1].lower in lex.DETERMINERS | lex.NUMBERS
    counted = words[first].lower in lex.NUMBERS
    if not (opened or counted or words[first].start in layout.sentence_starts):
        return None
    return words[first].start, words[_right_end(scene, at)].end


def _right_end(scene: Scene, at: int) -> int:
    """Return the index of the last word of a phrase that goes on with "of the ..." after its head."""
    layout, words = scene.layout, scene.layout.words
    if at + 2 >= len(words) or layout.gap(at) != " ":
        return at
    if (words[at + 1].lower, words[at + 2].lower) in lex.KNOWING:
        last = at + 2
        while last + 1 < len(words) and last - at < 8 and layout.gap(last) == " ":
            if words[last + 1].lower in _JOINTS:
                break
            last += 1
        return last
    if words[at + 1].lower not in _LINKS:
        return at
    last = at + 1
    while last + 1 < len(words) and last - at < 7 and layout.gap(last) == " ":
        following = words[last + 1]
        if following.lower in lex.CALENDAR:
            break
        link = following.lower in ("the", "of") and not words[last].possessive
        bare = words[last].lower in ("the", "on", "for", "of") and not following.name
        bare = bare and following.lower not in _ASKING
        if not (following.name or link or bare):
            break
        last += 1
    while words[last].lower in _LINKS | {"the"}:
        last -= 1
    return last


def number_of(scene: Scene, phrase: Phrase) -> Verdict | None:
    """Return the group that a bare number takes up ("the eight")."""
    if phrase.opener != "the" or len(phrase.core) != 2 or phrase.head not in lex.NUMBERS:
        return None
    pattern = re.compile(
        rf"\b{phrase.head}\s+(?:[\w’'-]+\s+){{0,2}}?\w+s\b"
        r"(?:\s(?:behind|of|in|from|at|for)(?:\s[\w’'-]+){1,5}?(?=[,.;\n]|\s(?:is|are|was|were|who|that)\b))?",
        re.IGNORECASE,
    )
    found = pattern.search(scene.text, 0, phrase.start)
    return scene.words(*found.span(), "group", "number") if found else None


def pair(scene: Scene, phrase: Phrase) -> Verdict | None:
    """Return the two states that "the two governments" takes up: those that an "and" joins not far before."""
    if phrase.head not in _PARTNERS or not {"two", "both"} & {word.lower for word in phrase.core}:
        return None
    here = scene.layout.sentence(phrase.start)
    for number in range(here, max(-1, here - _PAIR_BACK), -1):
        begin, end = scene.layout.sentence_span(number)
        mentions = scene.cast.between(begin, end)
        for one, other in pairwise(mentions):
            two = [scene.cast.of(one), scene.cast.of(other)]
            if scene.text[one.end : other.start].strip() != "and" or other.possessive:
                continue
            names = [member.name for member in two if member and member.kind == "state"]
            if len(names) == 2:
                name = " and ".join(names)
                kind = "state" if phrase.head in ("governments", "capitals") else "group"
                return scene.words(one.start, other.end, kind, "pair", named=True, name=name)
    return None


def broadcaster(scene: Scene, index: int, phrase: Phrase) -> Verdict | None:
    """Return the television or radio that "the broadcaster" takes up where no name is given."""
    if phrase.head not in _BROADCAST or phrase.opener not in ("the", "this", "its"):
        return None
    for other in scene.earlier(index)[:6]:
        verdict = scene.verdicts[other]
        if verdict and verdict.speaker.kind == "media" and phrase.head not in (verdict.speaker.name or ""):
            return verdict
    places = [
        at
        for noun in ("television", "radio", "tv")
        for at in scene.layout.places.get(noun, ())
        if scene.layout.words[at].start < phrase.start
    ]
    if not places:
        return None
    at = max(places)
    first = at
    while first and at - first < 2 and scene.layout.gap(first - 1) == " ":
        before = scene.layout.words[first - 1]
        if before.lower not in ("state", "public", "national", "local", "independent") and not before.name:
            break
        first -= 1
    words = scene.layout.words
    return scene.words(words[first].start, words[at].end, "media", "media", named=first < at)


def writer(scene: Scene, index: int, phrase: Phrase) -> Verdict | None:
    """Return whose letter "the letter" is: who spoke last in a sentence that mentions one."""
    if phrase.opener not in ("the", "this") or phrase.tail or len(phrase.core) != 2:
        return None
    for other in scene.earlier(index)[:4]:
        verdict, source = scene.verdicts[other], scene.sources[other]
        if not verdict or not source or verdict.speaker.kind not in ("person", "organisation", "group"):
            continue
        begin, end = scene.layout.sentence_span(scene.layout.sentence(source[0]))
        inside = scene.layout.words_in(begin, min(end, phrase.start))
        for before, word in pairwise(inside):
            own = (
                before.lower in ("a", "an", "his", "her", "its", "their")
                or before.lower not in lex.DETERMINERS
            )
            if word.lower == phrase.head and own and not scene.layout.quoted(word.start):
                return verdict
    return None
