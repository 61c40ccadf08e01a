"""What can go wrong, as one tree.

::

    OnrecordError
    ├── InputError            one input cannot be read; the others go on
    │   ├── NoArticleError    it can be read, but holds no news text
    │   ├── LanguageError     it is written in a language the finder does not know
    │   ├── LimitError        it is larger, deeper or slower than allowed
    │   ├── WithheldError     its provider forbids its use: under embargo, withheld, or killed
    │   └── FetchError        a URL gives no page, or is one we refuse to ask
    ├── RecordError           the record cannot be opened, read or written
    ├── ModelError            the statement finder's files are missing, altered or of another version
    ├── QueryError            a question or a judgement that means nothing
    │   └── ConflictError     somebody else has decided about it meanwhile
    └── MissingExtraError     a part of the package that is not installed

Every message says what is wrong, with which value, and what to do.
"""

from __future__ import annotations


class OnrecordError(Exception):
    """Base of every error that this package raises on purpose."""


class InputError(OnrecordError):
    """One input cannot be read.

    Attributes:
        path: the input as given (a file, a URL, ``-``, or ``FILE#N`` for one of many in a file).
        reason: what is wrong, without the path.
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class NoArticleError(InputError):
    """The input can be read, but there is no news text in it."""


class LanguageError(InputError):
    """The article is written in a language that the statement finder was not trained on."""


class LimitError(InputError):
    """The input is larger, deeper or slower to parse than allowed."""


class WithheldError(InputError):
    """A wire item that its provider forbids to use: under embargo, withheld, or killed.

    Attributes:
        status: ``embargoed``, ``canceled`` (killed), ``withheld``, or another status that is not ``usable``.
        item: the provider's identifier of the story that this is about.
        until: when an embargo ends, ISO 8601 in UTC; ``None`` where it is not known.
    """

    def __init__(
        self, path: str, reason: str, *, status: str, item: str | None = None, until: str | None = None
    ) -> None:
        super().__init__(path, reason)
        self.status = status
        self.item = item
        self.until = until


class FetchError(InputError):
    """A URL gives no page, or is one that we refuse to ask for.

    Attributes:
        status: the status of the server's answer, ``None`` where there was none.
        retry_after: after how many seconds the server wants to be asked again, where it says so.
        reached: whether there was a server that took the question.
        passing: whether the same question may be answered another time.
        at: the address that failed, where redirects led to it.
    """

    def __init__(
        self,
        path: str,
        reason: str,
        *,
        status: int | None = None,
        retry_after: float | None = None,
        reached: bool = True,
        passing: bool = False,
    ) -> None:
        super().__init__(path, reason)
        self.status = status
        self.retry_after = retry_after
        self.reached = reached
        self.passing = passing
        self.at: str | None = None


class RecordError(OnrecordError):
    """The record cannot be opened, read or written."""


class ModelError(OnrecordError):
    """The statement finder's files are missing, altered, or made for another version."""


class QueryError(OnrecordError, ValueError):
    """A question or a judgement that means nothing (no such field, no such statement, no such day)."""


class ConflictError(QueryError):
    """A judgement that rests on a state of the record that somebody has changed meanwhile.

    Attributes:
        decided: what others decided, one line each.
    """

    def __init__(self, message: str, decided: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.decided = decided


class MissingExtraError(OnrecordError, ImportError):
    """A part of the package that needs ``pip install onrecord[extra]``."""

    def __init__(self, extra: str, needed_for: str) -> None:
        super().__init__(f"{needed_for} needs more than the base install: pip install 'onrecord[{extra}]'")
        self.extra = extra
