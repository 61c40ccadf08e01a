"""The words that dates are made of: months, weekdays, units, numbers and hedges, as pieces of patterns.

Patterns are written with a space for white space that does not cross a blank line, ``~`` for a hyphen or
such a space, and ``'`` for either apostrophe; :func:`compiled` puts these in.
"""

from __future__ import annotations

import re
from typing import Final

from onrecord.dates.reckoning import Part

_SPACE: Final = r"(?:[^\S\n]{1,4}\n?[^\S\n]{0,4}|\n[^\S\n]{0,4}(?=\S))"
_HYPHEN: Final = "[-\u2010\u2011\u2013]"

MONTHS: Final = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4,
    "jun": 6, "jul": 7, "aug": 8, "sept": 9, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
WEEKDAYS: Final = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
_SMALL: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS: Final = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_TENTHS: Final = {"twentieth": 20, "thirtieth": 30}
#: Counts that say no number.
VAGUE_COUNTS: Final = frozenset({"few", "several", "many", "some", "coming", "recent"})
#: Letters of TIMEX3 for units, with whether they stand behind the T of a duration.
UNITS: Final = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "night": "D", "week": "W", "weekend": "W",
    "month": "M", "quarter": "Q", "year": "Y", "decade": "E", "century": "C", "fortnight": "W",
}  # fmt: skip

#: The words for units of time that counts and lengths are recognised by.
UNIT_WORDS: Final = (
    "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "night", "nights", "week",
    "weeks", "month", "months", "year", "years", "decade", "decades", "century", "centuries", "fortnight",
    "fortnights",
)  # fmt: skip

