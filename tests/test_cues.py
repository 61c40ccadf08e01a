"""The lexicon of reporting words: whole, closed in its values, and read longest first."""

from __future__ import annotations

from importlib.resources import files

from onrecord.cues import cues_of, lexicon

ACTS = {
    "say",
    "deny",
    "accuse",
    "demand",
    "warn",
    "promise",
    "predict",
    "praise",
    "reject",
    "admit",
    "stance",
}


def test_every_row_is_whole_and_every_form_comes_once() -> None:
    """Each row has forms, an act of the eleven and a source, and no form stands in two rows."""
    rows = files("onrecord").joinpath("acts.tsv").read_text(encoding="utf-8").splitlines()
    assert rows[0].split("\t") == ["forms", "act", "ahead", "source"]
    forms: list[str] = []
    for row in rows[1:]:
        words, act, _ahead, source = row.split("\t")
        assert words
        assert act in ACTS
        assert source
        forms += words.split()
    assert len(forms) == len(set(forms)) == len(lexicon())


def test_the_longest_entry_is_taken() -> None:
    """Words that stand in the lexicon together are read together."""
    assert [one.act for one in cues_of("called on")] == ["demand"]
    assert [one.act for one in cues_of("was quoted on Saturday as warning")] == ["say", "warn"]
    assert cues_of("wandered off") == []
