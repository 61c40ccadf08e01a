"""States by the words that news puts in their place: names, peoples, capitals and seats of power."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple

_COLUMNS = 5


class States(NamedTuple):
    """Look-ups from folded words to the name of the state.

    Attributes:
        names: names and other names of states.
        demonyms: adjectives and names of peoples ("Syrian", "Syrians").
        seats: capitals and seats of power ("Damascus", "the Kremlin") where they stand for the government.
    """

    names: dict[str, str]
    demonyms: dict[str, str]
    seats: dict[str, str]

    def of(self, words: str) -> str | None:
        """Return the state for which a name, capital or seat of power stands."""
        key = fold(words)
        return self.names.get(key) or self.seats.get(key)


def fold(words: str) -> str:
    """Return the key under which the tables hold these words."""
    return words.casefold().replace("’", "'").removeprefix("the ")


@cache
def states() -> States:
    """Return the tables, read once from the package's own file."""
    table = States({}, {}, {})
    for line in files(__package__).joinpath("states.tsv").read_text("utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        name, others, demonyms, capitals, seats = (line.split("\t") + [""] * _COLUMNS)[:_COLUMNS]
        for words in (name, *others.split(";")):
            _put(table.names, words, name)
        for words in demonyms.split(";"):
            _put(table.demonyms, words, name)
        for words in (*capitals.split(";"), *seats.split(";")):
            _put(table.seats, words, name)
    return table


def _put(table: dict[str, str], words: str, name: str) -> None:
    if words:
        table.setdefault(fold(words), name)
