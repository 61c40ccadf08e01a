"""Sources that are noun phrases: names, titles, bodies, states, media, groups and unnamed people."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from . import lexicon as lex
from .cast import Member
from .layout import Word
from .mentions import Mention
from .offices import office_holder
from .phrases import Phrase, split, state_of
from .pronouns import third_person
from .scene import Scene, Verdict
from .states import states

_OF_STATE: Final = lex.word_set("minister president secretary ambassador premier chancellor envoy king queen")
#: Nouns by which news takes up a person whatever his office is.
_EPITHETS: Final = lex.word_set(
    "candidate nominee contender hopeful frontrunner front-runner republican democrat businessman "
    "businesswoman billionaire tycoon mogul lawmaker politician diplomat socialist"
)
_PEOPLE_ENDINGS: Final = ("ists", "ers", "ors", "ians", "ants", "ates", "crats", "men", "women", "ents")
#: A bare "the company" or "the official" takes up somebody who spoke at most this many statements ago.
_RECENT: Final = 6
_STAFF: Final = frozenset(
    {"campaign", "team", "camp", "administration", "office", "foundation", "organization", "organisation"}
)
_LEADS: Final = lex.word_set("by in from to even also but and or")
_JOINTS: Final = lex.word_set(
    "and or but so yet if then is are was were be been has have had said says would will"
)
_MEMBERS: Final = lex.word_set(
    "activists members researchers lawyers doctors scientists monitors workers volunteers"
)
_BODY_LIKE: Final = frozenset(
    {"group", "organization", "organisation", "body", "company", "firm", "charity", "agency", "watchdog"}
)


def describe(scene: Scene, index: int, start: int, end: int) -> Verdict:
    """Return who is meant by the noun phrase between the offsets, used as source of the statement."""
    words = scene.layout.words_in(start, end)
    while len(words) > 1 and words[0].lower in _LEADS:
        words = words[1:]
        start = words[0].start
    if scene.layout.line(start) in scene.layout.title_lines:
        return _in_headline(scene, start, end, words)
    phrases = split(scene.layout, scene.cast, start, end)
    if not phrases:
        return scene.words(start, end, "unnamed", "words")
    first = phrases[0]
    follower = _name_after(scene, start, end)
    if follower:
        return _named(scene, follower)
    together = _together(scene, phrases)
    if together:
        return together
    if first.mention:
        verdict = _named(scene, first.mention)
        apposed = _apposed(phrases)
        if verdict.speaker.kind in ("organisation", "state") and apposed and apposed.titled:
            return _named(scene, apposed)
        return verdict
    apposed = _apposed(phrases)
    if apposed:
        return _named(scene, apposed)
    if first.core and first.core[-1].lower in ("himself", "herself", "themselves") and len(first.core) > 1:
        return describe(scene, index, start, first.core[-2].end)
    return _common(scene, index, first)


def _in_headline(scene: Scene, start: int, end: int, words: list[Word]) -> Verdict:
    """Return who is meant in a line where every word has a capital: only the body's names tell."""
    names = [word for word in words if word.lower not in lex.DETERMINERS]
    while len(names) > 1 and names[0].lower in lex.TITLES | lex.PARTIES | lex.OFFICE_MODIFIERS:
        names = names[1:]
    if not names:
        return scene.words(start, end, "unnamed", "headline")
    said = scene.text[names[0].start : names[-1].end]
    member = scene.cast.lookup(tuple(word.text for word in names), start) or scene.cast.body(said)
    if member:
        return scene.speaker_of(member, "headline")
    state = states().of(said)
    if state:
        return scene.words(start, end, "state", "headline", named=True, name=state)
    head = names[-1].lower
    if head in lex.GROUP_NOUNS | lex.PARTIES or head in states().demonyms or head.endswith(_PEOPLE_ENDINGS):
        return scene.words(start, end, "group", "headline")
    if head in lex.ORGANISATION_HEADS or said.isupper():
        return scene.words(start, end, "organisation", "headline", named=True)
    if (
        head in lex.DOCUMENTS | lex.MEN | lex.WOMEN
        or any(word.lower in lex.TITLES for word in names)
        or not all(word.name for word in names)
    ):
        return scene.words(start, end, "unnamed", "headline")
    return scene.words(names[0].start, end, "person", "headline", named=True)


