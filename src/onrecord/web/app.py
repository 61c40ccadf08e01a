"""The app: its pages, its files, and what stands before them."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from onrecord.errors import OnrecordError
from onrecord.record import Extractor, Reader
from onrecord.web import (
    actor,
    adding,
    article,
    correct,
    history,
    overview,
    pages,
    people,
    printings,
    review,
    search,
)
from onrecord.web.records import Records
from onrecord.web.trust import Guard, Trust, check_change


def create_app(
    record: str | os.PathLike[str],
    *,
    read_only: bool = False,
    token: str | None = None,
    names: Iterable[str] = (),
    any_address: bool = False,
    author: str | None = None,
    extractor: Extractor | None = None,
    reader: Reader | None = None,
) -> FastAPI:
    """Return the web app over one record.

    Args:
        record: the file.
        read_only: refuse every change.
        token: what a visitor must show.
        names: host names by which it may be asked beside localhost.
        any_address: answer to any IP address too; for an app that is bound to more than loopback.
        author: who decides, where a form names nobody.
        extractor: finds statements; the package's own when not given.
        reader: reads stored pages again; the package's own when not given.

    Raises:
        RecordError: the record cannot be opened.
    """
    records = Records(record, read_only=read_only, extractor=extractor, reader=reader)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        records.close()

    # No documentation pages: they load scripts from elsewhere.
    app = FastAPI(
        openapi_url=None, docs_url=None, redoc_url=None, lifespan=lifespan,
        dependencies=[Depends(check_change)],
    )  # fmt: skip
    app.state.records = records
    app.state.author = author
    for page in (search, adding, article, correct, printings, history, people, review, actor, overview):
        app.include_router(page.router)
    app.mount("/static", StaticFiles(directory=pages.FOLDER / "static"), name="static")
    for error in (HTTPException, RequestValidationError, OnrecordError):
        app.add_exception_handler(error, pages.on_error)
    trust = Trust(token=token, names=frozenset(map(str.lower, names)), any_address=any_address)
    app.add_middleware(Guard, trust=trust, on_fault=pages.on_error)
    return app
