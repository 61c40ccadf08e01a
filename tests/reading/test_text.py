"""Parts of plain text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import reading
from onrecord.article import Article
from onrecord.errors import InputError
from onrecord.reading import wording
from onrecord.reading.text import read_text

SAVED = """Lakes | Ardin

Ferrymen will not sail on Sunday — union

Owners have until Saturday noon to answer, Kestral branch says

  • AFP
  • Published: 08:15 March 4, 2019
  • Ardin Herald

Ferry at Kestral quay
  • Image Credit: EPA
  • The ferry Halcyon at Kestral quay.

Kestral: No ferry will leave Kestral on Sunday unless the winter bonus is paid, the ferrymen’s union said.

“We are paid for calm water,” its secretary, Jory Penn, told islanders. “The water has not been calm.”

Read more: Ten years of the winter bonus

The owners said they had “nothing to add and nothing to subtract”.

Ardin Herald
Gulls over Kestral harbour

Blog: A winter on the quay

The other side of the lake: what the carters say
"""

WIRE = """MERROW, Feb 3 (Reuters) - The harbour master of Merrow resigned on Monday, his office said.

He gave no reason. "There are reasons," his clerk said.
"""


def read(text: str) -> Article:
    """Read a text from memory."""
    return reading.read_bytes(text.encode(), path="t.txt", media_type="text/plain")


def body(article: Article) -> list[str]:
    """Return the paragraphs of the body."""
    return [article.text[start:end] for start, end in article.parts["body"]]


def test_saved_page_fields() -> None:
    """A page saved as text gives its section, titles, bulleted metadata, caption, credit and dateline."""
    article = read(SAVED)
    assert article.section == "Lakes | Ardin"
    assert article.headline == "Ferrymen will not sail on Sunday — union"
    assert article.standfirst == "Owners have until Saturday noon to answer, Kestral branch says"
    assert (article.agency, article.outlet) == ("AFP", "Ardin Herald")
    assert (article.published, article.published_from) == ("2019-03-04T08:15", "text")
    assert (article.caption, article.credit) == ("The ferry Halcyon at Kestral quay.", "EPA")
    assert (article.dateline, article.language) == ("Kestral", "en")


def test_saved_page_body() -> None:
    """Furniture within and below the text of a saved page is no part of its body."""
    starts = ["No ferry will leave", "“We are paid for", "The owners said they"]
    assert [text[: len(start)] for text, start in zip(body(read(SAVED)), starts, strict=True)] == starts


def test_wire_opening() -> None:
    """The body of a wire report starts after dateline and agency."""
    article = read(WIRE)
    assert (article.dateline, article.agency, article.headline) == ("MERROW", "Reuters", None)
    assert body(article)[0].startswith("The harbour master")


def test_bare_prose_loses_nothing() -> None:
    """Every line of a text without signs of a page stays in the body."""
    lines = [
        "It rained all day in the valley, and the mill stood still.",
        "Nobody came.",
        "Sign up, said Ada, or go home.",
    ]
    assert body(read("\n".join(lines))) == lines


def test_headline_of_bare_text() -> None:
    """A short first line without a full stop, with a blank line below it, is the headline."""
    article = read("Mill stands still as rain goes on\n\nIt rained all day in the valley, and nobody came.\n")
    assert article.headline == "Mill stands still as rain goes on"


def test_byline_and_masthead() -> None:
    """A newspaper's name on top is the outlet, and a line below the title with "By" the byline."""
    article = read(
        "The Norrin Gazette\nCourts\n\nCarter fined for singing\n\nBy Alma Stroud\nFriday 7 May 2021\n\n"
        "A carter who sang on the bridge after midnight was fined nine crowns by the Norrin bench.\n"
    )
    assert (article.outlet, article.section) == ("The Norrin Gazette", "Courts")
    assert (article.headline, article.byline, article.published) == (
        "Carter fined for singing",
        "Alma Stroud",
        "2021-05-07",
    )


