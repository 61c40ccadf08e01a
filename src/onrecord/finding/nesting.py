"""Which readings of the second level are statements inside statements.

The corpus that the encoder learned from also marks what people want, seek and are offered as theirs.
Inside somebody's words these are what is talked about, not words on another's word: "the generals wanted a
road" tells of a wish, "the generals said they wanted a road" of words. So inside a content they do not count,
unless what they govern is quoted, or is a clause ("agreed that the road was lost").
"""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+")
_BEHIND_VERBS: Final = frozenset(["for", "to", "on", "at", "with", "about", "of", "upon"])
#: Forms of verbs of wish, search, trial and liking (VerbNet 31.2, 32.1, 32.2, 35, 61 and their kin).
_WISHES: Final = frozenset(
    [
        "want",
        "wants",
        "wanted",
        "wanting",
        "wish",
        "wishes",
        "wished",
        "wishing",
        "seek",
        "seeks",
        "sought",
        "seeking",
        "look",
        "looks",
        "looked",
        "looking",
        "need",
        "needs",
        "needed",
        "needing",
        "prefer",
        "prefers",
        "preferred",
        "intend",
        "intends",
        "intended",
        "intending",
        "choose",
        "chooses",
        "chose",
        "chosen",
        "try",
        "tries",
        "tried",
        "trying",
        "like",
        "likes",
        "liked",
        "love",
        "loves",
        "loved",
        "hate",
        "hates",
        "hated",
    ]
)
#: Forms of verbs of offer and consent (VerbNet 13.3, 36.1): an undertaking with "to", else a thing.
_UNDERTAKINGS: Final = frozenset(
    [
        "agree",
        "agrees",
        "agreed",
        "agreeing",
        "offer",
        "offers",
        "offered",
        "offering",
        "decide",
        "decides",
        "decided",
        "deciding",
    ]
)


def is_told(cue: str, content: str, kind: str) -> bool:
    """Tell whether a statement found inside another rests on words, and not on a wish.

    Args:
        cue: its words, ``""`` for none.
        content: its words.
        kind: ``direct``, ``indirect`` or ``mixed``.
    """
    words = [word.lower() for word in _WORD.findall(cue)]
    while words and words[-1] in _BEHIND_VERBS:
        words.pop()
    if kind != "indirect" or not words:
        return True
    opening = content.split(maxsplit=1)[0].lower()
    if words[-1] in _WISHES:
        return opening == "that"
    return words[-1] not in _UNDERTAKINGS or opening in ("to", "that")
