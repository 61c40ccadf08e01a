"""Lengths of time that say nothing of when: "two weeks", "a five-hour meeting", "for months"."""

from __future__ import annotations

import re
from typing import Final

from onrecord.dates.counts import duration
from onrecord.dates.grammar import Context, Match, Reading, family
from onrecord.dates.words import HEDGE, NUMBER, SOME, UNIT, UNIT_WORDS, count, unit_of

FAMILY: Final = family([*UNIT_WORDS, "time", "while", "weeklong", "daylong", "yearlong"])
_LENGTH: Final = "a length of time"


def _as_many(found: Match, context: Context) -> bool:
    """Tell the length that is a count told before: "the third attack in as many weeks"."""
    return bool(re.search(r"(?i)\bas $", context.text[max(0, found.start() - 3) : found.start()]))


@FAMILY.rule(
    "duration",
    rf"(?:{HEDGE}){{0,2}}(?P<count>{NUMBER}|{SOME})(?: more| full| long| whole| additional|"
    rf" straight| consecutive| further| solid)?~(?P<unit>{UNIT})"
    r"(?: and (?:an? half|[a-z]+ (?:months|minutes|days)))?(?!~olds?| old\b)",
)
def _length(found: Match, context: Context) -> Reading | None:
    words, unit = found["count"], unit_of(found["unit"])
    if found[0].lower() == "one day" and not re.search(
        r"(?i)\b(?:for|in|of|by|after|within|than|only|just|last|lasted|took|every)\s+$",
        context.text[max(0, found.start() - 8) : found.start()],
    ):
        # "It will one day be built": no length, but a time that is open.
        ahead = context.ahead(found)
        return (
            Reading(type="DATE", value="FUTURE_REF", vague=True, reason="leaves its days open")
            if ahead
            else None
        )
    number = count(words)
    if _as_many(found, context):
        return None
    if unit == "second" and not found["unit"].lower().endswith("s"):
        return None
    if words.lower() in ("a", "an"):
        after = context.text[found.end() : found.end() + 12]
        if unit in ("second", "night", "weekend", "quarter") or (
            re.match(r"\s*(?:of|in which|when|that|to remember)\b", after)
            and not re.match(r"(?i)within\b", found[0])
        ):
            return None
        if re.search(
            r"(?i)(?:many|what|such|quite|once|twice|times|percent|%|\d)\s*$",
            context.text[max(0, found.start() - 9) : found.start()],
        ):
            return None
    if re.search(r"(?i) and an? half", found[0][found.end("unit") - found.start() :]):
        number = None if number is None else number + 0.5
    return Reading(type="DURATION", value=duration(number, unit), vague=number is None, reason=_LENGTH)


@FAMILY.rule(
    "duration",
    r"(?:(?P<lead>for|in|within|over|after|of|took|take|lasted|last|spend|spent|many|these|those"
    r"|last for|through|only|just|the|that|with) )"
    r"(?:(?:(?:many|the|some|about) ))?(?P<unit>minutes|hours|days|weeks|months|years|decades"
    r"|centuries|generations)(?: or (?:even )?(?:days|weeks|months|years))?(?P<tail> later| ahead|"
    r" away| long)?",
)
@FAMILY.rule(
    "duration", r"(?P<lead>)(?P<unit>hours|days|weeks|months|years|decades)(?:~long| of\b)(?P<tail>)"
)
def _plural(found: Match, context: Context) -> Reading | None:
    lead = found["lead"].lower()
    if _as_many(found, context):
        return None
    if lead in ("the", "that", "with", "last", "only") and not found["tail"]:
        return None
    if found["unit"].lower() == "generations":
        return None
    return Reading(type="DURATION", value=duration(None, unit_of(found["unit"])), vague=True, reason=_LENGTH)


@FAMILY.rule(
    "duration",
    r"(?:for |in )?(?:quite )?(?P<words>some time|a (?:long |short |little )?while|a long time|a"
    r" short time)(?! (?:ago|when|and))",
)
def _while(_found: Match, _context: Context) -> Reading | None:
    return Reading(type="DURATION", value="PXX", vague=True, reason=_LENGTH)


@FAMILY.rule(
    "duration",
    rf"(?P<count>{NUMBER})~(?P<unit>day|week|month|year)~old"
    r"(?= (?:truce|cease~?fire|strike|war|conflict|government|coalition|law|dispute|agreement|treaty|embargo"
    r"|siege|campaign|project|contract|crisis|ban|blockade|uprising|insurgency|alliance|pact|company"
    r"|program(?:me)?|policy|feud|practice))",
)
def _old(found: Match, _context: Context) -> Reading | None:
    """Read "the 8-month-old truce": things have lasted so long; the age of people is no expression here."""
    value = duration(count(found["count"]), unit_of(found["unit"]))
    return Reading(type="DURATION", value=value, reason=_LENGTH)


@FAMILY.rule("duration", r"all (?P<unit>day|night|week|month|year)(?: long)?")
@FAMILY.rule("duration", r"(?P<unit>day|week|month|year|hour|decade)s?~?long")
def _unit_long(found: Match, _context: Context) -> Reading | None:
    plural = "s" in found[0].lower()[len(found["unit"]) : len(found["unit"]) + 1]
    return Reading(
        type="DURATION",
        value=duration(None if plural else 1, unit_of(found["unit"])),
        vague=plural,
        reason=_LENGTH,
    )
