"""The formats of wire services: what each part of an item becomes, and what may not be read."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import reading
from onrecord.article import Article, Page
from onrecord.errors import InputError, LimitError, NoArticleError, WithheldError
from onrecord.reading import wire
from onrecord.reading.wire_item import WireItem, require_usable
from tests.reading import wire_samples as samples


def read(data: bytes | str, path: str = "item") -> Article:
    """Read a file that holds one item."""
    data = data.encode() if isinstance(data, str) else data
    (entry,) = wire.items(data, path)
    assert isinstance(entry, wire.Entry)
    return reading.read_bytes(entry.data, path=path, media_type=entry.media_type)


def words(article: Article, part: str) -> list[str]:
    """Return the words under each span of a part."""
    return [article.text[start:end] for start, end in article.parts.get(part, ())]


NITF_INLINE = f'<inlineXML contenttype="application/nitf+xml"><nitf>{samples.NITF_BODY}</nitf></inlineXML>'
PLAIN = f'<inlineData contenttype="text/plain">{samples.FIRST}\n\n{samples.SECOND}</inlineData>'
ESCAPED = f'<inlineData contenttype="text/html"><![CDATA[{samples.HTML}]]></inlineData>'
FORMS: dict[str, tuple[bytes | str, str]] = {
    "newsml with xhtml": (samples.news_item(), "newsml versionCreated"),
    "newsml with nitf": (samples.news_item(content=NITF_INLINE), "newsml versionCreated"),
    "newsml with plain text": (samples.news_item(content=PLAIN), "newsml versionCreated"),
    "newsml with escaped html": (samples.news_item(content=ESCAPED), "newsml versionCreated"),
    "a message of one item": (samples.message(samples.news_item(), samples.PACKAGE), "newsml versionCreated"),
    "newsml 1": (samples.NEWSML1, "newsml ThisRevisionCreated"),
    "nitf": (samples.nitf(), "nitf date.issue"),
    "ninjs 1": (samples.ninjs_bytes(1), "ninjs versioncreated"),
    "ninjs 2": (samples.ninjs_bytes(2), "ninjs versioncreated"),
    "ninjs 3": (samples.ninjs_bytes(3), "ninjs versioncreated"),
}


@pytest.mark.parametrize("form", FORMS)
def test_parts(form: str) -> None:
    """Each standard gives the same parts, as spans of one text, and names the element of the date."""
    data, source = FORMS[form]
    article = read(data)
    assert article.headline == "Ferry to sail again"
    assert article.byline == "Jon Asker"
    assert article.dateline == "OLDMERE"
    assert article.agency == "Harbor Wire"
    assert article.outlet in ("Harbor Wire", "Harbor Wire Ltd")
    assert article.language == "en"
    assert article.published_from == source
    assert article.published in ("2026-03-10T09:15:00+01:00", "2026-03-10T08:15:00Z")
    assert words(article, "body")[0].startswith("“The ferry will sail again in May,”")
    assert words(article, "body")[1] == samples.SECOND
    for name in ("headline", "byline", "dateline", "agency", "caption", "credit", "section", "standfirst"):
        assert getattr(article, name) == (words(article, name)[0] if name in article.parts else None)


@pytest.mark.parametrize(
    ("form", "name", "value"),
    [
        ("newsml with xhtml", "section", "Islands"),
        ("newsml with xhtml", "standfirst", "Two years without a ferry."),
        ("newsml with xhtml", "modified", "2026-03-10T09:10:00+01:00"),
        ("newsml with xhtml", "caption", "The ferry at its pier."),
        ("newsml with xhtml", "url", samples.GUID),
        ("nitf", "section", "Islands"),
        ("nitf", "standfirst", "Minister names a month"),
        ("nitf", "caption", "The ferry at its pier."),
        ("nitf", "credit", "Ada Lund"),
        ("ninjs 1", "standfirst", "Two years without a ferry."),
        ("ninjs 1", "credit", "Ada Lund"),
        ("ninjs 2", "standfirst", "Minister names a month"),
        ("ninjs 3", "caption", "The ferry at its pier."),
    ],
)
def test_field(form: str, name: str, value: str) -> None:
    """What only some standards have, or have in another place, is found too."""
    assert getattr(read(FORMS[form][0]), name) == value


def test_notes_and_tables() -> None:
    """A row of a table is a paragraph; a note to the editors is no part of the text."""
    article = read(samples.nitf())
    assert words(article, "body")[-1] == "Fares 12 crowns"
    assert "Eds:" not in article.text


def test_located() -> None:
    """Where an item was written is its dateline when the report prints none, and is declared."""
    body = '<inlineData contenttype="text/plain">The ferry will sail again, the minister said.</inlineData>'
    article = read(samples.news_item(content=body))
    assert article.dateline == "Oldmere"
    assert "dateline" in article.declared
    assert "dateline" not in article.parts


def test_picture() -> None:
    """A picture's description is its caption, and who made it its credit."""
    article = read(samples.ninjs_bytes(1, type="picture", body_text=None, body_xhtml=None, associations=None))
    assert (article.caption, article.credit) == ("Two years without a ferry.", "Jon Asker")
    assert article.byline is None


