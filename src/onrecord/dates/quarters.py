"""Quarters, halves and the periods that reports of results compare: "the third quarter", "a year earlier"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from onrecord.dates import reckoning as at
from onrecord.dates.grammar import Context, Match, Reading, family, filled, relative
from onrecord.dates.periods import period
from onrecord.dates.words import YEAR, ordinal

FAMILY: Final = family(["quarter", "quarters", "period", "half", "year", "q"])


@FAMILY.rule(
    "quarter",
    rf"Q(?P<number>[1-4])(?:~(?P<year>{YEAR}))?|(?P<lead>{YEAR})~Q(?P<number2>[1-4])",
    cased=True,
)
def _coded(found: Match, context: Context) -> Reading | None:
    """Read "Q3 2019" and "2019-Q3"; without a year the last one that has begun."""
    number = int(found["number"] or found["number2"])
    told = found["year"] or found["lead"]
    reading = Reading(type="DATE") if told else relative(context)
    if told:
        year = int(told)
    elif context.published is None:
        return reading
    else:
        year = context.published.year - (1 if number * 3 - 2 > context.published.month else 0)
    return filled(reading, at.quarter(year, number), f"{year:04}-Q{number}", "quarter")


@FAMILY.rule(
    "quarter",
    rf"(?:(?P<hedge>early|late|mid)(?:~| in ))?(?:the |its |(?P<whose>this|last|next) year's |their )?(?:"
    rf"(?P<lead>{YEAR})(?:'s)? )?(?:fiscal )?"
    rf"(?P<number>first|second|third|fourth|last|latest|1st|2nd|3rd|4th|1Q|Q1)~(?P<what>quarter)s?"
    rf"(?: of (?:fiscal )?(?:(?P<year>{YEAR})|(?P<which>this|last|next|the) year))?",
)
def _quarter(found: Match, context: Context) -> Reading | None:
    word = found["number"].lower()
    base = context.published
    named = found["lead"] or found["year"]
    reading = Reading(type="DATE") if named else relative(context)
    if base is None and not named:
        return reading
    if word in ("last", "latest"):
        return _latest(reading, base, context) if base and not named else None
    number = ordinal(word)
    if number is None:
        return None
    if named:
        year = int(named)
    else:
        assert base is not None
        whose = found["which"] or found["whose"]
        year = base.year + {"last": -1, "next": 1}.get((whose or "").lower(), 0)
        ahead = context.ahead(found)
        begun = (base.month - 1) // 3 + 1
        if not whose and number > begun and not (ahead and number - begun < 3):
            year -= 1
        elif not whose and number < begun and ahead and begun - number >= 2:
            year += 1
    days = at.quarter(year, number)
    return filled(reading, days, f"{year:04}-Q{number}", "quarter")


def _latest(reading: Reading, base: date | None, context: Context) -> Reading | None:
    if context.topic and context.topic.days:
        return replace(context.topic, anchored="text", anchor=context.topic.days[0])
    if base is None:
        return reading
    days, value = period(base, "quarter", -1)
    return filled(reading, days, value, "quarter")


@FAMILY.rule(
    "the same quarter",
    r"(?P<which>the quarter|the latest period|the period|the latest quarter|this quarter)(?! (?:of"
    r"|from|to|ended|mile|final|century|when|in which|between|that))",
)
def _same_quarter(found: Match, context: Context) -> Reading | None:
    quarter = context.topic if "latest" in found[0].lower() else context.quarter
    if quarter is None or quarter.days is None:
        return None
    return replace(quarter, anchored="text", anchor=quarter.days[0])


_RESULTS: Final = re.compile(
    r"\b(?:profits?|earnings|sales|revenues?|net income|net loss|turnover|output|exports)\b"
)


@FAMILY.rule("the same period a year before", r"(?:the |a )?year~(?:ago|earlier)(?: (?:quarter|period))?")
@FAMILY.rule(
    "the same period a year before",
    r"(?:a|one) year (?:ago|earlier|before)|the previous year's (?:quarter|period)",
)
@FAMILY.rule(
    "the same period a year before",
    r"the (?:same|corresponding|comparable|like) (?:period|quarter|month) (?:of )?"
    r"(?:last year|the previous year|the year before|a year (?:ago|earlier|before))",
)
@FAMILY.rule("the same period a year before", rf"the (?P<year>{YEAR}) (?:period|quarter)")
def _year_ago(found: Match, context: Context) -> Reading | None:
    named = found.groupdict().get("year")
    last = context.last
    narrative = re.search(r"(?i)earlier|before|period|quarter", found[0]) or "-" in found[0]
    quarter = context.topic
    if quarter and quarter.days and last and last.unit in ("quarter", "other"):
        start = quarter.days[0]
        if named:
            days = at.quarter(int(named), (start.month + 2) // 3)
            return filled(Reading(type="DATE"), days, at.quarter_value(days[0]) if days else None, "other")
        days, value = period(start, "quarter", -4)
        return filled(Reading(type="DATE", anchor=start, anchored="text"), days, value, "other")
    if named:
        year = int(named)
        return filled(Reading(type="DATE"), at.years(year, year), f"{year:04}", "other")
    if narrative and last and last.days and last.unit in ("month", "year", "day"):
        unit = "month" if last.unit == "day" else last.unit
        days, value = period(last.days[0], unit, -12 if unit == "month" else -1)
        return filled(Reading(type="DATE", anchor=last.days[0], anchored="text"), days, value, "other")
    reading = relative(context)
    if context.published is None:
        return reading
    days, value = period(context.published, "year", -1)
    return filled(reading, days, value, "year")


@FAMILY.rule(
    "part of a year",
    r"(?:in |for |during )the (?P<half>first|second) half(?! of\b)|(?:its |the )?(?P<half2>first|second)-half"
    r"(?= (?:net|profits?|earnings|sales|results|loss|revenue|figures|output|growth|income|turnover)\b)",
)
def _bare_half(found: Match, context: Context) -> Reading | None:
    """Read "in the first half" of a report of results; in one of a match it is none."""
    near = context.text[max(0, found.start() - 250) : found.end() + 250]
    if context.published is None or not _RESULTS.search(near):
        return None
    base = context.published
    half = 1 if (found["half"] or found["half2"]).lower() == "first" else 2
    year = base.year - (1 if half == 2 and base.month <= 8 and context.ahead(found) is not True else 0)
    days = at.months(year, half * 6 - 5, 6)
    return filled(relative(context), days, f"{year:04}-H{half}", "other")


@FAMILY.rule(
    "part of a year",
    rf"the (?:first|second|latter|last) half of (?:(?P<year>{YEAR})|(?P<which>this|last|next|the) year)",
)
def _half(found: Match, context: Context) -> Reading | None:
    base = context.published
    if found["year"]:
        year, reading = int(found["year"]), Reading(type="DATE")
    else:
        reading = relative(context)
        if base is None:
            return reading
        year = base.year + {"last": -1, "next": 1}.get(found["which"].lower(), 0)
    half = 1 if "first" in found[0].lower() else 2
    return filled(reading, at.months(year, half * 6 - 5, 6), f"{year:04}-H{half}", "other")
