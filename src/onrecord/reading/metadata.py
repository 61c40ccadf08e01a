"""What a page declares of itself: JSON-LD (schema.org), OpenGraph, meta elements and microdata.

For one field the order is JSON-LD of the article, then meta and OpenGraph, then microdata, then JSON-LD of
the page around it. A date that only the page around it has is often that of the template.
"""

from __future__ import annotations

import html as entities
import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from onrecord.reading.dates import parse_declared

_ARTICLE: Final = re.compile(
    r"(?:article|blogposting|newsreport|report|liveblogposting|interview)$", re.IGNORECASE
)
_PAGE: Final = re.compile(r"(?:webpage|itempage|newsitem)$", re.IGNORECASE)
_MAX_SCRIPT: Final = 2_000_000
#: Objects and lists of a page's JSON-LD that are looked at.
_MAX_NODES: Final = 10_000
_SCRIPT_STARTS: Final = ("<!--", "//<![CDATA[", "<![CDATA[")
_SCRIPT_ENDS: Final = ("-->", "//]]>", "]]>")
_PUBLISHED_META: Final = (
    "article:published_time og:article:published_time og:published_time article:published datepublished"
    " publish-date publish_date publishdate publication_date publicationdate date.published"
    " dateissued pubdate"
    " parsely-pub-date sailthru.date dc.date.issued dcterms.issued dcterms.created dc.date.created"
    " dc.date dcterms.date"
    " article.published article_date_original originalpublicationdate cxenseparse:recs:publishtime"
    " ptime displaydate"
    " article:post_date rnews:datepublished bt:pubdate date"
)
_MODIFIED_META: Final = (
    "article:modified_time og:updated_time article:modified datemodified dcterms.modified"
    " last-modified lastmod updated"
)
_AUTHOR_META: Final = (
    "author article:author og:article:author parsely-author dc.creator dcterms.creator sailthru.author byl"
)
_OUTLET_META: Final = "og:site_name application-name publisher dc.publisher cre twitter:app:name:iphone"


@dataclass(slots=True)
class Metadata:
    """Declared values, best first; dates as (ISO 8601, where from)."""

    titles: list[str] = field(default_factory=list)
    published: list[tuple[str, str]] = field(default_factory=list)
    modified: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    outlet: list[str] = field(default_factory=list)
    section: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    dateline: str | None = None
    language: str | None = None
    url: str | None = None
    body: str | None = None


def read_metadata(tree: Any, url: str | None) -> Metadata:
    """Collect what the page declares. ``url`` is where it was fetched, if it was."""
    found = Metadata()
    meta = _meta_elements(tree)
    nodes = list(_json_ld(tree))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    titles = [
        _clean(meta[name]) for name in ("og:title", "twitter:title", "headline", "dc.title") if name in meta
    ]
    page_title = _clean(" ".join(tree.xpath("(//head//title|//title)[1]//text()")))
    article = _pick_article(nodes, [*titles, page_title])
    if article:
        _read_article(found, article, by_id)
    found.titles += [*titles, *([page_title] if page_title else [])]
    _read_meta(found, meta)
    _read_microdata(found, tree)
    for node in nodes:
        if _is_type(node, _PAGE):
            _add_date(found.published, node.get("datePublished"), "json-ld")
            found.modified += [value for value in [parse_declared(_text(node.get("dateModified")))] if value]
            found.language = found.language or _text(node.get("inLanguage")) or None
        if _is_type(node, re.compile(r"^(?:Organization|NewsMediaOrganization|WebSite)$")):
            found.outlet += [name for name in [_text(node.get("name"))] if name]
    found.url = _canonical(tree, meta, article, url)
    languages = [*tree.xpath("/html/@lang|/html/@xml:lang"), meta.get("og:locale", ""), found.language or ""]
    found.language = next((code for code in map(_language_code, languages) if code), None)
    return found


