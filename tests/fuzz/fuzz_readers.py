"""Coverage-guided fuzzing of the readers (needs atheris).

python tests/fuzz/fuzz_readers.py [CORPUS] -max_total_time=1800
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any
from unittest import mock

import atheris

with atheris.instrument_imports(include=["onrecord.reading"]):
    from onrecord.errors import InputError
    from onrecord.reading import confined, html, read_bytes, reread

assert html is not None  # instrumented with the others: the reader itself imports it late

_TYPES = ["text/html", "text/plain", "application/json", None]


def check(data: bytes) -> None:
    """Read bytes as each type: an article with sound spans, the same when read again, or an InputError."""
    provider = atheris.FuzzedDataProvider(data)
    media_type = provider.PickValueInList(_TYPES)
    charset = provider.PickValueInList([None, "utf-8", "latin-1", "utf-16", "no-such-charset"])
    body = provider.ConsumeBytes(provider.remaining_bytes())
    try:
        article = read_bytes(body, path="fuzz", media_type=media_type, charset=charset)
    except InputError:
        return
    for spans in article.parts.values():
        for start, end in spans:
            assert 0 <= start <= end <= len(article.text)
    assert article.page is not None
    assert reread(article.page, "fuzz") == article


def answer_here(command: list[str], *, input: bytes, **_: Any) -> subprocess.CompletedProcess[bytes]:  # noqa: A002
    """Do here what the confined process does: its lines count as covered, and no start is waited for."""
    return subprocess.CompletedProcess(command, 0, json.dumps(confined._answer(input)).encode(), b"")


if __name__ == "__main__":
    mock.patch.object(confined.subprocess, "run", answer_here).start()
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
