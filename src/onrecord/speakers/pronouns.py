"""Sources that are pronouns, and statements without a source: whom the passage is about.

The rules are those of centring in its simplest form (Grosz, Joshi and Weinstein 1995): the speaker of the
statement before, else the subject of the sentence before, is the likeliest antecedent, nearest sentence
first.
"""

from __future__ import annotations

import re
from typing import Final

from . import lexicon as lex
from .bodies import of_body
from .persons import subject, third_person
from .phrases import split, state_of
from .scene import Scene, Verdict

_OF_STATES: Final = re.compile(r" of (?:State|Government)(?: (?:and|or) Government)?\b")
_BE: Final = lex.word_set("is are was were be been being")
_WHEN: Final = ("when", "as", "because", "if", "while", "since", "although", "where", "than", "until")
_BODIES: Final = frozenset({"organisation", "media", "state"})


def pronoun(scene: Scene, index: int, word: str, start: int) -> Verdict | None:
    """Return who is meant by a pronoun that is the source of the statement; ``None`` when nothing tells."""
    if word in lex.MALE_PRONOUNS:
        return third_person(scene, index, "m", start)
    if word in lex.FEMALE_PRONOUNS:
        return third_person(scene, index, "f", start)
    if word in lex.PLURAL_PRONOUNS:
        return _plural(scene, index, start)
    if word in lex.FIRST_PERSON:
        return _first_person(scene, index, word, start)
    if word in lex.NEUTER:
        return _neuter(scene, index, start)
    if word == "you" and (other := scene.other_speaker(start)):
        return scene.speaker_of(other, "turn-you")
    return None


def _plural(scene: Scene, index: int, at: int) -> Verdict | None:
    """Return the group or body meant by they."""
    here = scene.layout.sentence(at)
    for number in range(here, max(-1, here - 4), -1):
        begin, end = scene.layout.sentence_span(number)
        end = min(end, at)
        speaking = _collective(scene, index, begin, end, _BODIES | {"group", "unnamed"})
        if speaking:
            return speaking
        group = _group_words(scene, index, begin, end)
        if group:
            return scene.words(*group, "group", "pronoun-group")
    return _neuter(scene, index, at)


def _collective(scene: Scene, index: int, begin: int, end: int, kinds: frozenset[str]) -> Verdict | None:
    """Return the last verdict of these kinds whose source lies in the stretch."""
    for other in scene.earlier(index):
        verdict, source = scene.verdicts[other], scene.sources[other]
        if verdict and source and begin <= source[0] < end and verdict.speaker.kind in kinds:
            return verdict
    return None


def _group_words(scene: Scene, index: int, begin: int, end: int) -> tuple[int, int] | None:
    """Return the span of the first plural noun for people in the stretch, with its adjectives."""
    words = scene.layout.words
    for at in range(scene.layout.word_at(begin), scene.layout.word_at(end)):
        word = words[at]
        if (
            word.lower not in lex.GROUP_NOUNS
            or word.lower in lex.QUANTIFIERS
            or (word.lower in ("public", "opposition") and words[at - 1].lower != "the")
            or scene.in_content(index, word.start)
            or (word.name and word.start > begin and not _common(scene, at))
        ):
            continue
        first = at
        while (
            first
            and words[first - 1].start >= begin
            and scene.layout.gap(first - 1) == " "
            and at - first < 3
        ):
            before = words[first - 1]
            if before.lower in lex.DETERMINERS | lex.PREPOSITIONS or before.lower in (
                "and",
                "or",
                "but",
                "that",
                *_WHEN,
            ):
                break
            if before.lower in lex.PRONOUNS | lex.MODALS:
                # "he could hear men": what stands between is no adjective.
                first = at
                break
            if before.lower.endswith("ed") or before.possessive:
                break
            first -= 1
        return words[first].start, word.end + _of_states(scene.text, word.end)
    return None


def _of_states(text: str, at: int) -> int:
    """Return how long " of State", " of Government" is behind "the Heads", 0 where nothing such stands."""
    found = _OF_STATES.match(text, at)
    return len(found.group()) if found else 0


def _common(scene: Scene, at: int) -> bool:
    """Tell whether a word with a capital is a common noun: "The Ministers met", "the Heads of State"."""
    words = scene.layout.words
    after = words[at + 1] if at + 1 < len(words) else None
    return at > 0 and words[at - 1].lower == "the" and not (after and after.name)


def _neuter(scene: Scene, index: int, at: int) -> Verdict | None:
    """Return the body meant by it."""
    here = scene.layout.sentence(at)
    for number in range(here, max(-1, here - 4), -1):
        begin, end = scene.layout.sentence_span(number)
        end = min(end, at)
        speaking = _collective(scene, index, begin, end, _BODIES)
        if speaking:
            return speaking
        for mention in scene.cast.between(begin, end):
            member = scene.cast.of(mention)
            if (
                member
                and member.kind in _BODIES
                and not scene.in_content(index, mention.start)
                and subject(scene, mention)
            ):
                return scene.speaker_of(member, "pronoun-body", mention)
        common = _common_body(scene, index, begin, end)
        if common:
            return common
    return None


