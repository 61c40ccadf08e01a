"""Under which key the names of one office meet: "foreign minister", "Minister for Foreign Affairs".

A role is read as a head (minister, governor, president) and what it is for, in either order of English:
"central bank governor" and "governor of the central bank" are ``governor:bank central``. What no rule can
tell (that the Secretary of State of the United States is a foreign minister, and that of the Vatican is not)
stands in ``terms.tsv`` with its source. A body is the state or organisation by its own name: "Russian",
"Russia's" and "the Russian Federation" are ``russia``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from onrecord.speakers.states import states

#: Longest role or body that is read, in code points; more than that is no name of an office.
LONGEST: Final = 500

_COLUMNS: Final = 5
_ALL: Final = ""

_LEADING: Final = re.compile(r"^(?:the|current|present|incumbent|new|newly appointed|longtime|veteran) ")
#: Who does not hold the office: his words keep their own key, and no description of a holder meets it.
_NOT_HOLDING: Final = re.compile(
    r"^(?:former|ex|late|then|onetime|one time|sometime|outgoing|would be|shadow|future|incoming|aspiring)\b"
    r"|\b(?:elect|designate|emeritus|nominee|candidate|hopeful)$"
)
_ACTING: Final = re.compile(r"^(?:acting|interim|caretaker|provisional|transitional|ad interim) (?=.)")
_BELOW: Final = re.compile(r"^((?:first |second |senior )?)(?:deputy|vice) (?=.)")
_PREPOSITION: Final = re.compile(r" (?:of|for|to|in charge of|responsible for|on|at|in) ")
_AND: Final = re.compile(r" *, *and | *, *| and ")
_TWO_OFFICES: Final = re.compile(
    r"(?: and|,) (?=(?:(?:first |second )?(?:deputy|vice) |acting )?"
    r"(?:prime minister|minister|secretary of)\b|\w+ (?:affairs )?minister\b)"
)
#: Heads of two words.
_HEADS: Final = (
    "cabinet secretary", "high commissioner", "permanent representative", "secretary general",
    "director general", "general secretary", "prime minister",
)  # fmt: skip
#: Those that are heads only before what they are for: an "agriculture state secretary" is none of them.
_HEADS_BEFORE: Final = ("state secretary", "minister delegate", "attorney general", "lieutenant governor")
_SMALL: Final = frozenset({"the", "of", "for", "a", "an", "his", "her", "its", "their"})
_WORDS: Final = {
    "defense": "defence", "labor": "labour", "organization": "organisation", "center": "centre",
    "program": "programme", "chairman": "chair", "chairwoman": "chair", "chairperson": "chair",
    "spokesman": "spokesperson", "spokeswoman": "spokesperson", "spokesmen": "spokesperson",
    "advisor": "adviser", "vice": "deputy", "ministers": "minister", "councilor": "councillor",
    "congresswoman": "congressman", "cooperation": "co operation",
}  # fmt: skip
_FORMAL: Final = re.compile(
    r"^(?:(?:federal|democratic|islamic|arab|people|socialist|united|bolivarian|plurinational|hashemite) )*"
    r"(?:republic|kingdom|state|commonwealth|sultanate|federation|union|emirate|principality) "
    r"of (?P<state>.+)$"
    r"|^(?P<people>.+?)(?: arab)? (?:republic|confederation|federation|kingdom)$"
)
_GOVERNMENT: Final = re.compile(r"^(?:government|state|cabinet) of | (?:government|state)$")


@dataclass(frozen=True, slots=True)
class Office:
    """An office as a role and a body name it, by the keys under which its names meet.

    Attributes:
        body: key of the body, empty when none is known.
        words: the role's own words, folded.
        role: key of the role, ``None`` when the words say that it is not held ("former", "shadow").
        includes: keys of roles that it comprises: a minister of foreign affairs and trade is both.
    """

    body: str
    words: str
    role: str | None
    includes: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Table:
    """``terms.tsv``: folded form -> state (or :data:`_ALL`) -> canonical."""

    roles: dict[str, dict[str, str]] = field(default_factory=dict)
    portfolios: dict[str, dict[str, str]] = field(default_factory=dict)
    ministers: dict[str, dict[str, str]] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)


def office(role: str, body: str | None = None) -> Office:
    """Return the keys of an office.

    Where no body is given, or the role repeats it, the role's own words for it count: "the Russian foreign
    minister", "Secretary-General of the United Nations".
    """
    return _office(role[:LONGEST], (body or "")[:LONGEST])


def body_key(body: str | None) -> str:
    """Return the key of a body: the same for its name, adjective, people and possessive; empty for none."""
    return _body((body or "")[:LONGEST])[0]


def words(role: str) -> str:
    """Return the words of a role, folded: case, accents, hyphens and small words do not count."""
    return " ".join(word for word in _fold(role[:LONGEST]).replace(",", " ").split() if word not in _SMALL)


@lru_cache(maxsize=16384)
def _office(role: str, body: str) -> Office:
    phrase = _LEADING.sub("", _fold(role))
    key = _body(body)[0]
    phrase, found = _without_body(phrase, key)
    key = key or found
    own = words(phrase)
    if not phrase or _NOT_HOLDING.search(phrase):
        return Office(key, own, None)
    parts = [part for part in _TWO_OFFICES.split(phrase) if part]
    if len(parts) > 1:
        each = [_role(part, key) for part in parts]
        return Office(key, own, " & ".join(sorted(each)), frozenset(each) | _included(parts, key))
    includes = _included(parts, key)
    acting = _ACTING.sub("", phrase)
    if acting != phrase:
        includes |= {_role(acting, key)}
    whole = _role(phrase, key)
    return Office(key, own, whole, includes - {whole})


def _role(phrase: str, body: str) -> str:
    """Return the key of one role."""
    if known := _known(_table().roles, words(phrase), body):
        return known
    for pattern, prefix in ((_ACTING, "acting "), (_BELOW, "deputy ")):
        if found := pattern.match(phrase):
            degree = found.group(1) if pattern is _BELOW else ""
            return f"{degree}{prefix}{_role(phrase[found.end() :], body)}"
    head, purpose = _split(phrase)
    if not purpose:
        return head
    if _is_minister(head, body):
        return f"minister:{'+'.join(sorted(_portfolios(purpose, body)))}"
    if head in ("ambassador", "envoy", "high commissioner", "permanent representative"):
        return f"{head}:{_body(purpose)[0]}"
    return f"{head}:{' '.join(sorted(set(words(purpose).split())))}"


def _included(parts: list[str], body: str) -> frozenset[str]:
    """Return the single portfolios of ministers who have several."""
    found: set[str] = set()
    for part in parts:
        head, purpose = _split(part)
        if purpose and _is_minister(head, body):
            several = _portfolios(purpose, body)
            found |= {f"minister:{one}" for one in several} if len(several) > 1 else set()
    return frozenset(found)


def _split(phrase: str) -> tuple[str, str]:
    """Return the head of a role and what it is for, whichever comes first in it."""
    for pattern in ("secretary of state for ", "minister of state for "):
        if phrase.startswith(pattern):
            return pattern.removesuffix(" for "), phrase.removeprefix(pattern)
    before = _PREPOSITION.split(phrase, maxsplit=1)
    if len(before) == 1:
        for head in _HEADS:
            if phrase.endswith(f" {head}") or phrase == head:
                return head, phrase.removesuffix(head).strip()
        first, _, head = phrase.rpartition(" ")
        return head, first
    named, purpose = before
    if named in _HEADS or named in _HEADS_BEFORE:
        return named, purpose
    first, _, head = named.rpartition(" ")
    return head, f"{first} {purpose}".strip()


def _is_minister(head: str, body: str) -> bool:
    return head == "minister" or _known(_table().ministers, words(head), body) is not None


def _portfolios(purpose: str, body: str) -> set[str]:
    """Return the departments that are named, each by its canonical name."""
    whole = words(purpose)
    if known := _known(_table().portfolios, whole, body):
        return {known}
    found = set()
    for part in _AND.split(purpose):
        plain = words(part)
        if plain:
            known = _known(_table().portfolios, plain, body)
            found.add(known or _known(_table().portfolios, plain.removesuffix(" affairs"), body) or plain)
    return found or {whole}


def _without_body(phrase: str, key: str) -> tuple[str, str]:
    """Return a role without the name of a body in front or at its end, and the key of that body.

    A body is taken out only when it is known by name, and is the one given where one is.
    """
    for cut, name in _places(phrase):
        found, known = _body(name)
        if known and key in ("", found) and cut:
            return cut, found
    return phrase, ""


def _places(phrase: str) -> Iterator[tuple[str, str]]:
    """Yield each way to take a body off a role: what is left, and the words of the body."""
    tokens = phrase.split()
    for size in range(1, min(5, len(tokens))):
        yield " ".join(tokens[size:]), " ".join(tokens[:size])
    for found in re.finditer(r" of (?:the )?", phrase):
        yield phrase[: found.start()], phrase[found.end() :]


@lru_cache(maxsize=16384)
def _body(body: str) -> tuple[str, bool]:
    """Return the key of a body, and whether it is one that is known by name."""
    plain = _fold(body)
    plain = plain.removeprefix("the ")
    for form in dict.fromkeys((plain, _GOVERNMENT.sub("", plain).removeprefix("the "))):
        if found := _named(form):
            return found, True
    formal = _FORMAL.match(plain)
    if formal:
        inner = _named((formal["state"] or formal["people"]).removeprefix("the "))
        if inner:
            return inner, True
    return plain, False


def _named(plain: str) -> str | None:
    return _bodies().get(plain)


@cache
def _bodies() -> dict[str, str]:
    """Return folded name, adjective or people -> key, of states and large organisations."""
    table = states()
    found = {
        _fold(form): _fold(name)
        for form, name in (*table.elsewhere.items(), *table.demonyms.items(), *table.names.items())
    }
    return {**found, **_table().bodies}


def _known(table: dict[str, dict[str, str]], plain: str, body: str) -> str | None:
    entry = table.get(plain)
    return None if entry is None else entry.get(body) or entry.get(_ALL)


@cache
def _table() -> _Table:
    """Return the package's own table, read once."""
    table = _Table()
    for line in files(__package__).joinpath("terms.tsv").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        kind, canonical, forms, where, _ = (line.split("\t") + [""] * _COLUMNS)[:_COLUMNS]
        bodies = [_fold(name) for name in where.split(";")] if where else [_ALL]
        for form in (canonical, *forms.split(";")):
            if kind == "body":
                table.bodies[_fold(form)] = _fold(canonical)
                continue
            kept = {"role": table.roles, "portfolio": table.portfolios, "minister": table.ministers}[kind]
            for body in bodies:
                kept.setdefault(words(form), {})[body] = canonical
    return table


@lru_cache(maxsize=16384)
def _fold(text: str) -> str:
    """Return words in lower case, without accents, stops, hyphens and possessives; commas stay."""
    plain = unicodedata.normalize("NFKD", text).casefold().replace("’", "'")
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = re.sub(r"(?<=\w)'s\b|(?<=s)'(?=\s|$)|(?<=\b\w)\.(?=\w\b)|\.", "", plain)
    plain = re.sub(r"[^\w,]+", " ", plain.replace("&", " and "))
    return " ".join(_WORDS.get(word, word) for word in plain.split())
