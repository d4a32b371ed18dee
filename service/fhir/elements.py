"""One reading of each FHIR element: what a resource says in it, about whom, and when.

Of an element with several forms (``onset[x]``, ``performed[x]`` ...) the date comes first, then the period, then words.
A day that cannot be read is as good as none: the next form is asked. Whether a resource counts is told by eligibility.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from service.domain import partial_dates
from service.domain.spans import Span
from service.domain.statements import Ref
from service.domain.written_dates import calendar_date
from service.fhir import datatypes, resources
from service.fhir.record import Record

LONGEST_WORDS = 160
"""Characters of a concept's own words."""

# --- when -----------------------------------------------------------------------------------------------------------


def condition_began(condition: resources.Condition) -> Span | None:
    """Its onset; of an onsetPeriod the start."""
    return (
        partial_dates.parse(condition.onset_date_time)
        or _start(condition.onset_period)
        or _in_words(condition.onset_string)
    )


def condition_ended(condition: resources.Condition) -> Span | None:
    """Its abatement; of an abatementPeriod the end, for only then it had surely gone."""
    return (
        partial_dates.parse(condition.abatement_date_time)
        or _end(condition.abatement_period)
        or _in_words(condition.abatement_string)
    )


def condition_stated(condition: resources.Condition, starts: Mapping[Ref, Span | None]) -> Span | None:
    """When it was first written down: recordedDate, else the start of its encounter, else its onset."""
    return (
        partial_dates.parse(condition.recorded_date)
        or starts.get(encounter_of(condition))
        or condition_began(condition)
    )


def is_dated(condition: resources.Condition) -> bool:
    """Whether it says when it was recorded, in whatever form."""
    return bool(condition.recorded_date)


def procedure_done(procedure: resources.Procedure) -> Span | None:
    """When it was performed; of a performedPeriod the end."""
    return (
        partial_dates.parse(procedure.performed_date_time)
        or _end(procedure.performed_period)
        or _in_words(procedure.performed_string)
    )


def observation_done(observation: resources.Observation) -> Span | None:
    """The day it is true of: effective[x], of a period its start; else the day it was issued."""
    return (
        partial_dates.parse(observation.effective_date_time)
        or _start(observation.effective_period)
        or partial_dates.parse(observation.effective_instant)
        or partial_dates.parse(observation.issued)
    )


def observation_moment(observation: resources.Observation) -> datetime | None:
    """The hour it is true of, in UTC, if one is given."""
    return partial_dates.instant(observation.effective_date_time or observation.effective_instant)


def observation_holds(observation: resources.Observation, as_of: date) -> Span | None:
    """All days it is true of, for habits and states: an effectivePeriod without an end runs on until today."""
    done, period = observation_done(observation), observation.effective_period
    if done is None or period is None or observation.effective_date_time:
        return done
    end = partial_dates.parse(period.end)
    last = end.last if end else as_of
    return Span(done.first, max(done.last, min(last, as_of)))


def report_done(report: resources.DiagnosticReport) -> Span | None:
    """The day of what it reports: effective[x], of a period its start; else the day it was issued."""
    return (
        partial_dates.parse(report.effective_date_time)
        or _start(report.effective_period)
        or partial_dates.parse(report.issued)
    )


def study_done(study: resources.ImagingStudy) -> Span | None:
    return partial_dates.parse(study.started)


def request_stated(request: resources.ServiceRequest) -> Span | None:
    return partial_dates.parse(request.authored_on)


def allergy_stated(allergy: resources.AllergyIntolerance) -> Span | None:
    return partial_dates.parse(allergy.recorded_date) or partial_dates.parse(allergy.onset_date_time)


def answers_stated(response: resources.QuestionnaireResponse) -> Span | None:
    return partial_dates.parse(response.authored)


def encounter_began(encounter: resources.Encounter) -> Span | None:
    return partial_dates.parse(encounter.period.start) if encounter.period else None


def encounter_starts(record: Record) -> dict[Ref, Span | None]:
    """The start of every encounter, by its reference."""
    return {encounter.ref: encounter_began(encounter) for encounter in record.encounters if encounter.period}


def medication_stated(medication: resources.Medication) -> Span | None:
    """When it was prescribed, given or asserted; else when its use began."""
    told = medication.authored_on or medication.effective_date_time or medication.date_asserted
    return partial_dates.parse(told) or medication_began(medication)


