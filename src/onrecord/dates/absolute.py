"""Days, months and years that are named: "Dec. 22, 2012", "22 December", "in 1998", "May 3-5"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from onrecord.dates import reckoning as at
from onrecord.dates.grammar import (
    NO_DAY,
    NO_SUCH_DAY,
    Context,
    Match,
    Reading,
    family,
    filled,
)
from onrecord.dates.words import (
    ANY_YEAR,
    MONTH,
    MONTHS,
    ORDINAL,
    WEEKDAY,
    WEEKDAY_SHORT,
    YEAR,
    month_number,
    ordinal,
    part_of,
    spelt_year,
    year_of,
)

FAMILY: Final = family([*MONTHS])
NUMERIC: Final = family(["#"])
SPELT: Final = family(["nineteen", "eighteen", "thousand"])

_WEEKDAY: Final = rf"(?:(?:{WEEKDAY}|{WEEKDAY_SHORT}),? (?:the )?)?"
_NUMBER: Final = r"[0-3]?\d"
_TIMED: Final = r"(?:,? (?P<time>morning|afternoon|evening|night))?"
#: Nouns behind four digits that make them a count.
_COUNTED: Final = (
    r"(?! (?:people|men|women|children|troops|soldiers|police|dead|others|civilians|killed|wounded"
    r"|injured|jobs|workers"
    r"|students|million|billion|thousand|percent|per|miles|km|kilomet|met|feet|acres|tons|tonnes|dollars|euros|pounds"
    r"|points|votes|homes|houses|members|protesters|refugees|more|of the|residents|square|shares"
    r"|employees|hours|mph"
    r"|rounds|copies|families|prisoners|years|days|times|pages|words|companies|and \d{1,3}\b))"
)


#: Within how many days the nearer of two dates is meant against the tense of the clause.
_NEAR: Final = 45
_NEAR_MONTH: Final = 35


def with_year(context: Context, found: Match, month: int, number: int | None) -> int | None:
    """Return the year of a month or day that is told without one.

    The nearest past one, unless the clause looks ahead; where nothing shows, the nearest of both. A day that
    not every year has is looked for as far as eight years away.
    """
    base = context.published
    if base is None:
        return None
    around = (
        range(base.year - 8, base.year + 9)
        if (month, number) == (2, 29)
        else range(base.year - 1, base.year + 2)
    )
    candidates = [(year, first) for year in around if (first := at.day(year, month, number or 1))]
    if not candidates:
        return None
    if number is None:
        here = base.replace(day=1)
        past = [year for year, first in candidates if first <= here]
        coming = [year for year, first in candidates if first > here]
    else:
        past = [year for year, first in candidates if first <= base]
        coming = [year for year, first in candidates if first > base]
    if not past or not coming:
        return (past or coming)[0 if coming else -1]
    ahead = context.ahead(found)
    if number is None and past[-1] == base.year and base.month == month:
        return past[-1]
    distance = {year: abs((first - base).days) for year, first in candidates}
    back, on = distance[past[-1]], distance[coming[0]]
    near = _NEAR if number is not None else _NEAR_MONTH
    if ahead is None:
        return coming[0] if on + 60 < back else past[-1]
    # A day or month close by needs no year; one that is nearly a year away would be told with it.
    if ahead:
        return past[-1] if back <= near else coming[0]
    return coming[0] if on <= near else past[-1]


def _named_day(found: Match, context: Context, month: int, number: int) -> Reading:
    year_words = found.groupdict().get("year")
    year = year_of(year_words) if year_words else None
    inferred = year is None
    reading = Reading(type="DATE")
    if year is None:
        if not any(at.day(one, month, number) for one in (2000, 2001)):
            return Reading(type="DATE", reason=NO_SUCH_DAY)
        year = with_year(context, found, month, number)
        if year is None:
            return Reading(type="DATE", value=f"XXXX-{month:02}-{number:02}", reason=NO_DAY)
        reading = replace(reading, anchor=context.published, anchored="published")
    day = at.day(year, month, number)
    if day is None:
        return Reading(type="DATE", reason=NO_SUCH_DAY)
    time = (found.groupdict().get("time") or "").lower()
    code = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI"}.get(time, "")
    done = filled(reading, at.one(day), day.isoformat() + code, "day")
    return replace(done, inferred=inferred and False, type="TIME" if code else "DATE")


@FAMILY.rule(
    "named day",
    rf"{_WEEKDAY}(?P<month>{MONTH}) (?P<number>{_NUMBER})(?:st|nd|rd|th)?(?!\d|[:.]\d|,\d)(?:,? "
    rf"(?:of )?(?P<year>{ANY_YEAR})(?!\d))?{_TIMED}",
)
@FAMILY.rule("named day", rf"(?P<month>{MONTH})[-/](?P<number>{_NUMBER})[-/](?P<year>{YEAR})")
def _month_day(found: Match, context: Context) -> Reading | None:
    return _named(found, context, int(found["number"]))


@FAMILY.rule("named day", rf"(?P<number>{_NUMBER})[-/](?P<month>{MONTH})[-/](?P<year>{YEAR})")
@FAMILY.rule(
    "named day",
    rf"{_WEEKDAY}(?:the )?(?P<number>{_NUMBER})(?:st|nd|rd|th)? (?:day )?(?:of )?(?P<month>{MONTH})"
    rf"(?:,? (?:of )?(?P<year>{ANY_YEAR}))?{_TIMED}",
)
def _day_month(found: Match, context: Context) -> Reading | None:
    return _named(found, context, int(found["number"]))


@FAMILY.rule(
    "named day",
    rf"{_WEEKDAY}(?P<month>{MONTH}) (?:the )?(?P<number>{ORDINAL})(?:,? (?:of )?(?P<year>{ANY_YEAR}))?",
)
@FAMILY.rule(
    "named day",
    rf"{_WEEKDAY}(?:the )?(?P<number>{ORDINAL}) of (?P<month>{MONTH})(?:,? (?:of )?(?P<year>{ANY_YEAR}))?",
)
def _ordinal_day(found: Match, context: Context) -> Reading | None:
    number = ordinal(found["number"])
    return _named(found, context, number) if number and number <= 31 else None


#: Months that are other words, too, where they have no capital.
_ALSO_WORDS: Final = ("may", "march", "mar", "august", "dec", "jan", "sep", "jun")


def _named(found: Match, context: Context, number: int) -> Reading | None:
    if found["month"][0].islower() and found["month"].lower() in _ALSO_WORDS:
        return None
    return _named_day(found, context, month_number(found["month"]), number)


@FAMILY.rule(
    "range of days",
    rf"(?P<month>{MONTH}) (?P<number>{_NUMBER})(?:st|nd|rd|th)?(?:~| to | through | and )(?:"
    rf"(?P<month2>{MONTH}) )?(?P<number2>{_NUMBER})"
    rf"(?:st|nd|rd|th)?(?!\d)(?:,? (?P<year>{YEAR}))?",
)
@FAMILY.rule(
    "range of days",
    rf"(?P<number>{_NUMBER})(?:st|nd|rd|th)?(?:(?P<month2>) | )?(?:~|to |through |and )(?:the )?"
    rf"(?P<number2>{_NUMBER})(?:st|nd|rd|th)? (?:of )?(?P<month>{MONTH})(?:,? (?P<year>{YEAR}))?",
)
def _range(found: Match, context: Context) -> Reading | None:
    if found["month"][0].islower() or (found["month2"] or "X")[0].islower():
        return None
    month, other = month_number(found["month"]), month_number(found["month2"] or found["month"])
    year = int(found["year"]) if found["year"] else with_year(context, found, month, int(found["number"]))
    if year is None:
        return Reading(type="DATE", reason=NO_DAY)
    first, last = at.day(year, month, int(found["number"])), at.day(year, other, int(found["number2"]))
    if first is None or last is None or first >= last:
        return Reading(type="DATE", reason=NO_SUCH_DAY)
    return filled(Reading(type="DATE"), (first, last), f"{first.isoformat()}/{last.isoformat()}", "day")


@FAMILY.rule(
    "month",
    rf"(?:(?P<part>early|mid|late|(?:the )?(?:beginning|start|middle|end) of)(?:~| in ))?"
    rf"(?P<month>{MONTH})(?:,? (?:of )?(?P<year>{ANY_YEAR})(?!\d)|,? (?:of )?(?P<which>last|this|next"
    rf"|that) year)?",
)
@FAMILY.rule(
    "month",
    rf"(?P<part>)(?P<which>last|this|next|this past|this coming|the coming|coming) (?P<month>{MONTH})(?! \d)",
)
def _month(found: Match, context: Context) -> Reading | None:
    words = found["month"]
    if (words[0].islower() and (len(words) < 4 or words.lower() in _ALSO_WORDS)) or (
        words.lower().rstrip(".") in ("may", "march", "mar", "jan", "sun", "dec")
        and not _is_month(found, context)
    ):
        return None
    month, year = month_number(words), _month_year(found, context, month_number(words))
    reading = Reading(type="DATE")
    if "year" not in found.re.groupindex or not found["year"]:
        reading = replace(
            reading, anchor=context.published, anchored="published" if context.published else None
        )
    if year is None:
        return Reading(type="DATE", value=f"XXXX-{month:02}", reason=NO_DAY)
    days = at.month(year, month)
    if days and found["part"]:
        return filled(reading, at.part(days, part_of(found["part"])), at.month_value(days[0]), "month")
    return filled(reading, days, at.month_value(days[0]) if days else None, "month")


def _month_year(found: Match, context: Context, month: int) -> int | None:
    groups = found.groupdict()
    if groups.get("year"):
        return year_of(groups["year"])
    which = (groups.get("which") or "").lower()
    base = context.published
    if base is None:
        return None
    if found.end() - found.end("month") > 5 and which:  # "July last year"
        if which == "that" and context.year and context.year.days:
            return context.year.days[0].year
        return base.year + {"last": -1, "next": 1}.get(which, 0)
    if which in ("last", "this past"):
        return base.year if month < base.month else base.year - 1
    if which in ("next", "this coming", "the coming", "coming"):
        return base.year if month > base.month else base.year + 1
    if which == "this":
        return base.year
    return with_year(context, found, month, None)


def _is_month(found: Match, context: Context) -> bool:
    """Tell "May" and "March" the months from the verb, the noun and the name."""
    if found.groupdict().get("which") or found.groupdict().get("year") or found["part"]:
        return True
    before = context.text[max(0, found.start() - 24) : found.start()]
    after = context.text[found.end() : found.end() + 3]
    if re.search(
        r"(?i)\b(?:in|since|until|till|by|from|through|of|during|before|after|last|next|to|and|or|for|as)[\s,]+$",
        before,
    ):
        return not re.match(r" [A-Z]", after) or bool(
            re.search(r"(?i)\b(?:in|since|until|during|by)\s+$", before)
        )
    return after.startswith(("'s", "’s")) and found["month"].lower() == "may"


@NUMERIC.rule(
    "numeric day", r"(?P<year>\d{4})-(?P<month>[01]\d)-(?P<number>[0-3]\d)(?:T\d\d:\d\d(?::\d\d)?Z?)?"
)
@NUMERIC.rule(
    "numeric day", rf"(?P<one>{_NUMBER})(?P<mark>[/.])(?P<two>{_NUMBER})(?P=mark)(?P<year>(?:19|20)?\d\d)"
)
@NUMERIC.rule("numeric day", r"(?P<one>[0-3]?\d)(?P<mark>/)(?P<two>[0-3]?\d)(?P<year>)")
def _numeric(found: Match, context: Context) -> Reading | None:
    groups = found.groupdict()
    if groups.get("number"):
        month, number = int(found["month"]), int(found["number"])
    else:
        order = _order(int(found["one"]), int(found["two"]), found["mark"], context.month_first)
        if order is None:
            return (
                None
                if not found["year"]
                else Reading(type="DATE", reason="day and month may stand either way")
            )
        month, number = order
        if not found["year"] and context.month_first is None:
            return None
    year = int(found["year"]) if found["year"] else with_year(context, found, month, number)
    if year is None:
        return Reading(type="DATE", reason=NO_DAY)
    if found["year"] and len(found["year"]) == 2:
        century = (context.published or date(2000, 1, 1)).year // 100 * 100
        year += (
            century if year + century <= (context.published or date(2050, 1, 1)).year + 20 else century - 100
        )
    day = at.day(year, month, number)
    if day is None:
        return Reading(type="DATE", reason=NO_SUCH_DAY)
    return filled(Reading(type="DATE"), at.one(day), day.isoformat(), "day")


def _order(one: int, two: int, mark: str, month_first: bool | None) -> tuple[int, int] | None:
    """Return month and day, ``None`` where they may stand either way and the outlet's order is not known."""
    if one > 12 >= two or mark == ".":
        return two, one
    if two > 12 >= one or one == two:
        return one, two
    if month_first is None:
        return None
    return (one, two) if month_first else (two, one)


