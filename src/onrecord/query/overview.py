"""What a record holds, month by month and outlet by outlet: how much, in what form, by whom and about whom.

All of it is read from the tables of counts (``migrations/m009_counts.py``), whose size is that of the months,
outlets and actors and not of the statements. Statements that copies print are counted once, except by outlet:
there each printing counts, for it is the outlets that are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from onrecord.errors import QueryError
from onrecord.record import Record, links

#: At most so many outlets and speakers are listed; how many there are is always told.
MOST: Final = 40

_MONTH: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?")

_FORMS: Final = ("direct", "indirect", "mixed")

#: The columns of :class:`Forms`, over rows of ``count_month``.
_SUMS: Final = ", ".join(
    [
        "sum({what})",
        *(f"sum(CASE WHEN type = '{form}' THEN {{what}} ELSE 0 END)" for form in _FORMS),
        *(f"sum(CASE WHEN named = {value} THEN {{what}} ELSE 0 END)" for value in (1, 0)),
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """How many statements there are in one month or of one outlet, and in what form.

    Attributes:
        name: the month (``YYYY-MM``) or outlet; ``None`` when it is not known.
        articles: that came out.
        statements: in all; by month each counts once, by outlet as often as it prints it.
        direct: in quotation marks.
        indirect: without.
        mixed: in part.
        named: whose source is named.
        unnamed: whose source is not; the rest is not known to be either.
    """

    name: str | None
    articles: int
    statements: int
    direct: int
    indirect: int
    mixed: int
    named: int
    unnamed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """How often an actor speaks: its id, kind, name, and number of statements, each counted once."""

    id: str
    kind: str | None
    label: str
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """How many statements one actor makes about another, each counted once; ids and names of both."""

    source: str
    source_label: str
    target: str
    target_label: str
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What a record holds.

    Attributes:
        since: first month that is counted, ``None`` for all.
        until: last month.
        total: of all months; its articles are those with a known day when a month is given.
        months: in their order, what has no date last.
        outlets: those that print most statements, most first.
        all_outlets: how many outlets there are.
        voices: the actors who speak most, most first.
        all_voices: how many actors speak.
        unlinked: statements by nobody whom the record knows as an actor.
    """

    since: str | None
    until: str | None
    total: Forms
    months: tuple[Forms, ...]
    outlets: tuple[Forms, ...]
    all_outlets: int
    voices: tuple[Voice, ...]
    all_voices: int
    unlinked: int


def overview(record: Record, since: str | None = None, until: str | None = None) -> Overview:
    """Return what came in and who speaks, in a range of months.

    Args:
        record: an open record.
        since: first month: ``YYYY-MM``; a day or a year is taken for the month or the twelve that it names.
        until: last month.

    Raises:
        QueryError: that is no month.
        RecordError: the record cannot be read.
    """
    first, last = months_between(since, until)
    with record.reading("counting"):
        months = _forms(record, "month", "statements", first, last)
        outlets = _forms(record, "outlet", "printings", first, last)
        most, speaking, linked = _voices(record, first, last)
    total = _total(months)
    by_size = sorted(outlets, key=lambda one: (-one.statements, -one.articles, one.name or ""))
    ordered = sorted(months, key=lambda one: (one.name is None, one.name or ""))
    return Overview(
        since=first or None, until=last or None, total=total, months=tuple(ordered),
        outlets=tuple(by_size[:MOST]),
        all_outlets=len(outlets), voices=tuple(most), all_voices=speaking,
        unlinked=total.statements - linked,
    )  # fmt: skip


def edges(
    record: Record,
    since: str | None = None,
    until: str | None = None,
    *,
    limit: int = 60,
    by: str | None = None,
    about: str | None = None,
) -> list[Edge]:
    """Return who speaks about whom, most statements first; what an actor says of itself is left out.

    Args:
        record: an open record.
        since: as in :func:`overview`.
        until: likewise.
        limit: at most so many.
        by: id of the actor who speaks; of any when not given.
        about: id of the actor spoken about.

    Raises:
        QueryError: that is no month.
        RecordError: the record cannot be read.
    """
    first, last = months_between(since, until)
    where, values = _range(first, last)
    if by is not None:
        where, values = f"{where} AND c.actor_id = ?", [*values, by]
    if about is not None:
        where, values = f"{where} AND c.about = ?", [*values, links.token(about)]
    with record.reading("counting"):
        found = record.rows(
            "SELECT actor_id, about, n FROM (SELECT c.actor_id AS actor_id, c.about AS about, "  # noqa: S608
            f"sum(c.statements) AS n FROM count_about c WHERE {where} GROUP BY c.actor_id, c.about) "
            "WHERE n > 0 AND about <> 'actor' || lower(hex(actor_id)) ORDER BY n DESC, 1, 2 LIMIT ?",
            (*values, limit),
        )
        pairs = [(one, links.actor_of_token(other), number) for one, other, number in found]
        known = labels(record, {actor for one, other, _ in pairs for actor in (one, other) if actor})
    return [
        Edge(source=one, source_label=known[one][1], target=other, target_label=known[other][1], statements=n)
        for one, other, n in pairs
        if one in known and other in known
    ]


