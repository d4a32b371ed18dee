"""The entries of a chart as the page cites them: references in; a short mark, what it is, its title and day out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from service.domain.spans import Span
from service.domain.statements import Ref
from service.fhir import elements, resources
from service.fhir.elements import words_of
from service.fhir.record import Record
from service.output.cards import quotes

_KINDS = {
    "Patient": "Patient",
    "Procedure": "Procedure",
    "Condition": "Problem list",
    "ImagingStudy": "Imaging",
    "DiagnosticReport": "Report",
    "Observation": "Result",
    "MedicationRequest": "Medication",
    "MedicationStatement": "Medication",
    "MedicationAdministration": "Medication",
    "Device": "Device",
    "AllergyIntolerance": "Allergy",
    "ServiceRequest": "Order",
    "Encounter": "Visit",
    "QuestionnaireResponse": "Answer",
    "DocumentReference": "Note",
    "Composition": "Note",
}
_CODERS = re.compile(r" ?\[[^\]]*\]| - Reported$")
"""What a coder adds to the name of a result, and nobody reads."""
UNDATED = "date unknown"


class Entries:
    """Marks ("e1") stand for references, so that no id of the chart reaches the page.

    ``told`` holds what each mark means, for those that were asked for.
    """

    def __init__(self, record: Record) -> None:
        self._described = {ref: (kind, title, span) for ref, kind, title, span in _described(record)}
        self._marks: dict[Ref, str] = {}

    def mark(self, ref: Ref) -> str:
        return self._marks.setdefault(ref, f"e{len(self._marks) + 1}")

    def marks(self, refs: Iterable[Ref]) -> list[str]:
        return [self.mark(ref) for ref in dict.fromkeys(refs)]

    def titled(self, ref: Ref) -> str:
        """ "Report: MRI lumbar spine", or the kind alone where the entry has no words of its own."""
        kind, title, _ = self._described.get(ref, (_KINDS.get(ref.partition("/")[0], "Entry"), "", None))
        title = _CODERS.sub("", title).strip(" -")
        return f"{kind}: {title}" if title else kind

    def when(self, ref: Ref) -> Span | None:
        return self._described[ref][2] if ref in self._described else None

    def told(self) -> dict[str, dict[str, Any]]:
        return {mark: {"title": self.titled(ref), "when": day(self.when(ref))} for ref, mark in self._marks.items()}


def day(span: Span | None) -> str:
    """A day as a clinician writes it, or that it is unknown."""
    return quotes.told(span) if span else UNDATED


def _described(record: Record) -> Iterator[tuple[Ref, str, str, Span | None]]:
    if record.patient is not None:
        yield record.patient.ref, "Patient", "age", elements.born(record)
    for procedure in record.procedures:
        yield procedure.ref, "Procedure", words_of(procedure.code), elements.procedure_done(procedure)
    for condition in record.conditions:
        yield condition.ref, "Problem list", words_of(condition.code), elements.condition_stated(condition, {})
    for study in record.imaging_studies:
        title = study.description or next((words_of(c) for c in study.procedure_code or ()), "")
        yield study.ref, "Imaging", title, elements.study_done(study)
    for report in record.reports:
        yield report.ref, "Report", words_of(report.code), elements.report_done(report)
    for observation in record.observations:
        yield observation.ref, "Result", words_of(observation.code), elements.observation_done(observation)
    for medication in record.medications:
        title = words_of(medication.medication_codeable_concept)
        yield medication.ref, "Medication", title, elements.medication_stated(medication)
    for device in record.devices:
        named = next((name.name or "" for name in device.device_name or ()), "")
        yield device.ref, "Device", words_of(device.type) or named, None
    for allergy in record.allergies:
        yield allergy.ref, "Allergy", words_of(allergy.code), elements.allergy_stated(allergy)
    for order in record.service_requests:
        yield order.ref, "Order", words_of(order.code), elements.request_stated(order)
    for encounter in record.encounters:
        yield encounter.ref, "Visit", "", elements.encounter_began(encounter)
    for answered in record.answers:
        yield answered.ref, "Answer", "", elements.answers_stated(answered)
    for document in record.documents:
        yield document.ref, "Note", _name(document), elements.document_stated(document)


def _name(document: resources.DocumentReference | resources.Composition) -> str:
    own = document.title if isinstance(document, resources.Composition) else document.description
    return words_of(document.type) or (own or "")[: elements.LONGEST_WORDS]
