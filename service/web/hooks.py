"""CDS Hooks: discovery, and a hook call from its envelope to its cards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from service import cards, intake, line
from service.errors import MissingData, UnknownService
from service.intake import call as calls
from service.intake.gather import Gathered
from service.settings import Settings
from service.web import schema
from service.web.body import read_json
from service.web.catalogue import PREFETCH, REQUIRED, SERVICES
from service.web.trace import log

router = APIRouter(tags=["CDS Hooks"])


@router.get("/cds-services", responses={200: {"model": schema.Services}}, summary="Discovery")
async def discover() -> Response:
    return Response(orjson.dumps({"services": [s.told() for s in SERVICES.values()]}), media_type="application/json")


@router.post("/cds-services/{service_id}", responses={200: {"model": schema.CardsAnswer}}, summary="Hook call")
async def call(service_id: str, request: Request) -> Response:
    settings: Settings = request.app.state.settings
    service: line.Service = request.app.state.service
    offered = SERVICES.get(service_id)
    if offered is None:
        raise UnknownService("There is no CDS service with this id; see GET /cds-services.")
    asked = calls.read(await read_json(request, settings), offered.hook)
    gathered = intake.from_prefetch(asked.prefetch, PREFETCH)
    require(gathered)
    record = intake.read(gathered, today(settings), patient=asked.patient)
    conclusions = line.conclude(record, service, hook=asked.hook, explain=False)
    own = replace(writing(settings, service, asked.patient, asked.encounter), missing=record.missing)
    written = cards.write(conclusions, own)
    log.info("answered", service=service_id, cards=[c["source"]["topic"]["code"] for c in written],
             skipped=len(record.skipped), missing=list(record.missing))  # fmt: skip
    return Response(orjson.dumps({"cards": written}), media_type="application/json")


def require(gathered: Gathered) -> None:
    """Refuse when procedures or conditions could not be had, in whole or in part."""
    for key, reason in gathered.unavailable.items():
        if key in REQUIRED:
            raise MissingData(f"The patient's {key} are required and could not be had ({reason}).")
    for key in gathered.pages:
        gathered.unavailable.setdefault(key, "first page only")


def today(settings: Settings) -> date:
    return datetime.now(ZoneInfo(settings.time_zone)).date()


def writing(settings: Settings, service: line.Service, patient: str, encounter: str = "") -> cards.Writing:
    own = line.writing(service, patient, encounter)
    return replace(own, label=settings.source_label, url=settings.source_url)
