"""Single days and parts of days: today, last night, this morning, the next day, clock times."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from onrecord.dates import reckoning as at
from onrecord.dates.grammar import NO_EVENT, NO_SUCH_DAY, Context, Match, Reading, family, filled, relative
from onrecord.dates.weekdays import on_day
from onrecord.dates.words import DAY_CODES, ORDINAL, PART_OF_DAY, ordinal

FAMILY: Final = family(
    [
        "today",
        "yesterday",
        "tomorrow",
        "tonight",
        "overnight",
        "night",
        "morning",
        "afternoon",
        "evening",
        "day",
        "noon",
        "midnight",
        "midday",
        "dawn",
        "dusk",
        "eve",
        "mornings",
        "month",
        "hours",
    ]
)
CLOCK: Final = family(["am", "pm", "m", "gmt", "clock", "edt", "est", "noon", "midnight", "midday", "hours"])

_SHIFTS: Final = {"yesterday": -1, "today": 0, "tomorrow": 1, "tonight": 0}
_HEDGED: Final = r"(?:(?:very )?(?:early|earlier|late|later|mid) )?"


@FAMILY.rule("day", rf"{_HEDGED}(?P<day>yesterday|today|tomorrow|tonight)(?: (?P<time>{PART_OF_DAY}))?")
@FAMILY.rule("day", rf"(?:mid~|late |early )?(?P<time>{PART_OF_DAY}) (?P<day>yesterday|today|tomorrow)")
def _day(found: Match, context: Context) -> Reading | None:
    reading = relative(context)
    if context.published is None:
        return reading
    word = found["day"].lower()
    if found[0] == "Today" and _title(context.text, found.start()):
        return None
    time = (found["time"] or "").lower() or ("tonight" if word == "tonight" else None)
    return on_day(reading, at.plus(context.published, _SHIFTS[word]), time)


def _title(text: str, start: int) -> bool:
    """Tell whether a word with a capital stands behind another with one: "USA Today"."""
    return bool(re.search(r"[A-Z][\w.]* $", text[max(0, start - 12) : start]))


@FAMILY.rule("day", r"the day (?P<side>before yesterday|after tomorrow)")
def _two_days(found: Match, context: Context) -> Reading | None:
    reading = relative(context)
    if context.published is None:
        return reading
    return on_day(reading, at.plus(context.published, -2 if "before" in found["side"].lower() else 2))


@FAMILY.rule("last night", r"(?:(?:early|late) )?last (?P<time>night|evening)")
def _last_night(found: Match, context: Context) -> Reading | None:
    reading = relative(context, "TIME")
    if context.published is None:
        return reading
    return on_day(reading, at.plus(context.published, -1), found["time"].lower())


@FAMILY.rule("overnight", r"overnight")
def _overnight(_found: Match, context: Context) -> Reading | None:
    reading = relative(context, "TIME")
    if context.published is None:
        return reading
    before = at.plus(context.published, -1)
    value = f"{before.isoformat()}TNI" if before else None
    return filled(reading, at.between(before, context.published), value, "day")


@FAMILY.rule(
    "part of this day",
    r"(?:(?:early|earlier|late|later) )?this (?P<time>morning|afternoon|evening|lunchtime)",
)
def _this_part(found: Match, context: Context) -> Reading | None:
    reading = relative(context, "TIME")
    if context.published is None:
        return reading
    return on_day(reading, context.published, found["time"].lower())


@FAMILY.rule(
    "the same day", rf"(?:earlier |later )?(?:on )?(?:the|that) (?:very )?same (?P<time>day|{PART_OF_DAY})"
)
@FAMILY.rule("the same day", rf"(?:earlier |later )?that (?P<time>day|{PART_OF_DAY})")
def _same_day(found: Match, context: Context) -> Reading | None:
    return _from_event(context, 0, found["time"].lower())


@FAMILY.rule(
    "the next day",
    rf"(?:(?:early|late) )?the (?P<which>next|following|previous|preceding) (?P<time>day|{PART_OF_DAY})",
)
def _next_day(found: Match, context: Context) -> Reading | None:
    return _from_event(
        context, 1 if found["which"].lower() in ("next", "following") else -1, found["time"].lower()
    )


@FAMILY.rule("the next day", r"the day (?P<side>before|after)(?=[.,;:\n]|$)")
def _day_beside(found: Match, context: Context) -> Reading | None:
    return _from_event(context, -1 if found["side"].lower() == "before" else 1, "day")


def _from_event(context: Context, shift: int, time: str) -> Reading:
    """Return the day so many after the last day that the text has told."""
    event = context.day
    if event is None or event.days is None:
        return Reading(type="DATE", reason=NO_EVENT)
    reading = Reading(type="DATE", anchor=event.days[1], anchored="text")
    return on_day(reading, at.plus(event.days[1], shift), None if time == "day" else time)


@FAMILY.rule(
    "numbered day",
    rf"(?:the )?(?P<number>{ORDINAL})(?: day)? of (?P<which>this|last|next|the) month",
)
def _of_month(found: Match, context: Context) -> Reading | None:
    """Read "the 15th of next month", "the 26th day of the month"."""
    reading, number = relative(context), ordinal(found["number"])
    if context.published is None or number is None:
        return reading
    shift = {"last": -1, "next": 1}.get(found["which"].lower(), 0)
    days = at.month(context.published.year, context.published.month + shift)
    day = at.day(days[0].year, days[0].month, number) if days else None
    if day is None:
        return replace(reading, reason=NO_SUCH_DAY)
    return filled(reading, at.one(day), day.isoformat(), "day")


@FAMILY.rule(
    "numbered day",
    rf"(?:the|a|its|their|his|her) (?P<number>{ORDINAL}) (?:straight |consecutive |successive )?day",
)
def _numbered(found: Match, context: Context) -> Reading | None:
    """Read "the third day" of something, which is placed only where it lasts to the publication day."""
    if ordinal(found["number"]) is None:
        return None
    lasting = any(word in found[0].lower() for word in ("straight", "consecutive", "successive"))
    tail = context.text[max(0, found.start() - 24) : found.start()].lower()
    now = re.search(
        r"\b(?:for|(?:today|it|this|saturday|sunday|[a-z]+day) (?:is|was|marks|marked)|it['’]s)\s+$", tail
    )
    if (lasting or now) and context.published:
        value = context.published.isoformat()
        return replace(filled(relative(context), at.one(context.published), value, "day"), inferred=True)
    return Reading(type="DATE", reason=NO_EVENT)


_ZONE: Final = (
    r"(?: ?\(?(?:EDT|EST|PDT|PST|CDT|CST|ET|PT|GMT|BST|CET|UTC|IST|local time|local|Eastern|Pacific)\)?)?"
)


@CLOCK.rule(
    "clock time",
    rf"(?:about |around |shortly before |shortly after |just after |just before )?"
    rf"(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d\d))?(?: ?(?P<half>[ap])\.?m\b\.?| o'clock){_ZONE}",
)
@CLOCK.rule(
    "clock time", r"(?P<hour>\d{1,2}):?(?P<minute>\d\d) ?(?:hours )?(?:GMT|UTC|EDT|EST|BST|CET)(?P<half>)"
)
def _clock(found: Match, context: Context) -> Reading | None:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = (found["half"] or "").lower() if "half" in found.re.groupindex else ""
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 24 or minute > 59:
        return None
    return _timed(context, f"T{hour:02}:{minute:02}")


@CLOCK.rule(
    "clock time",
    r"(?:(?:around|about|at|shortly before|shortly after) )?(?:(?P<late>high) )?(?P<name>noon"
    rf"|midnight|midday){_ZONE}",
)
def _named_clock(found: Match, context: Context) -> Reading | None:
    return _timed(context, "T24:00" if found["name"].lower() == "midnight" else "T12:00")


def _timed(context: Context, clock: str) -> Reading:
    """Return a time of the day the text is at, else of the publication day."""
    event = context.day
    if event and event.days and event.days[0] == event.days[1]:
        day, reading = (
            event.days[0],
            Reading(type="TIME", anchor=event.days[0], anchored="text", inferred=True),
        )
    else:
        reading = replace(relative(context, "TIME"), inferred=True)
        if context.published is None:
            return reading
        day = context.published
    return filled(reading, at.one(day), f"{day.isoformat()}{clock}", "day")


@FAMILY.rule("part of the day", r"(?:(?:at|by|before|since|until) )(?P<time>dawn|dusk)")
@FAMILY.rule(
    "part of the day",
    r"mid~(?P<time>morning|afternoon)|(?P<late>)in the (?:early )?(?P<in_time>morning|afternoon"
    r"|evening)(?! (?:of|after|paper|news))",
)
def _loose_part(found: Match, context: Context) -> Reading | None:
    groups = found.groupdict()
    time = groups.get("time") or groups.get("in_time")
    if context.published is None or not time:
        return relative(context, "TIME") if time else None
    return _timed(context, f"T{DAY_CODES[time.lower()]}")
