"""Kinds of speaker: organisation, state, media, group and unnamed."""

from __future__ import annotations

import pytest

from .marked import names, resolved


def kind(text: str) -> tuple[str | None, str | None, bool | None]:
    """Return name, kind and named of the last statement's speaker."""
    speaker = resolved(text)[-1].speaker
    assert speaker is not None
    return speaker.name, speaker.kind, speaker.named


def test_acronym_in_brackets() -> None:
    """An acronym introduced in brackets stands for the body from then on."""
    text = (
        "The Observatory for Coastal Rights (OCR) met. <s1>The OCR</s1> <q1>said</q1> <c1>nine had died</c1>."
    )
    assert kind(text) == ("Observatory for Coastal Rights", "organisation", True)


def test_a_body_in_apposition_to_what_it_is() -> None:
    """A common noun with the name of a body behind it is that body, and no unnamed person."""
    text = "<s1>The regulator, the Coastal Conduct Board,</s1> <q1>said</q1> <c1>it knew of the letter</c1>."
    assert kind(text) == ("Coastal Conduct Board", "organisation", True)


def test_a_document_that_names_somebody_is_not_by_him() -> None:
    """A memo that tells what a man has done, under his name, does not speak for him."""
    text = (
        "<c1>No</c1>, <s1>Joris Haldane</s1> <q1>said</q1>. <s2>The memo</s2> <q2>says</q2> "
        "<c2>that Haldane asked for silence</c2>."
    )
    assert kind(text)[0] == "The memo"


def test_a_bloc_is_no_person() -> None:
    """Names whose head is a word for a political body are bodies."""
    text = "<s1>The opposition National Bloc, meeting in Lune,</s1> <q1>urged</q1> <c1>talks</c1>."
    assert kind(text) == ("National Bloc", "organisation", True)


def test_bare_noun_of_a_body() -> None:
    """The bare “Observatory” is the body named with that word before."""
    text = (
        "The Observatory for Coastal Rights met. <s1>The Observatory</s1> <q1>said</q1> "
        "<c1>nine had died</c1>."
    )
    assert kind(text) == ("Observatory for Coastal Rights", "organisation", True)


@pytest.mark.parametrize(
    "source", ["Moscow", "The Kremlin", "Russia", "Russia's government", "The Russian authorities"]
)
def test_states(source: str) -> None:
    """Country, capital, seat of power and government are the state."""
    assert kind(f"<s1>{source}</s1> <q1>said</q1> <c1>it had no part in this</c1>.") == (
        "Russia",
        "state",
        True,
    )


def test_state_spans_are_the_mention() -> None:
    """A state's span is the word that stood for it."""
    [statement] = resolved("<c1>No</c1>, <s1>Moscow</s1> <q1>said</q1>.")
    assert statement.speaker is not None
    assert statement.speaker.spans == ((4, 10),)


def test_surname_like_a_capital() -> None:
    """A person's surname wins over a capital of the same name."""
    text = "Carla Paris sings. <c1>I am tired</c1>, <s1>Paris</s1> <q1>said</q1>."
    assert kind(text) == ("Carla Paris", "person", True)


@pytest.mark.parametrize(
    "source", ["top Russian officials", "activists", "most diplomats", "Residents of Tarn"]
)
def test_groups(source: str) -> None:
    """Plural nouns for people are a group without a name, in the text's words."""
    text = f"<c1>It was loud</c1>, <q1>said</q1> <s1>{source}</s1>."
    assert kind(text) == (source, "group", False)


@pytest.mark.parametrize("source", ["a senior official", "one aide", "a source close to the talks"])
def test_unnamed(source: str) -> None:
    """One person without a name keeps the words that the text grants."""
    assert kind(f"<c1>It was loud</c1>, <q1>said</q1> <s1>{source}</s1>.") == (source, "unnamed", False)


