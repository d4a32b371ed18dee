"""Calls as an EHR makes them, and the answers taken apart."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import httpx

from service.web.discovery import PREFETCH
from tests.demo import ehr
from tests.patients import build

VIEW = "/cds-services/fbss-patient-view"


def today() -> date:
    return datetime.now(UTC).date()


def call(name: str) -> dict[str, Any]:
    """A patient-view call about one of the patients, visiting today."""
    patient = build.load(name)
    return ehr.request(patient.name, build.chart(patient, today()), PREFETCH)


def empty_call(**prefetch: Any) -> dict[str, Any]:
    """A patient-view call about somebody with an empty chart; ``prefetch`` replaces single answers."""
    nobody = {"resourceType": "Patient", "id": "nobody", "gender": "female"}
    made = ehr.request("nobody", [nobody], PREFETCH)
    return {**made, "prefetch": {**made["prefetch"], **prefetch}}


def searchset(*resources: Any) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": r} for r in resources]}


def topics(answer: httpx.Response) -> list[str]:
    assert 200 == answer.status_code, answer.text
    return [card["source"]["topic"]["code"] for card in answer.json()["cards"]]


def refusal(answer: httpx.Response) -> tuple[int, str]:
    """Status and issue code of an OperationOutcome that carries the request id and nothing of the request."""
    told = answer.json()
    assert "OperationOutcome" == told["resourceType"]
    assert answer.headers["x-request-id"] == str(UUID(told["id"]))
    assert "fhir+json" in answer.headers["content-type"]
    assert told["issue"][0]["diagnostics"]
    return answer.status_code, told["issue"][0]["code"]
