"""When two names of persons may be one person, as far as their letters tell."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from .lexicon import ARTICLE_PREFIXES, HONORIFICS, SUFFIXES, given_names

_ARTICLES = frozenset({"al", "el", "ul"})


@lru_cache(maxsize=4096)
def fold_word(word: str) -> str:
    """Return the word without case, accents and apostrophes, and without an Arabic article joined to it."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    for prefix in ARTICLE_PREFIXES:
        if plain.startswith(prefix) and prefix.endswith("-"):
            plain = plain[len(prefix) :]
            break
    return plain.replace("'", "").replace("’", "").replace("ʼ", "").replace(".", "")


def fold_name(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the folded words of a name, titles and Arabic articles left out."""
    folded = [fold_word(word) for word in words]
    kept = [word for word in folded if word and word not in _ARTICLES and word not in HONORIFICS]
    return tuple(kept or [word for word in folded if word])


def surname(folded: tuple[str, ...]) -> str:
    """Return the last word of a folded name that is no generation suffix."""
    for word in reversed(folded):
        if word not in SUFFIXES:
            return word
    return ""


def same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two folded names of at least two words each may be one person.

    The surname must be the same and the first names must not conflict; or one name is the end of the other
    ("Pena Nieto" and "Enrique Pena Nieto"). A father and a son who bears a suffix stay apart.
    """
    if one == other:
        return True
    suffix_one, suffix_other = one[-1] in SUFFIXES, other[-1] in SUFFIXES
    if suffix_one != suffix_other:
        return False
    if suffix_one:
        one, other = one[:-1], other[:-1]
    short, long = sorted((one, other), key=len)
    if len(short) > 1 and long[-len(short) :] == short:
        return True
    if not short or short[-1] != long[-1]:
        return False
    return _same_first(short[0], long[0])


def _same_first(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return long.startswith(short)
    return (len(short) >= 3 and long.startswith(short)) or _nearly(one, other)


def _nearly(one: str, other: str) -> bool:
    """Tell whether two first names differ by one letter only ("Sergei", "Sergey")."""
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 5:
        return False
    if given_names().get(one) != given_names().get(other):
        return False
    at = 0
    while at < min(len(one), len(other)) and one[at] == other[at]:
        at += 1
    return one[at + 1 :] == other[at + 1 :] or one[at + 1 :] == other[at:] or one[at:] == other[at + 1 :]
