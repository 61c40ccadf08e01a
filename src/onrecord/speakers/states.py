"""States by the words that news puts in their place: names, peoples, capitals and seats of power."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class State(NamedTuple):
    """One state, as ``states.csv`` has it.

    Attributes:
        code: two letters of ISO 3166-1; for a state that is gone, those of ISO 3166-3.
        name: as English news writes it.
        other_names: other English names and abbreviations, the formal one among them.
        demonyms: adjectives and names of the people.
        capitals: each with its spellings, the usual one first.
        seats: places that stand for the government ("Kremlin").
        names_elsewhere: names in other languages and scripts.
        wikidata: its item there.
        source: where the row is from.
    """

    code: str
    name: str
    other_names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[tuple[str, ...], ...]
    seats: tuple[str, ...]
    names_elsewhere: tuple[str, ...]
    wikidata: str
    source: str


class States(NamedTuple):
    """Look-ups from folded words to the name of the state.

    Attributes:
        names: names and other names of states.
        demonyms: adjectives and names of peoples ("Syrian", "Syrians").
        seats: capitals and seats of power ("Damascus", "the Kremlin") where they stand for the government.
        elsewhere: names in other languages and scripts ("Россия"), which no English article writes.
        capitals: spellings of capitals, to the usual one ("Kiev" to "Kyiv").
    """

    names: dict[str, str]
    demonyms: dict[str, str]
    seats: dict[str, str]
    elsewhere: dict[str, str]
    capitals: dict[str, str]

    def of(self, words: str) -> str | None:
        """Return the state for which a name, capital or seat of power stands."""
        key = fold(words)
        return self.names.get(key) or self.seats.get(key)

    def named(self, words: str) -> str | None:
        """Return the state of which this is a name, in any language that the table has."""
        key = fold(words)
        return self.names.get(key) or self.names.get(key.replace(".", "")) or self.elsewhere.get(key)


def fold(words: str) -> str:
    """Return the key under which the tables hold these words."""
    return words.casefold().replace("’", "'").removeprefix("the ")


@cache
def all_states() -> tuple[State, ...]:
    """Return every state of the package's own file."""
    return tuple(_read())


def _read() -> Iterator[State]:
    text = files(__package__).joinpath("states.csv").read_text("utf-8")
    for row in csv.DictReader(io.StringIO(text, newline="")):
        others, demonyms, capitals, seats, elsewhere = (
            tuple(part for part in row[column].split(";") if part)
            for column in ("other_names", "demonyms", "capitals", "seats", "names_elsewhere")
        )
        yield State(
            code=row["code"],
            name=row["name"],
            other_names=others,
            demonyms=demonyms,
            capitals=tuple(tuple(one.split("=")) for one in capitals),
            seats=seats,
            names_elsewhere=elsewhere,
            wikidata=row["wikidata"],
            source=row["source"],
        )


@cache
def states() -> States:
    """Return the tables, read once from the package's own file."""
    table = States({}, {}, {}, {}, {})
    for state in all_states():
        for words in (state.name, *state.other_names):
            table.names.setdefault(fold(words), state.name)
        for words in state.demonyms:
            table.demonyms.setdefault(fold(words), state.name)
        for spellings in state.capitals:
            for words in spellings:
                table.seats.setdefault(fold(words), state.name)
                table.capitals.setdefault(fold(words), spellings[0])
        for words in state.seats:
            table.seats.setdefault(fold(words), state.name)
        for words in state.names_elsewhere:
            table.elsewhere.setdefault(fold(words), state.name)
    return table


def people_of(name: str) -> str:
    """Return the adjective of a state ("Belgian" of "Belgium"); its name where the table has none."""
    return next((one.demonyms[0] for one in all_states() if one.name == name and one.demonyms), name)
