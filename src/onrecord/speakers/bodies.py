"""Sources that are bodies, states, media, documents and groups, by name or by a common noun."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import Final

from . import lexicon as lex
from .cast import Member
from .layout import Word
from .mentions import Mention
from .persons import subject, third_person
from .phrases import Phrase, speaks_for_state, state_of
from .scene import Scene, Verdict
from .states import people_of
from .takeup import fullest, writer

#: A bare "the company" or "the official" takes up somebody who spoke at most this many statements ago.
_RECENT: Final = 6
#: How many earlier papers of one kind are looked at.
_PAPERS: Final = 12
_MEMBERS: Final = lex.word_set(
    "activists members researchers lawyers doctors scientists monitors workers volunteers"
)
#: What news calls bodies that have no such noun in their names.
_CALLED: Final[dict[str, tuple[str, ...]]] = {
    "alliance": ("nato",),
    "bloc": ("eu", "european union"),
    "cartel": ("opec",),
}
_BODY_LIKE: Final = frozenset(
    {"group", "organization", "organisation", "body", "company", "firm", "charity", "agency", "watchdog"}
)


def of_mention(scene: Scene, mention: Mention) -> Verdict:
    """Return the verdict that a statement is the named one's."""
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
    if member.kind == "group":
        return scene.words(mention.left, mention.end, "group", "group")
    if member.kind == "person" and (other := scene.cast.namesake(mention)):
        return scene.speaker_of(other, "surname", mention)
    why = "full-name" if mention is member.full or len(mention.words) > 1 else "surname"
    return scene.speaker_of(member, why, mention)


def owner_of(scene: Scene, index: int, phrase: Phrase) -> Member | None:
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


def of_media(scene: Scene, phrase: Phrase) -> Verdict:
    """Return the medium that a phrase with a noun for media means."""
    inner = [m for m in scene.cast.between(phrase.start, phrase.core[-1].end) if m.kind == "media"]
    if inner and not (len(phrase.core) > 2 and inner[-1].words[0].lower() in ("tv", "radio")):
        return of_mention(scene, inner[-1])
    for mention in scene.cast.between(phrase.end, phrase.end + 5):
        member = scene.cast.of(mention)
        if scene.text[phrase.end : mention.start] == ", " and member and member.kind != "person":
            # "The official news agency, Ferna"
            member.kind = "media"
            scene.forget_latest()
            return scene.speaker_of(member, "media", mention)
    state = state_of(phrase.core)
    plain = [word for word in phrase.core if word.lower not in ("news", "press")]
    definite = phrase.opener in ("the", "this") and len(plain) == 2
    if definite and not state:
        known = scene.latest(("media",), lambda: _media(scene)).before(phrase.start)
        if known:
            return scene.speaker_of(known, "media")
    start = _past_determiner(phrase)
    return scene.words(
        start,
        phrase.core[-1].end,
        "media",
        "media",
        named=bool(state) or any(word.startswith("state") for word in _lowers(phrase)),
    )


def of_government(scene: Scene, index: int, phrase: Phrase) -> Verdict:
    """Return the state whose government a phrase means."""
    state = state_of(phrase.core) or state_of(phrase.tail[:4])
    leader = next(iter(scene.cast.between(phrase.start, phrase.core[-1].start)), None)
    member = scene.cast.of(leader) if leader else None
    if leader and not state and (leader.possessive or (member and member.kind in ("person", "name"))):
        # "Marel's government" and "the Marel regime" are of the state whose office he holds.
        held = [state_of(scene.layout.words_in(*span)) for span in (member.offices if member else ())]
        name = next((one for one in held if one), None) or (scene.most_named if member else None)
        return scene.words(_past_determiner(phrase), phrase.end, "state", "state", named=True, name=name)
    if state:
        return scene.words(phrase.start, phrase.end, "state", "state", named=True, name=state)
    if len(phrase.core) <= 2 and (state := _state_before(scene, index, phrase)):
        return scene.words(phrase.start, phrase.end, "state", "state", named=True, name=state)
    if len(phrase.core) <= 2 and not phrase.tail and (state := scene.most_named):
        return scene.words(phrase.start, phrase.end, "state", "state-most-named", named=True, name=state)
    return scene.words(_past_determiner(phrase), phrase.core[-1].end, "state", "state")


