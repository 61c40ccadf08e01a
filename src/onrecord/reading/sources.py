"""Where articles come from: files, folders, tables, standard input, URLs."""

from __future__ import annotations

import codecs
import io
import json
import os
import re
import stat
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from onrecord.article import Article, Page
from onrecord.errors import InputError, LimitError, NoArticleError
from onrecord.reading import decode, fetch, tables
from onrecord.reading.dates import parse_declared
from onrecord.reading.doubts import Doubts, tell_skipped
from onrecord.reading.limits import MAX_BYTES, MAX_ROW
from onrecord.reading.pages import kind_of, reread

_KINDS: Final = {
    ".html": decode.HTML,
    ".htm": decode.HTML,
    ".xhtml": decode.HTML,
    ".shtml": decode.HTML,
    ".txt": decode.PLAIN,
    ".text": decode.PLAIN,
    ".md": decode.PLAIN,
}
_TABLES: Final = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "\t",
    ".tab": "\t",
    ".json": "json",
}
#: Looked for in folders: a JSON file there is as likely to be something else, so it must be named.
_IN_FOLDERS: Final = frozenset({*_KINDS, *_TABLES} - {".json"})
#: Bytes of a table that are decoded at a time, and that are looked at to tell its encoding.
_BLOCK: Final = 65_536
_AHEAD: Final = 1_000_000
_URL: Final = re.compile(r"^[a-z][a-z0-9+.\-]*://", re.IGNORECASE)
#: Folders that browsers make beside a saved page.
_COMPANION: Final = re.compile(r"(?:_files|\.files|_Dateien|_fichiers|_archivos)$")


def read(
    source: str | Path,
    *,
    outlet: str | None = None,
    published: str | None = None,
    allow_private: bool = False,
) -> Article:
    """Read one article from a file, a row of a table (``FILE#N``), an http(s) URL or standard input (``-``).

    Args:
        source: where it is.
        outlet: who published it, where the page does not say so itself.
        published: ISO 8601 day or time, where the page does not say so itself.
        allow_private: fetch from private and loopback addresses too.

    Raises:
        InputError: it cannot be read, or the source holds several articles.
    """
    path = str(source)
    if Path(path).is_dir():
        raise InputError(
            path,
            "is a folder; read_all() and the commands that take many inputs (read, extract, add) read it",
        )
    found: Article | None = None
    for item in read_all([path], outlet=outlet, published=published, allow_private=allow_private):
        if found is not None:
            raise InputError(path, f"holds several articles; name one as {path}#1, or use read_all()")
        if isinstance(item, InputError):
            raise item
        found = item
    if found is None:
        raise NoArticleError(path, "holds no articles")
    return found


def read_all(
    sources: Iterable[str | Path],
    *,
    outlet: str | None = None,
    published: str | None = None,
    columns: Mapping[str, str] | None = None,
    allow_private: bool = False,
) -> Iterator[Article | InputError]:
    """Read every article of every source; what fails is yielded as its error and the rest goes on.

    Args:
        sources: one or many: files, folders (with all below them, by name), tables of articles (JSON
            lines, CSV, TSV), one row of a table (``FILE#N``, ``FILE#id``), http(s) URLs, ``-`` for standard
            input.
        outlet: who published them, where a page does not say so itself.
        published: ISO 8601, where a page does not say so itself.
        columns: field -> column of a table, where its name does not tell.
        allow_private: fetch from private and loopback addresses too.

    Yields:
        Articles, and errors in the place of those that cannot be read.

    Raises:
        InputError: ``published`` is no date, or ``columns`` names no field. Nothing has been read then.
    """
    if isinstance(sources, str | Path):
        sources = [sources]
    return _read_each(sources, said_of(outlet, published, columns), allow_private)


