"""A watch that is killed goes on where it was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from onrecord.record import Record
from onrecord.watching.hosts import Clock
from tests.watching.site import Reply, Site, serving

REPOSITORY = Path(__file__).parents[2]


def test_a_killed_watch_goes_on(tmp_path: Path) -> None:
    """Killed while pages come in, the next watch asks again only for the page that was in hand."""
    path = tmp_path / "news.onrecord"
    with serving(Site(Clock())) as site:
        url = site.rss(*(site.report(number) for number in range(8)), headers={"ETag": '"a"'})
        command = [sys.executable, "-m", "tests.watching.worker", str(path), url]
        page: Reply = site.replies["/report/4"]
        first = subprocess.Popen(command, cwd=REPOSITORY)

        def kill(_handler: object) -> Reply:
            site.replies["/report/4"] = page
            first.kill()
            return page

        site.replies["/report/4"] = kill
        assert first.wait(60) == -9
        before = list(site.asked)
        assert subprocess.run(command, cwd=REPOSITORY, timeout=60, check=False).returncode == 0
    asked = [one for one in site.asked if one.startswith("/report")]
    assert before[-1] == "/report/4"
    assert sorted(asked) == sorted([*(f"/report/{number}" for number in range(8)), "/report/4"])
    with Record(path) as record:
        assert record.value("SELECT count(*) FROM page") == 8
        assert record.value("SELECT count(*) FROM feed_item WHERE state = 'done'") == 8
        assert list(record.verify()) == []
