"""How sure a statement is: the probability that content and source are both right.

A logistic regression over what the decoder knows of a draft, fitted on training articles that the encoder
has not seen, then corrected by isotonic steps (Zadrozny and Elkan 2002) so that a confidence of 0.8 is
right in eight of ten.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from onrecord.finding.linking import Draft

#: What :func:`features` returns, in order.
FEATURES: Final = (
    "content certainty",
    "least certain fragment",
    "cue certainty",
    "source certainty",
    "content to cue",
    "cue to source",
    "content to source",
    "no cue",
    "no source",
    "fragments",
    "log words",
    "direct",
    "mixed",
    "nested",
)


def features(draft: Draft, kind: str, nested: bool) -> list[float]:
    """Return what the confidence is computed from."""
    certainties = [s.certainty for s in draft.content]
    size = sum(s.last - s.first + 1 for s in draft.content)
    return [
        sum(certainties) / len(certainties),
        min(certainties),
        draft.cue.certainty if draft.cue else 0.0,
        draft.source.certainty if draft.source else 0.0,
        draft.cue_link,
        draft.source_link,
        max(draft.paired, -6.0),
        float(draft.cue is None),
        float(draft.source is None),
        float(len(draft.content) - 1),
        math.log(size),
        float(kind == "direct"),
        float(kind == "mixed"),
        float(nested),
    ]


@dataclass(frozen=True, slots=True)
class Confidence:
    """The fitted curve.

    Attributes:
        weights: one a feature, then the intercept.
        raw, right: the isotonic steps: raw scores, and the share that was right there; interpolated.
    """

    weights: tuple[float, ...] = (0.0,) * (len(FEATURES) + 1)
    raw: tuple[float, ...] = (0.0, 1.0)
    right: tuple[float, ...] = (0.0, 1.0)

    @classmethod
    def from_manifest(cls, manifest: Mapping[str, Any]) -> Confidence:
        """Read it from a model's manifest; an unfitted one where there is none."""
        stored = manifest.get("confidence")
        return cls(**{name: tuple(stored[name]) for name in stored}) if stored else cls()

    def score(self, values: Sequence[float]) -> float:
        """Return the logistic score of these features, before the steps."""
        total = sum(w * v for w, v in zip(self.weights[:-1], values, strict=True)) + self.weights[-1]
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def __call__(self, draft: Draft, kind: str, nested: bool) -> float:
        """Return the calibrated probability that content and source of a draft are right."""
        raw = self.score(features(draft, kind, nested))
        return round(float(np.interp(raw, self.raw, self.right)), 4)
