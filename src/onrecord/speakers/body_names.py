"""Names of organisations and states compared: acronyms, legal forms, word order, adjectives of states.

A word that differs makes another body ("Bank of England", "Bank of America"): unlike a person's name, that of
a body is read whole. What legal forms, articles and spelling add is taken off first.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from . import lexicon as lex
from .spelling import NEAR, Word, clean, distance, fold, skeletons, word_of
from .states import states

_LEGAL: Final = lex.word_set(
    "inc incorporated corp co ltd limited llc llp lp plc gmbh ag sa spa nv bv oao ooo pao zao ao oy oyj ab "
    "asa pty sarl sas se kgaa kg srl jsc ojsc pjsc cjsc pjs bhd sdn kk pvt"
)
#: Only at the end of a name: elsewhere they are words.
_LEGAL_AT_END: Final = lex.word_set("company corporation as kabushiki")
_SMALL: Final = lex.word_set(
    "the of for and de la le les des du del della di der die das und et y e von zu in on to a an fur"
)
_SPELLED: Final = {
    "organisation": "organization", "organisations": "organization", "organizations": "organization",
    "centre": "center", "labour": "labor", "defence": "defense", "intl": "international",
    "dept": "department",
    "univ": "university", "assn": "association", "govt": "government", "programme": "program",
    "bros": "brothers", "natl": "national", "min": "ministry", "cttee": "committee", "theatre": "theater",
    "un": "united+nations", "eu": "european+union", "us": "@United States", "uk": "@United Kingdom",
    "int'l": "international", "gov't": "government", "dep't": "department", "nat'l": "national",
    "mfa": "foreign+ministry", "mod": "defense+ministry", "affairs": "", "bank's": "bank",
}  # fmt: skip
#: Bodies of a state: "Russian Foreign Ministry" is the "Ministry of Foreign Affairs of Russia".
_OF_STATE: Final = lex.word_set(
    "ministry government parliament embassy army military navy cabinet presidency senate judiciary police"
)
_MAYBE_MORE: Final = lex.word_set("group holding holdings international news party service agency")
_CAPITALS: Final = re.compile(r"(?:[A-Z]\.?){2,10}s?|[A-Z][a-z]?[A-Z]{1,8}")
_HEADS: Final = (
    lex.ORGANISATION_HEADS
    | lex.MEDIA_HEADS
    | _LEGAL
    | lex.word_set("corporation incorporated ministries organizations")
) - lex.word_set("guard guards academy house brigade times post force")
_WORDS_READ: Final = 16

ACRONYM: Final = 0.8


@dataclass(frozen=True, slots=True)
class Body:
    """A name taken apart.

    Attributes:
        words: folded, without articles and legal forms, spelled one way; a state is ``@`` and its name.
        initials: first letters, without and with the small words between.
        acronym: the letters, when the name is one.
        state: the state of which this is a name.
        headed: some word says that this is a body.
        known: what the shipped tables name so.
        also: the acronym that the name itself gives in brackets.
    """

    words: tuple[str, ...]
    initials: frozenset[str]
    acronym: str | None
    state: str | None
    headed: bool
    also: str | None = None
    known: str | None = None


@lru_cache(maxsize=16384)
def parse(name: str) -> Body:
    """Take a name apart."""
    name = clean(name)
    bracketed = re.fullmatch(r"(.*\S)\s*\(([^()]+)\)\s*", name)
    also = None
    if bracketed:
        inner = bracketed[2].strip()
        if _CAPITALS.fullmatch(inner):
            name, also = bracketed[1], fold(inner)
    state = states().named(name)
    acronym = fold(name) if _CAPITALS.fullmatch(name) and len(fold(name)) > 1 else None
    plain = re.sub(r"['’]s\b", "", name)
    written = [
        part for part in re.split(r"[\s,/\-‐‑–]+", plain)[: 2 * _WORDS_READ] if fold(part) or part == "&"
    ]
    folded = [fold(part) if part != "&" else "and" for part in written]
    headed = any(word in _HEADS or word in _OF_STATE for word in folded[:_WORDS_READ])
    plain_words = list(folded)
    while len(folded) > 1 and (folded[-1] in _LEGAL_AT_END or folded[-1] in _LEGAL):
        folded.pop()
    core = [word for word in folded if word not in _LEGAL] or folded
    letters = [word[0] for word in core if word not in _SMALL]
    full = [word[0] for word in core if word not in ("the", "a", "an")]
    legal = [word[0] for word in plain_words if word not in _SMALL]
    several = len(letters) > 1
    initials = frozenset(map("".join, (letters, full, legal))) if several else frozenset[str]()
    return Body(
        tuple(_standard(core))[:_WORDS_READ],
        initials,
        acronym,
        state,
        headed,
        also,
        known_bodies().get(_known_key(name)),
    )


def _standard(words: list[str]) -> list[str]:
    """Return words spelled one way, states told by name or adjective."""
    table = states()
    found: list[str] = []
    at = 0
    while at < len(words):
        for size in (3, 2, 1):
            phrase = " ".join(words[at : at + size])
            state = table.names.get(phrase) or table.demonyms.get(phrase)
            if state and at + size <= len(words) and len(words) > size and len(phrase) > 2:
                found.append("@" + state)
                at += size
                break
        else:
            word = _SPELLED.get(words[at], words[at])
            if word and word not in _SMALL:
                found += word.split("+")
            at += 1
    return found or [word for word in words if word]


@cache
def known_bodies() -> dict[str, str]:
    """Return the names of the bodies and agencies that ship with the package, folded, with file and code."""
    table: dict[str, str] = {}
    for name in ("bodies.csv", "agencies.csv"):
        text = files(__package__).joinpath(name).read_text("utf-8")
        for row in csv.DictReader(io.StringIO(text, newline="")):
            for words in (row["name"], *row["other_names"].split(";")):
                table.setdefault(_known_key(words), f"{name}/{row['code']}")
    table.pop("", None)
    return table


def _known_key(name: str) -> str:
    return " ".join(filter(None, (fold(word) for word in clean(name).split())))


def is_body(name: str) -> bool:
    """Tell whether the words say that the name is an organisation's."""
    body = parse(name)
    return (
        body.headed
        or body.known is not None
        or body.also is not None
        or (body.acronym is not None and len(body.acronym) > 1)
    )