def _state_before(scene: Scene, index: int, phrase: Phrase) -> str | None:
    """Return the state that a bare "the government" belongs to: that of the last state that spoke.

    Failing that it is the state that is the subject earlier in the paragraph.
    """
    for other in scene.earlier(index):
        verdict = scene.verdicts[other]
        if verdict and verdict.speaker.kind == "state" and verdict.speaker.named:
            name = verdict.speaker.name or ""
            words = name.replace("’", "'").split()
            return state_of(scene.layout.words_in(*verdict.speaker.spans[0])) or (
                name if len(words) < 3 else None
            )
    begin = scene.layout.line_starts[scene.layout.line(phrase.start)]
    for mention in reversed(scene.cast.between(begin, phrase.start)):
        member = scene.cast.of(mention)
        if member and member.kind == "state" and subject(scene, mention):
            return member.name
    return None


def of_body(scene: Scene, index: int, phrase: Phrase) -> Verdict:
    """Return the body that a phrase with a noun for bodies means."""
    start = _past_determiner(phrase)
    end = phrase.core[-1].end
    kind = "state" if speaks_for_state(phrase.core) else "organisation"
    if any(
        word.text[0].isupper() for word in phrase.core if word.start >= start and not _opening(scene, word)
    ):
        return scene.words(start, end, kind, "organisation", named=True)
    if (
        phrase.tail
        and phrase.tail[0].lower in ("of", "for")
        and any(word.text[0].isupper() for word in phrase.tail)
    ):
        return scene.words(start, phrase.end, kind, "organisation", named=True)
    definite = phrase.opener in ("the", "this", "that", "its")
    if phrase.opener == "the" and len(phrase.core) == 2:
        for called in _CALLED.get(phrase.head, ()):
            if (known := scene.cast.body(called)) and known.first < phrase.start:
                return scene.speaker_of(known, "organisation")
    if definite:
        again = _body_again(scene, index, phrase)
        if again:
            return again
        fuller = fullest(scene, phrase)
        if fuller:
            words = scene.layout.words_in(*fuller)
            told = len(words) > 1 and phrase.head not in _BODY_LIKE
            named = told or any(word.name for word in words)
            return scene.words(*fuller, kind, "fullest", named=named)
    if kind == "state" and definite and (state := _state_before(scene, index, phrase)):
        called = " ".join(word.lower for word in phrase.core[1:])
        name = f"{people_of(state)} {called}"
        return scene.words(phrase.start, phrase.end, "state", "state", named=True, name=name)
    # "The electoral commission" is as good as a name; "the company" is none.
    named = definite and len(phrase.core) > 2 and phrase.head not in _BODY_LIKE
    return scene.words(start, phrase.end, kind, "organisation", named=named)


def _media(scene: Scene) -> list[Member]:
    members = [member for member in scene.cast.members if member.kind == "media"]
    return [member for member in members if member.name.casefold() not in scene.own_names]


#: Words of names that are no firm's, so that "the company" never takes them up.
_NO_FIRM: Final = lex.word_set(
    "commission ministry council committee court parliament senate university union party department "
    "tribunal association college police army navy congress assembly league nations observatory"
)


def _bodies(scene: Scene, noun: str | None) -> list[Member]:
    """Return the organisations that have the noun in their names, all for ``None``."""
    members = [member for member in scene.cast.members if member.kind == "organisation"]
    return [member for member in members if noun is None or noun in member.name.lower()]


def _firms(scene: Scene) -> list[Member]:
    """Return the organisations that may be firms, by their names."""
    return [m for m in _bodies(scene, None) if not _NO_FIRM & set(m.name.lower().split())]


