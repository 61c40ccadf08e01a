"""Statements that copies print, counted once: one printing of each is an answer, the others its witnesses.

Of the printings that a question finds, the answer is the one that stands for all, else the next in their
order: a question for one outlet finds its printing, whoever else has the words.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from onrecord.answers import Repetition, Witness
from onrecord.record import Record, rows, search
from onrecord.stories import repetition
from onrecord.stories.wording import fold

#: At most so many witnesses are listed beside a row; how many there are is always told.
MOST_WITNESSES: Final = 100

#: At most so many repetitions are listed beside a row.
MOST_REPETITIONS: Final = 50

#: SQL for what tells statements apart when copies are one, over rows ``s`` of ``standing``.
STATEMENT: Final = "coalesce(s.same_as, s.statement_pk)"

#: So many more matches are looked at than twice the answers wanted.
_CHUNK: Final = 100

#: SQLite takes at least 999 values in one statement.
_MARKS: Final = 500


@dataclass(slots=True)
class Once:
    """Chooses, of the matches of one question, those that are answers.

    Attributes:
        question: the question.
        best: of each group of printings that was met, the place of the first one that the question finds.
    """

    question: search.Question
    best: dict[int, int] = field(default_factory=dict)

    def choose(self, connection: sqlite3.Connection, found: Sequence[tuple[Any, ...]]) -> Iterator[Any]:
        """Yield the answers among matches: rows that begin with key, ``same_as`` and ``same_rank``."""
        if not self.question.copies:
            self._look(connection, found)
        for row in found:
            if self.question.copies or row[1] is None or self.best[row[1]] == row[2]:
                yield row

    def _look(self, connection: sqlite3.Connection, found: Sequence[tuple[Any, ...]]) -> None:
        """Learn which printing of each group among the matches is the first that the question finds."""
        met: dict[int, int] = {}
        for _, group, place, *_ in found:
            if group is not None and group not in self.best:
                met[group] = min(place, met.get(group, place))
        for group, place in met.items():
            if place == 0:
                self.best[group] = 0
        # Where the words are those of a copy, they most often are those of the one that stands for all.
        for first_only in (True, False):
            open_ = sorted(met.keys() - self.best.keys())
            for group, place in self._matching(connection, open_, first_only=first_only):
                self.best[group] = min(place, self.best.get(group, place))

    def _matching(
        self, connection: sqlite3.Connection, groups: Sequence[int], *, first_only: bool
    ) -> Iterator[tuple[int, int]]:
        """Yield group and place of the printings that the question finds; of each group the first only."""
        where = "same_rank = 0 AND " if first_only else ""
        members: dict[int, tuple[int, int]] = {}
        for some in _pieces(groups):
            members |= {
                key: (group, place)
                for key, group, place in connection.execute(
                    f"SELECT key, same_as, same_rank FROM standing WHERE {where}same_as IN ({_marks(some)})",  # noqa: S608
                    some,
                )
            }
        question, keys = self.question, sorted(members)
        for some in _pieces(keys):
            among, values = f"s.key IN ({_marks(some)})", [*some]
            if question.searched and '" *' in str(question.values[0]):
                # The index gathers all words with one beginning anew for each key: one stretch is cheaper.
                among, values = f"search.rowid BETWEEN ? AND ? AND +{among}", [some[0], some[-1], *some]
            elif question.searched:
                among = among.replace("s.key", "search.rowid")
            for (key,) in connection.execute(
                f"SELECT s.key FROM {question.tables} WHERE {question.where} AND {among}",  # noqa: S608
                (*question.values, *values),
            ):
                yield members[key]


def answers(
    connection: sqlite3.Connection, question: search.Question, sql: str, values: Sequence[Any],
    limit: int, offset: int,
) -> list[tuple[Any, ...]]:  # fmt: skip
    """Return the matches that are answers, from the ``offset``-th on.

    Args:
        connection: within one view of the record.
        question: the question.
        sql: gives all its matches in their order: key, ``same_as``, ``same_rank``, and what else is wanted.
        values: its values.
        limit: at most so many.
        offset: leave out so many first.
    """
    once = Once(question)
    wanted = offset + limit
    most = wanted if question.copies else 2 * wanted + _CHUNK
    while True:
        # With a limit SQLite sorts only so many; few printings are answers only where most are copies.
        found = connection.execute(f"{sql} LIMIT ?", (*values, most)).fetchall()
        kept = list(once.choose(connection, found))
        if len(kept) >= wanted or len(found) < most:
            return kept[offset:wanted]
        most *= 4


def witnesses(record: Record, groups: Iterable[int]) -> dict[int, tuple[int, list[tuple[int, Witness]]]]:
    """Return for each group how many printings there are, and of the first ones their keys and witnesses.

    The words are those printed; :func:`others` leaves them out where they say nothing new.
    """
    found: dict[int, tuple[int, list[tuple[int, Witness]]]] = {}
    for some in _pieces(sorted(groups)):
        sizes = record.rows(
            f"SELECT same_as, max(same_rank) + 1 FROM standing WHERE same_as IN ({_marks(some)}) GROUP BY 1",  # noqa: S608
            some,
        )
        found |= {group: (size, []) for group, size in sizes}
        for group, key, *values in record.rows(
            "SELECT s.same_as, s.key, s.id, s.article_id, x.outlet, x.published, x.headline, "  # noqa: S608
            "coalesce(x.url, p.url), p.path, t.words FROM standing s JOIN statement t ON "
            "t.pk = s.statement_pk JOIN article a ON a.id = s.article_id JOIN text x ON x.id = a.text_id "
            f"JOIN page p ON p.id = a.page_id WHERE s.same_as IN ({_marks(some)}) AND s.same_rank <= ? "
            "ORDER BY s.same_as, s.same_rank",
            (*some, MOST_WITNESSES),
        ):
            number, article, *named = values
            rows.strings("a witness", number, *(one for one in named if one is not None))
            known = dict(zip(Witness.__slots__[2:], named, strict=True))
            found[group][1].append((key, Witness(id=number, article=article, **known)))
    return found


def repetitions(record: Record, keys: Sequence[int]) -> dict[int, tuple[Repetition, ...]]:
    """Return for each row that is repeated on other days the statements that repeat it, oldest first."""
    found: dict[int, dict[int, Repetition]] = {}
    for some in _pieces(keys):
        # Most words never come again: the index tells so without the rows.
        repeated = record.rows(
            f"SELECT s.key FROM standing s WHERE s.key IN ({_marks(some)}) AND EXISTS "  # noqa: S608
            f"(SELECT 1 FROM standing r WHERE {repetition.REPEATS})",
            some,
        )
        for (key,) in repeated:
            for statement, number, article, day, *named in record.rows(
                "SELECT coalesce(r.same_as, r.statement_pk), r.id, r.article_id, r.day, x.outlet, "  # noqa: S608
                "x.published, coalesce(x.url, p.url), p.path FROM standing s JOIN standing r JOIN article a "
                "ON a.id = r.article_id JOIN text x ON x.id = a.text_id JOIN page p ON p.id = a.page_id "
                f"WHERE s.key = ? AND {repetition.REPEATS} ORDER BY r.day, r.same_rank, r.key LIMIT ?",
                (key, MOST_REPETITIONS),
            ):
                rows.strings("a repetition", number, day, *(one for one in named if one is not None))
                known = dict(zip(Repetition.__slots__[3:], named, strict=True))
                one = Repetition(id=number, article=article, day=day, **known)
                found.setdefault(key, {}).setdefault(statement, one)
    return {key: tuple(some.values()) for key, some in found.items()}


def others(key: int, words: str, printed: Sequence[tuple[int, Witness]]) -> tuple[Witness, ...]:
    """Return the witnesses of one printing; their words only where they differ in more than case and marks.

    Args:
        key: of the printing's standing row.
        words: its words.
        printed: the printings of the statement, as :func:`witnesses` gives them.
    """
    beside = [one for other, one in printed if other != key][:MOST_WITNESSES]
    folded = fold(words)
    return tuple(replace(one, words=None) if fold(one.words or "") == folded else one for one in beside)


def _pieces(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), _MARKS):
        yield keys[start : start + _MARKS]


def _marks(values: Sequence[Any]) -> str:
    return ",".join("?" * len(values))
