"""Charts with a known answer, evaluated before a process is ready: emergencies are found, a quiet chart stays quiet.

Rules with holes load as well as whole ones, and then find nothing; that must not be mistaken for a healthy patient.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from service import pipeline
from service.knowledge import RuleError
from service.output.cards import cards

AS_OF = date(2026, 1, 15)
ALARM = "rf-cauda-equina"
_SUBJECT = {"reference": "Patient/golden"}
_OPERATION = {
    "resourceType": "Procedure",
    "id": "operation",
    "status": "completed",
    "subject": _SUBJECT,
    "performedDateTime": "2024-01-10",
    "code": {
        "coding": [{"system": "http://www.cms.gov/Medicare/Coding/ICD10", "code": "0SB20ZZ"}],
        "text": "Lumbar discectomy L4-L5 left",
    },
}


def _coded(ident: str, code: str) -> dict[str, Any]:
    coding = {"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": code}
    return {
        "resourceType": "Condition",
        "id": ident,
        "subject": _SUBJECT,
        "recordedDate": "2026-01-15",
        "onsetDateTime": "2026-01-15",
        "code": {"coding": [coding]},
    }


def _chart(*resources: dict[str, Any]) -> dict[str, Any]:
    person = {"resourceType": "Patient", "id": "golden", "birthDate": "1970-01-01"}
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": r} for r in (person, *resources)]}


BY_CODE = _chart(_OPERATION, _coded("syndrome", "G83.4"))
BY_WORDS = _chart(
    _OPERATION,
    {
        "resourceType": "Condition",
        "id": "words",
        "subject": _SUBJECT,
        "recordedDate": "2026-01-15",
        "code": {"text": "Saddle numbness and urinary retention since yesterday"},
    },
)
QUIET = _chart(_OPERATION, _coded("hay-fever", "J30.1"))


def check(service: pipeline.Service) -> None:
    """Raise RuleError when a golden chart comes out wrong. An alarm that the site switched off is not expected."""
    problems = []
    if ALARM not in service.knowledge.disabled:
        for told, chart in (("in codes", BY_CODE), ("in words", BY_WORDS)):
            found = {
                alarm.id for alarm in pipeline.conclude(pipeline.read(chart, AS_OF), service, explain=False).alarms
            }
            if ALARM not in found:
                problems.append(f"golden chart: an emergency told {told} raises no {ALARM}; the rule set has a hole.")
    quiet = pipeline.conclude(pipeline.read(QUIET, AS_OF), service, explain=False)
    if any(card["indicator"] == "critical" for card in cards.write(quiet, pipeline.writing(service, "golden"))):
        problems.append("golden chart: a quiet chart raises an alarm; the rule set is damaged.")
    if problems:
        raise RuleError(problems)
