"""One answer from the web, from an address that was checked, within limits of time and size.

The host is resolved, every address is checked to be public, and the connection goes to the address that was
checked, so that a name server cannot change its answer in between. Each redirect is checked the same way.
Proxies named in the environment are not used: behind one, the address could not be checked.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from types import MappingProxyType
from typing import Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from onrecord import __version__
from onrecord.article import Page
from onrecord.errors import FetchError, LimitError
from onrecord.reading import decode, limits

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_TYPES: Final = {
    "text/html": decode.HTML,
    "application/xhtml+xml": decode.HTML,
    "text/plain": decode.PLAIN,
    "application/xml": decode.HTML,
    "text/xml": decode.HTML,
}
_CHUNK: Final = 65_536
#: RFC 6052: addresses that a translator turns into the IPv4 address in their last 32 bits.
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")


#: As which we ask, and as which a robots.txt names us.
AGENT: Final = "onrecord"

#: Answers that say that the same question may be answered another time.
_PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered.

    Attributes:
        data: the body, unpacked; empty where ``status`` is 304.
        status: 200, or 304 where nothing has changed since the last answer.
        media_type: as declared, in lower case; empty where nothing is.
        charset: as declared.
        url: the address it came from, after redirects.
        etag: the header ``ETag``, to be given back as ``If-None-Match`` with the next question.
        modified: the header ``Last-Modified``, to be given back as ``If-Modified-Since``.
    """

    data: bytes
    status: int
    media_type: str
    charset: str | None
    url: str
    etag: str | None
    modified: str | None


def fetch(url: str, *, allow_private: bool = False, on_redirect: Callable[[str], None] | None = None) -> Page:
    """Fetch one page.

    Args:
        url: an http or https address.
        allow_private: ask private, loopback and other addresses that are not public, too.
        on_redirect: as in :func:`ask`.

    Returns:
        The page with its bytes, unpacked, its media type, charset, and the address it came from after
        redirects.

    Raises:
        FetchError: the URL is none that is asked for, nothing answers, or the answer is no page.
        LimitError: the answer is too large.
    """
    got = ask(url, types=_TYPES, allow_private=allow_private, on_redirect=on_redirect)
    looks_like_html = b"<html" in got.data[:10_000].lower()
    kind = _TYPES.get(got.media_type) or (decode.HTML if looks_like_html else decode.PLAIN)
    return Page(data=got.data, media_type=kind, charset=got.charset, url=got.url)


def ask(
    url: str,
    *,
    types: Container[str] | None = None,
    headers: Mapping[str, str] = _NOTHING,
    most: int | None = None,
    allow_private: bool = False,
    on_redirect: Callable[[str], None] | None = None,
) -> Answer:
    """Ask for what is at an address.

    Args:
        url: an http or https address.
        types: the media types that are wanted; an answer that declares another is refused before it is read.
        headers: sent along, as ``If-None-Match`` is.
        most: bytes of an answer, :data:`limits.MAX_BYTES` when not given.
        allow_private: ask private, loopback and other addresses that are not public, too.
        on_redirect: called with each address that a redirect leads to, before it is asked. It may refuse by
            raising; the time it takes does not count.

    Raises:
        FetchError: the URL is none that is asked for, nothing answers, or the answer is none of use.
        LimitError: the answer is too large.
    """
    deadline = time.monotonic() + limits.FETCH_SECONDS
    here = url
    for _ in range(limits.MAX_REDIRECTS + 1):
        try:
            got = _ask_once(here, url, deadline, types, headers, most or limits.MAX_BYTES, allow_private)
        except FetchError as error:
            error.at = here
            raise
        if isinstance(got, Answer):
            return got
        here = got
        if on_redirect is not None:
            begun = time.monotonic()
            on_redirect(here)
            deadline += time.monotonic() - begun
    raise FetchError(url, f"redirects more than {limits.MAX_REDIRECTS} times, last to {here[:200]}")