@pytest.mark.parametrize("above", ["", "<p>Islands HW</p>"])
def test_standfirst_that_repeats(above: str) -> None:
    """A description that is the start of the text, cut off, is no standfirst."""
    described = samples.FIRST[:70] + "..."
    article = read(samples.ninjs_bytes(1, description_text=described, body_xhtml=above + samples.HTML))
    assert article.standfirst is None


END, PAST = "2999-01-01T06:00:00Z", "2026-03-11T06:00:00+01:00"
WITHHELD: dict[str, tuple[bytes | str, str, str]] = {
    "g2 embargo": (samples.news_item(meta=f"<embargoed>{END}</embargoed>"), "embargoed", END),
    "g2 open embargo": (samples.news_item(meta="<embargoed/>"), "embargoed", "until further notice"),
    "g2 withheld": (samples.news_item(status="stat:withheld"), "withheld", "'stat:withheld'"),
    "g2 canceled": (samples.news_item(status="stat:canceled"), "canceled", f"onrecord remove {samples.GUID}"),
    "g2 canceled by uri": (
        samples.news_item(status="http://cv.iptc.org/newscodes/pubstatusg2/canceled"), "canceled", "killed",
    ),
    "g2 kill signal": (samples.news_item(meta='<signal qcode="sig:kill"/>'), "canceled", samples.GUID),
    "g2 draft": (samples.news_item(status="imext:draft"), "draft", "'imext:draft'"),
    "kill notice": (samples.news_item(headline="HW-ISLANDS-MANDATORY KILL"), "canceled", "killed"),
    "nitf release": (samples.nitf('<date.release norm="29990101T060000Z"/>'), "embargoed", END),
    "nitf embargoed": (samples.nitf(status="embargoed"), "embargoed", "until further notice"),
    "nitf canceled": (samples.nitf(status="canceled"), "canceled", "hw-881"),
    "nitf kills another": (
        samples.nitf().replace(
            'management-status="usable"', 'management-doc-idref="hw-880" management-idref-status="canceled"'
        ),
        "canceled",
        "hw-880",
    ),
    "newsml 1 embargo": (
        samples.NEWSML1.replace(
            '<Status FormalName="Usable"/>',
            '<Status FormalName="Embargoed"/><StatusWillChange><FutureStatus FormalName="Usable"/>'
            "<DateAndTime>29990101T060000Z</DateAndTime></StatusWillChange>",
        ),
        "embargoed",
        "2999-01-01T06:00:00Z",
    ),
    "newsml 1 canceled": (samples.NEWSML1.replace('"Usable"', '"Canceled"'), "canceled", samples.GUID),
    "ninjs 1 canceled": (samples.ninjs_bytes(1, pubstatus="canceled"), "canceled", samples.GUID),
    "ninjs 2 embargo": (samples.ninjs_bytes(2, embargoed=END), "embargoed", END),
    "ninjs 2 wrong embargo": (samples.ninjs_bytes(2, embargoed="soon"), "embargoed", "'soon'"),
    "ninjs 3 withheld": (samples.ninjs_bytes(3, pubStatus="withheld"), "withheld", "withheld"),
}  # fmt: skip


