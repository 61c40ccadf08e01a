"""Files, folders, standard input and what cannot be read."""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path

import pytest

from onrecord import reading
from onrecord.article import Article
from onrecord.errors import InputError, LimitError, NoArticleError

PARAGRAPH = (
    "The mayor of Lune said on Monday that the bridge would be closed until the river had made up its mind."
)
PAGE = (
    "<html><head><title>A bridge closes</title></head><body><h1>A bridge closes</h1>"
    f"<p>{PARAGRAPH}</p></body></html>"
)


class Stdin:
    """Standard input with given bytes."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def test_folder(tmp_path: Path) -> None:
    """A folder is read to its depths by name, without hidden files and what belongs to a saved page."""
    for name in ("b.txt", "a/deep.html", "c.png", ".hidden.txt", "page_files/ad.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PAGE if name.endswith("html") else PARAGRAPH, encoding="utf-8")
    items = list(reading.read_all([str(tmp_path)]))
    assert [Path(item.path).name for item in items] == ["b.txt", "deep.html"]
    assert all(isinstance(item, Article) for item in items)


def test_folder_without_news(tmp_path: Path) -> None:
    """A folder without pages says so."""
    (tmp_path / "notes.bin").write_bytes(b"x")
    (error,) = reading.read_all([str(tmp_path)])
    assert isinstance(error, NoArticleError)


def test_others_go_on(tmp_path: Path) -> None:
    """An input that fails is yielded as its error, and those after it are read."""
    good = tmp_path / "good.txt"
    good.write_text(PARAGRAPH, encoding="utf-8")
    items = list(reading.read_all([str(tmp_path / "none.txt"), str(good), "ftp://x.example/a", "\0"]))
    assert [type(item).__name__ for item in items] == ["InputError", "Article", "FetchError", "InputError"]


@pytest.mark.parametrize(
    ("data", "kind"),
    [(PAGE, "text/html"), (PARAGRAPH, "text/plain"), (f'{{"text": "{PARAGRAPH}"}}', "application/json")],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: str, kind: str) -> None:
    """Standard input may be a page, a text or a table."""
    monkeypatch.setattr(sys, "stdin", Stdin(data.encode()))
    article = reading.read("-")
    assert article.page is not None
    assert article.page.media_type == kind
    assert PARAGRAPH in article.text


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        (b"", NoArticleError, "is empty"),
        (b" \n\t ", NoArticleError, "is empty"),
        (b"%PDF-1.7 ...", InputError, "PDF"),
        (b"\x1f\x8b\x08\0\0", InputError, "gzip"),
        (bytes(range(256)) * 20, InputError, "binary"),
        (b"x" * 50_000_001, LimitError, "50,000,000 bytes"),
        (b"word " * 1_000_000, LimitError, "characters"),
        (b"<html><body>" + b"<div>" * 100_000 + PARAGRAPH.encode(), LimitError, "inside one another"),
        (b"<html><body>" + f"<p>{PARAGRAPH}</p>".encode() * 450_000, LimitError, "MB to parse"),
        (
            b"<html><head><title>Front</title></head><body><form></form></body></html>",
            NoArticleError,
            "no article",
        ),
    ],
    ids=[
        "empty",
        "blank",
        "pdf",
        "gzip",
        "binary",
        "50 MB",
        "5 MB line",
        "100,000 deep",
        "50 MB page",
        "no article",
    ],
)
def test_bad_input(tmp_path: Path, data: bytes, kind: type[InputError], words: str) -> None:
    """Each kind of bad input ends in its error, named and in time."""
    file = tmp_path / "input"
    file.write_bytes(data)
    start = time.monotonic()
    with pytest.raises(kind, match=words) as caught:
        reading.read(file)
    assert str(caught.value).startswith(str(file))
    assert time.monotonic() - start < 30


def test_large_page_is_read(tmp_path: Path) -> None:
    """A page of 20 MB whose bulk is script is read, in a process of its own."""
    file = tmp_path / "large.html"
    file.write_text(
        PAGE.replace("</body>", "<script>" + "x" * 20_000_000 + "</script></body>"), encoding="utf-8"
    )
    assert reading.read(file).headline == "A bridge closes"


def test_confined_reading_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page read in a process of its own gives the same article."""
    here = reading.read_bytes(PAGE.encode(), path="p.html")
    monkeypatch.setattr("onrecord.reading.limits.DOUBTFUL_BYTES", 10)
    assert reading.read_bytes(PAGE.encode(), path="p.html") == here


