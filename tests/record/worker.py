"""A process that adds made-up articles to a record, for tests that kill it, crowd it or fill its disk.

Usage: python -m tests.record.worker RECORD FIRST COUNT [FILE-SIZE-LIMIT]

Prints the url of each article once the record says that it is safe.
"""

from __future__ import annotations

import resource
import signal
import sys

from onrecord.errors import RecordError
from onrecord.record import Record, adding
from onrecord.record.actors import shipped_registry
from tests.record import stub


def main(path: str, first: str, count: str, limit: str = "") -> int:
    """Add articles FIRST to FIRST + COUNT, a few in each transaction."""
    adding.BATCH = 3
    shipped_registry()  # read once a process; the time to kill it in is that of adding
    if limit:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
    try:
        with Record(path, extractor=stub.FINDER, reader=stub.READER) as record:
            sys.stdout.write("open\n")
            sys.stdout.flush()
            for added in record.add_all(stub.numbered(int(first) + n) for n in range(int(count))):
                sys.stdout.write(f"{added.path}\n")
                sys.stdout.flush()
    except RecordError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
