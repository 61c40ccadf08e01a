"""Where articles come from: files, folders, patterns, standard input, URLs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from onrecord.article import Article, Page
from onrecord.errors import InputError, NoArticleError
from onrecord.reading import decode, fetch, tables
from onrecord.reading.dates import parse_declared
from onrecord.reading.files import IN_FOLDERS, files, is_url, read_file, read_stream
from onrecord.reading.item import Item, now
from onrecord.reading.pages import kind_of, reread

__all__ = ["Item", "files", "items", "read", "read_all", "read_bytes", "read_url", "said_of"]


def read(
    source: str | Path,
    *,
    outlet: str | None = None,
    published: str | None = None,
    allow_private: bool = False,
) -> Article:
    """Read one article from a file, a row of a table (``FILE#N``), an http(s) URL or standard input (``-``).

    Args:
        source: where it is.
        outlet: who published it, where the page does not say so itself.
        published: ISO 8601 day or time, where the page does not say so itself.
        allow_private: fetch from private and loopback addresses too.

    Raises:
        InputError: it cannot be read, or the source holds several articles.
    """
    path = str(source)
    if Path(path).is_dir():
        raise InputError(
            path,
            "is a folder; read_all() and the commands that take many inputs (read, extract, add) read it",
        )
    found: Article | None = None
    for item in read_all([path], outlet=outlet, published=published, allow_private=allow_private):
        if found is not None:
            raise InputError(path, f"holds several articles; name one as {path}#1, or use read_all()")
        if isinstance(item, InputError):
            raise item
        found = item
    if found is None:
        raise NoArticleError(path, "holds no articles")
    return found


def read_all(
    sources: Iterable[str | Path],
    *,
    outlet: str | None = None,
    published: str | None = None,
    columns: Mapping[str, str] | None = None,
    allow_private: bool = False,
) -> Iterator[Article | InputError]:
    """Read every article of every source; what fails is yielded as its error and the rest goes on.

    Args:
        sources: one or many: files, folders (with all below them, by name), tables of articles (JSON
            lines, CSV, TSV), one row of a table (``FILE#N``, ``FILE#id``), http(s) URLs, ``-`` for standard
            input.
        outlet: who published them, where a page does not say so itself.
        published: ISO 8601, where a page does not say so itself.
        columns: field -> column of a table, where its name does not tell.
        allow_private: fetch from private and loopback addresses too.

    Yields:
        Articles, and errors in the place of those that cannot be read.

    Raises:
        InputError: ``published`` is no date, or ``columns`` names no field. Nothing has been read then.
    """
    if isinstance(sources, str | Path):
        sources = [sources]
    return _read_each(sources, said_of(outlet, published, columns), allow_private)


def said_of(
    outlet: str | None = None, published: str | None = None, columns: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return what a user says of pages as the values of :attr:`onrecord.article.Page.given`.

    Raises:
        InputError: ``published`` is no date, or ``columns`` names no field.
    """
    given = tables.given_columns(columns)
    if outlet:
        given["outlet"] = outlet
    if published:
        day = parse_declared(published)
        if day is None:
            raise InputError(published, "is no date; write it as 2012-12-22 or 2012-12-22T15:49")
        given["published"] = day
    return given


def read_bytes(
    data: bytes,
    *,
    path: str,
    media_type: str | None = None,
    charset: str | None = None,
    url: str | None = None,
    given: Mapping[str, str] | None = None,
) -> Article:
    """Read an article from bytes in memory.

    Args:
        data: a page of HTML, a plain text, or one row of a table as a JSON object.
        path: its name, for the article and for errors.
        media_type: ``text/html``, ``text/plain`` or ``application/json``; guessed when ``None``.
        charset: what the server declared.
        url: where it was fetched.
        given: what the page does not say of itself: ``outlet``, ``published``, ``column:FIELD``.

    Raises:
        InputError: it cannot be read.
    """
    kind = media_type or kind_of(data, charset)
    return reread(Page(data=data, media_type=kind, charset=charset, url=url, given=dict(given or {})), path)


def items(path: str, given: Mapping[str, str], *, allow_private: bool = False) -> Iterator[Item | InputError]:
    """Yield the pages of one input in their order, without reading what they say.

    The same file gives the same items under the same names. What cannot be got is yielded as its error, under
    the name of the item, or under that of the input where its rest is lost.

    Args:
        path: a file, a URL, ``-``, or a folder.
        given: what the user says of them (:func:`said_of`).
        allow_private: fetch from private and loopback addresses too.
    """
    try:
        if not path:
            yield InputError("''", "an empty name; give a file, a folder, a URL or - for standard input")
        elif path == "-":
            yield from read_stream(sys.stdin.buffer, path, None, given)
        elif is_url(path):
            yield Item(path, _fetch(path, given, allow_private))
        elif Path(path).is_dir():
            yield from _of_folder(path, given)
        else:
            yield from read_file(path, given)
    except InputError as error:
        yield error


def _of_folder(folder: str, given: Mapping[str, str]) -> Iterator[Item | InputError]:
    """Yield the pages of every file below a folder."""
    for path in files(folder):
        if path == folder:
            raise NoArticleError(
                folder, "holds no news: no " + ", ".join(sorted(IN_FOLDERS)) + " file in it or below it"
            )
        if isinstance(path, InputError):
            yield path
        else:
            yield from items(path, given)


def _read_each(
    sources: Iterable[str | Path], given: Mapping[str, str], allow_private: bool
) -> Iterator[Article | InputError]:
    for source in sources:
        for path in files(str(source)):
            found = (
                [path] if isinstance(path, InputError) else items(path, given, allow_private=allow_private)
            )
            for item in found:
                try:
                    yield item if isinstance(item, InputError) else reread(item.page, item.path)
                except InputError as error:
                    yield error


def read_url(
    url: str,
    given: Mapping[str, str],
    allow_private: bool = False,
    on_redirect: Callable[[str], None] | None = None,
) -> Article:
    """Fetch and read one page.

    Args:
        url: an http or https address.
        given: what the user says of it.
        allow_private: fetch from private and loopback addresses too.
        on_redirect: as in :func:`onrecord.reading.fetch.ask`.

    Raises:
        InputError: it cannot be fetched or read.
    """
    return reread(_fetch(url, given, allow_private, on_redirect), url)


def _fetch(
    url: str, given: Mapping[str, str], allow_private: bool, on_redirect: Callable[[str], None] | None = None
) -> Page:
    page = fetch.fetch(url, allow_private=allow_private, on_redirect=on_redirect)
    kind = page.media_type if page.media_type == decode.PLAIN else decode.HTML
    return replace(page, media_type=kind, got=now(), given=dict(given))
