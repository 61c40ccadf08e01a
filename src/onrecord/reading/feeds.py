"""What a feed or a news sitemap lists: the addresses of pages, and when each was last altered.

RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, sitemaps and their indexes (sitemaps.org, with Google's news tags),
and JSON Feed are told apart by what stands in them. XML is read as a stream of events, of which only links
and times are kept, so that no tree of the feed is ever in memory; a document that declares entities of its
own is refused, and no other document is ever loaded for it.
"""

from __future__ import annotations

import json
import re
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html.entities import html5
from itertools import chain
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from lxml import etree

from onrecord.errors import InputError, LimitError, NoArticleError
from onrecord.reading import decode, limits

#: Seconds for one feed. The largest sitemap that the protocol allows, 50,000 addresses, takes one.
SECONDS: Final = 20.0
#: Bytes of a feed in JSON, which is read as a whole, unlike XML.
MOST_JSON: Final = 10_000_000
#: Things that one feed may list. The protocol of sitemaps allows 50,000.
MOST_LISTED: Final = 500_000
#: Characters from one "<" to the next ">", which the parser keeps as a whole.
MOST_TAG: Final = 1_000_000
#: Characters of an address. Browsers and servers give up far below.
MOST_URL: Final = 2_000

#: The root of a document -> the elements that list something in it.
_LISTS: Final = {
    "rss": ("item",),
    "rdf": ("item",),
    "feed": ("entry",),
    "urlset": ("url",),
    "sitemapindex": ("sitemap",),
    "opml": ("outline",),
}
#: Elements in an entry that tell when it was last altered, the best first; ``publication_date`` is Google's.
_TIMES: Final = (
    *("lastmod", "updated", "modified", "date", "pubdate", "created", "published", "issued"),
    "publication_date",
)
_LINKS: Final = ("link", "loc", "guid")
_MOST_TEXT: Final = 4_000
_CHUNK: Final = 65_536
_BASE: Final = "{http://www.w3.org/XML/1998/namespace}base"

#: What stands before the root. A document type with declarations of its own ends in "[", and does not match.
_PROLOG: Final = re.compile(
    r"\s*+(?:<\?.*?\?>\s*+|<!--.*?-->\s*+|<!DOCTYPE[^>\[]*+>\s*+)*+(?=<[A-Za-z_])", re.DOTALL | re.IGNORECASE
)
_OWN_TYPE: Final = re.compile(r"<!DOCTYPE[^>\[]{0,1000}\[", re.IGNORECASE)
_MOST_PROLOG: Final = 65_536
_XML_CHARSET: Final = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_.\-]{2,40})""")
_AMPERSAND: Final = re.compile(r"&(?:(#)?\w{1,31};)?")
_CONTROL: Final = re.compile("[\x00-\x1f\ud800-\udfff]")
_NO_XML: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
_FEED_LINK: Final = re.compile(
    r"<link\b(?=[^>]{0,500}\btype=[\"']application/(?:rss|atom)\+xml)[^>]{0,500}?\bhref=[\"']([^\"'>]{1,500})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a feed lists.

    Attributes:
        url: its address, without fragment.
        updated: when it was last altered (or published, where only that is said), ISO 8601 in UTC, to the
            second; ``None`` where nothing or nothing readable is said.
        sitemap: whether it is another sitemap rather than a page.
    """

    url: str
    updated: str | None = None
    sitemap: bool = False


def read_feed(data: bytes, url: str, *, charset: str | None = None) -> Iterator[Entry | InputError]:
    """Read what a feed lists, in its order.

    Args:
        data: the feed, which may be packed with gzip, as sitemaps are.
        url: where it came from; relative links lead on from there, and errors name it.
        charset: what the server declared.

    Yields:
        Entries, and errors in the place of those that name no page (``URL#N``).

    Raises:
        InputError: it is no feed, or declares entities of its own.
        LimitError: it unpacks to more than 50 MB, or takes too long to read.
    """
    text = _text(data, url, charset)
    if text.lstrip()[:1] == "{":
        yield from _read_json(text, url)
        return
    for root, number, item in _items(text, url):
        yield _entry(item, f"{url}#{number}", url, sitemap=root == "sitemapindex")


def read_list(data: bytes, path: str) -> Iterator[str | InputError]:
    """Read the addresses of feeds from OPML, or from a text with one address a line.

    Blank lines, and lines that begin with ``#``, are passed over.

    Raises:
        InputError: it is neither.
        LimitError: it takes too long to read.
    """
    text = _text(data, path, None)
    if text.lstrip().startswith("<"):
        for _, number, item in _items(text, path, opml=True):
            if "xmlurl" in item:
                yield address(item["xmlurl"], f"{path}#{number}", "")
        return
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.strip()
        if words and not words.startswith("#"):
            yield address(words, f"{path}#{number}", "")


