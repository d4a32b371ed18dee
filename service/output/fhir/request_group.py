"""Next steps in; a RequestGroup out, with a draft ServiceRequest for each step that can be ordered, else a Task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from service.domain.conclusions import Conclusions, NextStep, Reason
from service.fhir.canonical import CANONICAL
from service.output.cards import context, proposed_order
from service.output.fhir.identifiers import Names, Resource, coded

_PRIORITY = {"emergency": "stat", "urgent": "urgent", "routine": "routine"}
_URGENCY = ("emergency", "urgent", "routine")


def write(
    conclusions: Conclusions, cards: Sequence[Resource], found: Sequence[Resource], names: Names
) -> tuple[Resource | None, list[Resource]]:
    """Write the group and what it proposes, best step first; nothing when the cards say nothing.

    The order of a step that a card suggests is that card's own. A RequestGroup action must have a resource (rqg-1), so
    a step without an order code becomes a Task; so do all steps when no patient is known, whom an order must name.
    """
    if not conclusions.steps or not cards:
        return None, []
    suggested = _suggested(cards)
    topics = {issue["code"]["coding"][0]["code"]: issue["code"]["coding"][0] for issue in found}
    proposed = [
        _orders(step, suggested, topics, conclusions, names)
        if proposed_order.is_order(step) and names.patient
        else [_task(step, topics, names)]
        for step in conclusions.steps
    ]
    most = min((step.urgency for step in conclusions.steps), key=_URGENCY.index)
    group: Resource = {
        "resourceType": "RequestGroup",
        "id": names.id("RequestGroup"),
        **names.profile("backstory-request-group"),
        "identifier": [names.own_identifier("RequestGroup")],
        "instantiatesCanonical": [f"{CANONICAL}/PlanDefinition/backstory-fbss|{names.rule_set}"],
        "instantiatesUri": [f"{CANONICAL}/PlanDefinition/backstory-fbss"],
        "status": "draft",
        "intent": "proposal",
        "priority": _PRIORITY[most],
        **names.about("subject"),
        **names.met("encounter"),
        "authoredOn": names.as_of,
        "author": names.software(),
    }
    if found:
        group["reasonCode"] = [issue["code"] for issue in found]
    group["action"] = [
        _action(step, resource, names)
        for step, resources in zip(conclusions.steps, proposed, strict=True)
        for resource in resources
    ]
    return group, [resource for resources in proposed for resource in resources]


def _orders(
    step: NextStep,
    suggested: Sequence[Resource],
    topics: Mapping[str, Mapping[str, str]],
    conclusions: Conclusions,
    names: Names,
) -> list[Resource]:
    """The orders of a step as its card suggests them; else, or where only part is suggested, as they would be."""
    topic = next((dict(topics[ident]) for ident in step.for_ids if ident in topics), None)
    topic = topic or coded("causes", "orientation", "Pain after spine surgery")["coding"][0]
    writing = context.Writing(patient=names.patient, encounter=names.encounter)
    made = proposed_order.service_requests(step, topic, _reasons(step, conclusions), conclusions, writing)
    orders = [next((each for each in suggested if each["code"] == order["code"]), order) for order in made]
    return [
        {
            "resourceType": "ServiceRequest",
            "id": names.id(f"ServiceRequest {step.id}" + (f" {at}" if at else "")),
            **names.profile("backstory-service-request"),
            **_without_kind(order),
            **_conditions(order, names),
        }
        for at, order in enumerate(orders)
    ]


def _conditions(order: Resource, names: Names) -> Resource:
    held = order.get("reasonReference")
    return {"reasonReference": [names.entry(each["reference"]) for each in held]} if held else {}


def _without_kind(resource: Resource) -> Resource:
    return {name: value for name, value in resource.items() if name != "resourceType"}


def _task(step: NextStep, topics: Mapping[str, Mapping[str, str]], names: Names) -> Resource:
    task: Resource = {
        "resourceType": "Task",
        "id": names.id(f"Task {step.id}"),
        **names.profile("backstory-task"),
        "status": "draft",
        "intent": "proposal",
        "priority": _PRIORITY[step.urgency],
        "code": {**coded("steps", step.id, step.title), "text": step.title},
        "description": _described(step),
        **names.about("for"),
        **names.met("encounter"),
        "authoredOn": names.as_of,
    }
    reason = next((dict(topics[ident]) for ident in step.for_ids if ident in topics), None)
    if reason:
        task["reasonCode"] = {"coding": [reason], "text": reason["display"]}
    if step.cautions:
        task["note"] = [{"text": " ".join(step.cautions)}]
    return task


def _action(step: NextStep, resource: Resource, names: Names) -> Resource:
    return {
        "title": step.title,
        "description": _described(step),
        "priority": _PRIORITY[step.urgency],
        "code": [coded("steps", step.id, step.title)],
        "resource": names.to(resource),
    }


def _described(step: NextStep) -> str:
    told = [step.why or step.title]
    if step.positive:
        told.append(f"If positive: {step.positive}")
    if step.negative:
        told.append(f"If negative: {step.negative}")
    return ". ".join(part.rstrip(".") for part in told) + "."


def _suggested(cards: Sequence[Resource]) -> list[Resource]:
    actions = (a for card in cards for suggestion in card.get("suggestions", ()) for a in suggestion["actions"])
    return [a["resource"] for a in actions if a["resource"]["resourceType"] == "ServiceRequest"]


def _reasons(step: NextStep, conclusions: Conclusions) -> tuple[Reason, ...]:
    causes = (*conclusions.causes, *conclusions.fits, *conclusions.notices)
    alarms = (*conclusions.alarms, *conclusions.warnings)
    told = [reason for alarm in alarms if alarm.id in step.for_ids for reason in alarm.because]
    told += [reason for cause in causes if cause.id in step.for_ids for reason in (*cause.for_, *cause.against)]
    return tuple(told)
