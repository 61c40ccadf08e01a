"""When a page was published and last changed: of all that says so, what is trusted most."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from onrecord.reading import dates, wording
from onrecord.reading.draft import Draft
from onrecord.reading.metadata import Metadata
from onrecord.reading.words import brief, names_of

_DATE: Final = re.compile(
    r"(?:^|[\s_\-])(?:date(?:line|time)?|time(?:stamp)?|pub(?:lish(?:ed)?)?-?(?:date|time)?"
    r"|posted(?:-?on)?|entry-?date)(?=$|[\s_\-])",
    re.IGNORECASE,
)
#: Characters that libxml2 reads but lxml refuses to write back.


def set_dates(draft: Draft, metadata: Metadata, elements: Sequence[Any], near: Sequence[Any]) -> None:
    """Set when it was published and changed: JSON-LD, meta, a shown time, the address, in this order.

    A declared day that comes after one in the address by more than a day is not trusted over a second
    declaration that agrees with the address.

    Args:
        draft: takes the fields.
        metadata: what the page declares.
        elements: the blocks of the page in their order.
        near: those of them that stand beside the headline, which is the first.
    """
    candidates = list(metadata.published)
    shown = shown_date(elements, near)
    if shown:
        candidates.append((shown, "text"))
    url = dates.from_url(metadata.url or "")
    if url:
        agreeing = [candidate for candidate in candidates if candidate[0][:10] == url]
        candidates = agreeing + [one for one in candidates if one not in agreeing] + [(url, "url")]
    if candidates:
        value, source = candidates[0]
        draft.fields.update(published=value, published_from=source)
        if source != "text":
            draft.declared += ["published"]
    if metadata.modified and metadata.modified[0] != draft.fields.get("published"):
        draft.declare("modified", metadata.modified[0])


def shown_date(elements: Sequence[Any], near: Sequence[Any]) -> str | None:
    """Return the date that the page shows beside the headline, in a time element or in words."""
    heading = elements.index(near[0]) if near else 0
    near = [*near, *reversed(elements[max(0, heading - 20) : heading])]
    for element in near:
        if element.tag == "time":
            value = dates.parse_declared(element.get("datetime") or brief(element))
            if value:
                return value
    for element in near:
        text = brief(element)
        named = _DATE.search(names_of(element)) or wording.published_label(text) is not None
        if len(text) < 80 and (named or dates.is_date(text)) and wording.modified_label(text) is None:
            found = dates.find_date(text)
            if found:
                return found[0]
    return None
