"""Tables of articles: JSON lines, CSV and TSV, one article a row, columns guessed by name.

A bad row is reported and the rest goes on. A row of CSV whose quotation mark is never closed is cut at its
own line, so that it does not swallow the rows below it.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from onrecord.article import Page
from onrecord.errors import InputError, LimitError, NoArticleError
from onrecord.reading import body, dates, openings, text
from onrecord.reading.draft import Draft
from onrecord.reading.limits import MAX_ROW

#: Field of the article -> names of columns that hold it, best first, in lower case without separators.
COLUMNS: Final[Mapping[str, str]] = {
    "text": "text body content fulltext articletext articlebody bodytext maintext plaintext"
    " article story contents",
    "headline": "headline title heading head hed",
    "standfirst": "standfirst subtitle subheadline subhead dek deck",
    "published": (
        "published date publishedat publisheddate publishdate publicationdate datepublished"
        " pubdate datepublish"
        " publishedtime publishtime datetime timestamp created createdat day time"
    ),
    "url": "url link permalink articleurl sourceurl href canonicalurl",
    "outlet": "outlet source publication publisher newspaper sourcename site sitename media medium website"
    " sourcedomain domain",
    "byline": "byline author authors creator writer",
    "section": "section rubric category",
    "language": "language lang",
    "id": "id articleid docid documentid uid uuid guid key identifier",
}
#: What users call the fields when they name columns themselves.
ALIASES: Final = {
    "title": "headline",
    "body": "text",
    "content": "text",
    "date": "published",
    "author": "byline",
    "link": "url",
}
_GIVEN: Final = "column:"
#: What to do about a column that is not found, in the library and on the command line.
NAME_COLUMN: Final = "name the one that holds it with columns={'text': 'COLUMN'}, or --columns text=COLUMN"
_TEXT_PARTS: Final = ("section", "headline", "standfirst", "byline")
_MARKUP: Final = re.compile(r"<\s*(?:p|br|div|li|h[1-6]|blockquote)\b[^<>]*>", re.IGNORECASE)

Row = dict[str, Any]


def given_columns(columns: Mapping[str, str] | None) -> dict[str, str]:
    """Return the user's columns as entries of a page's ``given``.

    Raises:
        InputError: a key is no field that a column can hold.
    """
    given: dict[str, str] = {}
    for name, column in (columns or {}).items():
        field = ALIASES.get(name, name)
        if field not in COLUMNS:
            raise InputError(f"{name}={column}", f"no such field; a column can hold {', '.join(COLUMNS)}")
        given[_GIVEN + field] = column
    return given


def find_columns(names: Iterable[str], given: Mapping[str, str]) -> dict[str, str]:
    """Return field -> column for the column names of a table: as given, else by name."""
    names = [name for name in names if name]
    simple = {re.sub(r"[^a-z]", "", name.lower()): name for name in reversed(names)}
    found = {key.removeprefix(_GIVEN): column for key, column in given.items() if key.startswith(_GIVEN)}
    for field, guesses in COLUMNS.items():
        if field not in found:
            column = next((simple[guess] for guess in guesses.split() if guess in simple), None)
            if column is not None and column not in found.values():
                found[field] = column
    return found


def read_row(page: Page, path: str) -> Draft:
    """Find the parts of an article that is one row, kept as a JSON object in UTF-8.

    Raises:
        InputError: it is no JSON object or has no text.
    """
    try:
        row = json.loads(page.data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise InputError(path, f"is no JSON object ({error})") from error
    if not isinstance(row, dict):
        raise InputError(path, f"is a JSON {type(row).__name__}, not an object with the article's fields")
    columns = find_columns(row, page.given)
    values = {field: _string(row.get(column)) for field, column in columns.items()}
    if not values.get("text"):
        raise NoArticleError(path, _no_text(row, columns.get("text")))
    return _build(values, page.given.get("outlet"))


def _no_text(row: Row, column: str | None) -> str:
    """Return why a row has no text, and what to do about it."""
    if column is not None and column in row:
        return f"has no text: its cell in column {column!r} is empty; the row is left out"
    missing = f"there is no column {column!r}" if column else "none of its columns is known to hold it"
    return f"has no text: {missing} (columns: {list_names(row)}); {NAME_COLUMN}"


def unknown_columns(names: Collection[str], given: Mapping[str, str]) -> dict[str, str]:
    """Return field -> column of what the user named and the table does not have."""
    named = {key.removeprefix(_GIVEN): column for key, column in given.items() if key.startswith(_GIVEN)}
    return {field: column for field, column in named.items() if column not in names}


def unreadable_date(row: Row, given: Mapping[str, str]) -> str | None:
    """Return what stands in a row's column of dates when no date can be read in it for certain."""
    column = find_columns(row, given).get("published")
    value = _string(row.get(column)) if column else ""
    return value if value and _date(value) is None else None


