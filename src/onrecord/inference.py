"""The shipped encoder: its files, its session, its batches. No other file knows the model's format.

A batch holds windows of one article only. Dynamic int8 takes its scale from all that is in the batch, so a
neighbour from another article would change the answer; this way the same text always gets the same one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from onrecord.errors import ModelError
from onrecord.finding.pieces import Vocabulary
from onrecord.finding.scores import LINK_WIDTH, LINKS, TAGS, WindowScores
from onrecord.finding.windows import cut_windows
from onrecord.finding.words import Words

SHIPPED: Final = Path(__file__).parent / "models"

#: Windows in one call of the session: bounds memory on book-length input, and is more than an article has.
_MOST_WINDOWS: Final = 8


class Encoder:
    """An ONNX session with its vocabulary and manifest.

    Args:
        folder: holds ``manifest.json``, ``finder.onnx`` and ``tokenizer.json``.
        threads: of the session; results do not depend on it.

    Raises:
        ModelError: a file is missing, or is not the one that the manifest names.
    """

    def __init__(self, folder: Path = SHIPPED, threads: int = 1) -> None:
        self.manifest: Mapping[str, Any] = _manifest(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Other work on the machine should not wait for spinning threads.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        model = folder / "finder.onnx"
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._vocabulary = Vocabulary(folder / "tokenizer.json")
        self._most = int(self.manifest["window_pieces"])

    @property
    def version(self) -> str:
        """Name of the model's version."""
        return str(self.manifest["version"])

    def scores(self, words: Words) -> list[WindowScores]:
        """Return what the encoder says of the words of one article, window by window."""
        pieces = self._vocabulary.pieces(words.strings)
        windows = cut_windows(words, [len(p) for p in pieces], self._most)
        found: list[WindowScores] = []
        for at in range(0, len(windows), _MOST_WINDOWS):
            found += self._batch(words, pieces, windows[at : at + _MOST_WINDOWS])
        return found

    def _batch(
        self, words: Words, pieces: Sequence[tuple[int, ...]], windows: Sequence[tuple[int, int]]
    ) -> list[WindowScores]:
        inputs, heads = self._inputs(words, pieces, windows)
        tags, links, nothing = self.run(inputs)
        found = []
        for row, (first, behind) in enumerate(windows):
            at = heads[row]
            levels = tags[row, at].reshape(len(at), 2, len(TAGS)).transpose(1, 0, 2)
            shape = (len(at), len(LINKS), 2, 2, LINK_WIDTH)
            found.append(
                WindowScores(
                    first, behind, _log_softmax(levels), links[row, at].reshape(shape), nothing[row, at]
                )
            )
        return found

    def run(self, inputs: Mapping[str, NDArray[np.int64]]) -> list[NDArray[np.float32]]:
        """Return tag scores, link vectors and scores of "nothing" of one batch: the bare forward pass."""
        return list(self._session.run(["tags", "links", "nothing"], dict(inputs)))

    def _inputs(
        self, words: Words, pieces: Sequence[tuple[int, ...]], windows: Sequence[tuple[int, int]]
    ) -> tuple[dict[str, NDArray[np.int64]], list[list[int]]]:
        """Return the session's inputs, and for each window the place of each word's first piece."""
        sizes = [len(p) for p in pieces]
        length = 2 + max(sum(sizes[a:b]) for a, b in windows)
        names = ("pieces", "cases", "gaps", "quotes", "mask")
        arrays = {name: np.zeros((len(windows), length), dtype=np.int64) for name in names}
        arrays["pieces"][:] = self._vocabulary.pad
        heads = []
        for row, (first, behind) in enumerate(windows):
            counts = np.asarray(sizes[first:behind])
            at = 1 + np.concatenate(([0], np.cumsum(counts)[:-1]))
            end = int(1 + counts.sum())
            arrays["pieces"][row, 0] = self._vocabulary.start
            arrays["pieces"][row, 1:end] = [piece for word in pieces[first:behind] for piece in word]
            arrays["pieces"][row, end] = self._vocabulary.end
            arrays["cases"][row, 1:end] = np.repeat(words.cases[first:behind], counts) + 1
            arrays["quotes"][row, 1:end] = np.repeat(words.quotes[first:behind], counts) + 1
            arrays["gaps"][row, at] = np.asarray(words.gaps[first:behind]) + 1
            arrays["mask"][row, : end + 1] = 1
            heads.append(at.tolist())
        return arrays, heads


def _log_softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    shifted = scores - scores.max(-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(-1, keepdims=True)), dtype=np.float32)


def _manifest(folder: Path) -> dict[str, Any]:
    """Read the manifest and check the files that it names by their hashes."""
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        for name, wanted in manifest["sha256"].items():
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != wanted:
                raise ModelError(f"{folder / name} is not the file that its manifest names: install again")
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"no model in {folder} ({error}): install onrecord again") from error
    return manifest


@cache
def shipped_encoder() -> Encoder:
    """Return the model inside the package, loaded once."""
    return Encoder()
