"""Chinese, Korean and Vietnamese names: surname first, a given name of one or two syllables.

Chinese names meet between pinyin and Wade-Giles, whose spelling without apostrophes stands for several
syllables of pinyin. Korean ones meet between Revised, McCune-Reischauer and the spellings of the press by a
coarse form of each syllable.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from .lexicon import word_set
from .spelling import fold, syllabic, syllables

_INITIALS: Final = word_set("b p m f d t n l g k h j q x zh ch sh r z c s y w")
_FINALS: Final = word_set(
    "a o e ai ei ao ou an en ang eng ong er i ia ie iao iu ian in iang ing iong u ua uo uai ui uan un uang "
    "ue ve v"
)
_PINYIN: Final = frozenset(i + f for i in _INITIALS for f in _FINALS) | word_set(
    "a ai an ang ao e en er o ou"
)

#: Wade-Giles initials, apostrophes gone, and the initials of pinyin that they stand for.
_WADE_INITIALS: Final = {
    "p": "b p", "t": "d t", "k": "g k", "ch": "zh ch j q", "ts": "z c", "tz": "z c", "hs": "x", "j": "r",
    "ss": "s", "sz": "s",
}  # fmt: skip
_WADE_FINALS: Final = {
    "ien": "ian", "ieh": "ie", "ueh": "ue", "uei": "ui", "ung": "ong", "iung": "iong", "erh": "er", "ih": "i",
    "u": "u", "o": "uo", "e": "e",
}  # fmt: skip
_WADE_WHOLE: Final = {
    "yen": "yan", "yeh": "ye", "yu": "you", "ho": "he", "ko": "ge", "jen": "ren", "erh": "er", "tzu": "zi",
    "szu": "si", "yung": "yong", "o": "e",
}  # fmt: skip
_WADE: Final = re.compile("(ch|ts|tz|hs|ss|sz|[ptkjmnflhsyw])?([aeiou][a-z]*)")

_CHINESE: Final = word_set(
    "wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng xie "
    "han tang feng yu dong xiao cheng cao yuan deng fu shen zeng peng lu su jiang cai jia ding wei xue ye "
    "yan pan du dai xia zhong tian ren fan fang shi yao tan liao zou xiong jin hao kong bai cui kang mao qiu "
    "qin gu hou shao meng long wan duan lei qian yin chang qiao lai gong wen xi bo chiang chou chu "
    "hsi hsiao hsu "
    "hsieh hsiung teng tsai tseng tsao chao cheng chin kao kuo lo tsui tung mao wen hua zeng ou sima ouyang "
    "tsang tsou chien chiu pai lien soong sung jen yeh yen"
)
#: Romanisations of one Korean surname a line of words.
_KOREAN: Final = {
    form: forms.split()[0]
    for forms in (
        "lee yi rhee ri i", "kim gim", "park pak bak", "choi choe", "jung jeong chung cheong", "cho jo",
        "kang gang", "yoon yun", "lim im rim", "shin sin", "oh", "seo suh so", "kwon gwon", "hwang", "ahn an",
        "song", "ryu yoo yu ryoo lyu", "roh noh no ro", "moon mun", "baek paek paik", "chun jeon chon jun",
        "goh ko go", "han", "nam", "bae pae", "ha", "woo", "min", "pyo", "ban pan", "hong", "hyun hyon",
        "hur heo huh", "namgung", "sohn son", "shim sim", "won", "kwak gwak", "jang chang", "ji chi",
        "pang bang",
    )
    for form in forms.split()
}  # fmt: skip
_VIETNAMESE: Final = word_set(
    "nguyen tran le pham huynh phan vu vo dang bui do ho ngo duong ly truong dinh trinh"
)
_SURNAMES: Final = _CHINESE | frozenset(_KOREAN) | _VIETNAMESE
_TWO_SIGNS: Final = frozenset({"ouyang", "sima", "zhuge", "shangguan", "situ", "namgung", "hwangbo"})
_SYLLABLE: Final = re.compile(
    "(?:[bcdfghjklmnpqrstvwxyz]|ch|sh|zh|kh|ng|nh|ph|th|tr|hs|ts|tz|ss|sz|kw|gw|hw)?y?[aeiouw]{1,3}"
    "(?:ng|nh|ch|[nmpklbgtchr])?"
)


@dataclass(frozen=True, slots=True)
class EastAsian:
    """A name taken apart: the surname and the syllables of the given name, in plain letters."""

    surname: str
    given: tuple[str, ...]


@lru_cache(maxsize=8192)
def parse(name: str) -> EastAsian | None:
    """Return the parts of a name of this pattern; ``None`` for any other."""
    if syllabic(name):
        read = syllables(name)
        if not 2 <= len(read) <= 4:
            return None
        two = len(read) > 2 and read[0] + read[1] in _TWO_SIGNS
        return EastAsian("".join(read[: 1 + two]), tuple(read[1 + two :])) if len(read) - two <= 3 else None
    words = name.replace(",", " ").replace("’", "").replace("'", "").split()
    parts = [tuple(filter(None, (fold(part) for part in re.split("[-‐‑–]", word)))) for word in words]
    if not 2 <= len(parts) <= 3 or not all(parts):
        return None
    first, last = "".join(parts[0]), "".join(parts[-1])
    if first in _SURNAMES and (given := _given(parts[1:])):
        return EastAsian(first, given)
    if len(parts) == 2 and last in _SURNAMES and first not in _SURNAMES and len(parts[-1]) == 1:
        given = _given(parts[:1])
        return EastAsian(last, given) if len(given) == 2 else None
    return None


def _given(parts: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the syllables of a given name; empty when the words are none."""
    split = [part for word in parts for part in word]
    if len(split) == 1:
        if split[0] in _PINYIN:
            return (split[0],)
        for cut in range(1, len(split[0])):
            if split[0][:cut] in _PINYIN and split[0][cut:] in _PINYIN:
                return (split[0][:cut], split[0][cut:])
        return ()
    return tuple(split) if len(split) == 2 and all(_SYLLABLE.fullmatch(part) for part in split) else ()


