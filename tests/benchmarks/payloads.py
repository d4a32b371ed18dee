"""Deterministic patient-view calls and Bundles of any size: quiet charts, and charts after spine surgery."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import orjson

CM = "http://hl7.org/fhir/sid/icd-10-cm"
PCS = "http://www.cms.gov/Medicare/Coding/ICD10"
SCT = "http://snomed.info/sct"
DCM = "http://dicom.nema.org/resources/ontology/DCM"

_ILLS = (
    ("I10", "Essential (primary) hypertension"),
    ("E78.5", "Hyperlipidemia, unspecified"),
    ("J06.9", "Acute upper respiratory infection, unspecified"),
    ("H52.13", "Myopia, bilateral"),
    ("K21.9", "Gastro-esophageal reflux disease without esophagitis"),
)


def call(*, fbss: bool, resources: int, today: date, fused: bool = False) -> bytes:
    """A patient-view request: Patient and ``resources`` others, a sixth Procedures, a fifth ImagingStudies."""
    made = chart(fbss=fbss, resources=resources, today=today, fused=fused)
    kinds = {"procedures": "Procedure", "conditions": "Condition", "imagingStudies": "ImagingStudy"}
    prefetch: dict[str, Any] = {"patient": made[0]}
    for key, kind in kinds.items():
        prefetch[key] = _searchset([resource for resource in made if resource["resourceType"] == kind])
    for key in ("diagnosticReports", "observations", "medications", "devices", "allergies", "serviceRequests"):
        prefetch[key] = _searchset([])
    return orjson.dumps(
        {
            "hook": "patient-view",
            "hookInstance": "7a3d0c1e-5b1f-4a52-9a53-0d3c8f1b6a10",
            "context": {"userId": "Practitioner/1", "patientId": "bench"},
            "prefetch": prefetch,
        }
    )


def bundle(*, fbss: bool, resources: int, today: date) -> bytes:
    entries = [{"resource": resource} for resource in chart(fbss=fbss, resources=resources, today=today)]
    return orjson.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries})


def chart(*, fbss: bool, resources: int, today: date, fused: bool = False) -> list[dict[str, Any]]:
    patient = {**_common("Patient", "bench", "subject-of-the-call"), "birthDate": "1970-02-03", "gender": "female"}
    patient.pop("subject", None)
    made = [patient, *(_after_surgery(today) if fbss else ()), *(_after_fusion(today) if fused else ())]
    for n in range(resources + 1 - len(made)):
        day = (today - timedelta(days=400 + 17 * n % 4000)).isoformat()
        made.append((_condition, _condition, _study, _condition, _procedure, _condition)[n % 6](n, day))
    return made


def _after_surgery(today: date) -> list[dict[str, Any]]:
    """Relief after a discectomy, then sudden leg pain; a bare MRI from before the return."""

    def back(days: int) -> str:
        return (today - timedelta(days=days)).isoformat()

    return [
        {
            **_common("Procedure", "op", "Lumbar microdiscectomy L4/5"),
            "status": "completed",
            "code": _code(SCT, "178625001", "Primary lumbar microdiscectomy"),
            "bodySite": [_code(SCT, "84020006", "L4/L5 disc")],
            "performedDateTime": back(700),
        },
        {**_pain("M54.16", "Radiculopathy, lumbar region", back(800), back(790)), "abatementDateTime": back(680)},
        _pain("M54.16", "Radiculopathy, lumbar region", back(40), back(30)),
        _pain("M54.50", "Low back pain, unspecified", back(35), back(30)),
        {
            **_common("ImagingStudy", "mr", "MRI lumbar spine"),
            "status": "available",
            "modality": [{"system": DCM, "code": "MR"}],
            "started": back(200),
            "procedureCode": [_code("http://loinc.org", "24967-2", "MR Lumbar spine WO and W contrast IV")],
        },
    ]


def _after_fusion(today: date) -> list[dict[str, Any]]:
    """A second operation and much that may come of it: three cards."""

    def back(days: int) -> str:
        return (today - timedelta(days=days)).isoformat()

    return [
        {
            **_common("Procedure", "fusion", "Lumbar fusion L4/5"),
            "status": "completed",
            "code": {"text": "Posterior lumbar interbody fusion L4-L5"},
            "performedDateTime": back(690),
        },
        _pain("M96.0", "Pseudarthrosis after fusion or arthrodesis", back(30), back(30)),
        _pain("M53.3", "Sacrococcygeal disorders, not elsewhere classified", back(30), back(30)),
        _pain("M48.061", "Spinal stenosis, lumbar region without neurogenic claudication", back(30), back(30)),
    ]


def _pain(code: str, display: str, onset: str, recorded: str) -> dict[str, Any]:
    return {
        **_common("Condition", f"pain-{code}-{onset}", display),
        "clinicalStatus": _code("http://terminology.hl7.org/CodeSystem/condition-clinical", "active", "Active"),
        "code": {**_code(CM, code, display), "text": f"{display}, left"},
        "onsetDateTime": onset,
        "recordedDate": recorded,
    }


def _condition(n: int, day: str) -> dict[str, Any]:
    code, display = _ILLS[n % len(_ILLS)]
    return {
        **_common("Condition", f"c{n}", display),
        "clinicalStatus": _code("http://terminology.hl7.org/CodeSystem/condition-clinical", "active", "Active"),
        "verificationStatus": _code(
            "http://terminology.hl7.org/CodeSystem/condition-ver-status", "confirmed", "Confirmed"
        ),
        "category": [_code("http://terminology.hl7.org/CodeSystem/condition-category", "problem-list-item", "Problem")],
        "code": {**_code(CM, code, display), "text": display},
        "onsetDateTime": day,
        "recordedDate": day,
    }


def _procedure(n: int, day: str) -> dict[str, Any]:
    return {
        **_common("Procedure", f"p{n}", "Resection of appendix"),
        "status": "completed",
        "code": {
            **_code(PCS, "0DTJ4ZZ", "Resection of Appendix, Percutaneous Endoscopic Approach"),
            "text": "Appendix",
        },
        "performedPeriod": {"start": f"{day}T08:00:00Z", "end": f"{day}T09:10:00Z"},
    }


def _study(n: int, day: str) -> dict[str, Any]:
    return {
        **_common("ImagingStudy", f"s{n}", "Chest radiograph"),
        "status": "available",
        "modality": [{"system": DCM, "code": "DX"}],
        "started": f"{day}T10:00:00Z",
        "numberOfSeries": 1,
        "description": "Chest PA and lateral",
        "series": [{"uid": f"1.2.3.{n}", "modality": {"system": DCM, "code": "DX"}, "numberOfInstances": 2}],
    }


def _common(kind: str, ident: str, words: str) -> dict[str, Any]:
    """What EHRs send around the little that matters: meta, narrative, identifiers."""
    return {
        "resourceType": kind,
        "id": ident,
        "meta": {
            "versionId": "3",
            "lastUpdated": "2025-01-02T03:04:05.678Z",
            "profile": [f"http://hl7.org/fhir/us/core/StructureDefinition/us-core-{kind.lower()}"],
        },
        "text": {
            "status": "generated",
            "div": f'<div xmlns="http://www.w3.org/1999/xhtml"><p><b>{words}</b></p>'
            f"<p>Recorded in the outpatient department and reviewed by the team; entry {ident}. "
            "See the encounter documentation for the full note and the list of participants.</p></div>",
        },
        "identifier": [{"use": "usual", "system": "urn:oid:1.2.36.146.595.217.0.1", "value": f"{kind}-{ident}"}],
        "subject": {"reference": "Patient/bench", "display": "Bench, Patient"},
        "encounter": {"reference": f"Encounter/e-{ident}", "display": "Outpatient visit"},
    }


def _code(system: str, code: str, display: str) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code, "display": display}]}


def _searchset(resources: list[dict[str, Any]]) -> dict[str, Any]:
    entries = [
        {
            "fullUrl": f"https://ehr.example/fhir/{r['resourceType']}/{r['id']}",
            "resource": r,
            "search": {"mode": "match"},
        }
        for r in resources
    ]
    return {"resourceType": "Bundle", "type": "searchset", "total": len(entries), "entry": entries}
