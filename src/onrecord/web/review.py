"""The review queue: samples, one statement after the other, and how far two coders agree."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import Response

from onrecord import review
from onrecord.article import Spans
from onrecord.errors import ConflictError, QueryError
from onrecord.record import Record
from onrecord.review import Item, Sample
from onrecord.review.samples import DRAWN
from onrecord.web.correct import moved, number_of, spans_of, words_of
from onrecord.web.pages import address, answer
from onrecord.web.people import Sent, author_of, back, required_author
from onrecord.web.records import Reading, Writing

router = APIRouter()


@router.get("/review")
@router.get("/review.json")
def samples(request: Request, record: Reading) -> Response:
    """Show the samples with how far each coder has come."""
    listed = [
        {"sample": one, "progress": review.progress(record, one.name)} for one in review.samples(record)
    ]
    return _samples(request, listed)


def _samples(request: Request, listed: list[dict[str, object]], refused: str | None = None) -> Response:
    seed = secrets.randbelow(10_000)
    return answer(
        request, "reviews.html", {"samples": listed}, status=400 if refused else 200, title="Review",
        drawn=DRAWN, seed=seed, named=author_of(request), refused=refused,
    )  # fmt: skip


@router.post("/review")
def draw(request: Request, record: Writing, sent: Sent) -> Response:
    """Draw a sample."""
    author = required_author(request, sent)
    filters = {
        name: sent.get(name, "").strip() or None for name in ("by", "outlet", "since", "until", "type")
    }
    try:
        made = review.make(
            record, sent.get("name", ""), author=author, drawn=sent.get("drawn", "uncertain"),
            size=number_of(sent.get("size")) or 0, seed=number_of(sent.get("seed")) or 0,
            coders=number_of(sent.get("coders")) or 1, words=sent.get("words", "").strip() or None, **filters,
        )  # fmt: skip
    except QueryError as error:
        listed = [
            {"sample": one, "progress": review.progress(record, one.name)} for one in review.samples(record)
        ]
        return _samples(request, listed, str(error))
    return back(sent, address(f"/review/{made.name}"))


@router.get("/review/{name}/agreement")
@router.get("/review/{name}/agreement.json")
def agreement(request: Request, record: Reading, name: str) -> Response:
    """Show how far two coders of a sample agree, their disagreements side by side."""
    one = _sample(record, name)
    try:
        found = review.compare(record, name)
    except QueryError as error:
        return answer(
            request, "agreement.html", {"sample": one, "comparison": None}, status=409, found=None,
            refused=str(error), title=f"Agreement in {name}",
        )  # fmt: skip
    data = {"sample": one, "comparison": found}
    return answer(request, "agreement.html", data, found=found, refused=None, title=f"Agreement in {name}")


@router.post("/review/{name}/adopt")
def adopt(request: Request, record: Writing, name: str, sent: Sent) -> Response:
    """Take over what both coders agree on."""
    review.adopt(record, name, author=required_author(request, sent))
    return back(sent, "/history")


@router.get("/review/{name}")
@router.get("/review/{name}.json")
def queue(
    request: Request, record: Reading, name: str, n: Annotated[int | None, Query(ge=1)] = None
) -> Response:
    """Show the next open statement of a sample, or the one of a number."""
    one = _sample(record, name)
    coder = author_of(request) or ""
    item = review.items(record, name, only=n)[0] if n else review.next_open(record, name, coder)
    return _item(request, record, one, item)


@router.post("/review/{name}/{n:int}")
def answer_one(request: Request, record: Writing, name: str, n: int, sent: Sent) -> Response:
    """Answer one statement of a sample, and go to the next."""
    one = _sample(record, name)
    (item,) = review.items(record, name, only=n)
    if item.statement is None or item.text is None:
        raise HTTPException(404, f"Statement {n} of sample {name!r} stands no more.")
    spans = spans_of(sent.get("spans", "")) or item.statement.content
    if "move" in sent:
        return _item(request, record, one, item, spans=moved(item.text.text, spans, sent["move"]))
    coder = required_author(request, sent)
    verdict = sent.get("verdict", "")
    values: dict[str, object] = {}
    if verdict == "accept":
        speaker = item.statement.speaker.name if item.statement.speaker else None
        if sent.get("name", "").strip() != (speaker or ""):
            values["speaker"] = sent.get("name", "").strip() or None
        if sent.get("type", item.statement.type) != item.statement.type:
            values["type"] = sent["type"]
        if spans != item.statement.content:
            values["content"] = [list(span) for span in spans]
    try:
        review.answer(
            record, name, n, coder=coder, verdict=verdict, values=values,
            based_on=number_of(sent.get("based_on")),
        )  # fmt: skip
    except ConflictError as error:
        (item,) = review.items(record, name, only=n)
        return _item(request, record, one, item, conflict=error)
    except QueryError as error:
        return _item(request, record, one, item, spans=spans, refused=str(error))
    return back(sent, address(f"/review/{name}"))


@router.post("/review/{name}/missed")
def answer_missed(request: Request, record: Writing, name: str, sent: Sent) -> Response:
    """Add a statement that is missing beside one of a sample."""
    coder = required_author(request, sent)
    values: dict[str, object] = {
        field: words for field in ("content", "speaker", "type") if (words := sent.get(field, "").strip())
    }
    review.answer_missed(record, name, number_of(sent.get("article")) or 0, values, coder=coder)
    return back(sent, address(f"/review/{name}"))


def _sample(record: Record, name: str) -> Sample:
    try:
        return review.sample(record, name)
    except QueryError as error:
        raise HTTPException(404, str(error)) from error


def _item(
    request: Request, record: Record, one: Sample, item: Item | None, *, spans: Spans = (),
    conflict: ConflictError | None = None, refused: str | None = None,
) -> Response:  # fmt: skip
    """Return the page of one statement of a sample."""
    statement = item.statement if item else None
    words, last = [], 0
    if item is not None and statement is not None and item.text is not None:
        spans = spans or statement.content
        words = words_of(item.text.text, spans)
        last = record.last_judgement(statement.id, article=item.article) if one.coders == 1 else 0
    named = author_of(request)
    told = review.progress(record, one.name)
    mine = next((each for each in told if each.coder == named), None)
    size = int(record.value("SELECT count(*) FROM review_item WHERE sample_id = ?", (one.id,)))
    complete = len(told) >= one.coders and not any(each.open for each in told)
    data = {"sample": one, "n": item.n if item else None, "statement": statement, "progress": told}
    return answer(
        request, "review.html", data, status=409 if conflict else 400 if refused else 200, item=item,
        words=words, spans=";".join(f"{start}-{end}" for start, end in spans), chosen=spans, named=named,
        last_judgement=last, done=mine.done if mine else 0, size=size, conflict=conflict, refused=refused,
        title=f"Review: {one.name}", types=("direct", "indirect", "mixed"),
        complete=complete,
    )  # fmt: skip
