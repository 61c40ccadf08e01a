"""Web archives: the pages of news in a WARC file (ISO 28500), as the Common Crawl's CC-NEWS has them.

The records are cut apart here, so that one with a false length, or damage, costs no other; FastWARC parses
each and decodes its payload. Needs the extra ``archives``.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from onrecord.article import Page
from onrecord.errors import InputError, LimitError, MissingExtraError, NoArticleError
from onrecord.reading import decode
from onrecord.reading.doubts import LOGGER
from onrecord.reading.item import Item, now, position
from onrecord.reading.limits import MAX_BYTES
from onrecord.reading.streams import read_some

MAGIC: Final = b"WARC/"
#: Bytes of a record's header at most; FastWARC's own limit.
_MAX_HEADER: Final = 32_768
_BLOCK: Final = 1 << 20
_HTML: Final = frozenset({"text/html", "application/xhtml+xml"})
_LENGTH: Final = re.compile(rb"\r?\ncontent-length:[ \t]*(\d{1,19})[ \t]*\r?\n", re.IGNORECASE)
_TYPE: Final = re.compile(rb"\r?\nwarc-type:[ \t]*([a-z]+)", re.IGNORECASE)
#: A record's first line behind the end of another.
_NEXT: Final = re.compile(rb"\nWARC/[01]\.\d+\r?\n(?=[A-Za-z-]+:)")
#: How far the mark of the next record may lie across the end of a block.
_OVERLAP: Final = 64


@dataclass(frozen=True, slots=True)
class _Record:
    """Number of a record in the file, from 1; its header and its block, or what is wrong with it."""

    number: int
    header: bytes
    block: bytes = b""
    error: str | None = None


def read_archive(
    stream: BinaryIO,
    path: str,
    given: Mapping[str, str],
    wanted: str | None,
    file: BinaryIO,
    resume: Callable[[], bool],
) -> Iterator[Item | InputError]:
    """Yield the pages of a web archive, each named by its address, or by its record's number.

    A page is a response of status 200 with HTML. Other records are passed over; how many is told.

    Args:
        stream: the archive, unpacked.
        path: its name.
        given: what the user says of it.
        wanted: number or address of the only record wanted.
        file: what is read for it, packed or not.
        resume: goes on behind damage in what is packed, and tells whether it could.

    Raises:
        InputError: the extra is missing, or it cannot be read on; the pages before that have been yielded.
    """
    try:
        from fastwarc.warc import WarcRecord
    except ImportError as error:
        raise InputError(path, str(MissingExtraError("archives", "reading web archives"))) from error
    seen: set[int] = set()
    passed = pages = 0
    for record in _Records(stream, resume):
        name = str(record.number)
        if record.error is not None:
            if wanted in (None, name):
                pages += 1
                yield InputError(f"{path}#{name}", f"{record.error}; the record is left out")
            continue
        if wanted is not None and wanted.isdecimal() and wanted != name:
            continue
        found = _parse(WarcRecord, record)
        if found is None:
            passed += 1
            continue
        url = found.headers.get("WARC-Target-URI", "").strip("<> ")
        if wanted is not None and wanted not in (name, url):
            continue
        if url and len(url) <= 2_000 and hash(url) not in seen:
            seen.add(hash(url))
            name = url
        pages += 1
        try:
            yield Item(f"{path}#{name}", _page(found, url, f"{path}#{name}", given), position(file))
        except InputError as error:
            yield error
        if wanted is not None:
            return
    if wanted is not None:
        raise InputError(f"{path}#{wanted}", "no page with this address or number of its record")
    if passed:
        LOGGER.warning("%s: %s of its records are no pages of news and are passed over", path, f"{passed:,}")
    if not pages:
        raise NoArticleError(path, "is a web archive without a page of HTML")


def _parse(record_class: Any, record: _Record) -> Any:
    """Return a response of status 200 with HTML, its payload not yet decoded; ``None`` for other records."""
    kind = _TYPE.search(record.header)
    if kind is None or kind[1].lower() != b"response":
        return None
    try:
        found = record_class.from_bytes(record.header + record.block + b"\r\n\r\n")
        if not found.is_http:
            return None
        found.parse_http()
    except (OSError, ValueError):
        return None
    media = (found.http_content_type or "").lower()
    if found.http_headers.status_code != 200 or (media and media not in _HTML):
        return None
    if not media and not decode.looks_like_html(
        decode.decode(record.block.partition(b"\r\n\r\n")[2][:20_000])
    ):
        return None
    return found


def _page(found: Any, url: str, path: str, given: Mapping[str, str]) -> Page:
    """Return the page of a response.

    Raises:
        LimitError: it is larger than a page may be.
    """
    data = _payload(found)
    if len(data) > MAX_BYTES:
        raise LimitError(path, f"is larger than {MAX_BYTES:,} bytes; the record is left out")
    got = found.headers.get("WARC-Date")
    return Page(
        data=data,
        media_type=decode.HTML,
        charset=found.http_charset,
        url=url if re.match("https?://", url) else None,
        got=got if got and re.match(r"\d{4}-\d\d-\d\dT", got) and len(got) < 40 else now(),
        given=dict(given),
    )


def _payload(found: Any) -> bytes:
    """Return the page as a browser has it: crawlers may keep it packed, or unpack it and keep the header."""
    from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader

    data: bytes = found.reader.read()
    coding = (found.http_headers.get("Transfer-Encoding") or "").lower()
    if "chunked" in coding:
        data = _decoded(ChunkedReader, data)
    coding = (found.http_headers.get("Content-Encoding") or "").lower()
    if "gzip" in coding and data.startswith(b"\x1f\x8b"):
        data = _decoded(GzipReader, data)
    elif coding == "br":
        data = _decoded(BrotliReader, data)
    return data


def _decoded(reader: Any, data: bytes) -> bytes:
    """Return what a reader makes of data, at most one byte more than a page may have; else the data."""
    parts: list[bytes] = []
    size = 0
    try:
        opened = reader(io.BytesIO(data))
        while size <= MAX_BYTES and (part := opened.read(_BLOCK)):
            parts.append(part)
            size += len(part)
    except OSError:
        # Not packed as its header says, or cut short by the crawler: what there is of it is the page.
        return b"".join(parts) or data
    return b"".join(parts) or data


class _Records:
    """The records of an archive. A length that is false is found out by what stands behind the record."""

    def __init__(self, stream: BinaryIO, resume: Callable[[], bool]) -> None:
        self._stream = stream
        self._resume = resume
        self._held = b""
        self._number = 0
        self._broken: InputError | None = None

    def __iter__(self) -> Iterator[_Record]:
        while True:
            cut = False
            while self._begin():
                self._number += 1
                record = self._next()
                if record.error is not None and self._broken is not None:
                    self._held, cut = b"", True  # Told below, with what is behind it.
                    break
                yield record
            if self._broken is None:
                return
            if not self._resume():
                raise self._broken
            broken, self._broken = self._broken, None
            self._number += not cut
            yield _Record(self._number, b"", error=broken.reason)

    def _more(self) -> bytes:
        """Return the next bytes; none at the end, and where the rest cannot be read for now."""
        if self._broken is not None:
            return b""
        try:
            return read_some(self._stream, _BLOCK)
        except InputError as error:
            self._broken = error
            return b""

    def _fill(self, size: int) -> bool:
        """Hold at least so many bytes; tell whether there are that many."""
        if len(self._held) < size:
            parts = [self._held]
            missing = size - len(self._held)
            while missing > 0 and (more := self._more()):
                parts.append(more)
                missing -= len(more)
            self._held = b"".join(parts)
        return len(self._held) >= size

    def _begin(self) -> bool:
        """Go to the next record; tell whether there is one."""
        while self._fill(1):
            self._held = self._held.lstrip(b"\r\n")
            if self._held:
                return True
        return False

    def _next(self) -> _Record:
        self._fill(_MAX_HEADER)
        end = self._held.find(b"\r\n\r\n", 0, _MAX_HEADER)
        if not self._held.startswith(MAGIC) or end < 0:
            what = "has no header of a record" if end >= 0 else "has a header without an end"
            return self._give_up(what, 1)
        header, start = self._held[: end + 4], end + 4
        length = _LENGTH.search(header)
        size = int(length[1]) if length else -1
        if size < 0:
            return self._give_up("does not say how long it is", start)
        if size > MAX_BYTES:
            return self._give_up(f"is said to be {size:,} bytes long, at most {MAX_BYTES:,} are read", start)
        whole = self._fill(start + size + _OVERLAP)
        if len(self._held) < start + size:
            error = "breaks off before its end, or is not as long as it says"
            return self._give_up(error, start)
        behind = self._held[start + size : start + size + _OVERLAP]
        if (whole or behind.strip()) and not re.match(rb"[\r\n]+WARC/|\r?\n\r?\n|[\r\n]*\Z", behind):
            return self._give_up("is not as long as it says", start)
        block = self._held[start : start + size]
        self._held = self._held[start + size :]
        return _Record(self._number, header, block)

    def _give_up(self, error: str, start: int) -> _Record:
        """Go to what looks like the next record, and return what was wrong with this one."""
        header, self._held = self._held[:start], self._held[start:]
        while True:
            found = _NEXT.search(self._held)
            if found:
                self._held = self._held[found.start() :]
                break
            self._held = self._held[-_OVERLAP:]
            more = self._more()
            if not more:
                self._held = b""
                break
            self._held += more
        return _Record(self._number, header, error=error)
