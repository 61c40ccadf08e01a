"""The columns of every export, and the codebook that explains them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any, Final

from onrecord import __version__
from onrecord.query import Row


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an export.

    Attributes:
        name: as in the header of CSV and the keys of JSON lines.
        kind: text, number, day, time, list or spans.
        meaning: what it says, with its values and what an empty one means.
        rests_on: what the value rests on: the page, the model, a rule, a person.
        get: takes the value out of a row; lists and spans as lists.
    """

    name: str
    kind: str
    meaning: str
    rests_on: str
    get: Callable[[Row], Any]


def _spans(spans: Any) -> list[list[int]]:
    return [list(span) for span in spans]


def _truth(value: bool | None) -> str | None:
    return None if value is None else str(value).lower()


#: Every column, in the order of writing.
COLUMNS: Final[tuple[Column, ...]] = (
    Column(
        "id",
        "text",
        "Stable id of the statement: made from the article's text and the place of the content "
        "in it alone, so "
        "that a new model that finds the same words gives the same id.",
        "text",
        lambda row: row.id,
    ),
    Column(
        "article",
        "number",
        "Number of the article in the record; all versions of one page share it.",
        "record",
        lambda row: row.article,
    ),
    Column(
        "words",
        "text",
        "What was said, as printed, with its quotation marks. Fragments around an inserted 'he "
        "said' are joined by "
        "' […] '.",
        "text",
        lambda row: row.words,
    ),
    Column(
        "type",
        "text",
        "direct: all in quotation marks; indirect: none; mixed: part of it.",
        "text and model, or a person",
        lambda row: row.type,
    ),
    Column(
        "speaker",
        "text",
        "Name of whoever said it, the fullest that the article gives; for an unnamed source its "
        "words. Empty: "
        "unknown.",
        "model and rules, or a person",
        lambda row: row.speaker,
    ),
    Column(
        "speaker_kind",
        "text",
        "person, organisation, state, media, group or unnamed. Empty: unknown.",
        "rules, or a person",
        lambda row: row.kind,
    ),
    Column(
        "actor",
        "text",
        "Id of the actor in the record who made it: the same for every form of the name. Empty: not known.",
        "rules and the registry of actors, or a person",
        lambda row: row.actor,
    ),
    Column(
        "office",
        "text",
        "The speaker's office, as the article gives it. Empty: it gives none.",
        "text, or a person",
        lambda row: row.office,
    ),
    Column(
        "source",
        "text",
        "The words that name the source, as printed ('the minister', 'he'). Empty: the article "
        "names none here.",
        "model",
        lambda row: row.source,
    ),
    Column(
        "cue",
        "text",
        "The words that attribute, as printed ('said', 'according to'). Empty: there are none.",
        "model",
        lambda row: row.cue,
    ),
    Column(
        "addressee",
        "text",
        "The words that name to whom it was said, as printed. Empty: the article does not say.",
        "text and rules, or a person",
        lambda row: row.addressee,
    ),
    Column(
        "addressee_actor",
        "text",
        "Id of the actor to whom it was said. Empty: not known.",
        "rules and the registry of actors",
        lambda row: row.addressee_actor,
    ),
    Column(
        "occasion",
        "text",
        "The words that tell where or at what it was said, as printed ('in an interview with "
        "...', 'in Brussels'); several are joined by ' […] '. Empty: the article does not say.",
        "text and rules, or a person",
        lambda row: row.occasion,
    ),
    Column(
        "place",
        "text",
        "The name of the place in the occasion ('Brussels'). Empty: it names none.",
        "text and rules",
        lambda row: row.place,
    ),
    Column(
        "hearsay",
        "text",
        "true: the article has it from somebody who says that the speaker said it; false: it does "
        "not. Empty: unknown.",
        "model, or a person",
        lambda row: _truth(row.statement.hearsay),
    ),
    Column(
        "act",
        "text",
        "Kind of speech act: say, deny, accuse, demand, warn, promise, predict, praise, reject, "
        "admit or stance. "
        "Empty: unknown.",
        "rules, or a person",
        lambda row: row.statement.act,
    ),
    Column(
        "outlook",
        "text",
        "What it says of the future: promise, threat, prediction, plan or deadline. Empty: "
        "nothing, or unknown.",
        "rules, or a person",
        lambda row: row.statement.outlook,
    ),
    Column(
        "about",
        "list",
        "Names that the statement is about. Empty: unknown.",
        "rules",
        lambda row: [str(item.get("name")) for item in row.statement.about if item.get("name")],
    ),
    Column(
        "parent",
        "text",
        "Id of the statement whose content holds this one ('She said that he had promised ...'). "
        "Empty: none does.",
        "model",
        lambda row: row.statement.parent,
    ),
    Column(
        "day",
        "day",
        "Last day on which it may have been said, else the day of publication. The order newest first goes "
        "by it; use said_last or published where the two must not be mixed.",
        "said, else published",
        lambda row: row.day,
    ),
    Column(
        "said_first",
        "day",
        "First day on which it was said, as the article tells. Empty: it does not tell.",
        "text and rules, or a person",
        lambda row: row.said[0] if row.said else None,
    ),
    Column(
        "said_last",
        "day",
        "Last day on which it was said. Equal to said_first when the day is known.",
        "text and rules, or a person",
        lambda row: row.said[1] if row.said else None,
    ),
    Column(
        "said_inferred",
        "text",
        "true: the day of saying is carried over from another statement or taken from custom; false: its "
        "own sentence tells it. Empty: no day is known.",
        "rules",
        lambda row: _truth(row.inferred),
    ),
    Column(
        "released_first",
        "day",
        "First day on which the words were let out ('cleared for release on ...'). Empty: not told.",
        "text and rules, or a person",
        lambda row: row.released[0] if row.released else None,
    ),
    Column(
        "released_last",
        "day",
        "Last day on which they were let out.",
        "text and rules, or a person",
        lambda row: row.released[1] if row.released else None,
    ),
    Column(
        "due_first",
        "day",
        "First day on which what it promises or predicts is due. Empty: no day is named.",
        "text and rules, or a person",
        lambda row: row.due[0] if row.due else None,
    ),
    Column(
        "due_last",
        "day",
        "Last day on which it is due.",
        "text and rules, or a person",
        lambda row: row.due[1] if row.due else None,
    ),
    Column(
        "outcome",
        "text",
        "What became of what it promised or foretold: kept, broken, happened, not or unclear. "
        "Empty: nobody has decided.",
        "a person",
        lambda row: row.outcome,
    ),
    Column(
        "evidence",
        "text",
        "What shows the outcome: the id of a statement, or a url. Empty: there is none.",
        "a person",
        lambda row: row.evidence,
    ),
    Column(
        "published",
        "time",
        "When the article was published, ISO 8601, as precise as known. Empty: unknown.",
        "page",
        lambda row: row.published,
    ),
    Column(
        "outlet", "text", "Who published it. Empty: unknown.", "page, or the user", lambda row: row.outlet
    ),
    Column(
        "agency",
        "text",
        "The wire service the text is credited to. Empty: none is named.",
        "page",
        lambda row: row.agency,
    ),
    Column(
        "headline",
        "text",
        "Title of the article as printed. Empty: none was found.",
        "page",
        lambda row: row.headline,
    ),
    Column(
        "url",
        "text",
        "Where the article was published. Empty: unknown.",
        "page, or the user",
        lambda row: row.url,
    ),
    Column("path", "text", "The input that it was read from, as given.", "user", lambda row: row.path),
    Column(
        "retrieved",
        "time",
        "When the page was fetched or the file opened, ISO 8601 in UTC. Empty: unknown.",
        "record",
        lambda row: row.retrieved,
    ),
    Column(
        "confidence",
        "number",
        "Calibrated probability, 0 to 1, that content and source are both right, as the model saw it.",
        "model",
        lambda row: row.confidence,
    ),
    Column(
        "verdict",
        "text",
        "accept: a person has confirmed the statement. Empty: nobody has judged it. Rejected "
        "ones are not exported.",
        "a person",
        lambda row: row.verdict,
    ),
    Column(
        "judged",
        "list",
        "Fields whose value a person has set. Empty: all values are the machine's.",
        "a person",
        lambda row: list(row.judged),
    ),
    Column(
        "content_spans",
        "spans",
        "Where the words stand in the article's text: start and end in Unicode code points, end exclusive.",
        "text",
        lambda row: _spans(row.content),
    ),
    Column(
        "source_spans",
        "spans",
        "Where the source stands in the text.",
        "text",
        lambda row: _spans(row.statement.source),
    ),
    Column(
        "cue_spans",
        "spans",
        "Where the cue stands in the text.",
        "text",
        lambda row: _spans(row.statement.cue),
    ),
    Column(
        "context", "text", "The sentences that hold content, source and cue.", "text", lambda row: row.context
    ),
    Column(
        "context_start",
        "number",
        "Where the context begins in the article's text, in Unicode code points.",
        "text",
        lambda row: row.context_start,
    ),
    Column(
        "printings",
        "number",
        "How often the articles of its story print the statement, this time included. Copies of a wire text "
        "are one row unless every printing was asked for.",
        "record",
        lambda row: row.printings,
    ),
    Column(
        "same_as",
        "text",
        "Id of the printing that stands for this one. Empty: it is this one. Rows for which (same_as, else "
        "id) is the same are one statement.",
        "record",
        lambda row: row.same_as,
    ),
    Column(
        "witnesses",
        "list",
        "Ids of the other printings; the outlets, days and places beside have the same order. The first 100.",
        "record",
        lambda row: [one.id for one in row.witnesses],
    ),
    Column(
        "witness_outlets",
        "list",
        "Who published the other printings; an empty one is not known.",
        "page, or the user",
        lambda row: [one.outlet or "" for one in row.witnesses],
    ),
    Column(
        "witness_published",
        "list",
        "When they were published, ISO 8601; an empty one is not known.",
        "page",
        lambda row: [one.published or "" for one in row.witnesses],
    ),
    Column(
        "witness_urls",
        "list",
        "Where they were published; where no url is known, the input as given.",
        "page, or the user",
        lambda row: [one.url or one.path for one in row.witnesses],
    ),
    Column(
        "repetitions",
        "list",
        "Ids of the statements in which the same speaker says the same words on another day, oldest first; "
        "the first 50. Empty: there are none.",
        "record",
        lambda row: [one.id for one in row.repetitions],
    ),
    Column(
        "page", "text", "SHA-256 of the page's bytes, which the record keeps.", "page", lambda row: row.page
    ),
)

#: The first line of every codebook.
TITLE: Final = "# Codebook of an onrecord export"

_HEAD: Final = """{title}

One row is one statement: a stretch of content reported on somebody's word. Written by onrecord {version}.

- Text is UTF-8. Days are YYYY-MM-DD, times ISO 8601.
- An empty cell (JSON: null, or an empty list) means unknown or none, as the column says; there are no
  defaults.
- In CSV, lists are joined by "; ", and spans are written start-end, joined by ";".
- In CSV, text that begins with = + - @, a tab or a line end has a ' before it, so that no spreadsheet takes
  it for a formula. Take that one character off to have the text as printed. JSON lines have it as printed.
- "Rests on" tells what a value is taken from. What a person set is named in the column judged.

| column | kind | meaning | rests on |
| --- | --- | --- | --- |
"""


def write_codebook(stream: IO[str]) -> None:
    """Write what every column of an export means, as Markdown."""
    stream.write(_HEAD.format(title=TITLE, version=__version__))
    for column in COLUMNS:
        stream.write(f"| {column.name} | {column.kind} | {column.meaning} | {column.rests_on} |\n")
