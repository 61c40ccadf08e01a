"""What people decided, newest first, with a way back; corrections of actors; exports of both."""

from __future__ import annotations

import io
import json
from typing import Annotated, Final

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import Response

from onrecord.export import training
from onrecord.record import Record, deciding, judging, patches
from onrecord.web.correct import offered
from onrecord.web.pages import address, answer
from onrecord.web.people import Sent, Ticked, author_of, back, required_author
from onrecord.web.records import Reading, Writing

router = APIRouter()

#: Judgements on one page.
ON_A_PAGE: Final = 100


@router.get("/history")
@router.get("/history.json")
def history(request: Request, record: Reading, page: Annotated[int, Query(ge=1, le=10_000)] = 1) -> Response:
    """Show what people decided, newest first."""
    with record.reading("reading judgements") as connection:
        low = (page - 1) * ON_A_PAGE
        found = connection.execute(
            "SELECT id FROM judgement ORDER BY id DESC LIMIT ? OFFSET ?", (ON_A_PAGE + 1, low)
        ).fetchall()
        numbers = [number for (number,) in found[:ON_A_PAGE]]
        where = f"WHERE j.id IN ({','.join('?' * len(numbers))})"
        made = judging.select(connection, where, tuple(numbers))[::-1] if numbers else []
        decided = deciding.decisions(connection)[::-1] if page == 1 else []
    data = {"judgements": made, "decisions": decided, "page": page, "more": len(found) > ON_A_PAGE}
    return answer(request, "history.html", data, title="History", named=author_of(request))


@router.post("/judgement/{number:int}/undo")
def undo(request: Request, record: Writing, number: int, sent: Sent) -> Response:
    """Take a judgement back."""
    record.undo(number, author=required_author(request, sent))
    return back(sent, "/history")


@router.post("/decision/{number:int}/undo")
def undo_decision(request: Request, record: Writing, number: int, sent: Sent) -> Response:
    """Take a decision about actors back."""
    deciding.undo(record, number, author=required_author(request, sent))
    return back(sent, "/history")


@router.post("/actors/merge")
def merge(request: Request, record: Writing, sent: Sent) -> Response:
    """Decide that two actors are one."""
    author, reason = required_author(request, sent), sent.get("reason", "").strip() or None
    other = _actor(record, sent.get("other", ""))
    made = deciding.merge(record, sent.get("actor", ""), other, author=author, reason=reason)
    return back(sent, address(f"/actor/{made.value['into']}"))


@router.post("/actors/split")
def split(request: Request, record: Writing, sent: Sent, names: Ticked) -> Response:
    """Decide that some names of an actor are those of another."""
    author, reason = required_author(request, sent), sent.get("reason", "").strip() or None
    made = deciding.split(record, sent.get("actor", ""), names, author=author, reason=reason)
    return back(sent, address(f"/actor/{made.value['to']}"))


@router.post("/actors/rename")
def rename(request: Request, record: Writing, sent: Sent) -> Response:
    """Decide by which name an actor is shown."""
    author, reason = required_author(request, sent), sent.get("reason", "").strip() or None
    made = deciding.rename(record, sent.get("actor", ""), sent.get("label", ""), author=author, reason=reason)
    return back(sent, address(f"/actor/{made.actor}"))


@router.get("/export/judgements.jsonl")
def export_judgements(record: Reading) -> Response:
    """Return all judgements as a patch file for another record."""
    lines = [json.dumps(line, ensure_ascii=False) for line in patches.export(record)]
    return _file("\n".join(lines) + "\n", "judgements.jsonl", "application/x-ndjson")


@router.get("/export/training.txt")
def export_training(record: Reading) -> Response:
    """Return what people went through whole, as training data of the statement finder."""
    stream = io.StringIO()
    training.write_training(record, stream)
    return _file(stream.getvalue(), "training.txt", "text/plain")


def _file(text: str, name: str, kind: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type=f"{kind}; charset=utf-8", headers=headers)


def _actor(record: Record, words: str) -> str:
    """Return the id of the actor that was named: by its id, or by a label that it alone bears."""
    found = {str(one["id"]) for one in offered(record, words) if words in (one["id"], one["name"])}
    if words in found:
        return words
    if len(found) != 1:
        what = f"{words!r} is no actor of the record, or several bear the name"
        raise HTTPException(400, f"{what}. Choose one of those offered, or give its number.")
    return found.pop()
