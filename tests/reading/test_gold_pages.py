"""Pages of our own, each with what a careful reader takes from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord import reading
from onrecord.article import FIELDS, Article

GOLD = Path(__file__).parent / "gold"
PAGES = sorted(GOLD.glob("*.html"))
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)


def key_of(page: Path) -> dict[str, Any]:
    """Return what the page should be read as."""
    key: dict[str, Any] = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    return key


def body_of(article: Article) -> list[str]:
    """Return the paragraphs of the body."""
    return [article.text[start:end] for start, end in article.parts["body"]]


@each_page
def test_fields(page: Path) -> None:
    """Every field of a gold page has the value of its key."""
    article = reading.read(page)
    fields = key_of(page)["fields"]
    assert {name: getattr(article, name) for name in fields} == fields


@each_page
def test_body(page: Path) -> None:
    """The body of a gold page has the key's paragraphs and nothing else."""
    body = body_of(reading.read(page))
    starts = key_of(page)["body"]
    assert [text[: len(start)] for text, start in zip(body, starts, strict=True)] == starts


@each_page
def test_parts_prove_fields(page: Path) -> None:
    """A field that is no part of the text is listed as declared, and one that is has its words there."""
    article = reading.read(page)
    for name in FIELDS:
        value = getattr(article, name)
        if value is None or name in ("language", "published_from"):
            continue
        if name in article.parts:
            start, end = article.parts[name][0]
            assert name in ("published", "modified") or article.text[start:end] == value
        else:
            assert name in article.declared or (name == "published" and article.published_from == "text")


@each_page
def test_reread(page: Path) -> None:
    """Reading a stored page again gives the same article."""
    article = reading.read(page)
    assert article.page is not None
    assert reading.reread(article.page, article.path) == article


def test_declared_headline_stands_first() -> None:
    """A headline that only the metadata declare stands first in the text and is listed as declared."""
    page = (
        b"<html><head><meta property='og:title' content='Well water safe again'></head><body><article>"
        b"<p>The water of the village well may be drunk again from Friday, the parish doctor said.</p>"
        b"<p>She had tested it, she added, on herself and on the sexton, who asked to remain thirsty.</p>"
        b"</article></body></html>"
    )
    article = reading.read_bytes(page, path="well.html")
    assert article.headline == "Well water safe again"
    assert article.parts["headline"] == ((0, 21),)
    assert "headline" in article.declared