def _common_body(scene: Scene, index: int, begin: int, end: int) -> Verdict | None:
    """Return the body that is the subject of a stretch by its noun alone ("The commission will report")."""
    words = scene.layout.words_in(begin, end)[:5]
    if len(words) < 3 or words[0].text != "The" or scene.in_content(index, words[0].start):
        return None
    for at in range(1, len(words) - 1):
        if words[at].lower in lex.BODY_NOUNS and words[at + 1].lower not in lex.BODY_NOUNS:
            phrase = next(iter(split(scene.layout, scene.cast, words[0].start, words[at].end)), None)
            return of_body(scene, index, phrase) if phrase and not phrase.mention else None
        if words[at].lower in lex.PREPOSITIONS:
            return None
    return None


def _first_person(scene: Scene, index: int, word: str, at: int) -> Verdict | None:
    """Return who says I or we inside somebody's words; outside of them it is the author, who is no source."""
    around = scene.parents[index]
    if around is None:
        around = next((other for other in scene.neighbours(index) if scene.in_content(other, at)), None)
    verdict = scene.verdicts[around] if around is not None else None
    if verdict is None:
        return None
    if word in ("we", "us", "our", "ours", "ourselves") and verdict.member and verdict.speaker.office_spans:
        start, end = verdict.speaker.office_spans[0]
        stated = state_of(scene.layout.words_in(start, end))
        state = stated or _home(scene)
        if state and _governs(verdict.speaker.office or ""):
            why = "nested-we" if stated else "nested-we-dateline"
            return scene.words(start, end, "state", why, named=True, name=state)
    return Verdict(verdict.speaker, verdict.member)


def _governs(office: str) -> bool:
    return bool(
        {"minister", "president", "secretary", "ambassador", "premier", "chancellor", "envoy"}
        & set(office.lower().split())
    )


def _home(scene: Scene) -> str | None:
    """Return the state whose capital the article is filed from: a bare "Foreign Minister" is that state's."""
    head = scene.layout.words_in(0, min(len(scene.text), 1500))
    for at, word in enumerate(head):
        after = scene.text[word.end : word.end + 2]
        line_first = not at or "\n" in scene.layout.gap(at - 1)
        if line_first and (after[:1] in (":", "—", "–") or (after == " (" and word.text.isupper())):
            state = state_of([word])
            if state:
                return state
    return None


def of_passage(scene: Scene, index: int) -> Verdict | None:
    """Return the speaker of the passage for a statement without a source."""
    statement = scene.statements[index]
    if scene.parents[index] is not None:
        parent = scene.parents[index]
        return scene.verdicts[parent] if parent is not None and not statement.cue else None
    at = scene.starts[index]
    line = scene.layout.line(at)
    if statement.cue:
        return _participle(scene, index, min(span[0] for span in statement.cue))
    near = [
        other for other in scene.neighbours(index) if scene.parents[other] is None and scene.verdicts[other]
    ]
    before = [
        other
        for other in near
        if scene.starts[other] <= at and line - scene.layout.line(_last(scene, other)) <= 1
    ]
    if before:
        return scene.verdicts[before[-1]]
    after = [
        other
        for other in near
        if scene.starts[other] > at and scene.layout.line(scene.starts[other]) - line <= 1
    ]
    return scene.verdicts[after[0]] if after else None


def _last(scene: Scene, index: int) -> int:
    spans = scene.statements[index].content + scene.statements[index].source
    return max((span[1] - 1 for span in spans), default=0)


def _participle(scene: Scene, index: int, at: int) -> Verdict | None:
    """Return the subject of a cue without its own ("..., adding that"): who acts in its sentence."""
    begin, end = scene.layout.sentence_span(scene.layout.sentence(at))
    cue = scene.layout.word_at(at)
    near = {word.lower for word in scene.layout.words[max(0, cue - 1) : cue + 2]}
    if near & _BE and not near & {"saying", "adding"}:
        # "was accused", "is expected": the words are somebody's, and the text does not say whose.
        return None
    for other in scene.earlier(index):
        source = scene.sources[other]
        if source and begin <= source[0] < end:
            return scene.verdicts[other]
    for mention in scene.cast.between(begin, at):
        member = scene.cast.of(mention)
        if (
            member
            and member.kind != "place"
            and subject(scene, mention)
            and not scene.in_content(index, mention.start)
        ):
            return scene.speaker_of(member, "participle", mention)
    return None
