"""The overview and the pages of actors: the figures are those of the record, and no name is markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from onrecord import query
from onrecord.query import words
from onrecord.record import Record
from onrecord.web import create_app
from tests.web import crossing
from tests.web.conftest import HERE


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a record lies whose people speak about each other."""
    made = tmp_path_factory.mktemp("crossing") / "crossing.onrecord"
    crossing.fill(made)
    return made


@pytest.fixture
def crossed(path: Path) -> Iterator[TestClient]:
    """Ask it."""
    with TestClient(create_app(path, read_only=True), base_url=HERE) as client:
        yield client


def test_overview_counts_what_questions_find(crossed: TestClient, path: Path) -> None:
    """Statements, outlets, months and speakers are as many as counting the rows gives."""
    held = crossed.get("/overview.json").json()["overview"]
    with Record(path, read_only=True) as record:
        months = {one.value: one.statements for one in query.counts(record, "month", date="published")}
        outlets = {one.value: one.statements for one in query.counts(record, "outlet", copies=True)}
        speakers = {one.value: one.statements for one in query.counts(record, "speaker")}
    assert {one["name"]: one["statements"] for one in held["months"]} == months
    assert {one["name"]: one["statements"] for one in held["outlets"]} == outlets
    assert {one["label"]: one["statements"] for one in held["voices"]} == speakers
    assert held["total"]["articles"] == 16
    assert held["total"]["named"] == held["total"]["statements"]


def test_a_range_of_months_is_counted_alone(crossed: TestClient) -> None:
    """What lies before since and after until is in no figure of the overview."""
    held = crossed.get("/overview.json", params={"since": "2031-03", "until": "2031-04-09"}).json()
    assert [one["name"] for one in held["overview"]["months"]] == ["2031-03", "2031-04"]
    everything = crossed.get("/overview.json").json()
    assert sum(one["statements"] for one in held["edges"]) < sum(
        one["statements"] for one in everything["edges"]
    )


@pytest.mark.parametrize("address", ["/overview", "/actor/ilka-sorn"])
def test_what_is_no_month_is_refused(crossed: TestClient, address: str) -> None:
    """A month that is none is answered by what is expected."""
    answer = crossed.get(address, params={"since": "2031-13"})
    assert answer.status_code == 400
    assert "YYYY-MM" in answer.text


def test_who_speaks_about_whom(crossed: TestClient) -> None:
    """Arrows and table have the same pairs, each with as many statements as the search finds."""
    edges = crossed.get("/overview.json").json()["edges"]
    page = crossed.get("/overview").text
    drawn = set(re.findall(r'data-from="([^"]+)" data-to="([^"]+)"', page))
    assert drawn == {(one["source"], one["target"]) for one in edges}
    for one in edges[:4]:
        asked = {"q": f'by:"{one["source"]}" about:"{one["target"]}"'}
        assert crossed.get("/search.json", params=asked).json()["statements"] == one["statements"]


def test_pages_hold_no_style_or_script_of_their_own(crossed: TestClient) -> None:
    """The policy forbids them, so a picture that needed them would not show."""
    for address in ("/overview", "/actors", "/actor/ilka-sorn"):
        page = crossed.get(address).text
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?! src=)", page), address


def test_names_are_text(crossed: TestClient) -> None:
    """An outlet whose name is markup is shown as it is written."""
    page = crossed.get("/overview").text
    assert "<i>Post</i>" not in page
    assert "&lt;i&gt;Post&lt;/i&gt;" in page


def test_offices_are_proved_by_articles(crossed: TestClient) -> None:
    """Each day on which a text gives an office is a mark, and leads to the article at its words."""
    held = crossed.get("/actor/milan-dravec.json").json()["offices"]
    assert [one["role"] for one in held] == ["Mayor"]
    proof = held[0]["proofs"][0]
    page = crossed.get("/actor/milan-dravec").text
    assert f'href="/article/{proof["article"]}#:~:text=Mayor%20Milan%20Dravec"' in page
    words_of_it = re.sub(r"<[^>]*>|\s+", " ", crossed.get(f"/article/{proof['article']}").text)
    assert re.search(r"Mayor\s+Milan\s+Dravec", words_of_it)
    assert len(re.findall('class="proof"', page)) == len(held[0]["days"])


def test_an_actor_that_is_not_there(crossed: TestClient) -> None:
    """An id that nobody has is not found."""
    assert crossed.get("/actor/nobody-at-all").status_code == 404
    assert crossed.get("/actor/nobody-at-all.json").json()["status"] == 404


def test_a_merged_actor_leads_to_the_one_it_is(path: Path, tmp_path: Path) -> None:
    """The address of an actor that was merged into another leads on, with the months asked for."""
    from onrecord.record import deciding

    copy = tmp_path / "merged.onrecord"
    crossing.fill(copy, 4)
    with Record(copy) as record:
        deciding.merge(record, "anna-voss", "ilka-sorn", author="ana")
    with TestClient(create_app(copy, read_only=True), base_url=HERE) as client:
        ids = ("anna-voss", "ilka-sorn")
        answers = [client.get(f"/actor/{one}?since=2031", follow_redirects=False) for one in ids]
    (gone,) = [one for one in answers if one.status_code == 303]
    (stays,) = [one for one in answers if one.status_code == 200]
    assert gone.headers["location"] == f"{stays.url.path}?since=2031"


def test_actors_are_found_by_name(crossed: TestClient) -> None:
    """A part of a name finds its actor, and a name of nobody says so."""
    found = crossed.get("/actors.json", params={"q": "Dravec"}).json()["actors"]
    assert [one["label"] for one in found] == ["Milan Dravec"]
    assert "Nobody in the record" in crossed.get("/actors", params={"q": "Zzyx"}).text


def test_words_that_one_uses_more_than_others() -> None:
    """A word of one speaker comes before one that all use, and one that others use more is left out."""
    mine, theirs = {"ledger": 9, "mill": 9, "meadow": 1}, {"mill": 90, "meadow": 60, "ledger": 1}
    found = words.distinctive(mine, theirs)
    assert [one.word for one in found] == ["ledger"]
    assert found[0].score > words.SIGNIFICANT
