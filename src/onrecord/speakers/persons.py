"""Whom he or she means: the nearest fitting speaker or subject."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ..article import Span, Spans
from . import lexicon as lex
from .cast import Member
from .mentions import Mention
from .offices import office_holder
from .phrases import split
from .scene import Scene, Verdict

_BACK: Final = 8
#: A description stands nearer to its person than a pronoun may.
_DESCRIBED_BACK: Final = 4
#: A person without a name is taken up within so many sentences only.
_UNNAMED_BACK: Final = 2
#: Lines that open an article: headline, standfirst, first paragraphs.
_OPENING: Final = 4
_ONE: Final = lex.word_set("a an one another the")
_PERSON_ENDINGS: Final = (
    "man",
    "woman",
    "ist",
    "ologer",
    "boy",
    "girl",
    "eer",
    "ier",
    "cian",
    "ter",
    "der",
    "ker",
)
#: Nouns that end as those for people do, and name none.
_THINGS: Final = lex.word_set(
    "poster banner order border winter water quarter letter chapter shelter theater counter matter "
    "charter register reminder ladder folder thriller encounter disaster computer center cluster"
)
_CONJUNCTIONS: Final = lex.word_set(
    "as when because but and since if while where after before that than then which until whether so "
    "although though what how"
)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is asked of a person: the gender, a condition, and a speaker of whose own words he is no part."""

    gender: str | None
    condition: Callable[[Member], bool] | None = None
    others_than: tuple[Member, ...] = ()

    def fits(self, member: Member) -> bool:
        if self.gender and member.gender not in (None, self.gender):
            return False
        if any(member is other for other in self.others_than):
            return False
        return self.condition is None or self.condition(member)


def third_person(
    scene: Scene, index: int, gender: str | None, at: int, condition: Callable[[Member], bool] | None = None
) -> Verdict | None:
    """Return the person meant by he or she (or a description that names no gender) at the offset.

    Inside somebody's quoted words it is not the one who speaks them. A ``condition`` asks more of the person.
    """
    here = scene.layout.sentence(at)
    around = _around(scene, index, at)
    wanted = _Wanted(gender, condition, scene.talking(at) + _speaker_of(scene, around))
    if around is not None and (inner := _in_quotation(scene, around, at, wanted)):
        return _agree(scene, inner, gender, "pronoun-quoted")
    fallback: Member | None = None
    back = _DESCRIBED_BACK if condition else _BACK
    for number in range(here, max(-1, here - back), -1):
        begin, end = scene.layout.sentence_span(number)
        end = min(end, at)
        speaking = _speaking_in(scene, index, begin, end, wanted)
        if speaking and speaking.member:
            return _agree(scene, speaking.member, gender, "pronoun-speaker")
        if speaking:
            # "The head of the union" that opens an article is named soon after.
            definite = (speaking.speaker.name or "").startswith("The ")
            first = scene.layout.line_starts[scene.layout.line(at)]
            known = any(m.kind == "person" for m in scene.cast.between(first, end))
            opens = definite and scene.layout.line(at) <= _OPENING and not known
            ahead = _ahead(scene, scene.layout.sentence_span(here)[1], wanted) if opens else None
            return _agree(scene, ahead, gender, "pronoun-ahead") if ahead else speaking
        named, others = _named_in(scene, index, begin, end, wanted)
        if named:
            return _agree(scene, named, gender, "pronoun-subject")
        holder = _title_subject(scene, index, begin, end, wanted)
        if holder:
            return _agree(scene, holder, gender, "pronoun-title")
        only = len(others) == 1 and (
            _subordinate(scene, at)
            if number == here
            else number == here - 1 and not _says_he(scene, begin, end)
        )
        if only:
            return _agree(scene, others[0], gender, "pronoun-nearest")
        if here - number <= _UNNAMED_BACK and not condition and not others:
            common = _common_subject(scene, index, begin, end, gender)
            if common and not _otherwise_called(scene, index, (common,), gender):
                return scene.words(*common, "unnamed", "pronoun-unnamed")
        exact = [member for member in others if member.gender == gender]
        if fallback is None or (fallback.gender is None and exact):
            fallback = next(iter(exact or others), fallback)
    if fallback and not condition:
        return _agree(scene, fallback, gender, "pronoun-nearest")
    # A headline or a first sentence may say "he" before it names him.
    ahead = _ahead(scene, at, wanted)
    return _agree(scene, ahead, gender, "pronoun-ahead") if ahead else None