def medication_began(medication: resources.Medication) -> Span | None:
    """The start of its use, where a period tells it."""
    return partial_dates.parse(medication.effective_period.start) if medication.effective_period else None


def medication_ended(medication: resources.Medication) -> Span | None:
    return partial_dates.parse(medication.effective_period.end) if medication.effective_period else None


def document_stated(document: resources.DocumentReference | resources.Composition) -> Span | None:
    """The day it was written."""
    return partial_dates.parse(document.date)


def day_as_written(carrier: resources.DiagnosticReport | resources.DocumentReference) -> str:
    """The day of a report or document in the chart's own form, for ordering; "" when it says none."""
    if isinstance(carrier, resources.DocumentReference):
        period = carrier.context.period if carrier.context else None
        return carrier.date or (period.start or period.end if period else None) or ""
    period = carrier.effective_period
    return carrier.effective_date_time or (period.start or period.end if period else None) or carrier.issued or ""


def note_stated(note: datatypes.Annotation) -> Span | None:
    return partial_dates.parse(note.time)


def born(record: Record) -> Span | None:
    return partial_dates.parse(record.patient.birth_date) if record.patient else None


def _start(period: datatypes.Period | None) -> Span | None:
    return partial_dates.parse(period.start or period.end) if period else None


def _end(period: datatypes.Period | None) -> Span | None:
    return partial_dates.parse(period.end or period.start) if period else None


def _in_words(text: str | None) -> Span | None:
    return calendar_date(text) if text else None


# --- who and which --------------------------------------------------------------------------------------------------

OfPatient = (
    resources.Procedure
    | resources.Condition
    | resources.ImagingStudy
    | resources.DiagnosticReport
    | resources.Observation
    | resources.Medication
    | resources.ServiceRequest
    | resources.Encounter
)
InEncounter = (
    resources.Procedure
    | resources.Condition
    | resources.ImagingStudy
    | resources.DiagnosticReport
    | resources.Observation
    | resources.ServiceRequest
)


def who(resource: OfPatient) -> Ref:
    """Whom it is about, as a reference; "" when it does not say."""
    return _reference(resource.subject)


def encounter_of(resource: InEncounter) -> Ref:
    """The encounter it belongs to; "" when it names none."""
    return _reference(resource.encounter)


def encounter_of_document(document: resources.DocumentReference | resources.Composition) -> Ref:
    """The encounter a document belongs to; of several the first."""
    if isinstance(document, resources.Composition):
        return _reference(document.encounter)
    return next(iter(references(document.context.encounter)), "") if document.context else ""


def study_of(report: resources.DiagnosticReport) -> Ref:
    """The first ImagingStudy that a report names; "" when it names none."""
    return next(iter(references(report.imaging_study)), "")


def references(named: Iterable[datatypes.Reference] | None) -> tuple[Ref, ...]:
    """The references of a list; entries without one are left out."""
    return tuple(each.reference for each in named or () if each.reference)


def _reference(named: datatypes.Reference | None) -> Ref:
    return (named.reference or "") if named is not None else ""


# --- what -----------------------------------------------------------------------------------------------------------


def modality_of(study: resources.ImagingStudy) -> str:
    """The DICOM modality of a study (MR, CT, DX ...), from the study or its first series; "" when it says none."""
    for coding in (*(study.modality or ()), *(s.modality for s in study.series or ())):
        if coding and coding.code and (code := coding.code.upper()) not in ("SR", "PR", "KO", "DOC"):
            return code
    return ""


def codings(*concepts: datatypes.CodeableConcept | None) -> Iterator[datatypes.Coding]:
    """The codes of several concepts, in their order."""
    for concept in concepts:
        for coding in (concept.coding if concept is not None else None) or ():
            if coding is not None:
                yield coding


def severity_words(condition: resources.Condition) -> str:
    """What a Condition's own element calls its severity, in all its words; "" when it does not say."""
    severity = condition.severity
    if severity is None:
        return ""
    return " ; ".join(filter(None, (severity.text, *(coding.display for coding in codings(severity)))))


def words_of(concept: datatypes.CodeableConcept | None) -> str:
    """The chart's own words for a concept: its text, else the first display."""
    if concept is None:
        return ""
    shown = concept.text or next((c.display for c in concept.coding or () if c is not None and c.display), "")
    return " ".join((shown or "").split())[:LONGEST_WORDS]
