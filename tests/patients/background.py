"""A seed in, an ordinary chart that has nothing to do with the spine out: what surrounds a patient in a real EHR."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.patients.shorthand import SYSTEMS, concept

_CONDITIONS = (
    "cm:I10", "cm:E78.5", "cm:J06.9", "cm:J20.9", "cm:J30.2", "cm:J45.20", "cm:H52.13", "cm:H52.4", "cm:H10.9",
    "cm:H66.91", "cm:H61.23", "cm:K21.9", "cm:K59.00", "cm:K29.70", "cm:L20.9", "cm:L30.9", "cm:L70.0", "cm:B35.1",
    "cm:B34.9", "cm:A09", "cm:N30.00", "cm:S52.501D", "cm:S93.401A", "cm:S61.211A", "cm:M19.041", "cm:M75.41",
    "cm:M72.2", "cm:E03.9", "cm:E55.9", "cm:G43.909", "cm:D50.9", "cm:Z00.00", "cm:Z23", "cm:K02.9", "cm:I83.90",
    "cm:J32.9", "cm:W57.XXXA", "cm:T78.40XA", "cm:H04.123", "cm:G47.00",
)  # fmt: skip
_LABS = (
    ("loinc:4548-4", 5.1, 5.6, "%"),
    ("loinc:2160-0", 0.7, 1.0, "mg/dL"),
    ("loinc:6690-2", 5.0, 8.5, "10*3/uL"),
    ("loinc:62292-8", 30.0, 45.0, "ng/mL"),
    ("loinc:777-3", 180.0, 320.0, "10*3/uL"),
    ("Serum sodium", 137.0, 143.0, "mmol/L"),
    ("Total cholesterol", 150.0, 210.0, "mg/dL"),
    ("Heart rate", 60.0, 84.0, "/min"),
    ("Body weight", 70.0, 76.0, "kg"),
)
_DRUGS = (
    "Lisinopril 10 mg tablet",
    "Atorvastatin 20 mg tablet",
    "Amoxicillin 500 mg capsule",
    "Loratadine 10 mg tablet",
    "Levothyroxine 50 microgram tablet",
    "Omeprazole 20 mg capsule",
    "Ferrous sulfate 325 mg tablet",
)
_SHOTS = ("Influenza vaccine", "Tetanus and diphtheria vaccine", "Hepatitis B vaccine", "COVID-19 vaccine")
_PROCEDURES = ("Appendectomy", "Colonoscopy", "Cataract extraction, right eye", "Dental cleaning", "Removal of ear wax",
               "Suture of finger laceration", "Closed treatment of wrist fracture")  # fmt: skip
_VISITS = ("General examination", "Follow-up visit", "Eye examination", "Vaccination visit", "Dental visit")
_REPORTS = (
    ("Chest x-ray, two views", "Clear lungs. Normal heart size. No pleural effusion."),
    ("Wrist x-ray, right", "Healed fracture of the distal radius."),
    ("Mammography screening", "No sign of malignancy."),
    ("Abdominal ultrasound", "Liver, gallbladder and kidneys are unremarkable."),
)


def background(size: int, patient: str, as_of: date, seed: int = 7) -> list[dict[str, Any]]:
    """``size`` resources about ``patient`` from the thirty years before ``as_of``; one seed, one chart."""
    dice = Random(seed)
    makers, weights = zip(*_MIX, strict=True)
    made = []
    for number, make in enumerate(dice.choices(makers, weights, k=size)):
        day = as_of - timedelta(days=dice.randrange(20, 30 * 365))
        resource = make(dice, day.isoformat())
        whose = "patient" if resource["resourceType"] == "Immunization" else "subject"
        made.append({**resource, "id": f"background-{number}", whose: {"reference": f"Patient/{patient}"}})
    return made


def _condition(dice: Random, day: str) -> dict[str, Any]:
    status = dice.choice(("active", "resolved", "resolved"))
    return {
        "resourceType": "Condition",
        "clinicalStatus": concept_of("condition-clinical", status),
        "verificationStatus": concept_of("condition-ver-status", "confirmed"),
        "code": concept([dice.choice(_CONDITIONS)]),
        "onsetDateTime": day,
        "recordedDate": day,
    }


def _observation(dice: Random, day: str) -> dict[str, Any]:
    what, low, high, unit = dice.choice(_LABS)
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": concept([what]) if ":" in what else concept(text=what),
        "effectiveDateTime": f"{day}T08:30:00Z",
        "valueQuantity": {
            "value": round(dice.uniform(low, high), 1),
            "unit": unit,
            "system": "http://unitsofmeasure.org",
            "code": unit,
        },
    }


def _encounter(dice: Random, day: str) -> dict[str, Any]:
    return {
        "resourceType": "Encounter",
        "status": "finished",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
        "type": [concept(text=dice.choice(_VISITS))],
        "period": {"start": day, "end": day},
    }


def _medication(dice: Random, day: str) -> dict[str, Any]:
    return {
        "resourceType": "MedicationRequest",
        "status": dice.choice(("active", "completed", "stopped")),
        "intent": "order",
        "medicationCodeableConcept": concept(text=dice.choice(_DRUGS)),
        "authoredOn": day,
    }


def _procedure(dice: Random, day: str) -> dict[str, Any]:
    return {
        "resourceType": "Procedure",
        "status": "completed",
        "code": concept(text=dice.choice(_PROCEDURES)),
        "performedDateTime": day,
    }


def _immunization(dice: Random, day: str) -> dict[str, Any]:
    return {
        "resourceType": "Immunization",
        "status": "completed",
        "vaccineCode": concept(text=dice.choice(_SHOTS)),
        "occurrenceDateTime": day,
    }


def _report(dice: Random, day: str) -> dict[str, Any]:
    title, conclusion = dice.choice(_REPORTS)
    return {
        "resourceType": "DiagnosticReport",
        "status": "final",
        "code": concept(text=title),
        "effectiveDateTime": day,
        "issued": f"{day}T12:00:00Z",
        "conclusion": conclusion,
    }


def concept_of(name: str, code: str) -> dict[str, Any]:
    return {"coding": [{"system": f"http://terminology.hl7.org/CodeSystem/{name}", "code": code}]}


def codes() -> list[tuple[str, str]]:
    """Every (system, code) that a background chart can hold, for the test that checks them."""
    told = [*_CONDITIONS, *(row[0] for row in _LABS if ":" in row[0])]
    return [(SYSTEMS[prefix], code) for prefix, _, code in (code.partition(":") for code in told)]


Maker = Callable[[Random, str], dict[str, Any]]
_MIX: tuple[tuple[Maker, int], ...] = (
    (_condition, 30),
    (_observation, 35),
    (_encounter, 15),
    (_medication, 8),
    (_immunization, 5),
    (_procedure, 4),
    (_report, 3),
)
