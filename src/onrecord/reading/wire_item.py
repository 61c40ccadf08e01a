"""An item of a wire service: whether it may be used, and the article that it makes.

What the standards call by different names (NewsML-G2, NITF, ninjs) comes together here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from onrecord.errors import WithheldError
from onrecord.reading import dates, openings
from onrecord.reading.draft import Draft
from onrecord.reading.markup import Markup

#: Parts above the body, in the order of reading.
_PARTS: Final = ("section", "headline", "standfirst", "byline", "agency", "dateline", "caption", "credit")
#: Characters of a standfirst. A longer one is the text itself, sent along for search.
_MOST_STANDFIRST: Final = 1_000
#: A time without a zone may be meant anywhere: an embargo ends when it has ended everywhere.
_WESTERNMOST: Final = timezone(timedelta(hours=-12))
_ADDRESS: Final = re.compile(r"(?:https?://|urn:|tag:)[^\s<>\"'\x00-\x1f\x7f]{3,490}", re.IGNORECASE)
_BY: Final = re.compile(r"^(?i:by:?)\s+")
#: A notice that tells newsrooms to drop a story, as agencies head it: in capitals.
_KILL_NOTICE: Final = re.compile(
    r"^\W*(?:[A-Z]{2,8}-{1,2})*(?:MANDATORY |BULLETIN |STORY )?KILL(?:S|ED)?"
    r"(?:[ ,]KILL)*(?:\W*$|\s*[:!–—-]|\s+(?:STORY|ITEM|NOTICE|ADVISORY)\b)"
)
_DAY_BEHIND: Final = re.compile(
    r"[,.(|]?\s*(?:\d{1,2}(?:st|nd|rd|th)?\.?\s+)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
    r"(?:\s+\d.*)?$"
)
#: The code at the end of a qcode ("stat:usable") or of a URI.
_CODE: Final = re.compile(r"[^:/#]*$")


@dataclass(slots=True, kw_only=True)
class WireItem:
    """What a wire item says of itself.

    Attributes:
        id: the provider's identifier, without version.
        status: publishing status as written; ``None`` means usable.
        embargoed: when it may be published, as written; empty where an embargo has no end.
        embargoed_in: the standard and element that say so.
        values: part or field of an article -> its words; the first that are set stand.
        located: where it was written, for a report without a dateline.
        times: (standard and element, time as written) that may be when it was published, best first.
        modified: when its content was last changed, as written.
        paragraphs: of the body.
        language: a language tag.
        url: where it is on the web.
        note: what it tells the editors.
    """

    id: str | None = None
    status: str | None = None
    embargoed: str | None = None
    embargoed_in: str = ""
    values: dict[str, str] = field(default_factory=dict)
    located: str = ""
    times: list[tuple[str, str]] = field(default_factory=list)
    modified: str = ""
    paragraphs: list[str] = field(default_factory=list)
    language: str = ""
    url: str = ""
    note: str = ""

    def set(self, name: str, words: str | None) -> None:
        """Give a part its words, unless it has some or there are none."""
        cleaned = clean(words or "")
        if cleaned:
            self.values.setdefault(name, cleaned)

    def take(self, found: Markup) -> None:
        """Take the words of the text, unless there are some."""
        self.paragraphs = self.paragraphs or found.paragraphs
        self.set("headline", found.title)
        self.set("caption", found.caption)
        self.set("credit", found.credit)


def clean(words: str) -> str:
    """Return words with white space folded, mended, and without what no text can hold."""
    from onrecord.reading.words import mend  # Slow to import, and most commands read no wire item.

    return mend(words.replace("\0", "").encode("utf-8", "replace").decode())


def code_of(value: str) -> str:
    """Return the code that a qcode ("stat:usable") or a URI of a code ends in, in lower case."""
    found = _CODE.search(value.strip())
    return found[0].lower() if found else ""


def moment(value: str, *, latest: bool = False) -> datetime | None:
    """Return the time that ISO 8601, with or without its marks, names; ``None`` where it names none.

    Args:
        value: ``2026-11-24T10:00:00Z``, ``20261124T100000+0100``, ``2026-11-24``.
        latest: take a time without a zone as in the westernmost one, not as UTC.
    """
    try:
        found = datetime.fromisoformat(value.strip())
        if found.tzinfo is None:
            found = found.replace(tzinfo=_WESTERNMOST if latest else UTC)
        return found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def iso(value: str) -> str | None:
    """Return a time as the article has it: to the second, or the day where the time is midnight."""
    try:
        found = datetime.fromisoformat(value.strip())
    except ValueError:
        return dates.parse_declared(value)
    return dates.parse_declared(found.isoformat(timespec="seconds").replace("+00:00", "Z"))


def require_usable(item: WireItem, path: str, now: datetime | None = None) -> None:
    """Refuse an item that its provider has killed, withholds, or has put under an embargo that lasts.

    Raises:
        WithheldError: it may not be used, or not yet.
    """
    status = code_of(item.status or "usable")
    notice = any(_KILL_NOTICE.search(words) for words in (item.values.get("headline", ""), item.note))
    if status in ("canceled", "cancelled", "killed", "kill") or notice:
        raise killed(path, item.id)
    if status == "embargoed" and item.embargoed is None:
        item.embargoed = ""
    if item.embargoed is not None:
        _require_released(item, item.embargoed, path, now or datetime.now(UTC))
    if status not in ("usable", "embargoed"):
        written = (item.status or "")[:60]
        reason = (
            f"is withheld by its provider: publishing status {written!r}{_named(item.id)}; it is not read"
        )
        raise WithheldError(path, reason, status=status, item=item.id)


def _require_released(item: WireItem, embargoed: str, path: str, now: datetime) -> None:
    end = moment(embargoed, latest=True)
    if end is None:
        when = f"until {embargoed[:60]!r}, which is no time" if embargoed else "until further notice"
        reason = f"is under embargo {when}{_named(item.id)}; it is not read"
        raise WithheldError(path, reason, status="embargoed", item=item.id)
    if end > now:
        until = end.isoformat().replace("+00:00", "Z")
        reason = (
            f"is under embargo until {until}{_named(item.id)}; it is not read before."
            f" After that, read it again, or run onrecord inputs --retry"
        )
        raise WithheldError(path, reason, status="embargoed", item=item.id, until=until)


def killed(path: str, item: str | None) -> WithheldError:
    """Return the error for an item that its provider has killed."""
    page = address_of(item or "") or "PAGE"
    return WithheldError(
        path,
        f"is killed by its provider{_named(item)}; it is not read. If the record holds the story, take it"
        f" out: onrecord remove {page} --reason killed",
        status="canceled",
        item=item,
    )


def _named(identifier: str | None) -> str:
    return f" ({identifier[:200]})" if identifier else ""


def address_of(identifier: str) -> str | None:
    """Return an identifier that can stand as an address: a URL, URN or tag; ``None`` where it is none."""
    identifier = identifier.strip()
    return identifier if _ADDRESS.fullmatch(identifier) else None


def write(item: WireItem) -> Draft:
    """Put the text together and mark its parts; the report's opening gives dateline and agency."""
    values = item.values
    _settle(item)
    paragraphs = _body(item)
    context = "\n".join(paragraphs[:20])
    opening = openings.find_opening(paragraphs[0], context) if paragraphs else openings.Opening()
    heads = [
        (name, values[name])
        for name in _PARTS
        if values.get(name) and not (name in ("dateline", "agency") and getattr(opening, name))
    ]
    draft = Draft(text="\n\n".join([words for _, words in heads] + paragraphs))
    start = 0
    for name, words in heads:
        end = start + len(words)
        draft.mark(name, start, start + len(place_of(words)) if name == "dateline" else end)
        start = end + 2
    for name in ("dateline", "agency"):
        span = getattr(opening, name)
        if span:
            draft.mark(name, start + span[0], start + span[1])
    for number, paragraph in enumerate(paragraphs):
        first = start + (opening.start if number == 0 else 0)
        start += len(paragraph) + 2
        if first < start - 2:
            draft.mark("body", first, start - 2)
    if "byline" in draft.parts and "agency" not in draft.fields:
        within = openings.agency_within(values["byline"])
        if within:
            begin = draft.parts["byline"][0][0]
            draft.mark("agency", begin + within[0], begin + within[1])
    _declare(draft, item)
    return draft


