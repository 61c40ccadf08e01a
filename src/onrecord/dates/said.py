"""When a statement was said, and when its words were let out, by the date that belongs to its cue.

A date counts for the statement when it stands in the sentence of the cue, outside of what is said, and in no
clause of another event. Statements of the same speaker that follow without a date of their own carry on the
day of the occasion, marked as inferred, until another one is dated.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from onrecord.article import Article, Interval, Span, Spans, Statement
from onrecord.dates.finding import DateExpression, find_dates

#: No cue clause is longer, in characters.
_LONGEST: Final = 500
#: A live report is written on for so many days.
_REVISED: Final = 3
_STOP: Final = re.compile(r"[.!?][\"”’')\]]*[^\S\n]+(?=[\"“‘(\[]?[A-Z])|\n")
_SHORT: Final = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|Sgt|Sen|Rep|Gov|St|No|vs|Prof|Rev|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|[A-Z])\.$"
)
_OTHER_CLAUSE: Final = re.compile(
    r"\b(?:who|whom|whose|which|that|where|because|since|although|though|but|if|whether)\b", re.IGNORECASE
)
_BESIDE: Final = re.compile(
    r"\b(?:after|before|following|during|when|as|while|until|ahead of|amid|and)\b", re.IGNORECASE
)
_VERB: Final = re.compile(
    r"\b(?:was|were|had|has|have|did|took|came|went|met|made|began|left|won|lost|killed|died|held|broke|fell|rose|struck|hit|led|found"
    r"|will|would|[a-z]{3,}ed)\b"
)
_RELEASE: Final = re.compile(
    r"\b(?:released|issued|published|for release|made public|aired|broadcast|posted|printed|carried"
    r"|distributed|unveiled|uploaded|leaked|embargoed)\b[^,.;]{0,40}$",
    re.IGNORECASE,
)
#: Words that were said before they were let out: the day of the one is not the day of the other.
_SAID_BEFORE: Final = re.compile(
    r"\b(?:clear|cleared|interview|remarks|comments|article|profile|book|memoirs?|videos?|audio|recordings?|tapes?"
    r"|excerpts|transcripts?|documentary|cables?|diary|diaries)\b",
    re.IGNORECASE,
)
_SPOKEN: Final = re.compile(
    r"\b(?:remarks|comments|interview|words|letter|statement|speech|address|message|article|report|video"
    r"|memoirs?|book|diary|essay|blog|tape|recording|cable|transcript)\b",
    re.IGNORECASE,
)
_MADE: Final = re.compile(
    r"\b(?:recorded|made|given|delivered|conducted|taped|filmed|written)\b[^,.;]{0,20}$", re.IGNORECASE
)
#: A sentence of its own that tells when the words before it were said.
_AFTERWARDS: Final = re.compile(
    r"\s+(?:The (?:remarks|comments|interview|speech|statement|address) (?:was|were) (?:made|given|recorded"
    r"|conducted|delivered)|(?:He|She|They) (?:had )?(?:made|gave|given|delivered|recorded)"
    r" (?:the|his|her|their) (?:remarks|comments|interview|speech|statement|address)"
    r"|(?:He|She|They) (?:was|were) speaking)\b"
)
#: "Hours after Tuesday's attack" is Tuesday.
_SAME_DAY: Final = re.compile(
    r"\b(?:hours|minutes|moments|shortly|soon|immediately|just|right) (?:after|before|following)\s+"
    r"(?:the\s+)?$",
    re.IGNORECASE,
)
_MEETING: Final = re.compile(
    r"\b(?:meeting|talks|visit|summit|session|conference|ceremony|briefing|conversation|call|hearing|trip|tour)\b",
    re.IGNORECASE,
)
_SAYING: Final = re.compile(
    r"\b(?:speaking|interview|statement|letter|speech|remarks|comments|address|briefing|conference|quoted|told|said"
    r"|ruling|judgment|verdict|decree|message|testimony|hearing|sermon|memo)\b",
    re.IGNORECASE,
)
_OCCASION: Final = re.compile(
    r"['’]s? (?:\w+ ){0,3}(?:news conference|press conference|briefing|interview|speech|address"
    r"|statement|debate|meeting|session|summit|talks)",
    re.IGNORECASE,
)
#: Prepositions before a date that make it a limit or the day of something else.
_LIMIT: Final = re.compile(
    r"\b(?:by|until|till|before|after|since|for|of|than|to|from|between)\s+(?:the\s+)?$", re.IGNORECASE
)
#: "A speech he gave in 2003" is of another time.
_TOLD_OF: Final = re.compile(
    r"\b(?:he|she|they|we) (?:had )?(?!said|told|spoke|was|were|is|are)[a-z]+ "
    r"(?:(?:in|on|at|last|late|early|the) ){0,3}$"
)
#: "Tuesday's Korvat Post" came out on Tuesday.
_NEWSPAPER: Final = re.compile(
    r"['’]s (?:[A-Z][\w.]+ ){0,3}(?:Post|Times|Herald|Gazette|Tribune|News|Telegraph|Journal|Mail|Standard"
    r"|Globe|Press|Chronicle|Observer|Monitor|edition|newspaper|paper|issue)\b"
)
#: A participle that goes on from the verb in front: "rowed back on Friday, saying ...".
_ADDING: Final = re.compile(r"[a-z]+ing\b")
_VERB_OF_OTHER: Final = re.compile(r"\b(?:who|whose|whom|where)\b[^.;]*$", re.IGNORECASE)
#: A verb that goes on behind what was said: "the killings, was played to the court on Tuesday".
_NEXT_VERB: Final = re.compile(r",\s*(?:was|were|had|has|is|(?!asked)[a-z]{3,}ed)\b")
_ASKED: Final = re.compile(r"when (?:asked|pressed|questioned|reached|confronted)\b")
#: "A report seen by the agency on Friday" was not written then.
_SEEN: Final = re.compile(r"\b(?:seen|obtained|reviewed|read|viewed) by\b[^,.;]{0,40}$")
#: What ends a dateline: the date before it is the page's.
_DATELINE: Final = re.compile(r"\([A-Z][\w/ ]{1,30}\)\s*[-–—]|\||[A-Z]{3,}\s+[-–—]")
#: A cue that tells of no one occasion: present and perfect.
_STANDING: Final = re.compile(
    r"\b(?:says?|believes?|thinks?|insists?|maintains?|claims?|argues?|has|have|had|warns|fears?|wants?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Dated:
    """What the cue clause of a statement says: the day of saying, or of letting out."""

    said: Interval | None = None
    released: Interval | None = None


def with_days(
    article: Article, statements: Sequence[Statement], dates: Sequence[DateExpression] | None = None
) -> list[Statement]:
    """Return the statements with ``said`` and ``released`` as far as the article gives them.

    Relative days count from the article's publication day; without it only days told with their year are
    known. What cannot be known stays ``None``. ``dates`` are the date expressions of the article's text,
    found here when not given.
    """
    if not statements:
        return []
    published = published_day(article)
    if dates is None:
        dates = find_dates(article.text, published, revised=revised_day(article))
    latest = revised_day(article) or published
    found = [_until(one, latest) for one in dates if _tells_when(one, latest)]
    headings = _headings(article.text, found)
    starts = [one.spans[0][0] for one in found]
    dated = [_dated(article.text, one, statements, found, starts) for one in statements]
    done: list[Statement] = []
    occasions: dict[str, _Dated] = {}
    for one, days in zip(statements, dated, strict=True):
        said, released = days.said, days.released
        speaker = one.speaker.name if one.speaker and not one.parent else None
        if said is None and released is not None and not _said_before(article.text, released):
            said = replace(released, rule=f"released when said: {released.rule}", inferred=True)
        if said is None and done and _same_sentence(article.text, done[-1], one):
            said = done[-1].said
        if said is None and released is None and headings:
            said = _under(headings, one)
        if said is None and released is None and published and one.cue:
            said = _now(article.text, one, published)
        if speaker and said is not None:
            occasions[speaker] = _Dated(said, released)
        elif speaker and speaker in occasions and not _standing(article.text, one):
            said = _carried(occasions[speaker].said)
            released = released or _carried(occasions[speaker].released)
        done.append(replace(one, said=said, released=released))
    return done


def _until(one: DateExpression, latest: date | None) -> DateExpression:
    """Return an expression whose days end with the text's own: nothing is told that was said later."""
    days = one.interval
    if latest is None or days is None or days.last is None or days.last <= latest.isoformat():
        return one
    return replace(one, interval=replace(days, last=latest.isoformat()))


