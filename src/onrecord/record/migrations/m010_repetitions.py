"""The same words on another day: what statements are found by that have the same words.

``standing.words_key`` is made from the words of a statement without case, accents and marks; 0 for a few
words, which say nothing when they come again; null until it was made, as in a record of an earlier version.
"""

from __future__ import annotations

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    "ALTER TABLE standing ADD COLUMN words_key INTEGER",
    "CREATE INDEX standing_words ON standing (words_key, day) WHERE words_key <> 0",
    "CREATE INDEX standing_unkeyed ON standing (key) WHERE words_key IS NULL",
)
