"""Adding a page from the browser."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

WORDS = (
    "Harbour talks end\n\nTwo days of talks on the northern port ended on Friday without a date for a third "
    "round, and nobody who took part wanted to speak to the press about what had been agreed.\n"
)


def test_a_page_is_added(editing: TestClient) -> None:
    """A page that is sent is read and shown, with what was said of it; sent again it changes nothing."""
    for _ in range(2):
        answer = editing.post(
            "/add",
            files={"file": ("../../etc/harbour.txt", WORDS.encode())},
            data={
                "outlet": "Coast Courier",
                "published": "2031-03-07",
                "url": "https://coast.example/harbour",
            },
        )
        assert answer.status_code == 200
        assert "Harbour talks end" in answer.text
    found = editing.get(f"{answer.url.path}.json").json()
    assert found["article"]["outlet"] == "Coast Courier"
    assert found["article"]["url"] == "https://coast.example/harbour"
    assert found["path"].startswith("sent-")
    assert "/" not in found["path"]
    assert len(found["versions"]) == 1


@pytest.mark.parametrize(
    ("data", "given", "says"),
    [
        (b"", {}, "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(2000), {}, "sent-"),
        (WORDS.encode(), {"url": "javascript:alert(1)"}, "http://"),
        (WORDS.encode(), {"published": "soon"}, "no day"),
    ],
)
def test_what_cannot_be_added_is_refused(
    editing: TestClient, data: bytes, given: dict[str, str], says: str
) -> None:
    """What is no page, or is given what means nothing, is refused by one clear line and adds nothing."""
    before = editing.get("/overview.json").json()
    answer = editing.post("/add", files={"file": ("page.html", data)}, data=given)
    assert answer.status_code in (400, 422)
    assert says in answer.text
    assert editing.get("/overview.json").json() == before
