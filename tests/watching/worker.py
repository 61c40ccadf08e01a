"""A process that watches feeds, for a test that kills it.

Usage: python -m tests.watching.worker RECORD URL...
"""

from __future__ import annotations

import sys

from onrecord.record import Record
from onrecord.watching import Watch
from tests.record import stub


def main(path: str, *urls: str) -> None:
    """Make one round."""
    with Record(path, extractor=stub.FINDER) as record:
        list(Watch(record, urls, pause=0, allow_private=True).round(60))


if __name__ == "__main__":
    main(*sys.argv[1:])
