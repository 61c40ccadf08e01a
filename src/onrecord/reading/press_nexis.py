"""Exports of Nexis Uni and of its forerunner LexisNexis Academic, cut into articles.

Nexis Uni: headline, outlet, date, copyright, ``Section:``, ``Length:``, ``Byline:``, then ``Body``, the text,
``Load-Date:`` and ``End of Document``; before the first article a cover page with a list of all. Academic:
``3 of 90 DOCUMENTS``, outlet, date, headline, fields in capitals, the text behind ``LENGTH:``, fields again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

#: What HTML or text of this kind has in it.
MARK: Final = re.compile(rb"End of Document|\d of \d+ DOCUMENTS")
_END: Final = "End of Document"
_COUNT: Final = re.compile(r"\d+ of \d+ DOCUMENTS?")
_MONTH: Final = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\\.?"
)
_DATE: Final = re.compile(rf"(?:{_MONTH} \d{{1,2}}, \d{{4}}|\d{{1,2}} {_MONTH},? \d{{4}})(?=\W|$)")
_FIELD: Final = re.compile(r"([A-Z][A-Za-z-]{3,25}):\s*(.*)")
_LENGTH: Final = re.compile(r"length:\s*[\d,.]+ words", re.IGNORECASE)
_PAGE: Final = re.compile(r"Page \d+ of \d+")
#: Field of an export -> column of the row.
_COLUMNS: Final = {"section": "section", "byline": "byline", "highlight": "standfirst"}
#: Fields that stand behind the text.
_BEHIND_NAMES: Final = (
    "load-date language publication-type journal-code subject company organization geographic industry person"
    " graphic ticker document-type pub-type url correction-date"
)
_BEHIND: Final = frozenset(_BEHIND_NAMES.split())
#: Words alone on a line that begin what stands behind the text.
_HEADS_BEHIND: Final = frozenset({"Graphic", "Classification"})
_ERROR: Final = "We are sorry but there is an error in this document"


def is_export(lines: Sequence[str]) -> bool:
    """Tell whether lines are of such an export."""
    return any(map(_LENGTH.match, lines)) and (_END in lines or any(map(_COUNT.fullmatch, lines)))


def split(lines: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield each article as a row: ``headline``, ``outlet``, ``published``, ``text`` and what else it has."""
    lines = [line for line in lines if not _PAGE.fullmatch(line)]
    if _END in lines:
        yield from map(_read, _cut(lines))
    else:
        starts = [number for number, line in enumerate(lines) if _COUNT.fullmatch(line)]
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            yield _read_academic(lines[start + 1 : end])


def _cut(lines: list[str]) -> Iterator[list[str]]:
    """Yield the lines of each article. Where none follows, the words of the end are words of the text."""
    held: list[str] = []
    start = 0
    ends = [number for number, line in enumerate(lines) if line == _END]
    for end, behind in zip(ends, [*ends[1:], len(lines)], strict=True):
        held += lines[start:end]
        following = lines[end + 1 : behind]
        start = end
        if _has_head(following) or not following:
            yield held
            held, start = [], end + 1
        elif behind == len(lines):  # What a last page says is no article.
            yield held
            return
    if start < len(lines):  # An article that breaks off has no end.
        yield lines[start:]


def _has_head(lines: list[str]) -> bool:
    """Tell whether lines begin as an article does: its date soon, its length soon behind that."""
    if any(_ERROR in line for line in lines[:6]):
        return True
    return _date_at(lines) is not None and any(map(_LENGTH.match, lines[:25]))


def _date_at(lines: Sequence[str], most: int = 12) -> int | None:
    """Return which line is the date under the outlet."""
    for number, line in enumerate(lines[:most]):
        if number > 0 and len(line) < 90 and _DATE.match(line):
            return number
    return None


def _read(lines: list[str]) -> dict[str, str]:
    """Read an article of Nexis Uni. That of a first one has a cover page before it."""
    length = next((number for number, line in enumerate(lines) if _LENGTH.match(line)), len(lines))
    body = next((n for n, line in enumerate(lines) if n > length and line == "Body"), None)
    before = range((length if length < len(lines) else body or 0) - 1, 0, -1)
    dated = next((n for n in before if len(lines[n]) < 90 and _DATE.match(lines[n])), None)
    row: dict[str, str] = {}
    head = lines[:length]
    if dated is not None:
        first = dated - 2 if dated > 12 else max(0, _cover_end(lines[: dated - 1]))
        row["headline"] = " ".join(lines[max(first, 0) : dated - 1])
        row["outlet"] = lines[dated - 1]
        row["published"] = _day(lines[dated])
        head = lines[dated + 1 : body or length + 6]
    _take_fields(row, head)
    text = lines[(body if body is not None else length) + 1 :]
    row["text"] = "\n".join(text[: _text_end(text)])
    return {name: value for name, value in row.items() if value}


def _cover_end(lines: list[str]) -> int:
    """Return where the headline begins behind a short cover page, which lists what it stands for."""
    marks = ("User Name:", "Date and Time:", "Job Number:", "Documents (", "Document (", "Client/Matter:",
             "Search Terms:", "Search Type:", "Narrowed by", "Content Type")  # fmt: skip
    last = max((n for n, line in enumerate(lines) if line.startswith(marks)), default=None)
    return 0 if last is None else len(lines) - 1


def _text_end(text: list[str]) -> int:
    """Return how many lines are text: up to the last ``Load-Date:``, and a picture's words before that."""
    end = next((n for n in range(len(text) - 1, -1, -1) if text[n].startswith("Load-Date:")), len(text))
    if end == len(text):
        end = next((n for n in range(len(text)) if text[n] == "Classification"), len(text))
    for number in range(end - 1, max(-1, end - 16), -1):
        if text[number] in _HEADS_BEHIND:
            end = number
    return end


def _take_fields(row: dict[str, str], lines: Sequence[str]) -> None:
    for line in lines:
        found = _FIELD.match(line)
        column = _COLUMNS.get(found[1].lower()) if found else None
        if found and column:
            row.setdefault(column, re.sub(r"(?i)^by\s+", "", found[2]) if column == "byline" else found[2])


def _read_academic(lines: list[str]) -> dict[str, str]:
    """Read an article of LexisNexis Academic."""
    row: dict[str, str] = {}
    dated = _date_at(lines)
    length = next((number for number, line in enumerate(lines) if _LENGTH.match(line)), None)
    start = 0
    if dated is not None:
        row["outlet"] = next((one for one in lines[:dated] if not one.startswith("Copyright")), "")
        row["published"] = _day(lines[dated])
        start = dated + 1
    fields = next((n for n, line in enumerate(lines) if n >= start and _FIELD.match(line)), length or start)
    row["headline"] = " ".join(line for line in lines[start:fields] if not line.endswith("Edition"))
    text = fields if length is None else length + 1
    while text < len(lines) and re.match(r"(?:DATELINE|HIGHLIGHT|BYLINE|SECTION):", lines[text]):
        text += 1
    _take_fields(row, lines[fields:text])
    end = len(lines)
    while end > text and _is_behind(lines[end - 1]):
        end -= 1
    row["text"] = "\n".join(lines[text:end])
    return {name: value for name, value in row.items() if value}


def _is_behind(line: str) -> bool:
    found = _FIELD.match(line)
    return bool(found and found[1].isupper() and found[1].lower() in _BEHIND) or line.startswith(
        ("Copyright ", "All Rights Reserved")
    )


def _day(line: str) -> str:
    found = _DATE.match(line)
    return found[0] if found else ""