def said_of(
    outlet: str | None = None, published: str | None = None, columns: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return what a user says of pages as the values of :attr:`onrecord.article.Page.given`.

    Raises:
        InputError: ``published`` is no date, or ``columns`` names no field.
    """
    given = tables.given_columns(columns)
    if outlet:
        given["outlet"] = outlet
    if published:
        day = parse_declared(published)
        if day is None:
            raise InputError(published, "is no date; write it as 2012-12-22 or 2012-12-22T15:49")
        given["published"] = day
    return given


def read_bytes(
    data: bytes,
    *,
    path: str,
    media_type: str | None = None,
    charset: str | None = None,
    url: str | None = None,
    given: Mapping[str, str] | None = None,
) -> Article:
    """Read an article from bytes in memory.

    Args:
        data: a page of HTML, a plain text, or one row of a table as a JSON object.
        path: its name, for the article and for errors.
        media_type: ``text/html``, ``text/plain`` or ``application/json``; guessed when ``None``.
        charset: what the server declared.
        url: where it was fetched.
        given: what the page does not say of itself: ``outlet``, ``published``, ``column:FIELD``.

    Raises:
        InputError: it cannot be read.
    """
    kind = media_type or kind_of(data, charset)
    return reread(Page(data=data, media_type=kind, charset=charset, url=url, given=dict(given or {})), path)


@dataclass(frozen=True, slots=True)
class Item:
    """One page of an input, not yet read.

    Attributes:
        path: the input as given; for one of many in a file ``FILE#N`` or ``FILE#id``.
        page: its bytes, with what is said of them.
        reached: where in the file the next item begins, in bytes, when that is known.
    """

    path: str
    page: Page
    reached: int | None = None


def files(source: str, *, tell: bool = True) -> Iterator[str | InputError]:
    """Yield the inputs that a source is or holds: the files of a folder, in order of name; else itself.

    Args:
        source: a file, a folder, a URL or ``-``.
        tell: warn of what is passed over in a folder.
    """
    if not source or not Path(source).is_dir():
        yield source
        return
    skipped: Counter[str] = Counter()
    found = False
    for path in _walk(source, skipped):
        found = True
        yield path
    if tell:
        tell_skipped(source, skipped)
    if not found:
        yield source  # To read it says what is wrong with it.


def items(path: str, given: Mapping[str, str], *, allow_private: bool = False) -> Iterator[Item | InputError]:
    """Yield the pages of one input in their order, without reading what they say.

    The same file gives the same items under the same names. What cannot be got is yielded as its error, under
    the name of the item, or under that of the input where its rest is lost.

    Args:
        path: a file, a URL, ``-``, or a folder.
        given: what the user says of them (:func:`said_of`).
        allow_private: fetch from private and loopback addresses too.
    """
    try:
        if not path:
            yield InputError("''", "an empty name; give a file, a folder, a URL or - for standard input")
        elif path == "-":
            yield from _read_stream(sys.stdin.buffer, path, None, given)
        elif _URL.match(path):
            yield Item(path, _fetch(path, given, allow_private))
        elif Path(path).is_dir():
            yield from _read_folder(path, given)
        else:
            yield from _read_file(path, given)
    except InputError as error:
        yield error


def _read_each(
    sources: Iterable[str | Path], given: Mapping[str, str], allow_private: bool
) -> Iterator[Article | InputError]:
    for source in sources:
        for item in items(str(source), given, allow_private=allow_private):
            try:
                yield item if isinstance(item, InputError) else reread(item.page, item.path)
            except InputError as error:
                yield error


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def read_url(
    url: str,
    given: Mapping[str, str],
    allow_private: bool = False,
    on_redirect: Callable[[str], None] | None = None,
) -> Article:
    """Fetch and read one page.

    Args:
        url: an http or https address.
        given: what the user says of it.
        allow_private: fetch from private and loopback addresses too.
        on_redirect: as in :func:`onrecord.reading.fetch.ask`.

    Raises:
        InputError: it cannot be fetched or read.
    """
    return reread(_fetch(url, given, allow_private, on_redirect), url)


def _fetch(
    url: str, given: Mapping[str, str], allow_private: bool, on_redirect: Callable[[str], None] | None = None
) -> Page:
    page = fetch.fetch(url, allow_private=allow_private, on_redirect=on_redirect)
    kind = page.media_type if page.media_type == decode.PLAIN else decode.HTML
    return replace(page, media_type=kind, got=_now(), given=dict(given))


def _read_folder(folder: str, given: Mapping[str, str]) -> Iterator[Item | InputError]:
    """Read every page, text and table below a folder, in order of name; other files are passed over."""
    any_file = False
    skipped: Counter[str] = Counter()
    for path in _walk(folder, skipped):
        any_file = True
        try:
            if isinstance(path, InputError):
                raise path
            yield from _read_file(path, given)
        except InputError as error:
            yield error
    tell_skipped(folder, skipped)
    if not any_file:
        raise NoArticleError(
            folder, "holds no news: no " + ", ".join(sorted(_IN_FOLDERS)) + " file in it or below it"
        )


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
            if path.suffix.lower() not in _IN_FOLDERS:
                skipped[path.suffix.lower()] += 1
            elif path.is_file():
                yield str(path)
            else:  # To open a pipe or device that nobody named could block for ever.
                yield InputError(str(path), "is not a file; a pipe is read only when it is named itself")


def _read_file(path: str, given: Mapping[str, str]) -> Iterator[Item | InputError]:
    """Read a file, or the one row of it that ``FILE#N`` names."""
    file, row = Path(path), None
    if not file.exists() and "#" in path:
        name, _, row = path.rpartition("#")
        file = Path(name)
    try:
        status = file.stat()
        if stat.S_ISDIR(status.st_mode) or not (
            stat.S_ISREG(status.st_mode) or stat.S_ISFIFO(status.st_mode)
        ):
            raise InputError(path, "is not a file")
        with file.open("rb") as stream:
            yield from _read_stream(stream, str(file), file.suffix.lower(), given, row)
    except FileNotFoundError as error:
        raise InputError(path, "no such file or folder") from error
    except OSError as error:
        raise InputError(path, f"cannot be opened: {error.strerror or error}") from error
    except ValueError as error:
        raise InputError(path, f"is no name of a file ({error})") from error


def _read_stream(
    stream: BinaryIO, path: str, suffix: str | None, given: Mapping[str, str], row: str | None = None
) -> Iterator[Item | InputError]:
    """Read one page, or the rows of a table."""
    head = stream.read(65_536)
    kind = _TABLES.get(suffix or "") or (None if suffix in _KINDS else _sniff_table(head))
    if kind is None:
        if row is not None:
            raise InputError(f"{path}#{row}", "is no table with rows")
        data = head + stream.read(MAX_BYTES + 1 - len(head))
        if len(data) > MAX_BYTES:
            raise LimitError(
                path,
                f"is larger than {MAX_BYTES:,} bytes; if it holds many articles, split it or make a"
                f" table of it",
            )
        media = _KINDS.get(suffix or "") or kind_of(data)
        yield Item(path, Page(data=data, media_type=media, got=_now(), given=dict(given)))
        return
    decode.refuse_binary(head, path)
    yield from _read_table(stream, head, kind, path, given, row)


def _sniff_table(head: bytes) -> str | None:
    """Tell JSON lines and tables with a header in input without a telling name."""
    line = decode.decode(head).lstrip("\ufeff").lstrip().split("\n", 1)[0]
    if line.startswith("{"):
        try:
            return "jsonl" if isinstance(json.loads(line), dict) else None
        except (ValueError, RecursionError):
            return None
    return tables.guess_delimiter(line) if len(line) < 1_000 and tables.is_header(line) else None


def _read_table(
    stream: BinaryIO, head: bytes, kind: str, path: str, given: Mapping[str, str], wanted: str | None
) -> Iterator[Item | InputError]:
    """Read the rows of a table; with ``wanted`` the row of that number or id only."""
    if kind == "json":
        data = head + stream.read(MAX_BYTES + 1 - len(head))
        if len(data) > MAX_BYTES:
            raise LimitError(
                path, f"is larger than {MAX_BYTES:,} bytes; write it as JSON lines, one article a line"
            )
        rows: Iterator[tables.Row | InputError] = _json_rows(decode.decode(data), path)
    else:
        lines = _lines(stream, head)
        if kind == "csv":
            first = next(lines, "")
            kind = tables.guess_delimiter(first)
            lines = _chain(first, lines)
        rows = tables.read_rows(lines, kind, path)
    seen: set[str] = set()
    number = 0
    doubts = Doubts(path, given)
    for number, row in enumerate(rows, start=1):
        if isinstance(row, InputError):
            if wanted in (None, str(number)):
                yield row
            continue
        name = _row_name(row, number, given, seen)
        if wanted is not None and wanted not in (name, str(number)):
            continue
        if doubts.waits(row, name) and wanted is None:
            continue
        yield from doubts.without_text()
        data = json.dumps(row, ensure_ascii=False).encode("utf-8", "replace")
        page = Page(data=data, media_type=decode.ROW, got=_now(), given=dict(given))
        yield Item(f"{path}#{name}", page)
        if wanted is not None:
            return
    if wanted is not None:
        raise InputError(f"{path}#{wanted}", "no row with this number or id")
    if number == 0:
        raise NoArticleError(path, "is a table without rows")
    doubts.finish()


def _row_name(row: tables.Row, number: int, given: Mapping[str, str], seen: set[str]) -> str:
    """Return a row's id where it has one of its own, else its number."""
    column = tables.find_columns(row, given).get("id")
    value = row.get(column) if column else None
    name = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not name or len(name) > 200 or name in seen:
        return str(number)
    seen.add(name)
    return name


def _json_rows(words: str, path: str) -> Iterator[tables.Row | InputError]:
    """Read a JSON file: an object or a list of objects, or JSON lines under another name."""
    try:
        value = json.loads(words)
    except (ValueError, RecursionError):
        yield from tables.read_rows(tables.split_lines(words), "jsonl", path)
        return
    for number, row in enumerate(value if isinstance(value, list) else [value], start=1):
        yield (
            row
            if isinstance(row, dict)
            else InputError(f"{path}#{number}", "is no JSON object; the row is left out")
        )


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _lines(stream: BinaryIO, head: bytes) -> Iterator[str]:
    """Yield the decoded lines of a table, read as they are asked for; a line is cut where a row must end."""
    source = io.BufferedReader(_AsUtf8(head, stream), 65_536)
    with io.TextIOWrapper(source, encoding="utf-8", errors="replace", newline="") as text:
        while line := text.readline(MAX_ROW + 1):
            rest = line
            while len(rest) > MAX_ROW and not rest.endswith("\n"):
                rest = text.readline(MAX_ROW + 1)
            yield line


class _AsUtf8(io.RawIOBase):
    """A stream of text in UTF-8, whatever its encoding, of which the head has been read.

    UTF-8 is believed until the first byte that is none. If all before it is ASCII, the encoding is told from
    what comes next; else that byte is damage.
    """

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._stream = stream
        self._next: bytes | None = head
        self._ready = b""
        self._ascii = True
        wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        self._decoder = _decoder("utf-16") if wide else _decoder("utf-8-sig", "strict")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ready and self._next is not None:
            data = self._next or self._stream.read(_BLOCK)
            self._next = b"" if data else None
            self._ready = self._decode(data).encode("utf-8", "replace")
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def _decode(self, data: bytes) -> str:
        """Decode the next bytes; none are the end."""
        before = self._decoder.getstate()[0] if self._decoder.errors == "strict" else b""
        last = not data
        try:
            words = self._decoder.decode(data, last)
        except UnicodeDecodeError:
            data = before + data
            if self._ascii:
                data += self._stream.read(_AHEAD)
            self._decoder = _decoder(decode.charset_of(data) if self._ascii else "utf-8")
            return self._decoder.decode(data, last).removeprefix("\ufeff")
        self._ascii = self._ascii and words.isascii()
        return words


def _decoder(charset: str, errors: str = "replace") -> codecs.IncrementalDecoder:
    return codecs.getincrementaldecoder(charset)(errors)
