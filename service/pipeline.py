"""The straight line: what was sent, a record, a case sheet, conclusions, cards. This file alone names the order."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from service import intake, knowledge
from service.coded import answers, code_titles, unmapped
from service.domain.conclusions import Conclusions
from service.domain.findings import CaseSheet
from service.domain.statements import Skipped
from service.fhir import validation
from service.fhir.record import Record
from service.findings import case_sheet
from service.intake import hook_request
from service.intake.required_data import REQUIRED, require, require_readable
from service.knowledge.code_systems import name_of_system
from service.knowledge.source_attributes import source_attributes
from service.orders import advise, draft_orders, emergencies, kidneys, order_cards, reports
from service.output import explanation
from service.output.cards import cards, context, ids, not_read, silent_mode, under_way
from service.output.cards import known as known_cards
from service.output.fhir import bundle
from service.output.page import story
from service.reasoning import chain, order_check
from service.reasoning.engine import Engine
from service.text.ranking import most_clinical
from service.timing import timed

MOST_NOT_UNDERSTOOD = 20
"""Of the clauses that were not understood, how many ``/explain`` tells."""

Write = Callable[[Conclusions, context.Writing], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Service:
    """What one process holds: the checked knowledge and the one engine that was built from it."""

    knowledge: knowledge.Knowledge
    engine: Engine


def start(site: Path | None = None) -> Service:
    """Load and check the rules, the value sets and the site file, and build the engine. Raises RuleError."""
    known = knowledge.load(site)
    return Service(known, Engine(known))


def conclude(record: Record, service: Service, *, hook: str = "explain", explain: bool = True) -> Conclusions:
    """Record → case sheet → conclusions, for one patient on one day."""
    with timed("facts"):
        sheet = case_sheet.read(record, service.knowledge)
    return _concluded(sheet, service, hook, explain)


def _concluded(sheet: CaseSheet, service: Service, hook: str, explain: bool) -> Conclusions:
    with timed("inference"):
        found = chain.conclude(sheet, service.engine, service.knowledge, hook=hook, explain=explain)
    return kidneys.spare(found, service.knowledge)


def answer(record: Record, call: hook_request.Call, service: Service) -> tuple[Conclusions, Write]:
    """What one hook call is about: the conclusions, and how cards are written of them.

    Chart hooks get every card; order hooks get emergencies and what is to be said of the orders, and nothing else.
    """
    if call.hook not in hook_request.OF_ORDERS:
        return conclude(record, service, hook=call.hook, explain=False), cards.write
    given, unread = draft_orders.resources(call.context.get("draftOrders"))
    every = draft_orders.read(given, call.patient, record.as_of, service.knowledge)
    drafted = [draft for draft in every if draft.asks]
    # An order that is being signed is not "already ordered", though the EHR may have sent it in the prefetch too.
    own = {draft.ref for draft in drafted}
    record = replace(record, service_requests=tuple(r for r in record.service_requests if r.ref not in own))
    selected = draft_orders.references(call.context.get("selections"))
    chosen = [draft for draft in every if call.hook != hook_request.ORDER_SELECT or draft.ref in selected]
    spoken_of = [draft for draft in chosen if draft.asks]

    results = reports.conclusions_of(record)

    def write(conclusions: Conclusions, writing: context.Writing) -> list[dict[str, Any]]:
        if unread:
            told = f"{unread} draft orders after the first {draft_orders.MOST_DRAFTS}"
            writing = replace(writing, missing=(*writing.missing, told))
        judge = partial(order_check.judge, sheet=conclusions.sheet, engine=service.engine, knowledge=service.knowledge)
        advices = advise.advise(drafted, spoken_of, conclusions, judge, service.knowledge, results)
        urgent = emergencies.touched(conclusions, chosen)
        return order_cards.write(advices, advise.ordered(drafted), urgent, conclusions, writing)

    return conclude(record, service, hook=call.hook, explain=False), write


def read(payload: object, as_of: date, patient: str = "") -> Record:
    """A Bundle, a resource, a list of resources or a CDS Hooks request → record."""
    gathered, patient = _gather(payload, patient)
    return intake.read(gathered, as_of, patient=patient)


def explain(
    payload: object,
    as_of: date,
    service: Service,
    patient: str,
    writing: context.Writing,
    silence: tuple[bool, Collection[str]] = (False, ()),
) -> dict[str, Any]:
    """What was sent → the whole evaluation, as the JSON of ``/explain``.

    ``silence`` is whether all cards are held back, and the records whose cards are; the evaluation itself is shown.
    """
    _, record, conclusions, writing = _evaluate(payload, as_of, service, patient, writing)
    everything, records = silence
    sent, _ = silent_mode.hold_back(
        conclusions, lambda spoken: cards.write(spoken, writing), everything=everything, records=records
    )
    return explanation.tell(
        conclusions,
        record,
        sent,
        {
            "version": service.knowledge.version,
            "status": service.knowledge.status,
            "overrides": list(service.knowledge.overrides),
        },
        {name: word.means for name, word in service.knowledge.vocabulary.findings.items()},
        {ident: source.citation for ident, source in service.knowledge.evidence.items()},
        most_clinical(
            conclusions.sheet.not_understood, case_sheet.compiled(service.knowledge.language), MOST_NOT_UNDERSTOOD
        ),
    )


def show(
    payload: object,
    as_of: date,
    service: Service,
    patient: str = "",
    silence: tuple[bool, Collection[str]] = (False, ()),
) -> dict[str, Any]:
    """What was sent → what the page shows of it: sentences, the words behind them, lanes, questions; nothing coded."""
    record = read(payload, as_of, patient)
    with timed("facts"):
        sheet, chart = case_sheet.read_with_chart(record, service.knowledge)
    conclusions = _concluded(sheet, service, "explain", True)
    everything, records = silence
    if records and not everything:
        conclusions = silent_mode.without(conclusions, records)
    missed = most_clinical(sheet.not_understood, case_sheet.compiled(service.knowledge.language), MOST_NOT_UNDERSTOOD)
    with timed("cards"):
        return story.tell(conclusions, record, chart, service.knowledge, missed, held_back=everything)


def guide(
    payload: object,
    as_of: date,
    service: Service,
    patient: str,
    writing: context.Writing,
    recorded: datetime,
    silence: tuple[bool, Collection[str]] = (False, ()),
) -> dict[str, Any]:
    """What was sent → the same evaluation as FHIR resources: one collection Bundle, without what is held back."""
    gathered, record, conclusions, writing = _evaluate(payload, as_of, service, patient, writing)
    everything, records = silence
    if everything or records:
        conclusions = silent_mode.without(conclusions, _speakers(conclusions) if everything else records)
    return bundle.write(
        conclusions,
        record,
        cards.write(conclusions, writing),
        _words(service.knowledge),
        intake.without_id(gathered),
        rule_set=service.knowledge.version,
        patient=writing.patient,
        encounter=writing.encounter,
        recorded=recorded.isoformat(timespec="seconds"),
    )


def _speakers(conclusions: Conclusions) -> frozenset[str]:
    """Every record that has something to say."""
    alarms = (*conclusions.alarms, *conclusions.warnings)
    causes = (*conclusions.causes, *conclusions.fits, *conclusions.notices)
    steps = (ident for step in conclusions.steps for ident in step.for_ids)
    return frozenset((*(each.id for each in alarms), *(each.id for each in causes), *steps))


def _words(known: knowledge.Knowledge) -> dict[str, tuple[str, str]]:
    """Family and meaning of each finding; one that rules conclude has the family of what it is concluded from."""
    words = known.vocabulary.findings
    origin = {record.finding: record.entries[0].findings[0] for record in known.findings.values()}
    return {name: (words[origin.get(name, name)].family, word.means) for name, word in words.items()}


def _gather(payload: object, patient: str) -> tuple[intake.Gathered, str]:
    if hook_request.is_call(payload):
        call = hook_request.read(payload)
        gathered = intake.from_prefetch(call.prefetch, {**dict.fromkeys(REQUIRED, ""), **call.prefetch})
        require(gathered)
        return gathered, patient or call.patient
    return intake.from_bundle(payload), patient


def _evaluate(
    payload: object, as_of: date, service: Service, patient: str, writing: context.Writing
) -> tuple[intake.Gathered, Record, Conclusions, context.Writing]:
    gathered, patient = _gather(payload, patient)
    record = intake.read(gathered, as_of, patient=patient)
    if hook_request.is_call(payload):
        require_readable(gathered)
    conclusions = conclude(record, service)
    paths = {ref: entry.path for ref, entry in intake.by_ref(gathered)}
    told = left_out(record, conclusions, service)
    left = (*_invalid(gathered, conclusions), *(Skipped(paths.get(e.path, e.path), e.reason) for e in told))
    record = replace(record, skipped=(*record.skipped, *left))
    writing = replace(writing, patient=writing.patient or intake.whose(record))
    return gathered, record, conclusions, _of_chart(writing, record, conclusions, service)


def _invalid(gathered: intake.Gathered, conclusions: Conclusions) -> tuple[Skipped, ...]:
    """Entries that the conclusions stand on although they are not valid R4: used, and said to be so."""
    said = [alarm.because for alarm in (*conclusions.alarms, *conclusions.warnings)]
    said += [(*cause.for_, *cause.against) for cause in (*conclusions.causes, *conclusions.fits)]
    used = {ref for reasons in said for reason in reasons for ref in reason.refs}
    return tuple(
        Skipped(entry.path, f"used, though not valid FHIR R4: {', '.join(found)}")
        for ref, entry in intake.by_ref(gathered)
        if ref in used and (found := validation.problems(entry.resource))
    )


def left_out(record: Record, conclusions: Conclusions, service: Service) -> tuple[Skipped, ...]:
    """What intake cannot know to be of no use as sent: answers that say nothing that is understood, texts that were not
    read, or in part only, and procedure codes that no value set knows. A path is the reference of the entry."""
    reasons = [*answers.unread(record, service.knowledge.vocabulary.findings)]
    reasons += [(each.source, f"text not read: {each.reason}") for each in conclusions.sheet.unread]
    return (
        *(Skipped(ref, reason) for ref, reason in reasons),
        *unmapped.procedures(record, service.knowledge.codes, name_of_system),
    )


def _of_chart(own: context.Writing, record: Record, conclusions: Conclusions, service: Service) -> context.Writing:
    """With what could not be had, how many texts were not read, and the orders that are open."""
    requests = code_titles.titled(record, service.knowledge.codes).service_requests
    missing = (*record.missing, *not_read.told(conclusions.sheet.unread))
    return replace(own, missing=missing, under_way=under_way.read(requests, record.as_of))


def writing(service: Service, patient: str = "", encounter: str = "") -> context.Writing:
    """What cards need to cite the rule set of this process."""
    return context.Writing(
        patient=patient,
        encounter=encounter,
        rule_set=service.knowledge.version,
        new_id=ids.new_id,
    )


def of_record(own: context.Writing, record: Record, conclusions: Conclusions, service: Service) -> context.Writing:
    """What the chart itself tells cards to leave out: what could not be had, what is known, and open orders."""
    known = known_cards.keys(record.flags, record.as_of) if own.hide_known else frozenset()
    return replace(_of_chart(own, record, conclusions, service), known=known)


def about(service: Service) -> dict[str, Any]:
    """The rule set of this process: version, every record with its status, what is off, what the site changed."""
    known = service.knowledge
    return {
        "name": "Backstory FBSS rule set",
        "version": known.version,
        "status": _standing(*known.signed),
        "records": [{"id": r.id, "kind": r.kind, "title": r.title, "status": r.status} for r in known.records],
        "off": dict(known.disabled),
        "sourceAttributes": [{"name": name, "value": value} for name, value in source_attributes()],
        "overrides": list(known.overrides),
        "silenced": dict(known.silenced),
    }


def _standing(signed: int, records: int) -> str:
    if not signed:
        return "draft: compiled from literature, not approved by a clinician"
    if signed < records:
        return f"draft: {signed} of {records} records are signed by a clinician, the others are not approved"
    return "active: every record is signed by a clinician"
