"""Absolute dates as pages print and declare them, to ISO 8601 as precise as known.

Only what is certain is taken: a numeric date whose day and month could change places (03/04/2012) and a
zone name that several zones share (IST) say nothing.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from typing import Final

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(?P<month{0}>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
#: Zone names that mean one offset only, in hours: CST and IST mean several and are left out.
_ZONES: Final = {
    "gmt": 0,
    "utc": 0,
    "z": 0,
    "bst": 1,
    "cet": 1,
    "cest": 2,
    "eet": 2,
    "eest": 3,
    "msk": 3,
    "gst": 4,
    "jst": 9,
    "aedt": 11,
    "aest": 10,
    "est": -5,
    "edt": -4,
    "cdt": -5,
    "mst": -7,
    "mdt": -6,
    "pst": -8,
    "pdt": -7,
}
_CLOCK = (
    r"(?=\d{{1,2}}(?:[:.]\d\d|\s*[ap]\.?m))(?P<hour{0}>[01]?\d"
    r"|2[0-3])(?:[:.](?P<minute{0}>[0-5]\d)(?::(?P<second{0}>[0-5]\d))?)?"
    r"\s*(?P<half{0}>[ap]\.?m\b\.?)?(?:\s*(?P<zone{0}>"
    + "|".join(sorted(_ZONES, key=len, reverse=True))
    + r"|[ECMP]T)\b)?"
)
_BETWEEN = r"(?:\s*(?:,|at|\||/|-|–|—|·|•)\s*|\s+)"
_AFTER = r"(?:" + _BETWEEN + _CLOCK.format("_a") + r")?"
_BEFORE = r"(?:" + _CLOCK.format("_b") + _BETWEEN + r")?"
_DAY = r"(?P<day{0}>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year{0}>(?:19|20)\d\d)"
_PATTERNS: Final = tuple(
    re.compile(r"(?<!\w)" + _BEFORE + _WEEKDAY + form + _AFTER + r"(?!\w)", re.IGNORECASE)
    for form in (
        _MONTH.format("") + r"\s+" + _DAY.format("") + r",?\s+" + _YEAR.format(""),
        _DAY.format("") + r"\s+(?:of\s+)?" + _MONTH.format("") + r",?\s+" + _YEAR.format(""),
        _DAY.format("") + r"-" + _MONTH.format("") + r"-" + _YEAR.format(""),
        r"(?P<first>[0-3]?\d)(?P<mark>[/.])(?P<second>[0-3]?\d)(?P=mark)" + _YEAR.format(""),
    )
)
_ISO: Final = re.compile(
    r"(?<!\d)(?P<day>(?:19|20)\d\d-[01]\d-[0-3]\d)"
    r"(?:[T ]\s*(?P<time>[0-2]\d:[0-5]\d(?::[0-5]\d)?)(?:[.,]\d+)?\s*(?P<zone>Z|UTC|GMT"
    r"|[+-]\d\d:?\d\d)?)?(?!\d)",
    re.IGNORECASE,
)
_BESIDE: Final = re.compile(
    r"\b(?:on|at|by|last|updated|gmt|utc|local time|ist|gst|\w+day)\b|[\W\d_]", re.IGNORECASE
)
_PLACE: Final = re.compile(
    r"^\s*([^\W\d_a-z][\w'’.\-]+(?:[ ,]{1,2}[^\W\d_a-z][\w'’.\-]+){0,3})\s*[,|–—-]\s*$"
)
_COMPACT: Final = re.compile(r"^((?:19|20)\d\d)([01]\d)([0-3]\d)$")
_URL_DAY: Final = re.compile(
    r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2]|[a-z]{3})[/-](0?[1-9]|[12]\d|3[01])(?=[/\-_.?#]|$)", re.IGNORECASE
)
_URL_COMPACT: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")


def parse_declared(value: str) -> str | None:
    """Return a date from metadata (ISO 8601 and its common misspellings, or prose) as ISO 8601.

    A time of exactly midnight is what content systems write when they know the day only, so the day is
    returned. Fractions of a second are dropped.
    """
    value = value.strip()
    compact = _COMPACT.match(value)
    if compact:
        return _day(*(int(part) for part in compact.groups()))
    match = _ISO.search(value[:100])
    if match:
        return _from_iso(match)
    found = find_date(value[:100])
    return found[0] if found else None


def find_date(line: str) -> tuple[str, int, int] | None:
    """Return the first absolute date with year in ``line`` as (ISO 8601, start, end), or ``None``."""
    iso = _ISO.search(line)
    if iso:
        value = _from_iso(iso)
        if value:
            return value, iso.start(), iso.end()
    best: tuple[str, int, int] | None = None
    for pattern in _PATTERNS:
        match = pattern.search(line)
        if match and (best is None or match.start() < best[1]):
            value = _from_prose(match)
            if value:
                best = value, match.start(), match.end()
    return best


def is_date(line: str) -> bool:
    """Tell whether a line says a date and next to nothing else."""
    found = find_date(line) if len(line) < 90 else None
    if not found:
        return False
    rest = _BESIDE.sub("", line[: found[1]] + line[found[2] :])
    return len(rest) <= 6


def place_before(line: str) -> tuple[int, int] | None:
    """Return where the place stands in a line of place and date ("Geneva, 22 May 2024"), or ``None``."""
    found = find_date(line) if len(line) < 90 else None
    if not found or _BESIDE.sub("", line[found[2] :]):
        return None
    match = _PLACE.match(line[: found[1]])
    return match.span(1) if match else None


def from_url(url: str) -> str | None:
    """Return the day that the path of ``url`` names (/2012/12/22/, /2012/dec/22/, 20121222)."""
    path = re.sub(r"^[a-z]+://[^/]*", "", url, flags=re.IGNORECASE)
    match = _URL_DAY.search(path)
    if match:
        year, month, day = match.groups()
        number = _MONTHS.get(month.lower()) if month.isalpha() else int(month)
        return _day(int(year), number, int(day)) if number else None
    compact = _URL_COMPACT.search(path)
    return _day(*(int(part) for part in compact.groups())) if compact else None


def from_prose_in(line: str, language: str | None) -> str | None:
    """Return the date in a labelled line of a language other than English, or ``None``.

    dateparser knows the months of 200 languages; it is asked for short strings only, and must find year,
    month and day, so that it cannot fill in today's.
    """
    import dateparser  # Slow to import, and few pages come to this.

    if not language or language == "en" or len(line) > 60 or not re.search(r"\d", line):
        return None
    try:
        found = dateparser.parse(line, languages=[language], settings={"STRICT_PARSING": True})
    except (ValueError, OverflowError, RecursionError):
        return None
    return found.date().isoformat() if found else None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _from_iso(match: re.Match[str]) -> str | None:
    """Turn a match of the ISO pattern into a checked ISO 8601 string."""
    try:
        day = date.fromisoformat(match["day"])
        if match["time"] is None:
            return day.isoformat()
        clock = time.fromisoformat(match["time"])
    except ValueError:
        return None
    if clock == time(0, 0):
        return day.isoformat()
    zone = match["zone"] or ""
    if zone.upper() in ("Z", "UTC", "GMT"):
        zone = "Z"
    elif zone:
        zone = zone[:3] + ":" + zone[-2:]
        if int(zone[1:3]) > 14 or int(zone[4:]) > 59:
            zone = ""
    return f"{day.isoformat()}T{match['time']}{zone}"


def _from_prose(match: re.Match[str]) -> str | None:
    """Turn a match of a prose pattern into ISO 8601."""
    groups = match.groupdict()
    if groups.get("month"):
        month, day = _MONTHS[groups["month"].lower()], int(groups["day"])
    else:
        first, second = int(groups["first"]), int(groups["second"])
        if first <= 12 and second <= 12 and first != second and groups["mark"] == "/":
            return None
        # With full stops the day stands first everywhere; with strokes only one order is possible here.
        day, month = (second, first) if second > 12 else (first, second)
    value = _day(int(groups["year"]), month, day)
    if value is None:
        return None
    for place in ("_a", "_b"):
        clock = _clock(groups, place)
        if clock:
            return f"{value}T{clock}"
    return value


def _clock(groups: dict[str, str | None], place: str) -> str | None:
    """Return ``HH:MM`` with seconds and offset where given, or ``None`` where it is no time of day."""
    hour_text, minute_text, half = groups["hour" + place], groups["minute" + place], groups["half" + place]
    if not hour_text or not (minute_text or half):
        return None
    hour = int(hour_text)
    if half:
        if hour > 12:
            return None
        hour = hour % 12 + (12 if half.lower().startswith("p") else 0)
    text = f"{hour:02}:{minute_text or '00'}"
    if groups["second" + place]:
        text += f":{groups['second' + place]}"
    zone = (groups["zone" + place] or "").lower()
    if zone in _ZONES:
        offset = timezone(timedelta(hours=_ZONES[zone]))
        text += "Z" if zone in ("gmt", "utc", "z") else datetime(2000, 1, 1, tzinfo=offset).isoformat()[19:]
    return text
