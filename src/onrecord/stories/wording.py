"""The words of an article by which it is told whether it prints the text of another one.

What stands around the text (headline, byline, caption) is left out, and so is what a site says to its readers
("Your feedback will help us"): two pages of one site share that whatever they report.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from onrecord.article import Article, Span
from onrecord.reading.wording import is_foot

#: Words of one shingle. Four meet by chance in news of one event, six break at each edit.
SHINGLE: Final = 5

#: One shingle of so many is kept, by its hash, so that the same are kept of every text (Broder 1997).
SAMPLED: Final = 8

#: Words of one text that are looked at; the longest articles have some ten thousand, and what has more is no
#: article. Every step below is linear in this.
MOST_WORDS: Final = 20_000

#: A sentence is cut after so many words: a page without a full stop is not one sentence.
LONGEST_SENTENCE: Final = 120

#: An end that leaves fewer words than this is none.
LEAST_BEFORE_END: Final = 40

_LONGEST_WORD: Final = 40
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_STOP: Final = re.compile(r"[.!?…][\"'”’»)\]]{0,3}(?=\s)|\n")
_ABBREVIATED: Final = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|Gen|Lt|Col|Maj|Capt|Sgt|Sen|Rep|Gov|Adm|Rev|Hon|Jr|Sr|No|vs|Co|Inc|Ltd"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|a\.m|p\.m|etc))\.$"
)
_READER: Final = re.compile(r"\b(?:you|your|yours|please|click)\b", re.IGNORECASE)
_SITE: Final = re.compile(
    r"\b(?:click|subscrib\w+|newsletters?|e-?mail(?:ed)?|password|comments?|feedback|story|stories|article|page"
    r"|website|site|edition|sign(?:ed)? (?:in|up)|log(?:ged)? in|register(?:ed)?|account|browser|cookies?|app"
    r"|links?|options?|usage|moderat\w+|abusive|inappropriate|download|photos?|videos?|assignment"
    r"|screen name)\b",
    re.IGNORECASE,
)
_HOUSE: Final = re.compile(
    r"terms of (?:service|use)\b|privacy policy\b|\bscreen name\b|pre-?screened\b|will not be displayed\b"
    r"|\bcomment policy\b"
    r"|\bcomments? (?:section|board|thread|are moderated)\b"
    r"|\bviews expressed\b.{0,60}\b(?:do not|not necessarily)\b"
    r"|\bofficial website (?:for|of)\b|\bdiscussion is now closed\b|\bassignment is closed\b"
    r"|\binformation (?:that )?you submit\b|\byour data\b|\bwe welcome (?:your )?comments\b|\breport abuse\b"
    r"|\bnumbers and letters only\b|\bselect one of the options\b|\bonce you make a selection\b"
    r"|\bconnect with .{2,40}:$"
    r"|\bcould not be independently (?:verified|confirmed)\b",
    re.IGNORECASE,
)
_CREDITS: Final = re.compile(
    r"^\W*(?:(?:additional |further )?(?:reporting|writing|editing|written|edited|reported|compiled)"
    r"\b.{0,20}\bby\b"
    r"|.{0,120}\b(?:contributed|contributing) to this (?:report|story|article)"
    r"|with (?:reporting|files|additional reporting|inputs?) (?:by|from)|with agencies|agencies\W*$)",
    re.IGNORECASE,
)
#: How a wire report signs off: what stands behind the last of them is the site's and its readers'.
_SIGNED: Final = re.compile(
    r"\((?:additional |further )?(?:reporting|writing|editing|compiled|written|edited)\b[^()\n]{0,400}\bby\b"
    r"[^()\n]{0,600}\)",
    re.IGNORECASE,
)

#: The head of the readers' comments, or the stamp under the first of them.
_COMMENTS: Final = re.compile(
    r"\bwe welcome comments\b|\bviews expressed in (?:the )?comments\b"
    r"|\b[A-Z][a-z]+ \d{1,2}, \d{4} at \d{1,2}:\d\d [ap]m \| ?(?:report abuse|reply)\b",
    re.IGNORECASE,
)
_QUOTED: Final = re.compile(r"[“\"«][^”\"»]*[”\"»]?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article's body.

    Attributes:
        span: where it stands in the article's text, in code points.
        words: its words as they are compared: lower case, no accents, no apostrophes.
    """

    span: Span
    words: tuple[str, ...]