def read_rows(lines: Iterable[str], kind: str, path: str) -> Iterator[Row | InputError]:
    """Yield each row of a table, or the error in its place.

    Args:
        lines: the physical lines with their ends.
        kind: ``jsonl``, or the delimiter of a table with a header.
        path: the table's name, for errors.
    """
    rows = _json_lines(lines, path) if kind == "jsonl" else _delimited(lines, kind, path)
    yield from rows


def guess_delimiter(header: str) -> str:
    """Return the delimiter that cuts the header into most columns."""
    return max(",;\t|", key=header.count)


def is_header(line: str) -> bool:
    """Tell whether a line of unknown input is the header of a table of articles."""
    try:
        names = next(csv.reader([line], delimiter=guess_delimiter(line)), [])
    except csv.Error:  # a bare carriage return, a NUL: no header of ours
        return False
    if len(names) < 2 or any(len(name.split()) > 3 for name in names):
        return False
    found = find_columns(names, {})
    return "text" in found and len(found) >= 2


def _json_lines(lines: Iterable[str], path: str) -> Iterator[Row | InputError]:
    number = 0
    for line in lines:
        if not line.strip():
            continue
        number += 1
        name = f"{path}#{number}"
        if len(line) > MAX_ROW:
            yield LimitError(name, f"has more than {MAX_ROW:,} characters in one row")
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield InputError(name, f"is no JSON object ({error}); the row is left out")
            continue
        if isinstance(row, dict):
            yield row
        else:
            yield InputError(name, f"is a JSON {type(row).__name__}, not an object; the row is left out")


def _delimited(lines: Iterable[str], delimiter: str, path: str) -> Iterator[Row | InputError]:
    """Yield the rows of a table with a header, as :func:`read_rows`."""
    feed = _Feed(lines)
    header_record = feed.record()
    if header_record is None:
        return
    header = _unique(_cells(header_record[0], delimiter) or [])
    number = 0
    while (record := feed.record()) is not None:
        words, count = record
        if not words.strip():
            continue
        number += 1
        cells = _cells(words, delimiter) if len(words) <= MAX_ROW else None
        while cells and len(cells) > len(header) and not cells[-1]:
            cells.pop()
        if cells is not None and len(cells) == len(header):
            yield dict(zip(header, cells, strict=True))
            continue
        if count > 1:
            feed.give_back(words)
        elif len(words) > MAX_ROW:
            yield LimitError(f"{path}#{number}", f"has more than {MAX_ROW:,} characters in one row")
            continue
        reason = (
            "has a quotation mark that is never closed"
            if count > 1 or cells is None
            else f"has {len(cells)} columns, the header {len(header)}"
        )
        yield InputError(f"{path}#{number}", f"{reason}; the row is left out")


