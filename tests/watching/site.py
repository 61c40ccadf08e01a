"""A server on the loopback address whose answers a test writes down, and a clock that a test moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from onrecord.watching.hosts import Clock


@dataclass
class Reply:
    """One answer of the server."""

    data: bytes | str = b""
    status: int = 200
    kind: str = "text/plain; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    #: Called with the handler once the headers are out, in the place of sending ``data``.
    send: Callable[[BaseHTTPRequestHandler], None] | None = None


class FakeClock(Clock):
    """A clock that moves only while somebody sleeps, or is told to."""

    def __init__(self) -> None:
        self.time = 1_930_000_000.0  # in 2031

    def now(self) -> float:
        """Return its time."""
        return self.time

    def sleep(self, seconds: float) -> None:
        """Move on."""
        self.time += seconds


class Site:
    """What the server answers, by path, and what it was asked."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.replies: dict[str, Any] = {"/robots.txt": Reply(status=404)}
        self.asked: list[str] = []
        self.times: list[float] = []
        self.headers: list[Mapping[str, str]] = []
        self.port = 0

    @property
    def url(self) -> str:
        """The address of the server."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def other(self) -> str:
        """The same server under another name."""
        return f"http://localhost:{self.port}"

    def pages(self) -> list[str]:
        """Return the paths that were asked for, less robots.txt."""
        return [path for path in self.asked if path != "/robots.txt"]

    def report(self, number: int, more: str = "") -> str:
        """Answer with a page of its own under ``/report/N``, and return that path."""
        words = (
            f"Report {number}\n\n“Ward {number} has grain for {number + 3} days,” said Milan Dravec. {more}\n"
        )
        self.replies[f"/report/{number}"] = Reply(words)
        return f"/report/{number}"

    def rss(self, *paths: str, path: str = "/feed", **reply: Any) -> str:
        """Answer with a feed that lists these paths; return its address."""
        items = "".join(f"<item><link>{one}</link></item>" for one in paths)
        text = f"<rss version='2.0'><channel><title>Quay News</title>{items}</channel></rss>"
        self.replies[path] = Reply(text, kind="application/rss+xml", **reply)
        return self.url + path

    def sitemap(self, entries: Mapping[str, str], path: str = "/sitemap.xml") -> str:
        """Answer with a sitemap of paths and the times of their last change; return its address."""
        items = "".join(
            f"<url><loc>{self.url}{one}</loc><lastmod>{when}</lastmod></url>" for one, when in entries.items()
        )
        space = "http://www.sitemaps.org/schemas/sitemap/0.9"
        self.replies[path] = Reply(f"<urlset xmlns='{space}'>{items}</urlset>", kind="application/xml")
        return self.url + path


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    site: Site

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet."""


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Send what the test wrote down."""
        assert isinstance(self.server, _Server)
        site = self.server.site
        site.asked.append(self.path)
        site.times.append(site.clock.now())
        site.headers.append(dict(self.headers))
        reply = site.replies.get(self.path, Reply(status=404))
        if callable(reply):
            reply = reply(self)
        data = reply.data.encode() if isinstance(reply.data, str) else reply.data
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.kind)
        if reply.send is None:
            self.send_header("Content-Length", str(len(data)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if reply.send is not None:
            reply.send(self)
        else:
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep quiet."""


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    """Serve a site on a free port; on the port that it had before, where it had one."""
    server = _Server(("127.0.0.1", site.port), _Handler)
    server.site = site
    site.port = server.server_port
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
