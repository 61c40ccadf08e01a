"""Plots as numbers: where the bars, ticks and nodes of a picture go. Templates make SVG of them.

Everything is in units of the picture's own ``viewBox``, and colour comes from classes: the app's pages may
carry no style of their own (``docs/decisions/2026-11-plots.md``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

#: More months than this are drawn as years, more years than that from the last on.
MOST_BARS: Final = 120

WIDTH: Final = 720
HEIGHT: Final = 190
#: Room for the numbers at the left, and for the names below.
LEFT: Final = 44
BELOW: Final = 22

_ROUNDS: Final = 220
#: Room for the name of a node, which stands beside it: the width of a letter, and the height.
_LETTER: Final = 8
_NAME_HEIGHT: Final = 20


@dataclass(frozen=True, slots=True)
class Part:
    """A rectangle of one series."""

    name: str
    x: float
    y: float
    width: float
    height: float
    title: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis, and what it says."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Stacked bars in time, with the ticks of both axes; ``earlier``: how much lies before the first bar."""

    parts: tuple[Part, ...]
    below: tuple[Tick, ...]
    beside: tuple[Tick, ...]
    by: str
    earlier: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    floor: int = HEIGHT - BELOW


def bars(months: Mapping[str, Mapping[str, int]], series: Sequence[str]) -> Bars | None:
    """Return stacked bars, one a month or a year without gaps; ``None`` when there is nothing to draw.

    Args:
        months: month (``YYYY-MM``) -> name of a series -> its number.
        series: their names, from the bottom up.
    """
    known = {month: values for month, values in months.items() if _is_month(month) and any(values.values())}
    if not known:
        return None
    steps = _months(min(known), max(known))
    by, size = "month", len("YYYY-MM")
    if len(steps) > MOST_BARS:
        by, size = "year", len("YYYY")
        steps = [str(year).zfill(4) for year in range(int(steps[0][:4]), int(steps[-1][:4]) + 1)]
    drawn = steps[-MOST_BARS:]
    sums: dict[str, dict[str, int]] = {step: dict.fromkeys(series, 0) for step in steps}
    for month, values in known.items():
        for name in series:
            sums[month[:size]][name] += values.get(name, 0)
    earlier = sum(sum(sums[step].values()) for step in steps[:-MOST_BARS])
    top = max(sum(sums[step].values()) for step in drawn)
    scale, ticks = _scale(top)
    room, floor = (WIDTH - LEFT) / len(drawn), HEIGHT - BELOW
    parts = []
    for number, step in enumerate(drawn):
        y = float(floor)
        for name in series:
            height = sums[step][name] * (floor - 8) / scale
            y -= height
            if height:
                title = f"{step}: {sums[step][name]:,} {name}"
                x = LEFT + number * room + room * 0.08
                parts.append(Part(name, _r(x), _r(y), _r(min(room * 0.84, 48)), _r(height), title))
    every = max(1, math.ceil(len(drawn) / 9))
    below = [
        Tick(_r(LEFT + number * room + room * 0.08), step)
        for number, step in enumerate(drawn)
        if number % every == 0
    ]
    beside = [Tick(_r(floor - value * (floor - 8) / scale), f"{value:,}") for value in ticks]
    return Bars(tuple(parts), tuple(below), tuple(beside), by, earlier)


