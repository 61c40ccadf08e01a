"""Counts by month, outlet, type and actor, kept by triggers, so that an overview need not read the rows.

A statement counts in the month of ``standing.day``; ``''`` stands for a month or outlet that is not known,
``-1`` for a statement of which it is not known whether its source is named. ``printings`` counts what copies
print as often as it is printed, ``statements`` once. What a person rejected is not counted.
"""

from __future__ import annotations

from typing import Final

_KEY: Final = {
    "count_month": ("month", "outlet", "type", "named"),
    "count_actor": ("actor_id", "month"),
    "count_about": ("actor_id", "about", "month"),
}
_ONCE: Final = "coalesce({row}.same_rank, 0) = 0"
_MONTH: Final = "coalesce(substr({row}.day, 1, 7), '')"
# A record's triggers may call no JSON function (``trusted_schema`` is off). Within a JSON string a quotation
# mark stands behind a backslash, so that these letters are the key and what begins its value.
_NAMED: Final = (
    "CASE WHEN instr({row}.judged, '\"speaker\":{{') THEN 1 WHEN instr({row}.judged, '\"speaker\":') THEN -1 "
    "ELSE coalesce((SELECT named FROM statement t WHERE t.pk = {row}.statement_pk), -1) END"
)

#: Table -> what its key is made of, and whether a standing row counts in it.
_COUNTED: Final = {
    "count_month": (f"{_MONTH}, coalesce({{row}}.outlet, ''), {{row}}.type, {_NAMED}", "true", ""),
    "count_actor": (f"{{row}}.actor_id, {_MONTH}", "{row}.actor_id IS NOT NULL", ""),
    # The words that stand for actors in the full-text index: what was said of nobody we know is in no row.
    "count_about": (
        f"{{row}}.actor_id, e.value, {_MONTH}",
        "{row}.actor_id IS NOT NULL AND {row}.about_actors IS NOT NULL",
        "json_each('[\"' || replace({row}.about_actors, ' ', '\",\"') || '\"]') e",
    ),
}


def counted(table: str) -> str:
    """Return SQL for the rows that a table of counts should have."""
    values, where, of = (part.format(row="s") for part in _COUNTED[table])
    places = ", ".join(map(str, range(1, len(_KEY[table]) + 1)))
    return (
        f"SELECT {values}, count(*), sum({_ONCE.format(row='s')}) FROM standing s{', ' if of else ''}{of} "  # noqa: S608 - SQL of this file
        f"WHERE s.verdict IS NOT 'reject' AND {where} GROUP BY {places}"
    )


def _more(table: str) -> str:
    """Return SQL that counts a new standing row."""
    values, where, of = (part.format(row="NEW") for part in _COUNTED[table])
    return (
        f"INSERT INTO {table} SELECT {values}, 1, {_ONCE.format(row='NEW')} {f'FROM {of}' if of else ''} "
        f"WHERE NEW.verdict IS NOT 'reject' AND {where} ON CONFLICT DO UPDATE SET "
        "printings = printings + 1, statements = statements + excluded.statements;"
    )


def _less(table: str) -> str:
    """Return SQL that takes an old standing row out of the counts."""
    key = ", ".join(_KEY[table])
    values, where, of = (part.format(row="OLD") for part in _COUNTED[table])
    among = (
        f"OLD.verdict IS NOT 'reject' AND {where.format(row='OLD')} AND ({key}) IN "
        f"(SELECT {values} {f'FROM {of}' if of else ''})"
    )
    return (
        f"UPDATE {table} SET printings = printings - 1, "  # noqa: S608 - SQL of this file
        f"statements = statements - ({_ONCE.format(row='OLD')}) WHERE {among}; "
        f"DELETE FROM {table} WHERE printings = 0 AND {among};"
    )


_TABLES: Final = (
    """CREATE TABLE count_month (             -- derived: statements by month, outlet, type, named or not
  month TEXT NOT NULL, outlet TEXT NOT NULL, type TEXT NOT NULL, named INTEGER NOT NULL,
  printings INTEGER NOT NULL, statements INTEGER NOT NULL,
  PRIMARY KEY (month, outlet, type, named)
) WITHOUT ROWID""",
    """CREATE TABLE count_actor (             -- derived: statements that an actor makes, by month
  actor_id TEXT NOT NULL, month TEXT NOT NULL,
  printings INTEGER NOT NULL, statements INTEGER NOT NULL,
  PRIMARY KEY (actor_id, month)
) WITHOUT ROWID""",
    """CREATE TABLE count_about (             -- derived: statements of one actor about another, by month
  actor_id TEXT NOT NULL,
  about TEXT NOT NULL,                  -- the word that stands for the other one in the full-text index
  month TEXT NOT NULL,
  printings INTEGER NOT NULL, statements INTEGER NOT NULL,
  PRIMARY KEY (actor_id, about, month)
) WITHOUT ROWID""",
    "CREATE INDEX count_about_about ON count_about (about, actor_id)",
    "CREATE INDEX text_published ON text (published_day, outlet)",
)

_ADDED: Final = " ".join(map(_more, _KEY))
_GONE: Final = " ".join(map(_less, _KEY))
_CHANGING: Final = "statement_pk, verdict, type, outlet, day, judged, actor_id, about_actors, same_rank"

STATEMENTS: Final[tuple[str, ...]] = (
    *_TABLES,
    *(f"INSERT INTO {table} {counted(table)}" for table in _KEY),
    f"CREATE TRIGGER standing_insert_counts AFTER INSERT ON standing BEGIN {_ADDED} END",
    f"CREATE TRIGGER standing_delete_counts AFTER DELETE ON standing BEGIN {_GONE} END",
    f"CREATE TRIGGER standing_update_counts AFTER UPDATE OF {_CHANGING} ON standing "
    f"BEGIN {_GONE} {_ADDED} END",
)
