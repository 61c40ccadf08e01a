"""RESOLVE: fill in who speaks, through whom, and whether on hearsay, from the article alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..article import Article, Statement
from . import lexicon as lex
from .chain import chains
from .pronouns import of_passage, pronoun
from .scene import Scene, Verdict
from .sources import describe, relative


def resolve(article: Article, statements: Sequence[Statement]) -> list[Statement]:
    """Return the same statements in the same order with ``speaker``, ``via`` and ``hearsay`` filled in.

    What is decided rests on the article's words alone: names to the fullest name the article gives, titles to
    the person who holds the office in it, pronouns to the nearest fitting speaker or subject, statements
    without a source to the speaker of the passage. ``speaker`` stays ``None`` where nothing tells.
    ``Speaker.why`` names the rule. Text and spans may be anything; spans outside the text are cut to it.
    """
    if not statements:
        return []
    scene = Scene(article, list(statements))
    for index in scene.order:
        _settle(scene, index, set())
    for index in scene.order:
        if scene.verdicts[index] is None and scene.sources[index] is None:
            scene.verdicts[index] = of_passage(scene, index)
    via, hearsay = chains(scene)
    resolved = []
    for index, statement in enumerate(statements):
        verdict = scene.verdicts[index]
        speaker = verdict.speaker if verdict else None
        if verdict and speaker and verdict.member and verdict.member.kind == "organisation":
            # What "the company" told later of a bare name holds for its earlier statements too.
            speaker = replace(speaker, kind="organisation")
        resolved.append(replace(statement, speaker=speaker, via=via[index], hearsay=hearsay[index]))
    return resolved


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
