"""Builders for charts of the past: raw resources, the entries of a chart, and what is visible of it at an instant."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from service.intake import Entry
from service.intake.references import aliases
from service.replay import known, rewind
from service.replay.buckets import Lines
from service.replay.rewind import Grade

UTC = ZoneInfo("UTC")
WHO = "Patient/p"
CM = "http://hl7.org/fhir/sid/icd-10-cm"


def when(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


def made(kind: str, ident: str, **elements: Any) -> dict[str, Any]:
    return {"resourceType": kind, "id": ident, "subject": {"reference": WHO}, **elements}


def coded(code: str, system: str = CM) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code}]}


def status(word: str) -> dict[str, Any]:
    return {"coding": [{"code": word}]}


def updated(text: str) -> dict[str, str]:
    return {"lastUpdated": text}


PATIENT = {"resourceType": "Patient", "id": "p", "birthDate": "1970-01-01", "gender": "female"}
OPERATION = made(
    "Procedure", "op", status="completed", performedDateTime="2023-01-10",
    code={"coding": [{"system": "http://www.cms.gov/Medicare/Coding/ICD10", "code": "0SB20ZZ"}],
          "text": "Microdiscectomy L4/5 left"},
)  # fmt: skip
RELIEF = made(
    "Observation", "relief", status="final", effectiveDateTime="2023-02-20T10:00:00Z",
    code=coded("72514-3", "http://loinc.org"), valueQuantity={"value": 0, "unit": "{score}"},
)  # fmt: skip
SCIATICA = made(
    "Condition", "sciatica", clinicalStatus=status("active"), code={**coded("M54.32"), "text": "Sudden left sciatica"},
    onsetDateTime="2024-01-20", recordedDate="2024-02-01T09:30:00Z",
)  # fmt: skip


def visit(ident: str, start: str, end: str = "", **elements: Any) -> dict[str, Any]:
    period = {"start": start, **({"end": end} if end else {})}
    return made("Encounter", ident, status="finished", period=period, **elements)


def seen(at: str, *resources: dict[str, Any], lenient: bool = False) -> dict[str, dict[str, Any]]:
    """What is visible at that instant, by reference."""
    return {ref: raw for ref, (raw, _) in looked(at, *resources, lenient=lenient).items()}


def looked(at: str, *resources: dict[str, Any], lenient: bool = False) -> dict[str, tuple[dict[str, Any], Grade]]:
    """The same with its grade."""
    entries = [Entry(str(number), resource) for number, resource in enumerate(resources)]
    chart = known.about(resources, UTC, aliases(entries))
    told = {item.ref: rewind.at(item, when(at), chart, lenient=lenient) for item in rewind.items(entries, chart)}
    return {ref: (raw, grade) for ref, (raw, grade) in told.items() if raw is not None}


def lines(*resources: dict[str, Any]) -> Lines:
    held = tuple((f"0:{number}", "", orjson.dumps(raw)) for number, raw in enumerate(resources, 1))
    return Lines(WHO, held)
