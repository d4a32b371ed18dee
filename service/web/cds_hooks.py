"""CDS Hooks: discovery, and a hook call from its envelope to its cards."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

import orjson
from fastapi import APIRouter, FastAPI, Request
from starlette.responses import Response

from service import intake, pipeline
from service.domain.errors import UnknownService
from service.ehr import fetch, files
from service.ehr.clients import Client
from service.intake import hook_request
from service.intake.required_data import require, require_all, require_readable
from service.output.cards import context, silent_mode
from service.settings import Settings
from service.text.documents import opening
from service.timing import timed
from service.web import openapi, outgoing
from service.web.authentication import Guarded, caller
from service.web.discovery import PREFETCH, CdsService, offered
from service.web.lane import Turn
from service.web.monitoring import call_log
from service.web.outbound import reach
from service.web.request_body import Body, read_call, taken

router = APIRouter(tags=["CDS Hooks"], route_class=Guarded)

SKIPPED = "X-Backstory-Skipped"
"""The header of an answer that says how many entries were not used as sent, by class of reason: ``shape=2, status=1``.
Such an entry is no reason for a card, and an answer without cards must not look as if all had been read."""


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
    case = _Case(request.app, known(service_id, settings, client).hook, client)
    body, turn = await taken(request, settings)
    with turn:
        await turn.run(partial(case.begin, body))
        if not case.answer:
            turn.settle(body.weight)
            await _fetch(case, turn)
        return Response(case.answer, headers=case.headers, media_type="application/json")


async def _fetch(case: _Case, turn: Turn) -> None:
    """Ask the EHR for what its call lacks, as long as there is time, and answer with what came."""
    state, to = case.app.state, case.reach
    limits: fetch.Limits = replace(state.limits, hold=turn.more)
    began = time.monotonic()
    if not case.is_read:
        with timed("fetch"):
            await fetch.complete(case.gathered, case.asked, PREFETCH, to, limits, state.pool)
        await turn.run(case.read)
    if not case.answer:
        with timed("fetch"):
            left = replace(limits, seconds=limits.seconds - (time.monotonic() - began))
            most = state.settings.fetch_documents
            case.record = await files.fetch(case.record, case.asked, to, left, state.pool, most)
        await turn.run(case.tell, aside=opening.is_work(case.record))


class _Case:
    """One hook call on its way from its body to its ``answer``; each step goes as far as it can without the EHR."""

    def __init__(self, app: FastAPI, hook: str, client: Client | None) -> None:
        self.app, self.hook, self.client = app, hook, client
        self.settings: Settings = app.state.settings
        self.reach = reach(app, client)
        self.is_read = False
        self.answer = b""
        self.headers: dict[str, str] = {}

    def begin(self, body: Body) -> None:
        self.asked = hook_request.read(read_call(body, self.settings), self.hook)
        call_log.asked(self.asked)
        if self.asked.by_patient:
            self.answer = orjson.dumps({"cards": []})
            return
        self.gathered = intake.from_prefetch(self.asked.prefetch, PREFETCH)
        if not fetch.is_needed(self.gathered, self.asked, PREFETCH, self.reach):
            self.read()

    def read(self) -> None:
        call_log.fetched(self.gathered)
        require(self.gathered)
        with timed("intake"):
            self.gathered.entries += hook_request.told_by_context(self.asked)
            self.record = intake.read(self.gathered, today(self.settings), patient=self.asked.patient)
            require_readable(self.gathered)
        self.is_read = True
        to_fetch = files.is_needed(self.record, self.asked, self.reach, self.settings.fetch_documents)
        if not to_fetch and not opening.is_work(self.record):
            self.tell()

    def tell(self) -> None:
        """Raises MissingData where "nothing" would be a guess."""
        call_log.opened(self.record)
        record = self.record
        if opening.is_work(record):
            with timed("facts"):
                record = opening.opened(record)
        service: pipeline.Service = self.app.state.service
        conclusions, write = pipeline.answer(record, self.asked, service)
        own = writing(self.settings, service, self.asked.patient, self.asked.encounter)
        own = pipeline.of_record(own, record, conclusions, service)
        with timed("cards"):
            sent, held_back = silent_mode.hold_back(
                conclusions,
                lambda spoken: write(spoken, own),
                everything=self.settings.silent or (self.client is not None and self.client.silent),
                records=service.knowledge.silenced,
            )
        if not sent and not held_back:
            require_all(self.gathered)
        record = replace(record, skipped=(*record.skipped, *pipeline.left_out(record, conclusions, service)))
        skipped = call_log.answered(record, conclusions, sent, held_back)
        if skipped:
            self.headers[SKIPPED] = ", ".join(f"{reason}={number}" for reason, number in sorted(skipped.items()))
        self.answer = orjson.dumps({"cards": outgoing.harmless(sent)})


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
