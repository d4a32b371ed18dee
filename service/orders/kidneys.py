"""Next steps in; the same steps out, without gadolinium where the kidneys speak against it and nobody is in danger."""

from __future__ import annotations

from msgspec.structs import replace

from service.domain.conclusions import Conclusions, NextStep
from service.knowledge import Knowledge


def spare(conclusions: Conclusions, knowledge: Knowledge) -> Conclusions:
    """The conclusions with every step spared; in an emergency the study stays, with its caution."""
    return replace(conclusions, steps=tuple(without(step, conclusions, knowledge) for step in conclusions.steps))


def without(step: NextStep, conclusions: Conclusions, knowledge: Knowledge) -> NextStep:
    """The same step, or its study without contrast where the kidneys call for that."""
    caution = conclusions.sheet.findings.get("gd_caution")
    record = knowledge.steps[step.id]
    if caution is None or caution.value != "yes" or step.order is None:
        return step
    if record.modality != "MR" or step.urgency == "emergency" or not step.order.with_contrast:
        return step
    orders = (clause.order for clause in record.orders if clause.order is not None)
    plain = next((order for order in orders if not order.with_contrast), None)
    return step if plain is None else replace(step, order=plain)
