"""The registry of actors: index keys of names, bounds and keys of offices, what people decide about actors.

An actor's rows stay as they came in. What a person decides (two actors are one, names belong to another, it
goes by another label) is a row of ``actor_judgement``; ``actor.merged_into``, ``actor.judged_label`` and
``actor_name.moved_to`` are derived from those rows and made again whenever one is added.
"""

from __future__ import annotations

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    "ALTER TABLE actor ADD COLUMN judged_label TEXT",
    "CREATE INDEX actor_merged ON actor (merged_into) WHERE merged_into IS NOT NULL",
    "ALTER TABLE actor_name ADD COLUMN moved_to TEXT REFERENCES actor",
    "CREATE INDEX actor_name_moved ON actor_name (moved_to) WHERE moved_to IS NOT NULL",
    "CREATE INDEX actor_identifier_actor ON actor_identifier (actor_id)",
    """CREATE TABLE name_key (                -- derived: under these keys all spellings of a name meet
  key TEXT NOT NULL,
  name_id INTEGER NOT NULL REFERENCES actor_name ON DELETE CASCADE,
  PRIMARY KEY (key, name_id)
) WITHOUT ROWID""",
    "CREATE INDEX name_key_name ON name_key (name_id)",
    # Which table or text says so; one office of one table is one row, however often it is imported.
    "ALTER TABLE office ADD COLUMN source TEXT NOT NULL DEFAULT ''",
    # A day known only in part ("2002-05") is an interval: first_from..first_to; null is unknown.
    "ALTER TABLE office ADD COLUMN first_from TEXT",
    "ALTER TABLE office ADD COLUMN first_to TEXT",
    "ALTER TABLE office ADD COLUMN last_from TEXT",
    "ALTER TABLE office ADD COLUMN last_to TEXT",
    "CREATE UNIQUE INDEX office_once ON office "
    "(actor_id, role, coalesce(body, ''), coalesce(first_day, ''), coalesce(last_day, ''), source)",
    "CREATE INDEX office_source ON office (source, first_from)",
    """CREATE TABLE office_key (              -- derived: "=" its words, "~" its role, "<" a role it includes
  body_key TEXT NOT NULL,
  key TEXT NOT NULL,
  office_id INTEGER NOT NULL REFERENCES office ON DELETE CASCADE,
  PRIMARY KEY (body_key, key, office_id)
) WITHOUT ROWID""",
    "CREATE INDEX office_key_office ON office_key (office_id)",
    """CREATE TABLE actor_judgement (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  actor_id TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('merge', 'split', 'rename', 'undo')),
  value TEXT NOT NULL,                  -- JSON
  was TEXT NOT NULL,                    -- JSON
  author TEXT NOT NULL,
  reason TEXT,
  made TEXT NOT NULL,
  undoes INTEGER REFERENCES actor_judgement
)""",
    """CREATE TRIGGER actor_judgement_is_fixed BEFORE UPDATE ON actor_judgement
BEGIN SELECT RAISE(ABORT, 'judgements are append-only'); END""",
    """CREATE TRIGGER actor_judgement_is_kept BEFORE DELETE ON actor_judgement
BEGIN SELECT RAISE(ABORT, 'judgements are append-only'); END""",
    """CREATE TABLE registry (                -- keys: rules that made them; stamp: new after each change
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID""",
    "INSERT INTO registry (name, value) VALUES ('stamp', '')",
    *(
        # The names of tables are ours: nothing here comes from outside.
        f"CREATE TRIGGER {table}_{when.lower()}_stamps AFTER {when} ON {table} "  # noqa: S608
        "BEGIN UPDATE registry SET value = hex(randomblob(8)) WHERE name = 'stamp'; END"
        for table in ("actor", "actor_name", "actor_identifier", "office")
        for when in ("INSERT", "UPDATE", "DELETE")
    ),
)
