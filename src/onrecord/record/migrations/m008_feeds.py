"""Feeds that are watched: how each last answered, the pages it has listed, and which hosts are left alone.

What is remembered here keeps a page from being asked for twice; the pages themselves are in the tables that
every added page goes to. All times are ISO 8601 in UTC, to the second.
"""

from __future__ import annotations

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    """CREATE TABLE feed (
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,
  index_id INTEGER REFERENCES feed,     -- the sitemap index that names it; null for one that a person named
  said TEXT,                            -- when it was last altered, as that index says
  read TEXT,                            -- what `said` was when it was last read through
  etag TEXT, modified TEXT,             -- headers of its last answer, given back with the next question
  asked TEXT,                           -- when it was last asked for
  answered TEXT,                        -- when it last answered and could be read
  failures INTEGER NOT NULL DEFAULT 0,  -- in a row
  error TEXT,                           -- the last of them
  due TEXT                              -- it is not asked for before
)""",
    "CREATE INDEX feed_index ON feed (index_id) WHERE index_id IS NOT NULL",
    """CREATE TABLE feed_item (
  id INTEGER PRIMARY KEY,
  feed_id INTEGER NOT NULL REFERENCES feed,  -- the first that listed it
  url TEXT NOT NULL UNIQUE,             -- without fragment
  updated TEXT,                         -- the newest time that a feed has given for it
  listed TEXT NOT NULL,                 -- when it was first seen
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed', 'refused')),
  asked TEXT,                           -- when its page was last asked for
  tries INTEGER NOT NULL DEFAULT 0,     -- how often in a row that ended in an error
  same INTEGER NOT NULL DEFAULT 0,      -- how often in a row it was fetched again and found unaltered
  due TEXT,                             -- it is not asked for before
  error TEXT
)""",
    "CREATE INDEX feed_item_waiting ON feed_item (feed_id) WHERE state = 'waiting'",
    """CREATE TABLE feed_host (
  host TEXT PRIMARY KEY,                -- name and port
  failures INTEGER NOT NULL,            -- in a row
  due TEXT NOT NULL,                    -- nothing is asked of it before
  error TEXT NOT NULL
) WITHOUT ROWID""",
)
