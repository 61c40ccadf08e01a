"""Packed answers of servers: what is whole and what is not."""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from onrecord.errors import FetchError
from onrecord.reading import fetch

PAGE = ("<html><body>" + "".join(f"<p>{random.Random(n).random()}</p>" for n in range(9_000))).encode()
WHOLE = gzip.compress(PAGE)
ANSWERS = {
    "half": WHOLE[: len(WHOLE) // 2],
    "members": gzip.compress(PAGE[:100]) + gzip.compress(PAGE[100:]),
    "filled": WHOLE + b"\0" * 512,
    "empty": b"",
}


class Handler(BaseHTTPRequestHandler):
    """Answers by path, without saying how long the answer is."""

    def do_GET(self) -> None:
        """Send what the path names."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(ANSWERS[self.path.strip("/")])

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Return the address of a server that runs while these tests do."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_packed_answer_broke_off(address: str) -> None:
    """A packed answer that ends too early is an error, not a page."""
    with pytest.raises(FetchError, match="broke off"):
        fetch.fetch(f"{address}/half", allow_private=True)


@pytest.mark.parametrize(("name", "data"), [("members", PAGE), ("filled", PAGE), ("empty", b"")])
def test_packed_answer_is_whole(address: str, name: str, data: bytes) -> None:
    """All members of a packed answer are read, without the zeros that fill it up."""
    assert fetch.fetch(f"{address}/{name}", allow_private=True).data == data
