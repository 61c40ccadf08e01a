"""XML of wire services: parsed without entities, document types or the network; its items.

Elements are known by their local names, since services send one standard under several namespaces or none.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from html.entities import html5
from typing import Any, Final
from xml.parsers import expat

from lxml import etree

from onrecord.errors import InputError, LimitError
from onrecord.reading import decode

#: Bytes of one item. The longest text that an article may have takes a fifth of it, with markup a half.
MAX_ITEM: Final = 5_000_000
#: Elements inside one another; libxml2 stops at the same depth.
MAX_DEPTH: Final = 256
#: Seconds for telling the items of one file apart. 50 MB of ordinary news take two.
SECONDS: Final = 30.0

_CHUNK: Final = 1_000_000
_MOST_PROLOG: Final = 65_536
_CHARSET: Final = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_.\-]{2,40})""")
_PROLOG: Final = re.compile(
    r"\s*+(?:<\?.*?\?>\s*+|<!--.*?-->\s*+|<!DOCTYPE[^>\[]*+(?:\[.*?\]\s*+)?>\s*+)*+(?=<[A-Za-z_])",
    re.DOTALL | re.IGNORECASE,
)
_ROOT: Final = re.compile(r"<(?:[\w.\-]{1,40}:)?([A-Za-z_][\w.\-]{0,40})")
#: An entity for use in the text. One for use in the document type ("% nitf") is common in NewsML 1.
_OWN_ENTITY: Final = re.compile(r"<!ENTITY\s+[^%\s]", re.IGNORECASE)
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
#: Ampersands in one file; 50 MB of news have half a million.
_MOST_AMPERSANDS: Final = 2_000_000
#: Namespaces that the elements around an item declare. Messages have five.
_MOST_SPACES: Final = 100
_AMPERSAND: Final = re.compile(r"&(?:(#)?\w{1,31};)?")
_NO_XML: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def root_of(head: bytes, charset: str | None = None) -> str | None:
    """Return the local name of a document's root, from its first bytes; ``None`` where it is no XML."""
    text = decode.decode(head, charset or _declared(head)).lstrip("\ufeff")
    prolog = _PROLOG.match(text, 0, _MOST_PROLOG)
    root = _ROOT.match(text, prolog.end()) if prolog else None
    return root[1] if root else None


