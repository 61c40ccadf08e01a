"""The Parquet tables, or a slice of them, into a record.

The tables hold no bytes of pages: what the record keeps as the page is the article as JSON, with the hash of
the page that stays in the archive. Text, statements and their ids, actors and stories are those of a record
that the archive itself was added to. Tables may be a stranger's: hashes, ids and spans are checked, and what
does not agree is refused by name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.article import Article, Page, Statement, statement_id
from onrecord.errors import InputError, RecordError
from onrecord.record import Added, Record, adding, placing, rows
from onrecord.spark import tables
from onrecord.stories.wording import fold

#: Articles in one transaction.
TOGETHER: Final = 256
_MONTH: Final = re.compile(r"\d{4}-\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """Which articles are wanted; all of the conditions that are given hold of each.

    Attributes:
        month: published in it, ``2031-03``.
        outlet: words of the outlet's name.
        words: words of the text, in any order.
        speaker: words of the name of one who says something in it.
    """

    month: str | None = None
    outlet: str | None = None
    words: str | None = None
    speaker: str | None = None

    def takes(self, text: Mapping[str, Any], statements: Iterable[Mapping[str, Any]]) -> bool:
        """Tell whether an article is wanted."""
        return (
            _has(text["outlet"], self.outlet)
            and _has(text["text"], self.words)
            and (not self.speaker or any(_has(one["speaker"], self.speaker) for one in statements))
        )


def _has(value: Any, wanted: str | None) -> bool:
    return not wanted or set(fold(wanted)) <= set(fold(str(value or "")))


def import_tables(record: Record, folder: str | Path, wanted: Slice | None = None) -> Iterator[Added]:
    """Add the articles of the tables; yield what became of each, once it is safe on disk.

    What is held already is passed by: again, or with another slice, it adds what is new.

    Args:
        record: open for writing.
        folder: what :func:`onrecord.spark.extract` has made.
        wanted: which of them; all when ``None``.

    Raises:
        RecordError: the folder holds no such tables, or the record cannot be written.
    """
    place, chosen = Path(folder), wanted or Slice()
    if chosen.month is not None and not _MONTH.fullmatch(chosen.month):
        raise RecordError(f"{chosen.month!r} is no month. Write it as 2012-12")
    record.require_writable("importing")
    by_input: defaultdict[str, list[str]] = defaultdict(list)
    for _, said in tables.committed(place):
        by_input[said["input"]] += said["files"]
    if not by_input:
        raise RecordError(f"{place}: holds no tables. Make them with `onrecord spark extract`")
    waiting: list[_Entry] = []
    for source in sorted(by_input):
        for entry in _entries(place, by_input[source], chosen):
            if isinstance(entry, Added):
                yield entry
                continue
            if len(waiting) >= TOGETHER or any(entry.meets(one) for one in waiting):
                yield from _write(record, waiting)
                waiting = []
            waiting.append(entry)
    yield from _write(record, waiting)


@dataclass(frozen=True, slots=True)
class _Entry:
    """An article of the tables, checked; with what read it and what found its statements."""

    article: Article
    page: Page
    statements: list[Statement]
    sha256: str
    reader: str
    model: str

    def meets(self, other: _Entry) -> bool:
        """Tell whether what this one is to the record depends on what becomes of the other."""
        apart = (self.reader, self.model) != (other.reader, other.model)
        return apart or self.sha256 == other.sha256 or self.article.path == other.article.path


def _entries(place: Path, files: list[str], wanted: Slice) -> Iterator[_Entry | Added]:
    """Yield the articles of one input, in its order."""
    months = {f"month={wanted.month}"} if wanted.month else None
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in ("page", "text", "statement")}
    for file in files:
        table, *inner = Path(file).parts
        if table in found and (months is None or inner[0] in months):
            found[table] += _read(place / file, tables.SCHEMAS[table])
    texts = {row["page_id"]: row for row in found["text"]}
    statements: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in found["statement"]:
        statements[row["page_id"]].append(row)
    for page in sorted(found["page"], key=lambda row: (row["n"], row["page_id"])):
        text = texts.get(page["page_id"])
        if text is not None and wanted.takes(text, statements[page["page_id"]]):
            yield _checked(page, text, statements[page["page_id"]])


def _read(file: Path, schema: pa.Schema) -> list[dict[str, Any]]:
    try:
        found: list[dict[str, Any]] = pq.ParquetFile(file).read(schema.names).cast(schema).to_pylist()
    except (pa.ArrowException, OSError, KeyError, ValueError) as error:
        raise RecordError(f"{file}: is no table of ours ({str(error)[:200]})") from error
    return found


def _checked(page: Mapping[str, Any], text: Mapping[str, Any], found: list[dict[str, Any]]) -> _Entry | Added:
    """Return an article whose hash and ids are right, whose spans lie in its text and say its words."""
    path, sha256 = str(page["path"]), str(page["sha256"])
    try:
        article = rows.article_from([text[name] for name in rows.ARTICLE_COLUMNS], path)
        adding.require_whole(article)
        if rows.text_values(article)[:2] != (text["sha256"], text["digest"]):
            raise ValueError("its text or fields do not have their hash")
        statements = [rows.statement_from([one[name] for name in rows.STATEMENT_COLUMNS]) for one in found]
        for one in statements:
            _require_sound(one, article)
        rows.strings("reader and model", text["reader"], text["model"], path)
        given = rows.loads(page["given"], path)
        kept = {"sha256": sha256, "path": path, "media_type": page["media_type"], "charset": page["charset"]}
        data = {**article.to_json(), "path": "", "page": kept}
        made = Page(
            rows.dumps(data).encode(), rows.ARTICLE_TYPE, url=page["url"], got=page["got"], given=dict(given)
        )
    except (InputError, RecordError, *rows.DAMAGE) as error:
        return Added(path=path, state="failed", page=sha256, reason=f"the tables are damaged ({error})")
    return _Entry(article, made, statements, sha256, text["reader"], text["model"])


def _require_sound(one: Statement, article: Article) -> None:
    spans = [*one.content, *one.source, *one.cue, *one.via, *one.addressee, *one.occasion]
    spans += one.speaker.spans if one.speaker else ()
    if any(not 0 <= start <= end <= len(article.text) for start, end in spans):
        raise ValueError(f"a span of statement {one.id} is out of bounds")
    if one.id != statement_id(article.text_sha256, one.content) or one.text != article.quote(one.content):
        raise ValueError(f"statement {one.id} is not what its spans say")


def _write(record: Record, waiting: list[_Entry]) -> Iterator[Added]:
    """Write what is not held yet, in one transaction."""
    prepared: list[adding.Prepared] = []
    results: list[Added] = []
    for entry in waiting:
        held = _held(record, entry)
        if held is None:
            found = placing.place_article(
                record, replace(entry.article, page=entry.page), lambda: record.reader, force=False
            )
            held = found if isinstance(found, Added) else None
        if held is not None:
            results.append(held)
        else:
            prepared.append(adding.Prepared(entry.article, entry.page, entry.statements))
    if prepared:
        results += adding.write(record, prepared, waiting[0].reader, waiting[0].model, force=False)
    yield from results


def _held(record: Record, entry: _Entry) -> Added | None:
    """Return what importing comes to where the page itself is held, or was removed."""
    removed = record.rows("SELECT reason FROM tombstone WHERE sha256 = ? LIMIT 1", (entry.sha256,))
    if removed:
        reason = f"its page was removed ({removed[0][0]})"
        return Added(path=entry.article.path, state="refused", page=entry.sha256, reason=reason)
    found = record.rows("SELECT article_id, url FROM page WHERE sha256 = ? ORDER BY id", (entry.sha256,))
    for article_id, url in found:
        if not url or not entry.page.url or url.partition("#")[0] == entry.page.url.partition("#")[0]:
            return Added(path=entry.article.path, state="unchanged", article=article_id, page=entry.sha256)
    return None
