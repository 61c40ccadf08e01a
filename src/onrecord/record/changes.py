"""Who decided about a statement meanwhile: a judgement that rests on what is no longer so is refused.

The page or program of a person names the last judgement that it has seen on a statement (optimistic
concurrency). When another came after it, the second decision is refused with the first one's words, and the
person decides again, knowing them: the later word never hides the earlier unseen.
"""

from __future__ import annotations

import sqlite3

from onrecord.errors import ConflictError, QueryError
from onrecord.record import ids, rows
from onrecord.record.store import Store


def find(connection: sqlite3.Connection, statement: str, article: int | None) -> tuple[int, str]:
    """Return article and id of a statement, by its id, the beginning of one, or the id that it had before.

    Raises:
        QueryError: none or several fit.
    """
    try:
        return ids.find(connection, statement, article)
    except QueryError:
        former = statement.strip().lower()
        found = connection.execute(
            "SELECT DISTINCT j.article_id, p.statement_id FROM judgement j JOIN placement p ON "
            "p.judgement_id = j.id JOIN standing s ON s.id = p.statement_id AND s.article_id = j.article_id "
            "WHERE j.statement_id = ? AND ? IN (j.article_id, -1)",
            (former, -1 if article is None else article),
        ).fetchall()
        found = found or _before_ends(connection, former, article)
        if len(found) != 1:
            raise
        return int(found[0][0]), str(found[0][1])


def _before_ends(connection: sqlite3.Connection, former: str, article: int | None) -> list[tuple[int, str]]:
    """Return the statements that had this id until the ends that it is made from were taken back."""
    return connection.execute(
        "SELECT DISTINCT s.article_id, s.id FROM judgement j JOIN standing s ON s.article_id = j.article_id "
        "AND s.id = j.statement_id WHERE j.field = 'content' AND json_extract(j.value, '$.id') = ? "
        "AND ? IN (j.article_id, -1)",
        (former, -1 if article is None else article),
    ).fetchall()


def last(store: Store, article: int, statement: str) -> int:
    """Return the number of the last judgement on a statement, undoings among them; 0 when there is none."""
    with store.reading("looking up judgements") as connection:
        return max(numbers(connection, article, statement), default=0)


def last_of(store: Store, article: int) -> dict[str, int]:
    """Return statement id -> number of the last judgement on it, for the statements that were ever judged."""
    with store.reading("looking up judgements") as connection:
        return {name: max(made) for name, made in _made(connection, article).items()}


def numbers(connection: sqlite3.Connection, article: int, statement: str) -> list[int]:
    """Return the numbers of all judgements on a statement, under all ids that it has had."""
    return sorted(_made(connection, article).get(statement, ()))


def _made(connection: sqlite3.Connection, article: int) -> dict[str, list[int]]:
    """Return each id that a judged statement of an article has had -> all judgements on it."""
    groups: dict[str, tuple[set[str], list[int]]] = {}
    for number, judged, name, value, now in connection.execute(
        "SELECT j.id, j.statement_id, j.field, j.value, p.statement_id FROM judgement j "
        "JOIN placement p ON p.judgement_id = j.id WHERE j.article_id = ? ORDER BY j.id",
        (article,),
    ).fetchall():
        given = rows.loads(value, f"judgement {number}") if name == "content" else None
        names = {judged, now, given.get("id") if isinstance(given, dict) else None} - {None}
        met = {id(groups[one]): groups[one] for one in names if one in groups}
        # The smaller groups go into the largest, so that no name moves often.
        largest, *others = sorted(met.values(), key=lambda group: -len(group[0])) or [(set(), [])]
        for ids_, made in others:
            largest[0].update(ids_)
            largest[1].extend(made)
            groups.update(dict.fromkeys(ids_, largest))
        largest[0].update(names)
        largest[1].append(number)
        groups.update(dict.fromkeys(names, largest))
    return {name: made for name, (_, made) in groups.items()}


def check(connection: sqlite3.Connection, article: int, statement: str, based_on: int | None) -> None:
    """Refuse a judgement that rests on an older state of a statement.

    Args:
        connection: within a write transaction.
        article: number of the article.
        statement: id of the statement.
        based_on: the number of the last judgement seen, 0 for none, ``None`` to let everything pass.

    Raises:
        ConflictError: others have decided since.
    """
    if based_on is None:
        return
    newer = [number for number in numbers(connection, article, statement) if number > based_on]
    if not newer:
        return
    from onrecord.record.judging import select

    made = select(connection, f"WHERE j.id IN ({','.join('?' * len(newer))})", tuple(newer))
    decided = tuple(
        f"{one.author} ({one.made[:16].replace('T', ' ')} UTC): "
        + (f"took judgement {one.undoes} back" if one.undoes else _decided(one.field, one.value))
        for one in made
    )
    raise ConflictError(
        f"statement {statement} was judged meanwhile: {'; '.join(decided)}. Nothing of yours was written. "
        "Look at it again and repeat what still holds",
        decided,
    )


def _decided(field: str, value: object) -> str:
    """Return in words what a judgement decides."""
    if field == "added":
        return "added it"
    if field == "verdict":
        return "accepted it" if value == "accept" else "rejected it"
    return f"set {field} to {value!r}" if value is not None else f"set {field} to unknown"
