"""Advice on draft orders in; CDS Hooks cards out, whose suggestions change the EHR's own resource and nothing else."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from service.domain.conclusions import Conclusions, NextStep
from service.domain.statements import Ref
from service.orders import hurry
from service.orders.advice import Advice
from service.output.cards import cards, context, envelope, proposed_order, quotes, step_names, text
from service.output.cards.context import Writing
from service.output.cards.lines import FIRST, MUST, NEXT, SECOND, Line, fit
from service.output.cards.markdown import clip, escape
from service.output.cards.under_way import UnderWay

MOST_CARDS = 5
_RANK = ("critical", "warning", "info")
_RESULT = 140
"""Characters of a result: its conclusion opens with what matters."""


def write(
    advices: Iterable[Advice],
    ordered: frozenset[str],
    urgent: Conclusions,
    conclusions: Conclusions,
    writing: Writing,
) -> list[dict[str, Any]]:
    """The emergencies that the orders touch, then one card per advice, the most pressing first.

    A step that is ``ordered`` anyway has no button. What an emergency's own card says of an order already has no
    second card: one event, one card.
    """
    advices = tuple(advices)
    late = {advice.step: advice for advice in advices if advice.say == "urgency"}
    open_ = _with_ordered(writing.under_way, (step for step in urgent.steps if step.id in ordered))
    critical = cards.write(_told_late(urgent, late), dataclasses.replace(writing, under_way=open_))
    spoken = {card["source"]["topic"]["code"] for card in critical}
    covered = {step.id: step for step in urgent.steps if spoken & set(step.for_ids)}
    for advice in late.values():
        _add_priority(advice, critical, covered, writing)
    ranked = sorted(advices, key=lambda advice: _RANK.index(advice.indicator))
    left = [advice for advice in ranked if not _is_told(advice, covered)]
    shown, cut = left[:MOST_CARDS], [escape(advice.title) for advice in left[MOST_CARDS:]]
    more = f"And {len(cut)} more: {'; '.join([*dict.fromkeys(cut)][:2])}" if cut else ""
    told = [more if advice is shown[-1] else "" for advice in shown]
    return [*critical, *(_card(*each, conclusions, writing) for each in zip(shown, told, strict=True))]


def _with_ordered(known: UnderWay, steps: Iterable[NextStep]) -> UnderWay:
    codes, words = set(known.codes), list(known.words)
    for step in steps:
        if step.order:
            codes.add(step.order.code)
        words.append(step.title.lower())
    return UnderWay(frozenset(codes), tuple(words))


def _is_told(advice: Advice, covered: Mapping[str, NextStep]) -> bool:
    if advice.step not in covered or advice.say not in ("mind", "urgency"):
        return False
    return advice.say == "urgency" or len(advice.cautions) <= len(covered[advice.step].cautions)


def _told_late(urgent: Conclusions, late: Mapping[str, Advice]) -> Conclusions:
    """Each alarm whose own study is drafted to wait says so first."""
    wants = {ident: late[step.id] for step in urgent.steps if step.id in late for ident in step.for_ids}
    alarms = (
        replace(alarm, action=f"{hurry.drafted(wants[alarm.id])}: consider it now. {alarm.action}")
        if alarm.id in wants
        else alarm
        for alarm in urgent.alarms
    )
    return replace(urgent, alarms=tuple(alarms))


def _add_priority(
    advice: Advice, critical: list[dict[str, Any]], covered: Mapping[str, NextStep], writing: Writing
) -> None:
    step = covered.get(advice.step)
    if step is None or not advice.draft.ref:
        return
    for card in critical:
        if card["source"]["topic"]["code"] in step.for_ids:
            card["suggestions"] = [_prioritised(advice, writing), *card.get("suggestions", ())]
            card["selectionBehavior"] = "any"
            return


def _card(advice: Advice, more: str, conclusions: Conclusions, writing: Writing) -> dict[str, Any]:
    named = escape(clip(advice.draft.words.partition(" ; ")[0] or "no name", 60))
    told = {reason.text for reason in advice.reasons}
    mind = [escape(caution) for caution in advice.cautions if caution not in told]
    next_ = (
        []
        if advice.say in ("mind", "contrast", "urgency")
        else [each for each in (advice.becomes, *advice.also) if each]
    )
    lines = (
        ()
        if advice.brief
        else (
            Line(FIRST, f"Result: “{escape(clip(quotes.tidy(advice.result), _RESULT))}”" if advice.result else ""),
            Line(SECOND, f"Order: {named}"),
            *(Line(FIRST, line.text) for line in text.reasons(advice.reasons, conclusions, advice.summary)),
            *(Line(FIRST, escape(line)) for line in advice.lines),
            Line(MUST, f"**Mind**: {'; '.join(mind)}" if mind else ""),
            Line(NEXT, f"Consider: {escape(step_names.action(next_))}" if next_ else ""),
            text.not_available(writing.missing),
        )
    )
    lines = (*lines, Line(MUST, more)) if more else lines
    card = envelope.write(
        advice.topic, advice.title, advice.summary, advice.indicator, fit(lines, advice.summary), writing
    )
    suggestions = _suggestions(advice, conclusions, writing)
    if suggestions:
        card["suggestions"] = suggestions
        card["selectionBehavior"] = "any" if advice.say == "missing" else "at-most-one"
    return card


def _suggestions(advice: Advice, conclusions: Conclusions, writing: Writing) -> list[dict[str, Any]]:
    own = prune(advice.draft.resource)
    if advice.say == "missing":
        return [_create(step, advice, conclusions, writing) for step in advice.also if writing.patient]
    if advice.say == "urgency":
        return _hurried(advice, own, writing)
    if not advice.draft.ref:
        changed = advice.becomes if advice.say in ("instead", "contrast", "modality") else None
        return [_create(changed, advice, conclusions, writing)] if changed and changed.order and writing.patient else []
    if advice.say == "done":
        kept = _noted(own, (advice.reasons[0].text,), advice.earlier)
        leave = [] if advice.indicator == "warning" else [_delete(advice, writing)]
        return [*leave, _update("Keep it, with this noted on the order", kept, advice, writing)]
    if advice.say == "mind":
        return [_update("Note this on the order", _noted(own, advice.cautions, ()), advice, writing)]
    changed_order = _changed(own, advice)
    return [_update(changed_order[0], changed_order[1], advice, writing)] if changed_order else []


def _changed(own: dict[str, Any], advice: Advice) -> tuple[str, dict[str, Any]] | None:
    """The order with another study, and what the button says: study, contrast, urgency."""
    step = advice.becomes
    if step is None or step.order is None:
        return None
    changed = _noted(own, advice.cautions, ())
    contrast = step_names.contrast_of(step.order.display)
    changed["code"] = {
        "coding": [{"system": step.order.system, "code": step.order.code, "display": step.order.display}],
        "text": f"{step.title}, {contrast}" if contrast else step.title,
    }
    name = step_names.short(step)
    return f"Change to: {name[:1].upper()}{name[1:]}{f', {contrast}' if contrast else ''}", changed


def _hurried(advice: Advice, own: dict[str, Any], writing: Writing) -> list[dict[str, Any]]:
    if not advice.draft.ref:
        return []
    found = [_prioritised(advice, writing)]
    if changed := _changed(own, advice):
        label = f"{changed[0]}, {advice.priority}"
        found.append(_update(label, {**changed[1], "priority": advice.priority}, advice, writing))
    return found


def _prioritised(advice: Advice, writing: Writing) -> dict[str, Any]:
    """The order as it is, with the priority that the chart asks for."""
    noted = _noted(prune(advice.draft.resource), advice.cautions, ())
    return _update(f"Change priority to {advice.priority}", {**noted, "priority": advice.priority}, advice, writing)


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
