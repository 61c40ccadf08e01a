"""Exports of press databases, cut into articles."""

from __future__ import annotations

import io
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from onrecord import reading
from onrecord.article import Article
from onrecord.errors import InputError, LimitError
from onrecord.reading import press, sources
from tests.reading import press_samples as samples

FORMS = {
    "text": samples.as_text,
    "html": samples.as_html,
    "docx": samples.as_docx,
    "rtf": samples.as_rtf,
}


def read(tmp_path: Path, data: bytes) -> list[Article]:
    """Read an export that has no fault."""
    file = tmp_path / "export"
    file.write_bytes(data)
    found = list(reading.read_all([file]))
    assert all(isinstance(one, Article) for one in found), found
    return [one for one in found if isinstance(one, Article)]


def check(articles: Sequence[Article], day: str = "2024-03") -> None:
    """Check the articles that the samples are made of."""
    for n, one in enumerate(articles, start=1):
        assert one.headline == f"Tram {n} to run until midnight"
        assert one.outlet == f"The Veldt Courier {n}"
        assert one.published == f"{day}-{n:02}"
        assert one.quote(one.parts["body"][:1]) == samples.BODY[0]
        assert one.quote(one.parts["body"][-1:]) == samples.BODY[-1]


@pytest.mark.parametrize("write", FORMS.values(), ids=FORMS)
def test_nexis(tmp_path: Path, write: Callable[[Sequence[str]], bytes]) -> None:
    """An export of Nexis Uni gives its articles, whatever the kind of file."""
    lines = [
        *samples.COVER,
        *samples.nexis(1),
        "Page 2 of 3",
        *samples.nexis(2, less=True),
        *samples.nexis(3),
    ]
    articles = read(tmp_path, write(lines))
    assert [one.path.rpartition("#")[2] for one in articles] == ["1", "2", "3"]
    check(articles)
    assert (articles[0].byline, articles[0].section) == ("Jan Orr", "NEWS; Pg. 3")
    assert (articles[0].standfirst, articles[1].byline) == ("Trams run late.", None)


def test_nexis_lookalikes(tmp_path: Path) -> None:
    """Lines of a text that look like those of the export stay in the text."""
    body = [samples.BODY[0], *samples.LOOKALIKES, samples.BODY[1]]
    lines = [*samples.nexis(1, body), *samples.nexis(2, body)]
    articles = read(tmp_path, samples.as_docx(lines))
    check(articles)
    assert len(articles) == 2
    for one in articles:
        assert all(line in one.text for line in samples.LOOKALIKES)


@pytest.mark.parametrize("form", ["text", "html"])
def test_academic(tmp_path: Path, form: str) -> None:
    """An export of LexisNexis Academic gives its articles."""
    articles = read(tmp_path, FORMS[form]([*samples.academic(1, 2), *samples.academic(2, 2)]))
    assert len(articles) == 2
    check(articles, "2009-03")
    assert articles[1].byline == "JAN ORR"


@pytest.mark.parametrize("write", FORMS.values(), ids=FORMS)
def test_factiva(tmp_path: Path, write: Callable[[Sequence[str]], bytes]) -> None:
    """An export of Factiva without indexing gives its articles, named by their accession numbers."""
    body = [samples.BODY[0], *samples.LOOKALIKES, samples.BODY[1]]
    lines = [*samples.factiva(1), *samples.factiva(2, less=True), *samples.factiva(3, body)]
    articles = read(tmp_path, write(lines))
    assert [one.path.rpartition("#")[2] for one in articles] == [samples.number(n) for n in (1, 2, 3)]
    check(articles)
    assert (articles[0].byline, articles[0].section, articles[1].byline) == ("Jan Orr", "News", None)
    assert all(line in articles[2].text for line in samples.LOOKALIKES)


@pytest.mark.parametrize("form", ["cells", "tabs", "html"])
def test_factiva_with_codes(tmp_path: Path, form: str) -> None:
    """An export of Factiva with indexing gives its articles, and no codes in their texts."""
    body = [samples.BODY[0], *samples.LOOKALIKES, samples.BODY[1]]
    fields = [*samples.factiva_fields(1), *samples.factiva_fields(2, body)]
    mark = "|" if form == "cells" else "\t"
    text = "\n".join(f"{code}{mark}{words}" + (mark if form == "cells" else "") for code, words in fields)
    articles = read(tmp_path, samples.fields_as_html(fields) if form == "html" else text.encode())
    assert [one.path.rpartition("#")[2] for one in articles] == [samples.number(n) for n in (1, 2)]
    check(articles)
    assert "Europe" not in articles[0].text
    assert all(line in articles[1].text for line in samples.LOOKALIKES)


