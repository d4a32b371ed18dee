"""One entry of a patient.toml in, the R4 resource that it stands for out, its dates moved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tests.patients.titles import display

SYSTEMS = {
    "sct": "http://snomed.info/sct",
    "cm": "http://hl7.org/fhir/sid/icd-10-cm",
    "icd10": "http://hl7.org/fhir/sid/icd-10",
    "icd11": "http://id.who.int/icd/release/11/mms",
    "pcs": "http://www.cms.gov/Medicare/Coding/ICD10",
    "loinc": "http://loinc.org",
    "dcm": "http://dicom.nema.org/resources/ontology/DCM",
}
_SITES = {
    "L1-L2": "80064006",
    "L2-L3": "67459009",
    "L3-L4": "62551000",
    "L4-L5": "84020006",
    "L5-S1": "715056000",
}
_SIDES = {"left": "7771000", "right": "24028007", "bilateral": "51440002"}
_STATUS = {
    "Procedure": "completed",
    "ImagingStudy": "available",
    "DiagnosticReport": "final",
    "Observation": "final",
    "MedicationRequest": "active",
    "Device": "active",
    "ServiceRequest": "active",
    "Encounter": "finished",
    "QuestionnaireResponse": "completed",
}
_CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
_VERIFIED = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
_UCUM = "http://unitsofmeasure.org"
_AGO = re.compile(r"(\d+) days? ago")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(T.*)?\Z", re.DOTALL)
_PARTIAL = re.compile(r"\d{4}(-\d{2})?\Z")
KEYS = {"type", "id", "codes", "text", "site", "side", "date", "until", "onset", "recorded", "abated", "status",
         "verification", "modality", "value", "unit", "says", "finding", "conclusion", "note", "study", "encounter",
         "reason", "answers", "raw"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Calendar:
    as_of: date
    shift: timedelta

    def read(self, told: object) -> str | None:
        """A TOML date, ``"2024-03"``, ``"2024"``, ``"14 days ago"`` or ``"today"`` as a moved FHIR date."""
        if told is None:
            return None
        if isinstance(told, datetime):
            return (told + self.shift).isoformat()
        if isinstance(told, date):
            return (told + self.shift).isoformat()
        text = str(told)
        if text == "today":
            return (self.as_of + self.shift).isoformat()
        if ago := _AGO.fullmatch(text):
            return (self.as_of - timedelta(days=int(ago[1])) + self.shift).isoformat()
        return self.move(text)

    def move(self, text: str) -> str:
        """Move a FHIR date of any precision. A partial one is moved by its middle, so it may change its month."""
        if whole := _DAY.match(text):
            return (date.fromisoformat(whole[1]) + self.shift).isoformat() + (whole[2] or "")
        if _PARTIAL.match(text):
            middle = date.fromisoformat(text + ("-15" if "-" in text else "-07-01"))
            return (middle + self.shift).isoformat()[: len(text)]
        raise ValueError(f"not a date: {text}")

    def raw(self, told: Any) -> Any:
        """Raw FHIR elements as they are, whole dates moved."""
        if isinstance(told, dict):
            return {key: self.raw(value) for key, value in told.items()}
        if isinstance(told, list):
            return [self.raw(value) for value in told]
        if isinstance(told, date):
            return self.read(told)
        return self.move(told) if isinstance(told, str) and _DAY.match(told) else told


def resource(short: Mapping[str, Any], who: str, calendar: Calendar) -> dict[str, Any]:
    kind = short["type"]
    made: dict[str, Any] = {"resourceType": kind, "id": short["id"]}
    if kind in _STATUS or "status" in short:
        made["status"] = short.get("status", _STATUS.get(kind))
    made["patient" if kind in ("Device", "AllergyIntolerance") else "subject"] = {"reference": who}
    if "encounter" in short:
        made["encounter"] = {"reference": f"Encounter/{short['encounter']}"}
    if "note" in short:
        made["note"] = [{"text": short["note"]}]
    made |= _OWN[kind](short, calendar)
    made |= calendar.raw(short.get("raw", {}))
    return {key: value for key, value in made.items() if value not in (None, [], {})}


def concept(codes: Iterable[str] = (), text: str | None = None) -> dict[str, Any] | None:
    """``["cm:M54.16"]`` and a text as a CodeableConcept; the display comes from the value sets and code lists."""
    made: dict[str, Any] = {}
    if coding := [_coding(code) for code in codes]:
        made["coding"] = coding
    if text:
        made["text"] = text
    return made or None


def _coding(told: str) -> dict[str, str]:
    prefix, _, code = told.partition(":")
    system = SYSTEMS[prefix]
    shown = display(system, code)
    return {"system": system, "code": code} | ({"display": shown} if shown else {})


def _code(short: Mapping[str, Any]) -> dict[str, Any] | None:
    return concept(short.get("codes", ()), short.get("text"))


def _sites(short: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Disc segments by their SNOMED body site, anything else as words; the side as a body site of its own."""
    told = short.get("site", [])
    sites = [told] if isinstance(told, str) else told
    made: list[dict[str, Any] | None] = [
        concept([f"sct:{_SITES[site]}"]) if site in _SITES else concept(text=site) for site in sites
    ]
    if "side" in short:
        made.append(concept([f"sct:{_SIDES[short['side']]}"], short["side"]))
    return [site for site in made if site]


