"""The server that the app runs in."""

from __future__ import annotations

import contextlib
import socket

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


def run(app: FastAPI, listening: socket.socket) -> None:
    """Answer until interrupted; requests under way are given a few seconds to end."""
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, proxy_headers=False,
        timeout_graceful_shutdown=5, ws="none",
    )  # fmt: skip
    # uvicorn raises the signal again once all is closed: for us an interrupt is the usual end.
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])
