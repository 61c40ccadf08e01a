"""The same words by the same speaker on another day: another statement, linked as a repetition.

The link is derived: two standing statements with the same words (but for case, accents and marks), of one
actor, or of speakers of one name where no actor is known, whose days differ and that are not printings of one
statement. The day is the last on which it may have been said, else that of publication.
"""

from __future__ import annotations

import sqlite3
from hashlib import blake2b
from typing import Final

from onrecord.stories.wording import fold

#: Fewer words than this say nothing when they come again: "no comment", "we will win".
LEAST_REPEATED: Final = 5

#: SQL: whether the standing row ``r`` repeats the standing row ``s``.
REPEATS: Final = (
    "r.words_key = s.words_key AND r.words_key <> 0 AND r.day <> s.day AND r.verdict IS NOT 'reject' "
    "AND coalesce(r.actor_id = s.actor_id, lower(r.speaker) = lower(s.speaker)) "
    "AND coalesce(r.same_as, r.statement_pk) <> coalesce(s.same_as, s.statement_pk)"
)

#: SQL: whether any standing row repeats the standing row ``s``.
IS_REPEATED: Final = (
    "s.words_key IN (SELECT words_key FROM repeated_words) AND EXISTS "  # noqa: S608 - SQL of this file
    f"(SELECT 1 FROM standing r WHERE {REPEATS})"
)


def words_key(words: str) -> int:
    """Return what the words of a statement are found again by; 0 when they are too few."""
    folded = fold(words)
    if len(folded) < LEAST_REPEATED:
        return 0
    digest = blake2b(" ".join(folded).encode("utf-8", "surrogatepass"), digest_size=7).digest()
    return int.from_bytes(digest, "little") or 1


def catch_up(connection: sqlite3.Connection, most: int = 1000) -> int:
    """Make the keys of up to ``most`` statements that have none; return how many there were."""
    due = connection.execute(
        "SELECT s.key, t.words FROM standing s JOIN statement t ON t.pk = s.statement_pk "
        "WHERE s.words_key IS NULL ORDER BY s.key LIMIT ?",
        (most,),
    ).fetchall()
    connection.executemany(
        "UPDATE standing SET words_key = ? WHERE key = ?", [(words_key(words), key) for key, words in due]
    )
    return len(due)
