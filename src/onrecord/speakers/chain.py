"""The word chain: through whose hands the words came, and whether they are hearsay."""

from __future__ import annotations

import re
from typing import Final

from ..article import Span, Spans
from . import lexicon as lex
from .handing import PAGES, REPORTERS, SPOKES, is_medium, medium_after, medium_ending, noun_phrase
from .phrases import state_of
from .reported import quotes
from .scene import Scene, Verdict

_HEARSAY_CUE: Final = re.compile(
    r"\b(?:is|are|was|were|been|being|be)\b[\w\s,]{0,40}"
    r"\b(?:quoted|cited|reported|said|alleged|believed|rumou?red|reputed|understood)\b|"
    r"^(?:also |has |had )?(?:quot|cit)(?:ed|es|ing)\b|\breportedly\b|\ballegedly\b|\brumou?r",
    re.IGNORECASE,
)
_HEARSAY_SOURCE: Final = re.compile(
    r"^(?:(?:the|some|several|many|local|unconfirmed|media|news|press|earlier|other)\s+)*(?:reports|rumou?rs)$",
    re.IGNORECASE,
)
_HEARSAY_NEAR: Final = re.compile(r"\breportedly\b|\baccording to (?:\w+ ){0,2}reports\b", re.IGNORECASE)
_PASSIVE: Final = re.compile(
    r"\b(?:is|are|was|were|been|being)\b.{0,40}\b(?:quoted|cited)\b", re.IGNORECASE | re.DOTALL
)
#: Words after which the next noun phrase, if it is a medium, has handed the words on.
_HANDED: Final = re.compile(
    r"\b(?:told|tells|telling|interviews? (?:with|on|to|for|by)|"
    r"interview(?:ed)? (?:\w+ )?(?:with|on|by|(?:published|broadcast|aired|printed) (?:\w+ )?(?:in|by|on))|"
    r"(?:speaking|spoke|talking|said|says|saying|appearing|appeared|appearance|remarks|comments|speech|address|"
    r"statement) (?:to|on|with|in|via)|"
    r"(?:quoted|carried|cited|reported|published|printed|broadcast|aired|relayed|posted|released|read|shown|televised)"
    r"(?: as \w+ing|(?: [\w,]+){1,3}?)? (?:by|in|on)|"
    r"(?:wrote|writing) in|(?:wrote|writing|tweeted|messages?|video|tweets?|claims?|post|footage) on|"
    r"via|through|according to|citing|quoting)\s+",
    re.IGNORECASE,
)
_SAID: Final = re.compile(r"\b(?:said|says|reported|reports) ", re.IGNORECASE)
#: Who else is named for the words of somebody ("..., he said, according to an aide").
_ACCORDING: Final = re.compile(r"\baccording to\s+", re.IGNORECASE)
_CITING: Final = re.compile(r",\s+(?:citing|quoting)\s+", re.IGNORECASE)
_CLAUSE: Final = re.compile(r",\s+(?:citing|quoting|which|who)\b")
_REPORTS: Final = re.compile(
    r",\s+(?P<who>(?:[\w.’'-]+ ){1,6})(?P<verb>reported|reports|said|says|(?:was|were) quoted as saying)\b"
    r"(?=\s*(?:[,.;\n]|on \w+day|\w+day|$))"
)
_ACTIVE: Final = re.compile(r"(?:quot|cit|report)(?:ed|es|ing|s)\b", re.IGNORECASE)
_AS_SAYING: Final = re.compile(r"as \w+ing\b", re.IGNORECASE)
#: Words between a medium and its "quoted", and pronouns that stand for who quotes.
_BETWEEN: Final = (
    lex.word_set("also has have had yesterday today later earlier separately meanwhile then") | lex.CALENDAR
)
_HANDS: Final = lex.word_set("it he she they which who")
_QUOTING: Final = re.compile(r"\b(?:quot|cit)(?:ed|es|ing)\s+(?:the |an? )?$", re.IGNORECASE)
#: An audience that shows that the words were heard by the reporter himself.
_HEARD: Final = re.compile(
    r"\b(?:told|tells|telling) (?:\w+ ){0,2}"
    r"(?:reporters|journalists|parliament|lawmakers|supporters|congress|delegates)\b|"
    r"\b(?:news|press) conference\b|\bin a (?:speech|statement|tweet)\b|\b(?:rally|briefing)\b",
    re.IGNORECASE,
)
_POSTS: Final = PAGES - {"website", "site", "webpage", "page"}
_TELLING: Final = lex.word_set(
    "said says saying told tells telling reported reports according added wrote writes quoted"
)
_RUMOUR: Final = lex.word_set(
    "reports rumours rumors report poll polls survey surveys data figures results statistics"
)


