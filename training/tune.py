r"""Choose the decoder's settings and fit the confidence, on training articles the encoder has not seen.

python -m training.tune src/onrecord/models --polnear ../shared/data/polnear/train

Both are written into the model's manifest. The confidence is fitted on all held-out articles; the error
that is printed comes from ten-fold cross-validation by article.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.finding.confidence import FEATURES, Confidence, features
from onrecord.finding.decoding import Settings, decode
from onrecord.finding.finder import settings_of
from onrecord.finding.linking import Draft
from onrecord.finding.quotation import QuotationMap
from onrecord.finding.scores import WindowScores
from onrecord.finding.shaping import content_spans, statement_type
from onrecord.finding.words import Words, split_words
from onrecord.inference import Encoder
from training.corpus import MarkedText, is_held_out, read_polnear
from training.measure import Found, measure, paired, places_of

#: The score takes any source where the key has none, so an unbounded search would name one always. At 5, as
#: many statements are left without a source as in the key (6.9 % of the held-out articles' statements).
_FARTHEST = 5.0
_TAG_STEPS = (-1.5, -1.0, -0.6, -0.3, 0.3, 0.6, 1.0, 1.5)
_Row = tuple[list[float], bool]


@dataclass(slots=True)
class Scored:
    """An article with the encoder's scores, ready to be decoded again and again."""

    text: MarkedText
    words: Words
    quotations: QuotationMap
    windows: list[WindowScores]


def score_all(encoder: Encoder, texts: Sequence[MarkedText]) -> list[Scored]:
    """Run the encoder once over each text."""
    found = []
    for text in texts:
        quotations = QuotationMap(text.text, list(text.paragraphs))
        words = split_words(text.text, text.paragraphs, quotations)
        found.append(Scored(text, words, quotations, encoder.scores(words)))
    return found


def goal(scored: Sequence[Scored], settings: Settings) -> float:
    """Return what is maximised: relaxed and exact F1, the relaxed one counting twice."""
    found: list[Found] = [
        places_of(decode(item.windows, item.words, settings), item.words, item.text.text) for item in scored
    ]
    figures = measure([item.text for item in scored], found)
    return (2 * figures["relaxed"] + figures["exact"]) / 3


def choose(scored: Sequence[Scored], settings: Settings) -> Settings:
    """Change one number at a time as long as the goal rises."""
    best = goal(scored, settings)
    print(f"before: {best:.2f}", flush=True)
    places = [("tags", i) for i in range(7)] + [("nothing", i) for i in range(3)]
    risen = True
    while risen:
        risen = False
        for name, index in places:
            for step in _TAG_STEPS:
                values = list(getattr(settings, name))
                values[index] = round(values[index] + step, 2)
                if abs(values[index]) > _FARTHEST:
                    continue
                tried = dataclasses.replace(settings, **{name: tuple(values)})
                value = goal(scored, tried)
                if value > best + 0.02:
                    best, settings, risen = value, tried, True
                    print(f"{name}[{index}] = {values[index]}: {best:.2f}", flush=True)
    return settings


def rows_of(item: Scored, settings: Settings) -> list[_Row]:
    """Return the features of each statement found in an article, and whether it is right (relaxed)."""
    drafts = decode(item.windows, item.words, settings)
    right = paired(item.text, places_of(drafts, item.words, item.text.text), 0.5)
    outer = [q for q in item.quotations.quotations if q.depth == 0]

    def kind(draft: Draft) -> str:
        spans = content_spans(draft.content, item.words, item.text.text, item.quotations)
        return statement_type(spans, item.text.text, outer)

    return [(features(d, kind(d), nested=False), i in right) for i, d in enumerate(drafts)]


