"""An invented patient for trying a service out: resources on request, dated back from today, and drafts to order."""

from __future__ import annotations

from base64 import b64encode
from datetime import date, timedelta
from typing import Any

PATIENT = "backstory-try"
PRACTITIONER = "Practitioner/backstory-try"
NOT_SELECTED = "draft-not-selected"
MARKUP = "<b>walking</b> ![x](http://tracker.invalid/p.png)"
"""Markup in the chart that must never reach a card as markup."""

NOTE = b64encode(b"<p>Left leg pain since the weekend. No weakness, bladder and bowels as before.</p>").decode()

Resource = dict[str, Any]


def chart(today: date) -> list[Resource]:
    """Leg pain that came back 14 months after a discectomy at L4-L5, with a lumbar MRI that is reported."""
    subject = {"reference": f"Patient/{PATIENT}"}

    def ago(days: int) -> str:
        return (today - timedelta(days=days)).isoformat()

    return [
        {"resourceType": "Patient", "id": PATIENT, "gender": "female", "birthDate": ago(17_000)},
        {
            "resourceType": "Procedure",
            "id": "operation",
            "status": "completed",
            "code": {"text": "Microdiscectomy L4-L5 left"},
            "subject": subject,
            "performedDateTime": ago(430),
        },
        {
            "resourceType": "Condition",
            "id": "pain",
            "clinicalStatus": {
                "coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]
            },
            "code": {
                "coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M54.32"}],
                "text": f"Sciatica left, returned after a pain-free year, worse on {MARKUP}",
            },
            "subject": subject,
            "onsetDateTime": ago(40),
            "recordedDate": ago(35),
        },
        {
            "resourceType": "ImagingStudy",
            "id": "mri",
            "status": "available",
            "modality": [{"system": "http://dicom.nema.org/resources/ontology/DCM", "code": "MR"}],
            "subject": subject,
            "started": ago(20),
            "description": "MRI lumbar spine",
        },
        {
            "resourceType": "DiagnosticReport",
            "id": "mri-report",
            "status": "final",
            "code": {"text": "MRI lumbar spine"},
            "subject": subject,
            "effectiveDateTime": ago(20),
            "issued": f"{ago(19)}T09:00:00Z",
            "imagingStudy": [{"reference": "ImagingStudy/mri"}],
            "conclusion": "Recurrent disc herniation at L4-L5 left compressing the left L5 root.",
        },
        {
            "resourceType": "DocumentReference",
            "id": "note",
            "status": "current",
            "type": {"text": "Progress note"},
            "subject": subject,
            "date": f"{ago(15)}T09:00:00Z",
            "content": [{"attachment": {"contentType": "text/html", "data": NOTE}}],
        },
    ]


def other_chart() -> list[Resource]:
    """Somebody without spine surgery: nothing to say."""
    return [
        {"resourceType": "Patient", "id": PATIENT, "gender": "male", "birthDate": "1990-01-01"},
        {
            "resourceType": "Condition",
            "id": "cold",
            "code": {"text": "Common cold"},
            "subject": {"reference": f"Patient/{PATIENT}"},
            "recordedDate": "2020-01-01",
        },
    ]


def draft_orders() -> Resource:
    """Drafts as the public CDS Hooks sandbox sends them: no Bundle.type, an empty coding, an empty list."""
    return {
        "resourceType": "Bundle",
        "entry": [
            {
                "resource": {
                    "resourceType": "ServiceRequest",
                    "id": "draft-mri",
                    "status": "draft",
                    "intent": "order",
                    "code": {
                        "coding": [
                            {
                                "system": "http://loinc.org",
                                "code": "30679-5",
                                "display": "MR Lumbar spine WO contrast",
                            },
                            {},
                        ],
                        "text": "MRI lumbar spine without contrast",
                    },
                    "subject": {"reference": f"Patient/{PATIENT}"},
                    "reasonCode": [],
                }
            },
            {
                "resource": {
                    "resourceType": "ServiceRequest",
                    "id": NOT_SELECTED,
                    "status": "draft",
                    "intent": "order",
                    "code": {"coding": [{}], "text": "Magnetic resonance imaging of lumbar spine"},
                    "subject": {"reference": f"Patient/{PATIENT}"},
                }
            },
        ],
    }


def context(hook: str) -> dict[str, Any]:
    """The context of a hook, complete for every hook of the library that a chart service may offer."""
    given: dict[str, Any] = {"userId": PRACTITIONER, "patientId": PATIENT}
    if hook in ("order-select", "order-sign"):
        given["draftOrders"] = draft_orders()
    if hook == "order-select":
        given["selections"] = ["ServiceRequest/draft-mri"]
    if hook.startswith("encounter-"):
        given["encounterId"] = "backstory-try-visit"
    if hook == "problem-list-item-create":
        given["conditions"] = {"resourceType": "Bundle", "entry": []}
    if hook == "appointment-book":
        given["appointments"] = {"resourceType": "Bundle", "entry": []}
    return given
