"""So many days, weeks, months and years: ago, before and after an event, past and to come."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from onrecord.dates import reckoning as at
from onrecord.dates.grammar import (
    NO_EVENT,
    NO_NUMBER,
    Context,
    Match,
    Reading,
    Type,
    family,
    filled,
    relative,
)
from onrecord.dates.periods import period
from onrecord.dates.words import HEDGE, NUMBER, SOME, UNIT, UNIT_WORDS, UNITS, count, unit_of

FAMILY: Final = family([*UNIT_WORDS, "quarter", "quarters", "weekend", "weekends"])

_COUNT: Final = rf"(?:{HEDGE}){{0,2}}(?P<count>{NUMBER}|{SOME})"
#: How far a vague count reaches: "a few days" are two to six.
_VAGUE: Final = (2, 6)


def duration(number: float | None, unit: str) -> str:
    """Return the TIMEX3 value of so many units; X for a number that is not said."""
    if unit == "fortnight" and number is not None:
        return f"P{number * 2:g}W"
    letter = UNITS[unit]
    head = "PT" if unit in ("second", "minute", "hour") else "P"
    if number is None:
        return f"{head}X{ {'quarter': 'M', 'decade': 'Y'}.get(unit, letter) }"
    if unit in ("decade", "century"):
        return f"P{number * (10 if unit == 'decade' else 100):g}Y"
    if unit == "quarter":
        return f"P{number * 3:g}M"
    whole = int(number)
    if number - whole == 0.5:
        below = {"year": "6M", "hour": "30M", "minute": "30S", "day": "T12H"}.get(unit)
        if below:
            if not whole:
                return ("PT" if unit in ("hour", "minute") else "P") + below
            return f"{head}{whole}{letter}{below}"
        if unit == "month":
            return f"P{whole}M15D" if whole else "P15D"
    return f"{head}{number:g}{letter}"


def moved(day: date, number: float, unit: str) -> date | None:
    """Return the day so many units on; hours count as the days they come to."""
    if abs(number) > 1_000_000:
        return None
    if unit in ("second", "minute", "hour"):
        per_day = {"second": 86400, "minute": 1440, "hour": 24}[unit]
        return at.plus(day, round(number / per_day))
    if unit in ("day", "night", "week", "weekend", "fortnight"):
        return at.plus(day, round(number * {"week": 7, "weekend": 7, "fortnight": 14}.get(unit, 1)))
    scale = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
    return at.plus_months(day, round(number * scale))


def point(reading: Reading, day: date, number: float | None, unit: str, sign: int) -> Reading:
    """Return the reading of a point so many units off, as wide as the unit; wider for a vague count."""
    if number is None:
        near, far = moved(day, sign * _VAGUE[0], unit), moved(day, sign * _VAGUE[1], unit)
        days = at.between(near, far)
        return replace(filled(reading, days, "PAST_REF" if sign < 0 else "FUTURE_REF"), vague=True)
    exact = moved(day, sign * number, unit)
    if exact is None:
        return filled(reading, None, None)
    if unit in ("second", "minute", "hour", "day", "night"):
        return filled(reading, at.one(exact), exact.isoformat(), "day")
    if unit in ("week", "fortnight", "weekend"):
        return filled(reading, at.week(exact), at.week_value(exact), "week")
    size = {"quarter": "month", "decade": "year", "century": "year"}.get(unit, unit)
    if number != int(number) and unit == "year":
        size = "month"
    days, value = period(exact, size, 0)
    return filled(reading, days, value, size)


@FAMILY.rule(
    "so long ago",
    rf"{_COUNT}(?: long| short| full| more)?~(?P<unit>{UNIT})(?: or (?:so|more|two|three))? ago(?: "
    rf"(?P<from>today|yesterday|tomorrow|this week|last week))?",
)
@FAMILY.rule(
    "so long ago",
    r"(?P<count>few|many|some|several)?(?P<unit>days|weeks|months|years|decades|centuries) ago(?P<from>)",
)
def _ago(found: Match, context: Context) -> Reading | None:
    reading = relative(context)
    if context.published is None:
        return reading
    base: date | None = context.published
    if found["from"]:
        shift = {"yesterday": -1, "tomorrow": 1, "last week": -7}.get(found["from"].lower(), 0)
        base = at.plus(context.published, shift)
    if base is None:
        return filled(reading, None, None)
    number = count(found["count"]) if found["count"] else None
    done = point(reading, base, number, unit_of(found["unit"]), -1)
    hedged = bool(
        re.match(
            r"(?i)(?:about|around|nearly|almost|more than|less than|over|some|roughly|at least)\b", found[0]
        )
    )
    return replace(done, vague=done.vague or hedged)


@FAMILY.rule("so long from now", rf"(?:in|within) (?:the space of )?{_COUNT}~(?P<unit>{UNIT})('s?)? time")
@FAMILY.rule("so long from now", rf"{_COUNT}~(?P<unit>{UNIT}) (?:from (?:now|today|(?P<day>tomorrow))|hence)")
def _hence(found: Match, context: Context) -> Reading | None:
    reading = relative(context)
    if context.published is None:
        return reading
    base = at.plus(context.published, 1 if found.groupdict().get("day") else 0)
    if base is None:
        return filled(reading, None, None)
    return point(reading, base, count(found["count"]), unit_of(found["unit"]), 1)


@FAMILY.rule(
    "so long from now",
    rf"in {_COUNT}~(?P<unit>days|weeks|months|years|day|week|month|year)(?P<more> or (?:so|two|three))?"
    r"(?! (?:of|since)\b)",
)
def _in(found: Match, context: Context) -> Reading | None:
    """Read "in two weeks": a day to come after a verb that looks ahead, and a length of time otherwise."""
    number, unit = count(found["count"]), unit_of(found["unit"])
    reading = relative(context)
    if context.published is not None and context.ahead(found) and number is not None:
        done = point(reading, context.published, number, unit, 1)
        return replace(done, value="FUTURE_REF", vague=True) if found["more"] else done
    return Reading(
        type="DURATION", value=duration(number, unit), vague=number is None, reason="a length of time"
    )


@FAMILY.rule(
    "so long before or after an event",
    rf"{_COUNT}~(?P<unit>{UNIT}) (?P<side>later|earlier|before|after|afterwards?|beforehand"
    rf"|previously|prior)(?P<to> to| the|)",
)
@FAMILY.rule(
    "so long before or after an event",
    r"(?P<count>)(?P<unit>days|weeks|months|years|hours|minutes|decades) (?P<side>later|earlier"
    r"|before|after)(?P<to>)",
)
def _beside(found: Match, context: Context) -> Reading | None:
    number = count(found["count"]) if found["count"] else None
    unit = unit_of(found["unit"])
    side = found["side"].lower()
    sign = 1 if side in ("later", "after", "afterward", "afterwards") else -1
    event = context.day or context.last
    type_: Type = "DATE"
    follows = re.match(r"\s+(?:[a-z]|[A-Z])", context.text[found.end() : found.end() + 3])
    if (side in ("after", "before") and follows) or found["to"].strip():
        # What follows names the event that is counted from, which only its own date could place.
        return Reading(type="DURATION", value=duration(number, unit), vague=number is None, reason=NO_EVENT)
    if event is None or event.days is None:
        return Reading(type=type_, value=None, reason=NO_EVENT)
    base = event.days[1] if sign > 0 else event.days[0]
    return point(Reading(type=type_, anchor=base, anchored="text"), base, number, unit, sign)


@FAMILY.rule(
    "past or coming time",
    rf"(?:each of |within |in )?(?:the |these |this )?(?P<which>past|last|previous|preceding|next"
    rf"|coming|following|first|latest|final|recent) (?:{HEDGE}){{0,2}}(?P<count>{NUMBER}|{SOME})"
    rf"(?:~| or (?:so|two|three|four|five|six|seven) | to [a-z]+ |~[a-z]{{3,5}}~)"
    rf"(?:full |consecutive |calendar )?(?P<unit>{UNIT})",
)
@FAMILY.rule(
    "past or coming time",
    rf"(?:the )?(?P<count>{NUMBER}) (?P<which>previous|preceding|past|next|following|coming|upcoming) "
    rf"(?P<unit>{UNIT})",
)
@FAMILY.rule("past or coming time", rf"(?:the )(?P<which>past|coming)(?P<count>) (?P<unit>{UNIT})")
@FAMILY.rule(
    "past or coming time",
    r"(?:in |over |within )?(?:the )?(?:more )?(?P<which>recent|coming|past|last|next|previous)(?P<count>)"
    r" (?P<unit>hours|days|weeks|months|years|decades|quarters|centuries)",
)
def _stretch(found: Match, context: Context) -> Reading | None:
    which, unit = found["which"].lower(), unit_of(found["unit"])
    plural = found["unit"].lower().endswith("s")
    number = count(found["count"]) if found["count"] else (None if plural else 1)
    value = duration(number, unit)
    if which == "latest" and not found["count"]:
        return None
    if which in ("first", "final"):
        return Reading(type="DURATION", value=value, vague=number is None, reason=NO_EVENT)
    reading = relative(context, "DURATION")
    reading = replace(reading, value=value, vague=number is None)
    if context.published is None:
        return reading
    base = context.published
    ahead = which in ("next", "coming", "upcoming", "following")
    if which in ("previous", "preceding", "following") and context.day and context.day.days:
        base = context.day.days[0]
        reading = replace(reading, anchor=base, anchored="text")
    far = moved(base, (number if number is not None else _VAGUE[1]) * (1 if ahead else -1), unit)
    done = filled(reading, at.between(base, far), value)
    if which == "recent":
        done = replace(done, vague=True)
    return done


@FAMILY.rule(
    "past or coming time",
    rf"within (?:the )?(?:next )?(?:{HEDGE})?(?P<count>{NUMBER})~(?P<unit>{UNIT})(?! of\b)",
)
def _within(found: Match, context: Context) -> Reading | None:
    number, unit = count(found["count"]), unit_of(found["unit"])
    value = duration(number, unit)
    if context.published is None or number is None or context.ahead(found) is False:
        return Reading(type="DURATION", value=value, vague=number is None, reason="a length of time")
    whole = -(-number // 24) if unit == "hour" else number
    end = moved(context.published, whole, "day" if unit == "hour" else unit)
    return filled(relative(context, "DURATION"), at.between(context.published, end), value)


@FAMILY.rule("duration with a start", rf"for {_COUNT}~(?P<unit>{UNIT})(?P<lead>)(?P<tail>)")
def _lasting(found: Match, context: Context) -> Reading | None:
    """Read "has ruled for nine years": the present perfect goes on to the publication day."""
    before = re.split(r"[.!?;\n]", context.text[max(0, found.start() - 80) : found.start()])[-1]
    after = context.text[found.end() : found.end() + 8]
    if (
        not re.search(r"\b(?:has|have|['’]ve)\b", before)
        or re.search(r"\b(?:had|was|were|will|would)\b", before)
        or after.strip().startswith(("ago", "in ", "old"))
    ):
        return None
    return _begun(found, context)


@FAMILY.rule(
    "duration with a start",
    rf"(?P<lead>for|over|since|during|after|throughout) {_COUNT}~(?P<unit>{UNIT}) (?:now)(?P<tail>)",
)
@FAMILY.rule(
    "duration with a start",
    rf"(?P<lead>the|its|his|her|their|a|an|this|'s|Syria's|[A-Z][a-z]+'s) (?:{HEDGE})?"
    rf"(?P<count>{NUMBER})(?:~)(?P<unit>day|week|month|year)(?:~old)? "
    r"(?P<tail>(?:[a-z]+ )?(?:conflict|war|civil war|uprising|revolt|rebellion|crisis|siege|strike"
    r"|crackdown|unrest|insurgency|rule|reign|blockade|standoff|occupation|campaign|violence|bloodshed|protests|offensive|dispute|stalemate|fighting|bombardment|struggle|embargo))",
)
@FAMILY.rule(
    "duration with a start",
    rf"(?P<lead>){_COUNT}~(?P<unit>day|days|weeks?|months?|years?) (?P<tail>into (?:the|a|an|its|his))",
)
def _begun(found: Match, context: Context) -> Reading | None:
    """Read "the 20-month conflict": it has begun so long before the publication day, and goes on."""
    number, unit = count(found["count"]), unit_of(found["unit"])
    value = duration(number, unit)
    reading = replace(relative(context, "DURATION"), value=value)
    if context.published is None or number is None:
        return reading if number is not None else replace(reading, reason=NO_NUMBER)
    start = moved(context.published, -number, unit)
    return replace(filled(reading, at.between(start, context.published), value), inferred=True)
