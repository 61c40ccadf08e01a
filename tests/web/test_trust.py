"""Trust: the app answers whom it should, changes nothing for others, and shows hostile pages as text."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from onrecord import reading
from onrecord.article import Article, Speaker, Statement, statement_id
from onrecord.record import Extractor, Record
from onrecord.web import create_app, trust
from onrecord.web.pages import FOLDER
from onrecord.web.records import Writing
from tests.web.conftest import HERE, KEYS

SCRIPT = "<script>alert(1)</script>"
PAGE = f"""<html><head><title>{SCRIPT.replace("<", "&lt;")}</title>
<meta property="og:site_name" content='"><img src=x onerror=alert(2)>'>
<link rel="canonical" href="javascript:alert(3)"></head><body><article>
<h1>&lt;script&gt;alert(1)&lt;/script&gt; Talks end</h1>
<p>The harbour was closed on Friday, as the northern port had been for two weeks before that.</p>
<p>“The stores are safe &lt;/bdi&gt;&lt;svg onload=alert(4)&gt;,” said &lt;b onclick=alert(5)&gt;Ilka. She
left at noon, and nobody else spoke to the press about what had been agreed in the two days of talks.</p>
</article></body></html>"""

#: Pages that read all tables.
STRANGE = (
    "/", "/search.json?q=government", "/article/2", "/article/2/source", "/article/2/history", "/actors",
    "/overview", "/history",
)  # fmt: skip


def find(article: Article) -> list[Statement]:
    """Take the one quotation, said by a script."""
    match = re.search("“[^”]*”", article.text)
    assert match
    content = (match.span(),)
    speaker = Speaker(name=f"{SCRIPT}\" onmouseover='alert(6)'", kind="person", named=True, office=SCRIPT)
    return [
        Statement(
            id=statement_id(article.text_sha256, content), type="direct", content=content, text=match[0],
            source=((match.end(), match.end() + 4),), speaker=speaker, act=SCRIPT, confidence=0.9,
        )
    ]  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Ask a record whose only page tries to run scripts in every field."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "page.html").write_text(PAGE)
    path = folder / "hostile.onrecord"
    with Record(path, extractor=Extractor("scripts", find)) as record:
        article = reading.read(str(folder / "page.html"), outlet=f"{SCRIPT}'\"><img src=x>")
        record.add(article)
    with TestClient(create_app(path, read_only=True), base_url=HERE) as client:
        yield client


def test_a_page_of_scripts_is_shown_as_text(hostile: TestClient) -> None:
    """Scripts in headline, speaker, office, outlet, words and address come out as words, wherever shown."""
    (row,) = hostile.get("/search.json").json()["rows"]
    assert "<script>" in row["speaker"]
    for path in (
        "/", f"/?q={SCRIPT}", "/article/1", f"/statement/{row['id']}/why", "/article/1/source",
        "/article/1/history", f"/?q=by:{SCRIPT}", f"/nowhere/{SCRIPT}", f"/statement/{SCRIPT}",
        f"/article/1?part={SCRIPT}",
    ):  # fmt: skip
        answer = hostile.get(path)
        assert answer.headers["content-security-policy"] == trust.POLICY
        tags = {tag.lower() for tag in re.findall(r"<([a-zA-Z][^\s>/]*)[^>]*>", answer.text)}
        assert not tags & {"img", "svg", "b>", "iframe"}, path
        scripts = re.findall(r"<script[^>]*>[^<]*", answer.text)
        assert all(re.fullmatch(r'<script src="/static/[\w/.]+" defer>', one) for one in scripts), path
        assert not re.search(r"<[^>]*\s(?:on\w+|style)=", answer.text), path
        assert not re.search(r"""(?:href|src)=["']?\s*(?:javascript|data|vbscript):""", answer.text), path


