"""``inputs``: what was given to be added, how far it was gone through, and what failed."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

import onrecord
from onrecord.cli import options
from onrecord.cli.output import Output, number, plain
from onrecord.cli.running import report

if TYPE_CHECKING:
    from onrecord.batch import Input, Manifest

#: How many items are in a state, in words.
_STATES: Final = {
    "done": "done",
    "failed": "failed",
    "refused": "refused",
    "waiting": "waiting for another try",
}


@dataclass(slots=True)
class _Folder:
    files: int = 0
    items: Counter[str] = field(default_factory=Counter)


@click.command(
    short_help="List what was added, and try again what failed.",
    epilog="\b\nExamples:\n  onrecord inputs --failed\n  onrecord inputs --retry --workers 4",
)
@click.option("--failed", is_flag=True, help="Name each item that failed, with the reason.")
@click.option(
    "--retry", is_flag=True, help="Try again what failed, and go on with what was stopped before its end."
)
@options.workers_option
@options.record_option
@options.json_option
def inputs(failed: bool, retry: bool, workers: int, path: str, output: Output) -> int:
    """List the inputs that `add` was given, with how many of their items are done and how many failed.

    Files of one page are counted together, folder by folder. Standard input is not listed.
    """
    from onrecord.batch import Manifest

    with onrecord.Record(path, create=False) as record:
        manifest = Manifest(record)
        if retry:
            return _retry(record, manifest, workers, path, output)
        if failed:
            _list_failures(manifest, output)
        else:
            _list(manifest, output)
    return 0


def _list_failures(manifest: Manifest, output: Output) -> None:
    failure = None
    for failure in manifest.failures():
        if output.json:
            output.line(asdict(failure))
        else:
            output.unbroken(f"{plain(_shown(failure.path))}: {plain(failure.error)}")
    if failure is None and not output.json:
        output.unbroken("Nothing failed")


def _list(manifest: Manifest, output: Output) -> None:
    folders: dict[str, _Folder] = {}
    for one, items in manifest.inputs_with_counts():
        if output.json:
            line = {"path": one.path, "state": one.state, "error": one.error, "at": one.at, "items": items}
            output.line(line)
            continue
        single = sum(items.values()) <= 1 and "://" not in one.path
        if one.state == "done" and single:
            folder = folders.setdefault(str(Path(one.path).parent), _Folder())
            folder.files += 1
            folder.items.update(items)
            continue
        output.unbroken(f"{plain(_shown(one.path))}: {_became(one, items)}")
    for name, folder in folders.items():
        known = ", ".join(_counted(folder.items)) or "nothing in them"
        output.unbroken(f"{plain(_shown(name))}{os.sep}: {number(folder.files, 'file')}: {known}")


def _became(one: Input, items: dict[str, int]) -> str:
    parts = [f"{number(sum(items.values()), 'item')}: {', '.join(_counted(items))}"] if items else []
    if one.state == "waiting":
        parts.append(f"not gone through to its end{_share(one)}" if items else "waiting")
    if one.state == "failed":
        parts.append(plain(one.error or "failed"))
    return "; ".join(parts) or "no items"


def _share(one: Input) -> str:
    """Return how much of a file's bytes has been gone through, where that is known."""
    try:
        size = Path(one.path).stat().st_size
    except OSError:
        return ""
    return f" ({100 * one.reached // size} % of its bytes are)" if one.reached and size else ""


def _counted(items: dict[str, int]) -> list[str]:
    return [f"{items[state]:,} {words}" for state, words in _STATES.items() if items.get(state)]


def _retry(record: onrecord.Record, manifest: Manifest, workers: int, path: str, output: Output) -> int:
    from onrecord.batch import Run

    manifest.retry()
    waiting = [one.path for one in manifest.inputs("waiting")]
    return report(output, Run(record, waiting, {}, workers=workers, settled=False), path)


def _shown(path: str) -> str:
    """Return a path as it is from the folder one stands in, when it lies below it."""
    try:
        return str(Path(path).relative_to(Path.cwd()))
    except ValueError:
        return path
