"""RECORD: one SQLite file that keeps pages, statements and judgements, and can prove them."""

from __future__ import annotations

from onrecord.record.merging import SETTABLE
from onrecord.record.outcomes import OUTCOMES
from onrecord.record.record import Record
from onrecord.record.values import (
    STATES,
    Added,
    Change,
    Extractor,
    Judgement,
    Problem,
    Reader,
    Refreshed,
    Removed,
)

__all__ = [
    "OUTCOMES",
    "SETTABLE",
    "STATES",
    "Added",
    "Change",
    "Extractor",
    "Judgement",
    "Problem",
    "Reader",
    "Record",
    "Refreshed",
    "Removed",
]
