"""Every page in a real browser: no violation of WCAG 2.2 AA that axe-core finds, and no error of its own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.web import create_app
from tests.web import browsing, crossing

VENDOR = Path(__file__).parent / "vendor"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGES = (
    "/", "/?q=mill", "/?q=nothing-has-this", "/article/2", "/overview", "/actors", "/actor/milan-dravec",
    "/review", "/history", "/add", "/article/2/source", "/article/2/history", "/statement/{id}/why",
    "/statement/{id}/correct", "/statement/{id}/printings", "/nowhere",
)  # fmt: skip

_RUN = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a record whose people hold offices and speak about each other."""
    path = tmp_path_factory.mktemp("crossing") / "crossing.onrecord"
    crossing.fill(path)
    with browsing.serving(create_app(path, extractor=crossing.FINDER, author="ana")) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Run one browser for the module."""
    with browsing.chromium() as made:
        yield made


def test_axe_is_the_file_that_its_manifest_names() -> None:
    """The checker is unaltered, with its licence beside it."""
    (named,) = json.loads((VENDOR / "manifest.json").read_text())
    assert hashlib.sha256((VENDOR / named["file"]).read_bytes()).hexdigest() == named["sha256"]
    assert (VENDOR / named["licence_file"]).read_text().startswith("Mozilla Public License, version 2.0")


@browsing.needs_chromium
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_no_page_violates_wcag(browser: Any, served: str, scheme: str, width: int) -> None:
    """axe-core finds nothing to object to, no page is wider than the screen, and nothing fails in it."""
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda said: failures.append(f"{page.url}: {said.text}") if "Content Security" in said.text else None,
    )
    axe = (VENDOR / "axe.min.js").read_text()
    some = page.request.get(f"{served}/search.json").json()["rows"][0]["id"]
    for address in PAGES:
        page.goto(served + address.format(id=some))
        page.evaluate(f"{axe}; undefined")
        for one in page.evaluate(_RUN, RULES)["violations"]:
            where = "; ".join(str(node["target"]) for node in one["nodes"][:3])
            failures.append(f"{address}: {one['id']}: {one['help']} ({where})")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            failures.append(f"{address}: {wide} wide")
    context.close()
    assert failures == []


@browsing.needs_chromium
def test_the_checker_finds_what_is_wrong(browser: Any) -> None:
    """A picture without words for it is found: the checker runs."""
    page = browser.new_page()
    page.set_content('<html lang="en"><title>x</title><main><img src="x.png"></main></html>')
    page.evaluate(f"{(VENDOR / 'axe.min.js').read_text()}; undefined")
    assert [one["id"] for one in page.evaluate(_RUN, RULES)["violations"]] == ["image-alt"]
    page.close()


@browsing.needs_chromium
def test_the_network_is_zoomed_moved_and_looked_at(browser: Any, served: str) -> None:
    """Buttons zoom, the mouse moves, and a name under the keyboard's focus shows its own arrows only."""
    page = browser.new_page()
    page.goto(f"{served}/overview")
    svg = page.locator(".network svg")
    whole = svg.get_attribute("viewBox")
    page.get_by_role("button", name="Zoom in").click()
    near = svg.get_attribute("viewBox")
    assert float(near.split()[2]) < float(whole.split()[2])
    box = svg.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 80, box["y"] + 60)
    page.mouse.up()
    assert svg.get_attribute("viewBox") != near
    for name, place, sign in (("right", 0, 1), ("left", 0, -1), ("down", 1, 1), ("up", 1, -1)):
        before = [float(part) for part in svg.get_attribute("viewBox").split()]
        page.get_by_role("button", name=f"Move {name}").focus()
        page.keyboard.press("Enter")
        after = [float(part) for part in svg.get_attribute("viewBox").split()]
        assert (after[place] - before[place]) * sign > 10
        assert after[1 - place] == before[1 - place]
    page.get_by_role("button", name="Whole picture").click()
    assert svg.get_attribute("viewBox") == whole.replace(".0", "")
    page.locator(".node").first.focus()
    chosen = page.locator(".node").first.get_attribute("data-id")
    links = page.eval_on_selector_all(
        ".link.near", "all => all.map(one => [one.dataset.from, one.dataset.to])"
    )
    assert links
    assert all(chosen in pair for pair in links)
    page.close()


@browsing.needs_chromium
def test_pages_are_read_without_scripts(browser: Any, served: str) -> None:
    """With JavaScript off, the overview has its pictures, its table and links to actors."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}/overview")
    assert page.locator(".network .node").count() > 2
    assert not page.get_by_role("button", name="Zoom in").is_visible()
    page.locator(".beside table a").first.click()
    assert "/actor/" in page.url
    context.close()


@browsing.needs_chromium
def test_forms_of_ours_are_taken_from_a_browser(browser: Any, served: str) -> None:
    """A form sent without JavaScript passes the checks that forged ones do not, and leads to a sound page."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}/review")
    page.get_by_label("Name", exact=True).fill("first")
    page.get_by_role("button", name="Draw").click()
    page.wait_for_url("**/review/first")
    assert page.locator("h1").inner_text() == "Review: first"
    context.close()
    page = browser.new_page()
    page.goto(f"{served}/review/first")
    page.evaluate(f"{(VENDOR / 'axe.min.js').read_text()}; undefined")
    assert [one["id"] for one in page.evaluate(_RUN, RULES)["violations"]] == []
    page.close()
