"""What two questions need to end soon: up to a day, and for what was repeated.

A question up to a day walks from the newest statement back, over all that were said later. It may begin with
the last of those whose days of saying begin before that day and end after it: ``standing_intervals`` holds
the statements of more than one day.

``repeated_words`` holds the ``words_key`` of more than one standing row: to look for another row by each
statement's words takes ten times longer than the walk. A key goes with the last row but one; one that stays
without need does no harm, for a question looks for the other row all the same.
"""

from __future__ import annotations

from typing import Final

_KEEP: Final = (
    "BEGIN INSERT OR IGNORE INTO repeated_words SELECT NEW.words_key WHERE EXISTS (SELECT 1 FROM standing r "
    "WHERE r.words_key = NEW.words_key AND r.words_key <> 0 AND r.key <> NEW.key); END"
)

STATEMENTS: Final[tuple[str, ...]] = (
    "CREATE INDEX standing_intervals ON standing (said_last, said_first) WHERE said_first <> said_last",
    "CREATE TABLE repeated_words (words_key INTEGER PRIMARY KEY)",
    "INSERT INTO repeated_words SELECT words_key FROM standing WHERE words_key <> 0 GROUP BY words_key "
    "HAVING count(*) > 1",
    f"CREATE TRIGGER standing_insert_repeated AFTER INSERT ON standing WHEN NEW.words_key <> 0 {_KEEP}",
    f"CREATE TRIGGER standing_update_repeated AFTER UPDATE OF words_key ON standing WHEN NEW.words_key <> 0 "
    f"{_KEEP}",
    "CREATE TRIGGER standing_delete_repeated AFTER DELETE ON standing WHEN OLD.words_key <> 0 "
    "BEGIN DELETE FROM repeated_words WHERE words_key = OLD.words_key AND (SELECT count(*) FROM (SELECT 1 "
    "FROM standing r WHERE r.words_key = OLD.words_key AND r.words_key <> 0 LIMIT 2)) < 2; END",
)
