"""ninjs, the IPTC's news in JSON, versions 1.0 to 3.3.

Version 1 has ``body_xhtml``, ``headline``, ``infosource``; version 2 lists (``bodies``, ``headlines``,
``infosources``); version 3 the same with capitals in the names. https://iptc.org/std/ninjs/userguide/
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from onrecord.errors import InputError, NoArticleError
from onrecord.reading import markup, nitf, xml
from onrecord.reading.wire_item import WireItem, require_usable

#: Names that only this standard has; one beside "uri" tells it from any other JSON.
_MARK_NAMES: Final = (
    "pubstatus versioncreated firstcreated contentcreated headlines bodies representationtype body_xhtml"
    " body_text body_html copyrightholder copyrightnotice usageterms infosource infosources"
)
_MARKS: Final = frozenset(_MARK_NAMES.split())
_SNIFF: Final = re.compile(r'"([A-Za-z_]{2,20})"\s*:')
_LEAST_MARKS: Final = 2
#: Kinds of items whose description is the words under them.
_PICTURES: Final = frozenset({"picture", "graphic", "video", "audio"})
_MOST_LISTED: Final = 100


def is_ninjs(value: object) -> bool:
    """Tell whether a JSON value is a news object of this standard."""
    return isinstance(value, dict) and _is_marked(value)


def looks_like_ninjs(head: str) -> bool:
    """Tell from its first characters whether a JSON text holds a news object, or a list of them."""
    return head.lstrip("\ufeff \t\r\n")[:1] in ("{", "[") and _is_marked(_SNIFF.findall(head))


def _is_marked(names: Any) -> bool:
    lower = {name.lower() for name in names if isinstance(name, str)}
    return bool(lower & {"uri", "guid"}) and len(lower & _MARKS) >= _LEAST_MARKS


def parse(data: bytes, path: str) -> Mapping[str, Any]:
    """Return a news object.

    Raises:
        InputError: it is no JSON object.
    """
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(path, f"is no JSON that can be read ({error})") from error
    if not isinstance(value, dict):
        raise InputError(path, f"is a JSON {type(value).__name__}, not one news object")
    return value


def read_ninjs(value: Mapping[str, Any], path: str) -> WireItem:
    """Return what a news object says.

    Raises:
        NoArticleError: it is an event or a plan without text.
        WithheldError: it may not be used.
    """
    known = _lower(value)
    item = WireItem(
        id=_string(known.get("uri")) or _string(known.get("guid")) or None,
        status=_string(known.get("pubstatus")) or None,
        language=_string(known.get("language")),
        note=_string(known.get("ednote")),
    )
    if known.get("embargoed") is not None:
        item.embargoed, item.embargoed_in = _string(known["embargoed"]), "ninjs embargoed"
    for name in ("versioncreated", "firstcreated", "contentcreated"):
        item.times.append((f"ninjs {name}", _string(known.get(name))))
    _read_headlines(known, item)
    require_usable(item, path)
    kind = _string(known.get("type"))
    _read_bodies(known, item)
    if kind in ("event", "planning") and not item.paragraphs:
        raise NoArticleError(path, f"describes a coming {kind} (ninjs), and holds no text")
    _read_credits(known, item)
    if kind in _PICTURES:
        item.set("caption", _described(known))
        item.set("credit", item.values.pop("byline", None) or _string(known.get("copyrightholder")))
    else:
        item.set("standfirst", _described(known))
        _read_picture(known.get("associations"), item)
    return item


def _lower(value: Mapping[str, Any]) -> dict[str, Any]:
    return {name.lower(): one for name, one in value.items()}


def _string(value: Any) -> str:
    """Return a string, or the words of an object or list that stand for it."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        return next(
            (
                str(value[name]).strip()
                for name in ("value", "name", "literal", "byline")
                if isinstance(value.get(name), str)
            ),
            "",
        )
    if isinstance(value, list):
        return ", ".join(filter(None, map(_string, value[:_MOST_LISTED])))
    return ""


def _listed(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a list, of the values of an object, or of one."""
    values = list(value.values()) if isinstance(value, dict) else value
    return (
        [_lower(one) for one in values[:_MOST_LISTED] if isinstance(one, dict)]
        if isinstance(values, list)
        else []
    )


def _plain(words: str) -> str:
    return " ".join(markup.read_words(words).paragraphs)


def _read_headlines(known: Mapping[str, Any], item: WireItem) -> None:
    headlines = _listed(known.get("headlines"))
    headlines.sort(key=lambda one: _string(one.get("role")).lower() not in ("main", "", "headline"))
    for one in headlines:
        role = _string(one.get("role")).lower()
        part = (
            "standfirst"
            if role.startswith(("sub", "deck"))
            else "section"
            if role == "kicker"
            else "headline"
        )
        item.set(part, _plain(_string(one)))
    item.set("headline", _plain(_string(known.get("headline"))))
    for name in sorted(name for name in known if name.startswith("headline_")):
        item.set("headline", _plain(_string(known[name])))
    item.set("headline", _plain(_string(known.get("title"))))


def _read_bodies(known: Mapping[str, Any], item: WireItem) -> None:
    """Take the text from the form that tells its paragraphs best."""
    forms = [
        ((_string(one.get("contenttype")) or _string(one.get("role"))).lower(), _string(one.get("value")))
        for one in _listed(known.get("bodies"))
    ]
    forms += [
        (name.removeprefix("body_"), _string(known[name]))
        for name in sorted(known)
        if name.startswith("body_")
    ]
    forms.append(("", _string(known.get("body"))))
    forms.sort(
        key=lambda form: (
            0 if "html" in form[0] else 1 if "nitf" in form[0] else 2 if "xml" not in form[0] else 3
        )
    )
    for kind, words in forms:
        if not words or item.paragraphs:
            continue
        if "nitf" in kind:
            with suppress(InputError):  # Another form may be whole.
                nitf.fill(item, xml.parse(words.encode("utf-8", "replace"), ""))
        else:
            item.take(markup.read_words(words, kind))


def _read_credits(known: Mapping[str, Any], item: WireItem) -> None:
    for name in ("byline", "by", "bylines"):
        item.set("byline", _plain(_string(known.get(name))))
    for name in ("infosources", "infosource"):
        item.set("agency", _string(_listed(known.get(name))[:1]))
    item.set("dateline", _string(known.get("dateline")))
    item.located = _string(known.get("located"))
    for name in ("provider", "source", "copyrightholder"):
        item.set("outlet", _string(known.get(name)))


def _described(known: Mapping[str, Any]) -> str:
    for one in _listed(known.get("descriptions")):
        if _string(one.get("value")):
            return _plain(_string(one))
    names = (
        "description_text",
        *sorted(name for name in known if name.startswith("description_")),
        "description",
    )
    return next((_plain(_string(known[name])) for name in names if _string(known.get(name))), "")


def _read_picture(associations: Any, item: WireItem) -> None:
    """Take the words under the first picture that goes with a text."""
    for one in _listed(associations):
        if _string(one.get("type")) in ("picture", "graphic") and _described(one):
            item.set("caption", _described(one))
            item.set(
                "credit",
                _string(one.get("byline")) or _string(one.get("by")) or _string(one.get("copyrightholder")),
            )
            return
