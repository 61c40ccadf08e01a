"""Who said what, about whom, when, and on whose word.

The names below are the public ones; each is loaded when it is first used, so that importing the package
costs nothing::

    import onrecord

    article = onrecord.read("page.html")
    for statement in onrecord.extract(article):
        print(statement.speaker, statement.type, statement.text)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.article import Article, Interval, Page, Speaker, Statement
    from onrecord.errors import InputError, OnrecordError
    from onrecord.pipeline import extract, extract_many
    from onrecord.reading import read, read_all
    from onrecord.record import Record

__version__ = "0.1.0"

__all__ = [
    "Article",
    "InputError",
    "Interval",
    "OnrecordError",
    "Page",
    "Record",
    "Speaker",
    "Statement",
    "extract",
    "extract_many",
    "read",
    "read_all",
]

_HOMES = {
    "article": ("Article", "Interval", "Page", "Speaker", "Statement"),
    "errors": ("InputError", "OnrecordError"),
    "pipeline": ("extract", "extract_many"),
    "reading": ("read", "read_all"),
    "record": ("Record",),
}


def __getattr__(name: str) -> Any:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"onrecord.{module}"), name)
    raise AttributeError(f"module 'onrecord' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
