"""What feeds and sitemaps list, in every format and state of disrepair."""

from __future__ import annotations

import gzip
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError, LimitError
from onrecord.reading import feeds
from onrecord.reading.feeds import Entry, read_feed, read_list

HERE = "https://news.example/feeds/all.xml"
PORT = "https://news.example/port?a=1&b=2"
NOON = "2031-03-07T12:00:00Z"

RSS = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.example/rss-0.91.dtd">
<!-- made by hand -->
<rss version="0.91"><channel><title>Quay &nbsp; News</title><link>https://news.example/</link>
<image><link>https://news.example/logo</link></image>
<item><title>Port</title><link>https://news.example/port?a=1&amp;b=2#top</link>
<pubDate>Fri, 07 Mar 2031 14:00:00 +0200</pubDate></item></channel></rss>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><link>https://news.example/</link></channel>
<item rdf:about="x"><link>https://news.example/port?a=1&amp;b=2</link><dc:date>2031-03-07T14:00+02:00</dc:date>
</item></rdf:RDF>"""
GUID = """<rss version="2.0"><channel><item><guid>https://news.example/port?a=1&amp;b=2</guid>
<pubDate>Fri, 07 Mar 2031 12:00:00 GMT</pubDate></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/"><link href="https://news.example/"/>
<entry><link rel="self" href="self"/><link href="port?a=1&amp;b=2"/><published>2031-01-01</published>
<updated>2031-03-07T12:00:00.25Z</updated><source><link href="/elsewhere"/></source></entry></feed>"""
NEWS = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/image">
<url><loc> https://news.example/port?a=1&amp;b=2 </loc><news:news><news:title>Port</news:title>
<news:publication_date>2031-03-07T12:00:00+00:00</news:publication_date></news:news>
<image:image><image:loc>https://news.example/quay.jpg</image:loc></image:image></url></urlset>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1",
"url": "https://news.example/port?a=1&b=2", "date_published": "2031-03-07T14:00:00+02:00"}]}"""
BARE = """<rss><channel><item><title>Corn & salt &eacute;&nope;</title>
<link>https://news.example/port?a=1&b=2</link><pubDate>7 Mar 2031 12:00:00 +0000</pubDate></item>"""
CDATA = """<rss><channel><item><link><![CDATA[https://news.example/port?a=1&b=2]]></link>
<pubDate>2031-03-07 12:00:00</pubDate></item></channel></rss>"""


def listed(feed: bytes | str, url: str = HERE) -> list[Entry | InputError]:
    """Return what a feed lists."""
    return list(read_feed(feed.encode() if isinstance(feed, str) else feed, url))


@pytest.mark.parametrize(
    "feed", [RSS, RDF, GUID, ATOM, NEWS, JSON, BARE, CDATA],
    ids=["rss 0.91", "rss 1.0", "guid", "atom", "news sitemap", "json", "bare ampersands", "cdata"],
)  # fmt: skip
def test_every_format_gives_the_same(feed: str) -> None:
    """Each format gives the address, whole and without fragment, and the time of the last change in UTC."""
    assert listed(feed) == [Entry(PORT, NOON)]


@pytest.mark.parametrize(
    "pack",
    [
        gzip.compress,
        lambda data: data.decode().replace("utf-8", "utf-16").encode("utf-16"),
        lambda data: data.decode().replace("utf-8", "koi8-r").encode("utf-8"),
        lambda data: b"\xef\xbb\xbf\n" + data,
        lambda data: data.replace(b"<title>", b"<title>\x00\x0b\xff"),
    ],
    ids=["gzip", "utf-16", "wrong label", "mark and blank", "broken bytes"],
)
def test_packed_and_mislabelled(pack: Callable[[bytes], bytes]) -> None:
    """Packing, other encodings, wrong labels and stray bytes do not hide what a feed lists."""
    assert listed(pack(RSS.encode())) == [Entry(PORT, NOON)]


def test_an_index_lists_sitemaps() -> None:
    """What a sitemap index lists are sitemaps."""
    index = (
        "<sitemapindex><sitemap><loc>/a.xml.gz</loc><lastmod>2031-03-07</lastmod></sitemap></sitemapindex>"
    )
    assert listed(index) == [Entry("https://news.example/a.xml.gz", "2031-03-07T00:00:00Z", sitemap=True)]


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("<title>no link</title>", "without a link"),
        ("<guid>tag:news.example,2031:1</guid>", "without a link"),
        ("<guid isPermaLink='false'>https://news.example/1</guid>", "without a link"),
        ("<link>javascript:alert(1)</link>", "no http or https"),
        ("<link>http://[::1/</link>", "no address"),
        ("<link>https:///port</link>", "no http or https"),
        (f"<link>/{'a' * 3_000}</link>", "2,000 characters"),
    ],
)
def test_items_that_are_no_pages(item: str, words: str) -> None:
    """An item without an address that can be fetched is an error that names it; the others are read."""
    fault, entry = listed(f"<rss><channel><item>{item}</item><item><link>/b</link></item></channel></rss>")
    assert isinstance(fault, InputError)
    assert fault.path == f"{HERE}#1"
    assert words in fault.reason
    assert entry == Entry("https://news.example/b")


