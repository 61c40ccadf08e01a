"""Taking over what two coders agree on: answers that were kept apart become judgements."""

from __future__ import annotations

from typing import Any

from onrecord.errors import QueryError
from onrecord.record import Record, judging
from onrecord.review import coding
from onrecord.review.comparing import require_complete, same, value_of
from onrecord.review.samples import Item, items


def adopt(record: Record, name: str, *, author: str) -> int:
    """Have what both coders of a sample answered alike stand in the record; return how many statements.

    What they say otherwise is left as it is, for a person to decide. Taking over again changes nothing.

    Args:
        record: an open record.
        name: of the sample.
        author: who takes it over; the reason names both coders.

    Raises:
        QueryError: there is no such sample, or not both are done.
        RecordError: the record cannot be written.
    """
    drawn = require_complete(record, name)
    first, second = coding.coders(record, name)
    reason = f"sample {name}: {first} and {second} agree"
    others = {n: (text_id, value) for n, _, text_id, value in coding.answers(record, drawn, second) if n}
    adopted = 0
    for n, _, text_id, value in coding.answers(record, drawn, first):
        if n is None or others.get(n, (None, None))[0] != text_id or not same(value, others[n][1]):
            continue
        (item,) = items(record, name, only=n)
        values = _new(item, text_id, value)
        if values and item.statement is not None:
            judging.judge(
                record, item.statement.id, values, author=author, reason=reason, article=item.article
            )
            adopted += 1
    return adopted + _added(record, name, author, reason)


def _new(item: Item, text_id: int, value: dict[str, Any]) -> dict[str, object]:
    """Return what of an answer does not stand yet; nothing where the text has changed since."""
    statement = item.statement
    if statement is None or item.text_id != text_id:
        return {}
    values: dict[str, object] = {} if item.verdict == value["verdict"] else {"verdict": value["verdict"]}
    if value["verdict"] == "reject":
        return values
    if coding.spans_of(value) != statement.content:
        values["content"] = value["content"]
    if value.get("type") and value["type"] != statement.type:
        values["type"] = value["type"]
    speaker = statement.speaker
    stands = {value_of(speaker.actor), value_of(speaker.name)} if speaker else {value_of(None)}
    if value_of(value.get("speaker")) not in stands:
        given = value.get("speaker")
        values["speaker"] = given.get("actor") or given.get("name") if isinstance(given, dict) else given
    return values


def _added(record: Record, name: str, author: str, reason: str) -> int:
    """Add the statements that both coders added with the same words."""
    drawn = require_complete(record, name)
    sides = []
    for coder in coding.coders(record, name):
        answered = coding.answers(record, drawn, coder)
        sides.append({(article, coding.spans_of(value)) for n, article, _, value in answered if n is None})
    adopted = 0
    for article, spans in sorted(sides[0] & sides[1]):
        try:
            record.add_statement(article, {"content": list(map(list, spans))}, author=author, reason=reason)
        except QueryError:  # it stands already, or the text has changed
            continue
        adopted += 1
    return adopted
