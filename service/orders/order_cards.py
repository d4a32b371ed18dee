"""Advice on draft orders in; CDS Hooks cards out, whose suggestions change the EHR's own resource and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from service.domain.conclusions import Conclusions, NextStep
from service.domain.statements import Ref
from service.orders.advice import Advice
from service.output.cards import cards, context, proposed_order, step_names, text
from service.output.cards.context import Writing
from service.output.cards.lines import FIRST, MUST, NEXT, SECOND, Line, fit
from service.output.cards.markdown import clip, escape

MOST_CARDS = 5
_RANK = ("critical", "warning", "info")


def emergencies(conclusions: Conclusions, ordered: frozenset[str]) -> Conclusions:
    """Only the critical alarms with their steps; a step that is being ordered is named but not suggested again."""
    critical = tuple(alarm for alarm in (*conclusions.alarms, *conclusions.warnings) if alarm.indicator == "critical")
    steps = tuple(replace(step, order=None) if step.id in ordered else step for step in conclusions.steps)
    return Conclusions(sheet=conclusions.sheet, alarms=critical, steps=steps)


def write(advices: Iterable[Advice], conclusions: Conclusions, writing: Writing) -> list[dict[str, Any]]:
    """One card per advice, the most pressing first."""
    ordered = sorted(advices, key=lambda advice: _RANK.index(advice.indicator))
    return [_card(advice, conclusions, writing) for advice in ordered[:MOST_CARDS]]


def _card(advice: Advice, conclusions: Conclusions, writing: Writing) -> dict[str, Any]:
    named = escape(clip(advice.draft.words.partition(" ; ")[0] or "no name", 60))
    told = {reason.text for reason in advice.reasons}
    mind = [escape(caution) for caution in advice.cautions if caution not in told]
    next_ = [] if advice.say in ("mind", "contrast") else [each for each in (advice.becomes, *advice.also) if each]
    lines = (
        Line(SECOND, f"Order: {named}"),
        *(Line(FIRST, line.text) for line in text.reasons(advice.reasons, conclusions, advice.summary)),
        *(Line(FIRST, escape(line)) for line in advice.lines),
        Line(MUST, f"**Mind**: {'; '.join(mind)}" if mind else ""),
        Line(NEXT, f"Consider: {escape(step_names.action(next_))}" if next_ else ""),
        text.not_available(writing.missing),
    )
    card = cards.envelope(advice.topic, advice.title, advice.summary, advice.indicator, fit(lines), writing)
    suggestions = _suggestions(advice, conclusions, writing)
    if suggestions:
        card["suggestions"] = suggestions
        card["selectionBehavior"] = "at-most-one"
    return card


def _suggestions(advice: Advice, conclusions: Conclusions, writing: Writing) -> list[dict[str, Any]]:
    own = prune(advice.draft.resource)
    if advice.say == "missing":
        return [_create(step, advice, conclusions, writing) for step in advice.also if writing.patient]
    if not advice.draft.ref:
        changed = advice.becomes if advice.say in ("instead", "contrast", "modality") else None
        return [_create(changed, advice, conclusions, writing)] if changed and changed.order and writing.patient else []
    if advice.say == "done":
        kept = _noted(own, (advice.reasons[0].text,), advice.earlier)
        leave = [] if advice.indicator == "warning" else [_delete(advice, writing)]
        return [*leave, _update("Keep it, with this noted on the order", kept, advice, writing)]
    if advice.say == "mind":
        return [_update("Note this on the order", _noted(own, advice.cautions, ()), advice, writing)]
    step = advice.becomes
    if step is None or step.order is None:
        return []
    changed_order = _noted(own, advice.cautions, ())
    changed_order["code"] = {
        "coding": [{"system": step.order.system, "code": step.order.code, "display": step.order.display}],
        "text": step.order.display,
    }
    return [_update(f"Change to: {step.order.display}", changed_order, advice, writing)]


def _update(label: str, resource: dict[str, Any], advice: Advice, writing: Writing) -> dict[str, Any]:
    return _suggestion(
        label, advice, writing, {"type": "update", "description": clip(label, 120), "resource": resource}
    )


def _delete(advice: Advice, writing: Writing) -> dict[str, Any]:
    label = "Leave this order out"
    return _suggestion(label, advice, writing, {"type": "delete", "description": label, "resourceId": advice.draft.ref})


def _create(step: NextStep, advice: Advice, conclusions: Conclusions, writing: Writing) -> dict[str, Any]:
    topic = context.topic_of(advice.topic, advice.title)
    orders = proposed_order.service_requests(step, topic, advice.reasons, conclusions, writing)
    actions = [
        {"type": "create", "description": clip(f"Propose: {order['code']['text']}", 120), "resource": order}
        for order in orders
    ]
    return _suggestion(step_names.label(step), advice, writing, *actions)


def _suggestion(label: str, advice: Advice, writing: Writing, *actions: dict[str, Any]) -> dict[str, Any]:
    return {"label": clip(label, 80), "uuid": writing.new_id(advice.topic), "actions": list(actions)}


def _noted(resource: dict[str, Any], notes: Iterable[str], earlier: Iterable[Ref]) -> dict[str, Any]:
    """The resource as the EHR sent it, with notes and the earlier study added behind its own."""
    changed = dict(resource)
    if added_notes := [{"text": note} for note in notes]:
        changed["note"] = [*_listed(resource.get("note")), *added_notes]
    told = _listed(resource.get("supportingInfo"))
    known = {each.get("reference") for each in told if isinstance(each, dict) and each.keys() == {"reference"}}
    if added := [{"reference": ref} for ref in earlier if ref not in known]:
        changed["supportingInfo"] = [*told, *added]
    return changed


def _listed(value: object) -> list[Any]:
    return list(value) if isinstance(value, list) else []


def prune(resource: Mapping[str, Any]) -> dict[str, Any]:
    """The same resource without nulls, empty strings, lists and objects, which must never be sent."""
    return {name: kept for name, value in resource.items() if (kept := _pruned(value)) not in (None, "", [], {})}


def _pruned(value: Any) -> Any:
    if isinstance(value, dict):
        return prune(value)
    if isinstance(value, list):
        return [kept for each in value if (kept := _pruned(each)) not in (None, "", [], {})]
    return value