def test_byline_with_agencies() -> None:
    """Agencies without a name in a byline are the agency, and the names stay the byline."""
    draft = read_text("Bakery shelled\nBy Dalia Merhav and agencies\n\nTrains stood still on Monday.")
    assert draft.fields["byline"] == "Dalia Merhav"
    assert draft.fields["agency"] == "agencies"


def test_byline_with_outlet_and_date() -> None:
    """Names, outlet and date in one line with strokes between are told apart."""
    draft = read_text(
        "Barges were unsafe\n\nBy Ivo Castellan and Priya Menon | The Tarn Observer | 14 February 2026\n\n"
        "Ministers were told in June that the barges were unsafe, papers seen by this newspaper show.\n"
    )
    assert draft.fields["byline"] == "Ivo Castellan and Priya Menon"
    assert draft.fields["published"] == "2026-02-14"


def test_byline_with_a_place() -> None:
    """A name with the place it writes from is the byline when the date stands below it."""
    draft = read_text(
        "Dam bursts above village\n\nMarta Oduya in Lower Kesh\nSat 9 Nov 2024 06.00 GMT\n\nThe dog barked "
        "first, and then the wall above the village gave way in the dark.\n"
    )
    assert draft.fields["byline"] == "Marta Oduya"
    assert draft.fields["published"].startswith("2024-11-09")


def test_given_fill_gaps_only() -> None:
    """What the user gives is taken only where the text says nothing."""
    given_values = {"outlet": "Elsewhere", "published": "1999-01-01"}
    known = reading.read_bytes(SAVED.encode(), path="t", given=given_values)
    bare = reading.read_bytes(
        b"Nothing happened in the valley today, and it was reported at length.", path="t", given=given_values
    )
    assert (known.outlet, known.published) == ("Ardin Herald", "2019-03-04T08:15")
    assert (bare.outlet, bare.published, bare.published_from) == ("Elsewhere", "1999-01-01", "option")


TEXTS = st.text(
    alphabet=st.sampled_from("ab Z.:“”\"'\n\n\t•-–—|/()©0123é\u0640\u200f\U0001f600"),
    min_size=1,
    max_size=400,
)
LINES = st.lists(
    st.sampled_from(SAVED.split("\n") + WIRE.split("\n") + ["(AP)", "By Ann Lee", "© 2012", ""]), max_size=14
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(TEXTS, LINES.map("\n".join)))
def test_spans_lie_in_order(text: str) -> None:
    """Whatever the text, it is not changed, and the spans of each part lie inside it, in order, not empty."""
    draft = read_text(text)
    assert draft.text == text
    for spans in draft.parts.values():
        ends = [0]
        for start, end in sorted(spans):
            assert ends[-1] <= start < end <= len(text)
            ends.append(end)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.text(alphabet="abc deé,", min_size=1, max_size=60).map(lambda line: line.strip() + " said."),
        min_size=1,
        max_size=8,
    )
)
def test_plain_sentences_are_all_kept(lines: list[str]) -> None:
    """Every character of a text of ordinary sentences belongs to its body or headline."""
    text = "\n".join(lines)
    draft = read_text(text)
    covered = {
        place
        for name in ("body", "headline")
        for start, end in draft.parts.get(name, [])
        for place in range(start, end)
    }
    assert all(place in covered or text[place].isspace() for place in range(len(text)))


@settings(max_examples=60, deadline=None)
@given(TEXTS.filter(lambda text: bool(text.strip())))
def test_text_survives_bytes(text: str) -> None:
    """Reading the bytes of a text gives the text back, and reading the page again the same article."""
    try:
        article = reading.read_bytes(text.encode(), path="t", media_type="text/plain")
    except InputError:
        return
    assert article.text == text
    assert article.page is not None
    assert reading.reread(article.page, "t") == article


