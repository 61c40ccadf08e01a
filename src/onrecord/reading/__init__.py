"""READ: any input (HTML, plain text, tables, folders, URLs, standard input) to an Article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from onrecord.article import Article, Page
from onrecord.errors import InputError

READER_VERSION = "1"


def read(
    source: str | Path, *, outlet: str | None = None, published: str | None = None, allow_private: bool = False
) -> Article:
    """Read one file, http(s) URL or standard input (``-``)."""
    raise NotImplementedError


def read_all(
    sources: Iterable[str],
    *,
    outlet: str | None = None,
    published: str | None = None,
    columns: Mapping[str, str] | None = None,
    allow_private: bool = False,
) -> Iterator[Article | InputError]:
    """Read many inputs; one that fails is yielded as its error and the rest goes on."""
    raise NotImplementedError


def read_bytes(
    data: bytes,
    *,
    path: str,
    media_type: str | None = None,
    charset: str | None = None,
    url: str | None = None,
    given: Mapping[str, str] | None = None,
) -> Article:
    """Read an article from bytes in memory."""
    raise NotImplementedError


def reread(page: Page, path: str) -> Article:
    """Read a stored page again; the same reader version gives the same article."""
    raise NotImplementedError
