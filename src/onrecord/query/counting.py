"""How many: statements by speaker, outlet, type and time, and what a record holds."""

from __future__ import annotations

from typing import Any, Final

from onrecord.answers import Count, Totals
from onrecord.errors import QueryError
from onrecord.query import fetching
from onrecord.record import Record

#: What ``counts`` can count by.
GROUPS: Final = ("speaker", "outlet", "type", "month", "year")


def counts(
    record: Record, of: str = "speaker", words: str | None = None, *, limit: int = 50, **filters: Any
) -> list[Count]:
    """Return how many statements each speaker, outlet, type, month or year has, most first.

    Args:
        record: an open record.
        of: one of :data:`GROUPS`. Months and years are those of the date that
            ``date`` names, ``said`` when it names none; the value is ``None`` for those without it.
        words: as in :func:`said`.
        limit: at most so many.
        filters: as in :func:`said`.

    Raises:
        QueryError: there is no such group or filter.
    """
    day = {"published": "s.published", "due": "s.due_last"}.get(str(filters.get("date")), "s.said_last")
    columns = {"month": f"substr({day}, 1, 7)", "year": f"substr({day}, 1, 4)"}
    if of not in GROUPS:
        raise QueryError(f"cannot count by {of!r}. Count by one of {', '.join(GROUPS)}")
    question = fetching.question(record, words, filters)
    with fetching.asking(record, question):
        found = record.rows(
            f"SELECT {columns.get(of, 's.' + of)} AS value, count(*), count(DISTINCT s.article_id) "  # noqa: S608
            f"FROM {question.tables} WHERE {question.where} GROUP BY value ORDER BY 2 DESC, 1 LIMIT ?",
            (*question.values, limit),
        )
    return [Count(value=value, statements=number, articles=articles) for value, number, articles in found]


def totals(record: Record) -> Totals:
    """Return what a record holds, as numbers."""
    with record.reading("counting"):
        articles, pages, judgements, orphans, removed = record.rows(
            "SELECT (SELECT count(*) FROM article WHERE run_id IS NOT NULL), (SELECT count(*) FROM page), "
            "(SELECT count(*) FROM judgement), "
            "(SELECT count(*) FROM placement WHERE place IN ('orphan', 'removed')), "
            "(SELECT count(*) FROM tombstone)"
        )[0]
        statements, speakers, outlets, first, last = record.rows(
            "SELECT count(*), count(DISTINCT speaker), count(DISTINCT outlet), min(day), max(day) "
            "FROM standing WHERE verdict IS NOT 'reject'"
        )[0]
    return Totals(
        articles=articles, pages=pages, statements=statements, speakers=speakers, outlets=outlets,
        judgements=judgements, orphans=orphans, removed=removed, first_day=first, last_day=last,
    )  # fmt: skip
