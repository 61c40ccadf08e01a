"""Corrections of statements: each is a judgement, refused when another came before it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Final

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import Response

from onrecord import query
from onrecord.answers import Shown, ShownStatement
from onrecord.article import Span, Spans
from onrecord.errors import ConflictError, QueryError
from onrecord.record import Record, changes, describing, judging
from onrecord.record.actors import RecordActors
from onrecord.web.pages import address, answer, json_answer
from onrecord.web.people import Sent, author_of, back, required_author
from onrecord.web.records import Reading, Writing

router = APIRouter()

#: Actors offered for a name.
OFFERED: Final = 12

_TYPES: Final = ("direct", "indirect", "mixed")
_DAYS: Final = ("said", "released", "due")
_WORDS: Final = ("source", "cue")
_SPAN: Final = re.compile(r"(\d{1,9})-(\d{1,9})")
_WORD: Final = re.compile(r"\S+")
_MOST_WORDS: Final = 4000


@dataclass(frozen=True, slots=True)
class Form:
    """What a form of correction shows: the statement as it stands, or what a person has entered.

    Attributes:
        speaker: how the speaker is set: ``keep``, ``actor``, ``new`` or ``nobody``.
        values: field -> what stands in it.
        spans: the content.
    """

    speaker: str
    values: Mapping[str, str]
    spans: Spans
    offered: tuple[Mapping[str, Any], ...] = field(default=())


@router.get("/statement/{identity}/correct")
def show_form(
    request: Request, record: Reading, identity: str, article: Annotated[int | None, Query()] = None
) -> Response:
    """Show a statement with everything of it that can be corrected."""
    shown, one = found_statement(record, identity, article)
    return _page(request, record, shown, one, _as_stands(shown, one))


@router.post("/statement/{identity}/correct")
def correct(request: Request, record: Writing, identity: str, sent: Sent) -> Response:
    """Set what differs from what stands, each field by a judgement; or show the form with other ends."""
    shown, one = found_statement(record, identity, number_of(sent.get("article")))
    form = _entered(record, shown, one, sent)
    if "move" in sent or "look" in sent:
        return _page(request, record, shown, one, form, based_on=number_of(sent.get("based_on")))
    author = required_author(request, sent)
    values = _differing(shown, one, form)
    if sent.get("accept"):
        values["verdict"] = "accept"
    if not values:
        return back(sent, _at(shown, one))
    try:
        made = judging.judge(
            record, one.statement.id, values, author=author, reason=sent.get("reason", "").strip() or None,
            article=shown.id, based_on=number_of(sent.get("based_on")) or 0,
        )  # fmt: skip
    except ConflictError as error:
        shown, one = found_statement(record, identity, shown.id)
        return _page(request, record, shown, one, form, conflict=error)
    except QueryError as error:
        return _page(request, record, shown, one, form, refused=str(error))
    return back(sent, f"/article/{shown.id}#s-{made[-1].now or one.statement.id}")


@router.post("/statement/{identity}/verdict")
def judge(request: Request, record: Writing, identity: str, sent: Sent) -> Response:
    """Accept a statement or take it out of the answers."""
    author = required_author(request, sent)
    shown, one = found_statement(record, identity, number_of(sent.get("article")))
    verdict = sent.get("verdict")
    if verdict not in ("accept", "reject"):
        raise HTTPException(400, "A verdict is accept or reject. Nothing was changed.")
    try:
        record.judge(
            one.statement.id, author=author, accept=verdict == "accept", reject=verdict == "reject",
            reason=sent.get("reason", "").strip() or None, article=shown.id,
            based_on=number_of(sent.get("based_on")),
        )  # fmt: skip
    except ConflictError as error:
        shown, one = found_statement(record, identity, shown.id)
        return _page(request, record, shown, one, _as_stands(shown, one), conflict=error)
    return back(sent, _at(shown, one))


@router.get("/article/{number:int}/missed")
def show_missed(
    request: Request, record: Reading, number: int, words: Annotated[str, Query(max_length=4000)] = ""
) -> Response:
    """Show the form by which a statement is added that was not found."""
    return _missed(request, _article(record, number), {"content": words})


@router.post("/article/{number:int}/missed")
def add_missed(request: Request, record: Writing, number: int, sent: Sent) -> Response:
    """Add a statement that was not found."""
    author = required_author(request, sent)
    shown = _article(record, number)
    values: dict[str, object] = {
        name: words
        for name in ("content", "source", "cue", "speaker", "type")
        if (words := sent.get(name, "").strip())
    }
    spans = spans_of(sent.get("spans", ""))
    if spans:
        values["content"] = [list(span) for span in spans]
    reason = sent.get("reason", "").strip() or None
    try:
        made = record.add_statement(shown.id, values, author=author, reason=reason)
    except QueryError as error:
        return _missed(request, shown, sent, refused=str(error))
    return back(sent, f"/article/{shown.id}#s-{made[0].now}")


@router.get("/actors/suggest.json")
def suggest(record: Reading, q: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Return the actors that a name may mean: id, name, kind, how many statements."""
    return json_answer({"actors": offered(record, q)})