@pytest.mark.parametrize("form", WITHHELD)
def test_withheld(form: str) -> None:
    """What is killed, withheld or under embargo is one line that says what and until when, no article."""
    data, status, said = WITHHELD[form]
    with pytest.raises(WithheldError) as caught:
        read(data)
    assert caught.value.status == status
    assert said in caught.value.reason
    assert "\n" not in caught.value.reason


def test_embargo_that_has_ended() -> None:
    """An item is read once its embargo has ended, and counts as published then."""
    article = read(samples.news_item(meta=f"<embargoed>{PAST}</embargoed>"))
    assert (article.published, article.published_from) == (PAST, "newsml embargoed")


def test_embargo_without_zone() -> None:
    """The end of an embargo that names no zone is taken for the latest that it may mean."""
    item = WireItem(embargoed="2026-03-11T06:00:00")
    with pytest.raises(WithheldError):
        require_usable(item, "item", datetime(2026, 3, 11, 17, 59, tzinfo=UTC))
    require_usable(item, "item", datetime(2026, 3, 11, 18, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    "headline", ["Two killed in storm", "Kill the bill, say farmers", "KILLERS WHALES BACK"]
)
def test_no_kill_notice(headline: str) -> None:
    """News of killing is no notice that a story is killed."""
    assert read(samples.news_item(headline=headline)).headline == headline


def test_same_item_in_two_messages() -> None:
    """An item sent in two messages has the same bytes, whatever stands around it."""
    other = samples.news_item(guid="urn:hw:2")
    first = list(wire.items(samples.message(samples.news_item(), other).encode(), "a"))
    again = list(wire.items(samples.message(other, samples.news_item()).encode(), "b"))
    assert isinstance(first[0], wire.Entry)
    assert isinstance(again[1], wire.Entry)
    assert first[0].data == again[1].data


def test_prefixed_names() -> None:
    """Namespaces that a message declares hold for the items cut out of it."""
    inner = "<n:contentMeta><n:headline>One {0}</n:headline></n:contentMeta>"
    item = f'<n:newsItem guid="urn:hw:{{0}}">{inner}</n:newsItem>'
    both = item.format(1) + item.format(2)
    message = f'<n:newsMessage xmlns:n="http://iptc.org/std/nar/2006-10-01/">{both}</n:newsMessage>'
    entries = list(wire.items(message.encode(), "m"))
    assert all(isinstance(entry, wire.Entry) and b'xmlns:n="http' in entry.data for entry in entries)
    articles = [
        reading.read_bytes(entry.data, path="m", media_type=entry.media_type)
        for entry in entries
        if isinstance(entry, wire.Entry)
    ]
    assert [article.headline for article in articles] == ["One 1", "One 2"]


def test_page_is_the_file(tmp_path: Path) -> None:
    """A file of one item is kept byte for byte, and reading the page again gives the same article."""
    path = tmp_path / "item.xml"
    path.write_bytes(samples.nitf().encode())
    article = reading.read(path)
    assert article.page is not None
    assert article.page.data == path.read_bytes()
    assert reading.reread(article.page, str(path)) == article


@pytest.mark.parametrize("kind", ["packageItem", "conceptItem", "planningItem"])
def test_no_news(kind: str) -> None:
    """Packages, concepts and plans say that they are no news."""
    with pytest.raises(NoArticleError, match=kind):
        read(samples.PACKAGE.replace("packageItem", kind))
    with pytest.raises(NoArticleError, match=kind):
        read(samples.message(samples.PACKAGE.replace("packageItem", kind)))


BODY = "<nitf><body><body.content><p>&b;</p></body.content></body></nitf>"
BOMB = f'<!DOCTYPE nitf [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>{BODY}'
EXTERNAL = f'<!DOCTYPE nitf [<!ENTITY b SYSTEM "file:///etc/passwd">]>{BODY}'


SPACES = "".join(f' xmlns:n{number}="urn:n:{number}"' for number in range(200))


def read_each(data: bytes) -> None:
    """Read every item of a file; raise the first error."""
    for entry in wire.items(data, "item"):
        if isinstance(entry, InputError):
            raise entry
        reading.read_bytes(entry.data, path="item", media_type=entry.media_type)


@pytest.mark.parametrize(
    ("data", "kind", "said"),
    [
        (BOMB, InputError, "entities"),
        (EXTERNAL, InputError, "entities"),
        ("<nitf>" + "<block>" * 100_000, LimitError, "inside one another"),
        (samples.message("<newsItem>" + "<a>" * 100_000), LimitError, "inside one another"),
        ("<nitf>" + "<p>word</p>" * 500_000 + "</nitf>", LimitError, "5,000,000"),
        ("<nitf><body>", InputError, "no XML that can be read"),
        ("<nitf>" + "<![CDATA[" * 500_000, InputError, "no XML that can be read"),
        ("<nitf>" + "&" * 2_000_001, LimitError, "ampersands"),
        (samples.message().replace("<itemSet", "<itemSet" + SPACES), LimitError, "namespaces"),
        ('{"uri": "urn:x", "pubstatus": "usable", "versioncreated": ' + "[" * 100_000, InputError, "JSON"),
    ],
    ids=[
        "bomb", "external", "deep", "deep message", "large", "broken", "open",
        "ampersands", "namespaces", "deep json",
    ],
)  # fmt: skip
def test_hostile(data: str, kind: type[InputError], said: str) -> None:
    """Entities, depth and size beyond any news are refused in one line."""
    with pytest.raises(kind, match=said):
        read_each(data.encode())


def test_broken_message() -> None:
    """A message that breaks off gives the items before the break, then the error."""
    whole = samples.message(samples.news_item(guid="urn:hw:1"), samples.news_item(guid="urn:hw:2"))
    found = list(wire.items(whole[: whole.rindex("<contentSet>")].encode(), "m"))
    assert [type(one).__name__ for one in found] == ["Entry", "InputError"]


def test_entities_of_html() -> None:
    """Entities of HTML, which old NITF holds without declaring them, are read; unknown ones stay."""
    article = read(samples.nitf().replace("Residents", "&ldquo;R&eacute;sidents&rdquo; &unheard;", 1))
    assert "“Résidents” &unheard;" in article.text


TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)


