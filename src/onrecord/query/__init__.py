"""ASK: who said what. Functions that take a record and return rows; they never write."""

from __future__ import annotations

from onrecord.answers import (
    ArticleRow,
    Count,
    Repetition,
    Row,
    Shown,
    ShownStatement,
    Totals,
    Witness,
    citation,
)
from onrecord.query.articles import articles, show
from onrecord.query.counting import GROUPS, counts, totals
from onrecord.query.days import due, timeline
from onrecord.query.saying import Order, each, said, unsaid
from onrecord.query.witnesses import MOST_REPETITIONS, MOST_WITNESSES

__all__ = [
    "GROUPS",
    "MOST_REPETITIONS",
    "MOST_WITNESSES",
    "ArticleRow",
    "Count",
    "Order",
    "Repetition",
    "Row",
    "Shown",
    "ShownStatement",
    "Totals",
    "Witness",
    "articles",
    "citation",
    "counts",
    "due",
    "each",
    "said",
    "show",
    "timeline",
    "totals",
    "unsaid",
]
