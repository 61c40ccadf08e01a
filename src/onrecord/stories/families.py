"""Stories in the record: which standing texts print one wire text, kept up as articles come, change and go.

The pairs of :mod:`onrecord.stories.relation` depend on two texts and nothing else, and a story is a connected
component of them, so the order in which articles came changes nothing. One kind of pair joins no story: where
several articles that share nothing stand in a longer one, side by side, that one is a round-up, and only the
article that fills most of it is taken for its text.
"""

from __future__ import annotations

import json
import sqlite3
import struct
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from onrecord.article import Article
from onrecord.stories import repetition, witnesses
from onrecord.stories.alignment import Match, Runs
from onrecord.stories.relation import Print, is_longer, relate
from onrecord.stories.wording import sentences, shingles

#: The present time as the record writes it (``record.store.now``). The record is built on stories, so nothing
#: is imported from it here.
_NOW: Final = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"

#: Texts are compared from this share of the smaller one's sampled hashes on. Half of the sentences kept gives
#: about 0.35 when every second of them is edited; sampling makes it less at times.
LEAST_SHARED: Final = 0.15

#: Goes up with every change of what is compared and of when two texts are one: the stories of a record that
#: others made are made again (:func:`catch_up`).
RULES: Final = 2

#: Of the texts that have a hash so many are looked at: what stands in more is a phrase of a site.
MOST_HOLDERS: Final = 2000

#: So many texts are compared with a new one, those that share most first.
MOST_COMPARED: Final = 64

#: Of a text with so few hashes one that is shared is enough to compare it.
FEW: Final = 6

#: A text that fills less of a longer one than this is a part of it.
PART: Final = 0.35

#: Two stretches of a longer text lie side by side when they share less than this of the shorter stretch.
_SIDE_BY_SIDE: Final = 0.2


@dataclass(slots=True)
class Moved:
    """What came and went within one transaction, until :func:`settle`.

    Attributes:
        texts: that came, or were linked with one that went.
        former: the stories of those that went.
    """

    texts: set[int] = field(default_factory=set)
    former: set[int] = field(default_factory=set)


def place(connection: sqlite3.Connection, article_id: int, moved: Moved) -> None:
    """Bring the links in line with the text of an article that stands now, within a write transaction."""
    (stands,) = connection.execute("SELECT text_id FROM article WHERE id = ?", (article_id,)).fetchone()
    held = [
        text_id
        for (text_id,) in connection.execute(
            "SELECT text_id FROM sketch WHERE article_id = ?", (article_id,)
        ).fetchall()
    ]
    for text_id in held:
        if text_id != stands:
            moved.texts |= _leave(connection, text_id, moved.former)
            moved.texts.discard(text_id)
    if stands is not None and stands not in held:
        _enter(connection, article_id, stands)
        moved.texts.add(stands)


def settle(connection: sqlite3.Connection, moved: Moved) -> set[int]:
    """Make the stories of what has moved again, once for all of it.

    Returns:
        the stories made again; the groups of their statements are due (:func:`witnesses.regroup`).
    """
    told = _group(connection, moved.texts, moved.former) if moved.texts or moved.former else set()
    moved.texts.clear()
    moved.former.clear()
    return told


def catch_up(connection: sqlite3.Connection, most: int = 100) -> int:
    """Do up to ``most`` steps of what earlier versions left undone; return how many there were.

    They are articles that are in no story yet, or in one of earlier rules, then stories whose statements are
    in no groups, then statements that are not found again by their words.
    """
    made = connection.execute("SELECT value FROM registry WHERE name = 'stories'").fetchone()
    if made != (str(RULES),):
        forget(connection)
    due = connection.execute(
        "SELECT id FROM article WHERE run_id IS NOT NULL AND text_id NOT IN (SELECT text_id FROM sketch) "
        "ORDER BY id LIMIT ?",
        (most,),
    ).fetchall()
    moved = Moved()
    for (article_id,) in due:
        place(connection, article_id, moved)
    witnesses.regroup(connection, settle(connection, moved))
    if due:
        return len(due)
    ungrouped = connection.execute("SELECT id FROM story WHERE grouped = 0 LIMIT ?", (most,)).fetchall()
    witnesses.regroup(connection, [story for (story,) in ungrouped])
    return len(ungrouped) or repetition.catch_up(connection, 10 * most)


