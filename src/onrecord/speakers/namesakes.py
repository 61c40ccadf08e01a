"""Whether two names of persons may be one person's.

First names that differ are two persons, and so are a father and a son whose suffix tells them apart. Where
the difference may be one of transliteration, spellings that sound alike are one name; a name at home in Latin
letters ("Clark", "Clarke") is spelled one way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from . import eastasian_names as eastasian
from . import lexicon as lex
from .personal_names import PARTICLES, Personal, forenames, is_common, is_patronymic
from .spelling import NEAR, Word, distance, fold, skeletons, word_of

#: How a vowel with a mark is written where the mark is not to be had.
_MARKED: Final = re.compile("([aou])e|(?<=a)a")
_EXACT: Final = 1.0
#: Of so few consonants a script without vowels tells little, and the rest must agree all the more.
_FEW: Final = 3
_CLOSE: Final = 0.03
_UMLAUT: Final = 0.98
_SPELLED: Final = 0.965
_SHORT: Final = 0.96
_WEAK: Final = 0.8
_FAINT: Final = 0.75
_FAR: Final = 0.105
_INITIAL: Final = 0.72

MIDDLE_WORD: Final = 0.975
MIDDLE_INITIAL: Final = 0.85


@dataclass(frozen=True, slots=True)
class _Pair:
    """What both names together say of how spellings are to be taken."""

    carried: bool
    arabic: bool

    def surname(self, one: Word, other: Word) -> float:
        return self._alike(one, other, self.arabic)

    def first(self, one: Word, other: Word) -> float:
        if one.text == other.text:
            return _EXACT
        short, long = sorted((one.text, other.text), key=len)
        if len(short) == 1:
            return _INITIAL if long[0] == short and len(long) > 1 else 0.0
        names = forenames().groups
        mine, yours = names.get(one.text), names.get(other.text)
        if mine and yours and mine & yours:
            # Greek cousins bear one grandfather's name, and its short forms tell them apart.
            return _WEAK if _greek(one) or _greek(other) else _SHORT
        given = lex.given_names()
        if given.get(one.text, "x") != given.get(other.text, "x") and {one.text, other.text} <= given.keys():
            return 0.0
        if mine and yours and (one.abjad or other.abjad or not (one.foreign or other.foreign)):
            return 0.0 if distance(one, other, most=0.0) else _SPELLED
        return self._alike(one, other, arabic=False)

    def _alike(self, one: Word, other: Word, arabic: bool) -> float:
        if one.text == other.text:
            return _EXACT
        if len(one.text) == 1 or len(other.text) == 1:
            return 0.0
        if _MARKED.sub(r"\1", one.text) == _MARKED.sub(r"\1", other.text):
            return _UMLAUT
        if one.text.replace("oe", "u") == other.text.replace("oe", "u"):
            # Dutch spelling: Soeharto.
            return _SPELLED
        mine = skeletons(one.sounds)
        if not any(form in mine for form in skeletons(other.sounds)):
            return 0.0
        far = distance(one, other, arabic=arabic, most=_FAR)
        few = one.abjad != other.abjad and len(mine[0]) < _FEW
        if far <= (_CLOSE if few else NEAR):
            return _SPELLED if self.carried else _WEAK
        return _FAINT if far <= _FAR and min(len(one.sounds), len(other.sounds)) > 3 else 0.0


def _unusual(one: Personal, other: Personal) -> bool:
    """Tell whether both have one first name that is none of those at home in Latin letters."""
    first = one.words[0]
    known = first.text in lex.given_names() or first.text in forenames().origin
    return first.text == other.words[0].text and len(first.text) > 3 and not known


def _greek(word: Word) -> bool:
    return forenames().origin.get(word.text) == "gr" and not word.foreign


def compare(one: Personal, other: Personal) -> tuple[float, str]:
    """Return how surely two names are one person's as far as letters tell (0 to 1), and why."""
    if not one.words or not other.words:
        return 0.0, "a name without letters"
    if one.eastern and other.eastern:
        return _eastern(one, other)
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return 0.1, "another generation"
    if one.letters == other.letters:
        score, why = (1.0 if len(one.words) == len(other.words) else 0.97), "the same letters"
    else:
        pair = _Pair(one.carried or other.carried or _unusual(one, other), one.arabic or other.arabic)
        if len(one.words) != len(other.words) and pair.carried:
            one, other = (one.joined, other) if one.double > 1 else (one, other.joined)
        short, long = sorted((one, other), key=lambda name: len(name.words))
        score, why = _single(pair, short, long) if len(short.words) == 1 else _several(pair, short, long)
    if one.suffix != other.suffix and score > 0.7:
        return 0.7, f"{why}; only one tells the generation"
    return score, why


