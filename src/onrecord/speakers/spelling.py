"""How the words of names sound: transliterated, folded, and compared across the ways of spelling them.

A word becomes a string of sounds, one sign each (upper case for those that Latin letters write with several:
``S`` sh, ``C`` tsch, ``H`` written ch, ``X`` kh, ``G`` gh, ``D`` dh, ``T`` th, ``Z`` zh, ``P`` ts, ``U``
written ou or oo, ``E`` ei). Two words are compared by a weighted edit distance (Wagner and Fischer 1974) over
sounds whose weights say how often one transliteration has the one where another has the other. The index
key is the consonants in coarse classes.

Scripts other than Latin go through ``anyascii``; Arabic and Hebrew, which leave short vowels out, and the
scripts of India, which leave out a, are marked so that a missing vowel costs next to nothing there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import Final

from anyascii import anyascii

#: A name is read up to this many code points; a longer one is the same as another only when it is equal.
LONGEST: Final = 160
#: Two words differ by spelling only when their distance for each sound is at most this.
NEAR: Final = 0.065

#: What sums of costs may be off by.
_SLACK: Final = 1e-9
_FEW_VARIANTS: Final = 6
_FEW_CONSONANTS: Final = 2

#: Letters that decomposition leaves as they are, and those whose mark is a sound of its own.
_LATIN: Final = str.maketrans(
    {
        "ß": "ss", "ø": "o", "ł": "l", "đ": "dj", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe",
        "ə": "a", "ħ": "h", "ŧ": "t", "ŋ": "ng", "ʻ": "", "ʼ": "", "ʹ": "", "ʿ": "", "ʾ": "", "‘": "",
        "’": "", "'": "", "`": "", "´": "", "ʽ": "", "ʺ": "",
    }
)  # fmt: skip
_CARON: Final = str.maketrans(
    {"š": "sh", "č": "tch", "ž": "zh", "ć": "tch", "ş": "sh", "ș": "sh", "ğ": "gh", "ż": "zh", "ř": "r"}
)
#: The vowels that Arabic and Hebrew do write, and the letters that anyascii drops or reads otherwise.
_ABJAD: Final = str.maketrans(
    {
        "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ٱ": "a", "ى": "a", "ة": "a", "ؤ": "u", "ئ": "i", "ء": "",
        "ع": "a", "و": "w", "ي": "y", "ی": "y", "ک": "k", "گ": "g", "چ": "tch", "پ": "p", "ژ": "zh", "ڤ": "v",
        "א": "a", "ע": "", "ב": "b", "ו": "w", "י": "y", "כ": "k", "ך": "k", "פ": "p", "ף": "f", "ה": "h",
        "צ": "ts", "ץ": "ts", "ש": "sh",
    }
)  # fmt: skip
_ARABIC_OR_HEBREW: Final = re.compile("[\u0590-\u07ff\u08a0-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_INDIC: Final = re.compile("[\u0900-\u0dff]")
_THE: Final = re.compile(r"^[Tt]he (?=\S)")
_NOT_PLAIN: Final = re.compile("[^a-z0-9]")
_SYLLABIC: Final = re.compile("[\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")

_SOUNDS: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("schtsch|shch|shtch|stsch|chtch|szcz", "SC"),
        ("tsch|tch|tsh|cz", "C"),
        ("dsch|dzh|dj|dzs", "j"),
        ("sch|sh|sz", "S"),
        ("kh", "X"),
        ("gh", "G"),
        ("dh", "D"),
        ("th", "T"),
        ("zh", "Z"),
        ("ch", "H"),
        ("ph", "f"),
        ("ts|tz", "P"),
        ("ck", "k"),
        ("ae", "a"),
        ("oe", "o"),
        ("(?<=[^aeiou])ue", "u"),
        ("^x", "S"),
        ("x", "ks"),
        ("qu(?=[eiy])", "k"),
        ("gu(?=[eiy])", "g"),
        ("vic$", "viC"),
        ("c(?=[eiy])", "s"),
        ("c", "k"),
        ("^i(?=ou)", "y"),
        ("[iy](?=[iyj]*$)[iyj]+$", "i"),
        ("oo|ou", "U"),
        ("ee|ij(?![aeiou])", "i"),
        ("(?:[ae][iy]|[ae]j(?![aeiou]))", "E"),
        ("au(?![aeiou])", "aw"),
        ("y(?![aeiouEU])", "i"),
        (r"(.)\1+", r"\1"),
        ("(?<=[aeiouEU])h$", ""),
    )
)

_VOWELS: Final = frozenset("aeiouEU")
#: What a word may begin with before its first consonant.
_SOFT: Final = _VOWELS | frozenset("hy")


def _weights(table: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for line in table.split(";"):
        weight, *pairs = line.split()
        for pair in pairs:
            found[pair] = found[pair[::-1]] = float(weight)
    return found


#: What it costs when one spelling has the one sound and the other the other; anything else costs 1, and one
#: vowel for another 0.5.
_SWAPS: Final = _weights(
    "0 kq Uu; 0.05 vw uw Uw HC; 0.1 iy wU Dd Tt Gg jy jZ ou oU PC; 0.15 ae ie Ei Ea Ee Xh XH HS Hk;"
    "0.2 vf qg wf yE Pk Pz GX SC Dz kX; 0.25 Ss ao wo Ps; 0.3 gj Gq qX oe Ts jC ij; 0.35 sz Zz Gk td;"
    "0.45 ai gk"
)
#: The Arabic qaf is written with any of these.
_QAF: Final = _weights("0.25 gk; 0.28 gX kX GX qX")
_ABJAD_SWAPS: Final = _weights("0.02 wu wU yi yE; 0.05 wo wv ye bv pf bp; 0.1 ae")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name.

    Attributes:
        text: in lower-case Latin letters without marks.
        sounds: as the head of this module says.
        abjad: written without short vowels.
        foreign: written in another script than Latin.
    """

    text: str
    sounds: str
    abjad: bool = False
    foreign: bool = False