def _now(text: str, one: Statement, published: date) -> Interval | None:
    """Return the day of publication for what somebody "now says"."""
    (start, end), cue = (one.cue[0][0], one.cue[-1][1]), " ".join(text[a:b] for a, b in one.cue)
    found = re.search(r"\bnow\s+$", text[max(0, start - 6) : start]) or re.match(r"now\b", cue)
    if found is None or re.search(r"\b(?:had|was|were)\b", cue):
        return None
    day = published.isoformat()
    span = (max(0, start - 4), end) if found.re.pattern.endswith("$") else (start, end)
    return Interval(first=day, last=day, spans=(span,), rule="now", inferred=True)


def _headings(text: str, found: Sequence[DateExpression]) -> list[DateExpression]:
    """Return the times that stand on lines of their own, as over the entries of a live blog.

    One alone is the article's date, so there must be two, and one with a time of day.
    """
    lines = []
    for one in found:
        start, end = one.spans[0]
        before, after = text[max(0, start - 4) : start], text[end : end + 4]
        if re.search(r"(?:^|\n)[^\w\n]*$", before) and re.match(r"[^\w\n]*(?:\n|$)", after):
            lines.append(one)
    return lines if len(lines) > 1 and any(one.type == "TIME" for one in lines) else []


def _under(headings: Sequence[DateExpression], one: Statement) -> Interval | None:
    """Return the days of the heading that a statement stands under."""
    marks = one.cue or one.source or one.content
    above = [heading for heading in headings if heading.spans[0][1] <= marks[0][0]]
    if not above or above[-1].interval is None:
        return None
    days = above[-1].interval
    return replace(days, rule=f"heading: {days.rule}", inferred=True)


