"""The tables of counts: whether they agree with the standing rows, and making them again.

Triggers keep them (``migrations/m009_counts.py``), so that no path of writing can forget to.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Final

from onrecord.record.migrations.m009_counts import counted

#: The tables; ``standing`` rows of month, outlet, type and named or not; of actors; of actors about others.
TABLES: Final = ("count_month", "count_actor", "count_about")


def wrong(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the name of each table of counts that does not agree with the standing rows."""
    for table in TABLES:
        # As many rows, and each of them there: the same rows, of a table with a key.
        kept = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
        due, missing = connection.execute(
            f"WITH due AS MATERIALIZED ({counted(table)}) SELECT (SELECT count(*) FROM due), "  # noqa: S608
            f"(SELECT count(*) FROM (SELECT * FROM due EXCEPT SELECT * FROM {table}))"
        ).fetchone()
        if missing or kept != due:
            yield table


def make_again(connection: sqlite3.Connection, table: str) -> None:
    """Count anew.

    Args:
        connection: within a write transaction.
        table: one of :data:`TABLES`.
    """
    connection.execute(f"DELETE FROM {table}")  # noqa: S608
    connection.execute(f"INSERT INTO {table} {counted(table)}")
