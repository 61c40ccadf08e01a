"""Scores of statements: are they found, and are speaker, kind, office, act, days and nesting right.

``statements``
    One to one, highest overlap first: the contents share at least half of their tokens (Jaccard; 0.6 in the
    ``case`` layout, where also one statement that covers two keys of which the key says that they may be
    joined counts for both).
``outer statements``
    Share found of the marked ones that stand in no other.
``source``
    Share of the found ones whose source shares a token with the marked source; those without one count.
``speaker``
    Of the found ones: same surname, or the key's words all in the answer, or half of the words shared
    (Jaccard), titles and articles put aside; unnamed ones by the same rule on their words.
``type``, ``kind``, ``act``
    Share of the found ones with the same value.
``via``, ``nested``
    F1 over statements found, by whether the field is filled on both sides.
``said``
    Of the found ones of whose day their own line tells: same first and last day.
``office``
    Share of all marked offices of which a word is in the answer.
``... of all marked``
    The same, but of all marked ones, so that one not found counts as wrong.
``article fields``
    Fields of the article equal to the key's; of the publication date the part that the key gives.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from onrecord.article import Article, Interval, Statement
from onrecord.evaluation.corpora import Key
from onrecord.evaluation.report import Count
from onrecord.evaluation.tokens import Tokens, greedy_matching, jaccard

_TITLE: Final = re.compile(
    "the|of|an?|mrs?|ms|dr|president|minister|prime|foreign|secretary|senator|sen|rep|king|queen"
)
_WORD = re.compile(r"\w+")
_IN_PARENTHESES = re.compile(r"\(.*?\)")

Pairs = list[tuple[int, int]]


def match_statements(
    tokens: Tokens,
    keys: Sequence[Key],
    found: Sequence[Statement],
    *,
    least: float = 0.5,
    may_join: Sequence[tuple[str, str]] = (),
) -> Pairs:
    """Return (key, statement) pairs of what was found, as the head of this module defines it."""
    contents = [tokens.of(statement.content) for statement in found]
    pairs = greedy_matching([[jaccard(tokens.of(k.content), c) for c in contents] for k in keys], least)
    number = {key.id: i for i, key in enumerate(keys)}
    for ids in may_join:
        both = [number[i] for i in ids]
        whole = tokens.of([span for i in both for span in keys[i].content])
        for j, content in enumerate(contents):
            if jaccard(whole, content) >= 0.8:
                pairs = [(i, k) for i, k in pairs if i not in both and k != j] + [(i, j) for i in both]
    return pairs


def statement_counts(keys: Sequence[Key], found: Sequence[Statement], pairs: Pairs) -> dict[str, Count]:
    """Count what is right about the statements found; names as the head of this module defines them."""
    matched = [(keys[i], found[j]) for i, j in pairs]
    hit = len({j for _, j in pairs})
    speaker = sum(same_name(_speaker(s, "name"), k.speaker) for k, s in matched)
    return {
        "statements": Count(hit, len(found), len(pairs), len(keys)),
        "outer statements": Count.share(
            sum(not k.parent for k, _ in matched), sum(not k.parent for k in keys)
        ),
        "speaker": Count.share(speaker, len(pairs)),
        "speaker of all marked": Count.share(speaker, sum(bool(k.speaker) for k in keys)),
        "type": Count.share(sum(k.type == s.type for k, s in matched), len(pairs)),
        **_if_marked("kind", keys, sum(k.kind == _speaker(s, "kind") for k, s in matched), len(pairs)),
        **_if_marked("act", keys, sum(k.act == s.act for k, s in matched), len(pairs)),
        "via": _filled([k.via for k in keys], [bool(s.via) for s in found], pairs),
        "nested": _filled([bool(k.parent) for k in keys], [bool(s.parent) for s in found], pairs),
        "office": Count.share(
            sum(bool(words(k.office) & words(_speaker(s, "office"))) for k, s in matched),
            sum(bool(k.office) for k in keys),
        ),
        **_days(keys, matched),
    }


def source_count(tokens: Tokens, keys: Sequence[Key], found: Sequence[Statement], pairs: Pairs) -> Count:
    """Count the found ones whose source touches the marked one, or that have none marked."""
    right = sum(
        not keys[i].source or bool(tokens.of(keys[i].source) & tokens.of(found[j].source)) for i, j in pairs
    )
    return Count.share(right, len(pairs))


def field_count(article: Article | None, fields: Mapping[str, str | None]) -> Count:
    """Count the article's fields that are as marked."""
    right = 0
    for name, expected in fields.items():
        value = (getattr(article, name, None) or "").strip()
        if name == "published" and expected:
            right += value.startswith(expected)
        else:
            right += value == (expected or "")
    return Count.share(right if article else 0, len(fields))


def same_name(answer: str | None, key: str | None) -> bool:
    """Tell whether two names go for one speaker: see ``speaker`` at the head of this module."""
    said = [word for word in _WORD.findall((answer or "").lower()) if not _TITLE.fullmatch(word)]
    bare = _IN_PARENTHESES.sub("", key or "").lower()
    meant = [word for word in _WORD.findall(bare) if not _TITLE.fullmatch(word)]
    if not said or not meant:
        return False
    one, other = frozenset(said), frozenset(meant)
    common = len(one & other)
    return said[-1] == meant[-1] or other <= one or common / len(one | other) >= 0.5


def _days(keys: Sequence[Key], matched: Sequence[tuple[Key, Statement]]) -> dict[str, Count]:
    counts = {}
    for name in ("said", "released", "due"):
        right = sum(
            bool(getattr(k, name)) and _interval(getattr(s, name)) == getattr(k, name) for k, s in matched
        )
        counts[name] = Count.share(right, sum(bool(getattr(k, name)) for k, _ in matched))
        counts[f"{name} of all marked"] = Count.share(right, sum(bool(getattr(k, name)) for k in keys))
    return counts


def _interval(days: Interval | None) -> tuple[str | None, str | None] | None:
    return (days.first, days.last) if days else None


def _filled(keys: Sequence[bool], found: Sequence[bool], pairs: Pairs) -> Count:
    right = sum(keys[i] and found[j] for i, j in pairs)
    return Count(right, sum(found), right, sum(keys))


def _if_marked(name: str, keys: Sequence[Key], right: int, of: int) -> dict[str, Count]:
    """Return the share, if the keys know the field at all."""
    return {name: Count.share(right, of)} if any(getattr(k, name) for k in keys) else {}


def _speaker(statement: Statement, name: str) -> str | None:
    return getattr(statement.speaker, name) if statement.speaker else None


def words(text: str | None) -> set[str]:
    """Return the words of an office or name, lower case."""
    return set(_WORD.findall((text or "").lower()))
