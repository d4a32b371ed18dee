"""Health probes and ``/about``: is the process alive, ready, started; which rules does it hold."""

from __future__ import annotations

import orjson
from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from service import pipeline
from service.settings import Settings
from service.web.authentication import admit
from service.web.error_responses import outcome
from service.web.monitoring import logs

router = APIRouter(tags=["Operations"])


@router.get("/healthz/live", summary="The process answers")
async def live() -> Response:
    logs.flush()  # a probe comes also when no call does
    return Response(b'{"status":"live"}', media_type="application/json")


@router.get("/healthz/startup", summary="The rules are loaded and checked")
async def startup() -> Response:
    """Answered as soon as anything is: the port opens only after the rules are loaded, checked and warm."""
    return Response(b'{"status":"started"}', media_type="application/json")


@router.get("/healthz/ready", summary="Calls may be sent here")
async def ready(request: Request) -> Response:
    if request.app.state.draining:
        return outcome(503, "transient", "Shutting down; send calls elsewhere.")
    return Response(b'{"status":"ready"}', media_type="application/json")


@router.get("/about", summary="Rule set, records and overrides", dependencies=[Depends(admit)])
async def about(request: Request) -> Response:
    service: pipeline.Service = request.app.state.service
    settings: Settings = request.app.state.settings
    return Response(orjson.dumps({**pipeline.about(service), "silent": settings.silent}), media_type="application/json")
