"""Writing an export to a file: whole or not at all, and never over something that is not an export."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Final, TypeVar

from onrecord.errors import QueryError
from onrecord.export import training
from onrecord.export.codebook import COLUMNS, TITLE

Made = TypeVar("Made")

#: What a spreadsheet program opens only when it is its own format, whatever stands in the file.
_WORKBOOKS: Final = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods")

#: SQLite keeps these beside a record.
_BESIDE_A_RECORD: Final = ("", "-wal", "-shm", "-journal")

#: More than the header of any export has.
_FIRST_LINE: Final = 1 << 20


def check_target(target: Path, record: Path, *, force: bool = False) -> None:
    """Check that an export may be written to a file.

    Args:
        target: where to.
        record: the record that is exported; neither it nor what SQLite keeps beside it is ever written over.
        force: write over a file that is not an earlier export, too.

    Raises:
        QueryError: it may not be.
    """
    if target.suffix.lower() in _WORKBOOKS:
        raise QueryError(
            f"{target}: cannot write {target.suffix} files. Name a .csv, which spreadsheets open"
        )
    whole = Path(os.path.realpath(record))
    for suffix in _BESIDE_A_RECORD:
        kept = whole.with_name(whole.name + suffix)
        if Path(os.path.realpath(target)) == kept or (
            target.exists() and kept.exists() and target.samefile(kept)
        ):
            raise QueryError(f"{target}: is the record itself. Name another file to write to")
    if target.exists() and not target.is_file():
        raise QueryError(f"{target}: is not a file. To write into a pipe, leave out --to")
    if target.exists() and not force and not _is_export(target):
        raise QueryError(f"{target}: is there already and is no export. Name another file, or give --force")


@contextmanager
def replacing(targets: Iterable[Path]) -> Iterator[list[IO[str]]]:
    """Open files for writing that take the place of the targets when all is written, and not before.

    Args:
        targets: what to write; a link is followed.

    Raises:
        OSError: one cannot be written; it names the target.
    """
    wanted = list(targets)
    real = [Path(os.path.realpath(target)) for target in wanted]
    drafts = [path.with_name(f".{path.name}.{os.getpid()}.part") for path in real]
    streams: list[IO[str]] = []
    try:
        for target, draft in zip(wanted, drafts, strict=True):
            streams.append(_named(target, partial(draft.open, "x", encoding="utf-8", newline="")))
        yield streams
        for target, stream in zip(wanted, streams, strict=True):
            _named(target, stream.close)
        for path, draft in zip(real, drafts, strict=True):
            if path.exists():
                shutil.copymode(path, draft)
            draft.replace(path)
    finally:
        for stream, draft in zip(streams, drafts, strict=False):
            stream.close()
            draft.unlink(missing_ok=True)


def _named(target: Path, make: Callable[[], Made]) -> Made:
    """Do something with a draft; an error names the target, which is what the user knows."""
    try:
        return make()
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(target)) from error


def _is_export(path: Path) -> bool:
    """Return whether a file is empty or begins as our exports and codebooks do, of any version."""
    with path.open("rb") as stream:
        first = stream.readline(_FIRST_LINE).decode("utf-8", "replace").strip()
    names = [column.name for column in COLUMNS[:3]]
    if first.startswith("{"):
        try:
            return list(json.loads(first))[:3] == names
        except ValueError:
            return False
    return first in ("", TITLE, training.HEAD) or first.split(",")[:3] == names
