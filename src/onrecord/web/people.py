"""Who decides: the name that a browser gave once, kept in a cookie, else the one the app was started with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final
from urllib.parse import quote, unquote

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import RedirectResponse, Response

router = APIRouter()

_COOKIE: Final = "onrecord_author"
_LONGEST: Final = 100
_YEAR: Final = 365 * 24 * 3600

#: Longest value of one field of a form, in code points.
LONGEST_FIELD: Final = 20_000


def author_of(request: Request) -> str | None:
    """Return who decides in this browser, ``None`` where nobody has said."""
    named = " ".join(unquote(request.cookies.get(_COOKIE, "")).split())[:_LONGEST]
    return named if named.isprintable() and named else request.app.state.author


async def _sent(request: Request) -> dict[str, str]:
    """Return the fields of a form, the last of those with the same name."""
    form = await request.form()
    found = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    if any(len(value) > LONGEST_FIELD for value in found.values()):
        raise HTTPException(413, f"A field has more than {LONGEST_FIELD:,} characters. Nothing was changed.")
    return found


async def _ticked(request: Request) -> list[str]:
    """Return the names that were ticked in a form."""
    return [value for value in (await request.form()).getlist("name") if isinstance(value, str)]


#: The fields of a form.
Sent = Annotated[dict[str, str], Depends(_sent)]

#: The ticked boxes called ``name`` of a form.
Ticked = Annotated[list[str], Depends(_ticked)]


def required_author(request: Request, sent: Mapping[str, str]) -> str:
    """Return who decides, as the form or the browser says.

    Raises:
        HTTPException: 400, nobody is named.
    """
    name = " ".join(sent.get("author", "").split())[:_LONGEST] or author_of(request)
    if not name or not name.isprintable():
        raise HTTPException(400, "Nothing was changed: say who decides. Go back and fill in your name.")
    return name


def back(sent: Mapping[str, str], to: str) -> Response:
    """Return the answer to a change: lead to a page of ours, and remember who decided."""
    then = sent.get("then", "")
    # Two slashes, or one turned round, would name another host.
    ours = then.startswith("/") and not then.startswith(("//", "/\\")) and then.isprintable()
    answer = RedirectResponse(quote(then if ours else to, safe="/:?&=#%;,+~"), 303)
    name = " ".join(sent.get("author", "").split())[:_LONGEST]
    if name and name.isprintable():
        answer.set_cookie(_COOKIE, quote(name), max_age=_YEAR, httponly=True, samesite="lax")
    return answer


@router.post("/author")
def author(request: Request, sent: Sent) -> Response:
    """Remember who decides in this browser."""
    required_author(request, sent)
    return back(sent, "/")
