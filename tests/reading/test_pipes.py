"""Pipes among the files."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Thread

from onrecord import reading
from onrecord.article import Article
from onrecord.errors import InputError

WORDS = "The warden of Ostel said on Monday that the quay would stay shut."


def test_pipe_in_a_folder(tmp_path: Path) -> None:
    """A pipe in a folder is reported and not waited for, and the files beside it are read."""
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text(WORDS)
    first, second = reading.read_all([tmp_path])
    assert isinstance(first, InputError)
    assert isinstance(second, Article)


def test_pipe_by_name(tmp_path: Path) -> None:
    """A pipe that is named itself is read."""
    pipe = tmp_path / "a.txt"
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_text, args=(WORDS,), daemon=True)
    writer.start()
    assert WORDS in reading.read(pipe).text
    writer.join()
