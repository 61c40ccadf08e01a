"""The formats that wire services send: which one some bytes are, its items, and the article that each is.

NewsML-G2, NewsML 1, NITF and ninjs are known by what stands in them, not by the name of the file.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from onrecord.article import Page
from onrecord.errors import InputError, NoArticleError
from onrecord.reading import decode, newsml, ninjs, nitf, xml
from onrecord.reading.draft import Draft
from onrecord.reading.wire_item import write

NEWSML: Final = "application/vnd.iptc.g2.newsitem+xml"
MESSAGE: Final = "application/vnd.iptc.g2.newsmessage+xml"
NEWSML1: Final = "text/vnd.iptc.newsml"
NITF: Final = "application/nitf+xml"
NINJS: Final = "application/vnd.iptc.ninjs+json"
#: Media types of pages that :func:`read_item` reads.
MEDIA_TYPES: Final = frozenset({NEWSML, MESSAGE, NEWSML1, NITF, NINJS})
#: What may stand before the first character, in any of the encodings of Unicode.
_BLANK: Final = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
_GZIP: Final = b"\x1f\x8b"
#: Bytes that are looked at to tell what a file is.
HEAD: Final = 65_536

_ROOTS: Final = {
    "newsItem": NEWSML,
    "newsMessage": MESSAGE,
    "NewsML": NEWSML1,
    "NewsItem": NEWSML1,
    "nitf": NITF,
    **dict.fromkeys(newsml.OTHER_ITEMS, NEWSML),
}
#: Containers -> the elements in them that are items of their own.
_ITEMS: Final = {
    MESSAGE: frozenset({"newsItem", *newsml.OTHER_ITEMS}),
    NEWSML1: frozenset({"NewsItem"}),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a file.

    Attributes:
        name: what tells it from the others, for ``FILE#name``; ``None`` where there is no other.
        data: its bytes: of a file that is one item those of the file, of one in a message its own element.
        media_type: what it is.
    """

    name: str | None
    data: bytes
    media_type: str


def kind_of(head: bytes) -> str | None:
    """Return the media type of a wire format, from the first bytes of a file; ``None`` for anything else."""
    if head.lstrip(_BLANK)[:1] not in (b"<", b"{", b"["):
        return None
    text = decode.decode(head)[:HEAD].lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        return _ROOTS.get(xml.root_of(head) or "")
    return NINJS if ninjs.looks_like_ninjs(text) else None


def is_news(path: Path) -> bool:
    """Tell whether a file, which may be packed with gzip, holds what a wire service sends."""
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD)
        if head.startswith(_GZIP):
            head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, HEAD)
    except (OSError, zlib.error):
        return False
    return kind_of(head) is not None


def items(data: bytes, path: str) -> Iterator[Entry | InputError]:
    """Yield the items of a file, in its order, and errors in the place of those that cannot be told apart.

    What a message holds beside news items (packages, concepts, plans) is passed over.

    Raises:
        InputError: it cannot be read, or holds no news item.
    """
    kind = kind_of(data[:HEAD])
    if kind == NINJS:
        yield from _objects(data, path)
        return
    if kind not in _ITEMS or xml.root_of(data[:HEAD]) == "NewsItem":
        yield Entry(None, data, kind or NITF)
        return
    found = list(xml.split(data, path, _ITEMS[kind]))
    news = [one for one in found if not isinstance(one, xml.Slice) or one.name not in newsml.OTHER_ITEMS]
    if not news:
        held = ", ".join(sorted({one.name for one in found if isinstance(one, xml.Slice)})) or "nothing"
        raise NoArticleError(path, f"is a message without a news item (it holds {held})")
    if len(news) == 1 and isinstance(news[0], xml.Slice):
        yield Entry(None, news[0].data, NEWSML if kind == MESSAGE else NEWSML1)
        return
    seen: set[str] = set()
    number = 0
    for one in news:
        if isinstance(one, InputError):
            yield one
            continue
        number += 1
        yield Entry(name_of(one.guid, number, seen), one.data, NEWSML if kind == MESSAGE else NEWSML1)


def read_item(page: Page, path: str) -> Draft:
    """Read a page that is one item.

    Raises:
        InputError: it cannot be read.
        WithheldError: it is killed, withheld, or under an embargo that has not ended.
    """
    if page.media_type == NINJS:
        return write(ninjs.read_ninjs(ninjs.parse(page.data, path), path))
    root = xml.parse(page.data, path, page.charset)
    name = xml.local(root)
    if name == "nitf":
        return write(nitf.read_nitf(root, path))
    if name == "NewsItem":
        return write(newsml.read_newsml1(root, path))
    if name in ("newsMessage", "NewsML"):
        raise InputError(
            path, "holds several items, each of which is an article; save it as a file and name that"
        )
    return write(newsml.read_newsml(root, path))


def _objects(data: bytes, path: str) -> Iterator[Entry | InputError]:
    """Yield the news objects of a JSON text: one, or a list of them."""
    try:
        value = json.loads(decode.decode(data))
    except (ValueError, RecursionError) as error:
        raise InputError(path, f"is no JSON that can be read ({error})") from error
    if isinstance(value, dict):
        yield Entry(None, data, NINJS)
        return
    seen: set[str] = set()
    for number, one in enumerate(value if isinstance(value, list) else [], start=1):
        if not ninjs.is_ninjs(one):
            yield InputError(f"{path}#{number}", "is no news object (ninjs); it is left out")
            continue
        data = json.dumps(one, ensure_ascii=False).encode("utf-8", "replace")
        yield Entry(name_of(str(one.get("uri") or one.get("guid") or ""), number, seen), data, NINJS)


def name_of(identifier: str, number: int, seen: set[str]) -> str:
    """Return an item's identifier where it has one of its own, else its number."""
    if (
        not identifier
        or "#" in identifier
        or len(identifier) > 200
        or identifier in seen
        or not identifier.isprintable()
    ):
        return str(number)
    seen.add(identifier)
    return identifier
