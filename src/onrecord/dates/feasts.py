"""Feasts: Christmas, New Year and Easter with the days that hang on it, and fixed days known by one name.

Feasts of a lunar calendar and days that every country keeps on another date are told as expressions, but
their days are left open: to reckon them takes a calendar library or a country that the text does not give.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from onrecord.dates import reckoning as at
from onrecord.dates.grammar import NO_DAY, Context, Match, Reading, family, filled, relative
from onrecord.dates.words import YEAR

FAMILY: Final = family(
    [
        "christmas",
        "easter",
        "eve",
        "boxing",
        "new",
        "year",
        "valentine",
        "patrick",
        "thanksgiving",
        "halloween",
        "friday",
        "monday",
        "sunday",
        "wednesday",
        "labor",
        "labour",
        "memorial",
        "ramadan",
        "eid",
        "passover",
        "rosh",
        "yom",
        "hanukkah",
        "diwali",
        "ashura",
        "nowruz",
        "pentecost",
        "ascension",
        "armistice",
        "remembrance",
        "veterans",
        "bastille",
        "epiphany",
        "independence",
        "july",
        "may",
        "fitr",
        "adha",
        "muharram",
        "purim",
        "vesak",
        "martin",
        "presidents",
        "columbus",
        "president",
        "ash",
        "whit",
        "carnival",
        "mawlid",
        "lent",
    ]
)

_FIXED: Final = {
    "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "boxing day": (12, 26),
    "new year's eve": (12, 31), "new year's day": (1, 1), "new year's": (1, 1), "new year": (1, 1),
    "valentine's day": (2, 14), "st. patrick's day": (3, 17), "st patrick's day": (3, 17),
    "may day": (5, 1), "bastille day": (7, 14), "halloween": (10, 31), "all saints' day": (11, 1),
    "armistice day": (11, 11), "veterans day": (11, 11), "the fourth of july": (7, 4),
    "fourth of july": (7, 4),
    "epiphany": (1, 6), "international women's day": (3, 8), "orthodox christmas": (1, 7),
    "st. stephen's day": (12, 26),
    "anzac day": (4, 25), "june 4 anniversary": (6, 4), "nowruz": (3, 21),
}  # fmt: skip
_EASTER: Final = {
    "ash wednesday": -46, "palm sunday": -7, "maundy thursday": -3, "good friday": -2, "holy saturday": -1,
    "easter sunday": 0, "easter": 0, "easter monday": 1, "ascension day": 39, "whit sunday": 49,
    "pentecost": 49,
    "whit monday": 50, "shrove tuesday": -47,
}  # fmt: skip
#: Month, weekday (Monday 0) and which one in the month.
_NTH: Final = {
    "thanksgiving day": (11, 3, 4), "thanksgiving": (11, 3, 4), "labor day": (9, 0, 1),
    "memorial day": (5, 0, -1),
    "martin luther king day": (1, 0, 3), "presidents day": (2, 0, 3), "presidents' day": (2, 0, 3),
    "columbus day": (10, 0, 2), "remembrance sunday": (11, 6, 2),
}  # fmt: skip
_OPEN: Final = (
    "ramadan|eid al~fitr|eid al~adha|eid|ashura|muharram|passover|rosh hashanah?|yom kippur"
    "|hanukkah|diwali|purim|vesak|mawlid"
    "|chinese new year|lunar new year|jewish new year|islamic new year|independence day|national"
    " day|republic day|army day"
)


def _names(
    table: dict[str, object] | dict[str, tuple[int, int]] | dict[str, int] | dict[str, tuple[int, int, int]],
) -> str:
    return "|".join(sorted(table, key=len, reverse=True)).replace(".", r"\.")


def _wrapped(names: str) -> str:
    return (
        rf"(?:(?P<which>last|next|this|this past|this coming|the|every|before|by|the coming) )?(?:"
        rf"(?P<eve>the eve of) )?(?P<orthodox>orthodox )?(?P<name>{names})"
        rf"(?:,? (?P<year>{YEAR})| (?P<rel>last|this|next) year)?"
    )


@FAMILY.rule("feast", _wrapped(_names(_FIXED)))
def _fixed(found: Match, context: Context) -> Reading | None:
    if found["name"][0].islower():
        return None
    month, number = _FIXED[_key(found)]
    if found["orthodox"] and "christmas" in _key(found):
        month, number = 1, 7
    return _feast(found, context, lambda year: at.day(year, month, number))


@FAMILY.rule("feast", _wrapped(_names(_EASTER)))
def _easter(found: Match, context: Context) -> Reading | None:
    shift = _EASTER[_key(found)]
    orthodox = bool(found["orthodox"])

    def of(year: int) -> date | None:
        sunday = at.easter(year, orthodox=orthodox)
        return at.plus(sunday, shift) if sunday else None

    return _feast(found, context, of) if found["name"][0].isupper() else None


@FAMILY.rule("feast", _wrapped(_names(_NTH)))
def _nth(found: Match, context: Context) -> Reading | None:
    month, weekday, which = _NTH[_key(found)]
    return (
        _feast(found, context, lambda year: at.nth_weekday(year, month, weekday, which))
        if found["name"][0].isupper()
        else None
    )


@FAMILY.rule(
    "feast",
    rf"(?:the )?(?:(?:holy|fasting|Muslim) )?(?:month of )?(?P<name>{_OPEN})(?: (?P<number>\d{{1,2}}))?",
)
def _open(found: Match, _context: Context) -> Reading | None:
    if found["name"][0].islower():
        return None
    country = found["name"].lower().startswith(("independence", "national", "republic", "army"))
    reason = (
        "is kept on another day in every country"
        if country
        else "is set by a calendar that is not reckoned here"
    )
    return Reading(type="DATE", reason=reason)


def _key(found: Match) -> str:
    return " ".join(found["name"].lower().replace("’", "'").split())


def _feast(found: Match, context: Context, of: Callable[[int], date | None]) -> Reading | None:
    """Return the feast in the year that is told, else the nearest past one, or the next if meant."""
    which = (found["which"] or "").lower()
    if which == "every":
        return Reading(type="SET", value="P1Y", reason="comes again and again")
    base = context.published
    if found["year"]:
        reading, day = Reading(type="DATE"), of(int(found["year"]))
    elif base is None:
        return Reading(type="DATE", reason=NO_DAY)
    else:
        reading = relative(context)
        if found["rel"]:
            day = of(base.year + {"last": -1, "next": 1}.get(found["rel"].lower(), 0))
        else:
            day = _nearest(base, which, context.ahead(found), of)
    if day and found["eve"]:
        day = at.plus(day, -1)
    return replace(filled(reading, at.one(day), day.isoformat() if day else None, "day"), inferred=False)


def _nearest(base: date, which: str, ahead: bool | None, of: Callable[[int], date | None]) -> date | None:
    around = [
        day for year in (base.year - 1, base.year, base.year + 1) if 1 <= year <= 9999 and (day := of(year))
    ]
    past = [day for day in around if day < base or (day == base and which not in ("last", "next"))]
    coming = [day for day in around if day > base]
    if which in ("last", "this past"):
        return past[-1] if past else None
    if which in ("next", "this coming", "by", "before", "the coming") or ahead:
        return past[-1] if past and past[-1] == base else (coming[0] if coming else None)
    if which == "this":
        return of(base.year)
    if ahead is None and past and coming and (coming[0] - base).days < (base - past[-1]).days:
        return coming[0]
    return past[-1] if past else None
