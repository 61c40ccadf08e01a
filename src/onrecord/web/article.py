"""Article: what was published, with each statement's source, cue and content marked."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import RedirectResponse, Response

from onrecord import query, reasons
from onrecord.article import FIELDS, Page
from onrecord.errors import QueryError
from onrecord.query import Shown
from onrecord.reading.decode import decode
from onrecord.record import Record, adding, changes, ids, judging
from onrecord.web.laying_out import sheet
from onrecord.web.pages import address, answer, json_answer, plain
from onrecord.web.records import Reading

router = APIRouter()

#: Code points of a source text that are shown at once.
_SHOWN_SOURCE: Final = 200_000

Part = Annotated[int, Query(ge=1, le=1_000_000)]


@router.get("/article/{number:int}.json")
@router.get("/article/{number:int}")
def article(
    request: Request,
    record: Reading,
    number: int,
    part: Part = 1,
    at: Annotated[str | None, Query(max_length=64)] = None,
) -> Response:
    """Show one article as it stands, at a statement where one is named."""
    shown = _shown(record, number)
    data = {
        "id": shown.id, **shown.article.to_json(), "statements": shown.statements, "versions": shown.versions,
        "reader": shown.reader, "model": shown.model,
    }  # fmt: skip
    if request.url.path.endswith(".json"):
        return answer(request, "article.html", data)
    laid = sheet(shown.article, shown.statements, part, at)
    return answer(
        request, "article.html", data, article=shown.article, number=number, sheet=laid, at=at,
        title=shown.article.headline or f"Article {number}", fields=_fields(shown),
        in_text="headline" in {name for name, _ in laid.blocks}, decided=_decided(shown),
        last=changes.last_of(record, number),
    )  # fmt: skip


@router.get("/article/{number:int}/source.json")
@router.get("/article/{number:int}/source")
def source(
    request: Request, record: Reading, number: int, version: int | None = None,
    start: Annotated[int, Query(ge=0)] = 0,
) -> Response:  # fmt: skip
    """Show the text of a page as it was fetched: its source, never rendered."""
    versions, page = _page(record, number, version)
    text = decode(page.data, page.charset, markup=page.media_type == "text/html")
    end = min(len(text), start + _SHOWN_SOURCE)
    data = {
        "id": number, "sha256": page.sha256, "media_type": page.media_type, "charset": page.charset,
        "url": page.url, "got": page.got, "given": page.given, "bytes": len(page.data), "start": start,
        "characters": len(text), "source": text[start:end],
        "versions": [{"version": key, "added": added, "sha256": sha} for key, added, sha in versions],
    }  # fmt: skip
    chosen = version if version is not None else versions[-1][0]
    following = address(f"/article/{number}/source", version=chosen, start=end) if end < len(text) else None
    return answer(
        request, "source.html", data, title="Page as fetched", number=number, chosen=chosen,
        following=following,
    )  # fmt: skip


@router.get("/article/{number:int}/history.json")
@router.get("/article/{number:int}/history")
def history(request: Request, record: Reading, number: int) -> Response:
    """Show every judgement on an article's statements, the newest first."""
    if record.value("SELECT 1 FROM article WHERE id = ?", (number,)) is None:
        raise HTTPException(404, f"There is no article {number} in this record.")
    with record.reading("reading judgements") as connection:
        made = judging.select(connection, "WHERE j.article_id = ?", (number,))
    data = {"id": number, "judgements": made[::-1]}
    return answer(request, "article_history.html", data, title="History", number=number)


@router.get("/statement/{identity}/why.json")
@router.get("/statement/{identity}/why")
def why(request: Request, record: Reading, identity: str) -> Response:
    """Show why the fields of a statement are what they are."""
    number, key = _statement(record, identity, None)
    words = record.value(
        "SELECT t.words FROM standing s JOIN statement t ON t.pk = s.statement_pk "
        "WHERE s.article_id = ? AND s.id = ?",
        (number, key),
    )
    data = {"statement": key, "article": number, "text": words, "reasons": reasons.why(record, key)}
    return answer(request, "why.html", data, title="Why")


@router.get("/statement/{identity}.json")
def statement_data(
    record: Reading, identity: str, article: Annotated[int | None, Query()] = None
) -> Response:
    """Give one statement with what people decided about it."""
    number, key = _statement(record, identity, article)
    shown = _shown(record, number)
    one = next(one for one in shown.statements if one.statement.id == key)
    return json_answer({"article": number, "text": one.statement.text, **plain(one)})


@router.get("/statement/{identity}")
def statement(
    record: Reading, identity: str, article: Annotated[int | None, Query()] = None
) -> RedirectResponse:
    """Lead to the article at a statement; several articles may print the same text."""
    number, key = _statement(record, identity, article)
    return RedirectResponse(f"/article/{number}?at={key}#s-{key}", 303)


def _shown(record: Record, number: int) -> Shown:
    if record.value("SELECT 1 FROM article WHERE id = ? AND run_id IS NOT NULL", (number,)) is None:
        raise HTTPException(404, f"There is no article {number} in this record, or it was removed.")
    return query.show(record, number)


def _statement(record: Record, identity: str, article: int | None) -> tuple[int, str]:
    try:
        with record.reading("looking up a statement") as connection:
            return ids.find(connection, identity, article, any_article=True)
    except QueryError as error:
        raise HTTPException(404, str(error)) from error


def _page(record: Record, number: int, version: int | None) -> tuple[list[tuple[Any, ...]], Page]:
    """Return all versions of an article's page that are held, and one of them, else the newest."""
    with record.reading("reading a page") as connection:
        versions = connection.execute(
            "SELECT id, added, sha256 FROM page WHERE article_id = ? ORDER BY id", (number,)
        ).fetchall()
        keys = [row[0] for row in versions]
        if not keys or (version is not None and version not in keys):
            raise HTTPException(404, f"There is no such page of article {number} in this record.")
        return versions, adding.load_page(connection, version if version is not None else keys[-1])


def _fields(shown: Shown) -> list[tuple[str, str, str]]:
    """Return name, value and remark of the fields that the head of the page lists."""
    found = []
    for name in FIELDS:
        value = getattr(shown.article, name)
        if value and name not in ("headline", "standfirst", "caption", "credit", "published_from", "url"):
            remark = "from the page's metadata" if name in shown.article.declared else ""
            if name == "published" and shown.article.published_from:
                remark = f"from {shown.article.published_from}"
            found.append((name, value, remark))
    return found


def _decided(shown: Shown) -> int:
    return sum(len(one.judgements) for one in shown.statements)