def test_unnamed_taken_up_again() -> None:
    """A later “the official” is the unnamed official who spoke before."""
    text = (
        "<s1>A senior harbour official</s1> <q1>said</q1> <c1>no</c1>. "
        "<s2>The official</s2> <q2>said</q2> <c2>yes</c2>."
    )
    assert names(text) == ["A senior harbour official"] * 2


def test_state_television() -> None:
    """State television is a medium."""
    assert kind("<c1>It was loud</c1>, <s1>state television</s1> <q1>said</q1>.")[1] == "media"


def test_newspaper_named_before() -> None:
    """A later “the newspaper” is the medium named before it, not the article's own agency."""
    text = (
        "TARN (Reuters) - Pavel Orlov wrote to the Harbour Times. "
        "<s1>The newspaper</s1> <q1>said</q1> <c1>he was angry</c1>."
    )
    assert kind(text) == ("Harbour Times", "media", True)


def test_body_of_activists() -> None:
    """Activists from a named body speak for it."""
    text = "<s1>Activists from the Observatory for Coastal Rights</s1> <q1>said</q1> <c1>nine had died</c1>."
    assert kind(text) == ("Observatory for Coastal Rights", "organisation", True)


def test_campaign() -> None:
    """A campaign is an organisation under its owner's surname."""
    text = "Ada Finch runs for mayor. <c1>We are ahead</c1>, <s1>Finch's campaign</s1> <q1>said</q1>."
    assert kind(text) == ("Finch campaign", "organisation", True)


def test_document_of_a_person() -> None:
    """What stands in a person's letter is that person's word."""
    text = "Ada Finch wrote. <s1>Finch's letter</s1> <q1>said</q1> <c1>the dam was old</c1>."
    assert kind(text) == ("Ada Finch", "person", True)


def test_company_is_no_person() -> None:
    """A bare name that the article later calls "the company" is an organisation everywhere."""
    text = (
        "<s1>Larkwell</s1> <q1>said</q1> <c1>sales rose</c1>. <s2>The company</s2> "
        "<q2>said</q2> <c2>costs fell</c2>."
    )
    found = resolved(text)
    assert [s.speaker.kind if s.speaker else None for s in found] == ["organisation", "organisation"]
    assert names(text) == ["Larkwell", "Larkwell"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Belgium's foreign ministry", ("Belgium's foreign ministry", "state", True)),
        ("The Belgian army", ("Belgian army", "state", True)),
        ("The White House", ("United States", "state", True)),
        ("The Tarn foreign ministry", ("Tarn foreign ministry", "state", True)),
        ("Belgian officials", ("Belgium", "state", True)),
        ("The delegation of Belgium", ("Belgium", "state", True)),
        ("The Tarn Free Army", ("Tarn Free Army", "organisation", True)),
        ("Tarn News Agency", ("Tarn News Agency", "media", True)),
        ("The official news agency, Lota,", ("Lota", "media", True)),
        ("Doctors for Peace", ("Doctors for Peace", "organisation", True)),
        ("The electoral commission", ("electoral commission", "organisation", True)),
        ("The company", ("company", "organisation", False)),
        ("Police", ("Police", "organisation", False)),
        ("Two diplomats", ("Two diplomats", "unnamed", False)),
        ("People familiar with the talks", ("People familiar with the talks", "unnamed", False)),
        ("The mayor of Tarn", ("The mayor of Tarn", "person", False)),
        ("Residents reached by telephone", ("Residents reached by telephone", "group", False)),
        (
            "Britain, France and the United States",
            ("United Kingdom, France and United States", "group", True),
        ),
        ("Most Rovers", ("Most Rovers", "group", False)),
    ],
)
def test_kinds_of_sources(source: str, expected: tuple[str, str, bool]) -> None:
    """Each form of source has its kind: state, body, medium, group, or people who stay unnamed."""
    assert kind(f"<s1>{source}</s1> <q1>said</q1> <c1>it was loud</c1>.") == expected


def test_what_is_called_which() -> None:
    """A name that the text calls "which" is a body."""
    text = "<s1>Varnost Mirel</s1>, which owns ferries, <q1>said</q1> <c1>it was loud</c1>."
    assert kind(text) == ("Varnost Mirel", "organisation", True)


