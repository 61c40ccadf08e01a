"""Streams of bytes: read ahead and rejoined, unpacked (gzip, zstd), and as lines of text."""

from __future__ import annotations

import codecs
import io
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final, cast

from onrecord.errors import InputError, LimitError, MissingExtraError
from onrecord.reading import decode, limits
from onrecord.reading.doubts import LOGGER
from onrecord.reading.limits import MAX_ROW

GZIP: Final = b"\x1f\x8b"
#: A member with the only method there is.
_MEMBER: Final = GZIP + b"\x08"
ZSTD: Final = b"\x28\xb5\x2f\xfd"
#: A frame that zstd passes over (RFC 8878, 3.1.2): WARC files keep their dictionary in one, before the first.
_ZSTD_SKIPPABLE: Final = b"\x5d\x2a\x4d\x18"
_SUFFIXES: Final = (".gz", ".zst")
#: Bytes of a table that are decoded at a time, and that are looked at to tell its encoding.
_BLOCK: Final = 65_536
_AHEAD: Final = 1_000_000


def bare(name: str) -> str:
    """Return the name of a file without the ending that says it is packed, in lower case."""
    name = name.lower()
    return next((name.removesuffix(suffix) for suffix in _SUFFIXES if name.endswith(suffix)), name)


def rejoin(head: bytes, stream: BinaryIO) -> BinaryIO:
    """Return a stream as it was before its head was read."""
    return cast(BinaryIO, io.BufferedReader(_Rejoined(head, stream), _BLOCK))


def read_some(stream: BinaryIO, most: int) -> bytes:
    """Return what is there of a stream; unlike ``read`` it loses nothing where the rest is damaged."""
    data: bytes = stream.read1(most)  # type: ignore[attr-defined]
    return data


def unpack(head: bytes, stream: BinaryIO, path: str) -> BinaryIO | None:
    """Return what is packed in a stream with gzip (RFC 1952) or zstd (RFC 8878), ``None`` if nothing is.

    Args:
        head: its first bytes, which have been read.
        stream: the rest.
        path: its name, for errors.

    Raises:
        InputError: zstd, without the extra ``archives``. To read from what is returned raises it where the
            data are damaged or break off, after all that came before.
        LimitError: so raises it, too, where it grows beyond all measure.
    """
    if head.startswith(GZIP):
        return cast(BinaryIO, io.BufferedReader(_Gunzip(head, stream, path), _BLOCK))
    if head.startswith((ZSTD, _ZSTD_SKIPPABLE)):
        return cast(BinaryIO, io.BufferedReader(_Unzstd(head, stream, path), _BLOCK))
    return None


def resume_of(unpacked: BinaryIO | None) -> Callable[[], bool]:
    """Return what goes on behind damage in a packed stream, and tells whether it could."""
    raw = getattr(unpacked, "raw", None)
    return raw.resume if isinstance(raw, _Unpacked) else lambda: False


class _Rejoined(io.RawIOBase):
    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = head
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._head[: len(buffer)] or read_some(self._stream, len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)


class _Unpacked(io.RawIOBase):
    """Packed data, unpacked as they are read; what grows beyond measure is not read on."""

    kind = ""

    def __init__(self, head: bytes, stream: BinaryIO, path: str) -> None:
        self._stream = _Rejoined(head, stream)
        self._path = path
        self._taken = self._given = 0
        self._error: InputError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._error is not None:
            raise self._error
        try:
            data = self._unpack(len(buffer))
            self._given += len(data)
            self._require_measure()
        except InputError as error:
            self._error = error
            raise
        buffer[: len(data)] = data
        return len(data)

    def _require_measure(self) -> None:
        if self._given > limits.UNPACKED_BYTES and self._given > limits.UNPACKED_RATIO * self._taken:
            raise LimitError(
                self._path,
                f"unpacks to more than {limits.UNPACKED_RATIO} times its size; nothing after byte "
                f"{self._given:,} is read",
            )

    def _unpack(self, most: int) -> bytes:
        raise NotImplementedError

    def resume(self) -> bool:
        """Go on behind what could not be read, if there is such a place."""
        return False

    def read_packed(self, size: int = _BLOCK) -> bytes:
        """Return the next packed bytes."""
        data = self._stream.read(size) or b""
        self._taken += len(data)
        return data

    def _damage(self, reason: object) -> InputError:
        return InputError(self._path, f"is a {self.kind} file with damaged data ({reason}); pack it anew")


