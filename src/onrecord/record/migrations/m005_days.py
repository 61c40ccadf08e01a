"""The three dates of a statement, and what became of what it promised, beside each standing row.

``said_last`` is the day that ``key`` begins with where it is known. Days of which only one end is known count
as that one day. The columns are derived like the rest of the table: this fills them from what it was made of.
"""

from __future__ import annotations

from typing import Final


def _judged(field: str, found: str, part: str = "{}") -> str:
    """Return SQL for the value that a person decided, ``part`` of it, else for what was found."""
    decided = part.format(f"json_extract(judged, '$.{field}')")
    return f"CASE WHEN json_valid(judged) AND json_type(judged, '$.{field}') IS NOT NULL THEN {decided} ELSE {found} END"  # noqa: E501


def _found(column: str) -> str:
    return f"(SELECT {column} FROM statement t WHERE t.pk = standing.statement_pk)"  # noqa: S608


_AHEAD: Final = "outlook IS NOT NULL OR due_last IS NOT NULL OR outcome IS NOT NULL"

STATEMENTS: Final[tuple[str, ...]] = (
    "ALTER TABLE standing ADD COLUMN published TEXT",
    "ALTER TABLE standing ADD COLUMN said_first TEXT",
    "ALTER TABLE standing ADD COLUMN said_last TEXT",
    "ALTER TABLE standing ADD COLUMN due_first TEXT",
    "ALTER TABLE standing ADD COLUMN due_last TEXT",
    "ALTER TABLE standing ADD COLUMN outlook TEXT",
    "ALTER TABLE standing ADD COLUMN outcome TEXT",
    "UPDATE standing SET "  # noqa: S608 - SQL of this file
    "published = (SELECT x.published_day FROM article a JOIN text x ON x.id = a.text_id "
    "WHERE a.id = standing.article_id), "
    f"said_first = {_judged('said', _found('coalesce(said_first, said_last)'), 'substr({}, 1, 10)')}, "
    f"said_last = {_judged('said', _found('coalesce(said_last, said_first)'), 'substr({}, -10)')}, "
    f"due_first = {_judged('due', _found('coalesce(due_first, due_last)'), 'substr({}, 1, 10)')}, "
    f"due_last = {_judged('due', _found('coalesce(due_last, due_first)'), 'substr({}, -10)')}, "
    f"outlook = {_judged('outlook', _found('outlook'))}",
    f"CREATE INDEX standing_ahead ON standing (due_last, due_first) WHERE {_AHEAD}",
    "CREATE INDEX standing_published ON standing (published)",
    "DROP VIEW merged",
    """CREATE VIEW merged AS                   -- for readers of the file: each statement as it stands
  SELECT s.id AS id, s.speaker AS speaker, s.office AS office, s.type AS type, t.words AS words, s.day AS day,
    s.said_first AS said_first, s.said_last AS said_last, s.due_first AS due_first, s.due_last AS due_last,
    s.outlook AS outlook, s.outcome AS outcome,
    s.confidence AS confidence, s.verdict AS verdict, s.judged AS judged, x.outlet AS outlet,
    x.agency AS agency, x.headline AS headline, x.published AS published, coalesce(x.url, p.url) AS url,
    p.path AS path, p.got AS retrieved, x.story_id AS story_id, t.content AS content, t.source AS source,
    t.cue AS cue
  FROM standing s JOIN statement t ON t.pk = s.statement_pk JOIN article a ON a.id = s.article_id
    JOIN text x ON x.id = a.text_id JOIN page p ON p.id = a.page_id""",
)
