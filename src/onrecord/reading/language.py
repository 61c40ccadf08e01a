"""In which language a text is written, by py3langid (Lui and Baldwin 2012), whose weights come with it."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

#: Letters below which the classifier guesses: headlines of 30 letters come out as six languages.
_LEAST_LETTERS: Final = 60
#: Posterior below which nothing is said.
_LEAST_SURE: Final = 0.9
#: The last letter of the Latin blocks that news is set in (Latin Extended-B).
_LAST_LATIN: Final = "\u024f"


def find_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the text's language; ``None`` where it is short or mixed."""
    letters = [character for character in text[:2_000] if character.isalpha()]
    if len(letters) < _LEAST_LETTERS:
        return None
    code, sure = _identifier().classify(text)
    # In another script the classifier may waver between neighbours (Arabic, Persian), but it is not English.
    latin = 2 * sum(letter <= _LAST_LATIN for letter in letters) > len(letters)
    return str(code) if sure >= _LEAST_SURE or not latin else None


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
