"""Narrow typed views of the FHIR R4 resources that the rules read: msgspec structs, lenient in what they ignore.

A view names only what matters; the rest is left unread. A wrong type refuses that one resource, never the call.
"""

from __future__ import annotations

from msgspec import field

from service.fhir.datatypes import (
    Annotation,
    Attachment,
    CodeableConcept,
    Coding,
    Identifier,
    Narrative,
    Period,
    Quantity,
    Reference,
    View,
    Whole,
)


class Resource(View, frozen=True):
    resource_type: str
    id: str | None = None

    @property
    def ref(self) -> str:
        return f"{self.resource_type}/{self.id or 'without-id'}"


class Patient(Resource, frozen=True):
    gender: str | None = None
    birth_date: str | None = None
    deceased_boolean: bool | None = None


class Procedure(Resource, frozen=True):
    status: str | None = None
    code: CodeableConcept | None = None
    category: CodeableConcept | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    performed_date_time: str | None = None
    performed_period: Period | None = None
    performed_string: str | None = None
    body_site: tuple[CodeableConcept, ...] | None = None
    reason_code: tuple[CodeableConcept, ...] | None = None
    reason_reference: tuple[Reference, ...] | None = None
    outcome: CodeableConcept | None = None
    report: tuple[Reference, ...] | None = None
    complication: tuple[CodeableConcept, ...] | None = None
    note: tuple[Annotation, ...] | None = None


class Condition(Resource, frozen=True):
    clinical_status: CodeableConcept | None = None
    verification_status: CodeableConcept | None = None
    category: tuple[CodeableConcept, ...] | None = None
    severity: CodeableConcept | None = None
    code: CodeableConcept | None = None
    body_site: tuple[CodeableConcept, ...] | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    onset_date_time: str | None = None
    onset_period: Period | None = None
    onset_age: Quantity | None = None
    onset_string: str | None = None
    abatement_date_time: str | None = None
    abatement_period: Period | None = None
    abatement_string: str | None = None
    recorded_date: str | None = None
    note: tuple[Annotation, ...] | None = None


class ImagingSeries(View, frozen=True):
    modality: Coding | None = None
    body_site: Coding | None = None
    laterality: Coding | None = None
    description: str | None = None


class ImagingStudy(Resource, frozen=True):
    status: str | None = None
    modality: tuple[Coding, ...] | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    started: str | None = None
    procedure_code: tuple[CodeableConcept, ...] | None = None
    reason_code: tuple[CodeableConcept, ...] | None = None
    based_on: tuple[Reference, ...] | None = None
    description: str | None = None
    series: tuple[ImagingSeries, ...] | None = None
    note: tuple[Annotation, ...] | None = None


class DiagnosticReport(Resource, frozen=True):
    status: str | None = None
    category: tuple[CodeableConcept, ...] | None = None
    code: CodeableConcept | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    effective_date_time: str | None = None
    effective_period: Period | None = None
    issued: str | None = None
    result: tuple[Reference, ...] | None = None
    imaging_study: tuple[Reference, ...] | None = None
    based_on: tuple[Reference, ...] | None = None
    conclusion: str | None = None
    conclusion_code: tuple[CodeableConcept, ...] | None = None
    presented_form: tuple[Attachment, ...] | None = None


class ObservationComponent(View, frozen=True):
    code: CodeableConcept | None = None
    value_quantity: Quantity | None = None
    value_codeable_concept: CodeableConcept | None = None
    value_string: str | None = None
    value_boolean: bool | None = None
    value_integer: Whole | None = None


class Observation(Resource, frozen=True):
    status: str | None = None
    category: tuple[CodeableConcept, ...] | None = None
    code: CodeableConcept | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    effective_date_time: str | None = None
    effective_period: Period | None = None
    effective_instant: str | None = None
    issued: str | None = None
    value_quantity: Quantity | None = None
    value_codeable_concept: CodeableConcept | None = None
    value_string: str | None = None
    value_boolean: bool | None = None
    value_integer: Whole | None = None
    interpretation: tuple[CodeableConcept, ...] | None = None
    body_site: CodeableConcept | None = None
    method: CodeableConcept | None = None
    note: tuple[Annotation, ...] | None = None
    component: tuple[ObservationComponent, ...] | None = None


class Dosage(View, frozen=True):
    text: str | None = None


