"""Importing a registry of actors: which format a file is in, and its entries into the record.

Three formats, told by their content: a table of office terms (:mod:`.importing_table`), Wikidata entities
(:mod:`.importing_wikidata`) and FollowTheMoney entities (:mod:`.importing_ftm`). Each reads its file as a
stream of entries; what is wrong with one loses that one only, and is named with its row or line.

An entry is the actor that bears its identifier, if one does; a name alone never joins it to an actor that is
held. What came in before stays as it is, so the same file again changes nothing, and an import that was
stopped is finished by the same command.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final

from onrecord.errors import InputError
from onrecord.record import deciding, registering
from onrecord.record.actors import claimant, known_actors
from onrecord.record.store import Store
from onrecord.speakers import naming
from onrecord.speakers.lookup import Known, Term

#: The longest line that is read, in bytes: the largest entity of Wikidata has about 4 MB.
LONGEST_LINE: Final = 16 << 20
#: The largest file that is one JSON value, in bytes.
LARGEST_JSON: Final = 64 << 20
#: The most names and terms that one entry may have.
MOST_NAMES: Final = 2000

#: How many entries one transaction takes: a table of 25,000 terms is one, a dump of millions is many.
_BATCH: Final = 50_000
#: From this many new entries on, all mentions are looked at again rather than those of the names.
_MANY: Final = 2_000
_LOOKED_AT: Final = 64 << 10
_QID: Final = re.compile(r"Q[1-9]\d*")

Rejected = Callable[[InputError], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One actor as a file gives it, or one term of one.

    Attributes:
        row: its row or line in the file, from 1.
        id: the id that it gets when no actor bears its identifier.
        kind: person, organisation, state, media or group.
        label: the name it is shown by.
        names: further names with their language, if that is said.
        scheme: of the identifier that says who it is (``wikidata``, ``ftm``, ``table``).
        value: that identifier.
        identifiers: further identifiers.
        terms: terms of office; their ``actor`` is set on writing.
        more: whether its row has given an entry before, and is counted.
        strict: whether another name under the same identifier must be a spelling of one that is held.
    """

    row: int
    id: str
    kind: str | None
    label: str
    names: tuple[tuple[str, str | None], ...] = ()
    scheme: str
    value: str
    identifiers: dict[str, str] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()
    strict: bool = False
    more: bool = False


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that cannot be used, with the reason."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a position that terms of the same file give by its identifier only."""

    value: str
    label: str


Read = Iterator[Entry | Bad | Label]


@dataclass(slots=True, kw_only=True)
class Imported:
    """What an import has brought.

    Attributes:
        format: ``table``, ``wikidata`` or ``ftm``.
        rows: rows that were read, the bad ones among them.
        actors: actors that the record did not hold.
        names: names that it did not hold.
        offices: terms of office that it did not hold.
        bad: rows that were skipped or, where the reason says so, kept in part.
    """

    format: str
    rows: int = 0
    actors: int = 0
    names: int = 0
    offices: int = 0
    bad: int = 0


def import_actors(
    store: Store,
    path: str,
    *,
    source: str | None = None,
    step: Callable[[], None] | None = None,
    rejected: Rejected | None = None,
) -> Imported:
    """Import a file of actors.

    Args:
        store: the record.
        path: the file, ``-`` for standard input.
        source: the name it is kept as the evidence of; the file's own name when not given.
        step: called for each entry.
        rejected: called with each row that was skipped, as an error whose path is ``FILE#ROW``.

    Raises:
        InputError: the file cannot be read, or is of none of the formats.
        RecordError: the record cannot be written; what was committed before is safe.
    """
    store.require_writable(f"importing {path}")
    with opened(path) as stream:
        form, reader = recognise(path, stream)
        named = source or ("standard input" if path == "-" else Path(path).name)
        result = Imported(format=form)
        entries = reader(stream, named)
        changed: set[str] = set()
        while batch := list(islice(entries, _BATCH)):
            with store.writing(f"importing {path}") as connection:
                registering.rekey(connection)
                writer = Writer(connection, named, result, changed)
                for entry in batch:
                    for problem in writer.write(entry):
                        result.bad += 1
                        if rejected is not None:
                            rejected(InputError(f"{path}#{problem.row}", problem.reason))
                    if step is not None:
                        step()
                deciding.settle(connection)
                deciding.relink(connection, changed if len(changed) <= _MANY else None)
    return result


