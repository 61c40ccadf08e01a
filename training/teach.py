r"""Write what trained finders say of texts, for a smaller one to learn from.

python -m training.teach RUN=START ... --polnear ../shared/data/polnear/train --raw FOLDER --to taught

``RUN`` holds a ``finder.pt``, ``START`` is the folder whose vocabulary it was trained with. The tag
probabilities of all are averaged (Hinton et al. 2015, at temperature 1). Of the articles of PolNeAR they are
kept beside the key; of texts that nobody marked (Wikinews, re3d) they are all there is, and the statements
that the first finder makes of them train the links.

Written are ``taught/tags.npz``, for each text (words, 2 levels, 7 tags), NaN where nothing is known, and
``taught/read.json``, the texts without a key with the statements found in them.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from onrecord.finding.decoding import Settings, decode
from onrecord.finding.linking import Draft
from onrecord.finding.pieces import Vocabulary
from onrecord.finding.scores import LINKS, TAGS, WindowScores
from onrecord.finding.segments import Segment
from onrecord.finding.words import Words
from training.corpus import Marked, MarkedText, is_held_out, paragraphs_of, read_polnear
from training.examples import make_example
from training.measure import measure, places_of, window_scores
from training.network import Finder

#: Windows of the teachers, in pieces.
_MOST = 382

#: Parts of re3d whose terms let a model trained on them be shipped; BBC's do not.
_OPEN_PARTS = (
    "Australian Department of Foreign Affairs",
    "CENTCOM",
    "Delegation of the European Union to Syria",
    "UK Government",
    "US State Department",
    "Wikipedia",
)

Tags = NDArray[np.float32]


@dataclasses.dataclass(slots=True)
class Teacher:
    """A trained finder with its vocabulary."""

    finder: Finder
    vocabulary: Vocabulary


def read_raw(folder: Path) -> Iterator[MarkedText]:
    """Yield the texts of Wikinews and of the open parts of re3d that lie in ``folder``."""
    for path in sorted((folder / "wikinews" / "data").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for number, row in enumerate(csv.DictReader(lines)):
                yield _raw(f"{path.stem}#{number}", f"{row['title']}\n\n{row['text']}")
    for part in _OPEN_PARTS:
        lines = (folder / "re3d" / part / "documents.json").read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            yield _raw(f"{part}#{number}", json.loads(line)["text"])


def _raw(name: str, text: str) -> MarkedText:
    return MarkedText(name, text, (), paragraphs=paragraphs_of(text))


def ask(teachers: Sequence[Teacher], text: MarkedText) -> tuple[Words, list[WindowScores]]:
    """Return the first teacher's scores of a text, with the tags of all averaged."""
    answers = [window_scores(one.finder, one.vocabulary, text, _MOST) for one in teachers]
    words = answers[0][0]
    windows = []
    for together in zip(*(windows for _, windows in answers), strict=True):
        if len({(w.first, w.behind) for w in together}) != 1:
            raise ValueError(f"{text.name}: the teachers' vocabularies cut it into other windows")
        mean = np.mean([np.exp(w.tags) for w in together], axis=0)
        windows.append(dataclasses.replace(together[0], tags=np.log(mean)))
    return words, windows


def tags_of(words: Words, windows: Sequence[WindowScores], inside: Sequence[bool]) -> Tags:
    """Return probabilities (words, 2, 7); of the second level only ``inside`` contents."""
    found = np.full((len(words), 2, len(TAGS)), np.nan, dtype=np.float32)
    for window in windows:
        found[window.first : window.behind] = np.exp(window.tags).transpose(1, 0, 2)
    found[~np.asarray(inside, dtype=bool), 1] = np.nan
    return found


def statements_of(drafts: Sequence[Draft], words: Words) -> list[Marked]:
    """Return drafts and those inside them as marks."""

    def marks(draft: Draft, parent: int | None) -> Marked:
        def spans(segments: Sequence[Segment | None]) -> tuple[tuple[int, int], ...]:
            return tuple((words.starts[s.first], words.ends[s.last]) for s in segments if s)

        return Marked(spans(draft.content), spans([draft.source]), spans([draft.cue]), parent)

    found: list[Marked] = []
    for draft in drafts:
        found.append(marks(draft, None))
        parent = len(found) - 1
        found += [marks(inner, parent) for inner in draft.nested]
    return found


def teach(teachers: Sequence[Teacher], polnear: Path, raw: Path, to: Path) -> None:
    """Write ``tags.npz`` and ``read.json``; print the teachers' own score on the held-out articles."""
    settings = Settings(distance=teachers[0].finder.link_bias.weight.detach().view(len(LINKS), -1).numpy())
    tags: dict[str, Tags] = {}
    held_out, guesses = [], []
    for text in read_polnear(polnear):
        words, windows = ask(teachers, text)
        if is_held_out(text):
            held_out.append(text)
            guesses.append(places_of(decode(windows, words, settings), words, text.text))
            continue
        example = make_example(dataclasses.replace(text, nested_marked=True), teachers[0].vocabulary)
        inside = [tag >= 0 for tag in example.levels[1].tags]
        tags[text.name] = tags_of(words, windows, inside)
    print(json.dumps(measure(held_out, guesses)), flush=True)
    texts = []
    for text in read_raw(raw):
        words, windows = ask(teachers, text)
        marks = statements_of(decode(windows, words, settings), words)
        covered = [span for mark in marks if mark.parent is None for span in mark.content]
        inside = [any(a <= at < b for a, b in covered) for at in words.starts]
        tags[text.name] = tags_of(words, windows, inside)
        texts.append(dataclasses.asdict(dataclasses.replace(text, statements=tuple(marks))))
    to.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(to / "tags.npz", **{name: array.astype(np.float16) for name, array in tags.items()})
    (to / "read.json").write_text(json.dumps(texts), encoding="utf-8")
    print(f"{len(tags)} texts taught, {len(texts)} of them without a key")


def read_taught(folder: Path) -> tuple[dict[str, Tags], list[MarkedText]]:
    """Return what :func:`teach` wrote."""
    with np.load(folder / "tags.npz") as stored:
        tags = {name: stored[name].astype(np.float32) for name in stored.files}
    texts = []
    for one in json.loads((folder / "read.json").read_text(encoding="utf-8")):
        marks = tuple(
            Marked(*(tuple((a, b) for a, b in m[role]) for role in ("content", "source", "cue")), m["parent"])
            for m in one["statements"]
        )
        texts.append(
            MarkedText(
                one["name"], one["text"], marks, nested_marked=True, paragraphs=paragraphs_of(one["text"])
            )
        )
    return tags, texts


def _halved(finder: Finder) -> Finder:
    """Turn the layers' weights to bfloat16 once, which autocast would otherwise do for every window."""
    for layer in finder.layers.modules():
        if isinstance(layer, nn.Linear):
            layer.to(torch.bfloat16)
    return finder


def main() -> None:
    """Teach what the options name."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("teachers", nargs="+", metavar="RUN=START")
    options.add_argument("--polnear", type=Path, required=True)
    options.add_argument("--raw", type=Path, required=True, help="folder of wikinews/ and re3d/")
    options.add_argument("--to", type=Path, required=True)
    given = options.parse_args()
    torch.set_num_threads(2)
    teachers = []
    for one in given.teachers:
        run, start = one.split("=", 1)
        vocabulary = Vocabulary(Path(start) / "tokenizer.json")
        teachers.append(Teacher(_halved(Finder.load(Path(run) / "finder.pt").eval()), vocabulary))
    teach(teachers, given.polnear, given.raw, given.to)


if __name__ == "__main__":
    main()