class Medication(Resource, frozen=True):
    """MedicationRequest, MedicationStatement and MedicationAdministration share what is read here."""

    status: str | None = None
    intent: str | None = None
    medication_codeable_concept: CodeableConcept | None = None
    medication_reference: Reference | None = None
    subject: Reference | None = None
    authored_on: str | None = None
    effective_date_time: str | None = None
    effective_period: Period | None = None
    date_asserted: str | None = None
    dosage_instruction: tuple[Dosage, ...] | None = None
    reason_code: tuple[CodeableConcept, ...] | None = None


class DeviceName(View, frozen=True):
    name: str | None = None


class Device(Resource, frozen=True):
    status: str | None = None
    type: CodeableConcept | None = None
    device_name: tuple[DeviceName, ...] | None = None
    model_number: str | None = None
    manufacturer: str | None = None
    patient: Reference | None = None
    safety: tuple[CodeableConcept, ...] | None = None
    note: tuple[Annotation, ...] | None = None


class AllergyIntolerance(Resource, frozen=True):
    clinical_status: CodeableConcept | None = None
    verification_status: CodeableConcept | None = None
    code: CodeableConcept | None = None
    patient: Reference | None = None
    onset_date_time: str | None = None
    recorded_date: str | None = None


class ServiceRequest(Resource, frozen=True):
    status: str | None = None
    intent: str | None = None
    code: CodeableConcept | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    authored_on: str | None = None
    occurrence_date_time: str | None = None
    body_site: tuple[CodeableConcept, ...] | None = None
    reason_code: tuple[CodeableConcept, ...] | None = None


class Encounter(Resource, frozen=True):
    status: str | None = None
    type: tuple[CodeableConcept, ...] | None = None
    subject: Reference | None = None
    period: Period | None = None
    reason_code: tuple[CodeableConcept, ...] | None = None
    reason_reference: tuple[Reference, ...] | None = None


class DocumentContent(View, frozen=True):
    attachment: Attachment | None = None


class DocumentContext(View, frozen=True):
    encounter: tuple[Reference, ...] | None = None
    period: Period | None = None


class DocumentReference(Resource, frozen=True):
    status: str | None = None
    doc_status: str | None = None
    type: CodeableConcept | None = None
    category: tuple[CodeableConcept, ...] | None = None
    subject: Reference | None = None
    date: str | None = None
    description: str | None = None
    content: tuple[DocumentContent, ...] | None = None
    context: DocumentContext | None = None


class CompositionSection(View, frozen=True):
    title: str | None = None
    code: CodeableConcept | None = None
    text: Narrative | None = None
    section: tuple[CompositionSection, ...] | None = None


class Composition(Resource, frozen=True):
    status: str | None = None
    type: CodeableConcept | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    date: str | None = None
    title: str | None = None
    section: tuple[CompositionSection, ...] | None = None


class Answer(View, frozen=True):
    value_string: str | None = None
    value_boolean: bool | None = None
    value_integer: Whole | None = None
    value_decimal: Whole | float | None = None
    value_date: str | None = None
    value_date_time: str | None = None
    value_coding: Coding | None = None


class Item(View, frozen=True):
    link_id: str | None = None
    answer: tuple[Answer, ...] | None = None
    item: tuple[Item, ...] | None = None


class QuestionnaireResponse(Resource, frozen=True):
    status: str | None = None
    questionnaire: str | None = None
    subject: Reference | None = None
    authored: str | None = None
    item: tuple[Item, ...] = field(default=())


class Flag(Resource, frozen=True):
    identifier: tuple[Identifier, ...] | None = None
    status: str | None = None
    code: CodeableConcept | None = None
    subject: Reference | None = None
    period: Period | None = None


BY_TYPE: dict[str, type[Resource]] = {
    "Patient": Patient,
    "Procedure": Procedure,
    "Condition": Condition,
    "ImagingStudy": ImagingStudy,
    "DiagnosticReport": DiagnosticReport,
    "Observation": Observation,
    "MedicationRequest": Medication,
    "MedicationStatement": Medication,
    "MedicationAdministration": Medication,
    "Device": Device,
    "AllergyIntolerance": AllergyIntolerance,
    "ServiceRequest": ServiceRequest,
    "Encounter": Encounter,
    "QuestionnaireResponse": QuestionnaireResponse,
    "DocumentReference": DocumentReference,
    "Composition": Composition,
    "Flag": Flag,
}