class Writer:
    """Writes entries into a record within one transaction."""

    def __init__(self, connection: Any, source: str, result: Imported, changed: set[str]) -> None:
        self._connection = connection
        self._source = source
        self._result = result
        self._changed = changed
        self._waiting: set[str] | None = None

    def _unnamed(self) -> set[str]:
        """Return the identifiers that stand in the place of the names of positions and bodies."""
        if self._waiting is None:
            self._waiting = {
                value
                for column in ("role", "body")
                for (value,) in self._connection.execute(
                    f"SELECT DISTINCT {column} FROM office WHERE {column} GLOB 'Q[1-9]*'"  # noqa: S608
                )
            }
        return self._waiting

    def write(self, entry: Entry | Bad | Label) -> Iterator[Bad]:
        """Write one entry; yield what could not be used of it."""
        if isinstance(entry, Label):
            if entry.value in self._unnamed():
                registering.relabel(self._connection, entry.value, entry.label)
            return
        self._result.rows += isinstance(entry, Bad) or not entry.more
        if isinstance(entry, Bad):
            yield entry
            return
        try:
            label = registering.clean(entry.label)
            if len(entry.value) > registering.LONGEST or len(entry.id) > registering.LONGEST:
                raise ValueError(_too_long(entry.value))
        except ValueError as error:
            yield Bad(entry.row, str(error))
            return
        held = claimant(self._connection, entry.scheme, entry.value)
        if held is not None and entry.strict and not self._bears(held, label):
            known = known_actors(self._connection, [held])[0]
            yield Bad(
                entry.row,
                f"{entry.value} is that of {known.label!r} ({held}), and {label!r} is no spelling of it. If "
                f"they are one, add the name with `onrecord actors rename {held} NAME` and import again",
            )
            return
        yield from self._keep(entry, label)

    def _keep(self, entry: Entry, label: str) -> Iterator[Bad]:
        """Keep an entry under the actor whose own row bears its identifier, merged or not."""
        held = self._bearer(entry, label)
        actor = held or entry.id
        new = registering.save(
            self._connection,
            Known(id=actor, kind=entry.kind, label=label),
            source=self._source,
            named=False,
        )
        self._result.actors += new and held is None
        registering.claim(self._connection, actor, entry.scheme, entry.value, source=self._source)
        before = self._result.names + self._result.offices
        for name, language in ((label, None), *entry.names):
            try:
                self._result.names += registering.add_name(
                    self._connection, actor, name, source=self._source, language=language
                )
            except ValueError as error:
                yield Bad(entry.row, f"{error}; the rest is kept")
        for scheme, value in entry.identifiers.items():
            if len(value) > registering.LONGEST:
                yield Bad(entry.row, f"{_too_long(value)}; the rest is kept")
                continue
            other = registering.claim(self._connection, actor, scheme, value, source=self._source)
            if other is not None:
                known = known_actors(self._connection, [other])[0]
                yield Bad(
                    entry.row,
                    f"{label!r} claims {scheme} {value}, which is that of {known.label!r} ({other}). It is "
                    f"kept apart, without it; if they are one: onrecord actors merge {other} {actor}",
                )
        for given in entry.terms:
            term = self._named(given)
            try:
                self._result.offices += registering.add_term(
                    self._connection, actor, term, source=self._source
                )
            except ValueError as error:
                yield Bad(entry.row, f"{label!r}: {error}")
        if new or self._result.names + self._result.offices > before:
            self._changed.add(actor)

    def _bearer(self, entry: Entry, label: str) -> str | None:
        """Return the actor that is the entry's: by its own identifier, else by a further one.

        By a further one only an actor that came in another format, and bears a name like this.
        """
        for scheme, value in ((entry.scheme, entry.value), *entry.identifiers.items()):
            row = self._connection.execute(
                "SELECT i.actor_id, EXISTS (SELECT 1 FROM actor_identifier o WHERE o.actor_id = i.actor_id "
                "AND o.scheme = ?) FROM actor_identifier i WHERE i.scheme = ? AND i.value = ? LIMIT 1",
                (entry.scheme, scheme, value),
            ).fetchone()
            if row is None:
                continue
            root = claimant(self._connection, scheme, value)
            if scheme == entry.scheme or (root and not row[1] and self._bears(root, label)):
                return str(row[0])
        return None

    def _named(self, term: Term) -> Term:
        """Return a term whose body is named as the record does, where it came by its identifier."""
        held = (
            claimant(self._connection, "wikidata", term.body)
            if term.body and _QID.fullmatch(term.body)
            else None
        )
        known = known_actors(self._connection, [held]) if held else []
        return replace(term, body=known[0].label) if known else term

    def _bears(self, actor: str, label: str) -> bool:
        """Return whether a name is one of an actor's, or may be a spelling of one."""
        names = known_actors(self._connection, [actor])[0].names
        return label in names or any(naming.compare(label, name).score >= naming.CANDIDATE for name in names)


def _too_long(value: str) -> str:
    return f"the identifier {value[:60]!a} has {len(value):,} characters, {registering.LONGEST} are the most"


