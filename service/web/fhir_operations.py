"""FHIR R4 under ``/fhir``: two operations that take a chart, and everything that a caller needs to read about them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from service import pipeline
from service.domain.errors import BadRequest, UnknownResource
from service.fhir import validation
from service.intake import parameters
from service.output.fhir.plan_definition import PLAN, Resource
from service.settings import Settings
from service.web import capability_statement, content_negotiation, doors, openapi
from service.web.authentication import Guarded
from service.web.cds_hooks import today, writing
from service.web.explain import day
from service.web.request_body import Body, read_json, taken

router = APIRouter(prefix="/fhir", tags=["FHIR"], route_class=Guarded)


@router.get("/metadata", summary="CapabilityStatement")
async def metadata(request: Request) -> Response:
    """Start here: the operations, their definitions, and the types that can be read."""
    content_negotiation.agree(request)
    service: pipeline.Service = request.app.state.service
    return content_negotiation.write(capability_statement.capability(service.knowledge, _base(request)))


@router.post("/$evaluate-fbss", summary="Evaluate a Bundle", openapi_extra=openapi.OPERATION)
async def evaluate(
    request: Request,
    as_of: Annotated[str | None, Query(alias="asOf", description="Day of evaluation, YYYY-MM-DD")] = None,
    patient: Annotated[str | None, Query(description="Patient id, when the Bundle holds several")] = None,
) -> Response:
    """Takes a Bundle of any type, one resource, or Parameters (``chart``, ``asOf``, ``patient``)."""
    return await _answer(request, as_of, patient)


@router.post(
    f"/PlanDefinition/{PLAN}/$apply", summary="Apply the rule set to one patient", openapi_extra=openapi.OPERATION
)
async def apply(
    request: Request,
    subject: Annotated[str | None, Query(description="Patient/id, when it is not in the Parameters")] = None,
    as_of: Annotated[str | None, Query(alias="asOf", description="Day of evaluation, YYYY-MM-DD")] = None,
) -> Response:
    """Takes Parameters: ``subject`` (the patient) and ``data`` (a Bundle with the chart)."""
    return await _answer(request, as_of, subject, needs_subject=True)


async def _answer(request: Request, as_of: str | None, patient: str | None, *, needs_subject: bool = False) -> Response:
    content_negotiation.agree(request)
    settings: Settings = request.app.state.settings
    service: pipeline.Service = request.app.state.service
    silence = doors.enter(request, doors.EVALUATE)
    subject = (patient or "").rsplit("Patient/", 1)[-1]

    def answered(body: Body) -> Response:
        asked = parameters.read(read_json(body, settings))
        about = subject or asked.patient
        if needs_subject and not about:
            raise BadRequest("$apply needs the parameter 'subject': the patient, as Patient/id.")
        validation.warm()
        own = writing(settings, service, about, asked.encounter)
        when = day(as_of or asked.as_of or None) or today(settings)
        return content_negotiation.write(
            pipeline.guide(asked.chart, when, service, about, own, datetime.now(UTC), silence)
        )

    body, turn = await taken(request, settings, aside=True)
    with turn:
        return await turn.run(partial(answered, body))


@router.get("/{kind}", summary="Search a type")
async def search(
    kind: str,
    request: Request,
    ident: Annotated[str | None, Query(alias="_id", description="Logical id")] = None,
    url: Annotated[str | None, Query(description="Canonical URL")] = None,
) -> Response:
    """All resources of one type as a searchset, or those with one id or canonical URL."""
    content_negotiation.agree(request)
    held = _of(kind, request).values()
    found = [each for each in held if ident in (None, each["id"]) and url in (None, each.get("url"))]
    return content_negotiation.write(capability_statement.searchset(found, _base(request), str(request.url)))


@router.get("/{kind}/{ident}", summary="Read one resource")
async def read(kind: str, ident: str, request: Request) -> Response:
    content_negotiation.agree(request)
    found = _of(kind, request).get(ident)
    if found is None:
        raise UnknownResource(f"There is no {kind} with this id; GET /fhir/{kind} lists them.")
    return content_negotiation.write(found)


def _of(kind: str, request: Request) -> dict[str, Resource]:
    if kind not in capability_statement.TYPES:
        raise UnknownResource("No resource of this type is kept here; GET /fhir/metadata lists the types.")
    service: pipeline.Service = request.app.state.service
    return capability_statement.resources(kind, service.knowledge)


def _base(request: Request) -> str:
    return str(request.url_for("metadata")).removesuffix("/metadata")