def _meta_elements(tree: Any) -> dict[str, str]:
    """Return name or property (lower case) -> first content that is not empty."""
    values: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or ""
        content = (element.get("content") or "").strip()
        if name and content:
            values.setdefault(name.strip().lower(), content)
    return values


def _json_ld(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield every object in the page's JSON-LD, outermost first; broken scripts are passed over."""
    count = 0
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        source = (script.text or "").strip()
        if not source or len(source) > _MAX_SCRIPT:
            continue
        try:
            queue: deque[Any] = deque([json.loads(_unwrap(source), strict=False)])
        except (ValueError, RecursionError):
            continue
        while queue and count < _MAX_NODES:
            node = queue.popleft()
            count += 1
            if isinstance(node, dict):
                yield node
                queue += [value for value in node.values() if isinstance(value, dict | list)]
            elif isinstance(node, list):
                queue += [value for value in node if isinstance(value, dict | list)]


def _unwrap(source: str) -> str:
    """Take the comment or CDATA marks that hide a script from old browsers off it."""
    source = source.rstrip(" ;\t\r\n")
    end = next((mark for mark in _SCRIPT_ENDS if source.endswith(mark)), "")
    source = source.removesuffix(end).lstrip()
    start = next((mark for mark in _SCRIPT_STARTS if source.startswith(mark)), "")
    return source.removeprefix(start).rstrip(" ;\t\r\n")


def _is_type(node: Mapping[str, Any], pattern: re.Pattern[str]) -> bool:
    types = node.get("@type")
    return any(
        isinstance(name, str) and pattern.search(name)
        for name in (types if isinstance(types, list) else [types])
    )


def _pick_article(nodes: list[dict[str, Any]], titles: list[str]) -> dict[str, Any] | None:
    """Return the node of the article that the page is about, not one of a list of teasers."""
    articles = [
        node
        for node in nodes
        if _is_type(node, _ARTICLE) and (node.get("headline") or node.get("datePublished"))
    ]
    if len(articles) > 1:
        for node in articles:
            if _text(node.get("headline") or node.get("name")) in titles:
                return node
    return articles[0] if articles else None


def _read_article(found: Metadata, node: Mapping[str, Any], by_id: Mapping[str, Any]) -> None:
    """Take the fields of a schema.org Article."""
    for name in ("headline", "name", "alternativeHeadline"):
        title = _text(node.get(name))
        if title:
            found.titles.append(title)
    _add_date(found.published, node.get("datePublished"), "json-ld")
    if not found.published:
        _add_date(found.published, node.get("dateCreated"), "json-ld")
    modified = parse_declared(_text(node.get("dateModified")))
    if modified:
        found.modified.append(modified)
    found.authors += _names(node.get("author") or node.get("creator"), by_id)
    found.outlet += _names(node.get("publisher"), by_id)
    section = node.get("articleSection")
    found.section += [
        text for text in map(_text, section if isinstance(section, list) else [section]) if text
    ][:1]
    found.descriptions += [text for text in [_text(node.get("description"))] if text]
    found.dateline = _text(node.get("dateline")) or None
    found.language = _text(node.get("inLanguage")) or None
    body = node.get("articleBody")
    if isinstance(body, str) and len(body) > 200:
        found.body = body


def _read_meta(found: Metadata, meta: Mapping[str, str]) -> None:
    """Take the fields of meta and OpenGraph elements."""
    for name in _PUBLISHED_META.split():
        _add_date(found.published, meta.get(name), "meta")
    found.modified += [
        value for name in _MODIFIED_META.split() if (value := parse_declared(meta.get(name, "")))
    ]
    if not found.authors:
        for name in _AUTHOR_META.split():
            author = _clean(meta.get(name, ""))
            if author and "://" not in author and "@" not in author and len(author) < 120:
                found.authors.append(re.sub(r"^(?i:by)\s+", "", author))
                break
    found.outlet += [_clean(meta[name]) for name in _OUTLET_META.split() if name in meta]
    found.section += [
        _clean(meta[name]) for name in ("article:section", "og:article:section") if name in meta
    ]
    found.descriptions += [
        _clean(meta[name])
        for name in ("og:description", "description", "twitter:description")
        if name in meta
    ]


def _read_microdata(found: Metadata, tree: Any) -> None:
    """Take the fields of microdata (itemprop) that is not shown: its shown parts are found in the text."""
    for element in tree.xpath(
        "//*[@itemprop='datePublished' or @itemprop='dateCreated'][@content or @datetime]"
    )[:3]:
        _add_date(found.published, element.get("content") or element.get("datetime"), "meta")
    for element in tree.xpath("//*[@itemprop='dateModified'][@content or @datetime]")[:1]:
        value = parse_declared(element.get("content") or element.get("datetime"))
        found.modified += [value] if value else []
    for element in tree.xpath("//*[@itemprop='headline'][self::meta]/@content")[:1]:
        found.titles.insert(0, _clean(element))
    if not found.authors:
        path = "//*[contains(concat(' ', @itemprop, ' '), ' author ')]"
        for element in tree.xpath(path)[:3]:
            inner = element.xpath(".//*[@itemprop='name']") or [element]
            name = _clean(inner[0].get("content") or inner[0].text_content())
            if name and len(name) < 80 and name not in found.authors:
                found.authors.append(re.sub(r"^(?i:by)\s+", "", name))
    path = "//*[contains(concat(' ', @itemprop, ' '), ' publisher ')]//*[@itemprop='name']"
    for element in tree.xpath(path)[:1]:
        found.outlet.append(_clean(element.get("content") or element.text_content()))


def _canonical(
    tree: Any, meta: Mapping[str, str], article: Mapping[str, Any] | None, url: str | None
) -> str | None:
    """Return where the page says it lives; a page that was fetched cannot claim another site."""
    entity = (article or {}).get("mainEntityOfPage")
    candidates = [
        *tree.xpath("//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href")[:1],
        meta.get("og:url", ""),
        entity.get("@id", "") if isinstance(entity, dict) else entity or "",
        (article or {}).get("url") or "",
    ]
    for value in candidates:
        if not isinstance(value, str) or not value.strip():
            continue
        try:
            whole = urljoin(url or "", value.strip())
            parts = urlsplit(whole)
            host = parts.hostname
        except ValueError:
            continue
        if parts.scheme not in ("http", "https") or not host or parts.path in ("", "/"):
            continue
        if url and _site(host) != _site(urlsplit(url).hostname or ""):
            continue
        return whole
    return url


def _site(host: str) -> str:
    """Return the last two labels of a host, which is near enough to tell one site from another."""
    return ".".join(host.lower().split(".")[-2:])


def _names(value: Any, by_id: Mapping[str, Any], depth: int = 0) -> list[str]:
    """Return the names of persons or organisations, however they are written."""
    if depth > 3:
        return []
    if isinstance(value, list):
        return [name for item in value[:10] for name in _names(item, by_id, depth + 1)]
    if isinstance(value, dict):
        if "name" in value:
            return _names(value["name"], by_id, depth + 1)
        target = by_id.get(value.get("@id", ""))
        return _names(target, by_id, depth + 1) if target and target is not value else []
    text = _text(value)
    return [re.sub(r"^(?i:by)\s+", "", text)] if text and "://" not in text and len(text) < 120 else []


def _add_date(dates: list[tuple[str, str]], value: Any, source: str) -> None:
    parsed = parse_declared(_text(value)) if value else None
    if parsed:
        dates.append((parsed, source))


def _text(value: Any) -> str:
    """Return a JSON string cleaned; anything else is nothing."""
    return _clean(value) if isinstance(value, str) else ""


def _clean(value: str) -> str:
    """Undo entities (some systems write them twice) and fold white space."""
    return " ".join(entities.unescape(entities.unescape(value)).split())


def _language_code(value: str) -> str | None:
    match = re.match(r"([a-z]{2})(?:[-_]|$)", value.strip().lower())
    return match[1] if match else None
