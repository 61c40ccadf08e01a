"""Noun phrases that hand words on: media by their names or nouns, and whoever is named for them."""

from __future__ import annotations

from typing import Final

from ..article import Span
from . import lexicon as lex
from .layout import Word
from .mentions import Mention
from .scene import Scene

_STOPS: Final = lex.word_set(
    "that in on during at as by after before when to about over for he she they it who which while where if "
    "there i we said says is was were are had has have not and but from with"
)
#: Small words that go on with a noun phrase ("people with knowledge of it", "an aide in the palace").
_WITHIN: Final = lex.word_set("from with in at for on")
#: Where words stand on the web, after "on".
PAGES: Final = lex.word_set("page account blog feed website site webpage facebook twitter youtube telegram")
_NETWORKS: Final = lex.word_set("network networks")
#: People whose work it is to hand words on.
REPORTERS: Final = lex.word_set(
    "correspondent correspondents reporter reporters journalist journalists editor anchor presenter "
    "broadcaster blogger host columnist photographer interpreter translator"
)
SPOKES: Final = frozenset({"spokesman", "spokeswoman", "spokesperson"})
_LONGEST: Final = 9


def medium_after(scene: Scene, start: int, end: int, lead: str) -> Span | None:
    """Return the noun phrase at the offset, if it ends in a medium (after "through" also a spokesman)."""
    words = scene.layout.words_in(start, end)[:_LONGEST]
    if not words or words[0].start - start > 2:
        return None
    last: Word | None = None
    pages = PAGES if lead.strip().endswith(" on") else frozenset()
    allowed = lex.MEDIA_NOUNS | pages | (SPOKES if lead.startswith(("through", "via")) else frozenset())
    for at, word in enumerate(words):
        if at and (
            word.lower in _STOPS
            or scene.text[words[at - 1].end : word.start] not in (" ", "'s ", "’s ", "’ ", "' ", "\n")
        ):
            break
        mention = next((m for m in scene.cast.between(word.start - 40, word.end) if m.end == word.end), None)
        agency = word.lower in ("agency", "agencies", "service") and at and words[at - 1].lower == "news"
        network = word.lower in _NETWORKS and any(_names_medium(scene, one) for one in words[:at])
        the_paper = mention and lead.startswith(("tell", "told")) and _printed_with_the(scene, mention)
        medium = mention and is_medium(scene, mention.start)
        if word.lower in allowed or agency or network or medium or the_paper:
            last = word
    if last is None or words[0].start >= last.end:
        return None
    # "told the Press Association": a name is never cut.
    whole = next((m for m in scene.cast.between(words[0].start, last.end) if m.end > last.end), None)
    if whole and whole.kind != "person":
        return words[0].start, whole.end
    following = next((word for word in words if word.start > last.end), None)
    if following and words[0].lower in ("a", "an") and scene.text[last.end : following.start] == " ":
        # "a New York Times reporter": a person of that medium, not the medium.
        return None if following.lower not in _STOPS else (words[0].start, last.end)
    return words[0].start, last.end


def _printed_with_the(scene: Scene, mention: Mention) -> bool:
    """Tell whether a name has "The" with a capital inside a sentence, as only newspapers' names have."""
    at = scene.layout.word_at(mention.start) - 1
    before = scene.layout.words[at] if at >= 0 else None
    inside = before is not None and before.start not in scene.layout.sentence_starts
    return bool(inside and before and before.text == "The" and scene.layout.gap(at) == " ")


def _names_medium(scene: Scene, word: Word) -> bool:
    return any(is_medium(scene, m.start) for m in scene.cast.between(word.start, word.end))


def is_medium(scene: Scene, start: int) -> bool:
    """Tell whether the name that begins at the offset is a medium's."""
    mention = next(iter(scene.cast.between(start, start + 1)), None)
    member = scene.cast.of(mention) if mention else None
    return bool(member and member.kind == "media")


def medium_ending(scene: Scene, at: int, begin: int, *, subject: bool = False) -> Span | None:
    """Return the medium whose last word is the one at the index, from the offset on at the earliest.

    Whoever is the ``subject`` of "quoted somebody as saying" hands words on, medium or not.
    """
    words = scene.layout.words
    agency = words[at].lower in ("agency", "agencies") and words[at - 1].lower == "news"
    medium = (
        agency
        or (subject and words[at].lower in REPORTERS)
        or words[at].lower in lex.MEDIA_NOUNS
        or any(
            m.end == words[at].end and (subject or is_medium(scene, m.start))
            for m in scene.cast.between(words[at].start - 60, words[at].end)
        )
    )
    if not medium:
        return None
    first = at
    while (
        first
        and words[first - 1].start >= begin
        and scene.text[words[first - 1].end : words[first].start] in (" ", "'s ", "’s ")
    ):
        before = words[first - 1]
        if before.lower in _STOPS or before.lower in lex.PREPOSITIONS:
            break
        first -= 1
        if before.lower in ("the", "a", "an"):
            break
    return words[first].start, words[at].end


def noun_phrase(scene: Scene, start: int, end: int) -> Span | None:
    """Return the words from the offset to the next mark or small word that opens another phrase."""
    words = scene.layout.words_in(start, end)[:_LONGEST]
    last: Word | None = None
    for at, word in enumerate(words):
        joined = not at or scene.text[words[at - 1].end : word.start] in (" ", "'s ", "’s ")
        if not joined or word.lower in _STOPS - _WITHIN or word.lower == "as":
            break
        if word.lower in _WITHIN and (at + 1 == len(words) or words[at + 1].lower in lex.CALENDAR):
            break
        last = word
    while last and last.lower in _WITHIN:
        last = words[words.index(last) - 1] if words.index(last) else None
    return (words[0].start, last.end) if last and words[0].start - start < 2 else None
