"""Packed files, patterns, and files whose names do not say what they hold."""

from __future__ import annotations

import gzip
import io
import json
import sys
import time
from pathlib import Path

import pytest
from fastwarc.stream_io import ZstdWriter
from hypothesis import given
from hypothesis import strategies as st

from onrecord import reading
from onrecord.article import Article
from onrecord.errors import InputError, LimitError, NoArticleError
from onrecord.reading import limits, sources

PARAGRAPH = (
    "The harbour master of Ostrel said on Friday that no ship would leave before the ice had been measured."
)
PAGE = (
    f"<!DOCTYPE html><html><head><title>Ice</title></head><body><h1>Ice</h1><p>{PARAGRAPH}</p></body></html>"
)
ROWS = "".join(json.dumps({"id": f"n{n}", "title": f"Ice {n}", "text": PARAGRAPH}) + "\n" for n in range(200))


class Kept(io.BytesIO):
    """A file in memory whose bytes can be had after it was closed."""

    def close(self) -> None:
        """Stay open."""


def zstd(data: bytes) -> bytes:
    """Return data packed with zstd."""
    packed = Kept()
    writer = ZstdWriter(packed)
    writer.write(data)
    writer.close()
    return packed.getvalue()


@pytest.mark.parametrize("pack", [gzip.compress, zstd], ids=["gzip", "zstd"])
@pytest.mark.parametrize("name", ["page.html.gz", "page.htm.zst", "page"])
def test_packed_page(tmp_path: Path, pack: type[bytes], name: str) -> None:
    """A packed page is read as what is packed in it, whatever its name."""
    file = tmp_path / name
    file.write_bytes(pack(PAGE.encode()))
    article = reading.read(file)
    assert article.headline == "Ice"
    assert article.page is not None
    assert article.page.data == PAGE.encode()


@pytest.mark.parametrize("pack", [gzip.compress, zstd], ids=["gzip", "zstd"])
def test_packed_table(tmp_path: Path, pack: type[bytes]) -> None:
    """The rows of a packed table have the names that they have in it unpacked."""
    file = tmp_path / "news.jsonl.gz"
    file.write_bytes(pack(ROWS.encode()))
    assert [item.path for item in reading.read_all([file])] == [f"{file}#n{n}" for n in range(200)]
    assert reading.read(f"{file}#n7").headline == "Ice 7"


def test_packed_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard input may be packed, too."""
    stdin = type("Stdin", (), {"buffer": io.BytesIO(gzip.compress(PAGE.encode()))})
    monkeypatch.setattr(sys, "stdin", stdin)
    assert reading.read("-").headline == "Ice"


@pytest.mark.parametrize("pack", [gzip.compress, zstd], ids=["gzip", "zstd"])
def test_table_that_breaks_off(tmp_path: Path, pack: type[bytes]) -> None:
    """Of a packed table that breaks off, the whole rows are read, then one error names the file."""
    file = tmp_path / "news.jsonl.gz"
    noise = "".join(f"{n * n * 7919:x}" for n in range(30_000))
    packed = pack((ROWS + json.dumps({"text": noise}) + "\n").encode())
    file.write_bytes(packed[: len(packed) - 20])
    *good, error = reading.read_all([file])
    assert len(good) == 200
    assert all(isinstance(item, Article) for item in good)
    assert isinstance(error, InputError)
    assert error.path == str(file)
    assert "breaks off" in error.reason


def test_damaged_data(tmp_path: Path) -> None:
    """Packed data that are damaged end in one error that names the file."""
    file = tmp_path / "page.html.gz"
    packed = bytearray(gzip.compress(PAGE.encode() * 50))
    packed[40] ^= 0xFF
    file.write_bytes(packed)
    (error,) = reading.read_all([file])
    assert isinstance(error, InputError)
    assert "damaged" in error.reason or "breaks off" in error.reason


def test_members_one_after_the_other(tmp_path: Path) -> None:
    """Several gzip members are one file, and zeros behind them are nothing."""
    file = tmp_path / "page.html.gz"
    data = PAGE.encode()
    file.write_bytes(gzip.compress(data[:30]) + b"\0" * 512 + gzip.compress(data[30:]) + b"\0" * 100_000)
    assert reading.read(file).headline == "Ice"


def test_what_follows_packed_data(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """What follows the packed data and is none is left out, and told."""
    file = tmp_path / "page.html.gz"
    file.write_bytes(gzip.compress(PAGE.encode()) + b"signed by nobody")
    assert reading.read(file).headline == "Ice"
    assert str(file) in caplog.text


def test_bomb_as_page(tmp_path: Path) -> None:
    """A page that unpacks to more than a page may have is refused without being unpacked whole."""
    file = tmp_path / "bomb.html.gz"
    file.write_bytes(gzip.compress(b"<html>" + b"\0" * 80_000_000, 1))
    start = time.monotonic()
    with pytest.raises(LimitError, match="50,000,000"):
        reading.read(file)
    assert time.monotonic() - start < 10


def test_bomb_as_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table that grows beyond measure is not read on; the rows before that are."""
    monkeypatch.setattr(limits, "UNPACKED_BYTES", 1_000_000)
    file = tmp_path / "bomb.jsonl.gz"
    file.write_bytes(gzip.compress(ROWS.encode() + b" " * 20_000_000))
    *good, error = reading.read_all([file])
    assert len(good) == 200
    assert isinstance(error, LimitError)
    assert "200 times" in error.reason