def voices(record: Record) -> tuple[list[Voice], int]:
    """Return the actors who speak most, most first, and how many speak at all.

    Raises:
        RecordError: the record cannot be read.
    """
    with record.reading("counting"):
        most, speaking, _ = _voices(record, "", "")
    return most, speaking


def labels(record: Record, actors: Iterable[str]) -> dict[str, tuple[str | None, str]]:
    """Return for each actor of the record that has one of these ids its kind and the name it is shown by."""
    ids = sorted(actors)
    found: dict[str, tuple[str | None, str]] = {}
    for at in range(0, len(ids), 500):
        some = ids[at : at + 500]
        found |= {
            actor: (kind, label)
            for actor, kind, label in record.rows(
                "SELECT id, kind, coalesce(judged_label, label) FROM actor WHERE id IN "  # noqa: S608
                f"({','.join('?' * len(some))})",
                some,
            )
        }
    return found


def months_between(since: str | None, until: str | None) -> tuple[str, str]:
    """Return first and last month, ``''`` for an open end.

    Raises:
        QueryError: that is no month.
    """
    for name, value in (("since", since), ("until", until)):
        if value and not _MONTH.fullmatch(value):
            raise QueryError(f"{name} = {value!r}: expected a month (YYYY-MM), a day or a year")
    first = f"{since}-01" if since and len(since) == len("YYYY") else since or ""
    last = f"{until}-12" if until and len(until) == len("YYYY") else until or ""
    return first[:7], last[:7]


def _range(first: str, last: str) -> tuple[str, list[str]]:
    """Return SQL, and its values, for the counts of some months; without ends also what has no date."""
    if not first and not last:
        return "true", []
    return "month BETWEEN ? AND ?", [first or "0", last or "9999-12"]


def _forms(record: Record, by: str, what: str, first: str, last: str) -> list[Forms]:
    where, values = _range(first, last)
    counted = record.rows(
        f"SELECT {by}, {_SUMS.format(what=what)} FROM count_month WHERE {where} GROUP BY {by}",  # noqa: S608
        values,
    )
    sums: dict[str, tuple[Any, ...]] = {name: tuple(rest) for name, *rest in counted}
    column = "coalesce(substr(x.published_day, 1, 7), '')" if by == "month" else "coalesce(x.outlet, '')"
    between = where.replace("month", "substr(x.published_day, 1, 7)")
    articles = dict(
        record.rows(
            f"SELECT {column}, count(*) FROM text x INDEXED BY text_published "  # noqa: S608
            f"JOIN article a ON a.text_id = x.id WHERE {between} GROUP BY 1",
            values,
        )
    )
    names = ("statements", *_FORMS, "named", "unnamed")
    nothing = (0,) * len(names)
    return [
        Forms(
            name=name or None, articles=articles.get(name, 0),
            **dict(zip(names, sums.get(name, nothing), strict=True)),
        )
        for name in sums.keys() | articles.keys()
    ]  # fmt: skip


def _total(months: Iterable[Forms]) -> Forms:
    some = list(months)
    names = ("articles", "statements", *_FORMS, "named", "unnamed")
    return Forms(name=None, **{name: sum(getattr(one, name) for one in some) for name in names})


def _voices(record: Record, first: str, last: str) -> tuple[list[Voice], int, int]:
    """Return the actors who speak most, how many speak, and how many statements are theirs."""
    where, values = _range(first, last)
    counted = (
        "WITH said AS MATERIALIZED (SELECT actor_id, sum(statements) AS n FROM count_actor "  # noqa: S608
        f"WHERE {where} GROUP BY actor_id HAVING n > 0) "
    )
    speaking, linked = record.rows(f"{counted} SELECT count(*), coalesce(sum(n), 0) FROM said", values)[0]  # noqa: S608
    ordered = f"{counted} SELECT actor_id, n FROM said ORDER BY n DESC, actor_id LIMIT ?"  # noqa: S608
    found = record.rows(ordered, (*values, MOST))
    known = labels(record, [actor for actor, _ in found])
    listed = [
        Voice(id=actor, kind=known[actor][0], label=known[actor][1], statements=number)
        for actor, number in found
        if actor in known
    ]
    return listed, int(speaking), int(linked)