@pytest.mark.parametrize(
    "data",
    [
        PARAGRAPH.encode("utf-16"),
        PARAGRAPH.encode("utf-16-le"),
        b"\xef\xbb\xbf" + PARAGRAPH.encode(),
    ],
    ids=["utf-16", "utf-16 without mark", "utf-8 with mark"],
)
def test_encodings_of_text(data: bytes) -> None:
    """UTF-16 and byte order marks are understood."""
    assert reading.read_bytes(data, path="t").text == PARAGRAPH


def test_wrong_label() -> None:
    """A page in UTF-8 that calls itself something else is read as what it is."""
    page = PAGE.replace("<head>", "<head><meta charset='shift_jis'>").replace("Lune", "Lüne")
    assert "Lüne" in reading.read_bytes(page.encode(), path="p", charset="latin-1").text


def test_old_encoding_with_label() -> None:
    """A page in windows-1252 under the name of ISO-8859-1 keeps its curly quotation marks."""
    page = PAGE.replace("<head>", "<head><meta charset='iso-8859-1'>").replace("the bridge", "“the bridge”")
    assert "“the bridge”" in reading.read_bytes(page.encode("cp1252"), path="p").text


def test_invalid_bytes_and_nul() -> None:
    """A few bytes that mean nothing become replacement characters; NUL characters stay in a text."""
    words = "Lüne, Äschen, Örl, Üsl, Käl, Söl, Mür, Täl, Nöl, Pül, Räl and Zül were dry, said Ada Müller"
    assert reading.read_bytes(words.encode() + b" \xff.", path="t").text == words + " \ufffd."
    assert reading.read_bytes(PARAGRAPH.encode() + b"\0 said.", path="t").text == PARAGRAPH + "\0 said."


def test_control_characters_in_html() -> None:
    """Control characters within a page are passed over."""
    page = PAGE.encode().replace(b"river", b"\x1b\x01ri\x0bver</div>\x07")
    assert "the river" in reading.read_bytes(page, path="p", media_type="text/html").text


def test_line_ends() -> None:
    """CR LF becomes LF, a lone CR stays, and nothing else changes."""
    assert (
        reading.read_bytes(b"One line.\r\n\r\nTwo\rlines.\r\n", path="t").text == "One line.\n\nTwo\rlines.\n"
    )


def test_other_language() -> None:
    """A text in another language is read and its language said."""
    words = "Der Bürgermeister sagte am Montag, die Brücke bleibe geschlossen, bis der Fluss ruhe."
    assert reading.read_bytes(words.encode(), path="t").language == "de"


def test_short_text_has_no_language() -> None:
    """A text too short to tell has no language, rather than a guessed one."""
    assert reading.read_bytes(b"No.", path="t").language is None


def test_no_date_is_none(tmp_path: Path) -> None:
    """A page without a date has none; the day it was read is kept apart."""
    file = tmp_path / "p.html"
    file.write_text(PAGE, encoding="utf-8")
    article = reading.read(file)
    assert (article.published, article.published_from) == (None, None)
    assert article.page is not None
    assert article.page.got is not None


def test_published_must_be_a_date() -> None:
    """A published day that is none is refused before anything is read."""
    with pytest.raises(InputError, match="no date"):
        reading.read_all(["x"], published="soon")


def test_mojibake_in_html() -> None:
    """Text that was decoded wrongly before it was saved is mended, and curly marks are left alone."""
    page = PAGE.replace("Lune", "LÃ¼ne").replace("closed", "“closed”")
    text = reading.read_bytes(page.encode(), path="p").text
    assert "Lüne" in text
    assert "“closed”" in text


def test_files_passed_over_in_a_folder_are_counted(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """One line says how many files of which kinds a folder holds that are not read."""
    for name in ("a.txt", "b.pdf", "c.jpg", "deep/d.pdf", ".hidden.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PARAGRAPH, encoding="utf-8")
    assert len(list(reading.read_all(tmp_path))) == 1
    (record,) = caplog.records
    assert record.name == "onrecord.reading"
    told = f"{tmp_path}: 3 files passed over, of a kind that is not read (2 .pdf, 1 .jpg)"
    assert record.getMessage() == told


def test_a_folder_given_to_read_says_what_reads_it(tmp_path: Path) -> None:
    """The error names the library's function and the commands."""
    with pytest.raises(InputError, match=r"read_all\(\) and the commands .*add"):
        reading.read(tmp_path)
