"""A record of people who hold offices and speak about each other, found without the model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from onrecord.article import Article, Page, Speaker, Statement, statement_id
from onrecord.record import Extractor, Reader, Record
from tests.record.stub import read_text

PEOPLE = ("Ilka Sorn", "Milan Dravec", "Anna Voss", "Piet Halloran")
_SAID = re.compile(r"“(?P<words>[^”]+),” said (?:(?P<office>Mayor|Judge) )?(?P<name>[^.]+)\.")


def find(article: Article) -> Iterator[Statement]:
    """Every “…,” said Name, about each of the people in it."""
    for match in _SAID.finditer(article.text):
        content = (match.span("words"),)
        name, office = match.span("name"), match.span("office")
        about = tuple(
            {"name": one, "kind": "person", "spans": [[at, at + len(one)]]}
            for one in PEOPLE
            if (at := article.text.find(one, *match.span("words"))) >= 0
        )
        yield Statement(
            id=statement_id(article.text_sha256, content), type="direct" if office[0] < 0 else "mixed",
            content=content, text=match["words"], source=(name,), about=about, confidence=0.9,
            speaker=Speaker(
                name=match["name"], kind="person", named=True, spans=(name,), office=match["office"],
                office_spans=() if office[0] < 0 else (office,), why="name",
            ),
        )  # fmt: skip


FINDER = Extractor("crossing", lambda article: list(find(article)))
READER = Reader("crossing", read_text)


def article(number: int) -> Article:
    """Make one of several articles, over eight months and in three outlets."""
    one, other, third = (PEOPLE[(number + step) % len(PEOPLE)] for step in range(3))
    text = (
        f"Report {number}\n\n“{other} has flooded meadow {number} and the mill too,” said {one}. "
        f"“The mill stands dry, whatever {third} counts,” said Mayor {other}. "
        f"“Ask {one} about ledger {number * 7},” said {third}.\n"
    )
    given = {
        "outlet": ("Coast Courier", "Hill Gazette", "<i>Post</i>")[number % 3],
        "published": f"2031-{number % 8 + 1:02}-{number % 27 + 1:02}",
    }
    page = Page(text.encode(), "text/plain", url=f"https://news.example/{number}", given=given)
    return read_text(page, f"{number}.txt")


def fill(path: Path, articles: int = 16) -> None:
    """Make the record."""
    with Record(path, extractor=FINDER, reader=READER) as record:
        list(record.add_all(article(number) for number in range(articles)))
