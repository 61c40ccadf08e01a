"""The project's own passages as marked texts, half of the nested ones kept for the figure."""

from __future__ import annotations

from onrecord.article import Spans
from training.corpus import Marked, MarkedText, paragraphs_of
from training.passages import Passage, load


def read_passages(*, kept_for_figure: bool = False) -> list[MarkedText]:
    """Return the passages to train on, or those of ``nested.txt`` that are kept for the figure."""
    found = []
    for name, passages in load().items():
        for number, passage in enumerate(passages):
            kept = name == "nested.txt" and number % 2 == 1
            if kept == kept_for_figure:
                found.append(_marked(f"{name}#{number}", passage))
    return found


def _marked(name: str, passage: Passage) -> MarkedText:
    def spans(pairs: list[list[int]]) -> Spans:
        return tuple((start, end) for start, end in pairs)

    statements = tuple(
        Marked(spans(s["content"]), spans(s["source"]), spans(s["cue"]), s["parent"])
        for s in passage.statements
    )
    return MarkedText(
        name, passage.text, statements, nested_marked=True, paragraphs=paragraphs_of(passage.text)
    )
