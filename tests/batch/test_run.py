from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from onrecord.batch import Manifest, Run, manifest, run
from onrecord.errors import InputError, OnrecordError
from onrecord.record import Added
from tests.batch.conftest import COMMAND, Add, exported, open_record, row, write_archive


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start workers for the third page, and write five articles at a time."""
    monkeypatch.setattr(run, "FEW", 2)
    monkeypatch.setattr(run, "TOGETHER", 5)


def states(results: dict[str, Added | InputError]) -> Counter[str]:
    """Count what became of the items."""
    return Counter("error" if isinstance(one, InputError) else one.state for one in results.values())


def settle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Believe the time of change of files that were written a moment ago."""
    monkeypatch.setattr(manifest, "_FRESH", -1)


def test_a_dead_worker_costs_one_page_at_most(add: Add, tmp_path: Path) -> None:
    """A page that kills whoever works on it fails with the reason; the rest of the archive is added."""
    rows = [row(number) for number in range(9)]
    rows[4]["text"] += "DIE NOW"
    found = add(write_archive(tmp_path / "a.jsonl", rows), workers=2)
    assert states(found) == {"new": 8, "failed": 1}
    failed = found[f"{tmp_path / 'a.jsonl'}#r4"]
    assert isinstance(failed, Added)
    assert failed.reason == "the process that worked on it was killed (out of memory?), twice"


def test_many_workers_write_what_one_process_writes(tmp_path: Path) -> None:
    """However many work, and in whatever order they are ready, the export is the same byte for byte."""
    archive = write_archive(tmp_path / "a.jsonl", map(row, range(40)))
    made = []
    for workers in (1, 2):
        path = tmp_path / f"{workers}.onrecord"
        with open_record(path) as record:
            found = list(Run(record, [str(archive)], {}, workers=workers, command=COMMAND))
            assert [one.path for one in found] == [f"{archive}#r{number}" for number in range(40)]
            assert list(record.verify()) == []
        made.append(exported(path))
    assert made[0] == made[1]
    assert made[0][0].count("\n") > 40


def test_killed_at_any_moment_it_goes_on_without_loss_or_repetition(tmp_path: Path) -> None:
    """Kill -9 again and again: once it was let finish, the record equals one made in a single run."""
    archive = write_archive(tmp_path / "a.jsonl", map(row, range(60)))
    with open_record(tmp_path / "whole.onrecord") as record:
        list(Run(record, [str(archive)], {}))
    path = tmp_path / "killed.onrecord"
    command = [sys.executable, "-m", "tests.batch.adding", str(path), "2", str(archive)]
    chance, killed = random.Random(20261124), 0
    for _ in range(3):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout
        for _ in range(chance.randrange(1, 18)):
            process.stdout.readline()
        time.sleep(chance.random() / 50)
        process.kill()
        killed += process.wait() == -signal.SIGKILL
        process.stdout.close()
    assert killed == 3
    done = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert Counter(done[1:]) == Counter(f"{archive}#r{number}" for number in range(60))
    assert exported(path) == exported(tmp_path / "whole.onrecord")
    with open_record(path) as record:
        assert list(record.verify()) == []
        assert Manifest(record).counts(1) == {"done": 60}


def test_workers_that_do_not_start_are_said_to(tmp_path: Path) -> None:
    """When no worker gets ready, the run ends with the reason and does not wait for ever."""
    archive = write_archive(tmp_path / "a.jsonl", map(row, range(8)))
    broken = (sys.executable, "-c", "raise SystemExit(3)")
    with (
        open_record(tmp_path / "news.onrecord") as record,
        pytest.raises(OnrecordError, match="do not start: the last one ended with status 3"),
    ):
        list(Run(record, [str(archive)], {}, workers=2, command=broken))


def test_a_fault_over_one_page_stops_no_other(add: Add, tmp_path: Path) -> None:
    """Whatever error a page brings about is the reason why it fails, and the others are added."""
    rows = [row(number) for number in range(6)]
    rows[2]["text"] += "BREAK"
    found = add(write_archive(tmp_path / "a.jsonl", rows))
    assert states(found) == {"new": 5, "failed": 1}
    assert "ZeroDivisionError: made to fail" in (found[f"{tmp_path / 'a.jsonl'}#r2"].reason or "")


def test_what_is_done_is_not_worked_on_again(add: Add, tmp_path: Path) -> None:
    """A second run over the same file reads nothing, finds nothing, and tells the same."""
    archive = write_archive(tmp_path / "a.jsonl", map(row, range(6)))
    first = add(archive)
    with open_record(tmp_path / "news.onrecord") as record:
        record._extractor = record._reader = None  # a model asked for now would be the package's own
        again = list(Run(record, [str(archive)], {}, workers=2, command=("false",)))
    assert [one.path for one in again] == list(first)
    assert {one.state for one in again if isinstance(one, Added)} == {"unchanged"}


