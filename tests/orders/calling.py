"""One order hook as an EHR calls it, over HTTP: this chart, these orders; which cards? Days count back from today."""

from __future__ import annotations

import json
from datetime import timedelta

from tests.ehr.serving import prefetch_of, request, today
from tests.orders.drafting import condition, entry, mri, operation, pain

PEOPLE = {"resourceType": "Patient", "id": "p1", "birthDate": "1970-01-01", "gender": "female"}


def ago(days):
    return (today() - timedelta(days=days)).isoformat()


def chart(*more, operated="Microdiscectomy L4-L5 left", painful="Sciatica left, returned after a pain-free year"):
    """A year after a discectomy, with leg pain of six weeks."""
    return [PEOPLE, operation(operated, ago(430)), pain(painful, ago(42)), *more]


def fused(*more):
    done = operation("Posterior lumbar fusion L4-S1 with pedicle screws", ago(680))
    return [PEOPLE, done, pain("Low back pain", ago(42)), *more]


def deficit(days):
    return condition("Foot drop left, acute", "drop", ago(days), "M21.372")


def saddle(days=1):
    return condition("Saddle anaesthesia and urinary retention", "saddle", ago(days))


def pregnant():
    return condition("Pregnancy", "pregnant", ago(30), "Z33.1")


def egfr(value):
    unit = "mL/min/{1.73_m2}"
    code = {"coding": [{"system": "http://loinc.org", "code": "62238-1"}]}
    quantity = {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}
    return entry("Observation", "egfr", status="final", code=code, effectiveDateTime=ago(5), valueQuantity=quantity)


def drug(text, status="active", **more):
    return entry("MedicationRequest", "drug", status=status, intent="order", medicationCodeableConcept={"text": text},
                 authoredOn=ago(20), **more)  # fmt: skip


def scanned(conclusion, days=20):
    return mri(ago(days), conclusion)


def call(drafts, chart, hook="order-sign", **more):
    context = {"userId": "Practitioner/d1", "patientId": "p1", **more}
    if hook != "patient-view":
        context["draftOrders"] = {"resourceType": "Bundle", "entry": [{"resource": draft} for draft in drafts]}
    return request(prefetch_of(chart), hook=hook, context=context)


def ask(client, drafts, chart, hook="order-sign", **more):
    """The cards of one call."""
    answer = client.post(f"/cds-services/fbss-{hook}", json=call(drafts, chart, hook, **more))
    assert 200 == answer.status_code, answer.text
    return answer.json()["cards"]


def said(cards):
    """All that a clinician reads of the cards."""
    return " ".join(f"{card['summary']} {card.get('detail', '')}" for card in cards)


def resources(cards):
    """The resources that the buttons would write, as JSON."""
    return json.dumps([a.get("resource", {}) for c in cards for s in c.get("suggestions", ()) for a in s["actions"]])
