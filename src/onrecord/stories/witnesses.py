"""Statements of copies are one statement with several witnesses: which printings of one story say the same.

Within a story the printings of one quotation form a group, derived from the standing statements of its
articles and from nothing else, so that the order in which they came changes nothing. The fullest printing is
taken first; each of the others joins the one of another article that holds its words and has its speaker. So
a quotation that one outlet cut in two stands by the whole one, and nothing is joined over a chain of pieces.
What a person rejected is in no group: it neither counts nor hides the others.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from onrecord.stories.alignment import covered, runs
from onrecord.stories.wording import fold

#: So much of a printing's words must stand in the fuller one, small edits between them counted in.
SHARED: Final = 0.5

#: Of a printing of so few words, nearly all must: a name and a verb are soon the same.
SHORT: Final = 8
NEARLY_ALL: Final = 0.75

#: Words of a printing that are compared; more is a speech, and its beginning tells.
MOST_WORDS: Final = 400

#: A run that stands in more printings than this tells none of them from the others.
_MOST_PLACES: Final = 60

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Printing:
    """One standing statement of an article of a story.

    Attributes:
        pk: its ``statement_pk``.
        article: number of its article.
        order: day, time and address of its article, and where in it: the same whatever came first.
        words: what it says, as it is compared.
        voices: actor and words of the name of its speaker, as found and as decided; none when unknown.
        nested: whether it stands within another statement.
        verdict: ``accept`` when a person has confirmed it.
        judged: whether a person has set a field.
    """

    pk: int
    article: int
    order: tuple[str, str, int, int]
    words: Words
    voices: frozenset[tuple[str | None, Words]] = frozenset()
    nested: bool = False
    verdict: str | None = None
    judged: bool = False


@dataclass(slots=True)
class _Group:
    fullest: Printing
    held: frozenset[Words]
    members: list[Printing] = field(default_factory=list)
    articles: set[int] = field(default_factory=set)

    def take(self, one: Printing) -> None:
        self.members.append(one)
        self.articles.add(one.article)


def gather(printings: Iterable[Printing]) -> list[list[Printing]]:
    """Return the printings of each quotation, the one that stands for all first.

    That one is what a person accepted, else what a person corrected; else it names its speaker, is the
    fullest, and was published first, in this order of weight.
    """
    groups: list[_Group] = []
    places: dict[Words, list[int]] = defaultdict(list)
    for one in sorted(printings, key=lambda one: (-len(one.words), one.order)):
        own = runs(one.words)
        group = _joined(one, own, groups, places)
        if group is None:
            for run in set(own):
                places[run].append(len(groups))
            groups.append(group := _Group(one, frozenset(own)))
        group.take(one)
    return [sorted(group.members, key=_rank) for group in groups]


def _rank(one: Printing) -> tuple[object, ...]:
    return (one.verdict != "accept", not one.judged, not one.voices, -len(one.words), one.order)


def _joined(
    one: Printing, own: Sequence[Words], groups: list[_Group], places: dict[Words, list[int]]
) -> _Group | None:
    """Return the group that a printing belongs to, ``None`` when nothing fuller holds its words."""
    shared: Counter[int] = Counter()
    for run in own:
        holders = places.get(run, ())
        if len(holders) <= _MOST_PLACES:
            shared.update(holders)
    best: tuple[float, bool, int] | None = None
    for number in shared:
        group = groups[number]
        if group.fullest.article == one.article or group.fullest.nested != one.nested:
            continue
        share = covered([run in group.held for run in own], len(one.words)) / len(one.words)
        if not _enough(one.words, share, group.fullest.words):
            continue
        if not all(_one_voice(one, other) for other in group.members):
            continue
        # What an article says twice, another one says twice too: each of them has its own counterpart.
        found = (share, one.article not in group.articles, -number)
        best = max(best, found) if best else found
    return groups[-best[2]] if best else None


def _enough(words: Words, share: float, fuller: Words) -> bool:
    if len(words) >= SHORT:
        return share >= SHARED
    # In a few words a number is what is said.
    return share >= NEARLY_ALL and {word for word in words if word.isdigit()} <= set(fuller)


def _one_voice(one: Printing, other: Printing) -> bool:
    """Tell whether two printings may be of one speaker: same actor or name, or one of them names none.

    The speaker as found and as decided both count: a correction takes no printing away from its copies.
    """
    if not one.voices or not other.voices:
        return True
    return any(_same(mine, yours) for mine in one.voices for yours in other.voices)


def _same(mine: tuple[str | None, Words], yours: tuple[str | None, Words]) -> bool:
    if mine[0] is not None and yours[0] is not None:
        return mine[0] == yours[0]
    short, long = sorted((set(mine[1]), set(yours[1])), key=len)
    return bool(short) and short <= long


def stories_of(connection: sqlite3.Connection, articles: Iterable[int]) -> set[int]:
    """Return the stories in which the standing texts of these articles are."""
    found = set()
    for article_id in articles:
        row = connection.execute(
            "SELECT x.story_id FROM article a JOIN text x ON x.id = a.text_id WHERE a.id = ?", (article_id,)
        ).fetchone()
        if row is not None and row[0] is not None:
            found.add(int(row[0]))
    return found


def regroup(connection: sqlite3.Connection, stories: Iterable[int]) -> None:
    """Bring the groups of these stories in line with their standing statements, in a write transaction."""
    wanted: list[tuple[int | None, int | None, int]] = []
    for story in sorted(stories):
        found = derive(connection, story)
        wanted += [
            (*found.get(pk, (None, None)), key)
            for key, pk, *now in standing(connection, story)
            if tuple(now) != found.get(pk, (None, None))
        ]
        connection.execute("UPDATE story SET grouped = 1 WHERE id = ? AND grouped = 0", (story,))
    # In two steps over all stories: no two rows may have one place in a group, not even for a moment.
    connection.executemany(
        "UPDATE standing SET same_as = NULL, same_rank = NULL WHERE key = ?", [(key,) for *_, key in wanted]
    )
    connection.executemany(
        "UPDATE standing SET same_as = ?, same_rank = ? WHERE key = ?",
        [place for place in wanted if place[0] is not None],
    )


def standing(connection: sqlite3.Connection, story: int) -> list[tuple[int, int, int | None, int | None]]:
    """Return key, ``statement_pk`` and place in a group of each standing row of a story."""
    return connection.execute(
        "SELECT s.key, s.statement_pk, s.same_as, s.same_rank FROM text x JOIN article a ON a.text_id = x.id "
        "JOIN standing s ON s.article_id = a.id WHERE x.story_id = ?",
        (story,),
    ).fetchall()


def derive(connection: sqlite3.Connection, story: int) -> dict[int, tuple[int, int]]:
    """Return ``statement_pk`` -> the one that stands for it, and its place, of what is printed repeatedly."""
    articles = connection.execute(
        "SELECT count(*) FROM text x JOIN article a ON a.text_id = x.id WHERE x.story_id = ?", (story,)
    ).fetchone()[0]
    if articles < 2:
        return {}
    found: dict[int, tuple[int, int]] = {}
    for group in gather(printings(connection, story)):
        if len(group) > 1:
            found.update({one.pk: (group[0].pk, place) for place, one in enumerate(group)})
    return found


def printings(connection: sqlite3.Connection, story: int) -> list[Printing]:
    """Return the standing statements of a story's articles, without those that a person rejected."""
    made = []
    for (
        pk,
        article,
        verdict,
        judged,
        actor,
        speaker,
        named,
        parent,
        words,
        content,
        *order,
    ) in connection.execute(
        "SELECT s.statement_pk, s.article_id, s.verdict, s.judged, s.actor_id, s.speaker, t.speaker, "
        "t.parent, t.words, t.content, coalesce(x.published_day, '9999'), coalesce(x.published, ''), k.key "
        "FROM text x JOIN article a ON a.text_id = x.id JOIN sketch k ON k.text_id = x.id "
        "JOIN standing s ON s.article_id = a.id JOIN statement t ON t.pk = s.statement_pk "
        "WHERE x.story_id = ? AND s.verdict IS NOT 'reject'",
        (story,),
    ):
        folded = _folded(words)
        if not folded:
            continue
        voices = frozenset(
            (who, _name(name))
            for who, name in ((actor, speaker), (None, named))
            if who is not None or (name is not None and _name(name))
        )
        begin = int(json.loads(content)[0][0])
        made.append(
            Printing(
                pk, article, (*order, begin), folded, voices, parent is not None, verdict, judged is not None
            )
        )
    return made


@lru_cache(maxsize=8192)
def _folded(words: str) -> Words:
    return fold(words)[:MOST_WORDS]


@lru_cache(maxsize=2048)
def _name(name: str | None) -> Words:
    return fold(name or "")
