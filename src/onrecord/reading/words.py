"""The words of elements of a page, and how to compare them."""

from __future__ import annotations

import re
from typing import Any, Final

from ftfy import fix_encoding
from ftfy.badness import is_bad


def names_of(element: Any) -> str:
    """Return by what names a page calls an element: class, id and test id."""
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-testid') or ''}"


def flat(element: Any) -> str:
    """Return the words of an element with white space folded."""
    return (
        " ".join(" ".join(element.itertext()).split())
        if len(element)
        else " ".join((element.text or "").split())
    )


def brief(element: Any, most: int = 1_000) -> str:
    """Return the words of an element as :func:`flat`, or nothing if it has more than so many characters.

    It stops as soon as that is known: of elements inside one another each would hold most of the page.
    """
    words: list[str] = []
    length = 0
    for count, piece in enumerate(element.itertext()):
        found = piece.split(None, most)
        words += found
        length += sum(map(len, found)) + len(found)
        if length > most + 1 or count > most * 4:
            return ""
    return " ".join(words)


def beside(text: str, names: list[str]) -> bool:
    """Tell whether a byline holds more than the names and the words that join them."""
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(re.escape(name), "", text, flags=re.IGNORECASE)
    return bool(re.sub(r"\b(?:and|by|in|for|with|und|et|y)\b|\W", "", text, flags=re.IGNORECASE))


def fold(text: str) -> str:
    """Return a text so that two ways of writing the same words compare equal."""
    text = text.translate(_QUOTES).casefold()
    return re.sub(r"\s+([,.;:!?'\")\]])", r"\1", " ".join(text.split()))


_QUOTES: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


def alike(one: str, other: str) -> float:
    """Return the share of the shorter title's words that the other has too."""
    first, second = set(re.findall(r"\w+", fold(one))), set(re.findall(r"\w+", fold(other)))
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def mend(text: str) -> str:
    """Repair text that was decoded wrongly before it came here (mojibake), and nothing else."""
    text = " ".join(text.split())
    return fix_encoding(text) if is_bad(text) else text