def _ask_once(
    here: str,
    url: str,
    deadline: float,
    types: Container[str] | None,
    headers: Mapping[str, str],
    most: int,
    allow_private: bool,
) -> Answer | str:
    """Return the answer from one address, or the address that it redirects to."""
    parts = _check_url(here, url)
    connection = _connect(parts, url, allow_private, deadline)
    watch = threading.Timer(max(0.05, deadline - time.monotonic()), connection.hang_up)
    watch.daemon = True
    watch.start()
    answer = None
    try:
        answer = _send(connection, parts, headers)
        if answer.status not in _REDIRECTS:
            return _answer(answer, here, url, deadline, types, most)
        target = answer.getheader("Location")
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _failure(url, error, deadline) from error
    finally:
        watch.cancel()
        if answer is not None:
            answer.close()
        connection.close()
    if not target:
        raise FetchError(url, f"answers {answer.status} without saying where to go")
    return _target(here, target, url)


def _target(here: str, target: str, url: str) -> str:
    """Return the address that a redirect leads to."""
    try:
        return urljoin(here, target.strip())
    except ValueError as error:
        raise FetchError(url, f"redirects to {target[:200]!r}, which is no address ({error})") from error


def _check_url(here: str, url: str) -> SplitResult:
    """Return the parts of an address that may be asked."""
    try:
        parts = urlsplit(here)
        port = parts.port
    except ValueError as error:
        raise FetchError(url, f"{here[:200]!r} is no address ({error})") from error
    if parts.scheme not in ("http", "https"):
        raise FetchError(url, f"{parts.scheme or 'no scheme'!r} is not fetched, only http and https")
    if not parts.hostname or port == 0:
        raise FetchError(url, f"{here[:200]!r} names no host")
    if parts.username is not None or parts.password is not None:
        raise FetchError(url, "holds a user name; addresses with credentials are not fetched")
    if any(ord(character) < 33 or ord(character) == 127 for character in parts.netloc):
        raise FetchError(url, f"{here[:200]!r} holds characters that no address may have")
    return parts


def _connect(parts: SplitResult, url: str, allow_private: bool, deadline: float) -> _Checked:
    """Connect to a checked address of the host."""
    host = parts.hostname or ""
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        reason = f"the host {host} is not known ({error})"
        raise FetchError(url, reason, reached=False, passing=True) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if not allow_private and not is_public(address):
            what = f"{host} is not public" if host == address else f"{host} is {address}, which is not public"
            raise FetchError(
                url, f"{what}; if it is meant, give --allow-private, or allow_private=True in the library"
            )
    problem: OSError | None = None
    for address in addresses[:4]:
        patience = min(limits.FETCH_SILENCE, deadline - time.monotonic())
        if patience <= 0:
            break
        connection = _Checked(host, port, address, patience, secure)
        try:
            connection.connect()
        except ssl.SSLError as error:
            reason = f"{host} has no valid certificate ({error.reason or error})"
            raise FetchError(url, reason, reached=False, passing=True) from error
        except OSError as error:
            problem = error
            continue
        return connection
    reason = f"{host} does not answer ({problem or 'no time left'})"
    raise FetchError(url, reason, reached=False, passing=True) from problem


class _Checked(http.client.HTTPConnection):
    """A connection to one given address, whatever the host's name would resolve to now."""

    def __init__(self, host: str, port: int, address: str, timeout: float, secure: bool) -> None:
        super().__init__(host, port, timeout=timeout)
        self.default_port = 443 if secure else 80
        self._address = address
        self._secure = secure
        self._plain: socket.socket | None = None

    def connect(self) -> None:
        """Connect to the address, and for https check that the certificate is the host's."""
        plain = socket.create_connection((self._address, self.port), self.timeout)
        try:
            if self._secure:
                plain = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise
        self.sock = self._plain = plain

    def hang_up(self) -> None:
        """End a connection whose time is over, so that a read that waits on it returns."""
        if self._plain is not None:
            with contextlib.suppress(OSError):
                self._plain.shutdown(socket.SHUT_RDWR)


def is_public(address: str) -> bool:
    """Tell whether an IP address is a public one, also within those that carry an IPv4 address."""
    try:
        parsed = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour
        if parsed.teredo:
            return False
        if inner is None and parsed in _NAT64:
            inner = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if parsed.is_site_local:
            return False
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved


def _send(
    connection: http.client.HTTPConnection, parts: SplitResult, more: Mapping[str, str]
) -> http.client.HTTPResponse:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        path += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    headers = {
        "User-Agent": f"{AGENT}/{__version__}",
        "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
        **more,
    }
    connection.request("GET", path, headers=headers)
    return connection.getresponse()


