"""The one line that must stand alone: what is suspected, what shows it, when, and what to do; 139 characters."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from service.domain import partial_dates, spine
from service.domain.conclusions import LONGEST_SUMMARY, Conclusions, NextStep, Reason
from service.domain.findings import Finding
from service.domain.spans import Span
from service.output.cards import quotes, step_names
from service.output.cards.markdown import clip, uncapitalised

_LEAST_FINDING = 24
"""Shorter than this a clipped finding says nothing; the date then stands alone."""
_SEGMENT = re.compile(r"\b(L[1-5])\s?[-/]\s?L?([1-5]|S1)\b")
_ELSEWHERE = re.compile(r"(?i)adjacent|another level")
_OF_THE_OPERATION = re.compile(r"(?i)operated level|level or side")
_SIDE = re.compile(r" (?:left|right|bilateral)$")
_COURSE = frozenset({"course", "leg_pain_cured", "leg_pain_unchanged", "onset_interval"})
_A_RESULT = 6
"""A reason of fewer words can stand for the finding it names."""
_ON_A_REPORT = "_seen"
"""How findings are named that a report of a picture tells."""
_KIND = {"finding": 2, "risk": 0}
REVIEW = "Clinical review"


def lead(reasons: Sequence[Reason], findings: Mapping[str, Finding]) -> Reason | None:
    """The reason to put on top: what imaging, examination or laboratory found, in the chart's words, heaviest first."""
    telling = [reason for reason in reasons if reason.group != quotes.FIT]

    def rank(reason: Reason) -> tuple[int, bool, bool, int]:
        kind = 0 if set(reason.findings) == {"same_side"} else _KIND.get(reason.group, 1)
        seen = any(name.endswith(_ON_A_REPORT) for name in reason.findings)
        return (kind, seen, bool(quotes.of(reason, findings)), reason.weight)

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
    tails = [f"{f', {when}' if when else ''}. {step_names.action(steps[:many]) or otherwise}" for many in (3, 2, 1)]
    for said in finding(reason, findings):
        for tail in tails:
            if len(name) + len(said) + len(tail) + 2 <= LONGEST_SUMMARY:
                return f"{name}: {said}{tail}"
    said, tail = next(reversed(finding(reason, findings)), ""), tails[-1]
    room = LONGEST_SUMMARY - len(name) - len(tail) - 2
    if said and room >= _LEAST_FINDING:
        return f"{name}: {clip(said, room)}{tail}"
    bare = next((tail for tail in tails if not said and len(name) + len(tail) <= LONGEST_SUMMARY), tail)
    return clip(f"{name}{bare}", LONGEST_SUMMARY)


def finding(reason: Reason | None, findings: Mapping[str, Finding]) -> list[str]:
    """The chart's words, or the reason's own when dates and numbers stand behind it; then ever fewer of several quotes.

    A risk is told only when nothing else is. A name alone, which the reason tells with its result, is told with it:
    "HLA-B27 positive".
    """
    if reason is None:
        return []
    risks, each = quotes.risks(reason, findings), quotes.listed(reason, findings)
    each = [words for words in each if words not in risks] or each
    own = quotes.tidy(reason.text.partition(":")[0].partition(";")[0])
    if len(each) == 1 and own.lower().startswith(f"{each[0].lower()} ") and len(own.split()) < _A_RESULT:
        each = [own]
    fewer = ["; ".join(each[:many]) for many in range(len(each), 0, -1)]
    return [uncapitalised(said) for said in fewer or [own] if said]


def dated(reason: Reason | None, conclusions: Conclusions) -> str:
    """The day of the finding; else that of the pain, else that of the operation, each said to be so."""
    findings, story = conclusions.sheet.findings, conclusions.sheet.story
    span = quotes.day(reason, findings) if reason else None
    operated = partial_dates.parse(story.date)
    if span is not None and not (reason and _of_the_course(reason) and _before(span, operated)):
        return quotes.told(span)
    pain = findings.get("current_pain")
    if span is None and pain is not None and pain.when is not None and not _before(pain.when, operated):
        return f"pain {quotes.told(pain.when)}"
    if operated is not None:
        return operated_on(conclusions)
    return f"operation {story.date}" if story.date else "undated"


def operated_on(conclusions: Conclusions) -> str:
    """The day of the operation in words, "" when it is not known."""
    day = partial_dates.parse(conclusions.sheet.story.date)
    return f"operated {quotes.told(day)}" if day is not None else ""


def _of_the_course(reason: Reason) -> bool:
    """Whether a reason tells what the operation did to a pain, whose own beginning may lie before it."""
    return bool(set(reason.findings) & _COURSE)


def _before(span: Span, operated: Span | None) -> bool:
    return operated is not None and span.last < operated.first


def placed(name: str, reason: Reason | None, conclusions: Conclusions) -> str:
    """The name with the level of the cause: the segment that the finding names, where it is not the operated ones.

    What is beside or beyond the operated levels is not placed at one of them, and what is asked about the operated
    level has none of its own.
    """
    said = quotes.of(reason, conclusions.sheet.findings) if reason else ""
    story = conclusions.sheet.story
    found = [
        each
        for one, two in _SEGMENT.findall(said)
        if (each := f"{one}-{two if two == 'S1' else f'L{two}'}") in spine.SEGMENTS
    ]
    levels = spine.in_words(story.levels)
    if _ELSEWHERE.search(name):
        found = [level for level in found if level not in story.levels]
    if not found or _OF_THE_OPERATION.search(name):
        return name
    if levels and levels in name:
        return name.replace(levels, found[0])
    if _SEGMENT.search(name):
        return name
    side = _SIDE.search(name)
    return f"{name[: side.start()]} {found[0]}{side[0]}" if side else f"{name} {found[0]}"
