"""The app in a real browser: a server in a thread, and Debian's Chromium driven by Playwright."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from fastapi import FastAPI

from onrecord.web.server import listen

CHROMIUM = shutil.which("chromium")

#: Marks a test that needs the browser.
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="Chromium is not installed (apt-get install chromium)"
)


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """Serve an app on a free port of loopback; yields its address."""
    listening = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="on", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


@contextmanager
def chromium() -> Iterator[object]:
    """Run a browser; yields Playwright's object for it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # A container lets no process make the namespaces that Chromium's sandbox is made of.
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()
