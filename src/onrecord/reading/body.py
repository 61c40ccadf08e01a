"""The paragraphs of a web page's article: trafilatura finds them, furniture is cut away before and after."""

from __future__ import annotations

import copy
import html as entities
import json
import re
from itertools import groupby
from typing import Any, Final

import lxml.etree
import lxml.html

from onrecord.reading import wording

#: Words in class and id that name furniture. They are matched as whole words of the name.
_FURNITURE_NAMES: Final = re.compile(
    r"(?:^|[\s_\-])(?:newsletters?|trust-?badge|related(?:-?(?:links?|stor(?:y|ies)|articles?|content"
    r"|posts?|coverage|news|items?))?"
    r"|read-?(?:more|next|also)|recommend(?:ed|ations?)|most-?(?:read|popular|viewed|recent)|trending"
    r"|outbrain|taboola|social"
    r"(?:-?(?:links?|share|bar|icons?|media))?|shar(?:e|ing)(?:-?(?:bar|tools?|buttons?|links?"
    r"|icons?))?|sharedaddy|addtoany"
    r"|subscri(?:be|ption)s?|signup|sign-?up|paywall|promos?|adverts?|advertisement|ad-?(?:slot|unit"
    r"|container|wrapper)|sponsor(?:ed)?"
    r"|cookies?|consent|gdpr|breadcrumbs?|comments?|disqus|author-?(?:bio|box|info|card)|bio-?box"
    r"|tag-?(?:list|cloud)|site-?footer"
    r"|donat(?:e|ion)s?|contribut(?:e|ion)-?(?:box|banner)|jp-relatedposts|teasers?|more-?(?:on|from"
    r"|stories|news)"
    r"|inline-?(?:related|promo|newsletter)|also-?read|follow-?us|wp-caption-text-hidden"
    r"|screen-?reader-?text|visually-?hidden)"
    r"(?=$|[\s_\-])",
    re.IGNORECASE,
)
_FURNITURE_TAGS: Final = frozenset(
    {"script", "style", "noscript", "template", "svg", "iframe", "form", "button", "nav", "aside"}
)
#: Elements of a script's document tree -> trafilatura's names for them.
_DRAWN: Final[dict[Any, str]] = {
    "p": "p",
    "h2": "head",
    "h3": "head",
    "blockquote": "quote",
    "a": "ref",
    "br": "lb",
}
_MAX_NODES: Final = 200_000
#: By so many characters at its start a line is known in another text, where it starts with a word or a mark.
_HEAD: Final = 30
_WORD_START: Final = re.compile(r"(?<!\w)\S")
_BLOCKS: Final = frozenset(
    {"p", "div", "section", "ul", "ol", "dl", "table", "figure", "h2", "h3", "h4", "footer", "blockquote"}
)
_GROUPS: Final = frozenset({"div", "section"})
_FOREIGN_QUOTATION: Final = re.compile(
    r"(?:^|[\s_-])(?:twitter|instagram|tiktok|bluesky|mastodon)-", re.IGNORECASE
)
#: An element that holds more than this share of the page's paragraphs is no furniture, whatever its name.
_MOST_OF_PAGE: Final = 0.3


def prune(tree: Any) -> None:
    """Cut out of ``tree`` the elements whose name says furniture, unless they hold the article."""
    total = sum(len(element.text_content()) for element in tree.iter("p")) or 1
    doomed = []
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in (
            "html",
            "body",
            "head",
            "main",
            "article",
            "h1",
        ):
            continue
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
        if element.tag in _FURNITURE_TAGS or hidden or _FURNITURE_NAMES.search(names):
            doomed.append(element)
    for element in doomed:
        if element.getparent() is None or next(element.iter("h1"), None) is not None:
            continue
        if sum(len(paragraph.text_content()) for paragraph in element.iter("p")) <= total * _MOST_OF_PAGE:
            element.drop_tree()


