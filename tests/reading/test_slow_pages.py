"""Pages made to take long are read about as fast as others of their size."""

from __future__ import annotations

import time

import pytest

from onrecord.reading import decode, read_bytes


def test_comments_before_html() -> None:
    """Thousands of comments before something that is no HTML are passed over in no time."""
    start = time.process_time()
    assert not decode.looks_like_html("<!---->" * 1_400 + "x")
    assert not decode.looks_like_html("<!--" * 2_500)
    assert time.process_time() - start < 0.5


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("<!-- saved --> \n<?xml version='1.0'?><!-- <p> -->\n<!DOCTYPE html>", True),
        ("\n<HTML lang=en>", True),
        ("<!-- never closed <html>", False),
        ("<!-- --> The <html> element", False),
        ("<heading>", False),
    ],
)
def test_start_of_html(words: str, expected: bool) -> None:
    """HTML is known by its first element behind blanks, comments and a line of XML."""
    assert decode.looks_like_html(words) is expected


PARAGRAPH = (
    "<p>The warden of Ostel said on Monday that the quay would stay shut to all ships until spring.</p>"
)
NESTED = "<div>" * 190 + "<h1>Quay stays shut</h1>" + PARAGRAPH * 2_000 + "</div>" * 190
SCRIPT = "<script type='application/ld+json'>"
NODES = '{"type":"p","children":[{"type":"text","data":"abc def"}]},' * 8_000
LINES = '{"type":"text","data":"a"},' * 30_000


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(SCRIPT + "-->" + " " * 100_000 + "x</script>" + PARAGRAPH * 5, id="blanks"),
        pytest.param(SCRIPT + "[" + "[]," * 200_000 + "[]]</script>" + PARAGRAPH * 5, id="lists"),
        pytest.param("<meta property='article:section' content='World'>" + NESTED, id="nested"),
        pytest.param(
            SCRIPT
            + '{"@type":"NewsArticle","headline":"Quay","articleBody":"'
            + "The warden said. " * 8_000
            + '"}</script><h1>Quay stays shut</h1><script>{"children":['
            + NODES
            + '{"type":"p","children":['
            + LINES
            + "1]},1]}</script>",
            id="script data",
        ),
    ],
)
def test_hostile_page(page: str) -> None:
    """A page that is cheap to write is read in seconds, not minutes."""
    start = time.process_time()
    assert read_bytes(f"<html><body>{page}".encode(), path="page", media_type="text/html").text
    assert time.process_time() - start < 6


def test_marks_around_json_ld() -> None:
    """JSON-LD that comment or CDATA marks hide from old browsers is read."""
    data = '{"@type":"NewsArticle","headline":"Quay","datePublished":"2012-12-22"}'
    for before, after in (
        ("<!--", "-->;"),
        ("//<![CDATA[\n", "\n//]]>"),
        ("<![CDATA[", "]]> ;\n"),
        ("", ";"),
    ):
        page = f"<html><body>{SCRIPT}\n{before}{data}{after}</script><h1>Quay</h1>{PARAGRAPH * 5}"
        article = read_bytes(page.encode(), path="page", media_type="text/html")
        assert (article.published, article.published_from) == ("2012-12-22", "json-ld")
