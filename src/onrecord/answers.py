"""ASK: what questions return, and how one statement is cited."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.article import Article, Spans, Statement
from onrecord.record import Judgement

_STOP: Final = re.compile(r"[.!?…][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """Another printing of a statement, in an article of the same story.

    Attributes:
        id: of the statement as it stands in that article.
        article: number of that article in the record.
        outlet: who published it.
        published: when, ISO 8601.
        headline: of the article.
        url: where it was published.
        path: the input as given.
        words: its own words, ``None`` where they are those of the row but for case and punctuation.
    """

    id: str
    article: int
    outlet: str | None
    published: str | None
    headline: str | None
    url: str | None
    path: str
    words: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """The same words by the same speaker on another day: another statement.

    Attributes:
        id: of that statement.
        article: number of its article in the record.
        day: last day on which it may have been said, else the day of publication.
        outlet: who published it.
        published: when, ISO 8601.
        url: where it was published.
        path: the input as given.
    """

    id: str
    article: int
    day: str
    outlet: str | None
    published: str | None
    url: str | None
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One statement as it stands, with all that a citation needs.

    Attributes:
        id: of the statement.
        article: number of the article in the record.
        words: the content, fragments joined by an ellipsis in brackets.
        type: direct, indirect or mixed.
        speaker: name of the speaker, ``None`` when unknown.
        office: the speaker's office as the text gives it.
        kind: person, organisation, state, media, group or unnamed.
        actor: id of the actor who made it, ``None`` when that is not known.
        source: the words that name the source, as printed.
        cue: the words that attribute, as printed.
        addressee: to whom, as printed.
        addressee_actor: id of the actor to whom, where the article names one who is known.
        occasion: where, or at what, it was said, as printed.
        place: the name of the place in it, ``None`` when it gives none.
        day: last day on which it may have been said, else the day of publication; newest first goes by it.
        said: first and last day on which it was said, ISO 8601, ``None`` when the article does not tell.
        inferred: whether that was carried over from another statement or taken from custom.
        released: first and last day on which the words were let out, ISO 8601.
        due: first and last day on which what it says is due, ISO 8601.
        outcome: what became of it, as a person decided: one of :data:`onrecord.record.OUTCOMES`.
        evidence: what shows that: a url, or the id of a statement.
        published: when the article was published, ISO 8601.
        outlet: who published it.
        agency: the wire service it is credited to.
        headline: of the article.
        url: where it was published.
        path: the input as given.
        retrieved: when the page was fetched or opened, ISO 8601 in UTC.
        confidence: probability that content and source are right, 0 to 1.
        verdict: ``accept`` when a person has confirmed it (rejected ones are not returned).
        judged: fields that a person has set.
        content: spans of the words in the article's text, in code points.
        context: the sentences that hold the content and its source.
        context_start: where the context begins in the article's text, in code points.
        page: SHA-256 of the page.
        statement: the whole statement, judgements merged in.
        score: BM25 of the words, lower is better; ``None`` unless ordered by rank.
        printings: how often the articles of its story print it, this time included.
        witnesses: the other printings, the one that stands for all of them first; at most
            :data:`onrecord.query.MOST_WITNESSES`.
        same_as: id of the printing that stands for this one, ``None`` when it is this one.
        repetitions: the same words by the same speaker on other days, oldest first; at most
            :data:`onrecord.query.MOST_REPETITIONS`.
    """

    id: str
    article: int
    words: str
    type: str
    speaker: str | None
    office: str | None
    kind: str | None
    actor: str | None
    source: str | None
    cue: str | None
    addressee: str | None
    addressee_actor: str | None
    occasion: str | None
    place: str | None
    day: str | None
    said: tuple[str | None, str | None] | None
    inferred: bool | None
    released: tuple[str | None, str | None] | None
    due: tuple[str | None, str | None] | None
    outcome: str | None
    evidence: str | None
    published: str | None
    outlet: str | None
    agency: str | None
    headline: str | None
    url: str | None
    path: str
    retrieved: str | None
    confidence: float
    verdict: str | None
    judged: tuple[str, ...]
    content: Spans
    context: str
    context_start: int
    page: str
    statement: Statement
    score: float | None = None
    printings: int = 1
    witnesses: tuple[Witness, ...] = ()
    same_as: str | None = None
    repetitions: tuple[Repetition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStatement:
    """A statement of one article with what people decided about it.

    Attributes:
        statement: with the judgements merged in.
        verdict: ``accept``, ``reject`` or ``None``.
        judgements: all that were made on it.
        judged: fields that a person has set.
        witnesses: the other printings of it, as in :class:`Row`.
        repetitions: the same words by the same speaker on other days, as in :class:`Row`.
    """

    statement: Statement
    verdict: str | None
    judgements: tuple[Judgement, ...]
    judged: tuple[str, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    repetitions: tuple[Repetition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One article as it stands in the record.

    Attributes:
        id: number of the article.
        article: its text and parts, with the page's bytes.
        statements: in the order of the text, judgements merged in; rejected ones too, marked by the verdict.
        versions: when each version of the page was added, oldest first.
        reader: version of the reader that stands.
        model: version of the model that stands.
    """

    id: int
    article: Article
    statements: tuple[ShownStatement, ...]
    versions: tuple[str, ...]
    reader: str
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """One article as it stands; fields as in :class:`Row`, ``statements`` is how many stand in it."""

    article: int
    headline: str | None
    outlet: str | None
    agency: str | None
    published: str | None
    url: str | None
    path: str
    retrieved: str | None
    statements: int
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many statements, in how many articles, have one value of what is counted by.

    A statement that copies print is one statement, and each article that prints it is an article.
    """

    value: str | None
    statements: int
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What a record holds, as numbers; days are ISO 8601.

    ``statements`` counts once what copies print, ``printings`` as often as it is printed.
    """

    articles: int
    pages: int
    statements: int
    printings: int
    speakers: int
    outlets: int
    judgements: int
    orphans: int
    removed: int
    first_day: str | None
    last_day: str | None


def by_people(verdict: str | None, judged: Sequence[str]) -> list[str]:
    """Return in words what people decided about a statement."""
    decided = [f"{verdict}ed by a person"] if verdict else []
    return [*decided, f"{', '.join(judged)} set by a person"] if judged else decided


def citation(row: Row) -> str:
    """Return a statement as a citation to paste.

    Speaker, office, to whom, the words that attribute, words, what a person decided, outlet, agency,
    headline, date, url, and when it was retrieved.
    """
    speaker = row.speaker or row.source or "Unnamed source"
    who = ", ".join(part for part in (speaker, row.office, row.addressee and f"to {row.addressee}") if part)
    cue = f" ({' '.join(row.cue.split())})" if row.cue else ""
    words = " ".join(row.words.split())
    notes = ["" if row.type == "direct" else row.type, *by_people(row.verdict, row.judged)]
    how = f" [{'; '.join(filter(None, notes))}]" if any(notes) else ""
    when = ""
    if row.said and row.said[0] and row.said[0] == row.said[1]:
        when = f", said {row.said[0]}"
    elif row.said and any(row.said):
        when = f", said {row.said[0] or '?'} to {row.said[1] or '?'}"
    outlet = " / ".join(part for part in (row.outlet, row.agency) if part)
    headline = f"“{' '.join(row.headline.split())}”" if row.headline else None
    published = row.published[:10] if row.published else "no date"
    where = row.url or row.path
    source = ", ".join(part for part in (outlet, headline, published, where) if part)
    retrieved = f" (retrieved {row.retrieved[:10]})" if row.retrieved else ""
    return f"{_stopped(f'{who}{cue}: {words}{how}{when}')} {_stopped(source + retrieved)}"


def _stopped(text: str) -> str:
    """Return text that ends with one full stop, or with the stop that it has within its quotation marks."""
    return text if _STOP.search(text) else f"{text}."
