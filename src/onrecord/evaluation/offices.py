"""How well dated offices are answered: "who was X of Y on day D", drawn from a table of office terms.

Half of the questions are on days on which the table knows a holder, half on days on which it knows none.
The key is made here from the table's own rows, apart from everything that imports and answers: an office is a
body and a title, letter by letter; a day known in part is any day of its month or year; a term without an
end goes on, one without a beginning is known on its last day only. So each question has those who surely
held the office on the day and those who may have. An answer is right when it names all of the first, and
nobody but the second; where nobody may have held it, only silence is right.
"""

from __future__ import annotations

import calendar
import csv
import io
import random
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from onrecord.errors import InputError
from onrecord.evaluation.corpora import read_text
from onrecord.evaluation.report import Count, Report, tabulate

#: How many questions are drawn, and by which seed.
QUESTIONS: Final = 500
SEED: Final = 2012

_COLUMNS: Final = ("jurisdiction", "position", "person_qid", "start", "end")
_FIRST_DAY: Final = date(1950, 1, 1)
_MOST_TRIES: Final = 200

Answer = Callable[[str, str | None, str], frozenset[str]]
Offices = Mapping[tuple[str, str], Sequence["Held"]]


@dataclass(frozen=True, slots=True)
class Held:
    """One row of the table: who, and between which days at the widest and at the narrowest.

    Attributes:
        person: Wikidata item of the holder.
        widest: first and last day on which it may have been held.
        surely: first and last day on which it surely was, ``None`` when there is none.
    """

    person: str
    widest: tuple[date, date]
    surely: tuple[date, date] | None


@dataclass(frozen=True, slots=True)
class Question:
    """Who held an office on a day: those who surely did, and those who may have."""

    role: str
    body: str
    day: date
    surely: frozenset[str]
    perhaps: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with what was answered."""

    question: Question
    answer: frozenset[str]

    @property
    def right(self) -> bool:
        """Whether the answer names all who surely held the office and nobody who did not."""
        found = self.question.surely <= self.answer <= self.question.perhaps
        return found and bool(self.answer) == bool(self.question.perhaps)

    def __str__(self) -> str:
        asked = self.question
        said = ", ".join(sorted(self.answer)) or "nobody"
        meant = ", ".join(sorted(asked.perhaps)) or "nobody"
        return f"{asked.role} of {asked.body or '?'} on {asked.day}: {said} (the table: {meant})"


def read(data: Path) -> Offices:
    """Return the rows of the table by body and title. Rows without a readable day are left out.

    Raises:
        InputError: it is no such table.
    """
    rows = csv.DictReader(io.StringIO(read_text(data), newline=""))
    missing = [name for name in _COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise InputError(
            str(data), f"has no column {missing[0]!r}: a table of offices has {', '.join(_COLUMNS)}"
        )
    offices: dict[tuple[str, str], list[Held]] = defaultdict(list)
    try:
        for row in rows:
            held = _held(row["person_qid"] or "", row["start"] or "", row["end"] or "")
            if held is not None:
                offices[row["jurisdiction"] or "", row["position"] or ""].append(held)
    except csv.Error as error:
        raise InputError(str(data), f"is no CSV: {error}") from error
    if not offices:
        raise InputError(str(data), "names no office with a day")
    return offices


def draw(offices: Offices, questions: int = QUESTIONS, seed: int = SEED) -> list[Question]:
    """Draw questions, the same for the same table and seed: in turn on a day with a holder and without.

    Offices are drawn by the number of their terms; days with a holder from all days of one of its terms, days
    without one from all days since 1950 (or the office's first, if that is earlier) to the table's last.

    Raises:
        InputError: no day without a holder is found.
    """
    chance = random.Random(seed)  # noqa: S311 - a draw to be repeated, no secret
    terms = [(office, held) for office in sorted(offices) for held in offices[office]]
    last = max(held.widest[0] for _, held in terms)
    drawn: list[Question] = []
    while len(drawn) < questions:
        for known in (True, False):
            for _ in range(_MOST_TRIES):
                office, held = chance.choice(terms)
                begun = min(one.widest[0] for one in offices[office])
                from_day = held.widest[0] if known else min(_FIRST_DAY, begun)
                to_day = min(last, held.widest[1]) if known else last
                day = from_day + timedelta(days=chance.randint(0, max(0, (to_day - from_day).days)))
                question = ask(offices, office, day)
                if bool(question.perhaps) == known:
                    drawn.append(question)
                    break
            else:
                raise InputError("offices", "the table leaves no day open on which nobody held an office")
    return drawn[:questions]


def ask(offices: Offices, office: tuple[str, str], day: date) -> Question:
    """Return the question who held an office on a day, with its answer by the table's rows."""
    body, role = office
    perhaps = {held.person for held in offices[office] if held.widest[0] <= day <= held.widest[1]}
    surely = {
        held.person for held in offices[office] if held.surely and held.surely[0] <= day <= held.surely[1]
    }
    return Question(role, body, day, frozenset(surely & perhaps), frozenset(perhaps))


def answer(questions: Sequence[Question], answering: Answer) -> list[Answered]:
    """Put the questions: ``answering`` is given role, body and day, and returns Wikidata items."""
    return [Answered(one, answering(one.role, one.body or None, one.day.isoformat())) for one in questions]


def evaluate(data: Path, step: Callable[[], None] | None = None) -> list[Answered]:
    """Import the table into a record of its own and put the questions to it.

    Args:
        data: the table.
        step: called for each row that was imported.

    Raises:
        InputError: it is no such table.
    """
    from onrecord.record import Record, describing, importing
    from onrecord.record.actors import Nobody

    questions = draw(read(data))
    with tempfile.TemporaryDirectory() as folder, Record(Path(folder) / "offices.onrecord") as record:
        importing.import_actors(record, str(data), step=step)

        def answering(role: str, body: str | None, day: str) -> frozenset[str]:
            found = describing.holders(record, role, body, day, shipped=Nobody())
            return frozenset(known.identifiers.get("wikidata", known.id) for known, _, _ in found)

        return answer(questions, answering)


def report(answered: Sequence[Answered]) -> Report:
    """Return the share right, of all and of either half, and how many were answered where nobody is known."""
    rows = tabulate([_counts(one) for one in answered])
    return Report(kind="offices", articles=len(answered), rows=rows, unit="questions")


def _counts(one: Answered) -> dict[str, Count]:
    right = Count.share(int(one.right), 1)
    if one.question.perhaps:
        return {"right": right, "right, a holder known": right}
    return {"right": right, "silent, no holder known": right}


def _held(person: str, start: str, end: str) -> Held | None:
    """Return a row's days, ``None`` when none can be read or the term ends before it begins."""
    try:
        first = _days(start) if start else None
        last = _days(end) if end else None
    except ValueError:
        return None
    if first is None and last is None:
        return None
    begun = first or last
    ended = last or (date.max, date.max)
    assert begun is not None
    if ended[1] < begun[0]:
        return None
    surely = (begun[1], ended[0]) if begun[1] <= ended[0] else None
    return Held(person, (begun[0], ended[1]), surely)


def _days(written: str) -> tuple[date, date]:
    """Return the first and the last day that a day, month or year may be."""
    parts = [int(part) for part in written.split("-")]
    year = parts[0]
    if len(parts) == 1 and len(written) == 4:
        return date(year, 1, 1), date(year, 12, 31)
    if len(parts) == 2:
        return date(year, parts[1], 1), date(year, parts[1], calendar.monthrange(year, parts[1])[1])
    whole = date.fromisoformat(written)
    return whole, whole