def offered(record: Record, name: str) -> list[dict[str, Any]]:
    """Return actors of the record, then of the package's own registry, that a name may mean."""
    name = " ".join(name.split())
    if not name:
        return []
    found = {
        one.id: {"id": one.id, "name": one.label, "kind": one.kind, "statements": one.statements}
        for one in describing.list_actors(record, name, limit=OFFERED)
    }
    with record.reading("looking up actors") as connection:
        for known in RecordActors(connection).alike(name):
            new = {"id": known.id, "name": known.label, "kind": known.kind, "statements": 0}
            found.setdefault(known.id, new)
    return list(found.values())[:OFFERED]


def found_statement(record: Record, identity: str, article: int | None) -> tuple[Shown, ShownStatement]:
    """Return a statement with its article, by its id now or before it got other ends."""
    try:
        with record.reading("looking up a statement") as connection:
            number, found = changes.find(connection, identity, article)
        shown = query.show(record, number)
    except QueryError as error:
        raise HTTPException(404, str(error)) from error
    return shown, next(one for one in shown.statements if one.statement.id == found)


def _article(record: Record, number: int) -> Shown:
    try:
        return query.show(record, number)
    except QueryError as error:
        raise HTTPException(404, str(error)) from error


def _at(shown: Shown, one: ShownStatement) -> str:
    return f"/article/{shown.id}#s-{one.statement.id}"


def _as_stands(shown: Shown, one: ShownStatement) -> Form:
    statement, quote = one.statement, shown.article.quote
    values = {"type": statement.type, "name": (statement.speaker.name if statement.speaker else None) or ""}
    values |= {name: quote(getattr(statement, name)) for name in _WORDS}
    for name in _DAYS:
        days = getattr(statement, name)
        ends = [day for day in dict.fromkeys((days.first, days.last)) if day] if days else []
        values[name] = "/".join(ends)
    values |= {"words": quote(statement.content), "new": "", "kind": "person", "reason": ""}
    return Form("keep", values, statement.content)


def _entered(record: Record, shown: Shown, one: ShownStatement, sent: Mapping[str, str]) -> Form:
    """Return what a person has entered."""
    stands = _as_stands(shown, one)
    values = {
        name: sent.get(name, value).replace("\r\n", "\n").strip() for name, value in stands.values.items()
    }
    spans = spans_of(sent.get("spans", "")) or stands.spans
    values["words"] = values["words"] or shown.article.quote(spans)
    if values["words"] != shown.article.quote(spans) and values["words"] != stands.values["words"]:
        at = shown.article.text.find(values["words"]) if values["words"] else -1
        spans = ((at, at + len(values["words"])),) if at >= 0 else spans
    if "move" in sent:
        spans = moved(shown.article.text, spans, sent["move"])
        values["words"] = shown.article.quote(spans)
    speaker = sent.get("speaker", "keep")
    found = offered(record, values["name"]) if "look" in sent else []
    if "look" in sent or (speaker == "keep" and values["name"] != stands.values["name"]):
        speaker = "actor" if values["name"] else "nobody"
    if sent.get("actor"):
        values["name"], speaker = sent["actor"], "actor"
    return Form(speaker, values, spans, tuple(found))