def shares(values: Mapping[str, int], width: int = 160, height: int = 12) -> tuple[Part, ...]:
    """Return one bar that is full, cut by the shares of the values."""
    whole = sum(values.values())
    parts, x = [], 0.0
    for name, value in values.items() if whole else ():
        long = width * value / whole
        if value:
            parts.append(Part(name, _r(x), 0, _r(long), height, f"{name}: {value:,} of {whole:,}"))
        x += long
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class Tenure:
    """One row of a time bar: its name, the bar from first to last day, and the days that are proved."""

    label: str
    title: str
    x: float
    width: float
    days: tuple[Tick, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class TimeBar:
    """Terms of office over time."""

    rows: tuple[Tenure, ...]
    below: tuple[Tick, ...]
    width: int = WIDTH
    row: int = 40


def time_bar(terms: Sequence[tuple[str, str | None, str | None, Sequence[str]]]) -> TimeBar | None:
    """Return the rows of a time bar.

    Args:
        terms: name of the office, first and last day as precise as known, and days that are proved.
    """
    known = [(name, _day(first, False), _day(last, True), days) for name, first, last, days in terms]
    ends = [day for _, first, last, _ in known for day in (first, last) if day is not None]
    if not ends:
        return None
    low, high = min(ends), max(ends)
    pad = max(10, (high - low) // 30)
    low, high = low - pad, high + pad

    def at(day: int) -> float:
        return _r((day - low) * WIDTH / (high - low))

    rows = []
    for name, first, last, days in known:
        begin, end = first if first is not None else last, last if last is not None else high
        if begin is None:
            continue
        proved = [(day, number) for day in days if (number := _day(day, False)) is not None]
        title = f"{name}: {date.fromordinal(begin).isoformat()} to "
        title += date.fromordinal(end).isoformat() if last is not None else "no known end"
        rows.append(
            Tenure(
                name, title, at(begin), max(at(end) - at(begin), 3.0),
                tuple(Tick(at(number), day) for day, number in proved), last is None,
            )
        )  # fmt: skip
    return TimeBar(tuple(rows), tuple(_calendar(low, high, at)))


def _calendar(low: int, high: int, at: object) -> list[Tick]:
    first, last = date.fromordinal(max(low, 1)), date.fromordinal(high)
    months = _months(f"{first:%Y-%m}".zfill(7), f"{last:%Y-%m}".zfill(7))
    if len(months) > 24:
        years = sorted({month[:4] for month in months})
        some = years[:: max(1, math.ceil(len(years) / 10))]
        days = [(date(int(year), 1, 1), year) for year in some]
    else:
        some = months[:: max(1, math.ceil(len(months) / 8))]
        days = [(date.fromisoformat(f"{month}-01"), month) for month in some]
    assert callable(at)
    return [Tick(at(day.toordinal()), label) for day, label in days if low <= day.toordinal() <= high]


@dataclass(frozen=True, slots=True)
class Node:
    """An actor in a network: where it stands, how large, which side its name is on."""

    id: str
    label: str
    x: float
    y: float
    radius: float
    anchor: str
    said: int
    heard: int


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow of a network as an SVG path, with its width and what it says."""

    source: str
    target: str
    path: str
    width: float
    title: str


@dataclass(frozen=True, slots=True)
class Network:
    """Actors and arrows between them."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    width: int = WIDTH
    height: int = 480


def network(edges: Sequence[tuple[str, str, int]], labels: Mapping[str, str]) -> Network | None:
    """Return where the actors of a network stand: near each other those who speak of each other.

    The same edges give the same picture. Places are found by forces (Fruchterman and Reingold, "Graph drawing
    by force-directed placement", 1991), from a disc on.

    Args:
        edges: who speaks, about whom, how often.
        labels: id -> name.
    """
    if not edges:
        return None
    weight: dict[str, int] = {}
    for source, target, number in edges:
        weight[source] = weight.get(source, 0) + number
        weight[target] = weight.get(target, 0) + number
    ids = sorted(weight, key=lambda one: (-weight[one], one))
    places = _placed(ids, edges)
    most = max(weight.values())
    width, height = WIDTH, 480
    xs = {one: 90 + places[n][0] * (width - 180) for n, one in enumerate(ids)}
    anchors = {one: "end" if xs[one] > width * 0.6 else "start" for one in ids}
    long = {one: 20 + _LETTER * len(labels[one]) for one in ids}
    spans = {
        one: (
            xs[one] - (long[one] if anchors[one] == "end" else 12),
            xs[one] + (long[one] if anchors[one] == "start" else 12),
        )
        for one in ids
    }
    ys = _spread(spans, {one: 30 + places[n][1] * (height - 60) for n, one in enumerate(ids)}, height)
    radius = {one: 5 + 9 * math.sqrt(weight[one] / most) for one in ids}
    said = {one: sum(n for source, _, n in edges if source == one) for one in ids}
    nodes = [
        Node(
            one, labels[one], _r(xs[one]), _r(ys[one]), _r(radius[one]),
            anchors[one], said[one], weight[one] - said[one],
        )
        for one in ids
    ]  # fmt: skip
    top = max(number for _, _, number in edges)
    links = [
        Link(
            source, target,
            _arrow(xs[source], ys[source], xs[target], ys[target], radius[target]),
            _r(1 + 3 * math.sqrt(number / top)),
            f"{labels[source]} about {labels[target]}: {number:,}",
        )
        for source, target, number in edges
    ]  # fmt: skip
    return Network(tuple(nodes), tuple(links), width, height)


def _placed(ids: Sequence[str], edges: Sequence[tuple[str, str, int]]) -> list[tuple[float, float]]:
    """Return a place in the unit square for each node."""
    index = {one: number for number, one in enumerate(ids)}
    count = len(ids)
    angle = np.arange(count) * (2 * np.pi * 0.381966)  # the golden angle: no two begin in one line
    place = (
        np.stack([np.cos(angle), np.sin(angle)], axis=1) * np.sqrt((np.arange(count) + 0.5) / count)[:, None]
    )
    pull = np.zeros((count, count))
    for source, target, number in edges:
        pull[index[source], index[target]] += 1 + math.log(number)
        pull[index[target], index[source]] += 1 + math.log(number)
    ideal = 1.6 / math.sqrt(count)
    for round_ in range(_ROUNDS):
        apart = place[:, None, :] - place[None, :, :]
        distance = np.maximum(np.linalg.norm(apart, axis=2), 0.01)
        force = ideal**2 / distance**2 - pull * distance / ideal
        np.fill_diagonal(force, 0)
        step = (apart / distance[:, :, None] * (force * distance)[:, :, None]).sum(axis=1) - place * 1.2
        size = np.maximum(np.linalg.norm(step, axis=1, keepdims=True), 1e-9)
        place = place + step / size * np.minimum(size, 0.12 * (1 - round_ / _ROUNDS))
    low, high = place.min(axis=0), place.max(axis=0)
    unit = (place - low) / np.maximum(high - low, 1e-9)
    return [(float(x), float(y)) for x, y in unit]


def _spread(spans: Mapping[str, tuple[float, float]], ys: dict[str, float], height: int) -> dict[str, float]:
    """Return heights at which the names of neighbours do not lie on one another, as far as there is room.

    Args:
        spans: id -> from where to where its circle and name reach.
        ys: the heights at first.
        height: of the picture.
    """
    ids = list(ys)
    for _ in range(40):
        moved = False
        for number, one in enumerate(ids):
            for other in ids[number + 1 :]:
                gap = ys[other] - ys[one]
                if _overlap(spans[one], spans[other]) and abs(gap) < _NAME_HEIGHT:
                    push = (_NAME_HEIGHT - abs(gap)) / 2 * (1 if gap >= 0 else -1)
                    ys[one], ys[other] = (
                        min(max(ys[one] - push, 16), height - 16),
                        min(max(ys[other] + push, 16), height - 16),
                    )
                    moved = True
        if not moved:
            break
    return ys


def _overlap(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _arrow(x: float, y: float, to_x: float, to_y: float, radius: float) -> str:
    """Return a path that bends a little to the left, so that there and back are two, and ends at the node."""
    long = max(math.hypot(to_x - x, to_y - y), 1.0)
    nx, ny = -(to_y - y) / long, (to_x - x) / long
    bend = long * 0.12
    mid_x, mid_y = (x + to_x) / 2 + nx * bend, (y + to_y) / 2 + ny * bend
    back = math.hypot(to_x - mid_x, to_y - mid_y) or 1.0
    stop = radius + 5
    end_x, end_y = to_x - (to_x - mid_x) / back * stop, to_y - (to_y - mid_y) / back * stop
    return f"M{_r(x)} {_r(y)}Q{_r(mid_x)} {_r(mid_y)} {_r(end_x)} {_r(end_y)}"


def _scale(top: int) -> tuple[int, list[int]]:
    """Return a round number not below the highest, and the numbers to print on the way to it."""
    unit = 10 ** max(0, len(str(max(top, 1))) - 1)
    step = next(
        (max(1, unit * part // 10) for part in (1, 2, 5, 10, 20, 50) if top <= 5 * max(1, unit * part // 10)),
        unit,
    )
    ceiling = math.ceil(top / step) * step
    return ceiling, list(range(0, ceiling + 1, step))


def _months(first: str, last: str) -> list[str]:
    low, high = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (first, last))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(low, high + 1)]


def _is_month(value: str) -> bool:
    year, _, month = value.partition("-")
    return len(year) == 4 and year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12


def _day(value: str | None, last: bool) -> int | None:
    """Return a day as precise as known as a number of days; of a month or year its first day or its last."""
    if not value:
        return None
    text = value[:10]
    if len(text) == 4:
        text += "-12-31" if last else "-01-01"
    elif len(text) == 7:
        text += "-28" if last else "-01"
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return None


def _r(value: float) -> float:
    return round(value, 1)
