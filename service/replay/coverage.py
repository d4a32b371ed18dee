"""What the rules could not read: codes of systems that no value set knows, and documents without readable text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from service.knowledge.terminology import CodeIndex

_CODED = frozenset({"Procedure", "Condition"})
_MOST = 5_000
"""Different codes that are counted in one bucket."""

Gap = tuple[str, str, str, str]
"""What it is (code, system without mapping, no code, document), system, code, display."""


def count(resources: Iterable[dict[str, Any]], codes: CodeIndex, counted: Counter[Gap]) -> None:
    """Add the gaps of one chart: each is counted once for a patient, so that the figure is one of people."""
    found: set[Gap] = set()
    for resource in resources:
        kind = resource.get("resourceType")
        if kind in _CODED:
            found.update(_code(str(kind), resource.get("code"), codes))
        elif kind == "DocumentReference":
            for content in _list(resource.get("content")):
                attachment = content.get("attachment") if isinstance(content, dict) else None
                found.add(("document", "DocumentReference", _type(attachment), ""))
        elif kind == "DiagnosticReport":
            for form in _list(resource.get("presentedForm")):
                if isinstance(form, dict) and not (form.get("data") and _type(form).startswith("text/")):
                    found.add(("document", "DiagnosticReport", _type(form), "" if form.get("data") else "not included"))
    for gap in found:
        if gap in counted or len(counted) < _MOST:
            counted[gap] += 1


def _code(kind: str, concept: object, codes: CodeIndex) -> Iterable[Gap]:
    listed = (
        [each for each in _list(concept.get("coding")) if isinstance(each, dict)] if isinstance(concept, dict) else []
    )
    systems = {system for each in listed if isinstance(system := each.get("system"), str)}
    if any(codes.knows(system) for system in systems):
        return
    for each in listed:
        system, code, display = (str(each.get(key) or "")[:120] for key in ("system", "code", "display"))
        yield f"local code of a {kind}", system, code, display
    if not listed:
        yield (f"{kind} without a code", "", "", "")


def _type(attachment: object) -> str:
    told = attachment.get("contentType") if isinstance(attachment, dict) else None
    return str(told or "type not given").partition(";")[0].strip().lower()[:60]


def _list(held: object) -> list[Any]:
    return held if isinstance(held, list) else []
