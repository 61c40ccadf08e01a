"""Checking a record against itself: hashes, spans, ids, index, judgements."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from typing import Any

from onrecord.article import Article, Spans, Statement, statement_id
from onrecord.errors import InputError, RecordError
from onrecord.record import adding, counting, rows, standing
from onrecord.record.migrations import MIGRATIONS
from onrecord.record.rows import DAMAGE
from onrecord.record.store import Store
from onrecord.record.values import Problem, Reader
from onrecord.stories import checking


def verify(store: Store, reader: Reader | None = None) -> Iterator[Problem]:
    """Re-derive what can be derived from what is stored, and name each thing that differs.

    Args:
        store: the record.
        reader: reads every page again whose text it made.
    """
    with store.reading("verifying") as connection:
        damaged = False
        for problem in _file(connection):
            damaged = True
            yield problem
        if damaged:
            return  # what a damaged file says of itself further on is worth nothing
        yield from _schema(connection)
        yield from _pages(connection)
        yield from _texts(connection)
        yield from _anchors(connection)
        yield from _mentions(connection)
        yield from _standing(connection)
        yield from _told(connection)
        yield from _counts(connection)
    if reader is not None:
        yield from _readings(store, reader)
    if not store.read_only:
        yield from _index(store)


def _file(connection: sqlite3.Connection) -> Iterator[Problem]:
    try:
        for (message,) in connection.execute("PRAGMA quick_check(20)"):
            if message != "ok":
                yield Problem(what="file", which="database", message=f"{message}. Restore it from a copy")
        for table, rowid, parent, _ in connection.execute("PRAGMA foreign_key_check"):
            yield Problem(what="file", which=f"{table} {rowid}", message=f"refers to no row of {parent}")
    except sqlite3.DatabaseError as error:
        yield Problem(what="file", which="database", message=f"{error}. Restore it from a copy")


def _schema(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Compare tables and triggers with those that the migrations make; views of the user's own do no harm."""
    sql = "SELECT name, type, sql FROM sqlite_master WHERE type <> 'view' AND sql IS NOT NULL"
    blank = sqlite3.connect(":memory:")
    try:
        blank.execute("CREATE TABLE migration (name TEXT PRIMARY KEY, applied TEXT NOT NULL)")
        for _, statements in MIGRATIONS:
            for statement in statements:
                blank.execute(statement)
        wanted = {row[0]: row for row in blank.execute(sql)}
    finally:
        blank.close()
    present = {row[0]: row for row in connection.execute(sql).fetchall() if not row[0].startswith("sqlite_")}
    for name, row in present.items():
        if name not in wanted and row[1] == "trigger":
            yield Problem(what="file", which=name, message="a trigger that onrecord did not make")
    for name, row in wanted.items():
        if not name.startswith("sqlite_") and present.get(name) != row:
            yield Problem(what="file", which=name, message=f"this {row[1]} is missing or altered")


def _pages(connection: sqlite3.Connection) -> Iterator[Problem]:
    for page_id, sha256, path in connection.execute("SELECT id, sha256, path FROM page ORDER BY id"):
        try:
            adding.load_page(connection, page_id)
        except (RecordError, *DAMAGE) as error:
            yield Problem(what="page", which=f"{sha256} ({path})", message=str(error))


def _readings(store: Store, reader: Reader) -> Iterator[Problem]:
    """Read each page again whose text the present reader made; a page at a time, so that no writer waits."""
    texts = store.rows(
        "SELECT DISTINCT x.id, x.digest, x.page_id, p.path FROM run r JOIN text x ON x.id = r.text_id JOIN "
        "page p ON p.id = x.page_id WHERE r.reader = ? ORDER BY x.id",
        (reader.version,),
    )
    for text_id, digest, page_id, path in texts:
        which = f"{text_id} ({path})"
        try:
            with store.reading("verifying") as connection:
                page = adding.load_page(connection, page_id)
            made = page.media_type == rows.ARTICLE_TYPE
            article = rows.article_from_page(page, path) if made else reader.reread(page, path)
        except RecordError:
            continue  # a damaged page, which is named as such
        except InputError as error:
            yield Problem(what="text", which=which, message=f"its page cannot be read again ({error.reason})")
            continue
        if rows.text_values(article)[1] != digest:
            yield Problem(
                what="text", which=which, message="its page, read again, gives another text or fields"
            )