def parse(data: bytes, path: str, charset: str | None = None) -> Any:
    """Parse a document; return its root element.

    Raises:
        InputError: it is no XML, or declares entities of its own.
        LimitError: it is larger or deeper than an item of news.
    """
    if len(data) > MAX_ITEM:
        raise LimitError(path, f"is {len(data):,} bytes large, an item of news may have {MAX_ITEM:,}")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    try:
        return etree.fromstring(_prepared(data, path, charset), parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower() or "huge" in str(error).lower():
            raise _too_deep(path) from error
        why = str(error).partition("\n")[0][:200]
        raise InputError(path, f"is no XML that can be read ({why})") from error


def split(
    data: bytes, path: str, names: frozenset[str], charset: str | None = None
) -> Iterator[Slice | InputError]:
    """Yield the outermost elements of these names as documents of their own, in order.

    No tree is built. The bytes are the source's own in UTF-8, with the namespaces that elements around them
    declare. Where the document breaks off, the items before are yielded, then the error.

    Raises:
        InputError: the document declares entities of its own.
    """
    source = _prepared(data, path, charset)
    splitter = _Splitter(names)
    begun = time.monotonic()
    error: InputError | None = None
    try:
        for start in range(0, len(source), _CHUNK):
            splitter.parser.Parse(source[start : start + _CHUNK], start + _CHUNK >= len(source))
            if time.monotonic() - begun > SECONDS:
                error = LimitError(path, f"takes longer than {SECONDS:g} seconds to read")
                break
    except expat.ExpatError as broken:
        error = InputError(path, f"is no XML that can be read to its end ({broken})")
    except RecursionError:
        error = _too_deep(path)
    except OverflowError:
        error = LimitError(path, f"declares more than {_MOST_SPACES} namespaces; no news needs so many")
    for one in splitter.found:
        piece = source[one.start : source.index(b">", one.end) + 1]
        behind = len(one.tag.encode()) + 1
        yield Slice(_local_name(one.tag), piece[:behind] + one.spaces + piece[behind:], one.guid)
    if error is not None:
        yield error


@dataclass(frozen=True, slots=True)
class Slice:
    """One element of a document.

    Attributes:
        name: its local name.
        data: the element as a document in UTF-8.
        guid: its attribute of this name, empty where it has none.
    """

    name: str
    data: bytes
    guid: str


@dataclass(slots=True)
class _Place:
    """Where an element stands in the bytes, and the namespaces that those around it declare."""

    start: int
    depth: int
    tag: str
    guid: str
    spaces: bytes
    end: int = 0


class _Splitter:
    """Notes where elements of some names begin and end."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names
        self.found: list[_Place] = []
        self._open: _Place | None = None
        self._spaces: list[dict[str, str]] = []
        self._depth = 0
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise RecursionError
        if self._open is not None:
            return
        known = self._spaces[-1] if self._spaces else {}
        own = {key: value for key, value in attributes.items() if key.partition(":")[0] == "xmlns"}
        if len(known) + len(own) > _MOST_SPACES:
            raise OverflowError
        if _local_name(tag) not in self.names:
            self._spaces.append({**known, **own} if own else known)
            return
        lacking = "".join(f' {key}="{escape(value)}"' for key, value in known.items() if key not in own)
        place = self.parser.CurrentByteIndex
        self._open = _Place(place, self._depth, tag, attributes.get("guid", ""), lacking.encode())

    def _end(self, _: str) -> None:
        if self._open is None:
            self._spaces.pop()
        elif self._depth == self._open.depth:
            self._open.end = self.parser.CurrentByteIndex
            if self._open.end > self._open.start:  # An element without content ends where it begins.
                self.found.append(self._open)
            self._open = None
        self._depth -= 1


def _local_name(tag: str) -> str:
    return tag.rpartition(":")[2]


def local(element: Any) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: Any, name: str) -> list[Any]:
    """Return the children of this local name."""
    return [child for child in element if local(child) == name] if element is not None else []


def child(element: Any, *names: str) -> Any:
    """Return the first child of the first name, its first child of the second, and so on, or ``None``."""
    for name in names:
        element = next(iter(children(element, name)), None)
    return element


def inner(element: Any, name: str) -> list[Any]:
    """Return all elements of this local name within an element."""
    return [one for one in element.iter() if local(one) == name] if element is not None else []


def words(element: Any) -> str:
    """Return the words of an element, white space folded; empty for ``None``."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _declared(data: bytes) -> str | None:
    found = _CHARSET.match(data[:200])
    return found[1].decode("ascii") if found else None


def _prepared(data: bytes, path: str, charset: str | None) -> bytes:
    """Return a document in UTF-8 without prolog, its entities as numbers, so that none is left to resolve."""
    text = decode.decode(data, _declared(data) or charset).translate(_NO_XML)
    prolog = _PROLOG.match(text, 0, _MOST_PROLOG)
    head = text[: prolog.end()] if prolog else text[:_MOST_PROLOG]
    if _OWN_ENTITY.search(head):
        raise InputError(path, "declares entities of its own, which no news needs; it is not read")
    if prolog is None:
        raise InputError(path, "is no XML that can be read (no element stands at its start)")
    if text.count("&") > _MOST_AMPERSANDS:
        raise LimitError(path, f"holds more than {_MOST_AMPERSANDS:,} ampersands; no news needs so many")
    pieces = []
    start = prolog.end()
    while start < len(text):
        begin = text.find(_CDATA, start)
        end = text.find(_CDATA_END, begin) if begin >= 0 else -1
        if end < 0:
            begin = end = len(text)
        pieces += [_AMPERSAND.sub(_numbered, text[start:begin]), text[begin:end]]
        start = end
    return "".join(pieces).encode("utf-8", "replace")


def _numbered(found: re.Match[str]) -> str:
    """Return an entity as numbers; an ampersand that begins none, or one nobody knows, as itself."""
    if found[1]:
        return found[0]
    known = html5.get(found[0][1:])
    return "".join(f"&#{ord(character)};" for character in known) if known else f"&#38;{found[0][1:]}"


def _too_deep(path: str) -> LimitError:
    return LimitError(path, f"has more than {MAX_DEPTH} elements inside one another; no news needs so many")