def _text(data: bytes, path: str, charset: str | None) -> str:
    """Return the text of a feed, unpacked; a wrong charset is corrected where the bytes tell."""
    if data.startswith(b"\x1f\x8b"):
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
        try:
            data = unpacker.decompress(data, limits.MAX_BYTES + 1)
        except zlib.error as error:
            raise InputError(path, f"is packed wrongly ({error})") from error
        if len(data) > limits.MAX_BYTES:
            raise LimitError(path, f"unpacks to more than {limits.MAX_BYTES:,} bytes")
        if not unpacker.eof:
            raise InputError(path, "is packed, and broken off before its end")
    if not data.strip():
        raise NoArticleError(path, "is empty")
    declared = _XML_CHARSET.match(data[:200])
    if charset is None and declared:
        charset = declared[1].decode("ascii")
    return decode.decode(data, charset)


def _items(text: str, path: str, *, opml: bool = False) -> Iterator[tuple[str, int, dict[str, str]]]:
    """Read XML as a stream; yield the root, the number and the fields of each thing listed."""
    prolog = _PROLOG.match(text, 0, _MOST_PROLOG)
    if prolog is None:
        if _OWN_TYPE.search(text[:_MOST_PROLOG]):
            raise InputError(path, "declares entities of its own, which no feed needs; it is not read")
        raise InputError(path, _no_feed(text, path))
    target = _Target()
    parser = etree.XMLParser(
        target=target, encoding="utf-8", recover=True, resolve_entities="internal", no_network=True,
        load_dtd=False, huge_tree=False,
    )  # fmt: skip
    spent = 0.0
    number = 0
    begun = time.monotonic()
    for chunk in chain(_chunks(text, prolog.end(), path), (None,)):
        try:
            parser.feed(chunk) if chunk is not None else parser.close()
        except etree.LxmlError as error:
            raise InputError(path, f"is no XML that can be read ({error})") from error
        spent += time.monotonic() - begun
        if target.root or chunk is None:
            _check_root(target.root, text, path, opml=opml)
        if spent > SECONDS:
            raise LimitError(path, f"takes longer than {SECONDS:g} seconds to read")
        for item in target.taken():
            number += 1
            if number > MOST_LISTED:
                raise LimitError(path, f"lists more than {MOST_LISTED:,} things")
            yield target.root, number, item
        begun = time.monotonic()  # What is done with the items does not count.


def _check_root(root: str, text: str, path: str, *, opml: bool) -> None:
    """Raise unless a document is a feed, or a list of feeds where that is wanted."""
    if root not in _LISTS:
        raise InputError(path, _no_feed(text, path))
    if opml and root != "opml":
        raise InputError(path, "is a feed, not a list of feeds; name the address it comes from")
    if root == "opml" and not opml:
        raise InputError(path, "is a list of feeds (OPML); save it and name the file")


def _chunks(text: str, start: int, path: str) -> Iterator[bytes]:
    """Yield the text in pieces for the parser, made such that it drops nothing of them."""
    opened = -1
    while start < len(text):
        end = start + _CHUNK
        if end < len(text):
            # What follows an ampersand decides what it is: keep the two together.
            cut = text.rfind("&", max(start, end - 40), end)
            end = cut if cut > start else end
        closed = text.rfind(">", start, end)
        if closed >= 0 or opened < 0:
            opened = text.find("<", max(closed, start), end)
        if opened >= 0 and end - opened > MOST_TAG:
            raise LimitError(path, f"holds an element that is not closed within {MOST_TAG:,} characters")
        piece = text[start:end].translate(_NO_XML)
        yield _AMPERSAND.sub(_numbered, piece).encode("utf-8", "replace")
        start = end


def _numbered(found: re.Match[str]) -> str:
    """Return what an ampersand begins, entities as numbers.

    Feeds hold entities of HTML, and links with "&" where XML asks for "&amp;". Behind an entity that it does
    not know, libxml2 drops the known ones too.
    """
    if found[1]:
        return found[0]
    known = html5.get(found[0][1:])
    return "".join(f"&#{ord(character)};" for character in known) if known else f"&#38;{found[0][1:]}"


