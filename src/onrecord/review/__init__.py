"""REVIEW: samples of statements that people go through, one by one, and how far two of them agree."""

from __future__ import annotations

from onrecord.review.adopting import adopt
from onrecord.review.coding import (
    Progress,
    answer,
    answer_missed,
    answers,
    coders,
    is_complete,
    next_open,
    progress,
)
from onrecord.review.comparing import Comparison, Disagreement, compare
from onrecord.review.samples import Item, Sample, items, make, sample, samples

__all__ = [
    "Comparison",
    "Disagreement",
    "Item",
    "Progress",
    "Sample",
    "adopt",
    "answer",
    "answer_missed",
    "answers",
    "coders",
    "compare",
    "is_complete",
    "items",
    "make",
    "next_open",
    "progress",
    "sample",
    "samples",
]
