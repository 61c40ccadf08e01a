"""Fetching, against a server on the loopback address."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from onrecord import reading
from onrecord.errors import FetchError, InputError, LimitError
from onrecord.reading import fetch

PAGE = (
    "<html><head><title>A bridge closes</title></head><body><h1>A bridge closes</h1><p>The mayor of Lüne"
    " said on Monday that the bridge would be closed until the river had made up its mind.</p></body></html>"
)


NOT_PUBLIC = [
    *("127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1"),
    *("255.255.255.255", "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"),
    *("::", "nonsense"),
]


class Handler(BaseHTTPRequestHandler):
    """Answers by path."""

    def do_GET(self) -> None:
        """Send what the path names."""
        name = self.path.strip("/")
        if name.startswith("hop"):
            left = int(name[3:])
            self.send_response(302)
            self.send_header("Location", f"/hop{left - 1}" if left else "/page")
            self.end_headers()
        elif name == "outside":
            self.send_response(301)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
        elif name == "drip":
            self.answer(b"", length=100)
            try:
                for _ in range(40):
                    self.wfile.write(b"x")
                    self.wfile.flush()
                    time.sleep(0.1)
            except OSError:
                return
        elif name == "silent":
            time.sleep(1.5)
        elif name == "gone":
            self.send_error(404)
        elif name == "bomb":
            self.answer(gzip.compress(b"\0" * 60_000_000, 9), encoding="gzip")
        elif name == "gzip":
            self.answer(gzip.compress(PAGE.encode()), encoding="gzip")
        elif name == "deflate":
            packer = zlib.compressobj(wbits=-15)
            self.answer(packer.compress(PAGE.encode()) + packer.flush(), encoding="deflate")
        elif name == "pdf":
            self.answer(b"%PDF-1.7", kind="application/pdf")
        elif name == "latin":
            self.answer(PAGE.encode("latin-1"), kind="text/html; charset=ISO-8859-1")
        else:
            self.answer(PAGE.encode())

    def answer(
        self, data: bytes, kind: str = "text/html", encoding: str | None = None, length: int = 0
    ) -> None:
        """Send 200 with these bytes."""
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length or len(data)))
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep quiet."""


class Server(ThreadingHTTPServer):
    """A server that does not print what a client hung up on."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Serve on a free port; give the address."""
    server = Server(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("name", ["page", "gzip", "deflate", "latin", "hop4"])
def test_pages(site: str, name: str) -> None:
    """A page comes through packing, charsets and five redirects, with the address it came from."""
    article = reading.read(f"{site}/{name}", allow_private=True)
    assert "Lüne" in article.text
    assert article.url == f"{site}/page" if name == "hop4" else f"{site}/{name}"
    assert article.published is None
    assert article.page is not None
    assert reading.reread(article.page, article.path) == article


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("hop99", "redirects more than 5 times"),
        ("outside", "only http and https"),
        ("gone", "404"),
        ("pdf", "application/pdf"),
    ],
)
def test_refused(site: str, name: str, words: str) -> None:
    """Redirects for ever or to another scheme, errors and other media end in a line that says so."""
    with pytest.raises(FetchError, match=words):
        reading.read(f"{site}/{name}", allow_private=True)


def test_bomb(site: str) -> None:
    """A packed answer that unpacks to more than is read is refused."""
    with pytest.raises(LimitError, match="larger"):
        reading.read(f"{site}/bomb", allow_private=True)


@pytest.mark.parametrize(("name", "words"), [("drip", "longer than"), ("silent", "silent for")])
def test_slow_answers(site: str, name: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that drips or does not come is given up in time."""
    monkeypatch.setattr("onrecord.reading.limits.FETCH_SECONDS", 0.9)
    monkeypatch.setattr("onrecord.reading.limits.FETCH_SILENCE", 0.4)
    start = time.monotonic()
    with pytest.raises(FetchError, match=words):
        reading.read(f"{site}/{name}", allow_private=True)
    assert time.monotonic() - start < 3


def test_private_is_refused(site: str) -> None:
    """A loopback address is not asked unless that is allowed."""
    with pytest.raises(FetchError, match="not public"):
        reading.read(f"{site}/page")


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_addresses_that_are_not_public(address: str) -> None:
    """Private, loopback, link-local, shared, multicast and embedded private addresses are not public."""
    assert not fetch.is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"])
def test_public_addresses(address: str) -> None:
    """Addresses of the open net are public."""
    assert fetch.is_public(address)


def test_every_address_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A host with one private address among public ones is refused, before anything is connected."""
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.216.34", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)
    monkeypatch.setattr(socket, "create_connection", lambda *_: pytest.fail("connected"))
    with pytest.raises(FetchError, match="not public"):
        reading.read("http://two-faced.example/")


def test_connects_to_the_checked_address(monkeypatch: pytest.MonkeyPatch, site: str) -> None:
    """The name is resolved once, so that a second answer of the name server changes nothing."""
    port = int(site.rpartition(":")[2])
    asked: list[str] = []

    def resolve(host: str, *_: object, **__: object) -> list[object]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    original = socket.create_connection

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        assert address == ("127.0.0.1", port)
        monkeypatch.setattr(socket, "getaddrinfo", saved)
        return original(address, timeout)

    saved = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    assert reading.read(f"http://news.example:{port}/page", allow_private=True).headline == "A bridge closes"
    assert asked == ["news.example"]


@pytest.mark.parametrize(
    "url",
    [
        "http://user:pw@x.example/",
        "http:///x",
        "http://x.example:99999/",
        "http://[::1/",
        "https://a b.example/",
    ],
)
def test_addresses_that_are_none(url: str) -> None:
    """Addresses with credentials, without a host or malformed are refused."""
    with pytest.raises(InputError):
        reading.read(url)


def test_a_refused_address_is_named_once_with_the_option() -> None:
    """An address given as number is not repeated, and the option that allows it is named."""
    with pytest.raises(FetchError) as caught:
        fetch.fetch("http://127.0.0.1:9/")
    assert caught.value.reason.startswith("127.0.0.1 is not public; ")
    assert "--allow-private" in caught.value.reason
