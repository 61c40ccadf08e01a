"""Servers and feeds that fail, stall or mean harm: each one clear line, and the rest is done."""

from __future__ import annotations

import gzip
import re
import time
from http.server import BaseHTTPRequestHandler
from itertools import pairwise

import pytest

from onrecord.errors import RecordError
from onrecord.record import Record
from onrecord.watching import Watch
from tests.watching.conftest import Round, parted
from tests.watching.site import FakeClock, Reply, Site

ENTITIES = "".join(f"<!ENTITY e{n + 1} '{f'&e{n};' * 10}'>" for n in range(9))
BOMB = f"<!DOCTYPE rss [<!ENTITY e0 'ha'>{ENTITIES}]><rss><channel><title>&e9;</title></channel></rss>"
FILE = (
    "<!DOCTYPE rss [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
    "<rss><channel><item><link>http://x.example/&f;</link></item></channel></rss>"
)


def drip(handler: BaseHTTPRequestHandler) -> None:
    """Send a feed's beginning, then a byte now and then, without end."""
    send_slowly(handler, b"<rss>", b" ", 0.05)


def flood(handler: BaseHTTPRequestHandler) -> None:
    """Send a feed without end as fast as it is taken."""
    item = b"<item><link>/report/1</link></item>" * 1_000
    send_slowly(handler, b"<rss><channel>", item, 0)


def send_slowly(handler: BaseHTTPRequestHandler, first: bytes, more: bytes, pause: float) -> None:
    """Send until the other side hangs up."""
    try:
        handler.wfile.write(first)
        while True:
            handler.wfile.write(more)
            time.sleep(pause)
    except OSError:
        return


def loop(_handler: object) -> Reply:
    """Redirect to the same address."""
    return Reply(status=302, headers={"Location": "/bad"})


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(BOMB, kind="text/xml"), "entities of its own"),
        (Reply(FILE, kind="text/xml"), "entities of its own"),
        (Reply(BOMB.encode("utf-16"), kind="text/xml"), "entities of its own"),
        (Reply(gzip.compress(b" " * 3_000_000), kind="application/gzip"), "unpacks to more"),
        (Reply(gzip.compress(b" " * 3_000_000), headers={"Content-Encoding": "gzip"}), "larger than"),
        (Reply(gzip.compress(b"<rss/>")[:-9], kind="application/gzip"), "broken off"),
        (Reply("<html><head><title>Quay</title></head><body>News</body></html>"), "neither RSS"),
        (Reply("<opml><body/></opml>" + " " * 99), "list of feeds"),
        (Reply(""), "empty"),
        (Reply("{}"), "no JSON Feed"),
        (Reply("[" * 100_000), "neither RSS"),
        (Reply(b"\x00\x01\x02" * 50), "neither RSS"),
        (Reply(status=410), "410"),
        (Reply(status=301, headers={"Location": "ftp://x.example/feed"}), "only http and https"),
        (Reply(status=301, headers={"Location": "http://[::1/"}), "no address"),
        (loop, "redirects more than"),
        (Reply(send=drip), "longer than|silent"),
        (Reply(send=flood), "larger than"),
        (Reply(status=503), "left alone until"),
    ],
    ids=[
        *("entities", "file", "wide entities", "bomb", "coded bomb", "cut", "html", "opml", "empty", "json"),
        *("brackets", "binary", "gone", "ftp", "no address", "loop", "drip", "flood", "later"),
    ],
)
def test_a_bad_feed_is_one_line(
    site: Site, once: Round, monkeypatch: pytest.MonkeyPatch, reply: Reply, words: str
) -> None:
    """A feed that fails or means harm is one line that says what is wrong, and the other feed is read."""
    monkeypatch.setattr("onrecord.reading.limits.FETCH_SECONDS", 0.8)
    monkeypatch.setattr("onrecord.reading.limits.FETCH_SILENCE", 0.4)
    monkeypatch.setattr("onrecord.reading.limits.MAX_BYTES", 2_000_000)
    good = site.rss(site.report(1)).replace(site.url, site.other)
    site.replies["/bad"] = reply
    tellings, (trouble,) = once(site.url + "/bad", good)
    states = {told.feed: (told.state, told.pages["new"]) for told in tellings}
    assert states == {site.url + "/bad": ("failed", 0), good: ("read", 1)}
    assert trouble.url == site.url + "/bad"
    assert re.search(words, trouble.reason)


