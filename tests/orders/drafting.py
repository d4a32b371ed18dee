"""A short way to say: this chart, these draft orders, this hook; which cards?"""

from __future__ import annotations

from datetime import date
from functools import cache

from service import intake, pipeline
from service.intake import hook_request

TODAY = date(2026, 11, 20)
SUBJECT = {"reference": "Patient/p1"}


@cache
def service():
    return pipeline.start()


def order(text, ident="d1", code=None, **more):
    coding = [{"system": "http://loinc.org", "code": code}] if code else [{}]
    return {
        "resourceType": "ServiceRequest",
        "id": ident,
        "status": "draft",
        "intent": "order",
        "code": {"coding": coding, **({"text": text} if text else {})},
        "subject": SUBJECT,
        "reasonCode": [],
        **more,
    }


def entry(kind, ident, **held):
    return {"resourceType": kind, "id": ident, "subject": SUBJECT, **held}


def operation(text="Microdiscectomy L4-L5 left", when="2025-09-15", ident="op"):
    return entry("Procedure", ident, status="completed", code={"text": text}, performedDateTime=when)


def pain(text="Sciatica left, returned after a pain-free year", when="2026-10-10"):
    code = {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M54.32"}], "text": text}
    return entry("Condition", "pain", code=code, onsetDateTime=when, recordedDate=when)


def mri(when="2026-10-30", conclusion="Recurrent disc herniation at L4-L5 left.", status="final"):
    study = entry(
        "ImagingStudy",
        "mri",
        status="available",
        started=when,
        description="MRI lumbar spine",
        modality=[{"code": "MR"}],
    )
    if not conclusion:
        return [study]
    report = entry(
        "DiagnosticReport",
        "report",
        status=status,
        code={"text": "MRI lumbar spine"},
        effectiveDateTime=when,
        imagingStudy=[{"reference": "ImagingStudy/mri"}],
        conclusion=conclusion,
    )
    return [study, report]


def condition(text, ident, when="2026-11-18", code=None):
    coding = {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": code}]} if code else {}
    return entry("Condition", ident, code={**coding, "text": text}, recordedDate=when)


def device(text, *marks):
    safety = {"safety": [{"text": mark} for mark in marks]} if marks else {}
    held = entry("Device", "device", status="active", type={"text": text}, **safety)
    held["patient"] = held.pop("subject")
    return held


def cards(drafts, chart, hook="order-sign", selections=None, shape=None):
    """The cards of one call; ``shape`` replaces the draftOrders Bundle."""
    bundle = {"resourceType": "Bundle", "entry": [{"resource": draft} for draft in drafts]} if shape is None else shape
    context = {"userId": "Practitioner/d", "patientId": "p1", "draftOrders": bundle}
    if hook == "order-select":
        context["selections"] = selections or []
    call = hook_request.read({"hook": hook, "hookInstance": "x", "context": context})
    people = [{"resourceType": "Patient", "id": "p1", "birthDate": "1970-01-01", "gender": "female"}]
    record = intake.read(intake.from_bundle([*people, *chart]), TODAY, patient="p1")
    conclusions, write = pipeline.answer(record, call, service())
    return write(conclusions, pipeline.writing(service(), "p1"))


def topics(written):
    return [card["source"]["topic"]["code"] for card in written]


def actions(card):
    return [action for suggestion in card.get("suggestions", ()) for action in suggestion["actions"]]


def some_cards():
    """Cards of every door: a cause, an emergency, orders."""
    chart = [operation(), pain()]
    alarm = condition("Saddle anaesthesia and urinary retention", "c", when="2026-11-19")
    yield from cards([order("MRI lumbar spine")], [*chart, *mri()])
    yield from cards([order("MRI lumbar spine")], [*chart, alarm])
    yield from cards([order("Revision microdiscectomy L4-L5")], chart)
    call = hook_request.read(
        {"hook": "patient-view", "hookInstance": "x", "context": {"userId": "Practitioner/d", "patientId": "p1"}}
    )
    record = intake.read(intake.from_bundle(chart), TODAY, patient="p1")
    conclusions, write = pipeline.answer(record, call, service())
    yield from write(conclusions, pipeline.writing(service(), "p1"))
