"""The app in a real browser: what keys, the mouse and the content policy do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.web import create_app
from tests.web.browsing import chromium, needs_chromium, serving
from tests.web.conftest import KEYS

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = needs_chromium


@pytest.fixture(scope="module")
def address(sample_record: Path) -> Iterator[str]:
    """Serve the sample record; gives the address."""
    with serving(create_app(sample_record, read_only=True, extractor=KEYS)) as at:
        yield at


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    """Start the system's Chromium."""
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser: sync_api.Browser) -> Iterator[sync_api.Page]:
    """Open a tab; whatever the console complains of, and any request to elsewhere, fails the test."""
    tab = browser.new_page()
    tab.set_default_timeout(10_000)
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on(
        "request",
        lambda request: complaints.append(request.url) if "://127.0.0.1:" not in request.url else None,
    )
    yield tab
    tab.close()
    assert complaints == []


def test_from_search_to_a_statement(page: sync_api.Page, address: str) -> None:
    """A reader asks, narrows, opens a statement, and stands at it in the article."""
    page.goto(address)
    page.fill("#find", "government")
    page.press("#find", "Enter")
    assert page.locator("mark.hit").first.inner_text().lower() == "government"
    page.locator(".facets").get_by_role("link", name="direct", exact=True).click()
    page.wait_for_url("**type%3Adirect**")
    sync_api.expect(page.locator("#find")).to_have_value("type:direct government")
    page.go_back()
    page.wait_for_url("**/?q=government")
    sync_api.expect(page.locator("#find")).to_have_value("government")
    page.wait_for_load_state()
    page.locator(".row .words a").first.click()
    page.wait_for_url("**/article/*#s-*")
    number = page.url.partition("#s-")[2]
    sync_api.expect(page.locator(f"#s-{number}")).to_be_in_viewport()
    sync_api.expect(page.locator(f"#note-{number}")).to_have_class("note current")


def test_keys_walk_through_statements(page: sync_api.Page, address: str) -> None:
    """The keys j and k go to the next statement and back; switched off, they do nothing."""
    page.goto(f"{address}/article/2")
    notes = page.locator(".note")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = notes.nth(1).get_attribute("data-statement")
    assert page.locator(".note.current").get_attribute("data-statement") == second
    assert page.evaluate("document.activeElement.id") == f"s-{second}"
    page.keyboard.press("k")
    first = notes.nth(0).get_attribute("data-statement")
    assert page.locator(".note.current").get_attribute("data-statement") == first
    page.locator("[data-keys]").click()
    page.keyboard.press("j")
    assert page.locator(".note.current").get_attribute("data-statement") == first


def test_hovering_tells_who_says_it(page: sync_api.Page, address: str) -> None:
    """Over a statement's words a card names speaker, type and day; Escape puts it away."""
    page.goto(f"{address}/article/2")
    page.locator(".sheet .content").first.hover()
    card = page.locator("#card")
    sync_api.expect(card).to_be_visible()
    assert "said" in card.inner_text()
    assert page.locator(".note .who").first.inner_text() in card.inner_text()
    page.keyboard.press("Escape")
    sync_api.expect(card).to_be_hidden()


def test_reading_needs_no_script(browser: sync_api.Browser, address: str) -> None:
    """With JavaScript off the search answers and an article shows its statements and their notes."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 700})
    tab = context.new_page()
    tab.goto(f"{address}/?q=government")
    tab.locator(".row .words a").first.click()
    sync_api.expect(tab.locator(".sheet .content").first).to_be_visible()
    tab.locator(".sheet a.n").first.click()
    tab.wait_for_url("**#note-*")
    assert tab.evaluate("document.documentElement.scrollWidth <= 360")
    context.close()
