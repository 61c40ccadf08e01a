"""What kind of input some bytes are, and their text."""

from __future__ import annotations

import codecs
import re
from typing import Final

from resiliparse.parse.encoding import detect_encoding, map_encoding_to_html5

from onrecord.errors import InputError, NoArticleError

HTML: Final = "text/html"
PLAIN: Final = "text/plain"
ROW: Final = "application/json"

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC: Final = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"\x89PNG", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"RIFF", "a RIFF media file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\0", "a SQLite database"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
)
_META_CHARSET: Final = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.\-]{2,40})", re.IGNORECASE
)
_HTML_START: Final = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
#: What may stand before it, and how it ends.
_BEFORE_HTML: Final = (("<!--", "-->"), ("<?xml", ">"))
_CONTROL: Final = bytes(set(range(32)) - {9, 10, 12, 13, 27} | {127})


def refuse_binary(data: bytes, path: str) -> None:
    """Raise if the bytes are empty or no text.

    Raises:
        NoArticleError: there is nothing in it.
        InputError: it is a picture, an archive or another binary format.
    """
    if not data.strip():
        raise NoArticleError(path, "is empty")
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise InputError(
                path, f"is {name}, not a page of news; save it as HTML or text, or unpack it first"
            )
    sample = data[:65_536]
    if _guess_wide(sample) or any(data.startswith(bom) for bom, _ in _BOMS):
        return
    control = len(sample) - len(sample.translate(None, _CONTROL))
    if control > max(8, len(sample) // 50):
        raise InputError(path, "is binary data, not text; onrecord reads HTML, plain text and tables")


def decode(data: bytes, charset: str | None = None, *, markup: bool = False) -> str:
    """Turn bytes into text without a byte order mark; what cannot be decoded becomes U+FFFD.

    A byte order mark decides; then the bytes themselves, if they are valid UTF-8; then what the server
    and, with ``markup``, the page declare, if the bytes are valid in it; then the detector of resiliparse
    (uchardet). Labels come after the UTF-8 check since wrong ones are common and text in other encodings
    is almost never valid UTF-8 by chance.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(name, "replace")
    wide = _guess_wide(data[:4_096])
    if wide:
        return data.decode(wide, "replace")
    if b"\x1b$" not in data[:65_536]:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            if _nearly_utf8(data):
                return data.decode("utf-8", "replace")
    declared = [charset] if charset else []
    if markup:
        declared += [name.decode("ascii") for name in _META_CHARSET.findall(data[:4_096])]
    for label in [*declared, detect_encoding(data, max_len=131_072)]:
        codec = _codec(label)
        if codec:
            try:
                return data.decode(codec)
            except (UnicodeDecodeError, LookupError):
                continue
    return data.decode(_codec(detect_encoding(data)) or "cp1252", "replace")


def charset_of(sample: bytes) -> str:
    """Return the encoding of bytes that are not all ASCII, as :func:`decode` finds it.

    Args:
        sample: the start of a longer text; its last character may be cut.
    """
    if _nearly_utf8(sample):
        return "utf-8"
    lines = b"\n".join(line for line in sample.split(b"\n") if not line.isascii())
    codec = _codec(detect_encoding(lines, max_len=131_072))
    if codec and codec != "utf-8":
        try:
            codecs.getincrementaldecoder(codec)().decode(sample)
        except (UnicodeDecodeError, LookupError):
            return "cp1252"
        return codec
    return "cp1252"


def normalise_lines(text: str) -> str:
    """Return the text with CR LF turned into LF and no byte order mark; nothing else is changed."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def looks_like_html(text: str) -> bool:
    """Tell whether a text starts as an HTML document does, behind blanks, comments and a line of XML."""
    text = text[:10_000].lstrip()
    while end := next((end for start, end in _BEFORE_HTML if text[:5].lower().startswith(start)), None):
        _, found, text = text.partition(end)
        if not found:
            return False
        text = text.lstrip()
    return bool(_HTML_START.match(text))


def _codec(label: str | None) -> str | None:
    """Return Python's codec for a label, by the web's rules (ISO-8859-1 means windows-1252)."""
    if not label:
        return None
    try:
        name = map_encoding_to_html5(label.strip().lower(), fallback_utf8=False)
        codec = codecs.lookup(name) if name else None
    except (LookupError, ValueError, TypeError):
        return None
    # UTF-16 without its byte order mark or zero bytes is a wrong label.
    return codec.name if codec and not codec.name.startswith("utf-16") else None


def _guess_wide(sample: bytes) -> str | None:
    """Tell UTF-16 without a byte order mark by where its zero bytes stand."""
    if len(sample) < 8:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.4 and odd < half * 0.05 else None


def _nearly_utf8(data: bytes) -> bool:
    """Tell UTF-8 with a few broken bytes from another encoding."""
    text = data[:1_000_000].decode("utf-8", "replace")
    broken = text.count("\ufffd")
    good = sum(character > "\x7f" for character in text) - broken
    return broken * 10 <= good