def test_government_of_a_leader() -> None:
    """The government of a leader is that of the state whose office he holds."""
    text = "Belgian President Ivo Marl slept. <s1>Marl's government</s1> <q1>said</q1> <c1>it was loud</c1>."
    assert kind(text) == ("Belgium", "state", True)


def test_person_with_others() -> None:
    """Of "X and other ministers" X is the speaker."""
    text = "Ivo Marl slept. <s1>Marl and other ministers</s1> <q1>said</q1> <c1>it was loud</c1>."
    assert kind(text) == ("Ivo Marl", "person", True)


def test_name_of_a_town() -> None:
    """He is never a town that a preposition and "the town of" tell to be one."""
    text = "In the town of Kerlo Marl Ivo Dorr slept. <s1>He</s1> <q1>said</q1> <c1>it was loud</c1>."
    assert names(text) != ["Kerlo Marl"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a deserter who gave his name as Abu Lota", "Abu Lota"),
        ("a farmer who identified himself only as Lota", "Lota"),
        ("a farmer, who gave only her first name, Lota,", "Lota"),
        ("Harbour chief Pak Ki-moon", "Pak Ki-moon"),
        ("The Tarn Coordination Committees", "Tarn Coordination Committees"),
    ],
)
def test_names_given(source: str, expected: str) -> None:
    """The name that a source gives of himself is his; names may have a small half or a plural head."""
    text = f"<s1>{source}</s1> <q1>said</q1> <c1>it was loud</c1>."
    assert names(text) == [expected]


def test_office_with_abbreviation() -> None:
    """A full stop of an abbreviation does not end the office before a name."""
    text = "<s1>Belgium's ambassador to the U.N., Ivo Marl,</s1> <q1>said</q1> <c1>it was loud</c1>."
    speaker = resolved(text)[0].speaker
    assert speaker is not None
    assert speaker.office == "Belgium's ambassador to the U.N."


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Jan Petr Ostik", "Jan Petr Ostik"),
        ("Belgian Ambassador to Norway Edwin Marl", "Edwin Marl"),
        ("Minister for the Middle East Edwin Marl", "Edwin Marl"),
        ("the Tarn Sheriff's Office", "Tarn Sheriff's Office"),
        ("the Lota Bishops' Conference", "Lota Bishops' Conference"),
    ],
)
def test_whole_names(source: str, expected: str) -> None:
    """A name is not cut at a month or a possessive, nor joined to the place of an office."""
    assert names(f"<c1>It was loud</c1>, <q1>said</q1> <s1>{source}</s1>.") == [expected]


def test_another_name_is_no_office() -> None:
    """The name of somebody who stands before a title is no part of the office."""
    text = "A poll had Edwin Roe leading President Oskar Marl. <s1>Marl</s1> <q1>said</q1> <c1>no</c1>."
    assert [s.speaker.office for s in resolved(text) if s.speaker] == ["President"]


def test_bare_government() -> None:
    """A bare government is that of the state that the article names far more often than any other."""
    text = (
        "Belgian farmers met. Rain fell on Belgium, and Belgian roads closed. "
        "<s1>The government</s1> <q1>said</q1> <c1>it would pay</c1>. "
        "<s2>The foreign ministry</s2> <q2>said</q2> <c2>it would not</c2>."
    )
    assert names(text) == ["Belgium", "Belgian foreign ministry"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Belgian state TV", ("Belgian state TV", "media", True)),
        ("The Government of Belgium", ("Belgium", "state", True)),
        ("The Marl regime", ("Marl regime", "state", True)),
        ("The Post", ("Post", "media", True)),
    ],
)
def test_nouns_with_capitals(source: str, expected: tuple[str, str, bool]) -> None:
    """A noun with a capital is the head of its phrase, and a word behind "the" no person's name."""
    assert kind(f"It rained. <s1>{source}</s1> <q1>said</q1> <c1>it was loud</c1>.") == expected


