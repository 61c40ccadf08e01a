"""ASK: from words and filters to whole rows, which every function of :mod:`onrecord.query` needs."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final

from onrecord.answers import Row, Witness
from onrecord.article import Article, Statement
from onrecord.errors import QueryError, RecordError
from onrecord.query.witnesses import others, repetitions, witnesses
from onrecord.record import Record, links, merging, rows, search, standing
from onrecord.record.meaning import meant
from onrecord.stories import repetition

#: What a question may filter by.
FILTERS: Final = (
    "by", "about", "officials", "since", "until", "date", "type", "outlet", "min_confidence", "copies",
    *search.MERGED,
    "repeated",
)  # fmt: skip

#: How many rows are fetched by one query.
CHUNK: Final = 200

_TEXT_ID: Final = 15  # place of the text's number in what fetch selects
_SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]?[A-Z0-9])")
_PLACE: Final = re.compile(r"(?:[Ii]n|[Aa]t|near|outside) ((?:the )?[A-Z][^,;|]*)")
_LONGEST_CONTEXT: Final = 1200


def question(record: Record, words: str | None, filters: Mapping[str, Any]) -> search.Question:
    """Return a question as SQL, the actors that it names looked up.

    Raises:
        QueryError: there is no such filter, or it means nothing.
    """
    unknown = filters.keys() - set(FILTERS)
    if unknown:
        raise QueryError(f"no such filter: {', '.join(sorted(unknown))}")
    by, about = filters.get("by"), filters.get("about")
    if filters.get("officials") and not by:
        raise QueryError('officials of whom? Name a state or a body too: by="Russia", or --by Russia')
    for name, value in (("by", by), ("about", about)):
        if isinstance(value, str) and not value.strip():
            raise QueryError(f"{name} is empty. Give a name or an actor's id, or leave it out")
    with record.reading("looking up actors") as connection:
        makers = meant(connection, by, officials=bool(filters.get("officials")))
        mentioned = meant(connection, about)
    asked = search.question(
        words, by, about, filters.get("since"), filters.get("until"), filters.get("type"),
        filters.get("outlet"), filters.get("min_confidence"), makers, mentioned, filters.get("date"),
        {name: filters[name] for name in search.MERGED if filters.get(name) is not None},
    )  # fmt: skip
    if filters.get("repeated"):
        where = f"{asked.where} AND {repetition.IS_REPEATED}"
        asked = replace(asked, where=where, by_index=False)
    return replace(asked, copies=bool(filters.get("copies")))


@contextmanager
def asking(record: Record, asked: search.Question) -> Iterator[sqlite3.Connection]:
    """One view of the record in which a question may be asked."""
    with record.reading("searching") as connection:
        if asked.is_meant is not None:
            connection.create_function("is_meant", 2, asked.is_meant, deterministic=True)
        yield connection


def fetch(record: Record, keys: list[int], scores: dict[int, float] | None = None) -> list[Row]:
    """Return the rows of these keys, in their order."""
    statement_columns = ", ".join(f"t.{name}" for name in rows.STATEMENT_COLUMNS)
    found: dict[int, Row] = {}
    groups: dict[int, int] = {}
    linked: dict[int, links.Links] = {}
    for at in range(0, len(keys), CHUNK):
        some = keys[at : at + CHUNK]
        for row in record.rows(
            "SELECT s.key, s.article_id, s.verdict, s.judged, s.day, x.text, x.published, x.outlet, "  # noqa: S608
            "x.agency, x.headline, coalesce(x.url, p.url), p.path, p.got, p.sha256, s.actor_id, x.id, "
            f"s.same_as, {statement_columns} "
            "FROM standing s JOIN statement t ON t.pk = s.statement_pk JOIN article a ON a.id = s.article_id "
            "JOIN text x ON x.id = a.text_id JOIN page p ON p.id = a.page_id WHERE s.key IN "
            f"({','.join('?' * len(some))})",
            some,
        ):
            text_id = row[_TEXT_ID]
            if text_id not in linked:
                linked[text_id] = _links(record, text_id)
            found[row[0]] = _row(row, linked[text_id], scores.get(row[0]) if scores else None)
            if found[row[0]].statement.parent is not None:
                found[row[0]] = _nested(record, found[row[0]])
            if row[_TEXT_ID + 1] is not None:
                groups[row[0]] = row[_TEXT_ID + 1]
    if len(found) < len(keys):
        what = f"{len(keys) - len(found)} rows that were found stand on no statement or article"
        raise RecordError(f"{record.path}: the record is damaged: {what}. Run `onrecord verify`")
    printed = witnesses(record, set(groups.values()))
    found |= {key: _witnessed(key, found[key], *printed[group]) for key, group in groups.items()}
    for key, repeated in repetitions(record, keys).items():
        found[key] = replace(found[key], repetitions=repeated)
    return [found[key] for key in keys]


def _witnessed(key: int, row: Row, size: int, printed: list[tuple[int, Witness]]) -> Row:
    """Return a row with the other printings of its statement."""
    first = printed[0][1].id if printed and printed[0][0] != key else None
    return replace(row, printings=size, witnesses=others(key, row.words, printed), same_as=first)


def _nested(record: Record, row: Row) -> Row:
    """Return a row of a nested statement with the id that the one around it has now.

    People's corrections of either may have changed that, which only laying them over the article tells.
    """
    stands = record.value(
        "SELECT 1 FROM standing WHERE id = ? AND article_id = ?", (row.statement.parent, row.article)
    )
    if stands and "content" not in row.judged:
        return row
    with record.reading("reading a statement's parent") as connection:
        found = standing.standing_article(connection, row.article)
        if found is None:
            return row
        held, _, _ = standing.place(connection, row.article, found[0], found[2])
    parent = next((one.statement.parent for one in held if one.statement.id == row.id), None)
    return replace(row, statement=replace(row.statement, parent=parent))


def _links(record: Record, text_id: int) -> links.Links:
    with record.reading("reading links") as connection:
        return links.load(connection, text_id)


def _row(row: tuple[Any, ...], linked: links.Links, score: float | None) -> Row:
    (
        _,
        article_id,
        verdict,
        judged,
        day,
        text,
        published,
        outlet,
        agency,
        headline,
        url,
        path,
        got,
        sha256,
        actor,
        _,
        _,
        *kept,
    ) = row
    rows.strings("path and words", path, sha256, text)
    fields = (day, verdict, published, outlet, agency, headline, url, got, actor)
    rows.strings("a field", *(value for value in fields if value is not None))
    decided = merging.sound_values(rows.loads(judged, path), path) if judged else {}
    article = Article(path=path, text=text)
    statement = links.filled(merging.merge(rows.statement_from(kept), decided, article), linked, actor)
    speaker = statement.speaker
    outcome = decided.get("outcome") or {}
    context, context_start = _context(text, statement)
    return Row(
        id=statement.id, article=article_id, words=statement.text, type=statement.type,
        speaker=speaker.name if speaker else None, office=speaker.office if speaker else None,
        kind=speaker.kind if speaker else None, actor=actor,
        source=article.quote(statement.source) or None, cue=article.quote(statement.cue) or None,
        addressee=article.quote(statement.addressee) or None,
        addressee_actor=linked.meant(" ".join(article.quote(statement.addressee).split())),
        place=_place(article, statement), occasion=article.quote(statement.occasion) or None, day=day,
        said=(statement.said.first, statement.said.last) if statement.said else None,
        due=(statement.due.first, statement.due.last) if statement.due else None,
        released=(statement.released.first, statement.released.last) if statement.released else None,
        inferred=statement.said.inferred if statement.said else None,
        outcome=outcome.get("outcome"), evidence=outcome.get("evidence"),
        published=published, outlet=outlet, agency=agency, headline=headline, url=url, path=path,
        retrieved=got,
        confidence=statement.confidence, verdict=verdict,
        judged=tuple(name for name in decided if name not in merging.BESIDE), content=statement.content,
        context=context, context_start=context_start, page=sha256, statement=statement, score=score,
    )  # fmt: skip


def _place(article: Article, statement: Statement) -> str | None:
    """Return the place that an occasion names: the words behind its preposition."""
    for start, end in statement.occasion:
        found = _PLACE.fullmatch(" ".join(article.text[start:end].split()))
        if found:
            return found[1]
    return None


def _context(text: str, statement: Statement) -> tuple[str, int]:
    """Return the sentences that hold content, source and cue, within their paragraphs."""
    spans = [*statement.content, *statement.source, *statement.cue]
    near = [span for span in spans if abs(span[0] - statement.content[0][0]) < _LONGEST_CONTEXT]
    first = min((start for start, _ in near), default=0)
    last = max((end for _, end in near), default=0)
    left = max(text.rfind("\n", 0, first) + 1, first - _LONGEST_CONTEXT)
    right = text.find("\n", last)
    right = min(len(text) if right < 0 else right, last + _LONGEST_CONTEXT)
    for end in _SENTENCE_END.finditer(text, left, first + 3):
        if end.end() <= first:
            left = end.end()
    after = _SENTENCE_END.search(text, max(left, last - 2), right)
    right = after.end() if after and after.end() >= last else right
    stretch = text[left:right]
    return stretch.strip(), left + len(stretch) - len(stretch.lstrip())
