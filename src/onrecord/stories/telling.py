"""ASK: the stories of a record, and what each member of one kept, cut, added and changed."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from onrecord.errors import QueryError
from onrecord.record.store import Store
from onrecord.stories import quotations
from onrecord.stories.alignment import align
from onrecord.stories.families import catch_up, forget, printed
from onrecord.stories.quotations import Text, Wording
from onrecord.stories.relation import Print, kept_share

_LINE: Final = re.compile(r"[^\n]+")
_COLUMNS: Final = (
    "x.story_id, a.id, x.id, p.path, coalesce(x.url, p.url), x.outlet, x.agency, x.headline, x.published"
)
_FROM: Final = "FROM article a JOIN text x ON x.id = a.text_id JOIN page p ON p.id = a.page_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One article of a story.

    Attributes:
        article: its number in the record.
        text: number of its standing text.
        path: the input as given.
        url: where it was published.
        outlet: who published it.
        agency: the wire service it credits.
        headline: as printed.
        published: ISO 8601.
    """

    article: int
    text: int
    path: str
    url: str | None
    outlet: str | None
    agency: str | None
    headline: str | None
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The articles that print one wire text, the first published first.

    Attributes:
        id: the same whatever the order in which the articles came.
        aliases: ids that it, or a story joined with it, was known by before.
        agency: the wire service that most of the articles credit.
        articles: its members.
    """

    id: int
    aliases: tuple[int, ...]
    agency: str | None
    articles: tuple[Member, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """One quotation that two articles print in different words."""

    first: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What one article made of the text that another printed before it.

    Attributes:
        article: the later one.
        kept: share of the first article's words that it has, 0 to 1.
        own: share of its own words that the first article does not have.
        same: sentences printed word for word.
        changed: pairs of sentences, as the first article has them and as this one does.
        cut: sentences of the first article that it left out.
        added: sentences that the first article does not have.
        moved: whether what was kept stands in another order.
        quotations: the same quotation printed in different words.
    """

    article: Member
    kept: float
    own: float
    same: tuple[str, ...]
    changed: tuple[tuple[str, str], ...]
    cut: tuple[str, ...]
    added: tuple[str, ...]
    moved: bool
    quotations: tuple[Quotation, ...]


def ready(store: Store, *, again: bool = False) -> None:
    """Do what earlier versions left undone, unless the record is read-only; make all stories ``again``."""
    if again:
        with store.writing("making stories again") as connection:
            forget(connection)
    while not store.read_only:
        with store.writing("making stories") as connection:
            if not catch_up(connection):
                return


def stories(store: Store, *, least: int = 1, limit: int | None = None) -> list[Story]:
    """Return the stories of a record, those with most articles first.

    Args:
        store: an open record.
        least: leave out those with fewer articles.
        limit: at most so many.
    """
    found = store.rows(
        "SELECT x.story_id, count(*) FROM article a JOIN text x ON x.id = a.text_id "
        "WHERE x.story_id IS NOT NULL GROUP BY 1 HAVING count(*) >= ? "
        "ORDER BY 2 DESC, min(x.published_day), 1 LIMIT ?",
        (least, -1 if limit is None else limit),
    )
    return [_story(store, story) for story, _ in found]


def show(store: Store, key: str) -> Story:
    """Return one story.

    Args:
        store: an open record.
        key: its id, an id that it had before, or the url or path of an article in it.

    Raises:
        QueryError: nothing is meant by it.
    """
    wanted = key.strip()
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 19:
        number = int(wanted)
        alias = store.value("SELECT story_id FROM story_alias WHERE alias = ?", (number,))
        if store.value("SELECT 1 FROM text WHERE story_id = ?", (alias or number,)):
            return _story(store, alias or number)
    found = store.rows(
        f"SELECT DISTINCT x.story_id {_FROM} WHERE x.story_id IS NOT NULL AND "
        "(p.path IN (?, ?) OR p.url = ? OR x.url = ? OR a.address = ?)",
        (wanted, str(Path(wanted).absolute()), wanted, wanted, wanted),
    )
    if len(found) != 1:
        several = "several stories are" if found else "no story is"
        raise QueryError(f"{several} meant by {key!r}. Give the id of one, as `onrecord stories list` has it")
    return _story(store, found[0][0])


