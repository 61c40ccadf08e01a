"""What is left out while the rest is read on, told through :mod:`logging`: once each, and never in silence.

The logger is ``onrecord.reading``; each message is one line that names the input and the value.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping
from typing import Final

from onrecord.errors import InputError, NoArticleError
from onrecord.reading import tables

LOGGER: Final = logging.getLogger("onrecord.reading")

#: Distinct unreadable dates of one table that are told one by one; of more, the number is told.
MOST_DATES: Final = 20


class Doubts:
    """What is doubtful in the rows of one table.

    Args:
        path: the table.
        given: what the user said of it, columns among it.
    """

    def __init__(self, path: str, given: Mapping[str, str]) -> None:
        self._path = path
        self._given = given
        self._dates: set[str] = set()
        self._waiting: list[str] = []
        self._columns = ""
        self._unknown = tables.unknown_columns((), given)

    def waits(self, row: tables.Row, name: str) -> bool:
        """Return whether a row must wait for it to be known if the table has the column named for text."""
        if self._unknown:
            self._columns = self._columns or tables.list_names(row)
            self._unknown = {field: column for field, column in self._unknown.items() if column not in row}
        waits = "text" in self._unknown
        if waits:
            self._waiting.append(name)
        else:
            self._tell_date(row)
        return waits

    def without_text(self) -> list[InputError]:
        """Return the errors of the rows that waited for a column which other rows do have, once."""
        if "text" in self._unknown:
            return []
        column = self._given.get("column:text")
        names, self._waiting = self._waiting, []
        return [
            NoArticleError(f"{self._path}#{name}", f"has no column {column!r}; the row is left out")
            for name in names
        ]

    def finish(self) -> None:
        """Tell what holds of the whole table.

        Raises:
            InputError: no row has the column that the user named for the text.
        """
        if len(self._dates) > MOST_DATES:
            more = len(self._dates) - MOST_DATES
            LOGGER.warning("%s: %s more values are no date either and are left out", self._path, more)
        for field, column in self._unknown.items():
            if field != "text":
                LOGGER.warning(
                    "%s: there is no column %r for %s; its columns are %r", self._path, column, field,
                    self._columns,
                )  # fmt: skip
        if self._waiting:
            column = self._unknown["text"]
            raise InputError(
                self._path,
                f"there is no column {column!r} for the text; its columns are {self._columns}; "
                f"{tables.NAME_COLUMN}",
            )

    def _tell_date(self, row: tables.Row) -> None:
        value = tables.unreadable_date(row, self._given)
        if value is None or value in self._dates:
            return
        self._dates.add(value)
        if len(self._dates) <= MOST_DATES:
            LOGGER.warning(
                "%s: %.100r is no date that can be read for certain and is left out; write it as 2012-12-22",
                self._path, value,
            )  # fmt: skip


def tell_skipped(folder: str, suffixes: Counter[str]) -> None:
    """Tell how many files of a folder are of kinds that hold no articles."""
    if suffixes:
        kinds = ", ".join(
            f"{count} {suffix or 'without suffix'}" for suffix, count in suffixes.most_common(8)
        )
        number = suffixes.total()
        LOGGER.warning(
            "%s: %s passed over, of a kind that is not read (%s)", folder,
            "1 file" if number == 1 else f"{number} files", kinds,
        )  # fmt: skip