def _name_after(scene: Scene, start: int, end: int) -> Mention | None:
    """Return the name whose title alone the source holds ("Foreign Minister" before "Sergei X")."""
    for mention in scene.cast.between(end, end + 3):
        if mention.titled and mention.left < end and mention.kind == "person" and start <= mention.left:
            return mention
    return None


def _apposed(phrases: list[Phrase]) -> Mention | None:
    """Return the person named in a later phrase ("a spokesman for the ministry, Y Z")."""
    if phrases[0].head in lex.GROUP_NOUNS:
        return None
    kinds = ("person",) if phrases[0].head in lex.TITLES else ("person", "organisation", "media")
    for phrase in phrases[1:]:
        if phrase.mention and phrase.mention.kind in kinds and phrase.opener not in lex.PREPOSITIONS:
            return phrase.mention
    return None


def _named(scene: Scene, mention: Mention) -> Verdict:
    member = scene.cast.of(mention)
    if mention.kind == "demonym" or member is None:
        kind = "place" if mention.kind == "place" else "group"
        if kind == "place":
            return scene.words(mention.start, mention.end, "group", "place", named=True)
        return scene.words(mention.left, mention.end, "group", "group")
    if member.kind == "state":
        return scene.speaker_of(member, "state", mention)
    if member.kind in ("organisation", "media"):
        return scene.speaker_of(member, member.kind, mention)
    why = "full-name" if mention is member.full or len(mention.words) > 1 else "surname"
    return scene.speaker_of(member, why, mention)


def _together(scene: Scene, phrases: list[Phrase]) -> Verdict | None:
    """Return the verdict for names joined by "and"."""
    names: list[Mention] = []
    joined = False
    for phrase in phrases:
        mentions = [m for m in scene.cast.between(phrase.start, phrase.end) if not m.possessive]
        if phrase.opener == "and":
            joined = True
        if not phrase.mention or any(
            m.kind not in ("person", "name", "state", "organisation") for m in mentions
        ):
            return None
        inner = [m for m in mentions if m.end <= phrase.core[-1].end]
        for one, other in pairwise(inner):
            if scene.text[one.end : other.left].strip() != "and":
                return None
            joined = True
        names.extend(inner)
    members = [scene.cast.of(mention) for mention in names]
    if not joined or len(names) < 2 or any(member is None for member in members):
        return None
    said = [member.name for member in members if member]
    name = ", ".join(said[:-1]) + " and " + said[-1]
    return scene.words(names[0].start, names[-1].end, "group", "together", named=True, name=name)


def _common(scene: Scene, index: int, phrase: Phrase) -> Verdict:
    """Return the verdict for a source whose head is a common noun."""
    head, start, end = phrase.head, phrase.start, phrase.end
    if phrase.opener == "the" and (again := _unnamed_again(scene, index, phrase)):
        return again
    if head in lex.UNNAMED_NOUNS:
        return scene.words(start, end, "unnamed", "unnamed")
    if head in _STAFF and (owner := _owner(scene, index, phrase)):
        name = f"{owner.name.split()[-1]} {head}"
        return scene.words(start, end, "organisation", "staff", named=True, name=name)
    if head in lex.MEDIA_NOUNS:
        return _media(scene, phrase)
    if head in lex.STATE_NOUNS:
        return _government(scene, index, phrase)
    if head in lex.BODY_NOUNS:
        return _body(scene, index, phrase)
    if head in lex.DOCUMENTS:
        return _document(scene, index, phrase)
    if _plural(phrase):
        return _group(scene, index, phrase)
    if head in lex.TITLES and phrase.opener not in ("a", "an", "one", "another", "any", "some"):
        holder = office_holder(scene, phrase)
        if holder:
            return scene.speaker_of(holder, "title")
        return _described(scene, index, phrase) or scene.words(start, end, "unnamed", "unnamed")
    return scene.words(start, end, "unnamed", "unnamed")


def _unnamed_again(scene: Scene, index: int, phrase: Phrase) -> Verdict | None:
    """Return the unnamed source that "the official" takes up again."""
    for other in scene.earlier(index)[:_RECENT]:
        verdict = scene.verdicts[other]
        if verdict and verdict.speaker.kind == "unnamed" and verdict.speaker.why == "unnamed":
            words = (verdict.speaker.name or "").lower().split()
            if phrase.head in words and len(words) > len(phrase.core):
                return verdict
    return None


