"""What the process that writes and those that work say to each other: JSON, never a pickle.

A worker has parsed what a stranger wrote. What it answers is read as data, checked like the rows of a
stranger's record, and can run nothing in the process that holds the record.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from onrecord import errors
from onrecord.article import FIELDS, Article, Page, Statement
from onrecord.errors import InputError
from onrecord.record import rows

_ERRORS: Final[Mapping[str, type[InputError]]] = {
    kind.__name__: kind
    for kind in (
        errors.InputError, errors.NoArticleError, errors.LanguageError, errors.LimitError, errors.FetchError
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one page in a worker.

    Attributes:
        found: the article and its statements, or why there are none.
        memory: what the worker's process holds, in bytes; 0 where the system does not tell.
    """

    found: tuple[Article, list[Statement]] | InputError
    memory: int = 0


def page_to_bytes(page: Page, path: str) -> bytes:
    """Return a page with the name of its input: a line of JSON, and behind it the page's bytes."""
    said = {
        "path": path, "media_type": page.media_type, "charset": page.charset, "url": page.url,
        "got": page.got, "given": dict(page.given),
    }  # fmt: skip
    return json.dumps(said).encode() + b"\n" + page.data


def page_from_bytes(message: bytes) -> tuple[Page, str]:
    """Return what :func:`page_to_bytes` was given."""
    line, _, data = message.partition(b"\n")
    said = json.loads(line)
    path = said.pop("path")
    return Page(data=data, **said), path


def answer_to_bytes(answer: Answer) -> bytes:
    """Return an answer as JSON; of the article everything but its page, which the asker has."""
    value: dict[str, Any] = {"memory": answer.memory}
    if isinstance(answer.found, InputError):
        value |= {"error": type(answer.found).__name__, "reason": answer.found.reason}
    else:
        article, statements = answer.found
        value |= {"article": article.to_json(), "statements": list(map(rows.statement_values, statements))}
    return json.dumps(value).encode()


def answer_from_bytes(message: bytes, page: Page, path: str) -> Answer:
    """Return what :func:`answer_to_bytes` was given, for the page that was asked about.

    Raises:
        ValueError: it is no answer.
        RecordError: a value in it is not of its kind.
    """
    value = json.loads(message)
    memory = int(value["memory"])
    if "error" in value:
        kind = _ERRORS.get(value["error"], InputError)
        return Answer(kind(path, str(value["reason"])), memory)
    said = value["article"]
    fields = [said["article"][name] for name in FIELDS]
    parts, declared = rows.dumps(said["article"]["parts"]), rows.dumps(said["article"]["declared"])
    article = rows.article_from((said["text"], *fields, parts, declared), path, page)
    return Answer((article, [rows.statement_from(one) for one in value["statements"]]), memory)
