"""A next step as draft orders for a clinician to sign: complete, with contrast, urgency, reason and cautions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from service.domain.conclusions import Conclusions, NextStep, Order, Reason
from service.output.cards import step_names
from service.output.cards.context import Writing

_PRIORITY = {"emergency": "stat", "urgent": "urgent", "routine": "routine"}
_ORDERED = frozenset({"referral", "imaging", "test", "block"})
"""Kinds of step that somebody else carries out: without a code of their own they are orders in words."""
_BY_HAND = frozenset({"emergency-pathway", "bladder-scan", "coagulation-review"})
"""Steps of those kinds that are begun at the bedside and not by an order."""
_WITH_IT = {
    "labs-crp-esr": Order("http://loinc.org", "4537-7", "Erythrocyte sedimentation rate by Westergren method"),
}
_ICD = "http://hl7.org/fhir/sid/icd-10-cm"
_PAIN = {"system": _ICD, "code": "M96.1", "display": "Postlaminectomy syndrome, not elsewhere classified"}
_OPERATED = {"system": _ICD, "code": "Z98.890", "display": "Other specified postprocedural states"}
"""A suspicion is no diagnosis: the code says that this is a patient after an operation, the text what is suspected."""


def is_order(step: NextStep) -> bool:
    """Whether a button can order this step; examinations and reports to obtain are not orders."""
    return step.order is not None or (step.kind in _ORDERED and step.id not in _BY_HAND)


def is_needle(step: NextStep) -> bool:
    """Whether a step goes into the body: a block, an injection, a biopsy."""
    return step.kind == "block" or step.id == "disc-biopsy"


def decides(step: NextStep) -> bool:
    """Whether a result of this step may make a needle unnecessary or tell where it goes."""
    return step.kind == "imaging" or step.id == "labs-crp-esr"


def service_requests(
    step: NextStep,
    topic: dict[str, str],
    reasons: Iterable[Reason],
    conclusions: Conclusions,
    writing: Writing,
) -> list[dict[str, Any]]:
    """Every order that a step needs, its own first: CRP with ESR, else one. R4 ServiceRequests, draft proposals.

    Raises ValueError for a step that is no order.
    """
    if not is_order(step):
        raise ValueError(f"{step.id} is no order")
    reasons = tuple(reasons)
    first = _request(step, step.order, topic, reasons, conclusions, writing)
    beside = _WITH_IT.get(step.id)
    return [first] if beside is None else [first, _request(step, beside, topic, reasons, conclusions, writing)]


def is_for(request: dict[str, Any], step: NextStep) -> bool:
    """Whether a proposed order is (the first) one of this step."""
    codes = [coding["code"] for coding in request["code"].get("coding", ())]
    return step.order.code in codes if step.order else request["code"]["text"] == step.title


def _request(
    step: NextStep,
    order: Order | None,
    topic: dict[str, str],
    reasons: tuple[Reason, ...],
    conclusions: Conclusions,
    writing: Writing,
) -> dict[str, Any]:
    request: dict[str, Any] = {
        "resourceType": "ServiceRequest",
        "status": "draft",
        "intent": "proposal",
        "priority": _PRIORITY[step.urgency],
        "code": _code(step, order),
        "subject": {"reference": _reference("Patient", writing.patient)},
        "authoredOn": conclusions.sheet.as_of.isoformat(),
        "reasonCode": [{"coding": [_reason(topic)], "text": f"Suspected: {topic['display']}"}],
    }
    if step.kind == "referral":
        request["category"] = [{"text": "Referral"}]
    if writing.encounter:
        request["encounter"] = {"reference": _reference("Encounter", writing.encounter)}
    grounds = (reason for reason in reasons if reason.group != "risk")
    conditions = dict.fromkeys(ref for reason in grounds for ref in reason.refs if ref.startswith("Condition/"))
    if conditions:
        request["reasonReference"] = [{"reference": ref} for ref in list(conditions)[:5]]
    cautions = [caution for caution in step.cautions if "LOINC" not in caution]
    if cautions:
        request["note"] = [{"text": " ".join(f"{caution.rstrip('.')}." for caution in cautions)}]
    return request


def _code(step: NextStep, order: Order | None) -> dict[str, Any]:
    if order is None:
        return {"text": step.title}
    contrast = step_names.contrast_of(order.display)
    own = step.order is order and step.id not in _WITH_IT
    return {
        "coding": [{"system": order.system, "code": order.code, "display": order.display}],
        "text": (f"{step.title}, {contrast}" if contrast else step.title) if own else order.display,
    }


def _reason(topic: dict[str, str]) -> dict[str, str]:
    return dict(_OPERATED if topic["code"].startswith(("rf-", "exam-", "order-")) else _PAIN)


def _reference(kind: str, ident: str) -> str:
    return ident if "/" in ident else f"{kind}/{ident}"
