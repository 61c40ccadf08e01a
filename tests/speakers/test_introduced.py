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