def test_only_http_addresses_are_linked_to() -> None:
    """An address of another kind is never a link."""
    from onrecord.web.pages import safe_url

    for url in ("javascript:alert(1)", " javascript:x", "JAVASCRIPT://x/%0aalert(1)", "data:text/html,x",
                "//x", "file:///etc/passwd", "http:", "http://[", "", None, "vbscript:x"):  # fmt: skip
        assert safe_url(url) is None
    assert safe_url("https://news.example/port") == "https://news.example/port"


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8321", "", "10.0.0.7", "[::2]", "a b"],
)
def test_another_name_is_not_answered(web: TestClient, host: str) -> None:
    """Asked by a name that is not ours, the app says so and shows nothing of the record."""
    answer = web.get("/search.json", headers={"host": host})
    assert answer.status_code == 421
    assert "rows" not in answer.text
    assert "onrecord serve" in answer.text


@pytest.mark.parametrize("host", ["localhost", "localhost:9", "127.0.0.1:8321", "[::1]:8321", "LOCALHOST."])
def test_the_names_of_this_machine_are_answered(web: TestClient, host: str) -> None:
    """Loopback by any of its names is ours."""
    assert web.get("/", headers={"host": host}).status_code == 200


@pytest.fixture
def changing(app: FastAPI) -> FastAPI:
    """Serve a copy of the sample record, with one more address, that changes it."""

    @app.post("/change")
    def change(record: Writing) -> str:
        with record.writing("a test") as connection:
            connection.execute("INSERT INTO migration VALUES (hex(randomblob(8)), 'x')")
        return "changed"

    return app


def test_forged_changes_are_refused(changing: FastAPI) -> None:
    """A change without the token of the page, with that of another browser, or sent by another site fails."""
    with TestClient(changing, base_url=HERE) as client, TestClient(changing, base_url=HERE) as other:
        tokens = [re.search(r'name="csrf" content="(\w+)"', one.get("/").text) for one in (client, other)]
        assert tokens[0]
        assert tokens[1]
        own, strange = tokens[0][1], tokens[1][1]
        assert own != strange
        assert client.post("/change").status_code == 403
        assert client.post("/change", data={"csrf": strange}).status_code == 403
        assert client.post("/change", data={"csrf": ""}).status_code == 403
        assert (
            client.post("/change", data={"csrf": own}, headers={"origin": "https://evil.example"}).status_code
            == 403
        )
        assert client.post("/change", data={"csrf": own}, headers={"origin": "null"}).status_code == 403
        assert (
            client.post("/change", data={"csrf": own}, headers={"sec-fetch-site": "cross-site"}).status_code
            == 403
        )
        assert client.post("/change", data={"csrf": own}).status_code == 200
        assert client.post("/change", headers={"x-csrf-token": own, "origin": HERE}).status_code == 200


def test_a_read_only_record_is_not_changed(record_path: Path) -> None:
    """With --read-only even a form of ours changes nothing, whatever address it goes to."""
    app = create_app(record_path, read_only=True, extractor=KEYS)
    with TestClient(app, base_url=HERE) as client:
        found = re.search(r'name="csrf" content="(\w+)"', client.get("/").text)
        assert found
        for route in app.routes:
            methods = getattr(route, "methods", None) or set()
            if "POST" in methods:
                path = re.sub(r"\{[^}]*\}", "1", getattr(route, "path", ""))
                assert client.post(path, data={"csrf": found[1]}).status_code == 403, path


