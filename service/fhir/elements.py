"""One reading of each FHIR element: what a resource says in it, and when."""

from __future__ import annotations

from service.domain import partial_dates
from service.domain.spans import Span
from service.fhir import resources


def modality_of(study: resources.ImagingStudy) -> str:
    """The DICOM modality of a study (MR, CT, DX ...), from the study or its first series; "" when it says none."""
    for coding in (*(study.modality or ()), *(s.modality for s in study.series or ())):
        if coding and coding.code and (code := coding.code.upper()) not in ("SR", "PR", "KO", "DOC"):
            return code
    return ""


def words_of(concept: resources.CodeableConcept | None) -> str:
    """The chart's own words for a concept: its text, else the first display."""
    if concept is None:
        return ""
    shown = concept.text or next((c.display for c in concept.coding or () if c is not None and c.display), "")
    return " ".join((shown or "").split())[:160]


def report_when(report: resources.DiagnosticReport) -> Span | None:
    period = report.effective_period
    return partial_dates.parse(report.effective_date_time or (period.start if period else None) or report.issued)


def observation_when(observation: resources.Observation) -> Span | None:
    period = observation.effective_period
    begun = period.start or period.end if period else None
    return partial_dates.parse(
        observation.effective_date_time or begun or observation.effective_instant or observation.issued
    )
