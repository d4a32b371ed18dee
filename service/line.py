"""The straight line: what was sent, a record, a case sheet, conclusions, cards. This file alone names the order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from service import cards, facts, inference, intake, knowledge  # fmt: skip
from service import explain as explaining
from service.engine import Engine
from service.intake import call as calls
from service.record import Record
from service.words import Conclusions


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
    sheet = facts.read(record, service.knowledge)
    return inference.conclude(sheet, service.engine, service.knowledge, hook=hook, explain=explain)


def read(payload: object, as_of: date, patient: str = "") -> Record:
    """A Bundle, a resource, a list of resources or a CDS Hooks request → record."""
    if calls.is_call(payload):
        call = calls.read(payload)
        return intake.read(intake.from_prefetch(call.prefetch, call.prefetch), as_of, patient=patient or call.patient)
    return intake.read(intake.from_bundle(payload), as_of, patient=patient)


def explain(payload: object, as_of: date, service: Service, patient: str, writing: cards.Writing) -> dict[str, Any]:
    """What was sent → the whole evaluation, as the JSON of ``/explain``."""
    record = read(payload, as_of, patient)
    conclusions = conclude(record, service)
    if not writing.patient and record.patient is not None and record.patient.id:
        writing = replace(writing, patient=record.patient.id)
    writing = replace(writing, missing=record.missing)
    return explaining.tell(
        conclusions,
        record,
        cards.write(conclusions, writing),
        {
            "version": service.knowledge.version,
            "status": "draft",
            "overrides": list(service.knowledge.overrides),
        },
        {name: word.means for name, word in service.knowledge.vocabulary.findings.items()},
    )


def writing(service: Service, patient: str = "", encounter: str = "") -> cards.Writing:
    """What cards need to cite the rule set of this process."""
    return cards.Writing(
        patient=patient,
        encounter=encounter,
        citations={ident: source.citation for ident, source in service.knowledge.evidence.items()},
        rule_set=service.knowledge.version,
    )


def about(service: Service) -> dict[str, Any]:
    """The rule set of this process: version, every record with its status, what is off, what the site changed."""
    known = service.knowledge
    return {
        "name": "Backstory FBSS rule set",
        "version": known.version,
        "status": "draft: compiled from literature, not approved by a clinician",
        "records": [
            {"id": r.id, "kind": r.kind, "title": r.title, "status": r.status, "on": r.id not in known.disabled}
            for r in known.records
        ],
        "overrides": list(known.overrides),
    }
