"""Why nothing is said: a case about which no card speaks in; one line for people out."""

from __future__ import annotations

from collections.abc import Sequence

from service.domain.findings import CaseSheet
from service.domain.spans import Interval
from service.knowledge.records import CauseRecord
from service.reasoning import complaint
from service.reasoning.differential import Case

NO_SURGERY = "no lumbar surgery on record or stated"
ROUTINE = "routine recovery"
RESOLVED = "the pain after the operation is over"
WELL = "the notes tell of a patient who is well"
NO_COMPLAINT = "no complaint since the operation is known, and nothing found speaks without one"
NOT_LATELY = "pain was not stated lately"
NOT_READ = "a text that was not read, or only in part, may hold one"


KINDS = {
    NO_SURGERY: "no surgery",
    RESOLVED: "resolved",
    WELL: "resolved",
    ROUTINE: "routine recovery",
    NO_COMPLAINT: "no complaint",
    NOT_LATELY: "not lately",
}
"""How each line begins, and the kind under which it is counted."""


def kind_of(line: str) -> str:
    return next((kind for begin, kind in KINDS.items() if line.startswith(begin)), "")


def tell(case: Case, pain: str, negatives: Sequence[CauseRecord], sheet: CaseSheet) -> str:
    """No surgery; resolved; routine recovery on day n; no complaint known, with what was not read; not lately."""
    if pain == complaint.OVER:
        return RESOLVED
    if pain == complaint.SLIGHT:
        return WELL
    if pain == complaint.NOT_KNOWN:
        unread = bool(sheet.unread or sheet.not_understood)
        return f"{NO_COMPLAINT}; {NOT_READ}" if unread else NO_COMPLAINT
    if negatives:
        return f"{ROUTINE}{_day(case)}: {negatives[0].title[:1].lower()}{negatives[0].title[1:]}"
    return NOT_LATELY


def _day(case: Case) -> str:
    days = case.findings.get("days_since_surgery")
    if days is None or not isinstance(days.value, Interval) or days.value.low != days.value.high:
        return ""
    return f", day {days.value.low}"