class _Target:
    """Takes the parser's events, and keeps the fields of the things that the document lists."""

    def __init__(self) -> None:
        self.root = ""
        self._depth = 0
        self._entry = 0  # the depth of the entry that is open
        self._name = ""  # the field that is open
        self._base = ""
        self._words: list[str] = []
        self._length = 0
        self._item: dict[str, str] = {}
        self._ready: list[dict[str, str]] = []

    def taken(self) -> list[dict[str, str]]:
        """Return what has been finished since the last call."""
        ready, self._ready = self._ready, []
        return ready

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        name = _local(tag)
        if self._depth == 1:
            self.root = name
            self._base = attributes.get(_BASE, "")
        elif name in _LISTS.get(self.root, ()) and (not self._entry or self.root == "opml"):
            self._entry = self._depth
            self._item = {"base": attributes.get(_BASE, self._base)}
            if self.root == "opml":  # Outlines stand within outlines, and all is in their attributes.
                self._item |= {_local(key): value[:_MOST_TEXT] for key, value in attributes.items()}
                self._ready.append(self._item)
        elif self._entry:
            self._field(name, attributes)

    def _field(self, name: str, attributes: dict[str, str]) -> None:
        """Open a field, if it is one that is kept."""
        self._name = ""
        deep = self._depth - self._entry
        if name == "link" and deep == 1 and "href" in attributes:
            if attributes.get("rel", "alternate") == "alternate":
                self._item.setdefault("link", attributes["href"][:_MOST_TEXT])
        elif (deep == 1 and name in (*_LINKS, *_TIMES)) or (deep == 2 and name == "publication_date"):
            if name == "guid" and attributes.get("isPermaLink", "true") == "false":
                return
            self._name, self._words, self._length = name, [], 0

    def data(self, words: str) -> None:
        if self._name and self._length < _MOST_TEXT:
            self._words.append(words)
            self._length += len(words)

    def end(self, tag: str) -> None:
        if self._name and self._name == _local(tag):
            words = "".join(self._words).strip()
            if self._name != "guid" or words.startswith(("http://", "https://")):
                self._item.setdefault(self._name, words)
            self._name = ""
        if self._entry and self._depth == self._entry and self.root != "opml":
            self._ready.append(self._item)
            self._entry = 0
        self._depth -= 1

    def close(self) -> None:
        return None


def _local(tag: str) -> str:
    return tag.rpartition("}")[2].lower()


def _no_feed(text: str, path: str) -> str:
    """Say that something is no feed, and where its feed is if it is a page that names one."""
    named = _FEED_LINK.search(text[:200_000])
    if named:
        try:
            return f"is a page, not a feed; it names {urljoin(path, named[1])[:MOST_URL]} as its feed"
        except ValueError:
            pass
    return "is neither RSS, Atom, JSON Feed nor a sitemap"


def _entry(item: dict[str, str], name: str, url: str, *, sitemap: bool) -> Entry | InputError:
    """Return what an item says of itself, or what is wrong with it."""
    link = next((item[key] for key in _LINKS if item.get(key)), "")
    if not link:
        return InputError(name, "is listed without a link; it is passed over")
    found = address(link.replace("&#38;", "&").replace("&amp;", "&"), name, item.get("base") or "", url)
    if isinstance(found, InputError):
        return found
    updated = next((when for key in _TIMES if (when := instant(item.get(key)))), None)
    return Entry(found, updated, sitemap)


def address(words: str, name: str, *bases: str) -> str | InputError:
    """Return an http or https address without its fragment, or what is wrong with it.

    Args:
        words: the address, perhaps a relative one.
        name: what the error names.
        bases: where it leads on from, the nearest first.
    """
    words = words.strip()
    if _CONTROL.search(words):
        return InputError(name, f"its link {words[:200]!a} holds characters that no address may have")
    if len(words) > MOST_URL:
        return InputError(name, f"its link has more than {MOST_URL:,} characters; it is passed over")
    try:
        if not words.startswith(("http://", "https://")):
            for base in bases:
                words = urljoin(base, words)
        parts = urlsplit(words)
    except ValueError as error:
        return InputError(name, f"its link {words[:200]!r} is no address ({error}); it is passed over")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        what = "is no http or https address; it is passed over"
        return InputError(name, f"its link {words[:200]!r} {what}")
    return words.partition("#")[0]


def _read_json(text: str, url: str) -> Iterator[Entry | InputError]:
    """Read a JSON Feed (jsonfeed.org, versions 1 and 1.1)."""
    if len(text) > MOST_JSON:
        raise LimitError(url, f"is JSON of more than {MOST_JSON:,} characters")
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(url, f"is no JSON that can be read ({str(error)[:200]})") from error
    items = feed.get("items")
    if not isinstance(items, list) or "jsonfeed.org" not in str(feed.get("version")):
        raise InputError(url, "is JSON, but no JSON Feed")
    for number, item in enumerate(items, start=1):
        known = {key: value for key, value in _fields(item) if isinstance(value, str)}
        yield _entry(known, f"{url}#{number}", url, sitemap=False)


def _fields(item: Any) -> Iterator[tuple[str, Any]]:
    """Yield what a JSON Feed says of an item under the names that XML has."""
    if isinstance(item, dict):
        yield "link", item.get("url") or item.get("external_url")
        yield "updated", item.get("date_modified")
        yield "published", item.get("date_published")


def instant(words: str | None) -> str | None:
    """Return a time as feeds write it (RFC 822, or W3C's profile of ISO 8601) in UTC, to the second.

    Time zone and time of day count as zero where they are left out; a time that is none gives ``None``.
    """
    words = (words or "").strip()[:100]
    if not words:
        return None
    try:
        when = datetime.fromisoformat(words)
    except ValueError:
        try:
            when = parsedate_to_datetime(words)
        except (ValueError, IndexError, OverflowError):
            return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    try:
        return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return None