def test_one_article_of_an_export(tmp_path: Path) -> None:
    """One article is named by its number or accession number, and columns named for tables do not matter."""
    file = tmp_path / "export.rtf"
    file.write_bytes(samples.as_rtf([*samples.factiva(1), *samples.factiva(2)]))
    assert reading.read(f"{file}#2").headline == reading.read(f"{file}#{samples.number(2)}").headline
    assert len(list(reading.read_all([f"{file}#1"], columns={"text": "words"}))) == 1
    with pytest.raises(InputError, match="no article"):
        reading.read(f"{file}#9")


def test_duplicates_are_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Articles with the text of one before are read, and their number is told."""
    assert len(read(tmp_path, samples.as_text([*samples.nexis(1), *samples.nexis(1)]))) == 2
    assert "1 of its 2 articles repeat" in caplog.text


def test_article_without_text(tmp_path: Path) -> None:
    """An article that the database did not deliver is one error, and the others are read."""
    file = tmp_path / "export.docx"
    file.write_bytes(samples.as_docx([*samples.nexis(1), *samples.nexis(2, []), *samples.nexis(3)]))
    found = list(reading.read_all([file]))
    assert [type(one).__name__ for one in found] == ["Article", "NoArticleError", "Article"]


def test_hundreds(tmp_path: Path) -> None:
    """Hundreds of articles in a file are as many pages."""
    lines = [line for n in range(500) for line in samples.nexis(n % 28 + 1, [f"It is {n}.", *samples.BODY])]
    file = tmp_path / "export.docx"
    file.write_bytes(samples.as_docx([*samples.COVER, *lines]))
    assert len(list(sources.items(str(file), {}))) == 500


def test_text_that_speaks_of_exports(tmp_path: Path) -> None:
    """A text in which words of an export occur is one article."""
    lines = ["End of Document, said the clerk of Veldt on Monday.", *samples.LOOKALIKES, "Document signed."]
    (article,) = read(tmp_path, samples.as_text(lines))
    assert "#" not in article.path


def zipped(files: dict[str, bytes]) -> bytes:
    """Return files as a ZIP archive."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return data.getvalue()


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w:document>&b;</w:document>'
BAD = {
    "another zip": (zipped({"a.txt": b"x"}), InputError),
    "too many files": (zipped({f"{n}.xml": b"" for n in range(2_100)}), LimitError),
    "too large": (zipped({"word/document.xml": b" " * 101_000_000}), LimitError),
    "entities": (zipped({"word/document.xml": BOMB}), InputError),
    "no package": (zipped({"word/document.xml": b"<x/>"}), InputError),
    "cut zip": (samples.as_docx(samples.nexis(1))[:-300], InputError),
    "no export": (samples.as_docx(["A letter.", "Yours, Mara"]), InputError),
    "rtf letter": (samples.as_rtf(["A letter."]), InputError),
    "rtf braces": (b"{\\rtf1 " + b"{" * 100_000, InputError),
    "rtf numbers": (b"{\\rtf1 \\u99999999999999999999 \\bin999999999 x}", InputError),
}


@pytest.mark.parametrize(("data", "kind"), BAD.values(), ids=BAD)
def test_bad_documents(tmp_path: Path, data: bytes, kind: type[InputError]) -> None:
    """A document that is damaged, hostile or no export is one error that names it."""
    file = tmp_path / "export.docx"
    file.write_bytes(data)
    (error,) = reading.read_all([file])
    assert isinstance(error, kind)
    assert error.path == str(file)


def test_links_in_rtf(tmp_path: Path) -> None:
    """Of a link the words are read and not the address; very many take no time."""
    link = r'{\field{\*\fldinst HYPERLINK "https://veldt.example/1"}{\fldrslt %s}}'
    lines = samples.nexis(1)
    lines[0] = link % lines[0]
    check(read(tmp_path, samples.as_rtf(lines)))
    file = tmp_path / "links.rtf"
    file.write_bytes(rb"{\rtf1 " + rb'{\field{\*\fldinst{HYPERLINK "' * 20_000)
    start = time.monotonic()
    with pytest.raises(InputError):
        reading.read(file)
    assert time.monotonic() - start < 10


def test_large_rtf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An RTF document larger than allowed is refused before it is read."""
    monkeypatch.setattr(press, "_MOST_RTF", 100)
    file = tmp_path / "export.rtf"
    file.write_bytes(samples.as_rtf(samples.nexis(1)))
    with pytest.raises(LimitError, match="fewer articles"):
        reading.read(file)


@pytest.mark.parametrize(("module", "form"), [("docx", "docx"), ("striprtf.striprtf", "rtf")])
def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, form: str) -> None:
    """Without what reads documents the error names the extra to install."""
    file = tmp_path / "export"
    file.write_bytes(FORMS[form](samples.nexis(1)))
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(InputError, match=r"onrecord\[archives\]"):
        reading.read(file)
