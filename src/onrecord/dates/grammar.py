"""How rules are written and run: a pattern, and a function from its match to a reading.

A rule sees the text, the day of publication and what was read before it in the text; nothing else. Rules of
one family are tried only near the words that the family is about, so that a long text without dates is cheap.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Literal

from onrecord.dates.reckoning import Days
from onrecord.dates.tense import looks_ahead
from onrecord.dates.words import compiled

Type = Literal["DATE", "TIME", "DURATION", "SET"]
Match = re.Match[str]

NO_DAY: Final = "counts from the publication day, which is not known"
NO_EVENT: Final = "counts from an event whose day the text does not give"
OUT_OF_RANGE: Final = "lies outside the years 1 to 9999"
NO_SUCH_DAY: Final = "the calendar has no such day"
NO_NUMBER: Final = "says no number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an expression means.

    Attributes:
        type: of TIMEX3.
        value: of TIMEX3, ``None`` where it cannot be had.
        days: first and last day, ``None`` where they cannot be had, with the ``reason``.
        anchor: the day it counts from; ``anchored`` says which: ``published`` or ``text``.
        vague: the words leave the bounds open ("recently").
        inferred: the year, week or direction is custom's, not the text's.
        unit: of what size it is: day, week, month, quarter, year, other.
    """

    type: Type
    value: str | None = None
    days: Days | None = None
    anchor: date | None = None
    anchored: Literal["published", "text"] | None = None
    vague: bool = False
    inferred: bool = False
    unit: str = "other"
    reason: str | None = None


@dataclass(slots=True)
class Context:
    """What a rule may look at.

    Attributes:
        text: the whole text.
        published: the day relative words count from.
        revised: the last day on which the text was changed, if it was by then: it may tell of days up to it.
        day: the last day that was read, for "the next day"; ``quarter`` and ``year`` likewise;
            ``topic`` is the first quarter that was read, which a report of results is about.
        month_first: whether 4/5 is April 5; ``None`` where the outlet's order is not known.
    """

    text: str
    published: date | None
    month_first: bool | None = None
    revised: date | None = None
    day: Reading | None = None
    quarter: Reading | None = None
    topic: Reading | None = None
    year: Reading | None = None
    last: Reading | None = None
    _tense: dict[tuple[int, int], bool | None] = field(default_factory=dict)

    def ahead(self, found: Match) -> bool | None:
        """Tell whether the clause around a match looks ahead (``True``), back (``False``) or neither."""
        if found.span() not in self._tense:
            self._tense[found.span()] = looks_ahead(self.text, *found.span())
        return self._tense[found.span()]

    def note(self, reading: Reading) -> None:
        """Remember what was read, for the expressions behind it."""
        if reading.days is None or reading.type in ("SET", "DURATION"):
            return
        self.last = reading
        if reading.unit == "day":
            self.day = reading
        elif reading.unit == "quarter":
            self.quarter = reading
            self.topic = self.topic or reading
        elif reading.unit == "year":
            self.year = reading


Build = Callable[[Match, Context], Reading | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern with its meaning; ``before`` is what must stand directly in front."""

    name: str
    pattern: re.Pattern[str]
    build: Build


@dataclass(slots=True)
class Family:
    """Rules about the same words.

    Attributes:
        triggers: lower-case words near which the rules are tried; ``#`` is a word of digits.
    """

    triggers: frozenset[str]
    rules: list[Rule] = field(default_factory=list)

    def rule(self, name: str, pattern: str, *, cased: bool = False) -> Callable[[Build], Build]:
        """Add a rule to the family; a function may serve several."""

        def add(build: Build) -> Build:
            self.rules.append(Rule(name, compiled(pattern, cased=cased), build))
            return build

        return add


def family(words: Iterable[str]) -> Family:
    """Return an empty family that these words wake."""
    return Family(frozenset(words))


def relative(context: Context, type_: Type = "DATE") -> Reading:
    """Return the reading of something that counts from the publication day, before it is filled in."""
    if context.published is None:
        return Reading(type=type_, reason=NO_DAY)
    return Reading(type=type_, anchor=context.published, anchored="published")


def filled(reading: Reading, days: Days | None, value: str | None, unit: str = "other") -> Reading:
    """Return a reading with its days and value, or with the reason why it has none."""
    if days is None:
        return replace(reading, value=None, days=None, unit=unit, reason=reading.reason or OUT_OF_RANGE)
    return replace(reading, days=days, value=value, unit=unit, reason=None)
