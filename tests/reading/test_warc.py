"""Web archives: their pages, and what is wrong in them."""

from __future__ import annotations

import gzip
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from fastwarc.stream_io import BrotliWriter
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import reading
from onrecord.article import Article
from onrecord.errors import InputError, NoArticleError
from onrecord.reading import limits, sources
from tests.reading.test_packed import Kept, zstd

PARAGRAPH = "The ferry company of Ostrel said on Friday that every cabin had been sold until the end of June."
DATE = "2021-03-04T05:06:07Z"


def page(n: int | str, charset: str = "utf-8") -> bytes:
    """Return an invented page."""
    head = f"<html><head><title>Ferry {n}</title></head><body><h1>Ferry {n}</h1>"
    return f"{head}<p>{PARAGRAPH} Märit {n}.</p></body></html>".encode(charset)


def record(
    url: str,
    body: bytes,
    *,
    kind: str = "response",
    status: str = "200 OK",
    fields: str = "Content-Type: text/html; charset=utf-8",
    length: int | str | None = None,
) -> bytes:
    """Return a record, with another length than its own where one is given."""
    block = f"HTTP/1.1 {status}\r\n{fields}\r\n\r\n".encode() + body
    header = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: {DATE}\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype={kind}\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return header.encode() + block + b"\r\n\r\n"


def url(n: int | str) -> str:
    """Return an invented address."""
    return f"https://ostrel.example/news/{n}.html"


PAGES = [record(url(n), page(n)) for n in range(4)]


def items(tmp_path: Path, data: bytes, name: str = "news.warc") -> list[str]:
    """Return the names of what an archive holds; errors behind a ``!``."""
    file = tmp_path / name
    file.write_bytes(data)
    names = []
    for one in sources.items(str(file), {}):
        mark = "!" if isinstance(one, InputError) else ""
        names.append(mark + one.path.removeprefix(str(file)).removeprefix("#"))
    return names


def each(pack: Callable[[bytes], bytes], records: list[bytes]) -> bytes:
    """Return an archive of which each record is packed on its own."""
    return b"".join(pack(one) for one in records)


@pytest.mark.parametrize(
    "pack",
    [
        lambda records: b"".join(records),
        lambda records: each(gzip.compress, records),
        lambda records: gzip.compress(b"".join(records)),
        lambda records: each(zstd, records),
    ],
    ids=["plain", "gzip a record", "gzip as a whole", "zstd a record"],
)
def test_pages(tmp_path: Path, pack: Callable[[list[bytes]], bytes]) -> None:
    """Each page of an archive is an article named by its address, got when it was crawled."""
    file = tmp_path / "news"
    file.write_bytes(pack(PAGES))
    articles = list(reading.read_all([file]))
    assert [one.path for one in articles] == [f"{file}#{url(n)}" for n in range(4)]
    for n, one in enumerate(articles):
        assert isinstance(one, Article)
        assert (one.headline, one.url) == (f"Ferry {n}", url(n))
        assert one.page is not None
        assert (one.page.data, one.page.got, one.page.charset) == (page(n), DATE, "utf-8")


def test_one_page(tmp_path: Path) -> None:
    """One page is named by its address or by its record's number."""
    file = tmp_path / "news.warc"
    odd = record("https://ostrel.example/?q=[a]#top", page("odd"))
    file.write_bytes(b"".join([*PAGES, odd]))
    assert reading.read(f"{file}#{url(2)}").headline == "Ferry 2"
    assert reading.read(f"{file}#3").headline == "Ferry 2"
    assert reading.read(f"{file}#https://ostrel.example/?q=[a]#top").headline == "Ferry odd"
    with pytest.raises(InputError, match="no page"):
        reading.read(f"{file}#{url(9)}")


def test_passed_over(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """What is no page is passed over, and told with its number."""
    others = [
        record(url("info"), b"software: x", kind="warcinfo"),
        record(url(0), b"GET /", kind="request"),
        record(url("a.jpg"), b"\xff\xd8\xff", fields="Content-Type: image/jpeg"),
        record(url("gone"), page("gone"), status="404 Not Found"),
        record(url("moved"), b"", status="301 Moved", fields="Location: /"),
        record(url("said.txt"), b"words", fields="Content-Type: text/plain"),
    ]
    assert items(tmp_path, b"".join([*others[:3], PAGES[0], *others[3:]])) == [url(0)]
    assert "6 of its records" in caplog.text


def test_same_address_twice(tmp_path: Path) -> None:
    """A second page of the same address is named by its number."""
    assert items(tmp_path, PAGES[0] + PAGES[0] + PAGES[1]) == [url(0), "2", url(1)]


def chunked(data: bytes) -> bytes:
    """Return data in chunks, as HTTP/1.1 sends them."""
    parts = [data[start : start + 50] for start in range(0, len(data), 50)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def brotli(data: bytes) -> bytes:
    """Return data packed with brotli."""
    kept = Kept()
    writer = BrotliWriter(kept)
    writer.write(data)
    writer.close()
    return kept.getvalue()


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        ("Transfer-Encoding: chunked", chunked(page(0))),
        ("Content-Encoding: gzip", gzip.compress(page(0))),
        ("Content-Encoding: br", brotli(page(0))),
        ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip", chunked(gzip.compress(page(0)))),
        ("Transfer-Encoding: chunked", page(0)),
        ("Content-Encoding: gzip", page(0)),
        ("Content-Encoding: br", page(0)),
    ],
    ids=["chunked", "gzip", "br", "both", "only says chunked", "only says gzip", "only says br"],
)
def test_payload(tmp_path: Path, fields: str, body: bytes) -> None:
    """A payload is decoded as its header says, and taken as it is where the crawler has decoded it."""
    file = tmp_path / "news.warc"
    file.write_bytes(record(url(0), body, fields=f"Content-Type: text/html\r\n{fields}"))
    article = reading.read(file)
    assert article.page is not None
    assert article.page.data == page(0)


