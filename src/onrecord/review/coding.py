"""Going through a sample: what is open for a coder, and what he answers.

The answer to a sample of one coder is a judgement at once. Of two coders neither sees the other's answers
before both are done: answers are kept with the sample, and the record stays as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from onrecord.article import Spans
from onrecord.errors import QueryError
from onrecord.record import Record, judging, merging, rows, standing
from onrecord.record.store import now
from onrecord.review.samples import Item, Sample, items, sample, standing_numbers

#: What a coder may say of a statement.
VERDICTS: Final = ("accept", "reject")

#: What a coder may set.
CODED: Final = ("content", "speaker", "type")


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a coder has come.

    Attributes:
        coder: the name.
        done: how many statements are answered.
        open: how many are left; what stands no more is neither.
        added: how many statements the coder added.
    """

    coder: str
    done: int
    open: int
    added: int


def answer(
    record: Record, name: str, n: int, *, coder: str, verdict: str,
    values: Mapping[str, object] | None = None, based_on: int | None = None, reason: str | None = None,
) -> None:  # fmt: skip
    """Answer one statement of a sample; the last answer of a coder holds.

    Args:
        record: an open record.
        name: of the sample.
        n: number of the statement in it.
        coder: who answers.
        verdict: ``accept`` or ``reject``.
        values: with ``accept``, what the coder sets otherwise than it stands. In a sample of two coders any
            of :data:`CODED`, else whatever can be set.
        based_on: as in :meth:`onrecord.Record.judge`; only for a sample of one coder.
        reason: why, kept with the judgements.

    Raises:
        QueryError: no such sample or statement, a value that means nothing, or the sample has its coders.
        ConflictError: somebody has judged the statement after ``based_on``.
        RecordError: the record cannot be written.
    """
    drawn, coder = _entered(record, name, coder)
    values = dict(values or {})
    if verdict not in VERDICTS or (verdict == "reject" and values):
        raise QueryError("an answer is accept or reject, and only what is accepted has other values")
    (item,) = items(record, name, only=n)
    if item.statement is None or item.text is None or item.text_id is None:
        raise QueryError(f"statement {n} of sample {name!r} stands no more: it has nothing to answer")
    if drawn.coders == 1:
        judging.judge(
            record, item.statement.id, {**values, "verdict": verdict}, author=coder,
            reason=reason or f"sample {name}", article=item.article, based_on=based_on,
        )  # fmt: skip
        (item,) = items(record, name, only=n)
        kept = _as_stands(item, verdict, {})
    else:
        kept = _as_stands(item, verdict, _checked(record, item, values))
    _keep(record, drawn, n, item.article, coder, item.text_id, kept)


def answer_missed(
    record: Record, name: str, article: int, values: Mapping[str, object], *, coder: str
) -> None:
    """Add a statement that is missing in the neighbourhood of a sample's statements.

    In a sample of one coder it is a judgement at once (:meth:`onrecord.Record.add_statement`).

    Raises:
        QueryError: no such sample or article, or the words are not in the article.
        RecordError: the record cannot be written.
    """
    drawn, coder = _entered(record, name, coder)
    with record.reading("adding a statement") as connection:
        found = standing.standing_article(connection, article)
    if found is None:
        raise QueryError(f"there is no article {article} in the record")
    text, text_id, _ = found
    if "content" not in values:
        raise QueryError("name the words of the statement (content)")
    content = merging.check("content", values["content"], text)
    kept = {"verdict": "accept", "content": content["spans"], "speaker": None, "type": None}
    kept |= {field: values[field] for field in ("speaker", "type") if values.get(field)}
    if drawn.coders == 1:
        record.add_statement(article, values, author=coder, reason=f"sample {name}")
    _keep(record, drawn, None, article, coder, text_id, kept)


def coders(record: Record, name: str) -> list[str]:
    """Return who has answered in a sample, in the order of their first answers."""
    found = record.rows(
        "SELECT coder FROM review_answer WHERE sample_id = ? GROUP BY coder ORDER BY min(id)",
        (sample(record, name).id,),
    )
    return [coder for (coder,) in found]


def progress(record: Record, name: str) -> list[Progress]:
    """Return how far each coder of a sample has come."""
    standing_ones = set(standing_numbers(record, name))
    found = []
    for coder in coders(record, name):
        answered = answers(record, sample(record, name), coder)
        done = len({n for n, *_ in answered if n is not None} & standing_ones)
        added = sum(n is None for n, *_ in answered)
        found.append(Progress(coder=coder, done=done, open=len(standing_ones) - done, added=added))
    return found


