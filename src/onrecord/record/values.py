"""What the record takes and gives back: small frozen values, and the two steps it calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from onrecord.article import Article, Page, Statement


@dataclass(frozen=True, slots=True)
class Extractor:
    """The statement finder as the record needs it.

    Attributes:
        version: names the model and the rules; a run with another version is due for ``refresh``.
        extract: finds the statements of one article.
    """

    version: str
    extract: Callable[[Article], list[Statement]]


@dataclass(frozen=True, slots=True)
class Reader:
    """The reader of pages as the record needs it.

    Attributes:
        version: names the reader's rules; a text read with another version is due for ``refresh``.
        reread: makes the article again from the page's bytes and the path it was given under.
    """

    version: str
    reread: Callable[[Page, str], Article]


State = Literal["new", "version", "reread", "unchanged", "refused", "failed"]

#: The meaning of each state of :class:`Added`.
STATES: Final[Mapping[str, str]] = {
    "new": "an article that the record did not hold",
    "version": "an altered page of an article that it holds: a new version, which now stands",
    "reread": "a page that it holds already, read again with what is said of it now; the reason says what",
    "unchanged": "a page that it holds already; nothing was written",
    "refused": "a page that was removed; its tombstone keeps it out",
    "failed": "an article in which nothing could be looked for; the reason says why",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of one article that was added.

    Attributes:
        path: the input as given.
        state: one of :data:`STATES`.
        article: number of the article in the record, ``None`` when nothing is held of it.
        page: SHA-256 of the page's bytes.
        statements: how many statements of it stand.
        reason: why it was refused or failed, or was read again.
    """

    path: str
    state: State
    article: int | None = None
    page: str
    statements: int = 0
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How the standing statements of one article changed, as statement ids."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.altered)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """What reading and extracting one page again has changed.

    Attributes:
        article: number of the article in the record.
        path: the input as given when it was added.
        url: where it was published.
        fields: the article's fields that differ now (``text`` among them), in the order of printing.
        change: the statements that came, went or altered.
        orphans: judgements that have lost their place by this, by number.
        error: why the page could not be read again; what stood before still stands.
    """

    article: int
    path: str
    url: str | None
    fields: tuple[str, ...] = ()
    change: Change = field(default_factory=Change)
    orphans: tuple[int, ...] = ()
    error: str | None = None

    @property
    def changed(self) -> bool:
        """Whether anything that a question may return differs now."""
        return bool(self.fields or self.change)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A person's decision about one statement.

    Attributes:
        id: number of the judgement, in the order made.
        statement: id of the statement as it was when judged.
        article: number of the article that it belongs to.
        field: what it decides: ``verdict``, ``outcome``, or a field of the statement; ``undo`` when it takes
            one back.
        value: ``accept`` or ``reject`` for a verdict, for an outcome one of
            :data:`onrecord.record.OUTCOMES`; else the value that holds from now on, ``None`` for
            unknown.
        was: the value before, as it stood then.
        author: who decided.
        reason: why, in their words.
        made: when, ISO 8601 in UTC.
        undoes: number of the judgement that it takes back.
        exact: the words judged (spans joined as in :meth:`Article.quote`), ``None`` after a takedown.
        place: ``placed`` on a standing statement; ``moot``: the words stand in the text, a statement is no
            longer found there, and none is wanted (a rejection); ``orphan``: the words are not in the text;
            ``removed``: the page was taken out; ``undone``; ``undo``: it takes another back.
        now: id of the statement that it applies to now.
        actor: for ``speaker``, the actor decided on; ``None`` when it is a name alone.
        evidence: for ``outcome``, the id of a statement or the url that shows it.
    """

    id: int
    statement: str
    article: int
    field: str
    value: Any
    was: Any
    author: str
    reason: str | None
    made: str
    undoes: int | None
    exact: str | None
    place: str
    now: str | None
    actor: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """What one removal took out of the record.

    Attributes:
        pages: SHA-256 of each page removed.
        statements: how many standing statements went with them.
        tombstones: the numbers of the tombstones left.
        wiped: ``False`` when another process was reading: the words are out of the record, and their bytes
            leave the write-ahead log when it has closed the record.
    """

    pages: tuple[str, ...]
    statements: int
    tombstones: tuple[int, ...]
    wiped: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that ``verify`` found wrong.

    Attributes:
        what: page, text, statement, mention, office, judgement, story, index or file.
        which: the one meant (hash, statement id, number of a judgement), with the path where there is one.
        message: what is wrong with it.
    """

    what: str
    which: str
    message: str

    def __str__(self) -> str:
        return f"{self.what} {self.which}: {self.message}"