def _body_again(scene: Scene, index: int, phrase: Phrase) -> Verdict | None:
    """Return the body that a bare noun takes up: one that has the noun in its name, or any."""
    head = phrase.head
    verdicts = [v for v in (scene.verdicts[other] for other in scene.earlier(index)[:_RECENT]) if v]
    for loose in (False, True):
        if loose and head not in _BODY_LIKE:
            break
        for verdict in verdicts:
            if loose and verdict.member and verdict.member.kind == "name":
                # What the article goes on to call "the company" is no person.
                verdict.member.kind = "organisation"
                scene.forget_latest()
                return scene.speaker_of(verdict.member, "organisation")
            speaker = verdict.speaker
            if (
                speaker.kind in ("organisation", "state")
                and speaker.named
                and (loose or head in (speaker.name or "").lower())
            ):
                return verdict
        firm = loose and head in ("company", "firm")
        listed = partial(_firms, scene) if firm else partial(_bodies, scene, None if loose else head)
        known = scene.latest(("body", "firm" if firm else loose or head), listed).before(phrase.start)
        if known:
            return scene.speaker_of(known, "organisation")
    return None


def of_document(scene: Scene, index: int, phrase: Phrase) -> Verdict:
    """Return whose document speaks; a document of nobody keeps its words."""
    owner = owner_of(scene, index, phrase)
    if owner:
        return scene.speaker_of(owner, "document")
    if body := _body_that_owns(scene, phrase):
        return scene.speaker_of(body, "document")
    maker = next((w for w in phrase.tail[:6] if w.lower in ("by", "from", "of")), None)
    if maker and maker is not phrase.tail[-1]:
        named = [
            m for m in scene.cast.between(maker.end, phrase.end) if m.kind != "demonym" and not m.possessive
        ]
        near = named and len(scene.layout.words_in(maker.end, named[0].left)) <= 1
        if near and scene.cast.of(named[0]):
            return of_mention(scene, named[0])
    inner = [
        m
        for m in scene.cast.between(phrase.start, phrase.core[-1].end)
        if m.kind in ("organisation", "media")
    ]
    if inner:
        return of_mention(scene, inner[-1])
    if {"government", "ministry"} & _lowers(phrase) and (state := _state_before(scene, index, phrase)):
        return scene.words(phrase.start, phrase.end, "state", "document", named=True, name=state)
    if phrase.opener in ("the", "this") and not phrase.tail and (issuer := _maker_before(scene, phrase)):
        return of_mention(scene, issuer)
    written = writer(scene, index, phrase)
    if written and not _is_told_of(scene, index, written):
        return written
    kind = "organisation" if maker and _ends_in_body(scene, maker.end, phrase.end) else "unnamed"
    return scene.words(phrase.start, phrase.end, kind, "document")


def _body_that_owns(scene: Scene, phrase: Phrase) -> Member | None:
    """Return the body named before of which a bare noun owns the document ("the inspectorate's report")."""
    owner = next((word for word in phrase.core[:-1] if word.possessive), None)
    if owner is None or owner.name or owner.lower not in lex.BODY_NOUNS:
        return None
    return scene.latest(("body", owner.lower), partial(_bodies, scene, owner.lower)).before(phrase.start)


def _is_told_of(scene: Scene, index: int, written: Verdict) -> bool:
    """Tell whether the document speaks of its supposed writer by name: then somebody else wrote it."""
    return any(
        scene.cast.of(mention) is written.member
        for start, end in scene.statements[index].content
        for mention in scene.cast.between(start, end)
        if written.member is not None
    )


def _ends_in_body(scene: Scene, start: int, end: int) -> bool:
    """Tell whether a document's "of ..." or "by ..." leads to a body: "on behalf of the fire brigade"."""
    words = scene.layout.words_in(start, end)
    bodies = [m for m in scene.cast.between(start, end) if m.kind in ("organisation", "media")]
    return bool(bodies) or any(word.lower in lex.BODY_NOUNS for word in words[:6])


