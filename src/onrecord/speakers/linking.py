"""Which actor of a registry a name or an office in an article is.

A pure function of the speaker, the article's day, the other names in the article (its company) and a
:class:`~onrecord.speakers.lookup.Lookup`. Above :data:`~onrecord.speakers.naming.SAME` the actor is named;
below it there are ranked candidates, each with its reason.

- A full name that is spelled like an actor's links, unless what the article tells speaks against it: an
  office of another state, another office and nothing of his own, a day more than a lifetime from all his
  offices. Namesakes are kept apart by office, day and company; where these leave two, there is no actor but
  candidates.
- A surname alone never links by itself. It does with an office that its bearer held on the day, or, spelled
  to the letter, when the state that he led (as president, minister or the like) within a year of the day is
  in the article; and only if no other actor has as much for him. A part of a name of several words links by
  office alone.
- "The Russian foreign minister", with nobody named, links by office and day when the office has one holder at
  a time and its term is known to enclose the day. An envoy, a term that may have ended, or the last holder
  before a gap is a candidate, and the reason says which.
- States, organisations, media and groups link by name alone. An unnamed source is never an actor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, Final

from ..article import Speaker, Statement
from . import terms
from .candidates import Candidate, Link, candidate_of, kept
from .lookup import Holder, Known, Lookup, Term
from .names import fold_name
from .naming import CANDIDATE, SAME, Comparison, compare
from .states import states

#: What evidence beside the name makes of a surname: below and above the automatic bar.
BY_OFFICE: Final = 0.96
BY_COMPANY: Final = 0.9
#: A holder whose term is not known to enclose the day; the nearest one before or after it.
UNCERTAIN: Final = 0.7
NEAREST: Final = 0.5
#: The source that the evidence of a term names when texts say it and no table.
TEXTS: Final = "the texts"


#: An office tells of the days around it that its holder was in public life: so many days.
_AROUND: Final = 366
#: Nobody is met again so many years after his last or before his first office.
LIFETIME: Final = 60

#: Offices that one person holds at a time, by the head of their key.
_SOLE: Final = frozenset(
    {
        "president", "prime minister", "chancellor", "king", "queen", "emir", "sultan", "pope", "monarch",
        "secretary general", "attorney general", "mayor", "taoiseach", "premier", "supreme leader",
    }
)  # fmt: skip
_SOLE_OF: Final = ("minister:", "secretary:", "governor:", "speaker:")
_SOME: Final = re.compile(
    r"^(?:an?|any|another|each|every|no|one|some|several|many|most|two|three|his|her|their|its|our|my)\s",
    re.IGNORECASE,
)
_SEAT: Final = re.compile(r"^(?:the\s+)?(?P<seat>[\w. ]{3,30}?)['’]s\s+(?P<role>\S.*)$", re.IGNORECASE)
_BODIES: Final = ("organisation", "state", "media", "group")


@dataclass(frozen=True, slots=True)
class _Scored:
    """A candidate with what speaks for him beside the name.

    3: his office; 2: the company of one who leads; 1: that of another official; 0: nothing.
    """

    known: Known
    candidate: Candidate
    support: int


def link(speaker: Speaker, day: str | None, company: Iterable[str], lookup: Lookup) -> Link:
    """Return which actor a speaker is.

    Args:
        speaker: as the article alone resolves it; name, kind, named and office are looked at.
        day: the day of the article, ISO 8601, ``None`` when it is not known.
        company: names of the other actors in the article, states by their own names.
        lookup: the registry.
    """
    if not speaker.name:
        return Link()
    if speaker.named:
        if speaker.kind in _BODIES:
            return _body(speaker.name, speaker.kind, lookup)
        return _person(speaker, day, company, lookup)
    if speaker.kind in (None, "person", "unnamed"):
        return _by_office(speaker.name, day, lookup)
    return Link()


def with_actors(statements: Sequence[Statement], day: str | None, lookup: Lookup) -> list[Statement]:
    """Return the statements with the actors of a registry filled in, of speakers and in ``about``.

    Args:
        statements: of one article, resolved.
        day: the day of the article, ISO 8601, ``None`` when it is not known.
        lookup: the registry.
    """
    names = [one.speaker.name for one in statements if one.speaker and one.speaker.named and one.speaker.name]
    names += [item["name"] for one in statements for item in one.about]
    company = tuple(dict.fromkeys(names))
    found: dict[tuple[str | None, ...], Link] = {}

    def linked(speaker: Speaker) -> Link:
        key = (speaker.name, speaker.kind, str(speaker.named), speaker.office)
        if key not in found:
            found[key] = link(speaker, day, company, lookup)
        return found[key]

    def mentioned(item: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**item, "actor": linked(Speaker(name=item["name"], kind=item.get("kind"), named=True)).actor}

    return [
        replace(
            one,
            speaker=_with_link(one.speaker, linked(one.speaker)) if one.speaker else None,
            about=tuple(mentioned(item) for item in one.about),
        )
        for one in statements
    ]


def _with_link(speaker: Speaker, link: Link) -> Speaker:
    if link.actor is None and not link.candidates:
        return speaker
    candidates = tuple(candidate.to_json() for candidate in link.candidates)
    return replace(speaker, actor=link.actor, candidates=candidates)


def body_of(term: Term) -> str:
    """Return the key of the body that a term belongs to, where only the role may name it."""
    return terms.office(term.role, term.body).body


def _body(name: str, kind: str | None, lookup: Lookup) -> Link:
    scored = [(_likeness(name, actor, kind), actor) for actor in lookup.alike(name) if actor.kind != "person"]
    scored = sorted(
        (pair for pair in scored if pair[0] >= CANDIDATE), key=lambda pair: (-pair[0], pair[1].id)
    )
    best = [actor for score, actor in scored if score >= SAME]
    if len(best) > 1:
        # The same name for a state and a body of it: what the article takes it for decides.
        best = [actor for actor in best if actor.kind == kind] or best
    if not best and kind == "state":
        return _of_state(name, lookup)
    if len(best) == 1:
        return Link(actor=best[0].id, score=scored[0][0], why=f"name: {best[0].label}")
    return Link(
        candidates=kept(candidate_of(actor, score, f"a name like {actor.label}") for score, actor in scored)
    )


def _likeness(name: str, actor: Known, kind: str | None) -> float:
    """Return how far a name is one of an actor's names."""
    most = 0.0
    for own in actor.names or (actor.label,):
        most = max(most, compare(name, own, kind).score)
        if most == 1.0:
            break
    return most


