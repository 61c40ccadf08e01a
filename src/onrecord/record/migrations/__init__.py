"""The steps by which a record's tables came to be: applied in order on opening, never edited.

Each module ``mNNN_name`` holds ``STATEMENTS``. All of one step, and the row that says it was done, are one
transaction.
"""

from __future__ import annotations

from typing import Final

from onrecord.record.migrations import (
    m001_tables,
    m002_registry,
    m003_links,
    m004_stories,
    m005_days,
    m006_witnesses,
    m007_inputs,
    m008_feeds,
    m009_counts,
    m010_repetitions,
    m011_review,
    m012_asking,
)

#: Name and statements of each step, in order. A record's ``user_version`` is how many it has had.
MIGRATIONS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("m001_tables", m001_tables.STATEMENTS),
    ("m002_registry", m002_registry.STATEMENTS),
    ("m003_links", m003_links.STATEMENTS),
    ("m004_stories", m004_stories.STATEMENTS),
    ("m005_days", m005_days.STATEMENTS),
    ("m006_witnesses", m006_witnesses.STATEMENTS),
    ("m007_inputs", m007_inputs.STATEMENTS),
    ("m008_feeds", m008_feeds.STATEMENTS),
    ("m009_counts", m009_counts.STATEMENTS),
    ("m010_repetitions", m010_repetitions.STATEMENTS),
    ("m011_review", m011_review.STATEMENTS),
    ("m012_asking", m012_asking.STATEMENTS),
)
