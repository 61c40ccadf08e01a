"""Which person of the article holds the office that a description names ("the foreign minister")."""

from __future__ import annotations

from typing import Final

from ..article import Span
from . import lexicon as lex
from .cast import Member
from .layout import Word
from .phrases import Phrase, state_of
from .scene import Scene

_EQUAL_OFFICES: Final = {
    "sen": "senator", "gov": "governor", "rep": "representative", "gen": "general", "col": "colonel",
    "prof": "professor", "pres": "president", "amb": "ambassador",
    "capt": "captain", "lt": "lieutenant", "adm": "admiral", "premier": "minister",
    "congressman": "representative", "congresswoman": "representative", "advisor": "adviser",
    "chairwoman": "chairman", "chair": "chairman", "chairperson": "chairman",
    "defence": "defense", "vice-president": "president", "chief": "head", "director": "head",
}  # fmt: skip


#: Words for whoever leads a body; headlines change them for one another.
_LEADERS: Final = lex.word_set("boss chief head leader president chairman director executive")
#: Words that make another office of the one they stand before.
_RANKS: Final = lex.word_set("prime deputy vice junior former assistant shadow")


def office_holder(scene: Scene, phrase: Phrase, headline: bool = False) -> Member | None:
    """Return the person of the article who holds the office or role that the phrase names.

    In a headline a word for whoever leads a body ("Union chief") stands for any other such word, if one
    person only answers it.
    """
    wanted = _office_words([word for word in phrase.core if word.lower not in lex.DETERMINERS])
    state = state_of(phrase.core)
    of = _office_words(list(phrase.tail)) if phrase.tail[:1] and phrase.tail[0].lower == "of" else set()
    key = ("office", frozenset(wanted), state, phrase.head, frozenset(of))
    best = scene.latest(key, lambda: _holders(scene, wanted, state, phrase.head, of))
    holder = best.nearest(phrase.start)
    if holder is None and headline and _equal(phrase.head) in _LEADERS:
        leading = [
            m for m in scene.cast.persons() if any(_leads(scene, span) for span in m.offices + m.roles)
        ]
        return leading[0] if len(leading) == 1 else None
    return holder


def _holders(scene: Scene, wanted: set[str], state: str | None, head: str, of: set[str]) -> list[Member]:
    """Return the persons whose office answers the description best; ``of``: what the office is of."""
    best = -1000
    holders: list[Member] = []
    for member in scene.cast.persons():
        scores = [
            _office_score(wanted, state, scene.layout.words_in(*span), head)
            for span in (*member.offices, *member.roles)
            if not _of_another(of, scene.layout.words_in(*span))
        ]
        if head in member.doings:
            scores.append(1)
        score = max((one for one in scores if one is not None), default=None)
        if score is not None and score >= best:
            if score > best:
                holders = []
            holders.append(member)
            best = score
    return holders


def _of_another(of: set[str], label: list[Word]) -> bool:
    """Tell whether an office is of something else: a chief of staff is no head of the service."""
    at = next((at for at, word in enumerate(label) if word.lower in lex.PREPOSITIONS), len(label))
    theirs = _office_words(label[at:])
    return bool(of and theirs) and not of & theirs


def _leads(scene: Scene, span: Span) -> bool:
    return _equal(_head(scene.layout.words_in(*span))) in _LEADERS


def _head(label: list[Word]) -> str:
    head = ""
    for word in label:
        if word.lower in lex.PREPOSITIONS:
            break
        head = word.lower
    return head


def _office_score(wanted: set[str], state: str | None, label: list[Word], head: str) -> int | None:
    """Return how well an office answers a description; ``None`` when they are two offices."""
    core = []
    for word in label:
        if word.lower in lex.PREPOSITIONS:
            break
        core.append(word)
    titles = {_equal(word.lower) for word in core if word.lower in lex.TITLES}
    if core and core[-1].lower in lex.TITLES and core[0].lower in ("chief", "head", "lead"):
        # A chief economist is an economist, and no chief.
        titles.discard(_equal(core[0].lower))
    if _equal(head) not in (titles - {"republican", "democrat"}) | {_equal(_head(label))}:
        return None
    theirs = state_of(label)
    if state and theirs and state != theirs:
        return None
    office = _office_words(label) - {_equal(head)}
    missing = wanted - office - {_equal(head)}
    if missing and (office or len(missing) > 2 or missing & _RANKS - {"prime"}):
        return None
    return len(wanted) - 2 * len(missing) + bool(state and theirs) - len(office & _RANKS - wanted)


def _office_words(words: list[Word]) -> set[str]:
    """Return the words of an office that distinguish it: without states and small words."""
    kept = {_equal(word.lower) for word in words if not state_of([word])}
    return kept - lex.DETERMINERS - lex.PREPOSITIONS - {"current", "senior", "top", "new", "s"}


def _equal(word: str) -> str:
    plain = word.rstrip(".")
    if len(plain) > 4 and plain.endswith("s") and not plain.endswith("ss"):
        plain = plain[:-1]
    return _EQUAL_OFFICES.get(plain, plain)
