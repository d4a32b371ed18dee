"""The report of an operation that is not in the record, to be asked for: a step and the operation in, a Task out."""

from __future__ import annotations

from typing import Any

from service.domain.conclusions import Conclusions, NextStep
from service.fhir.canonical import CANONICAL
from service.output.cards.context import Writing

STEP = "obtain-operative-report"
LABEL = "Request report"
PROFILE = f"{CANONICAL}/StructureDefinition/backstory-task"
_PRIORITY = {"emergency": "stat", "urgent": "urgent", "routine": "routine"}


def task(step: NextStep, conclusions: Conclusions, writing: Writing) -> dict[str, Any]:
    """An R4 Task that says which report is wanted of which operation: a draft, for a clinician to send.

    Nobody is named as its owner: where the operation was done, the chart mostly does not say.
    """
    story = conclusions.sheet.story
    known = ", ".join(
        part for part in (" + ".join(story.classes), ", ".join(story.levels), story.side, story.date) if part
    )
    wanted = f"Request the report of the operation at the spine ({known or 'day and level not recorded'})"
    made: dict[str, Any] = {
        "resourceType": "Task",
        "meta": {"profile": [PROFILE]},
        "status": "draft",
        "intent": "proposal",
        "priority": _PRIORITY[step.urgency],
        "code": {
            "coding": [{"system": f"{CANONICAL}/CodeSystem/steps", "code": step.id, "display": step.title}],
            "text": step.title,
        },
        "description": f"{wanted} from where it was done: day, level, side, what was done, implants, complications.",
        "for": {"reference": writing.patient if "/" in writing.patient else f"Patient/{writing.patient}"},
        "authoredOn": conclusions.sheet.as_of.isoformat(),
    }
    if story.refs:
        made["focus"] = {"reference": story.refs[0]}
    if writing.encounter:
        made["encounter"] = {
            "reference": writing.encounter if "/" in writing.encounter else f"Encounter/{writing.encounter}"
        }
    return made
