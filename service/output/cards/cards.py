"""Conclusions to CDS Hooks cards: emergencies first, at most three causes, nothing when there is nothing to say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from service.domain.conclusions import LONGEST_SUMMARY, Alarm, Cause, Conclusions, NextStep, Reason
from service.fhir.canonical import CANONICAL
from service.output.cards import text
from service.output.cards.context import OVERRIDES, Writing, topic_of
from service.output.cards.markdown import bullets, clip, escape, uncapitalised
from service.output.cards.proposed_order import service_request

CAUSE_CARDS = 3
REASONS_TOLD = 4
_OVERRIDE_REASONS = tuple(
    {"code": code, "system": f"{CANONICAL}/CodeSystem/override-reasons", "display": display}
    for code, display in OVERRIDES
)


@dataclass(frozen=True, slots=True)
class _Draft:
    """One card before it is JSON."""

    topic: str
    title: str
    summary: str
    indicator: str
    parts: tuple[str, ...]
    reasons: tuple[Reason, ...]
    steps: tuple[NextStep, ...]
    overridden: bool = False


def write(conclusions: Conclusions, writing: Writing) -> list[dict[str, Any]]:
    """Write the cards of one answer, most pressing first; an empty list when there is nothing to say.

    Each next step is suggested once, on the first card that wants it. Summaries keep within 139 characters; the
    detail is plain markdown in which every text from the chart is escaped.
    """
    drafts = [_alarm(alarm, conclusions) for alarm in (*conclusions.alarms, *conclusions.warnings)]
    drafts += [_cause(cause, conclusions) for cause in conclusions.causes[:CAUSE_CARDS]]
    if conclusions.orientation:
        drafts.append(_orientation(conclusions))
    drafts += [_notice(notice, conclusions) for notice in conclusions.notices]
    given: set[str] = set()
    # Emergencies lead; below them the rank of the causes counts, whatever colour a card has.
    ordered = sorted(drafts, key=lambda draft: draft.indicator != "critical")
    return [_card(draft, conclusions, writing, given, first=n == 0) for n, draft in enumerate(ordered)]


def _alarm(alarm: Alarm, conclusions: Conclusions) -> _Draft:
    when = "Do now" if alarm.indicator == "critical" else "Today"
    parts = (
        _section("Why", text.reasons(alarm.because, conclusions)[:REASONS_TOLD]),
        f"**{when}**\n\n{escape(alarm.action)}",
    )
    summary = alarm.summary or alarm.title
    steps = _steps_for(alarm.id, conclusions)
    return _Draft(alarm.id, alarm.title, summary, alarm.indicator, parts, alarm.because, steps, alarm.overridden)


def _cause(cause: Cause, conclusions: Conclusions) -> _Draft:
    named = f"{cause.certainty.capitalize()}: {uncapitalised(cause.title)}"
    parts = (
        _section(escape(named), text.reasons(cause.for_, conclusions)),
        _section("Against", text.reasons(cause.against, conclusions)),
        _section("Note", [escape(note) for note in cause.notes]),
        _section("Not known, and would count", [escape(name) for name in cause.missing]),
    )
    reasons, steps = (*cause.for_, *cause.against), _steps_for(cause.id, conclusions)
    return _Draft(cause.id, cause.title, cause.summary, cause.indicator, parts, reasons, steps, cause.overridden)


def _notice(notice: Cause, conclusions: Conclusions) -> _Draft:
    parts = (
        _section("Why", text.reasons(notice.for_, conclusions)),
        _section("Note", [escape(note) for note in notice.notes]),
    )
    steps = _steps_for(notice.id, conclusions)
    return _Draft(
        notice.id, notice.title, notice.summary, notice.indicator, parts, notice.for_, steps, notice.overridden
    )


def _orientation(conclusions: Conclusions) -> _Draft:
    """The one card that asks: what fits, in order, and the first question that would tell the causes apart."""
    fitting = conclusions.fits
    names = ", ".join(uncapitalised(cause.title) for cause in fitting[:3])
    summary = "Pain after spine surgery, cause not yet clear" + (f". Fits: {names}" if names else ": ask first")
    # What a notice wants stands on its own card; what a modifier wants (the operative report) has no other place.
    elsewhere = {notice.id for notice in conclusions.notices}
    steps = tuple(step for step in conclusions.steps if set(step.for_ids) - elsewhere)[:3]
    asked = [f"{n}. {escape(question.text)}" for n, question in enumerate(conclusions.questions[:4], 1)]
    parts = (
        _section("Fits so far (not a diagnosis)", [escape(cause.title) for cause in fitting[:5]]),
        "**Ask**\n\n" + "\n".join(asked) if asked else "",
    )
    reasons = (_context(conclusions), *(reason for cause in fitting[:3] for reason in cause.for_[:1]))
    return _Draft("orientation", "Pain after spine surgery", summary, "info", parts, reasons, steps)


def _context(conclusions: Conclusions) -> Reason:
    """What the orientation card stands on when no cause does: the operation, and pain since it. Ask first, says S3."""
    sheet = conclusions.sheet
    stated = (sheet.findings[name] for name in ("index_surgery", "current_pain") if name in sheet.findings)
    refs = dict.fromkeys((*sheet.story.refs, *(ref for finding in stated for ref in finding.refs)))
    return Reason("Pain after spine surgery", 0, text.FIT, ("fbss_context",), tuple(refs), ("S3",))


def _section(title: str, lines: list[str]) -> str:
    return f"**{title}**\n\n{bullets(lines)}" if lines else ""


def _steps_for(ident: str, conclusions: Conclusions) -> tuple[NextStep, ...]:
    return tuple(step for step in conclusions.steps if ident in step.for_ids)


def _card(draft: _Draft, conclusions: Conclusions, writing: Writing, given: set[str], *, first: bool) -> dict[str, Any]:
    foot = text.foot(
        draft.topic,
        draft.reasons,
        conclusions,
        writing.citations,
        writing.rule_set,
        writing.missing,
        draft.overridden,
    )
    parts = (text.header(conclusions, whole=first), *draft.parts, text.next_steps(draft.steps, given), foot)
    card = envelope(draft.topic, draft.title, draft.summary, draft.indicator, parts, writing)
    suggestions = [
        _suggestion(step, draft, conclusions, writing)
        for step in draft.steps
        if step.order and step.id not in given and writing.patient
    ]
    given.update(step.id for step in draft.steps)
    if suggestions:
        card["suggestions"] = suggestions
        card["selectionBehavior"] = "at-most-one"
    return card


def envelope(
    topic: str, title: str, summary: str, indicator: str, parts: Iterable[str], writing: Writing
) -> dict[str, Any]:
    """A card without suggestions: id, summary, detail, source and the reasons a clinician may override it with."""
    return {
        "uuid": writing.new_id(topic),
        "summary": clip(" ".join(summary.split()), LONGEST_SUMMARY),
        "indicator": indicator,
        "detail": "\n\n".join(part for part in parts if part),
        "source": {"label": writing.label, "url": writing.url, "topic": topic_of(topic, title)},
        "overrideReasons": list(_OVERRIDE_REASONS),
    }


def _suggestion(step: NextStep, draft: _Draft, conclusions: Conclusions, writing: Writing) -> dict[str, Any]:
    order = service_request(step, topic_of(draft.topic, draft.title), draft.reasons, conclusions, writing)
    return {
        "label": clip(step.title, 80),
        "uuid": writing.new_id(draft.topic),
        "actions": [{"type": "create", "description": clip(f"Propose: {step.title}", 120), "resource": order}],
    }
