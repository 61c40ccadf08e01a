"""Names: the fullest form, short forms, namesakes, titles and offices."""

from __future__ import annotations

import pytest

from onrecord.speakers.names import fold_name, same_person

from .marked import names, resolved


def test_surname_takes_the_fullest_name() -> None:
    """A surname resolves to the fullest name that the article gave before."""
    text = "Ms. Ilse Maria Brandt arrived. <c1>The dam holds</c1>, <s1>Brandt</s1> <q1>said</q1>."
    assert names(text) == ["Ilse Maria Brandt"]


def test_headline_looks_forward() -> None:
    """A surname in a headline resolves to the full name in the body."""
    text = "<c1>The dam will hold</c1> — <s1>Orlov</s1>\n\nPavel Orlov, the mayor of Tarn, spoke on Monday."
    assert names(text) == ["Pavel Orlov"]


def test_title_case_headline() -> None:
    """In a headline with capitals on every word the body's names tell who is meant."""
    text = "<s1>Orlov</s1> <q1>Says</q1> <c1>Harbour Dam Will Not Break</c1>\n\nPavel Orlov spoke on Monday."
    assert names(text) == ["Pavel Orlov"]


def test_name_drops_title() -> None:
    """The name is without title; the title is the office, with its span."""
    [statement] = resolved("<s1>Foreign Minister Pavel Orlov</s1> <q1>said</q1> <c1>talks had failed</c1>.")
    assert statement.speaker is not None
    assert (statement.speaker.name, statement.speaker.office) == ("Pavel Orlov", "Foreign Minister")
    assert statement.speaker.office_spans == ((0, 16),)


def test_source_without_its_title() -> None:
    """An office before the name counts even where the source span leaves it out, and a comma does no harm."""
    [statement] = resolved("Foreign Minister <s1>Pavel Orlov,</s1> <q1>said</q1> <c1>talks had failed</c1>.")
    assert statement.speaker is not None
    assert (statement.speaker.name, statement.speaker.office) == ("Pavel Orlov", "Foreign Minister")


def test_source_that_is_title_only() -> None:
    """A source that holds only the title takes the name that follows it."""
    text = "<s1>Foreign Minister</s1> Pavel Orlov <q1>said</q1> <c1>talks had failed</c1>."
    assert names(text) == ["Pavel Orlov"]


def test_office_from_apposition() -> None:
    """An apposition after the name gives the office without its article."""
    text = "<s1>Hedda Lund, the head of the Coastal Rights Centre,</s1> <q1>said</q1> <c1>nine had died</c1>."
    [statement] = resolved(text)
    assert statement.speaker is not None
    assert statement.speaker.office == "head of the Coastal Rights Centre"


def test_office_given_elsewhere() -> None:
    """An office given anywhere in the article belongs to all the speaker's statements."""
    text = '<c1>"No,"</c1> <q1>said</q1> <s1>Lund</s1>.\nLater the envoy, Hedda Lund, flew home.'
    [statement] = resolved(text)
    assert statement.speaker is not None
    assert statement.speaker.office == "envoy"


def test_spokesman_for_a_body() -> None:
    """In "a spokesman for the ministry, Y Z" the speaker is Y Z."""
    text = '<c1>"No,"</c1> <q1>said</q1> <s1>a spokesman for the Harbour Ministry, Jens Halle</s1>.'
    assert names(text) == ["Jens Halle"]


def test_particles_and_articles_fold() -> None:
    """Al-, el- and bracketed articles are one name."""
    text = (
        "President Basil al-Tarem spoke. <c1>No</c1>, <s1>Tarem</s1> <q1>said</q1>. "
        "<c2>Yes</c2>, <s2>Al Tarem</s2> <q2>said</q2>. <c3>Well</c3>, <s3>El-Tarem</s3> <q3>added</q3>."
    )
    assert names(text) == ["Basil al-Tarem"] * 3


def test_namesakes_by_first_name() -> None:
    """Two people of one surname stay apart by their first names."""
    text = "<s1>Lina Varga</s1> <q1>said</q1> <c1>no</c1>. <s2>Peter Varga</s2> <q2>said</q2> <c2>yes</c2>."
    assert names(text) == ["Lina Varga", "Peter Varga"]


def test_namesakes_by_title() -> None:
    """Mrs tells the wife from the husband of one surname."""
    text = "Lina Varga met Peter Varga. <c1>Maybe</c1>, <s1>Mrs. Varga</s1> <q1>said</q1>."
    assert names(text) == ["Lina Varga"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Pavel Orlov", "P. Orlov", True),
        ("Pavel Orlov", "Sergei Orlov", False),
        ("Basil al-Tarem", "Basil Al Tarem", True),
        ("Enrique Pena Nieto", "Pena Nieto", True),
        ("Tom Hale Jr.", "Tom Hale", False),
        ("Sergei Orlov", "Sergey Orlov", True),
        ("Mario Conti", "Maria Conti", False),
    ],
)
def test_same_person(one: str, other: str, same: bool) -> None:
    """First names that conflict, suffixes and genders keep two names apart; spelling alone does not."""
    assert same_person(fold_name(tuple(one.split())), fold_name(tuple(other.split()))) is same


def test_title_finds_its_holder() -> None:
    """A later “the minister” is the person to whom the article gave that office."""
    text = (
        "Defence Minister Karl Ruhe met Mayor Ada Finch. <c1>All is well</c1>, <s1>the "
        "minister</s1> <q1>said</q1>. "
        "<c2>It is not</c2>, <s2>the mayor</s2> <q2>said</q2>."
    )
    assert names(text) == ["Karl Ruhe", "Ada Finch"]


def test_title_of_somebody_else() -> None:
    """An office that nobody in the article holds stays with its words, unnamed."""
    text = (
        "Foreign Minister Pavel Orlov spoke. <s1>The Gulf envoy</s1> <q1>said</q1> <c1>talks had failed</c1>."
    )
    [statement] = resolved(text)
    assert statement.speaker is not None
    assert (statement.speaker.name, statement.speaker.kind) == ("The Gulf envoy", "unnamed")
    assert statement.speaker.named is False


def test_two_speakers_together() -> None:
    """Two names joined by "and" are both kept."""
    text = "Ada Finch and Karl Ruhe met. <s1>Finch and Ruhe</s1> <q1>said</q1> <c1>all was well</c1>."
    assert names(text) == ["Ada Finch and Karl Ruhe"]


def test_an_office_at_the_end_of_a_sentence_is_no_title() -> None:
    """The name that opens the next sentence does not take the office, nor the words, of the one before."""
    text = (
        "“<c1>No deal</c1>,” <q1>said</q1> <s1>Karl Dorn, Velmar's foreign minister</s1>. <s2>Anna Blum</s2> "
        "<q2>said</q2> <c2>that Gen. Tarn agreed</c2>."
    )
    assert names(text) == ["Karl Dorn", "Anna Blum"]
    assert [s.speaker.office for s in resolved(text) if s.speaker] == ["Velmar's foreign minister", None]
