"""Add a page from the browser: read like any other, as doubtful as any other."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath
from typing import Annotated, Final

from fastapi import APIRouter, Form, HTTPException, Request, UploadFile
from starlette.responses import RedirectResponse, Response

from onrecord import reading
from onrecord.errors import InputError, RecordError
from onrecord.record import Record
from onrecord.record.search import day
from onrecord.web.pages import answer, safe_url
from onrecord.web.records import Writing

router = APIRouter()

#: Code points of a file's name that are kept.
_LONGEST_NAME: Final = 120

Given = Annotated[str, Form(max_length=2000)]


@router.get("/add")
def form(request: Request) -> Response:
    """Show the form."""
    return _form(request, None)


@router.post("/add")
def add(
    request: Request,
    record: Writing,
    file: UploadFile,
    outlet: Given = "",
    published: Given = "",
    url: Given = "",
) -> Response:
    """Add one page, with what it does not say of itself, and lead to its article."""
    try:
        number = _add(record, file, outlet.strip(), published.strip(), url.strip())
    except (InputError, RecordError, HTTPException) as error:
        said = error.detail if isinstance(error, HTTPException) else str(error)
        return _form(request, said)
    return RedirectResponse(f"/article/{number}", 303)


def _form(request: Request, refused: str | None) -> Response:
    return answer(
        request, "add.html", {"refused": refused}, status=422 if refused else 200, title="Add a page"
    )


def _add(record: Record, file: UploadFile, outlet: str, published: str, url: str) -> int:
    """Read and add a page; return the number of its article.

    Raises:
        HTTPException: nothing was sent, or what is given of it means nothing.
        InputError: it cannot be read.
        RecordError: it was removed before, or the record cannot be written.
    """
    data = file.file.read()
    if not data:
        raise HTTPException(422, "The file is empty, or none was chosen. Choose one.")
    if url and safe_url(url) is None:
        raise HTTPException(422, "The address is not one of the web: it begins with http:// or https://.")
    given = {"outlet": outlet} if outlet else {}
    if published:
        given["published"] = day(published, last=False) or ""
    article = reading.read_bytes(
        data, path=_path(file.filename or "page", data), url=url or None, given=given
    )
    added = record.add(article)
    if added.article is None:
        raise HTTPException(422, f"Nothing was added: {added.reason or added.state}.")
    return added.article


def _path(name: str, data: bytes) -> str:
    """Return the path of a page that was sent: files of one name are not versions of one page."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(char for char in last if char.isprintable())[-_LONGEST_NAME:]
    return f"sent-{hashlib.sha256(data).hexdigest()[:12]}-{kept or 'page'}"
