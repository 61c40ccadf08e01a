"""The words of NITF and XHTML: paragraphs in their order, and what stands under the first picture."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

import lxml.html
from lxml import etree

from onrecord.reading import body, confined
from onrecord.reading.xml import local, words

#: Elements that are a paragraph, or end the one before them, in NITF and in XHTML.
_BLOCK_NAMES: Final = (
    "p div section article h1 h2 h3 h4 h5 h6 hl2 block bq blockquote ol ul li dl dt dd pre table tr caption"
    " figure media br hr body header footer main aside"
)
_BLOCKS: Final = frozenset(_BLOCK_NAMES.split())
_CELLS: Final = frozenset({"td", "th"})
_CAPTIONS: Final = frozenset({"media-caption", "figcaption"})
_MAKERS: Final = frozenset({"media-producer"})
#: Elements whose words nobody reads, or that are for the editors only.
_UNREAD_NAMES: Final = (
    "head script style template note media-reference media-metadata media-object nitf-table-metadata"
    " block.head datasource"
)
_UNREAD: Final = frozenset(_UNREAD_NAMES.split())
_CREDIT_CLASS: Final = re.compile(
    r"(?:^|[\s_\-])(?:by-?line|credit|photographer)(?:$|[\s_\-])", re.IGNORECASE
)


_MARKUP: Final = re.compile(
    r"<\s*(?:p|br|div|li|h[1-6]|blockquote|section|article|html)\b[^<>]{0,500}>", re.IGNORECASE
)


@dataclass(slots=True)
class Markup:
    """The words of a piece of markup: its paragraphs, and what stands under its first picture."""

    paragraphs: list[str] = field(default_factory=list)
    title: str = ""
    caption: str = ""
    credit: str = ""


def read_markup(element: Any) -> Markup:
    """Return the words of NITF or XHTML in order of reading.

    A row of a table is one paragraph. Of pictures only the words under the first are kept.
    """
    found = Markup()
    line: list[str] = []

    def flush() -> None:
        text = " ".join("".join(line).split())
        line.clear()
        if text:
            found.paragraphs.append(text)

    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        name = local(node)
        if event == "start":
            inside = name in _UNREAD or _picture_words(node, name, found)
            if name in _BLOCKS or name in _CELLS or inside:
                flush() if name not in _CELLS else line.append(" ")
            if name in ("h1", "title") and not found.title:
                found.title = words(node)
            if inside:
                walk.skip_subtree()
            else:
                line.append(node.text or "")
        else:
            if name in _BLOCKS:
                flush()
            if node is not element:
                line.append(node.tail or "")
    flush()
    return found


def _picture_words(node: Any, name: str, found: Markup) -> bool:
    """Take caption and credit of the first picture; tell whether the element holds them."""
    if name in _CAPTIONS:
        found.caption = found.caption or words(node)
        return True
    parent = node.getparent()
    if name in _MAKERS or (
        parent is not None and local(parent) == "figure" and _CREDIT_CLASS.search(node.get("class") or "")
    ):
        found.credit = found.credit or words(node)
        return True
    return False


def read_words(text: str, media_type: str = "") -> Markup:
    """Return the words of a text that is HTML, by what is said of it or by its looks, or plain.

    The paragraphs of a plain text are the blocks between blank lines, else its lines.
    """
    if "html" not in media_type and not _MARKUP.search(text):
        return Markup(_blocks(text))
    data = text.encode("utf-8", "replace")
    if confined.is_doubtful(data):
        return Markup(body.split_markup(text))
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return read_markup(lxml.html.document_fromstring(data, parser))
    except (etree.LxmlError, ValueError, AssertionError):
        return Markup(body.split_markup(text))


def _blocks(text: str) -> list[str]:
    lines = [" ".join(line.split()) for line in text.strip().splitlines()]
    if "" not in lines:
        return [line for line in lines if line]
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [" ".join(block) for block in blocks if block]