def _plural(phrase: Phrase) -> bool:
    head = phrase.head
    if (
        head in lex.GROUP_NOUNS
        or head in lex.QUANTIFIERS - {"one", "another"}
        or phrase.opener in lex.QUANTIFIERS - {"one", "another"}
    ):
        return True
    if head.removesuffix("s") in lex.TITLES and head.endswith("s"):
        return True
    return head.endswith(_PEOPLE_ENDINGS) and head[0].islower() and phrase.opener not in ("a", "an", "one")


def _described(scene: Scene, index: int, phrase: Phrase) -> Verdict | None:
    """Return whom a definite description means that no office in the article answers ("the tycoon").

    It stands where a pronoun could stand, so the same rules find its person; one whose own office is another
    is not meant, and the holder of an office of state ("the foreign minister") is not guessed.
    """
    if (
        phrase.opener not in ("the", "this", "that")
        or state_of(phrase.core)
        or phrase.head in _OF_STATE
        or phrase.tail
    ):
        return None
    gender = "m" if phrase.head in lex.MEN else "f" if phrase.head in lex.WOMEN else None
    verdict = third_person(scene, index, gender, phrase.start)
    if not verdict or not verdict.member:
        return None
    if verdict.member.offices and phrase.head not in _EPITHETS:
        return None
    return scene.speaker_of(verdict.member, "description")


def _owner(scene: Scene, index: int, phrase: Phrase) -> Member | None:
    """Return the person to whom a campaign, a statement or the like belongs."""
    for word in phrase.core[:-1]:
        for mention in scene.cast.between(word.start, word.end):
            member = scene.cast.of(mention)
            if member and member.kind in ("person", "name"):
                return member
    if phrase.opener in ("his", "her"):
        verdict = third_person(scene, index, "m" if phrase.opener == "his" else "f", phrase.start)
        return verdict.member if verdict else None
    return None


def _media(scene: Scene, phrase: Phrase) -> Verdict:
    inner = [m for m in scene.cast.between(phrase.start, phrase.core[-1].end) if m.kind == "media"]
    if inner:
        return _named(scene, inner[-1])
    state = state_of(phrase.core)
    definite = phrase.opener in ("the", "this") and len(phrase.core) == 2
    if definite and not state:
        known = [
            m
            for m in scene.cast.members
            if m.kind == "media" and m.first < phrase.start and m.name.casefold() not in scene.own_names
        ]
        if known:
            nearest = max(known, key=lambda member: member.last_before(phrase.start))
            return scene.speaker_of(nearest, "media")
    start = _past_determiner(phrase)
    return scene.words(
        start, phrase.core[-1].end, "media", "media", named=bool(state) or "state" in _lowers(phrase)
    )


def _government(scene: Scene, index: int, phrase: Phrase) -> Verdict:
    state = state_of(phrase.core) or state_of(phrase.tail[:4])
    if state:
        return scene.words(phrase.start, phrase.end, "state", "state", named=True, name=state)
    for other in scene.earlier(index):
        verdict = scene.verdicts[other]
        if verdict and verdict.speaker.kind == "state" and verdict.speaker.named and len(phrase.core) <= 2:
            return scene.words(
                phrase.start, phrase.end, "state", "state", named=True, name=verdict.speaker.name
            )
    return scene.words(_past_determiner(phrase), phrase.core[-1].end, "state", "state")


def _body(scene: Scene, index: int, phrase: Phrase) -> Verdict:
    start = _past_determiner(phrase)
    end = phrase.core[-1].end
    if any(word.text[0].isupper() for word in phrase.core if word.start >= start):
        return scene.words(start, end, "organisation", "organisation", named=True)
    if (
        phrase.tail
        and phrase.tail[0].lower in ("of", "for")
        and any(word.text[0].isupper() for word in phrase.tail)
    ):
        return scene.words(start, phrase.end, "organisation", "organisation", named=True)
    if phrase.opener in ("the", "this", "that", "its"):
        head = phrase.head
        for other in scene.earlier(index)[:_RECENT]:
            verdict = scene.verdicts[other]
            if verdict and verdict.member and verdict.member.kind == "name" and head in _BODY_LIKE:
                # What the article goes on to call "the company" is no person.
                verdict.member.kind = "organisation"
                return scene.speaker_of(verdict.member, "organisation")
            if (
                verdict
                and verdict.speaker.kind == "organisation"
                and verdict.speaker.named
                and (head in _BODY_LIKE or head in (verdict.speaker.name or "").lower())
            ):
                return verdict
        known = [
            m
            for m in scene.cast.members
            if m.kind == "organisation"
            and m.first < phrase.start
            and (head in m.name.lower() or head in _BODY_LIKE)
        ]
        if known:
            return scene.speaker_of(
                max(known, key=lambda member: member.last_before(phrase.start)), "organisation"
            )
    return scene.words(start, phrase.end, "organisation", "organisation")