def _of_state(words: str, lookup: Lookup) -> Link:
    """Return the state whose government or ministry words mean ("Russia's foreign ministry")."""
    body = terms.office(words).body
    found = [one for one in lookup.alike(body) if one.kind == "state"] if body else []
    if len(found) != 1:
        return Link()
    return Link(actor=found[0].id, score=SAME, why=f"a part of the state: {found[0].label}")


def _person(speaker: Speaker, day: str | None, company: Iterable[str], lookup: Lookup) -> Link:
    assert speaker.name is not None
    own = terms.office(speaker.office) if speaker.office else None
    around = _bodies_of(tuple(company))
    scored = []
    for actor in lookup.alike(speaker.name):
        if actor.kind not in (None, "person"):
            continue
        compared = max(
            (compare(speaker.name, name, "person") for name in actor.names or (actor.label,)),
            key=lambda one: one.score,
        )
        if compared.score >= CANDIDATE:
            scored.append(_weigh(actor, speaker.name, compared, own, day, around))
    scored.sort(
        key=lambda one: (-one.candidate.score, -one.support, -len(one.known.identifiers), one.known.id)
    )
    found = _one(scored)
    if found is None:
        return Link(candidates=kept(_unsure(one, scored) for one in scored))
    return Link(actor=found.known.id, score=found.candidate.score, why=f"name: {found.candidate.why}")


@lru_cache(maxsize=8)
def _bodies_of(company: tuple[str, ...]) -> frozenset[str]:
    """Return the keys of the states and bodies among the names of an article."""
    return frozenset(terms.body_key(name) for name in company)


def _weigh(
    actor: Known,
    name: str,
    compared: Comparison,
    own: terms.Office | None,
    day: str | None,
    around: frozenset[str],
) -> _Scored:
    """Weigh a name's likeness with the office, the day and the company."""
    score, why = compared.score, compared.why
    whole = score >= SAME
    against = _against(actor, own, day) or _elsewhere(actor, own, around)
    if against:
        low = min(score, (CANDIDATE + SAME) / 2)
        return _Scored(actor, candidate_of(actor, low, f"{why}; {against}", apart=whole), 0)
    support, reason = _support(actor, own, day, around)
    if support == 3:
        score = max(score, BY_OFFICE)
    elif support == 2 and _bears_surname(actor, name):
        score = max(score, BY_COMPANY)
    return _Scored(actor, candidate_of(actor, score, f"{why}; {reason}" if reason else why), support)


