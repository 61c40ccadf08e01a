"""Speakers whom the text describes first and names with their next words.

"A spokesman for the port authority saw it otherwise. 'We were told nothing,' Ivo Marl said." And, as reports
open: "The former minister of ports has left the country, he said. Ivo Marl told a radio station ..."
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from . import lexicon as lex
from .cast import Member
from .phrases import Phrase, split
from .scene import Scene

#: The name follows within so many sentences.
_AHEAD: Final = 4
#: Lines that open an article: headline, standfirst, first paragraphs.
_OPENING: Final = 4
_MANY: Final = frozenset({"one", "another", "some", "any", "two", "three"})


def introduce(scene: Scene) -> None:
    """Give statements of a described office holder to the person who is named with the next statement.

    That person is new there and has neither office nor role, so that the name needs what was said before.
    """
    outer = [index for index in scene.order if scene.parents[index] is None]
    for at, index in enumerate(outer[:-1]):
        phrase = _described(scene, index)
        if phrase is None:
            continue
        quoting = _quotes_next(scene, index, outer[at + 1])
        following = outer[at + 1] if quoting else _after_opening(scene, index, outer[at + 1 :])
        member = _new_person(scene, following) if following is not None else None
        named = scene.sources[following] if following is not None else None
        if member is None or named is None or not _near(scene, phrase.start, named[0], member):
            continue
        first = phrase.words[1] if phrase.opener in lex.DETERMINERS else phrase.words[0]
        scene.forget_latest()
        member.offices.append((first.start, phrase.end))
        scene.verdicts[index] = scene.speaker_of(member, "named-next")


def _after_opening(scene: Scene, index: int, later: Sequence[int]) -> int | None:
    """Return the first statement in the sentence after one that opens the article."""
    source = scene.sources[index]
    if source is None or scene.layout.line(source[0]) > _OPENING:
        return None
    here = scene.layout.sentence(source[0])
    for other in later:
        place = scene.sources[other]
        if place is not None and scene.layout.sentence(place[0]) > here:
            return other if scene.layout.sentence(place[0]) == here + 1 else None
    return None


def _described(scene: Scene, index: int) -> Phrase | None:
    verdict, source = scene.verdicts[index], scene.sources[index]
    if (
        verdict is None
        or source is None
        or verdict.member
        or verdict.speaker.why not in ("unnamed", "office")
    ):
        return None
    phrase = next(iter(split(scene.layout, scene.cast, *source)), None)
    if phrase is None or phrase.opener in _MANY or len(phrase.words) < 2 or scene.above(phrase.start):
        return None
    return phrase if phrase.head in lex.OFFICES else None


def _new_person(scene: Scene, index: int) -> Member | None:
    verdict, source = scene.verdicts[index], scene.sources[index]
    member = verdict.member if verdict else None
    if member is None or source is None or member.kind != "person" or len(member.folded) < 2:
        return None
    # Lines of summary above the report may have the bare name before it.
    summed = scene.layout.line(member.first) <= _OPENING and any(
        len(mention.words) > 1 and scene.cast.of(mention) is member for mention in scene.cast.between(*source)
    )
    here = source[0] <= member.first < source[1] or summed
    return member if here and not member.offices and not member.roles else None


def _quotes_next(scene: Scene, index: int, following: int) -> bool:
    """Tell whether a quotation opens with the sentence after the statement, which quotes nothing itself."""
    one, two = scene.statements[index], scene.statements[following]
    if not one.content or not two.content or any(scene.layout.quoted(start) for start, _ in one.content):
        return False
    here = scene.layout.sentence(max(end for _, end in one.content + one.source + one.cue) - 1)
    return scene.layout.quoted(two.content[0][0]) and scene.layout.sentence(two.content[0][0]) <= here + 1


def _near(scene: Scene, start: int, named: int, member: Member) -> bool:
    here, there = scene.layout.sentence(start), scene.layout.sentence(named)
    between = [m for m in scene.cast.between(start, named) if scene.cast.of(m) is not member]
    others = [m for m in between if m.kind == "person" and not scene.layout.quoted(m.start)]
    return 0 < there - here <= _AHEAD and not others
