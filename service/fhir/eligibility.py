"""Which resources count: the reason, in plain words and without content, why one is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any

from service.domain import partial_dates
from service.fhir import resources

_IN_ERROR = "entered-in-error"

_COUNTING: dict[type[resources.Resource], frozenset[str]] = {
    resources.ImagingStudy: frozenset({"registered", "available", "unknown", "inactive"}),
    resources.DiagnosticReport: frozenset(
        {"registered", "partial", "preliminary", "final", "amended", "corrected", "appended", "unknown"}
    ),
    resources.Observation: frozenset({"registered", "preliminary", "final", "amended", "corrected", "unknown"}),
    resources.Medication: frozenset(
        {"active", "completed", "on-hold", "stopped", "intended", "unknown", "draft", "in-progress"}
    ),
    resources.Device: frozenset({"active", "inactive", "unknown"}),
    resources.ServiceRequest: frozenset({"draft", "active", "on-hold", "completed", "unknown"}),
    resources.Encounter: frozenset({"planned", "arrived", "triaged", "in-progress", "onleave", "finished", "unknown"}),
    resources.QuestionnaireResponse: frozenset({"in-progress", "completed", "amended", "stopped"}),
}


def judge_of(view: type[resources.Resource]) -> Callable[..., str | None]:
    """How resources of this type are judged by their status: the reason why one does not count, else ``None``."""
    if view in _COUNTING:
        return partial(_status, _COUNTING[view])
    return _OWN.get(view, _always)


def days_of(view: type[resources.Resource]) -> Callable[..., tuple[str | None, ...]]:
    """Where resources of this type say when they happened."""
    return _DATES.get(view, _undated)


def future(days: Iterable[str | None], as_of: date, today: str) -> str | None:
    """Say so when one of the dates lies after ``as_of`` (``today``: that day, as written)."""
    for text in days:
        # Written dates sort like the days they name, so most need no parsing.
        if text and text[:10] > today and (span := partial_dates.parse(text)) is not None and span.first > as_of:
            return "dated after the day of evaluation"
    return None


def _status(counting: frozenset[str], resource: Any) -> str | None:
    status: str | None = resource.status
    if status is None or status in counting or status.strip().lower() in counting:
        return None
    return f"status is {_IN_ERROR}" if status.strip().lower() == _IN_ERROR else "status says that it did not take place"


def _verified(resource: resources.Condition | resources.AllergyIntolerance) -> str | None:
    if resource.verification_status is None:
        return None
    verified = first_code(resource.verification_status)
    return f"verificationStatus is {verified}" if verified in ("refuted", _IN_ERROR) else None


def _always(_: resources.Resource) -> None:
    return None


def _undated(_: resources.Resource) -> tuple[()]:
    return ()


def _procedure_status(procedure: resources.Procedure) -> str | None:
    status = procedure.status or ""
    if status == "completed":
        return None
    status = status.strip().lower()
    if status in ("preparation", "in-progress", "not-done", "on-hold", "stopped", "unknown", _IN_ERROR):
        return f"status is {status}, not completed"
    return None if status == "completed" else "status is missing or not an R4 code, so not known to be completed"


def first_code(concept: resources.CodeableConcept | None) -> str:
    """The first code of a status element, lower case, without stray blanks; "" when there is none."""
    for coding in (concept.coding if concept is not None else None) or ():
        if coding is not None and coding.code:
            return coding.code.strip().lower()
    return ""


_OWN: dict[type[resources.Resource], Callable[..., str | None]] = {
    resources.Procedure: _procedure_status,
    resources.Condition: _verified,
    resources.AllergyIntolerance: _verified,
}

_DATES: dict[type[resources.Resource], Callable[..., tuple[str | None, ...]]] = {
    resources.Procedure: lambda r: (r.performed_date_time, r.performed_period.start if r.performed_period else None),
    resources.Condition: lambda r: (r.onset_date_time, r.recorded_date),
    resources.ImagingStudy: lambda r: (r.started,),
    resources.DiagnosticReport: lambda r: (r.effective_date_time, r.issued),
    resources.Observation: lambda r: (r.effective_date_time, r.effective_instant, r.issued),
    resources.Medication: lambda r: (r.authored_on, r.effective_date_time, r.date_asserted),
    resources.AllergyIntolerance: lambda r: (r.recorded_date,),
    resources.ServiceRequest: lambda r: (r.authored_on,),
    resources.Encounter: lambda r: (r.period.start if r.period else None,),
    resources.QuestionnaireResponse: lambda r: (r.authored,),
}
