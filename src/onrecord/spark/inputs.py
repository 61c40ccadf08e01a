"""What a run on Spark goes through: files, cut into units that one task each works on."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, cast

from onrecord.errors import InputError, LimitError
from onrecord.reading import files, rows
from onrecord.reading.item import Item

#: Bytes of a file in one unit. Each unit of a file goes through the whole of it and takes every so many-th
#: page: to unpack a gigabyte takes seconds, to find the statements in it hours.
SPLIT_BYTES: Final = 32_000_000

#: A manifest is read up to so many lines, of so many characters each; a month of CC-NEWS has some 500.
MOST_LINES: Final = 1_000_000
LONGEST_LINE: Final = 4_096

#: Bytes of one row group of Parquet, unpacked: it is held in memory.
MOST_GROUP: Final = 1_000_000_000
_PARQUET: Final = b"PAR1"
_ROWS: Final = 64


@dataclass(frozen=True, slots=True)
class Unit:
    """Every ``parts``-th page of one file, beginning with number ``part``.

    Attributes:
        input: absolute path of the file.
        part: which pages, from 0.
        parts: into how many units the file is cut.
        size: of the file, in bytes.
        modified: its time of change, in nanoseconds.
        error: why it cannot be read at all.
    """

    input: str
    part: int = 0
    parts: int = 1
    size: int = 0
    modified: int = 0
    error: str | None = None

    @property
    def id(self) -> str:
        """Name it by what it reads: the same in every run."""
        said = f"{self.input}\0{self.part}\0{self.parts}".encode("utf-8", "backslashreplace")
        return blake2b(said, digest_size=10).hexdigest()


def units(named: Sequence[str], split: int = SPLIT_BYTES) -> Iterator[Unit]:
    """Yield the units of files, folders and patterns.

    Args:
        named: as on the command line; made absolute, since a cluster has no working folder.
        split: bytes of a file in one unit.
    """
    for source in named:
        if files.is_url(source) or source in ("", "-"):
            yield Unit(source, error="is no file; name files that every worker can open")
            continue
        for path in _files(source):
            if isinstance(path, InputError):
                yield Unit(path.path, error=path.reason)
            else:
                yield from units_of(str(Path(path).absolute()), split)


def _files(source: str) -> Iterator[str | InputError]:
    """Yield the files of a source, those of Parquet in a folder among them."""
    yield from files.files(source)
    if Path(source).is_dir():
        yield from sorted(str(path) for path in Path(source).rglob("*.parquet") if path.is_file())


def units_of(path: str, split: int) -> Iterator[Unit]:
    """Yield the units of one file."""
    try:
        found = Path(path).stat()
    except (OSError, ValueError) as error:
        yield Unit(path, error=f"cannot be opened ({getattr(error, 'strerror', None) or error})")
        return
    if not Path(path).is_file():
        # A folder without news, too: what it says of itself is said here.
        yield Unit(path, error="is no file with news in it")
        return
    parts = max(1, -(-found.st_size // split))
    for part in range(parts):
        yield Unit(path, part, parts, found.st_size, found.st_mtime_ns)


def read_manifest(path: str, base: str | None = None, split: int = SPLIT_BYTES) -> Iterator[Unit]:
    """Yield the units of the files that a manifest names, one path a line, as Common Crawl's do.

    Its lines are data: no pattern, no URL, and nothing that leads out of the base folder.

    Args:
        path: the manifest, packed with gzip or not.
        base: the folder that its paths are under; that of the manifest when not given.
        split: bytes of a file in one unit.

    Raises:
        InputError: the manifest cannot be read.
    """
    import gzip

    folder = Path(base or Path(path).parent).resolve()
    try:
        with Path(path).open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
        opened = gzip.open(path, "rb") if packed else Path(path).open("rb")  # noqa: SIM115
        with opened as stream:
            for _ in range(MOST_LINES):
                line = stream.readline(LONGEST_LINE)
                if not line:
                    return
                if not line.strip() or line.startswith(b"#"):
                    continue
                yield from _named(line.strip().decode("utf-8", "surrogateescape"), folder, split)
            raise LimitError(path, f"has more than {MOST_LINES:,} lines; split it")
    except (OSError, EOFError, ValueError) as error:
        raise InputError(path, f"the manifest cannot be read ({error})") from error


def _named(line: str, folder: Path, split: int) -> Iterator[Unit]:
    try:
        found = (folder / line).resolve()
    except (OSError, ValueError, RuntimeError) as error:
        yield Unit(repr(line), error=f"is no name of a file ({error})")
        return
    if not found.is_relative_to(folder):
        yield Unit(line, error=f"leads out of {folder}; name the folder that holds it with --base")
        return
    yield from units_of(str(found), split)


def read_unit(unit: Unit, given: Mapping[str, str]) -> Iterator[tuple[int, Item | InputError]]:
    """Yield the pages of a unit with their place in the file, from 1; what cannot be read as its error."""
    if unit.error is not None:
        yield 0, InputError(unit.input, unit.error)
        return
    number = 0
    try:
        for item in _items(unit.input, given):
            number += 1
            if (number - 1) % unit.parts == unit.part:
                yield number, item
    except InputError as error:
        if unit.part == 0:  # Of the file: said once.
            yield number + 1, error


def _items(path: str, given: Mapping[str, str]) -> Iterator[Item | InputError]:
    with Path(path).open("rb") as stream:
        parquet = stream.read(len(_PARQUET)) == _PARQUET
    if not parquet:
        yield from files.read_file(path, given)
        return
    lines = io.BufferedReader(_Lines(_parquet_lines(path)), 65_536)
    yield from rows.read_table(lines, "jsonl", path, given, None, io.BytesIO())


def _parquet_lines(path: str) -> Iterator[bytes]:
    """Yield the rows of a Parquet file as JSON lines: they are read as those are, with the same limits."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            for group in range(file.num_row_groups):
                size = file.metadata.row_group(group).total_byte_size
                if not 0 <= size <= MOST_GROUP:
                    raise LimitError(path, f"has a row group of {size:,} bytes, at most {MOST_GROUP:,}")
            for batch in file.iter_batches(batch_size=_ROWS):
                for row in batch.to_pylist():
                    kept = {name: value for name, value in row.items() if value is not None}
                    yield (
                        json.dumps(kept, ensure_ascii=False, default=_plain).encode("utf-8", "replace")
                        + b"\n"
                    )
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise InputError(path, f"is no sound Parquet file ({str(error)[:200]})") from error


def _plain(value: Any) -> str:
    """Return a cell that JSON does not know: a time as ISO 8601, bytes as text."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return cast(str, value.isoformat()) if hasattr(value, "isoformat") else str(value)


class _Lines(io.RawIOBase):
    """A stream of lines that are made as they are read."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines, self._held = lines, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._held = self._held or next(self._lines, b"")
        size = min(len(buffer), len(self._held))
        buffer[:size] = self._held[:size]
        self._held = self._held[size:]
        return size
