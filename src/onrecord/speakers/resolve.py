"""RESOLVE: fill in who speaks, through whom, and whether on hearsay, from the article alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ..article import Article, Speaker, Statement
from . import lexicon as lex
from .about import about
from .chain import chains
from .introduced import introduce
from .office import told_office
from .pronouns import of_passage, pronoun
from .scene import Scene, Verdict
from .sources import describe, relative

#: Labels of a transcript for those who ask, whoever they are.
_ASKING: Final = lex.word_set("interviewer host moderator presenter anchor reporter question caller voice")


def resolve(article: Article, statements: Sequence[Statement]) -> list[Statement]:
    """Return the same statements in the same order with ``speaker``, ``via``, ``hearsay`` and ``about`` told.

    What is decided rests on the article's words alone: names to the fullest name the article gives, titles to
    the person who holds the office in it, pronouns to the nearest fitting speaker or subject, statements
    without a source to the speaker of the passage. ``speaker`` stays ``None`` where nothing tells.
    ``Speaker.why`` names the rule. Text and spans may be anything; spans outside the text are cut to it.
    """
    if not statements:
        return []
    scene = Scene(article, list(statements))
    # What stands above the body speaks of people whom only the body names.
    for index in sorted(scene.order, key=scene.is_above_body):
        _settle(scene, index, set())
    for index in scene.order:
        if scene.verdicts[index] is None and scene.sources[index] is None:
            scene.verdicts[index] = of_passage(scene, index)
    introduce(scene)
    via, hearsay = chains(scene)
    resolved = []
    for index, statement in enumerate(statements):
        verdict = scene.verdicts[index]
        speaker = _last_word(scene, verdict) if verdict else None
        resolved.append(
            replace(
                statement,
                speaker=speaker,
                via=via[index],
                hearsay=hearsay[index],
                about=about(scene, index),
            )
        )
    return resolved


def _last_word(scene: Scene, verdict: Verdict) -> Speaker:
    """Return the speaker with what only the whole article tells: the kind of a bare name, and the office."""
    speaker, member = verdict.speaker, verdict.member
    if member and member.kind == "organisation" and speaker.kind == "person":
        # What "the company" told later of a bare name holds for its earlier statements too.
        return replace(speaker, kind="organisation", office=None, office_spans=())
    office = told_office(scene.layout, speaker, member)
    if office is None:
        return speaker
    words = re.sub(r"\s+", " ", scene.text[slice(*office)])
    return replace(speaker, office=words, office_spans=(office,))


def _settle(scene: Scene, index: int, visited: set[int]) -> None:
    """Resolve one statement, its parent first."""
    if scene.verdicts[index] is not None or index in visited:
        return
    visited.add(index)
    parent = scene.parents[index]
    if parent is not None:
        _settle(scene, parent, visited)
    scene.verdicts[index] = _verdict(scene, index)


def _verdict(scene: Scene, index: int) -> Verdict | None:
    turn = _turn(scene, index)
    if turn:
        return turn
    source = scene.sources[index]
    if source is None:
        return of_passage(scene, index)
    start, end = source
    words = scene.layout.words_in(start, end)
    if len(words) == 1 or (
        len(words) == 2 and words[0].lower in lex.PRONOUNS and words[1].lower in ("also", "all", "both")
    ):
        word = words[0].lower
        if word in lex.RELATIVES:
            return relative(scene, index, start)
        if word in lex.PRONOUNS and not (word == "us" and words[0].text == "US"):
            return pronoun(scene, index, word, start)
    if not words:
        return None
    return describe(scene, index, start, end)


def _turn(scene: Scene, index: int) -> Verdict | None:
    """Return the speaker of the transcript's turn of which the statement is the whole or has no source."""
    turn = scene.turn(scene.starts[index])
    spans = scene.statements[index].content
    if turn is None or not spans or scene.parents[index] is not None:
        return None
    source = scene.sources[index]
    opens = turn.start <= spans[0][0] <= turn.said + 2
    mine = source is None or source[1] <= turn.said or source[0] >= turn.end
    if source and not mine:
        words = scene.text[slice(*source)].lower()
        mine = words in lex.FIRST_PERSON and not scene.layout.quoted(source[0])
    member = scene.turn_speaker(turn) if opens or mine else None
    if member and turn.label.lower() in _ASKING:
        return scene.words(turn.start, turn.start + len(turn.label), "unnamed", "turn")
    return scene.speaker_of(member, "turn") if member else None