def test_model_case(shared: Path) -> None:
    """The model case has all the article fields of its key, and no furniture in the body."""
    import json

    folder = shared / "reports" / "gulf-news-2012-12-22"
    article = reading.read(folder / "article.txt")
    key = json.loads((folder / "gold.json").read_text(encoding="utf-8"))["article"]
    assert {name: getattr(article, name) for name in key} == key
    assert len(article.parts["body"]) == 15


@pytest.mark.parametrize("name", ["syria08", "syria11"])
def test_nothing_lost_of_sentences_a_line(shared: Path, name: str) -> None:
    """A text of one sentence a line loses no line; the run-in stamp gives dateline, agency and time."""
    article = reading.read(shared / "data" / "syria" / f"{name}.txt")
    assert article.agency == "Reuters"
    assert (article.published or "").startswith("2011-")
    assert len(article.parts["body"]) == len([line for line in article.text.split("\n") if line.strip()])


def test_little_of_marked_text_is_lost(shared: Path) -> None:
    """At most 3 in 1,000 marked contents of the training corpus lie outside body and titles."""
    lost = total = 0
    folder = shared / "data" / "polnear" / "train"
    for file in sorted((folder / "text").glob("*.txt"))[::6]:
        text = file.read_bytes().decode("utf-8-sig")
        draft = read_text(text)
        kept = bytearray(len(text))
        for name in ("body", "headline", "standfirst", "caption"):
            for start, end in draft.parts.get(name, []):
                kept[start:end] = b"\1" * (end - start)
        marks = next(iter(sorted((folder / "attributions").glob(file.stem + "*.ann"))), None)
        for line in marks.read_text(encoding="utf-8").splitlines() if marks else []:
            fields = line.split("\t")
            if len(fields) > 1 and fields[1].startswith("Content "):
                spans = [
                    tuple(map(int, pair.split())) for pair in fields[1].removeprefix("Content ").split(";")
                ]
                total += 1
                lost += any(
                    not kept[place] and not text[place].isspace() for a, b in spans for place in range(a, b)
                )
    assert total > 1_000
    assert lost <= total * 0.003


@pytest.mark.parametrize(
    "line",
    ["Home | World | Business | Subscribe", "Home · World · Business", "World | Sport | Money | Books"],
)
def test_a_menu_is_no_section(line: str) -> None:
    """A site's menu saved with the page is no part of the article, above it or below."""
    body = "The towns will pay a third, the mayor said on Friday, and no more."
    text = f"{line}\n\nBridge talks end in the valley\n\n{body}\n"
    article = reading.read_bytes(f"{text}\nHome | About | Contact\n".encode(), path="t.txt")
    assert (article.section, article.headline) == (None, "Bridge talks end in the valley")
    assert len(article.parts["body"]) == 1


@pytest.mark.parametrize(
    "line", ["In Focus | Syria", "Home > World > Asia", "Oil | 80 | 81 | 82", "By Ann Lo | Post"]
)
def test_what_is_no_menu(line: str) -> None:
    """Two rubrics, a path of them, a row of figures and a byline are no menu."""
    assert not wording.is_navigation(line)


def test_day_and_hour_of_the_last_change() -> None:
    """A date with the hour of the last change behind it is the day of publication, and no standfirst."""
    draft = read_text(
        "Peace talks collapse\n\n1 September 2016 Last updated at 11:04 GMT\n\nTalks to end the "
        "fighting in the north have collapsed, the chief mediator says.\n"
    )
    assert draft.fields["published"].startswith("2016-09-01")
    assert "standfirst" not in draft.fields


def test_dateline_in_capitals_that_the_byline_names() -> None:
    """Capitals before a colon are a place when the text speaks of one so called; the byline stands above."""
    draft = read_text(
        "Vote was rigged, says Front\n\nRahul Deshmane, Balipur, The Eastern Mail\nUpdated: Sep 02, 2018\n"
        "\nBALIPUR: Chief Minister Ranjit Kasun took the oath on Sunday, an hour later than planned.\n"
    )
    assert draft.fields["byline"] == "Rahul Deshmane"
    assert draft.fields["dateline"] == "BALIPUR"