def test_an_unchanged_file_is_not_opened(add: Add, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Size and time of change tell that a file that was gone through is as it was."""
    settle(monkeypatch)
    archive = write_archive(tmp_path / "a.jsonl", map(row, range(6)))
    first = add(archive)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("opened"))
    assert list(add(archive)) == list(first)


def test_only_the_rows_that_changed_are_worked_on(add: Add, tmp_path: Path) -> None:
    """In a file that has changed, rows as they were are passed by; altered and new ones are worked on."""
    rows = [row(number) for number in range(6)]
    archive = write_archive(tmp_path / "a.jsonl", rows)
    add(archive)
    rows[1] = row(1, "“It was never more,” said Nela Horat. ")
    write_archive(archive, [*rows[:5], row(7)])
    assert states(add(archive)) == {"unchanged": 4, "version": 1, "new": 1}
    write_archive(archive, rows[:3])
    add(archive)
    with open_record(tmp_path / "news.onrecord") as record:
        assert Manifest(record).counts(1) == {"done": 3}


def test_a_removed_page_is_refused_by_a_later_run(add: Add, tmp_path: Path) -> None:
    """What was taken out since is no longer passed by as done; force brings it back."""
    archive = write_archive(tmp_path / "a.jsonl", map(row, range(4)))
    add(archive)
    with open_record(tmp_path / "news.onrecord") as record:
        record.remove("https://news.example/report/2", reason="asked", author="ana")
    assert states(add(archive)) == {"unchanged": 3, "refused": 1}
    assert states(add(archive)) == {"unchanged": 3, "refused": 1}
    assert states(add(archive, force=True)) == {"unchanged": 3, "new": 1}


def test_what_is_said_of_a_file_later_is_taken(add: Add, tmp_path: Path) -> None:
    """An outlet given for a file that was gone through without one has its pages read again."""
    page = tmp_path / "a.txt"
    page.write_text("Harbour\n\n“The mill stands,” said Ilka Sorn. " + "Nobody else spoke. " * 9)
    assert states(add(page)) == {"new": 1}
    assert states(add(page, given={"outlet": "Hill Gazette"})) == {"reread": 1}
    assert states(add(page)) == {"unchanged": 1}


def test_what_failed_in_an_archive_is_told_again_and_tried_when_asked(add: Add, tmp_path: Path) -> None:
    """A later run names a failed row without working on it; after a retry is asked for it is worked on."""
    rows = [row(number) for number in range(4)]
    rows[2]["text"] += "BREAK"
    archive = write_archive(tmp_path / "a.jsonl", rows)
    add(archive)
    with open_record(tmp_path / "news.onrecord") as record:
        record._extractor = record._reader = None
        told = [one for one in Run(record, [str(archive)], {}) if isinstance(one, InputError)]
        assert [one.path for one in told] == [f"{archive}#r2"]
        failures = list(Manifest(record).failures())
        assert [(one.path, "made to fail" in one.error) for one in failures] == [(f"{archive}#r2", True)]
        assert Manifest(record).retry() == 1
    with open_record(tmp_path / "news.onrecord") as record:
        waiting = [one.path for one in Manifest(record).inputs("waiting")]
        (tried,) = Run(record, waiting, {}, settled=False)
    assert isinstance(tried, Added)
    assert tried.state == "failed"


def test_an_input_that_cannot_be_opened_is_kept_as_failed(add: Add, tmp_path: Path) -> None:
    """A missing file is told with its reason; once it is there, it is added."""
    archive = tmp_path / "a.jsonl"
    assert states(add(archive)) == {"error": 1}
    with open_record(tmp_path / "news.onrecord") as record:
        (failure,) = Manifest(record).failures()
        assert (failure.path, failure.error) == (str(archive), "no such file or folder")
    write_archive(archive, map(row, range(2)))
    assert states(add(archive)) == {"new": 2}
    with open_record(tmp_path / "news.onrecord") as record:
        assert list(Manifest(record).failures()) == []


def test_an_interrupted_run_keeps_what_was_ready(tmp_path: Path) -> None:
    """Ctrl-C writes what waits to be written before it ends the run."""
    archive = write_archive(tmp_path / "a.jsonl", map(row, range(9)))
    with open_record(tmp_path / "news.onrecord") as record:

        def interrupted(path: str) -> None:
            if path.endswith("r7"):
                raise KeyboardInterrupt

        reader = record._reader
        assert reader
        record._reader = type(reader)(
            reader.version, lambda page, path: interrupted(path) or reader.reread(page, path)
        )
        with pytest.raises(KeyboardInterrupt):
            list(Run(record, [str(archive)], {}))
        assert record.value("SELECT count(*) FROM article") == 7
        assert Manifest(record).counts(1) == {"done": 7}
