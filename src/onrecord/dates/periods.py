"""Weeks, months, quarters, seasons, years, decades and centuries that count from the publication day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from onrecord.dates import reckoning as at
from onrecord.dates.absolute import with_year
from onrecord.dates.grammar import (
    NO_DAY,
    NO_EVENT,
    NO_SUCH_DAY,
    Context,
    Match,
    Reading,
    family,
    filled,
    relative,
)
from onrecord.dates.words import MONTH, ORDINAL, PART, SEASON, YEAR, month_number, ordinal, part_of

FAMILY: Final = family(
    [
        "week",
        "month",
        "year",
        "quarter",
        "decade",
        "century",
        "weeks",
        "months",
        "years",
        "day",
        "quarters",
        "year-end",
        "yearend",
        "end",
        "period",
        "half",
    ]
)
SEASONS: Final = family(["spring", "summer", "autumn", "fall", "winter"])
DECADES: Final = family(
    [
        "#",
        "century",
        "centuries",
        "twenties",
        "thirties",
        "forties",
        "fifties",
        "sixties",
        "seventies",
        "eighties",
        "nineties",
    ]
)

_UNIT: Final = r"(?P<unit>week|month|quarter|year|decade|century)"


def period(inside: date, unit: str, shift: int) -> tuple[at.Days | None, str | None]:
    """Return the week, month, ... so many after the one that a day is in, with its TIMEX3 value."""
    days: at.Days | None
    if unit == "week":
        moved = at.plus(inside, 7 * shift)
        days = at.week(moved) if moved else None
        return days, at.week_value(days[0]) if days else None
    if unit == "month":
        days = at.month(inside.year, inside.month + shift)
        return days, at.month_value(days[0]) if days else None
    if unit == "quarter":
        days = at.quarter(inside.year, (inside.month + 2) // 3 + shift)
        return days, at.quarter_value(days[0]) if days else None
    size = {"year": 1, "decade": 10, "century": 100}[unit]
    first = (inside.year // size + shift) * size
    days = at.years(first, first + size - 1) if first >= 0 else None
    return days, f"{first:04}"[: {"year": 4, "decade": 3, "century": 2}[unit]]


@FAMILY.rule(
    "period",
    rf"(?:(?P<part>early|earlier|late|later|mid|{PART})(?:~| in | on )?)?"
    rf"(?P<which>this|last|next|this past|the current|the coming|the present|previous|the previous|the"
    rf" following|that|the same|that same|the preceding) "
    rf"(?:fiscal |calendar |financial |academic |school )?{_UNIT}(?! (?:and an? half|old)\b|~old|~long)",
)
def _period(found: Match, context: Context) -> Reading | None:
    which, unit = found["which"].lower(), found["unit"].lower()
    if which in ("that", "the same", "that same", "the following", "the previous", "the preceding"):
        return _event_period(
            found, context, unit, {"the following": 1, "the previous": -1, "the preceding": -1}.get(which, 0)
        )
    reading = relative(context)
    if context.published is None:
        return reading
    shift = {"last": -1, "this past": -1, "previous": -1, "next": 1, "the coming": 1}.get(which, 0)
    quarter = context.last if context.last and context.last.unit == "quarter" else None
    if found[0].lower() == "last year" and quarter and quarter.days and _compared(found, context):
        days, value = period(quarter.days[0], "quarter", -4)
        return filled(replace(reading, anchor=quarter.days[0], anchored="text"), days, value, "other")
    days, value = period(context.published, unit, shift)
    return filled(reading, _narrowed(days, found["part"], context.published, shift), value, unit)


def _compared(found: Match, context: Context) -> bool:
    """Tell whether "last year" is the quarter that this one's figure is compared with."""
    before = re.split(r"[.;\n]\s", context.text[max(0, found.start() - 60) : found.start()])[-1]
    return bool(
        re.search(r"\b(?:compared (?:with|to)|against|(?:increase|decline|drop|rise|gain) from)\b", before)
    )


def _narrowed(days: at.Days | None, part: str | None, base: date, shift: int) -> at.Days | None:
    """Return the part of a period that "early", "later" and the like leave of it."""
    low = (part or "").lower()
    if days is None or not low:
        return days
    if shift == 0 and low == "earlier":
        return days[0], base
    if shift == 0 and low == "later":
        return base, days[1]
    return at.part(days, part_of({"earlier": "early", "later": "late"}.get(low, low)))


