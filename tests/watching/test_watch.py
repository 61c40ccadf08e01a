"""What a watch asks for, and what it leaves alone."""

from __future__ import annotations

import gzip
import time
from itertools import pairwise

import pytest

from onrecord.errors import RecordError
from onrecord.reading import read
from onrecord.record import Record, feeds
from onrecord.watching import Watch
from onrecord.watching.hosts import stamp
from tests.watching.conftest import Round, parted
from tests.watching.site import FakeClock, Reply, Site, serving

DAY = 86_400.0


def held(record: Record) -> int:
    """Return how many pages the record holds."""
    return int(record.value("SELECT count(*) FROM page"))


def test_pages_of_a_feed_are_added_once(site: Site, record: Record, once: Round) -> None:
    """What a feed lists is added; the next round asks for the feed alone."""
    url = site.rss(site.report(1), site.report(2))
    (told,), troubles = once(url)
    assert (told.state, told.listed, told.pages["new"], told.statements, told.waiting) == ("read", 2, 2, 2, 0)
    assert not troubles
    assert site.asked == ["/robots.txt", "/feed", "/report/1", "/report/2"]
    site.asked.clear()
    (told,), _ = once(url)
    assert (told.listed, sum(told.pages.values())) == (0, 0)
    assert site.pages() == ["/feed"]
    assert held(record) == 2
    assert list(record.verify()) == []


@pytest.mark.parametrize(
    ("sent", "given_back", "value"),
    [
        ("ETag", "If-None-Match", '"a-1"'),
        ("Last-Modified", "If-Modified-Since", "Fri, 07 Mar 2031 09:00:00 GMT"),
    ],
)
def test_an_unaltered_feed_is_not_sent_again(
    site: Site, once: Round, sent: str, given_back: str, value: str
) -> None:
    """A feed is asked for with what its last answer said, and 304 is an answer."""
    url = site.rss(site.report(1), headers={sent: value})
    once(url)
    site.replies["/feed"] = Reply(status=304)
    (told,), troubles = once(url)
    assert site.headers[-1][given_back] == value
    assert (told.state, troubles) == ("unchanged", [])


def test_a_header_that_cannot_be_given_back_is_forgotten(site: Site, once: Round) -> None:
    """A tag too long for a header is not sent."""
    url = site.rss(site.report(1), headers={"ETag": '"' + "a" * 5_000 + '"'})
    once(url)
    once(url)
    assert "If-None-Match" not in site.headers[-1]


def test_an_altered_page_becomes_a_version(site: Site, record: Record, once: Round, clock: FakeClock) -> None:
    """A page for which the sitemap gives a newer time is fetched again and is a new version."""
    site.report(1)
    url = site.sitemap({"/report/1": "2031-02-01"})
    once(url)
    clock.time += DAY
    site.report(1, "Nobody else spoke to the press.")
    (told,), _ = once(url)
    assert sum(told.pages.values()) == 0
    site.sitemap({"/report/1": stamp(clock.time)})
    (told,), _ = once(url)
    assert (told.listed, told.pages["version"]) == (1, 1)
    assert record.value("SELECT count(*) FROM article") == 1


def test_times_that_are_always_new_are_not_followed(site: Site, once: Round, clock: FakeClock) -> None:
    """A sitemap that gives every page the present time has it fetched ever more rarely."""
    site.report(1)
    for _ in range(24):
        once(site.sitemap({"/report/1": stamp(clock.time)}))
        clock.time += 3600
    assert 3 <= site.asked.count("/report/1") <= 7


def test_a_time_ahead_is_none(site: Site, once: Round, clock: FakeClock) -> None:
    """A time that lies ahead neither counts now nor hides the times to come."""
    site.report(1)
    url = site.sitemap({"/report/1": "2999-01-01"})
    once(url)
    clock.time += DAY
    site.sitemap({"/report/1": stamp(clock.time)})
    (told,), _ = once(url)
    assert told.listed == 1


def test_what_is_held_is_not_fetched(site: Site, record: Record, once: Round) -> None:
    """A page that was added by hand is not asked for again."""
    path = site.report(1)
    record.add(read(site.url + path, allow_private=True))
    site.asked.clear()
    (told,), _ = once(site.rss(path))
    assert told.pages["held"] == 1
    assert site.pages() == ["/feed"]


def test_what_was_removed_stays_out(site: Site, record: Record, once: Round) -> None:
    """A page that was taken out is not asked for, even when it was altered since."""
    path = site.report(1)
    record.add(read(site.url + path, allow_private=True))
    record.remove(site.url + path, reason="court order", author="R. Blum")
    site.report(1, "Altered since.")
    (told,), _ = once(site.rss(path))
    assert told.pages["refused"] == 1
    assert held(record) == 0