def test_charset(tmp_path: Path) -> None:
    """The encoding that the server declared is used."""
    file = tmp_path / "news.warc"
    fields = "Content-Type: text/html; charset=windows-1252"
    file.write_bytes(record(url(0), page(0, "windows-1252"), fields=fields))
    assert "Märit" in reading.read(file).text


def test_payload_bomb(tmp_path: Path) -> None:
    """A payload that unpacks to more than a page may have is one error, and the rest is read."""
    fields = "Content-Type: text/html\r\nContent-Encoding: gzip"
    bomb = record(url("bomb"), gzip.compress(b"\0" * 60_000_000, 1), fields=fields)
    assert items(tmp_path, PAGES[0] + bomb + PAGES[1]) == [url(0), f"!{url('bomb')}", url(1)]


LIES = {
    "too short": record(url("lie"), page("lie"), length=90),
    "too long": record(url("lie"), page("lie"), length=700),
    "beyond the end": record(url("lie"), page("lie"), length=40_000_000),
    "beyond all": record(url("lie"), page("lie"), length=10**18),
    "below nothing": record(url("lie"), page("lie"), length=-5),
    "no number": record(url("lie"), page("lie"), length="many"),
    "endless header": b"WARC/1.0\r\nWARC-Type: response\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
    "none": b"no record at all\r\n" * 4_000,
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_lying_records(tmp_path: Path, lie: bytes, packed: bool) -> None:
    """A record that is not as it says is one error, and no other record is lost."""
    records = [PAGES[0], lie, *PAGES[1:]]
    data = each(gzip.compress, records) if packed else b"".join(records)
    assert items(tmp_path, data) == [url(0), "!2", *map(url, (1, 2, 3))]


def test_truncated(tmp_path: Path) -> None:
    """Of an archive that breaks off all whole records are read, then there is one error."""
    assert items(tmp_path, b"".join(PAGES)[:-60]) == [*map(url, (0, 1, 2)), "!4"]
    assert items(tmp_path, each(gzip.compress, PAGES)[:-60]) == [*map(url, (0, 1, 2)), "!"]


@pytest.mark.parametrize("place", [1, 3, 12, 60, -6])
def test_damaged_record(tmp_path: Path, place: int) -> None:
    """Damage in one packed record costs that record only."""
    packed = [bytearray(gzip.compress(one)) for one in PAGES]
    packed[1][place] ^= 0xFF
    found = items(tmp_path, b"".join(map(bytes, packed)))
    assert [name for name in found if not name.startswith("!")][-2:] == [url(2), url(3)]
    assert len(found) == 4
    assert place == -6 or found[1] == "!2"


def test_huge_record(tmp_path: Path) -> None:
    """A record of 300 MB is one error, told without holding it, and the rest is read."""
    file = tmp_path / "news.warc"
    head, _, _ = record(url("big"), b"", length=300_000_000).partition(b"HTTP/1.1")
    with file.open("wb") as stream:
        stream.write(PAGES[0] + head)
        stream.seek(300_000_000, 1)
        stream.write(b"\r\n\r\n" + PAGES[1])
    start = time.monotonic()
    names = [one.path.partition("#")[2] for one in sources.items(str(file), {})]
    assert names == [url(0), "2", url(1)]
    assert time.monotonic() - start < 20


def test_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A packed record that grows beyond measure is one error, and the rest is read."""
    monkeypatch.setattr(limits, "UNPACKED_BYTES", 10_000_000)
    bomb = record(url("bomb"), b"\0" * 60_000_000)
    found = items(tmp_path, each(lambda one: gzip.compress(one, 1), [PAGES[0], bomb, *PAGES[1:]]))
    assert found == [url(0), "!2", *map(url, (1, 2, 3))]


def test_archive_without_pages(tmp_path: Path) -> None:
    """An archive without a page of HTML says so."""
    file = tmp_path / "news.warc"
    file.write_bytes(record(url("info"), b"software: x", kind="warcinfo"))
    (error,) = reading.read_all([file])
    assert isinstance(error, NoArticleError)


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without FastWARC the error names the extra to install."""
    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)
    file = tmp_path / "news.warc"
    file.write_bytes(PAGES[0])
    with pytest.raises(InputError, match=r"onrecord\[archives\]"):
        reading.read(file)


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.integers(1, 30))
def test_any_damage(seed: int, much: int) -> None:
    """Whatever bytes of an archive are changed, each item has a name of its own."""
    chance = random.Random(seed)
    data = bytearray(each(gzip.compress, PAGES) if seed % 2 else b"".join(PAGES))
    for _ in range(much):
        data[chance.randrange(5, len(data))] = chance.randrange(256)
    stdin = type("Stdin", (), {"buffer": Kept(bytes(data))})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", stdin)
        found = list(sources.items("-", {}))
    names = [one.path for one in found]
    assert names
    assert len(names) == len(set(names))
