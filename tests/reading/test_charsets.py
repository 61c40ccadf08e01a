"""Encodings of tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord import reading
from onrecord.article import Article

RUSSIAN = "Начальник порта сказал, что причал будет закрыт до весны и что суда должны уйти."
CZECH = "Ministr řekl, že přístav bude uzavřen a že lodě musí odplout ještě před zimou, žádné výjimky."
ENGLISH = "“We go,” the warden’s office said – at the café."
PLAIN = "".join(f"{number},Nothing but plain words stands in this row.\n" for number in range(2_000))


@pytest.mark.parametrize("rows", ["", PLAIN], ids=["first", "behind 64 KB"])
@pytest.mark.parametrize(
    ("charset", "words"),
    [
        ("cp1252", ENGLISH),
        ("cp1251", RUSSIAN),
        ("cp1250", CZECH),
        ("utf-8", RUSSIAN),
        ("utf-8-sig", ENGLISH),
        ("utf-16", CZECH),
    ],
)
def test_encoding_of_table(tmp_path: Path, rows: str, charset: str, words: str) -> None:
    """A table's encoding is told from its first bytes that are not ASCII, wherever they stand."""
    path = tmp_path / "table.csv"
    path.write_bytes(f'title,text\n{rows}One,"{words}"\n'.encode(charset))
    *_, last = reading.read_all([path])
    assert isinstance(last, Article)
    assert words in last.text


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["no mark", "byte order mark"])
@pytest.mark.parametrize("rows", ["", PLAIN], ids=["first", "behind 64 KB"])
def test_damage_in_utf8(tmp_path: Path, rows: str, mark: bytes) -> None:
    """One bad byte in a table in UTF-8 spoils neither the rows before it nor those behind it."""
    path = tmp_path / "table.csv"
    good = f'"{RUSSIAN}",One\n'.encode()
    path.write_bytes(mark + b"text,title\n" + good + rows.encode() + b'"at the caf\xe9 today",Two\n' + good)
    found = [row.text for row in reading.read_all([path]) if isinstance(row, Article)]
    assert RUSSIAN in found[0]
    assert "caf\ufffd today" in found[-2]
    assert RUSSIAN in found[-1]