def _procedure(short: Mapping[str, Any], calendar: Calendar) -> dict[str, Any]:
    made = {"code": _code(short), "bodySite": _sites(short), "reasonCode": _reasons(short)}
    if "until" in short:
        made["performedPeriod"] = {"start": calendar.read(short.get("date")), "end": calendar.read(short["until"])}
    else:
        made["performedDateTime"] = calendar.read(short.get("date"))
    return made


def _condition(short: Mapping[str, Any], calendar: Calendar) -> dict[str, Any]:
    status = short.get("status", "active")
    verified = short.get("verification", "confirmed")
    made: dict[str, Any] = {
        "code": _code(short),
        "bodySite": _sites(short),
        "onsetDateTime": calendar.read(short.get("onset")),
        "recordedDate": calendar.read(short.get("recorded", short.get("date"))),
        "abatementDateTime": calendar.read(short.get("abated")),
        "verificationStatus": {"coding": [{"system": _VERIFIED, "code": verified}]},
    }
    made["status"] = None
    if verified != "entered-in-error":
        made["clinicalStatus"] = {"coding": [{"system": _CLINICAL, "code": status}]}
    return made


def _study(short: Mapping[str, Any], calendar: Calendar) -> dict[str, Any]:
    modality = _coding(f"dcm:{short['modality']}") if "modality" in short else None
    return {
        "started": calendar.read(short.get("date")),
        "modality": [modality] if modality else None,
        "description": short.get("text"),
        "procedureCode": [concept(short["codes"])] if "codes" in short else None,
        "reasonCode": _reasons(short),
    }


def _report(short: Mapping[str, Any], calendar: Calendar) -> dict[str, Any]:
    when = calendar.read(short.get("date"))
    return {
        "code": _code(short),
        "effectiveDateTime": when,
        "issued": f"{when}T12:00:00Z" if when and len(when) == 10 else None,
        "imagingStudy": [{"reference": f"ImagingStudy/{short['study']}"}] if "study" in short else None,
        "conclusion": short.get("conclusion"),
        "conclusionCode": [concept([code]) for code in short.get("finding", ())],
    }


def _observation(short: Mapping[str, Any], calendar: Calendar) -> dict[str, Any]:
    made: dict[str, Any] = {
        "code": _code(short),
        "effectiveDateTime": calendar.read(short.get("date")),
        "valueString": short.get("says"),
        "bodySite": next(iter(_sites(short)), None),
    }
    if "finding" in short:
        made["valueCodeableConcept"] = concept(short["finding"])
    value = short.get("value")
    if isinstance(value, bool):
        made["valueBoolean"] = value
    elif value is not None:
        unit = short.get("unit")
        made["valueQuantity"] = {"value": value} | ({"unit": unit, "system": _UCUM, "code": unit} if unit else {})
    return made


def _medication(short: Mapping[str, Any], calendar: Calendar) -> dict[str, Any]:
    return {
        "intent": "order",
        "medicationCodeableConcept": _code(short),
        "authoredOn": calendar.read(short.get("date")),
    }


def _device(short: Mapping[str, Any], calendar: Calendar) -> dict[str, Any]:
    return {"type": _code(short)}


def _allergy(short: Mapping[str, Any], calendar: Calendar) -> dict[str, Any]:
    return {"code": _code(short), "recordedDate": calendar.read(short.get("date"))}


def _request(short: Mapping[str, Any], calendar: Calendar) -> dict[str, Any]:
    return {
        "intent": "order",
        "code": _code(short),
        "authoredOn": calendar.read(short.get("date")),
        "bodySite": _sites(short),
        "reasonCode": _reasons(short),
    }


def _encounter(short: Mapping[str, Any], calendar: Calendar) -> dict[str, Any]:
    start, end = calendar.read(short.get("date")), calendar.read(short.get("until", short.get("date")))
    ambulatory = {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"}
    return {
        "class": ambulatory,
        "type": [c] if (c := _code(short)) else None,
        "period": {"start": start, "end": end} if start else None,
        "reasonCode": _reasons(short),
    }


def _answers(short: Mapping[str, Any], calendar: Calendar) -> dict[str, Any]:
    """``answers`` maps a linkId to a text, number, yes/no or date."""
    kinds = {bool: "valueBoolean", int: "valueInteger", float: "valueDecimal", str: "valueString", date: "valueDate"}
    return {
        "authored": calendar.read(short.get("date")),
        "item": [
            {"linkId": link, "answer": [{kinds[type(said)]: calendar.raw(said)}]}
            for link, said in short.get("answers", {}).items()
        ],
    }


def _reasons(short: Mapping[str, Any]) -> list[dict[str, Any]]:
    """``reason`` is a text or a list of codes."""
    told = short.get("reason")
    if isinstance(told, str):
        return [{"text": told}]
    return [c for code in told or () if (c := concept([code]))]


_OWN = {
    "Procedure": _procedure,
    "Condition": _condition,
    "ImagingStudy": _study,
    "DiagnosticReport": _report,
    "Observation": _observation,
    "MedicationRequest": _medication,
    "Device": _device,
    "AllergyIntolerance": _allergy,
    "ServiceRequest": _request,
    "Encounter": _encounter,
    "QuestionnaireResponse": _answers,
}
