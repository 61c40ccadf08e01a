"""The first tables: pages, texts, runs, statements, judgements; actors and stories, filled by later steps.

Days are ISO 8601 text (YYYY-MM-DD), times ISO 8601 in UTC, spans JSON lists of ``[start, end)`` in code
points of ``text.text``.
"""

from __future__ import annotations

from typing import Final

_ARTICLES = """
CREATE TABLE page_bytes (
  sha256 TEXT PRIMARY KEY,
  size INTEGER NOT NULL,                -- before compression, in bytes
  codec TEXT NOT NULL CHECK (codec = 'zlib'),
  data BLOB NOT NULL
);
CREATE TABLE article (                  -- one publication under one address, through all versions of its page
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  address TEXT NOT NULL,                -- url without scheme and fragment, else absolute path, else hash
  page_id INTEGER REFERENCES page,      -- the version that stands; null once all were removed
  text_id INTEGER REFERENCES text,
  run_id INTEGER REFERENCES run,
  added TEXT NOT NULL
);
CREATE INDEX article_address ON article (address);
CREATE TABLE page (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  article_id INTEGER NOT NULL REFERENCES article,
  sha256 TEXT NOT NULL REFERENCES page_bytes,
  path TEXT NOT NULL,
  url TEXT,
  media_type TEXT NOT NULL,
  charset TEXT,
  got TEXT,
  given TEXT NOT NULL,                  -- JSON object: what the user said of it
  added TEXT NOT NULL
);
CREATE INDEX page_sha256 ON page (sha256);
CREATE INDEX page_article ON page (article_id);
CREATE INDEX page_path ON page (path);
CREATE INDEX page_url ON page (url) WHERE url IS NOT NULL;
CREATE TABLE text (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  page_id INTEGER NOT NULL REFERENCES page,
  reader TEXT NOT NULL,                 -- the first reader version that read the page so
  sha256 TEXT NOT NULL,                 -- of the text in UTF-8
  digest TEXT NOT NULL,                 -- of text, fields and parts together
  text TEXT NOT NULL,
  outlet TEXT, section TEXT, headline TEXT, standfirst TEXT, byline TEXT, agency TEXT, dateline TEXT,
  caption TEXT, credit TEXT, published TEXT, published_from TEXT, modified TEXT, language TEXT, url TEXT,
  parts TEXT NOT NULL,                  -- JSON object: part -> spans
  declared TEXT NOT NULL,               -- JSON list
  published_day TEXT,
  story_id INTEGER REFERENCES story,
  made TEXT NOT NULL,
  UNIQUE (page_id, digest)
);
CREATE INDEX text_story ON text (story_id) WHERE story_id IS NOT NULL;
CREATE TABLE run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  text_id INTEGER NOT NULL REFERENCES text,
  reader TEXT NOT NULL,
  model TEXT NOT NULL,
  made TEXT NOT NULL
);
CREATE INDEX run_text ON run (text_id);
CREATE TABLE tombstone (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sha256 TEXT NOT NULL,
  path TEXT NOT NULL,
  url TEXT,
  reason TEXT NOT NULL,
  author TEXT NOT NULL,
  removed TEXT NOT NULL
);
CREATE INDEX tombstone_sha256 ON tombstone (sha256);
CREATE TABLE story (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  agency TEXT,
  made TEXT NOT NULL
);
CREATE TABLE story_alias (              -- ids of merged stories live on
  alias INTEGER PRIMARY KEY,
  story_id INTEGER NOT NULL REFERENCES story,
  made TEXT NOT NULL
);
"""

_STATEMENTS = """
CREATE TABLE statement (
  pk INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  words TEXT NOT NULL,
  content TEXT NOT NULL,
  source TEXT NOT NULL,
  cue TEXT NOT NULL,
  speaker TEXT, kind TEXT, named INTEGER, office TEXT, actor_id TEXT,
  said_first TEXT, said_last TEXT, due_first TEXT, due_last TEXT,
  hearsay INTEGER, parent TEXT, act TEXT, outlook TEXT,
  confidence REAL NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('model', 'judgement')),
  rest TEXT NOT NULL,                   -- JSON object: the fields that have no column
  UNIQUE (run_id, id)
);
CREATE TRIGGER statement_is_fixed BEFORE UPDATE ON statement
BEGIN SELECT RAISE(ABORT, 'statements are never rewritten'); END;
CREATE TABLE judgement (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  article_id INTEGER NOT NULL REFERENCES article,
  statement_id TEXT NOT NULL,
  statement_pk INTEGER,                 -- the row judged, while its page is held
  field TEXT NOT NULL,
  value TEXT NOT NULL,                  -- JSON
  was TEXT NOT NULL,                    -- JSON
  author TEXT NOT NULL,
  reason TEXT,
  made TEXT NOT NULL,
  undoes INTEGER REFERENCES judgement
);
CREATE INDEX judgement_article ON judgement (article_id);
CREATE TRIGGER judgement_is_fixed BEFORE UPDATE ON judgement
BEGIN SELECT RAISE(ABORT, 'judgements are append-only'); END;
CREATE TRIGGER judgement_is_kept BEFORE DELETE ON judgement
BEGIN SELECT RAISE(ABORT, 'judgements are append-only'); END;
CREATE TABLE anchor (                   -- W3C TextQuoteSelector, one for each content span of what was judged
  judgement_id INTEGER NOT NULL REFERENCES judgement,
  n INTEGER NOT NULL,
  exact TEXT NOT NULL,
  prefix TEXT NOT NULL,
  suffix TEXT NOT NULL,
  start INTEGER NOT NULL,
  text_id INTEGER NOT NULL,             -- the text it was taken from
  PRIMARY KEY (judgement_id, n)
) WITHOUT ROWID;
CREATE TRIGGER anchor_is_fixed BEFORE UPDATE ON anchor
BEGIN SELECT RAISE(ABORT, 'judgements are append-only'); END;
CREATE TABLE placement (                -- derived: where each judgement stands now
  judgement_id INTEGER PRIMARY KEY REFERENCES judgement,
  statement_id TEXT,
  place TEXT NOT NULL
);
"""