def place_of(dateline: str) -> str:
    """Return the place that a dateline begins with, without the day behind it."""
    return _DAY_BEHIND.sub("", dateline).rstrip(" ,.-–—") or dateline


def _settle(item: WireItem) -> None:
    """Give each part the form that it has in an article."""
    from onrecord.reading.words import fold

    values = item.values
    byline = _BY.sub("", values.pop("byline", "")).rstrip(" ,;")
    if byline:
        values["byline"] = byline
    outlet = values.get("outlet", "")
    known = openings.agency_within(outlet)
    if known and not openings.agency_within(byline):
        values.setdefault("agency", outlet[known[0] : known[1]])
    standfirst = values.get("standfirst", "")
    stem = fold(standfirst).rstrip(".… ")
    tops = [" ".join(item.paragraphs[number:3]) for number in range(3)]
    if len(standfirst) > _MOST_STANDFIRST or any(fold(top).startswith(stem) for top in tops):
        values.pop("standfirst", None)


def _body(item: WireItem) -> list[str]:
    """Return the body's paragraphs, without those at its top that repeat the parts above it."""
    from onrecord.reading.words import fold

    taken = {fold(item.values.get(name, "")) for name in ("headline", "byline", "section", "caption")}
    taken |= {f"by {fold(item.values.get('byline', ''))}"}
    paragraphs = [clean(paragraph) for paragraph in item.paragraphs]
    return [
        paragraph
        for number, paragraph in enumerate(paragraphs)
        if paragraph and not (number < 4 and fold(paragraph) in taken)
    ]


def _declare(draft: Draft, item: WireItem) -> None:
    """Set the fields that have no words in the text."""
    if item.values.get("outlet"):
        draft.declare("outlet", item.values["outlet"])
    located = clean(item.located)
    if located and "dateline" not in draft.fields:
        draft.declare("dateline", located)
    published = next(((name, value) for name, words in item.times if (value := iso(words))), None)
    release = moment(item.embargoed or "")
    if release is not None:
        sent = moment(published[1]) if published else None
        if sent is None or release > sent:
            published = (item.embargoed_in, iso(item.embargoed or "") or "")
    if published and published[1]:
        draft.fields.update(published=published[1], published_from=published[0])
        draft.declared.append("published")
    modified = iso(item.modified)
    if modified and modified != draft.fields.get("published"):
        draft.declare("modified", modified)
    url = address_of(item.url) or address_of(item.id or "")
    if url:
        draft.declare("url", url)
    language = re.match(r"([a-z]{2})(?:[-_]|$)", item.language.strip().lower())
    draft.language_hint = language[1] if language else None
