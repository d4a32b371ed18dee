"""Hook requests for the operations tests: one chart in which the rules have something to say, and a quiet one."""

from __future__ import annotations

import uuid

SUBJECT = {"reference": "Patient/p1"}


def searchset(*resources):
    return {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": each} for each in resources]}


def resource(kind, ident, **fields):
    subject = {"patient": SUBJECT} if kind in ("AllergyIntolerance", "Device") else {"subject": SUBJECT}
    return {"resourceType": kind, "id": ident, **subject, **fields}


OPERATION = resource(
    "Procedure", "op", status="completed", performedDateTime="2022-03-01", code={"text": "Lumbar discectomy L4-L5 left"}
)
PAIN = resource(
    "Condition",
    "pain",
    recordedDate="2026-10-20",
    onsetDateTime="2026-10-10",
    clinicalStatus={"coding": [{"code": "active"}]},
    code={"text": "Left sciatica, recurrent"},
)
HERNIATION = resource(
    "DiagnosticReport",
    "mri",
    status="final",
    effectiveDateTime="2026-11-01",
    code={"text": "MRI lumbar spine"},
    conclusion="Recurrent disc herniation at L4-L5 left.",
)
RETENTION = resource(
    "Condition",
    "retention",
    recordedDate="2026-11-18",
    onsetDateTime="2026-11-18",
    clinicalStatus={"coding": [{"code": "active"}]},
    code={"text": "Cauda equina syndrome"},
)


def hook(*, conditions=(PAIN,), reports=(HERNIATION,), procedures=(OPERATION,), **changes):
    return {
        "hook": "patient-view",
        "hookInstance": str(uuid.UUID(int=7)),
        "context": {"userId": "Practitioner/d1", "patientId": "p1"},
        "prefetch": {
            "patient": {"resourceType": "Patient", "id": "p1", "birthDate": "1970-01-01"},
            "procedures": searchset(*procedures),
            "conditions": searchset(*conditions),
            "diagnosticReports": searchset(*reports),
        },
        **changes,
    }


def quiet():
    return hook(conditions=(), reports=(), procedures=())
