"""The manifest: what was given to be added, and what became of each item in it.

An input is gone through in order, and the row of an item is written in the transaction that adds its article,
so that the rows say how far a stopped run has come. The time of change is kept in nanoseconds; it is null
where the file may have changed again without its showing.
"""

from __future__ import annotations

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    """CREATE TABLE input (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,            -- absolute path of a file, or URL
  given TEXT NOT NULL,                  -- JSON object: what the user said of it
  size INTEGER, modified INTEGER,       -- of the file as it was gone through
  reached INTEGER,                      -- where in the file the next item begins, in bytes, if known
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
  error TEXT,
  at TEXT NOT NULL
)""",
    "CREATE INDEX input_state ON input (state) WHERE state <> 'done'",
    """CREATE TABLE input_item (
  input_id INTEGER NOT NULL REFERENCES input ON DELETE CASCADE,
  n INTEGER NOT NULL,                   -- place within the input, from 1
  name TEXT NOT NULL,                   -- what stands behind the path and #; empty for the only item
  sha256 TEXT,                          -- of the page's bytes; null where there are none
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed', 'refused', 'passed over')),
  error TEXT,
  at TEXT NOT NULL,
  PRIMARY KEY (input_id, n)
) WITHOUT ROWID""",
    "CREATE INDEX input_item_state ON input_item (state, input_id) WHERE state <> 'done'",
)
