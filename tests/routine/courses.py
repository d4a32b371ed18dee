"""Uneventful courses as hospitals chart them: falling scores and CRP, old diagnoses left open and billed again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

OPERATED = date(2025, 3, 10)
DAYS = (1, 3, 10, 21, 42, 90, 180, 365)
_PATIENT = {"reference": "Patient/r"}
_CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
_CATEGORY = "http://terminology.hl7.org/CodeSystem/condition-category"

Resource = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Course:
    """An operation with the scores and CRP that usually follow it, by day, and the diagnosis that led to it."""

    name: str
    code: str
    text: str
    diagnosis: str
    words: str
    scores: tuple[int, ...]
    crp: tuple[int, ...]


DISCECTOMY = Course(
    "discectomy", "178625001", "Microdiscectomy L5/S1 left", "M54.17", "Radiculopathy, lumbosacral region",
    (6, 5, 4, 3, 2, 2, 1, 1), (40, 80, 20, 5, 2),
)  # fmt: skip
DECOMPRESSION = Course(
    "decompression", "448070004", "Lumbar laminectomy, decompression L4/L5", "M48.062",
    "Spinal stenosis, lumbar region with neurogenic claudication", (6, 5, 4, 3, 3, 2, 2, 1), (45, 80, 20, 6, 3),
)  # fmt: skip
FUSION = Course(
    "fusion", "55705006", "Posterior lumbar interbody fusion with pedicle screws L4/L5", "M54.16",
    "Radiculopathy, lumbar region", (8, 6, 5, 4, 3, 3, 2, 2), (70, 140, 38, 12, 5),
)  # fmt: skip
COURSES = (DISCECTOMY, DECOMPRESSION, FUSION)


def at(day: int) -> str:
    return (OPERATED + timedelta(days=day)).isoformat()


def chart(course: Course, day: int, more: Iterable[Resource] = ()) -> Resource:
    """The chart as it stands so many days after the operation; ``more`` is what a test adds."""
    until = [n for n, each in enumerate(DAYS) if each <= day]
    entries = [
        {"resourceType": "Patient", "id": "r", "birthDate": "1968-05-05"},
        {
            "resourceType": "Procedure", "id": "op", "status": "completed", "performedDateTime": at(0),
            "code": {"coding": [{"system": "http://snomed.info/sct", "code": course.code}], "text": course.text},
            "subject": _PATIENT,
        },
        condition("old", course.diagnosis, course.words, -90, onset=-120, category="problem-list-item"),
        score("pre", 8, -20),
        *(score(f"n{n}", course.scores[n], DAYS[n]) for n in until),
        *(crp(f"c{n}", course.crp[n], DAYS[n]) for n in until if n < len(course.crp)),
        *(condition(f"v{n}", course.diagnosis, course.words, DAYS[n]) for n in until if DAYS[n] in (21, 42, 90)),
    ]  # fmt: skip
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": r} for r in (*entries, *more)]}


def condition(
    ident: str, code: str, words: str, day: int, *, onset: int | None = None, category: str = "encounter-diagnosis"
) -> Resource:
    told: Resource = {
        "resourceType": "Condition", "id": ident, "subject": _PATIENT, "recordedDate": at(day),
        "clinicalStatus": {"coding": [{"system": _CLINICAL, "code": "active"}]},
        "category": [{"coding": [{"system": _CATEGORY, "code": category}]}],
        "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": code, "display": words}]},
    }  # fmt: skip
    return told if onset is None else {**told, "onsetDateTime": at(onset)}


def score(ident: str, value: int, day: int) -> Resource:
    return _observation(ident, "72514-3", "Pain severity - 0-10 verbal numeric rating", value, "{score}", day)


def crp(ident: str, value: int, day: int) -> Resource:
    return _observation(ident, "1988-5", "C reactive protein", value, "mg/L", day)


def temperature(ident: str, value: float, day: int) -> Resource:
    return _observation(ident, "8310-5", "Body temperature", value, "Cel", day)


def report(ident: str, title: str, conclusion: str, day: int) -> Resource:
    return {
        "resourceType": "DiagnosticReport", "id": ident, "status": "final", "subject": _PATIENT,
        "code": {"text": title}, "effectiveDateTime": at(day), "conclusion": conclusion,
    }  # fmt: skip


def _observation(ident: str, code: str, words: str, value: float, unit: str, day: int) -> Resource:
    return {
        "resourceType": "Observation", "id": ident, "status": "final", "subject": _PATIENT,
        "code": {"coding": [{"system": "http://loinc.org", "code": code, "display": words}]},
        "effectiveDateTime": at(day),
        "valueQuantity": {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit},
    }  # fmt: skip
