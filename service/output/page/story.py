"""Conclusions to the JSON of the page: what is pressing, why it hurts, what next, what was not known; nothing coded."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from service.chart.chart import Chart
from service.domain import partial_dates
from service.domain.conclusions import Alarm, Cause, Conclusions, NextStep, WouldChange
from service.domain.findings import Finding
from service.domain.spans import Interval
from service.domain.statements import NotUnderstood
from service.fhir.record import Record
from service.knowledge import Knowledge
from service.output.cards import headline, one_event, step_names
from service.output.cards.context import NOT_TOLD
from service.output.cards.markdown import uncapitalised
from service.output.page import lanes, questions, reasons
from service.output.page.entries import Entries, day

CAUSES = 3
_URGENCIES = ("emergency", "urgent", "routine")
_FIRST_OPERATION = " · operation 1 of 1"
_KIND = re.compile(r"(\w+) \((\d+)\)")
"""How intake counts what it does not read at all: "Immunization (25)"."""
_ISO = re.compile(r"\b\d{4}-\d{2}(?:-\d{2})?\b")


def tell(
    conclusions: Conclusions,
    record: Record,
    chart: Chart | None,
    knowledge: Knowledge,
    not_understood: Iterable[NotUnderstood] = (),
    held_back: bool = False,
) -> dict[str, Any]:
    """Write what the page shows of one chart. ``held_back``: silent mode, so that nothing is concluded aloud."""
    entries = Entries(record)
    events = [] if held_back else one_event.events(conclusions)
    causes = () if held_back else conclusions.causes or (conclusions.fits if conclusions.orientation else ())
    steps = [] if held_back else sorted(conclusions.steps, key=lambda step: _URGENCIES.index(step.urgency))
    unrecorded = questions.not_recorded(conclusions, chart)
    told = {
        "asOf": record.as_of.isoformat(),
        "today": day_of(record),
        "about": _about(conclusions),
        "heldBack": held_back,
        "silent": conclusions.silent,
        "alarms": [_alarm(alarm, conclusions, chart, entries) for alarm in events],
        "notRecorded": list(unrecorded.values()),
        "causes": [_cause(cause, conclusions, chart, entries, knowledge) for cause in causes[:CAUSES]],
        "more": [f"{cause.title} ({cause.certainty})" for cause in causes[CAUSES:]],
        "notices": [] if held_back else [_notice(notice) for notice in conclusions.notices],
        "steps": [_step(step) for step in steps],
        "then": _then(steps[1:]),
        "withheld": [
            {"title": each.title, "reason": each.reason}
            for each in (() if held_back else conclusions.withheld)
            if not steps or each.reason != steps[0].why
        ],
        "mind": [_days_told(each) for each in (*conclusions.sheet.story.implants, *conclusions.sheet.story.cautions)],
        "questions": [] if held_back else questions.ask(conclusions, unrecorded, knowledge),
        "lanes": lanes.tell(chart, entries),
        "patientWords": list(_to_the_patient(causes, steps)),
        "missing": [kind for kind in record.missing if kind not in NOT_TOLD],
        "notRead": _not_read(conclusions, record, entries),
        "notUnderstood": [
            {"words": each.words, "when": day(each.stated), "source": entries.titled(each.source)}
            for each in not_understood
        ],
        "sources": [] if held_back else _sources(conclusions, knowledge),
        "rules": standing(knowledge),
    }
    return {**told, "entries": entries.told()}


def standing(knowledge: Knowledge) -> dict[str, str]:
    """What the rules are worth: version, and who has signed them."""
    signed, records = knowledge.signed
    status = (
        "Draft rules, not signed off by a clinician"
        if not signed
        else f"Draft rules, {signed} of {records} signed by a clinician"
        if signed < records
        else "Rules signed by a clinician"
    )
    changed = ", changed by this site" if knowledge.overrides else ""
    return {"status": status, "version": f"version {knowledge.version.split('+')[0]}{changed}"}


def day_of(record: Record) -> str:
    return f"{record.as_of.day} {record.as_of:%b %Y}"


def _about(conclusions: Conclusions) -> dict[str, str]:
    story = conclusions.sheet.story
    age = conclusions.sheet.findings.get("age_years")
    return {
        "operation": _days_told(story.operation.replace(_FIRST_OPERATION, "")),
        "course": story.course.removesuffix(" (recorded)"),
        "age": _years(age),
    }


def _days_told(text: str) -> str:
    """The days in a sentence as clinicians write them."""
    return _ISO.sub(lambda found: day(partial_dates.parse(found[0])), text)


def _years(age: Finding | None) -> str:
    return str(age.value.low) if age is not None and isinstance(age.value, Interval) else ""


def _alarm(alarm: Alarm, conclusions: Conclusions, chart: Chart | None, entries: Entries) -> dict[str, Any]:
    findings = conclusions.sheet.findings
    return {
        "id": alarm.id,
        "title": alarm.summary or alarm.title,
        "critical": alarm.indicator == "critical",
        "urgency": alarm.urgency,
        "action": alarm.action,
        "for": reasons.of(alarm.because, findings, chart, entries),
    }


def _cause(
    cause: Cause, conclusions: Conclusions, chart: Chart | None, entries: Entries, knowledge: Knowledge
) -> dict[str, Any]:
    findings = conclusions.sheet.findings
    lead = headline.lead(cause.for_, findings)
    moves = [move for move in conclusions.would_change if move.cause == cause.id and not move.word.isdigit()]
    return {
        "id": cause.id,
        "title": headline.placed(cause.summary or cause.title, lead, conclusions),
        "certainty": cause.certainty,
        "for": reasons.of(cause.for_, findings, chart, entries),
        "against": reasons.of(cause.against, findings, chart, entries),
        "changes": [{"text": _move(move, knowledge), "more": move.gains} for move in moves[:2]],
        "missing": list(cause.missing),
        "notes": list(cause.notes),
    }


def _move(move: WouldChange, knowledge: Knowledge) -> str:
    """The rule's own sentence for what the finding would count as; else what the finding means."""
    cause = knowledge.causes[move.cause]
    for clause in (*cause.for_, *cause.fits) if move.gains else cause.against:
        if any(test.finding == move.finding and move.word in test.words for test in clause.when):
            return clause.because.partition(";")[0]
    return move.sentence if move.word == "yes" else f"{move.sentence} ({move.word})"


