"""From a question's words and filters to SQL over the standing rows and their full-text index."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from onrecord.errors import QueryError
from onrecord.record import merging, standing
from onrecord.record.meaning import Meant

TYPES: Final = ("direct", "indirect", "mixed")

#: The dates that a question may go by, with what each is.
DATES: Final[Mapping[str, str]] = {
    "said": "the days on which it was said, as far as the article tells",
    "published": "the day on which the article was published",
    "due": "the days on which what it promises, threatens or foretells falls due",
}

#: What is asked of statements whose day of saying is not known: that they were published on these days.
UNSAID: Final = "unsaid"


def _told(field: str, decided: str, found: str) -> str:
    """Return SQL for what a person decided of a field of standing row ``s``, else for what was found."""
    judged = f"json_valid(s.judged) AND json_type(s.judged, '$.{field}') IS NOT NULL"
    return f"CASE WHEN s.judged IS NOT NULL AND {judged} THEN {decided} ELSE {found} END"


_OTHER_SPEAKER: Final = "json_extract(s.judged, '$.speaker') IS NOT t.speaker"
#: SQL for fields that only the found statement ``t`` holds, judgements on standing row ``s`` laid over them.
MERGED: Final[Mapping[str, str]] = {
    "act": _told("act", "json_extract(s.judged, '$.act')", "t.act"),
    # Another speaker takes with him what the finder said of its own.
    "kind": _told(
        "kind",
        "json_extract(s.judged, '$.kind')",
        _told(
            "speaker",
            f"CASE WHEN {_OTHER_SPEAKER} THEN json_extract(s.judged, '$.speaker.kind') ELSE t.kind END",
            "t.kind",
        ),
    ),
    "named": _told(
        "speaker",
        f"CASE WHEN json_type(s.judged, '$.speaker') = 'object' THEN 1 WHEN {_OTHER_SPEAKER} THEN NULL "
        "ELSE t.named END",
        "t.named",
    ),
}
_CHOICES: Final = {"act": merging.ACTS, "kind": merging.KINDS, "named": (True, False)}

#: SQL for the last key of the day to which what was said over several days goes on, when it began by a day.
_LAST_BEGUN: Final = (
    "(SELECT i.key | ? FROM standing i INDEXED BY standing_intervals WHERE i.said_first <> i.said_last "
    "AND i.said_last > ? AND i.said_first <= ? ORDER BY i.said_last DESC LIMIT 1)"
)

_MOST_TERMS: Final = 100
_TERM: Final = re.compile(
    r'(-?)(?:"([^"]*)(?:"|$)|[“„]([^”“"]*)(?:[”“"]|$)|«([^»]*)(?:»|$)|([^\s"“„«]+))(\*?)'
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as SQL: the tables it starts from, its conditions, and their values.

    ``is_meant`` tells whether an actor is asked for on a day; the SQL calls it by this name when it is given.
    ``copies`` is whether every printing of a statement is asked for. ``by_index`` is whether the full-text
    index alone tells what fits, but for what was rejected.
    """

    tables: str
    where: str
    values: tuple[Any, ...]
    searched: bool
    is_meant: Callable[[str | None, str | None], bool] | None = None
    copies: bool = False
    by_index: bool = False


def match(words: str, column: str) -> tuple[list[str], list[str]]:
    """Return the full-text terms that a user's words ask for and those they exclude, safe to put together.

    Every term is handed on as a quoted string, so that nothing a user types is taken for syntax.

    Raises:
        QueryError: there is no term, or there are too many.
    """
    wanted: list[str] = []
    excluded: list[str] = []
    for minus, *forms, star in _TERM.findall(words.replace("\0", " ")):
        term = next((form for form in forms if form), "")
        prefix = star or term.endswith("*")
        term = term.rstrip("*").encode("utf-8", "ignore").decode()
        if not any(char.isalnum() for char in term):
            continue
        quoted = '"' + term.replace('"', '""') + '"' + (" *" if prefix else "")
        (excluded if minus else wanted).append(f"{{{column}}} : {quoted}")
    if not wanted and not excluded:
        raise QueryError(f"there is no word to look for in {words!r}")
    if len(wanted) + len(excluded) > _MOST_TERMS:
        raise QueryError(f"a question may have {_MOST_TERMS} words, this has {len(wanted) + len(excluded)}")
    return wanted, excluded


def question(
    words: str | None, by: str | None, about: str | None, since: str | None, until: str | None,
    type_: str | None, outlet: str | None, min_confidence: float | None,
    makers: Meant | None = None, mentioned: Meant | None = None, date_: str | None = None,
    further: Mapping[str, Any] | None = None,
) -> Question:  # fmt: skip
    """Return a question as SQL. The arguments are those of :func:`onrecord.query.said`.

    ``makers`` are the actors whom ``by`` means, ``mentioned`` those whom ``about`` means; ``further`` are
    values of the fields of :data:`MERGED`.

    Raises:
        QueryError: it means nothing.
    """
    wanted: list[str] = []
    excluded: list[str] = []
    for asked, column, meant in (
        (words, "words", None), (by, "speaker", makers), (about, "about words", mentioned),
        (outlet, "outlet", None),
    ):  # fmt: skip
        if asked is None or not asked.strip():
            continue
        terms, without = _terms(asked, column, meant)
        wanted += terms
        excluded += without
    conditions, values = _conditions(type_, min_confidence, further or {})
    tables = "standing s"
    key = "s.key"
    if wanted or excluded:
        # CROSS JOIN: the index first, always; the planner would at times begin with the table.
        tables = "search CROSS JOIN standing s ON s.key = search.rowid"
        key = "search.rowid"
        conditions = ["search MATCH ?", *conditions]
        values = [_expression(wanted, excluded), *values]
    by_index = conditions == ["search MATCH ?"]
    on_days, days = _on_days(date_ or "said", since, until, key)
    conditions += on_days
    values += days
    is_meant = makers.holds if makers is not None and makers.terms else None
    if is_meant is not None:
        conditions.append("is_meant(s.actor_id, s.day)")
    by_index = by_index and not on_days and is_meant is None
    conditions.append("s.verdict IS NOT 'reject'")
    return Question(
        tables, " AND ".join(conditions), tuple(values), bool(wanted), is_meant, by_index=by_index
    )


