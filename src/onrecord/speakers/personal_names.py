"""Names of persons taken apart: titles off, words, initials, generation, Arabic compounds."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from . import eastasian_names as eastasian
from . import lexicon as lex
from .spelling import Word, clean, fold, skeletons, sounds_of, syllabic, word_of

#: Words that a name may begin with and that are no part of it.
_TITLES: Final = (lex.TITLES - lex.word_set("dean major chase earl")) | lex.word_set(
    "sayed seyyed seyed maulana mollah hajj haji hojatoleslam hojjatoleslam mme mlle herr frau monsieur "
    "daw madame senor senora signor shaykh shaikh cheikh grand ayatullah vice-admiral lieutenant-general "
    "major-general"
)
_AFTER: Final = lex.word_set("mp mep mbe obe cbe kcb phd md esq qc kc ret")
_SUFFIXES: Final = {
    "jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "2", "iii": "3", "iv": "4", "v": "5",
    "i": "1", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10", "xi": "11", "xii": "12", "xiii": "13",
    "xiv": "14", "xv": "15", "xvi": "16", "xxiii": "23", "2nd": "2", "3rd": "3",
}  # fmt: skip
PARTICLES: Final = lex.word_set(
    "al el ul de da do dos das del della di du van von der den ter ten la le los las bin ibn bint ben y e zu"
)
#: Particles that are first names, or surnames, where they stand first.
_NAMES_TOO: Final = lex.word_set("ben le la van do y e ten")
_ARTICLE: Final = re.compile(r"(?i:(al|el|ul|il|a[sndrtzh]|ash|ach|e[sndrtz]|ech|esh)[-‐‑–’' ])(?=\w)")
_ABD: Final = re.compile(r"abd(?:[aeiou]u?l|ou[lrsznd]|[aeiou]([rnszdt])(?=\1)|[aeiou])?([a-z]{3,})")
_OF_GOD: Final = re.compile("(?<=[a-z]{3})[uo]llah?$")
_ABD_ALONE: Final = lex.word_set(
    "abd abdel abdul abdal abdol abdoul abdur abder abdus abdes abdu abde abdun bd"
)
_JOINED: Final = {
    "allah": "allah", "allh": "allah", "ullah": "allah", "ollah": "allah",
           "addin": "din", "eddin": "din",
           "uddin": "din", "eddine": "din", "ud-din": "din", "din": "din", "deen": "din",
}  # fmt: skip

#: Signs that a name was carried into Latin letters from another script.
_CARRIED: Final = re.compile(
    "kh|dh|zh|q(?!u)|^gh|oua|aoui|moud$|llah$|(?:[^s]ov|ev|ova|eva|sk[iy]+|skyj|skij|enk[oa]|vi[tc]?ch|witsch|"
    "wicz|chuk|tschuk|s[h]?vili|schwili|adze|adse|opoulos|akis)$"
)
_PATRONYMIC: Final = re.compile("(?:[oe]vi(?:ch|c)|[oe]vna|ichna|iyovych|ovych|ivna)$")
_WORDS_READ: Final = 10


@dataclass(frozen=True, slots=True)
class Personal:
    """A name taken apart.

    Attributes:
        words: the words that count, in order; an initial is a word of one letter.
        suffix: generation or number of a ruler, empty when there is none.
        carried: from another script, so that spellings vary.
        arabic: with an article or one of the compounds of Arabic.
        eastern: the parts, for a name of East Asian pattern.
        turned: written surname first, as the comma tells.
        fathers: how many fathers it names ("bin Salman").
        double: how many words at the end are one surname with a hyphen.
        script: the name as written, for scripts without spaces.
    """

    words: tuple[Word, ...]
    suffix: str = ""
    carried: bool = False
    arabic: bool = False
    eastern: eastasian.EastAsian | None = None
    double: int = 1
    fathers: int = 0
    script: str = ""

    @property
    def letters(self) -> str:
        """All letters, one after the other."""
        return "".join(word.text for word in self.words)

    @property
    def joined(self) -> Personal:
        """The same with a surname of two words and a hyphen as one word."""
        if not 1 < self.double < len(self.words):
            return self
        parts = self.words[-self.double :]
        word = _made("".join(part.text for part in parts), parts[0].text)
        return replace(self, words=(*self.words[: -self.double], word), double=1) if word else self


@dataclass(frozen=True, slots=True)
class Forenames:
    """Given names.

    Attributes:
        groups: a form to the names of its groups; forms of one group may stand for each other.
        several: forms of groups that have more than one.
        origin: a form to where its spelling comes from: ``en``, ``ar``, ``sl``, ``gr``.
    """

    groups: dict[str, frozenset[str]]
    origin: dict[str, str]
    several: frozenset[str]


@cache
def forenames() -> Forenames:
    """Return the table of given names, read once from the package's own file."""
    groups: dict[str, set[str]] = {}
    origin: dict[str, str] = {}
    several: set[str] = set()
    for line in files(__package__).joinpath("forenames.tsv").read_text("utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        where, _, forms = line.partition("\t")
        first, *others = forms.split()
        latin = [form for form in others if form.isascii()]
        several.update((first, *map(fold, others)) if latin else ())
        for form in (first, *map(fold, others)):
            groups.setdefault(form, set()).add(first)
            origin.setdefault(form, where)
    return Forenames({form: frozenset(some) for form, some in groups.items()}, origin, frozenset(several))


@lru_cache(maxsize=16384)
def parse(name: str) -> Personal:
    """Take a name apart; one without letters has no words."""
    name = clean(name)
    if syllabic(name):
        eastern = eastasian.parse(name.replace(" ", ""))
        words = tuple(filter(None, (word_of(part) for part in name.split())))
        return Personal(words, carried=True, eastern=eastern, script=name.replace(" ", ""))
    name = re.sub(r"\([^)]*\)|[\"“”«»„][^\"“”«»„]*[\"“”«»„]", " ", name)
    head, comma, tail = name.partition(",")
    if comma and tail.strip() and fold(tail) not in _SUFFIXES and fold(tail) not in _AFTER:
        name = f"{tail} {head}"
    written = _untitled(_articles_off(name).replace(",", " ").split())
    french = len(written) == 2 and written[0].casefold() == "le"
    eastern = None if french else eastasian.parse(" ".join(written))
    arabic = bool(re.search(r"(?<![\w'’-])" + _ARTICLE.pattern, name)) or "ال" in name
    words, suffix, double = _words(written)
    if len(words) == 3 and is_patronymic(words[2]) and not is_patronymic(words[1]):
        # Russian papers of record write the surname first.
        words = (words[1], words[2], words[0])
    fathers = sum(word.casefold() in ("bin", "ibn", "bint") for word in written[1:])
    arabic = arabic or fathers > 0
    carried = arabic or any(map(_carried, words))
    return Personal(words, suffix, carried, arabic or _arabic(words), eastern, double, fathers)


def _articles_off(name: str) -> str:
    """Take the Arabic article from the words that it is joined to."""
    name = re.sub(r"(?<!\S)ال(?!له)(?=\w{2})", "", name)

    def off(match: re.Match[str]) -> str:
        rest = name[match.end() :].casefold()
        article = match[1].casefold()
        joined = match[0][-1] != " "
        if article in ("al", "el", "ul", "il"):
            return " " if joined or match.start() else match[0]
        sign = article[1:]
        # Assimilated: as-Sisi, ash-Sharif; "An Wang" and "Ed Davey" keep theirs.
        return " " if joined and rest.startswith((sign, "sh" if sign == "ch" else sign)) else match[0]

    return re.sub(r"(?<![\w'’-])" + _ARTICLE.pattern, off, name)


def _untitled(written: list[str]) -> list[str]:
    """Take off the titles and offices that a name begins with, and the honours at its end."""
    if len(written) > 2 and written[0] == "U":
        # Burmese: "Mr"; an initial has a stop.
        written = written[1:]
    folded = [word.casefold().strip(".") for word in written]
    while len(folded) > 1 and folded[-1].replace(".", "") in _AFTER:
        folded.pop()
        written = written[:-1]
    cut = 0
    for at, word in enumerate(folded[:-1]):
        if word in _TITLES:
            cut = at + 1
        elif word not in lex.OFFICE_MODIFIERS and word not in ("the", "of"):
            break
    return written[cut:]


def _words(written: list[str]) -> tuple[tuple[Word, ...], str, int]:
    """Return the words that count, the suffix, and how many words the last one was written with."""
    suffix, double = "", 1
    found: list[Word] = []
    for at, one in enumerate(written[:_WORDS_READ]):
        parts = [part for part in re.split("[-‐‑–־]", one) if fold(part)]
        if not found and len(parts) > 1 and len(written) > 1 and fold(parts[0]) not in _ABD_ALONE:
            parts = ["".join(parts)]
        for part in _initials(parts):
            text = fold(part)
            last = at > 1 and at == len(written) - 1 and part.isalpha()
            if found and text in _SUFFIXES and (len(text) > 1 or last):
                suffix = _SUFFIXES[text]
            elif found or text not in PARTICLES or text in _NAMES_TOO or len(written) == 1:
                _put(found, text, part)
        double = len(parts) if found else 1
    if not found:
        found = [word for word in map(word_of, written) if word]
    return tuple(found), suffix, double


def _put(found: list[Word], text: str, part: str) -> None:
    """Put the next word behind the others, or join it to the last one, as Arabic compounds are."""
    if found and found[-1].text in _ABD_ALONE:
        found.pop()
        word = _made("abd" + _rest(text), part)
    elif _OF_GOD.search(text) and len(text) > 6:
        word = _made(_OF_GOD.sub("allah", text), part)
    elif text in _JOINED and found and len(found[-1].text) > 2:
        word = _made(found.pop().text + _JOINED[text], part)
    elif found and text in PARTICLES:
        return
    else:
        match = _ABD.fullmatch(text)
        word = _made("abd" + _rest(match[2]), part) if match and text not in _ABD_ALONE else word_of(part)
    if word:
        found.append(word)


def _initials(parts: list[str]) -> list[str]:
    """Take initials that are written together apart: "J.F." and "JF."."""
    made: list[str] = []
    for part in parts:
        letters = re.fullmatch(r"(?:[^\W\d_]\.){2,}[^\W\d_]?\.?", part)
        made += [sign for sign in part if sign != "."] if letters else [part]
    return made


def _rest(text: str) -> str:
    text = re.sub("^[aeiou]l(?=la)", "", re.sub(r"^(.)\1", r"\1", text))
    return text.removeprefix("al") if text.startswith("alla") else text


def _made(text: str, like: str) -> Word | None:
    word = word_of(like)
    made = word_of(text)
    if word is None or made is None:
        return made
    return Word(made.text, made.sounds, word.abjad, word.foreign)


def _carried(word: Word) -> bool:
    names = forenames()
    return word.foreign or names.origin.get(word.text, "en") != "en" or bool(_CARRIED.search(word.text))


def _arabic(words: tuple[Word, ...]) -> bool:
    origin = forenames().origin
    return any(
        origin.get(word.text) == "ar" or re.search("q(?!u)|dh|^kh|llah$|^abd", word.text) for word in words
    )


def is_common(word: Word) -> bool:
    """Tell whether a first name is of the commonest, which have forms of their own."""
    return word.text in forenames().several


def is_patronymic(word: Word) -> bool:
    """Tell whether the word ends as Slavic patronymics do."""
    return bool(_PATRONYMIC.search(word.text))


def forms(word: Word) -> frozenset[str]:
    """Return the skeletons under which a word of a name meets its other spellings and forms."""
    names = forenames().groups.get(word.text, ())
    found = set(skeletons(word.sounds))
    for name in names:
        found.update(skeletons(sounds_of(name))[:1])
    return frozenset(found)


def common_first(name: Personal) -> bool:
    """Tell whether the first word is a first name so common that alone it names nobody."""
    return len(name.words) > 1 and not name.eastern and name.words[0].text in lex.given_names()
