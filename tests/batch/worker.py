"""A worker with the stub finder, which dies, hangs or grows over pages that say so.

Usage: python -m tests.batch.worker DESCRIPTOR
"""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

from onrecord import reading
from onrecord.article import Article, Page, Statement
from onrecord.batch.work import serve
from onrecord.record import Extractor, Reader
from tests.record import stub


def reread(page: Page, path: str) -> Article:
    """Read the page; die over one that says DIE, and over DIE ONCE (FILE) unless the file is there."""
    text = page.data.decode()
    once = re.search(r"DIE ONCE \(([^)]*)\)", text)
    if once and not Path(once[1]).exists():
        Path(once[1]).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if "DIE NOW" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "HANG" in text:
        time.sleep(60)
    return reading.reread(page, path)


def find(article: Article) -> list[Statement]:
    """Find as the stub does, after a moment that differs from page to page: answers are out of order."""
    time.sleep(len(article.text) % 7 / 500)
    if "BREAK" in article.text:
        raise ZeroDivisionError("made to fail")
    return stub.find(article)


def main() -> None:
    """Serve."""
    serve(Connection(int(sys.argv[1])), Reader("reader-1", reread), lambda: Extractor("finder-1", find))


if __name__ == "__main__":
    main()
