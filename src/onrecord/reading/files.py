"""Files of every kind: which a source names, what one holds, and the pages in it.

What a file holds is told from its bytes; the ending of its name helps only where they do not tell.
"""

from __future__ import annotations

import glob
import os
import re
import stat
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Final

from onrecord.article import Page
from onrecord.errors import InputError, LimitError
from onrecord.reading import decode, press, rows, streams, warc, wire
from onrecord.reading.doubts import tell_skipped
from onrecord.reading.item import Item, now
from onrecord.reading.limits import MAX_BYTES
from onrecord.reading.pages import kind_of

_PAGES: Final = {
    ".html": decode.HTML,
    ".htm": decode.HTML,
    ".xhtml": decode.HTML,
    ".shtml": decode.HTML,
    ".txt": decode.PLAIN,
    ".text": decode.PLAIN,
    ".md": decode.PLAIN,
}
#: Looked for in folders: a JSON file there is as likely to be something else, so it must be named.
IN_FOLDERS: Final = frozenset({*_PAGES, *rows.SUFFIXES, ".warc", ".docx", ".rtf"} - {".json"})
#: Bytes that are looked at to tell what a file holds.
_HEAD: Final = 65_536
_URL: Final = re.compile(r"^[a-z][a-z0-9+.\-]*://", re.IGNORECASE)
#: Folders that browsers make beside a saved page.
_COMPANION: Final = re.compile(r"(?:_files|\.files|_Dateien|_fichiers|_archivos)$")


def is_url(source: str) -> bool:
    """Tell whether a source is an address of whatever scheme."""
    return bool(_URL.match(source))


def files(source: str, *, tell: bool = True) -> Iterator[str | InputError]:
    """Yield the inputs that a source is or holds, in order of name.

    Args:
        source: a file, a URL or ``-``, which are yielded as they are; a folder, with all below it; or a
            pattern (``news/*.html.gz``, ``**`` for folders of any depth) as shells have them.
        tell: warn of what is passed over in a folder.
    """
    if _is_pattern(source):
        found = sorted(glob.glob(source, recursive=True))  # noqa: PTH207 - a Path would drop the leading "./"
        for path in found:
            yield from _below(path, tell) if Path(path).is_dir() else (path,)
        if not found:
            yield InputError(source, "no file has a name of this pattern")
    elif source and Path(source).is_dir():
        yield from _below(source, tell)
    else:
        yield source


def _is_pattern(source: str) -> bool:
    """Tell whether a source is a pattern: a file of that very name goes first."""
    if not glob.has_magic(source) or is_url(source) or "\0" in source:
        return False
    return not Path(source).exists() and not _split(source)[0].is_file()


def _below(folder: str, tell: bool) -> Iterator[str | InputError]:
    """Yield the files of a folder that may hold news; without any, the folder: reading it says so."""
    skipped: Counter[str] = Counter()
    found = False
    for path in _walk(folder, skipped):
        found = True
        yield path
    if tell:
        tell_skipped(folder, skipped)
    if not found:
        yield folder


def _walk(folder: str, skipped: Counter[str]) -> Iterator[str | InputError]:
    """Yield the files below a folder that may hold news, by name; count the others by their ending."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and not _COMPANION.search(name)
        )
        for name in sorted(names):
            path = Path(place, name)
            if name.startswith("."):
                continue
            known = Path(streams.bare(name)).suffix in IN_FOLDERS
            if not known and not (path.is_file() and wire.is_news(path)):
                skipped[path.suffix.lower()] += 1
            elif path.is_file():
                yield str(path)
            else:  # To open a pipe or device that nobody named could block for ever.
                yield InputError(str(path), "is not a file; a pipe is read only when it is named itself")


def read_file(path: str, given: Mapping[str, str]) -> Iterator[Item | InputError]:
    """Yield the pages of a file, or the one of them that ``FILE#N`` names.

    Raises:
        InputError: it cannot be opened, or not be read on; the pages before that have been yielded.
    """
    file, name = Path(path), None
    if not file.exists() and "#" in path:
        file, name = _split(path)
    try:
        status = file.stat()
        if stat.S_ISDIR(status.st_mode) or not (
            stat.S_ISREG(status.st_mode) or stat.S_ISFIFO(status.st_mode)
        ):
            raise InputError(path, "is not a file")
        with file.open("rb") as stream:
            yield from read_stream(stream, str(file), Path(streams.bare(file.name)).suffix, given, name)
    except FileNotFoundError as error:
        raise InputError(path, "no such file or folder") from error
    except OSError as error:
        raise InputError(path, f"cannot be opened: {error.strerror or error}") from error
    except ValueError as error:
        raise InputError(path, f"is no name of a file ({error})") from error


def _split(path: str) -> tuple[Path, str]:
    """Cut ``FILE#name`` where the file ends: the name, an address, may have a ``#`` of its own."""
    end = path.find("#")
    while end >= 0:
        if Path(path[:end]).is_file():
            return Path(path[:end]), path[end + 1 :]
        end = path.find("#", end + 1)
    file, _, name = path.rpartition("#")
    return Path(file), name


