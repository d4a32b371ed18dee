"""A small chart in many shapes, and what is asked of an answer: entries by type, references, conclusions."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from service import pipeline

AS_OF = date(2025, 4, 1)
RECORDED = datetime(2025, 4, 1, 9, tzinfo=UTC)
ACTIVE = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]}


def resources(subject="Patient/p1"):
    """Sciatica one year after a discectomy: a cause is possible and an MRI is proposed."""
    about = {"subject": {"reference": subject}}
    return [
        {"resourceType": "Patient", "id": "p1", "birthDate": "1980-01-01", "gender": "female"},
        {
            "resourceType": "Procedure",
            "id": "op",
            "status": "completed",
            **about,
            "code": {"text": "Lumbar discectomy L4/5 left"},
            "performedDateTime": "2024-03-01",
        },
        {
            "resourceType": "Condition",
            "id": "pain",
            **about,
            "clinicalStatus": ACTIVE,
            "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M54.32"}]},
            "onsetDateTime": "2025-03-01",
            "recordedDate": "2025-03-10",
        },
    ]


def bundle(held=None, kind="collection", **entry):
    return {
        "resourceType": "Bundle",
        "type": kind,
        "entry": [{"resource": each, **entry} for each in (resources() if held is None else held)],
    }


def guide(payload, service, patient="", as_of=AS_OF):
    return pipeline.guide(payload, as_of, service, patient, pipeline.writing(service), RECORDED)


def of(answer, kind):
    return [entry["resource"] for entry in answer["entry"] if entry["resource"]["resourceType"] == kind]


def topics(answer):
    return [issue["code"]["coding"][0]["code"] for issue in of(answer, "DetectedIssue")]


def left_out(answer):
    """Place → reason of every issue in the OperationOutcome."""
    issues = [issue for outcome in of(answer, "OperationOutcome") for issue in outcome["issue"]]
    return {(i.get("expression") or [i.get("diagnostics", "")])[0]: i["details"]["text"] for i in issues}


def references(value):
    """Every reference inside, wherever it stands."""
    if isinstance(value, dict):
        found = [value["reference"]] if isinstance(value.get("reference"), str) else []
        return found + [ref for held in value.values() for ref in references(held)]
    return [ref for held in value for ref in references(held)] if isinstance(value, list) else []


def text(answer):
    return json.dumps(answer)
