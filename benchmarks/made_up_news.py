"""News that nobody wrote: articles made from templates and a seed, as JSON lines or as a web archive.

Every sentence has its own words in nearly each five of them, so that no two articles are copies of each
other. Names, places and bodies are made up.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

_FIRST = (
    "Anselm", "Birte", "Corvin", "Dagny", "Emeric", "Fenna", "Gorm", "Hedda", "Ilmar", "Jorun", "Kester",
    "Liv", "Marek", "Nerys", "Osric", "Pia",
)  # fmt: skip
_FAMILY = (
    "Adderon", "Brakk", "Calvane", "Dorrick", "Estvig", "Farrow", "Gantel", "Hollin", "Istrand", "Jurgas",
    "Kelloway", "Lindqvar", "Morrow", "Nostrand", "Ordway", "Pelk", "Quillan", "Rasten", "Sorvig", "Tarn",
    "Ulvane", "Varrick", "Wendel", "Yarrow",
)  # fmt: skip
_PLACES = (
    "Norvale", "Easthaven", "Karsk", "Lower Tamber", "Osterby", "Pellam", "Quern", "Redmoor",
    "Stenholm", "Vasker",
)  # fmt: skip
_OFFICES = (
    "interior minister", "head of the harbour board", "spokesman for the army", "mayor", "trade envoy",
    "chief of the water authority", "leader of the opposition", "deputy governor",
)  # fmt: skip
_THINGS = (
    "grain", "depot", "bridge", "tunnel", "viaduct", "accord", "budget", "pipeline", "railway", "market",
    "hospital", "dam", "border", "mine", "tariff", "ceasefire", "convoy", "election", "audit", "loan",
    "canal", "reservoir", "school", "shipyard", "strike", "tower", "union", "vote", "warehouse",
)  # fmt: skip
_HOW = (
    "ageing", "bitter", "costly", "delayed", "disputed", "early", "flooded", "guarded", "hidden", "idle",
    "joint", "lasting", "minor", "narrow", "open", "partial", "quiet", "rapid", "secret", "tense",
    "unfinished", "vast", "wider", "yearly",
)  # fmt: skip
_DOES = (
    "blocks", "closes", "delays", "divides", "empties", "feeds", "guards", "halts", "isolates", "joins",
    "keeps", "limits", "moves", "needs", "opens", "pays", "reaches", "saves", "tests", "upsets",
)  # fmt: skip
_TIME = (
    "on Monday", "on Tuesday", "on Wednesday", "on Thursday", "on Friday", "last week", "a day earlier",
    "late on Saturday",
)  # fmt: skip


@dataclass(frozen=True)
class Story:
    """One made-up article."""

    number: int
    headline: str
    day: date
    paragraphs: tuple[str, ...]

    @property
    def url(self) -> str:
        """Return its address, of a host that does not exist."""
        return f"https://news.example/{self.day:%Y/%m/%d}/report-{self.number}"


@dataclass(frozen=True)
class Person:
    """One who speaks."""

    name: str
    office: str
    place: str


def stories(count: int, words: int, seed: int = 20261124) -> Iterator[Story]:
    """Yield articles of about so many words, half of them quotations and reports of what somebody said."""
    chance = random.Random(seed)
    names = [f"{first} {family}" for first in _FIRST for family in _FAMILY]
    people = [Person(name, chance.choice(_OFFICES), chance.choice(_PLACES)) for name in names]
    weights = [1 / (rank + 1) for rank in range(len(people))]
    chance.shuffle(people)
    for number in range(count):
        day = date(2021, 1, 1) + timedelta(days=number * 1400 // count)
        cast = chance.choices(people, weights, k=3)
        paragraphs: list[str] = []
        while sum(len(one.split()) for one in paragraphs) < words:
            paragraphs.append(_paragraph(chance, cast))
        yield Story(number, f"The {_claim(chance)}", day, tuple(paragraphs))


def _claim(chance: random.Random) -> str:
    pick = chance.choice
    number = chance.randrange(3, 900)
    return (
        f"{pick(_HOW)} {pick(_THINGS)} {pick(_DOES)} {number} {pick(_HOW)} {pick(_THINGS)}s near "
        f"{pick(_PLACES)}"
    )


def _paragraph(chance: random.Random, cast: list[Person]) -> str:
    who, when = chance.choice(cast), chance.choice(_TIME)
    form = chance.randrange(5)
    if form == 0:
        return f"“The {_claim(chance)},” said {who.name}, the {who.office} of {who.place}, {when}."
    if form == 1:
        return f"{who.name} said {when} that the {_claim(chance)}, and that the {_claim(chance)}."
    if form == 2:
        return f"“The {_claim(chance)},” {who.name.split()[1]} said. “The {_claim(chance)}.”"
    if form == 3:
        return f"According to the {who.office}, the {_claim(chance)}. The {_claim(chance)}."
    return f"The {_claim(chance)} {when}. The {_claim(chance)} as well."


def write_rows(path: Path, made: Iterator[Story]) -> None:
    """Write articles as JSON lines."""
    with path.open("w", encoding="utf-8") as stream:
        for one in made:
            row = {
                "id": f"r{one.number}", "title": one.headline, "text": "\n\n".join(one.paragraphs),
                "date": one.day.isoformat(), "outlet": "The Quern Courier", "url": one.url,
            }  # fmt: skip
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")


def write_warc(path: Path, made: Iterator[Story]) -> None:
    """Write articles as pages of HTML in a web archive, each record compressed by itself (WARC 1.0)."""
    with path.open("wb") as stream:
        for one in made:
            answer = (
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + _page(one).encode()
            )
            head = (
                "WARC/1.0\r\nWARC-Type: response\r\n"
                f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{one.number:012}>\r\n"
                f"WARC-Date: {one.day}T12:00:00Z\r\nWARC-Target-URI: {one.url}\r\n"
                "Content-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(answer)}\r\n\r\n"
            )
            stream.write(gzip.compress(head.encode() + answer + b"\r\n\r\n", 6, mtime=0))


def write_pages(folder: Path, made: Iterator[Story]) -> None:
    """Write articles as pages of HTML, a file each."""
    folder.mkdir()
    for one in made:
        (folder / f"{one.number:06}.html").write_text(_page(one), encoding="utf-8")


def _page(one: Story) -> str:
    links = "".join(f'<li><a href="/{place}">{place}</a></li>' for place in _PLACES)
    body = "".join(f"<p>{paragraph}</p>\n" for paragraph in one.paragraphs)
    meta = {"@type": "NewsArticle", "headline": one.headline, "datePublished": f"{one.day}T09:00:00Z"}
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{one.headline}</title>'
        '<meta property="og:site_name" content="The Quern Courier">'
        f'<link rel="canonical" href="{one.url}"><script type="application/ld+json">'
        f"{json.dumps(meta)}</script>"
        f"</head><body><header><nav><ul>{links}</ul></nav></header><main><article><h1>{one.headline}</h1>\n"
        f"{body}</article></main><footer><p>All news of the day from Quern.</p></footer></body></html>"
    )