def next_open(record: Record, name: str, coder: str, *, after: int = 0) -> Item | None:
    """Return the first statement that a coder has not answered, behind ``after`` if there is one."""
    answered = {n for n, *_ in answers(record, sample(record, name), coder.strip())}
    left = [n for n in standing_numbers(record, name) if n not in answered]
    if not left:
        return None
    return items(record, name, only=next((n for n in left if n > after), left[0]))[0]


def is_complete(record: Record, name: str) -> bool:
    """Return whether all coders that a sample is for have answered everything."""
    found = progress(record, name)
    return len(found) >= sample(record, name).coders and all(not one.open for one in found)


def answers(record: Record, drawn: Sample, coder: str) -> list[tuple[int | None, int, int, dict[str, Any]]]:
    """Return the last answers of a coder: number of the item, article, text, and what was answered."""
    with record.guard("reading answers"):
        return _answers(record, drawn, coder)


def _answers(record: Record, drawn: Sample, coder: str) -> list[tuple[int | None, int, int, dict[str, Any]]]:
    last: dict[Any, tuple[int | None, int, int, dict[str, Any]]] = {}
    for number, n, article, text_id, value in record.rows(
        "SELECT id, n, article_id, text_id, value FROM review_answer WHERE sample_id = ? AND coder = ? "
        "ORDER BY id",
        (drawn.id, coder),
    ):
        kept = dict(rows.loads(value, f"answer {number}"))
        rows.strings(f"answer {number}", kept["verdict"])
        key = ("added", article, rows.dumps(kept.get("content"))) if n is None else n
        last[key] = (n, article, text_id, kept)
    return list(last.values())


def spans_of(value: Mapping[str, Any]) -> Spans:
    """Return the content of an answer."""
    return tuple((int(start), int(end)) for start, end in value.get("content") or ())


def _entered(record: Record, name: str, coder: str) -> tuple[Sample, str]:
    """Return the sample and the coder's name, unless all its places are taken."""
    drawn = sample(record, name)
    coder = " ".join(coder.split())
    if not coder:
        raise QueryError("an answer needs a coder. Give a name with --author")
    known = coders(record, name)
    if drawn.coders == 2 and coder not in known and len(known) >= 2:
        raise QueryError(f"sample {name!r} is for two coders, and has them: {' and '.join(known)}")
    return drawn, coder


def _speaker(record: Record, words: str) -> dict[str, str | None] | str:
    """Return the actor that is named, so that two coders who name it otherwise agree; else the name alone."""
    with record.reading("looking up an actor") as connection:
        known = judging.bearer(connection, words)
    return words if known is None else {"actor": known.id, "name": known.label}


def _checked(record: Record, item: Item, values: Mapping[str, object]) -> dict[str, Any]:
    """Return what a coder sets, as it is kept."""
    unknown = set(values) - set(CODED)
    if unknown:
        what = f"in a sample of two coders only {', '.join(CODED)} are set"
        raise QueryError(f"{what}, not {', '.join(unknown)}")
    assert item.text is not None
    assert item.statement is not None
    kept = {
        field: merging.check(field, value, item.text, item.statement.content[0])
        for field, value in values.items()
    }
    if "content" in kept:
        kept["content"] = kept["content"]["spans"]
    if kept.get("speaker"):
        kept["speaker"] = _speaker(record, kept["speaker"])
    return kept


def _as_stands(item: Item, verdict: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer whole, so that it says the same whatever becomes of the record."""
    statement = item.statement
    if statement is None:
        return {"verdict": verdict, **values}
    speaker = statement.speaker
    whole = {
        "content": [list(span) for span in statement.content],
        "speaker": {"actor": speaker.actor, "name": speaker.name} if speaker else None,
        "type": statement.type,
    }
    return {"verdict": verdict, **whole, **values}


def _keep(
    record: Record, drawn: Sample, n: int | None, article: int, coder: str, text_id: int | None,
    value: Mapping[str, Any],
) -> None:  # fmt: skip
    with record.writing(f"answering in the sample {drawn.name}") as connection:
        connection.execute(
            "INSERT INTO review_answer (sample_id, n, article_id, coder, text_id, value, made) "
            "VALUES (?,?,?,?,?,?,?)",
            (drawn.id, n, article, coder, text_id, rows.dumps(dict(value)), now()),
        )
