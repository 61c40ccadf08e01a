"""What of a web page is body."""

from __future__ import annotations

import pytest

from onrecord import reading

TALKS = (
    "Officials in the valley spoke for two hours about the bridge and what it would cost the towns on either "
    "bank of the river."
)
ONE = "“We will not pay for a bridge,” said Ilka Sorn."
TWO = "“Nobody crosses it,” she said."


def body(inner: str, above: str = "") -> list[str]:
    """Return the paragraphs between the first and the last of a page that has ``inner`` between them."""
    page = (
        f"<html><head><title>Valley bridge talks end</title></head><body>{above}<article>"
        f"<h1>Valley bridge talks end</h1><p>{TALKS}</p>{inner}<p>{TALKS} It closed on Friday.</p></article>"
        "</body></html>"
    )
    article = reading.read_bytes(page.encode(), path="page.html")
    assert article.section is None
    return [article.text[start:end] for start, end in article.parts["body"]][1:-1]


@pytest.mark.parametrize(
    "inner",
    [
        f"<blockquote><p>{ONE}</p><p>{TWO}</p></blockquote>",
        f"<blockquote><div>{ONE}</div><div>{TWO}</div></blockquote>",
        f"<blockquote>{ONE}<p>{TWO}</p></blockquote>",
        f"<blockquote><p>{ONE}</p>{TWO}</blockquote>",
        f"<blockquote>{ONE}<br><br>{TWO}</blockquote>",
        f"<blockquote><ul><li>{ONE}</li><li>{TWO}</li></ul></blockquote>",
        f"<blockquote>{ONE}<blockquote>{TWO}</blockquote></blockquote>",
        f"<figure><blockquote><p>{ONE}</p><p>{TWO}</p></blockquote></figure>",
        f"<blockquote>“We will not <em>pay</em> for a bridge,” said Ilka Sorn.<p>{TWO}</p></blockquote>",
        f"<ul><li>{ONE}</li><li>{TWO}</li></ul>",
        f"<ol><li><p>{ONE}</p><p>{TWO}</p></li></ol>",
        f"<dl><dt>{ONE}</dt><dd>{TWO}</dd></dl>",
        f"<div>{ONE}</div><section><p>{TWO}</p></section>",
    ],
)
def test_quotations_and_lists_are_body(inner: str) -> None:
    """All words of block quotations, lists and divisions within the article are kept, a paragraph each."""
    assert body(inner) == [ONE, TWO]


@pytest.mark.parametrize(
    "menu",
    [
        "<div>Home | World | Business | Subscribe</div>",
        "<div class='category'>Home | World | Business</div>",
        "<ul class='section'><li><a href='/'>Home</a></li><li><a>World</a></li><li><a>Business</a></li></ul>",
    ],
)
def test_a_menu_is_no_section(menu: str) -> None:
    """A site's menu above the headline is neither the section line nor body."""
    assert body("", menu) == []
