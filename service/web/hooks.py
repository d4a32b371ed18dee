"""CDS Hooks: discovery, and a hook call from its envelope to its cards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from service import cards, fetch, intake, line, silent
from service.clients import Client
from service.errors import UnknownService
from service.intake import call as calls
from service.intake.required import require, require_all
from service.settings import Settings
from service.stages import timed
from service.web import account, schema
from service.web.authentication import Guarded, caller
from service.web.body import read_call
from service.web.catalogue import PREFETCH, CdsService, offered
from service.web.reaching import reach

router = APIRouter(tags=["CDS Hooks"], route_class=Guarded)


@router.get("/cds-services", responses={200: {"model": schema.Services}}, summary="Discovery")
async def discover(request: Request) -> Response:
    client = caller(request)
    settings: Settings = request.app.state.settings
    told = [service.told() for service in offered(settings.hooks_on).values() if may_call(client, service.id)]
    return Response(orjson.dumps({"services": told}), media_type="application/json")


@router.post(
    "/cds-services/{service_id}",
    responses={200: {"model": schema.CardsAnswer}},
    summary="Hook call",
    openapi_extra=schema.HOOK_CALL,
)
async def call(service_id: str, request: Request) -> Response:
    client = caller(request)
    settings: Settings = request.app.state.settings
    service: line.Service = request.app.state.service
    limits: fetch.Limits = request.app.state.limits
    asked = calls.read(await read_call(request, settings), known(service_id, settings, client).hook)
    account.asked(asked)
    gathered = intake.from_prefetch(asked.prefetch, PREFETCH)
    with timed("fetch"):
        await fetch.complete(gathered, asked, PREFETCH, reach(request.app, client), limits, request.app.state.pool)
    account.fetched(gathered)
    require(gathered)
    with timed("intake"):
        gathered.entries += calls.told_by_context(asked)
        record = intake.read(gathered, today(settings), patient=asked.patient)
    own = replace(writing(settings, service, asked.patient, asked.encounter), missing=record.missing)
    conclusions, write = line.answer(record, asked, service)
    with timed("cards"):
        sent, held_back = silent.hold_back(
            conclusions,
            lambda spoken: write(spoken, own),
            everything=settings.silent or (client is not None and client.silent),
            records=service.knowledge.silenced,
        )
    if not sent and not held_back:
        require_all(gathered)
    account.answered(record, conclusions, sent, held_back)
    return Response(orjson.dumps({"cards": sent}), media_type="application/json")


def known(service_id: str, settings: Settings, client: Client | None) -> CdsService:
    service = offered(settings.hooks_on).get(service_id)
    if service is None or not may_call(client, service_id):
        raise UnknownService("There is no CDS service with this id; see GET /cds-services.")
    return service


def may_call(client: Client | None, service_id: str) -> bool:
    return client is None or client.may_call(service_id)


def today(settings: Settings) -> date:
    return datetime.now(ZoneInfo(settings.time_zone)).date()


def writing(settings: Settings, service: line.Service, patient: str, encounter: str = "") -> cards.Writing:
    own = line.writing(service, patient, encounter)
    return replace(own, label=settings.source_label, url=settings.source_url)
