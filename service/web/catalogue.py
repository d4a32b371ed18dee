"""The CDS services that this product offers: what discovery tells, and what data each asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

PREFETCH: dict[str, str] = {
    "patient": "Patient/{{context.patientId}}",
    "procedures": "Procedure?patient={{context.patientId}}",
    "conditions": "Condition?patient={{context.patientId}}",
    "imagingStudies": "ImagingStudy?patient={{context.patientId}}",
    "diagnosticReports": "DiagnosticReport?patient={{context.patientId}}",
    "observations": "Observation?patient={{context.patientId}}",
    "medications": "MedicationRequest?patient={{context.patientId}}",
    "devices": "Device?patient={{context.patientId}}",
    "allergies": "AllergyIntolerance?patient={{context.patientId}}",
    "serviceRequests": "ServiceRequest?patient={{context.patientId}}",
}
"""Prefetch templates: first-level tokens and plain type searches only, so that every CDS Hooks version and EHR can
fill them."""

REQUIRED = ("procedures", "conditions")
"""Without these nothing can be said: 412."""


@dataclass(frozen=True, slots=True)
class CdsService:
    """One entry of discovery."""

    id: str
    hook: str
    title: str
    description: str

    def told(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "hook": self.hook,
            "title": self.title,
            "description": self.description,
            "prefetch": dict(PREFETCH),
            "usageRequirements": (
                "FHIR R4. Procedures and conditions are required; the rest is optional and makes the answer better."
            ),
        }


SERVICES: dict[str, CdsService] = {
    service.id: service
    for service in (
        CdsService(
            id="fbss-patient-view",
            hook="patient-view",
            title="Pain after spine surgery",
            description=(
                "For adults with lumbar spine surgery: emergencies, the likely causes of pain in order and with "
                "reasons, and the next diagnostic step. Silent for everybody else."
            ),
        ),
    )
}