@lru_cache(maxsize=16384)
def clean(name: str) -> str:
    """Return the name without "the" and control signs, blanks made single, at most ``LONGEST`` long."""
    plain = name = name[: 4 * LONGEST]
    if not (name.isascii() and name.isprintable()):
        name = unicodedata.normalize("NFKC", name)
        signs = (
            " " if sign.isspace() or unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign
            for sign in name
            if unicodedata.category(sign) not in ("Cf", "Co", "Cs", "Cn")
        )
        plain = "".join(signs)
    return _THE.sub("", " ".join(plain.split()))[:LONGEST].strip()


def fold(word: str) -> str:
    """Return the word in plain lower-case Latin letters and digits, other scripts transliterated."""
    lower = word.casefold()
    return _plain(lower if lower.isascii() else _romanise(lower.translate(_LATIN)))


@lru_cache(maxsize=16384)
def word_of(written: str) -> Word | None:
    """Return what a written word sounds like, ``None`` for one without letters or digits."""
    lower = written.casefold()
    abjad = bool(_ARABIC_OR_HEBREW.search(lower) or _INDIC.search(lower))
    text = fold(lower)
    if not text:
        return None
    marked = unicodedata.normalize("NFC", lower).translate(_CARON).translate(_LATIN)
    spoken = text if abjad else _plain(_romanise(marked))
    return Word(text, sounds_of(spoken), abjad, foreign=not _latin(lower))


def syllabic(name: str) -> bool:
    """Tell whether the name is written in Chinese characters or Hangul."""
    return bool(_SYLLABIC.search(name))


def syllables(name: str) -> list[str]:
    """Return the reading of each Chinese character or Hangul block."""
    return [fold(sign) for sign in name if _SYLLABIC.match(sign)]


@lru_cache(maxsize=16384)
def sounds_of(text: str) -> str:
    """Return the sounds of a folded word."""
    sounds = text
    for pattern, sound in _SOUNDS:
        sounds = pattern.sub(sound, sounds)
    return sounds or text


def distance(one: Word, other: Word, *, arabic: bool = False, most: float = 1.0) -> float:
    """Return how far two words sound apart, for each sound of the longer: 0 for the same.

    ``arabic``: the name is Arabic, where one letter is written g, k, q and kh. ``most``: beyond this it does
    not matter how far; what is sure to be farther is given as 1.
    """
    if one.text == other.text or one.sounds == other.sounds:
        return 0.0
    a, b = one.sounds, other.sounds
    longer = max(len(a), len(b))
    if abs(len(a) - len(b)) > 2 + longer // 2:
        return 1.0
    bare = one.abjad != other.abjad
    dropped_a = [_drop(a, at, bare and other.abjad) for at in range(len(a))]
    dropped_b = [_drop(b, at, bare and one.abjad) for at in range(len(b))]
    abjad = one.abjad or other.abjad
    swaps = _swaps(abjad, arabic)
    limit = most * longer + _SLACK
    above = [0.0]
    for cost in dropped_b:
        above.append(above[-1] + cost)
    for i, dropped in enumerate(dropped_a):
        row = [above[0] + dropped]
        for j, cost in enumerate(dropped_b):
            swap = 0.0 if a[i] == b[j] else _swap(a, i, b, j, swaps, abjad)
            row.append(min(above[j] + swap, above[j + 1] + dropped, row[j] + cost))
        if min(row) > limit:
            return 1.0
        above = row
    return above[-1] / longer


