"""Article: what was published, with each statement's source, cue and content marked."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from onrecord import query
from onrecord.errors import QueryError
from onrecord.web.pages import answer
from onrecord.web.records import Reading

router = APIRouter()


@router.get("/article/{number:int}.json")
@router.get("/article/{number:int}")
def article(request: Request, record: Reading, number: int) -> Response:
    """Show one article as it stands."""
    try:
        shown = query.show(record, str(number))
    except QueryError as error:
        raise HTTPException(404, str(error)) from error
    return answer(
        request,
        "article.html",
        {"article": shown.article.to_json(), "statements": shown.statements},
        shown=shown,
        title=shown.article.headline,
    )


@router.get("/statement/{identity}")
def statement(record: Reading, identity: str) -> Response:
    """Lead to the article at a statement."""
    found = record.rows(
        "SELECT article_id, id FROM standing WHERE id = ? ORDER BY key DESC LIMIT 1", (identity,)
    )
    if not found:
        raise HTTPException(404, f"There is no statement {identity!r}.")
    return RedirectResponse(f"/article/{found[0][0]}#s-{found[0][1]}", 303)
