"""A next step as a draft order for a clinician to sign."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from service.domain.conclusions import Conclusions, NextStep, Reason
from service.output.cards.context import Writing

_PRIORITY = {"emergency": "stat", "urgent": "urgent", "routine": "routine"}


def service_request(
    step: NextStep,
    topic: dict[str, str],
    reasons: Iterable[Reason],
    conclusions: Conclusions,
    writing: Writing,
) -> dict[str, Any]:
    """The draft order behind a next step: an R4 ServiceRequest with intent ``proposal``, for a clinician to sign.

    Raises ValueError for a step that has no verified order code.
    """
    if step.order is None:
        raise ValueError(f"{step.id} has no order code")
    request: dict[str, Any] = {
        "resourceType": "ServiceRequest",
        "status": "draft",
        "intent": "proposal",
        "priority": _PRIORITY[step.urgency],
        "code": {
            "coding": [{"system": step.order.system, "code": step.order.code, "display": step.order.display}],
            "text": step.title,
        },
        "subject": {"reference": _reference("Patient", writing.patient)},
        "authoredOn": conclusions.sheet.as_of.isoformat(),
        "reasonCode": [{"coding": [topic], "text": topic["display"]}],
    }
    if writing.encounter:
        request["encounter"] = {"reference": _reference("Encounter", writing.encounter)}
    conditions = dict.fromkeys(ref for reason in reasons for ref in reason.refs if ref.startswith("Condition/"))
    if conditions:
        request["reasonReference"] = [{"reference": ref} for ref in list(conditions)[:5]]
    if step.cautions:
        request["note"] = [{"text": " ".join(step.cautions)}]
    return request


def _reference(kind: str, ident: str) -> str:
    return ident if "/" in ident else f"{kind}/{ident}"
