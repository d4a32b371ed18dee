"""``/app/rules``: the rules as pages for clinicians, put together on the server; nothing of a patient is in them.

Read without a token, like the probes: a browser has none to send, and the rules are published anyhow
(service/decisions/rules-to-read.md). The pages run no script and load nothing but their own style sheet.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, FastAPI, Query, Request
from starlette.responses import Response

from service import pipeline
from service.knowledge import signatures
from service.output.rulebook import pages, templates
from service.output.rulebook.shelves import Rulebook
from service.web.cds_hooks import today
from service.web.monitoring import logs

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}

router = APIRouter(prefix="/app/rules", include_in_schema=False)
# Endpoints are plain functions, which run beside the event loop: a page takes milliseconds, and a hook call may wait.


def install(app: FastAPI) -> None:
    """Add the pages to an app that holds its service; the log tells which signatures have ended."""
    service: pipeline.Service = app.state.service
    app.state.rulebook = Rulebook(service.knowledge)
    for sentence in signatures.expired(service.knowledge.records, today(app.state.settings)):
        logs.log.warning("a signature has ended", told=sentence)
    app.include_router(router)


@router.get("")
def index(request: Request, q: Annotated[str, Query()] = "") -> Response:
    return _html(pages.index(_book(request), q, today(request.app.state.settings)))


@router.get("/")
def index_as_folder(request: Request, q: Annotated[str, Query()] = "") -> Response:
    return _html(pages.index(_book(request), q, today(request.app.state.settings), pages.INDEX_AS_FOLDER))


@router.get("/style.css")
def style() -> Response:
    return Response(templates.style(), media_type="text/css", headers=HEADERS)


@router.get("/language/{name}")
def family(request: Request, name: str) -> Response:
    book = _book(request)
    page = pages.family(book, name, today(request.app.state.settings))
    return _html(page or pages.missing(book, name, pages.FAMILY), 200 if page else 404)


@router.get("/{ident}")
def record(request: Request, ident: str) -> Response:
    book = _book(request)
    page = pages.record(book, ident, today(request.app.state.settings))
    return _html(page or pages.missing(book, ident), 200 if page else 404)


def _book(request: Request) -> Rulebook:
    book: Rulebook = request.app.state.rulebook
    return book


def _html(page: str, status: int = 200) -> Response:
    return Response(page, status, media_type="text/html", headers=HEADERS)
