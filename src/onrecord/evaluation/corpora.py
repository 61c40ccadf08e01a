"""Marked articles as they lie on disk, read into keys whose spans are offsets of the article's text.

Four layouts: ``polnear`` (texts and brat standoff, or gold in JSON lines), ``syria`` (a text beside one key
for each marker, contents as substrings), ``case`` (one ``article.txt`` and ``gold.json``), ``gold`` (keys
that name their article's file, contents as substrings with the words before them).
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord.article import Span, Spans
from onrecord.errors import InputError

_BRAT_SPAN = re.compile(r"(?P<id>T\d+)\t(?P<role>\S+) (?P<offsets>\d+ \d+(?:;\d+ \d+)*)(?:\t|$)")
_BRAT_ROLE = re.compile(r"(Source|Cue|Content)\d*$")
_MARKER = re.compile(r"_[^_]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One marked statement. A field that the layout does not have is ``None`` or empty.

    Attributes:
        content: its spans; ``source`` and ``cue`` likewise, empty when not marked.
        speaker: the name that a careful reader gives; ``kind``, ``office``, ``act`` and ``type`` likewise.
        via: whether the words came through somebody's hands.
        parent: id of the statement that this one stands in.
        said: first and last day, as far as the statement's own line tells; ``released``, ``due`` likewise.
    """

    id: str = ""
    content: Spans
    source: Spans = ()
    cue: Spans = ()
    type: str | None = None
    speaker: str | None = None
    kind: str | None = None
    office: str | None = None
    act: str | None = None
    via: bool = False
    parent: str | None = None
    said: tuple[str, str] | None = None
    released: tuple[str, str] | None = None
    due: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedArticle:
    """An article's file with what is marked in it.

    Attributes:
        name: by which it is chosen and reported.
        path: the file that the reader is given.
        text: the text that the spans of ``keys`` are offsets of.
        keys: the marked statements.
        fields: the article's fields as a careful reader takes them from the page.
        may_join: pairs of ids of keys that may as well be found as one.
        published: when it was printed, where the text does not tell; ``outlet`` likewise.
    """

    name: str
    path: Path
    text: str
    keys: tuple[Key, ...]
    fields: Mapping[str, str | None] = field(default_factory=dict)
    may_join: tuple[tuple[str, str], ...] = ()
    published: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldKey:
    """A key whose statements are substrings, to be placed in the text once it is read."""

    name: str
    path: Path
    rows: tuple[Mapping[str, Any], ...]
    fields: Mapping[str, str | None]
    may_join: tuple[tuple[str, str], ...]


def read_text(path: Path) -> str:
    """Return the file as it is, UTF-8, line ends and all: offsets count them."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"cannot be read as UTF-8 text: {error}") from error


def read_json(path: Path) -> Any:
    """Return the file's JSON value."""
    try:
        return json.loads(read_text(path))
    except ValueError as error:
        raise InputError(str(path), f"is no JSON: {error}") from error


def read_brat(path: Path) -> tuple[Key, ...]:
    """Read the attributions of one brat standoff file: ``E`` lines that group ``T`` spans.

    Lines of other kinds, and lines that continue a note, are passed over. An attribution to which the
    annotator gave no content stays: it cannot be found, and every scorer of the corpus counts it.
    """
    spans: dict[str, Spans] = {}
    events = []
    for line in read_text(path).split("\n"):
        if match := _BRAT_SPAN.match(line):
            pairs = (part.split() for part in match["offsets"].split(";"))
            spans[match["id"]] = tuple((int(start), int(end)) for start, end in pairs)
        elif re.match(r"E\d+\t", line):
            events.append(line.split("\t", 1)[1].split())
    keys = []
    for event in events:
        roles: dict[str, list[Span]] = defaultdict(list)
        for name, _, target in (argument.partition(":") for argument in event):
            if role := _BRAT_ROLE.match(name):
                if target not in spans:
                    raise InputError(str(path), f"an attribution names {target}, which has no line")
                roles[role[1].lower()].extend(spans[target])
        source, cue, content = (tuple(sorted(roles[role])) for role in ("source", "cue", "content"))
        keys.append(Key(source=source, cue=cue, content=content))
    return tuple(keys)


def marker_files(folder: Path) -> dict[str, list[Path]]:
    """Return article -> its annotators' files, by name (``ARTICLE_MARKER.ann``)."""
    files: dict[str, list[Path]] = defaultdict(list)
    for path in sorted((folder / "attributions").glob("*.ann")):
        files[_MARKER.sub("", path.stem)].append(path)
    if not files:
        raise InputError(str(folder), "has no attributions/*.ann: name a folder in PolNeAR layout")
    return dict(files)


def polnear(data: Path, only: Collection[str] | None = None) -> list[MarkedArticle]:
    """Read marked attributions.

    Args:
        data: a folder with ``text/*.txt`` and ``attributions/*.ann``, of which the first annotator's file by
            name is taken; or gold as JSON lines (``doc``, ``attributions`` with the three roles), with the
            texts in ``dev/text/`` beside ``dev_gold.jsonl``, else in ``text/`` beside the file.
        only: names of the articles to take.
    """
    if data.is_dir():
        gold = {
            name: read_brat(paths[0]) for name, paths in marker_files(data).items() if _wanted(name, only)
        }
        folder = data / "text"
    else:
        gold = {name: keys for name, keys in _json_lines(data) if _wanted(name, only)}
        named_after = data.parent / data.stem.removesuffix("_gold") / "text"
        folder = named_after if named_after.is_dir() else data.parent / "text"
    paths = {name: folder / f"{name}.txt" for name in gold}
    return [
        MarkedArticle(name=name, path=paths[name], text=read_text(paths[name]), keys=keys)
        for name, keys in gold.items()
    ]


