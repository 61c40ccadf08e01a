"""What was published, and what was found in it: the values that every later step hands on.

All spans are ``(start, end)`` in Unicode code points of :attr:`Article.text`, end exclusive. An unknown
value is ``None``, never a default; a list of which nothing is known is empty.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

Span = tuple[int, int]
Spans = tuple[Span, ...]

#: Every field of an article that a page may give, with its meaning. The order is the order of printing.
FIELDS: Final[Mapping[str, str]] = {
    "outlet": "who published it: the newspaper, site or channel",
    "section": "the line above the headline: rubric, series",
    "headline": "the title as printed",
    "standfirst": "the sentence or two between headline and body that sum up or tease",
    "byline": "who wrote it, as printed, without 'By'",
    "agency": "the wire service the text is credited to",
    "dateline": "the place that the report is filed from, as it opens the body",
    "caption": "the words under the first photograph",
    "credit": "who made the photograph",
    "published": "ISO 8601, as precise as known: a day, a minute, with an offset where one is given",
    "published_from": "where that was read: json-ld, meta, url, text, feed, archive, option; of a wire item"
    " the standard and element (newsml versionCreated)",
    "modified": "ISO 8601, when the page says it was last changed",
    "language": "ISO 639-1 code of the body",
    "url": "where it was published",
}


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes as fetched or given, from which an article can be read again.

    Attributes:
        data: the bytes, unchanged. For one row of a table: that row as a JSON object in UTF-8.
        media_type: ``text/html``, ``text/plain``, ``application/json`` (one row of JSON lines or a table), or
            that of a wire item (:mod:`onrecord.reading.wire`).
        charset: what the server declared, else ``None``.
        url: where it was fetched from, else ``None``.
        got: when it was fetched or opened, ISO 8601 in UTC.
        given: what the user said of it and the page does not say of itself (``outlet``, ``published``,
            column names); reading the page again needs them.
    """

    data: bytes
    media_type: str
    charset: str | None = None
    url: str | None = None
    got: str | None = None
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """Hash of the bytes, lower-case hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One published text with its parts. The meaning of each field is in :data:`FIELDS`.

    Attributes:
        path: the input as given; for one of many in a file ``FILE#N`` or ``FILE#id``.
        text: plain text input: the decoded file, without BOM, line ends as LF, nothing else changed.
            Other input: the parts in reading order, a blank line between them.
        parts: part name -> its spans in ``text``; ``body`` has one span a paragraph.
        declared: fields whose value only the page's metadata give, so that no reader of the page saw it.
        page: the bytes it was read from; ``None`` for an article made in memory.
    """

    path: str
    text: str
    outlet: str | None = None
    section: str | None = None
    headline: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    agency: str | None = None
    dateline: str | None = None
    caption: str | None = None
    credit: str | None = None
    published: str | None = None
    published_from: str | None = None
    modified: str | None = None
    language: str | None = None
    url: str | None = None
    parts: Mapping[str, Spans] = field(default_factory=dict)
    declared: tuple[str, ...] = ()
    page: Page | None = None

    @property
    def text_sha256(self) -> str:
        """Hash of the text in UTF-8, lower-case hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def quote(self, spans: Iterable[Span]) -> str:
        """Return the words under ``spans``, fragments joined by an ellipsis in brackets."""
        return " […] ".join(self.text[start:end] for start, end in spans)

    def to_json(self) -> dict[str, Any]:
        """Return ``path``, ``text`` and ``article`` as the JSON contract has them."""
        fields = {name: getattr(self, name) for name in FIELDS}
        parts = {name: [list(span) for span in spans] for name, spans in self.parts.items()}
        return {
            "path": self.path,
            "text": self.text,
            "article": {**fields, "parts": parts, "declared": list(self.declared)},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """To whom a statement resolves.

    Attributes:
        name: the fullest name that the article or the registry gives; for an unnamed source the words
            of the text.
        kind: person, organisation, state, media, group or unnamed.
        named: whether a proper name stands for it.
        spans: the mention that the name rests on.
        office: the office that the text gives, with ``office_spans``.
        actor: id in the record.
        candidates: actors it may be, best first, each with actor, name, score and why.
        why: the rule or scorer that decided.
    """

    name: str | None = None
    kind: str | None = None
    named: bool | None = None
    spans: Spans = ()
    office: str | None = None
    office_spans: Spans = ()
    actor: str | None = None
    candidates: tuple[Mapping[str, Any], ...] = ()
    why: str | None = None

    def __str__(self) -> str:
        return self.name or "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Days ``first`` to ``last`` (ISO 8601, both inclusive) with the words and the rule they rest on."""

    first: str | None
    last: str | None
    spans: Spans = ()
    rule: str
    inferred: bool = False
    vague: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One stretch of content reported on somebody's word.

    The roles source, cue and content are those of the PARC and PolNeAR corpora (Pareti 2016; Newell et
    al. 2018). ``content`` keeps the quotation marks that belong to it and a leading "that", and leaves out
    cue and source. ``text`` is the content's words. ``confidence`` is the calibrated probability that
    content and source are both right. ``id`` depends on the article's text and the content span alone.
    """

    id: str
    type: str
    content: Spans
    text: str
    source: Spans = ()
    cue: Spans = ()
    speaker: Speaker | None = None
    via: Spans = ()
    hearsay: bool | None = None
    parent: str | None = None
    act: str | None = None
    outlook: str | None = None
    addressee: Spans = ()
    occasion: Spans = ()
    about: tuple[Mapping[str, Any], ...] = ()
    said: Interval | None = None
    released: Interval | None = None
    due: Interval | None = None
    confidence: float

    def to_json(self) -> dict[str, Any]:
        """Return the statement as the JSON contract has it."""
        return {name: _plain(getattr(self, name)) for name in self.__slots__ if name != "text"}


def statement_id(text_sha256: str, content: Spans) -> str:
    """Return the stable id of the statement with this content in the text of this hash.

    The same text and content span give the same id, whatever model found it.
    """
    spans = ",".join(f"{start}-{end}" for start, end in content)
    return hashlib.sha256(f"{text_sha256}\0{spans}".encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    """Turn tuples into lists and values into dictionaries, all the way down."""
    if isinstance(value, Speaker | Interval):
        return {name: _plain(getattr(value, name)) for name in value.__slots__}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value