def _against(actor: Known, own: terms.Office | None, day: str | None) -> str | None:
    """Return what keeps an actor apart from one of his name, ``None`` when nothing does."""
    dated = [term for term in actor.terms if term.first or term.last]
    if day and dated:
        year = int(day[:4])
        first = min(int((term.first or term.last or "")[:4]) for term in dated)
        last = max(int((term.last or term.first or "")[:4]) for term in dated)
        if any(term.last is None for term in dated):
            last = max(last, year if first <= year else last)
        if not first - LIFETIME <= year <= last + LIFETIME:
            return f"held office {first} to {last}, the article is of {year}"
    if own and _is_state(own.body):
        theirs = {body for body in map(body_of, actor.terms) if _is_state(body)}
        if theirs and own.body not in theirs:
            return f"held office of {', '.join(sorted(theirs))}, the article says {own.body}"
    return None


def _elsewhere(actor: Known, own: terms.Office | None, around: frozenset[str]) -> str | None:
    """Return what keeps an imported actor apart from one whom the article gives another office altogether.

    Neither that office nor a state or body of his own offices stands in the article. What texts alone told of
    an actor is no such list of his offices.
    """
    if own is None or not own.role or not actor.identifiers:
        return None
    told = (term for term in actor.terms if term.evidence.get("source") != TEXTS)
    held = [terms.office(term.role, term.body) for term in told]
    bodies = {office.body for office in held if office.body}
    if not bodies or bodies & (around | {own.body}) or any(_meets(own, office) for office in held):
        return None
    return f"none of {', '.join(sorted(body.title() for body in bodies)[:3])} is in the article"


def _bears_surname(actor: Known, name: str) -> bool:
    """Tell whether a name is one word to the letter of an actor's name, but not its first."""
    word = fold_name(tuple(name.split()))
    if len(word) != 1:
        return False
    names = (fold_name(tuple(own.split())) for own in (actor.label, *actor.names))
    return any(word[0] in own[1:] for own in names)


def _support(
    actor: Known, own: terms.Office | None, day: str | None, around: frozenset[str]
) -> tuple[int, str | None]:
    """Return how much the article has for an actor beside his name, and what."""
    if day is None:
        return 0, None
    found: list[tuple[int, int, str]] = []
    for term in actor.terms:
        near = _distance(term, day)
        if near is None or near > _AROUND:
            continue
        office = terms.office(term.role, term.body)
        if own and own.role and _meets(own, office) and near == 0:
            found.append((3, -near, said(term, day)))
        elif office.body and office.body in around | ({own.body} if own else set()):
            # News calls by the bare surname those who lead, and not every official of a state.
            most = 2 if _is_sole(office.role or "") else 1
            found.append((most, -near, f"{terms_place(office)} in the article, {said(term, day)}"))
    # Of as much, the nearest: a term that was learned elsewhere since changes nothing.
    return max(found, default=(0, 0, None), key=lambda one: (*one[:2], one[2] or ""))[::2]


def _meets(one: terms.Office, other: terms.Office) -> bool:
    """Tell whether two namings may be of one office."""
    if one.body and other.body and one.body != other.body:
        return False
    roles = {other.role, *other.includes}
    return one.role in roles or one.words == other.words


def _one(scored: Sequence[_Scored]) -> _Scored | None:
    """Return the only one above the bar, or the only one whom the most speaks for."""
    passing = [one for one in scored if one.candidate.score >= SAME]
    if not passing:
        return None
    most = max(one.support for one in passing)
    passing = [one for one in passing if one.support == most]
    return passing[0] if len(passing) == 1 else None


def _unsure(one: _Scored, scored: Sequence[_Scored]) -> Candidate:
    rivals = sum(other.candidate.score >= SAME for other in scored)
    if one.candidate.score < SAME or rivals < 2:
        return one.candidate
    return replace(one.candidate, why=f"{one.candidate.why}; one of {rivals} of this name")


def _by_office(words: str, day: str | None, lookup: Lookup) -> Link:
    """Return who held the office that a phrase names on the day."""
    described = described_office(words)
    if described is None or day is None:
        return Link()
    role, body = described
    holders = lookup.holders(role, body, day)
    certain = [holder for holder in holders if holder.certain]
    named = f"{role} of {body}"
    if (
        len({holder.actor.id for holder in certain}) == 1
        and len(holders) == len(certain)
        and _sole(role, body)
    ):
        holder = certain[0]
        told = said(holder.term, day) + _source(holder.term)
        why = f"office: {named} on {day} was {holder.actor.label} ({told})"
        return Link(actor=holder.actor.id, score=BY_OFFICE, why=why)
    candidates = [_holding(holder, len(holders), day) for holder in holders]
    if not holders:
        candidates = [_outside(holder, day) for holder in around(lookup, role, body, day)]
    return Link(candidates=kept(candidates))