def chains(scene: Scene) -> tuple[list[Spans], list[bool | None]]:
    """Return ``via`` and ``hearsay`` of each statement, once the speakers are known."""
    count = len(scene.statements)
    via: list[Spans] = [()] * count
    carried: dict[str, Spans] = {}
    handed: dict[str, Spans] = {}
    first_had: dict[str, bool] = {}
    last_speaker: str | None = None
    for index in scene.order:
        window = _window(scene, index)
        found = _handed_on(scene, index, window)
        name = _name(scene, index)
        if name is not None:
            inherited = () if found else _from_parent(scene, index)
            if found and not _posted(scene, found):
                carried[name] = found
            elif inherited and not scene.layout.quoted(scene.starts[index]):
                handed[name] = inherited
            elif name in handed and name not in carried and not found and _passive(scene, index):
                found = handed[name]
            elif found or _HEARD.search(" ".join(scene.text[a:b] for a, b in window)):
                carried.pop(name, None)
            elif name in carried and (last_speaker == name or first_had[name]) and _known(scene, index):
                found = carried[name]
            first_had.setdefault(name, bool(found) or _passive(scene, index))
        last_speaker = name
        via[index] = found or _from_parent(scene, index)
    _look_ahead(scene, via)
    return via, [_hearsay(scene, index) for index in range(count)]


def _posted(scene: Scene, via: Spans) -> bool:
    """Tell whether the words stand on a page where everybody posts his own: others follow from elsewhere."""
    last = scene.layout.words_in(*via[-1])[-1:]
    return bool(last) and last[0].lower in _POSTS


def _name(scene: Scene, index: int) -> str | None:
    """Return the name of a person, or the words for an unnamed source."""
    verdict = scene.verdicts[index]
    return verdict.speaker.name if verdict and verdict.speaker.kind in ("person", "unnamed") else None


def _known(scene: Scene, index: int) -> bool:
    """Tell whether a speaker is spoken of as known: a person, or "the source"."""
    verdict, source = scene.verdicts[index], scene.sources[index]
    person = verdict is not None and verdict.speaker.kind == "person"
    return person or (source is not None and scene.text[slice(*source)][:4].lower() == "the ")


def _passive(scene: Scene, index: int) -> bool:
    return any(_PASSIVE.search(scene.text[start:end]) for start, end in scene.statements[index].cue)


def _look_ahead(scene: Scene, via: list[Spans]) -> None:
    """Give "was quoted as saying" without a medium the medium of the speaker's next statements.

    A line above the body that sums up a person's words has the chain that they have where they are told.
    """
    for place, index in enumerate(scene.order):
        name = _name(scene, index)
        if not via[index] and name and scene.is_above_body(index):
            told = (i for i in scene.order[place + 1 : place + 8] if not scene.is_above_body(i))
            via[index] = next((via[i] for i in told if _name(scene, i) == name), ())
        if via[index] or not _passive(scene, index):
            continue
        for other in scene.order[place + 1 : place + 4]:
            if name and _name(scene, other) == name and via[other]:
                via[index] = via[other]
                break


def _from_parent(scene: Scene, index: int) -> Spans:
    """Return the medium or spokesman in whose words the statement stands."""
    parent = scene.parents[index]
    if parent is None:
        return ()
    verdict, source = scene.verdicts[parent], scene.sources[parent]
    own = scene.verdicts[index]
    if verdict is None or source is None or (own and own.speaker.name == verdict.speaker.name):
        return ()
    if verdict.speaker.why == "turn":
        return ()
    if verdict.speaker.kind == "media" or _speaks_for(scene, verdict, source):
        return (_without_clause(scene, source),)
    return (_without_clause(scene, source),) if _tells_of(scene, parent, own) else ()


def _without_clause(scene: Scene, source: Span) -> Span:
    """Return a source without a clause of its own ("the newspaper, citing two guards,")."""
    clause = _CLAUSE.search(scene.text, *source)
    return (source[0], clause.start()) if clause else source


