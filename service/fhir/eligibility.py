"""What the status of a resource says: whether it counts at all, is completed, final, planned, closed, over or in error.

`judge_of` gives the reason, in plain words and without content, why one is left out of the record; the rest asks about
those that are in it. A status is read without its case and stray blanks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, timedelta
from functools import partial
from typing import Any

from service.domain import partial_dates
from service.fhir import datatypes, resources

_TOLERANCE = timedelta(days=1)
_IN_ERROR = "entered-in-error"
_VOID = frozenset({_IN_ERROR, "cancelled", "not-done"})
_REFUTED = frozenset({_IN_ERROR, "refuted"})
_CLOSED = frozenset({"inactive", "resolved", "remission"})
_FINAL = frozenset({"final", "amended", "corrected", "appended"})
_FIRM = frozenset({"final", "amended", "corrected", ""})
_UNFINISHED = frozenset({"registered", "partial", "preliminary"})
_WITHOUT_RESULT = frozenset({"registered", "cancelled", _IN_ERROR})
_SETTLED = frozenset({"completed", "revoked", _IN_ERROR})
_ONLY_THOUGHT_OF = frozenset({"proposal", "plan", "option"})
_NEVER_TAKEN = frozenset({"draft", "intended", "cancelled", "not-taken", "not-done", _IN_ERROR})
_OVER = frozenset({"completed", "stopped", "ended"})
_TAKES_PLACE = frozenset({"completed", "in-progress"})
_ATTENDED = frozenset({"finished", "in-progress", "arrived", "triaged", "onleave", "unknown", ""})

WithStatus = (
    resources.Procedure
    | resources.ImagingStudy
    | resources.DiagnosticReport
    | resources.Observation
    | resources.Medication
    | resources.Device
    | resources.ServiceRequest
    | resources.Encounter
    | resources.DocumentReference
    | resources.Composition
)

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
    resources.DocumentReference: frozenset({"current"}),
    resources.Composition: frozenset({"preliminary", "final", "amended"}),
    resources.Flag: frozenset({"active"}),
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
    """Say so when one of the dates lies more than a day after ``as_of`` (``today``: that day, as written).

    Of a moment with an offset its day in UTC counts. With a day of tolerance that holds in every zone of a site, and
    for a clock that is a few hours wrong.
    """
    for text in days:
        # Written dates sort like the days they name, so most need no parsing.
        if text and text[:10] > today and (span := partial_dates.parse(text)) is not None:
            moment = partial_dates.instant(text)
            day = span.first if moment is None or moment.utcoffset() is None else moment.astimezone(UTC).date()
            if day > as_of + _TOLERANCE:
                return "dated after the day of evaluation"
    return None


# --- of those that count --------------------------------------------------------------------------------------------


def status_of(resource: WithStatus) -> str:
    """The status in small letters, without stray blanks; "" when there is none."""
    return (resource.status or "").strip().lower()


def is_void(resource: WithStatus) -> bool:
    """Entered in error, or called off."""
    return status_of(resource) in _VOID


def is_completed(resource: resources.Procedure | resources.ServiceRequest) -> bool:
    return status_of(resource) == "completed"


def is_final(resource: resources.DiagnosticReport | resources.Observation) -> bool:
    return status_of(resource) in _FINAL


def is_unfinished(report: resources.DiagnosticReport) -> bool:
    return status_of(report) in _UNFINISHED


def is_firm(observation: resources.Observation) -> bool:
    """Final, or nobody says otherwise: a preliminary value may still change."""
    return status_of(observation) in _FIRM


def has_result(observation: resources.Observation) -> bool:
    """Not merely registered: a value may be there."""
    return status_of(observation) not in _WITHOUT_RESULT


def is_taken(study: resources.ImagingStudy) -> bool:
    """The pictures exist."""
    return status_of(study) == "available"


def is_booked(study: resources.ImagingStudy | resources.DiagnosticReport) -> bool:
    return status_of(study) == "registered"


def is_ordered(request: resources.ServiceRequest) -> bool:
    """An order that stands, not a draft, a proposal or a plan."""
    return status_of(request) == "active" and not is_only_thought_of(request)


def is_settled(request: resources.ServiceRequest) -> bool:
    """It asks for nothing any more: carried out, withdrawn or written in error."""
    return status_of(request) in _SETTLED


def is_only_thought_of(request: resources.ServiceRequest | resources.Medication) -> bool:
    return (request.intent or "").strip().lower() in _ONLY_THOUGHT_OF


def is_in_use(device: resources.Device) -> bool:
    """In the patient and in use; a device without a status is taken for one."""
    return status_of(device) in ("active", "")


def was_taken(medication: resources.Medication) -> bool:
    """Taken, given or prescribed; not planned, not called off."""
    return status_of(medication) not in _NEVER_TAKEN and not is_only_thought_of(medication)


def is_over(medication: resources.Medication) -> bool:
    return status_of(medication) in _OVER


def takes_place(procedure: resources.Procedure) -> bool:
    """The treatment was given, or has begun."""
    return status_of(procedure) in _TAKES_PLACE


def was_attended(encounter: resources.Encounter) -> bool:
    """The visit took place, or nobody says otherwise: a planned one did not yet."""
    return status_of(encounter) in _ATTENDED


def is_closed(resource: resources.Condition | resources.AllergyIntolerance) -> bool:
    """Inactive, resolved or in remission."""
    return first_code(resource.clinical_status) in _CLOSED


def is_doubtful(condition: resources.Condition) -> bool:
    """A differential diagnosis: written down as one of several."""
    return first_code(condition.verification_status) == "differential"


def is_refuted(resource: resources.Condition | resources.AllergyIntolerance) -> bool:
    """Refuted, or entered in error."""
    return first_code(resource.verification_status) in _REFUTED


def first_code(concept: datatypes.CodeableConcept | None) -> str:
    """The first code of a status element, in small letters, without stray blanks; "" when there is none."""
    for coding in (concept.coding if concept is not None else None) or ():
        if coding is not None and coding.code:
            return coding.code.strip().lower()
    return ""


# --- of those that do not -------------------------------------------------------------------------------------------


def _status(counting: frozenset[str], resource: Any) -> str | None:
    status: str | None = resource.status
    if status is None or status in counting or status_of(resource) in counting:
        return None
    in_error = status_of(resource) == _IN_ERROR
    return f"status is {_IN_ERROR}" if in_error else "status says that it did not take place"


def _verified(resource: resources.Condition | resources.AllergyIntolerance) -> str | None:
    if resource.verification_status is None or not is_refuted(resource):
        return None
    return f"verificationStatus is {first_code(resource.verification_status)}"


def _always(_: resources.Resource) -> None:
    return None


def _undated(_: resources.Resource) -> tuple[()]:
    return ()


def _procedure_status(procedure: resources.Procedure) -> str | None:
    if procedure.status == "completed" or is_completed(procedure):
        return None
    status = status_of(procedure)
    if status in ("preparation", "in-progress", "not-done", "on-hold", "stopped", "unknown", _IN_ERROR):
        return f"status is {status}, not completed"
    return "status is missing or not an R4 code, so not known to be completed"


def _start(period: datatypes.Period | None) -> str | None:
    return period.start if period is not None else None


_OWN: dict[type[resources.Resource], Callable[..., str | None]] = {
    resources.Procedure: _procedure_status,
    resources.Condition: _verified,
    resources.AllergyIntolerance: _verified,
}

_DATES: dict[type[resources.Resource], Callable[..., tuple[str | None, ...]]] = {
    resources.Procedure: lambda r: (r.performed_date_time, _start(r.performed_period)),
    resources.Condition: lambda r: (r.onset_date_time, _start(r.onset_period), r.recorded_date),
    resources.ImagingStudy: lambda r: (r.started,),
    resources.DiagnosticReport: lambda r: (r.effective_date_time, _start(r.effective_period), r.issued),
    resources.Observation: lambda r: (
        r.effective_date_time, _start(r.effective_period), r.effective_instant, r.issued,
    ),
    resources.Medication: lambda r: (
        r.authored_on, r.effective_date_time, _start(r.effective_period), r.date_asserted,
    ),
    resources.AllergyIntolerance: lambda r: (r.recorded_date, r.onset_date_time),
    resources.ServiceRequest: lambda r: (r.authored_on,),
    resources.Encounter: lambda r: (_start(r.period),),
    resources.QuestionnaireResponse: lambda r: (r.authored,),
    resources.DocumentReference: lambda r: (r.date,),
    resources.Composition: lambda r: (r.date,),
}  # fmt: skip
"""Written days, not spans: most need no parsing to be seen to lie before today."""
