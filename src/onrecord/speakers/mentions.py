"""Find the names in a text, in one pass, with the titles, offices and appositions that stand beside them.

A name is a run of capitalised words. Its kind is told by closed lists (nouns of bodies, media and states), by
a title before it, or by a given name; what remains and has two words or more is taken for a person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ..article import Span
from . import lexicon as lex
from .apposition import apposition
from .layout import Layout, Word
from .names import fold_word
from .states import states
from .titles import gender_of, held_of, holder_in_body, joins, modifiers, office_before, opener, role_before

_ACRONYM: Final = re.compile(r"\s*\(\s*[\"“‘']?([A-Z][A-Za-z.&-]{1,9})[\"”’']?\s*\)")
_MEDIA_BEFORE: Final = lex.word_set(
    "newspaper daily weekly magazine broadcaster tabloid site channel station"
)
_MEDIUM_AFTER: Final = re.compile(
    r" (?:newspaper|daily|news agency|tabloid|magazine|broadcaster|news site)\b(?!['’-]| [A-Z])"
)
#: The house in Downing Street, where it acts ("Number 10 declined"), and no player of a team.
_TEN: Final = re.compile(
    r" 10(?=['’]s\b|\s+(?:said|says|declined|denied|insist|refus|confirmed|would|has|had|is|was|want|warned))"
)
_STYLES: Final = frozenset({"Right", "Very", "Most"})
#: First words of the names of papers.
_EDITIONS: Final = frozenset({"daily", "evening", "radio", "television"})
#: Media whose editions and programmes bear their names before their own ("CNN Türk").
_CHANNELS: Final = lex.phrase_set(
    "bbc|cnn|abc|nbc|cbs|msnbc|npr|pbs|fox|al jazeera|al arabiya|sky|itv|reuters|afp|bloomberg|rt"
)
#: What stands with a number or alone for a document ("Resolution 40").
_NUMBERED: Final = lex.word_set(
    "resolution article section chapter annex clause amendment directive protocol act"
)


@dataclass(slots=True)
class Mention:
    """One name in the text.

    Attributes:
        start, end: the name without titles.
        words: its words.
        kind: person, organisation, media, state, place, or ``name`` (one word that may be any of them).
        left: where the titles and modifiers before the name begin.
        offices: the spans of the offices that stand before and behind the name.
        role: the span of a title before the name that is no office ("opposition activist").
        acronym: the short form introduced in brackets.
        gender: ``m``, ``f`` or ``None``, from a title or a noun beside the name.
        titled: whether a title or role stands directly before the name.
        possessive: whether 's follows.
        state: the state for which a name of kind state stands.
    """

    start: int
    end: int
    words: tuple[str, ...]
    kind: str
    left: int
    offices: tuple[Span, ...] = ()
    role: Span | None = None
    acronym: str | None = None
    gender: str | None = None
    titled: bool = False
    possessive: bool = False
    state: str | None = None


def find_mentions(layout: Layout) -> list[Mention]:
    """Return the names of the text in order."""
    found: list[Mention] = []
    index, count = 0, len(layout.words)
    while index < count:
        word = layout.words[index]
        if not word.name or layout.line(word.start) in layout.title_lines:
            index += 1
            continue
        last = _run_end(layout, index)
        found.extend(_classify(layout, index, last))
        index = last + 1
    return found


def _run_end(layout: Layout, first: int) -> int:
    """Return the index of the last word of the run of name words that begins at ``first``."""
    words, last = layout.words, first
    body = words[first].lower in lex.ORGANISATION_HEADS | lex.CALLINGS
    linked = False
    while last + 1 < len(words):
        gap, following = layout.gap(last), words[last + 1]
        if words[last].possessive:
            ahead = words[last + 1 : last + 4] if words[last].lower in lex.MANY_OF_BODIES else [following]
            if not any(_owned_body(words[last], word, gap) for word in ahead):
                break
            last, body = last + 1, True
        elif not joins(words[last], gap):
            break
        elif following.name and not _article(layout, last + 1):
            last += 1
            body = body or words[last].lower in lex.ORGANISATION_HEADS
        else:
            skip = _link(layout, last, body, linked)
            if not skip:
                break
            linked = linked or body
            last += skip
    return last


def _article(layout: Layout, index: int) -> bool:
    """Tell whether a word is the article that opens a sentence with no mark before it ("00.05 BST A man")."""
    following = layout.words[index + 1] if index + 1 < len(layout.words) else None
    return (
        layout.words[index].text in ("A", "An", "The")
        and following is not None
        and not following.name
        and layout.gap(index) == " "
    )


def _owned_body(word: Word, following: Word, gap: str) -> bool:
    """Tell whether a possessive is a part of a body's name ("Bishops' Conference", "Sheriff's Office")."""
    if not following.name or following.lower not in lex.ORGANISATION_HEADS or "\n" in gap:
        return False
    return word.lower in lex.TITLES | lex.MANY_OF_BODIES or (
        word.lower[:-1] in lex.TITLES and gap in ("' ", "’ ")
    )