@settings(max_examples=60, deadline=None)
@given(
    headline=TEXT,
    byline=TEXT,
    paragraphs=st.lists(TEXT, min_size=1, max_size=4),
    version=st.sampled_from([1, 2, 3]),
)
def test_any_words(headline: str, byline: str, paragraphs: list[str], version: int) -> None:
    """Whatever the words, parts are spans that do not overlap, and reading twice gives the same."""
    data = samples.ninjs_bytes(
        version, headline=headline, headlines=None, byline=byline, by=None, bodies=None, body_xhtml=None,
        body_text="\n".join(paragraphs),
    )  # fmt: skip
    page = Page(data=data, media_type=wire.NINJS)
    try:
        article = reading.reread(page, "item")
    except InputError:
        return
    spans = sorted(
        span for part, spans in article.parts.items() if part not in ("agency", "dateline") for span in spans
    )
    assert all(0 <= start < end <= len(article.text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert reading.reread(page, "item") == article


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300), whole=st.booleans())
def test_any_bytes(data: bytes, whole: bool) -> None:
    """Items with bytes of any kind in them are read, or refused as an input."""
    item = samples.news_item().encode()
    at = item.index(b"<contentSet>") + 40
    altered = item[:at] + data + (item[at:] if whole else b"")
    try:
        read(altered)
    except InputError:
        return
