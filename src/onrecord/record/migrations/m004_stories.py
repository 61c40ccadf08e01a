"""Stories: the sampled hashes by which texts meet, the pairs found to print one text, and who tells them.

All of it is derived from the standing texts: ``story.id`` is made from the address of the member that was
published first, so that the same articles give the same stories in whatever order they came.
"""

from __future__ import annotations

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    """CREATE TABLE sketch (                  -- derived: the sampled hashes of each standing text
  text_id INTEGER PRIMARY KEY REFERENCES text,
  article_id INTEGER NOT NULL REFERENCES article,
  key INTEGER NOT NULL,                 -- made from the article's address: the id of a story that it begins
  size INTEGER NOT NULL,                -- how many hashes
  hashes BLOB NOT NULL                  -- 8 bytes each, little-endian
)""",
    "CREATE INDEX sketch_article ON sketch (article_id)",
    "CREATE INDEX sketch_key ON sketch (key)",
    """CREATE TABLE shingle (                 -- derived: which texts have a hash
  hash INTEGER NOT NULL,
  text_id INTEGER NOT NULL REFERENCES text,
  PRIMARY KEY (hash, text_id)
) WITHOUT ROWID""",
    # Both sides of a link are rows, so that the links of a text are one stretch of the table.
    """CREATE TABLE story_link (              -- derived: pairs of texts that print one text
  text_id INTEGER NOT NULL REFERENCES text,
  other_id INTEGER NOT NULL REFERENCES text,
  kept REAL NOT NULL,                   -- share of this text's words that stand in the other one
  first INTEGER NOT NULL,               -- number of this text's first sentence that stands in the other one
  last INTEGER NOT NULL,                -- and of the last
  longer INTEGER NOT NULL,              -- 1: this is the longer one of the two
  PRIMARY KEY (text_id, other_id)
) WITHOUT ROWID""",
    "CREATE INDEX story_alias_story ON story_alias (story_id)",
)
