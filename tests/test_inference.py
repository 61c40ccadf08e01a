"""The shipped model: its files are the ones its manifest names, and its answers depend on the text alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from onrecord.article import Article
from onrecord.errors import ModelError
from onrecord.finding.finder import Finder, readable
from onrecord.finding.quotation import QuotationMap
from onrecord.finding.words import split_words
from onrecord.inference import SHIPPED, Encoder

SENTENCE = "“The bridge will not open this year,” Transport Minister Ilse Varga told reporters on Monday.\n\n"
OTHER = "The council said it had been told nothing. Residents of Oldmere blamed the ministry.\n\n"
TEXTS = [SENTENCE + OTHER, OTHER, (SENTENCE + OTHER) * 30, "A", OTHER * 3 + SENTENCE]


def _article(text: str) -> Article:
    return Article(path="-", text=text)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    """Load the model inside the package, one thread."""
    return Encoder()


def test_answers_do_not_depend_on_the_thread_count(encoder: Encoder) -> None:
    """One thread and two give the same statements to the last digit."""
    two = Finder(Encoder(threads=2))
    one = Finder(encoder)
    assert [one.find(_article(t)) for t in TEXTS] == [two.find(_article(t)) for t in TEXTS]


def test_answers_do_not_depend_on_what_was_read_before(encoder: Encoder) -> None:
    """Each text alone in a fresh session gives what it gives between others, in any order."""
    finder = Finder(encoder)
    forward = [finder.find(_article(t)) for t in TEXTS]
    backward = [finder.find(_article(t)) for t in reversed(TEXTS)]
    alone = [Finder(Encoder()).find(_article(t)) for t in TEXTS]
    assert forward == backward[::-1] == alone


def test_a_plain_quotation_is_found_whole(encoder: Encoder) -> None:
    """Source, cue and content of the plainest sentence in the language."""
    (statement, *_) = Finder(encoder).find(_article(SENTENCE))
    text = SENTENCE
    assert statement.text == "“The bridge will not open this year,”"
    assert [text[a:b] for a, b in statement.source] == ["Transport Minister Ilse Varga"]
    assert [text[a:b] for a, b in statement.cue] == ["told"]
    assert statement.type == "direct"


def test_each_word_is_scored_once(encoder: Encoder) -> None:
    """Windows hold every word of a long text, in order, with probabilities that add up to one."""
    text = TEXTS[2]
    paragraphs = readable(_article(text))
    words = split_words(text, paragraphs, QuotationMap(text, paragraphs))
    windows = encoder.scores(words)
    assert sum(w.behind - w.first for w in windows) == len(words)
    for window in windows:
        assert np.allclose(np.exp(window.tags).sum(-1), 1, atol=1e-4)


def test_altered_model_is_refused(tmp_path: Path) -> None:
    """A model file that is not the one of the manifest is named, not run."""
    shutil.copytree(SHIPPED, tmp_path / "models")
    with (tmp_path / "models" / "tokenizer.json").open("a") as file:
        file.write(" ")
    with pytest.raises(ModelError, match=r"tokenizer\.json"):
        Encoder(tmp_path / "models")


def test_missing_model_is_refused(tmp_path: Path) -> None:
    """A folder without a manifest is an error that says what to do."""
    with pytest.raises(ModelError, match="install onrecord again"):
        Encoder(tmp_path)


def test_manifest_names_version_data_and_licences() -> None:
    """What the model was made from is written beside it."""
    manifest = json.loads((SHIPPED / "manifest.json").read_text(encoding="utf-8"))
    assert {"version", "sha256", "licence", "started_from", "trained_on", "scores"} <= set(manifest)
