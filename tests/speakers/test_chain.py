"""The word chain and hearsay."""

from __future__ import annotations

import pytest

from onrecord.speakers import resolve

from .marked import marked, resolved


def via(text: str, parents: dict[int, int] | None = None, **fields: str) -> list[list[str]]:
    """Return the words of each statement's chain."""
    article, _ = marked(text)
    return [[article.text[start:end] for start, end in s.via] for s in resolved(text, parents, **fields)]


def test_medium_quoted_him() -> None:
    """The medium that quotes is the chain, and the words are hearsay."""
    text = "State television <q1>quoted</q1> <s1>Pavel Orlov</s1> as saying <c1>the port was shut</c1>."
    assert via(text) == [["State television"]]
    assert [s.hearsay for s in resolved(text)] == [True]


@pytest.mark.parametrize(
    ("words", "chain"),
    [
        ("The daily Al Varan has it. It <q1>quoted</q1> {} <q1>as saying</q1> <c1>it hurt</c1>.", "It"),
        ("Al Varan <q1>quoted</q1> {} <q1>as saying</q1> <c1>it hurt</c1>.", "Al Varan"),
        ("State radio yesterday <q1>quoted</q1> {} <q1>as saying</q1> <c1>it hurt</c1>.", "State radio"),
        ("State radio also <q1>cited</q1> {} <q1>as saying</q1> <c1>it hurt</c1>.", "State radio"),
        ("<c1>It hurt</c1>, said TNA, the Tarn news agency, <q1>citing</q1> {}.", "TNA"),
    ],
)  # fmt: skip
def test_who_quotes_somebody(words: str, chain: str) -> None:
    """Whoever quotes somebody as saying hands the words on: a medium known or not, or its pronoun."""
    assert via(words.format("<s1>a guard</s1>")) == [[chain]]


def test_the_source_goes_on() -> None:
    """What an unnamed source says next, spoken of as known, came the same way."""
    text = (
        "State radio <q1>quoted</q1> <s1>a source in the council</s1> <q1>as saying</q1> <c1>it hurt</c1>. "
        "<s2>The source</s2> <q2>said</q2> <c2>it was bad</c2>."
    )
    assert via(text) == [["State radio"], ["State radio"]]


def test_quoted_by() -> None:
    """The words “quoted by X as saying” name the chain."""
    text = (
        "<s1>Pavel Orlov</s1> <q1>was quoted by the Tarn news agency as saying</q1> <c1>the "
        "port was shut</c1>."
    )
    assert via(text) == [["the Tarn news agency"]]


def test_told_a_newspaper() -> None:
    """What was told to a newspaper came through it; that alone is no hearsay."""
    text = "<s1>Pavel Orlov</s1> <q1>told</q1> the Harbour Times <c1>that the port was shut</c1>."
    assert via(text) == [["the Harbour Times"]]
    assert [s.hearsay for s in resolved(text)] == [False]


def test_told_reporters() -> None:
    """Words told to reporters have no chain."""
    assert via("<s1>Pavel Orlov</s1> <q1>told</q1> reporters <c1>that the port was shut</c1>.") == [[]]


def test_own_agency_is_no_chain() -> None:
    """The agency whose report this is hands nothing on."""
    text = "TARN (Reuters) - <s1>Pavel Orlov</s1> <q1>told</q1> Reuters <c1>that the port was shut</c1>."
    assert via(text) == [[]]


def test_own_outlet_is_no_chain() -> None:
    """The outlet of the article hands nothing on either."""
    text = "<s1>Pavel Orlov</s1> <q1>told</q1> the Harbour Times <c1>that the port was shut</c1>."
    assert via(text, outlet="Harbour Times") == [[]]


def test_chain_carries_on() -> None:
    """The same speaker's next statement came the same way, until he speaks to reporters."""
    text = (
        "<s1>Pavel Orlov</s1> <q1>told</q1> the Harbour Times <c1>that the port was shut</c1>. "
        "<c2>It leaks</c2>, <s2>he</s2> <q2>said</q2>. <s3>He</s3> <q3>told</q3> reporters "
        "<c3>he was tired</c3>."
    )
    assert via(text) == [["the Harbour Times"], ["the Harbour Times"], []]