def test_both_said() -> None:
    """Two who "both" say something speak together."""
    text = "Ada Finch and Ivo Marl met. <s1>Finch and Marl both</s1> <q1>said</q1> <c1>no</c1>."
    assert names(text) == ["Ada Finch and Ivo Marl"]


def test_the_company_is_no_commission() -> None:
    """A bare "the company" is a body that may be a firm, not the commission that it wrote to."""
    text = (
        "Brightwater Holdings gave money. In a letter to the Coastal Energy Commission, "
        "<s1>the company</s1> <q1>said</q1> <c1>it had none</c1>."
    )
    assert kind(text)[0] != "Coastal Energy Commission"


def test_what_is_reported_of_a_man_is_not_his_word() -> None:
    """In "was reported by two websites to have left" the websites speak, and nobody is quoted."""
    text = (
        "Ghassan Kharan, commander of the Guard, <q1>was reported</q1> by <s1>two exile websites</s1> "
        "<c1>to have left</c1>."
    )
    assert kind(text)[1] == "media"


def test_heads_of_government_are_a_group() -> None:
    """They of a communique are the heads of government, and no state among those that they lead."""
    text = (
        "The Heads of Government of Ardin, Belmoor and Castrel met. <s1>They</s1> <q1>urged</q1> "
        "<c1>restraint</c1>."
    )
    assert kind(text) == ("Heads of Government", "group", False)


def test_the_report_of_a_body_named_before() -> None:
    """A document that a bare noun owns is that of the body named with the noun before."""
    text = (
        "The Dams Inspectorate warned of it. <s1>The inspectorate's report</s1> <q1>called</q1> "
        "<c1>the wall tired</c1>."
    )
    assert kind(text)[0] == "Dams Inspectorate"


def test_one_of_them_with_a_name() -> None:
    """One of a group who is named is that person."""
    text = (
        "<s1>Engineers</s1> <q1>say</q1> <c1>no</c1>. <s2>One of them, Piet Lanser, who left,</s2> "
        "<q2>claims</q2> <c2>it was known</c2>."
    )
    assert kind(text)[:2] == ("Piet Lanser", "person")


def test_what_has_a_chief_executive_is_a_body() -> None:
    """A name with a chief executive of its own is a body, and "the company" takes it up."""
    text = (
        "Marrow Marlin's chief executive left in May. <s1>The company</s1> <q1>said</q1> "
        "<c1>he was missed</c1>."
    )
    assert kind(text) == ("Marrow Marlin", "organisation", True)


def test_a_calling_without_something_is_a_body() -> None:
    """Bodies are named after callings and what they do without."""
    text = "<s1>Nurses Without Harbours</s1> <q1>said</q1> <c1>nine had come</c1>."
    assert kind(text) == ("Nurses Without Harbours", "organisation", True)


