"""The steps for one article, in order: find, resolve, date, link to actors the package knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from onrecord.acts import with_acts
from onrecord.article import Article, Statement
from onrecord.dates import find_dates
from onrecord.dates.due import with_outlook
from onrecord.dates.said import published_day, revised_day, with_days
from onrecord.errors import LanguageError
from onrecord.finding.finder import Finder
from onrecord.inference import shipped_encoder
from onrecord.speakers import registry, resolve
from onrecord.speakers.linking import with_actors
from onrecord.speakers.occasion import with_occasions

#: Goes up when finding/ or speakers/ give other answers with the same model, so that records are refreshed.
EXTRACTOR_VERSION: Final = "6"


def extract(article: Article) -> list[Statement]:
    """Return the statements of an article, in the order of the text, nested ones behind their parent.

    Raises:
        LanguageError: the article is written in a language that the finder was not trained on.
        ModelError: the model's files are missing or altered.
    """
    if article.language not in (None, "en"):
        raise LanguageError(
            article.path, f"written in {article.language!r}; statements are found in English only"
        )
    resolved = resolve(article, _finder().find(article))
    day = published_day(article)
    dates = find_dates(article.text, day, revised=revised_day(article)) if resolved else []
    resolved = with_outlook(article, with_days(article, resolved, dates), dates)
    resolved = with_occasions(article, with_acts(article, resolved))
    return with_actors(resolved, day.isoformat() if day else None, registry.shipped())


def extract_many(articles: Iterable[Article]) -> Iterator[list[Statement]]:
    """Yield the statements of each article; an article's answer never depends on its neighbours."""
    for article in articles:
        yield extract(article)


def model_version() -> str:
    """Return the version of what :func:`extract` answers with: of the model, and of the code around it."""
    return f"{_finder().version}.{EXTRACTOR_VERSION}"


@cache
def _finder() -> Finder:
    return Finder(shipped_encoder())