def test_chain_named_later() -> None:
    """A bare “was quoted as saying” takes the medium that the next statement names."""
    text = (
        "<s1>Pavel Orlov</s1> <q1>was quoted as saying</q1> <c1>the port was shut</c1>. "
        "<c2>It leaks</c2>, <s2>he</s2> <q2>told</q2> the Harbour Times."
    )
    assert via(text) == [["the Harbour Times"], ["the Harbour Times"]]


def test_reports_are_hearsay() -> None:
    """According to reports is hearsay."""
    assert [
        s.hearsay for s in resolved("<q1>According to</q1> <s1>reports</s1>, <c1>the port is shut</c1>.")
    ] == [True]


def test_reportedly() -> None:
    """Reportedly is hearsay of nobody known."""
    [statement] = resolved("The port is <q1>reportedly</q1> <c1>shut</c1>.")
    assert statement.hearsay is True


def test_nothing_known() -> None:
    """Without source and cue nothing is known about hearsay."""
    [statement] = resolved("<c1>The port is shut.</c1>")
    assert statement.hearsay is None


def test_nested_in_a_medium() -> None:
    """What a person said inside a medium's report came through that medium."""
    article, statements = marked(
        "<s1>The Harbour Times</s1> <q1>said</q1> "
        "<c1><s2>Pavel Orlov</s2> had <q2>promised</q2> <c2>to stay</c2></c1>.",
        {2: 1},
    )
    nested = resolve(article, statements)[1]
    assert [article.text[start:end] for start, end in nested.via] == ["The Harbour Times"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "<s1>Ivo Marl</s1> <q1>was quoted as saying</q1> by state television that <c1>it rained</c1>.",
            ["state television"],
        ),
        (
            "In an interview with CNN's Spanish network, <s1>Ivo Marl</s1> <q1>said</q1> <c1>it rained</c1>.",
            ["CNN's Spanish network"],
        ),
        (
            "<s1>Ivo Marl</s1> <q1>wrote</q1> on his Facebook page that <c1>it rained</c1>.",
            ["his Facebook page"],
        ),
        (
            "<s1>The Tarn Times</s1> <q1>reported</q1>, citing two guards, that <c1>it rained</c1>.",
            ["two guards"],
        ),
        ("<s1>Ivo Marl</s1> <q1>told</q1> this newspaper that <c1>it rained</c1>.", []),
        ("<c1>It rained</c1>, <s1>Ivo Marl</s1> <q1>said</q1>, state radio reported.", ["state radio"]),
        ("<c1>It rained</c1>, <s1>Ivo Marl</s1> <q1>said</q1>, the farmers said.", []),
        (
            "In notes printed Friday by the Tarn Times, <s1>Ivo Marl</s1> <q1>said</q1> <c1>he slept</c1>.",
            ["the Tarn Times"],
        ),
        ("<s1>Ivo Marl</s1> <q1>wrote</q1> in the Tarn Times that <c1>it rained</c1>.", ["the Tarn Times"]),
    ],
)
def test_ways_of_handing_on(text: str, expected: list[str]) -> None:
    """Media, networks, pages and a medium's own sources are links; the paper itself is none."""
    article, statements = marked(text)
    (statement,) = resolve(article, statements)
    assert [article.text[start:end] for start, end in statement.via] == expected


def test_agency_hands_on() -> None:
    """A news agency in whose report a statement stands is its link."""
    text = (
        "<c1><s2>Ivo Marl</s2> <q2>said</q2> <c2>it rained</c2></c1>, <s1>the Tarn Press Agency</s1> "
        "<q1>reported</q1>."
    )
    article, statements = marked(text, {2: 1})
    inner = resolve(article, statements)[1]
    assert [article.text[start:end] for start, end in inner.via] == ["the Tarn Press Agency"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("A spokesman for the port", ["A spokesman for the port"]),
        ("Ana Dorr, the spokeswoman of the port,", ["Ana Dorr, the spokeswoman of the port"]),
        ("Ana Dorr, a farmer,", []),
    ],
)
def test_spokesman_hands_on(source: str, expected: list[str]) -> None:
    """Another's words inside a spokesman's came through him; inside anybody else's they did not."""
    text = f"<s1>{source}</s1> <q1>said</q1> <c1><s2>Ivo Marl</s2> <q2>promised</q2> <c2>to rest</c2></c1>."
    article, statements = marked(text, {2: 1})
    inner = resolve(article, statements)[1]
    assert [article.text[start:end] for start, end in inner.via] == expected