def _eastern(one: Personal, other: Personal) -> tuple[float, str]:
    assert one.eastern is not None
    assert other.eastern is not None
    if one.script and other.script and one.script != other.script:
        if len(one.script) == len(other.script) and all(map(_one_sign, one.script, other.script)):
            return 0.95, "the same signs, simplified and traditional"
        alike = eastasian.same(one.eastern, other.eastern)
        return (0.8, "signs of one sound") if alike else (0.1, "other signs")
    if eastasian.same(one.eastern, other.eastern):
        exact = one.eastern == other.eastern
        if (
            not exact
            and len(one.eastern.given) == len(other.eastern.given) == 1
            and one.eastern.given != other.eastern.given
        ):
            return 0.8, "one syllable, in two romanisations"
        return (1.0 if exact else 0.95), "the same surname and given name" + ("" if exact else ", romanised")
    if eastasian.same_surname(one.eastern, other.eastern):
        return 0.15, "another given name"
    return 0.0, "another surname"


def _one_sign(one: str, other: str) -> bool:
    """Tell whether two signs may be the simplified and the traditional form of one.

    They are read alike, and one is missing from the character set of the mainland, the other from that of
    Taiwan.
    """
    if one == other:
        return True
    return fold(one) == fold(other) and any(
        _in(a, "gb2312") and not _in(a, "big5") and _in(b, "big5") and not _in(b, "gb2312")
        for a, b in ((one, other), (other, one))
    )


