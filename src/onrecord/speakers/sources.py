"""Sources that are noun phrases: names, titles and unnamed people; bodies and groups are in `bodies`."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from . import lexicon as lex
from .bodies import of_body, of_document, of_government, of_group, of_media, of_mention, owner_of
from .cast import Member
from .descriptions import described, epithet
from .layout import Word
from .mentions import Mention
from .offices import office_holder
from .phrases import Phrase, split, state_of
from .pronouns import pronoun
from .scene import Scene, Verdict
from .states import states
from .takeup import broadcaster, fullest, number_of, pair

#: A bare "the company" or "the official" takes up somebody who spoke at most this many statements ago.
_RECENT: Final = 6
_STAFF: Final = frozenset(
    {"campaign", "team", "camp", "administration", "office", "foundation", "organization", "organisation"}
)
#: How a source tells under which name he may be quoted; it ends where the name begins.
_GIVES_NAME: Final = re.compile(
    r"\b(?:(?:g[ai]ve|giving|using) (?:only )?(?:his|her|their|the) (?:\w+ )?name(?: only)?(?: as|,)"
    r"|(?:identified|identifying|called|calling) (?:himself|herself|themselves)(?: \w+)?(?: as)?"
    r"|(?:known|identified)(?: only)? as|named|called)\s+[\"“‘']?\Z"
)
#: What may stand between several speakers and their verb ("X and Y both said").
_FLOATING: Final = frozenset({"both", "all", "each", "also"})
_INDEFINITE: Final = frozenset({"a", "an", "one", "another", "any", "some"})
_LEADS: Final = lex.word_set("by in from to even also but and or")
_JOINTS: Final = lex.word_set(
    "and or but so yet if then is are was were be been has have had said says would will"
)


def describe(scene: Scene, index: int, start: int, end: int) -> Verdict:
    """Return who is meant by the noun phrase between the offsets, used as source of the statement."""
    words = scene.layout.words_in(start, end)
    if len(words) == 1 and words[0].lower.endswith("ing") and scene.text[end : end + 2] == ", ":
        # "Defending, Jane Roe said": the participle alone was found as the source.
        who = next((m for m in scene.cast.between(end, end + 30) if m.kind == "person"), None)
        if who and who.left <= end + 2:
            return of_mention(scene, who)
    while len(words) > 1 and words[0].lower in _LEADS:
        words = words[1:]
        start = words[0].start
    if scene.layout.line(start) in scene.layout.title_lines:
        return _in_headline(scene, start, end, words)
    if len(words) > 2 and words[-1].lower in _FLOATING and words[-1].end <= end:
        end = words[-2].end
    phrases = split(scene.layout, scene.cast, start, end)
    named = len(phrases) > 1 and phrases[1].mention and phrases[1].mention.kind in ("person", "name")
    if phrases and not named and (member := _one_of(scene, index, phrases[0])):
        return member
    if not phrases:
        return scene.words(start, end, "unnamed", "words")
    first = phrases[0]
    given = next(
        (m for m in scene.cast.between(start, end) if _GIVES_NAME.search(scene.text, start, m.left)), None
    )
    if given and given.kind in ("person", "name"):
        meant = scene.cast.of(given)
        if meant and meant.kind == "name":
            meant.kind = "person"
            scene.forget_latest()
        return of_mention(scene, given)
    follower = _name_after(scene, start, end)
    if follower:
        return of_mention(scene, follower)
    inside = scene.cast.between(first.start, first.end)
    titled = [m for m in inside if m.titled and m.kind == "person" and not m.possessive]
    if titled and titled[0].left in (word.start for word in first.words[:2]):
        return of_mention(scene, titled[0])
    together = _together(scene, phrases)
    if together:
        return together
    leading = _with_others(scene, first)
    if leading:
        return of_mention(scene, leading)
    if holder := _office_then_name(scene, first):
        return scene.speaker_of(holder, "full-name")
    if one := epithet(scene, index, first):
        return one
    if first.mention:
        verdict = of_mention(scene, first.mention)
        if verdict.speaker.why == "group":
            return scene.words(first.start, first.end, "group", "group")
        apposed = _apposed(phrases)
        located = scene.layout.words_in(max(0, first.start - 8), first.start)[-1:]
        place = bool(located) and located[0].lower in ("in", "at", "near", "from")
        if (
            (verdict.speaker.kind in ("organisation", "state") or place)
            and apposed is not None
            and apposed.titled
        ):
            return of_mention(scene, apposed)
        return verdict
    apposed = _apposed(phrases)
    if apposed:
        meant = scene.cast.of(apposed)
        if meant and meant.kind == "name" and first.opener == "one":
            # "One of the king's sons, Saadi"
            meant.kind = "person"
            scene.forget_latest()
        return of_mention(scene, apposed)
    if first.words[0].lower in lex.PRONOUNS and first.words[-1].lower in lex.REFLEXIVES:
        return pronoun(scene, index, first.words[0].lower, start) or scene.words(
            start, end, "unnamed", "words"
        )
    if first.core and first.core[-1].lower in ("himself", "herself", "themselves") and len(first.core) > 1:
        return describe(scene, index, start, first.core[-2].end)
    return _common(scene, index, first)


def _in_headline(scene: Scene, start: int, end: int, words: list[Word]) -> Verdict:
    """Return who is meant in a line where every word has a capital: only the body's names tell."""
    phrase = next(iter(split(scene.layout, scene.cast, start, end)), None)
    if phrase and not phrase.mention and phrase.head in lex.TITLES:
        holder = office_holder(scene, phrase, headline=True)
        if holder:
            return scene.speaker_of(holder, "title")
    names = [word for word in words if word.lower not in lex.DETERMINERS]
    peoples = states().demonyms
    while len(names) > 1 and (
        names[0].lower in lex.TITLES | lex.PARTIES | lex.OFFICE_MODIFIERS or names[0].lower in peoples
    ):
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
    if (
        head in lex.GROUP_NOUNS | lex.PARTIES
        or head in states().demonyms
        or head.endswith(lex.PEOPLE_ENDINGS)
    ):
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
    kinds: tuple[str, ...] = ("person",)
    if phrases[0].head not in lex.TITLES:
        kinds = ("person", "organisation", "media")
    if phrases[0].opener in ("a", "an", "one", "the") and phrases[0].head.endswith(
        ("er", "or", "man", "ist", "one")
    ):
        kinds = ("person", "name")
    for phrase in phrases[1:]:
        if phrase.mention and phrase.mention.kind in kinds and phrase.opener not in lex.PREPOSITIONS:
            return phrase.mention
    second = phrases[1] if len(phrases) > 1 else None
    if phrases[0].opener == "the" and second and second.opener == "the" and second.mention:
        # "The regulator, the Board of Ports": a person would have a title and no article.
        return second.mention if second.mention.kind in ("organisation", "media") else None
    return None


