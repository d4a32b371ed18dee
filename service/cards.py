"""Conclusions to CDS Hooks cards: emergencies first, at most three causes, nothing when there is nothing to say."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from service.markdown import bullets, clip, escape
from service.words import Alarm, Cause, Conclusions, NextStep, Reason

CANONICAL = "https://backstory.example/fhir"
SUMMARY_LIMIT = 139
CAUSE_CARDS = 3
_RANK = {"critical": 0, "warning": 1, "info": 2}
_PRIORITY = {"emergency": "stat", "urgent": "urgent", "routine": "routine"}
_REASONS = (
    ("already-done", "Already done or ordered elsewhere"),
    ("not-now", "Not relevant to this visit"),
    ("known", "Already known and under way"),
    ("disagree", "Does not fit this patient"),
    ("declined", "Patient declined"),
)


@dataclass(frozen=True, slots=True)
class Writing:
    """What the cards need beside the conclusions: whom they are about, whose they are, and how to cite."""

    patient: str = ""
    encounter: str = ""
    citations: Mapping[str, str] | None = None
    rule_set: str = ""
    label: str = "Backstory FBSS rules (draft)"
    url: str = "https://backstory.example"
    new_id: Callable[[], str] = lambda: str(uuid.uuid4())


def write(conclusions: Conclusions, writing: Writing) -> list[dict[str, Any]]:
    """Write the cards of one answer, most pressing first; an empty list when there is nothing to say.

    Each next step is suggested once, on the first card that wants it. Summaries keep within 139 characters; the
    detail is plain markdown in which every text from the chart is escaped.
    """
    given: set[str] = set()
    cards = [_alarm_card(alarm, conclusions, writing, given) for alarm in (*conclusions.alarms, *conclusions.warnings)]
    cards += [_cause_card(cause, conclusions, writing, given) for cause in conclusions.causes[:CAUSE_CARDS]]
    if conclusions.orientation:
        cards.append(_orientation_card(conclusions, writing, given))
    cards += [_notice_card(notice, conclusions, writing, given) for notice in conclusions.notices]
    return sorted(cards, key=lambda card: _RANK[card["indicator"]])


def _alarm_card(alarm: Alarm, conclusions: Conclusions, writing: Writing, given: set[str]) -> dict[str, Any]:
    steps = _steps_for(alarm.id, conclusions)
    detail = [
        _header(conclusions),
        "**Why**\n" + bullets(_reasons(alarm.because, conclusions)),
        f"**Do now**\n{alarm.action}" if alarm.indicator == "critical" else f"**Today**\n{alarm.action}",
        _next(steps, given),
        _foot((alarm.id,), alarm.because, conclusions, writing),
    ]
    return _card(
        alarm.id, alarm.title, alarm.title, alarm.indicator, detail, steps, alarm.because, conclusions, writing, given
    )


def _cause_card(cause: Cause, conclusions: Conclusions, writing: Writing, given: set[str]) -> dict[str, Any]:
    steps = _steps_for(cause.id, conclusions)
    detail = [
        _header(conclusions),
        f"**Why {cause.title[0].lower() + cause.title[1:]} is {cause.certainty}**\n"
        + bullets(_reasons(cause.for_, conclusions)),
        "**Against**\n" + bullets(_reasons(cause.against, conclusions)) if cause.against else "",
        "**Note**\n" + bullets([escape(note) for note in cause.notes]) if cause.notes else "",
        "**Not known**\n" + bullets([escape(name) for name in cause.missing]) if cause.missing else "",
        _next(steps, given),
        _foot((cause.id,), (*cause.for_, *cause.against), conclusions, writing),
    ]
    reasons = (*cause.for_, *cause.against)
    return _card(
        cause.id, cause.title, cause.summary, cause.indicator, detail, steps, reasons, conclusions, writing, given
    )


def _notice_card(notice: Cause, conclusions: Conclusions, writing: Writing, given: set[str]) -> dict[str, Any]:
    steps = _steps_for(notice.id, conclusions)
    detail = [
        _header(conclusions),
        "**Why**\n" + bullets(_reasons(notice.for_, conclusions)) if notice.for_ else "",
        bullets([escape(note) for note in notice.notes]) if notice.notes else "",
        _next(steps, given),
        _foot((notice.id,), notice.for_, conclusions, writing),
    ]
    return _card(
        notice.id,
        notice.title,
        notice.summary,
        notice.indicator,
        detail,
        steps,
        notice.for_,
        conclusions,
        writing,
        given,
    )


def _orientation_card(conclusions: Conclusions, writing: Writing, given: set[str]) -> dict[str, Any]:
    """The one card that asks: what fits, in order, and the first question that would tell the causes apart."""
    fits = conclusions.fits
    names = ", ".join(cause.title[0].lower() + cause.title[1:] for cause in fits[:3])
    summary = (
        f"Pain after spine surgery, cause not yet clear. Fits: {names}"
        if names
        else ("Pain after spine surgery: the chart is too thin to name a cause")
    )
    wanted = {cause.id for cause in fits} | {"orientation"}
    steps = tuple(step for step in conclusions.steps if not step.for_ids or wanted & set(step.for_ids))[:3]
    reasons = tuple(reason for cause in fits[:3] for reason in cause.for_[:1])
    detail = [
        _header(conclusions),
        "**Fits so far** (not a diagnosis)\n" + bullets([_fit(cause, conclusions) for cause in fits[:5]])
        if fits
        else "",
        "**Ask**\n" + "\n".join(f"{n}. {q.text}" for n, q in enumerate(conclusions.questions[:4], 1))
        if conclusions.questions
        else "",
        _next(steps, given),
        _foot(("orientation",), reasons, conclusions, writing),
    ]
    return _card(
        "orientation", "Pain after spine surgery", summary, "info", detail, steps, reasons, conclusions, writing, given
    )


def _fit(cause: Cause, conclusions: Conclusions) -> str:
    said = _reasons(cause.for_[:1], conclusions)
    return f"{cause.title}: {said[0]}" if said else cause.title


def _card(
    topic: str,
    title: str,
    summary: str,
    indicator: str,
    detail: list[str],
    steps: Iterable[NextStep],
    reasons: Iterable[Reason],
    conclusions: Conclusions,
    writing: Writing,
    given: set[str],
) -> dict[str, Any]:
    card: dict[str, Any] = {
        "uuid": writing.new_id(),
        "summary": clip(" ".join(summary.split()), SUMMARY_LIMIT),
        "indicator": indicator,
        "detail": "\n\n".join(part for part in detail if part),
        "source": {
            "label": writing.label,
            "url": writing.url,
            "topic": {"system": f"{CANONICAL}/CodeSystem/causes", "code": topic, "display": title},
        },
        "overrideReasons": [
            {"code": code, "system": f"{CANONICAL}/CodeSystem/override-reasons", "display": display}
            for code, display in _REASONS
        ],
    }
    suggestions = [
        _suggestion(step, topic, title, tuple(reasons), conclusions, writing)
        for step in steps
        if step.order and step.id not in given and writing.patient
    ]
    given.update(step.id for step in steps)
    if suggestions:
        card["suggestions"] = suggestions
        card["selectionBehavior"] = "at-most-one"
    return card


def _suggestion(
    step: NextStep, topic: str, title: str, reasons: tuple[Reason, ...], conclusions: Conclusions, writing: Writing
) -> dict[str, Any]:
    return {
        "label": clip(step.title, 80),
        "uuid": writing.new_id(),
        "actions": [
            {
                "type": "create",
                "description": clip(f"Propose: {step.title}", 120),
                "resource": service_request(step, topic, title, reasons, conclusions, writing),
            }
        ],
    }


def service_request(
    step: NextStep, topic: str, title: str, reasons: tuple[Reason, ...], conclusions: Conclusions, writing: Writing
) -> dict[str, Any]:
    """The draft order behind a next step: an R4 ServiceRequest with intent ``proposal``, for a clinician to sign."""
    if step.order is None:
        raise ValueError(f"{step.id} has no order code")
    request: dict[str, Any] = {
        "resourceType": "ServiceRequest",
        "status": "draft",
        "intent": "proposal",
        "priority": _PRIORITY[step.urgency],
        "code": {
            "coding": [{"system": step.order.system, "code": step.order.code, "display": step.order.display}],
            "text": step.title,
        },
        "subject": {"reference": _reference("Patient", writing.patient)},
        "authoredOn": conclusions.sheet.as_of.isoformat(),
        "reasonCode": [
            {"coding": [{"system": f"{CANONICAL}/CodeSystem/causes", "code": topic, "display": title}], "text": title}
        ],
    }
    if writing.encounter:
        request["encounter"] = {"reference": _reference("Encounter", writing.encounter)}
    conditions = _distinct(ref for reason in reasons for ref in reason.refs if ref.startswith("Condition/"))
    if conditions:
        request["reasonReference"] = [{"reference": ref} for ref in conditions[:5]]
    if step.cautions:
        request["note"] = [{"text": " ".join(step.cautions)}]
    return request


def _reference(kind: str, ident: str) -> str:
    return ident if "/" in ident else f"{kind}/{ident}"


def _header(conclusions: Conclusions) -> str:
    story = conclusions.sheet.story
    head = " · ".join(part for part in (escape(story.operation), escape(story.course)) if part)
    lines = [f"**{head}**"] if head else []
    lines += [f"- {escape(line)}" for line in (*story.timeline, *story.imaging, *story.implants, *story.cautions)]
    return "\n".join(lines)


def _reasons(reasons: Iterable[Reason], conclusions: Conclusions) -> list[str]:
    """Each reason as a sentence with what the chart says, its date and its sources."""
    lines = []
    for reason in reasons:
        words = []
        for name in reason.findings:
            finding = conclusions.sheet.findings.get(name)
            if finding is not None and finding.words and finding.words not in words:
                words.append(finding.words)
        quoted = "; ".join(f"“{escape(clip(text, 90))}”" for text in words[:2])
        cited = f" [{', '.join(reason.sources)}]" if reason.sources else ""
        lines.append(escape(reason.text) + (f": {quoted}" if quoted else "") + cited)
    return lines


def _steps_for(ident: str, conclusions: Conclusions) -> tuple[NextStep, ...]:
    return tuple(step for step in conclusions.steps if ident in step.for_ids)


def _next(steps: Iterable[NextStep], given: set[str]) -> str:
    lines = []
    for step in steps:
        urgency = "" if step.urgency == "routine" else f" ({step.urgency})"
        why = f": {escape(step.why)}" if step.why and step.id not in given else ""
        lines.append(f"{step.title}{urgency}{why}")
        if step.id not in given:
            lines += [f"_{escape(caution)}_" for caution in step.cautions]
    return "**Next step**\n" + bullets(lines) if lines else ""


def _foot(records: tuple[str, ...], reasons: Iterable[Reason], conclusions: Conclusions, writing: Writing) -> str:
    cited = _distinct(source for reason in reasons for source in reason.sources)
    citations = writing.citations or {}
    refs = _distinct(ref for reason in reasons for ref in reason.refs)
    lines = []
    if conclusions.modifiers:
        lines.append(" ".join(conclusions.modifiers))
    if cited:
        lines.append("Sources: " + "; ".join(f"[{source}] {citations.get(source, '')}".strip() for source in cited))
    if refs:
        lines.append("Chart entries: " + ", ".join(escape(ref) for ref in refs[:12]))
    lines.append(
        f"Rule {', '.join(records)}, rule set {writing.rule_set}. Draft, not clinically approved; for clinicians."
    )
    return "\n\n".join(lines)


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
