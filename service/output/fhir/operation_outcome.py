"""What was left out of an evaluation, or could not be had, as an OperationOutcome: places and reasons, no content."""

from __future__ import annotations

import re
from collections.abc import Iterable

from service.domain.statements import Skipped
from service.output.fhir.identifiers import Names, Resource

_PATH = re.compile(r"[A-Za-z]+(\[\d+\])?(\.[A-Za-z]\w*(\[\d+\])?)*\Z")
_EXPECTED = (
    "status",
    "verificationStatus",
    "dated after",
    "about another patient",
    "a second copy",
    "a resource type that",
    "a contained resource",
    "not shown",
)
"""How the reasons begin that are no fault of the sender: such entries are read and do not count."""


def write(skipped: Iterable[Skipped], missing: Iterable[str], names: Names) -> Resource | None:
    """One issue for each part of the input that was not used; ``None`` when all was."""
    told = [_issue(each) for each in skipped]
    told += [
        {"severity": "warning", "code": "incomplete", "details": {"text": f"The patient's {name} could not be had."}}
        for name in missing
    ]
    if not told:
        return None
    return {"resourceType": "OperationOutcome", "id": names.id("OperationOutcome"), "issue": told}


def _issue(skipped: Skipped) -> Resource:
    expected = skipped.reason.startswith(_EXPECTED)
    code = "structure"
    if expected:
        code = "suppressed" if skipped.reason.startswith("not shown") else "informational"
    elif skipped.reason.startswith("R5"):
        code = "not-supported"
    elif skipped.reason.startswith("text not read"):
        code = "incomplete"
    issue: Resource = {
        "severity": "information" if expected else "warning",
        "code": code,
        "details": {"text": skipped.reason},
    }
    if _PATH.match(skipped.path):
        issue["expression"] = [skipped.path]
    else:
        issue["diagnostics"] = skipped.path
    return issue
