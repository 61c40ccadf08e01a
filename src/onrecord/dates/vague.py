"""Words that leave it open: "recently", "in the near future", "now"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from onrecord.dates import reckoning as at
from onrecord.dates.grammar import Context, Match, Reading, family, filled, relative

FAMILY: Final = family(
    [
        "recently",
        "recent",
        "lately",
        "soon",
        "shortly",
        "future",
        "now",
        "currently",
        "current",
        "past",
        "present",
        "moment",
        "previously",
        "formerly",
        "time",
        "immediately",
        "nowadays",
        "days",
        "imminently",
        "once",
    ]
)
#: How many days "recently" reaches back, and "soon" on: bounds of custom, marked vague.
REACH: Final = 30


@FAMILY.rule("vague past", r"(?:most |more |very |until )?(?P<word>recently|lately)(?! as\b)")
def _recently(_found: Match, context: Context) -> Reading | None:
    return _vague(context, -REACH, "PAST_REF")


@FAMILY.rule(
    "vague future",
    r"(?:in |for )?(?:the )(?:very )?(?:near|foreseeable|immediate|not~too~distant|not so distant"
    r"|distant) future",
)
@FAMILY.rule(
    "vague future",
    r"(?:very )?soon(?! (?:after|before|as|enough|became|followed|found|began))|sooner or later",
)
def _soon(found: Match, context: Context) -> Reading | None:
    if "distant" in found[0].lower() and "not" not in found[0].lower():
        return Reading(type="DATE", value="FUTURE_REF", vague=True, reason="leaves its days open")
    return _vague(context, REACH, "FUTURE_REF")


def _vague(context: Context, reach: int, value: str) -> Reading:
    reading = replace(relative(context), vague=True, value=value)
    if context.published is None:
        return reading
    return replace(
        filled(reading, at.between(context.published, at.plus(context.published, reach)), value), vague=True
    )


@FAMILY.rule(
    "present",
    r"(?:right |just |up to |until |from |by |even |for )?now(?! defunct)|currently"
    r"|nowadays|these days(?! (?:of|when|in)\b)|at present|at the moment|this moment",
)
def _now(found: Match, context: Context) -> Reading | None:
    if re.match(r"(?i)just now|NOW$", found[0]) and found[0].isupper():
        return None
    reading = replace(relative(context), value="PRESENT_REF")
    if context.published is None:
        return reading
    return filled(reading, at.one(context.published), "PRESENT_REF")


@FAMILY.rule(
    "vague",
    r"(?:in )?the (?P<word>past|future)(?=\W*[,.;:\n”\")]|$| (?:and|that|but|as|is|was|when|he|she"
    r"|we|they|to|of|if|will)\b)",
)
def _open(found: Match, _context: Context) -> Reading | None:
    value = "PAST_REF" if (found["word"] or "").lower() == "past" else "FUTURE_REF"
    return Reading(type="DATE", value=value, vague=True, reason="leaves its days open")


@FAMILY.rule("vague past", r"previously|in the (?:recent|distant) past|at the time|at that time")
def _then(_found: Match, _context: Context) -> Reading | None:
    return Reading(type="DATE", value="PAST_REF", vague=True, reason="leaves its days open")
