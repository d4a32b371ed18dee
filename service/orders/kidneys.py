"""Next steps in; the same steps out, without gadolinium where the kidneys speak against it and nobody is in danger."""

from __future__ import annotations

from msgspec.structs import replace

from service.domain.conclusions import Conclusions, NextStep
from service.knowledge import Knowledge
from service.orders.order_types import contrast_in


def spare(conclusions: Conclusions, knowledge: Knowledge) -> Conclusions:
    """Propose the study without contrast instead; in an emergency the study stays, with its caution."""
    caution = conclusions.sheet.findings.get("gd_caution")
    if caution is None or caution.value != "yes":
        return conclusions
    return replace(conclusions, steps=tuple(_without(step, knowledge) for step in conclusions.steps))


def _without(step: NextStep, knowledge: Knowledge) -> NextStep:
    record = knowledge.steps[step.id]
    if record.modality != "MR" or step.urgency == "emergency" or step.order is None:
        return step
    if contrast_in(step.order.display) != "with":
        return step
    orders = (clause.order for clause in record.orders if clause.order is not None)
    plain = next((order for order in orders if contrast_in(order.display) == "without"), None)
    return step if plain is None else replace(step, order=plain)
