"""Pages made to take long are read about as fast as others of their size."""

from __future__ import annotations

import time

import pytest

from onrecord.reading import decode


def test_comments_before_html() -> None:
    """Thousands of comments before something that is no HTML are passed over in no time."""
    start = time.process_time()
    assert not decode.looks_like_html("<!---->" * 1_400 + "x")
    assert not decode.looks_like_html("<!--" * 2_500)
    assert time.process_time() - start < 0.5


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("<!-- saved --> \n<?xml version='1.0'?><!-- <p> -->\n<!DOCTYPE html>", True),
        ("\n<HTML lang=en>", True),
        ("<!-- never closed <html>", False),
        ("<!-- --> The <html> element", False),
        ("<heading>", False),
    ],
)
def test_start_of_html(words: str, expected: bool) -> None:
    """HTML is known by its first element behind blanks, comments and a line of XML."""
    assert decode.looks_like_html(words) is expected
