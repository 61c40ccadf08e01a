"""A stand-in for the statement finder, where the model is not the point: it answers from the sample keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import onrecord.batch.run as batch
from onrecord import cli, pipeline
from onrecord.article import Article, Interval, Speaker, Statement, statement_id
from onrecord.errors import LanguageError
from onrecord.evaluation.corpora import gold
from onrecord.evaluation.placing import place

REPOSITORY = Path(__file__).parents[2]
SAMPLES = REPOSITORY / "examples" / "articles"

Run = Callable[..., Result]


def extract_from_keys(article: Article) -> list[Statement]:
    """Return the statements that the key of a sample article marks."""
    if article.language not in (None, "en"):
        raise LanguageError(
            article.path, f"written in {article.language!r}; statements are found in English only"
        )
    file, _, row = article.path.partition("#")
    name = Path(file).stem + (f".{row}" if row else "")
    path = REPOSITORY / "tests" / "gold" / f"{name}.json"
    if not path.exists():
        return []
    (key,) = gold(path)
    marked = place(key.rows, article.text)
    ids = {one.id: statement_id(article.text_sha256, one.content) for one in marked}
    return [
        Statement(
            id=ids[one.id],
            type=one.type or "direct",
            content=one.content,
            text=article.quote(one.content),
            source=one.source,
            cue=one.cue,
            speaker=Speaker(name=one.speaker, kind=one.kind, named=True, office=one.office, why="key"),
            parent=ids.get(one.parent or ""),
            said=Interval(first=one.said[0], last=one.said[1], rule="key") if one.said else None,
            confidence=0.9,
        )
        for one in marked
        if one.content
    ]


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the stand-in in the place of the finder."""
    monkeypatch.setattr(pipeline, "extract", extract_from_keys)
    monkeypatch.setattr(pipeline, "model_version", lambda: "keys")
    # Other processes would find with the shipped model.
    monkeypatch.setattr(batch, "FEW", 1_000)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stub: None) -> Run:
    """Run the command line in an empty folder, with the stand-in; ``terminal=WIDTH`` for a terminal."""
    monkeypatch.chdir(tmp_path)
    for name in ("ONRECORD_RECORD", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("USER", "marker")

    def run(*args: str, terminal: int | None = None, **extra: object) -> Result:
        env = {"COLUMNS": str(terminal or 80), "TERM": "xterm-256color"}
        if terminal:
            env["FORCE_COLOR"] = "1"
        return CliRunner().invoke(cli.main, [str(arg) for arg in args], env=env, **extra)  # type: ignore[arg-type]

    return run
