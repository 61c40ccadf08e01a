"""One actor as the record knows it: how often it speaks in time, and its offices, proved day by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from onrecord.article import Span
from onrecord.query.overview import months_between
from onrecord.record import Record, rows

#: At most so many places that prove offices are read, the newest: a prime minister has thousands.
MOST_PROOFS: Final = 2000
#: At most so many of them are listed with one office, at even distances from the first to the last.
LISTED_PROOFS: Final = 12

_MEMBERS: Final = "(SELECT id FROM actor WHERE coalesce(merged_into, id) = ?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """How many statements an actor made in a month (``YYYY-MM``; ``None``: not known), each counted once."""

    name: str | None
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Where a text says that somebody holds an office.

    Attributes:
        article: number of the article.
        outlet: who published it.
        day: on which it says so.
        words: the words of the office and the name with what stands between, where they stand together; else
            those of the office.
        spans: of the office, then of the name.
    """

    article: int
    outlet: str | None
    day: str
    words: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office that an actor held.

    Attributes:
        role: as a text or a table words it.
        body: to which it belongs, as a table has it.
        first: first day of which it is known, as precise as known.
        last: last day, likewise.
        source: the table that says so; ``text`` for what articles say.
        texts: how many places in articles say so.
        proofs: some of them, oldest first.
        days: the days of all of them, without those that come again.
    """

    role: str
    body: str | None
    first: str | None
    last: str | None
    source: str
    texts: int
    proofs: tuple[Proof, ...]
    days: tuple[str, ...]


def months(record: Record, actor: str) -> list[Month]:
    """Return how many statements an actor made in each month in which it made one, oldest first."""
    found = record.rows(
        "SELECT month, statements FROM count_actor WHERE actor_id = ? AND statements > 0 ORDER BY month",
        (actor,),
    )
    return [Month(name=month or None, statements=number) for month, number in found]


def offices(record: Record, actor: str) -> list[Office]:
    """Return the offices of an actor, oldest first: what tables say, and what articles say day by day.

    Args:
        record: an open record.
        actor: its id.

    Raises:
        RecordError: the record cannot be read.
    """
    with record.reading("reading offices"):
        found = [*_from_tables(record, actor), *_from_texts(record, actor)]
    return sorted(found, key=lambda one: (one.first or one.last or "", one.last or "9999", one.role))


def printings(
    record: Record, actor: str, since: str | None = None, until: str | None = None
) -> tuple[int, int]:
    """Return how many statements an actor made in a range of months, and how often they were printed."""
    first, last = months_between(since, until)
    where = "AND month BETWEEN ? AND ?" if first or last else ""
    values = (first or "0", last or "9999-12") if where else ()
    found = record.rows(
        "SELECT coalesce(sum(statements), 0), coalesce(sum(printings), 0) FROM count_actor "  # noqa: S608
        f"WHERE actor_id = ? {where}",
        (actor, *values),
    )
    return int(found[0][0]), int(found[0][1])


def _from_tables(record: Record, actor: str) -> Iterator[Office]:
    for role, body, first, last, source in record.rows(
        "SELECT role, body, first_day, last_day, source FROM office WHERE source <> 'text' AND actor_id IN "  # noqa: S608
        f"{_MEMBERS} ORDER BY id",
        (actor,),
    ):
        yield Office(role=role, body=body, first=first, last=last, source=source, texts=0, proofs=(), days=())


def _from_texts(record: Record, actor: str) -> Iterator[Office]:
    grouped: dict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)
    for body, role, *rest in record.rows(
        "SELECT e.body_key, e.role_key, e.day, e.role, e.spans, e.text_id FROM office_evidence e "  # noqa: S608
        f"WHERE e.actor_id IN {_MEMBERS} ORDER BY e.day DESC, e.text_id LIMIT ?",
        (actor, MOST_PROOFS),
    ):
        grouped[body, role].append(tuple(rest))
    for several in grouped.values():
        places = several[::-1]
        some = _evenly(places, LISTED_PROOFS)
        roles = [role for _, role, _, _ in places]
        yield Office(
            role=max(roles, key=lambda role: (roles.count(role), role)), body=None, first=places[0][0],
            last=places[-1][0], source="text", texts=len(places),
            proofs=tuple(proof for place in some for proof in _proof(record, *place)),
            days=tuple(dict.fromkeys(day for day, *_ in places)),
        )  # fmt: skip


def _proof(record: Record, day: str, role: str, kept: str, text_id: int) -> Iterator[Proof]:
    spans = tuple((int(start), int(end)) for start, end in rows.loads(kept, "an office's evidence"))
    for article, outlet, text in record.rows(
        "SELECT a.id, x.outlet, x.text FROM article a JOIN text x ON x.id = a.text_id WHERE x.id = ?",
        (text_id,),
    ):
        first, last = min(start for start, _ in spans), max(end for _, end in spans)
        together = text[first:last]
        near = last - first <= 160 and "\n" not in together
        words = " ".join(together.split()) if near else role
        yield Proof(article=article, outlet=outlet, day=day, words=words, spans=spans)


def _evenly(places: list[tuple[Any, ...]], most: int) -> list[tuple[Any, ...]]:
    """Return at most so many of them, the first and the last among these."""
    if len(places) <= most:
        return places
    return [places[round(n * (len(places) - 1) / (most - 1))] for n in range(most)]
