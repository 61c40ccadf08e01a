"""What the record holds, in figures and as a network."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from onrecord.query.overview import Overview, edges, overview
from onrecord.web import drawing
from onrecord.web.pages import answer
from onrecord.web.records import Reading

router = APIRouter()

#: The names of the forms of speech, from the bottom of a bar up.
FORMS: Final = ("direct", "mixed", "indirect")

#: At most so many arrows are drawn: more cannot be told apart. The table beside the picture has the same.
MOST_EDGES: Final = 60

Month = Annotated[str, Query(max_length=10)]


@router.get("/overview")
@router.get("/overview.json")
def show_overview(request: Request, record: Reading, since: Month = "", until: Month = "") -> Response:
    """Show how much came in and in what form, who speaks most, and who speaks about whom."""
    with record.reading("counting"):
        held = overview(record, since.strip() or None, until.strip() or None)
        about = edges(record, held.since, held.until, limit=MOST_EDGES)
    names = {one.source: one.source_label for one in about} | {one.target: one.target_label for one in about}
    return answer(
        request,
        "overview.html",
        {"overview": held, "edges": about},
        title="Overview",
        forms=FORMS,
        intake=drawing.bars(
            {one.name or "": {"articles": one.articles} for one in held.months}, ["articles"]
        ),
        said=_said(held),
        named=_named(held),
        shares={one.name: _shares(one) for one in held.outlets},
        network=drawing.network([(one.source, one.target, one.statements) for one in about], names),
    )


def _said(held: Overview) -> drawing.Bars | None:
    months = {one.name or "": {form: getattr(one, form) for form in FORMS} for one in held.months}
    return drawing.bars(months, FORMS)


def _named(held: Overview) -> drawing.Bars | None:
    months = {one.name or "": {"named": one.named, "unnamed": one.unnamed} for one in held.months}
    return drawing.bars(months, ("named", "unnamed"))


def _shares(one: object) -> tuple[tuple[drawing.Part, ...], tuple[drawing.Part, ...]]:
    """Return the bars of one outlet: by form of speech, and by whether the source is named."""
    return (
        drawing.shares({form: getattr(one, form) for form in FORMS}),
        drawing.shares({name: getattr(one, name) for name in ("named", "unnamed")}),
    )