def _ahead(scene: Scene, at: int, wanted: _Wanted) -> Member | None:
    """Return the person named first after the offset and not far from it."""
    here = scene.layout.line(at)
    for member in scene.cast.named_after(at):
        if scene.layout.line(member.first) - here > 2:
            return None
        if member.sure and member.gender == wanted.gender and wanted.fits(member):
            return member
    return None


def _around(scene: Scene, index: int, at: int) -> int | None:
    """Return the statement in whose quoted content the offset lies."""
    if not scene.layout.quoted(at):
        return None
    return next((other for other in scene.neighbours(index) if scene.in_content(other, at)), None)


def _speaker_of(scene: Scene, index: int | None) -> tuple[Member, ...]:
    verdict = scene.verdicts[index] if index is not None else None
    return (verdict.member,) if verdict and verdict.member else ()


def _in_quotation(scene: Scene, around: int, at: int, wanted: _Wanted) -> Member | None:
    """Return the person named last before the offset in the same quotation."""
    begin = max(
        (start for start, end in scene.statements[around].content if start <= at < end),
        default=at,
    )
    for mention in reversed(scene.cast.between(begin, at)):
        member = scene.cast.of(mention)
        if member and member.kind == "person" and not mention.possessive and wanted.fits(member):
            return member
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


def _speaking_in(scene: Scene, index: int, begin: int, end: int, wanted: _Wanted) -> Verdict | None:
    """Return the last person who speaks in the stretch and fits; one without a name only beside a pronoun.

    Who is only told of ("she said that the mayor had told her ...") comes after those who tell, unless the
    pronoun stands in such words itself.
    """
    best: tuple[bool, int, Verdict] | None = None
    inside_others = scene.parents[index] is not None
    for other in scene.neighbours(index):
        verdict = scene.verdicts[other]
        if verdict is None or scene.parents[other] == index:
            continue
        if verdict.member and verdict.speaker.kind == "person":
            if not wanted.fits(verdict.member):
                continue
        elif wanted.condition or not _one_person(scene, verdict, wanted.gender):
            continue
        source = scene.sources[other]
        by_the_way = source and (verdict.speaker.why == "turn" or _in_relative_clause(scene, source[0]))
        if verdict.member is None and (
            by_the_way or _otherwise_called(scene, index, verdict.speaker.spans, wanted.gender)
        ):
            continue
        places = [source[0]] if source else []
        places += [
            max(start, begin)
            for start, stop in scene.statements[other].content
            if start < end and stop > begin and scene.parents[other] is None
        ]
        inside = [place for place in places if begin <= place < end and not scene.in_content(index, place)]
        rank = (inside_others or scene.parents[other] is None, max(inside, default=0))
        if inside and (best is None or rank > best[:2]):
            best = (*rank, verdict)
    return best[2] if best else None


def _otherwise_called(scene: Scene, index: int, spans: Spans, gender: str | None) -> bool:
    """Tell whether the text has called a person without a name by a pronoun of the other gender."""
    others = lex.FEMALE_PRONOUNS if gender == "m" else lex.MALE_PRONOUNS
    for other in scene.earlier(index)[:_BACK] if gender else ():
        said, source = scene.verdicts[other], scene.sources[other]
        same = said is not None and source is not None and said.speaker.spans == spans
        if same and source and scene.text[slice(*source)].lower() in others:
            return True
    return False


def _in_relative_clause(scene: Scene, at: int) -> bool:
    """Tell whether a source is the subject of a clause by the way (", which an official called absurd")."""
    here = scene.layout.word_at(at)
    return here > 0 and scene.layout.words[here - 1].lower in ("which", "whom")


