"""Which office a speaker gets."""

from __future__ import annotations

import pytest

from .marked import resolved


def office(text: str) -> str | None:
    """Return the office of the first statement's speaker."""
    speaker = resolved(text)[0].speaker
    return speaker.office if speaker else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "<c1>It rained</c1>, <q1>said</q1> <s1>Col. Ivo Marl, spokesman for the Tarn Front</s1>.",
            "spokesman for the Tarn Front",
        ),
        (
            "President Ana Dorr slept. The Belgian President Ana Dorr woke. <s1>Dorr</s1> <q1>said</q1> "
            "<c1>it rained</c1>.",
            "Belgian President",
        ),
        (
            "<s1>Ivo Marl, who heads the Tarn Relief Fund</s1>, <q1>said</q1> <c1>it rained</c1>.",
            "heads the Tarn Relief Fund",
        ),
        (
            "<s1>Ivo Marl, a trader at Dorr Capital,</s1> <q1>said</q1> <c1>it rained</c1>.",
            "trader at Dorr Capital",
        ),
        ("<s1>Opposition activist Ivo Marl</s1> <q1>said</q1> <c1>it rained</c1>.", "Opposition activist"),
        ("<s1>Lota, a rebel spokesman,</s1> <q1>said</q1> <c1>it rained</c1>.", "rebel spokesman"),
    ],
)
def test_office_that_says_most(text: str, expected: str) -> None:
    """An office with its body goes before a bare one, any before a rank; a calling serves where none is."""
    assert office(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "<s1>Ivo Marl, a cousin of Ana Dorr,</s1> <q1>said</q1> <c1>it rained</c1>.",
        "<s1>Ivo Marl</s1>, thanked the major for it. He <q1>said</q1> <c1>it rained</c1>.",
    ],
)
def test_no_office(text: str) -> None:
    """Kinship and what somebody does are no offices."""
    assert office(text) is None


def test_office_of_somebody_unnamed() -> None:
    """An unnamed source keeps the office that the text grants, with its span."""
    (statement,) = resolved("<s1>A spokesman for the Tarn Front</s1> <q1>said</q1> <c1>it rained</c1>.")
    assert statement.speaker is not None
    assert (statement.speaker.kind, statement.speaker.office) == ("unnamed", "spokesman for the Tarn Front")
    assert statement.speaker.office_spans == ((2, 30),)


def test_office_told_later() -> None:
    """An office that the article gives at its end holds for the speaker's earlier statements."""
    text = "<s1>Ivo Marl</s1> <q1>said</q1> <c1>it rained</c1>. Ivo Marl, mayor of Tarn, slept."
    assert office(text) == "mayor of Tarn"


def test_office_with_for() -> None:
    """The field of an office is no part of the name behind it."""
    text = "<s1>High Commissioner for Human Rights Ana Dorr</s1> <q1>said</q1> <c1>it rained</c1>."
    speaker = resolved(text)[0].speaker
    assert speaker is not None
    assert (speaker.name, speaker.office) == ("Ana Dorr", "High Commissioner for Human Rights")


def test_holder_named_behind_the_body() -> None:
    """Who follows the body of the office is the holder, not a part of the body's name."""
    text = "The envoy to the Isles Council Vera Holm slept. “<c1>It rained</c1>,” <s1>she</s1> <q1>said</q1>"
    speaker = resolved(text)[0].speaker
    assert speaker
    assert (speaker.name, speaker.office) == ("Vera Holm", "envoy to the Isles Council")


def test_article_after_a_line_without_a_mark() -> None:
    """The article that opens a sentence is no part of the capitals that stand before it."""
    text = "TARN 00.05 BST A guard slept. “<c1>It rained</c1>,” <q1>said</q1> <s1>he</s1>."
    speaker = resolved(text)[0].speaker
    assert speaker is None or "BST" not in (speaker.name or "")


def test_office_in_a_clause() -> None:
    """What somebody was until a day is his office, without the words that lead there."""
    text = "Ivo Marl, who until May was chief of the port, left. <s1>Marl</s1> <q1>said</q1> <c1>it hurt</c1>"
    assert office(text) == "chief of the port"


def test_rank_between_office_and_name() -> None:
    """A rank or form of address between an office and the name is no part of the office."""
    assert office("<s1>Ardin Foreign Minister Prince Ivo Marl</s1> <q1>said</q1> <c1>no</c1>.") == (
        "Ardin Foreign Minister"
    )


