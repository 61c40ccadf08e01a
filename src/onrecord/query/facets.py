"""ASK: what a question finds, page by page, beside counts that show how it may be narrowed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from onrecord.answers import Row
from onrecord.query import fetching, saying, witnesses
from onrecord.record import Record, search
from onrecord.record import rows as stored

#: Counting a million matches takes a second, and a page must come in a tenth of one: of more matches than
#: this, the newest are counted. Measured by ``benchmarks/record.py``'s record of a million statements.
MOST_COUNTED: Final = 3000

#: At most so many values of one facet are given, the commonest.
MOST_VALUES: Final = 12

#: What is counted, in the order of the counted columns.
FACETS: Final = ("speaker", "outlet", "month", "type", "act", "named")

_MONTHS: Final = {"published": "s.published", "due": "s.due_last"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """How many statements have one value.

    Attributes:
        value: what the search box asks for it by; ``None`` where it is not known, which cannot be asked for.
        label: how it is shown.
        statements: how many of those counted have it.
    """

    value: str | None
    label: str
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One page of what a question finds.

    Attributes:
        rows: the statements of the page.
        statements: how many were counted; what copies print counts once.
        more: whether more than those fit, so that every count is a lower bound.
        total: how many fit, where that is known without counting: for the whole record.
        further: whether there is another page.
        undated: how many were published on the days asked for and have no known day of saying, which a
            question by that day leaves out; no more than ``MOST_COUNTED + 1`` are counted.
        facets: facet -> its values, the commonest first, months newest first.
    """

    rows: Sequence[Row]
    statements: int
    more: bool
    total: int | None
    further: bool
    undated: int
    facets: Mapping[str, Sequence[Facet]]


def browse(
    record: Record,
    words: str | None = None,
    *,
    order: saying.Order = "newest",
    limit: int = 50,
    offset: int = 0,
    **filters: Any,
) -> Found:
    """Return a page of statements, and counts over all that fit, or over the newest :data:`MOST_COUNTED`.

    Args:
        record: an open record.
        words: as in :func:`onrecord.query.said`, like the other arguments.
        order: newest or rank.
        limit: statements of a page.
        offset: leave out so many first.
        filters: as in :func:`onrecord.query.said`.

    Raises:
        QueryError: a question that means nothing.
    """
    question = fetching.question(record, words, filters)
    date = filters.get("date") or "said"
    with fetching.asking(record, question) as connection:
        matches = connection.execute(_sample(question, date), question.values).fetchall()
        stored.strings("a counted field", *{value for match in matches for value in match[4:10]} - {None})
        more = len(matches) > MOST_COUNTED
        if order == "newest":
            once = witnesses.Once(question)
            keys: list[int] = []
            for at in range(0, len(matches), limit):
                keys.extend(match[0] for match in once.choose(connection, matches[at : at + limit]))
                if len(keys) > offset + limit:
                    break
        if order == "newest" and (len(keys) > offset + limit or not more):
            rows = fetching.fetch(record, keys[offset : offset + limit])
            further = len(keys) > offset + limit
        else:
            rows = saying.said(record, words, order=order, limit=limit + 1, offset=offset, **filters)
            further = len(rows) > limit
            rows = rows[:limit]
        counted = matches[:MOST_COUNTED]
        facets = {name: _facet(name, counted, copies=question.copies) for name in FACETS}
        number = len({_identity(match, copies=question.copies) for match in counted})
    return Found(
        rows=rows, statements=number, more=more, further=further, facets=facets,
        total=_whole(record, copies=question.copies) if not words and not any(filters.values()) else None,
        undated=_undated(record, words, filters),
    )  # fmt: skip


def _sample(question: search.Question, date: str) -> str:
    """Return SQL for the newest matches, each with what is counted of it."""
    month = f"substr({_MONTHS.get(date, 's.said_last')}, 1, 7)"
    columns = (
        "s.key, s.same_as, s.same_rank, s.statement_pk, coalesce(s.actor_id, s.speaker), s.speaker, "
        f"s.outlet, {month}, s.type, {search.MERGED['act']}, {search.MERGED['named']}"
    )
    return (
        f"SELECT {columns} FROM {question.tables} CROSS JOIN statement t ON t.pk = s.statement_pk "  # noqa: S608
        f"WHERE {question.where} ORDER BY {saying.newest(question, date)} LIMIT {MOST_COUNTED + 1}"
    )


def _undated(record: Record, words: str | None, filters: Mapping[str, Any]) -> int:
    """Return how many statements a question by the day of saying leaves out."""
    if (filters.get("date") or "said") != "said" or not (filters.get("since") or filters.get("until")):
        return 0
    question = fetching.question(record, words, {**filters, "date": search.UNSAID})
    identity = "s.statement_pk" if question.copies else witnesses.STATEMENT
    with fetching.asking(record, question):
        sql = (
            f"SELECT count(DISTINCT one) FROM (SELECT {identity} AS one FROM {question.tables} "  # noqa: S608
            f"WHERE {question.where} LIMIT {MOST_COUNTED + 1})"
        )
        return int(record.value(sql, question.values))


def _whole(record: Record, *, copies: bool) -> int:
    """Return how many statements the record holds, from the counts that are kept by month."""
    number = "printings" if copies else "statements"
    return int(record.value(f"SELECT coalesce(sum({number}), 0) FROM count_month"))  # noqa: S608


def _identity(match: tuple[Any, ...], *, copies: bool) -> int:
    return int(match[3] if copies or match[1] is None else match[1])


def _facet(name: str, matches: Sequence[tuple[Any, ...]], *, copies: bool) -> list[Facet]:
    """Count one facet: of what copies print, the first printing found, but each outlet that prints it."""
    place = {"speaker": 4, "outlet": 6, "month": 7, "type": 8, "act": 9, "named": 10}[name]
    told: dict[object, tuple[int, Any]] = {}
    labels: dict[Any, Counter[str]] = {}
    for match in matches:
        value, rank = match[place], match[2] or 0
        one = _identity(match, copies=copies)
        key: object = (one, value) if name == "outlet" else one
        if key not in told or rank < told[key][0]:
            told[key] = (rank, value)
        if name == "speaker" and match[5]:
            labels.setdefault(value, Counter())[match[5]] += 1
    numbers = Counter(value for _, value in told.values())
    order = sorted(numbers, key=lambda value: (-numbers[value], str(value)))[
        : MOST_VALUES + (None in numbers)
    ]
    if name == "month":
        order.sort(key=lambda value: value or "", reverse=True)
    return [
        Facet(
            value=_asked(name, value),
            label=labels[value].most_common(1)[0][0] if value in labels else _label(name, value),
            statements=numbers[value],
        )
        for value in order
    ]


def _asked(name: str, value: Any) -> str | None:
    """Return how the search box asks for a value."""
    if name == "named":
        return None if value is None else ("no", "yes")[bool(value)]
    return value or None


def _label(name: str, value: Any) -> str:
    if name == "named" and value is not None:
        return ("not named", "named")[bool(value)]
    return value or "not known"
