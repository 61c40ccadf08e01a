"""Installed size of the base package with all it needs, in a fresh virtual environment.

The locked versions are installed, then the package itself as a user gets it (not in place). Counted is what
lies in site-packages without pip: bytes of the files, compiled ones included, and the blocks they take.

    python benchmarks/size.py [--out FOLDER | --print]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import venv
from collections import Counter
from pathlib import Path

from table import REPOSITORY, machine, publish, rows

MOST_MB = 330
LARGEST = 12


def install(folder: Path) -> Path:
    """Make a virtual environment with the base package in it; return its site-packages."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "-qq", "install"]
    needs = [f"--requirement={REPOSITORY / 'requirements' / name}" for name in ("build.txt", "base.txt")]
    subprocess.run([*pip, "--require-hashes", needs[1]], check=True)
    with tempfile.TemporaryDirectory() as build:
        # What builds the package is no part of it: built beside, installed as a wheel.
        venv.create(build, with_pip=True)
        builder = [str(Path(build) / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "-qq"]
        subprocess.run([*builder, "install", "--require-hashes", needs[0]], check=True)
        wheel = ["wheel", "--no-deps", "--no-build-isolation", f"--wheel-dir={build}", str(REPOSITORY)]
        subprocess.run([*builder, *wheel], check=True)
        subprocess.run([*pip, "--no-deps", *map(str, Path(build).glob("onrecord-*.whl"))], check=True)
    return next((folder / "lib").glob("python*/site-packages"))


def measure(site: Path) -> tuple[Counter[str], int]:
    """Return bytes by top-level folder or file, and what the disk holds of all, pip left out."""
    sizes: Counter[str] = Counter()
    blocks = 0
    for path in site.rglob("*"):
        top = path.relative_to(site).parts[0]
        if (
            path.is_file()
            and not path.is_symlink()
            and not top.startswith(("pip", "setuptools", "_distutils"))
        ):
            status = path.stat()
            sizes[top] += status.st_size
            blocks += status.st_blocks * 512
    return sizes, blocks


def main() -> int:
    """Measure, print and write the table; fail above the limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results")
    parser.add_argument("--print", action="store_true", help="print the table and write no file")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sizes, blocks = measure(install(Path(folder)))
    total = sum(sizes.values())
    lines = [
        "# Installed size",
        "",
        machine(),
        "",
        f"Base package with all it needs: **{total / 1e6:.1f} MB** ({total / 2**20:.1f} MiB; on this disk "
        f"{blocks / 1e6:.1f} MB). Limit: {MOST_MB} MB.",
        "",
        *rows(("part", "MB"), [(name, f"{size / 1e6:.1f}") for name, size in sizes.most_common(LARGEST)]),
    ]
    publish("size", lines, None if arguments.print else arguments.out)
    return int(total > MOST_MB * 1e6)


if __name__ == "__main__":
    sys.exit(main())
