"""What the rules share while they work through one article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from ..article import Article, Speaker, Statement
from . import lexicon as lex
from .cast import Cast, Member
from .latest import Latest
from .layout import Layout
from .mentions import Mention
from .office import office_of
from .phrases import speaks_for_state, trim
from .reported import speaking
from .states import states
from .turns import Turn, find_turns, turn_at

#: How many statements before and after one the rules look at: more than any passage holds, and a bound.
_NEAR: Final = 40
#: An article names the state that it is about so often at least.
_OFTEN: Final = 3
#: How far headline, summary, byline and dateline may go.
_HEAD: Final = 1200
#: A byline that ends in the outlet's initials ("By Jane Roe and Ivo Marl, for CNN", "By the CNN Wire Staff").
_SIGNED: Final = re.compile(
    r"\b(?:By|From) (?:the )?(?:[A-Z][\w.’'-]*(?: and |, | )){0,8}?(?:[Ff]or )?(?P<own>[A-Z]{2,6})\b"
)
_AGENCY: Final = re.compile(r"\(([A-Z][\w &]{1,30})\)\s*[-—–]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """To whom a statement was resolved: the speaker, and the member of the cast behind it, if any."""

    speaker: Speaker
    member: Member | None = None


class Scene:
    """One article with its cast, its statements in reading order and the verdicts so far."""

    def __init__(self, article: Article, statements: list[Statement]) -> None:
        self.article = article
        self.text = article.text
        self.layout = Layout(article.text)
        self.cast = Cast(self.layout)
        for start, end in article.parts.get("dateline", ()):
            for mention in self.cast.between(start, end):
                member = self.cast.of(mention)
                if member and len(member.mentions) == 1:
                    # "PORT HARRAN (Agency) -" is no body for its capitals.
                    member.kind = "place"
        self.statements = statements
        self.sources = [self._source(statement) for statement in statements]
        self.starts = [self._start(index) for index in range(len(statements))]
        self.order = sorted(range(len(statements)), key=lambda index: (self.starts[index], index))
        self.place = {index: place for place, index in enumerate(self.order)}
        self.turns = find_turns(self.layout)
        self.verdicts: list[Verdict | None] = [None] * len(statements)
        self.body_start = min((start for start, _ in article.parts.get("body", ())), default=0)
        self.own_names = self._own_names()
        self._latest: dict[tuple[object, ...], Latest] = {}
        ids = {statement.id: index for index, statement in enumerate(statements)}
        self.parents = [self._parent(index, ids) for index in range(len(statements))]

    def earlier(self, index: int) -> list[int]:
        """Return the last statements that begin before this one, nearest first."""
        place = self.place[index]
        return self.order[max(0, place - _NEAR) : place][::-1]

    def neighbours(self, index: int) -> list[int]:
        """Return the statements that begin near this one, in reading order, without it."""
        place = self.place[index]
        return [*self.order[max(0, place - _NEAR) : place], *self.order[place + 1 : place + 1 + _NEAR]]

    def is_above_body(self, index: int) -> bool:
        """Tell whether the statement begins in a headline, standfirst or whatever else precedes the body."""
        return self.above(self.starts[index])

    def above(self, offset: int) -> bool:
        """Tell whether the offset lies before the body's first paragraph, or in a line set as a title."""
        return offset < self.body_start or self.layout.line(offset) in self.layout.title_lines

    def latest(self, key: tuple[object, ...], members: Callable[[], Iterable[Member]]) -> Latest:
        """Return the members of a description by where they are named; asked for once for each key."""
        if key not in self._latest:
            self._latest[key] = Latest(members())
        return self._latest[key]

    def forget_latest(self) -> None:
        """Drop what was kept of descriptions: a member has got another kind, office or role."""
        self._latest.clear()

    @cached_property
    def most_named(self) -> str | None:
        """The state that the article is about: it is named much more often than any other."""
        peoples, counts = states().demonyms, Counter[str]()
        for mention in self.cast.mentions:
            state = mention.state or peoples.get(" ".join(mention.words).lower())
            if state:
                counts[state] += 1
        (best, most), (_, second) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
        return best if most >= _OFTEN and most >= 2 * second else None

    def in_content(self, index: int, offset: int) -> bool:
        """Tell whether the offset lies in the content of the statement."""
        return any(start <= offset < end for start, end in self.statements[index].content)

    def turn(self, offset: int) -> Turn | None:
        """Return the turn of a transcript in which the offset lies."""
        return turn_at(self.turns, offset)

    def turn_speaker(self, turn: Turn) -> Member | None:
        """Return whom a transcript's label names; ``A`` is whom the text before the turns names most."""
        if turn.label == "A":
            before = [m for m in self.cast.persons() if m.first < self.turns[0].start]
            return max(before, key=lambda m: len(m.mentions), default=None)
        member = self.cast.lookup(tuple(turn.label.split()), turn.start)
        member = member or self.cast.body(turn.label)
        if member and member.kind == "organisation" and _is_surname(turn.label):
            member.kind = "person"
        return member

    def talking(self, offset: int) -> tuple[Member, ...]:
        """Return those who talk with one another at the offset: none of them is a transcript's he or she."""
        turn = self.turn(offset)
        if turn is None or offset < turn.said:
            return ()
        members = (self.turn_speaker(other) for other in self.turns)
        return tuple({id(member): member for member in members if member}.values())

    def other_speaker(self, offset: int) -> Member | None:
        """Return whom the one who speaks at the offset talks to, in a transcript of two speakers."""
        turn, members = self.turn(offset), self.talking(offset)
        speaking = self.turn_speaker(turn) if turn else None
        if speaking is None or len(members) != 2:
            return None
        return members[1] if members[0] is speaking else members[0]

    def speaker_of(self, member: Member, why: str, mention: Mention | None = None) -> Verdict:
        """Return the verdict that the statement is this member's."""
        full = member.full
        if member.kind == "state":
            span = mention or full
            kind, spans = "state", ((span.start, span.end),)
        else:
            kind = {"name": "organisation", "place": "group"}.get(member.kind, member.kind)
            if kind == "organisation" and speaks_for_state(self.layout.words_in(full.left, full.end)):
                kind = "state"
            spans = ((full.start, full.end),)
        office = office_of(self.layout, member) if member.kind in ("person", "name") else None
        speaker = Speaker(
            name=re.sub(r"\s+", " ", member.name),
            kind=kind,
            named=True,
            spans=spans,
            office=re.sub(r"\s+", " ", self.text[slice(*office)]) if office else None,
            office_spans=(office,) if office else (),
            why=why,
        )
        return Verdict(speaker, member)

    def words(
        self, start: int, end: int, kind: str, why: str, named: bool = False, name: str | None = None
    ) -> Verdict:
        """Return a verdict that rests on the words themselves."""
        start, end = trim(self.text, start, end)
        said = re.sub(r"\s+", " ", name or self.text[start:end])
        return Verdict(Speaker(name=said, kind=kind, named=named, spans=((start, end),), why=why))

    def _source(self, statement: Statement) -> tuple[int, int] | None:
        if not statement.source:
            return None
        handed = speaking(self.layout, statement)
        if handed:
            return handed
        start = min(span[0] for span in statement.source)
        end = max(span[1] for span in statement.source)
        if end - start > 400:
            start, end = statement.source[0]
        start, end = trim(self.text, start, end)
        return (start, end) if start < end else None

    def _start(self, index: int) -> int:
        spans = self.statements[index].content + self.statements[index].source + self.statements[index].cue
        return min((span[0] for span in spans), default=0)

    def _own_names(self) -> frozenset[str]:
        """Return the folded names of outlet and agency: they report, and are no link in the chain."""
        names = [self.article.outlet or "", self.article.agency or ""]
        opening = _AGENCY.search(self.text, 0, _HEAD)
        if opening:
            names.append(opening.group(1))
        signed = _SIGNED.search(self.text, 0, _HEAD)
        if signed and signed["own"].lower() in lex.MEDIA_NAMES:
            names.append(signed["own"])
        return frozenset(name.casefold().removeprefix("the ") for name in names if name)

    def _parent(self, index: int, ids: dict[str, int]) -> int | None:
        parent = self.statements[index].parent
        found = ids.get(parent) if parent is not None else None
        return None if found == index else found


def _is_surname(label: str) -> bool:
    """Tell whether a transcript's label in capitals is a name, and no body's."""
    known = lex.BODIES | lex.MEDIA_NAMES | lex.BODY_NOUNS | lex.MEDIA_HEADS | lex.GROUP_NOUNS
    return label.isupper() and label.isalpha() and len(label) > 3 and label.lower() not in known
