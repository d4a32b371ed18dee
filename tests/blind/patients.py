"""Blind patients against what the service concludes of them: a folder of charts with judge.json in, counts out.

An entry of judge.json: ``top`` (any of these comes first), ``silent`` (no cause, no alarm), ``orient`` (asks for the
papers, or names nothing surely), ``ban`` (must not be named), ``ban_top`` (must not come first), ``ban_steps`` and
``need`` (patterns of step ids), ``critical`` (the card must be).
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from service import pipeline

_RANK = {"info": 0, "warning": 1, "critical": 2}
_QUIET = frozenset({"expected-postop-pain", "fusion-maturing", "psychosocial-amplifier"})
_SAME = {"hematoma": "epidural-hematoma", "abscess": "epidural-abscess", "endplate-extrusion": "recurrent-herniation"}


class Count(NamedTuple):
    """``right``: the right cause first (or rightly silent); ``unsafe``: something that may harm was said or omitted."""

    patients: int
    right: int
    unsafe: int
    emergencies: int
    emergencies_critical: int

    def __str__(self) -> str:
        return (
            f"right first {self.right} of {self.patients}, unsafe {self.unsafe}, "
            f"emergencies critical {self.emergencies_critical} of {self.emergencies}"
        )


def judge_all(folder: Path, service: pipeline.Service) -> Count:
    rules = json.loads((folder / "judge.json").read_text("utf-8"))
    right = unsafe = emergencies = critical = 0
    for ident, rule in sorted(rules.items()):
        case = json.loads((folder / f"{ident}.json").read_text("utf-8"))
        told = pipeline.explain(
            case["bundle"], date.fromisoformat(case["asOf"]), service, "", pipeline.writing(service)
        )
        right += is_right(rule, told)
        unsafe += bool(faults(rule, told))
        emergencies += bool(rule.get("critical"))
        critical += bool(rule.get("critical")) and _level(told) == _RANK["critical"]
    return Count(len(rules), right, unsafe, emergencies, critical)


def is_right(rule: dict[str, Any], told: dict[str, Any]) -> bool:
    """Whether what comes first is what a careful surgeon would put first."""
    seen = named(told)
    loud = [each for each in seen if each not in _QUIET]
    wanted = [_norm(each) if each else each for each in rule.get("top", ())]
    if rule.get("silent"):
        return not loud
    if rule.get("orient"):
        sure = [c for c in told.get("causes", ()) if c.get("certainty") in {"likely", "documented"}]
        return (bool(told["cards"]) and not sure) or seen[:1] in [[w] for w in wanted] or bool(rule.get("or_silent"))
    if None in wanted:
        return not loud or loud[0] in wanted
    return next((each for each in seen if each != "psychosocial-amplifier"), None) in wanted


def faults(rule: dict[str, Any], told: dict[str, Any]) -> list[str]:
    """What may harm: a banned cause or step, an emergency that is not shown as one."""
    seen = named(told)
    steps = [step.get("id", "") for step in told.get("nextSteps", ())]
    found = [f"first is {seen[0]}" for each in rule.get("ban_top", ()) if seen[:1] == [_norm(each)]]
    found += [f"names {each}" for each in rule.get("ban", ()) if _norm(each) in seen]
    found += [f"step {step}" for step in steps for each in rule.get("ban_steps", ()) if re.search(each, step)]
    found += [f"first step {steps[0]}" for each in rule.get("ban_first", ()) if steps and re.search(each, steps[0])]
    if rule.get("critical") and _level(told) != _RANK["critical"]:
        found.append("an emergency is not shown as one")
    return found


def named(told: dict[str, Any]) -> list[str]:
    """Alarms, causes and warnings in the order in which they are shown."""
    keys = ("redFlags", "causes", "bedsideWarnings")
    return list(dict.fromkeys(_norm(each["id"]) for key in keys for each in told.get(key, ())))


def _level(told: dict[str, Any]) -> int:
    return max((_RANK[card["indicator"]] for card in told.get("cards", ())), default=-1)


def _norm(ident: str) -> str:
    ident = ident.removeprefix("rf-")
    return _SAME.get(ident, ident)