def _office_then_name(scene: Scene, phrase: Phrase) -> Member | None:
    """Return the person before whom an office stands with what it is of ("Chair of governors Ivo Marl")."""
    if not phrase.tail or phrase.opener in lex.DETERMINERS or phrase.head not in lex.OFFICES:
        return None
    mention = next(reversed(scene.cast.between(phrase.tail[0].start, phrase.end)), None)
    member = scene.cast.of(mention) if mention else None
    if mention is None or member is None or member.kind != "person" or len(mention.words) < 2:
        return None
    if any(word.end > mention.end and word.text not in lex.POSTNOMINALS for word in phrase.words):
        return None
    before = [word for word in phrase.words if word.end <= mention.left][-1:]
    if not before or before[0].lower in lex.PREPOSITIONS | lex.DETERMINERS | lex.TITLES:
        return None
    if before[0].possessive or before[0].lower.endswith(("ed", "n")) or before[0] not in phrase.tail[1:]:
        return None
    scene.forget_latest()
    member.offices.append((phrase.words[0].start, before[0].end))
    return member


def _with_others(scene: Scene, phrase: Phrase) -> Mention | None:
    """Return the person who speaks with others without a name ("X and other leaders", "X and his aides")."""
    if phrase.mention:
        return None
    mention = next(iter(scene.cast.between(phrase.start, phrase.end)), None)
    if mention is None or mention.kind not in ("person", "name") or mention.possessive:
        return None
    after = scene.layout.words_in(mention.end, phrase.end)[:2]
    others = ("other", "others", "his", "her", "several", "some", "aides", "colleagues", "fellow")
    said = [word.lower for word in after]
    leads = mention.left <= phrase.words[0].end
    return mention if leads and len(said) == 2 and said[0] == "and" and said[1] in others else None


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
            if scene.text[one.end : other.left].split() not in (["and"], ["and", "the"]):
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
    taken = number_of(scene, phrase) or pair(scene, phrase) or broadcaster(scene, index, phrase)
    if taken:
        return taken
    if phrase.opener == "its" and head in lex.TITLES:
        return _office_of(scene, index, phrase)
    if phrase.opener == "the" and (again := _unnamed_again(scene, index, phrase)):
        return again
    if head in lex.UNNAMED_NOUNS:
        return scene.words(start, phrase.said, "unnamed", "unnamed")
    owner = owner_of(scene, index, phrase) if head in _STAFF and len(phrase.core) <= 3 else None
    if owner:
        if head == "administration":
            return scene.words(start, end, "state", "staff", named=True, name=_past_article(scene, phrase))
        name = f"{owner.name.split()[-1]} {head}"
        return scene.words(start, end, "organisation", "staff", named=True, name=name)
    network = head == "network" and {"television", "tv", "radio", "news"} & {
        word.lower for word in phrase.core
    }
    if head in lex.MEDIA_NOUNS or network or _is_agency(scene, phrase):
        return of_media(scene, phrase)
    if head.rstrip("s") == "delegation" and phrase.tail and (led := _delegations(scene, phrase)):
        return led
    if head in lex.STATE_NOUNS or (head == "side" and state_of(phrase.core)):
        return of_government(scene, index, phrase)
    if head in lex.BODY_NOUNS or " ".join(word.lower for word in phrase.core[-2:]) in lex.BODY_PAIRS:
        return of_body(scene, index, phrase)
    if head in lex.DOCUMENTS:
        return of_document(scene, index, phrase)
    if _plural(phrase):
        return of_group(scene, index, phrase)
    if head in lex.TITLES and phrase.opener not in ("a", "an", "one", "another", "any", "some"):
        holder = office_holder(scene, phrase, headline=scene.above(start))
        if holder:
            return scene.speaker_of(holder, "title")
        return described(scene, index, phrase) or _unnamed(scene, phrase)
    if phrase.opener == "the" and (holder := office_holder(scene, phrase)):
        return scene.speaker_of(holder, "title")
    if phrase.opener == "the" and len(phrase.core) == 2 and not phrase.tail:
        body = scene.latest(("body", head), lambda: _called(scene, head)).before(start)
        if body:
            return scene.speaker_of(body, "organisation")
    return scene.words(start, phrase.said, "unnamed", "unnamed")