def fit(rows: Sequence[_Row]) -> Confidence:
    """Fit the logistic curve by Newton's method, then the isotonic steps on its scores."""
    values = np.asarray([row[0] + [1.0] for row in rows])
    right = np.asarray([row[1] for row in rows], dtype=float)
    weights = np.zeros(len(FEATURES) + 1)
    ridge = np.diag([1.0] * len(FEATURES) + [1e-6])
    for _ in range(30):
        guess = 1 / (1 + np.exp(-values @ weights))
        slope = values.T @ (right - guess) - ridge @ weights
        curve = (values * (guess * (1 - guess))[:, None]).T @ values + ridge
        weights += np.linalg.solve(curve, slope)
    raw = 1 / (1 + np.exp(-values @ weights))
    steps = _isotonic(raw, right)
    return Confidence(tuple(np.round(weights, 4).tolist()), *steps)


def _isotonic(
    raw: NDArray[np.float64], right: NDArray[np.float64]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Pool adjacent violators over twenty bins of equal mass; return points to interpolate between."""
    order = np.argsort(raw)
    bins = [part for part in np.array_split(order, 20) if len(part)]
    pools = [[float(raw[b].mean()), float(right[b].mean()), len(b)] for b in bins]
    merged: list[list[float]] = []
    for pool in pools:
        merged.append(pool)
        while len(merged) > 1 and merged[-2][1] >= merged[-1][1]:
            a, b = merged[-2:]
            mass = a[2] + b[2]
            joined = [(a[0] * a[2] + b[0] * b[2]) / mass, (a[1] * a[2] + b[1] * b[2]) / mass, mass]
            merged[-2:] = [joined]
    raws = tuple(round(p[0], 4) for p in merged)
    rights = tuple(round(min(0.99, max(0.01, p[1])), 4) for p in merged)
    return raws, rights


def cross_validated_error(folds: Sequence[Sequence[_Row]]) -> float:
    """Return the expected calibration error, each fold judged by a curve fitted on the others."""
    pairs: list[tuple[float, float]] = []
    for number, fold in enumerate(folds):
        curve = fit([row for k, other in enumerate(folds) if k != number for row in other])
        pairs += [
            (float(np.interp(curve.score(row[0]), curve.raw, curve.right)), float(row[1])) for row in fold
        ]
    pairs.sort()
    bins = np.array_split(np.asarray(pairs), 10)
    return float(sum(len(b) * abs(b[:, 0].mean() - b[:, 1].mean()) for b in bins) / len(pairs))


def best_threshold(rows: Sequence[_Row], curve: Confidence, marked: int) -> float:
    """Return the confidence below which statements are better left out, by F1."""
    scores = sorted(
        ((float(np.interp(curve.score(f), curve.raw, curve.right)), ok) for f, ok in rows), reverse=True
    )
    right, values = 0, {}
    for count, (score, ok) in enumerate(scores, 1):
        right += ok
        values[score] = 200 * right / (count + marked)
    threshold = max(values, key=lambda score: values[score])
    print(f"F1 {values[threshold]:.2f} at confidence {threshold}", flush=True)
    return threshold


def main() -> None:
    """Choose, fit, and write the manifest."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("model", type=Path)
    options.add_argument("--polnear", type=Path, required=True)
    options.add_argument(
        "--all", action="store_true", help="measure on every article (for a part not trained on)"
    )
    given = options.parse_args()
    texts = [t for t in read_polnear(given.polnear) if given.all or is_held_out(t)]
    encoder = Encoder(given.model, threads=2)
    scored = score_all(encoder, texts)
    settings = choose(scored, settings_of(encoder.manifest))
    folds: list[list[_Row]] = [[] for _ in range(10)]
    for number, item in enumerate(scored):
        folds[number % 10] += rows_of(item, settings)
    rows = [row for fold in folds for row in fold]
    curve = fit(rows)
    print(f"calibration error, cross-validated: {cross_validated_error(folds):.4f}")
    marked = sum(len(t.statements) for t in texts)
    manifest = dict(encoder.manifest)
    manifest["settings"] = {n: list(getattr(settings, n)) for n in ("tags", "nested_tags", "nothing")}
    manifest["confidence"] = {n: list(getattr(curve, n)) for n in ("weights", "raw", "right")}
    manifest["least_confidence"] = best_threshold(rows, curve, marked)
    (given.model / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")


if __name__ == "__main__":
    main()
