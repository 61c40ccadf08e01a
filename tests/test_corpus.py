"""The corpus of invented news that the screenshots are taken of."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from onrecord import Article, reading

EXAMPLES = Path(__file__).parents[1] / "examples"


def test_every_page_of_the_corpus_is_read_as_it_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At least forty articles of six papers or more, each with its headline, day, outlet and text."""
    monkeypatch.setattr(sys, "path", [str(EXAMPLES), *sys.path])
    import corpus

    corpus.write(tmp_path)
    written = {one.url: one for one in corpus.printings(corpus.TEXTS.read_text(encoding="utf-8"))}
    read = [one for one in reading.read_all([str(tmp_path)]) if isinstance(one, Article)]
    assert len(read) == len(written) >= 40
    assert len({one.outlet for one in read}) >= 6
    for article in read:
        one = written[str(article.url)]
        assert (article.headline, article.outlet) == (one.headline, one.outlet.name)
        assert article.agency in (one.agency, None)
        assert (article.published or "")[:10] == one.day
        assert all(paragraph in article.text for paragraph in one.paragraphs)
    stories = [one for one in written.values() if one.agency]
    assert len(stories) > 2 * len({(one.day, one.place) for one in stories})
