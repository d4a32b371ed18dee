"""SMART scopes, both grammars: the scope text of an authorization in; what may be asked of a resource type out."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SCOPE = re.compile(
    r"(?:patient|user|system)/(?P<type>\*|[A-Z][A-Za-z]+)\.(?P<may>read|write|\*|[cruds]{1,5})(?:\?(?P<narrow>[!-~]+))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Grant:
    """What was granted for one type. ``narrow`` holds the conditions under which alone it may be asked for."""

    open: bool = False
    narrow: tuple[str, ...] = ()


def grant(scopes: str, resource_type: str, search: bool) -> Grant:
    """What these scopes allow: ``patient/Condition.read`` (v1), ``patient/Condition.rs?category=...`` (v2), wildcards.

    No scope at all says nothing (RFC 6749 lets a server leave it out), so the FHIR server decides.
    """
    if not scopes.strip():
        return Grant(open=True)
    narrow: list[str] = []
    for scope in scopes.split():
        found = _SCOPE.fullmatch(scope)
        if found is None or found["type"] not in ("*", resource_type) or not _may(found["may"], search):
            continue
        if found["narrow"] is None:
            return Grant(open=True)
        if found["narrow"] not in narrow:
            narrow.append(found["narrow"])
    return Grant(narrow=tuple(narrow))


def _may(permission: str, search: bool) -> bool:
    if permission in ("read", "write", "*"):
        return permission != "write"
    return ("s" if search else "r") in permission
