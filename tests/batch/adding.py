"""A process that adds inputs with stub workers, for tests that kill it.

Usage: python -m tests.batch.adding RECORD WORKERS INPUT...

Prints the path of each item once the record says that it is safe.
"""

from __future__ import annotations

import sys

from onrecord.batch import Run, run
from onrecord.record import Extractor, Reader, Record
from onrecord.record.actors import shipped_registry
from tests.batch import worker
from tests.batch.conftest import COMMAND


def main(path: str, workers: str, *sources: str) -> None:
    """Add, a few articles in each transaction."""
    run.TOGETHER = 3  # type: ignore[misc]
    run.FEW = 2  # type: ignore[misc]
    shipped_registry()  # read once a process; the time to kill it in is that of adding
    extractor, reader = Extractor("finder-1", worker.find), Reader("reader-1", worker.reread)
    with Record(path, extractor=extractor, reader=reader) as record:
        sys.stdout.write("open\n")
        sys.stdout.flush()
        for one in Run(record, sources, {}, workers=int(workers), command=COMMAND):
            sys.stdout.write(f"{one.path}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
