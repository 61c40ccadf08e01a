"""Scores of attributions, the corpora's sense: source, cue and content, with no question who the source is.

Figures of one article, added up over articles afterwards (micro average):

``tokens ROLE``
    Word tokens of the role, union over all attributions.
``spans ROLE``
    Distinct, non-empty spans of the role that are the same on both sides. A content of several fragments
    is one span. *The same* here and below: the same letters and digits, so that quotation marks, other
    punctuation and spaces at the edges or inside do not count.
``content overlap``
    Attributions whose content shares a token with some content on the other side; duplicates go unpunished.
``content exact``, ``content half``
    One to one: the same content; at least half of the tokens shared (Jaccard).
``attribution relaxed``
    One to one: contents share at least half of their tokens and, where the marked one has a source, so do
    the sources.
``attribution exact``
    One to one: the same content and, where the marked one has a source, the same source. The cue does not
    count.
``attribution exact with cue``
    The same, and the same cue.

``quoted: ...`` is the part with quotation marks: marked attributions whose content holds a double one.
Matching is done on everything; recall is over that part; a prediction whose content goes with another
marked attribution is left out, and an unmatched one counts as false only when its content has or touches
a quotation mark or shares a token with that part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol

from onrecord.article import Spans
from onrecord.evaluation.report import Count
from onrecord.evaluation.tokens import Tokens, jaccard, maximum_matching

ROLES: Final = ("source", "cue", "content")


class Roles(Protocol):
    """Anything with the three roles: a marked attribution or a statement."""

    @property
    def source(self) -> Spans:
        """Who is quoted."""

    @property
    def cue(self) -> Spans:
        """The words that attribute."""

    @property
    def content(self) -> Spans:
        """What is attributed."""


class _Measured:
    """One attribution as sets of tokens and of word characters."""

    def __init__(self, tokens: Tokens, roles: Roles) -> None:
        spans = {role: getattr(roles, role) for role in ROLES}
        self.characters = {role: tokens.characters(spans[role]) for role in ROLES}
        self.tokens = {role: tokens.covered(self.characters[role]) for role in ROLES}
        self.content = self.tokens["content"]
        self.quoted = tokens.quoted(spans["content"])
        self.near_quotation = tokens.near_quotation(spans["content"])


def _half(gold: _Measured, found: _Measured) -> float:
    shared = jaccard(gold.content, found.content)
    return shared if shared >= 0.5 else 0.0


def _relaxed(gold: _Measured, found: _Measured) -> float:
    content = _half(gold, found)
    if not content or not gold.tokens["source"]:
        return content + 1 if content else 0.0
    source = jaccard(gold.tokens["source"], found.tokens["source"])
    return content + source if source >= 0.5 else 0.0


def _same_content(gold: _Measured, found: _Measured) -> float:
    content = gold.characters["content"]
    return float(bool(content) and content == found.characters["content"])


def _exact(gold: _Measured, found: _Measured) -> float:
    source = gold.characters["source"]
    return _same_content(gold, found) if not source or source == found.characters["source"] else 0.0


def _exact_with_cue(gold: _Measured, found: _Measured) -> float:
    return _exact(gold, found) if gold.characters["cue"] == found.characters["cue"] else 0.0


_MATCHINGS: Final[Mapping[str, Callable[[_Measured, _Measured], float]]] = {
    "content exact": _same_content,
    "content half": _half,
    "attribution relaxed": _relaxed,
    "attribution exact": _exact,
    "attribution exact with cue": _exact_with_cue,
}


def attribution_counts(
    tokens: Tokens, gold: Sequence[Roles], found: Sequence[Roles]
) -> tuple[dict[str, Count], list[bool]]:
    """Score one article.

    Args:
        tokens: the tokens of its text.
        gold: what is marked.
        found: what was predicted.

    Returns:
        Name -> count, as the head of this module defines them; and for each prediction whether it is right
        in the sense of ``attribution relaxed``.
    """
    marked = [_Measured(tokens, roles) for roles in gold]
    predicted = [_Measured(tokens, roles) for roles in found]
    part = _QuotedPart(marked, predicted)
    counts: dict[str, Count] = {}
    quoted: dict[str, Count] = {}
    for role in ROLES:
        name = f"tokens {role}"
        counts[name], quoted[name] = _common(_union(predicted, role), _union(marked, role)), part.tokens(role)
    for role in ROLES:
        counts[f"spans {role}"] = _common(_distinct(predicted, role), _distinct(marked, role))
    counts["content overlap"], quoted["content overlap"] = _overlap(predicted, marked), part.overlap()
    right: list[bool] = []
    for name, weight in _MATCHINGS.items():
        pairs = maximum_matching([[weight(g, p) for p in predicted] for g in marked])
        counts[name] = Count(len(pairs), len(predicted), len(pairs), len(marked))
        quoted[name] = part.matched(pairs)
        if weight is _relaxed:
            right = [number in pairs for number in range(len(predicted))]
    return counts | {f"quoted: {name}": count for name, count in quoted.items()}, right


class _QuotedPart:
    """The part with quotation marks, and what of the predictions is held against it."""

    def __init__(self, marked: Sequence[_Measured], predicted: Sequence[_Measured]) -> None:
        self._marked = marked
        self._predicted = predicted
        self._inside = [g for g in marked if g.quoted]
        self._outside = [g for g in marked if not g.quoted]
        contents = _union(self._inside, "content")
        self._near = [p for p in predicted if p.near_quotation or p.content & contents]
        elsewhere = {
            number for number, g in self._match(_half).items() if not marked[g].quoted
        }  # predictions that belong to attributions without quotation marks
        near = set(map(id, self._near))
        self._charged = [
            id(p) in near and number not in elsewhere for number, p in enumerate(predicted)
        ]  # predictions that count as false when they match nothing

    def _match(self, weight: Callable[[_Measured, _Measured], float]) -> dict[int, int]:
        return maximum_matching([[weight(g, p) for p in self._predicted] for g in self._marked])

    def tokens(self, role: str) -> Count:
        inside = _union(self._inside, role)
        found = _union(self._near, role)
        only_outside = _union(self._outside, role) - inside
        right = len(found & inside)
        return Count(right, len(found - only_outside), right, len(inside))

    def overlap(self) -> Count:
        inside = _union(self._inside, "content")
        outside = _union(self._outside, "content")
        held = [p for p in self._near if p.content & inside or not p.content & outside]
        found = _union(self._predicted, "content")
        return Count(
            sum(bool(p.content & inside) for p in held),
            len(held),
            sum(bool(g.content & found) for g in self._inside),
            len(self._inside),
        )

    def matched(self, pairs: Mapping[int, int]) -> Count:
        right = sum(self._marked[g].quoted for g in pairs.values())
        false = sum(charged and number not in pairs for number, charged in enumerate(self._charged))
        return Count(right, right + false, right, len(self._inside))


def _union(attributions: Sequence[_Measured], role: str) -> frozenset[int]:
    return frozenset().union(*(a.tokens[role] for a in attributions))


def _distinct(attributions: Sequence[_Measured], role: str) -> set[frozenset[int]]:
    return {a.characters[role] for a in attributions} - {frozenset()}


def _common(found: frozenset[int] | set[frozenset[int]], gold: frozenset[int] | set[frozenset[int]]) -> Count:
    right = len(set(found) & set(gold))
    return Count(right, len(found), right, len(gold))


def _overlap(found: Sequence[_Measured], gold: Sequence[_Measured]) -> Count:
    found_tokens, gold_tokens = _union(found, "content"), _union(gold, "content")
    return Count(
        sum(bool(p.content & gold_tokens) for p in found),
        len(found),
        sum(bool(g.content & found_tokens) for g in gold),
        len(gold),
    )
