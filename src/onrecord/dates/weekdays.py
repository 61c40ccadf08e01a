"""Weekdays by tense and custom: the nearest past one, that day included, unless the tense looks ahead."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from onrecord.dates import reckoning as at
from onrecord.dates.grammar import Context, Match, Reading, family, filled, relative
from onrecord.dates.words import DAY_CODES, PART_OF_DAY, WEEKDAY, weekday_number

_HEDGED: Final = r"(?:(?P<part>early|earlier|late|later|mid)(?: on|~)? )?"
_TIMED: Final = rf"(?: (?P<time>{PART_OF_DAY}))?"

#: What makes a weekday the name of a newspaper.
_TITLE: Final = re.compile(
    r" (?:Times|Telegraph|Mirror|Mail|Express|Independent|Herald|Post|Tribune|Star|People|Standard"
    r"|World|Nation|Business|Night Live)\b"
)

#: What there is a record of is over: "a transcript of Friday's session".
_RECORD: Final = re.compile(r"\b(?:transcript|video|recording|minutes|account|footage|tape)s? of (?:the )?$")

#: What is held on a day that was set for it.
_CALENDAR: Final = re.compile(
    r"['’]s (?:[a-z]+ ){0,2}(?:election|vote|runoff|ballot|poll|referendum|deadline|summit|meeting|talks"
    r"|match|game|hearing|session|debate|ceremony|funeral|inauguration|march|protest|rally|strike|launch|visit)s?\b",
    re.IGNORECASE,
)

FAMILY: Final = family(
    [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "weekend", "weekends",
    ]
)  # fmt: skip


def past(day: date, weekday: int, *, same: bool = True) -> date | None:
    """Return the nearest such weekday not after ``day``; before it, where the ``same`` day does not count."""
    back = (day.weekday() - weekday) % 7
    return at.plus(day, -back if same or back else -7)


def coming(day: date, weekday: int, *, same: bool = False) -> date | None:
    """Return the nearest such weekday after ``day``."""
    on = (weekday - day.weekday()) % 7
    return at.plus(day, on if same or on else 7)


def on_day(reading: Reading, day: date | None, time: str | None = None) -> Reading:
    """Fill a reading with a single day, or with a part of it."""
    value = day.isoformat() if day else None
    if time and value:
        clock = {"noon": "T12:00", "midday": "T12:00", "midnight": "T24:00"}.get(time)
        return replace(
            filled(reading, at.one(day), value + (clock or f"T{DAY_CODES[time]}"), "day"), type="TIME"
        )
    return filled(reading, at.one(day), value, "day")


@FAMILY.rule("weekday", rf"{_HEDGED}(?P<day>{WEEKDAY}){_TIMED}")
def _weekday(found: Match, context: Context) -> Reading | None:
    if found["day"][0].islower() or _TITLE.match(context.text, found.end()):
        return None
    reading = relative(context)
    time = (found["time"] or "").lower() or None
    if context.published is None:
        return reading
    number = weekday_number(found["day"])
    # The day of publication itself is called by its name, too; the one a week on is "next".
    ahead = _ahead(found, context) and number != context.published.weekday()
    pick = coming(context.published, number) if ahead else _told(context, context.published, number)
    return replace(on_day(reading, pick, time), inferred=False)


def _told(context: Context, published: date, number: int) -> date | None:
    """Return the nearest past weekday: a text that was changed since may tell of a day after publication."""
    later = past(context.revised, number) if context.revised else None
    return later if later and later > published else past(published, number)


def _ahead(found: Match, context: Context) -> bool:
    """Tell whether a weekday is to come: "Friday's ruling" has been made, "Friday's vote" may be ahead."""
    after = context.text[found.end() : found.end() + 40]
    if _RECORD.search(context.text[max(0, found.start() - 24) : found.start()]):
        return False
    if re.match(r"['’]s\b", after) and not _CALENDAR.match(after):
        return bool(
            re.search(
                r"(?i)\b(?:ahead of|before)\s+$", context.text[max(0, found.start() - 10) : found.start()]
            )
        )
    return bool(context.ahead(found))


@FAMILY.rule(
    "weekday of a week",
    rf"(?P<which>last|next|this|this past|this coming|the coming|coming|upcoming|the upcoming|this last"
    rf"|the following|the previous|previous|past) "
    rf"(?P<day>{WEEKDAY}){_TIMED}",
)
def _chosen(found: Match, context: Context) -> Reading | None:
    which, number = found["which"].lower(), weekday_number(found["day"])
    time = (found["time"] or "").lower() or None
    if which in ("the following", "the previous"):
        return _around_event(which, number, context, time)
    reading = relative(context)
    if context.published is None:
        return reading
    if which in ("last", "this past", "past", "this last", "previous"):
        return on_day(reading, past(context.published, number, same=False), time)
    if "coming" in which:
        return on_day(reading, coming(context.published, number), time)
    week = at.week(context.published)
    shift = number + (7 if which == "next" else 0)
    return on_day(reading, at.plus(week[0], shift) if week else None, time)


def _around_event(which: str, number: int, context: Context, time: str | None) -> Reading:
    event = context.day
    if event is None or event.days is None:
        reading = relative(context)
        if context.published is None:
            return reading
        pick = coming if which == "the following" else past
        return replace(on_day(reading, pick(context.published, number), time), inferred=True)
    day = event.days[1]
    pick_day = coming(day, number) if which == "the following" else past(day, number, same=False)
    return on_day(Reading(type="DATE", anchor=day, anchored="text"), pick_day, time)


@FAMILY.rule("weekday of a week", rf"(?P<day>{WEEKDAY}){_TIMED},? (?:of )?(?P<which>last|next|this) week")
@FAMILY.rule("weekday of a week", rf"(?P<which>last|next|this) week (?:on )?(?P<day>{WEEKDAY}){_TIMED}")
def _of_week(found: Match, context: Context) -> Reading | None:
    reading = relative(context)
    week = at.week(context.published) if context.published else None
    if not week:
        return reading
    shift = {"last": -7, "this": 0, "next": 7}[found["which"].lower()] + weekday_number(found["day"])
    return on_day(reading, at.plus(week[0], shift), (found["time"] or "").lower() or None)


@FAMILY.rule(
    "weekday some weeks off", rf"(?P<count>a|two|three|four) weeks? ago (?:on |last )?(?P<day>{WEEKDAY})"
)
def _week_back(found: Match, context: Context) -> Reading | None:
    """Read "a week ago Friday": the Friday before the last one."""
    reading = relative(context)
    if context.published is None:
        return reading
    last = past(context.published, weekday_number(found["day"]), same=False)
    weeks = {"a": 1, "two": 2, "three": 3, "four": 4}[found["count"].lower()]
    return on_day(reading, at.plus(last, -7 * weeks) if last else None)


@FAMILY.rule("eve", rf"(?:on )?the eve of (?:the )?(?P<part>)(?P<time>)(?P<day>{WEEKDAY})(?:'s)?")
def _eve(found: Match, context: Context) -> Reading | None:
    """Read "on the eve of Sunday's vote": the day before."""
    day = _weekday(found, context)
    if day is None or day.days is None:
        return day
    return on_day(day, at.plus(day.days[0], -1))


@FAMILY.rule("weekday some weeks off", rf"(?P<day>{WEEKDAY}) (?P<count>week|fortnight)(?=\s[^e]|[.,;\n]|$)")
def _week_on(found: Match, context: Context) -> Reading | None:
    reading = relative(context)
    if context.published is None:
        return reading
    first = coming(context.published, weekday_number(found["day"]))
    weeks = 7 if found["count"].lower() == "week" else 14
    return on_day(reading, at.plus(first, weeks) if first else None)


@FAMILY.rule(
    "weekday",
    rf"(?:in )?the (?:early|small|wee|late) hours of (?P<part>)(?P<day>{WEEKDAY})(?: (?P<time>morning))?",
)
def _hours(found: Match, context: Context) -> Reading | None:
    """Read "in the early hours of Thursday"."""
    return _weekday(found, context)


@FAMILY.rule(
    "weekend",
    r"(?:(?P<part>early|earlier|late|later) )?"
    r"(?:(?P<which>last|next|this|this past|this coming|the past|the coming|the following|the"
    r" previous|the|that) )weekend",
)
def _weekend(found: Match, context: Context) -> Reading | None:
    reading = relative(context)
    if context.published is None:
        return reading
    which = found["which"].lower()
    told = context.day if which == "that" else None
    here = at.weekend(told.days[1] if told and told.days else context.published)
    inside = context.published.weekday() >= 5
    shift = {"next": 7, "last": -7}.get(which, 0)
    if (
        which in ("this past", "the past", "the previous")
        or (which == "the" and not (inside or context.ahead(found)))
        or (which == "this" and context.published.weekday() < 2 and context.ahead(found) is False)
    ):
        shift = -7
    first = at.plus(here[0], shift) if here else None
    days = at.weekend(first) if first else None
    return filled(reading, days, f"{at.week_value(days[0])}-WE" if days else None, "weekend")
