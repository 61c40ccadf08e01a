"""Whom a statement's content mentions: its names, and the pronouns that can mean one person only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from ..article import Span
from . import lexicon as lex
from .cast import Member
from .layout import Word
from .names import fold_word, surname
from .scene import Scene
from .states import states

_GENDERS: Final = {
    **dict.fromkeys(lex.MALE_PRONOUNS, "m"),
    **dict.fromkeys(lex.FEMALE_PRONOUNS, "f"),
}

#: Kinds of the cast that are actors; a place is none, and a bare capitalised word may be anything.
_KINDS: Final = {"person": "person", "organisation": "organisation", "media": "media", "state": "state"}


def about(scene: Scene, index: int) -> tuple[Mapping[str, Any], ...]:
    """Return whom the content of a statement mentions, in the order in which they are first named there.

    Each has the fullest ``name`` that the article gives, its ``kind`` (``None`` when only capitals speak for
    a name), the ``spans`` in the content that mean it, and ``actor``, which is for a registry to fill in. A
    pronoun counts where it can mean one person only: one named before it in the same content, else the only
    such person of the article; he who speaks of himself without quotation marks is meant too.
    """
    found: dict[int, tuple[Member, list[Span]]] = {}
    for start, end in scene.statements[index].content:
        for span, member in _named(scene, start, end):
            found.setdefault(id(member), (member, []))[1].append(span)
        for word in scene.layout.words_in(start, end):
            gender = _GENDERS.get(word.lower)
            meant = _meant(scene, index, word, gender, [m for m, _ in found.values()]) if gender else None
            if meant and word.end <= end:
                found.setdefault(id(meant), (meant, []))[1].append((word.start, word.end))
    listed = sorted(found.values(), key=lambda pair: min(pair[1]))
    return tuple(_item(member, spans) for member, spans in listed)


def _item(member: Member, spans: list[Span]) -> Mapping[str, Any]:
    return {
        "name": re.sub(r"\s+", " ", member.name),
        "spans": tuple(sorted(set(spans))),
        "actor": None,
        "kind": _KINDS.get(member.kind) if member.kind != "person" or _is_person(member) else None,
    }


def _is_person(member: Member) -> bool:
    """Tell whether a title, an office or a known given name speaks for a person; a short form is not enough.

    What is talked about has shorter forms too ("the Constitution"); who speaks is somebody.
    """
    titled = any(mention.titled for mention in member.mentions)
    return bool(member.offices) or titled or fold_word(member.full.words[0]) in lex.given_names()


def _named(scene: Scene, start: int, end: int) -> list[tuple[Span, Member]]:
    """Return the names inside a stretch with whom each means."""
    if scene.layout.line(start) in scene.layout.title_lines:
        return _in_title(scene, start, end)
    pairs = []
    for mention in scene.cast.between(start, end):
        member = scene.cast.of(mention)
        if member and member.kind != "place" and mention.end <= end:
            pairs.append(((mention.start, mention.end), member))
    return pairs


def _in_title(scene: Scene, start: int, end: int) -> list[tuple[Span, Member]]:
    """Return the names in a line where every word has a capital: surnames and states that the body names."""
    pairs: list[tuple[Span, Member]] = []
    for word in scene.layout.words_in(start, end):
        if not word.name or word.end > end:
            continue
        member = scene.cast.lookup((word.text,), word.start)
        if member and surname(member.folded) != fold_word(word.text):
            member = None
        state = None if member else states().of(word.text)
        if state:
            member = next((m for m in scene.cast.members if m.kind == "state" and m.name == state), None)
        if member:
            pairs.append(((word.start, word.end), member))
    return pairs


def _meant(scene: Scene, index: int, word: Word, gender: str, named: list[Member]) -> Member | None:
    """Return the one person whom a pronoun in the content can mean, ``None`` when there is another."""
    verdict = scene.verdicts[index]
    speaker = verdict.member if verdict else None
    quoted = scene.layout.quoted(word.start)
    here = [
        member
        for member in named
        if member.kind == "person"
        and member.gender in (None, gender)
        and not (quoted and member is speaker)
        and member.last_before(word.start) >= scene.statements[index].content[0][0]
    ]
    if here:
        return here[0] if len(here) == 1 else None
    if not quoted and speaker and speaker.kind == "person" and speaker.gender in (None, gender):
        return speaker if _alone(scene, speaker, gender, word) else None
    return _only(scene, speaker, gender)


def _alone(scene: Scene, speaker: Member, gender: str, word: Word) -> bool:
    """Tell whether no other person whom the pronoun could mean is named in its sentence."""
    begin, end = scene.layout.sentence_span(scene.layout.sentence(word.start))
    members = (scene.cast.of(mention) for mention in scene.cast.between(begin, end))
    return not any(
        m is not speaker and m.kind in ("person", "name") and m.gender in (None, gender) for m in members if m
    )


def _only(scene: Scene, speaker: Member | None, gender: str) -> Member | None:
    """Return the only person of the article, besides the speaker, who may be of this gender."""
    only: Member | None = None
    for member in scene.cast.members:
        if member.kind != "person" or member is speaker or member.gender not in (None, gender):
            continue
        if only is not None:
            return None
        only = member
    return only if only and only.sure else None