@pytest.mark.parametrize(
    ("feed", "words"),
    [
        ("", "empty"),
        ("news", "neither RSS"),
        ("<", "neither RSS"),
        ("<svg><item><link>/a</link></item></svg>", "neither RSS"),
        ("<!doctype html><html><head></head></html>", "neither RSS"),
        (
            '<html><head><link type="application/rss+xml" href="/rss"></head></html>',
            "https://news.example/rss",
        ),
        ("<opml><body><outline xmlUrl='https://a.example/'/></body></opml>", "list of feeds"),
        ('{"items": []}', "no JSON Feed"),
        ('{"items": ', "no JSON"),
        ("<!DOCTYPE rss [<!ENTITY a 'b'>]><rss/>", "entities of its own"),
        (f"<!--{'-' * 70_000}--><!DOCTYPE rss [<!ENTITY a 'b'>]><rss/>", "neither RSS"),
    ],
)
def test_what_is_no_feed(feed: str, words: str) -> None:
    """What is no feed is refused in words that say what to do."""
    with pytest.raises(InputError, match=words):
        listed(feed)


def test_a_json_feed_that_is_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """JSON, which is read as a whole, has a limit of its own."""
    monkeypatch.setattr(feeds, "MOST_JSON", 100)
    with pytest.raises(LimitError, match="JSON of more than 100"):
        listed(JSON)


def test_a_feed_that_takes_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parsing has a limit of time."""
    monkeypatch.setattr(feeds, "SECONDS", -1.0)
    with pytest.raises(LimitError, match="takes longer"):
        listed(RSS)


def test_a_feed_that_lists_too_much_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a feed may list has a limit, and so has what stands in one element."""
    monkeypatch.setattr(feeds, "MOST_LISTED", 3)
    found = read_feed(f"<rss><channel>{'<item/>' * 4}".encode(), HERE)
    assert [isinstance(next(found), InputError) for _ in range(3)] == [True] * 3
    with pytest.raises(LimitError, match="more than 3 things"):
        next(found)
    attributes = " ".join(f"a{number}='x'" for number in range(150_000))
    with pytest.raises(LimitError, match="not closed within"):
        listed(f"<rss><channel {attributes}></channel></rss>")
    assert listed(f"<rss><channel><title>{'word ' * 400_000}</title></channel></rss>") == []


def test_memory_does_not_grow_with_the_feed() -> None:
    """Beyond the text itself, a feed with many things within one another takes a fixed amount of memory."""
    item = "<item><link>/a</link><content>" + "<p a='1'/>" * 100 + "</content></item>"
    data = f"<rss><channel>{item * 2_000}</channel></rss>".encode()
    tracemalloc.start()
    try:
        assert sum(1 for _ in read_feed(data, HERE)) == 2_000
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < len(data) + 3_000_000


def test_lists_of_feeds() -> None:
    """OPML with outlines within outlines, and a text with an address a line, give the same."""
    opml = """<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
    <outline text="Coast"><outline type="rss" text="Quay" xmlUrl="https://a.example/rss?x=1&amp;y=2"/></outline>
    <outline xmlUrl="gopher://b.example/"/></body></opml>"""
    text = "# mine\n\n  https://a.example/rss?x=1&y=2\ngopher://b.example/\n"
    for given_, place in ((opml, "l#3"), (text, "l#4")):
        good, bad = read_list(given_.encode(), "l")
        assert good == "https://a.example/rss?x=1&y=2"
        assert isinstance(bad, InputError)
        assert bad.path == place
    with pytest.raises(InputError, match="name the address"):
        list(read_list(RSS.encode(), "l"))


WRITERS: list[Callable[[str, datetime], str]] = [
    lambda url, when: (
        f"<rss><channel><item><link>{escape(url)}</link><pubDate>{format_datetime(when)}</pubDate>"
        "</item></channel></rss>"
    ),
    lambda url, when: (
        f"<rss><channel><item><link><![CDATA[{url}]]></link><pubDate>{format_datetime(when)}"
        "</pubDate></item></channel></rss>"
    ),
    lambda url, when: (
        f'<feed><entry><link href="{escape(url)}"/><updated>{when.isoformat()}</updated></entry></feed>'
    ),
    lambda url, when: (
        f"<urlset><url><loc>{escape(url)}</loc><lastmod>{when.isoformat()}</lastmod></url></urlset>"
    ),
]
PATHS = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cc", "Zs", "Zl", "Zp", "Cn", "Co"], exclude_characters="#]"
    ),
    max_size=30,
)


@given(
    st.sampled_from(WRITERS),
    PATHS,
    st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1)),
    st.integers(50, 150),
)
def test_what_is_written_is_read(
    write: Callable[[str, datetime], str], path: str, when: datetime, size: int
) -> None:
    """Whatever the address, time and format, and wherever the text is cut for the parser, both come back."""
    url = f"https://news.example/{path.replace('&#38;', '').replace('&amp;', '')}"
    when = when.replace(microsecond=0, tzinfo=UTC)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feeds, "_CHUNK", size)
        (entry,) = listed(write(url, when))
    assert entry == Entry(url, when.strftime("%Y-%m-%dT%H:%M:%SZ"))


@given(st.binary(max_size=300) | st.text("<>&;!?[]-rsitemlnk/ \"='{}", max_size=200).map(str.encode))
def test_any_bytes_end_in_entries_or_an_error(data: bytes) -> None:
    """Whatever bytes a server sends, they are read or refused."""
    for prefix in (b"", b"<rss><channel><item><link>", b"<feed><entry>", b"{"):
        try:
            found = listed(prefix + data)
        except InputError:
            continue
        assert all(isinstance(one, Entry | InputError) for one in found)
