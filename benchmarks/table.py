"""What the measurements share: the machine in a line, tables, and where dated results go."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]


def machine(*packages: str) -> str:
    """Return day, processor, cores, Python and the versions of packages, as one line."""
    processor = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.exists():
        names = [line for line in information.read_text().splitlines() if line.startswith("model name")]
        processor = names[0].partition(":")[2].strip() if names else processor
    parts = [
        f"{datetime.now(UTC):%Y-%m-%d}",
        f"{processor}, {os.cpu_count()} cores",
        f"Python {platform.python_version()}",
        *(f"{package} {_version(package)}" for package in ("onrecord", *packages)),
    ]
    return "; ".join(parts) + "."


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def rows(head: Sequence[str], body: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a Markdown table, first column to the left and the others to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *body]
    return [f"| {' | '.join(line)} |" for line in lines]


def publish(name: str, lines: Sequence[str], folder: Path | None) -> None:
    """Print the lines, and write them to ``folder/NAME-DAY.md`` when a folder is given."""
    text = "\n".join(lines) + "\n"
    print(text)
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name}-{datetime.now(UTC):%Y-%m-%d}.md"
        path.write_text(text, encoding="utf-8")
        print(f"written to {path}")
