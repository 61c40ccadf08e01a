"""A process with the stub finder, which can kill the Spark worker that it works for.

Usage: python -m tests.spark.worker DESCRIPTOR
"""

from __future__ import annotations

import os
import re
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path

from onrecord.article import Article, Page
from onrecord.batch.work import serve
from onrecord.record import Extractor, Reader
from tests.batch import worker


def reread(page: Page, path: str) -> Article:
    """Read the page; over one that says KILL ONCE (FILE), kill the task's process, once."""
    once = re.search(r"KILL ONCE \(([^)]*)\)", page.data.decode())
    if once and not Path(once[1]).exists():
        Path(once[1]).touch()
        os.kill(os.getppid(), signal.SIGKILL)
    return worker.reread(page, path)


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])), Reader("4", reread), lambda: Extractor("finder-1", worker.find))
