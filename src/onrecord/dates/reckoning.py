"""Days, weeks, months, quarters, seasons, years and centuries as intervals of days, and their TIMEX3 values.

Weeks run from Monday to Sunday (ISO 8601). What lies outside the years 1 to 9999 is ``None``.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Final, Literal

Days = tuple[date, date]
Part = Literal["early", "mid", "late"]

#: First month of a season of the northern half of the earth, where most news agencies sit.
SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
SEASON_CODES: Final = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}


def day(year: int, month: int, number: int) -> date | None:
    """Return a day, ``None`` where the calendar has none such."""
    try:
        return date(year, month, number)
    except (ValueError, OverflowError):
        return None


def plus(start: date, days: int) -> date | None:
    """Return the day so many days after (before, where negative)."""
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return None


def plus_months(start: date, months: int) -> date | None:
    """Return the same day of the month so many months on; the last of the month where it has fewer days."""
    at = start.year * 12 + start.month - 1 + months
    year, month = divmod(at, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def one(found: date | None) -> Days | None:
    """Return the interval of a single day."""
    return (found, found) if found else None


def between(first: date | None, last: date | None) -> Days | None:
    """Return an interval, turned round where its ends stand the wrong way; ``None`` without both."""
    if first is None or last is None:
        return None
    return (first, last) if first <= last else (last, first)


def week(inside: date) -> Days | None:
    """Return Monday to Sunday of the week that a day is in."""
    monday = plus(inside, -inside.weekday())
    return between(monday, plus(monday, 6)) if monday else None


def weekend(inside: date) -> Days | None:
    """Return Saturday and Sunday of the week that a day is in."""
    days = week(inside)
    return between(plus(days[0], 5), days[1]) if days else None


def month(year: int, number: int) -> Days | None:
    """Return first to last day of a month, whose number may lie outside 1 to 12."""
    first = plus_months(date(2000, 1, 1), (year - 2000) * 12 + number - 1)
    return (first, first.replace(day=calendar.monthrange(first.year, first.month)[1])) if first else None


def months(year: int, number: int, count: int) -> Days | None:
    """Return so many months from the one given on."""
    first, last = month(year, number), month(year, number + count - 1)
    return (first[0], last[1]) if first and last else None


def quarter(year: int, number: int) -> Days | None:
    """Return the days of a quarter, whose number may lie outside 1 to 4."""
    return months(year, number * 3 - 2, 3)


def season(year: int, name: str) -> Days | None:
    """Return the days of a season; winter is the one that begins in that year."""
    return months(year, SEASONS[name], 3)


def years(first: int, last: int) -> Days | None:
    """Return the first day of one year to the last of another."""
    return between(day(max(first, 1), 1, 1), day(min(last, 9999), 12, 31)) if last >= 1 else None


def part(days: Days, which: Part) -> Days:
    """Return the first, middle or last third of an interval, at least one day.

    By custom whole units stay whole: four, three and three years of a decade, overlapping days of a week.
    """
    size = (days[1] - days[0]).days + 1
    if days[1].year - days[0].year == 9:
        low, high = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}[which]
        return date(days[0].year + low, 1, 1), date(days[0].year + high, 12, 31)
    if size > 360 and days[0].day == 1:
        count = (days[1].year - days[0].year + 1) * 12
        cuts = [plus_months(days[0], count * at // 3) for at in (1, 2)]
        if cuts[0] and cuts[1]:
            return _third(days, cuts[0], cuts[1], which)
    if size == 7:
        first, last = {"early": (0, 2), "mid": (1, 3), "late": (3, 6)}[which]
        return days[0] + timedelta(days=first), days[0] + timedelta(days=last)
    third = max(1, round(size / 3))
    one_cut, other_cut = days[0] + timedelta(days=third), days[0] + timedelta(days=min(size - 1, 2 * third))
    return _third(days, one_cut, other_cut, which)


def _third(days: Days, one_cut: date, other_cut: date, which: Part) -> Days:
    before = timedelta(days=1)
    if which == "early":
        return days[0], max(days[0], one_cut - before)
    if which == "late":
        return min(other_cut, days[1]), days[1]
    return min(one_cut, days[1]), max(min(one_cut, days[1]), other_cut - before)


def easter(year: int, *, orthodox: bool = False) -> date | None:
    """Return Easter Sunday in the Gregorian calendar (Meeus, Astronomical Algorithms, 2nd ed., ch. 8)."""
    if not 1583 <= year <= 9990:
        return None
    if orthodox:
        a, b, c = year % 4, year % 7, year % 19
        d = (19 * c + 15) % 30
        e = (2 * a + 4 * b - d + 34) % 7
        number, rest = divmod(d + e + 114, 31)
        lag = year // 100 - year // 400 - 2
        return date(year, number, rest + 1) + timedelta(days=lag)
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 19 * m) // 433
    number = (h + m - 7 * n + 90) // 25
    return date(year, number, (h + m - 7 * n + 33 * number + 19) % 32)


def nth_weekday(year: int, number: int, weekday: int, which: int) -> date | None:
    """Return the so-manyth weekday (Monday 0) of a month; -1 is the last."""
    days = month(year, number)
    if not days:
        return None
    if which < 0:
        return plus(days[1], -((days[1].weekday() - weekday) % 7))
    return plus(days[0], (weekday - days[0].weekday()) % 7 + 7 * (which - 1))


def week_value(inside: date) -> str:
    """Return the TIMEX3 value of a week."""
    iso = inside.isocalendar()
    return f"{iso.year:04}-W{iso.week:02}"


def month_value(inside: date) -> str:
    """Return the TIMEX3 value of a month."""
    return f"{inside.year:04}-{inside.month:02}"


def quarter_value(inside: date) -> str:
    """Return the TIMEX3 value of a quarter."""
    return f"{inside.year:04}-Q{(inside.month + 2) // 3}"
