"""Every date expression of a text, each with the days it means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from onrecord.article import Interval, Span, Spans
from onrecord.dates import absolute, counts, days, durations, feasts, periods, quarters, sets, vague, weekdays
from onrecord.dates import reckoning as at
from onrecord.dates.counts import point
from onrecord.dates.grammar import NO_DAY, NO_EVENT, Context, Family, Reading, Rule
from onrecord.dates.words import count, unit_of

#: In the order in which two that read the same words are preferred.
FAMILIES: Final[tuple[Family, ...]] = (
    feasts.FAMILY, absolute.FAMILY, absolute.NUMERIC, absolute.SPELT, sets.FAMILY, weekdays.FAMILY,
    days.FAMILY,
    days.CLOCK, periods.FAMILY, quarters.FAMILY, periods.SEASONS, periods.DECADES, counts.FAMILY,
    vague.FAMILY, durations.FAMILY,
)  # fmt: skip
#: How far before and after its trigger word an expression may reach, in characters.
_BEFORE: Final = 60
_AFTER: Final = 60
_WORD: Final = re.compile(r"[A-Za-z]+|\d")
_BOUND: Final = re.compile(
    r"\b(since|until|till|by|before|after|from|no later than|not later than|as of|up to|through|ahead of)"
    r"(?:\s+(?:at least|the))?\s+$",
    re.IGNORECASE,
)
_ON: Final = re.compile(r"\s*,?\s*(?:(?:on|at|of)\s+)?$", re.IGNORECASE)
FUTURE: Final = "the publication day lies in the future"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateExpression:
    """Words that say when, how long or how often.

    Attributes:
        spans: where they stand, in code points.
        text: the words.
        type: TIMEX3 type: DATE, TIME, DURATION, SET.
        value: TIMEX3 value (ISO 8601 with the extensions of TimeML 1.2.1), ``None`` where it cannot be had.
        interval: the days meant, ``None`` where there are none; a preposition that bounds them ("since",
            "by") belongs to its spans, not to ``spans``.
        anchor: the day that is counted from, ``None`` for one that needs none.
        anchored: whether that is the ``published`` day or one that the ``text`` has told.
        rule: name of the rule.
        reason: why there is no interval, else ``None``.
    """

    spans: Spans
    text: str
    type: str
    value: str | None
    interval: Interval | None
    anchor: str | None
    anchored: str | None
    rule: str
    vague: bool
    inferred: bool
    reason: str | None

    def to_json(self) -> dict[str, Any]:
        """Return the expression as plain values."""
        interval = self.interval
        return {
            "spans": [list(span) for span in self.spans],
            "text": self.text,
            "type": self.type,
            "value": self.value,
            "interval": None
            if interval is None
            else {
                "first": interval.first,
                "last": interval.last,
                "spans": [list(span) for span in interval.spans],
                "rule": interval.rule,
                "inferred": interval.inferred,
                "vague": interval.vague,
            },
            "anchor": self.anchor,
            "anchored": self.anchored,
            "rule": self.rule,
            "inferred": self.inferred,
            "vague": self.vague,
            "reason": self.reason,
        }


@dataclass(slots=True)
class _Found:
    start: int
    end: int
    rule: Rule
    match: re.Match[str]
    order: int


def find_dates(
    text: str,
    published: date | None,
    *,
    month_first: bool | None = None,
    revised: date | None = None,
    today: date | None = None,
) -> list[DateExpression]:
    """Return the date expressions of a text, in its order; no two overlap.

    Args:
        text: any text; only English is understood.
        published: the day of the dateline or the outlet, from which relative words count; without it, or with
            one that is still to come, they have no days, and say why.
        month_first: whether 4/5 is April 5 in this outlet; not given, such dates are read only where one
            order is possible.
        revised: the day of the last change to the text, when that is another: weekdays that are told as past
            may be days between the two.
        today: the day of reading, by which a publication day is still to come; the clock's when not given.
    """
    reason = NO_DAY
    if published is not None and published > (today or date.today()) + timedelta(days=2):
        published, reason = None, FUTURE
    context = Context(text, published, month_first, revised)
    read: list[tuple[_Found, Reading]] = []
    for found in _chosen(text, context):
        reading = found.rule.build(found.match, context)
        if reading is None:
            continue
        if reading.reason == NO_DAY:
            reading = replace(reading, reason=reason)
        context.note(reading)
        read.append((found, reading))
    read = _ranged(text, _joined(text, _counted(text, read)))
    return [_expression(text, context, found, reading) for found, reading in read]


def _chosen(text: str, context: Context) -> list[_Found]:
    """Return the matches that stand, leftmost and longest first; none overlaps another."""
    candidates: list[_Found] = []
    order = 0
    for family_, windows in _windows(text):
        for rule in family_.rules:
            order += 1
            for start, end in windows:
                candidates.extend(
                    _Found(*found.span(), rule, found, order)
                    for found in rule.pattern.finditer(text, start, end)
                    if found[0]
                )
    candidates.sort(key=lambda one: (one.start, -one.end, one.order))
    return _standing(candidates, context)


def _standing(candidates: list[_Found], context: Context) -> list[_Found]:
    kept: list[_Found] = []
    end = -1
    probe = Context(context.text, context.published, context.month_first, context.revised)
    for one in candidates:
        if one.start < end:
            continue
        reading = one.rule.build(one.match, probe)
        if reading is None:
            continue
        probe.note(reading)
        kept.append(one)
        end = one.end
    return kept


def _windows(text: str) -> Iterator[tuple[Family, list[Span]]]:
    """Yield each family that its words wake, with the stretches of text around them."""
    woken: dict[int, list[list[int]]] = {}
    table = _triggers()
    for word in _WORD.finditer(text):
        low = word[0].lower()
        families = table.get("#" if low.isdigit() else low)
        if not families:
            continue
        start, end = max(0, word.start() - _BEFORE), word.end() + _AFTER
        for number in families:
            spans = woken.setdefault(number, [])
            if spans and start <= spans[-1][1]:
                spans[-1][1] = end
            else:
                spans.append([start, end])
    for number in sorted(woken):
        yield FAMILIES[number], [(start, _word_end(text, end)) for start, end in woken[number]]


def _word_end(text: str, end: int) -> int:
    """Return an end at which no word is cut, but not far off."""
    most = min(len(text), end + 40)
    while end < most and not text[end - 1].isspace():
        end += 1
    return min(end, len(text))


@cache
def _triggers() -> dict[str, tuple[int, ...]]:
    table: dict[str, list[int]] = {}
    for number, one in enumerate(FAMILIES):
        for word in one.triggers:
            table.setdefault(word, []).append(number)
    return {word: tuple(numbers) for word, numbers in table.items()}


#: "Two days after the raid on June 7": a short name of the event stands between.
_EVENT: Final = re.compile(
    r"\s*(?:(?:the|a|an|his|her|its|their)\s+)?(?:(?![a-z]+ed\b)[a-z]+\s+){1,3}(?:on|of)\s+"
)


def _counted(text: str, read: list[tuple[_Found, Reading]]) -> list[tuple[_Found, Reading]]:
    """Give "two days before the Nov. 6 vote" its day: what follows in the clause says what it counts from."""
    done = list(read)
    for at_, (found, reading) in enumerate(read[:-1]):
        if reading.reason != NO_EVENT or "side" not in found.match.re.groupindex:
            continue
        following, base = read[at_ + 1]
        between = text[found.end : following.start]
        if base.unit != "day" or base.days is None or base.type not in ("DATE", "TIME"):
            continue
        named = _EVENT.fullmatch(between)
        if not named and (
            len(between) > 40 or re.search(r"[.,;:!?\n]|\b(?:on|in|said|that|when)\b", between)
        ):
            continue
        sign = 1 if (found.match["side"] or "").lower().startswith(("after", "later")) else -1
        number = count(found.match["count"]) if found.match.groupdict().get("count") else None
        unit = unit_of(found.match["unit"])
        anchored = Reading(type="DATE", anchor=base.days[0], anchored="text")
        done[at_] = found, point(anchored, base.days[0], number, unit, sign)
    return done


def _joined(text: str, read: list[tuple[_Found, Reading]]) -> list[tuple[_Found, Reading]]:
    """Make one of a clock time and the day beside it: "9 a.m. Tuesday", "Tuesday at noon"."""
    done: list[tuple[_Found, Reading]] = []
    for found, reading in read:
        if done:
            before, earlier = done[-1]
            one = _together(earlier, reading) if _ON.fullmatch(text[before.end : found.start][:12]) else None
            if one:
                done[-1] = replace(before, end=found.end), one
                continue
        done.append((found, reading))
    return done


def _ranged(text: str, read: list[tuple[_Found, Reading]]) -> list[tuple[_Found, Reading]]:
    """Make one of the two ends of "between Sunday and Tuesday", "from 28 February to 2 March"."""
    done: list[tuple[_Found, Reading]] = []
    for found, reading in read:
        if done:
            before, earlier = done[-1]
            lead = text[max(0, before.start - 9) : before.start].lower()
            joint = " ".join(text[before.end : found.start][:8].lower().split())
            ends = (joint == "and" and lead.endswith("between ")) or (
                joint in ("to", "until", "till", "through") and lead.endswith("from ")
            )
            if (
                ends
                and reading.days
                and earlier.days
                and earlier.type == reading.type == "DATE"
                and earlier.days[0] <= reading.days[1]
            ):
                value = f"{earlier.value}/{reading.value}"
                whole = replace(reading, days=(earlier.days[0], reading.days[1]), value=value)
                done[-1] = replace(before, end=found.end), whole
                continue
        done.append((found, reading))
    return done


def _together(one: Reading, other: Reading) -> Reading | None:
    clock, day = (one, other) if one.type == "TIME" else (other, one)
    if clock.type != "TIME" or not clock.inferred or day.type != "DATE" or day.unit != "day":
        return None
    if clock.value is None or day.value is None or day.days is None or "/" in day.value:
        return None
    return replace(day, type="TIME", value=day.value[:10] + clock.value[10:])


def _expression(text: str, context: Context, found: _Found, reading: Reading) -> DateExpression:
    spans: Spans = ((found.start, found.end),)
    interval = None
    if reading.days is not None:
        first, last, start = _bounded(text, context, found, reading)
        interval = Interval(
            first=first.isoformat() if first else None,
            last=last.isoformat() if last else None,
            spans=((start, found.end),),
            rule=found.rule.name,
            inferred=reading.inferred,
            vague=reading.vague,
        )
    return DateExpression(
        spans=spans,
        text=text[found.start : found.end],
        type=reading.type,
        value=reading.value,
        interval=interval,
        anchor=reading.anchor.isoformat() if reading.anchor else None,
        anchored=reading.anchored,
        rule=found.rule.name,
        vague=reading.vague,
        inferred=reading.inferred,
        reason=reading.reason,
    )


def _bounded(
    text: str, context: Context, found: _Found, reading: Reading
) -> tuple[date | None, date | None, int]:
    """Return the days that "since", "by" and their like in front make of it, and where that starts."""
    assert reading.days is not None
    first, last = reading.days
    base = context.published
    tail = text[max(0, found.start - 24) : found.start]
    bound = _BOUND.search(tail)
    if bound is None or base is None or reading.type in ("DURATION", "SET"):
        return first, last, found.start
    start = found.start - len(tail) + bound.start()
    word = " ".join(bound[1].lower().split())
    possessive = text[found.end : found.end + 2] in ("'s", "’s")
    if possessive:
        return first, last, found.start
    if word == "since" and first <= base:
        return first, base, start
    if word in ("until", "till", "by", "no later than", "not later than", "up to") and last >= base:
        return base, last, start
    if word == "after" and reading.unit in ("day", "month", "year"):
        return at.plus(last, 1), (base if last < base else None), start
    if (
        word == "before"
        and reading.unit in ("month", "year")
        and (last <= base or (first <= base and not _inside(reading, found)))
    ):
        return None, at.plus(first, -1), start
    if word in ("before", "ahead of") and last > base:
        end = last if _inside(reading, found) else at.plus(first, -1)
        return base, end if end and end >= base else last, start
    return first, last, found.start


def _inside(_reading: Reading, found: _Found) -> bool:
    """Tell whether "before" reaches into the interval: "before the end of the year" does."""
    return bool(re.match(r"(?i)(?:the )?(?:end|beginning|start|middle)\b|year|late", found.match[0]))