@pytest.mark.parametrize(
    ("reply", "words", "state"),
    [
        (Reply(status=404), "404", "failed"),
        (Reply(b"%PDF-1.7", kind="application/pdf"), "application/pdf", "failed"),
        (Reply(gzip.compress(b"x" * 3_000_000), headers={"Content-Encoding": "gzip"}), "larger", "failed"),
        (Reply(status=302, headers={"Location": "file:///etc/passwd"}), "only http and https", "failed"),
        (loop, "redirects more than", "failed"),
        (Reply(""), "empty", "failed"),
        (Reply(send=drip), "longer than", "later"),
        (Reply(status=500), "500", "later"),
        (Reply(status=429), "429", "later"),
    ],
    ids=["gone", "pdf", "bomb", "file", "loop", "empty", "drip", "error", "later"],
)
def test_a_bad_page_is_one_line(
    site: Site, record: Record, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, reply: Reply, words: str,
    state: str,
) -> None:  # fmt: skip
    """A page that fails is one line; the other pages are added, in this round or when the host has rested."""
    monkeypatch.setattr("onrecord.reading.limits.FETCH_SECONDS", 0.5)
    monkeypatch.setattr("onrecord.reading.limits.MAX_BYTES", 2_000_000)
    site.replies["/bad"] = reply
    url = site.rss("/bad", site.report(1))
    watch = Watch(record, [url], allow_private=True, clock=clock)
    (told,), (trouble,) = parted(watch.round(3600))
    assert trouble.url == site.url + "/bad"
    assert words in trouble.reason
    assert told.pages[state] == 1
    clock.time += 65
    list(watch.round(3600))
    assert record.value("SELECT count(*) FROM page") == 1


def test_private_addresses_are_refused(site: Site, once: Round) -> None:
    """A host that resolves to loopback is not asked unless that is allowed, and is not held against it."""
    url = site.rss(site.report(1))
    for address in (url, url.replace(site.url, site.other)):
        (told,), (trouble,) = once(address, allow_private=False)
        assert told.state == "failed"
        assert "not public" in trouble.reason
    assert site.asked == []
    (told,), _ = once(url)
    assert told.pages["new"] == 1


def test_things_that_are_no_pages_are_named(site: Site, once: Round) -> None:
    """Items without a link, or with one of another scheme, are named: the first, and how many more."""
    site.report(1)
    odd = ["", "mailto:desk@news.example", "javascript:alert(1)", "file:///etc/passwd", *([""] * 9)]
    items = "".join(f"<item><title>a</title><link>{one}</link></item>" for one in [*odd, "/report/1"])
    site.replies["/feed"] = Reply(f"<rss><channel>{items}</channel></rss>", kind="text/xml")
    (told,), troubles = once(site.url + "/feed")
    assert (told.faulty, told.pages["new"]) == (13, 1)
    assert [trouble.url.rpartition("#")[2] for trouble in troubles[:5]] == ["1", "2", "3", "4", "5"]
    assert "8 more" in troubles[5].reason


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("dated", [False, True])
def test_retry_after_is_kept(site: Site, once: Round, clock: FakeClock, status: int, dated: bool) -> None:
    """A host that says when to ask again is not asked before, not even by a watch that is started anew."""
    url = site.rss(site.report(1), site.report(2))
    page = site.replies["/report/1"]
    clock.time = time.time()  # a date is set against the real clock
    when = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(clock.time + 7200))
    site.replies["/report/1"] = Reply(status=status, headers={"Retry-After": when if dated else "7200"})
    (told,), (trouble,) = once(url)
    assert (told.pages["later"], told.waiting) == (1, 2)
    assert "left alone until" in trouble.reason
    site.asked.clear()
    site.replies["/report/1"] = page
    clock.time += 7000
    (told,), troubles = once(url)
    assert (told.state, site.asked, troubles) == ("left alone", [], [])
    clock.time += 300
    (told,), _ = once(url)
    assert told.pages["new"] == 2


def test_waits_grow_and_end(site: Site, once: Round, clock: FakeClock) -> None:
    """A feed that stays away is asked ever more rarely, and at least every six hours."""
    url = site.url + "/gone"
    asked = []
    for _ in range(36 * 6):
        clock.time += 600
        before = len(site.pages())
        once(url)
        asked += [clock.time] * (len(site.pages()) - before)
    waits = [later - earlier for earlier, later in pairwise(asked)]
    assert waits == sorted(waits)
    assert waits[0] < 1000
    assert 5 * 3600 < waits[-1] < 7 * 3600


def test_a_page_that_always_fails_is_given_up(site: Site, once: Round, clock: FakeClock) -> None:
    """A page that answers 500 each time is asked for five times, and then is failed for good."""
    site.replies["/bad"] = Reply(status=500)
    url = site.rss("/bad")
    reasons = []
    for _ in range(30):
        _, troubles = once(url)
        reasons += [trouble.reason for trouble in troubles]
        clock.time += 6 * 3600
    assert site.asked.count("/bad") == 5
    assert "given up" in reasons[-1]


def test_a_host_that_is_gone_holds_up_no_other(site: Site, once: Round, clock: FakeClock) -> None:
    """Pages of a host that does not answer neither stop the others nor use up their places in the round."""
    dead = [f"http://127.0.0.1:9/{number}" for number in range(5)]
    url = site.rss(*dead, *(site.report(number) for number in range(3)))
    (told,), troubles = once(url, most=2)
    (more,), _ = once(url, most=2)
    assert (told.pages["new"], more.pages["new"]) == (1, 2)
    assert more.waiting == 5
    assert len(troubles) == 1