def _one_person(scene: Scene, verdict: Verdict, gender: str | None) -> bool:
    """Tell whether an unnamed source is a single person of that gender."""
    if verdict.speaker.kind not in ("unnamed", "person") or not verdict.speaker.spans:
        return False
    words = [word.lower for word in scene.layout.words_in(*verdict.speaker.spans[0])]
    if verdict.speaker.kind == "person" and "former" in words:
        # "The former president": a by-word for somebody named, whoever it is.
        return False
    for at, word in enumerate(words):
        reduced = at and word.endswith("ed") and words[at - 1] in lex.TITLES
        if reduced or word in lex.PREPOSITIONS | {"who", "whom", "that"}:
            words = words[:at]
            break
    return bool(words) and _is_person(words, gender, lex.PERSON_ENDINGS)


def _is_person(words: list[str], gender: str | None, endings: tuple[str, ...] = _PERSON_ENDINGS) -> bool:
    head = words[-1]
    if head in lex.DOCUMENTS | lex.MEDIA_NOUNS | lex.BODY_NOUNS | _THINGS or not (
        head in lex.TITLES | lex.MEN | lex.WOMEN | lex.PEOPLE or head.endswith(endings)
    ):
        return False
    theirs = "m" if head in lex.MEN else "f" if head in lex.WOMEN else None
    return gender is None or theirs in (None, gender)


def _common_subject(scene: Scene, index: int, begin: int, end: int, gender: str | None) -> Span | None:
    """Return the person without a name who is the subject of a stretch ("An old miner taught me")."""
    words = scene.layout.words_in(begin, end)[:6]
    if not words or words[0].lower not in _ONE or scene.in_content(index, words[0].start):
        return None
    for at in range(1, len(words)):
        if scene.text[words[at - 1].end : words[at].start] != " " or words[at].name:
            return None
        if words[at].lower in lex.PREPOSITIONS or words[at].possessive:
            return None
        if _is_person([word.lower for word in words[: at + 1]], gender):
            # "The minister, Jane Roe, ..." has a name.
            named = scene.text[words[at].end : words[at].end + 2] in (", ", " (")
            more = at + 1 < len(words) and words[at + 1].lower in ("of", "for", "to")
            return None if named or more else (words[0].start, words[at].end)
    return None


def _title_subject(scene: Scene, index: int, begin: int, end: int, wanted: _Wanted) -> Member | None:
    """Return the person whose title is the subject of the stretch ("the major shrugged")."""
    words = scene.layout.words_in(begin, end)
    for at, word in enumerate(words):
        if word.lower != "the" or scene.layout.quoted(word.start) or scene.in_content(index, word.start):
            continue
        for head in range(at + 1, min(at + 4, len(words) - 1)):
            if words[head].lower not in lex.TITLES:
                continue
            acts = words[head + 1].lower.endswith("ed") or words[head + 1].lower in (
                "said",
                "had",
                "has",
                "was",
            )
            phrase = next(iter(split(scene.layout, scene.cast, word.start, words[head].end)), None)
            if not acts or not phrase or phrase.mention:
                continue
            holder = office_holder(scene, phrase)
            if holder and wanted.fits(holder):
                return holder
    return None


def _named_in(
    scene: Scene, index: int, begin: int, end: int, wanted: _Wanted
) -> tuple[Member | None, list[Member]]:
    """Return the subject of the stretch and, failing that, the other persons named in it."""
    others: list[Member] = []
    for mention in scene.cast.between(begin, end):
        member = scene.cast.of(mention)
        if member is None or member.kind not in ("person", "name") or not wanted.fits(member):
            continue
        if not member.sure and not _personal(scene, mention):
            continue
        if scene.in_content(index, mention.start) or scene.layout.quoted(mention.start):
            continue
        if subject(scene, mention):
            return member, []
        if member not in others:
            others.append(member)
    return None, others


def subject(scene: Scene, mention: Mention) -> bool:
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
