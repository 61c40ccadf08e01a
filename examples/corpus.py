"""Write a corpus of invented news, one web page an article: ``python examples/corpus.py FOLDER``.

``corpus.txt`` holds the texts, eight months of a quarrel over a river. Most were sent out by one of two
agencies, and several of seven papers print them, cut and under headlines of their own. Each paper has its own
way of making pages: what one declares in JSON-LD, another has in ``meta`` elements.
"""

from __future__ import annotations

import html
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

TEXTS: Final = Path(__file__).with_name("corpus.txt")


@dataclass(frozen=True)
class Outlet:
    """A paper.

    Attributes:
        name: as it prints it.
        host: of its pages.
        declares: where its pages say what they are: ``json-ld`` or ``meta``.
        hour: at which it publishes.
        photographs: whether it prints one with each report of its own.
    """

    name: str
    host: str
    declares: str
    hour: str
    photographs: bool = False


OUTLETS: Final = {
    "courier": Outlet("The Quay Courier", "quaycourier.example", "json-ld", "18:40"),
    "mail": Outlet("The Halvern Evening Mail", "eveningmail.example", "meta", "21:05", photographs=True),
    "osmira": Outlet("Osmira Today", "osmiratoday.example", "json-ld", "20:15"),
    "post": Outlet("Carrow Morning Post", "carrowpost.example", "meta", "23:30"),
    "review": Outlet("The Vellin Review", "vellinreview.example", "meta", "06:00"),
    "sundria": Outlet("Sundria Now", "sundrianow.example", "json-ld", "19:00"),
    "upland": Outlet("Upland Herald", "uplandherald.example", "json-ld", "17:30", photographs=True),
}


@dataclass(frozen=True)
class Printing:
    """One article as a paper prints it."""

    outlet: Outlet
    day: str
    agency: str | None
    place: str
    headline: str
    standfirst: str
    section: str
    byline: str
    paragraphs: list[str]

    @property
    def slug(self) -> str:
        """File name and last part of the address."""
        words = re.sub(r"[^a-z0-9]+", "-", self.headline.lower()).strip("-")
        return f"{self.day}-{words[:60].strip('-')}"

    @property
    def url(self) -> str:
        """Where it was published."""
        return f"https://{self.outlet.host}/{self.day.replace('-', '/')}/{self.slug[11:]}"

    @property
    def published(self) -> str:
        """ISO 8601."""
        return f"{self.day}T{self.outlet.hour}:00Z"


def printings(text: str) -> Iterator[Printing]:
    """Yield each article that the text of a corpus holds, in its order."""
    for block in text.split("\n=== ")[1:]:
        head, *rest = block.split("\n")
        day, sent = head.split(" ", 1)
        agency, place = (one.strip() for one in sent.split("|"))
        lines = [line[2:] for line in rest if line.startswith("> ")]
        paragraphs = [line for line in rest if line and not line.startswith("> ")]
        for line in lines:
            name, headline, standfirst, section, kept, *altered = (one.strip() for one in line.split("|"))
            section, _, byline = section.partition(" by ")
            yield Printing(
                outlet=OUTLETS[name], day=day, agency=None if agency == "-" else agency, place=place,
                headline=headline, standfirst=standfirst, section=section, byline=byline,
                paragraphs=list(_altered(_cut(paragraphs, kept), altered)),
            )  # fmt: skip


def _cut(paragraphs: list[str], kept: str) -> list[str]:
    """Return the paragraphs that a list such as ``1-3,5`` names."""
    if kept == "all":
        return paragraphs
    found: list[str] = []
    for part in kept.split(","):
        first, _, last = part.partition("-")
        found += paragraphs[int(first) - 1 : int(last or first)]
    return found


def _altered(paragraphs: list[str], altered: list[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        for change in altered:
            old, _, new = change.partition("=")
            paragraph = paragraph.replace(old, new)
        yield paragraph


def page(one: Printing) -> str:
    """Return an article as its paper's web page."""
    title = html.escape(one.headline)
    opening = f"{one.place} ({one.agency}) — " if one.agency else f"{one.place} — " if not one.byline else ""
    first, *others = [html.escape(paragraph, quote=False) for paragraph in one.paragraphs]
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in [opening + first, *others])
    by = one.byline or one.agency or ""
    printed = date.fromisoformat(one.day)
    head = [f"<title>{title} | {html.escape(one.outlet.name)}</title>", *_declared(one)]
    lines = [
        f'<p class="section">{html.escape(one.section)}</p>',
        f"<h1>{title}</h1>",
        f'<p class="standfirst">{html.escape(one.standfirst)}</p>' if one.standfirst else "",
        f'<p class="byline">By {html.escape(by)}</p>' if by else "",
        f'<p class="date">{printed.day} {printed:%B %Y}</p>',
        _photograph(one),
        body,
    ]
    return "\n".join([
        '<!DOCTYPE html>', '<html lang="en">', "<head>", '<meta charset="utf-8">', *head, "</head>", "<body>",
        f"<header><p>{html.escape(one.outlet.name)}</p><nav><a href=\"/\">Home</a> <a href=\"/news\">News</a></nav></header>",  # noqa: E501
        "<main><article>", *filter(None, lines), "</article></main>",
        f"<footer><p>© {one.day[:4]} {html.escape(one.outlet.name)}. All rights reserved.</p></footer>",
        "</body>", "</html>", "",
    ])  # fmt: skip


def _photograph(one: Printing) -> str:
    if not (one.outlet.photographs and one.byline):
        return ""
    return (
        f'<figure><img src="lead.jpg" alt=""><figcaption>The Tarn this week, seen from the east bank. '
        f"Photograph: Orrin Pell/{html.escape(one.outlet.name)}</figcaption></figure>"
    )


def _declared(one: Printing) -> list[str]:
    """Return what the head of the page says of it."""
    if one.outlet.declares == "meta":
        fields = {
            "og:site_name": one.outlet.name, "og:title": one.headline, "og:url": one.url,
            "og:description": one.standfirst, "article:published_time": one.published,
            "article:section": one.section,
        }  # fmt: skip
        return [
            f'<meta property="{name}" content="{html.escape(value)}">'
            for name, value in fields.items()
            if value
        ]
    data = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": one.headline,
        "datePublished": one.published, "url": one.url, "articleSection": one.section,
        "publisher": {"@type": "NewsMediaOrganization", "name": one.outlet.name},
    }  # fmt: skip
    return [f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>']


def write(folder: Path) -> list[Path]:
    """Write every page of the corpus into a folder, which is made; return the files."""
    files = []
    for one in printings(TEXTS.read_text(encoding="utf-8")):
        file = folder / one.outlet.host.removesuffix(".example") / f"{one.slug}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page(one), encoding="utf-8")
        files.append(file)
    return files


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(f"usage: python {sys.argv[0]} FOLDER")
    sys.stdout.write(f"{len(write(Path(sys.argv[1])))} pages in {sys.argv[1]}\n")