def test_a_round_has_a_cap(site: Site, once: Round) -> None:
    """At most so many pages of each feed are fetched in a round; the rest come in the next rounds."""
    url = site.rss(*(site.report(number) for number in range(5)))
    waiting = [once(url, most=2)[0][0].waiting for _ in range(4)]
    assert waiting == [3, 1, 0, 0]
    assert sorted(site.pages()) == sorted(["/feed"] * 4 + [f"/report/{number}" for number in range(5)])


def test_a_large_feed_waits_in_the_record(site: Site, once: Round, record: Record) -> None:
    """Of a feed of 20,000 pages all are remembered, and the newest are fetched first."""
    for number in range(3):
        site.report(19_999 - number)
    times = {f"/report/{number}": f"2031-01-01T{number // 3600:02}:{number // 60 % 60:02}:{number % 60:02}Z"
             for number in range(20_000)}  # fmt: skip
    (told,), _ = once(site.sitemap(times), most=3)
    assert (told.listed, told.pages["new"], told.waiting) == (20_000, 3, 19_997)


def test_more_than_may_wait_is_left_for_later(
    site: Site, once: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a feed lists beyond what may wait is said so, and taken up when there is room."""
    monkeypatch.setattr(feeds, "MOST_WAITING", 3)
    monkeypatch.setattr("onrecord.watching.watch._BATCH", 2)
    url = site.rss(*(site.report(number) for number in range(9)), headers={"ETag": '"a"'})
    (told,), (trouble,) = once(url, most=4)
    assert "left for later" in trouble.reason
    assert (told.pages["new"], told.waiting) == (4, 0)
    assert "If-None-Match" not in site.headers[-1]
    once(url, most=4)
    (told,), troubles = once(url, most=4)
    assert (told.pages["new"], troubles) == (1, [])


def test_an_index_leads_to_its_sitemaps(site: Site, once: Round, clock: FakeClock) -> None:
    """Sitemaps of an index are read, packed ones too, and again only when the index says they changed."""
    site.report(1)
    site.sitemap({"/report/1": "2031-01-01"}, "/a.xml")
    packed = gzip.compress(str(site.replies["/a.xml"].data).encode())
    site.replies["/a.xml"] = Reply(packed, kind="application/gzip")

    def index(when: str) -> str:
        entry = f"<sitemap><loc>{site.url}/a.xml</loc><lastmod>{when}</lastmod></sitemap>"
        site.replies["/index.xml"] = Reply(f"<sitemapindex>{entry}</sitemapindex>", kind="text/xml")
        return f"{site.url}/index.xml"

    (told,), troubles = once(index("2031-01-01"))
    assert (told.pages["new"], troubles) == (1, [])
    once(index("2031-01-01"))
    once(index("2031-01-02"))
    once(index("2031-01-02"))
    assert site.asked.count("/a.xml") == 2


def test_an_index_in_an_index_is_not_followed(site: Site, once: Round) -> None:
    """An index that lists an index, or itself, is said so and comes to an end."""
    entry = f"<sitemap><loc>{site.url}/%s</loc></sitemap>"
    for name, listed in (("a", ["a", "b"]), ("b", ["c"])):
        words = "".join(entry % one for one in listed)
        site.replies[f"/{name}"] = Reply(f"<sitemapindex>{words}</sitemapindex>", kind="text/xml")
    _, (trouble,) = once(f"{site.url}/a")
    assert trouble.url.endswith("/c")
    assert site.pages() == ["/a", "/b"]


def test_one_host_is_asked_with_pauses(site: Site, once: Round) -> None:
    """Between two questions to one host lies the pause; robots.txt is a question too."""
    once(site.rss(site.report(1), site.report(2)), pause=5.0)
    assert all(later - earlier >= 5 for earlier, later in pairwise(site.times))


def test_two_hosts_do_not_wait_for_each_other(site: Site, once: Round) -> None:
    """While one host rests the other is asked."""
    site.rss(site.report(1), site.report(2))
    site.rss("/report/3", "/report/4", path="/other")
    site.report(3), site.report(4)
    once(f"{site.url}/feed", f"{site.other}/other", pause=5.0)
    assert site.times[-1] - site.times[0] == pytest.approx(15, abs=1)


def test_robots_txt_is_followed(site: Site, once: Round) -> None:
    """What robots.txt bars for us is not asked for, and the pause that it wants is kept."""
    rules = "User-agent: *\nDisallow: /\n\nUser-agent: OnRecord\nCrawl-delay: 30\nDisallow: /*/2$\n"
    site.replies["/robots.txt"] = Reply(rules)
    (told,), (trouble,) = once(site.rss(site.report(1), site.report(2)))
    assert (told.pages["new"], told.pages["refused"]) == (1, 1)
    assert trouble.url.endswith("/report/2")
    assert "robots.txt" in trouble.reason
    assert site.pages() == ["/feed", "/report/1"]
    assert all(later - earlier >= 30 for earlier, later in pairwise(site.times[1:]))


def test_a_feed_that_robots_txt_bars_is_not_read(site: Site, once: Round) -> None:
    """A feed that may not be fetched is one line, and nothing is asked."""
    site.replies["/robots.txt"] = Reply("User-agent: onrecord\nDisallow: /feed\n")
    (told,), (trouble,) = once(site.rss(site.report(1)))
    assert (told.state, site.pages()) == ("failed", [])
    assert "robots.txt" in trouble.reason


def test_robots_txt_that_fails_bars_everything(site: Site, once: Round, clock: FakeClock) -> None:
    """While robots.txt answers 503 nothing is asked of the host (RFC 9309, 2.3.1.4)."""
    url = site.rss(site.report(1))
    site.replies["/robots.txt"] = Reply(status=503)
    (told,), (trouble,) = once(url)
    assert (told.state, site.pages()) == ("failed", [])
    assert "robots.txt" in trouble.reason
    site.replies["/robots.txt"] = Reply("User-agent: *\nAllow: /\n")
    clock.time += 90
    (told,), _ = once(url)
    assert told.pages["new"] == 1


def test_robots_txt_is_read_once_a_day(site: Site, record: Record, clock: FakeClock) -> None:
    """One watch reads a robots.txt again after a day."""
    watch = Watch(record, [site.rss(site.report(1))], allow_private=True, clock=clock)
    for _ in range(3):
        list(watch.round(60))
    assert site.asked.count("/robots.txt") == 1
    clock.time += DAY
    list(watch.round(60))
    assert site.asked.count("/robots.txt") == 2


def test_a_redirect_is_held_to_the_robots_txt_of_its_target(site: Site, once: Round) -> None:
    """A page that leads to another host is fetched from there only where that host's robots.txt lets us."""
    site.replies["/go/1"] = Reply(status=302, headers={"Location": f"{site.other}{site.report(1)}"})
    site.replies["/go/2"] = Reply(status=302, headers={"Location": f"{site.other}{site.report(2)}"})

    def robots(handler: object) -> Reply:
        mine = handler.headers["Host"].startswith("localhost")  # type: ignore[attr-defined]
        return Reply("User-agent: *\nDisallow: /report/2\n") if mine else Reply(status=404)

    site.replies["/robots.txt"] = robots
    (told,), (trouble,) = once(site.rss("/go/1", "/go/2"))
    assert (told.pages["new"], told.pages["refused"]) == (1, 1)
    assert trouble.url.endswith("/go/2")
    assert "/report/2" not in site.asked


def test_stopping_ends_after_the_page_in_hand(site: Site, record: Record, clock: FakeClock) -> None:
    """A watch that is stopped while a page comes in adds that page and asks for no other."""
    url = site.rss(site.report(1), site.report(2))
    page: Reply = site.replies["/report/1"]
    watch = Watch(record, [url], allow_private=True, clock=clock)

    def stop(_handler: object) -> Reply:
        watch.stop()
        return page

    site.replies["/report/1"] = stop
    (told,), _ = parted(watch.rounds(60))
    assert (told.pages["new"], told.waiting) == (1, 1)
    assert "/report/2" not in site.asked


def test_rounds_begin_at_their_times(site: Site, record: Record, clock: FakeClock) -> None:
    """Round follows round in the time given, whatever the rounds take."""
    watch = Watch(record, [site.rss()], allow_private=True, clock=clock)
    rounds = watch.rounds(600)
    times = [(next(rounds), clock.time)[1] for _ in range(3)]
    assert [round(later - earlier) for earlier, later in pairwise(times)] == pytest.approx([600, 600], abs=3)


def test_a_crash_before_the_note_asks_for_nothing_twice(
    site: Site, record: Record, once: Round, monkeypatch: pytest.MonkeyPatch, clock: FakeClock
) -> None:
    """A page that was added just before the program died is found held and not fetched again."""
    clock.time = time.time() - 60  # pages are dated by the real clock
    url = site.rss(site.report(1))

    def die(*_: object, **__: object) -> None:
        raise RecordError("died")

    with monkeypatch.context() as patch:
        patch.setattr(feeds, "settle", die)
        with pytest.raises(RecordError):
            once(url)
    assert held(record) == 1
    (told,), _ = once(url)
    assert told.pages["held"] == 1
    assert site.asked.count("/report/1") == 1


def test_network_loss_is_survived(once: Round, clock: FakeClock) -> None:
    """While nothing answers every feed is one line; once it does, what was missed is added."""
    with serving(gone := Site(clock)):
        dead = f"{gone.url}/feed"
    (told,), (trouble,) = once(dead)
    assert (told.state, told.pages["new"]) == ("failed", 0)
    assert "does not answer" in trouble.reason
    for _ in range(5):
        clock.time += 600
        once(dead)
    gone.rss(gone.report(1), gone.report(2))
    with serving(gone):
        clock.time += 601
        (told,), _ = once(dead)
    assert told.pages["new"] == 2
