"""What an article shows of its names beyond their letters: gender, roles, and which are countries."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from ..article import Span
from . import lexicon as lex
from .apposition import last_phrase
from .layout import Layout
from .names import fold_word

if TYPE_CHECKING:
    from .cast import Cast, Member
    from .mentions import Mention

#: Given names in -a are women's in Europe's languages; these are men's.
_MEN_IN_A: Final = lex.word_set(
    "luca nikita ilya mustafa musa moussa issa isa yahya hamza taha zakaria joshua ezra elisha sasha misha "
    "kolya vanya petya akira kenta krishna rama abdulla abdalla costa nicola andrea battista garcia ata "
    "rida reda raza mirza agha shota giorga zaza levka dima kostya alyosha grisha jonah "
    "jumma jumaa juma jomaa khalifa osama usama hamza mustapha moustafa talha obaida ubaida zakariya yehia "
    "bela geza attila nikola luka sava alaa bahaa diaa ziaa barnaba lula"
)
_SUBJECTS: Final = {"he": "m", "she": "f", "his": "m", "himself": "m", "herself": "f"}

_WORDS: Final = r"[^\W\d_][\w’'-]*(?:\s(?!who\b|which\b|that\b)[\w’'&-]+){0,8}?"
_AFTER: Final = re.compile(
    r"(?:\s\([^()\n]{1,30}\))?,(?:\s*\d{1,3}\s*,)?\s+"
    r"(?P<article>(?:an?|the|his|her|its|their|one of the)\s+|[^\W\d_][\w.]*['’]s?\s+)?"
    rf"(?P<text>{_WORDS})(?=\s*(?:[,;:.—–(\"“]|\n|$|\swho\b|\s(?:said|says|told)\b))"
)
_LINKED: Final = re.compile(
    r"\s+(?:is|was|became|remains|(?:[\w’'-]+\s+){1,3}?as)\s+(?:(?:an?|the|his|her|its|their)\s+)?"
    rf"(?P<text>{_WORDS})(?=\s*(?:[,;:.—–(\"“]|\n|$|\s(?:on|in|at|since|until|from|after|who)\b))"
)
_BEFORE: Final = re.compile(
    r"(?:^|[\s\"“(])(?:(?:the|an?|his|her|its|their|one)\s+|[^\W\d_][\w.]*['’]s?\s+)"
    rf"(?P<text>{_WORDS}),\s+$",
    re.IGNORECASE,
)
_COPULA: Final = re.compile(r".*\b(?:is|are|was|were)\s+(?:(?:the|an?|his|her|its|their)\s+)?", re.DOTALL)
#: What somebody does in court, after a comma, and the role that it is.
_DOING: Final = re.compile(
    r",?\s(?:(?P<prosecutor>prosecuting|for the prosecution)|(?P<lawyer>defending|for the defen[cs]e)|"
    r"(?P<witness>giving evidence|gave evidence|testifying|testified))\b"
)
_LAND_BEFORE: Final = re.compile(
    r"\b(?:delegations?|government|embassy|president|prime minister|minister of state|foreign minister|"
    r"parliament|republic|kingdom|coast|army) of (?:[A-Z]\w+(?:, | and ))?$",
    re.IGNORECASE,
)
_LAND_AFTER: Final = re.compile(
    r"['’]s (?:\w+ ){0,2}(?:ministry|embassy|parliament|navy|admirals|prime minister|ambassador)\b"
)
_PAIR: Final = re.compile(r" and ([A-Z]\w+)")
#: The opening of a clause that says what somebody is or was: "who until Sunday was chief of staff".
_WAS: Final = re.compile(
    r"who\b[^,.;\n]{0,40}?\b(?:is|was|has been|had been|became|serves as|served as)\s+(?:the\s+|an?\s+)?"
)


def man_or_woman(name: str) -> str | None:
    """Return ``f`` for a given name that ends as women's names do, ``None`` for any other."""
    first = fold_word(name)
    return "f" if len(first) > 2 and first.endswith("a") and first not in _MEN_IN_A else None


