"""How many: statements by speaker, outlet, type and time, and what a record holds."""

from __future__ import annotations

from typing import Any, Final

from onrecord.answers import Count, Totals
from onrecord.errors import QueryError
from onrecord.query import fetching, witnesses
from onrecord.record import Record

#: What ``counts`` can count by.
GROUPS: Final = ("speaker", "outlet", "type", "month", "year")

#: Statements that copies print are counted under what the first of the printings found says of them.
_ONCE: Final = """
WITH hit AS MATERIALIZED (
  SELECT {value} AS value, s.article_id AS article, s.same_as AS same_as, s.same_rank AS place
  FROM {tables} WHERE {where}),
first AS (
  SELECT same_as, value, min(place) AS place FROM hit WHERE same_as IS NOT NULL GROUP BY same_as)
SELECT CASE WHEN hit.same_as IS NULL THEN hit.value ELSE first.value END AS told,
  sum(hit.same_as IS NULL OR hit.place = first.place), count(DISTINCT hit.article)
FROM hit LEFT JOIN first ON first.same_as = hit.same_as GROUP BY told ORDER BY 2 DESC, 1 LIMIT ?"""


def counts(
    record: Record, of: str = "speaker", words: str | None = None, *, limit: int = 50, **filters: Any
) -> list[Count]:
    """Return how many statements each speaker, outlet, type, month or year has, most first.

    A statement that copies print counts once, and once for each outlet that prints it.

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
    value = columns.get(of, f"s.{of}")
    if question.copies or of == "outlet":
        number = "count(*)" if question.copies else f"count(DISTINCT {witnesses.STATEMENT})"
        sql = (
            f"SELECT {value} AS value, {number}, count(DISTINCT s.article_id) FROM {question.tables} "  # noqa: S608
            f"WHERE {question.where} GROUP BY value ORDER BY 2 DESC, 1 LIMIT ?"
        )
    else:
        sql = _ONCE.format(value=value, tables=question.tables, where=question.where)
    with fetching.asking(record, question):
        found = record.rows(sql, (*question.values, limit))
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
        statements, printings, speakers, outlets, first, last = record.rows(
            "SELECT count(nullif(coalesce(same_rank, 0) = 0, 0)), count(*), count(DISTINCT speaker), "
            "count(DISTINCT outlet), min(day), max(day) FROM standing WHERE verdict IS NOT 'reject'"
        )[0]
    return Totals(
        articles=articles, pages=pages, statements=statements, printings=printings, speakers=speakers,
        outlets=outlets, judgements=judgements, orphans=orphans, removed=removed, first_day=first,
        last_day=last,
    )  # fmt: skip
