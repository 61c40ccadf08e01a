"""One page of an input, not yet read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

from onrecord.article import Page


@dataclass(frozen=True, slots=True)
class Item:
    """One page of an input, not yet read.

    Attributes:
        path: the input as given; for one of many in a file ``FILE#N`` or ``FILE#id``.
        page: its bytes, with what is said of them.
        reached: how many bytes of the file have been read by then, when that is known.
    """

    path: str
    page: Page
    reached: int | None = None


def now() -> str:
    """Return the present moment, ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def position(stream: BinaryIO) -> int | None:
    """Return how many bytes of a file have been read, ``None`` for a pipe."""
    try:
        return stream.tell()
    except (OSError, ValueError):
        return None