def _notice(notice: Cause) -> dict[str, Any]:
    return {"title": notice.summary or notice.title, "notes": list(notice.notes)}


def _step(step: NextStep) -> dict[str, Any]:
    return {
        "title": step.title,
        "urgency": step.urgency,
        "why": step.why,
        "cautions": [each for each in step.cautions if "LOINC" not in each],
        "positive": step.positive,
        "negative": step.negative,
        "bedside": step.kind == "bedside",
    }


def _then(steps: Sequence[NextStep]) -> str:
    """The further steps inside a sentence: a name such as Budapest keeps its capital."""
    said = step_names.action(steps)
    return said if not steps or step_names.short(steps[0])[:1].isupper() else said[:1].lower() + said[1:]


def _to_the_patient(causes: Iterable[Cause], steps: Iterable[NextStep]) -> Iterator[str]:
    """What the records say of the leading cause and of the first test: expectations, in a clinician's words."""
    first = next((step for step in steps if step.positive and step.kind in ("imaging", "test", "block")), None)
    lead = next(iter(causes), None)
    if lead is not None or first is not None:
        yield "Pain after spine surgery can have several causes at once; it is managed more often than ended."
    if lead is not None:
        yield from lead.notes
    if first is not None:
        yield f"{first.title}, if it shows something: {uncapitalised(first.positive)}"
        if first.negative:
            yield f"{first.title}, if it shows nothing: {uncapitalised(first.negative)}"


def _not_read(conclusions: Conclusions, record: Record, entries: Entries) -> list[dict[str, Any]]:
    """Texts that could not be read, one by one, then what was left out, counted by reason: a path tells nobody."""
    unread = [
        {"text": entries.titled(each.source), "when": day(entries.when(each.source)), "reason": each.reason}
        for each in conclusions.sheet.unread
    ]
    counted: Counter[tuple[str, str]] = Counter()
    for each in record.skipped:
        if not each.reason.startswith("text not read"):
            kind = _KIND.fullmatch(each.path)
            counted[kind[1] if kind else "entries", each.reason] += int(kind[2]) if kind else 1
    return unread + [
        {"text": f"{count} {kind}", "when": "", "reason": reason} for (kind, reason), count in counted.most_common()
    ]


def _sources(conclusions: Conclusions, knowledge: Knowledge) -> list[str]:
    alarms = (*conclusions.alarms, *conclusions.warnings)
    counted = [reason for alarm in alarms for reason in alarm.because]
    counted += [reason for cause in conclusions.causes[:CAUSES] for reason in (*cause.for_, *cause.against)]
    named = sorted({source for reason in counted for source in reason.sources})
    return [knowledge.evidence[ident].citation for ident in named if ident in knowledge.evidence]
