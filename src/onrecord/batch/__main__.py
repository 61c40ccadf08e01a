"""One worker: a process with a model of its own, which reads pages and finds their statements.

    python -P -m onrecord.batch DESCRIPTOR

DESCRIPTOR is the open socket to the process that writes. The worker says when it is ready, then answers each
page in the order in which they come, and ends when the other side closes or is gone.
"""

from __future__ import annotations

import sys
from multiprocessing.connection import Connection

from onrecord import pipeline, reading
from onrecord.batch.work import serve
from onrecord.record import Extractor, Reader


def main(descriptor: str) -> None:
    """Serve with the package's own reader and model."""
    reader = Reader(reading.READER_VERSION, reading.reread)
    serve(Connection(int(descriptor)), reader, lambda: Extractor(pipeline.model_version(), pipeline.extract))


if __name__ == "__main__":
    main(sys.argv[1])