def _carried(days: Interval | None) -> Interval | None:
    """Return the days of an occasion for what else was said on it."""
    if days is None:
        return None
    return replace(days, rule=f"carried on: {days.rule.removeprefix('carried on: ')}", inferred=True)


def published_day(article: Article) -> date | None:
    """Return the day that an article was published, ``None`` where it is not known to the day."""
    try:
        return date.fromisoformat((article.published or "")[:10])
    except ValueError:
        return None


def revised_day(article: Article) -> date | None:
    """Return the day on which an article was last changed, where that is one of the days after publication.

    A change that came later is of the page more often than of the report, and tells nothing of its days.
    """
    published = published_day(article)
    try:
        modified = date.fromisoformat((article.modified or "")[:10])
    except ValueError:
        return None
    return modified if published and 0 < (modified - published).days <= _REVISED else None


def _tells_when(one: DateExpression, latest: date | None) -> bool:
    """Tell whether somebody may have spoken then: not on days to come, nor "now"."""
    if one.type not in ("DATE", "TIME") or one.interval is None or one.value in ("PRESENT_REF", "FUTURE_REF"):
        return False
    first = one.interval.first
    return not (latest and first and first > latest.isoformat())


def _said_before(text: str, days: Interval) -> bool:
    """Tell whether the words that were let out on these days were spoken at another time."""
    start, end = days.spans[0]
    return bool(_SAID_BEFORE.search(text, max(0, start - 60), end) or _NEWSPAPER.match(text, end))


def _standing(text: str, statement: Statement) -> bool:
    cue = " ".join(text[start:end] for start, end in statement.cue)
    return bool(_STANDING.search(cue))


def _same_sentence(text: str, before: Statement, one: Statement) -> bool:
    """Tell whether one source says both in one sentence ("urged ... on Tuesday, warning that ...")."""
    if (
        before.parent != one.parent
        or not before.cue
        or not one.cue
        or (one.source and one.source != before.source)
    ):
        return False
    between = text[before.cue[-1][1] : one.cue[0][0]]
    return 0 < len(between) < _LONGEST and not _STOP.search(between)


