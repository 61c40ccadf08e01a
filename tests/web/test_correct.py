"""Corrections in the browser: every form, and what it refuses."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from onrecord.answers import Row
from onrecord.record import Record
from tests.web.conftest import HERE, KEYS


def rows(path: Path) -> list[Row]:
    """Return the statements of a record, newest first."""
    with Record(path, extractor=KEYS, read_only=True) as record:
        return record.said(limit=200, copies=True)


def row_of(path: Path, statement: str) -> Row:
    """Return one statement."""
    return next(row for row in rows(path) if row.id == statement)


def fields(page: str, action: str) -> dict[str, str]:
    """Return the fields of a form as the page gives them."""
    form = next(part for part in page.split("<form")[1:] if f'action="{action}' in part).split("</form>")[0]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        ticked = 'type="radio"' not in tag and 'type="checkbox"' not in tag
        if name and value and (ticked or " checked" in tag):
            found[name[1]] = value[1]
    found |= dict(re.findall(r'<textarea name="([^"]+)"[^>]*>([^<]*)</textarea>', form))
    return {name: unescape(value) for name, value in found.items()}


def opened(client: TestClient, statement: str) -> dict[str, str]:
    """Open the form of a statement and return its fields."""
    page = client.get(f"/statement/{statement}/correct")
    assert page.status_code == 200
    return fields(page.text, f"/statement/{statement}/correct")


def test_each_field_is_set_by_the_form(editing: TestClient, record_path: Path) -> None:
    """Speaker, type and days that were altered become judgements; nothing else does."""
    one = rows(record_path)[0]
    sent = opened(editing, one.id) | {
        "name": "Nela Vost",
        "type": "mixed",
        "due": "2031-01-02",
        "reason": "read it",
    }
    answer = editing.post(f"/statement/{one.id}/correct", data=sent, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/article/{one.article}#s-{one.id}")
    now = row_of(record_path, one.id)
    assert (now.speaker, now.type, now.due) == ("Nela Vost", "mixed", ("2031-01-02", "2031-01-02"))
    with Record(record_path, extractor=KEYS) as record:
        assert {made.field for made in record.judgements()} == {"speaker", "type", "due"}
        assert {(made.author, made.reason) for made in record.judgements()} == {("ana", "read it")}
        assert list(record.verify()) == []


def test_an_untouched_form_changes_nothing(editing: TestClient, record_path: Path) -> None:
    """Saving what stands makes no judgement."""
    for one in rows(record_path)[:5]:
        editing.post(f"/statement/{one.id}/correct", data={**opened(editing, one.id), "type": one.type})
    with Record(record_path, extractor=KEYS) as record:
        assert record.judgements() == []


@pytest.mark.parametrize(
    ("sent", "speaker"),
    [({"speaker": "nobody"}, None), ({"speaker": "new", "new": "Oda Trell", "kind": "person"}, "Oda Trell")],
)
def test_nobody_knows_and_new_actors(
    editing: TestClient, record_path: Path, sent: dict[str, str], speaker: str | None
) -> None:
    """The speaker may be unknown, or somebody whom the record does not hold."""
    one = rows(record_path)[0]
    editing.post(f"/statement/{one.id}/correct", data=opened(editing, one.id) | sent)
    now = row_of(record_path, one.id)
    assert now.speaker == speaker
    assert now.actor == (None if speaker is None else "oda-trell")


def test_actors_are_offered_without_a_script(editing: TestClient, record_path: Path) -> None:
    """Look up lists the actors of a name; the one ticked is the speaker."""
    one = next(row for row in rows(record_path) if row.actor)
    other = next(row for row in rows(record_path) if row.actor and row.actor != one.actor)
    assert other.speaker is not None
    page = editing.post(
        f"/statement/{one.id}/correct", data=opened(editing, one.id) | {"look": "1", "name": other.speaker}
    )
    assert f'name="actor" value="{other.actor}"' in page.text
    editing.post(f"/statement/{one.id}/correct", data=opened(editing, one.id) | {"actor": str(other.actor)})
    assert row_of(record_path, one.id).actor == other.actor
    found = editing.get("/actors/suggest.json", params={"q": other.speaker}).json()["actors"]
    assert other.actor in [each["id"] for each in found]


def test_ends_are_moved_by_buttons(editing: TestClient, record_path: Path) -> None:
    """A button moves an end by a word and saves nothing; saving then gives the statement these ends."""
    one = next(row for row in rows(record_path) if len(row.content) == 1 and len(row.words.split()) > 4)
    page = editing.post(f"/statement/{one.id}/correct", data=opened(editing, one.id) | {"move": "end-left"})
    moved = fields(page.text, f"/statement/{one.id}/correct")
    assert row_of(record_path, one.id).words == one.words
    answer = editing.post(f"/statement/{one.id}/correct", data=moved, follow_redirects=False)
    new = answer.headers["location"].partition("#s-")[2]
    assert row_of(record_path, new).words.split() == one.words.split()[:-1]
    assert editing.get(f"/statement/{one.id}/correct").status_code == 200


def test_the_second_of_two_is_told(editing: TestClient, record_path: Path) -> None:
    """Who saves on an older state is told what was decided, and finds the own words in the form."""
    one = rows(record_path)[0]
    first, second = opened(editing, one.id), opened(editing, one.id)
    editing.post(f"/statement/{one.id}/correct", data=first | {"name": "Nela Vost", "author": "ben"})
    answer = editing.post(f"/statement/{one.id}/correct", data=second | {"name": "Ilka Sorn"})
    assert answer.status_code == 409
    assert "ben" in answer.text
    assert "Nela Vost" in answer.text
    assert row_of(record_path, one.id).speaker == "Nela Vost"
    again = fields(answer.text, f"/statement/{one.id}/correct")
    assert again["name"] == "Ilka Sorn"
    editing.post(f"/statement/{one.id}/correct", data=again)
    assert row_of(record_path, one.id).speaker == "Ilka Sorn"


def test_verdicts_and_undo(editing: TestClient, record_path: Path) -> None:
    """A statement is rejected, and comes back from the history."""
    one = rows(record_path)[0]
    editing.post(f"/statement/{one.id}/verdict", data={"verdict": "reject", "article": str(one.article)})
    assert one.id not in [row.id for row in rows(record_path)]
    page = editing.get("/history")
    assert "rejected" in page.text
    number = editing.get("/history.json").json()["judgements"][0]["id"]
    editing.post(f"/judgement/{number}/undo", data={})
    assert one.id in [row.id for row in rows(record_path)]


def test_a_missed_statement_is_added_by_its_words(editing: TestClient, record_path: Path) -> None:
    """Words of the article become a statement; words that are not in it are refused with the form kept."""
    one = rows(record_path)[0]
    words = one.context.split(". ")[0][:60].strip()
    refused = editing.post(f"/article/{one.article}/missed", data={"content": "never printed there"})
    assert refused.status_code == 400
    assert "never printed there" in refused.text
    answer = editing.post(f"/article/{one.article}/missed", data={"content": words}, follow_redirects=False)
    new = answer.headers["location"].partition("#s-")[2]
    assert row_of(record_path, new).words == words


def test_actors_are_merged_split_and_renamed(editing: TestClient, record_path: Path) -> None:
    """Two actors become one and two again, each decision with its author and a way back."""
    actors = list(dict.fromkeys(row.actor for row in rows(record_path) if row.actor))[:2]
    editing.post("/actors/merge", data={"actor": actors[0], "other": actors[1]})
    assert actors[1] not in [row.actor for row in rows(record_path)]
    number = editing.get("/history.json").json()["decisions"][0]["id"]
    editing.post(f"/decision/{number}/undo", data={})
    assert actors[1] in [row.actor for row in rows(record_path)]
    editing.post("/actors/rename", data={"actor": actors[0], "label": "Somebody Else"})
    assert editing.get("/actors/suggest.json?q=Somebody Else").json()["actors"][0]["id"] == actors[0]
    editing.post("/actors/split", data={"actor": actors[0], "name": ["Somebody Else"]})
    page = editing.get("/history").text
    assert page.count("<b") > 0
    assert "is another" in page


def test_nobody_decides_nothing(record_path: Path) -> None:
    """Without a name nothing is written; a name given once is kept by the browser."""
    from onrecord.web import create_app

    one = rows(record_path)[0]
    with TestClient(create_app(record_path, extractor=KEYS), base_url=HERE) as client:
        sent = opened(client, one.id) | {"type": "mixed"}
        assert client.post(f"/statement/{one.id}/correct", data=sent).status_code == 400
        client.post(f"/statement/{one.id}/correct", data=sent | {"author": "Bén"})
        assert client.get("/history.json").json()["judgements"][0]["author"] == "Bén"
        assert "You decide as" in client.get(f"/statement/{one.id}/correct").text


@pytest.mark.parametrize(
    "path",
    ["/statement/{id}/correct", "/statement/{id}/verdict", "/article/1/missed", "/judgement/1/undo",
     "/decision/1/undo", "/actors/merge", "/actors/split", "/actors/rename", "/review", "/author"],
)  # fmt: skip
def test_changes_need_a_form_of_ours(
    editing: TestClient, web: TestClient, record_path: Path, path: str
) -> None:
    """A forged form and a record that is read only change nothing."""
    one = rows(record_path)[0]
    path = path.format(id=one.id)
    forged = editing.post(path, data={"verdict": "reject"}, headers={"X-CSRF-Token": "0" * 64})
    assert forged.status_code == 403
    assert web.post(path, data={"verdict": "reject"}).status_code == 403
    with Record(record_path, extractor=KEYS) as record:
        assert record.judgements() == []


def test_then_leads_to_pages_of_ours_only(editing: TestClient) -> None:
    """A forged place to go to next is not followed."""
    for then in ("//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"):
        answer = editing.post("/author", data={"author": "ana", "then": then}, follow_redirects=False)
        assert answer.headers["location"] == "/"


def test_exports(editing: TestClient, record_path: Path) -> None:
    """All judgements, and the training data, can be taken along."""
    one = rows(record_path)[0]
    editing.post(f"/statement/{one.id}/verdict", data={"verdict": "accept"})
    lines = editing.get("/export/judgements.jsonl").text.splitlines()
    assert len(lines) == 2
    assert editing.get("/export/training.txt").status_code == 200


def test_what_is_entered_is_shown_as_text(editing: TestClient, record_path: Path) -> None:
    """A name, a reason and a sample that are markup are shown as words wherever they come up."""
    one, markup = rows(record_path)[0], "<img src=x onerror=alert(1)>"
    sent = opened(editing, one.id) | {"name": markup, "reason": markup, "author": markup}
    editing.post(f"/statement/{one.id}/correct", data=sent)
    assert row_of(record_path, one.id).speaker == markup
    editing.post("/review", data={"name": markup, "size": "3", "coders": "1"})
    pages = [f"/statement/{one.id}/correct", "/history", "/review", f"/article/{one.article}"]
    for path in [*pages, "/review/%3Cimg src=x onerror=alert(1)%3E"]:
        page = editing.get(path)
        assert page.status_code == 200, path
        assert "<img src=x" not in page.text, path
