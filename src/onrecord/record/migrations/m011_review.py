"""Samples of statements that people go through, and what each of them answered.

Answers to a sample of two coders are kept here and not as judgements, which all would see: neither coder may
know the other's. Spans are in code points of the text ``text_id``; no words of a page are kept here.
"""

from __future__ import annotations

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    """CREATE TABLE review_sample (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  drawn TEXT NOT NULL CHECK (drawn IN ('uncertain', 'random')),
  seed INTEGER NOT NULL,
  size INTEGER NOT NULL,                -- as asked for; there may be fewer items
  coders INTEGER NOT NULL CHECK (coders IN (1, 2)),
  question TEXT NOT NULL,               -- JSON object: words and filters that the items fit
  author TEXT NOT NULL,
  made TEXT NOT NULL
)""",
    """CREATE TABLE review_item (
  sample_id INTEGER NOT NULL REFERENCES review_sample,
  n INTEGER NOT NULL,
  article_id INTEGER NOT NULL REFERENCES article,
  statement_id TEXT NOT NULL,           -- as drawn
  statement_pk INTEGER,                 -- its row, while its page is held
  PRIMARY KEY (sample_id, n)
) WITHOUT ROWID""",
    """CREATE TABLE review_answer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sample_id INTEGER NOT NULL REFERENCES review_sample,
  n INTEGER,                            -- the item; null for a statement that the coder adds
  article_id INTEGER NOT NULL REFERENCES article,
  coder TEXT NOT NULL,
  text_id INTEGER NOT NULL,
  value TEXT NOT NULL,                  -- JSON object: verdict, and the values as the coder has them
  made TEXT NOT NULL
)""",
    "CREATE INDEX review_answer_sample ON review_answer (sample_id, coder, n)",
    """CREATE TRIGGER review_answer_is_fixed BEFORE UPDATE ON review_answer
BEGIN SELECT RAISE(ABORT, 'answers are append-only'); END""",
)
