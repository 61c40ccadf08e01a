"""What a statement looks ahead to, and the days on which that falls due."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from onrecord.article import Article, Interval, Spans, Statement
from onrecord.dates.finding import DateExpression, find_dates
from onrecord.dates.outlook import outlook_of
from onrecord.dates.said import published_day


def with_outlook(
    article: Article, statements: Sequence[Statement], dates: Sequence[DateExpression] | None = None
) -> list[Statement]:
    """Return the statements with ``outlook``, and with ``due`` where the content gives days.

    Args:
        article: whose statements they are; relative days count from its day of publication.
        statements: with speaker, source and cue.
        dates: the date expressions of the article's text, as :func:`onrecord.dates.find_dates` returns
            them; found here when not given.
    """
    if not statements:
        return []
    published = published_day(article)
    if dates is None:
        dates = find_dates(article.text, published)
    coming = [one for one in dates if published is not None and _to_come(one, published)]
    starts = [one.spans[0][0] for one in coming]
    return [_looked_ahead(article, one, coming, starts) for one in statements]


def _looked_ahead(
    article: Article, statement: Statement, coming: Sequence[DateExpression], starts: Sequence[int]
) -> Statement:
    inside = _within(statement.content, coming, starts)
    cue, source = article.quote(statement.cue), article.quote(statement.source)
    outlook = outlook_of(statement, cue, source, dated=bool(inside))
    due = _due(inside) if outlook else None
    return replace(statement, outlook=outlook, due=due)


def _to_come(one: DateExpression, published: date) -> bool:
    """Tell whether something may fall due then: it reaches beyond the day of publication, or is that day."""
    if one.interval is None or one.type == "SET" or one.value == "PRESENT_REF":
        return False
    first, last = one.interval.first, one.interval.last
    day = published.isoformat()
    if first is not None and first > day:
        return True
    return last is not None and last > day and one.rule != "duration with a start"


def _within(content: Spans, coming: Sequence[DateExpression], starts: Sequence[int]) -> list[DateExpression]:
    return [
        coming[at]
        for start, end in content
        for at in range(bisect_left(starts, start), bisect_left(starts, end))
        if coming[at].spans[0][1] <= end
    ]


def _due(inside: Sequence[DateExpression]) -> Interval | None:
    """Return the days of the first expression to come; a certain one before a vague one."""
    for one in sorted(inside, key=lambda each: each.vague):
        return one.interval
    return None
