"""What it takes to read each resource type: its view, its place in the record, its references, how it is judged."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, NamedTuple

from service.fhir import datatypes, resources
from service.fhir.eligibility import days_of, judge_of

FIELD: dict[str, str] = {
    "Procedure": "procedures",
    "Condition": "conditions",
    "ImagingStudy": "imaging_studies",
    "DiagnosticReport": "reports",
    "Observation": "observations",
    "MedicationRequest": "medications",
    "MedicationStatement": "medications",
    "MedicationAdministration": "medications",
    "Device": "devices",
    "AllergyIntolerance": "allergies",
    "ServiceRequest": "service_requests",
    "Encounter": "encounters",
    "QuestionnaireResponse": "answers",
    "DocumentReference": "documents",
    "Composition": "documents",
    "Flag": "flags",
}

# Elements that exist only in R5, by type: their presence means the sender speaks another FHIR version.
_R5_ONLY: dict[str, tuple[str, ...]] = {
    "Procedure": ("occurrenceDateTime", "occurrencePeriod", "occurrenceString", "recorded", "reason", "focus"),
    "Condition": ("participant",),
    "ImagingStudy": ("procedure", "reason", "partOf"),
    "DiagnosticReport": ("study", "supportingInfo"),
    "MedicationRequest": ("medication", "reason"),
    "MedicationStatement": ("medication", "reason"),
    "Device": ("name", "availabilityStatus"),
    "Encounter": ("actualPeriod", "subjectStatus"),
    "ServiceRequest": ("reason", "focus"),
}

_ONE = ("subject", "patient", "encounter", "context", "medicationReference")
_MANY = ("imagingStudy", "basedOn", "reasonReference", "report", "result")


class Kind(NamedTuple):
    """``one`` and ``many`` are the elements with one and with many references that the view reads."""

    view: type[resources.Resource]
    field: str
    one: tuple[str, ...]
    many: tuple[str, ...]
    only_r5: tuple[str, ...]
    subject: Callable[[Any], datatypes.Reference | None]
    judge: Callable[[Any], str | None]
    days: Callable[[Any], tuple[str | None, ...]]


def _kind(name: str, view: type[resources.Resource]) -> Kind:
    held = view.__struct_encode_fields__
    subject = next((element for element in ("subject", "patient") if element in held), "")
    return Kind(
        view,
        FIELD.get(name, ""),
        tuple(element for element in _ONE if element in held),
        tuple(element for element in _MANY if element in held),
        _R5_ONLY.get(name, ()),
        attrgetter(subject) if subject else _nobody,
        judge_of(view),
        days_of(view),
    )


def _nobody(_: resources.Resource) -> None:
    return None


KINDS = {name: _kind(name, view) for name, view in resources.BY_TYPE.items()}
