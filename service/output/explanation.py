"""Conclusions to the JSON of ``/explain``: every stage of one evaluation, with its reasons, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from service.domain import partial_dates
from service.domain.conclusions import Alarm, Cause, Conclusions, Fired, NextStep, Reason
from service.domain.findings import Finding
from service.domain.spans import Interval
from service.domain.statements import NotUnderstood, Skipped
from service.fhir.record import Record
from service.output.cards import not_read


def tell(
    conclusions: Conclusions,
    record: Record,
    cards: list[dict[str, Any]],
    rule_set: Mapping[str, Any],
    sentences: Mapping[str, str],
    citations: Mapping[str, str],
    not_understood: Iterable[NotUnderstood] = (),
) -> dict[str, Any]:
    """Write the whole evaluation. ``sentences`` gives the plain meaning of each finding; ``rule_set`` its version;
    ``citations`` what each source is, of which those that are named are told; ``not_understood`` is in the order in
    which it is told.

    ``causes`` are ranked best first and hold the ``fits`` only when the orientation card speaks.
    """
    causes = conclusions.causes + (conclusions.fits if conclusions.orientation else ())
    return {
        "asOf": record.as_of.isoformat(),
        "indexSurgery": _index(conclusions),
        "redFlags": [_alarm(alarm) for alarm in conclusions.alarms],
        "bedsideWarnings": [_alarm(alarm) for alarm in conclusions.warnings],
        "causes": [_cause(cause) for cause in causes],
        "questions": [
            {"id": q.id, "text": q.text, "separates": q.separates, "kind": "bedside" if q.bedside else "history"}
            for q in conclusions.questions
        ],
        "nextSteps": [_step(step) for step in conclusions.steps],
        "withheldSteps": [{"id": w.id, "title": w.title, "reason": w.reason} for w in conclusions.withheld],
        "cards": cards,
        "silent": conclusions.silent,
        "caseSheet": [_finding(finding, sentences) for _, finding in sorted(conclusions.sheet.findings.items())],
        "trace": [_fired(fired) for fired in conclusions.trace],
        "missing": [*record.missing, *not_read.told(conclusions.sheet.unread)],
        "skipped": [_skipped(skipped) for skipped in (*record.skipped, *conclusions.suppressed)],
        "notUnderstood": [_not_understood(missed) for missed in not_understood],
        "wouldChange": [
            {"finding": w.finding, "text": w.sentence, "points": w.points, "example": w.example}
            for w in conclusions.would_change
        ],
        "sources": _sources(conclusions, citations),
        "ruleSet": dict(rule_set),
    }


def _sources(conclusions: Conclusions, citations: Mapping[str, str]) -> dict[str, str]:
    """Every source that a reason names, with its citation: cards leave them to this answer."""
    alarms = (*conclusions.alarms, *conclusions.warnings)
    causes = (*conclusions.causes, *conclusions.fits, *conclusions.notices)
    counted = [reason for alarm in alarms for reason in alarm.because]
    counted += [reason for cause in causes for reason in (*cause.for_, *cause.against)]
    named = sorted({source for reason in counted for source in reason.sources})
    return {ident: citations[ident] for ident in named if ident in citations}


def _index(conclusions: Conclusions) -> dict[str, Any] | None:
    findings, story = conclusions.sheet.findings, conclusions.sheet.story
    kind = findings.get("index_surgery")
    if kind is None or kind.value == "none":
        return None
    return {
        "date": story.date or "date unknown",
        "classes": list(story.classes),
        "levels": list(story.levels),
        "side": story.side or "unknown",
        "basis": kind.value,
        "text": story.operation,
        "evidence": list(story.refs or kind.refs),
    }


def _alarm(alarm: Alarm) -> dict[str, Any]:
    return {
        "id": alarm.id,
        "title": alarm.title,
        "indicator": alarm.indicator,
        "urgency": alarm.urgency,
        "because": [_reason(reason) for reason in alarm.because],
        "action": alarm.action,
    }


def _cause(cause: Cause) -> dict[str, Any]:
    return {
        "id": cause.id,
        "title": cause.title,
        "certainty": cause.certainty,
        "score": cause.score,
        "for": [_reason(reason) for reason in cause.for_],
        "against": [_reason(reason) for reason in cause.against],
        "notes": list(cause.notes),
        "missing": list(cause.missing),
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "text": reason.text,
        "weight": reason.weight,
        "group": reason.group,
        "findings": list(reason.findings),
        "evidence": list(reason.refs),
        "sources": list(reason.sources),
    }


def _step(step: NextStep) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": step.id,
        "title": step.title,
        "kind": step.kind,
        "urgency": step.urgency,
        "why": step.why,
        "for": list(step.for_ids),
        "cautions": list(step.cautions),
    }
    if step.order:
        told["order"] = {"system": step.order.system, "code": step.order.code, "display": step.order.display}
    if step.positive:
        told["positive"] = step.positive
    if step.negative:
        told["negative"] = step.negative
    return told


def _finding(finding: Finding, sentences: Mapping[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": finding.name,
        "value": _value(finding.value),
        "means": sentences.get(finding.name, ""),
        "basis": str(finding.basis),
        "evidence": list(finding.refs),
    }
    if finding.words:
        told["words"] = finding.words
    if finding.when:
        told["when"] = partial_dates.say(finding.when)
    return told


def _value(value: str | Interval) -> str | int | dict[str, int]:
    if isinstance(value, str):
        return value
    return value.low if value.low == value.high else {"low": value.low, "high": value.high}


def _fired(fired: Fired) -> dict[str, Any]:
    return {
        "stratum": fired.stratum,
        "record": fired.record,
        "clause": fired.clause,
        "findings": list(fired.findings),
        "evidence": list(fired.refs),
        "sources": list(fired.sources),
    }


def _not_understood(missed: NotUnderstood) -> dict[str, str]:
    return {"source": missed.source, "words": missed.words, "stated": partial_dates.say(missed.stated)}


def _skipped(skipped: Skipped) -> dict[str, str]:
    return {"path": skipped.path, "reason": skipped.reason}
