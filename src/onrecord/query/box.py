"""ASK: the search box: one line of words and operators, read as a question and written back.

``"grain stores" -rail by:"milan dravec" since:2031-02 type:direct`` asks for statements that have the phrase,
not the word *rail*, by one speaker, since one month, in direct speech. The operators are those that search
engines have: a name, a colon, and a value, in quotation marks where it has blanks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self

from onrecord.article import Span
from onrecord.errors import QueryError
from onrecord.record.registering import fold

#: Each operator of the box, in the order in which they are written, with what it asks.
OPERATORS: Final[Mapping[str, str]] = {
    "by": "who says it: a name in any spelling, or an actor's id",
    "about": "whom it is about",
    "outlet": "words of the outlet's name",
    "type": "direct, indirect or mixed",
    "act": "say, deny, accuse, demand, warn, promise, predict, praise, reject, admit or stance",
    "kind": "what the speaker is: person, organisation, state, media, group or unnamed",
    "named": "yes or no: whether a proper name stands for the speaker",
    "since": "first day: 2031-02-20, 2031-02 or 2031",
    "until": "last day",
    "date": "which date since and until go by: said, published or due",
    "confidence": "at least so sure: 0 to 1",
    "copies": "yes: every printing of a statement by itself",
}

#: The longest line that is read, in code points.
LONGEST: Final = 2000

_QUOTES: Final = '"“”„«»'
_TOKEN: Final = re.compile(
    rf"(?P<minus>-?)(?:(?P<field>{'|'.join(OPERATORS)}):(?:[\"“„](?P<quoted>[^\"”“]*)(?:[\"”“]|$)"
    rf"|(?P<bare>[^\s{_QUOTES}]*))"
    rf"|[\"“„](?P<phrase>[^\"”“]*)(?:[\"”“]|$)(?P<star>\*?)|(?P<word>[^\s{_QUOTES}]+))",
    re.IGNORECASE,
)
_TRUTH: Final = {"yes": True, "true": True, "no": False, "false": False}
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Asked:
    """A line of the search box, taken apart.

    Attributes:
        terms: words and quoted phrases, as :func:`onrecord.query.said` takes them, in the order given.
        values: operator -> its value as typed.
    """

    terms: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> str | None:
        """What stands for ``words`` in :func:`onrecord.query.said`."""
        return " ".join(self.terms) or None

    @property
    def filters(self) -> dict[str, Any]:
        """What stands for the filters of :func:`onrecord.query.said`.

        Raises:
            QueryError: a value is none of its operator's.
        """
        found: dict[str, Any] = dict(self.values)
        for name in found.keys() & {"named", "copies"}:
            found[name] = _truth(name, found[name])
        if "confidence" in found:
            found["min_confidence"] = _share(found.pop("confidence"))
        return found

    def line(self) -> str:
        """Return the line that asks this: operators first, in their order, then the words."""
        operators = [f"{name}:{_quoted(self.values[name])}" for name in OPERATORS if name in self.values]
        return " ".join([*operators, *self.terms])

    def having(self, **values: str | None) -> Self:
        """Return the question with other values; ``None`` takes an operator away."""
        changed = {name: _plain(value) for name, value in ({**self.values, **values}).items() if value}
        return replace(self, values={name: value for name, value in changed.items() if value})

    def places(self, text: str) -> list[Span]:
        """Return where words and phrases that are asked for stand in a text, in code points.

        Words are compared as the search compares them: without case and accents.
        """
        tokens = [(fold(found[0]), *found.span()) for found in _WORD.finditer(text)]
        found: list[Span] = []
        for term in self.terms:
            if term.startswith("-"):
                continue
            wanted = [fold(word) for word in _WORD.findall(term)]
            for at in range(len(tokens) - len(wanted) + 1 if wanted else 0):
                here = [word for word, *_ in tokens[at : at + len(wanted)]]
                last = here[-1].startswith(wanted[-1]) if term.endswith("*") else here[-1] == wanted[-1]
                if last and here[:-1] == wanted[:-1]:
                    found.append((tokens[at][1], tokens[at + len(wanted) - 1][2]))
        return sorted(set(found))


def parse(line: str) -> Asked:
    """Take a line of the search box apart.

    Args:
        line: as typed; blanks and lone quotation marks mean nothing.

    Raises:
        QueryError: it is too long; an operator has no value, is given twice, or is to be left out.
    """
    if len(line) > LONGEST:
        raise QueryError(f"the search has {len(line)} characters, and may have {LONGEST}. Make it shorter")
    terms: list[str] = []
    values: dict[str, str] = {}
    for found in _TOKEN.finditer(line.replace("\0", " ")):
        name = (found["field"] or "").lower()
        if name:
            value = _plain(found["quoted"] if found["quoted"] is not None else found["bare"])
            if found["minus"]:
                raise QueryError(f"-{name}: only words can be left out. Take the minus away")
            if not value:
                raise QueryError(f"{name}: has no value. Write it behind the colon, without a blank")
            if name in values:
                raise QueryError(f"{name}: is given twice. Leave one out")
            values[name] = value
        elif found["phrase"] is not None:
            phrase = " ".join(found["phrase"].split())
            if phrase:
                terms.append(f'{found["minus"]}"{phrase}"{found["star"]}')
        elif any(char.isalnum() for char in found[0]):
            terms.append(found[0])
    return Asked(tuple(terms), values)


def _plain(value: str) -> str:
    """Return a value without quotation marks, which the search passes over, and with single blanks."""
    return " ".join("".join(" " if char in _QUOTES or char == "\0" else char for char in value).split())


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value


def _truth(name: str, value: str) -> bool:
    if value.lower() not in _TRUTH:
        raise QueryError(f"{name}:{value} means nothing. Write {name}:yes or {name}:no")
    return _TRUTH[value.lower()]


def _share(value: str) -> float:
    try:
        return float(value)
    except ValueError as error:
        raise QueryError(f"confidence:{value} is no number. Write one from 0 to 1") from error