def test_quoted_with_apposition() -> None:
    """Whom a medium quotes speaks, also with an office behind the name; the medium is in the chain."""
    text = (
        "<s1>The Harbour Times newspaper</s1> <q1>quoted</q1> envoy Ivo Marl, head of a club, as saying "
        "<c1>“it is late”</c1>. State radio quoted <s2>the miller, Pavel Orlov,</s2> <q2>as saying</q2> "
        "<c2>the bridge was gone</c2>."
    )
    article, _ = marked(text)
    found = resolved(text)
    assert [s.speaker.name for s in found if s.speaker] == ["Ivo Marl", "Pavel Orlov"]
    assert [article.quote(s.via) for s in found] == ["The Harbour Times newspaper", "State radio"]


def test_post_is_not_carried_on() -> None:
    """What somebody says after a post was not posted too; what follows in an interview was said in it."""
    text = (
        "<c1>It is late</c1>, <s1>Ivo Marl</s1> <q1>wrote</q1> on {}. <c2>The bridge is gone</c2>, "
        "<s2>Marl</s2> <q2>said</q2>."
    )
    assert via(text.format("Twitter")) == [["Twitter"], []]
    assert via(text.replace("wrote</q1> on", "told</q1>").format("the Harbour Times"))[1] == [
        "the Harbour Times"
    ]


def test_who_quotes_may_be_no_known_medium() -> None:
    """Whoever quotes somebody as saying hands the words on, also where only "quoted" is the cue."""
    text = (
        '<c1>"They shelled their own,"</c1> <s1>the state news agency</s1> Anba <q1>quoted</q1> an unnamed '
        "officer as saying."
    )
    statement = resolved(text)[0]
    assert statement.speaker is not None
    assert statement.speaker.name == "an unnamed officer"
    assert len(statement.via) == 1
    assert statement.hearsay is True


def test_agency_which_quoted_somebody() -> None:
    """Whom an agency quotes in a clause of its own speaks, through the agency."""
    text = (
        "<q1>According to</q1> <s1>the Tarn news agency, which quoted a medic</s1>, <c1>two were hurt</c1>. "
        "<s2>The medic</s2> <q2>said</q2> <c2>one was dying</c2>."
    )
    assert [s.speaker.name for s in resolved(text) if s.speaker] == ["a medic", "a medic"]
    assert via(text)[0] == ["the Tarn news agency"]


def test_told_the_paper_of_unknown_name() -> None:
    """A name with "The" inside a sentence is that of a paper."""
    assert via("<s1>Ivo Marl</s1> <q1>told</q1> The Beacon: <c1>it hurt</c1>.") == [["The Beacon"]]


def test_name_of_a_medium_is_not_cut() -> None:
    """The span of a medium holds its whole name."""
    text = "<s1>Ivo Marl</s1> <q1>tells</q1> the Press Association <c1>it hurt</c1>."
    assert via(text) == [["the Press Association"]]


def test_quoted_again_without_the_medium() -> None:
    """Who "was also quoted" came the way that he came before."""
    text = (
        "<c1><s2>Ivo Marl</s2> <q2>said</q2> <c2>it hurt</c2></c1>, <s1>Interfax</s1> <q1>reported</q1>. "
        "<s3>Ivo Marl</s3> <q3>was also quoted as saying</q3> <c3>it was short</c3>."
    )
    assert via(text, {2: 1})[1:] == [["Interfax"], ["Interfax"]]


@pytest.mark.parametrize(
    ("words", "chain"),
    [
        ("<c1>The king knew</c1>, <s1>Ivo Marl</s1> <q1>said</q1>, according to a palace aide.",
         "a palace aide"),
        ("<s1>Ivo Marl</s1> <q1>told</q1> the king <c1>it hurt</c1>, state television was quoted as saying.",
         "state television"),
    ],
)  # fmt: skip
def test_on_the_word_of_another(words: str, chain: str) -> None:
    """Whoever is named for somebody's words beside him handed them on, medium or not."""
    assert via(words) == [[chain]]


def test_what_an_unnamed_source_tells_of_others() -> None:
    """A source whose name is kept back hands on what others said, but not what his own side says."""
    text = (
        "<s1>A diplomat</s1> <q1>said</q1> <c1><s2>Ivo Marl</s2> <q2>had refused</q2> <c2>it</c2></c1>. "
        "<s3>A Russian official</s3> <q3>said</q3> <c3><s4>Russia</s4> <q4>had refused</q4> <c4>it</c4></c3>."
    )
    assert via(text, {2: 1, 4: 3}) == [[], ["A diplomat"], [], []]


