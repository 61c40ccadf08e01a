"""``watch``: lists of feeds, lines, exit statuses, and how it is stopped."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from onrecord.watching.hosts import Clock
from tests.cli.conftest import Run
from tests.watching.site import Reply, Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    """Serve a site without pages."""
    with serving(Site(Clock())) as site:
        yield site


def watch(run: Run, *given: str) -> tuple[int, str, str]:
    """Make one round without pauses; return status, output and errors."""
    result = run("watch", *given, "--once", "--allow-private", "--pause", "0")
    return result.exit_code, result.stdout, result.stderr


def test_a_line_a_round_and_feed(run: Run, site: Site) -> None:
    """One round is a line for each feed, and what was added in all."""
    url = site.rss(site.report(1), site.report(2))
    status, out, err = watch(run, url)
    first, *rest = out.splitlines()
    assert (status, err) == (0, "")
    assert first[20:] == f" {url}: 2 new"
    assert rest == ["2 pages: 2 new", "0 statements added to news.onrecord"]
    _, out, _ = watch(run, url)
    assert out.splitlines()[0].endswith(f"{url}: nothing new")


def test_feeds_come_from_lists(run: Run, site: Site, tmp_path: Path) -> None:
    """OPML, a list of addresses and standard input name feeds; what is no list is named, the rest is done."""
    one, two = site.rss(site.report(1), path="/one"), site.rss(site.report(2), path="/two")
    (tmp_path / "mine.opml").write_text(f"<opml><body><outline xmlUrl='{one}'/></body></opml>")
    (tmp_path / "urls.txt").write_text(f"# two\n{two}\n{one}\nnowhere\n")
    status, out, err = watch(run, "mine.opml", "urls.txt", "absent.opml")
    assert status == 1
    assert [line[21:] for line in out.splitlines()[:2]] == [f"{one}: 1 new", f"{two}: 1 new"]
    assert [line.partition(": ")[2].partition(":")[0] for line in err.splitlines()] == [
        "urls.txt#4",
        "absent.opml",
    ]


def test_an_address_that_is_none(run: Run) -> None:
    """What looks like an address and is none is named, and nothing is asked."""
    status, _, err = watch(run, "http://[::1/")
    assert status == 1
    assert "http://[::1/: " in err


def test_no_feed_at_all(run: Run, tmp_path: Path) -> None:
    """Without one feed to watch the status is 1."""
    (tmp_path / "empty.txt").write_text("# none\n")
    status, _, err = watch(run, "empty.txt")
    assert (status, err) == (1, "No feed to watch.\n")


def test_failures_are_lines_and_the_status(run: Run, site: Site) -> None:
    """What fails is named on standard error with what is wrong, and makes the status 1."""
    status, out, err = watch(run, site.rss(site.report(1), "/gone"))
    assert status == 1
    assert "1 new, 1 failed" in out
    assert err == f"onrecord: {site.url}/gone: answers 404 Not Found\n"


def test_json_lines(run: Run, site: Site) -> None:
    """With --json a round is a JSON line for each feed and nothing else."""
    status, out, _ = watch(run, site.rss(site.report(1)), "--json")
    (line,) = map(json.loads, out.splitlines())
    assert status == 0
    assert list(line) == [
        "feed", "at", "state", "listed", "faulty", "pages", "statements", "waiting", "reason",
    ]  # fmt: skip
    assert (line["state"], line["pages"]["new"], line["reason"]) == ("read", 1, None)


@pytest.mark.parametrize("every", ["0", "soon", "-5m", "0.5s"])
def test_a_time_that_is_none(run: Run, every: str) -> None:
    """A length of time that cannot be is wrong use, and says how to write one."""
    result = run("watch", "https://news.example/feed", "--every", every)
    assert result.exit_code == 2
    assert "15m" in result.output


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_after_the_page_in_hand(run: Run, site: Site, number: signal.Signals) -> None:
    """Ctrl-C and SIGTERM let the page in hand be added, and end with what was done and status 0."""
    url = site.rss(site.report(1), site.report(2))
    page: Reply = site.replies["/report/1"]

    def stop(_handler: object) -> Reply:
        os.kill(os.getpid(), number)
        return page

    site.replies["/report/1"] = stop
    before = signal.getsignal(number)
    result = run("watch", url, "--allow-private", "--pause", "0")
    assert result.exit_code == 0
    assert "1 new, 1 waiting" in result.stdout
    assert "1 page: 1 new" in result.stdout
    assert "/report/2" not in site.asked
    assert signal.getsignal(number) is before


def test_a_watch_is_stopped_between_rounds(site: Site, tmp_path: Path) -> None:
    """A watch that waits for its next round ends at once when it is told to."""
    record = tmp_path / "news.onrecord"
    command = [
        sys.executable,
        "-m",
        "onrecord",
        "watch",
        site.rss(),
        "--allow-private",
        "--record",
        str(record),
    ]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    assert "nothing new" in running.stdout.readline()
    begun = time.monotonic()
    running.terminate()
    out, _ = running.communicate(timeout=30)
    assert (running.returncode, time.monotonic() - begun < 5) == (0, True)
    assert out.startswith("0 pages")
    with closing(sqlite3.connect(record)) as connection:
        assert connection.execute("SELECT failures FROM feed").fetchall() == [(0,)]
