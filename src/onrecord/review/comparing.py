"""How far two coders of one sample agree: on which stretches are statements, who made them, of which type.

Krippendorff's continuum is what coders were to divide into units. Here that is not the whole article: a
coder is asked about the sample's statements and what was missed beside them, and goes through nothing else.
To count the rest as a stretch that both left out would be agreement that nobody gave. So the continuum is
the paragraphs in which the sample's statements stand, or which a coder marked, one behind the other;
statements within one another are one stretch, as units may not overlap. Speakers and types are compared on
the statements that both accepted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from onrecord.article import Article, Span, Spans
from onrecord.errors import QueryError
from onrecord.record import Record, registering, rows
from onrecord.review import coding
from onrecord.review.samples import Sample, sample


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """What two coders say otherwise of one statement.

    Attributes:
        n: its number in the sample, ``None`` for one that only one of them added.
        article: number of the article.
        what: ``statement`` (one rejects what the other accepts, or has added it), ``ends``, ``speaker`` or
            ``type``.
        values: what each of the two has, in the order of the coders; ``None`` for nothing.
        words: of the statement, as the first who has it marks them.
    """

    n: int | None
    article: int
    what: str
    values: tuple[str | None, str | None]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How far the coders of a sample agree.

    Attributes:
        sample: the sample.
        coders: the two.
        items: how many statements both answered on the same text.
        units: alpha for which stretches are statements (:func:`onrecord.evaluation.alpha.unitizing`).
        speakers: alpha for who made them (:func:`onrecord.evaluation.alpha.nominal`).
        types: alpha for direct, indirect or mixed.
        length: of the continuum, in code points.
        disagreements: in the order of the sample.
        left_out: numbers of the statements whose text changed between the two answers.
    """

    sample: Sample
    coders: tuple[str, str]
    items: int
    units: float | None
    speakers: float | None
    types: float | None
    length: int
    disagreements: tuple[Disagreement, ...]
    left_out: tuple[int, ...]


def compare(record: Record, name: str) -> Comparison:
    """Compare the two coders of a sample.

    Raises:
        QueryError: there is no such sample, it is for one coder, or one of them has not answered everything:
            nobody sees the other's answers before that.
    """
    with record.guard(f"comparing the coders of {name}"):
        return _compare(record, name)


def _compare(record: Record, name: str) -> Comparison:
    drawn = require_complete(record, name)
    # Here, as the scorers load the reader of pages: going through a sample does without.
    from onrecord.evaluation import alpha

    first, second = coding.coders(record, name)
    pairs, left_out = _pairs(record, drawn, first, second)
    texts = _texts(record, {text_id for _, _, text_id, *_ in pairs})
    values: dict[str, list[tuple[Hashable | None, Hashable | None]]] = {"speaker": [], "type": []}
    differing: list[Disagreement] = []
    marked: dict[int, tuple[list[Span], list[Span], list[Span]]] = defaultdict(lambda: ([], [], []))
    for n, article, text_id, one, other in pairs:
        text = texts[text_id]
        for side, value in enumerate((one, other)):
            if value is not None:
                marked[text_id][2].extend(coding.spans_of(value))
            if value is not None and value["verdict"] == "accept":
                marked[text_id][side].extend(coding.spans_of(value))
        if one and other and one["verdict"] == other["verdict"] == "accept":
            for field, found in values.items():
                found.append((value_of(one.get(field)), value_of(other.get(field))))
        differing += _differing(n, article, text, one, other)
    length, units = _continuum(texts, marked)
    return Comparison(
        sample=drawn, coders=(first, second), items=sum(n is not None for n, *_ in pairs),
        units=alpha.unitizing(units, length) if length else None,
        speakers=alpha.nominal(values["speaker"]), types=alpha.nominal(values["type"]),
        length=length, disagreements=tuple(differing), left_out=tuple(left_out),
    )  # fmt: skip


def require_complete(record: Record, name: str) -> Sample:
    """Return a sample that two coders have answered.

    Raises:
        QueryError: it is for one coder, or one of them is not done: nobody sees the other's answers before.
    """
    drawn = sample(record, name)
    if drawn.coders != 2:
        raise QueryError(f"sample {name!r} is for one coder. Draw one for two to see how far they agree")
    if not coding.is_complete(record, name):
        done = "; ".join(f"{one.coder} has {one.open} left" for one in coding.progress(record, name))
        raise QueryError(f"sample {name!r} is not done by two coders yet ({done or 'nobody has begun'})")
    return drawn


_Pair = tuple[int | None, int, int, dict[str, Any] | None, dict[str, Any] | None]