def _answer(
    answer: http.client.HTTPResponse,
    here: str,
    url: str,
    deadline: float,
    types: Container[str] | None,
    most: int,
) -> Answer:
    """Read the answer's body and return it with what its headers say."""
    header = Message()
    header["Content-Type"] = answer.getheader("Content-Type") or ""
    declared = header.get_content_type() if answer.getheader("Content-Type") else ""
    if answer.status not in (200, 304):
        raise FetchError(
            url, f"answers {answer.status} {answer.reason or ''}".rstrip(), status=answer.status,
            retry_after=_seconds(answer.getheader("Retry-After")), passing=answer.status in _PASSING,
        )  # fmt: skip
    if answer.status == 200 and types is not None and declared and declared not in types:
        raise FetchError(url, f"is {declared}, not a page of news", status=200)
    return Answer(
        data=_read(answer, url, deadline, most) if answer.status == 200 else b"",
        status=answer.status,
        media_type=declared,
        charset=header.get_content_charset(),
        url=here,
        etag=answer.getheader("ETag"),
        modified=answer.getheader("Last-Modified"),
    )


def _seconds(words: str | None) -> float | None:
    """Return the seconds that ``Retry-After`` asks to wait: a number or a date (RFC 9110, 10.2.3)."""
    words = (words or "").strip()
    if words.isascii() and words.isdecimal():
        return float(words[:9])
    try:
        when = parsedate_to_datetime(words)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())


def _read(answer: http.client.HTTPResponse, url: str, deadline: float, most: int) -> bytes:
    """Read and unpack the body within the limits of size and time."""
    unpack = _Unpacker((answer.getheader("Content-Encoding") or "").strip().lower(), url)
    data = bytearray()
    while chunk := answer.read1(_CHUNK):
        if time.monotonic() > deadline:
            raise TimeoutError
        try:
            data += unpack(chunk, most + 1 - len(data))
        except zlib.error as error:
            raise FetchError(url, f"its answer is packed wrongly ({error})") from error
        if len(data) > most:
            raise LimitError(url, f"is larger than {most:,} bytes")
    if time.monotonic() > deadline:
        raise TimeoutError
    if unpack.broken_off:
        raise FetchError(url, "its answer broke off: what it packed has no end", passing=True)
    if answer.length:
        raise FetchError(url, f"its answer broke off, {answer.length:,} bytes are missing", passing=True)
    return bytes(data)


class _Unpacker:
    """Unpacks an answer chunk by chunk."""

    def __init__(self, coding: str, url: str) -> None:
        if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise FetchError(url, f"its answer is packed as {coding}, which was not asked for")
        self._coding = coding
        self._plain = coding in ("", "identity")
        self._state = zlib.decompressobj(zlib.MAX_WBITS | 32)
        self._started = False

    @property
    def broken_off(self) -> bool:
        """Whether what was packed has not come to its end."""
        return self._started and not self._state.eof

    def __call__(self, chunk: bytes, most: int) -> bytes:
        """Return what a chunk holds, at most about so many bytes of it."""
        if self._plain:
            return chunk
        words = b""
        while chunk and len(words) < most:
            if self._state.eof:
                if self._coding == "deflate" or not chunk.startswith(b"\x1f"):
                    break  # Filling behind the end, as some servers send, is no part of the page.
                self._state = zlib.decompressobj(zlib.MAX_WBITS | 32)  # RFC 1952: members follow one another.
            words += self._unpack(chunk, most - len(words))
            chunk = self._state.unused_data
        return words

    def _unpack(self, chunk: bytes, most: int) -> bytes:
        try:
            words = self._state.decompress(chunk, most)
        except zlib.error:
            # Some servers send "deflate" without the zlib header that the standard asks for.
            if self._started or self._coding != "deflate":
                raise
            self._state = zlib.decompressobj(-zlib.MAX_WBITS)
            words = self._state.decompress(chunk, most)
        self._started = True
        return words


def _failure(url: str, error: Exception, deadline: float) -> FetchError:
    """Say in words what went wrong on the way."""
    if time.monotonic() >= deadline - 0.1:
        reason = f"took longer than {limits.FETCH_SECONDS:g} seconds"
    elif isinstance(error, TimeoutError):
        reason = f"was silent for {limits.FETCH_SILENCE:g} seconds"
    else:
        reason = f"its answer broke off or is no HTTP ({str(error)[:200] or type(error).__name__})"
    return FetchError(url, reason, passing=True)
