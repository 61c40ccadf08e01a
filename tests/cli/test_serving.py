"""``serve``: what it refuses, and that it answers until it is interrupted."""

from __future__ import annotations

import importlib.util
import json
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from onrecord.record import Record
from tests.cli.conftest import Run


@pytest.fixture
def record(tmp_path: Path) -> str:
    """Make an empty record."""
    path = tmp_path / "news.onrecord"
    Record(path).close()
    return str(path)


def test_serve_without_its_extra(run: Run, record: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the web packages are missing, the message says what to install."""
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "fastapi" else find(name))
    result = run("serve", record)
    assert result.exit_code == 1
    assert "pip install 'onrecord[web]'" in result.output


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "news.example"])
def test_another_address_needs_a_token(run: Run, record: str, host: str) -> None:
    """What other machines can reach is not opened without a token, and the message offers one."""
    result = run("serve", record, "--host", host)
    assert result.exit_code == 2
    assert "--token" in result.output


def test_a_short_token_is_refused(run: Run, record: str) -> None:
    """A token that can be guessed is refused."""
    result = run("serve", record, "--token", "secret")
    assert result.exit_code == 2
    assert "12 characters" in result.output


def test_a_record_that_is_not_there(run: Run, tmp_path: Path) -> None:
    """A name mistyped makes no empty record."""
    result = run("serve", str(tmp_path / "typo.onrecord"))
    assert result.exit_code == 1
    assert "no record" in result.output
    assert not (tmp_path / "typo.onrecord").exists()


def test_an_address_that_is_not_ours(run: Run, record: str) -> None:
    """An address that cannot be listened on is one clear line."""
    result = run("serve", record, "--host", "192.0.2.1", "--token", "correct horse battery")
    assert result.exit_code == 2
    assert "cannot listen on 192.0.2.1" in result.output


def test_serve_answers_until_interrupted(record: str) -> None:
    """The address printed answers; an interrupt ends the server well and quietly."""
    command = [sys.executable, "-m", "onrecord", "serve", record, "--port", "0", "--json", "--read-only"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout
        assert server.stderr
        line = json.loads(server.stdout.readline())
        with urllib.request.urlopen(line["url"], timeout=20) as answer:
            assert "read only" in answer.read().decode()
        server.send_signal(signal.SIGINT)
        assert server.wait(20) == 0
        assert server.stderr.read() == ""
