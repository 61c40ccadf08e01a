"""On what words an actor speaks: those that it uses more often than the rest of the record does.

Words are compared by their log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn,
"Fightin' Words", Political Analysis 16, 2008): a rare word needs more of a difference than a common one, so
that neither "the" nor a word used once comes out on top.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from onrecord.query.overview import months_between
from onrecord.record import Record, standing

#: Of an actor who has said more than this, the newest are read: the page must come in a fraction of a second.
MOST_READ: Final = 800
#: From so many articles, at even distances through the record, come the statements compared with.
ARTICLES_READ: Final = 120

#: How many words the prior is worth. What an actor has said is often no more than some hundreds.
_PRIOR: Final = 100.0
#: Standard deviations from which on a word is listed; from 1.96 on, chance is ruled out at 5 % for one word.
_LISTED: Final = 1.0
SIGNIFICANT: Final = 1.96
_LEAST: Final = 2

_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
#: They belong to grammar and tell of no matter.
_GRAMMAR_WORDS: Final = (
    "a about after all also although am an and another any anybody anyone are as asked at be because "
    "been before being both but by can cannot could did do does doing done down during each either else "
    "even ever every for from further get go going gone got had has have having he her here hers "
    "herself him himself his how however i if in into is it its itself just let like made make many may "
    "me might mine more most much must my myself neither never no nobody none nor not nothing now of "
    "off on once one only onto or other others our ours ourselves out over own per quite rather said "
    "same say saying says shall she should since so some somebody something still such than that the "
    "their theirs them themselves then there these they this those though through to told too two under "
    "until up upon us very was we were what when where whether which while who whom whose why will with "
    "within without would yet you your yours yourself "
)
_GRAMMAR: Final = frozenset(_GRAMMAR_WORDS.split())
_CLITIC: Final = re.compile(r"[’'](?:s|ll|d|re|ve|m|t)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word: how often it was used, and by how many standard deviations that is more than elsewhere."""

    word: str
    times: int
    elsewhere: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What an actor speaks of.

    Attributes:
        words: most distinctive first.
        read: how many of its statements were read, the newest ones.
        compared: with how many statements of others.
    """

    words: tuple[Word, ...]
    read: int
    compared: int


def wording(
    record: Record, actor: str, since: str | None = None, until: str | None = None, *, limit: int = 30
) -> Wording:
    """Return the words that an actor uses more often than others do.

    Args:
        record: an open record.
        actor: its id.
        since: first month, as in :func:`onrecord.query.overview.overview`.
        until: last month.
        limit: at most so many.

    Raises:
        QueryError: that is no month.
        RecordError: the record cannot be read.
    """
    first, last = months_between(since, until)
    low, _ = standing.day_range(f"{first}-01" if first else None, None)
    # The last key of a month is that of its 31st, whether it has one or not.
    high = standing.day_range(None, f"{last}-28")[1] + (3 << standing.DAY_BITS) if last else 1 << 62
    with record.reading("reading words"):
        own = record.rows(
            "SELECT t.words FROM standing s INDEXED BY standing_actor "
            "JOIN statement t ON t.pk = s.statement_pk WHERE s.actor_id = ? "
            "AND s.key BETWEEN ? AND ? AND s.verdict IS NOT 'reject' "
            "AND coalesce(s.same_rank, 0) = 0 ORDER BY s.key DESC LIMIT ?",
            (actor, low, high, MOST_READ),
        )
        others = _others(record, actor)
    mine, theirs = _counted(words for (words,) in own), _counted(words for (words,) in others)
    found = distinctive(mine, theirs)
    return Wording(words=tuple(found[:limit]), read=len(own), compared=len(others))


def distinctive(mine: Mapping[str, int], theirs: Mapping[str, int]) -> list[Word]:
    """Return the words that stand more often in one text than in another, most distinctive first.

    Args:
        mine: word -> how often it stands in the one.
        theirs: likewise in the other.
    """
    size, other_size = sum(mine.values()), sum(theirs.values())
    all_of_them = size + other_size
    found = []
    for word, times in mine.items():
        if times < _LEAST:
            continue
        elsewhere = theirs.get(word, 0)
        prior = _PRIOR * (times + elsewhere) / all_of_them
        odds = math.log((times + prior) / (size + _PRIOR - times - prior))
        other_odds = math.log((elsewhere + prior) / (other_size + _PRIOR - elsewhere - prior))
        score = (odds - other_odds) / math.sqrt(1 / (times + prior) + 1 / (elsewhere + prior))
        if score >= _LISTED:
            found.append(Word(word=word, times=times, elsewhere=elsewhere, score=round(score, 2)))
    return sorted(found, key=lambda one: (-one.score, one.word))


def _others(record: Record, actor: str) -> list[tuple[str]]:
    """Return the words of others, from articles at even distances: a sample of the record's statements."""
    last = record.value("SELECT max(id) FROM article") or 0
    step = max(1, last // ARTICLES_READ)
    chosen = range(1, last + 1, step)
    return record.rows(
        "WITH RECURSIVE chosen (id) AS (VALUES (?) UNION ALL SELECT id + ? FROM chosen WHERE id + ? <= ?) "
        "SELECT t.words FROM chosen c "
        "CROSS JOIN standing s INDEXED BY standing_article ON s.article_id = c.id "
        "JOIN statement t ON t.pk = s.statement_pk WHERE s.verdict IS NOT 'reject' "
        "AND coalesce(s.same_rank, 0) = 0 AND s.actor_id IS NOT ?",
        (chosen.start, step, step, last, actor),
    )


def _counted(texts: Iterable[str]) -> Counter[str]:
    """Count the words of texts, without those that belong to grammar."""
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(_WORD.findall(text.casefold()))
    kept: Counter[str] = Counter()
    for word, times in counted.items():
        bare = _CLITIC.sub("", word)
        if len(bare) > 1 and bare not in _GRAMMAR:
            kept[bare] += times
    return kept