def _texts(connection: sqlite3.Connection) -> Iterator[Problem]:
    columns = ", ".join(f"x.{name}" for name in rows.ARTICLE_COLUMNS)
    for text_id, sha256, digest, path, *values in connection.execute(
        f"SELECT x.id, x.sha256, x.digest, p.path, {columns} FROM text x JOIN page p ON p.id = "  # noqa: S608
        "x.page_id "
        "ORDER BY x.id"
    ):
        which = f"{text_id} ({path})"
        try:
            article = rows.article_from(values, path)
            now = rows.text_values(article)
        except (RecordError, *DAMAGE) as error:
            yield Problem(what="text", which=which, message=f"cannot be read ({error})")
            continue
        if (now[0], now[1]) != (sha256, digest):
            yield Problem(
                what="text", which=which, message="text or fields do not have the hash they were stored with"
            )
        for name, spans in article.parts.items():
            if not _inside(spans, article.text):
                yield Problem(what="text", which=which, message=f"a span of {name} is out of bounds")
        for (run_id,) in connection.execute("SELECT id FROM run WHERE text_id = ?", (text_id,)).fetchall():
            yield from _statements(
                connection, run_id, article, hashlib.sha256(article.text.encode()).hexdigest()
            )


def _statements(
    connection: sqlite3.Connection, run_id: int, article: Article, sha256: str
) -> Iterator[Problem]:
    columns = ", ".join(rows.STATEMENT_COLUMNS)
    found = connection.execute(f"SELECT {columns} FROM statement WHERE run_id = ?", (run_id,)).fetchall()  # noqa: S608
    ids = {row[0] for row in found}
    for row in found:
        which = f"{row[0]} ({article.path})"
        try:
            statement = rows.statement_from(row)
        except RecordError as error:
            yield Problem(what="statement", which=which, message=str(error))
            continue
        for message in _wrong(statement, article, sha256, ids):
            yield Problem(what="statement", which=which, message=message)


def _wrong(statement: Statement, article: Article, sha256: str, ids: set[str]) -> Iterator[str]:
    if not statement.content or not _inside(statement.content, article.text):
        yield "its content is out of the text's bounds"
    elif article.quote(statement.content) != statement.text:
        yield "its stored words are not those of the text at its spans"
    if statement_id(sha256, statement.content) != statement.id:
        yield "its id is not that of its text and content"
    for name, spans in _other_spans(statement):
        if not _inside(spans, article.text):
            yield f"its {name} is out of the text's bounds"
    if statement.parent is not None and statement.parent not in ids:
        yield f"its parent {statement.parent} is not in the same run"
    if not 0 <= statement.confidence <= 1:
        yield f"its confidence {statement.confidence} is not between 0 and 1"


def _other_spans(statement: Statement) -> Iterator[tuple[str, Spans]]:
    for name in ("source", "cue", "via", "addressee", "occasion"):
        yield name, getattr(statement, name)
    for name in ("said", "released", "due", "speaker"):
        value: Any = getattr(statement, name)
        if value is not None:
            yield name, value.spans
    if statement.speaker is not None:
        yield "office", statement.speaker.office_spans
    for item in statement.about:
        yield "about", item.get("spans", ())


def _inside(spans: Spans, text: str) -> bool:
    at = 0
    for start, end in sorted(spans):
        if not at <= start < end <= len(text):
            return False
        at = start
    return True


