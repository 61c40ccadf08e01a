"""What a statement looks ahead to: a promise, threat, prediction, plan or deadline; or to nothing.

The words that make a content look ahead are its heads: *will*, *would* of reported speech, *is to*, *is
due to*, *plans to*, and the cue itself (*vowed to*). Each head is read with its subject, its verb and what
stands in front of it, and gives one outlook or none. Of several the first of deadline, threat, promise, plan,
prediction counts. The tests and their order are those of ``benchmarks/outlook.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from onrecord.article import Statement
from onrecord.cues import cues_of
from onrecord.dates import ahead_patterns as patterns
from onrecord.dates.ahead_words import COMMITTING, EVENTS, HAPPENING, HARM, base_of

#: What is promised with these is that harm ends.
_SPARING: Final = frozenset({"stop", "end", "prevent", "avoid", "protect", "halt", "lift"})
#: No content is read further, in characters.
_LONGEST: Final = 20_000
#: Kinds of speakers that are "it".
_BODIES: Final = ("organisation", "state", "media", "group")
#: First in doubt.
ORDER: Final = ("deadline", "threat", "promise", "plan", "prediction")
#: No clause is read further from its head, in characters.
_REACH: Final = 240


@dataclass(frozen=True, slots=True)
class _Head:
    """A word that looks ahead, with its clause.

    Attributes:
        kind: which group of :data:`patterns.HEAD`.
        before: the words of the sentence in front of it; ``after`` those behind.
        verb: the base form of what is done, if anything; ``passive`` whether it is done to the subject.
        negated: it will not be done.
        quoted: it stands between quotation marks.
    """

    kind: str
    before: str
    after: str
    verb: str
    passive: bool
    negated: bool
    quoted: bool


def outlook_of(statement: Statement, cue: str, source: str, dated: bool = False) -> str | None:
    """Return what a statement looks ahead to, ``None`` where it does not.

    Args:
        statement: with its text, type and speaker.
        cue: the words of its cue.
        source: the words of its source.
        dated: whether the content names a day to come.
    """
    said = _Said(statement, cue, source, dated)
    content = statement.text[:_LONGEST]
    if _deadline(said, content):
        return "deadline"
    found = _by_cue(said, content)
    if found == "none" or patterns.ASKS.search(cue):
        return None
    outlooks = [found] if found else []
    if not {"stance", "praise", "reject", "demand", "want"} & set(said.ahead):
        for head in _heads(content, said.direct):
            outlook = _by_head(head, said)
            if outlook:
                outlooks.append(outlook)
    return min(outlooks, key=ORDER.index) if outlooks else None


class _Said:
    """A statement with what its cue and source tell of it.

    Attributes:
        ahead: how its reporting words look ahead (see :class:`onrecord.cues.Cue`).
        direct: all its words are the speaker's own.
        told: the cue is in the past, so that "would" may stand for "will".
        analyst: the source foresees and has no hand in it.
    """

    def __init__(self, statement: Statement, cue: str, source: str, dated: bool) -> None:
        self.statement, self.cue, self.source, self.dated = statement, cue, source, dated
        self.ahead = tuple(one.ahead for one in cues_of(cue) if one.ahead)
        quoted = statement.text.lstrip()[:1] in "\"“‘'`"
        self.direct = statement.type == "direct" and (quoted or not statement.parent)
        present = bool(patterns.PRESENT.search(cue)) and not re.search(r"\b(?:has|have|had)\b", cue)
        self.told = not present and (bool(cue) or bool(patterns.TOLD.search(statement.text)))
        self.analyst = bool(patterns.ANALYST.search(source))
        self.kind = statement.speaker.kind if statement.speaker else None
        self.office = (statement.speaker.office or "") if statement.speaker else ""
        self.official = self.kind in _BODIES or bool(patterns.OFFICIAL.search(f"{source} {self.office}"))
        self.name = (statement.speaker.name or "") if statement.speaker else ""


def _by_cue(said: _Said, content: str) -> str | None:
    """Return what the cue makes of its content, ``none`` where it forbids any."""
    cue, ahead = said.cue, said.ahead
    lead = content.lstrip("\"“‘'` ").lower()
    infinitive = lead.startswith(("to ", "not to ", "never to ")) and not patterns.NO_VERB.match(lead)
    infinitive = infinitive or (
        cue.lower().rstrip().endswith(" to") and not patterns.NO_VERB.match("to " + lead)
    )
    negated = bool(patterns.NEGATED.search(cue))
    past = bool(patterns.ONCE.search(cue) or patterns.LONG_AGO.search(said.source))
    if not ahead:
        return "none" if negated else None
    if "hope" in ahead:
        ready = infinitive and not past and not negated and ("hoping" not in cue.lower() or said.dated)
        return "plan" if ready else "none"
    if "threat" in ahead:
        spoken = infinitive or bool(re.search(r"(?i)threatened|threatening|threats?\b", cue))
        return "threat" if spoken and not past and not negated and said.source.lower() != "which" else "none"
    if "promise" in ahead:
        noun = bool(re.search(r"(?i)\bcommit", cue)) and not infinitive
        if past or negated or noun or patterns.FAILED.search(content):
            return "none"
        return "threat" if _harmful(content) else "promise"
    if "plan" in ahead:
        if past or negated:
            return "none"
        simple = re.search(r"(?i)\b(?:planned|intended|aimed|decided|prepared|arranged|scheduled)\b", cue)
        perfect = re.search(r"(?i)\b(?:has|have|['’]s|['’]ve|is|are)\b", cue)
        if simple and not perfect and not said.dated and not said.statement.parent:
            return "none"
        return "plan" if infinitive or said.dated else None
    if "predict" in ahead:
        to_obey = re.match(
            r"(?:(?:him|her|them|you|us|everyone|everybody|people|all parties|all sides) to|nothing"
            r"|anything|any)\b",
            lead,
        )
        # "Expects her to pay" is a demand, "expects her to win" a forecast.
        fate = re.match(r"(?:him|her|them|you|us|everyone|everybody|people) to (\w+)", lead)
        if fate and fate[1] in HAPPENING:
            to_obey = None
        past = past or (bool(re.search(r"\b(?:was|were) ", cue)) and not said.dated)
        return "none" if past or to_obey else "prediction"
    if "offer" in ahead and infinitive and not past and not negated:
        return "promise"
    return None


def _harmful(content: str) -> bool:
    """Tell whether what is vowed does harm: its first verb, or force in so many words."""
    verbs = [
        word.lower()
        for word in patterns.AFTER_HEAD.findall(content)[:7]
        if word.lower() not in ("that", "to")
    ]
    spared = bool({"not", "never"} & set(verbs[:1])) or (verbs[:1] and verbs[0] in _SPARING)
    return not spared and (
        any(
            base_of(word, HARM) and (not at or verbs[at - 1] not in patterns.DETERMINERS)
            for at, word in enumerate(verbs[:3])
        )
        or bool(patterns.FORCE.search(content))
    )


def _heads(content: str, direct: bool) -> Iterator[_Head]:
    """Yield what looks ahead in a content, sentence by sentence; questions are left out."""
    start, open_ = 0, False
    ends = [
        *((one.start(), one.end()) for one in patterns.SENTENCE.finditer(content)),
        (len(content), len(content)),
    ]
    for end, following in ends:
        sentence = content[start:end]
        if not sentence.rstrip("\"”’' ").endswith("?"):
            for found in patterns.HEAD.finditer(sentence):
                yield _head(sentence, found, direct or _open_after(sentence[: found.start()], open_))
        open_ = _open_after(content[start:following], open_)
        start = following


def _open_after(words: str, open_: bool) -> bool:
    """Tell whether a quotation is open behind words, given whether one was in front of them."""
    curly = max(words.rfind("“"), words.rfind("”"))
    if curly >= 0:
        return words[curly] == "“"
    return open_ != (words.count('"') % 2 == 1)


def _head(sentence: str, found: re.Match[str], quoted: bool) -> _Head:
    before, after = (
        sentence[max(0, found.start() - _REACH) : found.start()],
        sentence[found.end() : found.end() + _REACH],
    )
    verb, passive, negated = "", False, False
    for word in patterns.AFTER_HEAD.findall(after)[:9]:
        low = word.lower()
        negated = negated or low in ("not", "never", "n't", "t") or low.endswith(("n't", "n’t"))
        passive = passive or low == "be"
        if low in patterns.SKIP or low.endswith("ly") or low.startswith(("n'", "n’")):
            continue
        verb = low
        break
    negated = negated or (
        found.lastgroup == "will" and bool(re.search(r"n['’]t $|\bnot $|\bnever $", before))
    )
    kind = found.lastgroup or ""
    kind = "will" if kind == "ll" else kind
    if found[0].lower() == "going to" and not re.search(
        rf"\b{patterns.BE}(?: \w+)? $|['’](?:re|m|s) $", before
    ):
        kind = ""
    elif found[0].lower() == "going to" and re.search(r"\b(?:was|were)(?: \w+)? $", before):
        kind = "would"
    elif found[0].lower().startswith("planned") and not re.search(rf"\b{patterns.BE}(?: \w+)? $", before):
        kind = "plan"
    return _Head(kind, before, after, verb, passive, negated, quoted)


def _by_head(head: _Head, said: _Said) -> str | None:
    """Return the outlook that a head gives, ``None`` where it is asked, supposed, past or a noun."""
    subject = _subject(head.before)
    if not _says_so(head, subject, said):
        return None
    if head.kind == "commit":
        return None if patterns.FAILED.search(head.after) else "threat" if _harmful(head.after) else "promise"
    if head.kind == "menace":
        return "threat"
    if head.kind in ("odds", "foresee"):
        return "prediction"
    own = _own(subject, head, said)
    if head.kind in ("isto", "plan"):
        return "plan"
    if head.kind == "due":
        loose = (
            head.after.startswith("to ") and not own and not head.passive and not base_of(head.verb, EVENTS)
        )
        return "prediction" if loose else "plan"
    return _by_modal(head, subject, own, said)


def _by_modal(head: _Head, subject: str, own: bool, said: _Said) -> str:
    """Return the outlook of what will, or would, be done or happen."""
    belief = bool({"belief", "predict"} & set(said.ahead)) or bool(
        patterns.BELIEF.search(head.before + head.after[:25])
    )
    belief = belief or (said.analyst and not own)
    condition = bool(patterns.IF.search(head.before) or patterns.IF.search(head.after))
    force = bool(base_of(head.verb, HARM)) and not head.after.lower().startswith(" hang on")
    force = force or bool(patterns.FORCE.search(head.after[:50]))
    idle = head.verb in HAPPENING or (head.passive and not head.verb.endswith(("ed", "en", "ld", "nt", "t")))
    armed = bool(patterns.ARMED.search(subject)) and not said.analyst
    if not belief and not head.negated:
        if (own or armed) and force and not head.passive:
            return "threat"
        if armed and patterns.GOES_ON.match(head.after):
            return "threat"
        pressed = "warn" in said.ahead or (condition and said.official)
        if not own and (
            patterns.PUNISHED.match(head.after) or (pressed and patterns.CONSEQUENCE.match(head.after))
        ):
            return "threat"
        if not own and pressed and force and head.passive:
            return "threat"
    if own and not belief:
        firm = re.search(
            r"\b(?:always|never|no matter|whatever|until|everything|our best|all we can)\b", head.after[:60]
        )
        if head.negated or firm or "assure" in said.ahead or base_of(head.verb, COMMITTING):
            return "promise"
        return "prediction" if idle and not said.dated else "plan"
    if (
        belief
        or "warn" in said.ahead
        or head.negated
        or (idle and not re.match(r" be (?:in|at) [A-Z]", head.after))
    ):
        return "prediction"
    if "assure" in said.ahead:
        return "promise"
    if re.match(r"(?:it|there)$", subject, re.IGNORECASE):
        return (
            "plan"
            if said.dated and re.match(r" be\b", head.after) and subject.lower() == "there"
            else "prediction"
        )
    arranged = base_of(head.verb, EVENTS) or re.match(r" be (?:in|at) [A-Z]", head.after)
    return "plan" if arranged and (said.dated or head.passive or not condition) else "prediction"


def _subject(before: str) -> str:
    """Return the words between the last boundary of a clause and the head: its subject, if anything."""
    clause = re.split(r"[,;:(]\s*|--|\s-\s", before)[-1]
    start = 0
    for found in patterns.SAYING.finditer(clause):
        start = found.end()
    if not clause[start:].strip("\"“‘'` "):
        return clause.strip("\"“‘'` ") if start and len(clause.split()) > 1 else before.strip("\"“‘'` ")[-40:]
    return clause[start:].strip("\"“‘'` ")


def _says_so(head: _Head, subject: str, said: _Said) -> bool:
    """Tell whether a head is said of what is to come, and not asked, supposed, hoped or past."""
    before, after = head.before, head.after
    clause = re.split(
        r"[,;:]\s+(?:and|but|so)?|--|\b(?:and|but) (?=(?:he|she|it|they|we|i|that|the)\b)", before
    )[-1]
    if patterns.UNSAID.search(clause) and not patterns.THAT_CLAUSE.search(before):
        return False
    if (
        patterns.RELATIVE.search(before)
        and not patterns.THAT_CLAUSE.search(before + "x")
        and len(before.split()) > 1
    ):
        return False
    if head.kind == "will":
        noun = patterns.NOUN_WILL.search(before[-16:]) and not re.match(
            r" (?:not|be|have|also|never)\b", after
        )
        return bool(head.verb) and not noun and not patterns.OFTEN.search(after[:40])
    if head.kind == "would":
        return _would(head, subject, said)
    return _stands(head, said)


def _stands(head: _Head, said: _Said) -> bool:
    """Tell whether "is to", "due", "likely", "plans", "promised" and their like look ahead from now."""
    before, after = head.before, head.after
    be = re.search(rf"\b{patterns.BE}(?: \w+){{0,2}} ?$", before)
    was = bool(re.search(r"\b(?:was|were|had been)(?: \w+){0,2} ?$", before)) or (
        head.kind == "isto" and head.after[:0] != ""
    )
    if head.negated and head.kind in ("plan", "isto"):
        return False
    if head.kind == "foresee":
        return bool(re.match(r" (?:that |the |it |this |a |an |to |more |[A-Z])", after)) and not re.search(
            r"\b(?:had|as|than|not|n['’]t|never|was|were)\s*$", before
        )
    if head.kind != "isto" and patterns.NO_VERB.match(after.lstrip()):
        return False
    if head.kind == "isto":
        return not patterns.GOAL.search(before[-80:])
    if head.kind in ("due", "odds"):
        stands = be or re.search(
            r"\b(?:seems?|looks?|appears?|remains?|more|most|very|still|already)(?: \w+)? ?$", before
        )
        return bool(stands or not before.strip()) and not (was and (head.quoted or not said.told))
    if re.search(
        r"\b(?:had|once|previously|not|n['’]t|never|was|were|no|by|of|without|against|for|those)(?: \w+)? ?$",
        before,
        re.I,
    ):
        return bool(re.search(r"\b(?:was|were)\b", before[-12:])) and head.kind == "plan" and said.told
    if head.kind == "plan":
        noun = re.search(r"\b(?:the|an?|its|his|her|their|our|my|any|such|['’]s)(?: \w+)? ?$", before)
        if noun:
            return bool(
                re.search(
                    r"\b(?:ha(?:s|ve)|announc\w+|unveil\w+|outlin\w+|confirm\w+)(?: \w+){0,3} ?$", before
                )
            )
    return True


def _would(head: _Head, subject: str, said: _Said) -> bool:
    """Tell whether "would" is "will" as somebody else reports it, and not a case only supposed."""
    before, after = head.before, head.after
    if head.quoted or not said.told or not head.verb:
        return False
    if patterns.WOULD_NOT.match(after) or patterns.OFTEN.search(after[:40]) or patterns.FIRST.search(subject):
        return False
    harm = bool(base_of(head.verb, HARM)) or bool(patterns.PUNISHED.match(after))
    if patterns.UNREAL.search(before) or re.search(r"\b(?:if|unless)\b", after, re.IGNORECASE):
        return harm or _own(subject, head, said)
    participle = head.passive and bool(base_of(head.verb, EVENTS))
    if patterns.SUPPOSED.match(subject):
        return participle or said.dated
    if re.match(r"it$", subject, re.IGNORECASE):
        return (
            participle
            or said.dated
            or (said.kind in _BODIES and head.verb not in HAPPENING and not head.passive)
        )
    return True


def _own(subject: str, head: _Head, said: _Said) -> bool:
    """Tell whether the speaker, or those he speaks for, do what the head says."""
    if patterns.FIRST.search(subject):
        return True
    pronoun = patterns.PRONOUN.match(subject)
    if head.quoted and pronoun:
        return False
    if pronoun:
        word = pronoun[1].lower()
        if word in ("he", "she", "his", "her"):
            return said.kind not in _BODIES
        if word in ("it", "its"):
            return said.kind in _BODIES and head.verb not in HAPPENING
        return (
            said.kind in (*_BODIES, "unnamed")
            or said.source.lower().endswith("s")
            or said.source.lower() == "they"
        )
    words = {word[:5].lower() for word in re.findall(r"[A-Z][a-zA-Z]{2,}", subject)}
    names = (
        said.name
        if said.kind == "person" and not said.official
        else f"{said.source} {said.name} {said.office}"
    )
    if words:
        return bool(words & {word[:5].lower() for word in re.findall(r"[A-Z][a-zA-Z]{2,}", names)})
    return said.official and bool(patterns.OWN.match(subject))


def _deadline(said: _Said, content: str) -> bool:
    """Tell whether somebody is given a limit by which to act."""
    both = f"{said.cue} {content}"
    if patterns.NO_LIMIT.search(both) or patterns.ONCE.search(said.cue):
        return False
    if patterns.GIVEN_TIME.search(both):
        return True
    if not said.dated or not patterns.BY.search(content):
        return False
    return "demand" in said.ahead or bool(patterns.MUST_BY.search(content))
