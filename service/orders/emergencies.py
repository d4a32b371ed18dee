"""Which emergencies order hooks speak of: the critical alarms that one of the orders touches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from service.domain.conclusions import Conclusions, NextStep
from service.orders.draft_orders import Draft
from service.orders.order_types import step_of
from service.output.cards import step_names


def touched(conclusions: Conclusions, chosen: Sequence[Draft]) -> Conclusions:
    """Only the critical alarms with their steps, and only when an order at the spine, or one that the alarm itself
    asks for, is among those chosen, be it withdrawn.

    Whoever opened the chart was told already: an order of paracetamol is no occasion to tell it again.
    """
    critical = tuple(alarm for alarm in (*conclusions.alarms, *conclusions.warnings) if alarm.indicator == "critical")
    told = tuple(alarm for alarm in critical if any(_touches(draft, alarm.id, conclusions.steps) for draft in chosen))
    # An alarm whose sign is touched speaks with it.
    kept = critical if told else ()
    return Conclusions(sheet=conclusions.sheet, alarms=kept, steps=conclusions.steps)


def _touches(draft: Draft, alarm: str, steps: Iterable[NextStep]) -> bool:
    return bool(step_of(draft)) or any(_is(draft, step) for step in steps if alarm in step.for_ids)


def _is(draft: Draft, step: NextStep) -> bool:
    """Whether the draft orders this step, by code or by its name."""
    if step.order is not None and step.order.code in draft.codes:
        return True
    said = draft.words.lower()
    return step.title.lower() in said or step_names.short(step).lower() in said
