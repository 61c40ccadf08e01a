"""One page to one article: the same code for a first reading and for reading a stored page again."""

from __future__ import annotations

from onrecord.article import Article, Page
from onrecord.errors import LimitError
from onrecord.reading import confined, decode, tables, text, wire
from onrecord.reading.draft import too_long
from onrecord.reading.limits import MAX_BYTES, MAX_CHARACTERS

#: Raised whenever the same bytes give other parts or fields than before.
READER_VERSION = "5"


def reread(page: Page, path: str) -> Article:
    """Read a stored page; the same page and reader version give the same article.

    Args:
        page: bytes with media type, and what the server and the user said of them.
        path: the input's name, for the article and for errors.

    Raises:
        InputError: it cannot be read (see :mod:`onrecord.errors` for the kinds).
    """
    if len(page.data) > MAX_BYTES:
        raise LimitError(path, f"is {len(page.data):,} bytes large, at most {MAX_BYTES:,} are read")
    decode.refuse_binary(page.data, path)
    if page.media_type == decode.HTML:
        draft = confined.read_html(page, path)
    elif page.media_type == decode.ROW:
        draft = tables.read_row(page, path)
    elif page.media_type in wire.MEDIA_TYPES:
        draft = wire.read_item(page, path)
    else:
        words = decode.normalise_lines(decode.decode(page.data, page.charset))
        if len(words) > MAX_CHARACTERS:
            raise too_long(path, len(words))
        draft = text.read_text(words, page.given.get("outlet"))
    if page.url:
        draft.fields.setdefault("url", page.url)
    return draft.finish(path, page, page.given)


def kind_of(data: bytes, charset: str | None = None) -> str:
    """Tell from the bytes whether they are a wire item, HTML or plain text."""
    item = wire.kind_of(data[: wire.HEAD])
    if item is not None:
        return item
    return decode.HTML if decode.looks_like_html(decode.decode(data[:20_000], charset)) else decode.PLAIN