@NUMERIC.rule(
    "year",
    rf"(?:(?P<part>early|mid|late|(?:the )?(?:beginning|start|middle|end) of)(?:~| in ))?(?:"
    rf"(?P<fiscal>fiscal(?: year)?|financial year|the year|calendar|calendar year) )?"
    rf"(?P<year>{YEAR}){_COUNTED}",
)
def _year(found: Match, context: Context) -> Reading | None:
    if not (found["part"] or found["fiscal"]) and not _is_year(found, context):
        return None
    year = int(found["year"])
    days = at.years(year, year)
    if days and found["part"]:
        days = at.part(days, part_of(found["part"]))
    return filled(Reading(type="DATE"), days, f"{year:04}", "year")


_BEFORE_YEAR: Final = re.compile(
    r"(?:\b(?:in|since|until|till|by|of|from|before|after|during|through|and|or|between|the|its|late|early|mid|to|for|a|"
    r"around|about|circa|as|than|last|his|her|their|that|spring|summer|autumn|fall|winter|quarter|was|back|due)|\(|[-–,(‘\"“]|^)\s*$",
    re.IGNORECASE,
)
_HARD: Final = re.compile(
    r"\b(?:in|since|until|till|during|by|late|early|mid|between|due|spring|summer|autumn|fall|winter"
    r"|quarter)\s+$|\($",
    re.IGNORECASE,
)


