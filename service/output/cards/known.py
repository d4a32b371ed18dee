"""Known stays known, without a memory of our own: a content key on each card, and a Flag of the patient that holds it.

The same chart gives the same key; another level, side or rule entry gives another, and the card comes back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import orjson

from service.domain import partial_dates
from service.domain.conclusions import Conclusions, Reason
from service.fhir.canonical import CANONICAL
from service.fhir.resources import Flag

DAYS = 90
KEY_SYSTEM = f"{CANONICAL}/content-key"
EXTENSION = "example.backstory.content-key"
LABEL = f"Known: hide for {DAYS} days"
CODE = {
    "system": f"{CANONICAL}/CodeSystem/override-reasons",
    "code": "known",
    "display": "Already known and under way",
}
PROFILE = f"{CANONICAL}/StructureDefinition/backstory-known-flag"


def content_key(topic: str, reasons: Iterable[Reason], conclusions: Conclusions, words: Iterable[str] = ()) -> str:
    """A hash of cause, operated levels, side and the rule entries that fired; no date and no id goes into it.

    ``words``: of an alarm, what of the chart raised it, so that a second weakness is not hidden with the first.
    """
    findings, story = conclusions.sheet.findings, conclusions.sheet.story
    painful = findings.get("pain_side")
    told = [
        topic,
        sorted(story.levels),
        story.side,
        painful.value if painful is not None and isinstance(painful.value, str) else "",
        sorted({reason.clause or reason.text for reason in reasons}),
        *sorted(words),
    ]
    return hashlib.sha256(orjson.dumps(told)).hexdigest()[:32]


def flag(title: str, key: str, patient: str, encounter: str, as_of: date) -> dict[str, Any]:
    """The Flag that keeps one card quiet for ninety days: a new R4 resource of the patient."""
    until = as_of + min(timedelta(days=DAYS), date.max - as_of)
    made: dict[str, Any] = {
        "resourceType": "Flag",
        "meta": {"profile": [PROFILE]},
        "identifier": [{"system": KEY_SYSTEM, "value": key}],
        "status": "active",
        "code": {"coding": [dict(CODE)], "text": f"Known, card hidden until {until.isoformat()}: {title}"},
        "subject": {"reference": patient if "/" in patient else f"Patient/{patient}"},
        "period": {"start": as_of.isoformat(), "end": until.isoformat()},
    }
    if encounter:
        made["encounter"] = {"reference": encounter if "/" in encounter else f"Encounter/{encounter}"}
    return made


def keys(flags: Iterable[Flag], as_of: date) -> frozenset[str]:
    """The content keys that hold today: active Flags of ours whose period began, ends, and is no longer than ours."""
    found: set[str] = set()
    for each in flags:
        codings = [coding for coding in (each.code.coding if each.code else None) or () if coding is not None]
        if not any(coding.system == CODE["system"] and coding.code == CODE["code"] for coding in codings):
            continue
        start = partial_dates.parse(each.period.start if each.period else None)
        end = partial_dates.parse(each.period.end if each.period else None)
        if start is None or end is None or not start.first <= as_of <= end.last:
            continue
        if (end.last - start.first).days <= DAYS:
            found |= {i.value for i in each.identifier or () if i is not None and i.system == KEY_SYSTEM and i.value}
    return frozenset(found)
