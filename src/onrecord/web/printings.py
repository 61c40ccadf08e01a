"""Rejecting a statement in all its printings: copies of one story err alike, and each is judged by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import Response

from onrecord.answers import Shown, ShownStatement
from onrecord.errors import ConflictError, QueryError
from onrecord.record import Record
from onrecord.web.correct import found_statement, number_of
from onrecord.web.pages import address, answer
from onrecord.web.people import Sent, Ticked, author_of, back, required_author
from onrecord.web.records import Reading, Writing

router = APIRouter()

_TICKED: Final = re.compile(r"(\d{1,12})-([0-9a-f]{8,64})-(\d{1,12})")


@dataclass(frozen=True, slots=True)
class Printing:
    """One printing of a statement, as it is offered.

    Attributes:
        article: number of the article that prints it.
        id: of the statement there.
        outlet: who published it.
        published: when.
        headline: of the article, else its path.
        words: as printed.
        last: the last judgement on it, 0 when nobody has judged.
    """

    article: int
    id: str
    outlet: str | None
    published: str | None
    headline: str
    words: str
    last: int

    @property
    def key(self) -> str:
        """What a ticked box says: which printing, and the last judgement that was seen on it."""
        return f"{self.article}-{self.id}-{self.last}"


@router.get("/statement/{identity}/printings")
@router.get("/statement/{identity}/printings.json")
def show_printings(
    request: Request, record: Reading, identity: str, article: Annotated[int | None, Query()] = None
) -> Response:
    """Show the printings of a statement, those to be rejected ticked."""
    shown, one = found_statement(record, identity, article)
    return _page(request, record, shown, one)


@router.post("/statement/{identity}/printings")
def reject_printings(
    request: Request, record: Writing, identity: str, sent: Sent, ticked: Ticked
) -> Response:
    """Reject the printings that were ticked, each by a judgement of its own that can be undone by itself.

    What somebody has judged since the page was shown is left as it is, and told.
    """
    author = required_author(request, sent)
    shown, one = found_statement(record, identity, number_of(sent.get("article")))
    known = {(each.article, each.id) for each in _printings(record, shown, one)}
    chosen = [_TICKED.fullmatch(each) for each in ticked]
    wanted = [(int(each[1]), each[2], int(each[3])) for each in chosen if each]
    if not wanted or len(wanted) < len(chosen) or not {each[:2] for each in wanted} <= known:
        what = (
            "Tick the printings to reject." if not chosen else "One of these is no printing of it any more."
        )
        return _page(request, record, shown, one, refused=f"{what} Nothing was changed.")
    reason = sent.get("reason", "").strip() or f"all printings of {one.statement.id}"
    left: list[str] = []
    for article, statement, last in wanted:
        try:
            record.judge(statement, author=author, reject=True, reason=reason, article=article, based_on=last)
        except (ConflictError, QueryError) as error:
            left.append(str(error))
    if left:
        shown, one = found_statement(record, identity, shown.id)
        told = f"{len(wanted) - len(left)} rejected. Left as they are: {' '.join(left)}"
        return _page(request, record, shown, one, refused=told)
    return back(sent, f"/article/{shown.id}#s-{one.statement.id}")


def _printings(record: Record, shown: Shown, one: ShownStatement) -> Sequence[Printing]:
    """Return the printing at hand, and the others in their order."""
    statement, article = one.statement, shown.article
    own = Printing(
        article=shown.id, id=statement.id, outlet=article.outlet, published=article.published,
        headline=article.headline or article.path, words=statement.text,
        last=record.last_judgement(statement.id, article=shown.id),
    )  # fmt: skip
    return [
        own,
        *(
            Printing(
                article=each.article, id=each.id, outlet=each.outlet, published=each.published,
                headline=each.headline or each.path, words=each.words or statement.text,
                last=record.last_judgement(each.id, article=each.article),
            )
            for each in one.witnesses
        ),
    ]  # fmt: skip


def _page(
    request: Request, record: Record, shown: Shown, one: ShownStatement, *, refused: str | None = None
) -> Response:
    if one.verdict == "reject" and refused is None:
        raise HTTPException(
            409,
            "This statement is rejected, and what is rejected counts among no printings. Undo that first.",
        )
    printings = _printings(record, shown, one)
    data = {"statement": one.statement, "article": shown.id, "printings": printings}
    return answer(
        request, "printings.html", data, status=400 if refused else 200, refused=refused,
        title="All printings", named=author_of(request),
        save=address(f"/statement/{one.statement.id}/printings"),
    )  # fmt: skip
