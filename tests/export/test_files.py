from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import QueryError
from onrecord.export import check_target, replacing, write_codebook, write_csv, write_jsonl
from onrecord.query import Row


@pytest.mark.parametrize(
    "name", ["news.onrecord", "news.onrecord-wal", "./news.onrecord-shm", "hard", "soft"]
)
@pytest.mark.parametrize("force", [False, True])
def test_the_record_is_never_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, force: bool
) -> None:
    """The record and what SQLite keeps beside it are refused under every name, by force too."""
    monkeypatch.chdir(tmp_path)
    record = tmp_path / "news.onrecord"
    record.write_bytes(b"")
    Path("hard").hardlink_to(record)
    Path("soft").symlink_to(record)
    with pytest.raises(QueryError, match="the record itself"):
        check_target(Path(name), Path("news.onrecord"), force=force)


@pytest.mark.parametrize("name", ["a.xlsx", "a.XLS", "a.ods"])
def test_workbooks_are_refused(tmp_path: Path, name: str) -> None:
    """A name that makes a spreadsheet expect its own format is refused, and CSV named."""
    with pytest.raises(QueryError, match=r"Name a \.csv"):
        check_target(tmp_path / name, tmp_path / "news.onrecord", force=True)


def test_earlier_exports_may_be_replaced(tmp_path: Path, rows: list[Row]) -> None:
    """CSV, JSON lines, codebooks and empty files may be written over; any other file only by force."""
    record, target = tmp_path / "news.onrecord", tmp_path / "out"
    for write in (
        lambda s: write_csv(rows, s),
        lambda s: write_jsonl(rows, s),
        write_codebook,
        lambda s: None,
    ):
        with target.open("w", encoding="utf-8", newline="") as stream:
            write(stream)
        check_target(target, record)
    for other in (b"id,name\n1,a\n", b'{"id": 1}\n', b"{broken\n", b"\xff\xfe notes"):
        target.write_bytes(other)
        with pytest.raises(QueryError, match="--force"):
            check_target(target, record)
        check_target(target, record, force=True)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    """What is there and is not a file is refused, by force too."""
    with pytest.raises(QueryError, match="not a file"):
        check_target(tmp_path, tmp_path / "news.onrecord", force=True)


def test_a_failed_export_leaves_the_earlier_one(tmp_path: Path) -> None:
    """Until all is written the targets are untouched, and a failure leaves no draft behind."""
    first, second = tmp_path / "a.csv", tmp_path / "b.md"
    first.write_text("earlier", encoding="utf-8")
    with pytest.raises(TypeError), replacing([first, second]) as (one, _):
        one.writelines(["half", 2])  # type: ignore[list-item]
    assert first.read_text(encoding="utf-8") == "earlier"
    assert list(tmp_path.iterdir()) == [first]


def test_a_link_is_followed_and_the_mode_kept(tmp_path: Path) -> None:
    """Writing to a link replaces what it leads to, with the permissions it had."""
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("", encoding="utf-8")
    real.chmod(0o640)
    link.symlink_to(real)
    with replacing([link]) as (stream,):
        stream.write("new")
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "new"
    assert real.stat().st_mode & 0o777 == 0o640
