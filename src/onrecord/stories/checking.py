"""The tables of stories against what is derived again: hashes, links, stories, witnesses, repetitions.

What an earlier version has not made yet is no fault: :func:`onrecord.stories.families.catch_up` makes it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from onrecord.stories import repetition, witnesses
from onrecord.stories.families import (
    MOST_COMPARED,
    agency_of,
    candidates,
    components,
    first_of,
    linked,
    printed,
    sampled,
    sketched,
)

#: Which thing is wrong, and what is wrong with it.
Wrong = tuple[str, str]


def check(connection: sqlite3.Connection) -> Iterator[Wrong]:
    """Yield what differs from what the standing texts and statements give."""
    strays = list(_strays(connection))
    yield from strays
    if strays:
        return  # what is derived from rows that belong to nothing says nothing
    links: dict[int, list[int]] = {}
    for text_id, article_id in connection.execute(
        "SELECT k.text_id, k.article_id FROM sketch k ORDER BY k.text_id"
    ).fetchall():
        stands = connection.execute("SELECT text_id FROM article WHERE id = ?", (article_id,)).fetchone()
        if stands != (text_id,):
            yield f"text {text_id}", "its hashes are kept, but it is not the text that stands"
            continue
        links[text_id] = []
        yield from _hashes(connection, text_id, article_id)
        yield from _links(connection, text_id, links)
    yield from _stories(connection, links)
    yield from _groups(connection)
    yield from _words(connection)


def _hashes(connection: sqlite3.Connection, text_id: int, article_id: int) -> Iterator[Wrong]:
    hashes = sampled(printed(connection, text_id))
    kept = connection.execute("SELECT key, size, hashes FROM sketch WHERE text_id = ?", (text_id,)).fetchone()
    if kept != sketched(connection, article_id, hashes):
        yield f"text {text_id}", "its hashes are not those of its words"
    missing = [
        number
        for number in hashes
        if not connection.execute(
            "SELECT 1 FROM shingle WHERE hash = ? AND text_id = ?", (number, text_id)
        ).fetchone()
    ]
    if missing:
        yield f"text {text_id}", f"{len(missing)} of its hashes are not in the index"


def _links(connection: sqlite3.Connection, text_id: int, links: dict[int, list[int]]) -> Iterator[Wrong]:
    """Compare the links of a text with those to the texts that share enough of its hashes."""
    one = printed(connection, text_id)
    near = [other for other in candidates(connection, sampled(one)) if other != text_id]
    kept = {
        other: values
        for other, *values in connection.execute(
            "SELECT other_id, kept, first, last, longer FROM story_link WHERE text_id = ?", (text_id,)
        ).fetchall()
    }
    links[text_id] = sorted(kept)
    for other in sorted({*near, *kept}):
        row = connection.execute("SELECT 1 FROM sketch WHERE text_id = ?", (other,)).fetchone()
        sides = linked(text_id, one, other, printed(connection, other)) if row else []
        wanted = list(sides[0][2]) if sides else None
        # In a family of more texts than are compared, which of them are depends on when they came.
        if kept.get(other) != wanted and not (other not in kept and len(near) >= MOST_COMPARED - 1):
            yield f"text {text_id}", f"its link with text {other} is not what their words give"


def _strays(connection: sqlite3.Connection) -> Iterator[Wrong]:
    """Find rows about texts of which no hashes are kept, and more rows than there are hashes."""
    for table in ("shingle", "story_link"):
        for (text_id,) in connection.execute(
            f"SELECT DISTINCT text_id FROM {table} WHERE text_id NOT IN (SELECT text_id FROM sketch)"  # noqa: S608
        ):
            yield f"text {text_id}", f"it stands in {table}, but none of its hashes are kept"
    for text_id, size, found in connection.execute(
        "SELECT k.text_id, k.size, count(*) FROM sketch k JOIN shingle s ON s.text_id = k.text_id GROUP BY 1 "
        "HAVING count(*) > k.size"
    ):
        yield f"text {text_id}", f"the index has {found} hashes of it, and it has {size}"
    for (text_id,) in connection.execute(
        "SELECT id FROM text WHERE story_id IS NOT NULL AND id NOT IN (SELECT text_id FROM sketch)"
    ):
        yield f"text {text_id}", "it is in a story, but does not stand"


def _stories(connection: sqlite3.Connection, links: dict[int, list[int]]) -> Iterator[Wrong]:
    """Compare the stories with the components of the links, their ids and agencies with their articles."""
    known = {text_id: [other for other in others if other in links] for text_id, others in links.items()}
    told: dict[int, list[int]] = {}
    for group in components(connection, known):
        stories = {
            story
            for text_id in group
            for (story,) in connection.execute("SELECT story_id FROM text WHERE id = ?", (text_id,))
        }
        story = stories.pop()
        if stories or story is None or story in told:
            yield f"text {group[0]}", "the texts linked with it are not one story"
            continue
        told[story] = group
        first = first_of(connection, group)
        if not 0 <= story - first < len(links):
            yield f"story {story}", f"its id is not that of its first article, {first}"
        kept = connection.execute("SELECT agency FROM story WHERE id = ?", (story,)).fetchone()
        if kept is None or kept[0] != agency_of(connection, group):
            yield f"story {story}", "its row is missing, or names another agency than its articles"
    for (story,) in connection.execute("SELECT id FROM story").fetchall():
        if story not in told:
            yield f"story {story}", "no article is in it"
    for alias, story in connection.execute("SELECT alias, story_id FROM story_alias").fetchall():
        if alias in told or story not in told:
            yield f"story {alias}", f"it is an alias of {story}, but a story itself, or that is none"


def _groups(connection: sqlite3.Connection) -> Iterator[Wrong]:
    """Compare which statements are printings of one with what the stories give."""
    for (story,) in connection.execute("SELECT id FROM story WHERE grouped = 1 ORDER BY id").fetchall():
        wanted = witnesses.derive(connection, story)
        for _, pk, *kept in witnesses.standing(connection, story):
            if tuple(kept) != wanted.get(pk, (None, None)):
                yield (
                    f"statement {pk}",
                    f"its place among the printings of story {story} is not what they give",
                )
    for (pk,) in connection.execute(
        "SELECT s.statement_pk FROM standing s JOIN article a ON a.id = s.article_id LEFT JOIN text x "
        "ON x.id = a.text_id WHERE s.same_as IS NOT NULL AND x.story_id IS NULL"
    ):
        yield f"statement {pk}", "it is a printing of another, but its article is in no story"


def _words(connection: sqlite3.Connection) -> Iterator[Wrong]:
    for pk, key, words in connection.execute(
        "SELECT s.statement_pk, s.words_key, t.words FROM standing s JOIN statement t "
        "ON t.pk = s.statement_pk WHERE s.words_key IS NOT NULL"
    ):
        if repetition.words_key(words) != key:
            yield f"statement {pk}", "what it is found by when it is repeated is not made from its words"
    for (pk,) in connection.execute(
        "SELECT min(s.statement_pk) FROM standing s WHERE s.words_key <> 0 AND s.words_key NOT IN "
        "(SELECT words_key FROM repeated_words) GROUP BY s.words_key HAVING count(*) > 1"
    ):
        yield f"statement {pk}", "its words are repeated, and are not among those that are"
