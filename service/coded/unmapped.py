"""Procedure codes that no value set knows, so that an operation is read by its words only: told, not hidden."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Protocol

from service.domain.statements import Skipped
from service.fhir.record import Record

_MOST = 12
"""Codes that are named; the rest is counted."""

_SHOWN = re.compile(r"[0-9A-Za-z.-]{1,20}\Z")
"""What looks like a code is shown; anything else could be words about the patient."""


class Codes(Protocol):
    def hits(self, system: str | None, code: str | None) -> Iterable[object]: ...


def procedures(record: Record, codes: Codes, name_of_system: Callable[[str | None], str]) -> tuple[Skipped, ...]:
    """One line for all procedure codings of which none of a procedure is in a value set, the commonest code first."""
    found: Counter[str] = Counter()
    for procedure in record.procedures:
        codings = [c for c in (procedure.code.coding if procedure.code else None) or () if c is not None and c.code]
        if any(codes.hits(c.system, c.code) for c in codings):
            continue
        for coding in codings:
            if _SHOWN.match(coding.code or ""):
                system = name_of_system(coding.system) or "another system"
                found[f"{coding.code} ({system})"] += 1
    if not found:
        return ()
    ordered = sorted(found, key=lambda told: (-found[told], told))
    named = ", ".join(ordered[:_MOST]) + (f" and {len(ordered) - _MOST} more" if len(ordered) > _MOST else "")
    return (Skipped(f"Procedure.code ({sum(found.values())})", f"in no value set, so read by its words only: {named}"),)
