"""Coverage-guided fuzzing of the readers (needs atheris).

python tests/fuzz/fuzz_readers.py [CORPUS] -max_total_time=1800
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["onrecord.reading"]):
    from onrecord.errors import InputError
    from onrecord.reading import read_bytes, reread

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


if __name__ == "__main__":
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
