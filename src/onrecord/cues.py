"""The words that report: what act each reports, and whether it looks ahead.

The lexicon is ``acts.tsv``: the forms of a word (those of several words joined by ``_``), the act it reports,
how what it reports looks ahead, and on whose classes that rests. The classes are those of Searle and
Vanderveken (1985), of VerbNet 3 (Kipper-Schuler 2005, after Levin 1993), and of the literature on reporting
verbs in news and research writing (Caldas-Coulthard 1994; Thompson and Ye 1991; Bergler 1992).
A VerbNet class names the group of verbs whose meaning a word shares; that the word itself is among the
members was checked for say-37.7 and advise-37.9 only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

_WORD: Final = re.compile(r"[a-z]+(?:['’-][a-z]+)*")
#: No entry of the lexicon has more words.
_LONGEST: Final = 3


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting word.

    Attributes:
        act: the act that it reports.
        ahead: how its content looks ahead: ``promise``, ``assure``, ``offer``, ``threat``, ``plan``,
            ``predict``; ``belief``, ``hope``, ``want``, ``demand``, ``warn``, ``reject``, ``praise``,
            ``stance`` for what bears on it otherwise; empty where the content alone decides.
    """

    act: str
    ahead: str


def cues_of(words: str) -> list[Cue]:
    """Return the reporting words among words, in their order; of overlapping ones the longest."""
    tokens = _WORD.findall(words.lower())
    table = lexicon()
    found, at = [], 0
    while at < len(tokens):
        size, cue = _entry(table, tokens, at)
        if cue:
            found.append(cue)
        at += size
    return found


@cache
def lexicon() -> Mapping[str, Cue]:
    """Return the lexicon: form, words joined by ``_``, to what it reports."""
    rows = files("onrecord").joinpath("acts.tsv").read_text(encoding="utf-8").splitlines()[1:]
    table = {}
    for row in rows:
        forms, act, ahead, _source = row.split("\t")
        table.update(dict.fromkeys(forms.split(), Cue(act, ahead)))
    return table


def _entry(table: Mapping[str, Cue], tokens: Sequence[str], at: int) -> tuple[int, Cue | None]:
    for size in range(min(_LONGEST, len(tokens) - at), 0, -1):
        cue = table.get("_".join(tokens[at : at + size]))
        if cue:
            return size, cue
    return 1, None