@contextmanager
def opened(path: str) -> Iterator[IO[bytes]]:
    """Open a file for reading from the start as often as needed; standard input goes to a file first.

    Raises:
        InputError: it cannot be read.
    """
    try:
        if path == "-":
            with tempfile.TemporaryFile() as stream:
                shutil.copyfileobj(sys.stdin.buffer, stream)
                stream.seek(0)
                yield stream
            return
        if not Path(path).is_file():
            raise InputError(path, "is no file" if Path(path).exists() else "there is no such file")
        with Path(path).open("rb") as stream:
            yield stream
    except OSError as error:
        raise InputError(path, f"cannot be read ({error.strerror or error})") from error


def recognise(path: str, stream: IO[bytes]) -> tuple[str, Callable[[IO[bytes], str], Read]]:
    """Return the format of a file and what reads it.

    Raises:
        InputError: it is none of those that can be imported.
    """
    from onrecord.record import importing_ftm, importing_table, importing_wikidata

    stream.seek(0)
    head = stream.read(_LOOKED_AT)
    stream.seek(0)
    if not head.strip():
        raise InputError(path, "is empty. Give a table of office terms, Wikidata entities or FollowTheMoney")
    text = head.decode("utf-8-sig", "replace").lstrip()
    is_json, is_table = text[:1] in ("[", "{"), bool(text) and importing_table.recognise(text)
    if b"\0" in head and not (is_json or is_table):
        # In a row of a registry it is that row's fault.
        raise InputError(
            path, "is no text. Give a table of office terms, Wikidata entities or FollowTheMoney"
        )
    if is_json:
        first = _first_value(path, stream)
        stream.seek(0)
        if importing_ftm.recognise(first):
            return "ftm", importing_ftm.read
        if importing_wikidata.recognise(first):
            return "wikidata", importing_wikidata.read
        raise InputError(
            path, "is JSON, but neither Wikidata entities nor FollowTheMoney entities, one a line"
        )
    if is_table:
        return "table", importing_table.read
    raise InputError(
        path,
        "is no registry of actors. Give a table with a column for the person and one for the position, "
        "Wikidata entities (JSON) or FollowTheMoney entities (JSON lines)",
    )


def _first_value(path: str, stream: IO[bytes]) -> Any:
    """Return the first JSON object of a file, or the whole of one that is a single value."""
    for _, line in islice(lines(stream), 3):
        if isinstance(line, bytes) and len(line.strip(b" \t\r\n[],")) > 1:
            value = loads(line.strip().rstrip(b","))
            if isinstance(value, dict | list):
                return value[0] if isinstance(value, list) and value else value
            break
    value = whole(stream)
    if value is None:
        size = os.fstat(stream.fileno()).st_size if not isinstance(stream, io.BytesIO) else 0
        limit = f" (one value of more than {LARGEST_JSON >> 20} MB: give one entity a line)"
        reason = "looks like JSON and is not, or is broken off"
        raise InputError(path, reason + (limit if size > LARGEST_JSON else ""))
    return value[0] if isinstance(value, list) and value else value


def whole(stream: IO[bytes]) -> Any:
    """Return a file that is one JSON value, ``None`` when it is none or too large."""
    stream.seek(0)
    data = stream.read(LARGEST_JSON + 1)
    return loads(data) if len(data) <= LARGEST_JSON else None


def loads(data: bytes) -> Any:
    """Return the value of JSON, ``None`` for what is none (or nests too deep to be read)."""
    try:
        return json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None


def lines(stream: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Yield number and bytes of each line that is not blank; ``None`` for one over :data:`LONGEST_LINE`."""
    stream.seek(0)
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        elif line.strip():
            yield number, line


def objects(stream: IO[bytes]) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Yield number and object of each line of JSON lines (or of an array with one value a line).

    What cannot be used is yielded as the reason.
    """
    for number, line in lines(stream):
        if line is None:
            yield number, f"the line has more than {LONGEST_LINE >> 20} MB"
            continue
        plain = line.strip().rstrip(b",")
        if plain in (b"[", b"]", b""):
            continue
        value = loads(plain)
        if isinstance(value, dict):
            yield number, value
        else:
            yield number, "is no JSON object" if value is not None else "is no JSON, or is broken off"


def strings(values: object) -> list[str]:
    """Return the texts of a JSON list; of what is no list, nothing."""
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []


def unique(names: Iterable[tuple[str, str | None]], label: str) -> tuple[tuple[str, str | None], ...]:
    """Return each name once, without the label; at most :data:`MOST_NAMES`."""
    kept: dict[str, str | None] = {}
    for name, language in names:
        if name != label:
            kept.setdefault(name, language)
    return tuple(islice(kept.items(), MOST_NAMES))
