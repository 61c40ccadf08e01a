"""Bad input through the whole command: a clear line, the right exit status, the rest done, nothing lost.

Each input of one test is read by one process of ``onrecord add``, which may use a minute and a gigabyte.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer

import pytest

GOOD = (
    "Bridge stays shut\n\nOLDMERE (Northwire) - “The bridge will not open this year,” Transport Minister "
    "Ilse Varga told reporters on Monday.\n\nResidents said they had been told nothing.\n"
)
LIMIT_SECONDS, LIMIT_BYTES = 60, 1_000_000_000

#: Refused: name -> (bytes, a word of the line that says why).
REFUSED = {
    "empty.txt": (b"", "empty"),
    "binary.bin": (bytes(range(256)) * 400, ""),
    "long-line.txt": (b"word " * 1_000_000, "characters"),
    "deep.html": (b"<html><body>" + b"<div>" * 100_000 + b"news" + b"</div>" * 100_000, ""),
    "huge.html": (b"<html><body>" + b"<p>The mill stood still on Monday.</p>" * 1_400_000, ""),
    "german.txt": (("Der Minister sagte am Montag, die Brücke bleibe geschlossen. " * 20).encode(), "'de'"),
    "arabic.txt": (("قال الوزير يوم الاثنين إن الجسر سيبقى مغلقا هذا العام. " * 20).encode(), "'ar'"),
}  # fmt: skip

#: Read, whatever is odd about them.
READ = {
    "bom-crlf.txt": b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode(),
    "utf16.txt": GOOD.encode("utf-16"),
    "invalid.txt": GOOD.encode() + b"\xff\xfe\xfa broken \xc3 end.\n",
    "nul.txt": GOOD.encode().replace(b"told nothing", b"told\x00nothing"),
    "label.html": (
        "<html><head><meta charset='utf-16'><title>Bridge</title></head><body><p>"
        + GOOD.replace("\n\n", "</p><p>")
        + "</p></body></html>"
    ).encode(),
    "marks.txt": (GOOD + "“" * 1_001 + " he said.\n").encode(),
    "never-match.txt": (GOOD + "“No ”no “no \"no 'no «no ‘no, she said. " * 60 + "\n").encode(),
    "mixed-rtl.txt": (GOOD + "\nThe sign read العربية and closed.\n").encode(),
    "no-date.html": ("<html><body><p>" + GOOD.replace("\n\n", "</p><p>") + "</p></body></html>").encode(),
}


def _limits() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT_SECONDS, LIMIT_SECONDS))


def _run(*arguments: str, record: Path) -> tuple[subprocess.CompletedProcess[str], int]:
    """Run the command; return also the most memory it took, in kilobytes, of this process alone."""
    command = [sys.executable, "-m", "onrecord", *arguments]
    env = {"ONRECORD_RECORD": str(record), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    with TemporaryFile("w+") as out, TemporaryFile("w+") as err:
        process = subprocess.Popen(command, stdout=out, stderr=err, text=True, preexec_fn=_limits, env=env)
        timer = Timer(2 * LIMIT_SECONDS, process.kill)
        timer.start()
        _, status, used = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        done = subprocess.CompletedProcess(command, process.returncode, out.read(), err.read())
    return done, used.ru_maxrss


@pytest.mark.parametrize("name", REFUSED)
def test_refused_input_is_one_line_and_the_rest_is_done(name: str, tmp_path: Path) -> None:
    """What cannot be read is named with the reason, with status 1, and its neighbour is added."""
    data, reason = REFUSED[name]
    bad, good = tmp_path / name, tmp_path / "good.txt"
    bad.write_bytes(data)
    good.write_text(GOOD, encoding="utf-8")
    done, peak = _run("add", str(bad), str(good), "--json", record=tmp_path / "r.onrecord")
    assert done.returncode == 1, done.stderr
    (line,) = [line for line in done.stderr.splitlines() if name in line]
    assert reason in line
    assert "Traceback" not in done.stderr
    assert peak * 1024 < LIMIT_BYTES
    shown, _ = _run("said", "bridge", "--json", record=tmp_path / "r.onrecord")
    assert "Ilse Varga" in shown.stdout


def test_odd_input_is_read(tmp_path: Path) -> None:
    """Byte order marks, other charsets, invalid bytes, NULs, 1,001 marks, unmatched marks: all are read."""
    for name, data in READ.items():
        (tmp_path / name).write_bytes(data)
    done, _ = _run("extract", *(str(tmp_path / name) for name in READ), "--json", record=tmp_path / "r")
    assert done.returncode == 0, done.stderr
    answers = {Path(a["path"]).name: a for a in map(json.loads, done.stdout.splitlines())}
    assert set(answers) == set(READ)
    for name, answer in answers.items():
        said = [answer["text"][a:b] for s in answer["statements"] for a, b in s["content"]]
        assert any("The bridge will not open this year" in words for words in said), name


def test_no_news_in_a_folder_is_said(tmp_path: Path) -> None:
    """An empty folder ends with status 1 and a line that names it."""
    folder = tmp_path / "empty-folder"
    folder.mkdir()
    done, _ = _run("add", str(folder), record=tmp_path / "r.onrecord")
    assert done.returncode == 1
    assert "empty-folder" in done.stderr