def _json_lines(path: Path) -> Iterable[tuple[str, tuple[Key, ...]]]:
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            keys = tuple(
                Key(
                    source=_spans(marked.get("source")),
                    cue=_spans(marked.get("cue")),
                    content=_spans(marked["content"]),
                )
                for marked in row["attributions"]
            )
            yield Path(row["doc"]).name.removesuffix(".txt"), keys
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(f"{path}#{number}", f"is no line of gold: {error!r}") from error


def syria(data: Path, marker: str = "a", only: Collection[str] | None = None) -> list[MarkedArticle]:
    """Read texts with a key beside each: ``NAME.txt``, ``NAME.MARKER.json``, and dates in ``meta.json``."""
    meta = {m["id"]: m for m in read_json(data / "meta.json")} if (data / "meta.json").exists() else {}
    articles = []
    for path in sorted(data.glob("*.txt")):
        if not _wanted(path.stem, only):
            continue
        key_path = data / f"{path.stem}.{marker}.json"
        text = read_text(path)
        about = meta.get(path.stem, {})
        articles.append(
            MarkedArticle(
                name=path.stem,
                path=path,
                text=text,
                keys=tuple(_lined(key_path, text, row) for row in rows(key_path)),
                published=about.get("published"),
                outlet=next(iter(about.get("outlet") or []), None),
            )
        )
    return articles


def case(data: Path) -> list[MarkedArticle]:
    """Read one page with its key, spans as offsets: ``article.txt`` and ``gold.json``."""
    key = read_json(data / "gold.json")
    keys = tuple(
        key_of(
            row, content=_spans(row["content"]), source=_spans(row.get("source")), cue=_spans(row.get("cue"))
        )
        for row in rows(data / "gold.json")
    )
    return [
        MarkedArticle(
            name="article",
            path=data / "article.txt",
            text=read_text(data / "article.txt"),
            keys=keys,
            fields=key["article"],
            may_join=_pairs(key),
        )
    ]


def gold(data: Path, only: Collection[str] | None = None) -> list[GoldKey]:
    """Read the keys of a folder, or one key.

    Each names its article in ``file``: a path from some folder above the key, or a row of a table
    (``FILE#ID``) there.
    """
    paths = sorted(data.glob("*.json")) if data.is_dir() else [data]
    keys = []
    for path in paths:
        if not _wanted(path.stem, only):
            continue
        key = read_json(path)
        named = Path(key["file"])
        file = named.with_name(named.name.partition("#")[0])
        folder = next((up for up in path.resolve().parents if (up / file).is_file()), None)
        if folder is None or named.is_absolute() or ".." in named.parts:
            raise InputError(str(path), f"names the article {named}, which is in no folder above it")
        keys.append(
            GoldKey(
                name=path.stem,
                path=folder / named,
                rows=tuple(rows(path)),
                fields=key.get("article") or {},
                may_join=_pairs(key),
            )
        )
    return keys


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the marked statements of a key as they stand in its file."""
    try:
        rows = read_json(path)["statements"]
        return [dict(row) for row in rows]
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(str(path), f"holds no list of statements: {error!r}") from error


def _lined(path: Path, text: str, row: Mapping[str, Any]) -> Key:
    """Place substrings by the line on which the content starts, each after the one before."""
    lines = text.split("\n")
    here = sum(len(line) + 1 for line in lines[: row["line"] - 1])
    content = []
    for words in row["content"]:
        # Two characters back: a quotation mark before the first word may close the line above.
        start = text.find(words, max(0, here - 2))
        start = start if start >= 0 else text.find(words)
        if start < 0:
            raise InputError(str(path), f"statement {row.get('id')}: the text does not hold {words!r}")
        here = start + len(words)
        content.append((start, here))
    basis = row.get("said_basis")
    own_day = bool(basis) and basis in lines[row["line"] - 1]
    return key_of(row, content=tuple(content), said=row.get("said_at") if own_day else None)


def key_of(
    row: Mapping[str, Any], *, content: Spans, source: Spans = (), cue: Spans = (), **days: Any
) -> Key:
    """Make a key of one statement's row, its spans given; ``days`` put right what the row says of a day."""
    dates = {name: days.get(name, row.get(name)) for name in ("said", "released", "due")}
    return Key(
        id=str(row.get("id", "")),
        content=content,
        source=source,
        cue=cue,
        type=row.get("type"),
        speaker=row.get("speaker"),
        kind=row.get("speaker_kind"),
        office=row.get("office"),
        act=row.get("act"),
        via=bool(row.get("via")),
        parent=row.get("parent"),
        **{name: (day[0], day[1]) if day else None for name, day in dates.items()},
    )


def _spans(value: Sequence[Sequence[int]] | None) -> Spans:
    return tuple((int(start), int(end)) for start, end in value or ())


def _pairs(key: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((first, second) for first, second in key.get("may_join", ()))


def _wanted(name: str, only: Collection[str] | None) -> bool:
    return not only or name in only
