"""Search: one box, the statements that fit, and counts that narrow it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from onrecord import query
from onrecord.web.pages import answer
from onrecord.web.records import Reading

router = APIRouter()


@router.get("/")
@router.get("/search")
@router.get("/search.json")
def search(request: Request, record: Reading, q: Annotated[str, Query(max_length=2000)] = "") -> Response:
    """Show what a question finds."""
    rows = query.said(record, q.strip() or None, limit=50)
    return answer(request, "search.html", {"q": q, "rows": rows}, title=q or None)