def read_stream(
    stream: BinaryIO, path: str, suffix: str | None, given: Mapping[str, str], wanted: str | None = None
) -> Iterator[Item | InputError]:
    """Yield what a stream holds: one page, or those of a table or an archive.

    Args:
        stream: the file.
        path: its name.
        suffix: the ending of its name without that of its packing; ``None`` for standard input.
        given: what the user says of it.
        wanted: number or id of the only page wanted.

    Raises:
        InputError: it cannot be read on; the pages before that have been yielded.
    """
    file, head = stream, stream.read(_HEAD)
    unpacked = streams.unpack(head, stream, path)
    if unpacked is not None:
        stream, head = unpacked, _read_head(unpacked)
    stream = streams.rejoin(head, stream)
    if head.startswith(warc.MAGIC):
        yield from warc.read_archive(stream, path, given, wanted, file, streams.resume_of(unpacked))
        return
    kind = _table_kind(head, suffix)
    if kind in (None, "json") and wire.kind_of(head) is not None:
        yield from _read_wire(read_whole(stream, path), path, given, wanted)
        return
    if kind is not None:
        decode.refuse_binary(head, path)
        yield from rows.read_table(stream, kind, path, given, wanted, file)
        return
    data = read_whole(stream, path)
    if press.is_document(head) or press.may_be_export(data):
        export = press.read_export(data, path, given, wanted)
        if export is not None:
            yield from export
            return
    if wanted is not None:
        raise InputError(f"{path}#{wanted}", "is no table with rows")
    media = _PAGES.get(suffix or "")
    if media is None or not _may_be(media, data):
        media = kind_of(data)
    yield Item(path, Page(data=data, media_type=media, got=now(), given=dict(given)))


def _read_wire(
    data: bytes, path: str, given: Mapping[str, str], wanted: str | None
) -> Iterator[Item | InputError]:
    """Yield the items that a wire service sent; with ``wanted`` the one of that number or id only."""
    for number, entry in enumerate(wire.items(data, path), start=1):
        if isinstance(entry, InputError):
            if wanted in (None, str(number)):
                yield entry
            continue
        if wanted is not None and wanted not in (entry.name, str(number)):
            continue
        page = Page(data=entry.data, media_type=entry.media_type, got=now(), given=dict(given))
        yield Item(path if entry.name is None else f"{path}#{entry.name}", page)
        if wanted is not None:
            return
    if wanted is not None:
        raise InputError(f"{path}#{wanted}", "no item with this number or id")


def _read_head(stream: BinaryIO) -> bytes:
    """Return the first bytes of what is unpacked, fewer where it breaks off: what follows says so."""
    head = b""
    try:
        while len(head) < _HEAD and (more := streams.read_some(stream, _HEAD - len(head))):
            head += more
    except InputError:
        if not head:
            raise
    return head


def read_whole(stream: BinaryIO, path: str) -> bytes:
    """Return all of an input that is one page.

    Raises:
        LimitError: it is larger than that may be.
    """
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise LimitError(
            path,
            f"is larger than {MAX_BYTES:,} bytes; if it holds many articles, split it or make a table of it",
        )
    return data


def _table_kind(head: bytes, suffix: str | None) -> str | None:
    """Return which kind of table this is, if it is one."""
    if suffix in rows.SUFFIXES:
        return rows.SUFFIXES[suffix]
    kind = rows.sniff_table(head)
    # A text may begin with a line that could be the names of columns.
    return kind if suffix not in _PAGES or kind == "jsonl" else None


def _may_be(media: str, data: bytes) -> bool:
    """Tell whether a page can be of the kind that the ending of its name says."""
    if media == decode.PLAIN:
        return not decode.looks_like_html(decode.decode(data[:20_000]))
    return b"<" in data or b"<" in decode.decode(data[:20_000]).encode()
