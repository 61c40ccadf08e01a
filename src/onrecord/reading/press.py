"""What press databases export: hundreds of articles in one DOCX, RTF, HTML or text file.

Whatever the kind of file, its lines are what :mod:`press_nexis` and :mod:`press_factiva` cut into articles.
DOCX and RTF need the extra ``archives``.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Final

import lxml.etree
import lxml.html

from onrecord.article import Page
from onrecord.errors import InputError, LimitError, MissingExtraError, NoArticleError
from onrecord.reading import decode, press_factiva, press_nexis
from onrecord.reading.doubts import LOGGER
from onrecord.reading.item import Item, now
from onrecord.reading.limits import MAX_BYTES

ZIP: Final = b"PK\x03\x04"
RTF: Final = b"{\\rtf"
_DOCUMENT: Final = "word/document.xml"
#: Files in a DOCX; what databases export has under a hundred.
_MOST_FILES: Final = 2_000
#: Bytes of an RTF document, which is read slowly.
_MOST_RTF: Final = 20_000_000
_CODE_PAGE: Final = re.compile(rb"\\ansicpg(\d{3,5})")
_BLOCKS: Final = "address article br div dd dl dt h1 h2 h3 h4 h5 h6 hr li p pre table tr ul ol"
_BREAKING: Final = frozenset(_BLOCKS.split())
_UNSEEN: Final = frozenset({"script", "style", "head", "title"})


def is_document(head: bytes) -> bool:
    """Tell from its first bytes whether a file is a DOCX or RTF document."""
    return head.startswith((ZIP, RTF))


def may_be_export(data: bytes) -> bool:
    """Tell whether HTML or text holds what the articles of an export end in; then it is looked at."""
    return any(one.MARK.search(data) for one in (press_nexis, press_factiva))


def read_export(
    data: bytes, path: str, given: Mapping[str, str], wanted: str | None
) -> Iterator[Item | InputError] | None:
    """Return the articles of an export, each a page like the row of a table; ``None`` for any other text.

    Args:
        data: the file.
        path: its name.
        given: what the user says of it.
        wanted: number or id of the only article wanted.

    Raises:
        InputError: it is a document, and is damaged, or no export that is known, or the extra is missing.
        LimitError: it is larger than allowed, packed or unpacked.
    """
    lines = _lines(data, path)
    split = next((one.split for one in (press_nexis, press_factiva) if one.is_export(lines)), None)
    if split is not None:
        return _items(split(lines), path, given, wanted)
    if is_document(data):
        raise InputError(
            path, "is an office document, but no export of Nexis Uni or Factiva; save it as text or HTML"
        )
    return None


def _items(
    rows: Iterator[dict[str, str]], path: str, given: Mapping[str, str], wanted: str | None
) -> Iterator[Item | InputError]:
    # The names of columns are those of a table of the user's, not of these rows.
    said = {name: value for name, value in given.items() if not name.startswith("column:")}
    names: set[str] = set()
    texts: set[bytes] = set()
    number = again = 0
    for number, row in enumerate(rows, start=1):
        name = row.get("id") or str(number)
        name = str(number) if name in names else name
        names.add(name)
        digest = hashlib.sha256(" ".join(row.get("text", "").split()).encode("utf-8", "replace")).digest()
        again += bool(row.get("text")) and digest in texts
        texts.add(digest)
        if wanted is not None and wanted not in (name, str(number)):
            continue
        if row.get("text"):
            page = json.dumps(row, ensure_ascii=False).encode("utf-8", "replace")
            yield Item(f"{path}#{name}", Page(data=page, media_type=decode.ROW, got=now(), given=said))
        else:
            yield NoArticleError(f"{path}#{name}", "has no text in this export; it is left out")
        if wanted is not None:
            return
    if wanted is not None:
        raise InputError(f"{path}#{wanted}", "no article with this number or id")
    if again:
        LOGGER.warning("%s: %s of its %s articles repeat the text of one before", path, again, number)


def _lines(data: bytes, path: str) -> list[str]:
    """Return the lines, or paragraphs, of a file, without blanks around them and without empty ones."""
    if data.startswith(ZIP):
        lines = _lines_of_docx(data, path)
    elif data.startswith(RTF):
        lines = _lines_of_rtf(data, path)
    else:
        words = decode.decode(data, markup=True)
        lines = _lines_of_html(words) if decode.looks_like_html(words) else words.splitlines()
    return [line for line in (line.replace("\xa0", " ").strip() for line in lines) if line]


def _lines_of_docx(data: bytes, path: str) -> list[str]:
    try:
        import docx
        from docx.opc.exceptions import OpcError
        from docx.oxml.ns import qn
        from docx.text.paragraph import Paragraph
    except ImportError as error:
        raise InputError(path, str(MissingExtraError("archives", "reading DOCX"))) from error
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            infos = packed.infolist()
            if len(infos) > _MOST_FILES or sum(info.file_size for info in infos) > 2 * MAX_BYTES:
                raise LimitError(path, f"unpacks to over {_MOST_FILES:,} files or {2 * MAX_BYTES:,} bytes")
            if _DOCUMENT not in packed.namelist():
                raise InputError(
                    path, "is a ZIP archive or an office document other than DOCX; unpack it first"
                )
            for info in infos:
                if info.filename.endswith((".xml", ".rels")) and b"<!" in packed.read(info)[:4_096]:
                    raise InputError(path, "is a DOCX document with a document type, which none has; refused")
        body = docx.Document(io.BytesIO(data)).element.body
        return [
            line
            for element in body.iter(qn("w:p"))
            for line in Paragraph(element, None).text.split("\n")  # type: ignore[arg-type]
        ]
    except (
        zipfile.BadZipFile, zlib.error, OpcError, lxml.etree.LxmlError, KeyError, ValueError, OSError,
        RuntimeError, AttributeError,
    ) as error:  # fmt: skip
        raise InputError(path, f"is a DOCX document that cannot be read ({error})") from error


def _lines_of_rtf(data: bytes, path: str) -> list[str]:
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError as error:
        raise InputError(path, str(MissingExtraError("archives", "reading RTF"))) from error
    if len(data) > _MOST_RTF:
        raise LimitError(
            path, f"is an RTF document of more than {_MOST_RTF:,} bytes; export fewer articles a file"
        )
    page = _CODE_PAGE.search(data[:4_096])
    try:
        text: str = rtf_to_text(  # type: ignore[no-untyped-call]
            # The library's pattern for links takes time with the square of their number. Without it the words
            # of a link stay, and its address goes.
            data.replace(b"\\fldinst", b"\\fldnone").decode("latin-1"),
            encoding=f"cp{page[1].decode()}" if page else "cp1252",
            errors="replace",
        )
    except (ValueError, LookupError, OverflowError, RecursionError, TypeError) as error:
        raise InputError(path, f"is an RTF document that cannot be read ({error})") from error
    return text.splitlines()


def _lines_of_html(words: str) -> list[str]:
    """Return the lines that a browser shows; the cells of a row stand in one, with ``|`` between them."""
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(words.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError):
        return []
    parts: list[str] = []
    for event, element in lxml.etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        if tag in _BREAKING:
            parts.append("\n")
        elif tag == "td" and event == "end":
            parts.append("|")
        text = element.text if event == "start" else element.tail
        if text and tag not in _UNSEEN:
            parts.append(re.sub(r"\s+", " ", text))
    return "".join(parts).split("\n")