def test_a_front_of_the_people_keeps_its_people() -> None:
    """A body named after many ("People's") has them in its name, with words between."""
    text = "<s1>The People's Unity Front</s1> <q1>said</q1> <c1>it won</c1>."
    assert kind(text) == ("People's Unity Front", "organisation", True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<s1>Halvern Steel AG</s1> <q1>said</q1> <c1>no</c1>.", ("Halvern Steel AG", "organisation", True)),
        ("Norland Mutual rose. <s1>Norland, which owns ferries,</s1> <q1>said</q1> <c1>it was late</c1>.",
         ("Norland Mutual", "organisation", True)),
        ("<c1>No</c1>, <s1>the news agency Anadol</s1> <q1>reported</q1>.", ("Anadol", "media", True)),
        ("The news agency Anadol is old. <s1>The agency</s1> <q1>said</q1> <c1>it was late</c1>.",
         ("Anadol", "media", True)),
        ("<s1>The Russian side</s1> <q1>said</q1> <c1>it was late</c1>.", ("Russia", "state", True)),
        ("<s1>The Speaker</s1> <q1>said</q1> <c1>it was late</c1>.", ("The Speaker", "person", False)),
        ("<s1>The CM himself</s1> <q1>said</q1> <c1>it was late</c1>.", ("The CM", "person", False)),
        ("<s1>One of the king's sons, Saadi,</s1> <q1>said</q1> <c1>no</c1>.", ("Saadi", "person", True)),
    ],
)  # fmt: skip
def test_kind_by_what_is_said_of_the_name(text: str, expected: tuple[str, str, bool]) -> None:
    """Firms, agencies, sides and those who hold an office alone are known by the words around them."""
    assert kind(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<s1>a woman who gave her name as Jitka</s1> <q1>said</q1> <c1>no</c1>.", ("Jitka", "person", True)),
        ("<s1>His driver, a boy called Sasha,</s1> <q1>said</q1> <c1>no</c1>.", ("Sasha", "person", True)),
        ("<s1>A MUM</s1> <q1>has slammed</q1> <c1>a school</c1>.", ("A MUM", "unnamed", False)),
        ("The EU met. <s1>Brussels</s1> <q1>said</q1> <c1>no</c1>.", ("EU", "organisation", True)),
        ("Belgium voted. <s1>Brussels</s1> <q1>said</q1> <c1>no</c1>.", ("Belgium", "state", True)),
    ],
)  # fmt: skip
def test_kind_of_the_rare(text: str, expected: tuple[str, str, bool]) -> None:
    """First names given to a reporter, tabloid capitals and the seat of the Union have their kinds."""
    assert kind(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was in the Sun newspaper. <s1>The Sun</s1> <q1>said</q1> <c1>no</c1>.", "Sun"),
        ("The TAP news agency has it. <s1>TAP</s1> <q1>said</q1> <c1>no</c1>.", "TAP"),
        ("The Tarn Times has it. <s1>The Times</s1> <q1>said</q1> <c1>no</c1>.", "Tarn Times"),
        ("<s1>A state television network, al-Varan,</s1> <q1>showed</q1> <c1>no</c1>.", "al-Varan"),
        ("The Daily Drum has it. <s1>The Drum</s1> <q1>said</q1> <c1>no</c1>.", "Daily Drum"),
        ("<s1>Radio Copper</s1> <q1>said</q1> <c1>no</c1>.", "Radio Copper"),
        ("Fars has it. <s1>The news agency</s1> <q1>said</q1> <c1>no</c1>.", "Fars"),
    ],
)
def test_papers_and_agencies_again(text: str, expected: str) -> None:
    """A paper or an agency is one by the noun behind its name; a part of it or the noun takes it up."""
    assert kind(text) == (expected, "media", True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<s1>The Vatican</s1> <q1>said</q1> <c1>no</c1>.", ("Holy See", "state", True)),
        ("<s1>Ankara, which brokered it,</s1> <q1>said</q1> <c1>no</c1>.", ("Turkey", "state", True)),
        ("<s1>Number 10</s1> <q1>said</q1> <c1>no</c1>.", ("United Kingdom", "state", True)),
        ("<s1>Geneva</s1> <q1>said</q1> <c1>no</c1>.", ("Geneva", "group", True)),
        (
            "<s1>The Tunisian coast guard</s1> <q1>said</q1> <c1>no</c1>.",
            ("Tunisian coast guard", "organisation", True),
        ),
        ("NATO met. <s1>The alliance</s1> <q1>said</q1> <c1>no</c1>.", ("NATO", "organisation", True)),
    ],
)
def test_places_that_act(text: str, expected: tuple[str, str, bool]) -> None:
    """A capital or a seat of power is its state, a city is its people, and a bloc is taken up by its noun."""
    assert kind(text) == expected


def test_a_newspaper_of_a_place() -> None:
    """A newspaper of a town does not bear the town's name."""
    text = "<s1>A Baton Harran newspaper</s1> <q1>said</q1> <c1>no</c1>."
    assert kind(text)[0] != "Baton Harran"
