"""People who correct, in real browsers: from a search to an export, and two at the same statement."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from onrecord import review
from onrecord.record import Record
from onrecord.web import create_app
from tests.web.browsing import chromium, needs_chromium, serving
from tests.web.conftest import KEYS

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = needs_chromium

VENDOR = Path(__file__).parent / "vendor"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

Opening = Callable[..., "sync_api.Page"]


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    """Start the system's Chromium."""
    with chromium() as started:
        yield started


@pytest.fixture
def address(record_path: Path) -> Iterator[str]:
    """Serve a copy of the sample record in which nobody is named yet; gives the address."""
    with serving(create_app(record_path, extractor=KEYS)) as at:
        yield at


@pytest.fixture
def open_as(browser: sync_api.Browser, address: str) -> Iterator[Opening]:
    """Open a browser of its own for a person; whatever its console complains of fails the test."""
    contexts: list[sync_api.BrowserContext] = []
    complaints: list[str] = []

    def opening(name: str | None, **how: object) -> sync_api.Page:
        contexts.append(browser.new_context(**how))
        if name:
            contexts[-1].add_cookies([{"name": "onrecord_author", "value": quote(name), "url": address}])
        page = contexts[-1].new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: (
                complaints.append(said.text)
                if said.type == "error" and "status of 4" not in said.text
                else None
            ),
        )
        return page

    yield opening
    for context in contexts:
        context.close()
    assert complaints == []


def statements(path: Path) -> list[tuple[str, str | None]]:
    """Return id and speaker of each statement, from a copy: the server goes on writing."""
    copy = Path(shutil.copy(path, path.with_suffix(".copy")))
    for suffix in ("-wal", "-shm"):
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            shutil.copy(beside, copy.with_name(copy.name + suffix))
    with Record(copy, extractor=KEYS) as record:
        assert list(record.verify()) == []
        return [(row.id, row.speaker) for row in record.said(limit=500, copies=True)]


def test_from_a_search_to_an_export(open_as: Opening, address: str, record_path: Path) -> None:
    """Search, open, correct a speaker, undo, review ten with a second coder, agreement, merge, export."""
    page = open_as(None)
    page.goto(f"{address}/?q=spreadsheet")
    page.locator(".row .words a").first.click()
    number = page.url.partition("#s-")[2]
    before = dict(statements(record_path))[number]
    page.locator(f"#note-{number} a[data-key=e]").click()
    page.fill("form.correct input[name=name]", "Nela Vost")
    page.fill("form.correct input[name=author]", "ana")
    page.click("form.correct button.first")
    assert page.locator(f"#note-{number} .who").text_content() == "Nela Vost"
    assert dict(statements(record_path))[number] == "Nela Vost"

    page.goto(f"{address}/history")
    assert "ana" in page.locator(".decided li").first.inner_text()
    page.locator(".decided li button").first.click()
    assert dict(statements(record_path))[number] == before

    page.goto(f"{address}/review")
    page.fill("form.correct input[name=name]", "june")
    page.fill("form.correct input[name=size]", "10")
    page.check("input[name=drawn][value=random]")
    page.select_option("select[name=coders]", "2")
    page.click("form.correct button.first")
    other = open_as("ben")
    for coder, reviewing in (("ana", page), ("ben", other)):
        reviewing.goto(f"{address}/review/june")
        for n in range(1, 11):
            assert reviewing.locator("h2").first.inner_text() == f"{n} of 10"
            reviewing.keyboard.press("r" if (coder, n) == ("ben", 4) else "a")
            reviewing.wait_for_function(
                "n => !document.querySelector('h2').innerText.startsWith(n + ' of')", arg=n
            )
    other.click("text=Agreement of the two coders")
    assert other.locator("tbody tr", has_text="accept").locator("td").first.inner_text() == "4"

    actors = list(dict.fromkeys(speaker for _, speaker in statements(record_path) if speaker))
    page.goto(f"{address}/actors")
    links = page.locator("main a[href^='/actor/']")
    first, second = links.nth(0).get_attribute("href"), links.nth(1).get_attribute("href")
    assert first is not None
    assert second is not None
    page.goto(address + first)
    page.click("#correct-actor summary")
    page.fill("#correct-actor input[name=other]", second.removeprefix("/actor/"))
    page.click("text=Merge the other into this one")
    page.goto(address + second)
    assert page.url.endswith(first)
    assert len(actors) > 1

    page.goto(f"{address}/history")
    with page.expect_download() as started:
        page.click("text=All judgements as a file")
    kept = [json.loads(line) for line in Path(started.value.path()).read_text().splitlines()]
    assert [line.get("action", line.get("field")) for line in kept[1:]] == ["speaker", "undo", "merge"]


def test_what_two_coders_agree_on_is_taken_over(open_as: Opening, address: str, record_path: Path) -> None:
    """A button makes judgements of what both answered alike, and of nothing else; again it adds none."""
    with Record(record_path, extractor=KEYS) as record:
        review.make(record, "june", author="ana", drawn="random", size=4, coders=2)
        drawn = [item.statement.id for item in review.items(record, "june") if item.statement]
        for coder, verdicts in (("ana", "arar"), ("ben", "arra")):
            for n, verdict in enumerate(verdicts, start=1):
                given = "accept" if verdict == "a" else "reject"
                review.answer(record, "june", n, coder=coder, verdict=given)
    page = open_as("cleo")
    for _ in range(2):
        page.goto(f"{address}/review/june/agreement")
        page.click("text=Take over what both agree on")
        page.wait_for_url("**/history")
        decided = page.locator(".decided li")
        assert decided.count() == 2
        assert all("ana and ben agree" in text for text in decided.all_inner_texts())
    statements(record_path)
    with Record(record_path, extractor=KEYS) as record:
        made = {one.statement: (one.value, one.author) for one in record.judgements()}
    assert made == {drawn[0]: ("accept", "cleo"), drawn[1]: ("reject", "cleo")}