def diff(store: Store, story: Story) -> list[Comparison]:
    """Compare every later article of a story with the one that was published first."""
    with store.reading("comparing articles") as connection:
        prints = [printed(connection, member.text) for member in story.articles]
        texts = [_text(connection, member) for member in story.articles]
    return [
        _compare(prints[0], texts[0], member, one, text)
        for member, one, text in zip(story.articles[1:], prints[1:], texts[1:], strict=True)
    ]


def wordings(store: Store, story: Story) -> list[tuple[Wording, ...]]:
    """Return the quotations that the articles of a story print in different words, the fullest first."""
    with store.reading("reading quotations") as connection:
        texts = [_text(connection, member) for member in story.articles]
    return quotations.wordings(texts)


def _text(connection: sqlite3.Connection, member: Member) -> Text:
    text, parts = connection.execute("SELECT text, parts FROM text WHERE id = ?", (member.text,)).fetchone()
    body = [(int(start), int(end)) for start, end in json.loads(parts).get("body", ())]
    return Text(member.article, str(text), body or [line.span() for line in _LINE.finditer(text)])


def _story(store: Store, story: int) -> Story:
    rows = store.rows(
        f"SELECT {_COLUMNS} {_FROM} WHERE x.story_id = ? "
        "ORDER BY coalesce(x.published_day, '9999'), x.published, p.path, a.id",
        (story,),
    )
    aliases = store.rows("SELECT alias FROM story_alias WHERE story_id = ? ORDER BY alias", (story,))
    names = Member.__slots__
    return Story(
        id=story,
        aliases=tuple(alias for (alias,) in aliases),
        agency=store.value("SELECT agency FROM story WHERE id = ?", (story,)),
        articles=tuple(Member(**dict(zip(names, row[1:], strict=True))) for row in rows),
    )


def _compare(base: Print, first: Text, member: Member, one: Print, later: Text) -> Comparison:
    text, other = first.text, later.text
    there, here = align(base.runs, one.runs), align(one.runs, base.runs)
    kept, matched = {match.here for match in there}, {match.here for match in here}
    same, changed = [], []
    for match in there:
        before, after = base.sentences[match.here], one.sentences[match.there]
        words = _words(text, before.span)
        if before.words == after.words:
            same.append(words)
        else:
            changed.append((words, _words(other, after.span)))
    places = [match.there for match in there]
    return Comparison(
        article=member,
        kept=round(kept_share(base, there), 3),
        own=round(1 - kept_share(one, here), 3),
        same=tuple(same),
        changed=tuple(changed),
        cut=tuple(_words(text, s.span) for n, s in enumerate(base.sentences) if n not in kept),
        added=tuple(_words(other, s.span) for n, s in enumerate(one.sentences) if n not in matched),
        moved=places != sorted(places),
        quotations=tuple(_otherwise(first, later)),
    )


def _otherwise(base: Text, one: Text) -> Iterator[Quotation]:
    """Yield the quotations that two articles print in different words."""
    for forms in quotations.wordings([base, one]):
        first = next((form.words for form in forms if base.article in form.articles), None)
        other = next((form.words for form in forms if one.article in form.articles), None)
        if first is not None and other is not None:
            yield Quotation(first=first, other=other)


def _words(text: str, span: tuple[int, int]) -> str:
    return " ".join(text[slice(*span)].split())


def as_line(story: Story, told: Sequence[tuple[Wording, ...]] | None = None) -> dict[str, Any]:
    """Return a story as a line of JSON, with the quotations in different words where they were looked for."""
    fields = ("article", "path", "url", "outlet", "published", "headline", "agency")
    return {
        "id": story.id,
        "aliases": list(story.aliases),
        "agency": story.agency,
        "articles": [{name: getattr(member, name) for name in fields} for member in story.articles],
        **({} if told is None else {"quotations": [[asdict(one) for one in forms] for forms in told]}),
    }