def compare(one: Body, other: Body) -> tuple[float, str]:
    """Return how surely two names are one body's as far as letters tell (0 to 1), and why."""
    if one.state or other.state:
        if one.state and other.state:
            return (1.0, "names of one state") if one.state == other.state else (0.0, "two states")
        part = set(one.words) < set(other.words) or set(other.words) < set(one.words)
        return (0.65, "part of a state's name") if part else (0.0, "a state and another body")
    if one.known and other.known:
        # Known under both names: what the letters look like does not matter.
        return (1.0, "names of one known body") if one.known == other.known else (0.0, "two known bodies")
    if not one.words or not other.words:
        return 0.0, "a name without letters"
    if one.acronym and other.acronym:
        return (1.0, "the same letters") if one.acronym == other.acronym else (0.0, "other letters")
    best = _words(one, other)
    for short, long in ((one, other), (other, one)):
        letters = short.acronym or short.also
        if letters and (letters in long.initials or letters == long.also):
            # Three letters stand for many bodies; four and more seldom do.
            sure = letters == long.also or (len(letters) > 3 and letters in long.initials)
            if short.acronym:
                best = max(best, (0.92 if sure else ACRONYM, "initials"))
        elif short.acronym and not _word_in(short.acronym, long):
            return 0.0, "other initials"
    return best


def _word_in(letters: str, body: Body) -> bool:
    return letters in body.words


def _words(one: Body, other: Body) -> tuple[float, str]:
    if one.words == other.words:
        return 1.0, "the same words"
    rest, missing = list(other.words), []
    level = 1.0
    for word in one.words:
        match = next((w for w in rest if w == word), None)
        if match is None:
            match = next((w for w in rest if _near(word, w)), None)
            level = min(level, 0.94) if match else level
        if match is None:
            missing.append(word)
        else:
            rest.remove(match)
    if not missing and not rest:
        if sorted(one.words) != sorted(other.words):
            return level, "the same words by sound"
        if set(one.words) & _OF_STATE:
            return 0.95, "the same words in another order"
        return 0.8, "the same words in another order"
    extra = missing or rest
    if missing and rest:
        return 0.3 * _shared(one, other), "words differ"
    if len(one.words) == 1 and len(other.words) == 1:
        return 0.0, "no word in common"
    only = [word for word in extra if word not in _MAYBE_MORE]
    return (0.8 if not only else 0.65), "only one has " + ", ".join(word.lstrip("@") for word in extra)


def _shared(one: Body, other: Body) -> float:
    both = set(one.words) & set(other.words)
    return len(both) / max(len(set(one.words) | set(other.words)), 1)


def _near(one: str, other: str) -> bool:
    if one[0] == "@" or other[0] == "@" or min(len(one), len(other)) < 4:
        return False
    if one in _HEADS and other in _HEADS:
        return one.rstrip("s") == other.rstrip("s")
    return distance(_word(one), _word(other), most=NEAR) <= NEAR


def _word(text: str) -> Word:
    word = word_of(text)
    assert word
    return word


def key_words(body: Body) -> list[tuple[str, ...]]:
    """Return for each word the keys under which it meets its other spellings."""
    return [(word,) if word[0] == "@" else skeletons(_word(word).sounds) for word in body.words]