def _document(scene: Scene, index: int, phrase: Phrase) -> Verdict:
    """Return whose document speaks; a document of nobody keeps its words."""
    owner = _owner(scene, index, phrase)
    if owner:
        return scene.speaker_of(owner, "document")
    if phrase.tail and phrase.tail[0].lower in ("by", "from", "of") and len(phrase.tail) > 1:
        named = [
            m
            for m in scene.cast.between(phrase.tail[0].end, phrase.end)
            if m.kind != "demonym" and not m.possessive
        ]
        if named and scene.cast.of(named[0]):
            return _named(scene, named[0])
    inner = [
        m
        for m in scene.cast.between(phrase.start, phrase.core[-1].end)
        if m.kind in ("organisation", "media")
    ]
    if inner:
        return _named(scene, inner[-1])
    return scene.words(phrase.start, phrase.end, "unnamed", "document")


def _group(scene: Scene, index: int, phrase: Phrase) -> Verdict:
    if phrase.head == "authorities" and (state_of(phrase.core) or len(phrase.core) <= 2):
        return _government(scene, index, phrase)
    if phrase.head in _MEMBERS and phrase.tail and phrase.tail[0].lower in ("from", "with"):
        bodies = [m for m in scene.cast.between(phrase.tail[0].end, phrase.end) if m.kind == "organisation"]
        if bodies:
            return _named(scene, bodies[0])
    if phrase.opener in ("the", "these", "those"):
        modifiers = {w.lower for w in phrase.core[1:]}
        for other in scene.earlier(index):
            verdict = scene.verdicts[other]
            if (
                verdict
                and verdict.speaker.kind == "group"
                and modifiers & set((verdict.speaker.name or "").lower().split())
            ):
                return verdict
    start = _past_determiner(phrase) if phrase.opener in ("the", "these", "those") else phrase.start
    return scene.words(start, phrase.end, "group", "group")


def _past_determiner(phrase: Phrase) -> int:
    if phrase.opener in lex.DETERMINERS and len(phrase.words) > 1:
        return phrase.words[1].start
    return phrase.start


def _lowers(phrase: Phrase) -> set[str]:
    return {word.lower for word in phrase.core}


def relative(scene: Scene, index: int, at: int) -> Verdict | None:
    """Return who is meant by who, which or that: the noun phrase before it."""
    words = scene.layout.words
    last = scene.layout.word_at(at) - 1
    begin, _ = scene.layout.sentence_span(scene.layout.sentence(at))
    if last < 0 or words[last].start < begin:
        return None
    person = scene.text[at : at + 3].lower() == "who"
    names = [m for m in scene.cast.between(begin, at) if m.end <= at]
    if names and names[-1].end == words[last].end:
        verdict = describe(scene, index, names[-1].start, names[-1].end)
        if not person or verdict.speaker.kind in ("person", "group"):
            return verdict
    first = last
    while (
        first and words[first - 1].start >= begin and last - first < 5 and scene.layout.gap(first - 1) == " "
    ):
        before = words[first - 1]
        if (
            before.lower in lex.PREPOSITIONS and before.lower not in ("of", "for")
        ) or before.lower in lex.PRONOUNS | _JOINTS:
            break
        first -= 1
        if before.lower in lex.DETERMINERS:
            break
    verdict = describe(scene, index, words[first].start, words[last].end)
    if person and verdict.speaker.kind in ("unnamed", "organisation", "state", "media") and names:
        for mention in reversed(names):
            member = scene.cast.of(mention)
            if member and member.kind == "person":
                return scene.speaker_of(member, "relative", mention)
    return verdict
