"""Search: one box, the statements that fit, and counts that narrow it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from onrecord import query
from onrecord.errors import QueryError
from onrecord.export.csv import write_csv
from onrecord.query import box, facets
from onrecord.web.marking import Mark, Segment, excerpt, segments
from onrecord.web.pages import address, answer
from onrecord.web.records import Reading

router = APIRouter()

#: Statements of a page.
PAGE: Final = 25

#: Pages behind this one are not turned to: a question can be narrowed.
LAST_PAGE: Final = 400

#: Rows of the table of all that fits.
MOST_CSV: Final = 5000

#: Code points of a statement in its sentence that are shown.
_LONGEST_SHOWN: Final = 520

_TITLES: Final = {
    "speaker": "Speaker", "outlet": "Outlet", "month": "Month", "type": "Type", "act": "Speech act",
    "named": "Source",
}  # fmt: skip
#: The operator that a facet sets.
_SETS: Final = {"speaker": "by"}

Line = Annotated[str, Query(max_length=box.LONGEST)]
Sort = Annotated[Literal["newest", "rank"] | None, Query()]
Page = Annotated[int, Query(ge=1, le=LAST_PAGE)]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet as a link; ``href`` is ``None`` where it cannot be asked for."""

    label: str
    statements: int
    href: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """A facet with its choices; ``clear`` leads to the question without it, where it is asked for."""

    title: str
    choices: Sequence[Choice]
    chosen: str | None
    clear: str | None


@router.get("/")
@router.get("/search")
@router.get("/search.json")
def search(request: Request, record: Reading, q: Line = "", sort: Sort = None, page: Page = 1) -> Response:
    """Show what a question finds."""
    try:
        asked = box.parse(q)
        order = _order(asked, sort)
        found = facets.browse(
            record, asked.words, order=order, limit=PAGE, offset=(page - 1) * PAGE, **asked.filters
        )
    except QueryError as error:
        data = {"q": q, "error": str(error), "status": 400}
        return answer(request, "search_help.html", data, status=400, question=q, operators=box.OPERATORS)
    data = {
        "q": q, "sort": order, "page": page, "statements": found.statements, "more": found.more,
        "total": found.total, "undated": found.undated, "rows": found.rows, "facets": found.facets,
    }  # fmt: skip
    return answer(
        request, "search.html", data, question=q, title=q or None, groups=_groups(asked, sort, found),
        shown=[(row, _segments(row, asked)) for row in found.rows],
        turning=_turning(asked, order, sort, page, found), operators=box.OPERATORS,
        first=(page - 1) * PAGE + 1, most=facets.MOST_COUNTED,
    )  # fmt: skip


@router.get("/search.csv")
def table(
    record: Reading,
    q: Line = "",
    sort: Sort = None,
    page: Page = 1,
    all: bool = False,  # noqa: A002 - in the address
) -> Response:
    """Give what a page of the search shows as CSV, or the first rows of all that fits."""
    asked = box.parse(q)
    limit, offset = (MOST_CSV, 0) if all else (PAGE, (page - 1) * PAGE)
    rows = query.said(
        record, asked.words, order=_order(asked, sort), limit=limit, offset=offset, **asked.filters
    )
    stream = io.StringIO(newline="")
    write_csv(rows, stream)
    headers = {"content-disposition": 'attachment; filename="onrecord-search.csv"'}
    return Response(stream.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _order(asked: box.Asked, sort: str | None) -> query.Order:
    """Return the order: by rank only where there are words to rank by."""
    ranked = sort == "rank" and any(not term.startswith("-") for term in asked.terms)
    return "rank" if ranked else "newest"


def _segments(row: query.Row, asked: box.Asked) -> list[Segment]:
    """Return the statement in its sentence, its content and the words looked for marked."""
    at = row.context_start
    content = [(start - at, end - at) for start, end in row.content]
    hits = [
        place
        for place in asked.places(row.context)
        if any(a <= place[0] and place[1] <= b for a, b in content)
    ]
    start, end = excerpt(row.context, hits or content, _LONGEST_SHOWN)
    marks = [Mark(*span, "content") for span in content] + [Mark(*span, "hit") for span in hits]
    shown = list(segments(row.context, start, end, marks))
    gap = Segment("… ", frozenset(), 0, (), ())
    return [
        *([gap] if start else []),
        *shown,
        *([Segment(" …", frozenset(), 0, (), ())] if end < len(row.context) else []),
    ]


def _groups(asked: box.Asked, sort: str | None, found: facets.Found) -> list[Group]:
    """Return the facets as links: each is the present question with one value more, other or fewer."""
    groups = []
    for name, values in found.facets.items():
        if name == "month":
            since, until = asked.values.get("since"), asked.values.get("until")
            chosen = since if since and since == until else None
            clear = _href(asked.having(since=None, until=None), sort) if since or until else None
        else:
            chosen = asked.values.get(_SETS.get(name, name))
            clear = _href(asked.having(**{_SETS.get(name, name): None}), sort) if chosen else None
        choices = [
            Choice(one.label, one.statements, _href(asked.having(**_narrowed(name, one.value)), sort))
            if one.value is not None
            else Choice(one.label, one.statements, None)
            for one in values
        ]
        groups.append(Group(_TITLES[name], choices, chosen, clear))
    return groups


def _narrowed(name: str, value: str) -> Mapping[str, str]:
    return {"since": value, "until": value} if name == "month" else {_SETS.get(name, name): value}


def _href(asked: box.Asked, sort: str | None, page: int = 1) -> str:
    return address("/", q=asked.line(), sort=sort, page=page if page > 1 else None)


def _turning(
    asked: box.Asked, order: str, sort: str | None, page: int, found: facets.Found
) -> dict[str, str | None]:
    """Return where the links around a page lead: other pages, the other order, the same as data."""
    line = asked.line()
    ranked = any(not term.startswith("-") for term in asked.terms)
    return {
        "previous": _href(asked, sort, page - 1) if page > 1 else None,
        "next": _href(asked, sort, page + 1) if found.further and page < LAST_PAGE else None,
        "newest": _href(asked, None) if order == "rank" else None,
        "rank": _href(asked, "rank") if order == "newest" and ranked else None,
        "csv": address("/search.csv", q=line, sort=sort, page=page if page > 1 else None),
        "all": address("/search.csv", q=line, sort=sort, all="1"),
        "json": address("/search.json", q=line, sort=sort, page=page if page > 1 else None),
        "published": _href(asked.having(date="published"), sort),
    }
