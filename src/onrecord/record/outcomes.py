"""What became of a promise, threat, plan or forecast: a person's judgement with the evidence it rests on."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from onrecord.errors import QueryError, RecordError
from onrecord.record import ids

#: The field of a judgement that closes a statement.
OUTCOME: Final = "outcome"

#: What may have become of it.
OUTCOMES: Final[Mapping[str, str]] = {
    "kept": "a promise, threat or plan was carried out",
    "broken": "it was not",
    "happened": "what was foretold came about, or the deadline was met",
    "not": "it did not",
    "unclear": "nothing tells",
}

#: The longest url of an evidence, in code points.
LONGEST: Final = 2000

_KEYS: Final = ("outcome", "evidence", "address")


def decided(
    connection: sqlite3.Connection, outcome: object, evidence: object, statement: str
) -> dict[str, Any]:
    """Return the value of a judgement that closes a statement.

    Args:
        connection: of the record.
        outcome: one of :data:`OUTCOMES`.
        evidence: a url, or the id of a statement in the record, or the beginning of one; ``None`` only where
            it is unclear what became of it.
        statement: id of the statement that is closed.

    Returns:
        ``outcome`` and ``evidence``; for a statement, ``address`` of its article too, so that it is known in
        another record and under the id that a later reading gives it.

    Raises:
        QueryError: there is no such outcome or statement, or no evidence.
    """
    if outcome not in OUTCOMES:
        raise QueryError(f"outcome = {outcome!r}: expected one of {', '.join(OUTCOMES)}")
    if evidence is None and outcome == "unclear":
        return {"outcome": outcome, "evidence": None}
    if not isinstance(evidence, str) or not evidence.strip():
        raise QueryError(
            f"what shows that it is {outcome!r}? Give the id of a statement or a URL as evidence"
        )
    evidence = evidence.strip()
    if "/" in evidence or ":" in evidence:
        return {"outcome": outcome, "evidence": _url(evidence)}
    article_id, found = ids.find(connection, evidence, None, any_article=True)
    if found == statement:
        raise QueryError(f"statement {statement} is no evidence for itself. Give another statement or a URL")
    address = connection.execute("SELECT address FROM article WHERE id = ?", (article_id,)).fetchone()[0]
    return {"outcome": outcome, "evidence": found, "address": address}


def _url(evidence: str) -> str:
    try:
        parts = urlsplit(evidence)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and len(evidence.split()) == 1
        evidence.encode()
    except ValueError:
        sound = False
    if not sound or len(evidence) > LONGEST:
        raise QueryError(
            f"evidence = {evidence[:80]!r}: expected the id of a statement, or an http or https URL"
        )
    return evidence


def is_outcome(value: Any) -> bool:
    """Tell whether a value, from a record or a patch file, is one that :func:`decided` makes."""
    if not isinstance(value, Mapping) or value.get("outcome") not in OUTCOMES or set(value) - set(_KEYS):
        return False
    evidence, address = value.get("evidence"), value.get("address")
    if evidence is None:
        return value["outcome"] == "unclear" and address is None
    if not isinstance(evidence, str) or not evidence.strip() or len(evidence) > LONGEST:
        return False
    if isinstance(address, str):
        return evidence.isalnum() and 0 < len(address) <= LONGEST
    try:
        return address is None and _url(evidence) == evidence
    except QueryError:
        return False


def sound(value: Any, where: str) -> Any:
    """Return a stored outcome as it is.

    Raises:
        RecordError: it is none of ours.
    """
    if value is not None and not is_outcome(value):
        what = "the record is damaged (an outcome that is none)"
        raise RecordError(f"{where}: {what}. Run `onrecord verify`")
    return value
