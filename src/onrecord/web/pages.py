"""How the app answers: a page from a template, or the same as JSON where the address ends in ``.json``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

from fastapi import HTTPException, Request
from fastapi.exceptions import RequestValidationError
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.responses import HTMLResponse, Response

from onrecord import __version__
from onrecord.article import Statement
from onrecord.errors import ConflictError, OnrecordError, QueryError
from onrecord.web.people import author_of

FOLDER: Final = Path(__file__).parent

#: Name and address of the pages that the navigation leads to.
NAVIGATION: Final = (
    ("Search", "/"),
    ("Overview", "/overview"),
    ("Actors", "/actors"),
    ("Review", "/review"),
    ("History", "/history"),
)

_TITLES: Final = {
    400: "This cannot be asked",
    403: "Not allowed",
    404: "Not found",
    409: "Changed meanwhile",
    413: "Too large",
    422: "This cannot be asked",
    500: "Something is wrong",
    503: "This takes too long",
}


def answer(
    request: Request, template: str, data: Mapping[str, Any], *, status: int = 200, **beside: Any
) -> Response:
    """Return a page, or its data as JSON where the address ends in ``.json``.

    Args:
        request: what is answered.
        template: file name of the template.
        data: what the page shows: given to the template by name, and all that the JSON holds.
        status: HTTP status.
        beside: what the template needs further.
    """
    if request.url.path.endswith(".json"):
        return json_answer(data, status)
    return HTMLResponse(render(request, template, {**data, **beside}), status)


def render(request: Request, template: str, values: Mapping[str, Any]) -> str:
    """Return a template filled in; every value is escaped."""
    shared = {
        "request": request,
        "path": request.url.path,
        "csrf": request.state.csrf,
        "read_only": request.app.state.records.read_only,
        "author": request.app.state.author,
        "named": author_of(request),
        "title": None,
        "question": "",
    }
    return _TEMPLATES.get_template(template).render({**shared, **values})


def json_answer(data: Any, status: int = 200) -> Response:
    """Return data as JSON: values of dataclasses by name, a statement as the JSON contract has it."""
    return Response(json.dumps(plain(data), indent=1), status, media_type="application/json")


def plain(value: Any) -> Any:
    """Return a value as what JSON has."""
    if isinstance(value, Statement):
        return value.to_json()
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return value


def safe_url(url: str | None) -> str | None:
    """Return an address that may be linked to: http or https; ``None`` for every other."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def address(path: str, **query: object) -> str:
    """Return a path of ours with a query, without the parts of it that are ``None`` or empty."""
    asked = {name: value for name, value in query.items() if value not in (None, "")}
    return quote(path, safe="/:") + (f"?{urlencode(asked)}" if asked else "")


def number(value: int) -> str:
    """Return a number with its thousands told apart."""
    return f"{value:,}"


def days(interval: tuple[str | None, str | None] | None) -> str:
    """Return first and last day in words."""
    if interval is None or not any(interval):
        return "not known"
    first, last = interval
    return first or "" if first == last else f"{first or '?'} to {last or '?'}"


def confidence_words(value: float) -> str:
    """Return a confidence in words: below one half a find is more often wrong than right."""
    return "sure" if value >= 0.9 else "likely" if value >= 0.7 else "doubtful" if value >= 0.5 else "weak"


def confidence_class(value: float) -> str:
    """Return the class of style of a confidence."""
    return "high" if value >= 0.7 else "middling" if value >= 0.5 else "low"


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.globals.update(navigation=NAVIGATION, version=__version__, address=address)
    made.filters.update(safe_url=safe_url, number=number, days=days)
    made.filters.update(confidence_words=confidence_words, confidence_class=confidence_class)
    return made


_TEMPLATES: Final = _environment()


def compile_all() -> None:
    """Compile every template, which the first page to need one would do otherwise."""
    for name in _TEMPLATES.list_templates(extensions=["html"]):
        _TEMPLATES.get_template(name)


def on_error(request: Request, error: Exception) -> Response:
    """Answer what went wrong: what it is, and what to do."""
    if isinstance(error, StarletteHTTPException | HTTPException):
        status, what = error.status_code, str(error.detail)
        if status == 404 and what == "Not Found":
            what = f"There is no page {request.url.path}."
    elif isinstance(error, RequestValidationError):
        first = error.errors()[0]
        status, what = 422, f"{'.'.join(map(str, first['loc'][1:]))}: {first['msg']}."
    elif isinstance(error, ConflictError):
        status, what = 409, str(error)
    elif isinstance(error, QueryError):
        status, what = 400, str(error)
    elif isinstance(error, OnrecordError):
        late = getattr(error.__cause__, "sqlite_errorname", "") == "SQLITE_INTERRUPT"
        status, what = 503 if late else 500, str(error)
    else:
        status, what = 500, "This is a fault of onrecord. The terminal where it was started tells more."
    data = {"error": what, "status": status}
    return answer(request, "error.html", data, status=status, title=_TITLES.get(status, "Not done"))