def _in(sign: str, encoding: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _single(pair: _Pair, short: Personal, long: Personal) -> tuple[float, str]:
    word = short.words[0]
    if len(long.words) == 1:
        level = pair.surname(word, long.words[0])
        return level * 0.99, "the same word" if level == _EXACT else "a word that sounds alike"
    if long.eastern and pair.surname(word, _word(long.eastern.surname)):
        return 0.68, "the surname alone"
    if level := pair.surname(word, long.words[-1]):
        return 0.72 * max(level, 0.9), "the surname alone"
    if level := pair.first(word, long.words[0]):
        return (0.64 if level >= _SPELLED else 0.6) if level > _INITIAL else 0.2, "the first name alone"
    if any(pair.surname(word, middle) for middle in long.words[1:-1]):
        return 0.62, "one of the names alone"
    return 0.0, "no name in common"


def _word(text: str) -> Word:
    word = word_of(text)
    assert word
    return word


def _several(pair: _Pair, short: Personal, long: Personal) -> tuple[float, str]:
    a, b = short.words, long.words
    if len(a) == 2 and a[0].text in PARTICLES and (level := pair.surname(a[1], b[-1])):
        return 0.72 * max(level, 0.9), "the surname alone"
    last, first = pair.surname(a[-1], b[-1]), pair.first(a[0], b[0])
    found = [_turned(pair, short, long)]
    if last and first:
        middle, why = _middle(pair, a[1:-1], b[1:-1])
        if middle == MIDDLE_WORD and not any(map(is_patronymic, b[1:-1])):
            if long.double > 1 or short.double > 1:
                middle, why = MIDDLE_INITIAL, "part of the surname is missing"
            elif last < _UMLAUT or is_common(a[0]) or is_common(b[0]):
                middle = MIDDLE_INITIAL
        if first == _INITIAL and _spelled_out(short, long):
            first = _SHORT
        found.append((last * first * middle, _because(first, last, why)))
    elif last:
        if len(a) < len(b) and all(pair.surname(x, y) for x, y in zip(a, b[-len(a) :], strict=True)):
            found.append((0.76, "one is the end of the other"))
        starts = a[0].text.startswith(b[0].text) or b[0].text.startswith(a[0].text)
        found.append(
            (0.62, "part of the first name") if starts and _long(a[0], b[0]) else (0.2, "another first name")
        )
    elif first >= _SHORT and len(a) < len(b):
        if all(pair.surname(x, y) for x, y in zip(a[1:], b[1:], strict=False)):
            # A second surname, a grandfather's name, a place: not the longer name of a child.
            exact = [x.text for x in a] == [y.text for y in b[: len(a)]] and not is_common(a[0])
            exact = exact and (len(b) == len(a) + 1 or pair.arabic)
            sure = (exact and (pair.arabic or _complete(a))) or len(a) + short.fathers > 2
            found.append((0.91 if sure else 0.78, "one is the beginning of the other"))
        else:
            found.append((0.3, "another surname"))
    else:
        found.append((0.2 if first else 0.0, "another surname" if first else "no name in common"))
    return max(found)


def _complete(words: tuple[Word, ...]) -> bool:
    """Tell whether a given name and then a surname are seen in a name, not two given names without one."""
    known = forenames().origin.keys() | lex.given_names().keys()
    return words[0].text in known and words[-1].text not in known


def _spelled_out(short: Personal, long: Personal) -> bool:
    """Tell whether one name gives the initials, two at least, of all first names of the other."""
    for one, other in ((short, long), (long, short)):
        firsts, names = one.words[:-1], other.words[:-1]
        if len(firsts) == len(names) > 1 and all(
            len(word.text) == 1 < len(name.text) for word, name in zip(firsts, names, strict=True)
        ):
            return all(name.text[0] == word.text for word, name in zip(firsts, names, strict=True))
    return False


def _long(one: Word, other: Word) -> bool:
    return min(len(one.text), len(other.text)) > 2


def _turned(pair: _Pair, short: Personal, long: Personal) -> tuple[float, str]:
    """Compare as if one were written surname first."""
    a, b = short.words, long.words
    if len(a) != 2 or len(b) != 2:
        return 0.0, ""
    first, last = pair.first(a[0], b[1]), pair.surname(a[1], b[0])
    other_first, other_last = pair.first(a[1], b[0]), pair.surname(a[0], b[1])
    level = max(first * last, other_first * other_last)
    if level < _INITIAL:
        return 0.0, ""
    given = lex.given_names()
    known = all(word.text in given or word.text in forenames().origin for word in a)
    exact = sorted(word.text for word in a) == sorted(word.text for word in b)
    if exact and not known and not pair.arabic and long.double == short.double == 1:
        return MIDDLE_WORD, "surname first"
    return 0.74 * level, "the same words in another order"


def _middle(pair: _Pair, a: tuple[Word, ...], b: tuple[Word, ...]) -> tuple[float, str]:
    """Return the factor for what stands between the first and the last word."""
    short, long = sorted((a, b), key=len)
    if not long:
        return 1.0, ""
    at, level = 0, 1.0
    extra: list[Word] = []
    for word in long:
        match = pair.first(short[at], word) if at < len(short) else 0.0
        if match:
            level *= 0.98 if _FAINT < match < _SPELLED or match == _INITIAL else match
            at += 1
        else:
            extra.append(word)
    initials = all(len(word.text) == 1 for word in (*short, *long))
    if at < len(short) or (short and extra and initials):
        return 0.3, "another middle name"
    if not extra:
        return level, ""
    if any(len(word.text) == 1 for word in extra):
        return level * MIDDLE_INITIAL, "only one has the initial"
    return level * MIDDLE_WORD, "only one has the middle name"


def _because(first: float, last: float, middle: str) -> str:
    if first == _INITIAL:
        why = "the initial and the surname"
    elif first == _SHORT:
        why = "a form of the first name, and the surname"
    elif first == last == _EXACT:
        why = "first name and surname"
    else:
        why = "first name and surname by sound"
    return f"{why}; {middle}" if middle else why
