"""Which readings inside contents are statements."""

from __future__ import annotations

import pytest

from onrecord.finding.nesting import is_told


@pytest.mark.parametrize(
    ("cue", "content"),
    [
        ("wanted", "a road to the coast"),
        ("was looking for", "assets that do not move much"),
        ("has offered", "a frigate"),
        ("agreed on", "the need for a meeting"),
    ],
)
def test_a_wish_inside_words_is_no_statement(cue: str, content: str) -> None:
    """Wanting, seeking and being offered a thing are talked about, not said."""
    assert not is_told(cue, content, "indirect")


@pytest.mark.parametrize(
    ("cue", "content", "kind"),
    [
        ("had agreed", "to let the lorries through", "indirect"),
        ("agreed", "that the road was lost", "indirect"),
        ("wanted", "“a road, now”", "direct"),
        ("said", "they wanted a road", "indirect"),
        ("", "the road was lost", "indirect"),
    ],
)
def test_words_inside_words_are_a_statement(cue: str, content: str, kind: str) -> None:
    """Undertakings, clauses, quotations and reports of words stay."""
    assert is_told(cue, content, kind)
