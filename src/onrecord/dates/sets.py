"""What comes again and again: "every Friday", "each year", "daily", "twice a week"."""

from __future__ import annotations

import re
from typing import Final

from onrecord.dates.counts import duration
from onrecord.dates.grammar import Context, Match, Reading, family
from onrecord.dates.reckoning import SEASON_CODES
from onrecord.dates.words import (
    MONTH,
    NUMBER,
    ORDINAL,
    SEASON,
    WEEKDAY,
    count,
    month_number,
    unit_of,
    weekday_number,
)

FAMILY: Final = family(
    [
        "every",
        "each",
        "daily",
        "hourly",
        "weekly",
        "monthly",
        "yearly",
        "annually",
        "annual",
        "nightly",
        "biweekly",
        "day",
        "week",
        "month",
        "year",
        "hour",
        "night",
        "mondays",
        "tuesdays",
        "wednesdays",
        "thursdays",
        "fridays",
        "saturdays",
        "sundays",
        "weekends",
        "weekdays",
        "mornings",
        "evenings",
        "nights",
        "quarterly",
        "afternoons",
        "summers",
        "winters",
        "annum",
    ]
)
_AGAIN: Final = "comes again and again"
_UNIT: Final = r"second|minute|hour|day|night|week|weekend|month|quarter|year|decade"
_OFTEN: Final = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "biweekly": "P2W", "monthly": "P1M",
    "quarterly": "P3M", "yearly": "P1Y", "annually": "P1Y", "annual": "P1Y",
}  # fmt: skip


@FAMILY.rule(
    "set",
    rf"(?:almost |nearly )?(?:every|each)(?: (?P<other>other|second)| (?P<number>{NUMBER}|few"
    rf"|couple of))? (?P<unit>{_UNIT})s?(?! of the (?:past|last))",
)
def _every(found: Match, _context: Context) -> Reading | None:
    number = 2.0 if found["other"] else count(found["number"]) if found["number"] else 1.0
    return Reading(
        type="SET", value=duration(number, unit_of(found["unit"])), reason=_AGAIN, vague=number is None
    )


@FAMILY.rule(
    "set",
    rf"(?:almost |nearly )?(?:every|each)(?: other)? (?P<day>{WEEKDAY}|weekday|morning|afternoon"
    rf"|evening)(?: (?P<time>morning|afternoon|evening|night))?",
)
@FAMILY.rule("set", rf"(?P<day>{WEEKDAY})(?: (?P<time>morning|afternoon|evening|night))?s")
@FAMILY.rule("set", rf"(?P<day>{WEEKDAY}) (?P<time>morning|afternoon|evening|night)s")
def _weekdays(found: Match, _context: Context) -> Reading | None:
    codes = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI"}
    word = found["day"].lower()
    time = codes.get((found["time"] or "").lower(), "")
    if word == "weekday":
        value = "XXXX-WXX-WD"
    elif word in codes:
        value = f"XXXX-XX-XX{codes[word]}"
    else:
        value = f"XXXX-WXX-{weekday_number(word) + 1}{time}"
    return Reading(type="SET", value=value, reason=_AGAIN)


@FAMILY.rule("set", rf"(?:every|each) (?P<what>{MONTH}|{SEASON})")
def _months(found: Match, _context: Context) -> Reading | None:
    word = found["what"].lower()
    if word in SEASON_CODES:
        return Reading(type="SET", value=f"XXXX-{SEASON_CODES[word]}", reason=_AGAIN)
    return (
        Reading(type="SET", value=f"XXXX-{month_number(word):02}", reason=_AGAIN)
        if found["what"][0].isupper()
        else None
    )


@FAMILY.rule(
    "set",
    rf"(?:on )?the (?P<which>{ORDINAL}|last) (?:(?P<day>{WEEKDAY})|day) of (?:every|each) (?:month"
    rf"|week|year)",
)
def _monthly(found: Match, _context: Context) -> Reading | None:
    return Reading(type="SET", value="P1M" if "month" in found[0] else "P1Y", reason=_AGAIN)


#: "Its quarterly dividend" names a dividend, and says of nothing how often it was.
_ADJECTIVE: Final = re.compile(
    r"(?:quarterly|monthly|weekly) (?:dividend|report|results?|earnings|loss|profit|payout|payment|magazine"
    r"|newspaper)",
    re.IGNORECASE,
)


@FAMILY.rule("set", r"(?P<word>hourly|daily|nightly|weekly|biweekly|monthly|quarterly|yearly|annually)")
def _often(found: Match, context: Context) -> Reading | None:
    if found[0][0].isupper() or re.match(r"\s[A-Z]", context.text[found.end() : found.end() + 2]):
        return None  # the name of a newspaper, or "the party daily Granma"
    if _ADJECTIVE.match(context.text, found.start()):
        return None
    return Reading(type="SET", value=_OFTEN[found["word"].lower()], reason=_AGAIN)


@FAMILY.rule(
    "set",
    r"(?:an?|per) (?P<unit>hour|day|night|week|month|year|annum)(?! (?:ago|earlier|later|before"
    r"|after|old|and|from|or|of))(?!~)",
)
def _rate(found: Match, context: Context) -> Reading | None:
    """Read "three times a week", "$5 million a year": a rate, told by the amount in front."""
    before = context.text[max(0, found.start() - 40) : found.start()]
    amount = re.search(
        r"(?i)\b(?:once|twice|times|hours|percent|million|billion|thousand|barrels|people|days"
        r"|tons|dollars|pounds|cents|points)\s*$|%\s*$|\d\s*$|[$£€]?\d[\d.,]*(?: \w+){1,2} $",
        before,
    )
    if found[0].lower().startswith("per") or amount:
        unit = "year" if found["unit"].lower() == "annum" else unit_of(found["unit"])
        return Reading(type="SET", value=duration(1, unit), reason=_AGAIN)
    return None


@FAMILY.rule("set", r"(?:on )?(?P<word>weekends|weekdays)")
def _weekends(found: Match, _context: Context) -> Reading | None:
    return Reading(
        type="SET",
        value="XXXX-WXX-WE" if found["word"].lower() == "weekends" else "XXXX-WXX-WD",
        reason=_AGAIN,
    )