def _link(layout: Layout, last: int, body: bool, linked: bool) -> int:
    """Return how many words on the run goes over small words ("bin", "of the"); 0 when it ends here."""
    words = layout.words
    small = []
    for index in range(last + 1, min(last + 4, len(words))):
        if words[index].name:
            break
        small.append(words[index].lower)
        if index + 1 < len(words) and layout.gap(index) != " ":
            return 0
    step = len(small)
    if not small or last + step + 1 >= len(words) or not words[last + step + 1].name:
        return 0
    if all(word in lex.NAME_PARTICLES for word in small):
        return step + 1
    joined = " ".join(small)
    if words[last].lower in lex.OF_OFFICES and joined in ("of", "of the"):
        return step + 1 if words[last + step + 1].lower in lex.OF_OFFICE_ENDS else 0
    if words[last].lower in lex.FOR_OFFICES and joined in ("for", "on"):
        return step + 1 if words[last + step + 1].lower in lex.FOR_OFFICE_ENDS else 0
    if body and joined in ("of", "for", "on", "of the", "for the", "on the"):
        return step + 1
    return step + 1 if linked and joined == "and" and words[last + 2].lower not in lex.OPENERS else 0


def _classify(layout: Layout, first: int, last: int) -> list[Mention]:
    """Take titles off a run of name words and say what is left."""
    words = layout.words
    if first == last and words[first].text in ("Number", "No") and _TEN.match(layout.text, words[first].end):
        start, end = words[first].start, words[first].end + len(" 10")
        return [Mention(start, end, (words[first].text, "10"), "state", start, state="United Kingdom")]
    after_title = first > 0 and words[first - 1].lower in lex.TITLES and layout.gap(first - 1) == " "
    while first < last and opener(words[first]):
        if after_title or words[first].lower in lex.given_names():
            break
        first += 1
    if first < last and words[first].text in _STYLES and words[first + 1].lower in lex.HONORIFICS:
        first += 1
    if first < last and _leads_in(layout, first, last):
        first += 1
    while last > first + 1 and words[last].text in lex.POSTNOMINALS and layout.gap(last - 1) == " ":
        last -= 1
    held = held_of(words, first, last)
    if held:
        return [_of_place_holder(layout, first, held, last)]
    if first == last and (opener(words[first]) or _opens_sentence(layout, first)):
        return []
    if first == last and (_common_head(layout, first) or words[first].lower in _NUMBERED):
        return []
    role = role_before(layout, first, last)
    cut = 0 if role else holder_in_body(layout, first, last)
    if cut:
        if office_before(words, first):
            return [_of_place_holder(layout, first, cut, last)]
        return [*_classify(layout, first, cut - 1), *_classify(layout, cut, last)]
    name = first + 1 if role else _after_titles(words, first, last)
    if name > last:
        return []
    kind, state, name = _kind(layout, name, last, titled=name > first)
    left, title, gender, titled = modifiers(layout, first, name)
    if role:
        left, title, titled = words[first].start, role, True
    office = title if title and _names_office(layout, title) else None
    nameable = kind in ("name", "person", "place", "organisation") and not titled
    if nameable and _beside_medium(layout, name, last):
        kind, state = "media", None
    if titled and kind in ("name", "place"):
        kind, state = "person", None
    if kind in ("name", "person") and not titled and _of_place(layout, name, last):
        kind = "place"
    mention = Mention(
        start=words[name].start,
        end=words[last].end
        + (words[last].lower in ("jr", "sr") and layout.text[words[last].end :][:1] == "."),
        words=tuple(word.text for word in words[name : last + 1]),
        kind=kind,
        left=left,
        offices=(office,) if office and kind == "person" else (),
        role=title if title and not office else None,
        gender=gender,
        titled=titled,
        possessive=words[last].possessive,
        state=state,
    )
    acronym = _ACRONYM.match(layout.text, mention.end)
    if acronym and acronym.group(1).isupper() and kind != "person":
        mention.acronym = acronym.group(1)
    elif acronym and _initials(mention.words) == acronym.group(1).replace(".", "").upper():
        mention.kind, mention.acronym = "organisation", acronym.group(1)
    if mention.kind in ("person", "name"):
        apposed = apposition(layout, mention)
        mention.offices += (apposed,) if apposed else ()
        mention.gender = mention.gender or gender_of(layout.text[slice(*apposed)] if apposed else "")
    if mention.gender == "m" and lex.given_names().get(fold_word(mention.words[0])) == "f":
        # A woman may be chairman or spokesman.
        mention.gender = "f" if mention.offices else "m"
    return [mention]


