"""The CDS services that this product offers: what discovery tells, and what data each asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

VERSION = "0.1.0"

PREFETCH: dict[str, str] = {
    "patient": "Patient/{{context.patientId}}",
    "procedures": "Procedure?patient={{context.patientId}}",
    "conditions": "Condition?patient={{context.patientId}}",
    "imagingStudies": "ImagingStudy?patient={{context.patientId}}",
    "diagnosticReports": "DiagnosticReport?patient={{context.patientId}}",
    "documents": "DocumentReference?patient={{context.patientId}}",
    "observations": "Observation?patient={{context.patientId}}",
    "medications": "MedicationRequest?patient={{context.patientId}}",
    "devices": "Device?patient={{context.patientId}}",
    "allergies": "AllergyIntolerance?patient={{context.patientId}}",
    "serviceRequests": "ServiceRequest?patient={{context.patientId}}",
    "flags": "Flag?patient={{context.patientId}}",
    "questionnaireResponses": "QuestionnaireResponse?patient={{context.patientId}}",
}
"""Prefetch templates: first-level tokens and plain type searches only, so that every CDS Hooks version and EHR can
fill them."""


@dataclass(frozen=True, slots=True)
class CdsService:
    """One entry of discovery. ``speaks`` says of what: the whole chart, or the draft orders and emergencies only."""

    id: str
    hook: str
    title: str
    description: str
    speaks: str = "chart"

    def told(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "hook": self.hook,
            "title": self.title,
            "description": self.description,
            "version": VERSION,
            "prefetch": dict(PREFETCH),
            "usageRequirements": (
                "FHIR R4. Procedures and conditions are required; the rest is optional and makes the answer better."
            ),
        }


_CHART = (
    "For adults with lumbar spine surgery: emergencies, the likely causes of pain in order and with reasons, and the "
    "next diagnostic step. Silent for everybody else."
)
_ORDERS = (
    "For draft orders of spine imaging, EMG, injections and spine surgery in adults with lumbar spine surgery: what is "
    "already done or pending, what a device, kidney, allergy or pregnancy asks for, and what is not in the record. "
    "Emergencies that these orders touch. Silent otherwise."
)

SERVICES: dict[str, CdsService] = {
    service.id: service
    for service in (
        CdsService("fbss-patient-view", "patient-view", "Pain after spine surgery", _CHART),
        CdsService("fbss-order-select", "order-select", "Orders after spine surgery: selection", _ORDERS, "orders"),
        CdsService("fbss-order-sign", "order-sign", "Orders after spine surgery: signature", _ORDERS, "orders"),
        CdsService("fbss-encounter-start", "encounter-start", "Pain after spine surgery: encounter", _CHART),
        CdsService(
            "fbss-problem-list-item-create",
            "problem-list-item-create",
            "Pain after spine surgery: new problem",
            _CHART,
        ),
    )
}
"""All services, one id per hook; which of them a process offers is a setting."""


def offered(hooks: Iterable[str]) -> dict[str, CdsService]:
    """The services whose hooks are switched on."""
    on = frozenset(hooks)
    return {ident: service for ident, service in SERVICES.items() if service.hook in on}