def _event_period(found: Match, context: Context, unit: str, shift: int) -> Reading | None:
    event = context.last
    if event is None or event.days is None:
        return Reading(type="DATE", reason=NO_EVENT) if shift == 0 else _previous(context, unit, shift)
    day = event.days[1]
    days, value = period(day, unit, shift)
    reading = Reading(type="DATE", anchor=day, anchored="text")
    low = (found["part"] or "").lower()
    if shift == 0 and days and low in ("earlier", "later"):
        return filled(reading, (days[0], day) if low == "earlier" else (event.days[0], days[1]), value, unit)
    return filled(reading, _narrowed(days, found["part"], day, 9), value, unit)


def _previous(context: Context, unit: str, shift: int) -> Reading:
    reading = replace(relative(context), inferred=True)
    if context.published is None:
        return reading
    days, value = period(context.published, unit, shift)
    return filled(reading, days, value, unit)


@FAMILY.rule(
    "period",
    r"(?P<part>early|earlier|late|later) (?:on )?in the (?P<unit>day|week|month|year)"
    r"(?! (?:of|before|after|to)\b)",
)
def _within_period(found: Match, context: Context) -> Reading | None:
    """Read "later in the day" of the day that the text is at, and "later in the year" of the present one."""
    unit, told = found["unit"].lower(), context.day
    if unit == "day" and told is not None and told.days is not None:
        day = told.days[1]
        return filled(Reading(type="DATE", anchor=day, anchored="text"), at.one(day), day.isoformat(), "day")
    reading = relative(context)
    if context.published is None:
        return reading
    if unit == "day":
        return filled(reading, at.one(context.published), context.published.isoformat(), "day")
    days, value = period(context.published, unit, 0)
    return filled(reading, _narrowed(days, found["part"], context.published, 0), value, unit)


@FAMILY.rule(
    "period",
    r"(?:for |in |during |of )?the (?:full|whole|entire|fiscal|financial|current|current fiscal) year",
)
@FAMILY.rule("period", r"for (?:all of )?the year(?=[,.;]| ended\b)")
def _this_year(found: Match, context: Context) -> Reading | None:
    """Read "for the full year": the present one; in its first months, looking back, the one before."""
    reading = relative(context)
    if context.published is None:
        return reading
    before = context.published.month <= 3 and context.ahead(found) is False
    days, value = period(context.published, "year", -1 if before else 0)
    return filled(reading, days, value, "year")


@FAMILY.rule(
    "week of a day",
    rf"the week (?:of|starting|beginning)(?: on)? (?P<month>{MONTH}) (?P<number>[0-3]?\d)(?:st|nd|rd|th)?"
    rf"(?!\d)(?:,? (?P<year>{YEAR}))?",
)
def _week_with(found: Match, context: Context) -> Reading | None:
    """Read "the week of Feb. 4": Monday to Sunday around that day."""
    month, number = month_number(found["month"]), int(found["number"])
    year = int(found["year"]) if found["year"] else with_year(context, found, month, number)
    inside = at.day(year, month, number) if year else None
    reading = Reading(type="DATE") if found["year"] else relative(context)
    if inside is None:
        return reading if context.published is None else replace(reading, reason=NO_SUCH_DAY)
    return filled(reading, at.week(inside), at.week_value(inside), "week")


@FAMILY.rule("period", r"(?:the )?year~to~date")
def _to_date(_found: Match, context: Context) -> Reading | None:
    reading = relative(context)
    if context.published is None:
        return reading
    year = context.published.year
    return filled(reading, at.between(at.day(year, 1, 1), context.published), f"{year:04}", "year")


