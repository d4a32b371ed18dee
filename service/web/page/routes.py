"""The addresses of the page: its files for every browser, and its one answer for whoever may read charts."""

from __future__ import annotations

from functools import partial

import orjson
from fastapi import APIRouter, FastAPI, Request
from starlette.responses import RedirectResponse, Response

from service import pipeline
from service.domain.errors import UnknownResource
from service.fhir import validation
from service.output.page.story import standing
from service.settings import Settings
from service.web.authentication import admit_page
from service.web.cds_hooks import today
from service.web.discovery import PREFETCH
from service.web.page import examples, files, headers
from service.web.request_body import Body, read_json, taken

router = APIRouter(tags=["Page"], include_in_schema=False)
_NO_STORE = {"Cache-Control": "no-store"}


def install(app: FastAPI, settings: Settings) -> None:
    """Read the page's files and examples. Raises RuleError when the examples are wrong. Comes after the clients."""
    clients = app.state.page_clients
    app.state.page_on = settings.open or bool(clients)
    app.state.page_files = files.load()
    app.state.page_headers = headers.headers(settings, clients)
    app.state.page_examples = examples.load(settings)
    app.state.page_about = orjson.dumps(
        {
            "open": settings.open,
            "ehrs": [
                {"iss": server.text, "host": server.host, "clientId": client.page.client_id}
                for client in clients
                for server in client.fhir_servers
                if client.page is not None
            ],
            "scope": settings.app_scope,
            "queries": {key: template for key, template in PREFETCH.items() if key != "patient"},
            "rules": standing(app.state.service.knowledge),
            "examples": list(app.state.page_examples),
            "largest": settings.max_body,
        }
    )


@router.get("/app")
async def page(request: Request) -> Response:
    return _file(request, "index.html")


@router.get("/app/")
async def slashed(request: Request) -> Response:
    _on(request)
    return RedirectResponse("../app")


@router.get("/app/launch")
async def launch(request: Request) -> Response:
    """Where an EHR opens the page: ``iss`` and ``launch`` are read by the page, not here."""
    return _file(request, "launch.html")


@router.get("/app/static/{name}")
async def static(request: Request, name: str) -> Response:
    return _file(request, name)


@router.get("/app/about.json")
async def about(request: Request) -> Response:
    """What the page has to know before anybody is known: EHRs and how it is registered there; nothing of patients."""
    _on(request)
    return _answer(request, request.app.state.page_about)


@router.get("/app/examples/{at}")
async def example(request: Request, at: str) -> Response:
    _on(request)
    held: list[bytes] = list(request.app.state.page_examples.values())
    number = int(at) if at.isascii() and at.isdecimal() and len(at) < 4 else len(held)
    if number >= len(held):
        raise UnknownResource("There is no such example.")
    return _answer(request, held[number])


@router.post("/app/story")
async def story(request: Request) -> Response:
    """A Bundle in; what the page draws of it out. The caller shows the id_token of its launch."""
    _on(request)
    client = await admit_page(request)
    settings: Settings = request.app.state.settings
    service: pipeline.Service = request.app.state.service
    silent = settings.silent or (client is not None and client.silent)
    when = today(settings)

    def told(body: Body) -> bytes:
        payload = read_json(body, settings)
        validation.warm()
        return orjson.dumps(pipeline.show(payload, when, service, silence=(silent, service.knowledge.silenced)))

    body, turn = await taken(request, settings, aside=True)
    with turn:
        return _answer(request, await turn.run(partial(told, body)))


def _on(request: Request) -> None:
    if not request.app.state.page_on:
        raise UnknownResource("There is nothing at this address.")


def _file(request: Request, name: str) -> Response:
    _on(request)
    held: dict[str, files.Static] = request.app.state.page_files
    if name not in held:
        raise UnknownResource("There is nothing at this address.")
    found = held[name]
    sent = {**request.app.state.page_headers, "ETag": found.tag, "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == found.tag:
        return Response(status_code=304, headers=sent)
    return Response(found.data, headers=sent, media_type=found.media_type)


def _answer(request: Request, body: bytes) -> Response:
    sent = {**request.app.state.page_headers, **_NO_STORE}
    return Response(body, headers=sent, media_type="application/json")
