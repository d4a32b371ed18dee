"""What somebody does at the bedside or asks for, and nobody can order: a step in; a draft Task and its button out."""

from __future__ import annotations

from typing import Any

from service.domain import spine
from service.domain.conclusions import Conclusions, NextStep
from service.fhir.canonical import CANONICAL
from service.output.cards import step_names
from service.output.cards.context import Writing
from service.output.cards.markdown import uncapitalised

REPORT = "obtain-operative-report"
LABEL = "Request report"
PROFILE = f"{CANONICAL}/StructureDefinition/backstory-task"
_BY_HAND = frozenset({"bedside", "record"})
_PRIORITY = {"emergency": "stat", "urgent": "urgent", "routine": "routine"}


def is_task(step: NextStep) -> bool:
    """Whether a button may hand this step to somebody: never what an emergency asks for, which is called for."""
    return step.kind in _BY_HAND and step.urgency != "emergency"


def label(step: NextStep) -> str:
    return LABEL if step.id == REPORT else f"To do: {uncapitalised(step_names.label(step))}"


def task(step: NextStep, conclusions: Conclusions, writing: Writing) -> dict[str, Any]:
    """An R4 Task that says what is to be done, and of which operation: a draft, for a clinician to send.

    Nobody is named as its owner: who does it, or where the operation was done, the chart mostly does not say.
    """
    story = conclusions.sheet.story
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
        "description": _report(conclusions) if step.id == REPORT else _described(step, conclusions),
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


def _report(conclusions: Conclusions) -> str:
    story = conclusions.sheet.story
    known = ", ".join(
        part for part in (" + ".join(story.classes), spine.in_words(story.levels), story.side, story.date) if part
    )
    return (
        f"Request the report of the operation at the spine ({known or 'day and level not recorded'}) from where it was "
        "done: day, level, side, what was done, implants, complications."
    )


def _described(step: NextStep, conclusions: Conclusions) -> str:
    """What the warning that wants it asks for; else the step itself and why."""
    asked = [alarm.action for alarm in conclusions.warnings if alarm.id in step.for_ids]
    told = asked or [each.rstrip(".") + "." for each in (step.title, step.why) if each]
    return " ".join(told)
