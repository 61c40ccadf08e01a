"""Exports of Factiva, cut into articles, each of which ends in ``Document`` and its accession number.

With indexing every field has a code of two or three letters (HD headline, BY byline, PD date, SN source, LP
lead paragraph, TD text, AN accession number); without, the lines stand in one order: section, headline,
byline, number of words, date, time, source, its code, language, copyright, text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

#: What HTML or text of this kind has in it.
MARK: Final = re.compile(rb"Document(?: |&nbsp;|\xc2\xa0)[A-Za-z0-9]{18}")
_NUMBER: Final = re.compile(r"(?:AN\s*\|?\s*)?Document ([A-Za-z0-9]{18,40})\|?")
_CODE_NAMES: Final = (
    "AN ART BY CLM CO CR CT CX CY ED ET GC HD IN IPC IPD LA LP NS PD PG PUB RE RF RST SC SE SN TD VOL WC"
)
_CODES: Final = frozenset(_CODE_NAMES.split())
#: A code is cut off by a cell, a tab or several blanks: a text may have a line that begins with "IN" or "CO".
_FIELD: Final = re.compile(r"([A-Z]{2,3})(?:\s*\|\s*|\t\s*|\s{2,}|$)(.*)")
_WORDS: Final = re.compile(r"[\d.,]+ words")
_DATE: Final = re.compile(r"\d{1,2} [A-Z][a-z]{2,8} \d{4}")
_TIME: Final = re.compile(r"\d\d?:\d\d(?: ?[AP]M)?", re.IGNORECASE)
_COPYRIGHT: Final = re.compile(r"(?:\(c\)|©|Copyright|Copr\.|All rights reserved)", re.IGNORECASE)
#: Lines between the source and the text at most.
_MOST_LINES: Final = 8
_COLUMNS: Final = {"HD": "headline", "BY": "byline", "SN": "outlet", "PD": "published", "SE": "section"}


def is_export(lines: Sequence[str]) -> bool:
    """Tell whether lines are of such an export."""
    return any(map(_NUMBER.fullmatch, lines)) and any(
        _WORDS.fullmatch(line.removeprefix("WC").strip(" |\t")) for line in lines
    )


def split(lines: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield each article as a row: ``id``, ``headline``, ``outlet``, ``published``, ``text``, more."""
    start = 0
    for number, line in enumerate(lines):
        found = _NUMBER.fullmatch(line)
        if not found:
            continue
        held, start = lines[start:number], number + 1
        if held and held[-1] in ("AN", "AN|"):
            held = held[:-1]
        row = (
            _read_coded(held)
            if any(one.startswith("HD") and _FIELD.match(one) for one in held)
            else _read(held)
        )
        yield {name: value for name, value in {**row, "id": found[1]}.items() if value}


def _read_coded(lines: Sequence[str]) -> dict[str, str]:
    """Read an article whose fields have codes. What stands before the first is of no article."""
    fields: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        found = _FIELD.fullmatch(line)
        if found and found[1] in _CODES and found[1] not in fields:
            code = found[1]
            fields[code] = []
            line = found[2]
        if code and (words := line.strip(" |\t")):
            fields[code].append(words)
    row = {column: " ".join(fields.get(code, [])) for code, column in _COLUMNS.items()}
    row["byline"] = _by(row["byline"])
    row["text"] = "\n".join([*fields.get("LP", []), *fields.get("TD", [])])
    return row


def _read(lines: Sequence[str]) -> dict[str, str]:
    """Read an article whose lines stand in their order."""
    words = next(
        (n for n in range(len(lines) - 1) if _WORDS.fullmatch(lines[n]) and _DATE.fullmatch(lines[n + 1])),
        None,
    )
    if words is None:
        return {"headline": lines[0] if lines else "", "text": "\n".join(lines[1:])}
    row = _head(lines[:words])
    row["published"] = lines[words + 1]
    place = words + 2
    if place < len(lines) and _TIME.fullmatch(lines[place]):
        place += 1
    row["outlet"] = lines[place] if place < len(lines) else ""
    behind = range(place + 1, min(len(lines), place + _MOST_LINES))
    text = next((n + 1 for n in behind if _COPYRIGHT.match(lines[n])), None)
    if text is None:
        text = next((n for n in behind if len(lines[n]) > 60), len(lines))
    while text < len(lines) and re.match(r"All rights reserved", lines[text], re.IGNORECASE):
        text += 1
    row["text"] = "\n".join(lines[text:])
    return row


def _head(lines: Sequence[str]) -> dict[str, str]:
    """Tell section, headline and byline apart, of which there is always the second."""
    lines = lines[-3:]
    if len(lines) == 3:
        return {"section": lines[0], "headline": lines[1], "byline": _by(lines[2])}
    if len(lines) == 2:
        if re.match("By ", lines[1], re.IGNORECASE) or len(lines[0].split()) > 3:
            return {"headline": lines[0], "byline": _by(lines[1])}
        return {"section": lines[0], "headline": lines[1]}
    return {"headline": lines[0] if lines else ""}


def _by(words: str) -> str:
    return re.sub(r"(?i)^by\s+", "", words)