MONTH: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
WEEKDAY: Final = (
    r"(?:[Mm]on|[Tt]ues|[Ww]ednes|[Tt]hurs|[Ff]ri|[Ss]atur|[Ss]un|MON|TUES|WEDNES"
    r"|THURS|FRI|SATUR|SUN)(?:day|DAY)"
)
WEEKDAY_SHORT: Final = r"(?:Mon|Tues?|Wed|Thurs?|Thur|Fri|Sat|Sun)\b\.?"
_UNIT_NAMES: Final = r"second|minute|hour|day|night|week|month|quarter|year|decade|fortnight"
UNIT: Final = rf"(?:(?:{_UNIT_NAMES})s?|centur(?:y|ies)|weekends?)"
SEASON: Final = r"(?:spring|summer|autumn|fall|winter)"
YEAR: Final = r"(?:1[0-9]\d\d|20\d\d)"
_TEN_NAMES: Final = "|".join(_TENS)
_ONES: Final = "|".join(_SMALL[1:10])
#: A year in digits, or as it is spoken: "nineteen ninety-seven", "two thousand and four".
ANY_YEAR: Final = (
    rf"(?:{YEAR}|(?:eighteen|nineteen) (?:hundred|(?:{_TEN_NAMES})(?:~(?:{_ONES}))?)"
    r"|two thousand(?: and)?(?: (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen))?)"
)
ORDINAL: Final = (
    "(?:"
    + "|".join(_ORDINALS[1:])
    + r"|twentieth|twenty~(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirtieth"
    r"|thirty~first|\d{1,3}(?:st|nd|rd|th))"
)
_SPELT: Final = f"(?:{'|'.join(_TENS)})(?:~(?:{'|'.join(_SMALL[1:10])}))?|" + "|".join(
    sorted(_SMALL[1:], key=len, reverse=True)
)
NUMBER: Final = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,4}}(?:\.\d+)?(?:~1/2)?|(?:{_SPELT}|an?)(?: (?:hundred"
    rf"|thousand|dozen))?(?: and an? half)?"
    r"|(?:(?:an?|the) )?couple(?: of)?|half an?|an? half|hundreds of|dozens of|tens of)"
)
SOME: Final = r"(?:(?:a )?few(?: more)?|several|many|some|a number of)"
HEDGE: Final = (
    r"(?:(?:about|around|nearly|almost|more than|less than|fewer than|no more than|not more than"
    r"|over|at least|up to|some"
    r"|roughly|approximately|just over|just under|as many as|as long as|only|just|another|an"
    r" additional|barely|under"
    r"|at most|well over|within) )"
)
PART: Final = r"(?:early|mid|late|the (?:beginning|start|middle|end) of|(?:beginning|start|middle|end) of)"
PART_OF_DAY: Final = r"(?:morning|afternoon|evening|night|noon|midnight|midday|lunchtime)"
DAY_CODES: Final = {
    "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "overnight": "NI", "tonight": "NI",
    "lunchtime": "MI", "dawn": "MO", "dusk": "EV",
}  # fmt: skip


def compiled(pattern: str, *, cased: bool = False) -> re.Pattern[str]:
    """Return a pattern of the small notation above, on word boundaries; capitals count with ``cased``."""
    plain = pattern.replace("~", f"(?:{_HYPHEN}| )").replace(" ", _SPACE).replace("'", "['’]")
    return re.compile(rf"(?<![\w$£€.,/-])(?:{plain})(?![\w]|[-/]\d)", 0 if cased else re.IGNORECASE)


def month_number(name: str) -> int:
    """Return 1 to 12 for a month's name or abbreviation."""
    return MONTHS[name.lower().rstrip(".")]


def weekday_number(name: str) -> int:
    """Return 0 (Monday) to 6 for a weekday's name or abbreviation."""
    return WEEKDAYS[name.lower().rstrip(".")]


def unit_of(name: str) -> str:
    """Return the singular of a unit, lower case."""
    low = name.lower()
    return "century" if low.startswith("centur") else low.removesuffix("s")


def part_of(words: str) -> Part:
    """Return ``early``, ``mid`` or ``late`` for words of :data:`PART`."""
    low = words.lower()
    if "beginning" in low or "start" in low or "early" in low:
        return "early"
    return "mid" if "mid" in low else "late"


def ordinal(words: str) -> int | None:
    """Return the number that an ordinal stands for."""
    low = re.sub(rf"{_HYPHEN}|\s+", " ", words.lower())
    digits = re.match(r"\d+", low)
    if digits:
        return int(digits[0])
    first, _, rest = low.partition(" ")
    if rest and first in _TENS:
        return (_TENS.index(first) + 2) * 10 + _ORDINALS.index(rest)
    return _TENTHS.get(low) or (_ORDINALS.index(low) if low in _ORDINALS else None)


def count(words: str) -> float | None:
    """Return the number that words stand for, ``None`` where they say none ("several", "dozens of")."""
    low = re.sub(rf"{_HYPHEN}|\s+", " ", words.lower()).strip()
    if low.startswith("half") or low in ("a half", "an half"):
        return 0.5
    if "couple" in low:
        return 2
    whole, half, _ = low.partition(" and a")
    extra = 0.5 if half or " 1/2" in low else 0.0
    whole = whole.removesuffix(" 1/2").replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", whole):
        return float(whole) + extra
    parts = whole.split()
    if not parts or parts[-1] == "of" or VAGUE_COUNTS.intersection(parts):
        return None
    scale = {"hundred": 100, "thousand": 1000, "dozen": 12}.get(parts[-1], 1)
    parts = parts[:-1] if scale > 1 else parts
    total = sum(_value(word) for word in parts)
    return total * scale + extra if total else None


def _value(word: str) -> int:
    if word in ("a", "an"):
        return 1
    return _SMALL.index(word) if word in _SMALL else (_TENS.index(word) + 2) * 10 if word in _TENS else 0


def year_of(words: str) -> int:
    """Return the year that words of :data:`ANY_YEAR` stand for."""
    return int(words) if words.isdigit() else spelt_year(words) or 0


def spelt_year(words: str) -> int | None:
    """Return the year that spoken words stand for ("nineteen ninety-seven", "two thousand and four")."""
    parts = re.sub(rf"{_HYPHEN}|\s+", " ", words.lower()).replace(" and ", " ").split()
    if "thousand" in parts:
        return 2000 + sum(_value(word) for word in parts[2:])
    if parts[-1] == "hundred":
        return _value(parts[0]) * 100
    return _value(parts[0]) * 100 + sum(_value(word) for word in parts[1:])
