from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.errors import QueryError
from onrecord.record import Record, store
from tests.record import stub
from tests.record.conftest import Open


@pytest.mark.parametrize(
    "key", ["port.txt", "https://news.example/port", "http://news.example/port#top", "HASH"]
)
def test_a_page_is_removed_by_path_url_or_hash(
    record: Record, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each name of a page takes it out: bytes, text and statements; others stay."""
    monkeypatch.chdir(tmp_path)
    Path("port.txt").write_text(stub.PORT, encoding="utf-8")
    record.add(stub.article())
    record.add(stub.numbered(1))
    page = stub.article().page
    assert page is not None
    removed = record.remove(page.sha256 if key == "HASH" else key, reason="asked", author="ana")
    assert (removed.pages, removed.statements) == ((page.sha256,), 2)
    for table in ("page", "page_bytes", "text", "run"):
        assert record.value(f"SELECT count(*) FROM {table}") == 1
    assert [row.path for row in record.said()] == ["1.txt", "1.txt"]
    assert list(record.verify()) == []


def test_the_tombstone_says_what_when_by_whom_and_why(record: Record) -> None:
    """What stays of a removed page is its hash and address, and the decision."""
    record.add(stub.article())
    record.remove("https://news.example/port", reason="asked by the source", author="ana")
    (row,) = record.rows("SELECT sha256, path, url, reason, author, length(removed) FROM tombstone")
    page = stub.article().page
    assert page is not None
    assert row == (page.sha256, "port.txt", "https://news.example/port", "asked by the source", "ana", 20)


def test_removed_words_are_gone_from_the_file(path: Path, opened: Open) -> None:
    """After a takedown no byte of the sentence, of its anchor or of its log is left on disk."""
    record = opened()
    record.add(stub.article())
    record.add(stub.numbered(1))
    record.judge(record.said("grain stores")[0].id, accept=True, author="ana")
    record.remove("https://news.example/port", reason="asked", author="ana")
    kept = b"".join(file.read_bytes() for file in path.parent.iterdir())
    for words in ("grain stores", "northern gate", "Milan Dravec, who"):
        assert words.encode() not in kept
    assert b"has grain for 4 days" in kept


def test_judgements_on_a_removed_page_stay_without_the_words(record: Record) -> None:
    """Who decided what, and when, is never dropped; the quoted words are."""
    record.add(stub.article())
    record.judge(record.said("grain")[0].id, field="office", value="warden", author="ana")
    record.remove("https://news.example/port", reason="asked", author="ben")
    (made,) = record.orphans()
    assert (made.author, made.value, made.exact, made.place) == ("ana", "warden", None, "removed")
    assert list(record.verify()) == []


def test_removing_a_url_takes_out_all_its_versions(record: Record) -> None:
    """A takedown does not bring the version before back into sight."""
    record.add(stub.article())
    record.add(stub.article(stub.PORT + "A line more.\n"))
    assert len(record.remove("https://news.example/port", reason="asked", author="ana").pages) == 2
    assert record.said() == []
    assert list(record.verify()) == []


def test_removing_one_version_by_its_hash_leaves_the_other(record: Record) -> None:
    """By hash only that version goes, and the newest that is left stands, judgements with it."""
    record.add(stub.article())
    newer = stub.article(stub.PORT + "“This was never so,” said Ana Pelt.\n")
    record.add(newer)
    record.judge(record.said("grain")[0].id, field="office", value="warden", author="ana")
    record.judge(record.said("never")[0].id, accept=True, author="ana")
    assert newer.page is not None
    record.remove(newer.page.sha256, reason="asked", author="ana")
    assert (len(record.said()), record.said("grain")[0].office) == (2, "warden")
    assert [(made.field, made.exact) for made in record.orphans()] == [("verdict", None)]
    assert list(record.verify()) == []


def test_bytes_that_another_page_shares_are_kept(record: Record) -> None:
    """Taking out one outlet's print of a text leaves the other outlet's."""
    record.add(stub.article())
    record.add(stub.article(path="b.txt", url="https://other.example/port", outlet="Hill Gazette"))
    record.remove("https://other.example/port", reason="asked", author="ana")
    assert [row.outlet for row in record.said("grain")] == ["Coast Courier"]
    assert list(record.verify()) == []


@pytest.mark.parametrize(
    ("key", "reason", "author", "message"),
    [
        ("nowhere.txt", "asked", "ana", "no page 'nowhere.txt'"),
        ("port.txt", " ", "ana", "needs a reason"),
        ("port.txt", "asked", "", "needs a reason and an author"),
    ],
)
def test_a_removal_that_names_nothing_is_refused(
    record: Record, key: str, reason: str, author: str, message: str
) -> None:
    """No page, no reason or no author: a clear line, and nothing is removed."""
    record.add(stub.article())
    with pytest.raises(QueryError, match=message):
        record.remove(key, reason=reason, author=author)
    assert len(record.said()) == 2


def test_a_relative_path_names_the_file_in_this_folder_only(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files of one name in two folders are two articles, and a removal in one leaves the other."""
    for number, folder in enumerate(("a", "b", "c")):
        (tmp_path / folder).mkdir()
        monkeypatch.chdir(tmp_path / folder)
        if folder != "c":
            record.add(replace(stub.numbered(number), path="article.txt", url=None, page=None))
    with pytest.raises(QueryError, match="no page"):
        record.remove("article.txt", reason="asked", author="ana")
    monkeypatch.chdir(tmp_path / "b")
    record.remove("article.txt", reason="asked", author="ana")
    assert {row.headline for row in record.said()} == {"Report 0 from ward 0"}


def test_a_relative_path_whose_file_is_gone_takes_no_page(record: Record) -> None:
    """A page with a url may have been given in another folder: it is named, not removed."""
    record.add(stub.article())
    with pytest.raises(QueryError, match=r"no file '/.*port.txt' is there .*news.example/port"):
        record.remove("port.txt", reason="asked", author="ana")
    assert len(record.said()) == 2


def test_what_names_several_articles_is_refused_with_their_names(record: Record) -> None:
    """A path that was overwritten with another article removes neither; each is named by its hash."""
    pages = [stub.numbered(1), stub.article()]
    named = [record.add(replace(page, path="article.txt", url=None, page=None)).page for page in pages]
    with pytest.raises(QueryError, match="names 2 articles") as told:
        record.remove("article.txt", reason="asked", author="ana")
    assert all(sha256 in str(told.value) for sha256 in named)
    with pytest.raises(QueryError, match="'-' names no page"):
        record.remove("-", reason="asked", author="ana")
    assert len(record.said()) == 4


def test_a_path_whose_bytes_are_held_under_another_is_told(record: Record, tmp_path: Path) -> None:
    """A copy of a file is not in the record by its own path; the error names the path that is."""
    record.add(stub.article(url=None))
    copy = tmp_path / "copy.txt"
    copy.write_text(stub.PORT, encoding="utf-8")
    with pytest.raises(QueryError, match=r"copy\.txt' is held as 'port\.txt'\. Give that path"):
        record.remove(str(copy), reason="asked", author="ana")
    assert record.said("grain")


def test_a_reader_that_holds_removed_words_is_told_of(
    path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another reads an older view the log cannot be emptied, and the removal says so."""
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.1)
    record = opened()
    record.add(stub.article())
    reader = sqlite3.connect(path)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM page").fetchone()
    assert not record.remove("https://news.example/port", reason="asked", author="ana").wiped
    reader.close()
    record.add(stub.numbered(1))
    assert record.remove("https://news.example/report/1", reason="asked", author="ana").wiped


def test_the_context_of_a_judgement_goes_with_the_version_it_was_made_on(path: Path, opened: Open) -> None:
    """A judgement that stands in the version left is anchored there; no removed word stays beside it."""
    record = opened()
    record.add(stub.article())
    named = stub.article(stub.PORT.replace("who left at noon", "son of Oto Brell"))
    assert named.page is not None
    record.add(named)
    record.judge(record.said("grain")[0].id, field="office", value="warden", author="ana")
    record.remove(named.page.sha256, reason="asked", author="ana")
    assert (record.said("grain")[0].office, record.orphans()) == ("warden", [])
    assert list(record.verify()) == []
    assert b"Oto Brell" not in b"".join(file.read_bytes() for file in path.parent.iterdir())