def _tells_of(scene: Scene, parent: int, own: Verdict | None) -> bool:
    """Tell whether somebody passes on what others said: a journalist, or a source whose name is kept back.

    One without a name who speaks for his own side ("an Osmiran official said Osmira had refused") does not.
    """
    verdict, source, cue = scene.verdicts[parent], scene.sources[parent], scene.statements[parent].cue
    if verdict is None or source is None or own is None or verdict.speaker.why == "document":
        return False
    spans = [source, *(verdict.member.offices + verdict.member.roles if verdict.member else ())]
    words = {word.lower for span in spans for word in scene.layout.words_in(*span)}
    if verdict.member and verdict.speaker.kind == "person":
        mentions = scene.cast.between(verdict.member.full.start - 40, verdict.member.full.start)
        of_medium = mentions[-1:] and mentions[-1].possessive and is_medium(scene, mentions[-1].start)
        return bool(words & REPORTERS) or bool(
            of_medium and scene.text[mentions[-1].end : verdict.member.full.start] in ("'s ", "’s ")
        )
    if verdict.speaker.kind != "unnamed" or own.speaker.kind == "unnamed":
        return False
    if not any(word.lower in _TELLING for span in cue for word in scene.layout.words_in(*span)):
        return False
    if words & _RUMOUR:
        return False
    side = state_of(scene.layout.words_in(*source))
    return not (side and side == own.speaker.name)


def _speaks_for(scene: Scene, verdict: Verdict, source: Span) -> bool:
    """Tell whether somebody hands on the words of others by office: he is a spokesman."""
    offices = [*(verdict.member.offices if verdict.member else ()), *verdict.speaker.office_spans]
    if not verdict.member and verdict.speaker.kind in ("unnamed", "person"):
        offices.append(source)
    return any(word.lower in SPOKES for span in offices for word in scene.layout.words_in(*span))


def _window(scene: Scene, index: int) -> list[Span]:
    """Return the stretches of the statement's sentence near source and cue that are not its content."""
    statement, layout = scene.statements[index], scene.layout
    anchors = [*statement.source, *statement.cue]
    if not anchors:
        return []
    begin = layout.sentence_span(layout.sentence(min(span[0] for span in anchors)))[0]
    end = layout.sentence_span(layout.sentence(max(max(span[0], span[1] - 1) for span in anchors)))[1]
    low, high = min(span[0] for span in anchors), max(span[1] for span in anchors)
    for other in scene.neighbours(index):
        source = scene.sources[other]
        if source is None or source == scene.sources[index]:
            continue
        if begin <= source[0] < low:
            begin = max(begin, source[1])
        elif high <= source[0] < end:
            end = min(end, source[0])
    spans, at = [], begin
    for start, stop in sorted(scene.statements[index].content):
        if start < end and stop > at:
            if start > at:
                spans.append((at, start))
            at = max(at, stop)
    if at < end:
        spans.append((at, end))
    return spans


def _handed_on(scene: Scene, index: int, window: list[Span]) -> Spans:
    source, verdict = scene.sources[index], scene.verdicts[index]
    media = verdict is not None and verdict.speaker.kind == "media"
    found: list[Span] = []
    for start, end in window:
        for match in _HANDED.finditer(scene.text, start, end):
            if media and match.group().lower().startswith("t"):
                continue  # "told the paper" tells of others' words, not of a medium's
            span = medium_after(scene, match.end(), end, match.group().lower())
            if span and not _overlap(span, source) and not _is_own(scene, span) and span not in found:
                found.append(span)
    before = _medium_before(scene, index)
    if before and not _overlap(before, source) and not _is_own(scene, before) and before not in found:
        found.insert(0, before)
    reporting = _reporting(scene, index, window)
    if reporting and not found and not _overlap(reporting, source) and not _is_own(scene, reporting):
        found.append(reporting)
    if source and not found and (keeper := _keeper(scene, source)):
        found.append(keeper)
    told = _according(scene, index, window)
    if told and not found and not _overlap(told, source) and not _is_own(scene, told):
        found.append(told)
    cited = _cited(scene, index, window)
    if cited and cited not in found:
        found.append(cited)
    return tuple(found)


def _according(scene: Scene, index: int, window: list[Span]) -> Span | None:
    """Return whoever is named for somebody else's words ("..., she said, according to a juror")."""
    cues = scene.statements[index].cue
    if scene.sources[index] is None or not cues:
        return None
    for start, end in window:
        for match in _ACCORDING.finditer(scene.text, start, end):
            if any(low < match.end() and match.start() < high for low, high in cues):
                continue
            span = noun_phrase(scene, match.end(), end)
            if span and not _RUMOUR & {word.lower for word in scene.layout.words_in(*span)}:
                return span
    return None