def sentences(article: Article) -> list[Sentence]:
    """Return the sentences by which an article is compared, in the order of the text, each of them once.

    At most :data:`MOST_WORDS` words; furniture and credit lines are left out.
    """
    last = _last(article.text)
    found = _sentences(article, last)
    # A page may begin with what others end with: it is not left without a text for that.
    whole = last < len(article.text) and sum(len(sentence.words) for sentence in found) < LEAST_BEFORE_END
    return _sentences(article, len(article.text)) if whole else found


def _sentences(article: Article, last: int) -> list[Sentence]:
    found: list[Sentence] = []
    seen: set[tuple[str, ...]] = set()
    room = MOST_WORDS
    for start, end in _stretches(article):
        if start >= last:
            break
        words = fold(article.text[start:end])
        if not words or words in seen or is_aside(article.text[start:end]):
            continue
        seen.add(words)
        room -= len(words)
        if room < 0:
            break
        found.append(Sentence((start, end), words))
    return found


def _last(text: str) -> int:
    """Return where an article ends and what its readers say begins; the text's end where nothing tells."""
    comments = _COMMENTS.search(text)
    last = comments.start() if comments else len(text)
    signed = [end.start() for end in _SIGNED.finditer(text, 0, last)]
    return signed[-1] if signed else last


def fold(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared."""
    plain = text.casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return tuple(word.replace("'", "").replace("’", "")[:_LONGEST_WORD] for word in _WORD.findall(plain))


def is_aside(sentence: str) -> bool:
    """Tell whether a sentence is no part of the report: furniture of the page, or who wrote it."""
    if len(sentence) > 600:
        return False
    if _CREDITS.match(sentence) or _HOUSE.search(sentence) or is_foot(sentence):
        return True
    spoken = _QUOTED.sub(" ", sentence)
    return bool(_READER.search(spoken) and _SITE.search(spoken))


def _stretches(article: Article) -> Iterator[Span]:
    """Yield the span of each sentence of the body; of the whole text where no body is known."""
    for start, end in article.parts.get("body") or ((0, len(article.text)),):
        yield from _split(article.text, start, end)


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for stop in _STOP.finditer(text, start, end):
        if stop[0] != "\n" and _ABBREVIATED.search(text, max(at, stop.start() - 6), stop.start() + 1):
            continue
        yield from _pieces(text, at, stop.end())
        at = stop.end()
    yield from _pieces(text, at, end)


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a sentence without the blanks around it; one without end in pieces."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    number = first = 0
    for number, word in enumerate(_WORD.finditer(text, start, end)):
        if number and number % LONGEST_SENTENCE == 0:
            yield (first or start, word.start())
            first = word.start()
    if end > start:
        yield (first or start, end)


def shingles(words: tuple[str, ...]) -> frozenset[int]:
    """Return the sampled hashes of the runs of :data:`SHINGLE` words, each of 48 bits.

    The hash of all the words together is always one of them, so that short texts that are the same meet.
    """
    if not words:
        return frozenset()
    # Opening a record, and asking for help, must not wait for numpy.
    import numpy as np

    known: Mapping[str, int] = {word: _hash(word) for word in set(words)}
    row = np.fromiter((known[word] for word in words), dtype=np.uint64, count=len(words))
    kept = {_hash(" ".join(words)) >> 16}
    if len(row) >= SHINGLE:
        mixed = np.zeros(len(row) - SHINGLE + 1, dtype=np.uint64)
        for place in range(SHINGLE):
            mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + row[place : len(row) - SHINGLE + 1 + place]
        # The last step of splitmix64 (Steele et al. 2014): all bits of the sum bear on those sampled.
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed ^= mixed >> np.uint64(31)
        kept.update((mixed[mixed % np.uint64(SAMPLED) == 0] >> np.uint64(16)).tolist())
    return frozenset(kept)


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
