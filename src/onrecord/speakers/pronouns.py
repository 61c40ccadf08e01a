"""Sources that are pronouns, and statements without a source: whom the passage is about.

The rules are those of centring in its simplest form (Grosz, Joshi and Weinstein 1995): the speaker of the
statement before, else the subject of the sentence before, is the likeliest antecedent, nearest sentence
first.
"""

from __future__ import annotations

from typing import Final

from . import lexicon as lex
from .cast import Member
from .mentions import Mention
from .phrases import state_of
from .scene import Scene, Verdict

_BACK: Final = 8
_CONJUNCTIONS: Final = lex.word_set(
    "as when because but and since if while where after before that than then which until whether so "
    "although though what how"
)
_BE: Final = lex.word_set("is are was were be been being")
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
    return None


def third_person(scene: Scene, index: int, gender: str | None, at: int) -> Verdict | None:
    """Return the person meant by he or she (or a description that names no gender) at the offset."""
    here = scene.layout.sentence(at)
    fallback: Member | None = None
    for number in range(here, max(-1, here - _BACK), -1):
        begin, end = scene.layout.sentence_span(number)
        end = min(end, at)
        speaker = _speaker_in(scene, index, begin, end, gender)
        if speaker:
            return _agree(scene, speaker, gender, "pronoun-speaker")
        subject, others = _named_in(scene, index, begin, end, gender)
        if subject:
            return _agree(scene, subject, gender, "pronoun-subject")
        only = len(others) == 1 and (
            _subordinate(scene, at)
            if number == here
            else number == here - 1 and not _says_he(scene, begin, end)
        )
        if only:
            return _agree(scene, others[0], gender, "pronoun-nearest")
        exact = [member for member in others if member.gender == gender]
        if fallback is None or (fallback.gender is None and exact):
            fallback = next(iter(exact or others), fallback)
    if fallback:
        return _agree(scene, fallback, gender, "pronoun-nearest")
    # A headline or a first sentence may say "he" before it names him.
    following = [m for m in scene.cast.persons() if m.sure and m.gender == gender and m.first > at]
    if following and scene.layout.line(following[0].first) - scene.layout.line(at) <= 2:
        return _agree(scene, following[0], gender, "pronoun-ahead")
    return None


def _subordinate(scene: Scene, at: int) -> bool:
    """Tell whether the pronoun leans on a name before it: it is possessive or follows a conjunction."""
    here = scene.layout.word_at(at)
    if here < len(scene.layout.words) and scene.layout.words[here].lower in ("his", "her"):
        return True
    return here > 0 and scene.layout.words[here - 1].lower in _CONJUNCTIONS


def _says_he(scene: Scene, begin: int, end: int) -> bool:
    """Tell whether the stretch has a subject pronoun of its own, which carries an earlier person on."""
    return any(word.lower in ("he", "she") for word in scene.layout.words_in(begin, end))


def _agree(scene: Scene, member: Member, gender: str | None, why: str) -> Verdict:
    member.gender = member.gender or gender
    return scene.speaker_of(member, why)


def _fits(member: Member, gender: str | None) -> bool:
    return gender is None or member.gender in (None, gender)


def _speaker_in(scene: Scene, index: int, begin: int, end: int, gender: str | None) -> Member | None:
    """Return the last person who speaks in the stretch and fits the gender."""
    best: tuple[int, Member] | None = None
    for other in scene.neighbours(index):
        verdict = scene.verdicts[other]
        if verdict is None or verdict.member is None or verdict.speaker.kind != "person":
            continue
        if not _fits(verdict.member, gender) or scene.parents[other] == index:
            continue
        source = scene.sources[other]
        places = [source[0]] if source else []
        places += [
            max(start, begin)
            for start, stop in scene.statements[other].content
            if start < end and stop > begin and scene.parents[other] is None
        ]
        inside = [place for place in places if begin <= place < end and not scene.in_content(index, place)]
        if inside and (best is None or max(inside) > best[0]):
            best = max(inside), verdict.member
    return best[1] if best else None


def _named_in(
    scene: Scene, index: int, begin: int, end: int, gender: str | None
) -> tuple[Member | None, list[Member]]:
    """Return the subject of the stretch and, failing that, the other persons named in it."""
    others: list[Member] = []
    for mention in scene.cast.between(begin, end):
        member = scene.cast.of(mention)
        if member is None or member.kind not in ("person", "name") or not _fits(member, gender):
            continue
        if not member.sure and not _personal(scene, mention):
            continue
        if scene.in_content(index, mention.start) or scene.layout.quoted(mention.start):
            continue
        if _subject(scene, mention):
            return member, []
        if member not in others:
            others.append(member)
    return None, others


def _subject(scene: Scene, mention: Mention) -> bool:
    """Tell whether a name may be the subject of its clause: it opens one, and no 's follows."""
    if mention.possessive:
        return False
    words = scene.layout.words
    at = scene.layout.word_at(mention.left) - 1
    if at >= 0 and words[at].lower in ("the", "a", "an"):
        at -= 1
    if at < 0 or scene.layout.sentence(words[at].start) != scene.layout.sentence(mention.start):
        return True
    if scene.layout.gap(at).strip():
        return not (words[at].lower in lex.PREPOSITIONS and scene.layout.gap(at).strip() in "\"“‘'")
    before = words[at].lower
    return before in _CONJUNCTIONS or before in lex.CALENDAR or before.endswith("ly")


def _personal(scene: Scene, mention: Mention) -> bool:
    """Tell whether a bare capitalised word acts as a person does: it is followed by a verb of its own."""
    at = scene.layout.word_at(mention.end)
    if at >= len(scene.layout.words):
        return False
    word = scene.layout.words[at]
    return word.lower in (
        "said",
        "says",
        "told",
        "has",
        "had",
        "was",
        "is",
        "who",
        "added",
        "will",
        "would",
    ) or (word.lower.endswith("ed") and not word.name)


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
            or scene.in_content(index, word.start)
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
            ):
                break
            if before.lower.endswith("ed") or before.possessive:
                break
            first -= 1
        return words[first].start, word.end
    return None


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
                and _subject(scene, mention)
            ):
                return scene.speaker_of(member, "pronoun-body", mention)
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
            and _subject(scene, mention)
            and not scene.in_content(index, mention.start)
        ):
            return scene.speaker_of(member, "participle", mention)
    return None
