"""The package as it is installed: its size, and what it may not pull in."""

from __future__ import annotations

import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import onrecord

REPOSITORY = Path(__file__).parents[1]

#: Bytes that the base package may take with all that it needs: 330 MB.
MOST_BYTES = 330_000_000

#: Too heavy, or not needed at run time: these belong to extras only.
NOT_IN_BASE = {"torch", "pandas", "scipy", "spacy", "pyspark", "pyarrow", "scikit-learn", "transformers"}


def base_closure() -> set[str]:
    """Return the names of all distributions that the base package needs on this machine."""
    found: set[str] = set()
    todo: list[tuple[str, frozenset[str]]] = [("onrecord", frozenset())]
    done: set[tuple[str, frozenset[str]]] = set()
    while todo:
        name, extras = todo.pop()
        if (name, extras) in done:
            continue
        done.add((name, extras))
        found.add(name)
        for line in distribution(name).requires or ():
            need = Requirement(line)
            wanted = need.marker is None or any(
                need.marker.evaluate({"extra": extra}) for extra in extras or {""}
            )
            if wanted:
                todo.append((canonicalize_name(need.name), frozenset(need.extras)))
    return found


def installed_bytes(name: str) -> int:
    """Return the bytes of all files of a distribution, compiled ones too."""
    files = distribution(name).files
    assert files, f"{name} has no list of its files"
    paths = [Path(str(file.locate())) for file in files]
    return sum(path.stat().st_size for path in paths if path.is_file())


def test_the_base_install_is_small() -> None:
    """The package and everything it needs take at most 330 MB."""
    sizes = {name: installed_bytes(name) for name in base_closure() - {"onrecord"}}
    # Installed in place, the package's own files are not in its list; counted where they lie.
    own = Path(onrecord.__file__).parent
    sizes["onrecord"] = sum(path.stat().st_size for path in own.rglob("*") if path.is_file())
    largest = sorted(sizes.items(), key=lambda item: -item[1])[:8]
    assert sum(sizes.values()) <= MOST_BYTES, largest


def test_nothing_heavy_is_needed_at_run_time() -> None:
    """None of the libraries that belong to extras comes with the base install."""
    assert base_closure() & NOT_IN_BASE == set()


@pytest.mark.parametrize("extra", ["base", "dev"])
def test_lock_files_hold_what_the_package_asks_for(extra: str) -> None:
    """Every requirement of pyproject.toml is locked, with a version that it allows and a hash."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(project["optional-dependencies"]["dev"] if extra == "dev" else ())]
    locked: dict[str, list[str]] = {}
    for line in (REPOSITORY / "requirements" / f"{extra}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith((" ", "#")):
            assert line.endswith("\\"), f"{line} is locked without a hash"
            name, _, version = line.partition(";")[0].rstrip(" \\").partition("==")
            locked.setdefault(canonicalize_name(name), []).append(version.strip())
    for need in map(Requirement, wanted):
        versions = locked.get(canonicalize_name(need.name), [])
        assert versions, f"{need.name} is not locked: make lock"
        assert all(need.specifier.contains(version) for version in versions), (
            f"{need} is {versions}: make lock"
        )


def test_the_package_is_installed() -> None:
    """The tests run against an installed onrecord, whose metadata name its version."""
    try:
        version = distribution("onrecord").version
    except PackageNotFoundError:
        pytest.fail("onrecord is not installed in this environment: make test")
    assert version == onrecord.__version__