#: "A 1996 law", "his failed 1996 campaign", "the 1996 elections": a word that no number of things follows.
_BEFORE_NOUN: Final = re.compile(
    r"(?i)(?:\b(?:a|an|the|his|her|its|their|our|this|that)|['’]s|\b[a-z]{3,}(?:ful|al|ic|ive|ent|ous|ed|ing|ary|ish|ese|ian))\s+$"
)
_NOUN: Final = re.compile(
    r"\s+(?!(?:to|and|or|in|on|at|by|from|of|with|for|was|is|are|were|has|had|have|who|that|when|which|as|but|per|a|an"
    r"|the|out|up|down|so|if|he|she|it|they|said)\b)[a-z]{3,}"
)


def _is_year(found: Match, context: Context) -> bool:
    """Tell a year from a count of four digits by what stands around it."""
    before = context.text[max(0, found.start() - 24) : found.start()]
    after = context.text[found.end() : found.end() + 24]
    if 1900 <= int(found["year"]) <= 2059 and _BEFORE_NOUN.search(before) and _NOUN.match(after):
        return True
    if not _BEFORE_YEAR.search(before):
        return after[:2] in ("'s", "’s")
    if _HARD.search(before):
        return True
    if re.match(r"\s+[a-z]+s\b(?<!ss)(?<!crisis)(?<!as)(?<!is)(?<!was)(?<!has)", after):
        return False
    year = int(found["year"])
    if re.search(r"\b(?:about|around|to|for|a|than|was)\s+$", before, re.IGNORECASE):
        return (
            1900 <= year <= 2060
            and bool(re.match(r"[.,;)\s]", after or " "))
            and not re.match(r"\s+[a-z]", after)
        )
    return 1800 <= year <= 2099


