"""References as charts write them (urn:uuid, absolute, versioned, contained) brought to one form: ``Type/id``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from service.intake.gather import Entry

_TAIL = re.compile(r"(?:^|/)([A-Z][A-Za-z]{2,39}/[^/?#\s]{1,128})(?:/_history/[^/]*)?\Z")

_ONE = ("subject", "patient", "encounter", "context", "medicationReference")
_MANY = ("imagingStudy", "basedOn", "reasonReference", "report", "result")


def aliases(entries: Iterable[Entry]) -> dict[str, str]:
    """Map every fullUrl to the ``Type/id`` of its resource."""
    found: dict[str, str] = {}
    for entry in entries:
        kind, own = entry.resource.get("resourceType"), entry.resource.get("id")
        if entry.full_url and isinstance(kind, str):
            found[entry.full_url] = f"{kind}/{own if isinstance(own, str) and own else name_of(entry.full_url)}"
    return found


def name_of(full_url: str) -> str:
    """The last part of a fullUrl, which names a resource that carries no id of its own."""
    return re.split(r"[/:]", full_url)[-1][:128]


def canonical(reference: str, known: Mapping[str, str]) -> str:
    """Bring one reference to ``Type/id`` where that is possible; otherwise leave it as it is."""
    if reference in known:
        return known[reference]
    tail = _TAIL.search(reference)
    return tail[1] if tail else reference


def settle(resource: dict[str, Any], known: Mapping[str, str]) -> dict[str, Any]:
    """Return the resource with the references that are read here in canonical form; the input is not changed."""
    changed: dict[str, Any] = {}
    for name in _ONE:
        if (held := resource.get(name)) is not None:
            settled = _settled(held, known)
            if settled is not held:
                changed[name] = settled
    for name in _MANY:
        many = resource.get(name)
        if isinstance(many, list):
            settled_many = [_settled(held, known) for held in many]
            if any(new is not old for new, old in zip(settled_many, many, strict=True)):
                changed[name] = settled_many
    return {**resource, **changed} if changed else resource


def _settled(held: object, known: Mapping[str, str]) -> object:
    if not isinstance(held, dict) or not isinstance(held.get("reference"), str):
        return held
    found = canonical(held["reference"], known)
    return held if found == held["reference"] else {**held, "reference": found}
