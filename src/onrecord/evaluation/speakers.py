"""Scores of speakers: who, of what kind, named or not, in which office, through whose hands.

Each figure is given twice: for the statements that extraction finds, and (``given: ``) for the marked
statements themselves, whose content, source and cue are handed to the resolver as if they had been found, so
that the resolver is measured apart from the finder. What counts as found, and as the same name, is defined at
the head of :mod:`onrecord.evaluation.statements`. Marked statements without a marked speaker are left out.

``speaker``
    Share whose name is one of the names that the key gives, unnamed sources by their words.
``named speaker``, ``unnamed speaker``
    The same, of those whose marked speaker has a proper name, and of those that have none.
``kind``, ``named``
    Share with the same value; of kinds the key may allow several.
``office``
    Of the statements whose key gives an office, the share of which a word is in the answer.
``via``, ``nested``
    F1 by whether the field is filled on both sides.
``rule NAME``
    Share of right speakers among those that the rule decided (``Speaker.why``).

Layouts: a folder of texts with a key for each marker (``syria``); a folder of keys that name their article
(``gold``); marked attributions in PolNeAR layout with the speakers in a file of their own, one JSON object a
line and article: ``{"article": NAME, "statements": [{"content": [[start, end], ...], "speaker": NAME,
"also": [NAME, ...], "kind": KIND, "also_kinds": [KIND, ...], "named": true}]}``. Such a file may give each
statement ``id``, ``office``, ``via`` (a list) and ``parent`` (an id), which are scored in articles that have
a ``via``; and it may be about articles of a table, which each line names as ``file``: then ``article`` is the
row's ``id``, and each statement has its ``source`` and ``cue`` too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from onrecord.article import Article, Spans, Statement, statement_id
from onrecord.errors import InputError
from onrecord.evaluation import corpora
from onrecord.evaluation.corpora import Key, MarkedArticle
from onrecord.evaluation.placing import nearest, place
from onrecord.evaluation.report import Count
from onrecord.evaluation.statements import match_statements, same_name, words
from onrecord.evaluation.tokens import Tokens, jaccard
from onrecord.speakers import resolve


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One marked statement and who says it.

    Attributes:
        key: the statement, with content, source and cue.
        names: names that go for the speaker, the canonical one first; empty when the key gives none.
        kinds: kinds that go for it, the best first.
        named: whether a proper name stands for it.
    """

    key: Key
    names: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    named: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """An article with its marked speakers; ``finer`` tells whether via, office and nesting are marked too."""

    article: MarkedArticle
    said: tuple[Said, ...]
    finer: bool = True


def load(
    data: Path, key: str, only: Collection[str] | None, read: Callable[[Path], Article]
) -> Iterator[Marked]:
    """Yield the marked articles of a folder, as the head of this module tells its layouts apart.

    Raises:
        InputError: the folder or the key file is in no layout that marks speakers.
    """
    if Path(key).is_file():
        yield from _with_key_file(data, Path(key), only)
    elif data.is_dir() and any(data.glob(f"*.{key}.json")) and any(data.glob("*.txt")):
        yield from _of_markers(data, key, only)
    elif (data / "attributions").is_dir():
        raise InputError(key, "is no file: speakers of attributions need --key FILE with their names")
    else:
        yield from _of_own(data, only, read)


def speaker_counts(marked: Marked, found: Sequence[Statement]) -> dict[str, Count]:
    """Return the figures of one article: for the statements found, and for the marked ones given."""
    tokens = Tokens(marked.article.text)
    keys = [said.key for said in marked.said]
    counts = _counts(marked, found, match_statements(tokens, keys, found))
    placed = [index for index, key in enumerate(keys) if key.content]
    resolved = resolve(_plain_article(marked.article), _given(marked))
    pairs = [(key, at) for at, key in enumerate(placed)]
    return counts | {f"given: {name}": count for name, count in _counts(marked, resolved, pairs).items()}


def _counts(marked: Marked, found: Sequence[Statement], pairs: Sequence[tuple[int, int]]) -> dict[str, Count]:
    matched = [(marked.said[i], found[j]) for i, j in pairs if marked.said[i].names]
    right = [any(same_name(_of(s, "name"), name) for name in said.names) for said, s in matched]
    kinds = [_of(s, "kind") in said.kinds for said, s in matched if said.kinds]
    named = [(said.named, bool(_of(s, "named"))) for said, s in matched if said.named is not None]
    counts = {
        "speaker": Count.share(sum(right), len(right)),
        "named speaker": _share_where(right, [said.named is True for said, _ in matched]),
        "unnamed speaker": _share_where(right, [said.named is False for said, _ in matched]),
        "kind": Count.share(sum(kinds), len(kinds)),
        "named": Count.share(sum(one == other for one, other in named), len(named)),
    }
    if marked.finer:
        offices = [(said.key.office, _of(s, "office")) for said, s in matched if said.key.office]
        both = sum(bool(words(one) & words(other)) for one, other in offices)
        counts["office"] = Count.share(both, len(offices))
        for field, mine in (("via", "via"), ("nested", "parent")):
            filled = [(bool(getattr(said.key, mine)), bool(getattr(s, mine))) for said, s in matched]
            hit = sum(one and other for one, other in filled)
            counts[field] = Count(hit, sum(other for _, other in filled), hit, sum(one for one, _ in filled))
    for rule in sorted({str(_of(s, "why")) for _, s in matched}):
        counts[f"rule {rule}"] = _share_where(right, [str(_of(s, "why")) == rule for _, s in matched])
    return counts