def test_a_redirect_to_a_host_that_fails_is_that_hosts(site: Site, once: Round, clock: FakeClock) -> None:
    """Where a page leads to a server that fails, that one is left alone, and not the one that led there."""
    site.replies["/go"] = Reply(status=302, headers={"Location": f"{site.other}/bad"})
    site.replies["/go2"] = Reply(status=302, headers={"Location": f"{site.other}/bad"})
    site.replies["/bad"] = Reply(status=503)
    (told,), troubles = once(site.rss("/go", "/go2", site.report(1)))
    assert (told.pages["new"], told.pages["later"]) == (1, 2)
    assert len(troubles) == 2
    assert site.asked.count("/bad") == 1


def test_a_host_of_a_redirect_without_robots_txt(site: Site, once: Round) -> None:
    """A page that leads to a host whose robots.txt cannot be read is put off, and the others are added."""
    site.replies["/go"] = Reply(status=302, headers={"Location": f"{site.other}/report/2"})

    def robots(handler: BaseHTTPRequestHandler) -> Reply:
        return Reply(status=503 if handler.headers["Host"].startswith("localhost") else 404)

    site.replies["/robots.txt"] = robots
    site.report(2)
    (told,), (trouble,) = once(site.rss("/go", site.report(1)))
    assert (told.pages["new"], told.pages["later"]) == (1, 1)
    assert "robots.txt" in trouble.reason
    assert "/report/2" not in site.asked


def test_a_robots_txt_without_end_is_a_failure(site: Site, once: Round) -> None:
    """A robots.txt larger than half a megabyte is not taken for permission."""
    site.replies["/robots.txt"] = Reply("User-agent: *\n" + "Allow: /\n" * 70_000)
    (told,), (trouble,) = once(site.rss(site.report(1)))
    assert (told.state, site.pages()) == ("failed", [])
    assert "larger than 512,000" in trouble.reason


def test_a_pause_longer_than_the_round_ends_it(site: Site, record: Record, clock: FakeClock) -> None:
    """A host that wants an hour between two pages gets it; what is left waits for other rounds."""
    site.replies["/robots.txt"] = Reply("User-agent: *\nCrawl-delay: 3600\n")
    url = site.rss(site.report(1), site.report(2))
    watch = Watch(record, [url], allow_private=True, clock=clock)
    (told,), _ = parted(watch.round(900))
    assert (told.state, told.pages["new"], site.pages()) == ("read", 0, ["/feed"])
    for _ in range(40):
        watch.rest(clock.time + 900)
        list(watch.round(900))
    assert record.value("SELECT count(*) FROM page") == 2
    assert all(later - earlier >= 3600 for earlier, later in pairwise(site.times[1:]))


def test_a_robots_txt_that_fails_is_held_against_no_page(site: Site, once: Round, clock: FakeClock) -> None:
    """However often a robots.txt cannot be read, the pages beside it are fetched once it can be."""
    url = site.rss(f"{site.other}{site.report(1)}")

    def robots(handler: BaseHTTPRequestHandler) -> Reply:
        return Reply(status=500 if handler.headers["Host"].startswith("localhost") else 404)

    site.replies["/robots.txt"] = robots
    for _ in range(9):
        (told,), _troubles = once(url)
        assert told.waiting == 1
        clock.time += 7 * 3600
    site.replies["/robots.txt"] = Reply(status=404)
    (told,), _troubles = once(url)
    assert told.pages["new"] == 1


@pytest.mark.parametrize("url", ["http://[::1/", "nowhere", "http:///feed", "https://a b.example/"])
def test_an_address_that_is_none_is_one_line(once: Round, url: str) -> None:
    """What is given in the place of a feed's address is refused in a line."""
    (told,), (trouble,) = once(url)
    assert (told.state, trouble.url) == ("failed", url)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE feed_item SET url = 7, state = 'waiting'",
        "UPDATE feed_item SET updated = 7, state = 'waiting'",
        "UPDATE feed SET due = x'00'",
        "INSERT INTO feed_host VALUES ('%s', 'many', 'soon', 7)",
        "UPDATE feed SET etag = x'0001'",
    ],
)
def test_a_strangers_record_is_told_as_such(site: Site, record: Record, once: Round, damage: str) -> None:
    """Values of other kinds in the tables of feeds are an error that names the record, or do no harm."""
    url = site.rss(site.report(1))
    once(url)
    with record.writing("damaging") as connection:
        connection.execute(damage.replace("%s", site.url.removeprefix("http://")))
    try:
        once(url)
    except RecordError as error:
        assert record.path in str(error)  # noqa: PT017 - an error is one of two good ends