def _dated(
    text: str,
    statement: Statement,
    statements: Sequence[Statement],
    found: Sequence[DateExpression],
    starts: Sequence[int],
) -> _Dated:
    """Return the days that the cue clause of a statement gives."""
    marks = statement.cue or statement.source
    if not marks:
        return _Dated()
    cue = marks[0][0], marks[-1][1]
    low, high = _sentence(text, cue, found, starts)
    outer = next((one.content for one in statements if one.id == statement.parent), None)
    others = [
        span for one in statements if one.parent is None or statement.parent is None for span in one.content
    ]
    closed = others if outer is None else list(statement.content)
    best: tuple[tuple[bool, int], Interval] | None = None
    released: Interval | None = None
    for at in range(bisect_left(starts, low), bisect_left(starts, high)):
        one = found[at]
        span, days = one.spans[0], one.interval
        if days is None or (outer is not None and not _inside(span, outer)):
            continue
        if _touches(span, closed) and not _leading(text, span, cue, statement.content):
            continue
        verdict = _belongs(text, span, cue, (low, high), closed)
        before = text[max(low, span[0] - 110) : span[0]]
        made, out = _MADE.search(before), _RELEASE.search(before)
        if made and not _SPOKEN.search(text, low, span[0]):
            made = None
        if _NEWSPAPER.match(text, span[1]) and (
            verdict is not None or before.endswith(("by ", "in ", "to "))
        ):
            released = released or days
            continue
        if out and not (made and made.start() > out.start()):
            if verdict is not None or (_SPOKEN.search(before) and not _VERB_OF_OTHER.search(before)):
                released = released or days
            continue
        if verdict is None and not made:
            continue
        verdict = bool(verdict)
        distance = 0 if made else max(span[0] - cue[1], cue[0] - span[1], 1)
        if best is None or (verdict, distance) < best[0]:
            best = (verdict, distance), replace(days, inferred=days.inferred or verdict, spans=days.spans)
    told = _told_afterwards(text, high, found, starts) if outer is None else None
    return _Dated(told or (best[1] if best else None), released)


def _told_afterwards(
    text: str, end: int, found: Sequence[DateExpression], starts: Sequence[int]
) -> Interval | None:
    """Return the days of "He made the remarks on Monday" where that sentence follows."""
    head = _AFTERWARDS.match(text, end + 1)
    if head is None:
        return None
    stop = _STOP.search(text, head.end())
    at = bisect_left(starts, head.end())
    if (
        at < len(found)
        and starts[at] < (stop.start() if stop else len(text))
        and starts[at] - head.end() < 80
    ):
        return found[at].interval
    return None


def _sentence(text: str, cue: Span, found: Sequence[DateExpression], starts: Sequence[int]) -> Span:
    """Return the sentence that a cue stands in; a stop within a date or behind an abbreviation is none."""
    low, high = max(0, cue[0] - _LONGEST), min(len(text), cue[1] + _LONGEST)
    for stop in _STOP.finditer(text, low, cue[0]):
        if _real(text, stop, found, starts):
            low = stop.end()
    for stop in _STOP.finditer(text, cue[1], high):
        if _real(text, stop, found, starts):
            return low, stop.start()
    return low, high


def _real(text: str, stop: re.Match[str], found: Sequence[DateExpression], starts: Sequence[int]) -> bool:
    if stop[0][0] != ".":
        return True
    if _SHORT.search(text[max(0, stop.start() - 6) : stop.start() + 1]):
        return False
    at = bisect_left(starts, stop.start())
    return not (at and found[at - 1].spans[0][1] > stop.start() + 1)


def _inside(span: Span, spans: Sequence[Span] | Spans) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def _touches(span: Span, spans: Sequence[Span] | Spans) -> bool:
    return any(start < span[1] and span[0] < end for start, end in spans)


def _leading(text: str, span: Span, cue: Span, content: Spans) -> bool:
    """Tell whether a date opens the content right behind the cue ("said on Friday the port was open")."""
    first = content[0][0] if content else -1
    return cue[1] <= first <= span[0] and not re.sub(
        r"(?i)\b(?:on|late|early|in|at)\b|\W", "", text[cue[1] : span[0]]
    )