def _keeper(scene: Scene, source: Span) -> Span | None:
    """Return the medium whose source speaks ("the paper's source")."""
    words = scene.layout.words_in(*source)
    at = next((at for at, word in enumerate(words) if word.possessive), None)
    if at is None or not {word.lower for word in words[at + 1 :]} & {"source", "sources"}:
        return None
    medium = words[at].lower in lex.MEDIA_NOUNS or is_medium(scene, words[at].start)
    return (words[0].start, words[at].end) if medium else None


def _cited(scene: Scene, index: int, window: list[Span]) -> Span | None:
    """Return whom a medium that reports names as its own source ("the daily reported, citing a guard")."""
    verdict = scene.verdicts[index]
    if verdict is None or verdict.speaker.kind != "media":
        return None
    for start, end in window:
        for match in _CITING.finditer(scene.text, start, end):
            if span := noun_phrase(scene, match.end(), end):
                return span
    return None


def _medium_before(scene: Scene, index: int) -> Span | None:
    """Return the medium that is the subject of an active "quoted him as saying"."""
    cue, source = scene.statements[index].cue, scene.sources[index]
    if not cue:
        return None
    verb = cue[0][0]
    if source and _AS_SAYING.match(scene.text, verb) and source[0] < verb:
        quoting = _QUOTING.search(scene.text, max(0, source[0] - 30), source[0])
        verb = quoting.start() if quoting else verb
    if not _ACTIVE.match(scene.text, verb):
        return None
    at = scene.layout.word_at(verb) - 1
    words = scene.layout.words
    sentence = scene.layout.sentence_span(scene.layout.sentence(cue[0][0]))[0]
    while at >= 0 and words[at].lower in _BETWEEN and words[at].start > sentence:
        at -= 1
    if at < 0 or words[at].lower in ("was", "were", "is", "been"):
        return None
    if scene.text[verb : verb + 4].lower() == "citi" and (reporter := _reporter(scene, sentence, verb)):
        return reporter
    says_so = quotes(scene.layout, verb) or any(_AS_SAYING.search(scene.text[a:b]) for a, b in cue)
    if says_so and words[at].lower in _HANDS and words[at].start >= sentence:
        return words[at].start, words[at].end
    return medium_ending(scene, at, max(sentence, words[at].start - 80), subject=says_so)


def _reporter(scene: Scene, begin: int, end: int) -> Span | None:
    """Return the medium that has said it, and cites somebody ("..., said the daily, citing a guard")."""
    for match in _SAID.finditer(scene.text, begin, end):
        if span := medium_after(scene, match.end(), end, "said "):
            return span
        comma = scene.text.find(", ", match.end(), end)
        # "said TNA, the official news agency": what the name stands for follows it.
        if comma >= 0 and medium_after(scene, comma + 2, end, "said "):
            return match.end(), comma
    return None


def _reporting(scene: Scene, index: int, window: list[Span]) -> Span | None:
    """Return the medium that a clause of its own names ("..., he said, the daily reported")."""
    cues = scene.statements[index].cue
    for start, end in window:
        for match in _REPORTS.finditer(scene.text, start, end):
            if any(low < match.end("verb") and match.start("verb") < high for low, high in cues):
                continue
            at = scene.layout.word_at(match.start("verb")) - 1
            found = medium_ending(scene, at, match.start("who")) if at >= 0 else None
            if found and found[0] <= match.start("who") + 1:
                return found
    return None


def _overlap(one: Span, other: Span | None) -> bool:
    return other is not None and one[0] < other[1] and other[0] < one[1]


def _is_own(scene: Scene, span: Span) -> bool:
    words = scene.text[slice(*span)].casefold().removeprefix("the ")
    return words in scene.own_names or words.split()[:1] in (["this"], ["our"])


def _hearsay(scene: Scene, index: int) -> bool | None:
    statement = scene.statements[index]
    cue = " ".join(scene.text[start:end] for start, end in statement.cue)
    source = " ".join(scene.text[start:end] for start, end in statement.source)
    speaking = scene.sources[index]
    if speaking and statement.source and not any(_overlap(span, speaking) for span in statement.source):
        return True  # the source that was found handed on the words of another
    active = bool(_ACTIVE.match(cue)) and bool(statement.source) and statement.source[0] < statement.cue[0]
    if (_HEARSAY_CUE.search(cue) and not active) or _HEARSAY_SOURCE.match(source.strip(" ,.")):
        return True
    window = _window(scene, index)
    if any(_HEARSAY_NEAR.search(scene.text[start:end]) for start, end in window):
        return True
    if _according(scene, index, window):
        return True
    return False if scene.verdicts[index] or source else None