def find_paragraphs(shown: Any, tree: Any, declared: str | None) -> tuple[list[str], bool]:
    """Return the paragraphs of the article, and whether they come from JSON-LD and not from the page.

    Args:
        shown: the page, pruned; it is not changed.
        tree: the page with its scripts.
        declared: ``articleBody`` of the JSON-LD. It is taken where the page itself, as for pages drawn by
            script, holds less than half of it; its paragraphs are those of the script's data if it has them.
    """
    # Slow to import, and a text needs none of it.
    import trafilatura
    from trafilatura.settings import Document

    try:
        document = trafilatura.bare_extraction(
            _with_quotations_plain(copy.deepcopy(shown)),
            include_comments=False,
            include_tables=True,
            include_links=True,
            with_metadata=False,
        )
    except (MemoryError, RecursionError):
        raise
    except Exception:  # A broken page that the library stumbles over is one in which it finds nothing.
        document = None
    found = (
        _paragraphs_of(document.body) if isinstance(document, Document) and document.body is not None else []
    )
    if declared:
        paragraphs = split_markup(declared)
        length = sum(map(len, paragraphs))
        if sum(map(len, found)) * 2 < length:
            drawn = _drawn_by_script(tree, declared)
            return (drawn if sum(map(len, drawn)) * 10 >= length * 7 else paragraphs), True
    return found, False


def _with_quotations_plain(tree: Any) -> Any:
    """Make paragraphs of all that stands in block quotations, and return the tree.

    The library keeps of a quotation either its own words or those of its paragraphs, and loses the words
    beside them, lists in it and a quotation within a figure.
    """
    for quotation in list(tree.iter("blockquote")):
        if _FOREIGN_QUOTATION.search(quotation.get("class") or ""):
            continue  # A post of another site, written for its script; the page's own words say what it is.
        parent = quotation.getparent()
        if parent is None:
            continue
        if parent.tag == "figure" and parent.find(".//img") is None:
            parent.tag = "div"
        quotation.tag = "div"
        _wrap_bare(quotation)
    return tree


def _wrap_bare(element: Any) -> None:
    """Put the words of an element that stand in no paragraph, and inline elements among them, into one."""
    line = lxml.html.Element("p")
    line.text, element.text = element.text, None
    for child in list(element):
        if child.tag not in _BLOCKS:
            line.append(child)  # with the words behind it
            continue
        if _has_words(line):
            child.addprevious(line)
        line = lxml.html.Element("p")
        line.text, child.tail = child.tail, None
        if child.tag in _GROUPS:
            _wrap_bare(child)
    if _has_words(line):
        element.append(line)


def _has_words(line: Any) -> bool:
    return len(line) > 0 or bool((line.text or "").strip())


def _drawn_by_script(tree: Any, declared: str) -> list[str]:
    """Return the paragraphs that a page drawn by script carries as data.

    The data are a document tree in JSON as htmlparser2 writes it: ``{"type": "p", "children": [{"type":
    "text", "data": "..."}]}``. Of several such lists, that with most of the declared body is the article.
    """
    best: list[str] = []
    most = 0
    heads = {declared[match.start() : match.start() + _HEAD] for match in _WORD_START.finditer(declared)}
    for source in tree.xpath("//script[contains(., '\"children\"')]/text()"):
        start = source.find("{")
        try:
            queue: list[Any] = [json.JSONDecoder(strict=False).raw_decode(source, start)[0]]
        except (ValueError, RecursionError):
            continue
        for _ in range(_MAX_NODES):
            if not queue:
                break
            node = queue.pop()
            if isinstance(node, dict):
                queue += [value for value in node.values() if isinstance(value, dict | list)]
                continue
            nodes = [item for item in node if isinstance(item, dict) and str(item.get("type")) in _DRAWN]
            if len(nodes) > 2:
                body = lxml.etree.Element("body")
                _draw(nodes, body)
                paragraphs = _paragraphs_of(body)
                known = sum(len(line) for line in paragraphs if line[:_HEAD] in heads)
                if known > most:
                    best, most = paragraphs, known
            else:
                queue += [item for item in node if isinstance(item, dict | list)]
    return best


