"""NewsML-G2 of the IPTC, versions 2.0 to 2.34, and the text of its predecessor NewsML 1.

Of a news item ``itemMeta`` says whether and since when it may be used, ``contentMeta`` holds the parts above
the text, ``contentSet`` the text as XHTML, NITF or plain. https://iptc.org/std/NewsML-G2/guidelines/
"""

from __future__ import annotations

from typing import Any, Final

from onrecord.errors import NoArticleError
from onrecord.reading import markup, nitf, xml
from onrecord.reading.wire_item import WireItem, code_of, require_usable
from onrecord.reading.xml import child, children, inner, words

#: The items of the standard that hold no news themselves.
OTHER_ITEMS: Final = {
    "packageItem": "a package, which lists news items and holds none",
    "conceptItem": "a concept, not news",
    "knowledgeItem": "a list of concepts, not news",
    "planningItem": "a plan of coverage, not news",
    "catalogItem": "a catalogue of vocabularies, not news",
}
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
#: Codes of headlines that stand above the headline, and below it.
_ABOVE: Final = frozenset({"kicker", "overline", "overtitle", "rubric"})
_BELOW: Final = frozenset({"sub", "subhead", "subheadline", "subtitle", "deck", "standfirst"})
_CAPTIONS: Final = frozenset({"caption"})
_SILENT: Final = frozenset({"keywords", "note", "shotlist"})


def read_newsml(root: Any, path: str) -> WireItem:
    """Return what a news item of NewsML-G2 says.

    Raises:
        NoArticleError: it is an item of another kind.
        WithheldError: it may not be used.
    """
    if xml.local(root) in OTHER_ITEMS:
        raise NoArticleError(path, f"is {OTHER_ITEMS[xml.local(root)]} (NewsML-G2 {xml.local(root)})")
    item = WireItem(id=root.get("guid"), language=root.get(_LANG) or "")
    meta, content = child(root, "itemMeta"), child(root, "contentMeta")
    _read_item_meta(meta, item)
    kind = code_of(_code(child(meta, "itemClass")) or "text")
    _read_content_meta(content, item, is_text=kind not in ("picture", "graphic", "video", "audio"))
    require_usable(item, path)
    for name in ("versionCreated", "firstCreated"):
        item.times.append((f"newsml {name}", words(child(meta, name))))
    item.times.append(("newsml contentCreated", words(child(content, "contentCreated"))))
    for one in child(root, "contentSet") if child(root, "contentSet") is not None else ():
        _read_content(one, item)
    item.set("headline", words(child(meta, "title")))
    _read_provider(root, meta, item)
    return item


def read_newsml1(root: Any, path: str) -> WireItem:
    """Return what a news item of NewsML 1 says: the headline, the lines above the text, and the text."""
    item = WireItem(id=words(next(iter(inner(root, "PublicIdentifier")), None)) or None)
    management = child(root, "NewsManagement")
    status = child(management, "Status")
    item.status = status.get("FormalName") if status is not None else None
    future = child(management, "StatusWillChange")
    if future is not None and code_of(item.status or "") in ("embargoed", "withheld"):
        item.status, item.embargoed = "embargoed", words(child(future, "DateAndTime"))
        item.embargoed_in = "newsml StatusWillChange"
    for name in ("ThisRevisionCreated", "FirstCreated"):
        item.times.append((f"newsml {name}", words(child(management, name))))
    for name, part in (
        ("HeadLine", "headline"),
        ("SubHeadLine", "standfirst"),
        ("ByLine", "byline"),
        ("DateLine", "dateline"),
        ("CreditLine", "agency"),
    ):
        item.set(part, words(next(iter(inner(root, name)), None)))
    for name in ("Provider", "Source"):
        for party in inner(next(iter(inner(root, name)), None), "Party"):
            item.set("outlet", party.get("FormalName"))
    language = next(iter(inner(root, "Language")), None)
    item.language = (language.get("FormalName") or "") if language is not None else ""
    require_usable(item, path)
    for one in inner(root, "DataContent"):
        _read_content(one, item)
    return item


def _code(element: Any) -> str:
    """Return the code, address or words that name a thing."""
    if element is None:
        return ""
    return str(element.get("qcode") or element.get("uri") or element.get("literal") or words(element))


def _name(element: Any) -> str:
    """Return the name of a party: as it is written, else its code where that is a word."""
    if element is None:
        return ""
    name = words(child(element, "name")) or element.get("literal") or ""
    code = (element.get("qcode") or "").rpartition(":")[2]
    return str(name or (code if code.isalpha() else ""))


def _role(element: Any) -> str:
    return code_of(element.get("role") or "")


def _read_item_meta(meta: Any, item: WireItem) -> None:
    status = child(meta, "pubStatus")
    item.status = _code(status) or None
    embargoed = child(meta, "embargoed")
    if embargoed is not None:
        item.embargoed, item.embargoed_in = words(embargoed), "newsml embargoed"
    if any(code_of(_code(signal)) in ("kill", "killed") for signal in children(meta, "signal")):
        item.status = "canceled"
    item.note = words(child(meta, "edNote"))


def _read_content_meta(content: Any, item: WireItem, *, is_text: bool) -> None:
    """Read the parts that stand above the text; of pictures and the like, what stands under them."""
    for headline in children(content, "headline"):
        role = _role(headline)
        part = "section" if role in _ABOVE else "standfirst" if role in _BELOW else "headline"
        item.set(part, words(headline))
    for description in children(content, "description"):
        role = _role(description)
        if role in _CAPTIONS or not is_text:
            item.set("caption", words(description))
        elif role not in _SILENT:
            item.set("standfirst", words(description))
    item.set("byline", words(child(content, "by")))
    item.set("byline", ", ".join(filter(None, map(_name, children(content, "creator")))))
    item.set("agency" if is_text else "credit", _name(child(content, "infoSource")))
    item.set("agency" if is_text else "credit", words(child(content, "creditline")))
    item.set("dateline", words(child(content, "dateline")))
    item.located = _name(child(content, "located"))
    language = child(content, "language")
    item.language = (language.get("tag") if language is not None else None) or item.language
    item.modified = words(child(content, "contentModified"))


def _read_provider(root: Any, meta: Any, item: WireItem) -> None:
    """Set who sends the item: the name of the provider, else of the holder of its rights."""
    provider = child(meta, "provider")
    holder = child(root, "rightsInfo", "copyrightHolder")
    item.set("outlet", words(child(provider, "name")) or _name(holder) or _name(provider))


def _read_content(element: Any, item: WireItem) -> None:
    """Take the text from one of the forms that an item carries it in, unless an earlier one had it."""
    if item.paragraphs or xml.local(element) == "remoteContent":
        return
    document = next(iter(inner(element, "nitf")), None)
    if document is not None:
        nitf.fill(item, document)
        return
    if len(element) == 0:
        found = markup.read_words(element.text or "", element.get("contenttype") or "")
    else:
        found = markup.read_markup(next(iter(inner(element, "body")), element))
    item.take(found)