def test_heads_of_two_bodies() -> None:
    """The head of a service is not the chief of somebody's staff."""
    text = (
        "His former chief of staff, Klara Varga, left. <s1>The former head of the intelligence service</s1> "
        "<q1>said</q1> <c1>the list was real</c1>."
    )
    speaker = resolved(text)[0].speaker
    assert speaker is not None
    assert speaker.name != "Klara Varga"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Marine's chief engineer Bob Lund", "Marine's chief engineer"),
        ("Chief financial officer Paul Dorr", "Chief financial officer"),
        ("Radio pundit and former Rovers captain Roy Gant",
         "former Rovers captain"),
        ("Deputy Prime Minister and Minister of Foreign Affairs Sheikh Nasser Marl",
         "Deputy Prime Minister and Minister of Foreign Affairs"),
        ("Official spokesman of the Ministry of Ports Brigadier Adel Marl",
         "Official spokesman of the Ministry of Ports"),
        ("Director General of the Ports Authority, Yousef Marl,",
         "Director General of the Ports Authority"),
        ("Det Insp Carol Dunn", "Det Insp"),
        ("Vice-chairman Cllr Phil Root", "Vice-chairman"),
        ("Acting police commissioner Hal Root", "Acting police commissioner"),
        ("The agency's director general, Rafael Marl,", "agency's director general"),
        ("Headteacher Mrs Sandra Oakes", "Headteacher"),
        ("Chair of governors Rev Colin Tye", "Chair of governors"),
        ("Counsel to the inquiry Maya Lund KC", "Counsel to the inquiry"),
        ("Ranchers' association chairman Paul Marl", "Ranchers' association chairman"),
        ("Treasury Secretary-designate Rob Kell", "Treasury Secretary-designate"),
        ("Shadow water minister Joe Penn", "Shadow water minister"),
        ("Opposition leader Given Lubinda", "Opposition leader"),
        ("Beijing's envoy to the talks, Ivo Marl,", "Beijing's envoy to the talks"),
        ("The Bishop of Tarn, the Right Reverend Alan Moule,", "Bishop of Tarn"),
        ("WHO country representative Ingrid Halle", "WHO country representative"),
        ("Reader Megan Todd", None),
        ("Resident Ali Root", None),
    ],
)  # fmt: skip
def test_whole_office(source: str, expected: str | None) -> None:
    """An office goes from the body that it is held in to the rank before the name; a role is none."""
    assert office(f"<s1>{source}</s1> <q1>said</q1> <c1>it hurt</c1>.") == expected


def test_office_in_a_clause_of_its_own() -> None:
    """An office inside what somebody tells begins with its own article, not with an earlier one."""
    text = (
        "Jane Roe told the Dunmore inquiry that the then chief executive, Neil Frome, slept. "
        "<s1>Frome</s1> <q1>said</q1> <c1>he did not</c1>."
    )
    assert office(text) == "then chief executive"


def test_office_in_full_goes_before_what_headlines_say() -> None:
    """A chief of the headline has the office that the body gives him."""
    text = "Union chief Ivo Marl left. <s1>Union Secretary General Ivo Marl</s1> <q1>said</q1> <c1>no</c1>."
    assert office(text) == "Union Secretary General"


def test_a_student_holds_no_office() -> None:
    """A student at a university has no office."""
    assert office("<s1>Ivo Marl, a student at Tarn University,</s1> <q1>said</q1> <c1>no</c1>.") is None


def test_office_behind_a_verb() -> None:
    """An office begins behind the verb whose object its holder is."""
    text = "The paper quoted its executive editor, <s1>Bill Kerr</s1>, <q1>as saying</q1> <c1>no</c1>."
    assert office(text) == "executive editor"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "<s1>Ivo Marl, appointed chief justice by the king in 1998,</s1> <q1>said</q1> <c1>it is</c1>.",
            "chief justice",
        ),
        (
            "<s1>Ivo Marl, president of the Council on Ports and</s1> <q1>said</q1> <c1>it rained</c1>.",
            "president of the Council on Ports",
        ),
        (
            "The finding was cited by Ivo Marl, Peter Voss and every major newspaper. <s1>Marl</s1> "
            "<q1>said</q1> <c1>it rained</c1>.",
            None,
        ),
    ],
)
def test_words_beside_an_office_are_left_out(text: str, expected: str | None) -> None:
    """How one came to an office, a loose "and", and the next name of a list are no part of it."""
    assert office(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "<s1>A spokesman for Velmoran President Hugo Marl</s1> <q1>said</q1> <c1>it rained</c1>.",
        "<s1>A rebel spokesman in another eastern town, Zintar,</s1> <q1>said</q1> <c1>it rained</c1>.",
        "<s1>Resolution 1980</s1> <q1>demands</q1> <c1>that it rain</c1>.",
        "<s1>The Great Man Canal</s1> <q1>says</q1> <c1>it rained</c1>.",
    ],
)
def test_name_in_a_source_is_not_always_who_speaks(text: str) -> None:
    """The chief of a spokesman, the town of a rebel, a document and a thing with an article are no person."""
    speaker = resolved(text)[0].speaker
    assert speaker is None or speaker.kind != "person" or not speaker.named


def test_office_inside_a_phrase() -> None:
    """An office stands in the part of a phrase that is next to the name."""
    text = "It aired a talk with the interior minister, Ivo Kost. <s1>Kost</s1> <q1>said</q1> <c1>no</c1>."
    assert office(text) == "interior minister"


def test_what_somebody_does_is_no_office() -> None:
    """A title of whom somebody acts on behind a comma is not the office of who acts."""
    text = "One woman, Karen Robb, pulled Rep. King aside. <s1>Robb</s1> <q1>said</q1> <c1>no</c1>."
    assert office(text) is None
