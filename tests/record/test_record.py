from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord import pipeline, reading
from onrecord.errors import RecordError
from onrecord.record import Record
from tests.record import stub
from tests.record.conftest import Open

ROOT = Path(__file__).parents[2]


def start(path: Path, first: int, count: int, *limit: str) -> subprocess.Popen[str]:
    """Start a process that adds articles and says which are safe."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.record.worker", str(path), str(first), str(count), *limit],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_killed_at_any_moment_it_loses_no_committed_page_and_keeps_no_half(path: Path) -> None:
    """SIGKILL in the middle of adding, 20 times: what was reported is there whole, nothing by half."""
    draw = random.Random(20)
    safe: set[str] = set()
    for attempt in range(20):
        process = start(path, attempt * 1000, 1000)
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        time.sleep(draw.uniform(0, 0.3))
        process.send_signal(signal.SIGKILL)
        out, _ = process.communicate()
        # A last line without its end may be cut in the middle of a name.
        safe |= {line for line in out.splitlines(keepends=True) if line.endswith("\n")}
        with Record(path, extractor=stub.FINDER, reader=stub.READER) as record:
            held = {f"{name}\n" for (name,) in record.rows("SELECT path FROM page")}
            assert safe <= held
            whole = record.value("SELECT count(*) FROM article a WHERE (SELECT count(*) FROM standing s "
                                 "WHERE s.article_id = a.id) = 2")  # fmt: skip
            assert whole == len(held) == record.value("SELECT count(*) FROM run")
    with Record(path, read_only=True) as record:
        assert len(safe) > 100
        assert list(record.verify()) == []
    with Record(path) as record:
        assert list(record.verify()) == []


def test_killed_while_it_is_made_a_record_opens_again(tmp_path: Path) -> None:
    """SIGKILL while the file is made leaves one that opens, migrates and takes articles."""
    draw = random.Random(5)
    for attempt in range(5):
        path = tmp_path / f"{attempt}.onrecord"
        process = start(path, 0, 5)
        deadline = time.monotonic() + 20
        while not path.exists() and time.monotonic() < deadline:
            time.sleep(0.0005)
        time.sleep(draw.uniform(0, 0.004))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        with Record(path, extractor=stub.FINDER, reader=stub.READER) as record:
            record.add(stub.article())
            assert list(record.verify()) == []


def test_two_processes_add_to_one_record_at_once(path: Path) -> None:
    """Both make the file, both add, partly the same articles: all are there, once each."""
    processes = [start(path, 0, 150), start(path, 75, 150)]
    outcomes = [process.communicate(timeout=60) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], outcomes
    with Record(path, read_only=True) as record:
        assert record.value("SELECT count(*) FROM page") == 225
        assert record.value("SELECT count(DISTINCT article_id) FROM standing") == 225
    with Record(path) as record:
        assert list(record.verify()) == []


def test_questions_are_answered_while_another_process_adds(path: Path) -> None:
    """A reader beside a writer gets whole answers and no error."""
    Record(path).close()
    process = start(path, 0, 300)
    asked = 0
    with Record(path, read_only=True) as record:
        while process.poll() is None:
            found = record.said("grain", limit=1000)
            assert len({row.id for row in found}) == len(found)
            asked += 1
    assert process.communicate()[1] == ""
    assert asked > 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a file system of 2 MB of its own."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "onrecord-test", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("a small file system cannot be mounted here (needs root and CAP_SYS_ADMIN)")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_loses_nothing_that_was_reported(small_disk: Path, tmp_path: Path) -> None:
    """On a full disk adding stops with one clear line, what was reported is whole, and a copy takes more."""
    path = small_disk / "news.onrecord"
    process = start(path, 0, 100_000)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "the disk" in err
    assert "full" in err
    check_whole(path, out, tmp_path)


def test_a_file_that_may_not_grow_loses_nothing_that_was_reported(path: Path, tmp_path: Path) -> None:
    """Under a quota (here a limit on the size of files) the same holds."""
    process = start(path, 0, 100_000, "3000000")
    out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "full" in err
    check_whole(path, out, tmp_path)


def check_whole(path: Path, out: str, elsewhere: Path) -> None:
    """Assert that what was reported is in the record, which is sound and takes more."""
    copy = elsewhere / "copy.onrecord"
    for suffix in ("", "-wal"):
        if Path(f"{path}{suffix}").exists():
            Path(f"{copy}{suffix}").write_bytes(Path(f"{path}{suffix}").read_bytes())
    with Record(copy, extractor=stub.FINDER, reader=stub.READER) as record:
        held = {name for (name,) in record.rows("SELECT path FROM page")}
        assert set(out.split()[1:]) <= held
        assert len(held) > 10
        assert record.add(stub.article()).state == "new"
        assert list(record.verify()) == []


def test_a_full_database_is_told_in_words(record: Record) -> None:
    """SQLite's own limit gives the same line, and the record stays open and sound."""
    record.add(stub.numbered(0))
    pages = record.value("PRAGMA page_count")
    record.rows(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(RecordError, match=r"adding .*: the disk is full; what was committed before is safe"):
        list(record.add_all(map(stub.numbered, range(1, 200))))
    record.rows("PRAGMA max_page_count = 1000000")
    assert list(record.verify()) == []
    assert record.add(stub.article()).state == "new"


def test_a_writer_that_waits_too_long_says_for_whom(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record that another process holds is told apart from one that is broken."""
    first, second = opened(), opened()
    second.rows("PRAGMA busy_timeout = 50")
    with first.writing("holding"), pytest.raises(RecordError, match="another process has been writing"):
        second.add(stub.article())
    assert second.add(stub.article()).state == "new"


def test_the_packages_own_reader_and_finder_are_the_default(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without others given, pages are read and searched by the package's own, versions and all."""
    monkeypatch.setattr(pipeline, "model_version", lambda: "model-7")
    with Record(path) as record:
        assert (record.reader.version, record.reader.reread) == (reading.READER_VERSION, reading.reread)
        assert (record.extractor.version, record.extractor.extract) == ("model-7", pipeline.extract)
