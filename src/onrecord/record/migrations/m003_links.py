"""Links between mentions and actors: under which keys a mention is looked up again, and learned offices.

The words of actors join the full-text index: ``speaker`` and ``about`` hold, behind the names, a token for
each actor linked (:func:`onrecord.record.links.token`): a question by actor is one list of the same index.
"""

from __future__ import annotations

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    """CREATE TABLE linked_name (             -- derived: the fullest names that articles give
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
)""",
    """CREATE TABLE linked_name_key (         -- derived: a change under it has the name linked again
  key TEXT NOT NULL,
  name_id INTEGER NOT NULL REFERENCES linked_name ON DELETE CASCADE,
  PRIMARY KEY (key, name_id)
) WITHOUT ROWID""",
    "CREATE INDEX linked_name_key_name ON linked_name_key (name_id)",
    "ALTER TABLE mention ADD COLUMN name_id INTEGER REFERENCES linked_name",
    "CREATE INDEX article_text ON article (text_id)",
    "CREATE INDEX mention_name ON mention (name_id) WHERE name_id IS NOT NULL",
    "CREATE INDEX mention_candidate_actor ON mention_candidate (actor_id)",
    """CREATE TABLE office_evidence (         -- derived: where a text says that somebody holds an office
  text_id INTEGER NOT NULL REFERENCES text,
  actor_id TEXT NOT NULL REFERENCES actor,
  role TEXT NOT NULL,                   -- the words of the text
  body_key TEXT NOT NULL,
  role_key TEXT NOT NULL,
  day TEXT NOT NULL,
  spans TEXT NOT NULL,                  -- JSON: of the role, then of the name
  PRIMARY KEY (actor_id, body_key, role_key, day, text_id, role)
) WITHOUT ROWID""",
    "CREATE INDEX office_evidence_text ON office_evidence (text_id)",
    "ALTER TABLE standing ADD COLUMN actor_id TEXT",
    "ALTER TABLE standing ADD COLUMN about_actors TEXT",
    "CREATE INDEX standing_actor ON standing (actor_id, key) WHERE actor_id IS NOT NULL",
    "DROP VIEW search_row",
    """CREATE VIEW search_row AS
  SELECT s.key AS key, t.words AS words,
    CASE WHEN s.actor_id IS NULL THEN s.speaker
      ELSE coalesce(s.speaker, '') || ' actor' || lower(hex(s.actor_id)) END AS speaker,
    CASE WHEN s.about_actors IS NULL THEN s.about
      ELSE coalesce(s.about, '') || ' ' || s.about_actors END AS about,
    s.outlet AS outlet
  FROM standing s JOIN statement t ON t.pk = s.statement_pk WHERE s.verdict IS NOT 'reject'""",
)
