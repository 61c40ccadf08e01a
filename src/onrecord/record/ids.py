"""Which standing statement the beginning of an id means."""

from __future__ import annotations

import sqlite3
from typing import Final

from onrecord.errors import QueryError

#: The shortest beginning of a statement id that is taken for the whole.
SHORTEST_ID: Final = 6


def find(
    connection: sqlite3.Connection, statement: str, article: int | None, *, any_article: bool = False
) -> tuple[int, str]:
    """Return article and id of the standing statement whose id this is or begins.

    With ``any_article`` the first of several articles with the same text will do.

    Raises:
        QueryError: none or several fit.
    """
    wanted = statement.strip().lower()
    if len(wanted) < SHORTEST_ID or not wanted.isalnum():
        raise QueryError(f"{statement!r} is no statement id. Ids are the 16 characters that `said` prints")
    found = connection.execute(
        "SELECT s.article_id, s.id, p.path FROM standing s JOIN article a ON a.id = s.article_id "
        "JOIN page p ON p.id = a.page_id WHERE s.id >= ? AND s.id < ? LIMIT 20",
        (wanted, wanted + "~"),
    ).fetchall()
    fitting = [row for row in found if article is None or row[0] == article]
    if not fitting:
        raise QueryError(f"no statement {statement!r} stands in the record. Find its id with `onrecord said`")
    if len({row[1] for row in fitting}) > 1:
        raise QueryError(f"{statement!r} begins several statement ids. Give more of it")
    if len(fitting) > 1 and not any_article:
        where = ", ".join(f"{row[0]} ({row[2]})" for row in fitting)
        raise QueryError(f"{statement!r} stands in several articles with the same text; say which: {where}")
    return int(fitting[0][0]), str(fitting[0][1])
