"""Tables of office terms: CSV, TSV or semicolons, one term a row.

Columns are known by their names; a person and a position there must be. Days may be known in part
("2002-05", "2007"), and a term without an end has not ended, as far as the table knows.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from functools import cache
from typing import IO, Final

from onrecord.record import importing
from onrecord.record.importing import Bad, Entry, Read
from onrecord.record.registering import bounds
from onrecord.speakers.lookup import Term
from onrecord.speakers.states import all_states, states

#: Field -> the names that its column may have, folded.
COLUMNS: Final = {
    "person": (
        "person", "name", "holder", "person name", "office holder", "officeholder", "leader", "full name",
    ),
    "person_id": ("person qid", "person id", "qid", "wikidata", "wikidata id", "holder qid", "wikidataid"),
    "role": ("position", "role", "office", "title", "post", "position name"),
    "body": (
        "jurisdiction", "body", "country", "organisation", "organization", "state", "of", "country name",
    ),
    "body_id": (
        "jurisdiction qid", "body qid", "country qid", "organisation qid", "organization qid",
        "jurisdiction id",
    ),
    "first": ("start", "first", "from", "start date", "startdate", "begin", "since", "first day"),
    "last": ("end", "last", "to", "end date", "enddate", "until", "last day"),
}  # fmt: skip

_QID: Final = re.compile(r"(?:https?://www\.wikidata\.org/(?:wiki|entity)/)?(Q[1-9]\d*)")
_DELIMITERS: Final = (",", "\t", ";")
_MOST_COLUMNS: Final = 200
#: No row of a table of offices is longer; a quotation mark that is never closed would swallow the rest.
_LONGEST_ROW: Final = 100_000
_MOST_LINES: Final = 50


def recognise(text: str) -> bool:
    """Return whether a text begins with a head that names a person and a position."""
    return _head(text.splitlines()[0]) is not None


def read(stream: IO[bytes], source: str) -> Read:
    """Yield the holders of a table's terms, and the bodies that have an identifier."""
    rows = _rows(stream)
    head = _head("".join(str(next(rows)[1])))
    assert head is not None
    delimiter, columns, width = head
    bodies: set[str] = set()
    for row, line in rows:
        if isinstance(line, Bad):
            yield line
            continue
        try:
            cells = _cells(line, delimiter, width)
        except (csv.Error, ValueError) as error:
            yield Bad(row, str(error))
            continue
        if not any(cell.strip() for cell in cells):
            continue
        found = {name: cells[place].strip() if place < len(cells) else "" for name, place in columns.items()}
        try:
            yield from _entries(row, found, source, bodies)
        except ValueError as error:
            yield Bad(row, str(error))


def _entries(row: int, found: dict[str, str], source: str, bodies: set[str]) -> Iterator[Entry]:
    person, role, body = found["person"], found["role"], found.get("body") or None
    for name, value in (("person", person), ("position", role)):
        if not value:
            raise ValueError(f"the row names no {name}")
    first, last = found.get("first") or None, found.get("last") or None
    opened, closed = bounds(first), bounds(last)
    if opened[0] and closed[1] and closed[1] < opened[0]:
        raise ValueError(f"the office of {person[:100]!r} ends ({last}) before it begins ({first})")
    given = found.get("person_id") or ""
    scheme, value = ("wikidata", _qid(given)) if given else ("table", f"{body or ''}|{person}")
    own = value if given else "t" + hashlib.sha256(value.encode("utf-8", "replace")).hexdigest()[:12]
    term = Term(
        actor=own, role=role, body=body, first=first, last=last, evidence={"source": source, "row": row}
    )
    yield Entry(
        row=row, id=own, kind="person", label=person, scheme=scheme, value=value, terms=(term,), strict=True
    )
    number = found.get("body_id") or ""
    if body and number and number not in bodies:
        bodies.add(number)
        named = _qid(number)
        kind = "state" if named in _states() or states().named(body) else "organisation"
        yield Entry(row=row, id=named, kind=kind, label=body, scheme="wikidata", value=named, more=True)


@cache
def _states() -> frozenset[str]:
    return frozenset(state.wikidata for state in all_states())


def _qid(value: str) -> str:
    found = _QID.fullmatch(value)
    if found is None:
        raise ValueError(f"{value[:60]!r} is no identifier of Wikidata, which look like Q123")
    return found[1]


def _head(line: str) -> tuple[str, dict[str, int], int] | None:
    """Return delimiter, the place of each known column, and how many columns there are.

    ``None`` when this is no head of such a table.
    """
    for delimiter in _DELIMITERS:
        cells = next(csv.reader([line[:10_000].lstrip("\ufeff")], delimiter=delimiter), [])
        names = [" ".join(cell.replace("_", " ").replace("-", " ").casefold().split()) for cell in cells]
        columns = {}
        for name, known in COLUMNS.items():
            place = next((names.index(one) for one in known if one in names), None)
            if place is not None:
                columns[name] = place
        if len(names) <= _MOST_COLUMNS and {"person", "role"} <= columns.keys():
            return delimiter, columns, len(names)
    return None


def _cells(line: str, delimiter: str, width: int) -> list[str]:
    if len(line) > _LONGEST_ROW:
        raise ValueError(f"the row has {len(line):,} characters, {_LONGEST_ROW:,} are the most")
    if "\0" in line:
        raise ValueError("the row holds a NUL, which is no character of text")
    cells = next(csv.reader(io.StringIO(line, newline=""), delimiter=delimiter, strict=True), [])
    if any(cell.strip() for cell in cells[width:]):
        raise ValueError(
            f"the row has {len(cells)} cells and the head {width}: put a cell that holds {delimiter!r} in "
            "quotation marks"
        )
    return cells


def _rows(stream: IO[bytes]) -> Iterator[tuple[int, str | Bad]]:
    """Yield number and text of each row: a row goes on over line ends inside quotation marks."""
    kept: list[str] = []
    first = 0
    for number, line in importing.lines(stream):
        try:
            if line is None:
                raise ValueError(f"the line has more than {importing.LONGEST_LINE >> 20} MB")
            kept.append(line.decode("utf-8-sig"))
        except ValueError as error:
            reason = "is not in UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
            yield number, Bad(number, reason)
            kept.clear()
            continue
        first = first if len(kept) > 1 else number
        together = "".join(kept)
        if together.count('"') % 2 and len(together) < _LONGEST_ROW and len(kept) < _MOST_LINES:
            continue
        yield first, together
        kept.clear()
    if kept:
        yield first, "".join(kept)