def _belongs(text: str, span: Span, cue: Span, sentence: Span, closed: Sequence[Span]) -> bool | None:
    """Tell whether a date belongs to the cue: ``None`` no, ``False`` yes, ``True`` by inference."""
    if cue[0] <= span[0] and span[1] <= cue[1]:
        return False
    after = text[span[1] : span[1] + 60]
    if _SAME_DAY.search(text[max(0, span[0] - 40) : span[0]]):
        gap = _without(text, (min(cue[1], span[1]), max(cue[0], span[0])), closed)
        return None if _OTHER_CLAUSE.search(gap) else True
    if _SEEN.search(text[max(0, span[0] - 60) : span[0]]):
        return None
    limit = _LIMIT.search(text[max(0, span[0] - 14) : span[0]])
    if (limit and not (limit[0].startswith("of") and _OCCASION.match(after))) or _TOLD_OF.search(
        text[max(0, span[0] - 40) : span[0]]
    ):
        return None
    if re.match(r"['’]s?\b", after) and not _OCCASION.match(after):
        return None
    if span[0] >= cue[1]:
        gap = _without(text, (cue[1], span[0]), closed)
        if _OTHER_CLAUSE.search(gap) or _NEXT_VERB.search(gap) or ";" in gap:
            return None
        beside = _BESIDE.search(gap)
        if beside and _ASKED.match(gap, beside.start()):
            return False
        if beside and _VERB.search(gap, beside.end()):
            return None
        return bool(beside)
    if _stamps(text, span, sentence[0]):
        return None
    clause = text[sentence[0] : span[0]]
    clause = _without(text, (sentence[0], span[0]), closed) if closed else clause
    clause = clause[max(clause.rfind(","), clause.rfind(";")) + 1 :]
    gap = _without(text, (span[1], cue[0]), closed)
    if re.search(r"\bIt was (?:only |back )?(?:in|on|at) $", text[max(0, span[0] - 20) : span[0]]):
        return False  # "It was in June that he first said"
    if _OTHER_CLAUSE.search(clause):
        # "The ministry, which on Monday denied it": the cue is in that very clause.
        return False if re.fullmatch(r"\s*(?:had |has |have )?", gap) else None
    if ";" in gap:
        return None
    beside = _BESIDE.search(clause)
    if beside and beside[0].lower() in ("as", "when") and not clause[: beside.start()].strip():
        return True  # "As the shelling resumed on Sunday, he said": on that day
    if beside and (_VERB.search(clause, beside.end()) or _of_event(clause, beside)):
        return None
    if _DATELINE.search(gap):
        return None
    if _OTHER_CLAUSE.search(gap.split(",")[0]):
        return None
    verb = _VERB.search(clause)
    if verb and re.fullmatch(r"\s*,\s*", gap) and _ADDING.match(text, cue[0]):
        return False
    if verb and not _SAYING.search(clause):
        return True if re.search(r"\band\b", gap) else None
    return bool(beside)


def _stamps(text: str, span: Span, start: int) -> bool:
    """Tell whether a day with its year opens a line as its date: "Monday 14 February 2005 13.32 GMT More"."""
    opens = not text[start : span[0]].strip() and re.search(r"\d{4}", text[span[0] : span[1]])
    return bool(
        opens and re.match(r" (?:at )?(?:\d\d?[.:]\d\d )?(?:[A-Z]{2,4} )?[A-Z]", text[span[1] : span[1] + 20])
    )


def _of_event(clause: str, beside: re.Match[str]) -> bool:
    """Tell whether a clause that opens the sentence dates an event: "before the vote on Sunday"."""
    word = beside[0].lower()
    if word in ("before", "ahead of"):
        return True
    return word in ("after", "following") and not _MEETING.search(clause, beside.end())


def _without(text: str, span: Span, closed: Sequence[Span]) -> str:
    """Return the words of a stretch that stand in no content."""
    start, end = span
    for low, high in sorted(closed):
        if low < end and high > start:
            return (
                text[start : max(start, low)]
                + " "
                + _without(text, (min(max(high, start), end), end), [c for c in closed if c != (low, high)])
            )
    return text[start:end]