@SPELT.rule(
    "year",
    r"(?:(?P<part>early|mid|late|the end of)(?:~| in ))?(?P<words>(?:eighteen|nineteen) (?:hundred"
    r"|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:~(?:one|two|three|four|five|six|seven|eight|nine))?))",
)
@SPELT.rule(
    "year",
    r"(?P<part>)(?:the year )(?P<words>two thousand(?: and)?(?: (?:one|two|three|four|five|six"
    r"|seven|eight|nine|ten|eleven|twelve))?)",
)
def _spelt(found: Match, _context: Context) -> Reading | None:
    words = found["words"].lower()
    year = int(words.startswith("nineteen")) * 100 + 1800 if words.endswith("hundred") else spelt_year(words)
    return filled(Reading(type="DATE"), at.years(year, year) if year else None, f"{year:04}", "year")


@NUMERIC.rule(
    "range of years",
    r"(?P<one>1[89]\d\d|20\d\d)(?:~| to | through | until | till | and )(?P<two>(?:19|20)?\d\d)(?![\d%])",
)
def _years(found: Match, context: Context) -> Reading | None:
    one = int(found["one"])
    two = int(found["two"]) if len(found["two"]) == 4 else one // 100 * 100 + int(found["two"])
    joined = context.text[found.end("one") : found.start("two")]
    if not one < two <= one + 200 or (len(found["two"]) == 2 and len(joined) > 1):
        return None
    if " and " in joined and not context.text[max(0, found.start() - 9) : found.start()].lower().endswith(
        "between "
    ):
        return None
    return filled(Reading(type="DATE"), at.years(one, two), f"{one:04}/{two:04}", "year")