def test_the_session_cookie_is_kept_from_others(web: TestClient) -> None:
    """The cookie is sent by no other site and read by no script."""
    web.cookies.clear()
    cookie = web.get("/").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_token_opens_the_record(sample_record: Path) -> None:
    """With a token nothing is shown without it; the address with it leads to one without, and a cookie."""
    app = create_app(sample_record, read_only=True, token="correct horse battery", any_address=True)
    with TestClient(app, base_url="http://192.0.2.7:8321") as client:
        for path in ("/", "/search.json", "/static/style.css", "/?token=wrong"):
            answer = client.get(path)
            assert answer.status_code == 401
            assert "token" in answer.text
        bearer = {"authorization": "Bearer correct horse battery"}
        assert client.get("/search.json", headers=bearer).status_code == 200
        assert client.get("/").status_code == 401
        entered = client.get(
            "http://192.0.2.7:8321//evil.example/?token=correct+horse+battery&q=x", follow_redirects=False
        )
        assert entered.status_code == 303
        assert entered.headers["location"] == "/evil.example/?q=x"
        assert client.get("/").status_code == 200
        assert client.get("/", headers={"host": "rebound.example"}).status_code == 421


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd",
     "/static/%2e%2e%2f%2e%2e%2f%2e%2e%2f%2e%2e%2f%2e%2e%2f%2e%2e%2fetc/passwd", "/static/vendor/%00"],
)  # fmt: skip
def test_no_file_outside_is_served(web: TestClient, path: str) -> None:
    """However an address climbs, only our own static files are served."""
    answer = web.get(path)
    assert answer.status_code == 404
    assert "root:" not in answer.text
    assert "create_app" not in answer.text


def test_large_requests_are_refused(changing: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    """A body above the limit is refused by its length, and without one once the limit is passed."""
    monkeypatch.setattr(trust, "LARGEST", 1000)
    with TestClient(changing, base_url=HERE) as client:
        client.get("/")
        assert client.post("/change", content=b"x" * 1001).status_code == 413
        form = {"content-type": "application/x-www-form-urlencoded"}
        parts = (b"csrf=" + b"x" * 200 for _ in range(10))
        assert client.post("/change", content=parts, headers=form).status_code == 413


def test_pages_carry_their_headers(web: TestClient) -> None:
    """Every answer, errors and files too, keeps browsers from framing it, guessing and telling others."""
    for path in ("/", "/nowhere", "/static/style.css", "/search.csv", "/search.json"):
        headers = web.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]


def test_a_fault_is_told_without_its_inside(app: FastAPI, caplog: pytest.LogCaptureFixture) -> None:
    """What we did not expect is a page that says so, with its headers; only the terminal tells more."""

    @app.get("/fault")
    def fault() -> str:
        raise ZeroDivisionError("secret")

    with TestClient(app, base_url=HERE) as client:
        answer = client.get("/fault")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.headers["content-security-policy"] == trust.POLICY
    assert "secret" in caplog.text


@pytest.mark.parametrize("value", ["x'ff00'", "'[[1,'"])
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("standing", "outlet"), ("standing", "judged"), ("standing", "published"), ("standing", "actor_id"),
        ("text", "parts"), ("text", "headline"), ("page", "given"),
    ],
)  # fmt: skip
def test_the_record_of_a_stranger(record_path: Path, table: str, column: str, value: str) -> None:
    """Whatever a record holds in place of our values, pages show it as text or say that it is damaged."""
    with sqlite3.connect(record_path) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(f"UPDATE {table} SET {column} = {value} WHERE rowid < 400000000000000")
    connection.close()
    app = create_app(record_path, read_only=True, extractor=KEYS)
    with TestClient(app, base_url=HERE) as client:
        for path in STRANGE:
            answer = client.get(path)
            assert (
                answer.status_code == 200 or "damaged" in answer.text or "not of its kind" in answer.text
            ), path


def test_templates_hold_no_inline_code() -> None:
    """No template has a script, a style or a handler of its own: the policy would stop it."""
    for template in (FOLDER / "templates").glob("*.html"):
        text = template.read_text()
        assert not re.search(r"\s(?:style|on[a-z]+|hx-on[^=]*)=", text), template.name
        assert all("src=" in one for one in re.findall(r"<script[^>]*>", text)), template.name
        assert "<style" not in text, template.name
        assert "| safe}" not in text.replace("| safe }", "| safe}"), template.name
