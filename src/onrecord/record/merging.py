"""What people decided, laid over what the machine found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from onrecord.article import Article, Interval, Span, Spans, Speaker, Statement
from onrecord.errors import QueryError, RecordError
from onrecord.record import anchors, outcomes

_TYPES: Final = ("direct", "indirect", "mixed")
#: What a speaker may be.
KINDS: Final = ("person", "organisation", "state", "media", "group", "unnamed")
#: What kind of speech act a statement may be.
ACTS: Final = (
    "say", "deny", "accuse", "demand", "warn", "promise", "predict", "praise", "reject", "admit", "stance",
)  # fmt: skip
#: What a statement may say of the future.
OUTLOOKS: Final = ("promise", "threat", "prediction", "plan", "deadline")
_SPEAKER: Final = ("speaker", "kind", "office")
_DAYS: Final = ("said", "released", "due")
_WORDS: Final = ("source", "cue", "via", "addressee", "occasion")

#: What a person decides of a statement beside its fields.
BESIDE: Final = ("verdict", outcomes.OUTCOME, "added")

#: Fields that are words of the article.
WORDS: Final = ("content", *_WORDS)

#: Stretches that one field may have.
MOST_SPANS: Final = 200

_SELECTOR: Final = ("exact", "prefix", "suffix", "start")

#: The longest value that a judgement may set, in code points.
LONGEST: Final = 2000

#: Every field that a judgement may set, with what its value may be.
SETTABLE: Final[Mapping[str, str]] = {
    "speaker": "the speaker: an actor's id, or a name; none for nobody knows",
    "kind": "what the speaker is: " + ", ".join(KINDS),
    "office": "the speaker's office",
    "type": ", ".join(_TYPES),
    "hearsay": "true or false",
    "act": ", ".join(ACTS),
    "outlook": ", ".join(OUTLOOKS),
    "said": "a day (YYYY-MM-DD), or first and last day with a slash between",
    "released": "a day, or first and last day with a slash between",
    "due": "a day, or first and last day with a slash between",
    "content": "words of the article that are its content",
    "source": "words of the article that name the source",
    "cue": "words of the article that attribute",
    "via": "words of the article that name who handed it on",
    "addressee": "words of the article that name to whom it was said",
    "occasion": "words of the article that name the occasion",
}

#: What stands for an unknown value on the command line.
UNKNOWN: Final = ("", "null", "none", "unknown")


@dataclass(frozen=True, slots=True)
class Decided:
    """One row of the judgement table that bears on merging."""

    id: int
    field: str
    value: Any
    undoes: int | None


def effective(judgements: Iterable[Decided]) -> list[Decided]:
    """Return the judgements that hold, oldest first: not undone, and not themselves an undoing."""
    undone: set[int] = set()
    held: list[Decided] = []
    # From the newest back: whether an undoing holds is known before what it undoes is met.
    for judgement in sorted(judgements, key=lambda one: -one.id):
        if judgement.id in undone:
            continue
        if judgement.undoes is not None:
            undone.add(judgement.undoes)
        else:
            held.append(judgement)
    return held[::-1]


def check(field: str, value: object, article: Article, near: Span | None = None) -> Any:
    """Return the value of a judgement: of words of the article that are given by place, ``{"spans": ...}``.

    Args:
        field: one of :data:`SETTABLE`.
        value: words of the article may be given as such, as spans, or as selectors of a patch file.
        article: the article judged.
        near: where the statement stands; of words that stand in several places, the nearest are meant.

    Raises:
        QueryError: there is no such field, or the value cannot be one of it.
    """
    if field not in SETTABLE:
        raise QueryError(f"{field!r} is no field that can be set. Fields: {', '.join(SETTABLE)}")
    if value is None or (isinstance(value, str) and value.strip().lower() in UNKNOWN):
        if field in ("type", "content"):
            raise QueryError(f"a statement always has a {field}: {SETTABLE[field]}")
        return None
    if field in WORDS and not isinstance(value, str):
        return {"spans": [list(span) for span in _given_spans(field, value, article)]}
    if field == "hearsay":
        return _truth(value)
    if not isinstance(value, str):
        raise QueryError(f"{field} = {value!r}: expected {SETTABLE[field]}")
    if len(value) > LONGEST or not _encodable(value):
        raise QueryError(f"{field}: the value is longer than {LONGEST} characters or holds half a character")
    value = " ".join(value.split()) if field not in _WORDS else value.strip()
    choices = {"type": _TYPES, "kind": KINDS, "act": ACTS, "outlook": OUTLOOKS}.get(field)
    if choices and value not in choices:
        raise QueryError(f"{field} = {value!r}: expected one of {', '.join(choices)}")
    if field in _DAYS:
        return _days(field, value)
    if field in WORDS and value not in article.text:
        raise QueryError(f"{field}: the words {value!r} do not stand in the article. Copy them from it")
    if field == "content":
        span = nearest(article.text, value, near or (0, 0))
        return {"spans": [list(span)] if span else []}
    return value


def require_content(spans: Spans, article: Article) -> None:
    """Refuse spans that can be no content.

    Raises:
        QueryError: there is no span, or one begins or ends with a blank or has no letter in it.
    """
    if not spans:
        raise QueryError("a statement has at least one stretch of words")
    for start, end in spans:
        words = article.text[start:end]
        if words != words.strip() or not any(map(str.isalnum, words)):
            raise QueryError(f"the words {words[:60]!r} begin or end with a blank, or hold no letter")


def _given_spans(field: str, value: object, article: Article) -> Spans:
    """Return spans as given by place or by selectors, in the order of the text."""
    given = value.get("quotes", value.get("spans")) if isinstance(value, Mapping) else value
    if not isinstance(given, Sequence) or not 0 < len(given) <= MOST_SPANS:
        raise QueryError(f"{field}: expected {SETTABLE[field]}, or 1 to {MOST_SPANS} spans of its text")
    if all(isinstance(one, Mapping) for one in given):
        try:
            quotes = [anchors.kept([one[name] for name in _SELECTOR], field) for one in given]
        except (KeyError, RecordError) as error:
            raise QueryError(f"{field}: a selector is no TextQuoteSelector with its start") from error
        found = anchors.locate_all(article.text, quotes)
        if found is None:
            raise QueryError(f"{field}: the words {quotes[0].exact[:60]!r} do not stand in the article")
        return found
    at = 0
    spans: list[Span] = []
    for one in given:
        if not isinstance(one, Sequence) or len(one) != 2 or not all(type(end) is int for end in one):
            raise QueryError(f"{field}: {one!r} is no span. Give start and end in code points of the text")
        start, end = one
        if not at <= start < end <= len(article.text) or not article.text[start:end].strip():
            what = f"{field}: the span {start}-{end} is empty, out of order or out of the text's bounds"
            raise QueryError(f"{what} (0-{len(article.text)})")
        spans.append((start, end))
        at = end
    return tuple(spans)


def sound(field: str, value: Any, where: str) -> Any:
    """Return a stored value of a field as it is, when a judgement of ours could have set it.

    Raises:
        RecordError: it is of another type.
    """
    if field == outcomes.OUTCOME:
        return outcomes.sound(value, where)
    if field == "added" or (field in WORDS and isinstance(value, Mapping)):
        return _sound_words(field, value, where)
    kind = bool if field == "hearsay" else str
    if field == "speaker" and isinstance(value, dict):
        for part in ("actor", "name", "kind"):
            sound(part, value.get(part), where)
        return value
    if value is not None and not isinstance(value, kind):
        what = f"the record is damaged ({field} is set to no {kind.__name__})"
        raise RecordError(f"{where}: {what}. Run `onrecord verify`")
    return value


def _sound_words(field: str, value: Any, where: str) -> Any:
    """Return what is stored of words set by place, or of a statement added."""
    known = isinstance(value, Mapping) and not set(value) - {"id", "quoted", "spans", "type"}
    spans = value.get("spans", []) if known else None
    if spans is None or not isinstance(spans, list) or len(spans) > MOST_SPANS:
        raise RecordError(f"{where}: the record is damaged ({field} is no span). Run `onrecord verify`")
    for one in spans:
        if (
            not isinstance(one, list)
            or len(one) != 2
            or not all(type(end) is int and end >= 0 for end in one)
        ):
            raise RecordError(f"{where}: the record is damaged ({field} is no span). Run `onrecord verify`")
    return value


def sound_values(decided: Any, where: str) -> dict[str, Any]:
    """Return the stored values of several fields as they are.

    Raises:
        RecordError: one is of another type.
    """
    if not isinstance(decided, dict):
        raise RecordError(f"{where}: the record is damaged (no fields). Run `onrecord verify`")
    return {field: sound(field, value, where) for field, value in decided.items()}


def merge(statement: Statement, decided: Mapping[str, Any], article: Article) -> Statement:
    """Return the statement with the decided values in place of the machine's.

    A decided value carries the rule ``judgement`` in place of the machine's reason. A changed name takes the
    machine's kind, office and actor with it: they were those of somebody else.
    """
    fields: dict[str, Any] = {}
    for name in decided.keys() & {"type", "hearsay", "act", "outlook"}:
        fields[name] = decided[name]
    for name in decided.keys() & set(_DAYS):
        fields[name] = _interval(decided[name])
    for name in decided.keys() & set(_WORDS):
        words = decided[name]
        if isinstance(words, Mapping):
            fields[name] = tuple((start, end) for start, end in words["spans"])
            continue
        span = nearest(article.text, words, statement.content[0]) if words else None
        fields[name] = (span,) if span else ()
    if decided.keys() & set(_SPEAKER):
        fields["speaker"] = _speaker(statement.speaker or Speaker(), decided)
    return replace(statement, **fields) if fields else statement


def _speaker(speaker: Speaker, decided: Mapping[str, Any]) -> Speaker:
    named = decided.get("speaker", speaker.name)
    if isinstance(named, dict):
        speaker = Speaker(
            name=named.get("name"), kind=named.get("kind"), named=True, actor=named.get("actor")
        )
    elif named != speaker.name:
        speaker = Speaker(name=named)
    changes = {name: decided[name] for name in ("kind", "office") if name in decided}
    if "office" in changes:
        changes["office_spans"] = ()
    return replace(speaker, why="judgement", **changes)


def _interval(value: str | None) -> Interval | None:
    if value is None:
        return None
    first, _, last = value.partition("/")
    return Interval(first=first, last=last or first, rule="judgement")


def _days(field: str, value: str) -> str:
    days = value.split("/")
    try:
        parsed = [date.fromisoformat(day.strip()) for day in days]
    except ValueError:
        parsed = []
    if len(parsed) not in (1, 2) or parsed != sorted(parsed):
        raise QueryError(f"{field} = {value!r}: expected {SETTABLE[field]}")
    return "/".join(day.isoformat() for day in parsed)


def _truth(value: object) -> bool:
    known: dict[object, bool] = {
        True: True,
        False: False,
        "true": True,
        "false": False,
        "yes": True,
        "no": False,
    }
    key = value.strip().lower() if isinstance(value, str) else value
    if not isinstance(key, bool | str) or key not in known:
        raise QueryError(f"hearsay = {value!r}: expected true or false")
    return known[key]


def _encodable(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def nearest(text: str, words: str, to: Span) -> Span | None:
    """Return the place of the words nearest to a span."""
    after = text.find(words, to[0])
    before = text.rfind(words, 0, to[0])
    distance: Callable[[int], int] = lambda at: min(abs(at - to[1]), abs(at + len(words) - to[0]))  # noqa: E731
    places = [at for at in (before, after) if at >= 0]
    if not places:
        return None
    at = min(places, key=distance)
    return at, at + len(words)
