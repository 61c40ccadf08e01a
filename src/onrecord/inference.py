"""The shipped encoder: its files and its session. No other file knows the model's format.

Each window is run alone. Dynamic int8 takes its scale from all that is in a batch, neighbours and padding
included, so that in a batch the same text would not always get the same answer. Alone it does, nothing is
padded, and on a 2026 server core it takes a fifth less time and 400 MB less memory than eight at once.
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

from onrecord.errors import ModelError
from onrecord.finding.pieces import Vocabulary
from onrecord.finding.scores import LINK_WIDTH, LINKS, TAGS, Floats, Ints, WindowScores
from onrecord.finding.windows import cut_windows
from onrecord.finding.words import Words

SHIPPED: Final = Path(__file__).parent / "models"

#: Inputs of the session, all (windows, pieces).
INPUTS: Final = ("pieces", "cases", "gaps", "quotes")


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
        self._session = open_session(folder / "finder.onnx", threads)
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
        return [self._window(words, pieces, first, behind) for first, behind in windows]

    def _window(
        self, words: Words, pieces: Sequence[tuple[int, ...]], first: int, behind: int
    ) -> WindowScores:
        inputs, heads = self.inputs(words, pieces, first, behind)
        tags, links, nothing = self.run(inputs)
        levels = tags[0, heads].reshape(len(heads), 2, len(TAGS)).transpose(1, 0, 2)
        vectors = links[0, heads].reshape(len(heads), len(LINKS), 2, 2, LINK_WIDTH)
        return WindowScores(first, behind, _log_softmax(levels), vectors, nothing[0, heads])

    def run(self, inputs: Mapping[str, Ints]) -> list[Floats]:
        """Return tag scores, link vectors and scores of "nothing": the bare forward pass."""
        return list(self._session.run(["tags", "links", "nothing"], dict(inputs)))

    def inputs(
        self, words: Words, pieces: Sequence[tuple[int, ...]], first: int, behind: int
    ) -> tuple[dict[str, Ints], Ints]:
        """Return the session's inputs for one window, and the place of each word's first piece."""
        counts = np.asarray([len(p) for p in pieces[first:behind]])
        heads = 1 + np.concatenate(([0], np.cumsum(counts)[:-1]))
        end = int(1 + counts.sum())
        arrays = {name: np.zeros((1, end + 1), dtype=np.int64) for name in INPUTS}
        arrays["pieces"][0, 0] = self._vocabulary.start
        arrays["pieces"][0, 1:end] = [piece for word in pieces[first:behind] for piece in word]
        arrays["pieces"][0, end] = self._vocabulary.end
        # 0 stands for the marker pieces in the three extra inputs.
        arrays["cases"][0, 1:end] = np.repeat(words.cases[first:behind], counts) + 1
        arrays["quotes"][0, 1:end] = np.repeat(words.quotes[first:behind], counts) + 1
        arrays["gaps"][0, heads] = np.asarray(words.gaps[first:behind]) + 1
        return arrays, heads


def open_session(model: Path, threads: int = 1) -> onnxruntime.InferenceSession:
    """Return a session for the model file; ``threads`` change its speed, not its answers."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Other work on the machine should not wait for spinning threads.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # onnxruntime's fused kernel for a sum and its normalisation is slower than the two alone: without it a
    # window takes a tenth (330 pieces) to a fifth (150) less (onnxruntime 1.32, 2026-11).
    return onnxruntime.InferenceSession(
        str(model),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],
    )


def _log_softmax(scores: Floats) -> Floats:
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
