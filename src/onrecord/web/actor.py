"""Who an actor is, and what was said by and about him."""

from __future__ import annotations

from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import RedirectResponse, Response

from onrecord import query
from onrecord.errors import QueryError
from onrecord.query import actor as actors
from onrecord.query import words
from onrecord.query.overview import Voice, edges, voices
from onrecord.record import describing
from onrecord.web import drawing
from onrecord.web.pages import address, answer
from onrecord.web.records import Reading

router = APIRouter()

#: Statements on one page of an actor; the search has the others.
STATEMENTS: Final = 20
#: Rows of the tables of whom it speaks about, and who speaks about it.
OTHERS: Final = 20
#: Actors found by a name.
FOUND: Final = 50

Month = Annotated[str, Query(max_length=10)]


@router.get("/actors")
@router.get("/actors.json")
def list_actors(request: Request, record: Reading, q: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Show the actors who speak most, or those of a name."""
    name = q.strip()
    if name:
        found = describing.list_actors(record, name, limit=FOUND)
        listed = [
            Voice(id=one.id, kind=one.kind, label=one.label, statements=one.statements) for one in found
        ]
        speaking = len(listed)
    else:
        listed, speaking = voices(record)
    most = max((one.statements for one in listed), default=0)
    return answer(
        request, "actors.html", {"q": name, "actors": listed, "speaking": speaking}, title="Actors", most=most
    )


# The lower one is asked first: an id may hold any letters, ".json" among them.
@router.get("/actor/{identity:path}")
@router.get("/actor/{identity:path}.json")
def show_actor(
    request: Request, record: Reading, identity: str, since: Month = "", until: Month = ""
) -> Response:
    """Show one actor: names, offices, statements in time, its words, whom it speaks about, who about it."""
    first, last = since.strip() or None, until.strip() or None
    with record.reading("describing an actor"):
        try:
            who = describing.describe(record, identity)
        except QueryError as error:
            raise HTTPException(404, str(error)) from error
        if who.id != identity:
            json = ".json" if request.url.path.endswith(".json") else ""
            return RedirectResponse(address(f"/actor/{who.id}{json}", since=since, until=until), 303)
        statements, printings = actors.printings(record, who.id, first, last)
        months = actors.months(record, who.id)
        held = actors.offices(record, who.id)
        wording = words.wording(record, who.id, first, last)
        speaks_about = edges(record, first, last, by=who.id, limit=OTHERS)
        spoken_about = edges(record, first, last, about=who.id, limit=OTHERS)
        rows = query.said(record, by=who.id, since=first, until=last, limit=STATEMENTS)
    within = (("since", first), ("until", last))
    return answer(
        request,
        "actor.html",
        {
            "actor": who, "since": first, "until": last, "statements": statements, "printings": printings,
            "months": months, "offices": held, "wording": wording, "about": speaks_about,
            "by": spoken_about, "rows": rows,
        },
        title=who.label,
        names=_names(who),
        plot=drawing.bars({one.name or "": {"statements": one.statements} for one in months}, ["statements"]),
        bar=drawing.time_bar([(one.role, one.first, one.last, one.days) for one in held]),
        asked=" ".join([f'by:"{who.id}"', *(f"{name}:{day}" for name, day in within if day)]),
        fragment=fragment,
        significant=words.SIGNIFICANT,
    )  # fmt: skip


def fragment(text: str) -> str:
    """Return the part of an address that has a browser show some words of a page (WICG, "Text Fragments")."""
    return "#:~:text=" + quote(text, safe="").replace("-", "%2D")


def _names(who: describing.Description) -> dict[str, list[str]]:
    """Return each other name of an actor with the sources that have it."""
    found: dict[str, list[str]] = {}
    for one in who.names:
        if one.name != who.label and one.source not in found.setdefault(one.name, []):
            found[one.name].append(one.source)
    return found
