"""Whether the clause around a date looks ahead or back.

The nearest verb decides: first the one in front of the date in its sentence, then the one behind. A
participle after "be" or an infinitive looks where its auxiliary looks.
"""

from __future__ import annotations

import re
from typing import Final

_BACK: Final = 110
_ON: Final = 90
_SENTENCE: Final = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘(\[A-Z])|\n\s*\n|[;]")
#: "To answer by Friday", "must pay by the end of the month": a limit is ahead, whatever verb leads.
_LIMIT: Final = re.compile(
    r"\b(?:to|will|would|must|should|can|could|'ll) (?:[a-z]+ ){1,6}(?:by|before|until)(?: the)? $"
)
_WORD: Final = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")

_FUTURE: Final = frozenset(
    [
        "will",
        "would",
        "shall",
        "'ll",
        "won't",
        "wouldn't",
        "may",
        "might",
        "could",
        "should",
        "must",
        "scheduled",
        "due",
        "expected",
        "planned",
        "plans",
        "plan",
        "planning",
        "set",
        "slated",
        "deadline",
        "upcoming",
        "intends",
        "intend",
        "hopes",
        "hope",
        "aims",
        "until",
        "tomorrow",
        "forthcoming",
        "ahead",
        "expects",
        "expect",
        "begins",
        "starts",
        "opens",
        "meets",
        "ends",
        "expires",
        "can",
        "cannot",
        "going",
        "vows",
        "vow",
        "pledges",
        "urges",
        "wants",
        "likely",
        "expire",
        "prepares",
        "prepare",
        "preparing",
        "promises",
        "promise",
        "awaits",
        "await",
        "faces",
        "face",
        "looks",
        "bound",
    ]
)
_PAST: Final = frozenset(
    [
        "was",
        "were",
        "had",
        "did",
        "said",
        "told",
        "met",
        "came",
        "went",
        "took",
        "gave",
        "made",
        "saw",
        "found",
        "held",
        "began",
        "became",
        "left",
        "sent",
        "spoke",
        "wrote",
        "won",
        "lost",
        "fell",
        "rose",
        "broke",
        "brought",
        "bought",
        "built",
        "fought",
        "got",
        "grew",
        "hit",
        "kept",
        "knew",
        "led",
        "read",
        "ran",
        "sat",
        "shot",
        "stood",
        "struck",
        "swore",
        "taught",
        "thought",
        "threw",
        "wore",
        "fled",
        "flew",
        "drew",
        "drove",
        "ate",
        "chose",
        "been",
        "sold",
        "paid",
        "put",
        "let",
        "cut",
        "shut",
        "quit",
        "says",
        "has",
        "have",
        "since",
        "happened",
        "ago",
        "died",
        "been",
        "killed",
        "shown",
        "seen",
        "given",
        "taken",
        "done",
    ]
)
_BE: Final = frozenset({"be", "being"})
#: Participles that look ahead by themselves although they end as past forms do.
_TO: Final = frozenset({"to"})
_NOT_VERBS: Final = frozenset(
    [
        "united",
        "wanted",
        "need",
        "indeed",
        "speed",
        "seed",
        "feed",
        "red",
        "bed",
        "exceed",
        "proceed",
        "succeed",
        "hundred",
        "sacred",
        "led",
        "limited",
        "shed",
        "embed",
        "naked",
        "wicked",
        "unprecedented",
        "armed",
        "so-called",
        "alleged",
        "proposed",
        "planned",
        "elected",
        "appointed",
        "detained",
    ]
)


def looks_ahead(text: str, start: int, end: int) -> bool | None:
    """Return ``True`` where the clause looks ahead, ``False`` where back, ``None`` where nothing shows."""
    before = text[max(0, start - _BACK) : start]
    cut = 0
    for stop in _SENTENCE.finditer(before):
        cut = stop.end()
    if _LIMIT.search(before[cut:]):
        return True
    found = _nearest([word.lower() for word in _WORD.findall(before[cut:]) if word != "May"][::-1])
    if found is not None:
        return found
    after = text[end : end + _ON]
    stop_after = _SENTENCE.search(after)
    words = [
        word.lower()
        for word in _WORD.findall(after[: stop_after.start()] if stop_after else after)
        if word != "May"
    ]
    return _first(words)


def _nearest(words: list[str]) -> bool | None:
    """Return what the nearest verb says; ``words`` begin with the one next to the date."""
    for at, word in enumerate(words):
        said = _says(word)
        if said is None:
            continue
        if said is False and word not in ("was", "were", "had", "did", "said", "told"):
            governing = words[at + 1 : at + 4]
            if _BE & set(governing[:2]) or _TO & set(governing[:1]):
                continue
        return said
    return None


def _first(words: list[str]) -> bool | None:
    for at, word in enumerate(words):
        if word == "to" and at + 1 < len(words) and words[at + 1] in _BE:
            return True
        said = _says(word)
        if said is not None:
            return said
    return None


def _says(word: str) -> bool | None:
    plain = word.replace("’", "'")
    if plain in _FUTURE or plain.endswith("'ll"):
        return True
    if plain in _PAST:
        return False
    if plain.endswith("ed") and len(plain) > 4 and plain not in _NOT_VERBS:
        return False
    return None
