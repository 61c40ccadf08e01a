"""Whether the clause around a date looks ahead or back.

The nearest verb decides: first those in front of the date in its sentence, then those behind it. Without
a tagger a verb is told by its form and by the words beside it: an auxiliary, a past form, an infinitive with
the word that governs it, the few verbs whose present is used of what is scheduled.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_BACK: Final = 110
_ON: Final = 90
_SENTENCE: Final = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘(\[A-Z])|\n\s*\n|[;]")
#: "To answer by Friday", "must pay by the end of the month": a limit is ahead, whatever verb leads.
_LIMIT: Final = re.compile(
    r"\b(?:to|will|would|must|should|can|could|'ll) (?:[a-z]+ ){1,6}(?:by|before|until)(?: the)? $"
)
#: "Shut until Sunday" is ahead; "not until Sunday" and "until Sunday, they had" are not.
_UNTIL: Final = re.compile(
    r"(?i)\w\W+(?:until|till)(?: the| [\d:]{1,5} ?[ap]\.?m\.?,?| noon| midnight| early| late)? $"
)
_DENIED: Final = re.compile(r"(?i)\b(?:not|up) (?:until|till)(?: the)? $")
#: "Takes effect Jan. 1", "effective Monday", "payable Dec. 15".
_EFFECT: Final = re.compile(
    r"(?i)\b(?:effective|takes? effect|taking effect|starting|beginning|expiring|maturing|payable)\s+"
    r"(?:on\s+)?$"
)
_WORD: Final = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Auxiliaries that look ahead, and those that do so only where nothing denies them or makes them perfect.
_WILL: Final = _words("will shall won't going upcoming forthcoming tomorrow")
_MAY: Final = _words("would wouldn't may might could couldn't should must can cannot can't")
_BE: Final = _words("be being")
_IS: Final = _words("is are was were be been it's he's she's they're we're")
#: Participles and adjectives that look ahead, also behind "was": "was due on Friday".
_AWAITED: Final = _words("scheduled due expected planned slated likely bound expects expect deadline")
#: Words that are verbs of intention before "to", or where no article makes a noun of them.
_INTENT: Final = _words(
    "plan plans planning hope hopes hoping aim aims vow vows pledge pledges promise promises intend intends"
    " prepare prepares preparing urges wants want await awaits faces face looks"
)
#: The present of these is said of what is on the calendar.
_CALENDAR: Final = _words(
    "begins starts opens meets meet ends expires expire arrives departs convenes resumes begin resume"
)
#: What an infinitive must hang on to look ahead.
_GOVERNORS: Final = _words(
    "agreed agree agrees plan plans planned planning want wants wanted vow vowed vows promise promised"
    " promises expect expected expects hope hopes hoped order ordered orders urge urged urges ask asked asks"
    " call called calls decided decide intend intends intended invited invite prepare prepares prepared"
    " preparing schedule scheduled threatened threaten threatens proposed propose pledged pledge pledges due"
    " set going likely ready need needs demand demands deadline ultimatum permission offered offer offers"
    " is are was were has have had poised slated supposed told day days week weeks hours until time chance"
    " agreement date decision"
)
_PAST: Final = _words(
    "was were had did said told met came went took gave made saw found held began became left sent spoke"
    " wrote won lost fell rose broke brought bought built fought got grew hit kept knew led read ran sat shot"
    " stood struck swore taught thought threw wore fled flew drew drove ate chose been sold paid put let cut"
    " shut quit says has have since happened ago died killed shown seen given taken done set laid didn't"
    " wasn't weren't hadn't"
)
#: Forms in -ed that are no past tense.
_NOT_VERBS: Final = _words(
    "united wanted need indeed speed seed feed red bed exceed proceed succeed hundred sacred limited shed"
    " embed naked wicked unprecedented armed alleged proposed elected appointed detained need"
)
#: "Believed to be", "said to be": no infinitive that looks ahead.
_BELIEVED: Final = _words(
    "said believed thought known reported appears appeared appear seemed seems seem claimed alleged"
    " considered found proved used turned ought understood presumed feared"
)
_ARTICLES: Final = _words("a an the its his her their our my this that these those some any no another")
#: A date that opens a further clause of its sentence.
_FRONTED: Final = re.compile(
    r"(?i)(?:[,;:]\s+|\b)(?:and|but|while)\s+(?:(?:then|on|late|early|in|at)\s+){0,2}$"
)
_PREPOSITIONS: Final = _words("to in at for with from of on by and or")
_NOT: Final = _words("not never neither nor no")


def looks_ahead(text: str, start: int, end: int) -> bool | None:
    """Return ``True`` where the clause looks ahead, ``False`` where back, ``None`` where nothing shows."""
    before = text[max(0, start - _BACK) : start]
    cut = 0
    for stop in _SENTENCE.finditer(before):
        cut = stop.end()
    clause = before[cut:]
    if (
        _LIMIT.search(clause)
        or _EFFECT.search(clause)
        or (_UNTIL.search(clause) and not _DENIED.search(clause))
    ):
        return True
    if _FRONTED.search(clause):
        opened = _opened(text[end : end + _ON])
        if opened is not None:
            return opened
    words = _verbs(clause)
    for at in range(len(words) - 1, -1, -1):
        said = _says(words, at)
        if said is not None:
            return said
    after = text[end : end + _ON]
    stop_after = _SENTENCE.search(after)
    words = _verbs(after[: stop_after.start()] if stop_after else after)
    for at in range(len(words)):
        said = _says(words, at)
        if said is not None:
            return said
    return None


def _opened(after: str) -> bool | None:
    """Return where the clause looks that a date opens: "and on Saturday he said"."""
    clause = re.split(r"[,;.!?\n]", after, maxsplit=1)[0]
    words = _verbs(clause)
    if not words or words[0] in _PREPOSITIONS:
        return None
    for at in range(1, min(len(words), 5)):
        said = _says(words, at)
        if said is not None:
            return said
    return None


def _verbs(clause: str) -> list[str]:
    """Return the words, lower case, without the month May."""
    return [word.lower().replace("’", "'") for word in _WORD.findall(clause) if word != "May"]


def _says(words: Sequence[str], at: int) -> bool | None:
    """Return where the word at a place looks, ``None`` where it is no verb or another one decides."""
    word, before = words[at], words[max(0, at - 3) : at]
    following = words[at + 1] if at + 1 < len(words) else ""
    if word in _WILL or word.endswith("'ll"):
        return True
    if word in _MAY:
        return _modal(words, at)
    if word == "to":
        return _infinitive(before, following)
    if word == "set":
        return following in ("to", "for") or None if _IS & set(before) else following == "for"
    if word in _AWAITED:
        return None if before[-1:] and before[-1] in ("previously", "originally", "initially", "as") else True
    if word in _INTENT:
        return True if following == "to" or not _ARTICLES & set(before) else None
    if word in _CALENDAR:
        return None if _ARTICLES & set(before[-1:]) or before[-1:] == ["to"] else True
    if word in _PAST or (word.endswith("ed") and len(word) > 4 and word not in _NOT_VERBS):
        return _past(word, before)
    return None


def _modal(words: Sequence[str], at: int) -> bool:
    """Tell "could meet" from "could not be reached" and "would have met"."""
    word, near = words[at], set(words[at + 1 : at + 3])
    if near & {"have", "'ve"}:
        return False
    denied = bool(near & _NOT or _NOT & set(words[max(0, at - 8) : at])) or word == "couldn't"
    return not (word.startswith("could") and denied)


def _infinitive(before: Sequence[str], following: str) -> bool | None:
    """Return whether "to" with a verb hangs on a word of intention: "agreed to meet", "is to meet"."""
    if following == "be" and before and before[-1] not in _BELIEVED:
        return True
    if not following or following in _ARTICLES or following.endswith(("ing", "ed")):
        return None
    return True if before and before[-1] in _GOVERNORS else None


def _past(word: str, before: Sequence[str]) -> bool | None:
    """Return ``False`` for a past form, ``None`` for a participle under an infinitive or before a noun."""
    if word in ("was", "were", "had", "did", "said", "told"):
        return False
    if word == "have" and before[-1:] and before[-1] in _WILL | _MAY:
        return None
    if _BE & set(before[-2:]) or before[-1:] == ["to"]:
        return None
    if word.endswith("ed") and _ARTICLES & set(before[-1:]):
        return None
    return False
