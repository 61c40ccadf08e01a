"""Write a test article with its statements marked in place."""

from __future__ import annotations

import re
from typing import Any

from onrecord.article import Article, Span, Statement
from onrecord.speakers import resolve

_MARK = re.compile(r"<(/?)([scq])(\d)>")
_ROLES = {"s": "source", "c": "content", "q": "cue"}


def marked(
    text: str, parents: dict[int, int] | None = None, **fields: Any
) -> tuple[Article, list[Statement]]:
    """Return article and statements of a text in which ``<s1>``, ``<q1>``, ``<c1>`` mark statement 1."""
    plain, at = "", 0
    opened: dict[str, int] = {}
    spans: dict[str, dict[str, list[Span]]] = {}
    for mark in _MARK.finditer(text):
        plain += text[at : mark.start()]
        at = mark.end()
        closing, role, number = mark.groups()
        if closing:
            found = spans.setdefault(number, {name: [] for name in _ROLES.values()})
            found[_ROLES[role]].append((opened.pop(role + number), len(plain)))
        else:
            opened[role + number] = len(plain)
    plain += text[at:]
    statements = []
    for number, roles in sorted(spans.items()):
        parent = (parents or {}).get(int(number))
        statements.append(
            Statement(
                id=number,
                type="mixed",
                text="",
                confidence=1.0,
                parent=str(parent) if parent else None,
                **{role: tuple(found) for role, found in roles.items()},
            )
        )
    return Article(path="test", text=plain, **fields), statements


def resolved(text: str, parents: dict[int, int] | None = None, **fields: Any) -> list[Statement]:
    """Return the resolved statements of a marked text, in order of their numbers."""
    return resolve(*marked(text, parents, **fields))


def names(text: str, parents: dict[int, int] | None = None) -> list[str | None]:
    """Return the speakers' names of a marked text."""
    return [statement.speaker.name if statement.speaker else None for statement in resolved(text, parents)]
