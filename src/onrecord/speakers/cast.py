"""The cast of an article: its names grouped so that each actor has one entry with the fullest name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ..article import Span
from .evidence import gender_votes, lands, man_or_woman, roles
from .layout import Layout
from .lexicon import (
    BODY_NOUNS,
    FEMALE_PRONOUNS,
    MALE_PRONOUNS,
    MEDIA_HEADS,
    MEDIA_NOUNS,
    MILITARY,
    ORGANISATION_HEADS,
    PLURAL_VERBS,
    PREPOSITIONS,
    QUANTIFIERS,
    SAYING,
    given_names,
)
from .mentions import Mention, find_mentions
from .names import fold_name, fold_word, same_person, surname
from .states import states

_OF_FIRM: Final = re.compile(
    r", which |['’]s? (?:\w+ )?(?:chief (?:executive|engineer|financial|operating)|chairm\w+|board"
    r"|shareholders?|shares?|headquarters|subsidiary|customers|factory|plant|newsroom|fleet)\b"
)


@dataclass(eq=False, slots=True)
class Member:
    """One actor of the article.

    Attributes:
        name: the fullest name, as printed.
        kind: person, organisation, media, state or place.
        full: the mention that holds that name.
        mentions: all mentions in text order.
        folded: the folded words of the name.
        gender: ``m``, ``f`` or ``None``.
        offices: spans of the offices that the text gives.
        roles: spans of whatever else the text calls a person beside the name.
        doings: roles told by what a person does ("prosecuting").
        acronym: short form introduced in brackets.
    """

    name: str
    kind: str
    full: Mention
    mentions: list[Mention] = field(default_factory=list)
    folded: tuple[str, ...] = ()
    gender: str | None = None
    offices: list[Span] = field(default_factory=list)
    roles: list[Span] = field(default_factory=list)
    doings: set[str] = field(default_factory=set)
    acronym: str | None = None

    @property
    def sure(self) -> bool:
        """Whether more than capitals speaks for a person: title, office, known given name, short form."""
        if self.kind != "person":
            return False
        if self.offices or fold_word(self.full.words[0]) in given_names():
            return True
        return any(mention.titled or len(mention.words) < len(self.full.words) for mention in self.mentions)

    @property
    def first(self) -> int:
        """Where the actor is named first."""
        return self.mentions[0].start

    def last_before(self, offset: int) -> int:
        """Return where the actor is named last before the offset, or -1."""
        at = bisect_left(self.mentions, offset, key=lambda mention: mention.start)
        return self.mentions[at - 1].start if at else -1


class Cast:
    """All actors named in an article, and who is meant by each mention."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.mentions = find_mentions(layout)
        self.starts = [mention.start for mention in self.mentions]
        self.members: list[Member] = []
        self._of: dict[int, Member] = {}
        self._by_word: dict[str, list[Member]] = {}
        self._bodies: dict[str, Member] = {}
        self._in_order: list[Member] | None = None
        for mention in self.mentions:
            if len(mention.words) > 1 and mention.kind == "person":
                self._add_person(mention)
            elif mention.kind in ("organisation", "media"):
                self._add_body(mention)
        for mention in self.mentions:
            if mention.start not in self._of:
                self._add_short(mention)
        for member in self.members:
            member.mentions.sort(key=lambda mention: mention.start)
            member.offices.sort()
        self._settle_lands()
        self._settle_groups()
        self._settle_things()
        self._settle_roles()
        self._settle_names()
        self._settle_genders()

    def of(self, mention: Mention) -> Member | None:
        """Return whom the mention means."""
        return self._of.get(mention.start)

    def between(self, start: int, end: int) -> list[Mention]:
        """Return the mentions that begin inside the span."""
        return self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def persons(self) -> list[Member]:
        """Return the persons of the article in the order in which they are first named."""
        return sorted((m for m in self.members if m.kind == "person"), key=lambda member: member.first)

    def named_after(self, offset: int) -> Iterator[Member]:
        """Yield the persons who are named first behind the offset, nearest first."""
        if self._in_order is None:
            self._in_order = self.persons()
        for at in range(bisect_right(self._in_order, offset, key=lambda m: m.first), len(self._in_order)):
            yield self._in_order[at]

    def lookup(self, words: tuple[str, ...], offset: int, gender: str | None = None) -> Member | None:
        """Return the person meant by a name (surname, first name or full name) used at the offset."""
        folded = fold_name(words)
        if not folded:
            return None
        pool = self._by_word.get(surname(folded), [])
        if len(folded) > 1:
            return next((m for m in pool if same_person(folded, m.folded)), None)
        pool = [m for m in pool if not gender or m.gender in (None, gender)]
        by_surname = [m for m in pool if surname(m.folded) == folded[0]]
        # A surname beats a first name; among namesakes one named within the last few sentences wins, then
        # the one introduced first, whom the article goes on to call by the bare surname.
        pool = by_surname or pool
        if len(pool) < 2:
            return pool[0] if pool else None
        return min(pool, key=lambda member: (self._remote(member, offset), member.first))

    def _remote(self, member: Member, offset: int) -> int:
        full = [m.start for m in member.mentions if len(m.words) > 1 and m.start < offset]
        if not full:
            return 2
        return 0 if self.layout.sentence(offset) - self.layout.sentence(full[-1]) <= 1 else 1

    def namesake(self, mention: Mention) -> Member | None:
        """Return whom "the younger Marl" means where two of that name are told apart so."""
        at = self.layout.word_at(mention.start) - 1
        which = self.layout.words[at].lower if at >= 0 else ""
        if len(mention.words) > 1 or which not in ("younger", "elder", "older"):
            return None
        pool = [m for m in self._by_word.get(fold_word(mention.words[0]), []) if len(m.folded) > 1]
        pool = sorted((m for m in pool if m.first < mention.start), key=lambda member: member.first)
        if len(pool) != 2:
            return None
        # News names the one it is about by way of the one who is known.
        return pool[1] if which == "younger" else pool[0]

    def body(self, words: str) -> Member | None:
        """Return the organisation or medium with this name or acronym."""
        return self._bodies.get(_body_key(words))

    def _add_person(self, mention: Mention) -> None:
        folded = fold_name(mention.words)
        if len(folded) < 2:
            return
        pool = self._by_word.get(surname(folded), [])
        gender = mention.gender or given_names().get(fold_word(mention.words[0]))
        fitting = [m for m in pool if same_person(folded, m.folded) and _genders_agree(m.gender, gender)]
        exact = [m for m in fitting if m.folded == folded]
        member = next(iter(exact or fitting), None)
        if member is None:
            member = Member(self.layout.text[mention.start : mention.end], "person", mention, folded=folded)
            member.gender = gender
            self.members.append(member)
        elif len(folded) > len(member.folded):
            member.folded, member.full = folded, mention
            member.name = self.layout.text[mention.start : mention.end]
        for word in folded:
            known = self._by_word.setdefault(word, [])
            if member not in known:
                known.append(member)
        self._attach(mention, member)

    def _add_body(self, mention: Mention) -> None:
        name = self.layout.text[mention.start : mention.end]
        key = _body_key(name)
        member = self._bodies.get(key)
        if member is None and key in BODY_NOUNS:
            # "the Observatory" is the last body named with that word.
            member = next((m for m in reversed(self.members) if key in m.name.lower().split()), None)
        if member is None:
            member = Member(name, mention.kind, mention)
            self.members.append(member)
            self._bodies[key] = member
        if mention.acronym:
            member.acronym = mention.acronym
            self._bodies[_body_key(mention.acronym)] = member
        self._attach(mention, member)

    def _add_short(self, mention: Mention) -> None:
        """Add a mention of one word, or of a state or place."""
        if mention.kind in ("demonym", "place"):
            return
        text = self.layout.text[mention.start : mention.end]
        person = self.lookup(mention.words, mention.start, mention.gender)
        if mention.kind == "state" and not person:
            self._add_state(mention)
        elif mention.kind in ("person", "name", "state"):
            body = (
                (self.body(text) or self._paper(mention)) if mention.kind == "name" and not person else None
            )
            if body:
                self._attach(mention, body)
            elif person:
                self._attach(mention, person)
            else:
                self._add_single(mention)

    def _paper(self, mention: Mention) -> Member | None:
        """Return the medium of whose name "the Times" is the last word, where one only ends so."""
        if not self._after_article(mention):
            return None
        media = [
            m
            for m in self.members
            if m.kind == "media" and len(m.full.words) > 1 and m.full.words[-1] == mention.words[0]
        ]
        return media[0] if len(media) == 1 else None

    def _add_single(self, mention: Mention) -> None:
        """Add a person whom the article calls by one word only; a bare word may turn out to be no person."""
        folded = fold_name(mention.words)
        if not folded:
            return
        kind = "person" if mention.titled or mention.kind == "person" else "name"
        member = Member(self.layout.text[mention.start : mention.end], kind, mention, folded=folded)
        self.members.append(member)
        self._by_word.setdefault(folded[0], []).append(member)
        self._attach(mention, member)

    def _add_state(self, mention: Mention) -> None:
        if mention.words == ("Brussels",) and not {"eu", "european", "bloc"}.isdisjoint(self.layout.places):
            self._add_union(mention)
            return
        name = mention.state or ""
        member = next((m for m in self.members if m.kind == "state" and m.name == name), None)
        if member is None:
            member = Member(name, "state", mention)
            self.members.append(member)
        self._attach(mention, member)

    def _add_union(self, mention: Mention) -> None:
        """Add a mention of Brussels as the European Union, of which the article tells."""
        member = self._bodies.get("eu") or self._bodies.get(_body_key("European Union"))
        if member is None:
            member = Member("European Union", "organisation", mention)
            self.members.append(member)
            self._bodies[_body_key("European Union")] = member
        self._attach(mention, member)

    def _attach(self, mention: Mention, member: Member) -> None:
        self._of[mention.start] = member
        member.mentions.append(mention)
        if mention.titled and member.kind == "name":
            member.kind = "person"
        if mention.offices and member.kind == "name":
            member.kind = "person"
        if member.kind == "person":
            member.offices.extend(mention.offices)
            if mention.role:
                member.roles.append(mention.role)
        if mention.gender and not member.gender:
            member.gender = mention.gender

    def _settle_lands(self) -> None:
        """Take the names that the article uses as countries for states."""
        bare = [member for member in self.members if member.kind == "name"]
        found = lands(self.layout, [mention for member in bare for mention in member.mentions])
        for member in bare:
            if member.name in found:
                member.kind = "state"

    def _settle_groups(self) -> None:
        """Take one-word plurals that the article uses as plurals ("most Rovers are") for groups."""
        words = self.layout.words
        for member in self.members:
            if member.kind != "name" and not (member.kind == "person" and not member.sure):
                continue
            if len(member.full.words) > 1 or not member.full.words[0].endswith("s"):
                continue
            for mention in member.mentions:
                at = self.layout.word_at(mention.start)
                before = words[at - 1].lower if at else ""
                after = words[at + 1].lower if at + 1 < len(words) else ""
                if before in QUANTIFIERS or (after in PLURAL_VERBS and not mention.possessive):
                    member.kind = "group"
                    break

    def _settle_things(self) -> None:
        """Take for a body what the article calls "it", or what has a board or shares."""
        for member in self.members:
            if member.kind not in ("person", "name") or (member.sure and not self._only_shortened(member)):
                continue
            if any(map(self._is_employer, member.mentions)):
                member.kind = "organisation"
            elif self._acts_as_body(member):
                # "The Post" and "the Resolution" bear no person's name.
                last = member.full.words[0].lower()
                member.kind = "media" if last in MEDIA_HEADS else "organisation"

    def _only_shortened(self, member: Member) -> bool:
        """Tell whether nothing but a shorter form ("Norland" of "Norland Mutual") speaks for a person."""
        titled = any(mention.titled for mention in member.mentions)
        return not (member.offices or titled or fold_word(member.full.words[0]) in given_names())

    def _is_employer(self, mention: Mention) -> bool:
        """Tell whether ", which" or what only a firm has ("Varnost's chief executive") follows the name."""
        return bool(_OF_FIRM.match(self.layout.text, mention.end, mention.end + 40))

    def _acts_as_body(self, member: Member) -> bool:
        """Tell whether a name of one word always stands behind "the" and says something there."""
        if len(member.full.words) > 1 or not all(map(self._after_article, member.mentions)):
            return False
        after = (self.layout.words_in(m.end, m.end + 30)[:1] for m in member.mentions)
        return any(words and words[0].lower in SAYING for words in after)

    def _after_article(self, mention: Mention) -> bool:
        at = self.layout.word_at(mention.start)
        joined = at > 0 and self.layout.gap(at - 1) == " "
        return joined and mention.left == mention.start and self.layout.words[at - 1].lower == "the"

    def _settle_roles(self) -> None:
        for member in self.members:
            if member.kind != "person":
                continue
            self._gather_roles(member)

    def _gather_roles(self, member: Member) -> None:
        for mention in member.mentions:
            for span, doing in roles(self.layout, mention):
                if doing:
                    member.doings.add(doing)
                else:
                    member.roles.append(span)

    def _settle_names(self) -> None:
        """Tell persons from bodies where letters do not.

        News introduces a person by two names; what bears one only is a person if he or she stands near, or if
        a role tells so. A longer name that is never shortened and holds a common word of the text is a body.
        """
        for member in self.members:
            if member.kind == "name":
                told = self._called_person(member) or member.folded[0] in given_names()
                if told or gender_votes(self, member):
                    member.kind = "person"
                    self._gather_roles(member)
            elif member.kind == "person" and not member.sure and not member.roles:
                common = [word for word in member.full.words if word.lower() in self.layout.lowers]
                if common and len(member.full.words) > 1 and not gender_votes(self, member):
                    member.kind = "organisation"

    def _called_person(self, member: Member) -> bool:
        """Tell whether a word for people is said of the name ("Lota, a farmer"), and none for bodies."""
        for mention in member.mentions:
            for (start, end), _ in roles(self.layout, mention):
                words = [word.lower for word in self.layout.words_in(start, end)]
                stop = next((at for at, word in enumerate(words) if word in PREPOSITIONS), len(words))
                if stop and words[stop - 1] not in BODY_NOUNS | MEDIA_NOUNS | ORGANISATION_HEADS:
                    return True
        return False

    def _settle_genders(self) -> None:
        """Give each person the gender of title, given name or pronouns; else of the only pronoun."""
        words = {word.lower for word in self.layout.words}
        only = None
        if not words & (FEMALE_PRONOUNS - {"hers"}):
            only = "m"
        elif not words & MALE_PRONOUNS:
            only = "f"
        for member in self.members:
            if member.kind not in ("person", "name") or member.gender:
                continue
            first = fold_word(member.full.words[0])
            if len(member.folded) > 1 or member.folded[0] in given_names():
                member.gender = given_names().get(first)
            if member.gender or only:
                member.gender = member.gender or only
                continue
            votes = gender_votes(self, member)
            if votes:
                member.gender = "m" if votes > 0 else "f"
            elif len(member.folded) > 1 and not self._ranked(member):
                member.gender = man_or_woman(first)

    def _ranked(self, member: Member) -> bool:
        """Tell whether a military rank stands before the name: an ending tells little of a soldier."""
        words = {word.lower for span in member.offices for word in self.layout.words_in(*span)[:1]}
        return bool(words & MILITARY)


def _genders_agree(one: str | None, other: str | None) -> bool:
    return not one or not other or one == other


def _body_key(words: str) -> str:
    key = words.casefold().replace("’", "'").replace(".", "").removeprefix("the ")
    first, _, rest = key.partition(" ")
    # "Russian Foreign Ministry" and "Foreign Ministry" of the same article are one body.
    return rest if rest.count(" ") >= 1 and first in states().demonyms else key