def _terms(words: str, column: str, meant: Meant | None) -> tuple[list[str], list[str]]:
    """Return the terms for words, or for the actors whom they mean in place of or beside them."""
    tokens = meant.tokens() if meant else []
    if not tokens or meant is None:
        return match(words, column)
    either = [f'{{{column.split()[0]}}} : "{token}"' for token in tokens]
    if not meant.exact:
        terms, _ = match(words, column)
        either.append(f"({' AND '.join(terms)})")
    return [f"({' OR '.join(either)})"], []


def _on_days(date_: str, since: str | None, until: str | None, key: str) -> tuple[list[str], list[str | int]]:
    """Return the conditions for statements of some days, by the date that is asked for.

    An interval fits when it has a day in common with those asked for.
    """
    if date_ not in (*DATES, UNSAID):
        raise QueryError(f"date = {date_!r}: expected one of {', '.join(DATES)}")
    first, last = day(since, last=False), day(until, last=True)
    if first and last and first > last:
        raise QueryError(f"since {since} is after until {until}")
    if first is None and last is None:
        return [], []
    begins, ends = {
        "said": ("s.said_first", "s.said_last"), "due": ("s.due_first", "s.due_last"),
    }.get(date_, ("s.published", "s.published"))  # fmt: skip
    conditions = ["s.said_first IS NULL"] if date_ == UNSAID else []
    conditions.append(f"{begins} IS NOT NULL")
    values: list[str | int] = []
    if last is not None:
        conditions.append(f"{begins} <= ?")
        values.append(last)
    if last is not None and date_ == "said":
        conditions.append(f"{key} <= max(?, coalesce({_LAST_BEGUN}, 0))")
        values += [standing.day_range(None, last)[1], (1 << standing.DAY_BITS) - 1, last, last]
    if first is not None and date_ == "said":
        # The key begins with the last day of saying: the walk through the index ends there.
        conditions.append(f"{key} >= ?")
        values.append(standing.day_range(first, None)[0])
    elif first is not None:
        conditions.append(f"{ends} >= ?")
        values.append(first)
    return conditions, values


def _conditions(
    type_: str | None, min_confidence: float | None, further: Mapping[str, Any]
) -> tuple[list[str], list[Any]]:
    conditions: list[str] = []
    values: list[Any] = []
    if type_ is not None:
        if type_ not in TYPES:
            raise QueryError(f"type = {type_!r}: expected one of {', '.join(TYPES)}")
        conditions.append("s.type = ?")
        values.append(type_)
    if min_confidence is not None:
        if not 0 <= min_confidence <= 1:
            raise QueryError(f"min_confidence = {min_confidence}: expected 0 to 1")
        conditions.append("(s.confidence >= ? OR s.verdict = 'accept')")
        values.append(min_confidence)
    for field, value in further.items():
        if value not in _CHOICES[field]:
            raise QueryError(f"{field} = {value!r}: expected one of {', '.join(map(str, _CHOICES[field]))}")
        conditions.append(f"(SELECT {MERGED[field]} FROM statement t WHERE t.pk = s.statement_pk) = ?")  # noqa: S608 - SQL of this file
        values.append(value)
    return conditions, values


def day(value: str | None, *, last: bool) -> str | None:
    """Return the first or last day of a day, month or year.

    Raises:
        QueryError: it is none.
    """
    if value is None:
        return None
    parts = value.strip().split("-")
    try:
        if not all(part.isascii() and part.isdigit() for part in parts) or len(parts[0]) != 4:
            raise ValueError
        numbers = [int(part) for part in parts]
        if len(numbers) == 1:
            numbers.append(12 if last else 1)
        if len(numbers) == 2:
            numbers.append(monthrange(*numbers)[1] if last else 1)
        year, month, number = numbers
        return date(year, month, number).isoformat()
    except ValueError as error:
        raise QueryError(f"{value!r} is no day. Write 2012-12-22, 2012-12 or 2012") from error


def article_question(
    words: str | None, since: str | None, until: str | None, outlet: str | None
) -> tuple[str, tuple[Any, ...]]:
    """Return the condition of :func:`onrecord.query.articles` on texts ``x``, and its values.

    Raises:
        QueryError: it means nothing.
    """
    conditions: list[str] = ["TRUE"]
    values: list[str] = []
    if words is not None and words.strip():
        conditions.append("x.id IN (SELECT rowid FROM text_search WHERE text_search MATCH ?)")
        values.append(_expression(*match(words, "headline text")))
    first, last = day(since, last=False), day(until, last=True)
    if first and last and first > last:
        raise QueryError(f"since {since} is after until {until}")
    for end, sign in ((first, ">="), (last, "<=")):
        if end is not None:
            conditions.append(f"x.published_day {sign} ?")
            values.append(end)
    if outlet is not None:
        conditions.append("instr(lower(x.outlet), lower(?))")
        values.append(outlet.strip())
    return " AND ".join(conditions), tuple(values)


def _expression(wanted: list[str], excluded: list[str]) -> str:
    """Put terms together as an expression of FTS5."""
    if not wanted:
        raise QueryError("a question needs at least one word to look for beside those left out")
    together = " AND ".join(wanted)
    return f"({together}) NOT ({' OR '.join(excluded)})" if excluded else together