def test_packed_twice(tmp_path: Path) -> None:
    """What is packed in something packed is not unpacked again."""
    file = tmp_path / "page.html.gz"
    file.write_bytes(gzip.compress(gzip.compress(PAGE.encode())))
    with pytest.raises(InputError, match="gzip"):
        reading.read(file)


@given(st.binary(max_size=300))
def test_any_bytes_behind_the_mark(data: bytes) -> None:
    """Whatever follows gzip's first bytes, the answer is an article or one error."""
    stdin = type("Stdin", (), {"buffer": io.BytesIO(b"\x1f\x8b" + data)})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", stdin)
        (item,) = reading.read_all(["-"])
    assert isinstance(item, Article | InputError)


def test_patterns(tmp_path: Path) -> None:
    """A pattern that no shell has expanded stands for its files, in order of name."""
    for name in ("b.html", "a.html", "c.txt", "deep/d.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PAGE, encoding="utf-8")
    names = [Path(item.path).name for item in reading.read_all([f"{tmp_path}/*.html"])]
    assert names == ["a.html", "b.html"]
    assert len(list(reading.read_all([f"{tmp_path}/**/*.html"]))) == 3
    assert list(sources.files(f"{tmp_path}/[ab].html")) == [f"{tmp_path}/a.html", f"{tmp_path}/b.html"]


def test_pattern_without_files(tmp_path: Path) -> None:
    """A pattern that no file has is one error, and the rest goes on."""
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    error, article = reading.read_all([f"{tmp_path}/*.csv", str(tmp_path / "a.html")])
    assert isinstance(error, InputError)
    assert "pattern" in error.reason
    assert isinstance(article, Article)


def test_name_that_looks_like_a_pattern(tmp_path: Path) -> None:
    """A file whose name could be a pattern is read as that file."""
    file = tmp_path / "ice [1].html"
    file.write_text(PAGE, encoding="utf-8")
    assert reading.read(file).headline == "Ice"
    table = tmp_path / "ice [2].jsonl"
    table.write_text(ROWS, encoding="utf-8")
    assert reading.read(f"{table}#n3").headline == "Ice 3"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("page.txt", PAGE, "text/html"),
        ("words.html", PARAGRAPH, "text/plain"),
        ("rows.txt", ROWS, "application/json"),
    ],
)
def test_misleading_names(tmp_path: Path, name: str, data: str, kind: str) -> None:
    """What a file holds is told from what stands in it, where that tells."""
    file = tmp_path / name
    file.write_text(data, encoding="utf-8")
    first = next(iter(reading.read_all([file])))
    assert isinstance(first, Article)
    assert first.page is not None
    assert first.page.media_type == kind


def test_packed_files_in_folders(tmp_path: Path) -> None:
    """Packed files are found in folders by the names they have unpacked."""
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    (tmp_path / "b.tar.gz").write_bytes(gzip.compress(b"x"))
    assert [Path(item.path).name for item in reading.read_all([tmp_path])] == ["a.html.gz"]


def test_folder_without_news_is_one_error(tmp_path: Path) -> None:
    """A folder without news is one error through every door."""
    (error,) = sources.items(str(tmp_path), {})
    assert isinstance(error, NoArticleError)
