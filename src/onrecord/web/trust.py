"""Whom the app answers, and what it lets a browser do with the answer.

- The Host header must be an address of ours: a page of a stranger whose name was pointed at this machine
  (DNS rebinding) reads nothing.
- With a token, nobody reads who has not shown it.
- A change must come from a form of ours: its token is bound to the browser's session cookie, which no other
  site can read (OWASP, "Cross-Site Request Forgery Prevention": signed double submit), and what the browser
  itself says of where a request comes from (``Sec-Fetch-Site``, ``Origin``) must agree.
- Every answer forbids scripts and styles that are not files of ours, framing, and guessing of types.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import logging
import re
import secrets
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit

from fastapi import HTTPException, Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: What a browser may do with our pages: load our own files, ask us, send forms to us; nothing else.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not "no-referrer": with that, browsers send "Origin: null" with our own forms, and none would pass.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}

#: Bytes of the largest request; a page that is uploaded may have 50 MB.
LARGEST: Final = 51_000_000

#: A token that can be guessed guards nothing.
SHORTEST_TOKEN: Final = 12

_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_HOST: Final = re.compile(r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<name>[A-Za-z0-9._-]+))(?::(?P<port>\d{1,5}))?")
_LONGEST_COOKIE: Final = 8192


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom one app trusts.

    Attributes:
        token: what a visitor must show, ``None`` for nothing: only for an app that is bound to loopback.
        names: host names, beside those of loopback, by which the app may be asked.
        any_address: whether it may be asked by any IP address in the Host header: that is no name of others.
        secret: signs sessions; new at each start, so that forms of an earlier one are void.
    """

    token: str | None = None
    names: frozenset[str] = frozenset()
    any_address: bool = False
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def sign(self, purpose: str, value: str) -> str:
        """Return a signature of a value that only this app can make."""
        return hmac.new(self.secret, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()

    def is_ours(self, host: str | None) -> bool:
        """Return whether a Host header names this app."""
        found = _HOST.fullmatch(host or "")
        if found is None:
            return False
        name = (found["six"] or found["name"]).lower().rstrip(".")
        if name in _LOOPBACK or name in self.names:
            return True
        return self.any_address and is_address(name)

    def opens(self, given: str) -> bool:
        """Return whether this is the token."""
        return self.token is not None and hmac.compare_digest(given.encode(), self.token.encode())


OnFault = Callable[[Request, Exception], Response]


class Guard:
    """Stands before the app (ASGI): refuses whom it does not trust, and sets headers on every answer."""

    def __init__(self, app: ASGIApp, trust: Trust, on_fault: OnFault) -> None:
        self._app = app
        self._trust = trust
        self._on_fault = on_fault

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        port = str((scope.get("server") or ("", 0))[1])
        cookies = _cookies(headers.get("cookie"))
        session = cookies.get(f"onrecord_session_{port}", "")
        # Cookies are shared by all ports of a machine: the name tells two servers apart.
        new = not re.fullmatch(r"[0-9a-f]{64}", session)
        session = secrets.token_hex(32) if new else session
        scope.setdefault("state", {})["csrf"] = self._trust.sign("csrf", session)

        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                out = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    out.setdefault(name, value)
                out.setdefault("cache-control", "no-store" if self._trust.token else "no-cache")
                if new and refused is None:
                    out.append("set-cookie", _cookie(f"onrecord_session_{port}", session))
            await send(message)

        refused = self._refusal(scope, headers, cookies.get(f"onrecord_entered_{port}", ""), port)
        if refused is not None:
            await refused(scope, receive, sending)
            return
        try:
            await self._app(scope, _capped(receive), sending)
        except Exception as error:
            # Answered here, inside: outside of us the answer would go without its headers.
            if started:
                raise
            logging.getLogger("onrecord").exception("%s %s", scope["method"], scope["path"])
            await self._on_fault(Request(scope), error)(scope, receive, sending)

    def _refusal(self, scope: Scope, headers: Headers, entered: str, port: str) -> Response | None:
        """Return the answer to a request that is not let in, ``None`` for one that is."""
        host = headers.get("host")
        if not self._trust.is_ours(host):
            asked = f"{host!r:.200}"
            return _refuse(
                421,
                f"This app does not answer to the name {asked}. Open it by the address that `onrecord serve` "
                "printed, or start it with --name NAME.",
            )
        if not _length_is_allowed(headers.get("content-length")):
            return _refuse(413, f"More than {LARGEST // 1_000_000} MB are not taken.")
        if scope["method"] not in _SAFE and not _is_of_ours(headers, host or ""):
            return _refuse(403, "This change was sent by another site, and is refused.")
        return self._not_entered(scope, headers, entered, port) if self._trust.token else None

    def _not_entered(self, scope: Scope, headers: Headers, entered: str, port: str) -> Response | None:
        """Return the answer to somebody who has not shown the token."""
        pass_ = self._trust.sign("entered", self._trust.token or "")
        if hmac.compare_digest(entered.encode(), pass_.encode()):
            return None
        scheme, _, bearer = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._trust.opens(bearer.strip()):
            return None
        query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = query.pop("token", [""])[-1]
        if scope["method"] == "GET" and given and self._trust.opens(given):
            rest = urlencode(query, doseq=True)
            # Out of the address bar, where it would be copied along with a link.
            answer = RedirectResponse(_path(scope) + (f"?{rest}" if rest else ""), 303)
            answer.headers.append("set-cookie", _cookie(f"onrecord_entered_{port}", pass_))
            return answer
        what = "The token is not right." if given else "This record is open to those who have its token."
        return _refuse(401, f"{what} Add ?token=... to the address, as `onrecord serve` printed it.")


async def check_change(request: Request) -> None:
    """Let a change through only if the record may be written and the form is one of ours.

    A dependency of every route. The form gives the token in the field ``csrf``, a script in the header
    ``X-CSRF-Token``; both find it in the page (``csrf`` in templates).

    Raises:
        HTTPException: 403, with what to do.
    """
    if request.method in _SAFE:
        return
    if request.app.state.records.read_only:
        raise HTTPException(403, "This record is open for reading only: nothing was changed.")
    given = request.headers.get("x-csrf-token")
    if given is None:
        value = (await request.form()).get("csrf")
        given = value if isinstance(value, str) else ""
    if not hmac.compare_digest(given.encode(), str(request.state.csrf).encode()):
        raise HTTPException(
            403,
            "Nothing was changed: the form is not one that this app has given to this browser since it was "
            "started. Open the page again and repeat the change.",
        )


def new_token() -> str:
    """Return a token that nobody can guess."""
    return secrets.token_urlsafe(16)


def is_address(name: str) -> bool:
    """Return whether a host is an IP address, and no name."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach an address to bind to."""
    return host == "localhost" or (is_address(host) and ipaddress.ip_address(host).is_loopback)


def _is_of_ours(headers: Headers, host: str) -> bool:
    """Return whether what the browser says of where a change comes from allows for it."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == host.lower()


def _length_is_allowed(length: str | None) -> bool:
    return length is None or (length.isascii() and length.isdigit() and int(length[:20]) <= LARGEST)


def _capped(receive: Receive) -> Receive:
    """Stop a request whose body is longer than allowed, whatever length it names."""
    got = 0

    async def receiving() -> MutableMapping[str, Any]:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > LARGEST:
            raise HTTPException(413, f"More than {LARGEST // 1_000_000} MB are not taken.")
        return message

    return receiving


def _cookies(header: str | None) -> dict[str, str]:
    jar = SimpleCookie()
    try:
        jar.load((header or "")[:_LONGEST_COOKIE])
    except ValueError:
        return {}
    return {name: one.value for name, one in jar.items()}


def _cookie(name: str, value: str) -> str:
    return f"{name}={value}; Path=/; HttpOnly; SameSite=Lax"


def _path(scope: Scope) -> str:
    """Return the path asked for as a path of ours: two slashes at the beginning would name another host."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    return "/" + raw.decode("latin-1").partition("?")[0].lstrip("/\\")


def _refuse(status: int, why: str) -> Response:
    return Response(f"{why}\n", status, media_type="text/plain; charset=utf-8")
