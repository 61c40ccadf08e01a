"""The server that the app runs in."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens, so that a port which is taken is told before anything else.

    Raises:
        OSError: the address is not ours, or the port is taken.
    """
    family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen()
    except OSError:
        listening.close()
        raise
    return listening


class _Server(uvicorn.Server):
    """A server that tells when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()


def run(app: FastAPI, listening: socket.socket, ready: Callable[[], None]) -> None:
    """Answer until interrupted; requests under way are given a few seconds to end.

    Args:
        app: the app.
        listening: where it is asked.
        ready: called once it answers.
    """
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, proxy_headers=False,
        timeout_graceful_shutdown=5, ws="none",
    )  # fmt: skip
    # uvicorn raises the signal again once all is closed: for us an interrupt is the usual end.
    with contextlib.suppress(KeyboardInterrupt):
        _Server(config, ready).run(sockets=[listening])
