"""RESOLVE: the date expressions of a text and the days they mean; when a statement was said.

The types and values are those of TIMEX3 in TimeML 1.2.1 (Pustejovsky et al. 2003); the days are our own,
since TIMEX3 has none for "earlier this week" and "by Friday".
"""

from onrecord.dates.finding import DateExpression, find_dates

__all__ = ["DateExpression", "find_dates"]