def _mentions(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Compare the words of mentions, and the places that prove an office, with the texts."""
    for number, words, start, end, text in connection.execute(
        'SELECT m.id, m.words, m.start, m."end", x.text FROM mention m JOIN text x ON x.id = m.text_id '
        "ORDER BY m.id"
    ):
        if not _inside(((start, end),), text) or text[start:end] != words:
            yield Problem(what="mention", which=str(number), message="its words do not stand at its place")
    for (number,) in connection.execute(
        "SELECT m.id FROM mention m WHERE NOT EXISTS (SELECT 1 FROM article a WHERE a.text_id = m.text_id)"
    ):
        yield Problem(what="mention", which=str(number), message="its text is not the one that stands")
    for actor, role, spans, text in connection.execute(
        "SELECT e.actor_id, e.role, e.spans, x.text FROM office_evidence e JOIN text x ON x.id = e.text_id"
    ):
        try:
            places = [(int(start), int(end)) for start, end in rows.loads(spans, actor)]
        except (RecordError, *rows.DAMAGE):
            places = [(0, -1)]
        said = " ".join(" ".join(text[start:end].split()) for start, end in places[:-1])
        if not all(0 <= start < end <= len(text) for start, end in places) or said != role:
            which = f"{role} of {actor}"
            yield Problem(what="office", which=which, message="its words do not stand in its text")


def _anchors(connection: sqlite3.Connection) -> Iterator[Problem]:
    for number, exact, start, prefix, suffix, text in connection.execute(
        "SELECT n.judgement_id, n.exact, n.start, n.prefix, n.suffix, x.text FROM anchor n "
        "JOIN text x ON x.id = n.text_id"
    ):
        if not _stands(text, exact, start, prefix, suffix):
            yield Problem(
                what="judgement", which=str(number), message="its anchor is not in the text it was made on"
            )
    for (number,) in connection.execute(
        "SELECT id FROM judgement WHERE id NOT IN (SELECT judgement_id FROM placement)"
    ):
        yield Problem(
            what="judgement", which=str(number), message="it is neither placed nor listed as an orphan"
        )


def _stands(text: Any, exact: Any, start: Any, prefix: Any, suffix: Any) -> bool:
    """Return whether the words of an anchor stand where it says; values of other types stand nowhere."""
    try:
        end = start + len(exact)
        around = text[max(0, start - len(prefix)) : start], text[start:end], text[end : end + len(suffix)]
    except DAMAGE:
        return False
    return bool(around == (prefix, exact, suffix))


def _standing(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Derive each article's standing rows and placements again."""
    orphaned = (
        "SELECT id FROM standing WHERE article_id NOT IN (SELECT id FROM article WHERE run_id IS NOT NULL)"
    )
    for (number,) in connection.execute(orphaned):
        yield Problem(what="statement", which=number, message="it stands, but its page does not")
    for (article_id,) in connection.execute(
        "SELECT id FROM article WHERE run_id IS NOT NULL ORDER BY id"
    ).fetchall():
        try:
            yield from _settled(connection, article_id)
        except (RecordError, *DAMAGE) as error:
            yield Problem(
                what="statement", which=f"article {article_id}", message=f"cannot be merged ({error})"
            )


def _settled(connection: sqlite3.Connection, article_id: int) -> Iterator[Problem]:
    found = standing.standing_article(connection, article_id)
    if found is None:
        yield Problem(
            what="text", which=f"article {article_id}", message="its standing page or text is missing"
        )
        return
    article, _, run_id = found
    plan = standing.plan(connection, article_id, article, run_id)
    listed = connection.execute(
        "SELECT p.judgement_id, p.statement_id, p.place FROM placement p JOIN judgement j ON "
        "j.id = p.judgement_id "
        "WHERE j.article_id = ?",
        (article_id,),
    ).fetchall()
    derived = {(one.judgement, one.statement, one.place) for one in plan.placements}
    for number in sorted({row[0] for row in derived ^ set(listed)}):
        yield Problem(
            what="judgement", which=str(number), message="it is listed elsewhere than where it stands"
        )
    present = standing.present(connection, article_id)
    for number in sorted(plan.wanted.keys() ^ present.keys()):
        message = "it stands without being found" if number in present else "it was found and does not stand"
        yield Problem(what="statement", which=f"{number} ({article.path})", message=message)
    for number, values in plan.wanted.items():
        row = present.get(number)
        if row is None:
            continue
        if tuple(row[1:2] + row[3:]) != values:
            yield Problem(
                what="statement",
                which=f"{number} ({article.path})",
                message="its standing row is not what was found and judged",
            )
        if not standing.key_fits(row[0], values):
            yield Problem(
                what="index", which=f"{number} ({article.path})", message="it is filed under another day"
            )


def _counts(connection: sqlite3.Connection) -> Iterator[Problem]:
    for table in counting.wrong(connection):
        message = "the counts are not those of what stands. `onrecord refresh` makes them again"
        yield Problem(what="index", which=table, message=message)


def _told(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Derive stories, witnesses and repetitions again."""
    try:
        for which, message in checking.check(connection):
            yield Problem(what="story", which=which, message=message)
    except DAMAGE as error:
        yield Problem(what="story", which="tables", message=f"cannot be derived again ({error})")


def damaged_indexes(store: Store) -> Iterator[str]:
    """Yield the name of each full-text index that does not agree with the words it was made from."""
    for table in ("search", "text_search"):
        try:
            # rank 1: the index against the words of the tables, not only against itself.
            with store.writing(f"checking {table}") as connection:
                connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
        except RecordError as error:
            cause = error.__cause__
            if not isinstance(cause, sqlite3.DatabaseError) or "CORRUPT" not in cause.sqlite_errorname:
                raise
            yield table


def _index(store: Store) -> Iterator[Problem]:
    for table in damaged_indexes(store):
        message = "the full-text index does not agree with the words. `onrecord refresh` makes it again"
        yield Problem(what="index", which=table, message=message)