@cache
def _swaps(abjad: bool, arabic: bool) -> Mapping[str, float]:
    """Return what it costs to have the one sound of a pair where the other spelling has the other."""
    return {**_SWAPS, **(_QAF if arabic else {}), **(_ABJAD_SWAPS if abjad else {})}


def _swap(a: str, i: int, b: str, j: int, swaps: Mapping[str, float], abjad: bool) -> float:
    vowels = a[i] in _VOWELS and b[j] in _VOWELS
    cost = swaps.get(a[i] + b[j], 0.5 if vowels else 1.0)
    if i == 0 and j == 0 and vowels:
        if abjad:
            return 0.05
        # The first sound is heard best: Ali and Eli are two names.
        return cost * 1.6
    if i == len(a) - 1 and j == len(b) - 1 and {a[i], b[j]} == {"a", "o"}:
        return 0.45
    return cost


def _drop(word: str, at: int, unwritten: bool) -> float:
    """Return what it costs that the other spelling lacks a sound; ``unwritten``: it lacks short vowels."""
    sound = word[at]
    first, last = at == 0, at == len(word) - 1
    if unwritten and sound in "aeiou" and not first:
        return {"a": 0.03, "e": 0.05, "i": 0.05}.get(sound, 0.1)
    if sound in _VOWELS:
        if last and sound == "e":
            return 0.1
        return 0.6 if first or last else 0.45
    if sound == "y":
        return 0.45 if unwritten else 0.15
    if sound == "h":
        return 0.3
    if sound == "w":
        return 0.5
    return 1.0


_CLASSES: Final = {
    **dict.fromkeys("bpfv", ("B",)),
    **dict.fromkeys("td", ("T",)),
    **dict.fromkeys("kqgGX", ("K",)),
    **dict.fromkeys("sSzZPC", ("S",)),
    "r": ("R",),
    "l": ("L",),
    "m": ("M",),
    "n": ("N",),
    "H": ("S", "K"),
    "j": ("S", "", "K"),
    "w": ("", "B"),
    "D": ("T", "S"),
    "T": ("T", "S"),
}


@lru_cache(maxsize=65536)
def skeletons(sounds: str) -> tuple[str, ...]:
    """Return the consonants of a word in coarse classes: each way of spelling it has one in common."""
    choices = [_CLASSES[sound] for sound in sounds[:24] if sound in _CLASSES]
    found: dict[str, None] = {}
    for chosen in product(*_few(choices)):
        joined = re.sub(r"(.)\1+", r"\1", "".join(chosen))
        if len(joined) <= _FEW_CONSONANTS and (sounds[:1] in _SOFT or not any(chosen[:1])):
            # So few consonants tell little: whether one of them comes first tells more.
            joined = "a" + joined
        found[joined] = None
    if any(sound.isdigit() for sound in sounds):
        return (sounds,)
    return tuple(found)


def _few(choices: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Cut the choices so that they make few combinations: what is in doubt last is taken as it mostly is."""
    kept, ways = [], 1
    for choice in choices:
        if ways * len(choice) > _FEW_VARIANTS:
            choice = choice[:1]
        ways *= len(choice)
        kept.append(choice)
    return kept


def _latin(word: str) -> bool:
    return all(ord(sign) < 0x250 or unicodedata.category(sign)[0] != "L" for sign in word)


def _romanise(word: str) -> str:
    if word.isascii():
        return word
    if _ARABIC_OR_HEBREW.search(word):
        word = "".join(sign for sign in unicodedata.normalize("NFC", word) if not unicodedata.combining(sign))
        return anyascii((word[:1] + word[1:].replace("ع", "")).translate(_ABJAD)).casefold()
    return anyascii(unicodedata.normalize("NFC", word)).casefold()


def _plain(word: str) -> str:
    return word if word.isascii() and word.isalnum() else _NOT_PLAIN.sub("", word)
