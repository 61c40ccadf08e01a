"""Statements of copies are one statement with several witnesses.

``standing.same_as`` is the ``statement_pk`` of the printing that stands for all, on every one of them;
``same_rank`` is 0 for that one and counts on for the others in their order. Both are null where nothing else
prints the statement. They are derived from the standing rows of the articles of one story; ``story.grouped``
is 0 until that was done, as for the stories of a record that an earlier version has made.
"""

from __future__ import annotations

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    "ALTER TABLE standing ADD COLUMN same_as INTEGER",
    "ALTER TABLE standing ADD COLUMN same_rank INTEGER",
    "CREATE UNIQUE INDEX standing_same ON standing (same_as, same_rank) WHERE same_as IS NOT NULL",
    "ALTER TABLE story ADD COLUMN grouped INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX story_ungrouped ON story (id) WHERE grouped = 0",
)
