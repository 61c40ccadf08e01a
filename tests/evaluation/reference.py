"""The reference scorers beside the checkout, and made-up predictions to hold ours against them."""

from __future__ import annotations

import importlib.util
import random
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType

from onrecord.article import Article, Spans, Statement

ROLES = ("source", "cue", "content")


def load_tool(shared: Path, name: str) -> ModuleType:
    """Import one of the reference scorers from its file."""
    path = shared / "tools" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"reference_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    known, bytecode = list(sys.path), sys.dont_write_bytecode
    sys.dont_write_bytecode = True  # the folder is not ours
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path[:], sys.dont_write_bytecode = known, bytecode
    return module


def plain(path: Path, **fields: str) -> Article:
    """Read a text file as it is."""
    return Article(path=str(path), text=path.read_bytes().decode("utf-8"), **fields)  # type: ignore[arg-type]


def statement(content: Spans, source: Spans = (), cue: Spans = (), **fields: object) -> Statement:
    """Make a statement with the spans given and the rest left open."""
    values: dict[str, object] = {
        "id": str(content),
        "type": "indirect",
        "text": "",
        "confidence": 0.5,
        **fields,
    }
    return Statement(content=content, source=source, cue=cue, **values)  # type: ignore[arg-type]


def perturbed(rng: random.Random, spans: Spans, length: int) -> Spans:
    """Return the spans with some dropped and some borders moved by up to a few words."""
    kept = [span for span in spans if rng.random() > 0.08]
    moved = []
    for start, end in kept:
        if rng.random() < 0.4:
            start = max(0, start + rng.randint(-25, 25))
        if rng.random() < 0.4:
            end = min(length, end + rng.randint(-25, 25))
        if start < end:
            moved.append((start, end))
    return tuple(moved)


def noisy(rng: random.Random, marked: Iterable[Sequence[Spans]], length: int) -> list[Statement]:
    """Return statements made of marked (source, cue, content): some lost, moved, doubled, invented."""

    def one(source: Spans, cue: Spans, content: Spans) -> Statement:
        spans = [perturbed(rng, part, length) for part in (content, source, cue)]
        return statement(*spans, confidence=rng.random())

    def invented() -> Statement:
        start = rng.randrange(max(1, length - 60))
        return statement(((start, start + rng.randint(1, 60)),), ((start, start + 4),))

    found: list[Statement] = []
    for roles in marked:
        found.extend(one(*roles) for _ in range(rng.choice((0, 1, 1, 1, 1, 2))))
        found.extend(invented() for _ in range(rng.random() < 0.15))
    rng.shuffle(found)
    return found
