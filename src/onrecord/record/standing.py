"""The standing rows: what questions are put to, derived from the standing runs and the judgements.

An article's rows are settled again whenever its page, its run or a judgement on it changes. Rows whose
indexed values stay the same keep their key, so that a refresh that changes nothing writes almost nothing.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from onrecord.article import Article, Interval
from onrecord.record import laying, links, merging, outcomes, rows
from onrecord.record.laying import Placed
from onrecord.record.runs import Held as Held
from onrecord.record.runs import held_statements as held_statements
from onrecord.record.runs import save_statements as save_statements
from onrecord.record.values import Change
from onrecord.stories import families, repetition, witnesses

#: A day's statements are numbered in the low bits of the key: at most 16 million a day.
DAY_BITS: Final = 24

_COLUMNS: Final = (
    "verdict, type, speaker, office, about, outlet, day, confidence, judged, actor_id, about_actors, "
    "published, said_first, said_last, due_first, due_last, outlook, outcome"
)
_DAY: Final = 7  # place of the day in ``statement_pk`` and the merged columns


@dataclass(frozen=True, slots=True)
class Plan:
    """What should stand of one article.

    Attributes:
        wanted: statement id -> ``statement_pk`` and the merged columns of its standing row.
        words: statement id -> its words.
        placements: where each judgement on the article stands.
    """

    wanted: dict[str, tuple[Any, ...]]
    words: dict[str, str]
    placements: list[Placed]


@dataclass(slots=True)
class Index:
    """What waits for the end of one transaction: rows for the full-text index, and stories.

    FTS5 writes a segment each time a rowid is smaller than the one before, so rows go in by key, once a
    transaction: measured at a million statements, page by page takes several times as long. So do the
    stories that articles join, and the groups of statements that they print in common: a batch of copies
    changes them once.
    """

    connection: sqlite3.Connection
    waiting: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    settled: set[int] = field(default_factory=set)
    moved: families.Moved = field(default_factory=families.Moved)

    def insert(self, key: int, values: tuple[Any, ...]) -> None:
        """Have a row indexed when the transaction ends."""
        self.waiting[key] = values

    def delete(self, key: int, values: tuple[Any, ...]) -> None:
        """Take a row out; FTS5 needs to be told the values that it indexed."""
        if self.waiting.pop(key, None) is None:
            self.connection.execute(
                "INSERT INTO search (search, rowid, words, speaker, about, outlet) VALUES "
                "('delete',?,?,?,?,?)",
                (key, *values),
            )

    def flush(self) -> None:
        """Write what waits. Call it once, before the transaction ends."""
        self.connection.executemany(
            "INSERT INTO search (rowid, words, speaker, about, outlet) VALUES (?,?,?,?,?)",
            ((key, *values) for key, values in sorted(self.waiting.items())),
        )
        self.waiting.clear()
        stories = families.settle(self.connection, self.moved)
        witnesses.regroup(self.connection, stories | witnesses.stories_of(self.connection, self.settled))
        self.settled.clear()


def day_range(since: str | None, until: str | None) -> tuple[int, int]:
    """Return the first and last key of the days ``since`` to ``until`` (ISO 8601, inclusive, either open)."""
    first = date.fromisoformat(since).toordinal() << DAY_BITS if since else 0
    last = ((date.fromisoformat(until).toordinal() + 1) << DAY_BITS) - 1 if until else (1 << 62)
    return first, last


def standing_article(connection: sqlite3.Connection, article_id: int) -> tuple[Article, int, int] | None:
    """Return the standing text of an article with the ids of its text and run, ``None`` when none stands."""
    columns = ", ".join(f"x.{name}" for name in rows.ARTICLE_COLUMNS)
    row = connection.execute(
        f"SELECT p.path, a.text_id, a.run_id, {columns} FROM article a JOIN page p ON p.id = "  # noqa: S608
        "a.page_id "
        "JOIN text x ON x.id = a.text_id WHERE a.id = ?",
        (article_id,),
    ).fetchone()
    if row is None:
        return None
    path, text_id, run_id, *values = row
    return rows.article_from(values, path), text_id, run_id


def settle(
    connection: sqlite3.Connection, index: Index, article_id: int, held: list[Held] | None = None
) -> Change:
    """Bring an article's standing rows and placements in line with its standing run and its judgements.

    Args:
        connection: within a write transaction.
        index: takes what is to be indexed; flush it before the transaction ends.
        article_id: the article.
        held: the model's statements of its standing run, when the caller has them at hand.
    """
    found = standing_article(connection, article_id)
    judged = connection.execute("SELECT 1 FROM judgement WHERE article_id = ?", (article_id,)).fetchone()
    if found is None:
        settled = Plan({}, {}, laying.nowhere(laying.history(connection, article_id)))
    else:
        article, _, run_id = found
        settled = plan(connection, article_id, article, run_id, held, save=True)
    if judged:
        _save_placements(connection, article_id, settled.placements)
    index.settled.add(article_id)
    return _write(connection, index, article_id, settled)


def plan(
    connection: sqlite3.Connection,
    article_id: int,
    article: Article,
    run_id: int,
    held: list[Held] | None = None,
    *,
    save: bool = False,
) -> Plan:
    """Return what should stand of an article.

    With ``save``, statements that are kept on a person's word are written into the run.
    """
    held, decided, placements = place(connection, article_id, article, run_id, held, save=save)
    known = links.load(connection, text_of(connection, run_id))
    wanted = {}
    for one in held:
        judged = decided.get(one.statement.id, {})
        actor = links.actor_of(connection, known, one.statement, judged)
        about = " ".join(map(links.token, links.about_actors(known, one.statement))) or None
        days = _dates(one, judged, article)
        wanted[one.statement.id] = (*standing_values(one, judged, article), actor, about, *days)
    return Plan(wanted, {one.statement.id: one.statement.text for one in held}, placements)


def text_of(connection: sqlite3.Connection, run_id: int) -> int:
    """Return the text that a run found its statements in."""
    return int(connection.execute("SELECT text_id FROM run WHERE id = ?", (run_id,)).fetchone()[0])


def standing_values(held: Held, decided: dict[str, Any], article: Article) -> tuple[Any, ...]:
    """Return ``statement_pk`` and the merged columns of a standing row, without the links to actors."""
    merged = merging.merge(held.statement, decided, article)
    speaker = merged.speaker
    said = merged.said
    day = (said and (said.last or said.first)) or article.published
    about = "\n".join(str(item.get("name")) for item in merged.about if item.get("name")) or None
    return (
        held.pk, decided.get("verdict"), merged.type, speaker and speaker.name, speaker and speaker.office,
        about, article.outlet, rows.day_of(day), merged.confidence, rows.dumps(decided) if decided else None,
    )  # fmt: skip


def _dates(held: Held, decided: dict[str, Any], article: Article) -> tuple[Any, ...]:
    """Return the columns that tell of published, said and due, and of what became of the statement."""
    merged = merging.merge(held.statement, decided, article)
    outcome = decided.get(outcomes.OUTCOME)
    return (
        rows.day_of(article.published), *_ends(merged.said), *_ends(merged.due), merged.outlook,
        outcome and outcome["outcome"],
    )  # fmt: skip


def _ends(days: Interval | None) -> tuple[str | None, str | None]:
    """Return first and last day; where one is not known, the other one twice."""
    if days is None:
        return None, None
    return rows.day_of(days.first or days.last), rows.day_of(days.last or days.first)


def place(
    connection: sqlite3.Connection,
    article_id: int,
    article: Article,
    run_id: int,
    held: list[Held] | None = None,
    *,
    save: bool = False,
) -> tuple[list[Held], dict[str, dict[str, Any]], list[Placed]]:
    """Return what :func:`onrecord.record.laying.lay` makes of a run.

    Returns:
        the statements as they stand, the decided values of each, and where each judgement stands.
    """
    laid = laying.lay(connection, article_id, article, run_id, held, save=save)
    return laid.held, laid.decided, laid.placements


def _save_placements(connection: sqlite3.Connection, article_id: int, placements: list[Placed]) -> None:
    connection.execute(
        "DELETE FROM placement WHERE judgement_id IN (SELECT id FROM judgement WHERE article_id = ?)",
        (article_id,),
    )
    connection.executemany(
        "INSERT INTO placement (judgement_id, statement_id, place) VALUES (?, ?, ?)",
        [(one.judgement, one.statement, one.place) for one in placements],
    )


def present(connection: sqlite3.Connection, article_id: int) -> dict[str, tuple[Any, ...]]:
    """Return statement id -> key, ``statement_pk``, id and the merged columns of each standing row."""
    sql = f"SELECT key, statement_pk, id, {_COLUMNS} FROM standing WHERE article_id = ?"  # noqa: S608
    return {row[2]: row for row in connection.execute(sql, (article_id,)).fetchall()}


def key_fits(key: int, values: tuple[Any, ...]) -> bool:
    """Return whether a row with these values is filed under its day."""
    day = values[_DAY]
    return key >> DAY_BITS == (date.fromisoformat(day).toordinal() if day else 0)


def _write(connection: sqlite3.Connection, index: Index, article_id: int, plan: Plan) -> Change:
    wanted, standing = plan.wanted, present(connection, article_id)
    added = [number for number in wanted if number not in standing]
    removed = [number for number in standing if number not in wanted]
    altered: list[str] = []
    moving: list[str] = []
    for number, values in wanted.items():
        if number not in standing or values == standing[number][1:2] + standing[number][3:]:
            continue
        old = standing[number][1:2] + standing[number][3:]
        if values[1:] != old[1:] or _saved(connection, old[0]) != _saved(connection, values[0]):
            altered.append(number)
        if values[_DAY] == old[_DAY]:
            _update(connection, index, standing[number][0], old, values, plan.words[number])
        else:
            moving.append(number)
    for number in [*removed, *moving]:
        _drop(connection, index, standing[number])
    # From the last: newest first then gives an article's statements in the order of its text. A statement
    # that got other ends keeps the place of the one that it was.
    for number in reversed([*added, *moving]):
        place = standing[removed[0]] if len(added) == len(removed) == 1 and number == added[0] else None
        key = place[0] if place and key_fits(place[0], wanted[number]) else None
        _insert(connection, index, article_id, number, wanted[number], plan.words[number], key)
    return Change(added=tuple(added), removed=tuple(removed), altered=tuple(altered))


def _indexed(values: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """Return what the index holds of a row beside its words, ``None`` when it is not indexed."""
    _, verdict, _, speaker, _, about, outlet, _, _, _, actor, about_actors, *_ = values
    return None if verdict == "reject" else _with_tokens(speaker, about, outlet, actor, about_actors)


def _with_tokens(
    speaker: str | None, about: str | None, outlet: str | None, actor: str | None, about_actors: str | None
) -> tuple[str | None, str | None, str | None]:
    """Return speaker, about and outlet as the view ``search_row`` gives them to the index."""
    if actor is not None:
        speaker = f"{speaker or ''} {links.token(actor)}"
    if about_actors is not None:
        about = f"{about or ''} {about_actors}"
    return speaker, about, outlet


def _update(
    connection: sqlite3.Connection,
    index: Index,
    key: int,
    old: tuple[Any, ...],
    new: tuple[Any, ...],
    words: str,
) -> None:
    before, after = _indexed(old), _indexed(new)
    if before != after:
        if before is not None:
            index.delete(key, (words, *before))
        if after is not None:
            index.insert(key, (words, *after))
    connection.execute(
        "UPDATE standing SET statement_pk=?, verdict=?, type=?, speaker=?, office=?, about=?, outlet=?, "
        "day=?, confidence=?, judged=?, actor_id=?, about_actors=?, published=?, said_first=?, said_last=?, "
        "due_first=?, due_last=?, outlook=?, outcome=? WHERE key=?",
        (*new, key),
    )


def _saved(connection: sqlite3.Connection, pk: int) -> Any:
    columns = ", ".join(name for name in rows.STATEMENT_COLUMNS if name != "origin")
    return connection.execute(f"SELECT {columns} FROM statement WHERE pk = ?", (pk,)).fetchone()  # noqa: S608


def _words(connection: sqlite3.Connection, pk: int) -> str:
    return str(connection.execute("SELECT words FROM statement WHERE pk = ?", (pk,)).fetchone()[0])


def _drop(connection: sqlite3.Connection, index: Index, row: tuple[Any, ...]) -> None:
    key, pk, _, *values = row
    indexed = _indexed((pk, *values))
    if indexed is not None:
        index.delete(key, (_words(connection, pk), *indexed))
    connection.execute("DELETE FROM standing WHERE key = ?", (key,))


def _insert(
    connection: sqlite3.Connection,
    index: Index,
    article_id: int,
    number: str,
    values: tuple[Any, ...],
    words: str,
    key: int | None,
) -> None:
    pk, day = values[0], values[_DAY]
    first = date.fromisoformat(day).toordinal() << DAY_BITS if day else 0
    last = connection.execute(
        "SELECT max(key) FROM standing WHERE key BETWEEN ? AND ?", (first, first + (1 << DAY_BITS) - 1)
    ).fetchone()[0]
    if key is None:
        key = first if last is None else last + 1
    connection.execute(
        f"INSERT INTO standing (key, statement_pk, article_id, id, {_COLUMNS}, words_key) "  # noqa: S608
        "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (key, pk, article_id, number, *values[1:], repetition.words_key(words)),
    )
    indexed = _indexed(values)
    if indexed is not None:
        index.insert(key, (words, *indexed))
