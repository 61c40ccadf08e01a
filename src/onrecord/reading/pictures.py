"""The words under the first picture of a page, and who made it."""

from __future__ import annotations

import re
from typing import Any, Final

from onrecord.reading import wording
from onrecord.reading.words import brief, flat, fold, mend, names_of

_CAPTION: Final = re.compile(r"(?:^|[\s_\-])(?:fig)?caption(?:-?text)?(?=$|[\s_\-])", re.IGNORECASE)
_CREDIT: Final = re.compile(
    r"(?:^|[\s_\-])(?:photo-?)?(?:image-?|media-?)?(?:credits?|copyright|photographer"
    r"|image-?source)(?=$|[\s_\-])",
    re.IGNORECASE,
)


def find_picture(shown: Any, paragraphs: list[str]) -> tuple[str, str]:
    """Return caption and credit of the first picture within the article; empty where there is none.

    Args:
        shown: the page, pruned.
        paragraphs: the body; a long one of them is no caption, whatever its class says.
    """
    scope = next(iter(shown.xpath("//article | //main | //*[@itemprop='articleBody']")), shown)
    long = {fold(paragraph) for paragraph in paragraphs if len(paragraph) > 250}
    for element in scope.iter("figcaption", "div", "p", "span"):
        if element.tag != "figcaption" and not _CAPTION.search(names_of(element)):
            continue
        text = mend(brief(element, 2_000))
        fits = 3 < len(text) < 800 and len(text.split()) > 2
        if fits and not wording.is_furniture(text) and fold(text) not in long:
            return split_caption(text, _credit_within(element, text))
    return "", ""


def split_caption(text: str, credit: str = "") -> tuple[str, str]:
    """Return the words of a caption and the photographer's credit that ends it.

    Args:
        text: both.
        credit: the credit, where the page's own elements tell it.
    """
    if credit and credit in text:
        text = " ".join(text.replace(credit, " ", 1).split())
    found = wording.find_credit(text)
    if found and not credit:
        credit = text[found[0][0] : found[0][1]]
        text = text[: found[1]].rstrip(" -–—|·(")
    named = wording.find_credit(credit)
    if named:
        credit = credit[named[0][0] : named[0][1]]
    return text, credit.strip(" ()[]") if len(credit) < 120 else ""


def _credit_within(element: Any, text: str) -> str:
    """Return the credit within a caption's element: by its class, or as a last piece that is no sentence."""
    pieces = [
        one for one in element.iter("span", "div", "small", "p", "cite", "em", "i") if one is not element
    ]
    for one in pieces:
        words = mend(flat(one))
        if words != text and _CREDIT.search(names_of(one)):
            return words
    for one in pieces:
        words = mend(flat(one))
        before = text[: len(text) - len(words)].rstrip()
        last = words and words != text and text.endswith(words) and wording.SENTENCE_END.search(before)
        if (
            last
            and len(words.split()) <= 6
            and words[:1].isupper()
            and not wording.SENTENCE_END.search(words)
        ):
            return words
    return ""