def _maker_before(scene: Scene, phrase: Phrase) -> Mention | None:
    """Return whose report "the report" is: who was named with the noun before ("a report by the Council")."""
    layout = scene.layout
    here = layout.word_at(phrase.start)
    for at in reversed([at for at in layout.places.get(phrase.head, ()) if at < here][-_PAPERS:]):
        for mention in scene.cast.between(layout.words[at].end, layout.words[at].end + 60)[:1]:
            lead = [word.lower for word in layout.words_in(layout.words[at].end, mention.left)]
            if mention.kind not in ("demonym", "place", "state") and set(lead[-2:]) & {"by", "from"}:
                return mention if len(lead) <= 3 and not mention.possessive else None
        before = scene.cast.between(layout.words[at].start - 60, layout.words[at].start)[-1:]
        for mention in before:
            adjacent = layout.text[mention.end : layout.words[at].start] in (" ", "'s ", "’s ")
            if adjacent and mention.kind in ("organisation", "media"):
                return mention
    return None


def of_group(scene: Scene, index: int, phrase: Phrase) -> Verdict:
    """Return the group that a plural phrase means."""
    if phrase.head == "authorities" and (state_of(phrase.core) or len(phrase.core) <= 2):
        return of_government(scene, index, phrase)
    if phrase.head == "officials" and not phrase.tail and _of_state_alone(phrase):
        return of_government(scene, index, phrase)
    if _protected(phrase):
        return scene.words(phrase.start, phrase.end, "unnamed", "unnamed")
    if phrase.head in _MEMBERS and phrase.tail and phrase.tail[0].lower in ("from", "with"):
        bodies = [m for m in scene.cast.between(phrase.tail[0].end, phrase.end) if m.kind == "organisation"]
        if bodies:
            return of_mention(scene, bodies[0])
    if phrase.opener in ("the", "these", "those"):
        modifiers = {w.lower for w in phrase.core[1:]}
        for other in scene.earlier(index):
            verdict = scene.verdicts[other]
            if verdict and (verdict.speaker.kind == "state" and _same_head(scene, other, phrase)):
                return verdict
            if (
                verdict
                and verdict.speaker.kind == "group"
                and verdict.speaker.why != "one-of"
                and modifiers & set((verdict.speaker.name or "").lower().split())
            ):
                return verdict
        fuller = fullest(scene, phrase)
        if fuller:
            words = scene.layout.words_in(*fuller)
            kept = any((one.lower, two.lower) in lex.KNOWING for one, two in pairwise(words))
            return scene.words(*fuller, "unnamed" if kept else "group", "fullest")
    start = _past_determiner(phrase) if phrase.opener in ("the", "these", "those") else phrase.start
    return scene.words(start, phrase.said, "group", "group")


def _opening(scene: Scene, word: Word) -> bool:
    """Tell whether a common noun has its capital from the beginning of its sentence ("Police said")."""
    begins = scene.layout.sentence_span(scene.layout.sentence(word.start))[0]
    return word.lower in lex.BODY_NOUNS and not scene.text[begins : word.start].strip(" \"“‘'")


def _same_head(scene: Scene, index: int, phrase: Phrase) -> bool:
    """Tell whether the statement's source ends in the head of the phrase, as "the officials" takes one up."""
    source = scene.sources[index]
    words = scene.layout.words_in(*source) if source else []
    return bool(words) and words[-1].lower == phrase.head


def _of_state_alone(phrase: Phrase) -> bool:
    """Tell whether only a state stands before the noun ("Russian officials"), no rank and no number."""
    rest = [word for word in phrase.core[:-1] if word.lower not in ("the", "government")]
    return bool(rest) and state_of(rest) is not None and all(word.text[0].isupper() for word in rest)


def _protected(phrase: Phrase) -> bool:
    """Tell whether a few people are meant whose names the text keeps back ("two diplomats")."""
    pairs = {(one.lower, two.lower) for one, two in pairwise(phrase.words)}
    return phrase.opener in lex.NUMBERS or bool(pairs & lex.KNOWING)


def _past_determiner(phrase: Phrase) -> int:
    if phrase.opener in lex.DETERMINERS and len(phrase.words) > 1:
        return phrase.words[1].start
    return phrase.start


def _lowers(phrase: Phrase) -> set[str]:
    return {word.lower for word in phrase.core}
