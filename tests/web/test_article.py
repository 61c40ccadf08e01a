"""Article: the whole text with its statements marked, and a way to each of them."""

from __future__ import annotations

import html
import re
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from onrecord.article import Article, Page, Speaker, Statement, statement_id
from onrecord.record import Extractor, Record
from onrecord.web import create_app
from tests.web.conftest import HERE

TAG = re.compile(r"<[^>]+>")


def plain(page: str) -> str:
    """Return the words of a page."""
    return " ".join(html.unescape(TAG.sub("", page)).split())


def test_every_word_of_the_article_is_shown(web: TestClient) -> None:
    """Headline, body and the other parts stand in the page as published, whatever is marked in them."""
    for number in range(1, 6):
        found = web.get(f"/article/{number}.json").json()
        page = web.get(f"/article/{number}").text
        sheet = re.sub(r'<a class="n.*?</a>', "", page[page.index("<article") : page.index("</article>")])
        words = plain(sheet)
        for start, end in [
            span for name in ("headline", "body") for span in found["article"]["parts"].get(name, [])
        ]:
            assert " ".join(found["text"][start:end].split()) in words


def test_every_statement_is_marked_and_listed(web: TestClient) -> None:
    """Each statement has its number in the text and its note beside it, each leading to the other."""
    found = web.get("/article/2.json").json()["statements"]
    page = web.get("/article/2").text
    assert found
    for one in found:
        number = one["statement"]["id"]
        assert page.count(f'id="s-{number}"') == 1
        assert page.count(f'id="note-{number}"') == 1
        assert f'href="#note-{number}"' in page


def test_a_statement_has_an_address(web: TestClient) -> None:
    """The address of a statement leads to its article, at its place, and marks it there."""
    row = web.get("/search.json").json()["rows"][3]
    answer = web.get(f"/statement/{row['id']}", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].endswith(f"#s-{row['id']}")
    assert f'class="n at" id="s-{row["id"]}"' in web.get(answer.headers["location"]).text


def test_why(web: TestClient) -> None:
    """A statement tells why its speaker is who it is."""
    row = next(row for row in web.get("/search.json").json()["rows"] if row["speaker"])
    assert row["speaker"] in html.unescape(web.get(f"/statement/{row['id']}/why").text)
    told = web.get(f"/statement/{row['id']}/why.json").json()["reasons"]
    assert told[0]["field"] == "speaker"


def test_the_page_as_fetched_is_shown_as_text(web: TestClient) -> None:
    """The source of a page is shown to the letter and never rendered."""
    number = next(
        row["article"]
        for row in web.get("/search.json?q=type:direct").json()["rows"]
        if row["path"].endswith("html")
    )
    source = web.get(f"/article/{number}/source.json").json()["source"]
    assert "<html" in source.lower()
    page = web.get(f"/article/{number}/source").text
    shown = page[page.index("<pre") : page.index("</pre>")]
    assert shown.count("<") == 1
    assert html.unescape(shown.partition(">")[2]) == source


def many(article: Article) -> list[Statement]:
    """Mark every sentence as a statement."""
    found = []
    for match in re.finditer(r"“[^”]*”", article.text):
        content = (match.span(),)
        found.append(
            Statement(
                id=statement_id(article.text_sha256, content), type="direct", content=content, text=match[0],
                speaker=Speaker(name="Milan Dravec", kind="person", named=True), confidence=0.8,
            )
        )  # fmt: skip
    return found


@pytest.mark.parametrize(("paragraphs", "statements"), [(1, 1_500), (500, 10_000)])
def test_thousands_of_statements(tmp_path: Path, paragraphs: int, statements: int) -> None:
    """An article of thousands of statements comes in parts, soon, and each statement is found in its own."""
    each = statements // paragraphs
    text = "\n\n".join(" ".join(f"“No {n} {m}.”" for m in range(each)) for n in range(paragraphs))
    path = tmp_path / "many.onrecord"
    with Record(path, extractor=Extractor("many", many)) as record:
        spans = tuple(match.span() for match in re.finditer(r"[^\n]+", text))
        page = Page(text.encode(), "text/plain", got="2031-03-08T09:00:00Z")
        record.add(Article(path="many.txt", text=text, parts={"body": spans}, page=page))
        last = record.said('"No 0 1499"' if paragraphs == 1 else '"No 499 19"', limit=1)[0].id
    with TestClient(create_app(path, read_only=True), base_url=HERE) as client:
        begun = time.process_time()
        answer = client.get(f"/statement/{last}")
        spent = time.process_time() - begun
    assert answer.status_code == 200
    assert f'id="s-{last}"' in answer.text
    assert spent < 5
    if paragraphs > 1:
        assert "part 25 of 25" in answer.text
        assert answer.text.count('<li class="note') == 400
