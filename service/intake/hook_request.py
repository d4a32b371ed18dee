"""A CDS Hooks request as a frozen `Call`: envelope checked, context read, unknown attributes ignored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.domain.errors import BadRequest
from service.intake.entry import Entry

# What each hook's context must hold (CDS Hooks library); everything else in it is optional.
REQUIRED_CONTEXT: dict[str, tuple[str, ...]] = {
    "patient-view": ("userId", "patientId"),
    "order-select": ("userId", "patientId", "selections", "draftOrders"),
    "order-sign": ("userId", "patientId", "draftOrders"),
    "encounter-start": ("userId", "patientId", "encounterId"),
    "problem-list-item-create": ("userId", "patientId", "conditions"),
}

ORDER_SELECT = "order-select"
OF_ORDERS = (ORDER_SELECT, "order-sign")

_STRINGS = ("userId", "patientId", "encounterId")


@dataclass(frozen=True, slots=True)
class Call:
    """One call of one hook. ``authorization`` is the client's FHIR token and stays inside this call."""

    hook: str
    instance: str
    patient: str
    encounter: str
    context: Mapping[str, Any]
    prefetch: Mapping[str, Any]
    fhir_server: str = ""
    authorization: Mapping[str, Any] | None = None

    @property
    def by_patient(self) -> bool:
        """Whether the patient, or somebody of the family, asks: the cards speak to clinicians."""
        user = self.context.get("userId")
        return isinstance(user, str) and not _LAY.isdisjoint(user.split("/")[:-1])


_LAY = frozenset({"Patient", "RelatedPerson"})


def is_call(payload: object) -> bool:
    return isinstance(payload, dict) and "hook" in payload and "resourceType" not in payload


def read(payload: object, hook: str = "") -> Call:
    """Check the envelope of a hook request. Raises BadRequest, naming the attribute and never its value.

    ``hook`` is the one hook that this service answers; "" accepts any known hook.
    """
    if not isinstance(payload, dict):
        raise BadRequest("The body must be a JSON object: a CDS Hooks request.")
    named = payload.get("hook")
    if not isinstance(named, str) or named not in REQUIRED_CONTEXT:
        raise BadRequest("'hook' is missing or not a hook that this service knows.")
    if hook and named != hook:
        raise BadRequest(f"This service answers the hook '{hook}'; the request names another one.")
    instance = payload.get("hookInstance")
    if not isinstance(instance, str) or not instance.strip():
        raise BadRequest("'hookInstance' is missing; it must be a UUID as a string.")
    context = payload.get("context")
    if not isinstance(context, dict):
        raise BadRequest("'context' is missing; it must be an object.")
    for name in REQUIRED_CONTEXT[named]:
        if context.get(name) in (None, ""):
            raise BadRequest(f"'context.{name}' is missing; {named} requires it.")
    for name in _STRINGS:
        if context.get(name) is not None and not isinstance(context[name], str):
            raise BadRequest(f"'context.{name}' must be a string.")
    prefetch = payload.get("prefetch")
    server = payload.get("fhirServer")
    authorization = payload.get("fhirAuthorization")
    return Call(
        hook=named,
        instance=instance,
        patient=context["patientId"].removeprefix("Patient/"),
        encounter=(context.get("encounterId") or "").removeprefix("Encounter/"),
        context=context,
        prefetch=prefetch if isinstance(prefetch, dict) else {},
        fhir_server=server if isinstance(server, str) else "",
        authorization=authorization if isinstance(authorization, dict) else None,
    )


def told_by_context(call: Call) -> tuple[Entry, ...]:
    """The resources that the context itself brings into the chart: problems that were just written down."""
    conditions = call.context.get("conditions")
    if call.hook != "problem-list-item-create" or not isinstance(conditions, dict):
        return ()
    held = conditions.get("entry")
    resources = [entry.get("resource") for entry in held if isinstance(entry, dict)] if isinstance(held, list) else []
    return tuple(
        Entry(f"context.conditions.entry[{at}].resource", resource)
        for at, resource in enumerate(resources)
        if isinstance(resource, dict)
    )
