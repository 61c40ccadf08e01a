"""Rejecting a statement in all its printings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from onrecord.record import Record
from onrecord.web import create_app
from tests.record import stub
from tests.stories.test_witnesses import CUT, LONG, SHORT, printed
from tests.web.conftest import HERE


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a record of three printings of one wire text lies."""
    path = tmp_path / "wires.onrecord"
    with Record(path, extractor=stub.FINDER, reader=stub.READER) as record:
        days = {"coast": [LONG, SHORT], "hill": [CUT], "isle": [LONG, SHORT]}
        list(record.add_all(printed(outlet, said) for outlet, said in days.items()))
    return path


@pytest.fixture
def client(path: Path) -> Iterator[TestClient]:
    """Ask and change the record, as a browser that has opened a page of it."""
    app = create_app(path, extractor=stub.FINDER, reader=stub.READER, author="ana")
    with TestClient(app, base_url=HERE) as client:
        found = re.search(r'name="csrf" content="([0-9a-f]+)"', client.get("/").text)
        assert found
        client.headers["X-CSRF-Token"] = found[1]
        yield client


def offered(client: TestClient) -> tuple[str, list[str], str]:
    """Return the address of the form for the ferry, its boxes, and the article it begins from."""
    row = client.get("/search.json", params={"q": "gate"}).json()["rows"][0]
    page = client.get(f"/article/{row['article']}").text
    address = f"/statement/{row['id']}/printings"
    assert f'{address}?article={row["article"]}">Reject in all 3 printings' in page
    form = client.get(address, params={"article": row["article"]}).text
    return address, re.findall(r'name="name" value="([^"]+)" checked', form), str(row["article"])


def said(path: Path) -> list[str | None]:
    """Return the outlets whose printing of it stands."""
    with Record(path, extractor=stub.FINDER, reader=stub.READER) as record:
        assert list(record.verify()) == []
        return sorted(row.outlet or "" for row in record.said("gate", copies=True))


def test_each_printing_is_rejected_by_a_judgement_of_its_own(client: TestClient, path: Path) -> None:
    """All are ticked; what was decided of one can be taken back and leaves the others rejected."""
    address, boxes, article = offered(client)
    assert len(boxes) == 3
    answer = client.post(address, data={"article": article, "name": boxes}, follow_redirects=False)
    assert answer.status_code == 303
    assert said(path) == []
    with Record(path, extractor=stub.FINDER, reader=stub.READER) as record:
        made = record.judgements()
    assert [(one.field, one.value, one.author) for one in made] == [("verdict", "reject", "ana")] * 3
    client.post(f"/judgement/{made[0].id}/undo", data={})
    assert len(said(path)) == 1


def test_only_what_is_ticked_and_is_a_printing_is_rejected(client: TestClient, path: Path) -> None:
    """Nothing ticked, or a statement that is none of its printings, changes nothing."""
    address, boxes, article = offered(client)
    other = client.get("/search.json", params={"q": "mole"}).json()["rows"][0]
    foreign = f"{other['article']}-{other['id']}-0"
    for ticked in ([], [foreign, *boxes], ["1-'; DROP TABLE x-0"]):
        answer = client.post(address, data={"article": article, "name": ticked})
        assert (answer.status_code, "Nothing was changed" in answer.text) == (400, True)
    assert len(said(path)) == 3
    client.post(address, data={"article": article, "name": boxes[:2]})
    assert len(said(path)) == 1


def test_what_somebody_judged_meanwhile_is_left_and_told(client: TestClient, path: Path) -> None:
    """The others are rejected; a printing that was judged before is shown, and is not ticked."""
    address, boxes, article = offered(client)
    with Record(path, extractor=stub.FINDER, reader=stub.READER) as record:
        number, statement, _ = boxes[-1].split("-")
        record.judge(statement, article=int(number), accept=True, author="ben")
    answer = client.post(address, data={"article": article, "name": boxes})
    assert answer.status_code == 400
    assert "2 rejected" in answer.text
    assert "ben" in answer.text
    assert len(said(path)) == 1


def test_a_judged_printing_is_not_ticked_beforehand(client: TestClient, path: Path) -> None:
    """Whoever wants to reject what a person accepted ticks it by hand."""
    _, boxes, article = offered(client)
    number, statement, _ = next(one for one in boxes if not one.startswith(f"{article}-")).split("-")
    with Record(path, extractor=stub.FINDER, reader=stub.READER) as record:
        record.judge(statement, article=int(number), accept=True, author="ben")
    _, ticked, first = offered(client)
    assert len(ticked) == (3 if first == number else 2)