def _draw(nodes: Any, parent: Any, depth: int = 0) -> None:
    """Add nodes of a script's document tree to ``parent``, in the names of trafilatura's elements."""
    if not isinstance(nodes, list) or depth > 30:
        return
    last = None
    for is_text, run in groupby((node for node in nodes if isinstance(node, dict)), _is_text):
        if is_text:
            words = "".join(
                character
                for node in run
                for character in node["data"]
                if character >= " " or character in "\n\t"
            )
            if last is None:
                parent.text = words
            else:
                last.tail = words
            continue
        for node in run:
            kind = node.get("type") or node.get("name")
            last = lxml.etree.SubElement(parent, _DRAWN.get(kind if isinstance(kind, str) else None, "hi"))
            _draw(node.get("children"), last, depth + 1)


def _is_text(node: dict[str, Any]) -> bool:
    return node.get("type") == "text" and isinstance(node.get("data"), str)


def split_markup(text: str) -> list[str]:
    """Split a text that may hold markup or entities (a JSON-LD or feed body) into paragraphs."""
    text = re.sub(r"(?i)<\s*(?:br|/p|/div|/li|/h\d|/blockquote)\b[^<>]{0,200}>", "\n", text)
    text = re.sub(r"<[/a-zA-Z!][^<>]{0,2000}>", "", text)
    return [" ".join(line.split()) for line in entities.unescape(text).split("\n") if line.strip()]


def _paragraphs_of(body: Any) -> list[str]:
    """Flatten trafilatura's body into paragraphs; teasers, which are all link, and furniture are left out."""
    paragraphs: list[str] = []
    for element in body:
        for block in _blocks(element):
            text, linked = _words(block)
            for line in text.split("\n"):
                line = " ".join(line.split())
                if line and not _is_teaser(line, linked) and not wording.is_furniture(line):
                    paragraphs.append(line)
    return without_foot(paragraphs)


def without_foot(paragraphs: list[str]) -> list[str]:
    """Take the furniture off the end of a list of paragraphs."""
    while paragraphs and wording.is_foot(paragraphs[-1]):
        paragraphs.pop()
    return paragraphs


def _blocks(element: Any) -> list[Any]:
    """Return the elements that are one paragraph each within a top element of the body."""
    if element.tag == "list":
        return list(element.iter("item")) or [element]
    if element.tag == "table":
        return list(element.iter("row")) or [element]
    if element.tag == "quote":
        return list(element.iter("p")) or [element]
    return [] if element.tag in ("graphic", "comments") else [element]


def _words(element: Any) -> tuple[str, int]:
    """Return an element's text with its line breaks, and how many of its characters are links."""
    pieces: list[str] = []
    linked = 0

    def walk(node: Any) -> None:
        nonlocal linked
        if node.tag == "lb":
            pieces.append("\n")
        if node.tag in ("p", "row", "item", "head", "list") and pieces and node is not element:
            pieces.append("\n")
        if node.tag == "graphic":
            return
        if node.tag == "ref":
            linked += len("".join(node.itertext()).strip())
        if node.text:
            pieces.append(node.text.replace("\n", " "))
        for child in node:
            if child.tag == "item" and node.tag == "list":
                continue  # Nested items are blocks of their own.
            walk(child)
            if child.tag == "cell" and "".join(child.itertext()).strip():
                pieces.append(" ")
            if child.tail:
                pieces.append(child.tail.replace("\n", " "))

    walk(element)
    return "".join(pieces), linked


def _is_teaser(line: str, linked: int) -> bool:
    """Tell whether a short paragraph is nothing but a link to another page."""
    return linked >= len(line) * 0.9 and len(line) < 200 and not line.endswith((".", "”", '"', ":"))
