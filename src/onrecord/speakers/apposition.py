"""Offices beside a name: in apposition after or before it, or in a clause on what somebody leads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..article import Span
from . import lexicon as lex
from .layout import Layout

if TYPE_CHECKING:
    from .mentions import Mention

#: A full stop that ends no abbreviation or initial.
_STOP: Final = (
    r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\bSen)(?<!\bGov)(?<!\bRep)(?<!\bGen)(?<!\bPres)\."
)
_APPOSITION: Final = re.compile(
    r",(?:\s*\d{1,3}\s*,)?\s+(?P<text>(?:(?!" + _STOP + r")[^,;:\n\"“”()—–]){3,110}?)"
    r"(?=\s*(?:,|;|"
    + _STOP
    + r"(?:\s|$)|\n|$|\"|“|—|–|\(|\b(?:said|says|told|tells|asked|added|who|warned|insisted|"
    r"wrote|also|stated|noted|explained|argued|announced|acknowledged|joked|declared|tweeted|claimed|replied|"
    r"responded|agreed|predicted|concluded|confirmed|admitted|called|urged|suggested|complained|denied|vowed|"
    r"did|has|had|is|was|will)\b))"
)
_BEFORE: Final = re.compile(
    r"(?:^|[\s\"“(])(?P<text>(?:(?:the|a|an|his|her|its|their|one)\s|[^\W\d_][\w.]*['’]s?\s)(?:[^,;:.\"“”()\n]|(?<=\b[A-Z])\.){3,90}),\s+$",
    re.IGNORECASE,
)
#: The style of the clergy and the high between an office and a name.
_STYLED: Final = re.compile(r"(?:\bthe )?(?:\b(?:Right|Very|Most) )?$")
#: A determiner, with the word before it.
_DETERMINED: Final = re.compile(r"([^\W\d_][\w’'-]*)\s(?=(?:the|an?|his|her|its|their)\s)", re.IGNORECASE)
#: An office that opens a sentence without an article ("Director General of the Harbour, X").
_OPENS: Final = re.compile(
    r"(?P<text>(?!The\b|An?\b|His\b|Her\b|Its\b|Their\b|One\b)[A-Z][\w-]+(?: [\w-]+){0,3} (?:of|for|at)"
    r" [^,;:.\"“”()\n]{3,70}),\s+$"
)
#: Clauses that tell what somebody leads ("who heads the relief agency").
_LEADS: Final = re.compile(
    r",?\s+who\s+(?P<text>(?:heads|leads|chairs|runs|commands|directs|represents)\s[^,;:.\n\"“”()—–]{3,70}?)"
    r"(?=\s*(?:,|;|\.|\n|$|\"|“|—|–|\(|\b(?:said|says|told|and|in|who)\b))"
)
_ARTICLE: Final = re.compile(
    r"(?:the|an?|his|her|its|their|one of the|one of|now|currently|also)\s+", re.IGNORECASE
)
#: How somebody came to an office: "appointed chief justice by the president in 1990".
_MADE: Final = re.compile(
    r"(?:newly )?(?:appointed|named|elected|nominated|re-elected) (?:as )?(?:the |an? )?"
    r"(?P<text>(?:(?! (?:by|in|on|after|last|this)\b).)+)"
)
_TRAILING: Final = re.compile(r"(?:\s+(?:and|or|in|of|for|at|by|to|with|from|on))+$")
#: Who is of somebody's family is another person; a clause with "that" tells what somebody did.
_OTHERS: Final = lex.word_set("wife husband son sons daughter daughters brother sister mother father that")
_COPULAS: Final = lex.word_set("is are was were")
_VERBS: Final = lex.word_set("is was are were has had have said says told will would should could can but")


def apposition(layout: Layout, mention: Mention) -> Span | None:
    """Return the office in an apposition after the name ("X, head of Y,") or before it ("the envoy, X")."""
    text = layout.text
    # The end of the longest apposition with its age bounds the search.
    after = _APPOSITION.match(text, mention.end, min(len(text), mention.end + 130))
    if after and not mention.possessive:
        span = _office_in(text, *after.span("text"))
        if span:
            return span
    leads = _LEADS.match(text, mention.end, min(len(text), mention.end + 110))
    if leads and not mention.possessive:
        return leads.span("text")
    styled = _STYLED.search(text, max(0, mention.left - 12), mention.left)
    left = styled.start() if styled else mention.left
    if text[max(0, left - 2) : left] != ", ":
        return None
    begin, _ = layout.sentence_span(layout.sentence(left))
    if begin >= left - 100 and (opened := _OPENS.match(text, begin, left)):
        return _office_in(text, *opened.span("text"))
    return _before(text, last_phrase(text, max(0, left - 100), left), left)


def _before(text: str, base: int, left: int) -> Span | None:
    """Return the office in the noun phrase that ends before the name, or in one inside it."""
    found = _BEFORE.search(text[base:left])
    while found:
        office = _office_in(text, base + found.start("text"), base + found.end("text"))
        if office:
            return office
        # "An interview with the minister, X": the phrase inside may be his.
        base += found.start("text") + 1
        found = _BEFORE.search(text[base:left])
    return None


def last_phrase(text: str, start: int, end: int) -> int:
    """Return where the noun phrase begins that ends the stretch ("told the court that the clerk").

    A determiner behind a preposition opens a part of a phrase ("head of the union"), any other a phrase.
    """
    at = start
    for found in _DETERMINED.finditer(text, start, end):
        if found[1].lower() not in lex.PREPOSITIONS:
            at = found.end() - 1
    return at


def _office_in(text: str, start: int, end: int) -> Span | None:
    """Return the span of a noun phrase whose head is an office, without its article; else ``None``."""
    article = _ARTICLE.match(text, start, end)
    if article:
        start = article.end()
    made = _MADE.match(text, start, end)
    if made:
        start, end = made.span("text")
    written = text[start:end].split()
    words = [word.lower() for word in written]
    acts = len(words) > 1 and words[0].endswith("ed") and words[0] not in lex.OFFICE_MODIFIERS
    if acts and (words[1] in lex.DETERMINERS or written[1][0].isupper()):
        # ", thanked the major" is no apposition.
        return None
    if _COPULAS & set(words):
        # "The second was his neighbour, Jane Roe," says who she is only behind the verb.
        return None
    for at, word in enumerate(words[:8]):
        bare = word.strip(".,'’")
        if (
            word in lex.given_names()
            and all(one[:1].isupper() for one in written[at : at + 2])
            and words[at + 1 :]
        ):
            # "Ivo Marl, Jane Roe and every major newspaper" are several, and the next of them no office.
            return None
        bare = bare.removesuffix("'s").removesuffix("’s")
        if bare in lex.OFFICES and not word.endswith(("'s", "’s")):
            return start, start + len(_TRAILING.sub("", text[start:end].rstrip()))
        if (
            bare in lex.PREPOSITIONS
            or bare in _VERBS
            or bare in _OTHERS
            or (bare == word and bare.endswith("ing") and bare not in lex.OFFICE_MODIFIERS)
        ):
            return None
    return None
