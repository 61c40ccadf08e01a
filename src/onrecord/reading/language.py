"""In which language a text is written, by py3langid (Lui and Baldwin 2012), whose weights come with it."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

#: Letters below which the classifier guesses: headlines of 30 letters come out as six languages.
_LEAST_LETTERS: Final = 60
#: Posterior below which nothing is said.
_LEAST_SURE: Final = 0.9


def find_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the text's language; ``None`` where it is short or mixed."""
    if sum(character.isalpha() for character in text[:2_000]) < _LEAST_LETTERS:
        return None
    code, sure = _identifier().classify(text)
    return str(code) if sure >= _LEAST_SURE else None


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
