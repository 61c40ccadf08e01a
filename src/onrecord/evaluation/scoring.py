"""Running the finder over marked articles, and the scorers over what it finds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations
from pathlib import Path
from typing import Final, Literal

from onrecord import reading
from onrecord.article import Article, Statement
from onrecord.errors import InputError, OnrecordError
from onrecord.evaluation import corpora, speakers
from onrecord.evaluation.attributions import attribution_counts
from onrecord.evaluation.corpora import Key, MarkedArticle
from onrecord.evaluation.placing import TextDiffersError, moved, place
from onrecord.evaluation.report import Count, Report, calibrate, tabulate
from onrecord.evaluation.statements import (
    field_count,
    match_statements,
    source_count,
    statement_counts,
)
from onrecord.evaluation.tokens import Tokens

Kind = Literal["polnear", "syria", "case", "gold", "speakers"]
Extract = Callable[[Article], list[Statement]]
Read = Callable[[Path], Article]

#: The figures that two annotators are compared by.
_AGREEMENT: Final = ("attribution relaxed", "attribution exact", "quoted: attribution relaxed")


@dataclass(slots=True)
class _Outcome:
    """What is known of one article: the counts, and each confidence with whether it was right."""

    counts: dict[str, Count]
    confidences: list[tuple[float, bool]] = field(default_factory=list)
    failed: str | None = None
    lost: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Found:
    """What reading and extraction gave for one article, or why nothing."""

    article: Article | None
    statements: list[Statement]
    failed: str | None = None

    @property
    def outer(self) -> list[Statement]:
        """The statements that stand in no other."""
        return [statement for statement in self.statements if not statement.parent]


def evaluate(
    kind: Kind,
    data: Path,
    extract: Extract,
    key: str = "a",
    only: Collection[str] | None = None,
    *,
    read: Read | None = None,
) -> Report:
    """Read and extract every marked article and score what is found.

    Args:
        kind: layout and definitions: ``polnear`` (attributions: :mod:`onrecord.evaluation.attributions`),
            ``syria``, ``case`` or ``gold`` (statements: :mod:`onrecord.evaluation.statements`; ``gold``
            gives attributions too), ``speakers`` (:mod:`onrecord.evaluation.speakers`).
        data: the folder, or the file of gold lines for ``polnear``, or one key for ``gold``.
        extract: what finds the statements of an article.
        key: which marker's key, for ``syria`` and ``speakers``; for ``speakers`` also a file of names.
        only: names of the articles to take, all when empty.
        read: what reads a file; :func:`onrecord.reading.read` when not given.

    Returns:
        The figures. Nested statements are left out of attributions, since the corpora mark none. An
        article that cannot be read counts as one in which nothing was found, and is named.

    Raises:
        InputError: the marked data are not in this layout, or hold no article.
    """
    read = read or reading.read
    if kind == "speakers":
        outcomes = [_score_speakers(marked, extract, read) for marked in speakers.load(data, key, only, read)]
    elif kind == "gold":
        outcomes = [_score_gold(key_, extract, read) for key_ in corpora.gold(data, only)]
    elif kind in _SCORES:
        score = _SCORES[kind]
        outcomes = [score(marked, _run(marked, extract, read)) for marked in _load(kind, data, key, only)]
    else:
        raise InputError(
            str(data), f"cannot be evaluated as {kind!r}: take polnear, syria, case, gold or speakers"
        )
    if not outcomes:
        raise InputError(str(data), f"holds no article to evaluate as {kind!r}")
    rows = tabulate([outcome.counts for outcome in outcomes])
    return Report(
        kind=kind,
        articles=len(outcomes),
        rows=dict(sorted(rows.items(), key=lambda row: "rule " in row[0])),
        calibration=calibrate([pair for outcome in outcomes for pair in outcome.confidences]),
        failed=tuple(outcome.failed for outcome in outcomes if outcome.failed),
        lost=tuple(name for outcome in outcomes for name in outcome.lost),
    )


def agreement(
    data: Path,
    extract: Extract | None = None,
    *,
    read: Read | None = None,
    only: Collection[str] | None = None,
) -> Report:
    """Compare the annotators of articles that several have marked, and the finder with each of them.

    Args:
        data: a folder in PolNeAR layout.
        extract: what finds the statements; without it only people are compared.
        read: what reads a file; :func:`onrecord.reading.read` when not given.
        only: names of the articles to take.

    Returns:
        Rows ``people: NAME`` (every ordered pair of annotators, each taken as gold once) and ``finder: NAME``
        (the finder against every annotator), for the same articles. Counts are added up over pairs.
    """
    read = read or reading.read
    outcomes = []
    for name, paths in corpora.marker_files(data).items():
        if len(paths) < 2 or (only and name not in only):
            continue
        path = data / "text" / f"{name}.txt"
        article = MarkedArticle(name=name, path=path, text=corpora.read_text(path), keys=())
        tokens = Tokens(article.text)
        marked = [corpora.read_brat(marker) for marker in paths]
        outcome = _Outcome(_pooled("people", tokens, list(permutations(marked, 2))))
        if extract:
            found = _run(article, extract, read)
            outcome.counts |= _pooled("finder", tokens, [(gold, found.outer) for gold in marked])
            outcome.failed = found.failed
        outcomes.append(outcome)
    if not outcomes:
        raise InputError(str(data), "holds no article with several annotators' files")
    return Report(
        kind="agreement",
        articles=len(outcomes),
        rows=tabulate([outcome.counts for outcome in outcomes]),
        failed=tuple(outcome.failed for outcome in outcomes if outcome.failed),
    )


def _pooled(
    who: str, tokens: Tokens, pairs: Sequence[tuple[Sequence[Key], Sequence[Key] | Sequence[Statement]]]
) -> dict[str, Count]:
    scored = [attribution_counts(tokens, gold, found)[0] for gold, found in pairs]
    return {f"{who}: {name}": sum((one[name] for one in scored), Count()) for name in _AGREEMENT}


def _load(kind: str, data: Path, key: str, only: Collection[str] | None) -> list[MarkedArticle]:
    if kind == "polnear":
        return corpora.polnear(data, only)
    return corpora.syria(data, key, only) if kind == "syria" else corpora.case(data)


def _run(marked: MarkedArticle, extract: Extract, read: Read) -> _Found:
    """Read and extract one article, and put its statements on the marked text."""
    try:
        article = read(marked.path)
        if marked.published and not article.published:
            article = replace(article, published=marked.published, published_from="option")
        article = replace(article, outlet=article.outlet or marked.outlet)
        return _Found(article, moved(extract(article), article.text, marked.text))
    except (OnrecordError, TextDiffersError) as error:
        return _Found(None, [], f"{marked.name}: {error}")


def _score_attributions(marked: MarkedArticle, found: _Found) -> _Outcome:
    counts, right = attribution_counts(Tokens(marked.text), marked.keys, found.outer)
    confidences = [(s.confidence, ok) for s, ok in zip(found.outer, right, strict=True)]
    return _Outcome(counts, confidences, found.failed)


def _score_syria(marked: MarkedArticle, found: _Found) -> _Outcome:
    pairs = match_statements(Tokens(marked.text), marked.keys, found.statements)
    return _Outcome(statement_counts(marked.keys, found.statements, pairs), failed=found.failed)


def _score_speakers(marked: speakers.Marked, extract: Extract, read: Read) -> _Outcome:
    found = _run(marked.article, extract, read)
    return _Outcome(speakers.speaker_counts(marked, found.statements), failed=found.failed)


def _score_case(marked: MarkedArticle, found: _Found, least: float = 0.6) -> _Outcome:
    tokens = Tokens(marked.text)
    pairs = match_statements(tokens, marked.keys, found.statements, least=least, may_join=marked.may_join)
    counts = statement_counts(marked.keys, found.statements, pairs)
    counts["source"] = source_count(tokens, marked.keys, found.statements, pairs)
    counts["article fields"] = field_count(found.article, marked.fields)
    return _Outcome(counts, failed=found.failed)


def _score_gold(key: corpora.GoldKey, extract: Extract, read: Read) -> _Outcome:
    """Score one of the keys that name their article; they are placed in the text that the reader gives."""
    try:
        article = read(key.path)
        found = _Found(article, extract(article))
    except OnrecordError as error:
        nothing = {"statements": Count(gold=len(key.rows)), "article fields": field_count(None, key.fields)}
        return _Outcome(nothing, failed=f"{key.name}: {error}")
    marked = MarkedArticle(
        name=key.name,
        path=key.path,
        text=article.text,
        keys=place(key.rows, article.text),
        fields=key.fields,
        may_join=key.may_join,
    )
    outcome = _score_case(marked, found, least=0.5)
    outer = replace(marked, keys=tuple(row for row in marked.keys if not row.parent))
    attributions = _score_attributions(outer, found)
    wanted = ("attribution relaxed", "attribution exact")
    counts = outcome.counts | {name: attributions.counts[name] for name in wanted}
    lost = [f"{key.name} {row.id}" for row in marked.keys if not row.content]
    return _Outcome(counts, attributions.confidences, lost=lost)


_SCORES: Final[dict[str, Callable[[MarkedArticle, _Found], _Outcome]]] = {
    "polnear": _score_attributions,
    "syria": _score_syria,
    "case": _score_case,
}