def _share_where(right: Sequence[bool], chosen: Sequence[bool]) -> Count:
    return Count.share(sum(one and two for one, two in zip(right, chosen, strict=True)), sum(chosen))


def _of(statement: Statement, name: str) -> Any:
    return getattr(statement.speaker, name) if statement.speaker else None


def _plain_article(marked: MarkedArticle) -> Article:
    return Article(path=marked.name, text=marked.text, outlet=marked.outlet, published=marked.published)


def _given(marked: Marked) -> list[Statement]:
    """Return the marked statements as the finder would hand them on."""
    text = _plain_article(marked.article)
    ids = {said.key.id: statement_id(text.text_sha256, said.key.content) for said in marked.said}
    return [
        Statement(
            id=ids[said.key.id] if said.key.id else str(number),
            type=said.key.type or "mixed",
            content=said.key.content,
            source=said.key.source,
            cue=said.key.cue,
            text=text.quote(said.key.content),
            parent=ids.get(said.key.parent) if said.key.parent else None,
            confidence=1.0,
        )
        for number, said in enumerate(marked.said)
        if said.key.content
    ]


def _of_markers(data: Path, marker: str, only: Collection[str] | None) -> Iterator[Marked]:
    for article in corpora.syria(data, marker, only):
        rows = corpora.rows(data / f"{article.name}.{marker}.json")
        keys = [_with_roles(article.text, key, row) for key, row in zip(article.keys, rows, strict=True)]
        yield Marked(article=article, said=tuple(map(_said, keys, rows)))


def _of_own(data: Path, only: Collection[str] | None, read: Callable[[Path], Article]) -> Iterator[Marked]:
    for gold in corpora.gold(data, only):
        article = read(gold.path)
        placed = place(gold.rows, article.text)
        marked = MarkedArticle(
            name=gold.name, path=gold.path, text=article.text, keys=placed, outlet=article.outlet
        )
        yield Marked(article=marked, said=tuple(map(_said, placed, gold.rows)))


def _with_roles(text: str, key: Key, row: Mapping[str, Any]) -> Key:
    """Place the words of cue and source: the cue next to the content, the source next to both."""
    cue = nearest(text, row.get("cue"), key.content)
    return replace(key, cue=cue, source=nearest(text, row.get("source"), cue or key.content, key.content))


def _said(key: Key, row: Mapping[str, Any]) -> Said:
    names = (row["speaker"], *(row.get("also") or ())) if row.get("speaker") else ()
    kinds = (key.kind, *(row.get("also_kinds") or ())) if key.kind else ()
    named = row.get("speaker_named", row.get("named"))
    return Said(key=key, names=names, kinds=kinds, named=None if named is None else bool(named))


def _with_key_file(data: Path, path: Path, only: Collection[str] | None) -> Iterator[Marked]:
    lines = {line["article"]: line for line in _speaker_lines(path)}
    lines = {name: line for name, line in lines.items() if not only or name in only}
    of_table = {name: line for name, line in lines.items() if line.get("file")}
    articles = [_row_of_table(data, line) for line in of_table.values()]
    if len(of_table) < len(lines):
        articles += corpora.polnear(data, [name for name in lines if name not in of_table])
    for article in articles:
        rows = lines[article.name]["statements"]
        said = [_said(_with_finer(_key(article, row), row), row) for row in rows]
        yield Marked(article=article, said=tuple(said), finer=any("via" in row for row in rows))


def _row_of_table(data: Path, line: Mapping[str, Any]) -> MarkedArticle:
    """Return the article of a table that a line of speakers is about; its keys stand in the line."""
    name, file = str(line["article"]), data / str(line["file"])
    for row in map(json.loads, corpora.read_text(file).splitlines()):
        if row.get("id") == name:
            text = str(row["text"])
            return MarkedArticle(
                name=name, path=Path(f"{file}#{name}"), text=text, keys=(), published=line.get("published")
            )
    raise InputError(str(file), f"has no article {name!r}, which the key names")


def _key(article: MarkedArticle, row: Mapping[str, Any]) -> Key:
    """Return the marked statement that a row is about; with spans of its own, the row is all there is."""
    content, source, cue = (_pairs(row.get(role)) for role in ("content", "source", "cue"))
    like = _like(Tokens(article.text), article.keys, content)
    key = replace(like, content=content) if like else Key(content=content, source=source, cue=cue)
    return replace(key, kind=row.get("kind"), type=row.get("type") or key.type)


def _pairs(spans: Any) -> Spans:
    return tuple((int(start), int(end)) for start, end in spans or ())


def _with_finer(key: Key, row: Mapping[str, Any]) -> Key:
    """Add what a file of speakers may tell beside the name: id, office, chain and parent."""
    parent = row.get("parent")
    return replace(
        key,
        id=str(row.get("id") or ""),
        office=row.get("office"),
        via=bool(row.get("via")),
        parent=None if parent is None else str(parent),
    )


def _like(tokens: Tokens, keys: Iterable[Key], content: Spans) -> Key | None:
    """Return the marked attribution whose content shares most words with this one, at least half."""
    mine = tokens.of(content)
    scored = [(jaccard(mine, tokens.of(key.content)), key) for key in keys]
    score, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best if score >= 0.5 else None


def _speaker_lines(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(corpora.read_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = dict(json.loads(line))
            row["statements"] = [dict(one) for one in row["statements"]]
            for one in row["statements"]:
                if not all(len(span) == 2 for span in one["content"]):
                    raise ValueError("a span is no pair")
            yield {**row, "article": str(row["article"]).removesuffix(".txt")}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(f"{path}#{number}", f"is no line of speakers: {error!r}") from error