def gender_votes(cast: Cast, member: Member) -> int:
    """Return how the pronouns near a person's mentions speak: above zero for he, below for she."""
    layout, votes = cast.layout, 0
    for mention in member.mentions:
        if layout.quoted(mention.start):
            continue
        number = layout.sentence(mention.start)
        begin, end = layout.sentence_span(number)
        inside = [m for m in cast.between(begin, end) if m.kind == "person" and cast.of(m) is not member]
        others = [m.start for m in inside if m.start > mention.end]
        for word in layout.words_in(mention.end, min([end, *others])):
            if word.lower in _SUBJECTS and not layout.quoted(word.start):
                votes += 1 if _SUBJECTS[word.lower] == "m" else -1
                break
        if inside or number + 1 >= len(layout.sentence_starts):
            continue
        for word in layout.words_in(*layout.sentence_span(number + 1))[:1]:
            gender = _SUBJECTS.get(word.lower) or ("f" if word.text == "Her" else None)
            if gender and not layout.quoted(word.start):
                votes += 2 if gender == "m" else -2
    return votes


def roles(layout: Layout, mention: Mention) -> list[tuple[Span, str | None]]:
    """Return what the text calls a person beside the name: spans of phrases, or a role told by a doing.

    "X, a retired driver", "the owner, X", "X resigned as farm minister"; with a word instead of the phrase's
    own where somebody is "prosecuting" or "giving evidence".
    """
    text = layout.text
    found: list[tuple[Span, str | None]] = []
    limit = min(len(text), mention.end + 130)
    if not mention.possessive:
        after = _AFTER.match(text, mention.end, limit)
        if after and (after["article"] or _titled(after["text"])):
            clause = _WAS.match(text, *after.span("text"))
            found.append(((clause.end() if clause else after.start("text"), after.end("text")), None))
        linked = _LINKED.match(text, mention.end, limit)
        if linked and _titled(linked["text"]):
            found.append((linked.span("text"), None))
        doing = _DOING.match(text, mention.end, limit)
        if doing and doing.lastgroup:
            found.append((doing.span(doing.lastgroup), doing.lastgroup))
    if text[max(0, mention.left - 2) : mention.left] == ", ":
        begin = max(0, mention.left - 100, text.rfind("\n", 0, mention.left) + 1)
        base = last_phrase(text, begin, mention.left)
        before = _BEFORE.search(text[base : mention.left])
        if before:
            # "The second was his neighbour, X": what he is stands behind the verb.
            clause = _COPULA.match(before["text"])
            start = before.start("text") + (clause.end() if clause else 0)
            found.append(((base + start, base + before.end("text")), None))
    return found


def lands(layout: Layout, names: Iterable[Mention]) -> frozenset[str]:
    """Return the words among one-word names that the article uses as it uses countries.

    Its people are named after it ("Osmiran" beside "Osmira"), or it has delegations, embassies and the like.
    """
    text = layout.text
    written = {word.text for word in layout.words if word.name}
    found = set()
    listed = [mention for mention in names if len(mention.words) == 1]
    for mention in listed:
        name = mention.words[0]
        peoples = {name + "n", name + "ian", name.rstrip("aeiou") + "ian", name.rstrip("aeiou") + "ese"}
        if (
            (name[-1] in "aey" and peoples & written)
            or _LAND_BEFORE.search(text[max(0, mention.start - 50) : mention.start])
            or _LAND_AFTER.match(text, mention.end, mention.end + 50)
        ):
            found.add(name)
    for mention in listed:
        pair = _PAIR.match(text, mention.end, mention.end + 40)
        if pair and (mention.words[0] in found) != (pair[1] in found):
            found.update((mention.words[0], pair[1]))
    return frozenset(found)


def _titled(phrase: str) -> bool:
    """Tell whether the head of a phrase names an office or a role."""
    head = ""
    words = phrase.lower().split()
    acts = len(words) > 1 and words[0].endswith("ed") and words[0] not in lex.OFFICE_MODIFIERS
    if acts and (words[1] in lex.DETERMINERS or phrase.split()[1][0].isupper()):
        # ", thanked the major" tells what somebody did.
        return False
    for word in words:
        if word in lex.PREPOSITIONS:
            break
        head = word
    return head in lex.TITLES
