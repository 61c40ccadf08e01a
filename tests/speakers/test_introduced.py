"""Speakers who are described first and named next."""

from __future__ import annotations

from .marked import names, resolved

TEXT = (
    "<s1>{}</s1> <q1>called for</q1> <c1>calm</c1>. “<c2>We are tired</c2>,” <s2>Ivo Marl</s2> <q2>told</q2> "
    "reporters."
)


def test_named_next() -> None:
    """A described office holder is the person who is named with the quotation that follows at once."""
    statements = resolved(TEXT.format("The spokesman for the port"))
    speakers = [statement.speaker for statement in statements]
    assert [(s.name, s.office, s.why) for s in speakers if s] == [
        ("Ivo Marl", "spokesman for the port", "named-next"),
        ("Ivo Marl", "spokesman for the port", "full-name"),
    ]


def test_one_with_another_office() -> None:
    """A person whom the text gives an office of his own is not the one described before."""
    text = TEXT.replace("Ivo Marl</s2>", "Ivo Marl, a farmer from Tarn,</s2>").format(
        "The spokesman for the port"
    )
    assert names(text)[0] == "The spokesman for the port"


def test_quotation_further_on() -> None:
    """Where other sentences stand between, the description stays as it is."""
    text = TEXT.format("The spokesman for the port").replace(" “<c2>", " It rained. Trams stood still. “<c2>")
    assert names(text)[0] == "The spokesman for the port"


LEAD = (
    "Minister gone\n\nHours after <s1>Belmora’s former port minister</s1> <q1>said</q1> <c1>he left</c1>, "
    "<s2>the navy</s2> <q2>said</q2> <c2>nothing</c2>.\n\n<s3>{}</s3> <q3>told</q3> the radio "
    "<c3>he was ill</c3>."
)


def test_named_after_the_opening() -> None:
    """Whom the first sentence describes is the new person with whom the next one opens."""
    speakers = [statement.speaker for statement in resolved(LEAD.format("Ivo Marl"))]
    assert [(s.name, s.office) for s in speakers if s and s.kind == "person"] == [
        ("Ivo Marl", "Belmora’s former port minister"),
        ("Ivo Marl", "Belmora’s former port minister"),
    ]


def test_another_after_the_opening() -> None:
    """Somebody with an office of his own is another person."""
    assert names(LEAD.format("Ivo Marl, a farmer,"))[0] != "Ivo Marl"