def same(one: EastAsian, other: EastAsian) -> bool:
    """Tell whether two names may be romanisations of one."""
    if one.surname == other.surname and "".join(one.given) == "".join(other.given):
        return True
    if _meet([one.surname], [other.surname]) and _meet(one.given, other.given):
        return True
    surname = _korean_surname(one.surname)
    return (
        surname is not None
        and surname == _korean_surname(other.surname)
        and _korean(one.given) == _korean(other.given)
        and len(one.given) == len(other.given) == 2
    )


def same_surname(one: EastAsian, other: EastAsian) -> bool:
    """Tell whether the surnames may be romanisations of one."""
    korean = _korean_surname(one.surname)
    return (
        one.surname == other.surname
        or _meet([one.surname], [other.surname])
        or (korean is not None and korean == _korean_surname(other.surname))
    )


def canonical_surnames(surname: str) -> frozenset[str]:
    """Return the forms under which every romanisation of a surname meets another of them."""
    return frozenset({surname, _korean_surname(surname) or surname, *_readings(surname)})


def canonical_given(given: tuple[str, ...]) -> frozenset[str]:
    """Return coarse forms of a given name: romanisations that :func:`same` takes for one share one."""
    forms = {"".join(given), "".join(_korean(given))}
    if len(given) <= 2:
        ways = [_readings(part) or frozenset({part}) for part in given]
        forms |= {"".join(both) for both in _product(ways)}
    return frozenset(forms)


def _korean_surname(surname: str) -> str | None:
    """Return the form that stands for all; Hangul read sign by sign ends in g where others write k."""
    return _KOREAN.get(surname) or _KOREAN.get(re.sub("(?<=[^n])g$", "k", surname))


def _product(ways: list[frozenset[str]]) -> list[tuple[str, ...]]:
    made: list[tuple[str, ...]] = [()]
    for way in ways:
        made = [(*before, one) for before in made for one in sorted(way)]
    return made[:32]


def _meet(one: tuple[str, ...] | list[str], other: tuple[str, ...] | list[str]) -> bool:
    return len(one) == len(other) and all(
        a == b or _readings(a) & _readings(b) for a, b in zip(one, other, strict=True)
    )


@lru_cache(maxsize=4096)
def _readings(syllable: str) -> frozenset[str]:
    """Return the syllables of pinyin that a syllable of pinyin or Wade-Giles may stand for."""
    found = {syllable} if syllable in _PINYIN else set()
    if syllable.startswith("i") and "y" + syllable in _PINYIN:
        found.add("y" + syllable)
    if whole := _WADE_WHOLE.get(syllable):
        found.add(whole)
    if match := _WADE.fullmatch(syllable):
        initial, final = match[1] or "", _WADE_FINALS.get(match[2], match[2])
        for letters in _WADE_INITIALS.get(initial, initial).split() or [""]:
            finals = {final}
            if match[2] == "o":
                finals = {"uo", "e", "o"}
            if match[2] == "ih":
                finals = {"i"}
            if match[2] == "u" and letters in ("z", "c", "s"):
                finals = {"u", "i"}
            found |= {letters + f for f in finals if letters + f in _PINYIN}
    return frozenset(found)


def _korean(given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_korean_syllable(part) for part in given)


@lru_cache(maxsize=4096)
def _korean_syllable(syllable: str) -> str:
    for pattern, form in (
        ("^ch", "j"),
        ("^k(?!w)", "g"),
        ("^t", "d"),
        ("^p", "b"),
        ("^[lr]", "n"),
        ("^sh", "s"),
        ("yeo|yo|you|yu", "yu"),
        ("yae|ye", "e"),
        ("ae|ay", "e"),
        ("ee|ui|yi", "i"),
        ("eo|eu|oo|ou|woo|o", "u"),
        ("u+", "u"),
        ("[kg]$", "g"),
        ("[pb]$", "b"),
        ("(?<=[aeiou])h$", ""),
    ):
        syllable = re.sub(pattern, form, syllable)
    return syllable
