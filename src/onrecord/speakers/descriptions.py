"""Definite descriptions that stand for a person named before: "the tycoon", "the former keeper"."""

from __future__ import annotations

from typing import Final

from . import lexicon as lex
from .cast import Member
from .office import RANKS
from .persons import third_person
from .phrases import Phrase, state_of
from .scene import Scene, Verdict
from .states import states

_OF_STATE: Final = lex.word_set("minister president secretary ambassador premier chancellor envoy king queen")
#: Nouns by which news takes up a person whatever his office is.
_EPITHETS: Final = lex.word_set(
    "candidate nominee contender hopeful frontrunner front-runner republican democrat businessman "
    "businesswoman billionaire tycoon mogul lawmaker politician diplomat socialist"
)
#: Whom news calls by the place that elected him ("the Ohio senator") whatever else he is.
_ELECTED: Final = lex.word_set("senator governor mayor congressman congresswoman representative native")
_PAST: Final = frozenset({"former", "ex", "one-time", "onetime", "veteran", "retired"})
_ONE_OF_PEOPLE: Final = lex.word_set(
    "dutchman dutchwoman frenchman frenchwoman englishman englishwoman irishman irishwoman scotsman "
    "scotswoman welshman welshwoman spaniard dane swede finn turk pole serb croat scot briton"
)


def described(scene: Scene, index: int, phrase: Phrase) -> Verdict | None:
    """Return whom a definite description means that no office in the article answers ("the tycoon").

    It stands where a pronoun could stand, so the same rules find its person; one whose own office is another
    is not meant, and the holder of an office of state ("the foreign minister") is not guessed.
    """
    if (
        phrase.opener not in ("the", "this", "that")
        or state_of(phrase.core)
        or phrase.head in _OF_STATE | RANKS
    ):
        return None
    if (
        phrase.head in lex.KIN
        or any(word.possessive for word in phrase.core)
        or phrase.core[-1].text[0].isupper()
    ):
        return None
    former = len(phrase.core) > 1 and phrase.core[1].lower == "former" and phrase.head in lex.OFFICES
    if phrase.tail and not (former and phrase.tail[0].lower == "of"):
        return None
    gender = "m" if phrase.head in lex.MEN else "f" if phrase.head in lex.WOMEN else None
    homely = phrase.head in _ELECTED and any(word.lower in lex.PLACES for word in phrase.core[1:-1])
    if homely and phrase.tail:
        return None
    fits = None if homely or phrase.head in _EPITHETS else lambda member: not _bears_office(scene, member)
    verdict = third_person(scene, index, gender, phrase.start, fits)
    if not verdict or not verdict.member or not verdict.member.sure:
        return None
    if former:
        scene.forget_latest()
        verdict.member.roles.append(
            (phrase.core[1].start if len(phrase.core) > 1 else phrase.start, phrase.end)
        )
    return scene.speaker_of(verdict.member, "description")


def epithet(scene: Scene, index: int, phrase: Phrase) -> Verdict | None:
    """Return whom an epithet without an office means: "the former keeper", "the mum-of-two", "the Belgian".

    Nobody bears one as an office; it stands where a pronoun could stand.
    """
    if phrase.opener != "the" or phrase.tail or len(phrase.core) < 2:
        return None
    if phrase.mention and phrase.mention.kind not in ("demonym", "name"):
        return None
    base, _, many = phrase.head.partition("-of-")
    past = len(phrase.core) > 2 and phrase.core[1].lower in _PAST and not phrase.core[-1].name
    people = len(phrase.core) == 2 and _of_people(phrase.head)
    if phrase.head in lex.TITLES | lex.REFLEXIVES or not (many or past or people):
        return None
    gender = "m" if base in lex.MEN or base.endswith("man") else None
    gender = "f" if base in lex.WOMEN or base.endswith("woman") else gender
    verdict = third_person(scene, index, gender, phrase.start)
    here = scene.layout.sentence(phrase.start)
    begin, _ = scene.layout.sentence_span(max(0, here - 1))
    near = {id(m): m for m in map(scene.cast.of, scene.cast.between(begin, phrase.start)) if m}
    persons = [m for m in near.values() if m.kind == "person" and (not gender or m.gender in (None, gender))]
    # An epithet names nobody: where it may mean two, it stays what it is.
    if verdict and verdict.member and verdict.member.sure and persons in ([], [verdict.member]):
        return scene.speaker_of(verdict.member, "description")
    return scene.words(phrase.start, phrase.end, "unnamed", "unnamed") if people or many else None


def _of_people(word: str) -> bool:
    """Tell whether a word means one of a people, not all of them: "the Belgian", and not "the French"."""
    if word in _ONE_OF_PEOPLE:
        return True
    return word in states().demonyms and word.endswith(("an", "i"))


def _bears_office(scene: Scene, member: Member) -> bool:
    """Tell whether the article gives the person an office or a role beyond a rank or form of address."""
    for start, end in member.offices:
        if {word.lower.rstrip(".") for word in scene.layout.words_in(start, end)} & lex.TITLES - RANKS:
            return True
    former = [scene.layout.words_in(*span)[0].lower in ("former", "retired") for span in member.roles]
    return bool(member.doings) or not all(former)
