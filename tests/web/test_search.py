"""Search: what is asked for is found, counted and narrowed by links."""

from __future__ import annotations

import csv
import html
import io
import re

import pytest
from fastapi.testclient import TestClient

LINK = re.compile(r'<a [^>]*href="([^"]+)"')


def test_words_are_found_and_marked(web: TestClient) -> None:
    """The statements that have a word are shown with the word marked in its sentence."""
    page = web.get("/", params={"q": "government"}).text
    assert re.search(r'<mark class="content hit[^"]*">government</mark>', page, re.IGNORECASE)
    rows = web.get("/search.json", params={"q": "government"}).json()["rows"]
    assert rows
    assert all(re.search(r"\bgovernment\b", row["words"], re.IGNORECASE) for row in rows)


def test_said_and_published_stand_apart(web: TestClient) -> None:
    """A row names the day of saying and that of publication each by its name."""
    rows = web.get("/search.json").json()["rows"]
    row = next(row for row in rows if row["said"] and row["published"] and row["said"][1] != row["published"])
    page = web.get("/", params={"q": f'"{row["words"].strip("“”")[:60]}"'}).text
    facts = re.search(r'<dl class="facts">.*?</dl>', page, re.DOTALL)
    assert facts
    assert re.search(rf"<dt>said</dt><dd>[^<]*{row['said'][0]}", facts[0])
    assert re.search(rf"<dt>published</dt><dd>{row['published'][:10]}", facts[0])


def test_every_facet_leads_to_what_it_counts(web: TestClient) -> None:
    """A count beside a link is how many statements that link finds, at the least where it asks for words."""
    page = web.get("/").text
    links = re.findall(
        r'<li><a href="([^"]+)"><bdi>[^<]*</bdi></a> <span class="count">([\d,]+)</span>', page
    )
    assert len(links) > 15
    for href, number in links:
        assert "/?q=" in href
        found = web.get(html.unescape(href).replace("/?", "/search.json?")).json()
        # Names are asked for by their words, and a statement dated to several months counts in one.
        if re.search("since|outlet|by", href):
            assert found["statements"] >= int(number), href
        else:
            assert found["statements"] == int(number), href


def test_pages_are_turned(web: TestClient) -> None:
    """The next page goes on where the first one ends, and leads back."""
    first = web.get("/").text
    (following,) = re.findall(r'rel="next" href="([^"]+)"', first)
    second = web.get(html.unescape(following)).text
    rows = [re.findall(r'id="r-(\w+)"', page) for page in (first, second)]
    assert all(rows)
    assert not set(rows[0]) & set(rows[1])
    assert 'rel="prev"' in second


def test_rank_needs_words(web: TestClient) -> None:
    """Best match first is offered with words and not without."""
    assert "Best match" not in web.get("/").text
    assert "Best match" in web.get("/", params={"q": "government"}).text
    assert web.get("/search.json", params={"q": "government", "sort": "rank"}).json()["rows"][0]["score"] < 0


def test_table(web: TestClient) -> None:
    """The CSV of a question has the rows of the page."""
    answer = web.get("/search.csv", params={"q": "government"})
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    asked = web.get("/search.json", params={"q": "government"}).json()["rows"]
    assert [row["id"] for row in rows] == [row["id"] for row in asked]


@pytest.mark.parametrize("q", ["by:", "type:loud", "since:soon", "-grain", "named:perhaps", '"', "* -"])
def test_a_question_that_means_nothing_is_explained(web: TestClient, q: str) -> None:
    """What cannot be asked is answered by what is wrong and how to ask, or finds everything."""
    answer = web.get("/", params={"q": q})
    if q in ('"', "* -"):
        assert answer.status_code == 200
    else:
        assert answer.status_code == 400
        assert "How to ask" in answer.text
        assert 'role="alert"' in answer.text


def test_the_box_keeps_the_question(web: TestClient) -> None:
    """The address holds the question, and the box shows it as typed."""
    assert (
        'value="&#34;the government&#34; type:direct"'
        in web.get("/", params={"q": '"the government" type:direct'}).text
    )
