"""NITF, the News Industry Text Format of the IPTC, versions 2.5 to 3.6, alone or within NewsML.

What is read where: ``docdata`` says whether and since when a story may be used, ``body.head`` holds the parts
above the text, ``body.content`` the text. https://iptc.org/standards/nitf/
"""

from __future__ import annotations

from typing import Any

from onrecord.reading import markup
from onrecord.reading.wire_item import WireItem, killed, require_usable
from onrecord.reading.xml import child, children, inner, words


def read_nitf(root: Any, path: str) -> WireItem:
    """Return what a document says.

    Raises:
        WithheldError: it may not be used, or kills another.
    """
    item = WireItem()
    docdata = child(root, "head", "docdata")
    if docdata is not None:
        _read_docdata(docdata, item)
        other = docdata.get("management-doc-idref")
        if other and docdata.get("management-idref-status") in ("canceled", "cancelled"):
            raise killed(path, other)
    fill(item, root)
    require_usable(item, path)
    return item


def fill(item: WireItem, root: Any) -> None:
    """Give an item the parts of a document that it lacks."""
    head = child(root, "body", "body.head")
    _read_head(head, item)
    for pubdata in children(child(root, "head"), "pubdata"):
        item.set("section", pubdata.get("position.section"))
        item.set("outlet", pubdata.get("name"))
        item.times.append(("nitf date.publication", pubdata.get("date.publication") or ""))
        item.url = item.url or pubdata.get("ex-ref") or ""
    story = child(head, "dateline", "story.date")
    if story is not None:
        item.times.append(("nitf story.date", story.get("norm") or words(story)))
    content = child(root, "body", "body.content")
    if content is not None and not item.paragraphs:
        item.take(markup.read_markup(content))
    item.set("headline", words(child(root, "head", "title")))
    item.language = (
        item.language or root.get("baselang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    )


def _read_docdata(docdata: Any, item: WireItem) -> None:
    identifier = child(docdata, "doc-id")
    if identifier is not None:
        item.id = identifier.get("id-string")
    item.status = docdata.get("management-status")
    issued, release = child(docdata, "date.issue"), child(docdata, "date.release")
    if issued is not None:
        item.times.append(("nitf date.issue", issued.get("norm") or ""))
    if release is not None and release.get("norm"):
        item.embargoed, item.embargoed_in = release.get("norm"), "nitf date.release"
        item.times.append(("nitf date.release", release.get("norm")))
    message = child(docdata, "ed-msg")
    item.note = (message.get("info") or "") if message is not None else ""
    source = child(docdata, "del-list", "from-src")
    rights = child(docdata, "doc.copyright")
    for element, name in ((rights, "holder"), (source, "src-name")):
        if element is not None:
            item.set("outlet", element.get(name))


def _read_head(head: Any, item: WireItem) -> None:
    """Read the parts that are printed above the text."""
    hedline = child(head, "hedline")
    item.set("headline", words(child(hedline, "hl1")))
    for second in children(hedline, "hl2"):
        if words(second) != item.values.get("headline") and not words(second).isupper():
            item.set("standfirst", words(second))
    item.set("standfirst", words(child(head, "abstract")))
    for byline in children(head, "byline"):
        item.set("byline", _names(byline))
    distributor = words(child(head, "distributor"))
    item.set("agency", distributor)
    item.set("outlet", distributor)
    dateline = child(head, "dateline")
    if dateline is not None:
        place = words(child(dateline, "location"))
        date = words(child(dateline, "story.date"))
        item.set(
            "dateline",
            place or words(dateline).replace(date, "", 1).strip(" ,-–—")
            if date
            else place or words(dateline),
        )
    item.set("section", words(child(head, "series")) or None)


def _names(byline: Any) -> str:
    """Return the names of a byline, without the titles and places that stand beside them."""
    beside = [one for name in ("byttl", "location", "virtloc") for one in inner(byline, name)]
    names = words(byline)
    for one in beside:
        without = names.replace(words(one), "", 1).strip(" ,;|-–—")
        names = without if without.casefold() not in ("", "by") else names
    return names