def _differing(shown: Shown, one: ShownStatement, form: Form) -> dict[str, object]:
    """Return the fields in which what was entered differs from what stands."""
    stands = _as_stands(shown, one)
    values: dict[str, object] = {
        name: form.values[name] or None
        for name in ("type", *_DAYS, *_WORDS)
        if form.values[name] != stands.values[name]
    }
    if form.spans != stands.spans:
        values["content"] = [list(span) for span in form.spans]
    elif form.values["words"] != stands.values["words"]:
        values["content"] = form.values["words"]
    if form.speaker == "nobody":
        values["speaker"] = None
    elif form.speaker == "new":
        values["speaker"] = {"new": form.values["new"], "kind": form.values["kind"]}
    elif form.speaker == "actor" and form.values["name"] != stands.values["name"]:
        values["speaker"] = form.values["name"] or None
    return values


def _page(
    request: Request, record: Record, shown: Shown, one: ShownStatement, form: Form, *,
    conflict: ConflictError | None = None, refused: str | None = None, based_on: int | None = None,
) -> Response:  # fmt: skip
    """Return the form; after a conflict it rests on what holds now and keeps what was entered."""
    last = record.last_judgement(one.statement.id, article=shown.id) if based_on is None else based_on
    data = {
        "statement": one.statement, "verdict": one.verdict, "article": shown.id, "last_judgement": last,
        "decided": list(conflict.decided) if conflict else [],
    }  # fmt: skip
    return answer(
        request, "correct.html", data, status=409 if conflict else 400 if refused else 200, form=form,
        shown=shown, one=one, types=_TYPES, refused=refused, words=words_of(shown.article.text, form.spans),
        spans=";".join(f"{start}-{end}" for start, end in form.spans), named=author_of(request),
        judgements=[made for made in one.judgements if made.field != "undo"], title="Correct a statement",
        save=address(f"/statement/{one.statement.id}/correct"),
    )  # fmt: skip


def _missed(
    request: Request, shown: Shown, values: Mapping[str, str], *, refused: str | None = None
) -> Response:
    return answer(
        request, "missed.html", {"article": shown.id}, status=400 if refused else 200, shown=shown,
        values=values, refused=refused, types=_TYPES, named=author_of(request),
        title="Add a missed statement",
    )  # fmt: skip


def words_of(text: str, spans: Spans) -> list[tuple[int, int, str, str]]:
    """Return the words around spans: start, end, what they are, and the blank behind them.

    They are the paragraphs that the spans stand in, and one before and behind.
    """
    first = text.rfind("\n", 0, max(0, text.rfind("\n\n", 0, spans[0][0]))) + 1
    last = text.find("\n", max(spans[-1][1], text.find("\n\n", spans[-1][1]) + 2))
    last = len(text) if last < 0 else last
    found: list[tuple[int, int, str, str]] = []
    for match in _WORD.finditer(text, first, last):
        if len(found) >= _MOST_WORDS:
            break
        behind = "\n" if text[match.end() : match.end() + 1] == "\n" else " "
        found.append((match.start(), match.end(), match[0], behind))
    return found


def moved(text: str, spans: Spans, move: str) -> Spans:
    """Return spans with one end moved by a word."""
    (start, _), (_, end) = spans[0], spans[-1]
    words = [match.span() for match in _WORD.finditer(text, max(0, start - 400), end + 400)]
    inner_end, inner_start = spans[0][1], spans[-1][0]
    if move == "start-left":
        start = max((a for a, _ in words if a < start), default=start)
    elif move == "start-right":
        start = min((a for a, _ in words if start < a < inner_end), default=start)
    elif move == "end-left":
        end = max((b for _, b in words if inner_start < b < end), default=end)
    elif move == "end-right":
        end = min((b for _, b in words if b > end), default=end)
    return _with_ends(spans, start, end)


def _with_ends(spans: Spans, start: int, end: int) -> Spans:
    if len(spans) == 1:
        return ((start, end),)
    return ((start, spans[0][1]), *spans[1:-1], (spans[-1][0], end))


def spans_of(given: str) -> Spans:
    """Return spans written ``start-end;start-end``; nothing when they are none."""
    parts = [_SPAN.fullmatch(part.strip()) for part in given.split(";")[:200]]
    spans: list[Span] = [(int(part[1]), int(part[2])) for part in parts if part]
    return tuple(spans) if spans and len(spans) == len(parts) else ()


def number_of(given: str | None) -> int | None:
    """Return a number of a form, ``None`` where there is none."""
    given = (given or "").strip()
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else None
