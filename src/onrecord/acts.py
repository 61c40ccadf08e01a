"""RESOLVE: what kind of speech act a statement is.

The cue decides first, by the lexicon of :mod:`onrecord.cues`: who *denies*, *accuses* or *demands* has
said which act it is. Where the cue only says that somebody spoke, mood and content decide: obligation and
imperative demand, what the speaker will do promises, a foreseen harm warns. The acts are ``say``, ``deny``,
``accuse``, ``demand``, ``warn``, ``promise``, ``predict``, ``praise``, ``reject``, ``admit``, ``stance``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from onrecord.article import Article, Statement
from onrecord.cues import cues_of

_QUOTES: Final = "\"“‘'` "
#: No content is read further, in characters.
_LONGEST: Final = 20_000
_MUST: Final = re.compile(
    r"^(?:that )?(?:(?!\b(?:if|because|why|what|said)\b)[^.;]){0,70}?\b(?:must|should|(?:has|have|had"
    r"|needs?) to|ought to)\b(?! have\b)"
    r"|^(?:we|i) (?:urge|call on|call for|demand|ask|appeal)\b|\bit is (?:time|necessary|essential"
    r"|vital) (?:for|that|to)\b",
    re.IGNORECASE,
)
_IMPERATIVE: Final = re.compile(
    r"^(?:please |do not |don['’]t |let |let['’]s |stop |end |give |leave |go |come |take |make |send "
    r"|release |put |help |get out)",
    re.IGNORECASE,
)
_DENIES: Final = re.compile(
    r"^(?:that )?(?:no,? )?(?:as [^,]{1,40}, )?(?:we|i|he|she|it|they|the government|our \w+"
    r"|[A-Z]\w+)\b[^.]{0,20}?"
    r"(?:\b(?:do|does|did|have|has|had) (?:not|never|no)\b|\b(?:did|have|has|had)n['’]t|\bnever\b"
    r"|\bnothing to do with\b)|^(?:that )?(?:no \w+|nobody|no one|nothing)\b[^.]{0,30}\b(?:was|were|has"
    r"|have|had|wanted)\b"
    r"|\b(?:untrue|baseless|unfounded|fabricated|groundless)\b",
    re.IGNORECASE,
)
_ACCUSES: Final = re.compile(
    r"\b(?:to blame|responsible for|guilty|criminal\w*|lying|liars?|war crimes?|atrocit\w+|provoked by"
    r"|terrorists? (?:are|were|have)"
    r"|massacr\w+|murder\w*|violat(?:ed|es|ing|ion)\w*|betray\w*|hypocri\w+|illegal(?:ly)?|genocide"
    r"|corrupt\w*|deliberately)\b",
    re.IGNORECASE,
)
_ADMITS: Final = re.compile(
    r"\b(?:mistakes? (?:had been|have been|was|were)|(?:i|we) (?:made (?:a |some )?mistakes?|was wrong"
    r"|were wrong|regret|apologi[sz]e)"
    r"|(?:i am|i['’]m|we are|we['’]re) (?:very |so |deeply )?sorry)\b",
    re.IGNORECASE,
)
_REJECTS: Final = re.compile(
    r"\b(?:unacceptable|(?:we|i) (?:reject|refuse)|will (?:not|never) accept"
    r"|would (?:not|never) accept|out of the question)\b",
    re.IGNORECASE,
)
_PRAISES: Final = re.compile(
    r"\b(?:a hero|heroes|heroic|proud of|admire|excellent job|(?:we|i) thank|lovely (?:man|woman))\b",
    re.IGNORECASE,
)
_STANCE: Final = re.compile(r"^(?:we|i) (?:support|oppose|condemn|welcome|back|favou?r)\b", re.IGNORECASE)
_HARM: Final = re.compile(
    r"\b(?:war|conflict|destabili\w+|disaster\w*|catastroph\w+|collapse|chaos|crisis|dire|danger\w*"
    r"|risk\w*|threat|pretext"
    r"|consequences|explode|bloodshed|bloodbath|massacre|harder|worse|suffer|earthquake|violence"
    r"|attacks?|instability|deaths?|die)\b",
    re.IGNORECASE,
)
_MAY: Final = re.compile(r"\b(?:could|might|may|will|would|risks?|risked)\b", re.IGNORECASE)
#: Told or asked to do something, or asked for an answer.
_ASKED: Final = re.compile(
    r"(?i)\b(?:told|tells?|telling|asks?|asked|asking)\b[^|]*\| (?:not )?(?:to (?!the\b|an?\b)"
    r"|whether\b|if\b)"
)
_SILENT: Final = re.compile(r"(?i)\b(?:declin\w+|refus\w+) to (?:say|comment|discuss|identify|confirm)\b")
_COMMITS: Final = re.compile(r"(?i)(?:that )?(?:we|i|he|she|it|they)(?: (?:will|would|shall)\b|['’]ll\b)")
_NEGATED: Final = re.compile(r"\b(?:not|never)\b|n['’]t\b", re.IGNORECASE)
#: What a negated cue of one act says: "did not deny" admits nothing, "did not rule out" says.
_WEAK: Final = ("deny", "reject", "accuse", "admit", "demand", "promise", "predict")
_RULES: Final = (
    ("admit", _ADMITS), ("reject", _REJECTS), ("stance", _STANCE), ("demand", _IMPERATIVE), ("demand", _MUST),
    ("accuse", _ACCUSES), ("deny", _DENIES), ("praise", _PRAISES),
)  # fmt: skip


def with_acts(article: Article, statements: Sequence[Statement]) -> list[Statement]:
    """Return the statements, whose outlook is known, with their acts."""
    return [replace(one, act=act_of(one, article.quote(one.cue))) for one in statements]


def act_of(statement: Statement, cue: str) -> str:
    """Return the act of a statement with a cue of these words; ``say`` where nothing else shows."""
    found = [one for one in cues_of(cue) if one.act != "say" or one.ahead == "hope"]
    if _ASKED.search(f"{cue} | {statement.text[:20].lstrip(_QUOTES)}"):
        return "demand"
    if _SILENT.search(cue):
        return "say"
    reported = next((one.act for one in found), "say")
    if reported in _WEAK and _NEGATED.search(cue):
        reported = "say"
    if reported == "predict" and statement.outlook is None:
        reported = "say"
    if reported != "say":
        return reported
    content = statement.text[:_LONGEST].strip(_QUOTES)
    return _act_of_content(content, statement.outlook)


def _act_of_content(content: str, outlook: str | None) -> str:
    """Return the act that mood and content show behind a cue that tells none."""
    if outlook == "deadline":
        return "demand"
    if outlook == "threat":
        return "warn"
    if outlook == "plan" and _COMMITS.match(content):
        return "promise"
    if outlook == "promise":
        return "reject" if _REJECTS.search(content) else "promise"
    harm = bool(_HARM.search(content)) and bool(_MAY.search(content))
    if outlook == "prediction":
        return "warn" if harm else "predict"
    for act, pattern in _RULES:
        if pattern.search(content):
            return act
    return "warn" if harm and re.search(r"\b(?:could|risk\w*|if)\b", content) else "say"