def _pairs(record: Record, drawn: Sample, first: str, second: str) -> tuple[list[_Pair], list[int]]:
    """Return what both answered, and what only one of them added; and the items that cannot be compared."""
    sides = [coding.answers(record, drawn, coder) for coder in (first, second)]
    others = {n: (text_id, value) for n, _, text_id, value in sides[1] if n is not None}
    pairs: list[_Pair] = []
    left_out = []
    for n, article, text_id, value in sorted((one for one in sides[0] if one[0] is not None), key=_number):
        if n not in others:
            continue
        if others[n][0] != text_id:
            left_out.append(n)
            continue
        pairs.append((n, article, text_id, value, others[n][1]))
    added: dict[tuple[int, int, str], list[dict[str, Any] | None]] = {}
    for side, answered in enumerate(sides):
        for n, article, text_id, value in answered:
            if n is None:
                key = (article, text_id, rows.dumps(value.get("content")))
                added.setdefault(key, [None, None])[side] = value
    pairs += [(None, article, text_id, *both) for (article, text_id, _), both in added.items()]  # type: ignore[misc]
    held = {
        text_id: None
        for (text_id,) in record.rows(
            "SELECT id FROM text WHERE id IN (SELECT value FROM json_each(?))",
            (rows.dumps(sorted({pair[2] for pair in pairs})),),
        )
    }
    left_out += [pair[0] for pair in pairs if pair[2] not in held and pair[0] is not None]
    return [pair for pair in pairs if pair[2] in held], sorted(left_out)


def _number(answered: tuple[int | None, int, int, dict[str, Any]]) -> int:
    return answered[0] or 0


def _texts(record: Record, wanted: Iterable[int]) -> dict[int, Article]:
    found = record.rows(
        "SELECT id, text FROM text WHERE id IN (SELECT value FROM json_each(?))",
        (rows.dumps(sorted(wanted)),),
    )
    return {number: Article(path="", text=text) for number, text in found}


def value_of(value: Any) -> Hashable:
    """Return a value to compare: names without case and accents; nobody knows is a value too."""
    if isinstance(value, dict):
        value = value.get("actor") or value.get("name")
    return registering.fold(value) if isinstance(value, str) else "-"


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Return whether two answers to one statement say the same."""
    if one["verdict"] != other["verdict"]:
        return False
    fields = all(value_of(one.get(field)) == value_of(other.get(field)) for field in ("speaker", "type"))
    return one["verdict"] == "reject" or (fields and one.get("content") == other.get("content"))


def _differing(
    n: int | None, article: int, text: Article, one: dict[str, Any] | None, other: dict[str, Any] | None
) -> list[Disagreement]:
    """Return in what the answers to one statement differ."""
    spans = [coding.spans_of(value) if value else () for value in (one, other)]
    words = text.quote(next((found for found in spans if found), ()))
    verdicts = [value["verdict"] if value else None for value in (one, other)]
    if verdicts[0] != verdicts[1]:
        named = tuple(verdict and ("added" if n is None else verdict) for verdict in verdicts)
        return [Disagreement(n=n, article=article, what="statement", values=_two(named), words=words)]
    if one is None or other is None or verdicts[0] == "reject":
        return []
    found = []
    if spans[0] != spans[1]:
        both = _two((text.quote(spans[0]), text.quote(spans[1])))
        found.append(Disagreement(n=n, article=article, what="ends", values=both, words=words))
    for field in ("speaker", "type"):
        if value_of(one.get(field)) != value_of(other.get(field)):
            both = _two((_named(one.get(field)), _named(other.get(field))))
            found.append(Disagreement(n=n, article=article, what=field, values=both, words=words))
    return found


def _named(value: Any) -> str | None:
    return value.get("name") if isinstance(value, dict) else value


def _two(values: tuple[Any, ...]) -> tuple[str | None, str | None]:
    return values[0], values[1]


def _continuum(
    texts: dict[int, Article], marked: dict[int, tuple[list[Span], list[Span], list[Span]]]
) -> tuple[int, tuple[list[Span], list[Span]]]:
    """Return the length of the paragraphs looked at, and each coder's units on them laid end to end."""
    length = 0
    units: tuple[list[Span], list[Span]] = ([], [])
    for text_id, (*sides, looked_at) in sorted(marked.items()):
        for start, end in _paragraphs(texts[text_id].text, looked_at):
            for side, spans in zip(units, sides, strict=True):
                inside = [(max(a, start), min(b, end)) for a, b in spans if a < end and start < b]
                side += [(a - start + length, b - start + length) for a, b in _joined(inside)]
            length += end - start
    return length, units


def _paragraphs(text: str, spans: Iterable[Span]) -> Spans:
    """Return the lines of a text in which spans stand; a span over several lines takes all of them."""
    wide = []
    for start, end in spans:
        last = text.find("\n", end)
        wide.append((text.rfind("\n", 0, start) + 1, len(text) if last < 0 else last))
    return tuple(_joined(wide))


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, those that overlap as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
