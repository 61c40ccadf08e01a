"""What a feed of 100,000 items costs to watch: CPU, memory, and how much of it waits in the record.

    python benchmarks/watching.py [--items 100000] [--pages 20] [--out FILE]

The feed and its pages are made up here and served on the loopback address by a process of its own; pages are
read as any others, and a finder that finds nothing stands in for the model, so that what is measured is the
feed. CPU is that of this process, user and system; memory is the most that it was resident at any time.
"""

from __future__ import annotations

import argparse
import multiprocessing
import platform
import resource
import sys
import tempfile
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path

from onrecord.record import Extractor, Record
from onrecord.watching import Told, Watch

WORDS = 60


def serve(items: int, told: Connection) -> None:
    """Serve the feed and its pages; tell the port and the size of the feed."""
    one = "<item><title>Report {0}</title><link>/report/{0}</link><description>{1}</description></item>"
    listed = "".join(one.format(number, "grain " * WORDS) for number in range(items))
    feed = f"<rss><channel>{listed}</channel></rss>".encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.rpartition("/")[2]
            found = self.path == "/feed" or name.isdigit()
            data = feed if self.path == "/feed" else f"Report {name}\n\nWard {name} has grain.\n".encode()
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/xml" if self.path == "/feed" else "text/plain")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.send((server.server_port, len(feed)))
    server.serve_forever()


def main() -> int:
    """Watch two rounds and print what they took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--pages", type=int, default=20, help="pages a round")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(
        target=serve, args=(given.items, there), daemon=True
    )
    server.start()
    port, size = here.recv()
    lines = [
        f"Python {platform.python_version()}, {time.strftime('%Y-%m-%d')}",
        f"A feed of {given.items:,} items, {size / 1e6:.1f} MB, {given.pages} pages a round.",
        "",
        "| round | CPU s | memory MB | pages added | pages waiting |",
        "| --- | --- | --- | --- | --- |",
    ]
    with tempfile.TemporaryDirectory() as folder:
        finder = Extractor("nothing", lambda _article: [])
        with Record(Path(folder) / "news.onrecord", extractor=finder) as record:
            urls = [f"http://127.0.0.1:{port}/feed"]
            watch = Watch(record, urls, pause=0, most=given.pages, allow_private=True)
            for number in (1, 2):
                begun = time.process_time()
                (told,) = (one for one in watch.round(600) if isinstance(one, Told))
                spent = time.process_time() - begun
                memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                lines.append(
                    f"| {number} | {spent:.1f} | {memory:.0f} | {told.pages['new']} | {told.waiting:,} |"
                )
    server.terminate()
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if given.out:
        given.out.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
