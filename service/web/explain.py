"""``POST /explain``: a Bundle in, the whole evaluation out, stage by stage."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Annotated

import orjson
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from service import pipeline
from service.domain import partial_dates
from service.domain.errors import BadRequest
from service.fhir import validation
from service.settings import Settings
from service.web import doors, openapi, outgoing
from service.web.authentication import Guarded
from service.web.cds_hooks import today, writing
from service.web.request_body import Body, read_json, taken

router = APIRouter(tags=["Explain"], route_class=Guarded)


@router.post(
    "/explain",
    responses={200: {"model": openapi.Explanation}},
    summary="Explain one chart",
    openapi_extra=openapi.CHART,
)
async def explain(
    request: Request,
    as_of: Annotated[str | None, Query(alias="asOf", description="Day of evaluation, YYYY-MM-DD")] = None,
    patient: Annotated[str | None, Query(description="Patient id, when the Bundle holds several")] = None,
) -> Response:
    """Evaluate a Bundle of any type (transaction entries are read, not executed) or a CDS Hooks request."""
    settings: Settings = request.app.state.settings
    service: pipeline.Service = request.app.state.service
    silence = doors.enter(request, doors.EXPLAIN)
    when = day(as_of) or today(settings)
    about = patient or ""

    def explained(body: Body) -> bytes:
        own = writing(settings, service, about)
        payload = read_json(body, settings)
        validation.warm()
        answer = pipeline.explain(payload, when, service, about, own, silence)
        answer = outgoing.unsteered(answer)
        return orjson.dumps({**answer, "cards": outgoing.harmless(answer["cards"])})

    body, turn = await taken(request, settings, aside=True)
    with turn:
        return Response(await turn.run(partial(explained, body)), media_type="application/json")


def day(text: str | None) -> date | None:
    if text is None:
        return None
    span = partial_dates.parse(text)
    if span is None or span.first != span.last or len(text) != 10:
        raise BadRequest("asOf must be a day, written YYYY-MM-DD.")
    return span.first
