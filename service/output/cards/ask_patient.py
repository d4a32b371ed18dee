"""What the chart leaves open, for the patient to answer before the visit: a Task for the Questionnaire."""

from __future__ import annotations

from typing import Any

from service.fhir.canonical import CANONICAL
from service.knowledge.answers import QUESTIONNAIRE

LABEL = "Send the patient the questions"
PROFILE = f"{CANONICAL}/StructureDefinition/backstory-questions-task"


def task(patient: str, encounter: str, authored: str) -> dict[str, Any]:
    """An R4 Task that asks the patient to fill in the published Questionnaire; a draft, for a clinician to send."""
    who = patient if "/" in patient else f"Patient/{patient}"
    made: dict[str, Any] = {
        "resourceType": "Task",
        "meta": {"profile": [PROFILE]},
        "status": "draft",
        "intent": "proposal",
        "code": {"text": "Complete questionnaire"},
        "description": "Questions about the pain after the spine operation, to be answered before the visit",
        "for": {"reference": who},
        "owner": {"reference": who},
        "authoredOn": authored,
        "input": [{"type": {"text": "Questionnaire"}, "valueCanonical": QUESTIONNAIRE}],
    }
    if encounter:
        made["encounter"] = {"reference": encounter if "/" in encounter else f"Encounter/{encounter}"}
    return made