def test_two_browsers_at_one_statement(open_as: Opening, address: str, record_path: Path) -> None:
    """The second to save is told what the first decided, finds the own entry, and may save it then."""
    number, _ = statements(record_path)[0]
    pages = [open_as("ana"), open_as("ben")]
    for page in pages:
        page.goto(f"{address}/statement/{number}/correct")
    pages[0].fill("form.correct input[name=name]", "Nela Vost")
    pages[0].click("form.correct button.first")
    pages[1].fill("form.correct input[name=name]", "Oda Trell")
    pages[1].click("form.correct button.first")
    told = pages[1].locator("[role=alert]").inner_text()
    assert "ana" in told
    assert "Nela Vost" in told
    assert dict(statements(record_path))[number] == "Nela Vost"
    assert pages[1].input_value("form.correct input[name=name]") == "Oda Trell"
    pages[1].click("form.correct button.first")
    assert dict(statements(record_path))[number] == "Oda Trell"
    pages[0].goto(f"{address}/history")
    assert pages[0].locator(".decided li").count() == 2


def test_ends_are_dragged_and_moved_by_keys(open_as: Opening, address: str, record_path: Path) -> None:
    """The end of a content is dragged two words on, and brought back by a button that has the focus."""
    page = open_as("ana")
    page.goto(f"{address}/?q=spreadsheet")
    page.locator(".row .words a").first.click()
    number = page.url.partition("#s-")[2]
    page.goto(f"{address}/statement/{number}/correct")
    words = page.locator("[data-ends] span[data-from]")
    marked = page.locator("[data-ends] .content").count()
    ends = [n for n in range(words.count()) if "end" in (words.nth(n).get_attribute("class") or "").split()]
    here, there = words.nth(ends[-1]).bounding_box(), words.nth(ends[-1] - 2).bounding_box()
    assert here is not None
    assert there is not None
    page.mouse.move(here["x"] + here["width"] / 2, here["y"] + here["height"] / 2)
    page.mouse.down()
    page.mouse.move(there["x"] + there["width"] / 2, there["y"] + there["height"] / 2, steps=4)
    page.mouse.up()
    assert page.locator("[data-ends] .content").count() == marked - 2
    page.focus("button[value=end-right]")
    page.keyboard.press("Enter")
    assert page.locator("[data-ends] .content").count() == marked - 1
    before = {one for one, _ in statements(record_path)}
    page.click("form.correct button.first")
    assert {one for one, _ in statements(record_path)} - before == {page.url.partition("#s-")[2]}


def test_all_of_it_without_a_script(open_as: Opening, address: str, record_path: Path) -> None:
    """Ends, speaker and verdict are set by plain forms."""
    number, _ = statements(record_path)[0]
    page = open_as("ana", java_script_enabled=False)
    page.goto(f"{address}/statement/{number}/correct")
    page.click("button[value=start-right]")
    page.check("input[name=speaker][value=nobody]")
    page.click("form.correct button.first")
    new = page.url.partition("#s-")[2]
    assert new != number
    assert dict(statements(record_path))[new] is None
    page.goto(f"{address}/statement/{new}/correct")
    page.click("text=Delete: it is no statement")
    assert new not in dict(statements(record_path))


def test_words_selected_in_an_article_are_added(open_as: Opening, address: str, record_path: Path) -> None:
    """A paragraph that is selected goes into the form, and becomes a statement."""
    page = open_as("ana")
    page.goto(f"{address}/article/2")
    page.evaluate(
        "() => { const one = document.querySelector('.sheet h1');"
        "document.getSelection().selectAllChildren(one); }"
    )
    page.wait_for_function("document.querySelector('a[data-missed]').href.includes('words=')")
    page.goto(f"{address}/article/2/missed")
    text = page.locator("pre.text")
    assert text.count() == 1
    page.evaluate(
        "() => { const node = document.querySelector('pre.text').firstChild;"
        "const range = document.createRange();"
        "range.setStart(node, 0); range.setEnd(node, node.data.indexOf('\\n'));"
        "const chosen = document.getSelection(); chosen.removeAllRanges(); chosen.addRange(range); }"
    )
    page.wait_for_function("document.querySelector('[name=content]').value.length > 3")
    before = len(statements(record_path))
    page.click("form.correct button.first")
    assert "#s-" in page.url
    assert len(statements(record_path)) == before + 1


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_no_page_of_correction_violates_wcag(
    open_as: Opening, address: str, record_path: Path, scheme: str, width: int
) -> None:
    """axe-core finds nothing to object to in the forms, and none is wider than the screen."""
    number, _ = statements(record_path)[0]
    page = open_as("ana", color_scheme=scheme, viewport={"width": width, "height": 800})
    page.goto(f"{address}/review")
    page.fill("form.correct input[name=name]", "one")
    page.click("form.correct button.first")
    page.click("form.correct button.first")
    axe = (VENDOR / "axe.min.js").read_text()
    failures = []
    paths = ("/review", "/review/one", "/review/one/agreement", "/history", "/article/2/missed")
    for path in (*paths, f"/statement/{number}/correct"):
        page.goto(address + path)
        page.evaluate(f"{axe}; undefined")
        run = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})"
        for one in page.evaluate(run, RULES)["violations"]:
            where = "; ".join(str(node["target"]) for node in one["nodes"][:3])
            failures.append(f"{path}: {one['id']}: {one['help']} ({where})")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            failures.append(f"{path}: {wide} wide")
    assert failures == []
