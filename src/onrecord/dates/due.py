"""What a statement looks ahead to, and the days on which that falls due."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from onrecord.article import Article, Interval, Spans, Statement
from onrecord.dates.finding import DateExpression, find_dates
from onrecord.dates.outlook import outlook_of
from onrecord.dates.said import published_day, revised_day


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
        dates = find_dates(article.text, published, revised=revised_day(article))
    if published is None:
        return [replace(one, outlook=_outlook(article, one, dated=False)) for one in statements]
    coming = [one for one in dates if _to_come(one, published)]
    starts = [one.spans[0][0] for one in coming]
    return [
        _looked_ahead(article, one, _within(one.content, coming, starts), published) for one in statements
    ]


def _looked_ahead(
    article: Article, statement: Statement, inside: Sequence[DateExpression], published: date
) -> Statement:
    later = [one for one in inside if one.interval and (one.interval.last or "9999") > published.isoformat()]
    outlook = _outlook(article, statement, dated=bool(later))
    due = _due(article.text, later or inside) if outlook else None
    if (statement.outlook, statement.due) == (outlook, due):
        return statement
    return replace(statement, outlook=outlook, due=due)


def _outlook(article: Article, statement: Statement, *, dated: bool) -> str | None:
    return outlook_of(statement, article.quote(statement.cue), article.quote(statement.source), dated)


def _to_come(one: DateExpression, published: date) -> bool:
    """Tell whether something may fall due then: it reaches beyond the day of publication, or is that day."""
    if one.interval is None or one.type == "SET" or one.value == "PRESENT_REF":
        return False
    first, last = one.interval.first, one.interval.last
    day = published.isoformat()
    if first is not None and first >= day:
        return True
    return last is not None and last > day and one.rule != "duration with a start"


def _within(content: Spans, coming: Sequence[DateExpression], starts: Sequence[int]) -> list[DateExpression]:
    """Return the expressions inside a content; both are in the order of the text."""
    return [
        coming[at]
        for start, end in content
        for at in range(bisect_left(starts, start), bisect_left(starts, end))
        if coming[at].spans[0][1] <= end
    ]


def _due(text: str, inside: Sequence[DateExpression]) -> Interval | None:
    """Return the days of the first expression, with those joined to it; a certain one before a vague one."""
    meant = [one for one in inside if not _names_only(text, one)]
    certain = [one for one in meant if not one.vague] or meant
    if not certain:
        return None
    due = certain[0].interval
    if due and len(certain) > 1 and (other := certain[1].interval):
        between = text[due.spans[-1][1] : other.spans[0][0]]
        if between.strip() == "and" and due.last and other.last and other.last > due.last:
            due = replace(due, last=other.last, spans=(*due.spans, *other.spans))
    return due


def _names_only(text: str, one: DateExpression) -> bool:
    """Tell whether a year only names something: "the 2012 vote"."""
    start, end = one.spans[0]
    year = text[start:end].isdigit() and end - start == len("2012")
    return year and not re.search(
        r"\b(?:in|by|until|till|before|during|through|for|of)(?: \w+)? $", text[max(0, start - 16) : start]
    )