class _Gunzip(_Unpacked):
    """Any number of gzip members, one after the other, as archives have them."""

    kind = "gzip"

    def __init__(self, head: bytes, stream: BinaryIO, path: str) -> None:
        super().__init__(head, stream, path)
        self._packed = b""
        self._member: zlib._Decompress | None = None

    def _unpack(self, most: int) -> bytes:
        while True:
            if len(self._packed) < len(GZIP):
                more = self.read_packed()
                self._packed += more
                if not more:
                    return self._end()
            if self._member is None and not self._begin():
                return b""
            assert self._member is not None
            try:
                data = self._member.decompress(self._packed, most)
            except zlib.error as error:
                raise self._damage(error) from error
            self._packed = self._member.unconsumed_tail
            if self._member.eof:
                self._packed = self._member.unused_data
                self._member = None
            if data:
                return data

    def _begin(self) -> bool:
        """Start on the next member; tell whether there is one: blocks of a tape are filled up with zeros."""
        self._packed = self._packed.lstrip(b"\0")
        if not self._packed and (more := self.read_packed()):
            self._packed = more
            return self._begin()
        if self._packed.startswith(GZIP[: len(self._packed) or 1]):
            self._member = zlib.decompressobj(wbits=31)
            return True
        if _MEMBER in self._packed:
            raise self._damage("it does not begin as gzip does")
        if self._packed:
            LOGGER.warning("%s: what follows its gzip data is left out", self._path)
            self._packed = b""
        return False

    def resume(self) -> bool:
        """Go to what looks like the next member: archives pack each record on its own."""
        self._member = None
        self._packed = self._packed[1:]
        while (start := self._packed.find(_MEMBER)) < 0:
            more = self.read_packed()
            if not more:
                return False
            self._packed = self._packed[-len(_MEMBER) + 1 :] + more
        self._packed = self._packed[start:]
        self._error = None
        self._taken = self._given = 0
        return True

    def _end(self) -> bytes:
        if self._member is None and not self._packed:
            return b""
        raise InputError(
            self._path, "is a gzip file that breaks off before its end; what is whole before that was read"
        )


class _Unzstd(_Unpacked):
    kind = "zstd"

    def __init__(self, head: bytes, stream: BinaryIO, path: str) -> None:
        super().__init__(head, stream, path)
        try:
            from fastwarc.stream_io import ZstdReader
        except ImportError as error:
            raise InputError(path, str(MissingExtraError("archives", "reading zstd"))) from error
        self._reader = ZstdReader(_Taken(self))

    def _unpack(self, most: int) -> bytes:
        try:
            return self._reader.read(most)
        except OSError as error:
            if "incomplete" in str(error):
                raise InputError(
                    self._path,
                    "is a zstd file that breaks off before its end; what is whole before that was read",
                ) from error
            raise self._damage(error) from error


class _Taken:
    """The packed side of a stream, for a library that reads from it and asks how far it is."""

    def __init__(self, unpacked: _Unpacked) -> None:
        self._unpacked = unpacked
        self._place = 0

    def read(self, size: int = -1) -> bytes:
        data = self._unpacked.read_packed(size if size > 0 else _BLOCK)
        self._place += len(data)
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        if (offset, whence) not in ((0, io.SEEK_CUR), (self._place, io.SEEK_SET)):
            raise io.UnsupportedOperation("packed data are read in their order")
        return self._place

    def tell(self) -> int:
        return self._place

    def close(self) -> None:
        """Leave the file open: who opened it closes it."""


def lines(stream: BinaryIO) -> Iterator[str]:
    """Yield the decoded lines of a table, read as they are asked for; a line is cut where a row must end."""
    source = io.BufferedReader(_AsUtf8(stream), _BLOCK)
    with io.TextIOWrapper(source, encoding="utf-8", errors="replace", newline="") as text:
        while line := text.readline(MAX_ROW + 1):
            rest = line
            while len(rest) > MAX_ROW and not rest.endswith("\n"):
                rest = text.readline(MAX_ROW + 1)
            yield line


class _AsUtf8(io.RawIOBase):
    """A stream of text in UTF-8, whatever its encoding.

    UTF-8 is believed until the first byte that is none. If all before it is ASCII, the encoding is told from
    what comes next; else that byte is damage.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        head = read_some(stream, _BLOCK)
        self._next: bytes | None = head
        self._ready = b""
        self._ascii = True
        wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        self._decoder = _decoder("utf-16") if wide else _decoder("utf-8-sig", "strict")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ready and self._next is not None:
            data = self._next or read_some(self._stream, _BLOCK)
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
