"""Which of the things that an article calls a person is the office."""

from __future__ import annotations

from typing import Final

from ..article import Span, Speaker
from . import lexicon as lex
from .cast import Member
from .layout import Layout, Word

#: Military and learned ranks, which a person bears beside any office.
RANKS: Final = lex.HONORIFICS | lex.MILITARY | {"professor", "doctor"}
#: First words of ranks and of forms of address ("Vice Adm.", "Grand Ayatollah", "Crown Prince").
_OF_RANKS: Final = lex.word_set("vice rear grand crown lance brigadier")
_KIN: Final = lex.word_set(
    "wife husband son daughter brother sister mother father friend cousin uncle aunt colleague counterpart "
    "rival supporter opponent victim suspect witness resident source insider refugee neighbour neighbor one "
    "man woman boy girl student pupil voter protester demonstrator fan customer passenger"
)
_CALLING: Final = (
    "er",
    "or",
    "ist",
    "ian",
    "ant",
    "man",
    "woman",
    "head",
    "ent",
    "yst",
    "ert",
    "low",
    "member",
)
#: Offices of which "general" is a part, and no rank.
_GENERALS: Final = lex.word_set("director secretary attorney consul inspector governor auditor solicitor")
_STOPS: Final = lex.PREPOSITIONS | {"who", "that", "whom", "whose"}
#: What many are at a time, without a name no office.
_VAGUE: Final = lex.word_set("officer analyst economist professor lawyer attorney legislator lawmaker leader")
_WITH: Final = lex.word_set("at of with for in from on to")


def office_of(layout: Layout, member: Member) -> Span | None:
    """Return the span of the office that the article gives a person; ``None`` when it gives none.

    One that names its body or state goes before a bare one, a bare one before a rank, and the first of
    equals counts. Without any, what the person is called beside the name counts if it is a calling in a body
    that the text names, or a title before the name.
    """
    if member.offices:
        best = max(member.offices, key=lambda span: (_weight(layout.words_in(*span)), -span[0]))
        return _before_rank(layout, best)
    role = next((span for span in sorted(member.roles) if _calling(layout, span)), None)
    return _before_rank(layout, role) if role else None


def told_office(layout: Layout, speaker: Speaker, member: Member | None) -> Span | None:
    """Return the office of a resolved speaker; of one without a name, the office that his description is."""
    if speaker.kind == "person" and member:
        return office_of(layout, member)
    if speaker.kind not in ("person", "unnamed") or speaker.named or not speaker.spans:
        return None
    words = layout.words_in(*speaker.spans[0])
    while len(words) > 1 and words[0].lower in lex.DETERMINERS:
        words = words[1:]
    stop = next((at for at, word in enumerate(words) if word.lower in _STOPS), len(words))
    if not stop or words[stop - 1].lower not in lex.OFFICES - lex.HONORIFICS - _VAGUE:
        return None
    return words[0].start, speaker.spans[0][1]


def _before_rank(layout: Layout, span: Span) -> Span:
    """Leave out the rank or form of address between an office and the name ("Foreign Minister Prince X")."""
    words = layout.words_in(*span)
    while len(words) > 1 and words[-1].lower.rstrip(".") in RANKS:
        held = any(word.lower in lex.OFFICES for word in words[:-1])
        general = words[-1].lower == "general" and words[-2].lower in _GENERALS
        general = general or [word.lower for word in words[-2:]] == ["first", "lady"]
        if general or not (held or words[-1].lower in lex.HONORIFICS):
            # "The former Rovers captain": what stands before is no office of its own.
            break
        words = words[:-1]
    while len(words) > 1 and words[-1].lower in lex.PREPOSITIONS:
        words = words[:-1]
    if all(word.lower.rstrip(".") in RANKS | _OF_RANKS for word in words) or words[-1].lower in _OF_RANKS:
        return span
    return span[0], min(span[1], words[-1].end)


def _weight(words: list[Word]) -> int:
    lowers = {word.lower.rstrip(".") for word in words}
    if lowers <= RANKS:
        return 0
    former = words[0].lower in ("former", "then", "ex") or words[0].lower.startswith("ex-")
    placed = any(word.possessive or word.lower in lex.PREPOSITIONS for word in words) or any(
        word.name and word.lower not in lex.TITLES | lex.OFFICE_MODIFIERS for word in words
    )
    # What headlines call whoever leads a body yields to what the body calls him.
    return 2 * (1 + (not former) + placed) - (words[-1].lower in ("chief", "boss"))


def _calling(layout: Layout, span: Span) -> bool:
    words = layout.words_in(*span)
    head = next((at for at, word in enumerate(words) if word.lower in lex.PREPOSITIONS), len(words)) - 1
    if head < 0 or words[head].lower in _KIN or not words[head].text[-1].islower():
        return False
    noun = words[head].lower
    if noun in lex.TITLES:
        return True
    placed = words[head + 1 : head + 2] and words[head + 1].lower in _WITH
    return bool(placed) and noun.endswith(_CALLING) and any(word.name for word in words[head + 2 :])
