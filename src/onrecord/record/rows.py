"""Between the values of :mod:`onrecord.article` and the columns of the record."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import date
from math import isfinite
from typing import Any, Final

from onrecord.article import FIELDS, Article, Interval, Page, Spans, Speaker, Statement
from onrecord.errors import RecordError

#: A stored page larger than this when unpacked is refused: the record may be a stranger's. The readers take
#: 50 MB; an article made in memory has the room of its JSON more.
MOST_PAGE_BYTES: Final = 1 << 26

#: Lists and objects within one another in stored JSON. Ours have 5; Python's own limits end at some hundreds.
DEEPEST: Final = 50

#: What a value of another type or form than ours raises somewhere below.
DAMAGE: Final = (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError)

#: For an article made in memory: it has no page, so its own JSON is kept as one.
ARTICLE_TYPE: Final = "application/x-onrecord-article+json"

TEXT_COLUMNS: Final = ("sha256", "digest", "text", *FIELDS, "parts", "declared", "published_day")
ARTICLE_COLUMNS: Final = ("text", *FIELDS, "parts", "declared")
STATEMENT_COLUMNS: Final = (
    "id", "type", "words", "content", "source", "cue", "speaker", "kind", "named", "office", "actor_id",
    "said_first", "said_last", "due_first", "due_last", "hearsay", "parent", "act", "outlook", "confidence",
    "origin", "rest",
)  # fmt: skip

_WORDED: Final = ("speaker", "kind", "office", "actor_id", "parent", "act", "outlook")
_UNSAID: Final = (None, ())
_SPEAKER_REST: Final = ("spans", "office_spans", "candidates", "why")
_REST: Final = ("via", "addressee", "occasion", "about", "said", "released", "due")


def _plain(value: Any) -> Any:
    if isinstance(value, Interval):
        return {name: getattr(value, name) for name in value.__slots__}
    return dict(value)


# Made once: json.dumps makes an encoder for each call, which a million statements feel.
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_plain)


def dumps(value: Any) -> str:
    """Return compact JSON, the same for the same value; tuples as lists, intervals as objects."""
    return _ENCODER.encode(value)


def loads(text: str, where: str) -> Any:
    """Return the value of stored JSON.

    Raises:
        RecordError: the record holds something else there.
    """
    try:
        value = json.loads(text)
        if "\\u" in text:
            dumps(value).encode()  # an escape may stand for half a character, which nothing can print
        if text.count("[") + text.count("{") > DEEPEST and _is_deep(value):
            raise ValueError(f"more than {DEEPEST} lists within one another")
    except (ValueError, TypeError, RecursionError) as error:
        what = "the record is damaged (no JSON, or not of ours)"
        raise RecordError(f"{where}: {what}. Run `onrecord verify`") from error
    return value


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [
            item
            for one in level
            if isinstance(one, list | dict)
            for item in (one.values() if isinstance(one, dict) else one)
        ]
    return bool(level)


def pack(data: bytes) -> bytes:
    """Return the bytes compressed as the record keeps them."""
    return zlib.compress(data, 6)


def unpack(data: bytes, size: int) -> bytes:
    """Return the bytes as they were; never more than the ``size`` that the record names.

    Raises:
        RecordError: they are damaged, or not of that size.
    """
    # A negative size would be no limit to zlib.
    if not isinstance(size, int) or not 0 <= size <= MOST_PAGE_BYTES:
        raise RecordError(f"the record names a size of {size!r} bytes, a page has 0 to {MOST_PAGE_BYTES}")
    unpacker = zlib.decompressobj()
    try:
        plain = unpacker.decompress(data, size + 1)
    except (zlib.error, *DAMAGE) as error:
        raise RecordError(f"stored bytes cannot be unpacked ({error})") from error
    if len(plain) != size or not unpacker.eof:
        raise RecordError(f"stored bytes unpack to {len(plain)} or more, the record names {size}")
    return plain


def page_of(article: Article) -> Page:
    """Return the page an article was read from; for one made in memory, its JSON as a page."""
    if article.page is not None:
        return article.page
    data = {**article.to_json(), "path": ""}  # the same article under another path is the same page
    return Page(dumps(data).encode("utf-8", "surrogatepass"), ARTICLE_TYPE)


def article_from_page(page: Page, path: str) -> Article:
    """Return the article that :func:`page_of` kept as JSON.

    Raises:
        RecordError: the page is damaged.
    """
    try:
        data = loads(page.data.decode("utf-8", "surrogatepass"), path)
        fields = dict(data["article"])
        parts, declared = fields.pop("parts"), fields.pop("declared")
        return _article(data["text"], {name: fields.get(name) for name in FIELDS}, parts, declared, path)
    except DAMAGE as error:
        raise RecordError(f"{path}: the record is damaged ({error}). Run `onrecord verify`") from error


def day_of(published: str | None) -> str | None:
    """Return the day of an ISO 8601 time, ``None`` when it names no single day."""
    try:
        return date.fromisoformat((published or "")[:10]).isoformat()
    except ValueError:
        return None


def text_values(article: Article) -> tuple[Any, ...]:
    """Return an article as :data:`TEXT_COLUMNS`."""
    fields = [getattr(article, name) for name in FIELDS]
    parts, declared = dumps(article.to_json()["article"]["parts"]), dumps(list(article.declared))
    kept = dumps([article.text, *fields, parts, declared])
    digest = hashlib.sha256(kept.encode("utf-8", "surrogatepass")).hexdigest()
    day = day_of(article.published)
    return (article.text_sha256, digest, article.text, *fields, parts, declared, day)


def article_from(row: Sequence[Any], path: str, page: Page | None = None) -> Article:
    """Return the article of a row of :data:`ARTICLE_COLUMNS`.

    Raises:
        RecordError: the row is damaged.
    """
    text, *fields, parts, declared = row
    known = dict(zip(FIELDS, fields, strict=True))
    try:
        return _article(text, known, loads(parts, path), loads(declared, path), path, page)
    except DAMAGE as error:
        raise RecordError(f"{path}: the record is damaged ({error}). Run `onrecord verify`") from error


def _article(
    text: Any, fields: dict[str, Any], parts: Any, declared: Any, path: str, page: Page | None = None
) -> Article:
    strings("path and text", path, text)
    strings("the article's fields", *(value for value in fields.values() if value is not None))
    strings("declared", *declared)
    return Article(path=path, text=text, **fields, parts=_parts(parts), declared=tuple(declared), page=page)


def strings(what: str, *values: Any) -> None:
    """Check that values are text, as SQLite does not.

    Raises:
        TypeError: one is not.
    """
    for value in values:
        if not isinstance(value, str):
            raise TypeError(f"{what} should be text, not {type(value).__name__}")


def _parts(value: Mapping[str, Any]) -> dict[str, Spans]:
    return {name: _spans(spans) for name, spans in value.items()}


def _spans(value: Any) -> Spans:
    return tuple((int(start), int(end)) for start, end in value)


def statement_values(statement: Statement, origin: str = "model") -> tuple[Any, ...]:
    """Return a statement as :data:`STATEMENT_COLUMNS`."""
    speaker = statement.speaker or Speaker()
    rest = {name: value for name in _REST if (value := getattr(statement, name)) not in _UNSAID}
    if statement.speaker is not None:
        rest["speaker"] = {
            name: value for name in _SPEAKER_REST if (value := getattr(speaker, name)) not in _UNSAID
        }
    said, due = statement.said, statement.due
    return (
        statement.id, statement.type, statement.text,
        dumps(statement.content), dumps(statement.source), dumps(statement.cue),
        speaker.name, speaker.kind, speaker.named, speaker.office, speaker.actor,
        said and said.first, said and said.last, due and due.first, due and due.last,
        statement.hearsay, statement.parent, statement.act, statement.outlook, statement.confidence,
        origin, dumps(rest),
    )  # fmt: skip


def statement_from(row: Sequence[Any]) -> Statement:
    """Return the statement of a row of :data:`STATEMENT_COLUMNS`.

    Raises:
        RecordError: the row is damaged.
    """
    value = dict(zip(STATEMENT_COLUMNS, row, strict=True))
    where = f"statement {value['id']}"
    rest = loads(value["rest"], where)
    try:
        if not loads(value["content"], where):
            raise ValueError("it has no content")
        strings("id, type and words", value["id"], value["type"], value["words"])
        strings("its columns", *(value[name] for name in _WORDED if value[name] is not None))
        if not isinstance(value["confidence"], int | float) or not isfinite(value["confidence"]):
            raise TypeError("its confidence is no number")
        return Statement(
            id=value["id"], type=value["type"], text=value["words"], confidence=value["confidence"],
            content=_spans(loads(value["content"], where)), source=_spans(loads(value["source"], where)),
            cue=_spans(loads(value["cue"], where)), speaker=_speaker(value, rest.get("speaker")),
            hearsay=_truth(value["hearsay"]), parent=value["parent"], act=value["act"],
            outlook=value["outlook"],
            about=tuple({**item, "spans": _spans(item.get("spans", ()))} for item in rest.get("about", ())),
            via=_spans(rest.get("via", ())), addressee=_spans(rest.get("addressee", ())),
            occasion=_spans(rest.get("occasion", ())), said=_interval(rest.get("said")),
            released=_interval(rest.get("released")), due=_interval(rest.get("due")),
        )  # fmt: skip
    except DAMAGE as error:
        raise RecordError(f"{where}: the record is damaged ({error}). Run `onrecord verify`") from error


def _speaker(value: Mapping[str, Any], rest: Mapping[str, Any] | None) -> Speaker | None:
    if rest is None:
        return None
    return Speaker(
        name=value["speaker"], kind=value["kind"], named=_truth(value["named"]), office=value["office"],
        actor=value["actor_id"], spans=_spans(rest.get("spans", ())), why=rest.get("why"),
        office_spans=_spans(rest.get("office_spans", ())), candidates=tuple(rest.get("candidates", ())),
    )  # fmt: skip


def _interval(value: Mapping[str, Any] | None) -> Interval | None:
    if not value:
        return None
    strings("days", *(value[name] for name in ("first", "last", "rule") if value.get(name) is not None))
    return Interval(**{**value, "spans": _spans(value["spans"])})


def _truth(value: int | None) -> bool | None:
    return None if value is None else bool(value)
