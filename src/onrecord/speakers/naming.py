"""Whether two names may be one actor's, and under which keys an index holds a name.

:func:`keys` gives the keys under which a registry holds a name, :func:`probes` those to look one up by, and
:func:`compare` says how far two names are one. A name tells only so much: two persons may bear the same one,
and telling them apart by office, day and company is for whoever links.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final

from . import body_names as bodies
from . import eastasian_names as eastasian
from . import lexicon as lex
from . import namesakes
from . import personal_names as persons
from .spelling import LONGEST, clean, fold, skeletons, sounds_of

#: From this score on two names are spellings of one: what may be joined without asking.
SAME: Final = 0.88
#: From this score on a name is a candidate that context may decide.
CANDIDATE: Final = 0.6

_BODIES: Final = frozenset({"organisation", "state", "media", "group"})
_MOST_KEYS: Final = 96


@dataclass(frozen=True, slots=True)
class Comparison:
    """How far two names are one.

    Attributes:
        score: 0 to 1; at least :data:`SAME` for spellings of one name, at least :data:`CANDIDATE` for names
            that one actor may well bear.
        why: what the score rests on.
    """

    score: float
    why: str


@lru_cache(maxsize=16384)
def keys(name: str) -> frozenset[str]:
    """Return the keys to hold a name under.

    Two names that :func:`compare` puts at :data:`CANDIDATE` or above have a key in common. Each two words
    give one, so that the keys of a whole name are selective; single words have keys of their own for names
    of which only one word is given. A name without letters has none.
    """
    return _keys(name, stored=True)


@lru_cache(maxsize=16384)
def probes(name: str) -> frozenset[str]:
    """Return the keys to look a name up by: each name that may be the same is held under one of them.

    Unlike :func:`keys`, a name of several words does not ask for all names that share one word with it.
    """
    return _keys(name, stored=False)


def compare(one: str, other: str, kind: str | None = None) -> Comparison:
    """Compare two names. The order does not matter, and a name with letters is itself (score 1).

    Args:
        one: a name in any script.
        other: another.
        kind: what bears them, if that is known: person, organisation, state, media or group.
    """
    if one > other:
        one, other = other, one
    return _compare(one, other, kind)


@lru_cache(maxsize=32768)
def _compare(one: str, other: str, kind: str | None) -> Comparison:
    (a, written), (b, other_written) = _read(one), _read(other)
    if not written or not other_written:
        return Comparison(0.0, "a name without letters")
    if written == other_written:
        return Comparison(1.0, "the same name")
    if max(len(written), len(other_written)) > LONGEST:
        return Comparison(0.0, "too long to compare")
    if a == b:
        return Comparison(1.0, "the same name")
    score, why = _by_kind(one, other, kind)
    if score >= CANDIDATE and not (
        keys(one) & keys(other) and probes(one) & keys(other) and probes(other) & keys(one)
    ):
        # What an index would not find is no candidate without one either.
        return Comparison(0.0, "no spelling in common")
    return Comparison(round(score, 4), why)


@lru_cache(maxsize=16384)
def _read(name: str) -> tuple[str, str]:
    """Return a name cleaned without regard to case, and its words as written; none of one without letters."""
    cleaned = clean(name).casefold()
    return cleaned, " ".join(name.split()) if fold(cleaned) else ""


def _by_kind(one: str, other: str, kind: str | None) -> tuple[float, str]:
    body, other_body = bodies.parse(one), bodies.parse(other)
    if kind == "person":
        return namesakes.compare(persons.parse(one), persons.parse(other))
    if body.state and other_body.state:
        return bodies.compare(body, other_body)
    if bodies.is_body(one) or bodies.is_body(other):
        return bodies.compare(body, other_body)
    if body.state or other_body.state:
        return _with_state(one, other, kind)
    if kind in _BODIES:
        by_words = bodies.compare(body, other_body)
        foreign = any(word.foreign for name in (one, other) for word in persons.parse(name).words)
        if not foreign and not len(body.words) == len(other_body.words) == 1:
            return by_words
        # One word, or another script: what tells is how it sounds.
        return max(by_words, namesakes.compare(persons.parse(one), persons.parse(other)))
    return namesakes.compare(persons.parse(one), persons.parse(other))


def _with_state(one: str, other: str, kind: str | None) -> tuple[float, str]:
    """Compare a name that is a state's with one that is not: Jordan may be Michael."""
    if kind in _BODIES:
        return bodies.compare(bodies.parse(one), bodies.parse(other))
    score, why = namesakes.compare(persons.parse(one), persons.parse(other))
    return min(score, 0.7), why


def _keys(name: str, stored: bool) -> frozenset[str]:
    cleaned = clean(name)
    joined = fold(cleaned)
    if not joined:
        return frozenset()
    body = bodies.parse(name)
    found = {"=" + joined[:LONGEST]}
    found.update("@" + known for known in (body.state, body.known) if known)
    found |= _letter_keys(body, stored)
    if bodies.is_body(name):
        words = [set(forms) for forms in bodies.key_words(body)]
        found |= _word_keys(words, list(combinations(range(len(words[:6])), 2)), stored, frozenset())
    else:
        found |= _person_keys(name, stored)
    return frozenset(sorted(found)[:_MOST_KEYS])


def _letter_keys(body: bodies.Body, stored: bool) -> set[str]:
    """Return keys of acronyms (``a``, ``b``) and of names that one may stand for (``a``).

    Names that only share their initials do not meet: what is no acronym asks for acronyms (``b``).
    """
    found = {mark + letters for letters in (body.acronym, body.also) if letters for mark in ("a:", "b:")}
    found.update(
        ("a:" if stored else "b:") + letters for letters in body.initials if len(letters) > 2 or body.headed
    )
    return found


def _person_keys(name: str, stored: bool) -> set[str]:
    person = persons.parse(name)
    words = [word for word in person.words if len(word.text) > 1]
    if len(words) == 2 and words[0].text in persons.PARTICLES:
        words = words[1:]
    forms = [set(persons.forms(word)) for word in words]
    skipped = (
        frozenset({0})
        if persons.common_first(person) and words[:1] == list(person.words[:1])
        else frozenset()
    )
    last = len(words) - 1
    pairs = [(at, last) for at in range(last)]
    if last > 1 and (person.fathers or not all(word.text in lex.given_names() for word in words[:2])):
        pairs.append((0, 1))
    found = _word_keys(forms, pairs, stored, skipped)
    found.update("j:" + form for form in skeletons(sounds_of(person.letters)))
    if person.eastern:
        for surname in eastasian.canonical_surnames(person.eastern.surname):
            found.update(f"e:{surname}|{given}" for given in eastasian.canonical_given(person.eastern.given))
            found |= _single(skeletons(sounds_of(surname)), stored, several=True)
    return found


def _word_keys(
    words: list[set[str]], pairs: list[tuple[int, int]], stored: bool, skipped: frozenset[int]
) -> set[str]:
    """Return keys of two words and of single ones; ``skipped``: words that alone say too little."""
    found: set[str] = set()
    for one, other in pairs:
        found.update("2:" + "|".join(sorted((a, b))) for a in words[one] for b in words[other])
    for at, forms in enumerate(words[:8]):
        if at not in skipped:
            found |= _single(forms, stored, several=len(words) > 1)
    return found


def _single(forms: set[str] | tuple[str, ...], stored: bool, several: bool) -> set[str]:
    """Return the keys of a word: ``1`` of names that are this word only, ``w`` of names that have it."""
    if stored:
        return {"w:" + form for form in forms} | (set() if several else {"1:" + form for form in forms})
    return {("1:" if several else "w:") + form for form in forms}
