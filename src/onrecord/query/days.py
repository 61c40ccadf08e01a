"""Statements in the order of their days: what an actor said in time, and what falls due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from onrecord.answers import Row
from onrecord.errors import QueryError
from onrecord.query import fetching, witnesses
from onrecord.record import Record, merging, search

#: How the oldest are put first by a date.
_OLDEST: Final = {
    "said": "s.said_first IS NULL, s.said_first, s.said_last, s.published IS NULL, s.published",
    "published": "s.published IS NULL, s.published",
    "due": "s.due_last NULLS LAST, s.due_first",
}

#: What looks ahead: as the index ``standing_ahead`` has it.
_AHEAD: Final = "(s.outlook IS NOT NULL OR s.due_last IS NOT NULL OR s.outcome IS NOT NULL)"


def timeline(record: Record, by: str, *, limit: int = 50, offset: int = 0, **filters: Any) -> list[Row]:
    """Return the statements of an actor in the order in which they were made, oldest first.

    Those whose day of saying is not known come last, in the order of publication.

    Args:
        record: an open record.
        by: as in :func:`said`.
        limit: at most so many rows.
        offset: leave out so many first.
        filters: as in :func:`said`; ``date="published"`` puts all of them in the order of publication,
            ``date="due"`` in that in which they fall due.

    Raises:
        QueryError: a question that means nothing.
    """
    return _oldest(
        record, fetching.question(record, None, {**filters, "by": by}), filters.get("date"), "", limit, offset
    )


def due(
    record: Record,
    *,
    by: str | None = None,
    before: str | None = None,
    closed: bool | None = None,
    outlook: str | None = None,
    limit: int = 50,
    offset: int = 0,
    **filters: Any,
) -> list[Row]:
    """Return what was promised, threatened, planned and foretold, what falls due soonest first.

    Those that name no day on which they fall due come last. A statement falls due on the last day of
    :attr:`Row.due`. It is closed once a person has decided what became of it (:attr:`Row.outcome`).

    Args:
        record: an open record.
        by: as in :func:`said`.
        before: leave out what falls due on this day, ISO 8601, or later, or on no day that is known; a month
            or a year means its first day.
        closed: those that are closed, or those that are open; ``None`` for both.
        outlook: promise, threat, prediction, plan or deadline.
        limit: at most so many rows.
        offset: leave out so many first.
        filters: as in :func:`said`, without its days.

    Raises:
        QueryError: a question that means nothing.
    """
    conditions, values = [_AHEAD], []
    first = search.day(before, last=False)
    if first is not None:
        conditions.append("s.due_last < ?")
        values.append(first)
    if closed is not None:
        conditions.append(f"s.outcome IS {'NOT ' if closed else ''}NULL")
    if outlook is not None:
        if outlook not in merging.OUTLOOKS:
            raise QueryError(f"outlook = {outlook!r}: expected one of {', '.join(merging.OUTLOOKS)}")
        conditions.append("s.outlook = ?")
        values.append(outlook)
    question = fetching.question(record, None, {**filters, "by": by})
    return _oldest(record, question, "due", " AND ".join(["", *conditions]), limit, offset, values)


def _oldest(
    record: Record, question: search.Question, date: str | None, further: str, limit: int, offset: int,
    values: Sequence[str] = (),
) -> list[Row]:  # fmt: skip
    """Return what a question finds under further conditions, oldest first by a date."""
    if limit < 0 or offset < 0:
        raise QueryError(f"limit = {limit}, offset = {offset}: expected numbers from 0 up")
    asked = replace(question, where=f"{question.where}{further}", values=(*question.values, *values))
    with fetching.asking(record, asked) as connection:
        sql = (
            f"SELECT s.key, s.same_as, s.same_rank FROM {asked.tables} WHERE {asked.where} "  # noqa: S608
            f"ORDER BY {_OLDEST[date or 'said']}, s.article_id, s.statement_pk"
        )
        found = witnesses.answers(connection, asked, sql, asked.values, limit, offset)
        return fetching.fetch(record, [key for key, *_ in found])