def around(lookup: Lookup, role: str, body: str, day: str) -> Sequence[Holder]:
    """Return the nearest holders before and after a day on which nobody is known to have held the office."""
    nearest = getattr(lookup, "around", None)
    return tuple(nearest(role, body, day)) if nearest else ()


def described_office(words: str) -> tuple[str, str] | None:
    """Return role and body that a description of one holder names ("the Russian foreign minister").

    ``None`` for what names no office of a body that is known by name, several people, or one who no longer
    holds it.
    """
    if _SOME.match(words) or len(words) > 200:
        return None
    seat = _SEAT.match(words)
    state = states().of(seat["seat"]) if seat else None
    office = terms.office(seat["role"], state) if seat and state else terms.office(words)
    if not office.role or not office.body or not office.words or office.role == office.words == office.body:
        return None
    head = office.role.partition(":")[0].split()[-1]
    spoken = set(re.findall(r"\w+", words.casefold()))
    if f"{head}s" in spoken or head.endswith("s"):
        return None
    return office.words, office.body


def _sole(role: str, body: str) -> bool:
    return _is_sole(terms.office(role, body).role or "")


def _is_sole(key: str) -> bool:
    return key in _SOLE or key.startswith(_SOLE_OF)


def _holding(holder: Holder, count: int, day: str) -> Candidate:
    why = said(holder.term, day) + _source(holder.term)
    if not holder.certain:
        why = f"{why}; not known to the day for {day}"
        return candidate_of(holder.actor, UNCERTAIN, why)
    others = f"; one of {count} holders on {day}" if count > 1 else "; the article does not name him or her"
    return candidate_of(holder.actor, UNCERTAIN + 0.1 if count == 1 else UNCERTAIN, why + others)


def _outside(holder: Holder, day: str) -> Candidate:
    last, first = holder.term.last, holder.term.first
    if last and last < day:
        why = f"held it until {last}"
    elif first and first > day:
        why = f"held it from {first}"
    else:
        why = said(holder.term, day)
    return candidate_of(holder.actor, NEAREST, f"{why}{_source(holder.term)}; nothing is known of {day}")


def said(term: Term, day: str) -> str:
    """Return a term in words: role, body, first and last day known.

    What texts tell is a day each, in words of their own: the office as such and the day nearest to ``day``.
    """
    if term.evidence.get("source") == TEXTS and term.first and term.last:
        office = terms.office(term.role, term.body)
        head, _, purpose = (office.role or office.words).partition(":")
        words = f"{head} ({purpose})" if purpose else head
        if head == "minister" and purpose:
            words = f"{' and '.join(purpose.split('+'))} minister"
        place = f" of {terms_place(office)}" if office.body else ""
        return f"{words}{place}, {min(max(day, term.first), term.last)}"
    body = f" of {term.body}" if term.body else ""
    days = term.first or "?"
    if term.last != term.first:
        days = f"{term.first or '?'} to {term.last or '?'}"
    return f"{term.role}{body}, {days}"


def terms_place(office: terms.Office) -> str:
    """Return the body of an office as a reader knows it."""
    return office.body.title()


def _source(term: Term) -> str:
    source = term.evidence.get("source")
    return f", from {source}" if isinstance(source, str) and source else ""


def _distance(term: Term, day: str) -> int | None:
    """Return how many days a day lies outside a term at least, 0 inside it; ``None`` when no day is known."""
    first, last = _day(term.first, last=False), _day(term.last, last=True)
    if first is None and last is None:
        return None
    at = date.fromisoformat(day).toordinal()
    if first is not None and at < first:
        return first - at
    return at - last if last is not None and at > last else 0


def _day(value: str | None, *, last: bool) -> int | None:
    """Return the first or last day that a partial date may mean, as an ordinal."""
    if value is None:
        return None
    text = value if len(value) == 10 else {4: value + "-12-31", 7: value + "-28"}.get(len(value), "")
    if not last:
        text = (value + "-01-01")[:10] if len(value) in (4, 7) else value
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return None


def _is_state(body: str) -> bool:
    return bool(body) and (states().of(body) is not None)