def _names_office(layout: Layout, title: Span) -> bool:
    return any(word.lower in lex.OFFICES for word in layout.words_in(*title))


def _of_place_holder(layout: Layout, first: int, name: int, last: int) -> Mention:
    words = layout.words
    link = first - 1 - (words[first - 1].lower == "the")
    left, _, gender, _ = modifiers(layout, link, link)
    office = (left, words[name - 1].end)
    while name < last and words[name].lower in lex.MILITARY | lex.HONORIFICS:
        name += 1
    return Mention(
        start=words[name].start,
        end=words[last].end,
        words=tuple(word.text for word in words[name : last + 1]),
        kind="person",
        left=left,
        offices=(office,),
        gender=gender,
        titled=True,
        possessive=words[last].possessive,
    )


def _of_place(layout: Layout, name: int, last: int) -> bool:
    """Tell whether "the town of" stands before the name, or "in another town," before a single word."""
    words = layout.words
    if name > 1 and words[name - 1].lower == "of" and words[name - 2].lower in lex.PLACE_NOUNS:
        return True
    closed = layout.text[words[last].end : words[last].end + 1] in (",", ".", ";", "\n", "")
    apposed = 0 < name == last and layout.gap(name - 1) == ", " and closed
    return apposed and words[name - 1].text in lex.PLACE_NOUNS - {"state"}


def _beside_medium(layout: Layout, name: int, last: int) -> bool:
    """Tell whether a noun for a medium stands before the name or behind it ("the daily Northern Post")."""
    one = name > 0 and layout.words[name - 1].lower in ("a", "an")
    if not one and _MEDIUM_AFTER.match(layout.text, layout.words[last].end):
        # "A Port Harran newspaper" is one of that place.
        return True
    before = layout.words[name - 1] if name and layout.gap(name - 1) == " " else None
    if before and before.text == "agency" and name > 1 and layout.words[name - 2].text == "news":
        return True
    return bool(before and before.text in _MEDIA_BEFORE and not before.possessive)


def _leads_in(layout: Layout, first: int, last: int) -> bool:
    """Tell whether a run opens with an ordinary word that begins its sentence ("Continued Smith")."""
    word = layout.words[first]
    if layout.sentence(word.start) == layout.sentence(max(0, word.start - 2)) and word.start > 1:
        return False
    if word.lower in lex.given_names() or word.lower in lex.TITLES or word.lower in layout.inner_names:
        return False
    if word.lower in states().demonyms or word.lower in lex.PARTIES or word.lower in lex.OFFICE_MODIFIERS:
        return False
    if any(
        other.lower in lex.ORGANISATION_HEADS | lex.MEDIA_HEADS for other in layout.words[first : last + 1]
    ):
        return False
    following = layout.words[first + 1].lower
    if word.lower.endswith("ing") and following in lex.given_names():
        return True
    return word.lower in layout.lowers or (word.lower.endswith("ed") and len(word.text) > 5)


def _opens_sentence(layout: Layout, index: int) -> bool:
    """Tell whether a single word has its capital from its place at the beginning of a sentence."""
    word = layout.words[index]
    if (
        word.lower.endswith("ing")
        and layout.text[word.end : word.end + 2] == ", "
        and word.start in layout.sentence_starts
        and word.lower not in layout.inner_names
    ):
        # "Prosecuting, Jane Roe told the court ..."
        return True
    if (word.text.isupper() and len(word.text) > 1) or word.lower in lex.MEDIA_NAMES & lex.SURE_MEDIA:
        return False
    before = layout.text[max(0, word.start - 3) : word.start].rstrip(" \"“‘'(")
    if before and before[-1] not in ".!?:\n" and "\n" not in layout.text[max(0, word.start - 2) : word.start]:
        return word.lower in lex.GROUP_NOUNS
    if word.lower in lex.GROUP_NOUNS or word.lower in lex.BODY_NOUNS or word.lower in lex.DOCUMENTS:
        return word.lower not in lex.PARTIES
    if word.lower in layout.lowers and word.lower not in layout.inner_names:
        return True
    if word.lower.endswith(lex.PEOPLE_ENDINGS) and word.lower not in layout.inner_names:
        return True
    following = layout.words[index + 1].lower if index + 1 < len(layout.words) else ""
    return (
        layout.text[word.end : word.end + 1] == " "
        and following in lex.DETERMINERS | {"to", "for", "of", "in", "on", "with", "at", "from"}
        and word.lower not in layout.inner_names
    )


