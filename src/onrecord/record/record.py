"""The record: one SQLite file that holds pages, texts, statements and what people decided about them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from onrecord.article import Article, Statement
from onrecord.errors import QueryError, RecordError
from onrecord.record import (
    adding,
    changes,
    judging,
    merging,
    outcomes,
    placing,
    refreshing,
    removing,
    verifying,
)
from onrecord.record.store import Store
from onrecord.record.values import Added, Extractor, Judgement, Problem, Reader, Refreshed, Removed

if TYPE_CHECKING:
    from onrecord.query import Row


class Record(Store):
    """An open record. Use it in a ``with`` block, or call :meth:`close`.

    One object belongs to one thread; any number of processes may read the same file, and write to it one
    after the other.

    Args:
        path: the file; opening it makes it when it is missing and brings its tables up to date.
        create: ``False`` to refuse a file that is missing.
        read_only: never write.
        extractor: finds statements; the package's own when not given.
        reader: reads stored pages again; the package's own when not given.
        any_thread: let other threads use it too, one after the other, never two at a time.

    Raises:
        RecordError: the file is missing, no record, damaged, of a newer version, or cannot be opened.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        create: bool = True,
        read_only: bool = False,
        extractor: Extractor | None = None,
        reader: Reader | None = None,
        any_thread: bool = False,
    ) -> None:
        super().__init__(path, create=create, read_only=read_only, any_thread=any_thread)
        self._extractor = extractor
        self._reader = reader

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def extractor(self) -> Extractor:
        """What finds statements. The package's own loads its model on first use, not on opening a record."""
        if self._extractor is None:
            from onrecord import pipeline

            self._extractor = Extractor(pipeline.model_version(), pipeline.extract)
        return self._extractor

    @property
    def reader(self) -> Reader:
        """What reads stored pages again."""
        if self._reader is None:
            from onrecord import reading

            self._reader = Reader(reading.READER_VERSION, reading.reread)
        return self._reader

    def add(
        self, article: Article, statements: Iterable[Statement] | None = None, *, force: bool = False
    ) -> Added:
        """Add one article with its statements, all in one transaction. The same page again changes nothing.

        An altered page of the same url (or, without one, the same path) is a new version of the same article.
        What was said of a page (its outlet, its day, the columns of its table) holds until something else is
        said of it; where that changes what is read, the page is read again, its state is ``reread``.

        Args:
            article: what was read.
            statements: what was found in it by the present model; found here when not given.
            force: add a page although it was once removed.

        Raises:
            RecordError: the page was removed and ``force`` is not set; or the record cannot be written.
            InputError: the finder cannot work on the article, or its page cannot be read again.
        """
        placed = placing.place_article(self, article, lambda: self.reader, force=force)
        if isinstance(placed, Added):
            added = placed
        else:
            self.require_writable(f"adding {article.path}")
            prepared = adding.prepare(placed, self.extractor, article, statements)
            model = self.extractor.version
            added = adding.write(self, [prepared], self.reader.version, model, force=force)[0]
        if added.state in ("refused", "failed"):
            raise RecordError(f"{article.path}: {added.reason}")
        return added

    def add_all(self, articles: Iterable[Article], *, force: bool = False) -> Iterator[Added]:
        """Add many articles, several in a transaction; yields what became of each, once it is safe on disk.

        What was removed before is ``refused`` and what the finder cannot work on ``failed``, each with its
        reason; the rest goes on. The order may differ from that given.

        Raises:
            RecordError: the record cannot be written; what was yielded before is safe.
        """
        return adding.add_all(self, articles, lambda: self.extractor, lambda: self.reader, force=force)

    def remove(self, page: str, *, reason: str, author: str) -> Removed:
        """Take a page out: its bytes, texts and statements. A tombstone says what, when, by whom and why.

        Args:
            page: SHA-256 of one page; or url or path, which takes out every version.
            reason: why, kept in the tombstone.
            author: who decided.

        Raises:
            QueryError: there is no such page, or no reason or author.
            RecordError: the record cannot be written.
        """
        return removing.remove(self, page, reason=reason, author=author)

    def due(self) -> int:
        """Return how many articles :meth:`refresh` would work on."""
        return refreshing.due(self, self.extractor, self.reader)

    def refresh(self) -> Iterator[Refreshed]:
        """Read and extract again every article that stands on another reader or model; yields each change.

        One transaction an article: stopped at any moment, the next call goes on with the rest. Judgements
        find their place again or are listed by :meth:`orphans`. A damaged full-text index is made again.

        Raises:
            RecordError: the record cannot be written.
        """
        return refreshing.refresh(self, self.extractor, self.reader)

    def judge(
        self,
        statement: str,
        *,
        author: str,
        accept: bool = False,
        reject: bool = False,
        field: str | None = None,
        value: object = None,
        outcome: str | None = None,
        evidence: str | None = None,
        reason: str | None = None,
        article: int | None = None,
        based_on: int | None = None,
    ) -> Judgement:
        """Append a person's decision about a statement: accept it, reject it, set one field, or close it.

        A rejected statement is no longer returned by questions. What is accepted or corrected stays in the
        record even when a later model does not find it.

        Args:
            statement: id, or the beginning of one.
            author: who decides.
            accept: the statement is right as it stands.
            reject: it is no statement, or not that of its source.
            field: one of :data:`onrecord.record.SETTABLE`.
            value: what holds from now on; ``None`` for unknown.
            outcome: what became of what it promised or foretold: one of :data:`onrecord.record.OUTCOMES`.
            evidence: what shows that: the id of another statement of the record, or a url.
            reason: why.
            article: number of the article, where several have the same text.
            based_on: number of the last judgement on the statement that the author has seen
                (:meth:`last_judgement`), 0 for none; not checked when not given.

        Raises:
            QueryError: no such statement or field, a value that the field cannot have, an outcome without
                evidence, or not exactly one of ``accept``, ``reject``, ``field`` and ``outcome``.
            ConflictError: somebody has judged the statement after ``based_on``.
            RecordError: the record cannot be written.
        """
        if accept + reject + (field is not None) + (outcome is not None) != 1:
            raise QueryError(
                "a judgement accepts, rejects, closes or sets one field: give exactly one of them"
            )
        if evidence is not None and outcome is None:
            raise QueryError("evidence is for an outcome. Name the outcome too")
        if outcome is not None:
            field, value = outcomes.OUTCOME, (outcome, evidence)
        elif field is None:
            field, value = "verdict", "accept" if accept else "reject"
        elif field in merging.BESIDE:
            raise QueryError(f"to set {field!r}, use accept, reject or outcome, not the field")
        (made,) = judging.judge(
            self, statement, {field: value}, author=author, reason=reason, article=article, based_on=based_on
        )
        return made

    def correct(
        self,
        statement: str,
        values: Mapping[str, object],
        *,
        author: str,
        reason: str | None = None,
        article: int | None = None,
        based_on: int | None = None,
    ) -> list[Judgement]:
        """Set several fields of one statement, each by a judgement of its own: all of them or none.

        Args:
            statement: as in :meth:`judge`, like the arguments after ``values``.
            values: field -> what holds from now on, ``None`` for unknown. A field that is words of the
                article takes the words, or spans of its text; ``content`` gives the statement other ends,
                and with them another id. ``speaker`` takes ``{"new": NAME, "kind": KIND}`` for an actor
                that the record does not hold.
            author: who decides.
            reason: why.
            article: number of the article.
            based_on: as in :meth:`judge`.

        Raises:
            QueryError: no such statement or field, or a value that a field cannot have; nothing is set then.
            ConflictError: somebody has judged the statement after ``based_on``.
            RecordError: the record cannot be written.
        """
        if not values or set(values) & set(merging.BESIDE):
            raise QueryError("a correction sets fields: name at least one, and judge the statement apart")
        return judging.judge(
            self, statement, values, author=author, reason=reason, article=article, based_on=based_on
        )

    def add_statement(
        self, article: int, values: Mapping[str, object], *, author: str, reason: str | None = None
    ) -> list[Judgement]:
        """Add a statement that was not found; it stands on the author's word until that is undone.

        Args:
            article: number of the article.
            values: ``content``, words of the article or spans of its text, and what else is known, as in
                :meth:`correct`; the quotation marks tell the ``type`` that is not given.
            author: who decides.
            reason: why.

        Returns:
            the judgement that adds it, and one for each further field.

        Raises:
            QueryError: no such article, words that do not stand in it, or that are a statement already.
            RecordError: the record cannot be written.
        """
        return judging.add(self, article, values, author=author, reason=reason)

    def last_judgement(self, statement: str, *, article: int | None = None) -> int:
        """Return the number of the last judgement on a statement, 0 for none; for ``based_on``.

        Raises:
            QueryError: no such statement.
        """
        with self.reading("looking up a statement") as connection:
            number, found = changes.find(connection, statement, article)
        return changes.last(self, number, found)

    def undo(self, judgement: int, *, author: str, reason: str | None = None) -> Judgement:
        """Append a judgement that takes another back. Undoing an undoing brings the first one back.

        Raises:
            QueryError: there is no such judgement, or it is undone already.
            RecordError: the record cannot be written.
        """
        return judging.undo(self, judgement, author=author, reason=reason)

    def judgements(self, statement: str | None = None) -> list[Judgement]:
        """Return all judgements in the order made, or those on one statement (id, now or as judged)."""
        with self.reading("reading judgements") as connection:
            if statement is None:
                return judging.select(connection)
            where = "WHERE j.statement_id = ? OR p.statement_id = ?"
            return judging.select(connection, where, (statement, statement))

    def orphans(self) -> list[Judgement]:
        """Return the judgements whose words are not in the present text of their article."""
        with self.reading("reading judgements") as connection:
            return judging.select(connection, "WHERE p.place IN ('orphan', 'removed')")

    def verify(self, *, pages: bool = False) -> Iterator[Problem]:
        """Check every hash, span, id, standing row, judgement and index entry; yields what is wrong.

        Args:
            pages: read every page again too, and compare its text with the one that stands. A page takes as
                long as when it was added. A text that another version of the reader made is passed over.

        Raises:
            RecordError: the file cannot be read at all.
        """
        return verifying.verify(self, self.reader if pages else None)

    def said(self, words: str | None = None, **filters: Any) -> list[Row]:
        """Return who said what. The same as :func:`onrecord.query.said`, which names the filters."""
        # A question is a later step than the record; only this short cut for readers goes the other way.
        from onrecord import query

        return query.said(self, words, **filters)
