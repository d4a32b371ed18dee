"""CDS Hooks: discovery, and a hook call from its envelope to its cards."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from service import intake, pipeline
from service.domain.errors import UnknownService
from service.ehr import fetch, files
from service.ehr.clients import Client
from service.intake import hook_request
from service.intake.required_data import require, require_all, require_readable
from service.output.cards import context, silent_mode
from service.settings import Settings
from service.text import opening
from service.timing import timed
from service.web import openapi
from service.web.authentication import Guarded, caller
from service.web.discovery import PREFETCH, CdsService, offered
from service.web.monitoring import call_log
from service.web.outbound import reach
from service.web.request_body import read_call

router = APIRouter(tags=["CDS Hooks"], route_class=Guarded)


@router.get("/cds-services", responses={200: {"model": openapi.Services}}, summary="Discovery")
async def discover(request: Request) -> Response:
    client = caller(request)
    settings: Settings = request.app.state.settings
    told = [service.told() for service in offered(settings.hooks_on).values() if may_call(client, service.id)]
    return Response(orjson.dumps({"services": told}), media_type="application/json")


@router.post(
    "/cds-services/{service_id}",
    responses={200: {"model": openapi.CardsAnswer}},
    summary="Hook call",
    openapi_extra=openapi.HOOK_CALL,
)
async def call(service_id: str, request: Request) -> Response:
    client = caller(request)
    settings: Settings = request.app.state.settings
    service: pipeline.Service = request.app.state.service
    limits: fetch.Limits = request.app.state.limits
    asked = hook_request.read(await read_call(request, settings), known(service_id, settings, client).hook)
    call_log.asked(asked)
    if asked.by_patient:
        return Response(orjson.dumps({"cards": []}), media_type="application/json")
    gathered = intake.from_prefetch(asked.prefetch, PREFETCH)
    began = time.monotonic()
    with timed("fetch"):
        await fetch.complete(gathered, asked, PREFETCH, reach(request.app, client), limits, request.app.state.pool)
    call_log.fetched(gathered)
    require(gathered)
    with timed("intake"):
        gathered.entries += hook_request.told_by_context(asked)
        record = intake.read(gathered, today(settings), patient=asked.patient)
        require_readable(gathered)
    with timed("fetch"):
        left = replace(limits, seconds=limits.seconds - (time.monotonic() - began))
        to = reach(request.app, client)
        record = await files.fetch(record, asked, to, left, request.app.state.pool, settings.fetch_documents)
    call_log.opened(record)
    if opening.is_work(record):
        with timed("facts"):
            record = await asyncio.to_thread(opening.opened, record)
    own = pipeline.of_record(writing(settings, service, asked.patient, asked.encounter), record)
    conclusions, write = pipeline.answer(record, asked, service)
    with timed("cards"):
        sent, held_back = silent_mode.hold_back(
            conclusions,
            lambda spoken: write(spoken, own),
            everything=settings.silent or (client is not None and client.silent),
            records=service.knowledge.silenced,
        )
    if not sent and not held_back:
        require_all(gathered)
    call_log.answered(record, conclusions, sent, held_back)
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


def writing(settings: Settings, service: pipeline.Service, patient: str, encounter: str = "") -> context.Writing:
    own = pipeline.writing(service, patient, encounter)
    return replace(
        own,
        label=settings.source_label,
        url=settings.source_url,
        page=settings.app_url,
        hide_known=settings.hide_known,
    )