def _common_head(layout: Layout, index: int) -> bool:
    """Tell whether a capitalised word is the noun of a phrase: "state TV", "Heads of State"."""
    word, before = layout.words[index], layout.words[index - 1] if index else None
    if word.lower in ("tv", "radio"):
        return before is not None and not before.name and layout.gap(index - 1) == " "
    if word.lower == "heads":
        return layout.text[word.end : word.end + 4] == " of "
    return word.lower in lex.STATE_NOUNS and before is not None and before.lower == "the"


def _after_titles(words: list[Word], first: int, last: int) -> int:
    """Return the index of the first word of the run after its titles."""
    after = first
    for index in range(first, last + 1):
        lower = words[index].lower
        if lower in lex.TITLES and not (index > first and words[index - 1].lower in lex.given_names()):
            after = index + 1
            if index + 2 <= last and (
                (lower in lex.OF_OFFICES and words[index + 1].lower == "of")
                or (lower in lex.FOR_OFFICES and words[index + 1].lower in ("for", "on"))
            ):
                end = index + 2
                while end <= last and words[end].lower in (
                    lex.OF_OFFICE_ENDS | lex.FOR_OFFICE_ENDS | {"the", "and"}
                ):
                    end += 1
                after = end
    rest = words[after : last + 1]
    if rest and any(word.lower in lex.ORGANISATION_HEADS for word in rest) and after > first:
        # "General Assembly", "President's Office": the title belongs to the name of a body.
        return first
    return after


def _kind(layout: Layout, name: int, last: int, titled: bool) -> tuple[str, str | None, int]:
    """Return kind, state and first word of a name whose titles are off."""
    words = layout.words
    table = states()
    lowers = [word.lower for word in words[name : last + 1]]
    joined = " ".join(layout.text[words[name].start : words[last].end].casefold().replace("’", "'").split())
    state = table.of(joined)
    if state and not titled:
        return "state", state, name
    if lowers[-1].endswith("s") and (
        lowers[-1] in lex.PARTIES
        or lowers[-1] in table.demonyms
        or (len(lowers) > 1 and lowers[-1][:-1] in lex.TITLES and words[last].text[:-1].isupper())
    ):
        return "demonym", table.demonyms.get(joined), name
    paper = lowers[-1] in lex.MEDIA_HEADS or lowers[0] in _EDITIONS
    if joined in lex.MEDIA_NAMES or (paper and len(lowers) > 1):
        return "media", None, name
    if len(lowers) > 1 and not titled and (lowers[0] in _CHANNELS or " ".join(lowers[:2]) in _CHANNELS):
        return "media", None, name
    if len(lowers) > 1 and lowers[-1] in ("agency", "service") and lowers[-2] in ("news", "press"):
        return "media", None, name
    if joined in lex.BODIES or (any(word in lex.ORGANISATION_HEADS for word in lowers) and len(lowers) > 1):
        return "organisation", None, name
    if lowers[0] in lex.CALLINGS and len(lowers) > 1 and {"for", "without"} & set(joined.split()):
        return "organisation", None, name
    if any(layout.gap(at) == " & " for at in range(name, last)):
        return "organisation", None, name
    if len(lowers) > 1 and lowers[-1] in lex.FIRM_ENDINGS:
        return "organisation", None, name
    if joined in lex.PLACES:
        return "place", None, name
    if joined in table.demonyms or lowers == ["republicans"] or joined in lex.PARTIES:
        return "demonym", table.demonyms.get(joined), name
    if len(lowers) == 1:
        return _single_kind(words[name], titled), None, name
    if all(word in table.demonyms or word in lex.PARTIES or word in lex.OFFICE_MODIFIERS for word in lowers):
        return "demonym", None, name
    first = name
    while name < last and (words[name].lower in table.demonyms or words[name].lower in lex.PARTIES):
        name += 1
    if name == last:
        return "name", None, name
    if words[name].lower in lex.given_names() or titled:
        return "person", None, name
    if name > first:
        return "organisation", None, first
    if any(
        word.text.isupper() and len(word.text) > 3 and "." not in word.text for word in words[name : last + 1]
    ):
        return "organisation", None, name
    before = words[name - 1].lower if name and layout.gap(name - 1) == " " else ""
    if before == "the":
        # A person's name bears no article: "the Great River".
        return "organisation", None, name
    return ("place" if before in ("in", "near", "at", "from", "outside") else "person"), None, name


def _single_kind(word: Word, titled: bool) -> str:
    if titled:
        return "person"
    if word.lower in ("tv", "radio"):
        return "media"
    if (word.text.isupper() and len(word.text.replace(".", "")) > 1) or word.lower in lex.BODY_NOUNS:
        return "organisation"
    return "name"


def _initials(words: tuple[str, ...]) -> str:
    return "".join(word[0] for word in words if word[0].isupper())
