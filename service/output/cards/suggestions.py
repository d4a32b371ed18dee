"""The buttons of a card: complete orders, the questions for the patient, and "known"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from service.domain.conclusions import Conclusions, NextStep, Reason
from service.output.cards import ask_patient, known, proposed_order, step_names, tasks, under_way
from service.output.cards.context import Writing
from service.output.cards.markdown import clip

Suggestions = list[dict[str, Any]]
MOST_ORDERS = 4
"""More buttons are read by nobody; what is left stands among the next steps."""


def orders(
    steps: Iterable[NextStep],
    topic: dict[str, str],
    reasons: tuple[Reason, ...],
    conclusions: Conclusions,
    writing: Writing,
    *,
    grave: bool = False,
    undecided: bool = False,
) -> Suggestions:
    """One suggestion for each step that is an order and is not open already; CRP and ESR are two orders of one.

    A needle has no button while pictures or blood are still asked for (``undecided``): their result decides about it.
    The report of an operation is requested by a Task; so is, on a ``grave`` card without an order, the first step done
    by hand.
    """
    if not writing.patient:
        return []
    steps = tuple(steps)
    found: Suggestions = []
    for step in steps:
        if step.id == tasks.REPORT:
            found.append(_task(step, topic, conclusions, writing))
        elif (
            proposed_order.is_order(step)
            and len(found) < MOST_ORDERS
            and not (undecided and proposed_order.is_needle(step))
        ):
            made = proposed_order.service_requests(step, topic, reasons, conclusions, writing)
            if left := under_way.left(made, step, writing.under_way):
                found.append(_suggestion(step_names.label(step), topic["code"], left, writing))
    by_hand = [step for step in steps if tasks.is_task(step)]
    if grave and by_hand and not found:
        found.append(_task(by_hand[0], topic, conclusions, writing))
    return found


def ask(topic: str, conclusions: Conclusions, writing: Writing) -> Suggestions:
    """The Questionnaire to the patient."""
    if not writing.patient:
        return []
    task = ask_patient.task(writing.patient, writing.encounter, conclusions.sheet.as_of.isoformat())
    return [_suggestion(ask_patient.LABEL, topic, [task], writing)]


def hide(topic: str, title: str, key: str, conclusions: Conclusions, writing: Writing) -> Suggestions:
    """The Flag that keeps this card quiet; not offered where the site switched it off."""
    if not (writing.patient and writing.hide_known):
        return []
    flag = known.flag(title, key, writing.patient, writing.encounter, conclusions.sheet.as_of)
    return [_suggestion(known.LABEL, topic, [flag], writing)]


def _task(step: NextStep, topic: dict[str, str], conclusions: Conclusions, writing: Writing) -> dict[str, Any]:
    return _suggestion(tasks.label(step), topic["code"], [tasks.task(step, conclusions, writing)], writing)


def _suggestion(label: str, topic: str, resources: list[dict[str, Any]], writing: Writing) -> dict[str, Any]:
    return {
        "label": clip(label, 80),
        "uuid": writing.new_id(topic),
        "actions": [
            {"type": "create", "description": clip(f"{label}: {_named(resource)}", 120), "resource": resource}
            for resource in resources
        ],
    }


def _named(resource: dict[str, Any]) -> str:
    return str(resource["code"]["text"])