class _Feed:
    """Puts the physical lines of a CSV file together into records, and takes lines back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._again: deque[str] = deque()

    def record(self) -> tuple[str, int] | None:
        """Return the next record and how many lines it has; an open quotation mark ends at MAX_ROW."""
        words: list[str] = []
        marks = length = 0
        while (line := self._next()) is not None:
            words.append(line)
            marks += line.count('"')
            length += len(line)
            if marks % 2 == 0 or length > MAX_ROW:
                break
        return ("".join(words), len(words)) if words else None

    def give_back(self, words: str) -> None:
        """Take back all lines of a record but its first."""
        self._again.extendleft(reversed(split_lines(words)[1:]))

    def _next(self) -> str | None:
        return self._again.popleft() if self._again else next(self._lines, None)


def split_lines(words: str) -> list[str]:
    """Return the lines of a table with their ends, which are CR, LF or both: other breaks stand in cells."""
    return list(io.StringIO(words, newline=""))


def _cells(record: str, delimiter: str) -> list[str] | None:
    """Return the cells of one record, or ``None`` where it is none."""
    csv.field_size_limit(MAX_ROW)
    try:
        rows = list(csv.reader(split_lines(record), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def _unique(names: list[str]) -> list[str]:
    """Return the names with a number after the second and later ones of a kind."""
    seen: dict[str, int] = {}
    for name in names:
        seen[name] = seen.get(name, 0) + 1
    counts: dict[str, int] = {}
    unique = []
    for name in names:
        counts[name] = counts.get(name, 0) + 1
        unique.append(name.strip() if counts[name] == 1 else f"{name.strip()}.{counts[name]}")
    return unique


def _build(values: Mapping[str, str], outlet: str | None) -> Draft:
    """Put the text of a row together and find the parts of its body."""
    words = values["text"]
    paragraphs = (
        body.split_markup(words)
        if _MARKUP.search(words)
        else [line.strip() for line in words.splitlines() if line.strip()]
    )
    if values.get("headline") and paragraphs and paragraphs[0].casefold() == values["headline"].casefold():
        paragraphs = paragraphs[1:] or paragraphs
    heads = [(name, " ".join(values[name].split())) for name in _TEXT_PARTS if values.get(name)]
    body_text = "\n\n".join(paragraphs)
    outlet = values.get("outlet") or outlet
    if not values.get("headline"):
        draft = text.read_text(body_text, outlet)
        for name, value in heads:
            if name not in draft.fields:
                draft.fields[name] = value
                draft.declared.append(name)
    else:
        draft = Draft(text="\n\n".join([value for _, value in heads] + paragraphs))
        start = 0
        for name, value in heads:
            draft.mark(name, start, start + len(value))
            start += len(value) + 2
        text.mark_rest(draft, text.split_lines(draft.text, start), {outlet.casefold()} if outlet else set())
    _declare(draft, values)
    return draft


def _declare(draft: Draft, values: Mapping[str, str]) -> None:
    """Set the fields that have a column of their own."""
    published = _date(values.get("published", ""))
    if published:
        draft.parts.pop("published", None)
        draft.fields.update(published=published, published_from="archive")
        draft.declared.append("published")
    for name in ("outlet", "url"):
        value = values.get(name)
        if value and (name != "url" or re.match(r"https?://", value)):
            draft.parts.pop(name, None)
            draft.fields[name] = value
            draft.declared.append(name)
    byline = values.get("byline", "")
    agency = openings.agency_within(byline)
    if agency and "agency" not in draft.fields:
        draft.fields["agency"] = byline[agency[0] : agency[1]]
        draft.declared.append("agency")
    if not draft.fields.get("published") and values.get("url"):
        day = dates.from_url(values["url"])
        if day:
            draft.fields.update(published=day, published_from="url")
    language = re.match(r"([a-z]{2})\b", values.get("language", "").lower())
    draft.language_hint = language[1] if language else None


def _date(value: str) -> str | None:
    """Return a table's date; ten or thirteen digits are seconds or milliseconds since 1970."""
    if re.fullmatch(r"\d{10}(?:\d{3})?", value):
        moment = datetime.fromtimestamp(int(value[:10]), UTC)
        return moment.isoformat()
    return dates.parse_declared(value)


def _string(value: Any) -> str:
    """Return a cell as text: lists joined, objects by their name."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, list):
        mark = "\n" if any(isinstance(item, str) and len(item) > 80 for item in value) else ", "
        return mark.join(filter(None, map(_string, value[:1_000])))
    if isinstance(value, dict):
        return _string(value.get("name") or value.get("title") or value.get("text"))
    return str(value).replace("\0", "").strip()


def list_names(names: Iterable[str]) -> str:
    """Return the names of columns for an error: the first twenty."""
    names = list(names)
    return ", ".join(name[:60] for name in names[:20]) + (", ..." if len(names) > 20 else "")