def _called(scene: Scene, noun: str) -> list[Member]:
    """Return the bodies that have a common noun as a word of their names ("the Lota Academy of Music")."""
    bodies = [member for member in scene.cast.members if member.kind == "organisation"]
    return [member for member in bodies if noun in member.name.lower().split() and len(noun) > 4]


def _past_article(scene: Scene, phrase: Phrase) -> str:
    first = phrase.words[1] if phrase.opener in lex.DETERMINERS else phrase.words[0]
    return scene.text[first.start : phrase.core[-1].end]


def _is_agency(scene: Scene, phrase: Phrase) -> bool:
    """Tell whether a phrase means a news agency, by its words or by what spoke before it."""
    if phrase.head not in ("agency", "service"):
        return False
    if {"news", "press"} & {word.lower for word in phrase.core}:
        return True
    if len(phrase.core) != 2:
        return False
    head = phrase.head

    def agencies() -> list[Member]:
        media = [m for m in scene.cast.members if m.kind == "media"]
        return [
            m
            for m in media
            if m.name.lower().endswith(head)
            or scene.text[max(0, m.full.start - 8) : m.full.start].lower().endswith(f"{head} ")
        ]

    return scene.latest(("agency", head), agencies).before(phrase.start) is not None


def _delegations(scene: Scene, phrase: Phrase) -> Verdict | None:
    """Return the state or states whose delegations speak."""
    mentions = scene.cast.between(phrase.tail[0].end, phrase.end)
    members = [member for member in map(scene.cast.of, mentions) if member and member.kind == "state"]
    if phrase.tail[0].lower not in ("of", "from") or not members:
        return None
    if len(members) == 1:
        return scene.speaker_of(members[0], "state", mentions[0])
    name = ", ".join(member.name for member in members[:-1]) + " and " + members[-1].name
    return scene.words(mentions[0].start, mentions[-1].end, "state", "state", named=True, name=name)


def _unnamed(scene: Scene, phrase: Phrase) -> Verdict:
    sole = phrase.head in lex.SOLE_OFFICES and phrase.opener not in _INDEFINITE
    kind = "person" if sole else "unnamed"
    fuller = fullest(scene, phrase) if phrase.opener == "the" and not phrase.tail else None
    if fuller:
        return scene.words(*fuller, kind, "fullest")
    return scene.words(phrase.start, phrase.said, kind, "office" if sole else "unnamed")


