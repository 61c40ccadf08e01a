"""What an evaluation hands back: counts, figures with intervals, calibration; as a table or as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np

#: Below this many articles a bootstrap over articles says nothing, and no interval is given.
LEAST_ARTICLES: Final = 8


@dataclass(frozen=True, slots=True)
class Count:
    """How many were right, seen from both sides.

    Attributes:
        right_predicted: predicted things that are right.
        predicted: all predicted things.
        right_gold: marked things that were found.
        gold: all marked things.

    For a share, such as "speakers right of the statements found", both sides are the same.
    """

    right_predicted: int = 0
    predicted: int = 0
    right_gold: int = 0
    gold: int = 0

    @classmethod
    def share(cls, right: int, of: int) -> Count:
        """Return the count of ``right`` things among ``of``."""
        return cls(right, of, right, of)

    def __add__(self, other: Count) -> Count:
        return Count(
            self.right_predicted + other.right_predicted,
            self.predicted + other.predicted,
            self.right_gold + other.right_gold,
            self.gold + other.gold,
        )

    @property
    def precision(self) -> float:
        """Right among predicted, 0 when nothing was predicted."""
        return self.right_predicted / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Found among marked, 0 when nothing is marked."""
        return self.right_gold / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: F1 (for a share: the share), from 0 to 1.

    Attributes:
        figure: the figure.
        count: what it was made from, over all articles together.
        interval: 95 % percentile interval, bootstrap over articles; ``None`` for few articles.
    """

    figure: float
    count: Count
    interval: tuple[float, float] | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the row as plain values."""
        return {
            "figure": self.figure,
            "precision": self.count.precision,
            "recall": self.count.recall,
            **asdict(self.count),
            "interval": list(self.interval) if self.interval else None,
        }


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions of similar confidence: how many, their mean confidence, the share that is right."""

    size: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Whether confidence means what it says. Right is: content and source both right, relaxed.

    Attributes:
        bins: the reliability table, bins of equal mass, least certain first.
        error: expected calibration error (Naeini et al. 2015): mean distance between confidence and share
            right, weighted by the size of the bin.
        certain_half: share right among the more certain half of the predictions.
        all: share right among all.
    """

    bins: tuple[Bin, ...]
    error: float
    certain_half: float
    all: float

    def to_json(self) -> dict[str, Any]:
        """Return the table as plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one evaluation.

    Attributes:
        kind: which layout and definitions.
        articles: how many articles were scored.
        rows: name -> figure, in the order of printing.
        calibration: for statements with confidence, where the definitions allow it.
        failed: articles that could not be read or extracted, each with the reason; they count as articles
            in which nothing was found.
        lost: marked statements whose words are not in the text that was read; they count as missed.
        unit: what ``articles`` counts, when the data are no articles.
    """

    kind: str
    articles: int
    rows: Mapping[str, Row]
    calibration: Calibration | None = None
    failed: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    unit: str = "articles"

    def to_json(self) -> dict[str, Any]:
        """Return everything as plain values for ``json.dumps``."""
        return {
            "kind": self.kind,
            "articles": self.articles,
            "rows": {name: row.to_json() for name, row in self.rows.items()},
            "calibration": self.calibration.to_json() if self.calibration else None,
            "failed": list(self.failed),
            "lost": list(self.lost),
        }

    def __str__(self) -> str:
        lines = [f"{self.kind}: {self.articles} {self.unit}", *_table(self.rows)]
        if self.calibration:
            lines += ["", *_reliability(self.calibration)]
        lines += [f"failed: {reason}" for reason in self.failed]
        lines += [f"not in the text that was read: {name}" for name in self.lost]
        return "\n".join(lines)


def tabulate(
    per_article: Sequence[Mapping[str, Count]], *, samples: int = 1000, seed: int = 1
) -> dict[str, Row]:
    """Add up the counts of all articles and put a bootstrap interval beside each figure.

    Args:
        per_article: name -> count, one mapping an article; a name that one lacks counts as nothing there,
            and one that is nothing everywhere has no row.
        samples: how often the articles are drawn again, with replacement (Efron 1979).
        seed: of the draws; the same seed gives the same interval.
    """
    names = list(dict.fromkeys(name for counts in per_article for name in counts))
    size = len(per_article)
    draws = np.random.default_rng(seed).multinomial(size, [1 / size] * size, samples) if size else None
    rows = {}
    for name in names:
        counts = [one.get(name, Count()) for one in per_article]
        total = sum(counts, Count())
        if not total.predicted and not total.gold:
            continue
        interval = None
        if draws is not None and size >= LEAST_ARTICLES:
            table = np.array([(c.right_predicted, c.predicted, c.right_gold, c.gold) for c in counts])
            figures = [Count(*map(int, drawn)).f1 for drawn in draws @ table]
            low, high = np.quantile(figures, (0.025, 0.975))
            interval = (float(low), float(high))
        rows[name] = Row(total.f1, total, interval)
    return rows


def calibrate(scored: Sequence[tuple[float, bool]], *, bins: int = 10) -> Calibration | None:
    """Return the reliability of confidences, given each with whether it was right; ``None`` for no pair.

    Predictions are put in order of confidence and cut into ``bins`` bins whose sizes differ by one at most.
    """
    if not scored:
        return None
    ordered = sorted(scored)
    size = len(ordered)
    edges = [round(size * i / bins) for i in range(bins + 1)]
    table = []
    for low, high in pairwise(edges):
        if part := ordered[low:high]:
            mean = sum(confidence for confidence, _ in part) / len(part)
            table.append(Bin(len(part), mean, sum(right for _, right in part) / len(part)))
    error = sum(b.size * abs(b.confidence - b.right) for b in table) / size
    half = ordered[size // 2 :]
    return Calibration(
        tuple(table),
        error,
        sum(right for _, right in half) / len(half),
        sum(right for _, right in ordered) / size,
    )


def _table(rows: Mapping[str, Row]) -> list[str]:
    width = max([len(name) for name in rows], default=0)
    lines = [f"{'':{width}}     F1      P      R  predicted   gold   95 %"]
    for name, row in rows.items():
        count = row.count
        interval = f"{100 * row.interval[0]:5.1f}-{100 * row.interval[1]:.1f}" if row.interval else ""
        figures = "".join(f"{100 * value:7.2f}" for value in (row.figure, count.precision, count.recall))
        lines.append(f"{name:{width}}{figures}{count.predicted:11d}{count.gold:7d}  {interval}".rstrip())
    return lines


def _reliability(calibration: Calibration) -> list[str]:
    lines = ["confidence   right   size"]
    lines += [f"{100 * b.confidence:10.1f}{100 * b.right:8.1f}{b.size:7d}" for b in calibration.bins]
    lines.append(
        f"expected calibration error {calibration.error:.4f}; "
        f"right: all {100 * calibration.all:.1f} %, "
        f"the more certain half {100 * calibration.certain_half:.1f} %"
    )
    return lines
