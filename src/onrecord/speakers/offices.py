"""Which person of the article holds the office that a description names ("the foreign minister")."""

from __future__ import annotations

from typing import Final

from . import lexicon as lex
from .cast import Member
from .layout import Word
from .phrases import Phrase, state_of
from .scene import Scene

_EQUAL_OFFICES: Final = {
    "sen": "senator", "gov": "governor", "rep": "representative", "gen": "general", "col": "colonel",
    "prof": "professor", "capt": "captain", "lt": "lieutenant", "adm": "admiral", "premier": "minister",
    "congressman": "representative", "congresswoman": "representative", "advisor": "adviser",
    "chairwoman": "chairman", "chair": "chairman", "chairperson": "chairman",
    "defence": "defense", "vice-president": "president", "chief": "head", "director": "head",
}  # fmt: skip


def office_holder(scene: Scene, phrase: Phrase) -> Member | None:
    """Return the person of the article who holds the office that the phrase names."""
    wanted = _office_words([word for word in phrase.core if word.lower not in lex.DETERMINERS])
    state = state_of(phrase.core)
    best: tuple[int, int] | None = None
    holder = None
    for member in scene.cast.persons():
        for span in member.offices:
            label = scene.layout.words_in(*span)
            score = _office_score(wanted, state, label, phrase.head)
            if score is None:
                continue
            last = member.last_before(phrase.start)
            rank = (score, last if last >= 0 else -member.first)
            if best is None or rank > best:
                best, holder = rank, member
    return holder


def _office_score(wanted: set[str], state: str | None, label: list[Word], head: str) -> int | None:
    """Return how well an office answers a description; ``None`` when they are two offices."""
    core = []
    for word in label:
        if word.lower in lex.PREPOSITIONS:
            break
        core.append(word)
    titles = {_equal(word.lower) for word in core if word.lower in lex.TITLES}
    if _equal(head) not in titles - {"republican", "democrat"}:
        return None
    theirs = state_of(label)
    if state and theirs and state != theirs:
        return None
    office = _office_words(label) - {_equal(head)}
    missing = wanted - office - {_equal(head)}
    if missing and (office or len(missing) > 2 or "former" in missing):
        return None
    return len(wanted) - 2 * len(missing) + bool(state and theirs)


def _office_words(words: list[Word]) -> set[str]:
    """Return the words of an office that distinguish it: without states and small words."""
    kept = {_equal(word.lower) for word in words if not state_of([word])}
    return kept - lex.DETERMINERS - lex.PREPOSITIONS - {"current", "senior", "top", "new", "s"}


def _equal(word: str) -> str:
    return _EQUAL_OFFICES.get(word.rstrip("."), word.rstrip("."))
