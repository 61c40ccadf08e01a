"""How well names are told together and apart, on a table of pairs.

The table is CSV with the columns ``one``, ``other``, ``kind`` (person, organisation, state) and ``same``:
``yes``, ``no``, or ``possible`` for two names that one actor may bear and that letters alone cannot decide. A
pair counts as merged from :data:`~onrecord.speakers.naming.SAME` on; merging a ``possible`` one is wrong too.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from onrecord.errors import InputError
from onrecord.evaluation.corpora import read_text
from onrecord.evaluation.report import Count, Report, tabulate
from onrecord.speakers import naming

_ANSWERS: Final = ("yes", "no", "possible")
_COLUMNS: Final = ("one", "other", "kind", "same")
_MOST_PAIRS: Final = 100_000


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair of the table with what the names were taken for.

    Attributes:
        one: a name; ``other`` likewise.
        kind: what bears them.
        same: what the table says.
        comparison: what :func:`onrecord.speakers.naming.compare` says.
    """

    one: str
    other: str
    kind: str
    same: str
    comparison: naming.Comparison

    @property
    def wrong(self) -> str | None:
        """What is wrong with it: ``merged``, ``missed``, ``no candidate``; ``None`` when nothing is."""
        if self.comparison.score >= naming.SAME:
            return None if self.same == "yes" else "merged"
        if self.same == "yes":
            return "missed"
        possible = self.same == "possible" and self.comparison.score < naming.CANDIDATE
        return "no candidate" if possible else None

    def __str__(self) -> str:
        said = f"{self.comparison.score:.2f}, {self.comparison.why}"
        return f"{self.wrong or 'right'}: {self.one} / {self.other} ({self.kind}): {said}"


def judge(data: Path) -> list[Judged]:
    """Compare the names of every pair of the table.

    Raises:
        InputError: it is no such table, or a row answers neither yes, no nor possible.
    """
    rows = csv.DictReader(io.StringIO(read_text(data), newline=""))
    judged: list[Judged] = []
    try:
        missing = [name for name in _COLUMNS if name not in (rows.fieldnames or ())]
        if missing:
            raise InputError(
                str(data), f"has no column {missing[0]!r}: a table of names has {', '.join(_COLUMNS)}"
            )
        for number, row in enumerate(rows, 2):
            if row["same"] not in _ANSWERS or row["one"] is None or row["other"] is None:
                raise InputError(f"{data}#{number}", f"says same={row['same']!r}: take yes, no or possible")
            if number > _MOST_PAIRS:
                raise InputError(str(data), f"has more than {_MOST_PAIRS} pairs: split it")
            comparison = naming.compare(row["one"], row["other"], row["kind"] or None)
            judged.append(Judged(row["one"], row["other"], row["kind"] or "", row["same"], comparison))
    except csv.Error as error:
        raise InputError(str(data), f"is no CSV: {error}") from error
    return judged


def report(judged: list[Judged]) -> Report:
    """Return precision and recall of merging, over all and by kind, and the recall of candidates."""
    rows = tabulate([_counts(one) for one in judged])
    return Report(kind="names", articles=len(judged), rows=rows, unit="pairs")


def _counts(pair: Judged) -> dict[str, Count]:
    merged, same = pair.comparison.score >= naming.SAME, pair.same == "yes"
    right = int(merged and same)
    count = Count(right, int(merged), right, int(same))
    found = {"merged": count, f"merged: {pair.kind}": count} if pair.kind else {"merged": count}
    reached = int(pair.comparison.score >= naming.CANDIDATE)
    if pair.same == "possible":
        found["possible, as candidate"] = Count.share(reached, 1)
    if same:
        found["same, as candidate at least"] = Count.share(reached, 1)
    if pair.same == "no":
        found["not the same, kept apart"] = Count.share(int(not merged), 1)
    return found