def forget(connection: sqlite3.Connection) -> None:
    """Have all stories made again by :func:`catch_up`. Until then every article stays in the one it is in."""
    for table in ("story_link", "shingle", "sketch"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608
    _note_rules(connection)


def _note_rules(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT OR REPLACE INTO registry (name, value) VALUES ('stories', ?)", (str(RULES),))


def printed(connection: sqlite3.Connection, text_id: int) -> Print:
    """Return what is compared of a stored text."""
    text, parts, day = connection.execute(
        "SELECT text, parts, published_day FROM text WHERE id = ?", (text_id,)
    ).fetchone()
    return print_of(text, parts, day)


def print_of(text: str, parts: str, day: str | None) -> Print:
    """Return what is compared of a text: the text, the JSON of its parts, the day it was published."""
    return Print(_runs(text, parts), day)


@lru_cache(maxsize=512)
def _runs(text: str, parts: str) -> Runs:
    body = tuple((int(start), int(end)) for start, end in json.loads(parts).get("body", ()))
    return Runs(sentences(Article(path="", text=text, parts={"body": body} if body else {})))


def _leave(connection: sqlite3.Connection, text_id: int, former: set[int]) -> set[int]:
    """Take a text out; return the texts that were linked to it, and note the story that it was in."""
    (hashes,) = connection.execute("SELECT hashes FROM sketch WHERE text_id = ?", (text_id,)).fetchone()
    connection.executemany(
        "DELETE FROM shingle WHERE hash = ? AND text_id = ?",
        [(number, text_id) for number in struct.unpack(f"<{len(hashes) // 8}q", hashes)],
    )
    linked = set(_linked(connection, text_id))
    connection.execute("DELETE FROM story_link WHERE text_id = ?", (text_id,))
    connection.executemany(
        "DELETE FROM story_link WHERE text_id = ? AND other_id = ?", [(other, text_id) for other in linked]
    )
    connection.execute("DELETE FROM sketch WHERE text_id = ?", (text_id,))
    (story,) = connection.execute("SELECT story_id FROM text WHERE id = ?", (text_id,)).fetchone()
    connection.execute("UPDATE text SET story_id = NULL WHERE id = ?", (text_id,))
    if story is not None:
        former.add(story)
    return linked


def _enter(connection: sqlite3.Connection, article_id: int, text_id: int) -> None:
    """Keep the hashes of a text, and link it to the texts that print the same."""
    if connection.execute("SELECT 1 FROM sketch").fetchone() is None:
        _note_rules(connection)
    one = printed(connection, text_id)
    hashes = sampled(one)
    connection.execute(
        "INSERT INTO sketch (text_id, article_id, key, size, hashes) VALUES (?,?,?,?,?)",
        (text_id, article_id, *sketched(connection, article_id, hashes)),
    )
    for other_id in candidates(connection, hashes):
        for text, other, values in linked(text_id, one, other_id, printed(connection, other_id)):
            connection.execute(
                "INSERT INTO story_link (text_id, other_id, kept, first, last, longer) VALUES (?,?,?,?,?,?)",
                (text, other, *values),
            )
    connection.executemany(
        "INSERT INTO shingle (hash, text_id) VALUES (?,?)", [(number, text_id) for number in hashes]
    )


def sampled(one: Print) -> list[int]:
    """Return the sampled hashes of a text, in order."""
    return sorted(shingles(tuple(word for sentence in one.sentences for word in sentence.words)))


def sketched(connection: sqlite3.Connection, article_id: int, hashes: list[int]) -> tuple[int, int, bytes]:
    """Return what is kept of the hashes of an article's text: key of the article, how many, their bytes."""
    (address,) = connection.execute("SELECT address FROM article WHERE id = ?", (article_id,)).fetchone()
    packed = struct.pack(f"<{len(hashes)}q", *hashes)
    return key_of(str(address)), len(hashes), packed


def key_of(address: str) -> int:
    """Return the key of an article, made from its address: the id of a story that it begins."""
    digest = blake2b(address.encode("utf-8", "surrogatepass"), digest_size=6).digest()
    return int.from_bytes(digest, "little")


def linked(
    text_id: int, one: Print, other_id: int, other: Print
) -> list[tuple[int, int, tuple[float, int, int, int]]]:
    """Return both sides of the link of two texts, with what is kept of it; none when they print no one text.

    What is kept: the share of the text's words that stand in the other, the first and the last of its
    sentences that do, and whether it is the longer one.
    """
    relation = relate(one, other)
    if not relation.same:
        return []
    here = _side(relation.kept, relation.matches, longer=is_longer(one, other))
    there = _side(relation.kept_of_other, relation.matches_of_other, longer=is_longer(other, one))
    return [(text_id, other_id, here), (other_id, text_id, there)]


def _side(kept: float, matches: Iterable[Match], *, longer: bool) -> tuple[float, int, int, int]:
    here = [match.here for match in matches]
    return kept, min(here, default=0), max(here, default=0), int(longer)


def candidates(connection: sqlite3.Connection, hashes: list[int]) -> list[int]:
    """Return the texts that share enough of these hashes, those that share most first."""
    shared: Counter[int] = Counter()
    for number in hashes:
        shared.update(
            text_id
            for (text_id,) in connection.execute(
                "SELECT text_id FROM shingle WHERE hash = ? LIMIT ?", (number, MOST_HOLDERS)
            )
        )
    scored = []
    for text_id, count in shared.items():
        (size,) = connection.execute("SELECT size FROM sketch WHERE text_id = ?", (text_id,)).fetchone()
        if count < 2 and min(size, len(hashes)) > FEW:
            continue
        share = count / min(size, len(hashes))
        if share >= LEAST_SHARED:
            scored.append((-share, text_id))
    return [text_id for _, text_id in sorted(scored)[:MOST_COMPARED]]


def _linked(connection: sqlite3.Connection, text_id: int) -> list[int]:
    found = connection.execute("SELECT other_id FROM story_link WHERE text_id = ?", (text_id,))
    return [other for (other,) in found.fetchall()]


def _group(connection: sqlite3.Connection, touched: set[int], former: set[int]) -> set[int]:
    """Make the stories again of all texts that are linked, directly or not, to those touched."""
    links: dict[int, list[int]] = {}
    waiting = list(touched)
    while waiting:
        text_id = waiting.pop()
        if text_id in links:
            continue
        links[text_id] = _linked(connection, text_id)
        waiting.extend(links[text_id])
    return _save(connection, components(connection, links), former)


def components(connection: sqlite3.Connection, links: dict[int, list[int]]) -> list[list[int]]:
    """Return the texts that print one text, from the links of each text of whole families."""
    cut = {
        pair for text_id, others in links.items() for pair in _round_up(connection, text_id, others, links)
    }
    groups: list[list[int]] = []
    seen: set[int] = set()
    for start in sorted(links):
        if start in seen:
            continue
        seen.add(start)
        group, waiting = [], [start]
        while waiting:
            text_id = waiting.pop()
            group.append(text_id)
            for other in links[text_id]:
                if other not in seen and (text_id, other) not in cut and (other, text_id) not in cut:
                    seen.add(other)
                    waiting.append(other)
        groups.append(group)
    return groups


def _round_up(
    connection: sqlite3.Connection, text_id: int, others: list[int], links: dict[int, list[int]]
) -> list[tuple[int, int]]:
    """Return the links of a text that join no story, because it is a round-up of texts that share nothing."""
    if len(others) < 2:
        return []
    spans = connection.execute(
        "SELECT l.other_id, l.first, l.last, l.kept, k.key FROM story_link l JOIN sketch k "
        "ON k.text_id = l.other_id WHERE l.text_id = ? AND l.longer = 1 ORDER BY l.kept DESC, k.key",
        (text_id,),
    ).fetchall()
    main: list[tuple[int, int, int]] = []
    left: list[tuple[int, int, int]] = []
    for other, first, last, _, _ in spans:
        joined = not main or any(
            other in links.get(held, ()) or not _apart(first, last, low, high) for held, low, high in main
        )
        (main if joined else left).append((other, first, last))
    return [(text_id, other) for other, _, _ in left] + _parts(connection, text_id, links)


def _parts(
    connection: sqlite3.Connection, text_id: int, links: dict[int, list[int]]
) -> list[tuple[int, int]]:
    """Return the links of a text that join no story, because it is a small part of several longer ones."""
    longer = connection.execute(
        "SELECT l.other_id, b.kept FROM story_link l JOIN story_link b ON b.text_id = l.other_id AND "
        "b.other_id = l.text_id JOIN sketch k ON k.text_id = l.other_id "
        "WHERE l.text_id = ? AND l.longer = 0 ORDER BY b.kept DESC, k.key",
        (text_id,),
    ).fetchall()
    main: list[int] = []
    left: list[int] = []
    for other, kept in longer:
        joined = not main or kept >= PART or any(other in links.get(held, ()) for held in main)
        (main if joined else left).append(other)
    return [(text_id, other) for other in left]


def _apart(first: int, last: int, low: int, high: int) -> bool:
    both = min(last, high) - max(first, low) + 1
    return both < _SIDE_BY_SIDE * min(last - first + 1, high - low + 1)


def _save(connection: sqlite3.Connection, groups: list[list[int]], former: set[int]) -> set[int]:
    """Write the stories of these groups and return their ids; those out of use live on as aliases."""
    told: dict[int, list[int]] = {}
    moved: dict[int, list[int]] = defaultdict(list)
    taken: set[int] = set()
    made = sorted((_ordered(connection, group), group) for group in groups)
    mine = {text_id for group in groups for text_id in group}
    for members, group in made:
        story = members[0][1]
        while story in taken or _is_of_others(connection, story, mine):
            story += 1  # two addresses with one key: as good as never
        taken.add(story)
        told[story] = group
        for text_id in group:
            (old,) = connection.execute("SELECT story_id FROM text WHERE id = ?", (text_id,)).fetchone()
            if old is not None and old != story:
                moved[old].append(story)
    for story, group in told.items():
        agency = agency_of(connection, group)
        connection.execute(
            f"INSERT INTO story (id, agency, made) VALUES (?,?,{_NOW}) "  # noqa: S608
            "ON CONFLICT (id) DO UPDATE SET agency = ?",
            (story, agency, agency),
        )
        connection.execute("DELETE FROM story_alias WHERE alias = ?", (story,))
        connection.executemany("UPDATE text SET story_id = ? WHERE id = ?", [(story, one) for one in group])
    for old in sorted((moved.keys() | former) - told.keys()):
        _retire(connection, old, moved.get(old, []))
    return set(told)


def _retire(connection: sqlite3.Connection, old: int, heirs: list[int]) -> None:
    """Let an id that no story bears any more lead to the story that its articles are in now."""
    if connection.execute("SELECT 1 FROM text WHERE story_id = ?", (old,)).fetchone():
        return
    if not heirs:
        connection.execute("DELETE FROM story_alias WHERE story_id = ?", (old,))
    else:
        heir = heirs[0]
        connection.execute("UPDATE story_alias SET story_id = ? WHERE story_id = ?", (heir, old))
        connection.execute(
            f"INSERT OR REPLACE INTO story_alias (alias, story_id, made) VALUES (?,?,{_NOW})",  # noqa: S608
            (old, heir),
        )
    connection.execute("DELETE FROM story WHERE id = ?", (old,))


def first_of(connection: sqlite3.Connection, group: list[int]) -> int:
    """Return the key of the article published first, which is the id of a story unless it is taken."""
    return _ordered(connection, group)[0][1]


def _ordered(connection: sqlite3.Connection, group: list[int]) -> list[tuple[str, int]]:
    """Return day and key of each member, the first published first; those without a day last."""
    return sorted(
        connection.execute(
            "SELECT coalesce(x.published_day, '9999'), k.key FROM sketch k JOIN text x ON x.id = k.text_id "
            "WHERE k.text_id = ?",
            (text_id,),
        ).fetchone()
        for text_id in group
    )


def _is_of_others(connection: sqlite3.Connection, story: int, mine: set[int]) -> bool:
    found = connection.execute(
        "SELECT id FROM text WHERE story_id = ? AND id IN (SELECT text_id FROM sketch)", (story,)
    ).fetchall()
    return any(text_id not in mine for (text_id,) in found)


def agency_of(connection: sqlite3.Connection, group: list[int]) -> str | None:
    """Return the agency that most members credit; evidence of whose text it is, and no more."""
    credited = Counter(
        agency
        for text_id in group
        for (agency,) in connection.execute("SELECT agency FROM text WHERE id = ?", (text_id,))
        if agency
    )
    return min(credited, key=lambda agency: (-credited[agency], agency)) if credited else None