def _one_of(scene: Scene, index: int, phrase: Phrase) -> Verdict | None:
    """Return one of a group that the text has named more fully ("one of them")."""
    if phrase.opener not in ("one", "two", "some") or len(phrase.core) != 1 or len(phrase.tail) < 2:
        return None
    rest = phrase.tail[1]
    if phrase.tail[0].lower != "of" or rest.lower not in ("them", "the", "these", "those"):
        return None
    if rest.lower == "them":
        group = pronoun(scene, index, "they", rest.start)
    else:
        group = describe(scene, index, rest.start, phrase.end)
    if not group or not group.speaker.name or group.speaker.kind not in ("group", "unnamed"):
        return None
    whole = group.speaker.name
    counted = whole.split()[0].lower() in lex.DETERMINERS | lex.QUANTIFIERS | lex.NUMBERS
    name = f"{phrase.words[0].text} of " + (whole[0].lower() + whole[1:] if counted else f"the {whole}")
    kind = "unnamed" if phrase.opener == "one" else "group"
    return scene.words(phrase.start, phrase.end, kind, "one-of", name=name)


def _office_of(scene: Scene, index: int, phrase: Phrase) -> Verdict:
    """Return who holds an office of the body before ("its director"); unnamed, with the body's name."""
    body = pronoun(scene, index, "it", phrase.start)
    name = body.speaker.name if body else None
    if name and body and body.speaker.named:
        theirs = set(name.lower().split())
        holder = office_holder(scene, phrase)
        if holder and any(
            theirs & {word.lower for word in scene.layout.words_in(*span)}
            for span in holder.offices + holder.roles
        ):
            return scene.speaker_of(holder, "title")
        said = scene.text[phrase.core[1].start : phrase.core[-1].end] if len(phrase.core) > 1 else phrase.head
        kind = "person" if phrase.head in lex.SOLE_OFFICES else "unnamed"
        return scene.words(phrase.start, phrase.end, kind, "office-of", name=f"{said} of {name}")
    return scene.words(phrase.start, phrase.end, "unnamed", "unnamed")


def _unnamed_again(scene: Scene, index: int, phrase: Phrase) -> Verdict | None:
    """Return the unnamed source that "the official" takes up again."""
    for other in scene.earlier(index)[:_RECENT]:
        verdict = scene.verdicts[other]
        if verdict and verdict.speaker.kind == "unnamed" and verdict.speaker.why == "unnamed":
            words = (verdict.speaker.name or "").lower().split()
            stop = next((at for at, word in enumerate(words) if word in lex.PREPOSITIONS), len(words))
            more = [word for word in phrase.core[1:-1] if not word.name and word.lower not in words]
            fuller = len(words) > len(phrase.core) or words[0] in ("a", "an", "one", "another")
            said = words[:stop]
            # "A coast guard official" is no coast guard.
            same = phrase.head in said and not lex.TITLES & set(said[said.index(phrase.head) + 1 :])
            if same and fuller and not more and not _plural(phrase):
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
    return head.endswith(lex.PEOPLE_ENDINGS) and head[0].islower() and phrase.opener not in ("a", "an", "one")


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
    while first and words[first - 1].start >= begin and last - first < 7:
        before = words[first - 1]
        joined = (" ", "'s ", "’s ") if person else (" ",)
        if scene.layout.gap(first - 1) not in joined:
            break
        if (
            before.lower in lex.PREPOSITIONS and before.lower not in ("of", "for")
        ) or before.lower in lex.PRONOUNS | _JOINTS:
            break
        first -= 1
        # "The head of the union, who": nobody calls a union who.
        inner = person and words[first - 1].lower == "of"
        if before.lower in lex.DETERMINERS and not inner:
            break
    while first < last and words[first].lower in ("of", "for"):
        first += 1
    verdict = describe(scene, index, words[first].start, words[last].end)
    if person and verdict.speaker.kind in ("unnamed", "organisation", "state", "media") and names:
        for mention in reversed(names):
            member = scene.cast.of(mention)
            between = {word.lower for word in scene.layout.words_in(mention.end, words[first].start)}
            if between & (lex.SAYING | {"according", "as", "by"}):
                # "X denied it, as did the speaker, who said ...": somebody else.
                break
            if member and member.kind == "person":
                return scene.speaker_of(member, "relative", mention)
    return verdict
