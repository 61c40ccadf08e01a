"""Links of training examples; they need torch, which only training installs."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("torch", reason="torch is not installed: pip install '.[train]'")

from training.corpus import Marked, MarkedText, paragraphs_of
from training.examples import collate, make_example

import onrecord
from onrecord.finding.pieces import Vocabulary

MODELS = Path(onrecord.__file__).parent / "models"


def test_a_source_of_two_statements_is_right_for_both() -> None:
    """What the key gives to several statements is the right link of each, not of the first alone."""
    text = "Orl confirmed the deal but warned that boats would wait."

    def span(words: str) -> tuple[tuple[int, int], ...]:
        return ((text.index(words), text.index(words) + len(words)),)

    statements = (
        Marked(span("the deal"), span("Orl"), span("confirmed")),
        Marked(span("that boats would wait"), span("Orl"), span("warned")),
    )
    vocabulary = Vocabulary(MODELS / "tokenizer.json")
    example = make_example(MarkedText("x", text, statements, paragraphs=paragraphs_of(text)), vocabulary)
    rows = collate([(example, 0, len(example.words))], vocabulary).links
    from_cues = [row for row in rows if row.link == 1]
    assert [(len(row.candidates), row.right) for row in from_cues] == [(1, 1), (1, 1)]
