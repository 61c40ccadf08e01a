"""A reader and a finder small enough to be right, and made-up pages for them."""

from __future__ import annotations

import re

from onrecord.article import Article, Interval, Page, Speaker, Statement, statement_id
from onrecord.record import Extractor, Reader

_SAID = re.compile(r"(“[^”]*”),? said ([A-ZÉ]\w+(?: [A-Z]\w+)*)(?: on ([\d-]{10}))?")

PORT = (
    "Harbour talks end without a date\n\n"
    "Two days of talks on the northern port ended on Friday.\n\n"
    "“The grain stores are safe, and they will stay so,” said Milan Dravec, who left at noon. "
    "“We will open the northern gate before the end of the year,” said Ilka Sorn.\n\n"
    "Nobody else spoke to the press.\n"
)


def read_text(page: Page, path: str) -> Article:
    """First line headline, rest body; outlet and day as given."""
    text = page.data.decode()
    headline, _, _ = text.partition("\n")
    return Article(
        path=path,
        text=text,
        headline=headline,
        outlet=page.given.get("outlet"),
        published=page.given.get("published"),
        url=page.url,
        parts={"headline": ((0, len(headline)),)} if headline else {},
        page=page,
    )


def article(
    text: str = PORT,
    *,
    path: str = "port.txt",
    url: str | None = "https://news.example/port",
    outlet: str = "Coast Courier",
    published: str | None = "2031-03-07",
) -> Article:
    """Make an article with its page."""
    given = {"outlet": outlet} | ({"published": published} if published else {})
    page = Page(text.encode(), "text/plain", url=url, got="2031-03-08T09:00:00Z", given=given)
    return read_text(page, path)


def numbered(number: int, *, speaker: str = "Milan Dravec", outlet: str = "Coast Courier") -> Article:
    """Make one of many different made-up articles with two statements each."""
    text = (
        f"Report {number} from ward {number % 7}\n\n"
        f"“Ward number {number} has grain for {number + 3} days,” said {speaker}. "
        f"“Ask me again about road {number * 31},” said Ilka Sorn.\n"
    )
    day = f"2031-{number % 12 + 1:02}-{number % 28 + 1:02}"
    url = f"https://news.example/report/{number}"
    return article(text, path=f"{number}.txt", url=url, outlet=outlet, published=day)


def find(article: Article) -> list[Statement]:
    """Every “…” said Name."""
    return [statement(article, match) for match in _SAID.finditer(article.text)]


def find_wider(article: Article) -> list[Statement]:
    """As :func:`find`, by a model that takes the comma after the closing mark and another cue."""
    found = []
    for match in _SAID.finditer(article.text):
        content = ((match.start(1), match.end(1) - 1),)
        found.append(statement(article, match, content, confidence=0.5))
    return found


def find_nothing(article: Article) -> list[Statement]:
    """No statement at all."""
    return []


def statement(
    article: Article,
    match: re.Match[str],
    content: tuple[tuple[int, int], ...] | None = None,
    confidence: float = 0.9,
) -> Statement:
    """Make the statement of one match."""
    content = content or (match.span(1),)
    said = Interval(first=match[3], last=match[3], spans=(match.span(3),), rule="day") if match[3] else None
    return Statement(
        id=statement_id(article.text_sha256, content),
        type="direct",
        content=content,
        text=article.quote(content),
        source=(match.span(2),),
        cue=((match.start(2) - 5, match.start(2) - 1),),
        speaker=Speaker(name=match[2], kind="person", named=True, spans=(match.span(2),), why="name"),
        said=said,
        confidence=confidence,
    )


FINDER = Extractor("finder-1", find)
WIDER = Extractor("finder-2", find_wider)
BLIND = Extractor("finder-3", find_nothing)
READER = Reader("reader-1", read_text)