@FAMILY.rule(
    "week of a month",
    r"(?:the )?(?P<which>first|second|third|fourth|last|1st|2nd|3rd|4th) week (?:of|in) "
    rf"(?:(?P<month>{MONTH})(?:,? (?P<year>{YEAR}))?|(?P<other>last|this|next) month)",
)
def _week_of(found: Match, context: Context) -> Reading | None:
    """Read "the last week of July": a month's weeks are those whose Thursday it has (as in ISO 8601)."""
    base = context.published
    reading = Reading(type="DATE") if found["year"] else relative(context)
    if base is None and not found["year"]:
        return reading
    if found["other"]:
        assert base is not None
        number = base.month + {"last": -1, "this": 0, "next": 1}[found["other"].lower()]
        inside = at.month(base.year, number)
    else:
        number = month_number(found["month"])
        year = int(found["year"]) if found["year"] else with_year(context, found, number, None)
        inside = at.month(year, number) if year else None
    if inside is None:
        return filled(reading, None, None)
    which = -1 if found["which"].lower() == "last" else ordinal(found["which"]) or 1
    thursday = at.nth_weekday(inside[0].year, inside[0].month, 3, which)
    days = at.week(thursday) if thursday else None
    return filled(reading, days, at.week_value(days[0]) if days else None, "week")


@FAMILY.rule("period", rf"the {_UNIT} (?P<side>before last|after next)")
def _second(found: Match, context: Context) -> Reading | None:
    reading = relative(context)
    if context.published is None:
        return reading
    unit = found["unit"].lower()
    days, value = period(context.published, unit, -2 if "last" in found["side"].lower() else 2)
    return filled(reading, days, value, unit)


@FAMILY.rule("end of the period", rf"(?P<part>(?:the )?(?:end|beginning|start|middle)) of (?:the )?{_UNIT}")
@FAMILY.rule("end of the period", r"(?P<part>year~end|month~end|week~end(?= of)|the year's end)")
def _end(found: Match, context: Context) -> Reading | None:
    """Read "the end of the month": this one; a year just begun counts as this one only looking ahead."""
    reading = relative(context)
    if context.published is None:
        return reading
    words = found["part"].lower()
    unit = found.groupdict().get("unit") or (
        "month" if "month" in words else "week" if "week" in words else "year"
    )
    shift = 0
    if "end" in words and context.ahead(found) is False and unit == "year" and context.published.month <= 3:
        shift = -1
    days, value = period(context.published, unit.lower(), shift)
    if days is None:
        return filled(reading, None, None)
    if "unit" not in found.re.groupindex:
        return filled(reading, at.one(days[1]), days[1].isoformat(), "day")
    return filled(reading, at.part(days, part_of(found["part"] + " of")), value, unit.lower())


@FAMILY.rule("period", r"(?:in |for |during |of )the month(?='s\b|[,.;])")
def _the_month(_found: Match, context: Context) -> Reading | None:
    """Read "for the month" of the month that was told last."""
    if context.last is None or context.last.unit != "month" or context.last.days is None:
        return None
    return replace(context.last, anchored="text", anchor=context.last.days[0])


@SEASONS.rule(
    "season",
    rf"(?:(?P<part>early|late|mid|the (?:beginning|start|middle|end) of)(?:~| )(?:(?:in )?the )?)?"
    rf"(?:(?P<which>last|this|next|the|this past|this coming|the coming|in|since|by|that) )"
    rf"(?:the )?(?:(?P<hedge>early|late|mid)~)?(?P<season>{SEASON})(?: of (?P<year>{YEAR}|nineteen"
    rf" [a-z]+~?[a-z]*)| (?P<year2>{YEAR}))?",
)
@SEASONS.rule(
    "season", rf"(?P<part>)(?P<which>)(?P<hedge>)(?P<season>{SEASON})(?: of)? (?P<year>{YEAR})(?P<year2>)"
)
def _season(found: Match, context: Context) -> Reading | None:
    name, which = found["season"].lower(), (found["which"] or "").lower()
    base = context.published
    digits = found["year2"] or (found["year"] if (found["year"] or "").isdigit() else None)
    if digits is None and found["year"]:
        from onrecord.dates.words import spelt_year

        digits = str(spelt_year(found["year"]) or "") or None
    if which not in ("last", "next", "this past", "this coming") and _NO_SEASON.match(
        context.text, found.end()
    ):
        return None
    if name == "fall" and which in ("the", "", "in", "since", "by", "that") and not digits:
        return None
    if digits:
        year = int(digits)
        reading = Reading(type="DATE")
    elif base is None:
        return Reading(type="DATE", value=f"XXXX-{at.SEASON_CODES[name]}", reason=NO_DAY)
    else:
        reading = relative(context)
        year = _season_year(base, name, which, context.ahead(found))
    days = at.season(year, name)
    part = found["part"] or found["hedge"]
    if days and part:
        days = at.part(days, part_of(part))
    return replace(filled(reading, days, f"{year:04}-{at.SEASON_CODES[name]}", "other"), vague=True)