def test_what_a_journalist_tells() -> None:
    """A journalist hands on what he tells of others; a named politician who tells it makes it his own."""
    text = (
        "<s1>The BBC's Jane Roe</s1> <q1>wrote</q1> <c1><s2>Marl</s2> <q2>had refused</q2> <c2>it</c2></c1>. "
        "<s3>Senator Max Dorr</s3> <q3>said</q3> <c3><s4>Ivo Marl</s4> <q4>had refused</q4> <c4>it</c4></c3>."
    )
    assert via(text, {2: 1, 4: 3}) == [[], ["The BBC's Jane Roe"], [], []]


def test_headline_has_the_chain_of_the_body() -> None:
    """A headline that sums up an interview has its chain."""
    text = "<s1>Marl</s1> <q1>denies</q1> <c1>a plot</c1>\n\n"
    body = "<s2>Ivo Marl</s2> <q2>told</q2> state radio <c2>there was no plot</c2>."
    start = len("Marl denies a plot\n\n")
    parts = {"headline": ((0, start - 2),), "body": ((start, start + 40),)}
    article, statements = marked(text + body, parts=parts)
    found = resolve(article, statements)
    assert [[article.text[a:b] for a, b in s.via] for s in found] == [["state radio"], ["state radio"]]


def test_whom_a_paper_cites_in_its_source() -> None:
    """Those whom a paper cites are its chain, with what tells how they know."""
    text = (
        "<s1>The Tarn Courier, citing two people familiar with the matter,</s1> <q1>reported</q1> "
        "<c1><s2>Marl</s2> <q2>had told</q2> the board <c2>that he would go</c2></c1>."
    )
    assert via(text, {2: 1}) == [["two people familiar with the matter"], ["The Tarn Courier"]]


def test_who_speaks_in_a_turn_hands_nothing_on() -> None:
    """In a transcript an interviewer who reminds of words is no link in their chain."""
    text = (
        "Leo Vance is a presenter.\n\nVANCE: <c1>But <s2>Marl</s2> <q2>said</q2> <c2>it hurt</c2>.</c1>\n\n"
        "DORR: He did.\n\nVANCE: And?\n\nDORR: It did."
    )
    assert via(text, {2: 1})[1] == []


@pytest.mark.parametrize(
    ("words", "chain"),
    [
        ("<s1>Ivo Marl</s1> <q1>was quoted last week by Fars as saying</q1> <c1>it hurt</c1>.", "Fars"),
        (
            "The Sun newspaper has it. <s1>The paper's source</s1> <q1>said</q1> <c1>it hurt</c1>.",
            "The paper",
        ),
    ],
)
def test_media_in_longer_words(words: str, chain: str) -> None:
    """A day between "quoted" and "by" hides no medium, and a paper's source speaks through it."""
    assert via(words) == [[chain]]


def test_what_an_unnamed_group_demands() -> None:
    """Who only takes a stand on others' words does not hand them on."""
    text = "<s1>Students</s1> <q1>demanded</q1> <c1>all <s2>Ivo Marl</s2> <q2>said</q2> <c2>it had</c2></c1>."
    assert via(text, {2: 1}) == [[], []]


def test_what_a_medium_says_of_who_told_another() -> None:
    """A medium that others told something is no link in the words of a medium."""
    text = "A guard told state radio of it, and <s1>the Tarn Times</s1> <q1>said</q1> <c1>two had died</c1>."
    assert via(text) == [[]]


@pytest.mark.parametrize("source", ["The survey", "Exit polls", "A court document"])
def test_what_papers_and_polls_tell(source: str) -> None:
    """A poll or a paper that tells what people say is no link in their chain."""
    text = f"<s1>{source}</s1> <q1>said</q1> <c1><s2>many</s2> <q2>feared</q2> <c2>it would hurt</c2></c1>."
    assert via(text, {2: 1}) == [[], []]


@pytest.mark.parametrize(
    "byline", ["By the CNN Wire Staff", "From Jane Roe and Max Dorr, For CNN", "By Jane Roe, CNN"]
)
def test_own_outlet_of_the_byline(byline: str) -> None:
    """The outlet that signs the article hands nothing on."""
    text = f"{byline}\n\n<s1>Pavel Orlov</s1> <q1>told</q1> CNN <c1>that the port was shut</c1>."
    assert via(text) == [[]]
