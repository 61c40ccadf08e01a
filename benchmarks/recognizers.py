"""Date expressions of Microsoft's Recognizers-Text suite: everyday sentences with a day of reference.

    python benchmarks/recognizers.py --data FOLDER [--show]

FOLDER holds the suite's English ``DateTimeModel.json`` (github.com/microsoft/Recognizers-Text, MIT), the one
file that tests the whole reading of a sentence. What is in scope was written down before the code was run:

- the case has a day of reference (``Context.ReferenceDateTime``);
- the expected result is a date, a range of dates or a length of time (``date``, ``daterange``, ``duration``);
- its words hold a letter: forms of digits and signs only ("2016/11") are left out, and clock times,
  time zones, sets and alternatives are other types.

An expression is ``found`` when one overlaps it; of several the one with the largest overlap answers. A range
is ``right`` when both days agree: the suite's ends are exclusive and become the day before; a side it leaves
open (before, since) is not compared. Where it gives a past and a future reading, either counts. A length is
right when its TIMEX3 value agrees, or when its days do. ``near``: right, or the days in common are at least
half of those in either. ``nothing to find``: in how many of the cases without any result nothing was found.

Cases of even number, from 0, may be looked at (``--show`` prints their errors); those of odd number may not.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from onrecord.dates import DateExpression, find_dates

TYPES = ("date", "daterange", "duration")


def in_scope(case: Mapping[str, Any], result: Mapping[str, Any]) -> bool:
    """Tell whether an expected result of a case is in scope."""
    name = str(result.get("TypeName") or "").removeprefix("datetimeV2.")
    words = str(result.get("Text") or "")
    day = (case.get("Context") or {}).get("ReferenceDateTime")
    return bool(day) and name in TYPES and any(letter.isalpha() for letter in words)


def expected(result: Mapping[str, Any]) -> list[tuple[date | None, date | None, str]]:
    """Return the readings of a result: first and last day, ``None`` where not compared, and the timex."""
    readings: list[tuple[date | None, date | None, str]] = []
    for one in (result.get("Resolution") or {}).get("values") or []:
        timex = str(one.get("timex") or "")
        if one["type"] == "date":
            day = _day(one.get("value"))
            readings.append((day, day, timex))
        elif one["type"] == "daterange":
            readings.append(_range(one, timex))
        else:
            readings.append((None, None, timex))
    return readings


def _range(one: Mapping[str, Any], timex: str) -> tuple[date | None, date | None, str]:
    first, last = _day(one.get("start")), _day(one.get("end"))
    mod = str(one.get("Mod") or "")
    if last and mod not in ("until",):
        last -= timedelta(days=1)
    return first, last, timex


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def is_right(found: DateExpression, reading: tuple[date | None, date | None, str]) -> bool:
    """Tell whether the days agree, or the value of a length."""
    first, last, timex = reading
    if found.type == "DURATION" and timex.startswith("P") and found.value == timex:
        return True
    if found.interval is None or (first is None and last is None):
        return False
    return (first is None or found.interval.first == first.isoformat()) and (
        last is None or found.interval.last == last.isoformat()
    )


def is_near(found: DateExpression, reading: tuple[date | None, date | None, str]) -> bool:
    """Tell whether at least half of the days in either are days of both."""
    first, last, _ = reading
    if found.interval is None or first is None or last is None:
        return False
    low, high = _day(found.interval.first), _day(found.interval.last)
    if low is None or high is None:
        return False
    common = (min(high, last) - max(low, first)).days + 1
    return 2 * common >= (max(high, last) - min(low, first)).days + 1


def answer(found: list[DateExpression], start: int, end: int) -> DateExpression | None:
    """Return the expression that overlaps most, ``None`` where none does."""

    def common(one: DateExpression) -> int:
        return min(one.spans[0][1], end) - max(one.spans[0][0], start)

    best = max(found, key=common, default=None)
    return best if best is not None and common(best) > 0 else None


def judged(cases: list[dict[str, Any]]) -> Iterator[tuple[int, str, bool, str]]:
    """Yield number of the case, name of the figure, whether it is right, and a line that tells of it."""
    for number, case in enumerate(cases):
        reference = _day((case.get("Context") or {}).get("ReferenceDateTime"))
        if reference is None:
            continue
        found = find_dates(case["Input"], reference, month_first=True)
        if not case["Results"]:
            line = f"{case['Input']!r} has nothing, found {[one.text for one in found]}"
            yield number, "nothing to find", not found, line
        for result in case["Results"]:
            if not in_scope(case, result):
                continue
            one = answer(found, result["Start"], result["End"] + 1)
            readings = expected(result)
            right = one is not None and any(is_right(one, reading) for reading in readings)
            near = right or (one is not None and any(is_near(one, reading) for reading in readings))
            kind = str(result["TypeName"]).removeprefix("datetimeV2.")
            got = f"{one.text!r} {one.value} {_shown(one)} ({one.rule})" if one else None
            told = [tuple(str(part) for part in reading) for reading in readings]
            line = f"[{reference}] {case['Input']!r}: {result['Text']!r} is {told}, found {got}"
            yield number, "found", one is not None, line
            yield number, "near", near, line
            yield number, "right", right, line
            yield number, f"right: {kind}", right, line


def _shown(one: DateExpression) -> str:
    return f"{one.interval.first}..{one.interval.last}" if one.interval else "-"


def score(data: Path, show: bool = False) -> dict[str, tuple[int, int]]:
    """Return for each half and figure how many are right, of how many."""
    cases = json.loads((data / "DateTimeModel.json").read_text(encoding="utf-8-sig"))
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for number, name, right, line in judged(cases):
        half = "odd" if number % 2 else "even"
        counts[f"{half}: {name}"][0] += right
        counts[f"{half}: {name}"][1] += 1
        if show and not right and half == "even" and name in ("right", "nothing to find"):
            print(f"{number} {line}")
    return {name: (right, all_) for name, (right, all_) in sorted(counts.items())}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with DateTimeModel.json")
    parser.add_argument("--show", action="store_true", help="print the errors of the even cases, too")
    given = parser.parse_args()
    for name, (right, count) in score(given.data, given.show).items():
        print(f"{name:<24} {right:>4} of {count:>4}  {100 * right / count:.1f}")


if __name__ == "__main__":
    main()
