"""The one line that must stand alone: what is suspected, what shows it, when, and what to do; 139 characters."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from service.domain.conclusions import LONGEST_SUMMARY, Conclusions, NextStep, Reason
from service.domain.findings import Finding
from service.output.cards import quotes, step_names
from service.output.cards.markdown import clip, uncapitalised

_LEAST_FINDING = 24
"""Shorter than this a clipped finding says nothing; the date then stands alone."""
_SEGMENT = re.compile(r"\b(L[1-5])\s?[-/]\s?L?([1-5]|S1)\b")
_KIND = {"finding": 2, "risk": 0}
REVIEW = "Clinical review"


def lead(reasons: Sequence[Reason], findings: Mapping[str, Finding]) -> Reason | None:
    """The reason to put on top: what imaging, examination or laboratory found, in the chart's words, heaviest first."""
    telling = [reason for reason in reasons if reason.group != quotes.FIT]

    def rank(reason: Reason) -> tuple[int, bool, int]:
        kind = 0 if set(reason.findings) == {"same_side"} else _KIND.get(reason.group, 1)
        return (kind, bool(quotes.of(reason, findings)), reason.weight)

    best = max(telling, key=rank, default=None)
    return best if best is not None and rank(best)[0] else next(iter(reasons), None)


def write(
    name: str,
    reason: Reason | None,
    steps: Sequence[NextStep],
    conclusions: Conclusions,
    *,
    otherwise: str = REVIEW,
) -> str:
    """Name: finding, date. Action. The action and the date are never cut; the finding is clipped to the room left."""
    findings = conclusions.sheet.findings
    when = dated(reason, conclusions)
    for many in (3, 2, 1):
        action = step_names.action(steps[:many]) or otherwise
        tail = f", {when}. {action}" if when else f". {action}"
        room = LONGEST_SUMMARY - len(name) - len(tail) - 2
        said = finding(reason, findings)
        if said and (room >= len(said) or (room >= _LEAST_FINDING and many == 1)):
            return f"{name}: {clip(said, room)}{tail}"
        if many == 1 or (not said and room >= 0):
            return clip(f"{name}{tail}", LONGEST_SUMMARY)
    return clip(name, LONGEST_SUMMARY)


def finding(reason: Reason | None, findings: Mapping[str, Finding]) -> str:
    """The chart's words, or the reason's own when dates and numbers stand behind it."""
    if reason is None:
        return ""
    return uncapitalised(quotes.of(reason, findings)) or uncapitalised(
        quotes.tidy(reason.text.partition(":")[0].partition(";")[0])
    )


def dated(reason: Reason | None, conclusions: Conclusions) -> str:
    """The day of the finding; else that of the pain, else that of the operation, each said to be so."""
    findings, story = conclusions.sheet.findings, conclusions.sheet.story
    span = quotes.day(reason, findings) if reason else None
    if span is not None:
        return quotes.told(span)
    pain = findings.get("current_pain")
    if pain is not None and pain.when is not None:
        return f"pain {quotes.told(pain.when)}"
    return f"operation {story.date}" if story.date else "undated"


def placed(name: str, reason: Reason | None, conclusions: Conclusions) -> str:
    """The name with the level of the cause: the segment that the finding names, where it is not the operated ones."""
    said = quotes.of(reason, conclusions.sheet.findings) if reason else ""
    found = [f"{one}-{two if two.startswith('S') else f'L{two}'}" for one, two in _SEGMENT.findall(said)]
    levels = ", ".join(conclusions.sheet.story.levels)
    if not found:
        return name
    if levels and levels in name:
        return name.replace(levels, found[0])
    return name if _SEGMENT.search(name) else f"{name} {found[0]}"