_ACTORS = """
CREATE TABLE actor (
  id TEXT PRIMARY KEY,
  kind TEXT,
  label TEXT NOT NULL,
  merged_into TEXT REFERENCES actor,
  made TEXT NOT NULL
);
CREATE TABLE actor_name (
  id INTEGER PRIMARY KEY,
  actor_id TEXT NOT NULL REFERENCES actor,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,                 -- lower case, accents off: what is compared
  script TEXT, language TEXT,
  source TEXT NOT NULL,
  UNIQUE (actor_id, name, source)
);
CREATE INDEX actor_name_folded ON actor_name (folded);
CREATE TABLE actor_identifier (
  actor_id TEXT NOT NULL REFERENCES actor,
  scheme TEXT NOT NULL,
  value TEXT NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (scheme, value, actor_id)
) WITHOUT ROWID;
CREATE TABLE office (
  id INTEGER PRIMARY KEY,
  actor_id TEXT NOT NULL REFERENCES actor,
  role TEXT NOT NULL,
  body TEXT,
  first_day TEXT, last_day TEXT,
  evidence TEXT NOT NULL                -- JSON: text and spans, or the registry, that say so
);
CREATE INDEX office_actor ON office (actor_id);
CREATE TABLE mention (                  -- words that stand for an actor, in one text
  id INTEGER PRIMARY KEY,
  text_id INTEGER NOT NULL REFERENCES text,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  words TEXT NOT NULL,
  role TEXT NOT NULL,                   -- speaker, addressee, via, about
  actor_id TEXT REFERENCES actor,
  why TEXT
);
CREATE INDEX mention_text ON mention (text_id);
CREATE INDEX mention_actor ON mention (actor_id) WHERE actor_id IS NOT NULL;
CREATE TABLE mention_candidate (
  mention_id INTEGER NOT NULL REFERENCES mention,
  actor_id TEXT NOT NULL REFERENCES actor,
  score REAL NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (mention_id, actor_id)
) WITHOUT ROWID;
"""

# key = day << 24 | number within the day, so that newest first is a walk backwards through the full-text
# index that may stop early, and a range of days is a range of rowids (docs/decisions/2026-11-search.md).
_STANDING = """
CREATE TABLE standing (                 -- derived: the statements of each standing run, judgements merged in
  key INTEGER PRIMARY KEY,
  statement_pk INTEGER NOT NULL REFERENCES statement,
  article_id INTEGER NOT NULL REFERENCES article,
  id TEXT NOT NULL,
  verdict TEXT,                         -- accept, reject; null: nobody has judged
  type TEXT NOT NULL,
  speaker TEXT, office TEXT,
  about TEXT,                           -- names, one a line
  outlet TEXT,
  day TEXT,                             -- last day on which it may have been said, else day of publication
  confidence REAL NOT NULL,
  judged TEXT                           -- JSON object: field -> value decided by a person
);
CREATE INDEX standing_id ON standing (id);
CREATE INDEX standing_article ON standing (article_id);
CREATE VIEW search_row AS
  SELECT s.key AS key, t.words AS words, s.speaker AS speaker, s.about AS about, s.outlet AS outlet
  FROM standing s JOIN statement t ON t.pk = s.statement_pk WHERE s.verdict IS NOT 'reject';
CREATE VIRTUAL TABLE search USING fts5 (
  words, speaker, about, outlet,
  content = 'search_row', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE text_search USING fts5 (
  headline, text, content = 'text', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIEW merged AS                   -- for readers of the file: each statement as it stands
  SELECT s.id AS id, s.speaker AS speaker, s.office AS office, s.type AS type, t.words AS words, s.day AS day,
    s.confidence AS confidence, s.verdict AS verdict, s.judged AS judged, x.outlet AS outlet,
    x.agency AS agency, x.headline AS headline, x.published AS published, coalesce(x.url, p.url) AS url,
    p.path AS path, p.got AS retrieved, x.story_id AS story_id, t.content AS content, t.source AS source,
    t.cue AS cue
  FROM standing s JOIN statement t ON t.pk = s.statement_pk JOIN article a ON a.id = s.article_id
    JOIN text x ON x.id = a.text_id JOIN page p ON p.id = a.page_id;
"""


def _split(script: str) -> tuple[str, ...]:
    """Split at each ``;`` that ends a line and a statement; a trigger's body stands on one line here."""
    return tuple(part.strip() for part in script.split(";\n") if part.strip())


STATEMENTS: Final[tuple[str, ...]] = tuple(
    statement for script in (_ARTICLES, _STATEMENTS, _ACTORS, _STANDING) for statement in _split(script)
)