#: What makes "fall" and "spring" verbs and other nouns.
_NO_SEASON: Final = re.compile(
    r"\s(?:of|in|to|from|by|on|out|short|apart|asleep|for|behind|into|below|under|back|break)\b"
)


def _season_year(base: date, name: str, which: str, ahead: bool | None) -> int:
    """Return the year in which the season begins that is meant without one."""
    spans = [
        (year, days)
        for year in range(max(1, base.year - 2), min(9998, base.year + 2) + 1)
        if (days := at.season(year, name))
    ]
    begun = [year for year, days in spans if days[0] <= base]
    over = [year for year, days in spans if days[1] < base]
    coming = [year for year, days in spans if days[0] > base]
    if not (begun and over and coming):
        return base.year
    if which in ("last", "this past"):
        return over[-1]
    if which in ("next", "this coming", "the coming"):
        return coming[0]
    inside = begun[-1] != over[-1]
    if inside:
        return begun[-1]
    if which == "this":
        first = at.season(over[-1], name)
        return coming[0] if ahead is not False or not first or (base - first[1]).days > 150 else over[-1]
    return coming[0] if ahead else over[-1]


@DECADES.rule(
    "decade",
    r"(?:(?P<part>early|mid|late|(?:the )?(?:beginning|start|middle|end) of)(?:~| )(?:to late )?)?"
    r"(?:the )?(?:(?P<part2>early|mid|late)(?:~| ))?(?P<year>1[0-9]\d0|20\d0)'?s",
)
@DECADES.rule(
    "decade",
    r"(?:(?P<part>early|mid|late)(?:~| ))?(?:the |his |her )?(?:(?P<part2>early|mid|late)(?:~|"
    r" ))?'?(?P<two>[2-9]0)'?s(?! (?:and|in age|or))",
)
@DECADES.rule(
    "decade",
    r"(?:(?P<part>early|mid|late)(?:~| ))?the (?:(?P<part2>early|mid|late)(?:~| ))?"
    r"(?P<name>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)",
)
def _decade(found: Match, context: Context) -> Reading | None:
    groups = found.groupdict()
    if groups.get("two") and re.match(r"(?i)(?:early |mid |late |mid-)?(?:his|her)|[2-9]0s", found[0]):
        return None
    names = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"]
    if groups.get("year"):
        first = int(groups["year"])
    else:
        tens = int(groups["two"]) if groups.get("two") else (names.index(groups["name"].lower()) + 2) * 10
        century = (context.published.year if context.published else 2000) // 100 * 100
        first = century + tens
        if context.published is None or first > context.published.year:
            first = (1900 if context.published is None else century - 100) + tens
    size = 100 if first % 100 == 0 and first < 2000 else 10
    days = at.years(first, first + size - 1)
    part = groups.get("part") or groups.get("part2")
    if days and part:
        days = at.part(days, part_of(part))
    return filled(Reading(type="DATE"), days, f"{first:04}"[: 2 if size == 100 else 3], "other")


@DECADES.rule(
    "century",
    rf"(?:(?P<part>early|mid|late|the (?:beginning|start|middle|end) of)(?:~| )(?:the )?)?(?:the )?"
    rf"(?:(?P<part2>early|mid|late)(?:~| ))?(?P<number>{ORDINAL})~century",
)
def _century(found: Match, _context: Context) -> Reading | None:
    number = ordinal(found["number"])
    if number is None or not 1 <= number <= 99:
        return None
    first = (number - 1) * 100
    days = at.years(first, first + 99)
    part = found["part"] or found["part2"]
    if days and part:
        days = at.part(days, part_of(part))
    return filled(Reading(type="DATE"), days, f"{number - 1:02}", "other")
