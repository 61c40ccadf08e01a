"""What of an article is compared: its sentences, without what the site and its readers add."""

from __future__ import annotations

import pytest

from onrecord.article import Article
from onrecord.stories.wording import fold, sentences
from tests.stories.test_families import wire

REPORT = " ".join(wire(31))
NOISE = "Never trust a harbour master. Mine sold me a boat without a bottom."


@pytest.mark.parametrize(
    "end",
    [
        "(Reporting by Ilka Sorn in Torvik and Milan Dravec; Editing by Perel Orn)",
        "We welcome comments that bring the matter forward.",
        "Good riddance. March 7, 2031 at 7:59 pm | Report abuse |",
    ],
)
def test_what_readers_say_below_a_report_is_no_text_of_it(end: str) -> None:
    """A wire's sign-off, the head of the comments and the stamp of the first one end it."""
    one = Article(path="a", text=f"{REPORT}\n{end}\n{NOISE}")
    words = {word for sentence in sentences(one) for word in sentence.words}
    assert set(fold(REPORT)) <= words
    assert not {"bottom", "trust"} & words


def test_a_sign_off_before_the_report_is_not_its_end() -> None:
    """Nothing is left of a page then, so all of it is looked at."""
    one = Article(path="a", text=f"(Reporting by Ilka Sorn)\n{REPORT}")
    assert set(fold(REPORT)) <= {word for sentence in sentences(one) for word in sentence.words}


def test_of_several_sign_offs_the_last_one_counts() -> None:
    """A page of two reports is both of them."""
    other = " ".join(wire(32))
    signed = "(Writing by Ilka Sorn)"
    one = Article(path="a", text=f"{REPORT}\n{signed}\n{other}\n{signed}\n{NOISE}")
    words = {word for sentence in sentences(one) for word in sentence.words}
    assert set(fold(REPORT)) | set(fold(other)) <= words
    assert "bottom" not in words
