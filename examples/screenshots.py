"""Picture the web app on the sample corpus: ``make screenshots``.

Makes a record of the invented articles, serves it, and takes every page at three widths, in light and dark.
All pictures go to docs/screenshots/all/, which git ignores; those of ``SHOWN`` go to docs/screenshots/ too.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import uvicorn
from playwright.sync_api import Browser, sync_playwright

import onrecord
from corpus import write
from onrecord.web import create_app
from onrecord.web.server import listen

FOLDER: Final = Path(__file__).parents[1] / "docs" / "screenshots"

#: Width and height of the window.
WIDTHS: Final = {"wide": (1280, 940), "middle": (820, 1100), "narrow": (390, 844)}
SCHEMES: Final = ("light", "dark")

#: Name of a picture -> the page's address; ``{statement}`` and ``{article}`` are found in the record.
PAGES: Final = {
    "search": "/?q=lake",
    "article": "/article/{article}#s-{statement}",
    "actor": "/actor/minna-jarrold",
    "overview": "/overview",
    "network": "/overview?since=2025#about",
}

#: What stands in the documents.
SHOWN: Final = (
    "search-wide-light", "article-wide-light", "actor-wide-light", "overview-wide-light", "network-wide-dark",
    "review-wide-light", "search-narrow-dark", "overview-narrow-light",
)  # fmt: skip


def main() -> None:
    """Take all pictures."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("screenshots: Chromium is not installed (apt-get install chromium)")
    everything = FOLDER / "all"
    everything.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="onrecord-screenshots-") as folder:
        record = Path(folder) / "corpus.onrecord"
        fill(record, Path(folder) / "pages")
        addresses = found(record)
        with serving(record) as base, sync_playwright() as playwright:
            # A container lets no process make the namespaces that Chromium's sandbox is made of.
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            addresses["review"] = draw(browser, base)
            for size in WIDTHS:
                for scheme in SCHEMES:
                    take(browser, base, addresses, size, scheme, everything)
            browser.close()
    for name in SHOWN:
        shutil.copy(everything / f"{name}.png", FOLDER / f"{name}.png")
    total = sum((FOLDER / f"{name}.png").stat().st_size for name in SHOWN)
    sys.stdout.write(
        f"{len(SHOWN)} pictures in {FOLDER}, {total / 1e6:.2f} MB; all of them in {everything}\n"
    )


def fill(record: Path, pages: Path) -> None:
    """Make the record of the corpus."""
    write(pages)
    with onrecord.Record(record) as held:
        articles = onrecord.read_all([str(pages)])
        for _ in held.add_all(one for one in articles if isinstance(one, onrecord.Article)):
            pass


def found(record: Path) -> dict[str, str]:
    """Return the pages' addresses, with a statement and its article put in."""
    with onrecord.Record(record, read_only=True) as held:
        row = held.said("calibre", limit=1)
    return {
        name: address.format(article=row[0].article, statement=row[0].id) for name, address in PAGES.items()
    }


def draw(browser: Browser, base: str) -> str:
    """Draw a sample to go through; return the address at which that begins."""
    page = browser.new_page()
    page.goto(f"{base}/review")
    page.get_by_label("Name", exact=True).fill("Least certain")
    page.get_by_label("Statements", exact=True).fill("25")
    page.get_by_role("button", name="Draw").click()
    page.wait_for_url("**/review/*")
    address = page.url.removeprefix(base)
    page.close()
    return address


@contextmanager
def serving(record: Path) -> Iterator[str]:
    """Serve the record on a free port; yields its address."""
    listening = listen("127.0.0.1", 0)
    app = create_app(record, author="you")
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


def take(
    browser: Browser, base: str, addresses: dict[str, str], size: str, scheme: str, folder: Path
) -> None:
    """Take the pages at one width, in light or dark."""
    width, height = WIDTHS[size]
    dark = scheme == "dark"
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    for name, address in addresses.items():
        answer = page.goto(base + address)
        page.wait_for_load_state("networkidle")
        if answer is None or not answer.ok:
            sys.stderr.write(f"screenshots: {address}: {answer and answer.status}\n")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            sys.stderr.write(f"screenshots: {address} is {wide} wide on a screen of {width}\n")
        page.screenshot(path=folder / f"{name}-{size}-{scheme}.png")
    context.close()


if __name__ == "__main__":
    main()
