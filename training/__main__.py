r"""Make the shipped model from nothing but the research data: what ``make train`` runs.

python -m training --data ../shared/data --runs training/runs

1. A first finder on PolNeAR and the own passages.
2. Its reading of what stands inside contents: nested statements, which the corpus does not mark.
3. A second one: the first, trained on with both levels.
4. A teacher twelve layers deep and twice as wide, trained like the second; what it says of the articles,
   and of texts that nobody marked.
5. The finder that ships: the second one, trained on with what the teacher says.
6. int8 ONNX, the decoder's settings, the confidence.

Each step is skipped when its result is there, and a training that was stopped goes on at its last epoch.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from training.weights import minilm, mpnet

SHIPPED = Path("src/onrecord/models")


def step(name: str, *arguments: str | Path) -> None:
    """Run one module of this package."""
    print(f"== {name} {' '.join(map(str, arguments))}", flush=True)
    subprocess.run([sys.executable, "-m", f"training.{name}", *map(str, arguments)], check=True)


def main() -> None:
    """Run the steps."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--data", type=Path, default=Path("../shared/data"))
    options.add_argument("--runs", type=Path, default=Path("training/runs"))
    options.add_argument("--to", type=Path, default=SHIPPED)
    options.add_argument("--version", default="4")
    given = options.parse_args()
    polnear = given.data / "polnear" / "train"
    if not polnear.is_dir():
        sys.exit(f"no research data at {polnear}: name their folder with --data")
    start, large = minilm(), mpnet(given.runs / "mpnet")
    first, second, third = (given.runs / name for name in ("first", "second", "third"))
    nested, teacher, taught = given.runs / "nested.json", given.runs / "teacher", given.runs / "taught"
    read = ("--polnear", polnear)
    small = (*read, "--start", start)
    step("train", *small, "--out", first, "--epochs", "6")
    if not nested.exists():
        step("export", first, "--start", start, "--to", first / "model", "--version", "first")
        step("tune", first / "model", *read)
        step("nest", first / "model", *read, "--to", nested)
    step(
        "train", *small, "--nested", nested, "--weights", first / "finder.pt", "--out", second,
        "--epochs", "5",
    )  # fmt: skip
    step(
        "train", *read, "--start", large, "--nested", nested, "--out", teacher, "--epochs", "3",
        "--dropout", "0", "--rate", "1.2e-4", "--head-rate", "5e-4",
    )  # fmt: skip
    if not (taught / "read.json").exists():
        step("teach", f"{teacher}={large}", *read, "--raw", given.data, "--to", taught)
    step(
        "train", *small, "--nested", nested, "--weights", second / "finder.pt", "--out", third,
        "--epochs", "5", "--taught", taught, "--taught-share", "0.7", "--dropout", "0.05", "--repeat", "3",
    )  # fmt: skip
    step("export", third, "--start", start, "--to", given.to, "--version", given.version)
    step("tune", given.to, *read)
    step("report", given.to, "--polnear", given.data / "polnear" / "dev")


if __name__ == "__main__":
    main()
