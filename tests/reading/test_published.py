"""Which of several dates of a page is taken for that of publication."""

from __future__ import annotations

import pytest

from onrecord import reading

TALKS = (
    "Officials in the valley spoke for two hours about the bridge and what it would cost the towns on either "
    "bank of the river."
)
LD = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Talks", %s}</script>'
META = '<meta property="article:published_time" content="2031-03-05">'


def dated(head: str, shown: str = "", url: str | None = None) -> tuple[str | None, ...]:
    """Return publication, what it was taken from and the last change of a page with these dates."""
    page = (
        f"<html><head><title>Valley bridge talks end</title>{head}</head><body><article>"
        f"<h1>Valley bridge talks end</h1>{shown}<p>{TALKS}</p><p>{TALKS} It closed.</p></article>"
        "</body></html>"
    )
    article = reading.read_bytes(page.encode(), path="page.html", url=url)
    return article.published, article.published_from, article.modified


@pytest.mark.parametrize(
    ("head", "shown", "url", "expected"),
    [
        (LD % '"datePublished": "2031-03-07"' + META, "", None, ("2031-03-07", "json-ld", None)),
        (META, '<time datetime="2031-03-09">9 March</time>', None, ("2031-03-05", "meta", None)),
        ("", '<time datetime="2031-03-09">9 March</time>', None, ("2031-03-09", "text", None)),
        ("", '<div class="date">9 March 2031</div>', None, ("2031-03-09", "text", None)),
        ("", "", "https://news.example/2031/03/04/bridge", ("2031-03-04", "url", None)),
        ("", "", None, (None, None, None)),
    ],
)
def test_the_most_trusted_date_is_taken(
    head: str, shown: str, url: str | None, expected: tuple[str | None, ...]
) -> None:
    """JSON-LD, meta, what the page shows, the address: the first that is there, and none is made up."""
    assert dated(head, shown, url) == expected


def test_a_declared_date_that_the_address_supports_goes_first() -> None:
    """A site that declares the day of printing in JSON-LD is not trusted over meta and address together."""
    head = LD % '"datePublished": "2031-03-20"' + META
    assert dated(head, url="https://news.example/2031/03/05/bridge")[:2] == ("2031-03-05", "meta")


def test_a_later_change_is_told_apart() -> None:
    """When it was changed is kept beside when it was published, and not when both are one."""
    both = '"datePublished": "2031-03-07", "dateModified": "%s"'
    assert dated(LD % both % "2031-03-08") == ("2031-03-07", "json-ld", "2031-03-08")
    assert dated(LD % both % "2031-03-07")[2] is None
