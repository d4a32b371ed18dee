"""A small EHR: a chart and what discovery asked for in, a CDS Hooks request out."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any


def request(patient: str, resources: Iterable[dict[str, Any]], asked: Mapping[str, str]) -> dict[str, Any]:
    """A patient-view call with every prefetch template answered from the chart."""
    chart = list(resources)
    return {
        "hook": "patient-view",
        "hookInstance": str(uuid.uuid4()),
        "context": {"userId": "Practitioner/surgeon", "patientId": patient},
        "prefetch": {key: _answer(template, patient, chart) for key, template in asked.items()},
    }


def sent(call: Mapping[str, Any]) -> int:
    """How many resources a call carries."""
    answers = call["prefetch"].values()
    return sum(len(a["entry"]) if a["resourceType"] == "Bundle" else 1 for a in answers)


def _answer(template: str, patient: str, chart: list[dict[str, Any]]) -> dict[str, Any]:
    kind, searched, _ = template.partition("?")
    if not searched:
        return next(r for r in chart if f"{r['resourceType']}/{r['id']}" == f"Patient/{patient}")
    found = [r for r in chart if r["resourceType"] == kind]
    return {
        "resourceType": "Bundle",
        "type": "searchset",
        "total": len(found),
        "entry": [{"resource": r, "search": {"mode": "match"}} for r in found],
    }
