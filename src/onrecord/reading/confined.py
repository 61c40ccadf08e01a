"""HTML that may be meant to exhaust the parser is parsed in a process of its own, which can be stopped.

Ordinary pages are parsed here and now. Large ones, and those with very many elements inside one another, go
to a child process with limits on memory and time; the answer comes back as JSON.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
from typing import Any, Final

from onrecord.article import Page
from onrecord.errors import LimitError, NoArticleError
from onrecord.reading import limits
from onrecord.reading.draft import Draft

_TAG: Final = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})")
#: Elements without an end, or whose end may be left out, so that counting starts and ends says nothing.
_OPEN_ENDED: Final = frozenset(
    b"area base br col embed hr img input link meta param source track wbr p li dt dd option tr td th thead"
    b" tbody path circle rect use".split()
)
_LIMIT, _NO_ARTICLE = "limit", "no article"


def read_html(page: Page, path: str) -> Draft:
    """Read a page here, or in a child process if it is doubtful.

    Raises:
        InputError: it cannot be read.
        LimitError: the child process used up its memory or time.
    """
    if is_doubtful(page.data):
        return _read_apart(page, path)
    from onrecord.reading import html  # Slow to import: a text needs neither lxml nor trafilatura.

    return html.read_html(page.data, path, page.charset, page.url)


def is_doubtful(data: bytes) -> bool:
    """Tell whether a page is larger or deeper than ordinary ones are."""
    if len(data) > limits.DOUBTFUL_BYTES:
        return True
    depth = 0
    for match in _TAG.finditer(data):
        if match[2].lower() in _OPEN_ENDED:
            continue
        depth += -1 if match[1] else 1
        if depth > limits.DOUBTFUL_DEPTH:
            return True
    # UTF-16 hides its tags from this count; pages in it are rare enough to be confined.
    return data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0<\0" in data[:1_000] or b"<\0" in data[:1_000]


def _read_apart(page: Page, path: str) -> Draft:
    """Read a page in a child process."""
    header = json.dumps({"path": path, "charset": page.charset, "url": page.url}).encode() + b"\n"
    # -P keeps the folder one stands in, which may be a stranger's, off the module path.
    command = [sys.executable, "-P", "-m", "onrecord.reading.confined"]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command
            command,
            input=header + page.data,
            capture_output=True,
            timeout=limits.CONFINED_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise LimitError(path, f"takes longer than {limits.CONFINED_SECONDS} seconds to parse") from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise LimitError(
            path,
            f"needs more than {limits.CONFINED_BYTES // 1_000_000} MB or {limits.CONFINED_SECONDS} s"
            f" to parse",
        ) from error
    if "error" in answer:
        kind = {_LIMIT: LimitError, _NO_ARTICLE: NoArticleError}[answer["error"]]
        raise kind(path, answer["reason"])
    parts = {name: [(start, end) for start, end in spans] for name, spans in answer.pop("parts").items()}
    return Draft(parts=parts, **answer)


def _answer(data: bytes) -> dict[str, Any]:
    """Read the page that follows the header line, and return the draft or error as JSON values."""
    line, _, body = data.partition(b"\n")
    header = json.loads(line)
    try:
        from onrecord.reading import html

        draft = html.read_html(body, header["path"], header["charset"], header["url"], deep=True)
    except NoArticleError as error:
        return {"error": _NO_ARTICLE, "reason": error.reason}
    except LimitError as error:
        return {"error": _LIMIT, "reason": error.reason}
    except MemoryError:
        return {
            "error": _LIMIT,
            "reason": f"needs more than {limits.CONFINED_BYTES // 1_000_000} MB to parse",
        }
    except RecursionError:
        return {"error": _LIMIT, "reason": "has too many elements inside one another"}
    return {name: getattr(draft, name) for name in Draft.__slots__}


def main() -> None:
    """Run in the child process: read standard input, write the answer to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.CONFINED_BYTES, limits.CONFINED_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.CONFINED_SECONDS, limits.CONFINED_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.write(json.dumps(_answer(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
